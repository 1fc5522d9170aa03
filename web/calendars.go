package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/db"
	"samband/views/calendar"
)

func (s *Server) calendarsModel(r *http.Request) (calendar.ListModel, error) {
	m := calendar.ListModel{MayEdit: s.can(r, store.EditSettings, ""), Uses: map[string]int{}}
	var err error
	if m.List, err = s.DB.Calendars(r.Context()); err != nil {
		return m, err
	}
	schedules, err := s.DB.Schedules(r.Context())
	for i := range schedules {
		for _, id := range schedules[i].Calendars {
			m.Uses[id]++
		}
	}
	return m, err
}

// calendarList shows the calendars in which schedules start nothing.
func (s *Server) calendarList(w http.ResponseWriter, r *http.Request) error {
	m, err := s.calendarsModel(r)
	if err != nil {
		return err
	}
	m.Form.Holidays = true
	return s.page(w, r, calendar.List(s.ctx(w, r), m))
}

// calendarCreate makes a calendar. Times of its own are added on its page.
func (s *Server) calendarCreate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.calendarsModel(r)
	if err != nil {
		return err
	}
	x := store.Calendar{ID: f.need("id", 63), Name: f.need("name", 200), Holidays: f.checked("holidays"), Weekends: f.checked("weekends")}
	if f.ok() {
		err := s.Runs.SaveCalendar(r.Context(), &x, actor(r))
		if store.CodeOf(err) == "db.exists" {
			f.fault("id", "db.exists", store.Args{"value": x.ID})
		} else if err := f.take(err); err != nil {
			return err
		}
	}
	if f.ok() {
		return s.done(w, r, "calendars.saved", store.Args{"name": x.Name}, "/admin/calendars/"+x.ID)
	}
	m.Form, m.Errors = store.Calendar{ID: f.value("id"), Name: f.value("name"), Holidays: x.Holidays, Weekends: x.Weekends}, f.errors
	return s.again(w, r, calendar.List(s.ctx(w, r), m))
}

func (s *Server) calendarModel(r *http.Request) (calendar.Model, error) {
	m := calendar.Model{MayEdit: s.can(r, store.EditSettings, "")}
	x, err := s.DB.Calendar(r.Context(), r.PathValue("id"))
	if err != nil {
		return m, err
	}
	m.Calendar = *x
	list, err := s.DB.Integrations(r.Context(), db.IntegrationFilter{})
	if err != nil {
		return m, err
	}
	schedules, err := s.DB.Schedules(r.Context())
	if err != nil {
		return m, err
	}
	for _, i := range list {
		if slices.ContainsFunc(schedules, func(p db.PlannedSchedule) bool { return p.IntegrationID == i.ID && x.UsedBy(&p.Schedule) }) {
			m.Uses = append(m.Uses, i)
		}
	}
	for d, n := store.DateOf(s.now()), 0; n < 366 && len(m.Next) < 5; d, n = d.AddDays(1), n+1 {
		if entry, ok := x.Covers(d.Time()); ok {
			m.Next = append(m.Next, calendar.Day{Date: d, Entry: entry})
		}
	}
	return m, nil
}

// calendarShow shows one calendar.
func (s *Server) calendarShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.calendarModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, calendar.Show(s.ctx(w, r), m))
}

// calendarChange changes a calendar from the version that the form was drawn from.
func (s *Server) calendarChange(w http.ResponseWriter, r *http.Request, change func(f *form, m *calendar.Model, x *store.Calendar)) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.calendarModel(r)
	if err != nil {
		return err
	}
	x := m.Calendar
	x.Windows = slices.Clone(x.Windows)
	if x.Version, err = strconv.Atoi(f.value("version")); err != nil || x.Version != m.Calendar.Version {
		return store.E(store.Conflict, "db.changed", nil)
	}
	change(f, &m, &x)
	if f.ok() {
		if err := f.take(s.Runs.SaveCalendar(r.Context(), &x, actor(r))); err != nil {
			return err
		}
	}
	if f.ok() {
		return s.done(w, r, "calendars.saved", store.Args{"name": x.Name}, "/admin/calendars/"+x.ID)
	}
	if f.has("reason") {
		m.WindowErrors = f.errors
	} else {
		m.Errors, m.Calendar.Name, m.Calendar.Holidays, m.Calendar.Weekends = f.errors, f.value("name"), x.Holidays, x.Weekends
	}
	return s.again(w, r, calendar.Show(s.ctx(w, r), m))
}

// calendarUpdate changes the name of a calendar and which days it always holds.
func (s *Server) calendarUpdate(w http.ResponseWriter, r *http.Request) error {
	return s.calendarChange(w, r, func(f *form, _ *calendar.Model, x *store.Calendar) {
		x.Name, x.Holidays, x.Weekends = f.need("name", 200), f.checked("holidays"), f.checked("weekends")
	})
}

// calendarAdd adds a time to a calendar.
func (s *Server) calendarAdd(w http.ResponseWriter, r *http.Request) error {
	return s.calendarChange(w, r, func(f *form, m *calendar.Model, x *store.Calendar) {
		b := store.Blackout{Reason: f.need("reason", store.MaxWindowReason), From: f.date("from"), To: f.date("to"),
			Yearly: f.checked("yearly"), Start: clockText(f.text("start", 5)), End: clockText(f.text("end", 5))}
		m.Window = store.Blackout{Reason: f.value("reason"), From: store.Date(f.value("from")), To: store.Date(f.value("to")),
			Yearly: b.Yearly, Start: f.value("start"), End: f.value("end")}
		x.Windows = append(x.Windows, b)
	})
}

// calendarRemove takes the time {n} out of a calendar.
func (s *Server) calendarRemove(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return errNotFound
	}
	return s.calendarChange(w, r, func(_ *form, _ *calendar.Model, x *store.Calendar) {
		if n >= 0 && n < len(x.Windows) {
			x.Windows = slices.Delete(x.Windows, n, n+1)
		}
	})
}

// calendarDelete removes a calendar that no schedule asks for.
func (s *Server) calendarDelete(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(f.value("version"))
	if err != nil {
		return store.E(store.Conflict, "db.changed", nil)
	}
	if err := s.DB.DeleteCalendar(r.Context(), r.PathValue("id"), version, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "calendars.deleted", nil, "/admin/calendars")
}

// clockText gives a time of day as 22:00, also when it was written as 22.00.
func clockText(s string) string { return strings.Replace(s, ".", ":", 1) }
