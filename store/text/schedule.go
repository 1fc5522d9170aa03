package text

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"samband/store"
)

// Schedule gives a cron expression as a phrase without capital or full stop: «hver natt kl. 02.30». Expressions that
// are due at different times have different phrases.
func Schedule(lang Lang, c store.Cron) string {
	if c.Minute == 0 || c.Hour == 0 || c.DOM == 0 || c.Month == 0 || c.DOW == 0 {
		return c.Text // never due; package planner makes no such expression
	}
	w := words{lang: lang, c: c}
	times, clock := w.times()
	days, either := w.days()
	switch {
	case days == "" && !clock:
		return times
	case days == "" && c.Hour>>5 == 0:
		days = w.t("schedule.nightly")
	case days == "":
		days = w.t("schedule.daily")
	}
	phrase := days + " " + times
	if !clock {
		phrase = times + ", " + strings.TrimSuffix(days, ",")
	}
	if either {
		phrase += w.t("schedule.either_note")
	}
	return phrase
}

// ScheduleHelp explains what many get wrong about an expression: that day of the month and weekday, both set, mean
// either. Empty when there is nothing to explain.
func ScheduleHelp(lang Lang, c store.Cron) string {
	if _, either := (words{lang: lang, c: c}).days(); either {
		return T(lang, "schedule.or_note")
	}
	return ""
}

// Interval gives an interval as a phrase, its anchor on the clock of a zone: «hver 6. time, regnet fra 1. januar 2027
// kl. 00.00».
func Interval(lang Lang, zone *time.Location, i store.Interval) string {
	const day = 24 * time.Hour
	var often string
	switch e := i.Every; {
	case e == day:
		often = T(lang, "schedule.interval_day")
	case e%day == 0:
		often = T(lang, "schedule.interval_days", "n", int(e/day))
	case e == time.Hour:
		often = T(lang, "schedule.hourly")
	case e%time.Hour == 0:
		often = T(lang, "schedule.interval_hours", "n", int(e/time.Hour))
	case e == time.Minute:
		return T(lang, "schedule.every_minute")
	default:
		often = T(lang, "schedule.interval_minutes", "n", int(e/time.Minute))
	}
	anchor := i.Anchor
	if anchor.IsZero() {
		anchor = time.Unix(0, 0)
	}
	return T(lang, "schedule.counted_from", "often", often, "anchor", dateTimeIn(lang, zone, anchor))
}

// InZone adds the name of a zone to what is said in its time, unless it is Oslo: «hver natt kl. 02.30 (America/New_York)».
func InZone(zone *time.Location, phrase string) string {
	if zone.String() == store.DefaultZone {
		return phrase
	}
	return phrase + " (" + zone.String() + ")"
}

// DateTimeIn gives «23. november 2026 kl. 02.30» on the clock of a zone, and says which unless it is Oslo.
func DateTimeIn(lang Lang, zone *time.Location, t time.Time) string {
	return InZone(zone, dateTimeIn(lang, zone, t))
}

// Weekday gives «mandag», "Monday".
func Weekday(lang Lang, d time.Weekday) string { return T(lang, fmt.Sprintf("weekday.%d", d)) }

// Month gives «januar», "January".
func Month(lang Lang, m time.Month) string {
	if lang == EN {
		return m.String()
	}
	return monthsNB[m-1]
}

// Day gives the day of t in a zone: «tirsdag 24. november 2026».
func Day(lang Lang, zone *time.Location, t time.Time) string {
	l := t.In(zone)
	return Weekday(lang, l.Weekday()) + " " + Date(lang, store.Date(l.Format(time.DateOnly)))
}

// ClockIn gives the time of day of t in a zone: «02.30».
func ClockIn(lang Lang, zone *time.Location, t time.Time) string {
	l := t.In(zone)
	return clockText(lang, l.Hour(), l.Minute())
}

// Offset gives how far the zone's clock is from UTC at t: «UTC+1», «UTC+5.30».
func Offset(lang Lang, zone *time.Location, t time.Time) string {
	_, seconds := t.In(zone).Zone()
	sign := "+"
	if seconds < 0 {
		sign, seconds = "−", -seconds
	}
	s := "UTC" + sign + strconv.Itoa(seconds/3600)
	if m := seconds / 60 % 60; m != 0 {
		s += clockText(lang, 0, m)[2:]
	}
	return s
}

// SlotNote tells what a clock change does to a slot; empty for a slot that none touches.
func SlotNote(lang Lang, zone *time.Location, s store.Slot) string {
	if s.Note == "" {
		return ""
	}
	local, _ := time.Parse("2006-01-02T15:04", s.Local[:16])
	args := store.Args{
		"date":  s.Date(),
		"local": clockText(lang, local.Hour(), local.Minute()),
		"at":    ClockIn(lang, zone, s.At),
	}
	if start, _ := s.At.In(zone).ZoneBounds(); !start.IsZero() {
		_, before := start.Add(-time.Second).Zone()
		args["from"] = ClockIn(lang, time.FixedZone("", before), start)
		args["to"] = ClockIn(lang, zone, start)
	}
	return Fill(lang, string(s.Note), args)
}

func clockText(lang Lang, h, m int) string {
	if lang == EN {
		return fmt.Sprintf("%02d:%02d", h, m)
	}
	return fmt.Sprintf("%02d.%02d", h, m)
}

// words makes the phrase of one expression in one language.
type words struct {
	lang Lang
	c    store.Cron
}

func (w words) t(key string, args ...any) string { return T(w.lang, key, args...) }

func (w words) clock(h, m int) string { return clockText(w.lang, h, m) }

// times tells when on the day, and whether that is times of the clock («kl. 02.30»), which follow the days, or how
// often («hver time»), which the days follow.
func (w words) times() (phrase string, clock bool) {
	const most = 6 // more times than this are not listed
	minutes, hours := values(w.c.Minute), values(uint64(w.c.Hour))
	n, from, regular := step(minutes, 60)
	often := "" // how often within an hour, when that can be said shortly
	switch {
	case w.c.Minute == store.AllMinutes:
		often = w.t("schedule.every_minute")
	case regular:
		often = w.t("schedule.every_minutes", "n", n)
	case len(minutes) == 1:
		often = w.t("schedule.hourly")
	}
	every, first, even := step(hours, 24)
	last := hours[len(hours)-1]
	switch {
	case w.c.EveryHour() && often == "", w.c.EveryHour() && len(minutes) == 1 && minutes[0] != 0:
		return w.t("schedule.hourly_past", "list", w.numbers(minutes)), false
	case w.c.EveryHour() && regular && from > 0:
		return w.t("schedule.every_minutes_past", "n", n, "past", from), false
	case w.c.EveryHour():
		return often, false
	case len(minutes)*len(hours) <= most:
		var at []string
		for _, h := range hours {
			for _, m := range minutes {
				at = append(at, w.clock(h, m))
			}
		}
		return w.t("schedule.at", "times", w.list(at)), true
	case often != "" && last-hours[0] == len(hours)-1:
		return w.t("schedule.span", "often", often,
			"from", w.clock(hours[0], minutes[0]), "to", w.clock(last, minutes[len(minutes)-1])), false
	case len(minutes) == 1 && even:
		return w.t("schedule.hours", "n", every, "from", w.clock(first, minutes[0])), false
	}
	return w.t("schedule.past_hours", "minutes", w.numbers(minutes), "hours", w.hours(hours)), false
}

// days tells on which days, empty for all, and whether date or weekday is enough.
func (w words) days() (phrase string, either bool) {
	c := w.c
	allDates, allWeekdays := c.DOM == store.AllDOM, c.DOW == store.AllDOW
	either = !c.DOMStar && !c.DOWStar
	switch {
	case either && (allDates || allWeekdays), allDates && allWeekdays:
		if c.Month == store.AllMonths {
			return "", false
		}
		if c.Hour>>5 == 0 {
			return w.t("schedule.nightly") + w.months(), false
		}
		return w.t("schedule.daily") + w.months(), false
	case either:
		return w.t("schedule.either", "dates", w.dates(), "weekdays", w.weekdays()), true
	case allDates:
		return w.weekdays(), false
	case allWeekdays:
		return w.dates(), false
	}
	return w.t("schedule.both", "weekdays", w.weekdays(), "days", w.ordinals(values(uint64(c.DOM)))), false
}

// dates gives the days of the month, with the months.
func (w words) dates() string {
	days, months := values(uint64(w.c.DOM)), values(uint64(w.c.Month))
	n, from, even := step(days, 0)
	_, _, monthRun := run(months)
	where := ""
	if w.someMissing(days, months) {
		where = w.t("schedule.where")
	}
	switch {
	case len(days) == 1 && days[0] == 29 && len(months) == 1 && months[0] == 2:
		return w.t("schedule.leap_day")
	case len(days) == 1 && len(months) == 1 && w.lang == EN:
		return w.t("schedule.date", "day", strconv.Itoa(days[0]), "month", Month(w.lang, time.Month(months[0])))
	case len(days) == 1 && len(months) == 1:
		return w.t("schedule.date", "day", w.ordinal(days[0]), "month", Month(w.lang, time.Month(months[0])))
	case even && len(days) > 6:
		return w.t("schedule.every_date", "n", n, "from", w.ordinal(from)) + w.months()
	case len(months) == 12, monthRun:
		return w.t("schedule.dates", "days", w.ordinals(days)) + w.months() + where
	}
	return w.t("schedule.dates_in", "days", w.ordinals(days), "months", w.monthList(months)) + where
}

// someMissing tells whether a named month lacks a named day.
func (w words) someMissing(days, months []int) bool {
	last := days[len(days)-1]
	for _, m := range months {
		if last > time.Date(2027, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() {
			return true
		}
	}
	return false
}

// weekdays gives the days of the week from Monday, with the months.
func (w words) weekdays() string {
	days := values(uint64(w.c.DOW))
	if days[0] == 0 {
		days = append(days[1:], 7)
	}
	from, to, isRun := run(days)
	name := func(d int) string { return Weekday(w.lang, time.Weekday(d%7)) }
	switch {
	case isRun && from == 1 && to == 5:
		return w.t("schedule.working") + w.months()
	case isRun:
		return w.t("schedule.weekdayrun", "from", name(from), "to", name(to)) + w.months()
	}
	var names []string
	for _, d := range days {
		names = append(names, name(d))
	}
	return w.t("schedule.weekdays", "days", w.list(names)) + w.months()
}

// months gives « i juni», « fra juni til august»; empty for all.
func (w words) months() string {
	months := values(uint64(w.c.Month))
	from, to, isRun := run(months)
	switch {
	case len(months) == 12:
		return ""
	case isRun:
		return w.t("schedule.from_to", "from", Month(w.lang, time.Month(from)), "to", Month(w.lang, time.Month(to)))
	}
	return w.t("schedule.in", "months", w.monthList(months))
}

func (w words) monthList(months []int) string {
	var names []string
	for _, m := range months {
		names = append(names, Month(w.lang, time.Month(m)))
	}
	return w.list(names)
}

// ordinals gives «1. til 7. og 15.».
func (w words) ordinals(days []int) string { return w.runs(days, w.ordinal) }

func (w words) ordinal(n int) string {
	if w.lang != EN {
		return strconv.Itoa(n) + "."
	}
	switch {
	case n%10 == 1 && n != 11:
		return strconv.Itoa(n) + "st"
	case n%10 == 2 && n != 12:
		return strconv.Itoa(n) + "nd"
	case n%10 == 3 && n != 13:
		return strconv.Itoa(n) + "rd"
	}
	return strconv.Itoa(n) + "th"
}

func (w words) numbers(ns []int) string { return w.runs(ns, strconv.Itoa) }

func (w words) hours(ns []int) string {
	return w.runs(ns, func(n int) string { return fmt.Sprintf("%02d", n) })
}

// runs lists ascending numbers; three or more in a row become «a til b».
func (w words) runs(ns []int, name func(int) string) string {
	var out []string
	for i := 0; i < len(ns); {
		j := i
		for j+1 < len(ns) && ns[j+1] == ns[j]+1 {
			j++
		}
		if j-i >= 2 {
			out = append(out, name(ns[i])+" "+w.t("schedule.to")+" "+name(ns[j]))
			i = j + 1
			continue
		}
		out = append(out, name(ns[i]))
		i++
	}
	return w.list(out)
}

// list joins with commas and «og».
func (w words) list(items []string) string {
	if n := len(items) - 1; n > 0 {
		return strings.Join(items[:n], ", ") + " " + w.t("schedule.and") + " " + items[n]
	}
	return items[0]
}

// values lists the numbers in a set.
func values(set uint64) []int {
	var out []int
	for ; set != 0; set &= set - 1 {
		out = append(out, bits.TrailingZeros64(set))
	}
	return out
}

// run gives the ends of numbers that follow each other, when they are three or more.
func run(ns []int) (from, to int, ok bool) {
	from, to = ns[0], ns[len(ns)-1]
	return from, to, len(ns) > 2 && to-from == len(ns)-1
}

// step tells whether numbers lie evenly, n apart, all round a cycle that n divides. A cycle of 0 is the month: they
// lie evenly from the first until its end.
func step(ns []int, cycle int) (n, from int, ok bool) {
	from = ns[0]
	if len(ns) < 2 {
		return 0, from, false
	}
	n = ns[1] - ns[0]
	for i := 1; i < len(ns); i++ {
		if ns[i]-ns[i-1] != n {
			return 0, from, false
		}
	}
	if cycle == 0 {
		return n, from, n > 1 && ns[len(ns)-1]+n > 31
	}
	return n, from, cycle%n == 0 && from < n && len(ns) == cycle/n
}
