package registrydb

import (
	"fmt"
	"slices"
	"testing"

	"samband/store"
)

func TestSent(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		by := Sender{RunID: "run-7", Token: 1, IntegrationID: "out"}
		put := func(by Sender, list ...store.Sent) error { return d.PutSent(ctx, by, list) }
		all := func() (list []store.Sent) {
			t.Helper()
			if err := d.EachSent(ctx, "out", func(s store.Sent) error { list = append(list, s); return nil }); err != nil {
				t.Fatal(err)
			}
			return list
		}
		if err := put(by, store.Sent{Key: "a", Hash: "1", State: store.SentPending, RunNo: 7},
			store.Sent{Key: "B", Hash: "2", Acked: "0", State: store.SentPending, RunNo: 7},
			store.Sent{Key: "c", State: store.SentHeldBack, Reason: "out_of_range", Variable: "acuity", RunNo: 7}); err != nil {
			t.Fatal(err)
		}
		if err := put(Sender{RunID: "run-7", Token: 1, IntegrationID: "other"}, store.Sent{Key: "a", State: store.SentAcked}); err != nil {
			t.Fatal(err)
		}
		want := []store.Sent{{Key: "B", Hash: "2", Acked: "0", State: store.SentPending, RunNo: 7, At: noon},
			{Key: "a", Hash: "1", State: store.SentPending, RunNo: 7, At: noon},
			{Key: "c", State: store.SentHeldBack, Reason: "out_of_range", Variable: "acuity", RunNo: 7, At: noon}}
		if got := all(); len(got) != 3 || fmt.Sprint(sorted(got)) != fmt.Sprint(sorted(want)) {
			t.Errorf("%+v", got)
		}
		o, err := d.Outbox(ctx, "out", 10)
		if err != nil || o.By[store.SentPending] != 2 || len(o.Open) != 1 || o.Open[0] != (store.OpenSending{RunNo: 7, N: 2}) ||
			len(o.Refused) != 1 || !o.LastSent.Equal(noon) {
			t.Errorf("%+v, %v", o, err)
		}
		if n, err := d.CountOpen(ctx, "out", 7); err != nil || n != 2 {
			t.Errorf("%d open, %v", n, err)
		}
		if err := d.CloseSent(ctx, by, 7, false); err != nil { // none was taken
			t.Fatal(err)
		}
		if got := sorted(all()); len(got) != 2 || got[0].State != store.SentAcked || got[0].Hash != "0" || got[1].Key != "c" {
			t.Errorf("taken back: %+v", got)
		}
		if err := put(by, store.Sent{Key: "a", Hash: "1", State: store.SentPending, RunNo: 7}, store.Sent{Key: "c"}); err != nil {
			t.Fatal(err)
		}
		if err := d.CloseSent(ctx, by, 7, true); err != nil {
			t.Fatal(err)
		}
		if got := sorted(all()); len(got) != 2 || got[1].Key != "a" || got[1].Acked != "1" || got[1].State != store.SentAcked {
			t.Errorf("all taken: %+v", got)
		}
		if err := put(by, store.Sent{Key: "a", Hash: "2", Acked: "1", State: store.SentUnknown, RunNo: 7}); err != nil {
			t.Fatal(err)
		}
		list, err := d.OpenSent(ctx, "out", 7)
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		list[0].Reconcile(store.NotArrived)
		if err := put(by, list...); err != nil {
			t.Fatal(err)
		}
		if n, err := d.CountDue(ctx, "out", 7); err != nil || n != 1 {
			t.Errorf("%d due, %v", n, err)
		}
		if err := d.Fence(ctx, "run-7", 2); err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{"put": put(by, store.Sent{Key: "z", State: store.SentAcked}),
			"close": d.CloseSent(ctx, by, 7, true)} {
			if store.CodeOf(err) != "run.lost" {
				t.Errorf("%s by an attempt that was taken over: %v", what, err)
			}
		}
	})
}

func sorted(list []store.Sent) []store.Sent {
	slices.SortFunc(list, func(a, b store.Sent) int {
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	return list
}

// TestSnapshotOfNothing: a registry that nothing was loaded into has no rows, and no table either.
func TestSnapshotOfNothing(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		c := book()
		empty, err := d.Snapshot(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer empty.Close()
		if err := empty.Each(ctx, c, []string{"id"}, func([]string, []bool) error { t.Error("a row"); return nil }); err != nil {
			t.Fatal(err)
		}
	})
}
