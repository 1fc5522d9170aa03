package text

import (
	"strings"

	"samband/store"
)

// CalendarHolds says what a calendar holds: «helligdager, helger og 2 egne tider».
func CalendarHolds(lang Lang, c *store.Calendar) string {
	var parts []string
	if c.Holidays {
		parts = append(parts, T(lang, "calendars.holds.holidays"))
	}
	if c.Weekends {
		parts = append(parts, T(lang, "calendars.holds.weekends"))
	}
	if n := len(c.Windows); n > 0 {
		parts = append(parts, T(lang, "calendars.holds.windows", "n", n))
	}
	if len(parts) == 0 {
		return T(lang, "calendars.holds.nothing")
	}
	return upperFirst(List(lang, parts))
}

// Blackout says when a stretch of a calendar is: «24. desember – 2. januar hvert år, kl. 22.00–06.00».
func Blackout(lang Lang, w *store.Blackout) string {
	day := func(d store.Date) string {
		s := Date(lang, d)
		if w.Yearly {
			s = strings.TrimSuffix(s, " "+string(d[:4]))
		}
		return s
	}
	s := T(lang, "schedule.daily")
	if w.From != "" {
		s = day(w.From)
		if w.To != "" && w.To != w.From {
			s += " – " + day(w.To)
		}
		if w.Yearly {
			s += " " + T(lang, "calendars.each_year")
		}
	}
	if w.Start != "" {
		s += ", " + T(lang, "schedule.at", "times", clockOf(lang, w.Start)+"–"+clockOf(lang, w.End))
	}
	return upperFirst(s)
}

// clockOf gives 22:00 as the language writes it.
func clockOf(lang Lang, hhmm string) string {
	if lang == EN {
		return hhmm
	}
	return strings.Replace(hhmm, ":", ".", 1)
}

// Skips says why a due time that is to come will be skipped: «hoppes over: 17. mai».
func Skips(lang Lang, e *store.Error) string {
	why := T(lang, "plan.skips.paused")
	if e.Code == store.ReasonCalendar {
		why = Format(lang, e.Args["entry"])
	}
	return T(lang, "plan.skips", "why", why)
}
