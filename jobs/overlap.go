package jobs

import (
	"context"
	"slices"
	"time"

	"samband/store"
	"samband/store/db"
)

// turn decides whether a slot may start now, by what its schedule says of overlap, and carries out what else is to be
// done: the slot is skipped, waits for the planner to hand it over again, or the run before is asked to stop.
func (j *Jobs) turn(ctx context.Context, r *store.Run, by store.Actor) (start bool, err error) {
	s, err := found(j.DB.Schedule(ctx, r.IntegrationID))
	if err != nil {
		return false, err
	}
	if s == nil {
		s = new(store.NewSchedule(r.IntegrationID, ""))
	}
	for {
		now := j.Clock.Now()
		open, err := j.DB.RunsInTheWay(ctx, r, now)
		if err != nil {
			return false, err
		}
		switch t := s.Turn(r, open, now); t.Do {
		case store.TurnStart:
			return true, nil
		case store.TurnSkip:
			return false, j.finish(ctx, r, db.Outcome{State: store.RunSkipped, Reason: t.Reason, Args: t.Args}, by)
		case store.TurnCancel:
			if err := j.Cancel(ctx, t.Before.ID, by); err != nil && store.ClassOf(err) != store.Conflict {
				return false, err
			}
			j.log(ctx, r, store.LogWarn, store.StageGate, "run.cancels_before", store.Args{"no": t.Before.No})
			// One that only waited for its next attempt has ended by that; else this is for later.
		default:
			return false, nil
		}
	}
}

// next hands the slot of an integration that waits for the run before it to the queue, now that one has ended. When that
// fails the planner does it at its next look.
func (j *Jobs) next(ctx context.Context, ended *store.Run) {
	r, err := found(j.DB.NextDue(ctx, ended.IntegrationID, j.Clock.Now()))
	if err == nil && r != nil && r.Trigger != store.TriggerShell {
		err = j.queue.EnqueueAfter(ctx, r.ID, r.Attempt, ended.ID)
	}
	if err != nil {
		j.Log.Error("the next run waits for the planner", "integration", ended.IntegrationID, "error", err)
	}
}

// skipWaited ends the slots that have waited for the run before them for as long as their schedule lets them. Each is
// also looked at whenever it is handed over; this holds the time when every worker is busy.
func (j *Jobs) skipWaited(ctx context.Context, schedules []db.PlannedSchedule, now time.Time) error {
	if !slices.ContainsFunc(schedules, func(s db.PlannedSchedule) bool { return s.Overlap == store.OverlapQueue }) {
		return nil
	}
	open, err := j.DB.OpenRuns(ctx)
	if err != nil {
		return err
	}
	for _, s := range schedules {
		if s.Overlap != store.OverlapQueue {
			continue
		}
		for i := range open {
			r := &open[i]
			if r.IntegrationID != s.IntegrationID || r.State != store.RunDue || r.Trigger != store.TriggerSchedule || r.StartAt.After(now) {
				continue
			}
			t := s.Turn(r, open, now)
			if t.Do != store.TurnSkip || t.Reason != store.ReasonWaited {
				continue
			}
			err := j.finish(ctx, r, db.Outcome{State: store.RunSkipped, Reason: t.Reason, Args: t.Args}, store.ScheduleActor())
			if err != nil && store.ClassOf(err) != store.Conflict { // it has just been started
				return err
			}
		}
	}
	return nil
}
