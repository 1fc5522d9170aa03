package storetest_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

func TestRetryPolicy(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		p := must(d.RetryPolicy(ctx, "hjerte-rdap"))
		same(t, *p, store.DefaultRetry("hjerte-rdap"))
		p.Attempts, p.Factor, p.Timeout = 7, 1.5, time.Hour
		stale := *p
		ok(t, d.SaveRetryPolicy(ctx, p, ola))
		same(t, must(d.RetryPolicy(ctx, "hjerte-rdap")), p)
		same(t, must(d.RetryPolicies(ctx)), []store.RetryPolicy{*p})
		stale.Attempts = 9
		want(t, d.SaveRetryPolicy(ctx, &stale, ola), store.Conflict, "db.changed")
		p.Attempts = 8
		ok(t, d.SaveRetryPolicy(ctx, p, ola))
		same(t, must(d.RetryPolicy(ctx, "hjerte-rdap")).Version, 2)
		p.Attempts = 0
		want(t, d.SaveRetryPolicy(ctx, p, ola), store.Invalid, "retry.attempts")
		gone := store.DefaultRetry("ingen")
		want(t, d.SaveRetryPolicy(ctx, &gone, ola), store.NotFound, "integration.not_found")
	})
}

// TestCircuits holds that processes share a circuit, and that of all who come to one that is half open one gets through.
func TestCircuits(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, other := e.open(t), e.open(t)
		ctx := t.Context()
		const host = "kilde.sykehus.example:443"
		enter := func(d *db.DB) bool {
			through, until, err := d.EnterCircuit(ctx, host)
			ok(t, err)
			if through != until.IsZero() {
				t.Errorf("through %v until %v", through, until)
			}
			return through
		}
		for i := range store.CircuitFailures {
			if !enter(d) {
				t.Fatalf("closed after %d failures", i)
			}
			must(d.FailedCircuit(ctx, host, "http.refused", 0))
		}
		if enter(d) || enter(other) {
			t.Fatal("let through while open")
		}
		if through, _, err := d.EnterCircuit(ctx, "annen.sykehus.example:443"); err != nil || !through {
			t.Fatalf("another host: %v, %v", through, err)
		}
		e.clock.Advance(time.Hour)
		var through atomic.Int32
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				if enter([]*db.DB{d, other}[i%2]) {
					through.Add(1)
				}
			})
		}
		all.Wait()
		if n := through.Load(); n != 1 {
			t.Errorf("%d let through a half-open circuit", n)
		}
		ok(t, d.AnsweredCircuit(ctx, host))
		if !enter(other) || len(must(d.Circuits(ctx))) != 0 {
			t.Error("not closed by an answer")
		}
		want(t, d.ResetCircuit(ctx, host, ola), store.NotFound, "circuit.not_found")
	})
}

// backfillPlan is a plan of three days, one run each.
func backfillPlan() store.BackfillPlan {
	p := store.BackfillPlan{IntegrationID: "hjerte-rdap", Period: store.Period{From: "2026-01-01", To: "2026-01-03"}}
	for _, day := range []store.Date{"2026-01-01", "2026-01-02", "2026-01-03"} {
		p.Steps = append(p.Steps, store.BackfillStep{Kind: store.BackfillPeriod, Period: store.Period{From: day, To: day}})
	}
	return p
}

func TestBackfills(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		_, err := d.StartBackfill(ctx, "ingen", ola)
		want(t, err, store.NotFound, "backfill.not_found")
		b := must(d.KeepBackfillPlan(ctx, backfillPlan(), ola))
		same(t, must(d.Backfill(ctx, b.ID)), b)
		same(t, len(must(d.Backfills(ctx, "hjerte-rdap"))), 0) // nobody has said yes
		want(t, d.EndBackfill(ctx, b.ID, store.BackfillCancelled, ola), store.Conflict, "backfill.state")
		must(d.StartBackfill(ctx, b.ID, siri))
		_, err = d.StartBackfill(ctx, b.ID, siri)
		want(t, err, store.Conflict, "backfill.state")
		second := must(d.KeepBackfillPlan(ctx, backfillPlan(), ola))
		_, err = d.StartBackfill(ctx, second.ID, ola)
		want(t, err, store.Conflict, "backfill.busy")
		runs := must(d.BackfillRuns(ctx, b.ID))
		same(t, len(runs), 3)
		for i, r := range runs {
			if r.State != store.RunDue || r.Trigger != store.TriggerBackfill || r.Reads.Period != b.Plan.Steps[i].Period {
				t.Errorf("%+v", r)
			}
		}
		same(t, len(must(d.OpenBackfills(ctx))), 1)
		first := must(d.StartRun(ctx, runs[0].ID, siri))
		ok(t, d.EndBackfill(ctx, b.ID, store.BackfillCancelled, ola))
		same(t, must(d.Run(ctx, first.ID)).State, store.RunRunning) // whoever is at work with it is told apart
		for _, r := range must(d.BackfillRuns(ctx, b.ID))[1:] {
			if r.State != store.RunCancelled || r.CancelBy != ola.Name || r.EndedAt.IsZero() {
				t.Errorf("%+v", r)
			}
		}
		same(t, len(must(d.OpenBackfills(ctx))), 0)
		must(d.StartBackfill(ctx, second.ID, ola))
		e.clock.Advance(8 * 24 * time.Hour)
		left := must(d.KeepBackfillPlan(ctx, backfillPlan(), ola))
		e.clock.Advance(8 * 24 * time.Hour)
		must(d.KeepBackfillPlan(ctx, backfillPlan(), ola))
		_, err = d.Backfill(ctx, left.ID)
		want(t, err, store.NotFound, "backfill.not_found")
	})
}
