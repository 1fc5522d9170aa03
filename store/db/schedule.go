package db

import (
	"context"
	"time"

	"samband/store"
)

const scheduleColumns = `id, integration_id, expr, every_ns, anchor, zone, enabled, paused_at, paused_until, paused_by,
	pause_reason, catch_up, catch_up_window, catch_up_max, overlap, jitter, wait_ns, planned, version`

// PlannedSchedule is a schedule with the moment up to which every slot of it has its run.
type PlannedSchedule struct {
	store.Schedule
	Planned time.Time
}

// PlanFunc decides about the slots of a schedule after planned, and tells how far it came: store.Timetable.Due, once
// the expression is read. calendars are those that the schedule asks for. It must do nothing else.
type PlanFunc func(s store.Schedule, calendars []store.Calendar, planned time.Time) (slots []store.Planned, upTo time.Time, err error)

func scanSchedule(r row) (p PlannedSchedule, err error) {
	s := &p.Schedule
	err = r.Scan(&s.ID, &s.IntegrationID, &s.Expr, &s.Every, moment{&s.Anchor}, &s.Zone, &s.Enabled, moment{&s.PausedAt},
		moment{&s.PausedUntil}, &s.PausedBy, &s.PauseReason, &s.CatchUp, &s.CatchUpWindow, &s.CatchUpMax, &s.Overlap,
		&s.Jitter, &s.Wait, moment{&p.Planned}, &s.Version)
	return p, err
}

// Schedule returns the schedule of an integration, or "schedule.not_found".
func (d *DB) Schedule(ctx context.Context, integrationID string) (*store.Schedule, error) {
	return read(ctx, d, func(t *tx) (*store.Schedule, error) {
		p, err := t.scheduleOf(integrationID)
		if err != nil {
			return nil, err
		}
		return &p.Schedule, nil
	})
}

func (t *tx) scheduleOf(integrationID string) (*PlannedSchedule, error) {
	return t.whole(one(t, "schedule.not_found", scanSchedule, `SELECT `+scheduleColumns+` FROM schedule
		WHERE integration_id = $1`, integrationID))
}

// whole reads what of a schedule lies in other tables.
func (t *tx) whole(p *PlannedSchedule, err error) (*PlannedSchedule, error) {
	if err == nil {
		err = t.calendarsOf(&p.Schedule)
	}
	return p, err
}

// lockSchedule reads a schedule that no other transaction can change or plan before this one ends.
func (t *tx) lockSchedule(id string) (*PlannedSchedule, error) {
	return t.whole(one(t, "schedule.not_found", scanSchedule, `UPDATE schedule SET version = version WHERE id = $1
		RETURNING `+scheduleColumns, id))
}

// Schedules returns every schedule, in order of integration.
func (d *DB) Schedules(ctx context.Context) ([]PlannedSchedule, error) {
	return read(ctx, d, func(t *tx) ([]PlannedSchedule, error) {
		list, err := all(t, scanSchedule, `SELECT `+scheduleColumns+` FROM schedule`)
		if err != nil {
			return nil, err
		}
		asked, err := t.calendarsOfAll()
		for i := range list {
			list[i].Calendars = asked[list[i].ID]
		}
		return byID(list, func(p *PlannedSchedule) string { return p.IntegrationID }), err
	})
}

// CreateSchedule inserts the schedule of an integration and sets its ID and Version. Slots count from now on.
func (d *DB) CreateSchedule(ctx context.Context, s *store.Schedule, by store.Actor) error {
	return d.CreateScheduleFrom(ctx, s, time.Time{}, by)
}

// CreateScheduleFrom is CreateSchedule with slots that count from another moment; zero is now. Where an earlier schedule
// of the integration had slots after it, they count from the last of those.
func (d *DB) CreateScheduleFrom(ctx context.Context, s *store.Schedule, from time.Time, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	n := *s
	err := d.update(ctx, func(t *tx) error {
		i, err := t.integration(s.IntegrationID)
		if err != nil {
			return err
		}
		n.ID, n.Version = t.ids.New(), 1
		if from.IsZero() {
			from = t.now
		}
		if last, err := t.spanned(i.ID); err != nil {
			return err
		} else if last.After(from) {
			from = last
		}
		err = t.insertSchedule(&n, from)
		if taken(err) {
			return exists("integration", i.ID)
		}
		return t.created(err, by, about("schedule.create", i.ID, i.RegistryID))
	})
	if err == nil {
		*s = n
	}
	return err
}

func (t *tx) insertSchedule(n *store.Schedule, from time.Time) error {
	err := t.write(`INSERT INTO schedule (`+scheduleColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		n.ID, n.IntegrationID, n.Expr, int64(n.Every), micros(n.Anchor), n.Zone, n.Enabled, micros(n.PausedAt),
		micros(n.PausedUntil), n.PausedBy, n.PauseReason, n.CatchUp, int64(n.CatchUpWindow), n.CatchUpMax, n.Overlap,
		int64(n.Jitter), int64(n.Wait), micros(from), n.Version)
	if err == nil {
		err = t.setCalendars(n)
	}
	if err == nil {
		err = t.respan(n.IntegrationID, from, n)
	}
	return err
}

// UpdateSchedule replaces a schedule; versions as in UpdateSolution. First, everything that fell due until now is
// planned with the schedule as it was, so that no slot is judged by settings that came after it. It returns the runs
// that came of that, of which those in state due are to be started. The log tells pause, resume, on and off from other
// changes.
func (d *DB) UpdateSchedule(ctx context.Context, s *store.Schedule, plan PlanFunc,
	by store.Actor) ([]store.Run, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	var runs []store.Run
	next := s.Version
	err := d.update(ctx, func(t *tx) error {
		was, err := t.lockSchedule(s.ID)
		switch {
		case err != nil:
			return err
		case was.Version != s.Version || was.IntegrationID != s.IntegrationID:
			return changed()
		}
		diff := differing(&was.Schedule, s)
		if diff == nil {
			return nil
		}
		i, err := t.integration(s.IntegrationID)
		if err != nil {
			return err
		}
		if runs, err = t.plan(was, plan); err != nil {
			return err
		}
		next++
		err = t.write(`UPDATE schedule SET expr = $3, every_ns = $4, anchor = $5, zone = $6, enabled = $7, paused_at = $8,
			paused_until = $9, paused_by = $10, pause_reason = $11, catch_up = $12, catch_up_window = $13, catch_up_max = $14,
			overlap = $15, jitter = $16, wait_ns = $17, version = version + 1 WHERE id = $1 AND version = $2`,
			s.ID, s.Version, s.Expr, int64(s.Every), micros(s.Anchor), s.Zone, s.Enabled, micros(s.PausedAt),
			micros(s.PausedUntil), s.PausedBy, s.PauseReason, s.CatchUp, int64(s.CatchUpWindow), s.CatchUpMax, s.Overlap,
			int64(s.Jitter), int64(s.Wait))
		if err == nil {
			err = t.setCalendars(s)
		}
		if err == nil && !s.SameRule(&was.Schedule) {
			err = t.respan(s.IntegrationID, was.Planned, s)
		}
		if err != nil {
			return err
		}
		action := "schedule.update"
		switch before, after := was.Paused(t.now), s.Paused(t.now); {
		case !was.Enabled && s.Enabled:
			action = "schedule.on"
		case was.Enabled && !s.Enabled:
			action = "schedule.off"
		case after && (!before || !s.SamePause(&was.Schedule)):
			action = "schedule.pause"
		case before && !after:
			action = "schedule.resume"
		}
		e := about(action, i.ID, i.RegistryID)
		e.Details = store.Args{"changed": diff}
		if action == "schedule.pause" {
			e.Reason = s.PauseReason
		}
		return t.audit(by, e)
	})
	return runs, done(err, &s.Version, next)
}

// PlanSchedule records every slot that plan decides about, each as a run: due, missed or skipped. It returns the runs
// it made; slots that have a run already get no second one.
func (d *DB) PlanSchedule(ctx context.Context, id string, plan PlanFunc) ([]store.Run, error) {
	var runs []store.Run
	err := d.update(ctx, func(t *tx) error {
		p, err := t.lockSchedule(id)
		if err != nil {
			return err
		}
		runs, err = t.plan(p, plan)
		return err
	})
	return runs, err
}

// plan asks until the planner comes no further, which after a long outage takes several batches, and sets Planned.
func (t *tx) plan(p *PlannedSchedule, plan PlanFunc) ([]store.Run, error) {
	i, err := t.integration(p.IntegrationID)
	if err != nil {
		return nil, err
	}
	search, err := t.searchText(i)
	if err != nil {
		return nil, err
	}
	var calendars []store.Calendar
	for _, id := range p.Calendars {
		c, err := t.calendar(id)
		if err != nil {
			return nil, err
		}
		calendars = append(calendars, *c)
	}
	var runs []store.Run
	for {
		slots, upTo, err := plan(p.Schedule, calendars, p.Planned)
		if err != nil {
			return nil, err
		}
		for _, slot := range slots {
			r, err := t.slot(i, search, p.Zone, slot)
			if err != nil {
				return nil, err
			}
			if r != nil {
				runs = append(runs, *r)
			}
		}
		if !upTo.After(p.Planned) {
			break
		}
		p.Planned = upTo
	}
	return runs, t.exec(`UPDATE schedule SET planned = $2 WHERE id = $1`, p.ID, micros(p.Planned))
}

// DeleteSchedule removes a schedule after planning it until now; the runs it made stay.
func (d *DB) DeleteSchedule(ctx context.Context, id string, version int, plan PlanFunc, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		p, err := t.lockSchedule(id)
		if err != nil {
			return err
		}
		if p.Version != version {
			return changed()
		}
		i, err := t.integration(p.IntegrationID)
		if err != nil {
			return err
		}
		if _, err := t.plan(p, plan); err != nil {
			return err
		}
		if err := t.respan(p.IntegrationID, p.Planned, nil); err != nil {
			return err
		}
		if err := t.exec(`DELETE FROM schedule WHERE id = $1`, id); err != nil {
			return err
		}
		return t.audit(by, about("schedule.delete", i.ID, i.RegistryID))
	})
}
