package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/schedule"
)

// scheduleModel collects what the page of the schedule of the integration {id} shows.
func (s *Server) scheduleModel(r *http.Request) (*schedule.Model, error) {
	i, err := s.DB.Integration(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	m := &schedule.Model{Integration: *i, MayEdit: s.can(r, store.EditSchedule, i.RegistryID)}
	q, err := s.Gate.Question(r.Context(), i.ID, store.AtSchedule)
	if err != nil {
		return nil, err
	}
	m.Refusals = store.Gate(q).Refusals
	p, err := s.DB.RetryPolicy(r.Context(), i.ID)
	if err != nil {
		return nil, err
	}
	m.Retry = retryForm(p)
	if m.Calendars, err = s.DB.Calendars(r.Context()); err != nil {
		return nil, err
	}
	sch, err := s.DB.Schedule(r.Context(), i.ID)
	if store.ClassOf(err) == store.NotFound {
		n := store.NewSchedule(i.ID, "30 2 * * *")
		n.Enabled = len(m.Refusals) == 0
		m.Form = scheduleForm(&n)
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	m.Schedule, m.Form, m.Paused = sch, scheduleForm(sch), sch.Paused(s.now())
	if m.Zone, err = sch.Location(); err != nil {
		return nil, err
	}
	if m.Words, err = s.scheduleWords(r, sch); err != nil {
		return nil, err
	}
	if !sch.Enabled {
		return m, nil
	}
	if m.Next, err = s.Runs.PreviewSlots(r.Context(), *sch, 5); err != nil {
		return nil, err
	}
	m.Changes, err = s.Runs.ClockChanges(r.Context(), *sch, 2)
	return m, err
}

// scheduleWords says when a schedule is due, in sentences.
func (s *Server) scheduleWords(r *http.Request, sch *store.Schedule) (string, error) {
	lang := langOf(s, r)
	zone, err := sch.Location()
	if err != nil {
		return "", err
	}
	if sch.Expr == "" {
		return sentence(text.InZone(zone, text.Interval(lang, zone, store.Interval{Every: sch.Every, Anchor: sch.Anchor}))), nil
	}
	c, err := s.Runs.ReadSchedule(sch.Expr)
	if err != nil {
		return "", err
	}
	words := sentence(text.InZone(zone, text.Schedule(lang, c)))
	if help := text.ScheduleHelp(lang, c); help != "" {
		words += " " + help
	}
	return words, nil
}

// sentence makes a phrase into a sentence.
func sentence(s string) string {
	if s == "" {
		return s
	}
	first := []rune(s)[0]
	return strings.ToUpper(string(first)) + s[len(string(first)):] + "."
}

// scheduleForm shows a schedule in the form: as the simplest pattern that says the same.
func scheduleForm(s *store.Schedule) schedule.Form {
	minutes := func(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }
	f := schedule.Form{Version: s.Version, Pattern: "expr", Every: "48", Unit: "hours", Time: "02:30", Minute: "15", Weekdays: []string{"1"}, Day: "1", Expr: s.Expr,
		Minutes: "15", Hours: "4", CatchUp: string(s.CatchUp), Window: strconv.Itoa(int(s.CatchUpWindow.Hours())),
		Most: strconv.Itoa(s.CatchUpMax), Overlap: string(s.Overlap), Wait: minutes(s.Wait), Jitter: minutes(s.Jitter),
		Calendars: s.Calendars, Zone: s.Zone, Enabled: s.Enabled}
	if f.Window == "0" {
		f.Window = "24"
	}
	if s.Every != 0 {
		f.Pattern = "interval"
		f.Every, f.Unit, f.Anchor = intervalText(s)
		return f
	}
	p := strings.Fields(s.Expr)
	number := func(i int) bool { _, err := strconv.Atoi(p[i]); return err == nil }
	if len(p) != 5 || p[3] != "*" {
		return f
	}
	step, stepped := strings.CutPrefix(p[0], "*/")
	every, hourStepped := strings.CutPrefix(p[1], "*/")
	days := strings.Split(p[4], ",")
	switch rest := p[2] + " " + p[4]; {
	case stepped && slices.Contains(schedule.MinuteSteps, step) && p[1] == "*" && rest == "* *":
		f.Pattern, f.Minutes = "minutes", step
		return f
	case !number(0):
		return f
	case p[1] == "*" && rest == "* *":
		f.Pattern, f.Minute = "hourly", p[0]
		return f
	case hourStepped && slices.Contains(schedule.HourSteps, every) && rest == "* *":
		f.Pattern, f.Hours, f.Minute = "hours", every, p[0]
		return f
	case !number(1):
		return f
	case rest == "* *":
		f.Pattern = "daily"
	case rest == "* 1-5":
		f.Pattern = "weekdays"
	case p[2] == "*" && !slices.ContainsFunc(days, func(d string) bool { return !slices.Contains(schedule.Weekdays, d) }):
		f.Pattern, f.Weekdays = "weekly", days
	case p[4] == "*" && number(2):
		f.Pattern, f.Day = "monthly", p[2]
	default:
		return f
	}
	h, _ := strconv.Atoi(p[1])
	m, _ := strconv.Atoi(p[0])
	f.Time = fmt.Sprintf("%02d:%02d", h, m)
	return f
}

// units are those of an interval, the longest first.
var units = []struct {
	name string
	unit time.Duration
}{{"days", 24 * time.Hour}, {"hours", time.Hour}, {"minutes", time.Minute}}

// intervalText gives the interval of a schedule as its fields show it.
func intervalText(s *store.Schedule) (every, unit, anchor string) {
	for _, u := range units {
		if s.Every%u.unit == 0 {
			every, unit = strconv.Itoa(int(s.Every/u.unit)), u.name
			break
		}
	}
	at := s.Anchor
	if at.IsZero() {
		at = time.Unix(0, 0)
	}
	if zone, err := s.Location(); err == nil {
		at = at.In(zone)
	}
	return every, unit, at.Format(schedule.AnchorLayout)
}

// readInterval puts an interval on a schedule, whose zone is read already. The moment it is counted from stays to the
// instant when the field still shows it: seconds, and which of the two when an hour came twice, are not in the field.
func readInterval(f *form, s *store.Schedule) {
	_, _, shown := intervalText(s)
	unit := f.choice("unit", schedule.Units...)
	n := f.int("every", 1, 9999)
	anchor := f.need("anchor", 20)
	was := s.Anchor
	s.Expr, s.Every, s.Anchor = "", 0, time.Time{}
	for _, u := range units {
		if u.name == unit {
			s.Every = time.Duration(n) * u.unit
		}
	}
	if s.Every > store.MaxEvery {
		f.fault("every", "schedule.every", nil)
	}
	if anchor == shown {
		s.Anchor = was
		return
	}
	zone, err := s.Location()
	if err != nil {
		return // it is said at the zone
	}
	s.Anchor, err = time.ParseInLocation(schedule.AnchorLayout, anchor, zone)
	if s.Anchor = s.Anchor.UTC(); err != nil && f.errors.Of("anchor") == nil {
		f.fault("anchor", "schedule.anchor", nil)
	}
}

// readZone puts a zone on a schedule. What its times are then, the page shows: an interval is still counted from the
// same time of day, on the other clock.
func readZone(f *form, s *store.Schedule) {
	if s.Zone = f.need("zone", 60); s.Zone == "" {
		return
	}
	if _, err := s.Location(); err != nil {
		f.fault("zone", "schedule.zone", store.Args{"zone": s.Zone})
	}
}

// readSchedule puts what the form says on a schedule.
func readSchedule(f *form, s *store.Schedule, calendars []store.Calendar) {
	if f.has("zone") {
		readZone(f, s)
	}
	pattern := f.choice("pattern", schedule.Patterns...)
	var hour, minute int
	switch pattern {
	case "hourly", "hours":
		minute = f.int("minute", 0, 59)
	case "daily", "weekdays", "weekly", "monthly":
		t, err := time.Parse("15:04", clockText(f.need("time", 5)))
		if err != nil && f.errors.Of("time") == nil {
			f.fault("time", "form.time", nil)
		}
		hour, minute = t.Hour(), t.Minute()
	}
	if pattern == "interval" {
		readInterval(f, s)
	} else {
		s.Every, s.Anchor = 0, time.Time{}
	}
	switch pattern {
	case "minutes":
		s.Expr = fmt.Sprintf("*/%s * * * *", f.choice("minutes", schedule.MinuteSteps...))
	case "hourly":
		s.Expr = fmt.Sprintf("%d * * * *", minute)
	case "hours":
		s.Expr = fmt.Sprintf("%d */%s * * *", minute, f.choice("hours", schedule.HourSteps...))
	case "daily":
		s.Expr = fmt.Sprintf("%d %d * * *", minute, hour)
	case "weekdays":
		s.Expr = fmt.Sprintf("%d %d * * 1-5", minute, hour)
	case "weekly":
		days := f.choices("weekday", schedule.Weekdays...)
		if len(days) == 0 && f.errors.Of("weekday") == nil {
			f.fault("weekday", "form.required", nil)
		}
		s.Expr = fmt.Sprintf("%d %d * * %s", minute, hour, strings.Join(days, ","))
	case "monthly":
		s.Expr = fmt.Sprintf("%d %d %d * *", minute, hour, f.int("day", 1, 28))
	case "expr":
		s.Expr = strings.Join(strings.Fields(f.need("expr", 200)), " ")
	}
	var ids []string
	for i := range calendars {
		ids = append(ids, calendars[i].ID)
	}
	s.Calendars = slices.Sorted(slices.Values(f.choices("calendars", ids...)))
	s.Overlap = store.Overlap(f.choice("overlap", string(store.OverlapSkip), string(store.OverlapQueue), string(store.OverlapCancel)))
	if f.has("wait") {
		s.Wait = time.Duration(f.int("wait", int(store.MinWait/time.Minute), int(store.MaxWait/time.Minute))) * time.Minute
	}
	s.CatchUp = store.CatchUp(f.choice("catch_up", string(store.CatchUpLatest), string(store.CatchUpAll), string(store.CatchUpNone)))
	s.CatchUpWindow = time.Duration(f.int("window", 1, 31*24)) * time.Hour
	if s.CatchUp == store.CatchUpAll {
		s.CatchUpMax = f.int("most", 1, store.MaxCatchUp)
	}
	if f.has("jitter") {
		s.Jitter = time.Duration(f.int("jitter", 0, int(store.MaxJitter/time.Minute))) * time.Minute
	}
	s.Enabled = f.checked("enabled")
}

// scheduleShow shows when an integration runs.
func (s *Server) scheduleShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.scheduleModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, schedule.Schedule(s.ctx(w, r), *m))
}

// scheduleEdit saves the schedule of an integration, or shows what it would mean. One that is on must pass the gate.
func (s *Server) scheduleEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.scheduleModel(r)
	if err != nil {
		return err
	}
	sch := store.NewSchedule(m.Integration.ID, "")
	if m.Schedule != nil {
		sch = *m.Schedule
		sch.Version = f.int("version", 0, 1<<30)
	}
	readSchedule(f, &sch, m.Calendars)
	if f.ok() && sch.Every == 0 {
		if _, err := s.Runs.ReadSchedule(sch.Expr); err != nil {
			if err := f.take(err); err != nil {
				return err
			}
		}
	}
	if f.ok() && f.value("do") != "preview" && sch.Enabled {
		if len(m.Refusals) > 0 {
			f.fault("enabled", "schedule.refused", nil)
		}
	}
	if f.ok() && f.value("do") != "preview" {
		if err := f.take(s.Runs.SaveSchedule(r.Context(), &sch, actor(r))); err != nil {
			return err
		}
		if f.ok() {
			if err := s.flash(w, r, ds.Success, "plan.saved", nil); err != nil {
				return err
			}
			return redirect(w, r, "/integrations/"+m.Integration.ID+"/schedule")
		}
	}
	m.Errors = f.errors
	m.Form = schedule.Form{Version: sch.Version, Pattern: f.value("pattern"), Time: f.value("time"), Minute: f.value("minute"),
		Weekdays: f.list("weekday"), Day: f.value("day"), Expr: f.value("expr"), Minutes: f.value("minutes"), Hours: f.value("hours"),
		Every: f.value("every"), Unit: f.value("unit"), Anchor: f.value("anchor"),
		CatchUp: f.value("catch_up"), Window: f.value("window"), Most: f.value("most"), Overlap: f.value("overlap"),
		Wait: f.value("wait"), Jitter: f.value("jitter"), Calendars: f.list("calendars"), Zone: f.value("zone"), Enabled: sch.Enabled}
	if !f.ok() && byScript(r) { // the preview says what is wrong so far
		return s.page(w, r, schedule.Schedule(s.ctx(w, r), *m))
	}
	if !f.ok() {
		return s.again(w, r, schedule.Schedule(s.ctx(w, r), *m))
	}
	if m.Preview, err = s.scheduleWords(r, &sch); err != nil {
		return err
	}
	if m.FormZone, err = sch.Location(); err != nil {
		return err
	}
	if m.Coming, err = s.Runs.PreviewSlots(r.Context(), sch, 5); err != nil {
		return err
	}
	if m.Warnings, err = s.Runs.ClockChanges(r.Context(), sch, 2); err != nil {
		return err
	}
	m.Form.Expr = sch.Expr
	return s.page(w, r, schedule.Schedule(s.ctx(w, r), *m))
}
