package store

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Calendar names times when schedules that ask for it start nothing: public holidays, weekends, and windows of its own.
// What falls due in it is a row like any other, skipped with ReasonCalendar.
type Calendar struct {
	ID       string     `yaml:"id"`
	Name     string     `yaml:"name"`
	Holidays bool       `yaml:"holidays,omitempty"` // see Holiday
	Weekends bool       `yaml:"weekends,omitempty"` // Saturdays and Sundays
	Windows  []Blackout `yaml:"windows,omitempty"`
	Version  int        `yaml:"-"`
}

// Blackout is a stretch of a calendar: some dates, whole or with a time of day. It is read on the clock of the schedule
// that asks.
type Blackout struct {
	Reason string `yaml:"reason"`
	// From and To are the first and the last date; To empty is From alone. Both empty is every date.
	From Date `yaml:"from,omitempty"`
	To   Date `yaml:"to,omitempty"`
	// Yearly repeats the dates each year, also those over New Year. 29 February comes in leap years.
	Yearly bool `yaml:"yearly,omitempty"`
	// Start and End are times of day as 22:00, from Start to before End; both empty is the whole day. An End that is not
	// after Start is on the next day, and the night belongs to the date on which it begins.
	Start string `yaml:"start,omitempty"`
	End   string `yaml:"end,omitempty"`
}

// The limits that Validate holds.
const (
	MaxWindows      = 200
	MaxWindowReason = 200
)

// EntryWeekend is what Covers gives for a Saturday or Sunday.
const EntryWeekend Code = "calendar.weekend"

// Validate finds what is wrong with a calendar, by field: those of its windows are "windows". The error is a FieldErrors.
func (c *Calendar) Validate() error {
	var f FieldErrors
	validateNamed(&f, c.ID, c.Name)
	if len(c.Windows) > MaxWindows {
		f.Add("windows", "calendar.windows", Args{"most": MaxWindows})
	}
	for i := range c.Windows {
		if err := c.Windows[i].Validate(); err != nil {
			f = append(f, err.(FieldErrors)...)
		}
	}
	return f.OrNil()
}

// Validate finds what is wrong with a window, by field. The error is a FieldErrors.
func (w *Blackout) Validate() error {
	var f FieldErrors
	switch {
	case w.Reason == "":
		f.Add("reason", "field.required", nil)
	case utf8.RuneCountInString(w.Reason) > MaxWindowReason:
		f.Add("reason", "field.too_long", Args{"max": MaxWindowReason})
	}
	validateDate(&f, "from", w.From)
	validateDate(&f, "to", w.To)
	switch {
	case len(f) > 0:
	case w.From == "" && w.To != "":
		f.Add("from", "calendar.from", nil)
	case w.From == "" && w.Yearly:
		f.Add("from", "calendar.from", nil)
	case w.To != "" && w.To.Before(w.From):
		f.Add("to", "calendar.backwards", nil)
	case w.Yearly && w.To != "" && !w.To.Before(yearOn(w.From)):
		f.Add("to", "calendar.whole_year", nil)
	}
	start, startOK := clockMinute(w.Start)
	end, endOK := clockMinute(w.End)
	switch {
	case w.Start == "" && w.End == "":
		if w.From == "" {
			f.Add("from", "calendar.always", nil)
		}
	case !startOK:
		f.Add("start", "calendar.time", nil)
	case !endOK:
		f.Add("end", "calendar.time", nil)
	case start == end:
		f.Add("end", "calendar.no_time", nil)
	}
	return f.OrNil()
}

// yearOn gives the same date a year later.
func yearOn(d Date) Date { return Date(d.Time().AddDate(1, 0, 0).Format(time.DateOnly)) }

// clockMinute reads hh:mm as minutes after midnight.
func clockMinute(s string) (int, bool) {
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err == nil && len(s) == len("15:04")
}

// Covers gives the entry of the calendar that a time lies in, and whether there is one: a Code that is the key of its
// name, or the reason of a window as a string. local is the time on the clock that counts.
func (c *Calendar) Covers(local time.Time) (entry any, covered bool) {
	date := Date(local.Format(time.DateOnly))
	if c.Holidays {
		if h := Holiday(date); h != "" {
			return h, true
		}
	}
	for i := range c.Windows {
		if c.Windows[i].covers(date, local.Hour()*60+local.Minute()) {
			return c.Windows[i].Reason, true
		}
	}
	if c.Weekends && (local.Weekday() == time.Saturday || local.Weekday() == time.Sunday) {
		return EntryWeekend, true
	}
	return nil, false
}

func (w *Blackout) covers(date Date, minute int) bool {
	if w.Start == "" {
		return w.on(date)
	}
	start, _ := clockMinute(w.Start)
	end, _ := clockMinute(w.End)
	if start < end {
		return start <= minute && minute < end && w.on(date)
	}
	return minute >= start && w.on(date) || minute < end && w.on(date.AddDays(-1))
}

// on tells whether a date is one of the window's.
func (w *Blackout) on(date Date) bool {
	if w.From == "" {
		return true
	}
	to := w.To
	if to == "" {
		to = w.From
	}
	if !w.Yearly {
		return w.From <= date && date <= to
	}
	from, last, day := w.From[5:], to[5:], date[5:]
	if from <= last {
		return from <= day && day <= last
	}
	return from <= day || day <= last
}

// calendarsCover asks the calendars of a schedule in turn.
func calendarsCover(calendars []Calendar, local time.Time) (Args, bool) {
	for i := range calendars {
		if entry, ok := calendars[i].Covers(local); ok {
			return Args{"calendar": calendars[i].Name, "entry": entry}, true
		}
	}
	return nil, false
}

// UsedBy tells whether a schedule asks for the calendar.
func (c *Calendar) UsedBy(s *Schedule) bool { return slices.Contains(s.Calendars, c.ID) }
