// Package quality computes what a run says about the data: what the checks found, how timely the values are, and with
// the counts over the registry the whole report (contracts/data-quality.md).
package quality

import (
	"slices"
	"time"

	"samband/store"
)

// Checks gives the result of each check in the mapping's order. A row has one reason, the first check it fails, so a
// check has examined the rows that passed those before it. failed has rows by check; broken are rows that could not
// be read at all, warned the rows a warning was given for.
func Checks(m *store.Mapping, c store.Counts, broken int64, failed, warned []int64) []store.CheckResult {
	left := c.Read - broken - c.Filtered - c.Blocked
	accepted := left
	for _, n := range failed {
		accepted -= n
	}
	out := make([]store.CheckResult, len(m.Checks))
	for i := range m.Checks {
		k := &m.Checks[i]
		out[i] = store.CheckResult{Reason: k.Reason, Kind: k.Kind, Text: k.Text, Warn: k.Warn, Failed: failed[i], Examined: left}
		if k.Warn { // looked at when all else has passed
			out[i].Failed, out[i].Examined = warned[i], accepted
			continue
		}
		left -= failed[i]
	}
	return out
}

// EventVariables names the variables that are dates of events: those of type date or date and time that say something
// of health. A birth date singles out and a time stamp of the source is technical; neither is an event.
func EventVariables(c *store.Codebook) []string {
	var names []string
	for _, v := range c.Variables {
		if (v.Type == store.VarDate || v.Type == store.VarDateTime) && v.Class == store.Health {
			names = append(names, v.Name)
		}
	}
	return names
}

// NoDay is what DaysSince gives for a null.
const NoDay = int32(-1 << 31)

// Clock turns a date into days before the day of loading.
type Clock struct{ today int }

// NewClock counts from the day of at in Oslo.
func NewClock(at time.Time) Clock {
	y, m, d := at.In(store.Oslo).Date()
	return Clock{dayNumber(y, int(m), d)}
}

// DaysSince gives the days from the day v tells to the day of loading; below 0 when it lies ahead.
func (c Clock) DaysSince(v store.Value) int32 {
	if v.Kind() != store.Day && v.Kind() != store.DateTime {
		return NoDay
	}
	t := v.Text()
	if len(t) < 10 {
		return NoDay
	}
	n := func(s string) (n int) {
		for i := range len(s) {
			n = n*10 + int(s[i]-'0')
		}
		return n
	}
	return int32(c.today - dayNumber(n(t[:4]), n(t[5:7]), n(t[8:10])))
}

// dayNumber counts days in the Gregorian calendar (Howard Hinnant's days_from_civil).
func dayNumber(y, m, d int) int {
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy
}

// lastDay is the last bucket of the histogram: a hundred years or more.
const lastDay = 36525

// Days is a histogram of days from event to load, in memory that does not grow.
type Days struct {
	variable string
	buckets  []int64
	negative int64
}

// NewDays gives an empty histogram for a variable.
func NewDays(variable string) *Days {
	return &Days{variable: variable, buckets: make([]int64, lastDay+1)}
}

// Add counts n values of so many days; n is -1 to take one back.
func (d *Days) Add(days int32, n int64) {
	switch {
	case days == NoDay:
	case days < 0:
		d.negative += n
	default:
		d.buckets[min(days, lastDay)] += n
	}
}

// Result gives the figures. Events after the load are counted apart and are in none of the others.
func (d *Days) Result() store.Timeliness {
	t := store.Timeliness{Variable: d.variable, Negative: d.negative}
	for i, n := range d.buckets {
		t.N += n
		if i <= 30 {
			t.Within30 += n
		}
	}
	if t.N > 0 {
		low, high := d.at((t.N-1)/2), d.at(t.N/2)
		t.Median = float64(low+high) / 2
		t.P90 = float64(d.at((t.N*9+9)/10 - 1)) // the least value that 90 % do not exceed
	}
	return t
}

// at gives the value of rank n, from 0.
func (d *Days) at(n int64) int {
	for i, c := range d.buckets {
		if n < c {
			return i
		}
		n -= c
	}
	return len(d.buckets) - 1
}

// Timeliness gives the results of those that counted anything.
func Timeliness(days []*Days) []store.Timeliness {
	var out []store.Timeliness
	for _, d := range days {
		if t := d.Result(); t.N+t.Negative > 0 {
			out = append(out, t)
		}
	}
	return slices.Clip(out)
}
