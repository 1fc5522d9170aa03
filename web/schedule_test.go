package web

import (
	"context"
	"net/url"
	"strconv"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// keptRuns stores schedules in the database of a test.
type keptRuns struct {
	quietRuns
	db *db.DB
}

func (keptRuns) ReadSchedule(expr string) (store.Cron, error) {
	return store.Cron{Minute: 1 << 25, Hour: 1 << 4, DOM: store.AllDOM, Month: store.AllMonths, DOW: store.AllDOW, DOMStar: true,
		DOWStar: true, Text: expr}, nil
}
func (keptRuns) ClockChanges(context.Context, store.Schedule, int) ([]store.Slot, error) {
	return nil, nil
}
func (keptRuns) PreviewSlots(context.Context, store.Schedule, int) ([]store.Coming, error) {
	return nil, nil
}
func (k keptRuns) SaveCalendar(ctx context.Context, c *store.Calendar, by store.Actor) error {
	if c.Version == 0 {
		return k.db.CreateCalendar(ctx, c, by)
	}
	return k.db.UpdateCalendar(ctx, c, noPlan, by)
}
func (k keptRuns) SaveSchedule(ctx context.Context, s *store.Schedule, by store.Actor) error {
	if s.ID == "" {
		return k.db.CreateSchedule(ctx, s, by)
	}
	_, err := k.db.UpdateSchedule(ctx, s, noPlan, by)
	return err
}

// TestScheduleAsksTheGate: what may not run can't be switched on, and can be saved switched off; one that is on and has
// lost its ground says so.
func TestScheduleAsksTheGate(t *testing.T) {
	g := newRegister(t)
	g.Runs = keptRuns{db: g.db}
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	const path = "/integrations/hjerte-rdap/schedule"
	form := func(more ...string) []string {
		return append([]string{"pattern", "daily", "time", "04:25", "overlap", "skip", "catch_up", "latest", "window", "24"}, more...)
	}
	answers(t, admin.get(path), 200, "Tidsplanen kan ikke slås på før dette er i orden", "ikke godkjent")
	answers(t, admin.post(path, form("version", "0", "enabled", "on")...), 422, "grunnene står over skjemaet", "ikke godkjent",
		`value="04:25"`)
	if _, err := g.db.Schedule(t.Context(), "hjerte-rdap"); store.ClassOf(err) != store.NotFound {
		t.Fatalf("it was saved: %v", err)
	}
	leads(t, admin.post(path, form("version", "0")...), path)
	answers(t, admin.post(path, form("version", "1", "enabled", "on")...), 422)

	g.approve()
	leads(t, admin.post(path, form("version", "1", "enabled", "on")...), path)
	answers(t, admin.get(path), 200, "!avvises")
	i := g.integration("hjerte-rdap")
	leads(t, admin.post("/integrations/hjerte-rdap/state", "version", strconv.Itoa(i.Version), "to", "suspended", "reason", "x"),
		"/integrations/hjerte-rdap")
	answers(t, admin.get(path), 200, "På, men avvises", "Hver kjøring avvises til dette er i orden", "Stanset")
	leads(t, admin.post(path, form("version", "2")...), path) // off is always allowed
}

// TestScheduleBuilder: each way to say how often makes the expression it means and is shown again as the same way.
func TestScheduleBuilder(t *testing.T) {
	for _, c := range []struct {
		form []string
		expr string
	}{
		{[]string{"pattern", "minutes", "minutes", "20"}, "*/20 * * * *"},
		{[]string{"pattern", "hourly", "minute", "5"}, "5 * * * *"},
		{[]string{"pattern", "hours", "hours", "6", "minute", "45"}, "45 */6 * * *"},
		{[]string{"pattern", "daily", "time", "2.30"}, "30 2 * * *"},
		{[]string{"pattern", "weekdays", "time", "06:00"}, "0 6 * * 1-5"},
		{[]string{"pattern", "weekly", "time", "06:00", "weekday", "1", "weekday", "4", "weekday", "0"}, "0 6 * * 1,4,0"},
		{[]string{"pattern", "monthly", "time", "06:00", "day", "15"}, "0 6 15 * *"},
		{[]string{"pattern", "expr", "expr", "15 1-4 * * 0,6"}, "15 1-4 * * 0,6"},
	} {
		values := url.Values{}
		for i := 0; i < len(c.form); i += 2 {
			values.Add(c.form[i], c.form[i+1])
		}
		for name, v := range map[string]string{"overlap": "queue", "wait": "180", "catch_up": "all", "most": "7", "window": "24", "jitter": "15"} {
			values.Set(name, v)
		}
		f := asForm(values)
		s := store.NewSchedule("i1", "")
		if readSchedule(f, &s, nil); !f.ok() || s.Expr != c.expr || s.Validate() != nil {
			t.Errorf("%v: %q, %v, %v", c.form, s.Expr, f.errors, s.Validate())
			continue
		}
		if s.Wait != 3*time.Hour || s.Jitter != 15*time.Minute || s.CatchUpMax != 7 {
			t.Errorf("%+v", s)
		}
		shown := scheduleForm(&s)
		if shown.Pattern != c.form[1] || shown.Wait != "180" || shown.Jitter != "15" || shown.Most != "7" {
			t.Errorf("%s is shown as %+v", s.Expr, shown)
		}
	}
	for field, form := range map[string][]string{
		"pattern": {"pattern", "sometimes"}, "minutes": {"pattern", "minutes", "minutes", "7"}, "hours": {"pattern", "hours", "minute", "0", "hours", "5"},
		"minute": {"pattern", "hourly", "minute", "60"}, "time": {"pattern", "daily", "time", "25:00"}, "weekday": {"pattern", "weekly", "time", "06:00"},
		"day": {"pattern", "monthly", "time", "06:00", "day", "31"}, "expr": {"pattern", "expr", "expr", " "},
	} {
		values := url.Values{"overlap": {"skip"}, "catch_up": {"none"}, "window": {"24"}}
		for i := 0; i < len(form); i += 2 {
			values.Add(form[i], form[i+1])
		}
		f := asForm(values)
		s := store.NewSchedule("i1", "")
		if readSchedule(f, &s, nil); len(f.errors) != 1 || f.errors[0].Field != field {
			t.Errorf("%v: %v", form, f.errors)
		}
	}
}

// TestScheduleInterval: an interval is shown as one, and saving the page leaves it to the instant as it was.
func TestScheduleInterval(t *testing.T) {
	read := func(s *store.Schedule, v url.Values) store.FieldErrors {
		v["pattern"], v["overlap"], v["catch_up"], v["window"] = []string{"interval"}, []string{"skip"}, []string{"none"}, []string{"24"}
		f := asForm(v)
		readSchedule(f, s, nil)
		return f.errors
	}
	fields := func(every, unit, anchor string) url.Values {
		return url.Values{"every": {every}, "unit": {unit}, "anchor": {anchor}}
	}
	for _, c := range []struct {
		every       time.Duration
		anchor      time.Time
		n, unit, at string
	}{
		{50 * time.Minute, time.Date(2026, 11, 23, 23, 10, 0, 0, time.UTC), "50", "minutes", "2026-11-24T00:10"},
		{36 * time.Hour, time.Date(2026, 10, 25, 0, 30, 7, 0, time.UTC), "36", "hours", "2026-10-25T02:30"}, // the first 02:30
		{48 * time.Hour, time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC), "2", "days", "2026-10-25T02:30"},   // the second
		{time.Hour, time.Time{}, "1", "hours", "1970-01-01T01:00"},
	} {
		s := store.NewSchedule("i1", "")
		s.Every, s.Anchor = c.every, c.anchor
		shown := scheduleForm(&s)
		if shown.Pattern != "interval" || shown.Every != c.n || shown.Unit != c.unit || shown.Anchor != c.at {
			t.Errorf("%v from %v is shown as %+v", c.every, c.anchor, shown)
		}
		if e := read(&s, fields(shown.Every, shown.Unit, shown.Anchor)); e != nil || s.Every != c.every || !s.Anchor.Equal(c.anchor) || s.Validate() != nil {
			t.Errorf("%v from %v came back as %v from %v: %v", c.every, c.anchor, s.Every, s.Anchor, e)
		}
	}
	s := store.NewSchedule("i1", "30 2 * * *")
	if e := read(&s, fields("6", "hours", "2026-07-01T06:00")); e != nil || s.Expr != "" || s.Every != 6*time.Hour ||
		!s.Anchor.Equal(time.Date(2026, 7, 1, 4, 0, 0, 0, time.UTC)) || s.Validate() != nil {
		t.Errorf("%+v %v", s, e)
	}
	for field, v := range map[string]url.Values{"every": fields("9999", "days", "2026-07-01T06:00"), "unit": fields("6", "weeks", "2026-07-01T06:00"),
		"anchor": fields("6", "hours", "i går")} {
		s := store.NewSchedule("i1", "30 2 * * *")
		if e := read(&s, v); len(e) != 1 || e[0].Field != field || field == "anchor" && e[0].Code != "schedule.anchor" {
			t.Errorf("%v: %v", v, e)
		}
	}
}

// TestScheduleZone: the page shows and takes the zone, reads and says times in it, and says which unless it is Oslo.
func TestScheduleZone(t *testing.T) {
	g := newRegister(t)
	g.Runs = keptRuns{db: g.db}
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	const path = "/integrations/hjerte-rdap/schedule"
	form := func(version, zone string, more ...string) []string {
		return append([]string{"version", version, "overlap", "skip", "catch_up", "latest", "window", "24", "zone", zone}, more...)
	}
	interval := []string{"pattern", "interval", "every", "6", "unit", "hours", "anchor", "2026-07-01T06:00"}
	saved := func() *store.Schedule {
		t.Helper()
		s, err := g.db.Schedule(t.Context(), "hjerte-rdap")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	at := func(hour int) time.Time { return time.Date(2026, 7, 1, hour, 0, 0, 0, time.UTC) }

	answers(t, admin.get(path), 200, `name="zone"`, `value="Europe/Oslo"`)
	for _, zone := range []string{"Oslo", "Local", "localtime", "../Europe/Oslo"} {
		answers(t, admin.post(path, form("0", zone, interval...)...), 422, "Tidssonen «"+zone+"» finnes ikke", `value="`+zone+`"`, `href="#f-zone"`, "!#f-anchor")
	}
	answers(t, admin.post(path, form("0", " ", interval...)...), 422, `href="#f-zone"`)
	answers(t, admin.post(path, form("0", "America/New_York", append(interval, "do", "preview")...)...), 200,
		"Hver 6. time, regnet fra 1. juli 2026 kl. 06.00 (America/New_York).", "Tidene er i tidssonen America/New_York, ikke i norsk tid.")

	leads(t, admin.post(path, form("0", store.DefaultZone, interval...)...), path)
	if s := saved(); s.Zone != store.DefaultZone || !s.Anchor.Equal(at(4)) {
		t.Errorf("%+v", s)
	}
	answers(t, admin.get(path), 200, "regnet fra 1. juli 2026 kl. 06.00.", "!tidssonen Europe")
	leads(t, admin.post(path, form("1", "America/New_York", interval...)...), path) // the same time of day on another clock
	if s := saved(); s.Zone != "America/New_York" || !s.Anchor.Equal(at(10)) {
		t.Errorf("%+v", s)
	}
	answers(t, admin.get(path), 200, `value="America/New_York"`, `value="2026-07-01T06:00"`, "kl. 06.00 (America/New_York).")
	answers(t, admin.get("/integrations/hjerte-rdap"), 200, "kl. 06.00 (America/New_York).")

	leads(t, admin.post(path, form("2", "America/New_York", "pattern", "daily", "time", "04:25")...), path)
	answers(t, admin.get(path), 200, "(America/New_York).")
	leads(t, admin.post(path+"/pause", "version", "3", "pause_reason", "Kilden flytter", "paused_until", "2030-01-01"), path)
	if s := saved(); !s.PausedUntil.Equal(time.Date(2030, 1, 1, 5, 0, 0, 0, time.UTC)) {
		t.Errorf("paused until %v", s.PausedUntil)
	}
	answers(t, admin.get(path), 200, "Starter igjen 1. januar 2030 kl. 00.00 (America/New_York).")
}

func asForm(v url.Values) *form { return &form{values: v} }

// TestSchedulePauseStands: a page from before a pause doesn't put another over it, nor does one that knows of it.
func TestSchedulePauseStands(t *testing.T) {
	g := newRegister(t)
	g.Runs = keptRuns{db: g.db}
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	s := store.NewSchedule("hjerte-rdap", "25 4 * * *")
	if err := g.db.CreateSchedule(t.Context(), &s, seeder); err != nil {
		t.Fatal(err)
	}
	const path = "/integrations/hjerte-rdap/schedule"
	answers(t, admin.get(path), 200, `name="pause_reason"`, `name="version" value="1"`)
	answers(t, admin.post(path+"/pause", "version", "1", "pause_reason", ""), 422)
	leads(t, admin.post(path+"/pause", "version", "1", "pause_reason", "Kilden flytter"), path)
	for _, version := range []string{"1", "2"} {
		answers(t, admin.post(path+"/pause", "version", version, "pause_reason", "Noe annet", "paused_until", "2030-01-01"), 409)
	}
	now, err := g.db.Schedule(t.Context(), "hjerte-rdap")
	if err != nil || now.PauseReason != "Kilden flytter" || !now.PausedUntil.IsZero() || now.Version != 2 {
		t.Errorf("%+v, %v", now, err)
	}
}

// TestScheduleResume: before a pause is ended, what was skipped in it is shown, and none of it is run by that.
func TestScheduleResume(t *testing.T) {
	g := newRegister(t)
	g.Runs = keptRuns{db: g.db}
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	g.approve()
	ctx := t.Context()
	s := store.NewSchedule("hjerte-rdap", "25 4 * * *")
	now := g.Clock.Now()
	s = s.Pause(now.Add(-72*time.Hour), time.Time{}, "Kaja", "Vedlikehold")
	if err := g.db.CreateScheduleFrom(ctx, &s, now.Add(-72*time.Hour), seeder); err != nil {
		t.Fatal(err)
	}
	plan := func(s store.Schedule, _ []store.Calendar, planned time.Time) (out []store.Planned, upTo time.Time, err error) {
		if !now.After(planned) {
			return nil, planned, nil
		}
		for _, days := range []int{3, 2, 1} {
			at := now.Add(-time.Duration(days) * 24 * time.Hour).Add(time.Hour).Truncate(time.Minute)
			out = append(out, store.Planned{Slot: store.Slot{At: at, Local: at.In(store.Oslo).Format("2006-01-02T15:04")},
				State: store.RunSkipped, Reason: store.ReasonPaused})
		}
		return out, now, nil
	}
	if _, err := g.db.PlanSchedule(ctx, s.ID, plan); err != nil {
		t.Fatal(err)
	}
	const path = "/integrations/hjerte-rdap/schedule"
	answers(t, admin.get(path), 200, "Satt på pause av Kaja", path+"/resume")
	answers(t, admin.get(path+"/resume"), 200, "3 forfall hoppet over i pausen", "/runs/1", "kjøres ikke av seg selv", "/integrations/hjerte-rdap/backfill")
	answers(t, admin.get(path+"/resume"), 200, `name="version" value="1"`)
	answers(t, admin.post(path+"/resume", "version", "0"), 409) // of another pause
	leads(t, admin.post(path+"/resume", "version", "1"), path)
	leads(t, admin.get(path+"/resume"), path) // there is nothing to end any more
	if n, err := g.db.Runs(ctx, store.RunFilter{All: true}); err != nil || len(n) != 3 {
		t.Errorf("%d runs, %v", len(n), err)
	}
}
