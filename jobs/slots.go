package jobs

import (
	"context"
	"time"

	"samband/jobs/planner"
	"samband/store"
)

// The planner's own promise, that every due time has exactly one run, is held against the schedules that there were.
const (
	// slotsEvery is how often the last slotsPeriod are held against each other.
	slotsEvery  = 15 * time.Minute
	slotsPeriod = 25 * time.Hour
	// slotsLag is how far the planner may be from the clock: behind it is a planner that doesn't come round, ahead of it
	// a clock that was set back.
	slotsLag = 5 * time.Minute
)

// CheckSlots holds the due times that every integration had after from, up to and including to, against its runs. Times
// that the planner has not come to yet are not expected.
func (j *Jobs) CheckSlots(ctx context.Context, from, to time.Time) ([]store.SlotCheck, error) {
	rows, err := j.DB.Slots(ctx, from, to)
	if err != nil {
		return nil, err
	}
	var checks []store.SlotCheck
	for i := 0; i < len(rows.Spans); {
		id := rows.Spans[i].IntegrationID
		var expected []time.Time
		for ; i < len(rows.Spans) && rows.Spans[i].IntegrationID == id; i++ {
			due, err := planner.Slots(rows.Spans[i], from, to)
			if err != nil {
				return nil, err
			}
			expected = append(expected, due...)
		}
		checks = append(checks, store.CheckSlots(id, expected, rows.Recorded[id]))
	}
	return checks, nil
}

// slotTotals sums up a check for those who watch.
type slotTotals struct {
	expected, recorded, wrong int
	first                     string // an integration where something is wrong
}

// dueSlotCheck holds the last day's due times against their runs, and keeps what came of it for the metrics and the
// doctor.
func (j *Jobs) dueSlotCheck(ctx context.Context) error {
	now := j.Clock.Now()
	checks, err := j.CheckSlots(ctx, now.Add(-slotsPeriod), now)
	if err != nil {
		return err
	}
	var sum slotTotals
	for i := range checks {
		c := &checks[i]
		sum.expected += c.Expected
		sum.recorded += c.Recorded
		sum.wrong += c.Wrong()
		if !c.OK() {
			sum.first = c.IntegrationID
			j.Log.Error("due times and runs don't agree", "integration", c.IntegrationID, "expected", c.Expected,
				"recorded", c.Recorded, "missing", c.Missing, "doubled", c.Doubled, "extra", c.Extra)
		}
	}
	j.slots.Store(&sum)
	return nil
}

// plannerProblem tells when due times and runs don't agree, or when the planner has not come as far as the clock.
func (j *Jobs) plannerProblem(ctx context.Context) error {
	if err := j.dueSlotCheck(ctx); err != nil {
		return err
	}
	if sum := j.slots.Load(); sum.wrong > 0 {
		return store.E(store.Internal, "doctor.slots", store.Args{"n": sum.wrong, "integration": sum.first})
	}
	schedules, err := j.DB.Schedules(ctx)
	if err != nil {
		return err
	}
	now := j.Clock.Now()
	for _, s := range schedules {
		switch {
		case s.Planned.After(now.Add(slotsLag)):
			return store.E(store.Unavailable, "doctor.planner_ahead", store.Args{"integration": s.IntegrationID, "at": s.Planned})
		case s.Enabled && s.Planned.Before(now.Add(-slotsLag)):
			return store.E(store.Unavailable, "doctor.planner_behind", store.Args{"integration": s.IntegrationID, "at": s.Planned})
		}
	}
	return nil
}
