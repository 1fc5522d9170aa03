package storetest_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

func schedule() *store.Schedule {
	s := store.NewSchedule("hjerte-rdap", "30 2 * * *")
	s.Jitter, s.Anchor, s.Overlap, s.CatchUp = 90*time.Second, start.Add(-time.Hour), store.OverlapQueue, store.CatchUpAll
	return &s
}

// slots gives a plan with one slot a minute after planned up to and including now, each decided as it says.
func slots(now time.Time, state store.RunState, reason store.Code) db.PlanFunc {
	return func(_ store.Schedule, _ []store.Calendar, planned time.Time) (out []store.Planned, upTo time.Time, err error) {
		for at := planned.Truncate(time.Minute).Add(time.Minute); !at.After(now); at = at.Add(time.Minute) {
			p := store.Planned{Slot: store.Slot{At: at, Local: at.In(store.Oslo).Format("2006-01-02T15:04")}, State: state,
				Reason: reason}
			if state == store.RunDue {
				p.Start = at.Add(30 * time.Second)
			}
			if out = append(out, p); len(out) == 400 { // as after a long outage: in batches
				return out, at, nil
			}
		}
		if now.Before(planned) {
			now = planned
		}
		return out, now, nil
	}
}

func TestSchedules(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		_, err := d.Schedule(ctx, "hjerte-rdap")
		want(t, err, store.NotFound, "schedule.not_found")
		s := schedule()
		ok(t, d.CreateSchedule(ctx, s, ola))
		same(t, must(d.Schedule(ctx, "hjerte-rdap")), s)
		want(t, d.CreateSchedule(ctx, schedule(), ola), store.Conflict, "db.exists")
		same(t, must(d.Schedules(ctx)), []db.PlannedSchedule{{Schedule: *s, Planned: start}})

		// A change plans with what was, first.
		e.clock.Advance(3 * time.Minute)
		stale := *s
		paused := s.Pause(e.clock.Now(), start.Add(5*time.Hour), "u-ola", "Vedlikehold")
		plan := slots(e.clock.Now(), store.RunDue, store.ReasonOnTime)
		seen := false
		look := func(with store.Schedule, calendars []store.Calendar, planned time.Time) ([]store.Planned, time.Time, error) {
			if with.Paused(e.clock.Now()) || planned.Before(start) {
				t.Errorf("planned with the new schedule, or from %v", planned)
			}
			seen = true
			return plan(with, calendars, planned)
		}
		runs, err := d.UpdateSchedule(ctx, &paused, look, ola)
		ok(t, err)
		if !seen || len(runs) != 3 || paused.Version != 2 {
			t.Fatalf("%d runs, version %d", len(runs), paused.Version)
		}
		r := runs[0]
		if r.State != store.RunDue || r.Trigger != store.TriggerSchedule || r.Slot != "2026-11-23T09:01" || r.Actor != "" ||
			!r.DueAt.Equal(minute(1).Truncate(time.Minute)) || !r.StartAt.Equal(r.DueAt.Add(30*time.Second)) || r.No != 1 ||
			r.RegistryID != "hjerte" || r.Reason != store.ReasonOnTime {
			t.Fatalf("%+v", r)
		}
		same(t, *must(d.Run(ctx, r.ID)), r)
		same(t, must(d.Schedules(ctx))[0], db.PlannedSchedule{Schedule: paused, Planned: minute(3)})
		_, err = d.UpdateSchedule(ctx, &stale, plan, ola)
		want(t, err, store.Conflict, "db.changed")
		if last := audited(t, d)[0]; last.Action != "schedule.pause" || last.Reason != "Vedlikehold" {
			t.Fatalf("%+v", last)
		}

		// Slots that are not to run are rows, too, and none comes twice.
		e.clock.Advance(2 * time.Minute)
		skipped := slots(e.clock.Now(), store.RunSkipped, store.ReasonPaused)
		runs = must(d.PlanSchedule(ctx, s.ID, skipped))
		if len(runs) != 2 || runs[0].State != store.RunSkipped || runs[0].Reason != store.ReasonPaused ||
			runs[0].EndedAt.IsZero() {
			t.Fatalf("%+v", runs)
		}
		all := slots(e.clock.Now(), store.RunDue, store.ReasonOnTime)
		if runs = must(d.PlanSchedule(ctx, s.ID, func(s store.Schedule, _ []store.Calendar, _ time.Time) ([]store.Planned, time.Time, error) {
			return all(s, nil, start) // from the beginning again
		})); len(runs) != 0 {
			t.Fatalf("planned %d slots twice", len(runs))
		}
		for _, step := range []struct {
			change func(*store.Schedule)
			action string
		}{
			{func(s *store.Schedule) { *s = s.Pause(e.clock.Now(), time.Time{}, "Ola", "Lenger") }, "schedule.pause"},
			{func(s *store.Schedule) { *s = s.Resume(e.clock.Now()) }, "schedule.resume"},
			{func(s *store.Schedule) { s.Enabled = false }, "schedule.off"},
			{func(s *store.Schedule) { s.Enabled = true }, "schedule.on"},
			{func(s *store.Schedule) { s.Expr, s.Every = "", time.Hour }, "schedule.update"},
		} {
			e.clock.Advance(time.Minute)
			n := must(d.Schedule(ctx, "hjerte-rdap"))
			step.change(n)
			_, err := d.UpdateSchedule(ctx, n, slots(e.clock.Now(), store.RunSkipped, store.ReasonPaused), ola)
			ok(t, err)
			same(t, must(d.Schedule(ctx, "hjerte-rdap")), n)
			if last := audited(t, d)[0]; last.Action != step.action {
				t.Fatalf("%s is logged as %s", step.action, last.Action)
			}
		}
		n := must(d.Schedule(ctx, "hjerte-rdap"))
		broken := errors.New("the planner can't read it")
		_, err = d.PlanSchedule(ctx, s.ID, func(store.Schedule, []store.Calendar, time.Time) ([]store.Planned, time.Time, error) {
			return nil, time.Time{}, broken
		})
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		want(t, d.DeleteSchedule(ctx, n.ID, 1, all, ola), store.Conflict, "db.changed")
		ok(t, d.DeleteSchedule(ctx, n.ID, n.Version, all, ola))
		_, err = d.Schedule(ctx, "hjerte-rdap")
		want(t, err, store.NotFound, "schedule.not_found")
		if n := counted(t, d, store.RunFilter{All: true}); n != 10 {
			t.Fatalf("%d runs are left", n)
		}
	})
}

// TestSlotsOnce lets two processes' worth of planners and workers, each with connections of its own, go for the same
// slots at once.
func TestSlotsOnce(t *testing.T) {
	const n = 1000
	each(t, func(t *testing.T, e *engine) {
		ctx := t.Context()
		replicas := []*db.DB{e.open(t), e.open(t)}
		world(t, replicas[0])
		s := schedule()
		ok(t, replicas[0].CreateSchedule(ctx, s, ola))
		entries := len(audited(t, replicas[0]))
		plan := slots(minute(n), store.RunDue, store.ReasonOnTime)
		e.clock.Advance(n*time.Minute + time.Hour)

		var planned, started atomic.Int64
		var all sync.WaitGroup
		for w := range 4 {
			d := replicas[w%2]
			all.Go(func() {
				runs, err := d.PlanSchedule(ctx, s.ID, plan)
				if err != nil {
					t.Error(err)
				}
				planned.Add(int64(len(runs)))
				for {
					due, err := d.DueRuns(ctx, e.clock.Now())
					if err != nil {
						t.Error(err)
						return
					}
					if len(due) == 0 {
						return
					}
					for _, r := range due {
						got, err := d.StartRun(ctx, r.ID, store.ScheduleActor())
						if isConflict(err) { // another has it, or another slot of the integration is running
							continue
						}
						if err == nil {
							started.Add(1)
							err = d.FinishRun(ctx, got, db.Outcome{State: store.RunSucceeded}, store.ScheduleActor())
						}
						if err != nil {
							t.Error(err)
							return
						}
					}
				}
			})
		}
		all.Wait()
		d := replicas[0]
		if planned.Load() != n || started.Load() != n {
			t.Fatalf("%d slots were planned %d times and started %d times", n, planned.Load(), started.Load())
		}
		if c := must(d.RunCounts(ctx, store.RunFilter{All: true})); c[store.RunSucceeded] != n || len(c) != 1 {
			t.Fatalf("%v", c)
		}
		// The log has no gap and no double: one start and one end for each.
		log := must(d.AuditRange(ctx, 0, 1<<20))
		if len(log) != entries+2*n {
			t.Fatalf("%d entries", len(log))
		}
		for i, entry := range log {
			if entry.Seq != int64(i+1) {
				t.Fatalf("entry %d has number %d", i+1, entry.Seq)
			}
		}
		seen := map[string]bool{}
		for _, a := range must(d.Audit(ctx, store.AuditFilter{All: true, Action: "run.start", Limit: 2 * n})) {
			if seen[a.Object] {
				t.Fatalf("run %s was started twice", a.Object)
			}
			seen[a.Object] = true
		}
		for i, r := range must(d.Runs(ctx, store.RunFilter{All: true, Limit: 2 * n})) {
			if r.No != int64(n-i) {
				t.Fatalf("run %d has number %d", n-i, r.No)
			}
		}
	})
}
