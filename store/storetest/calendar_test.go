package storetest_test

import (
	"testing"
	"time"

	"samband/jobs/planner"
	"samband/store"
	"samband/store/db"
)

// due plans a schedule for real, up to now.
func due(now time.Time) db.PlanFunc {
	return func(s store.Schedule, calendars []store.Calendar, planned time.Time) ([]store.Planned, time.Time, error) {
		t, err := planner.Timetable(s, calendars)
		if err != nil {
			return nil, planned, err
		}
		slots, upTo := t.Due(planned, now)
		return slots, upTo, nil
	}
}

func TestCalendars(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		_, err := d.Calendar(ctx, "jul")
		want(t, err, store.NotFound, "calendar.not_found")
		c := &store.Calendar{ID: "jul", Name: "Jul", Holidays: true, Windows: []store.Blackout{
			{Reason: "Romjul", From: "2026-12-24", To: "2027-01-02", Yearly: true, Start: "08:00", End: "16:00"}}}
		want(t, d.CreateCalendar(ctx, &store.Calendar{ID: "jul"}, ola), store.Invalid, "field.required")
		ok(t, d.CreateCalendar(ctx, c, ola))
		want(t, d.CreateCalendar(ctx, c, ola), store.Conflict, "db.exists")
		helg := &store.Calendar{ID: "helg", Name: "Helg"}
		ok(t, d.CreateCalendar(ctx, helg, ola))
		same(t, must(d.Calendar(ctx, "jul")), c)
		same(t, must(d.Calendars(ctx)), []store.Calendar{*helg, *c})

		s := schedule()
		s.Expr, s.Anchor, s.Calendars = "0 * * * *", time.Time{}, []string{"finnes-ikke"}
		want(t, d.CreateSchedule(ctx, s, ola), store.Invalid, "db.reference")
		s.Calendars = []string{"helg", "jul"}
		ok(t, d.CreateSchedule(ctx, s, ola))
		same(t, must(d.Schedule(ctx, s.IntegrationID)).Calendars, s.Calendars)
		same(t, must(d.Schedules(ctx))[0].Calendars, s.Calendars)
		want(t, d.DeleteCalendar(ctx, "helg", 1, ola), store.Conflict, "db.in_use")

		// A change counts from now on: what fell due before it is judged by the calendar as it was.
		e.clock.Advance(2 * time.Hour)
		helg.Windows = []store.Blackout{{Reason: "Vedlikehold", Start: "00:00", End: "23:59"}}
		stale := *helg
		ok(t, d.UpdateCalendar(ctx, helg, due(e.clock.Now()), ola))
		want(t, d.UpdateCalendar(ctx, &stale, due(e.clock.Now()), ola), store.Conflict, "db.changed")
		e.clock.Advance(2 * time.Hour)
		must(d.PlanSchedule(ctx, s.ID, due(e.clock.Now())))
		var got []string
		for _, r := range must(d.Runs(ctx, store.RunFilter{All: true})) {
			entry, _ := r.ReasonArgs["entry"].(string)
			got = append(got, r.Slot[11:]+" "+string(r.State)+" "+entry)
		}
		same(t, got, []string{"13:00 skipped Vedlikehold", "12:00 skipped Vedlikehold", "11:00 due ", "10:00 due "})

		// One that nobody asks for any more can go.
		n := must(d.Schedule(ctx, s.IntegrationID))
		n.Calendars = nil
		_, err = d.UpdateSchedule(ctx, n, due(e.clock.Now()), ola)
		ok(t, err)
		same(t, must(d.Schedule(ctx, s.IntegrationID)), n)
		want(t, d.DeleteCalendar(ctx, "helg", 1, ola), store.Conflict, "db.changed")
		ok(t, d.DeleteCalendar(ctx, "helg", helg.Version, ola))
		_, err = d.Calendar(ctx, "helg")
		want(t, err, store.NotFound, "calendar.not_found")
		ok(t, d.DeleteSchedule(ctx, n.ID, n.Version, due(e.clock.Now()), ola))
	})
}

// TestSlotsAcrossZones: the same local time in another zone is another due time, and neither is lost to the other. What
// the schedules were can be read again, and none of it comes twice when the clock is set back.
func TestSlotsAcrossZones(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		s := schedule()
		s.Expr, s.Anchor, s.CatchUpMax = "0 12 * * *", time.Time{}, 100 // 11:00 UTC
		ok(t, d.CreateSchedule(ctx, s, ola))
		begin := e.clock.Now()
		keys := func() (out []string) {
			runs := must(d.Runs(ctx, store.RunFilter{All: true}))
			for i := len(runs) - 1; i >= 0; i-- {
				out = append(out, runs[i].Slot+" "+runs[i].DueAt.Format("15:04"))
			}
			return out
		}
		change := func(do func(s *store.Schedule)) {
			t.Helper()
			n := must(d.Schedule(ctx, s.IntegrationID))
			do(n)
			_, err := d.UpdateSchedule(ctx, n, due(e.clock.Now()), ola)
			ok(t, err)
		}
		e.clock.Advance(4 * time.Hour) // past noon in Oslo, not yet in New York
		change(func(s *store.Schedule) { s.Zone = "America/New_York" })
		e.clock.Advance(6 * time.Hour)
		change(func(s *store.Schedule) { s.Zone = "America/Los_Angeles" })
		e.clock.Advance(6 * time.Hour)
		change(func(s *store.Schedule) { s.Zone = store.DefaultZone })
		zones := []string{"2026-11-23T12:00 11:00", "2026-11-23T12:00 America/New_York 17:00", "2026-11-23T12:00 America/Los_Angeles 20:00"}
		same(t, keys(), zones)

		rows := must(d.Slots(ctx, begin, e.clock.Now().Add(time.Hour)))
		var spans []string
		for i, p := range rows.Spans {
			spans = append(spans, p.Zone)
			if i > 0 && !p.From.Equal(rows.Spans[i-1].To) {
				t.Fatalf("%v does not go on from %v", p, rows.Spans[i-1])
			}
		}
		same(t, spans, []string{"Europe/Oslo", "America/New_York", "America/Los_Angeles", "Europe/Oslo"})
		same(t, len(rows.Recorded[s.IntegrationID]), 3)

		// Gone, and made anew while the clock is set back a day: what was due is not due again.
		n := must(d.Schedule(ctx, s.IntegrationID))
		ok(t, d.DeleteSchedule(ctx, n.ID, n.Version, due(e.clock.Now()), ola))
		e.clock.Advance(-12 * time.Hour)
		again := schedule()
		again.Expr, again.Anchor = "0 12 * * *", time.Time{}
		ok(t, d.CreateSchedule(ctx, again, ola))
		e.clock.Advance(8 * time.Hour)
		must(d.PlanSchedule(ctx, again.ID, due(e.clock.Now())))
		same(t, keys(), zones)
		e.clock.Advance(24 * time.Hour)
		must(d.PlanSchedule(ctx, again.ID, due(e.clock.Now())))
		same(t, keys(), append(zones, "2026-11-24T12:00 11:00"))
	})
}
