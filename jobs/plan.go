package jobs

import (
	"context"
	"time"

	"samband/jobs/planner"
	"samband/store"
	"samband/store/db"
)

// plan gives the db.PlanFunc that decides about the due times of a schedule up to one moment: now. The moment is taken
// once, because the database asks until the planner comes no further.
func (j *Jobs) plan() db.PlanFunc {
	now := j.Clock.Now()
	return func(s store.Schedule, calendars []store.Calendar, planned time.Time) ([]store.Planned, time.Time, error) {
		t, err := planner.Timetable(s, calendars)
		if err != nil {
			return nil, planned, err
		}
		slots, upTo := t.Due(planned, now)
		return slots, upTo, nil
	}
}

// Plan turns every due time that has come into a run, and hands those that are to start to the queue. A run that was
// planned and never reached the queue is handed over again, so a crash in between loses nothing.
func (j *Jobs) Plan(ctx context.Context) error {
	schedules, err := j.DB.Schedules(ctx)
	if err != nil {
		return err
	}
	for _, s := range schedules {
		if _, err := j.DB.PlanSchedule(ctx, s.ID, j.plan()); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			j.Log.Error("a schedule could not be planned", "integration", s.IntegrationID, "error", err)
		}
	}
	if err := j.skipWaited(ctx, schedules, j.Clock.Now()); err != nil {
		return err
	}
	due, err := j.DB.DueRuns(ctx, j.Clock.Now())
	if err != nil {
		return err
	}
	for _, r := range due {
		if r.Trigger == store.TriggerShell {
			continue // the command that made it carries it out, perhaps from a file of its own
		}
		if err := j.queue.Enqueue(ctx, r.ID, r.Attempt); err != nil {
			return err
		}
	}
	j.planned.Store(j.Clock.Now().UnixMicro())
	return nil
}

// NextSlots gives the next n due times of an integration's schedule that it will run, neither paused nor kept back by a
// calendar; none when it has none or is switched off.
func (j *Jobs) NextSlots(ctx context.Context, integrationID string, n int) ([]store.Slot, error) {
	s, err := found(j.DB.Schedule(ctx, integrationID))
	if err != nil || s == nil || !s.Enabled {
		return nil, err
	}
	t, err := j.timetable(ctx, *s)
	if err != nil {
		return nil, err
	}
	var runs []store.Slot
	for _, c := range t.Next(j.Clock.Now(), n+lookPast) {
		if c.Skip == nil && len(runs) < n {
			runs = append(runs, c.Slot)
		}
	}
	return runs, nil
}

// lookPast is how many slots that are skipped NextSlots looks past.
const lookPast = 100

// PreviewSlots gives the next n due times a schedule would have, saved or not, and which of them it would skip.
func (j *Jobs) PreviewSlots(ctx context.Context, s store.Schedule, n int) ([]store.Coming, error) {
	t, err := j.timetable(ctx, s)
	if err != nil {
		return nil, err
	}
	return t.Next(j.Clock.Now(), n), nil
}

// ClockChanges gives the next n due times of a schedule that a clock change touches.
func (j *Jobs) ClockChanges(ctx context.Context, s store.Schedule, n int) ([]store.Slot, error) {
	t, err := j.timetable(ctx, s)
	if err != nil {
		return nil, err
	}
	return store.ClockChanges(t.Rule, t.Zone, j.Clock.Now(), n), nil
}

// timetable reads a schedule with its calendars.
func (j *Jobs) timetable(ctx context.Context, s store.Schedule) (store.Timetable, error) {
	var calendars []store.Calendar
	for _, id := range s.Calendars {
		c, err := j.DB.Calendar(ctx, id)
		if err != nil {
			return store.Timetable{}, err
		}
		calendars = append(calendars, *c)
	}
	return planner.Timetable(s, calendars)
}

// ReadSchedule reads an expression, or says at its field what is wrong with it.
func (j *Jobs) ReadSchedule(expr string) (store.Cron, error) { return planner.Parse(expr) }
