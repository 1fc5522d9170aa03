package store

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Easter Sunday as the Church of Norway's almanac gives it.
func TestEaster(t *testing.T) {
	for _, want := range []string{"1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2020-04-12", "2021-04-04",
		"2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21",
		"2035-03-25", "2036-04-13", "2038-04-25", "2049-04-18", "2076-04-19", "2099-04-12"} {
		if got := easter(Date(want).Time().Year()).Format(time.DateOnly); got != want {
			t.Errorf("Easter is on %s, not %s", got, want)
		}
	}
	for year := 1900; year < 2400; year++ {
		e := easter(year)
		if from, to := time.Date(year, 3, 22, 0, 0, 0, 0, time.UTC), time.Date(year, 4, 25, 0, 0, 0, 0, time.UTC); e.Weekday() != time.Sunday ||
			e.Before(from) || e.After(to) {
			t.Errorf("%d: %v", year, e)
		}
	}
}

func TestHolidays(t *testing.T) {
	want := map[Date]Code{"2026-01-01": HolidayNewYear, "2026-04-02": HolidayMaundy, "2026-04-03": HolidayGoodFriday,
		"2026-04-05": HolidayEaster, "2026-04-06": HolidayEasterMonday, "2026-05-01": HolidayLabour, "2026-05-14": HolidayAscension,
		"2026-05-17": HolidayConstitution, "2026-05-24": HolidayWhitSunday, "2026-05-25": HolidayWhitMonday,
		"2026-12-25": HolidayChristmas, "2026-12-26": HolidayBoxing}
	for d := Date("2026-01-01"); d < "2027-01-01"; d = d.AddDays(1) {
		if got := Holiday(d); got != want[d] {
			t.Errorf("%s is %q, want %q", d, got, want[d])
		}
	}
	if got := Holiday("2027-05-17"); got != HolidayConstitution { // Whit Monday as well
		t.Errorf("17 May 2027 is %q", got)
	}
	if Holiday("") != "" || Holiday("x") != "" {
		t.Error("what is no date is a holiday")
	}
}

func TestCovers(t *testing.T) {
	night := Blackout{Reason: "natt", Start: "22:00", End: "06:00"}
	for _, c := range []struct {
		name string
		cal  Calendar
		yes  []string
		no   []string
	}{
		{"nothing", Calendar{}, nil, []string{"2026-05-17T12:00", "2026-11-28T12:00"}},
		{"weekends", Calendar{Weekends: true}, []string{"2026-11-28T00:00", "2026-11-29T23:59"}, []string{"2026-11-27T23:59", "2026-11-30T00:00"}},
		{"holidays", Calendar{Holidays: true}, []string{"2026-05-17T00:00", "2026-05-17T23:59"}, []string{"2026-05-16T23:59", "2026-05-18T00:00"}},
		{"one day", Calendar{Windows: []Blackout{{Reason: "x", From: "2026-11-24"}}}, []string{"2026-11-24T00:00", "2026-11-24T23:59"},
			[]string{"2026-11-23T23:59", "2026-11-25T00:00", "2027-11-24T12:00"}},
		{"some days", Calendar{Windows: []Blackout{{Reason: "x", From: "2026-11-24", To: "2026-11-26"}}}, []string{"2026-11-26T23:59"},
			[]string{"2026-11-27T00:00"}},
		{"each year over New Year", Calendar{Windows: []Blackout{{Reason: "jul", From: "2026-12-24", To: "2027-01-02", Yearly: true}}},
			[]string{"2026-12-24T00:00", "2031-12-31T12:00", "2032-01-02T23:59", "2020-01-01T00:00"}, []string{"2027-01-03T00:00", "2030-12-23T23:59"}},
		{"29 February each year", Calendar{Windows: []Blackout{{Reason: "x", From: "2024-02-29", Yearly: true}}}, []string{"2028-02-29T01:00"},
			[]string{"2027-02-28T12:00", "2027-03-01T12:00"}},
		{"each day", Calendar{Windows: []Blackout{{Reason: "x", Start: "12:00", End: "13:30"}}}, []string{"2026-11-24T12:00", "2027-01-01T13:29"},
			[]string{"2026-11-24T11:59", "2026-11-24T13:30"}},
		{"each night", Calendar{Windows: []Blackout{night}}, []string{"2026-11-24T22:00", "2026-11-25T05:59"}, []string{"2026-11-24T21:59", "2026-11-24T06:00"}},
		{"one night", Calendar{Windows: []Blackout{{Reason: "x", From: "2026-11-24", Start: "22:00", End: "06:00"}}},
			[]string{"2026-11-24T22:00", "2026-11-25T05:59"}, []string{"2026-11-24T05:00", "2026-11-25T22:00", "2026-11-25T06:00"}},
		{"to midnight", Calendar{Windows: []Blackout{{Reason: "x", Start: "20:00", End: "00:00"}}}, []string{"2026-11-24T23:59"}, []string{"2026-11-24T00:00"}},
	} {
		for _, at := range c.yes {
			if _, ok := c.cal.Covers(utc(at)); !ok {
				t.Errorf("%s: %s is outside", c.name, at)
			}
		}
		for _, at := range c.no {
			if entry, ok := c.cal.Covers(utc(at)); ok {
				t.Errorf("%s: %s is in %v", c.name, at, entry)
			}
		}
	}
	both := Calendar{Holidays: true, Weekends: true, Windows: []Blackout{night}}
	for at, want := range map[string]any{"2026-05-17T23:00": HolidayConstitution, "2026-11-28T23:00": "natt", "2026-11-28T12:00": EntryWeekend} {
		if got, _ := both.Covers(utc(at)); got != want {
			t.Errorf("%s is called %v, want %v", at, got, want)
		}
	}
}

func TestCalendarValidate(t *testing.T) {
	for _, c := range []struct {
		w    Blackout
		want string
	}{
		{Blackout{Reason: "x", From: "2026-12-24", To: "2027-01-02", Yearly: true, Start: "22:00", End: "06:00"}, ""},
		{Blackout{Reason: "x", From: "2026-12-24"}, ""},
		{Blackout{Reason: "x", Start: "22:00", End: "06:00"}, ""},
		{Blackout{}, "reason field.required, from calendar.always"},
		{Blackout{Reason: strings.Repeat("x", 201), From: "2026-12-24"}, "reason field.too_long"},
		{Blackout{Reason: "x"}, "from calendar.always"},
		{Blackout{Reason: "x", From: "2026-02-30"}, "from field.date"},
		{Blackout{Reason: "x", From: "2026-02-02", To: "i går"}, "to field.date"},
		{Blackout{Reason: "x", To: "2026-02-02"}, "from calendar.from, from calendar.always"},
		{Blackout{Reason: "x", Yearly: true, Start: "01:00", End: "02:00"}, "from calendar.from"},
		{Blackout{Reason: "x", From: "2026-02-02", To: "2026-02-01"}, "to calendar.backwards"},
		{Blackout{Reason: "x", From: "2026-02-02", To: "2027-02-02", Yearly: true}, "to calendar.whole_year"},
		{Blackout{Reason: "x", Start: "22:00"}, "end calendar.time"},
		{Blackout{Reason: "x", Start: "24:00", End: "1:00"}, "start calendar.time"},
		{Blackout{Reason: "x", Start: "01:00", End: "01:00"}, "end calendar.no_time"},
	} {
		var got []string
		if f, ok := c.w.Validate().(FieldErrors); ok {
			for _, e := range f {
				got = append(got, e.Field+" "+string(e.Code))
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%+v: got %v, want %s", c.w, got, c.want)
		}
	}
	ok := Calendar{ID: "jul", Name: "Jul", Windows: []Blackout{{Reason: "x", From: "2026-12-24"}}}
	if err := ok.Validate(); err != nil {
		t.Error(err)
	}
	many := Calendar{ID: "Jul", Windows: slices.Repeat([]Blackout{{Reason: "x", From: "2026-12-24"}}, MaxWindows+1)}
	if f := many.Validate().(FieldErrors); f.Of("id") == nil || f.Of("name") == nil || f.Of("windows") == nil {
		t.Errorf("%v", f)
	}
}

// Slots in a calendar are skipped, on time or late, and never stand in the way of what is caught up.
func TestDueInACalendar(t *testing.T) {
	lunch := []Calendar{{Name: "Pauser", Windows: []Blackout{{Reason: "lunsj", Start: "11:00", End: "13:00"}}}} // 10 and 11 UTC
	day := func(clock string) time.Time { return utc("2027-01-11T" + clock) }
	for _, c := range []struct {
		name         string
		catchUp      CatchUp
		planned, now string
		want         []string
	}{
		{"on time", CatchUpLatest, "09:59", "10:00", []string{"10:00 skipped calendar"}},
		{"after it", CatchUpLatest, "11:59", "12:00", []string{"12:00 due on_time"}},
		{"down", CatchUpLatest, "08:30", "12:30", []string{"09:00 missed superseded", "10:00 skipped calendar", "11:00 skipped calendar", "12:00 due caught_up"}},
		{"up while it lasts", CatchUpAll, "07:30", "10:30", []string{"08:00 due caught_up", "09:00 due caught_up", "10:00 skipped calendar"}},
		{"none is caught up", CatchUpNone, "08:30", "11:30", []string{"09:00 missed down", "10:00 skipped calendar", "11:00 skipped calendar"}},
	} {
		tt := hourly(func(s *Schedule) { s.CatchUp = c.catchUp })
		tt.Calendars = lunch
		got, _ := tt.Due(day(c.planned), day(c.now))
		if !slices.Equal(brief(got), c.want) {
			t.Errorf("%s: got %v, want %v", c.name, brief(got), c.want)
		}
		for _, p := range got {
			if p.State == RunDue && p.Reason == ReasonCaughtUp && c.now == "10:30" && !p.Start.Equal(day("12:00")) {
				t.Errorf("%s: it starts at %v, while the calendar lasts to 12:00", c.name, p.Start)
			}
			if p.Reason == ReasonCalendar && (p.Args["calendar"] != "Pauser" || p.Args["entry"] != "lunsj") {
				t.Errorf("%s: %v", c.name, p.Args)
			}
		}
	}
	// Long ago counts too.
	tt := hourly(nil)
	tt.Calendars = lunch
	got, _ := tt.Due(day("08:30"), day("08:30").Add(72*time.Hour))
	if b := brief(got); b[0] != "09:00 missed too_old" || b[1] != "10:00 skipped calendar" {
		t.Errorf("%v", b[:2])
	}
	next := tt.Next(day("09:30"), 3)
	if next[0].Skip == nil || next[0].Skip.Code != ReasonCalendar || next[1].Skip == nil || next[2].Skip != nil {
		t.Errorf("%+v", next)
	}
}
