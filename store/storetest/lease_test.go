package storetest_test

import (
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// as opens the database as another process does.
func (e *engine) as(t testing.TB, place, process string) *db.DB {
	t.Helper()
	o := e.options
	o.Owner = store.NewOwner(place, process)
	d, err := db.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// ids gives the ids of runs.
func ids(runs []store.Run) (out []string) {
	for _, r := range runs {
		out = append(out, r.ID)
	}
	return out
}

// TestLease holds that a run has one holder, that it is taken over when its holder has said nothing for the length of a
// lease and no sooner, and that the one before can write nothing from then on.
func TestLease(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		a, b := e.as(t, "north", "1"), e.as(t, "south", "1")
		ctx, by := t.Context(), store.SystemActor()
		world(t, a)
		r := must(a.StartRun(ctx, request(t, a, false).ID, by))
		if r.LeaseOwner != "north/1" || !r.LeaseUntil.Equal(start.Add(store.DefaultLease)) {
			t.Fatalf("held by %q until %v", r.LeaseOwner, r.LeaseUntil)
		}
		_, err := b.TakeRun(ctx, r.ID, 1, by)
		want(t, err, store.Conflict, "run.busy")
		same(t, must(b.LostRuns(ctx)), []store.Run(nil))

		// It says that it is at work, so it goes on holding the run.
		e.clock.Advance(store.DefaultLease - time.Second)
		r.Counts.Read = 7
		ok(t, a.ProgressRun(ctx, r))
		e.clock.Advance(store.DefaultLease - time.Microsecond)
		same(t, must(b.LostRuns(ctx)), []store.Run(nil))
		same(t, must(b.Run(ctx, r.ID)), r) // how far it is can be seen everywhere

		e.clock.Advance(time.Microsecond)
		same(t, ids(must(b.LostRuns(ctx))), []string{r.ID})
		taken := must(b.TakeRun(ctx, r.ID, 1, by))
		if taken.Attempt != 2 || taken.LeaseOwner != "south/1" || taken.Counts != (store.Counts{}) {
			t.Fatalf("%+v", taken)
		}
		for what, err := range map[string]error{
			"progress": a.ProgressRun(ctx, r),
			"end":      a.FinishRun(ctx, r, db.Outcome{State: store.RunFailed}, by),
			"wait":     a.WaitRun(ctx, r, start, "run.paused", nil),
			"leave":    a.LeaveRun(ctx, r),
		} {
			if store.CodeOf(err) != "run.lost" {
				t.Errorf("%s of who held it before: %v", what, err)
			}
		}
		same(t, must(a.Run(ctx, r.ID)), taken)

		// The next process of the same folder knows that the one before has ended, and takes the run at once.
		next := e.as(t, "south", "2")
		same(t, must(a.LostRuns(ctx)), []store.Run(nil))
		same(t, ids(must(next.LostRuns(ctx))), []string{r.ID})
		again := must(next.TakeRun(ctx, r.ID, 2, by))
		ok(t, next.FinishRun(ctx, again, db.Outcome{State: store.RunFailed, Reason: "run.failed"}, by))
		if again.LeaseOwner != "" || !again.LeaseUntil.IsZero() {
			t.Errorf("ended, it is held by %q", again.LeaseOwner)
		}
		same(t, must(a.LostRuns(ctx)), []store.Run(nil))
	})
}

// TestBeginUndo holds that a load is taken back by one at a time, and that one who ends in the middle is found lost.
func TestBeginUndo(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		a, b := e.as(t, "north", "1"), e.as(t, "south", "1")
		ctx, by := t.Context(), store.SystemActor()
		world(t, a)
		r := must(a.StartRun(ctx, request(t, a, false).ID, by))
		_, err := a.BeginUndo(ctx, r.ID)
		want(t, err, store.Conflict, "run.transition")
		ok(t, a.FinishRun(ctx, r, db.Outcome{State: store.RunSucceeded}, by))
		held := must(a.BeginUndo(ctx, r.ID))
		for _, d := range []*db.DB{a, b} {
			_, err := d.BeginUndo(ctx, r.ID)
			want(t, err, store.Conflict, "run.deciding")
			same(t, must(d.LostRuns(ctx)), []store.Run(nil))
		}
		next := e.as(t, "north", "2")
		same(t, ids(must(next.LostRuns(ctx))), []string{r.ID})
		ok(t, next.LeaveRun(ctx, held))
		same(t, must(next.Run(ctx, r.ID)), r) // as if nothing had been begun
		must(next.BeginUndo(ctx, r.ID))
		e.clock.Advance(store.DefaultLease)
		same(t, ids(must(b.LostRuns(ctx))), []string{r.ID})
		for range 2 {
			ok(t, b.UndoneRun(ctx, r.ID, 3, by))
		}
		same(t, must(b.LostRuns(ctx)), []store.Run(nil))
		log := must(b.Audit(ctx, store.AuditFilter{All: true, Action: "run.undo"}))
		if len(log) != 1 {
			t.Errorf("the log tells %d times", len(log))
		}
	})
}

// TestWait holds that a run can wait for its next attempt: it is running and nobody's, due when its time comes, claimed by
// one of those who ask, and cancelled at once.
func TestWait(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		a, b := e.as(t, "north", "1"), e.as(t, "south", "1")
		ctx, by := t.Context(), store.SystemActor()
		world(t, a)
		r := must(a.StartRun(ctx, request(t, a, false).ID, by))
		r.Counts.Read = 5
		args := store.Args{"after": int64(5)}
		ok(t, a.WaitRun(ctx, r, start.Add(5*time.Minute), "run.paused", args))
		if !r.Waiting() || r.State != store.RunRunning || r.Attempt != 2 || r.LeaseOwner != "" || r.Reason != "run.paused" {
			t.Fatalf("%+v", r)
		}
		same(t, must(b.Run(ctx, r.ID)), r)
		want(t, a.WaitRun(ctx, r, start, "run.paused", nil), store.Conflict, "run.lost") // nobody holds it
		e.clock.Advance(time.Hour)
		same(t, must(b.LostRuns(ctx)), []store.Run(nil)) // it waits, however long
		_, err := b.TakeRun(ctx, r.ID, 2, by)
		want(t, err, store.Conflict, "run.busy")
		same(t, must(b.DueRuns(ctx, start.Add(5*time.Minute-time.Second))), []store.Run(nil))
		same(t, ids(must(b.DueRuns(ctx, start.Add(5*time.Minute)))), []string{r.ID})
		same(t, ids(must(b.OpenRuns(ctx))), []string{r.ID})
		// It is the integration's run at work: no other starts beside it.
		_, err = b.StartRun(ctx, request(t, b, false).ID, by)
		want(t, err, store.Conflict, "run.overlap")

		on := must(b.StartRun(ctx, r.ID, by))
		if on.Attempt != 2 || on.Waiting() || on.Reason != "" || on.Counts.Read != 0 || !on.StartedAt.Equal(start) {
			t.Fatalf("%+v", on)
		}
		same(t, must(a.Run(ctx, r.ID)), on)
		_, err = a.StartRun(ctx, r.ID, by)
		want(t, err, store.Conflict, "run.transition")
		want(t, a.FinishRun(ctx, r, db.Outcome{State: store.RunRefused}, by), store.Conflict, "run.lost")

		// What was taken and not begun is given on with the same attempt.
		e.clock.Advance(store.DefaultLease)
		taken := must(a.TakeRun(ctx, r.ID, 2, by))
		ok(t, a.ReturnRun(ctx, taken, e.clock.Now(), "run.worker_lost", nil))
		if !taken.Waiting() || taken.Attempt != 3 {
			t.Fatalf("%+v", taken)
		}
		same(t, must(b.StartRun(ctx, r.ID, by)).Attempt, 3)
		now := must(b.Run(ctx, r.ID))
		ok(t, b.WaitRun(ctx, now, e.clock.Now().Add(time.Hour), "run.paused", nil))
		got := must(a.CancelRun(ctx, r.ID, siri))
		if got.State != store.RunCancelled || got.CancelBy != siri.Name || !got.EndedAt.Equal(e.clock.Now()) {
			t.Fatalf("%+v", got)
		}
		same(t, must(b.Run(ctx, r.ID)), got)
		_, err = b.StartRun(ctx, r.ID, by)
		want(t, err, store.Conflict, "run.transition")

		// One that waits with records that nobody knows the fate of is for a person to reconcile.
		r = must(a.StartRun(ctx, request(t, a, false).ID, by))
		ok(t, a.WaitRun(ctx, r, e.clock.Now().Add(time.Hour), "run.paused", nil))
		got = must(b.CancelSending(ctx, r.ID, 2, siri))
		if got.State != store.RunUnknown || got.Reason != "run.unanswered" || got.CancelBy != siri.Name || got.LeaseOwner != "" {
			t.Fatalf("%+v", got)
		}
		same(t, must(a.Run(ctx, r.ID)), got)
	})
}

// TestDeciding holds that of two processes one decides about a held run, and that a run from the shell is held from its
// making.
func TestDeciding(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		a, b := e.as(t, "north", "1"), e.as(t, "south", "1")
		ctx, by := t.Context(), store.SystemActor()
		world(t, a)
		r := must(a.StartRun(ctx, request(t, a, false).ID, by))
		ok(t, a.FinishRun(ctx, r, db.Outcome{State: store.RunHeld, Reason: "hold.empty"}, by))
		held := must(a.TakeRun(ctx, r.ID, 1, ola))
		_, err := b.TakeRun(ctx, r.ID, 2, siri)
		want(t, err, store.Conflict, "run.deciding")
		want(t, b.FinishRun(ctx, r, db.Outcome{State: store.RunCancelled}, siri), store.Conflict, "run.lost")
		e.clock.Advance(store.DefaultLease - time.Second)
		held.Counts.Read, held.Stage, held.MappingNo = 99, store.StageCommit, 7
		held.Delivery = store.Delivery{Name: "ut_1.csv", SHA256: "ab"}
		ok(t, a.ProgressRun(ctx, held)) // a long release goes on, and changes nothing of what is held but what it handed over
		now := must(b.Run(ctx, r.ID))
		same(t, now.Counts, store.Counts{})
		same(t, []any{now.State, now.Stage, now.MappingNo, now.Reason}, []any{r.State, r.Stage, r.MappingNo, r.Reason})
		same(t, now.Delivery, held.Delivery)
		e.clock.Advance(2 * time.Second)
		same(t, must(b.LostRuns(ctx)), []store.Run(nil))
		ok(t, a.LeaveRun(ctx, held))
		same(t, must(b.LostRuns(ctx)), []store.Run(nil))
		again := must(b.TakeRun(ctx, r.ID, 2, siri))
		e.clock.Advance(store.DefaultLease)
		same(t, ids(must(a.LostRuns(ctx))), []string{r.ID})
		want(t, a.ProgressRun(ctx, held), store.Conflict, "run.lost")
		ok(t, b.FinishRun(ctx, again, db.Outcome{State: store.RunCancelled, Reason: "run.rejected"}, siri))

		shell := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerShell}
		ok(t, a.CreateRun(ctx, shell, ola))
		same(t, must(b.LostRuns(ctx)), []store.Run(nil))
		e.clock.Advance(store.DefaultLease)
		same(t, ids(must(b.LostRuns(ctx))), []string{shell.ID})
	})
}
