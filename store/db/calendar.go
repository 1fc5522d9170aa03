package db

import (
	"context"

	"samband/store"
)

const calendarColumns = `id, name, holidays, weekends, windows, version`

func scanCalendar(r row) (c store.Calendar, err error) {
	err = r.Scan(&c.ID, &c.Name, &c.Holidays, &c.Weekends, decode{&c.Windows}, &c.Version)
	return c, err
}

// Calendars returns the calendars in order of id.
func (d *DB) Calendars(ctx context.Context) ([]store.Calendar, error) {
	return read(ctx, d, func(t *tx) ([]store.Calendar, error) {
		list, err := all(t, scanCalendar, `SELECT `+calendarColumns+` FROM calendar`)
		return byID(list, func(c *store.Calendar) string { return c.ID }), err
	})
}

// Calendar returns a calendar, or "calendar.not_found".
func (d *DB) Calendar(ctx context.Context, id string) (*store.Calendar, error) {
	return read(ctx, d, func(t *tx) (*store.Calendar, error) { return t.calendar(id) })
}

func (t *tx) calendar(id string) (*store.Calendar, error) {
	return one(t, "calendar.not_found", scanCalendar, `SELECT `+calendarColumns+` FROM calendar WHERE id = $1`, id)
}

// CreateCalendar inserts a calendar and sets its Version.
func (d *DB) CreateCalendar(ctx context.Context, c *store.Calendar, by store.Actor) error {
	if err := c.Validate(); err != nil {
		return err
	}
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO calendar (`+calendarColumns+`) VALUES ($1, $2, $3, $4, $5, 1)`,
			c.ID, c.Name, c.Holidays, c.Weekends, encode(c.Windows))
		return t.created(err, by, about("calendar.create", c.ID, ""))
	})
	return done(err, &c.Version, 1)
}

// UpdateCalendar replaces a calendar. First, every schedule that asks for it is planned until now with the calendar as it
// was, so that no slot is judged by what came after it.
func (d *DB) UpdateCalendar(ctx context.Context, c *store.Calendar, plan PlanFunc, by store.Actor) error {
	if err := c.Validate(); err != nil {
		return err
	}
	return amend(ctx, d, about("calendar.update", c.ID, ""), c, &c.Version, (*tx).calendar, by, func(t *tx) error {
		schedules, err := all(t, scanID,
			`SELECT schedule_id FROM schedule_calendar WHERE calendar_id = $1 ORDER BY schedule_id`, c.ID)
		if err != nil {
			return err
		}
		for _, id := range schedules {
			p, err := t.lockSchedule(id)
			if err != nil {
				return err
			}
			if _, err := t.plan(p, plan); err != nil {
				return err
			}
		}
		return t.write(`UPDATE calendar SET name = $3, holidays = $4, weekends = $5, windows = $6, version = version + 1
			WHERE id = $1 AND version = $2`, c.ID, c.Version, c.Name, c.Holidays, c.Weekends, encode(c.Windows))
	})
}

// DeleteCalendar removes a calendar that no schedule asks for; otherwise Conflict "db.in_use".
func (d *DB) DeleteCalendar(ctx context.Context, id string, version int, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if _, err := t.calendar(id); err != nil {
			return err
		}
		return t.remove(about("calendar.delete", id, ""), version, by)
	})
}

func scanID(r row) (id string, err error) {
	err = r.Scan(&id)
	return id, err
}

// calendarsOf reads the ids of the calendars that a schedule asks for.
func (t *tx) calendarsOf(s *store.Schedule) (err error) {
	s.Calendars, err = all(t, scanID,
		`SELECT calendar_id FROM schedule_calendar WHERE schedule_id = $1`, s.ID)
	s.Calendars = byID(s.Calendars, func(id *string) string { return *id })
	return err
}

// calendarsOfAll reads the ids of the calendars that every schedule asks for, by schedule.
func (t *tx) calendarsOfAll() (map[string][]string, error) {
	pairs, err := all(t, func(r row) (p [2]string, err error) {
		err = r.Scan(&p[0], &p[1])
		return p, err
	},
		`SELECT schedule_id, calendar_id FROM schedule_calendar`)
	asked := map[string][]string{}
	for _, p := range byID(pairs, func(p *[2]string) string { return p[1] }) {
		asked[p[0]] = append(asked[p[0]], p[1])
	}
	return asked, err
}

// setCalendars replaces the calendars that a schedule asks for. One that is not there is "db.reference".
func (t *tx) setCalendars(s *store.Schedule) error {
	if err := t.exec(`DELETE FROM schedule_calendar WHERE schedule_id = $1`, s.ID); err != nil {
		return err
	}
	for _, id := range s.Calendars {
		if err := t.write(`INSERT INTO schedule_calendar (schedule_id, calendar_id) VALUES ($1, $2)`, s.ID, id); err != nil {
			return err
		}
	}
	return nil
}
