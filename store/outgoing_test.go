package store

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestDispatch(t *testing.T) {
	for _, x := range []struct {
		name  string
		was   *Sent
		tiers [3]Dispatch // in the order of Tiers
	}{
		{"never sent", nil, [3]Dispatch{DispatchSend, DispatchSend, DispatchSend}},
		{"has it", &Sent{State: SentAcked, Hash: "a", Acked: "a", RunNo: 1}, [3]Dispatch{DispatchSame, DispatchSame, DispatchSame}},
		{"has it of this run", &Sent{State: SentAcked, Hash: "a", Acked: "a", RunNo: 2}, [3]Dispatch{DispatchDone, DispatchDone, DispatchDone}},
		{"has another", &Sent{State: SentAcked, Hash: "b", Acked: "b", RunNo: 1}, [3]Dispatch{DispatchSend, DispatchSend, DispatchSend}},
		{"marked by this run", &Sent{State: SentPending, Hash: "a", RunNo: 2}, [3]Dispatch{DispatchSend, DispatchSend, DispatchAwaits}},
		{"marked by another", &Sent{State: SentPending, Hash: "a", RunNo: 1}, [3]Dispatch{DispatchAwaits, DispatchAwaits, DispatchAwaits}},
		{"unknown", &Sent{State: SentUnknown, Hash: "a", Acked: "a", RunNo: 1}, [3]Dispatch{DispatchAwaits, DispatchAwaits, DispatchAwaits}},
		{"refused", &Sent{State: SentRefused, Hash: "a", RunNo: 1}, [3]Dispatch{DispatchSend, DispatchSend, DispatchSend}},
		{"refused, back to what it has", &Sent{State: SentRefused, Hash: "b", Acked: "a", RunNo: 1}, [3]Dispatch{DispatchSame, DispatchSame, DispatchSame}},
		{"not arrived", &Sent{State: SentDue, Hash: "a", RunNo: 1}, [3]Dispatch{DispatchSend, DispatchSend, DispatchSend}},
	} {
		for i, tier := range Tiers {
			if got := tier.Dispatch(x.was, "a", 2); got != x.tiers[i] {
				t.Errorf("%s, %s: %d, want %d", x.name, tier, got, x.tiers[i])
			}
		}
	}
}

// TestNothingUnknownIsSentByItself: of a record whose fate nobody knows, only a person's word lets it be sent again where
// that would have an effect.
func TestNothingUnknownIsSentByItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Sent{State: rapid.SampledFrom([]SentState{SentPending, SentUnknown}).Draw(t, "state"), Hash: "a",
			Acked: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "acked"), RunNo: 1}
		hash := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "hash")
		later := rapid.Int64Range(2, 5).Draw(t, "run")
		for _, tier := range Tiers {
			if d := tier.Dispatch(&s, hash, later); d != DispatchAwaits {
				t.Fatalf("%s: %d", tier, d)
			}
		}
		if d := TierOnce.Dispatch(&s, hash, 1); d != DispatchAwaits {
			t.Fatalf("by its own run: %d", d)
		}
		found := rapid.SampledFrom(ReconciledChoices).Draw(t, "found")
		was := s
		s.Reconcile(found)
		d := TierOnce.Dispatch(&s, hash, later)
		want := DispatchSend
		if found == Arrived && hash == was.Hash || found == NotArrived && hash == was.Acked {
			want = DispatchSame
		}
		if d != want {
			t.Fatalf("%s, content %s, had %q: %d, want %d", found, hash, was.Acked, d, want)
		}
		again := s
		s.Reconcile(Arrived)
		if s != again {
			t.Fatal("what has an answer was reconciled anew")
		}
	})
}

func TestSettle(t *testing.T) {
	for _, x := range []struct {
		c       Counts
		missing int64
		want    RunState
	}{
		{Counts{Read: 10, Loaded: 8, Unchanged: 2}, 0, RunSucceeded},
		{Counts{Read: 10, Loaded: 8, Unchanged: 2}, 3, RunSucceeded},
		{Counts{Read: 10, Loaded: 8, Unchanged: 2}, 8, RunFailed},
		{Counts{Read: 10, Loaded: 8}, 0, RunFailed}, // it never came to all rows
	} {
		t.Run(fmt.Sprint(x.c, x.missing), func(t *testing.T) {
			by := map[string]int64{"other": 1}
			r := Run{State: RunUnknown, Counts: x.c, QuarantinedBy: by}
			state, code, args := r.Settle(x.missing)
			if state != x.want || r.Counts.Loaded+r.Counts.Quarantined != x.c.Loaded+x.c.Quarantined || by[OutgoingNot] != 0 {
				t.Errorf("%s, %+v, %v", state, r.Counts, by)
			}
			if err := r.Move(state, code, args); err != nil {
				t.Error(err)
			}
		})
	}
}
