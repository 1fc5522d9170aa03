package jobs

import (
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/store/seed"
)

// hourly gives the demonstration's integration an hourly schedule that deals with overlap as it says, with nothing due.
func (h *house) hourly(overlap store.Overlap) {
	h.t.Helper()
	ctx := h.t.Context()
	h.settleDue()
	s, err := h.DB.Schedule(ctx, seed.DemoIntegration)
	if err != nil {
		h.t.Fatal(err)
	}
	s.Expr, s.Overlap, s.Wait = "0 * * * *", overlap, 3*time.Hour
	if err := h.SaveSchedule(ctx, s, by); err != nil {
		h.t.Fatal(err)
	}
	h.settleDue()
}

// settleDue carries out everything that is due, as the queue would.
func (h *house) settleDue() {
	h.t.Helper()
	if err := h.Plan(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	due, err := h.DB.DueRuns(h.t.Context(), h.clock.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range due {
		if err := h.Execute(h.t.Context(), r.ID); err != nil {
			h.t.Fatal(err)
		}
	}
}

// slow starts a run that goes on until end is called.
func (h *house) slow() (r *store.Run, end func(store.RunState)) {
	h.t.Helper()
	r = &store.Run{IntegrationID: seed.DemoIntegration, Trigger: store.TriggerPerson}
	if err := h.DB.CreateRun(h.t.Context(), r, by); err != nil {
		h.t.Fatal(err)
	}
	r, err := h.DB.StartRun(h.t.Context(), r.ID, by)
	if err != nil {
		h.t.Fatal(err)
	}
	return r, func(s store.RunState) {
		h.t.Helper()
		if err := h.finish(h.t.Context(), r, db.Outcome{State: s, Reason: "run.cancelled", Args: store.Args{"name": "x"}}, by); err != nil {
			h.t.Fatal(err)
		}
	}
}

// since gives what became of the slots since a run, in order of time.
func (h *house) since(first *store.Run) (out []store.Run) {
	h.t.Helper()
	runs, err := h.DB.Runs(h.t.Context(), store.RunFilter{All: true, Triggers: []store.Trigger{store.TriggerSchedule}, Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	for i := len(runs) - 1; i >= 0; i-- {
		if runs[i].No > first.No {
			out = append(out, runs[i])
		}
	}
	return out
}

func (h *house) wantSlots(since *store.Run, want ...string) {
	h.t.Helper()
	got := h.since(since)
	for i := range max(len(got), len(want)) {
		is := "none"
		if i < len(got) {
			is = string(got[i].State) + " " + string(got[i].Reason)
		}
		if i >= len(want) || is != want[i] {
			h.t.Fatalf("slot %d of %d is %s, want %v", i+1, len(got), is, want)
		}
	}
}

func TestOverlapSkips(t *testing.T) {
	h := open(t)
	h.hourly(store.OverlapSkip)
	r, end := h.slow()
	h.clock.Advance(time.Hour)
	h.settleDue()
	h.wantSlots(r, "skipped slot.overlap")
	end(store.RunSucceeded)
	h.clock.Advance(time.Hour)
	h.settleDue()
	h.wantSlots(r, "skipped slot.overlap", "succeeded delivery.nothing")
}

// One slot waits, further ones are skipped; it starts when the way is free, or is skipped when it has waited too long.
func TestOverlapQueues(t *testing.T) {
	h := open(t)
	h.hourly(store.OverlapQueue)
	r, end := h.slow()
	for range 2 {
		h.clock.Advance(time.Hour)
		h.settleDue()
	}
	h.wantSlots(r, "due slot.on_time", "skipped slot.overlap")
	end(store.RunSucceeded)
	if n, err := h.queue.Depth(t.Context()); err != nil || n == 0 {
		t.Fatalf("the slot that waited was not handed over when the run ended: %d, %v", n, err)
	}
	h.settleDue()
	h.wantSlots(r, "succeeded delivery.nothing", "skipped slot.overlap")

	r, end = h.slow()
	for range 5 {
		h.clock.Advance(time.Hour)
		if err := h.Plan(t.Context()); err != nil { // no worker is free: the planner says that it has waited too long
			t.Fatal(err)
		}
		for _, s := range h.since(r) {
			if s.State == store.RunDue && s.DueAt.After(h.clock.Now().Add(-30*time.Minute)) {
				if err := h.Execute(t.Context(), s.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	h.wantSlots(r, "skipped slot.waited", "skipped slot.overlap", "skipped slot.overlap", "due slot.on_time", "skipped slot.overlap")
	if s := h.since(r)[0]; s.ReasonArgs["wait"] != 3*time.Hour || s.EndedAt.IsZero() {
		t.Errorf("%+v", s)
	}
	end(store.RunSucceeded)
}

// The run before is asked to stop, once, and the new one starts when it has.
func TestOverlapCancels(t *testing.T) {
	h := open(t)
	h.hourly(store.OverlapCancel)
	r, end := h.slow()
	h.clock.Advance(time.Hour)
	for range 3 {
		h.settleDue()
	}
	h.wantSlots(r, "due slot.on_time")
	stopped, err := h.DB.Run(t.Context(), r.ID)
	if err != nil || stopped.CancelBy == "" {
		t.Fatalf("nobody asked the run before to stop: %+v, %v", stopped, err)
	}
	asked, err := h.DB.Audit(t.Context(), store.AuditFilter{All: true, Action: "run.cancel"})
	if err != nil || len(asked) != 1 {
		t.Fatalf("it was asked %d times, %v", len(asked), err)
	}
	end(store.RunCancelled)
	h.settleDue()
	h.wantSlots(r, "succeeded delivery.nothing")

	// One that only waits for its next attempt is over at once.
	waiting, _ := h.slow()
	if err := h.DB.WaitRun(t.Context(), waiting, h.clock.Now().Add(24*time.Hour), "run.paused", nil); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(time.Hour)
	h.settleDue()
	h.wantSlots(waiting, "succeeded delivery.nothing")
	if w, err := h.DB.Run(t.Context(), waiting.ID); err != nil || w.State != store.RunCancelled {
		t.Fatalf("%+v, %v", w, err)
	}
}

// What is caught up runs slot by slot in order, whatever the schedule says of overlap.
func TestCaughtUpSlotsGoInOrder(t *testing.T) {
	h := open(t)
	h.hourly(store.OverlapSkip)
	s, err := h.DB.Schedule(t.Context(), seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	s.CatchUp, s.CatchUpMax, s.CatchUpWindow = store.CatchUpAll, 3, 24*time.Hour
	if err := h.SaveSchedule(t.Context(), s, by); err != nil {
		t.Fatal(err)
	}
	first, end := h.slow()
	end(store.RunSucceeded)
	h.clock.Advance(5*time.Hour + 30*time.Minute)
	if err := h.Plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.wantSlots(first, "missed slot.over_limit", "missed slot.over_limit", "due slot.caught_up", "due slot.caught_up", "due slot.caught_up")
	slots := h.since(first)
	for range 3 { // handed over in the wrong order
		for i := len(slots) - 1; i >= 2; i-- {
			if err := h.Execute(t.Context(), slots[i].ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	h.wantSlots(first, "missed slot.over_limit", "missed slot.over_limit", "succeeded delivery.nothing", "succeeded delivery.nothing",
		"succeeded delivery.nothing")
	for i := 3; i < 5; i++ {
		a, b := h.since(first)[i-1], h.since(first)[i]
		if b.StartedAt.Before(a.EndedAt) {
			t.Errorf("slot %d began before the one before it had ended", i+1)
		}
	}
}
