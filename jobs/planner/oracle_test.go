package planner

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/store"
)

// clockFace is what a clock with a calendar shows.
type clockFace struct{ minute, hour, day, month, weekday int }

func faceOf(wall time.Time) clockFace {
	return clockFace{wall.Minute(), wall.Hour(), wall.Day(), int(wall.Month()), int(wall.Weekday())}
}

// names tells whether a field of an expression names a value, read as a person reads it. It knows nothing of sets.
func names(field string, value, lowest int) bool {
	for part := range strings.SplitSeq(field, ",") {
		span, stepText, stepped := strings.Cut(part, "/")
		low, high, ranged := strings.Cut(span, "-")
		from, _ := strconv.Atoi(low)
		to, _ := strconv.Atoi(high)
		switch {
		case span == "*":
			from, to = lowest, 99
		case stepped && !ranged:
			to = 99
		case !ranged:
			to = from
		}
		step := 1
		if stepped {
			step, _ = strconv.Atoi(stepText)
		}
		if value >= from && value <= to && (value-from)%step == 0 {
			return true
		}
	}
	return false
}

// reader tells whether an expression is due on a clock face, and whether it names every hour.
func reader(expr string) (due func(clockFace) bool, everyHour bool) {
	f := strings.Fields(expr)
	everyHour = true
	for h := range 24 {
		everyHour = everyHour && names(f[1], h, 0)
	}
	return func(c clockFace) bool {
		if !names(f[0], c.minute, 0) || !names(f[1], c.hour, 0) || !names(f[3], c.month, 1) {
			return false
		}
		day, weekday := names(f[2], c.day, 1), names(f[4], c.weekday, 0) || c.weekday == 0 && names(f[4], 7, 0)
		if strings.HasPrefix(f[2], "*") || strings.HasPrefix(f[4], "*") {
			return day && weekday
		}
		return day || weekday
	}, everyHour
}

// oracle walks through time minute by minute and looks at the clock on the wall. An expression of every hour is due
// whenever the clock shows its time. Any other is due when the clock's highest reading so far passes its time: by one
// minute as a rule, by an hour when the clock is set forward, not at all while it goes through an hour again.
func oracle(exprs []string, from, to time.Time) [][]time.Time {
	out := make([][]time.Time, len(exprs))
	due, every := make([]func(clockFace) bool, len(exprs)), make([]bool, len(exprs))
	for i, e := range exprs {
		due[i], every[i] = reader(e)
	}
	wall := func(u time.Time) time.Time {
		l := u.In(store.Oslo)
		return time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), 0, 0, time.UTC)
	}
	highest := wall(from.Add(-3 * time.Hour))
	for u := from.Add(-3 * time.Hour); u.Before(to); u = u.Add(time.Minute) {
		now := wall(u)
		var passed []clockFace
		for highest.Before(now) {
			highest = highest.Add(time.Minute)
			passed = append(passed, faceOf(highest))
		}
		if u.Before(from) {
			continue
		}
		shown := faceOf(now)
		for i := range exprs {
			if every[i] && due[i](shown) || !every[i] && slices.ContainsFunc(passed, due[i]) {
				out[i] = append(out[i], u)
			}
		}
	}
	return out
}

// shapes are expressions as people write them, most of them near the hours when the clock is changed.
func shapes() []string {
	list := []string{"* * * * *", "*/5 * * * *", "*/15 * * * *", "7-59/20 * * * *", "0 * * * *", "30 * * * *", "59 * * * *", "0 0-23 * * *",
		"15 * * * 7", "*/20 * * * 0,6", "0 */2 * * *", "0 1-23/2 * * *", "30 */3 * * *", "*/10 1-3 * * *", "0,30 2 * * *", "*/7 2,3 * * *",
		"0 2,3 * * *", "30 2,3 * * *", "59 1,2 * * *", "0 3 * * *", "1 3 * * *", "30 2 * * 7", "30 2 * * sun", "0 6 * * 1-5", "30 2 25-31 3,10 *",
		"30 2 29 3 *", "30 2 25-31 * 0", "30 2 */2 * *", "15 2 31 * *", "0 4 1 * *", "0 0 1 1 *", "30 2 29 2 *", "0 4 13 * 5", "45 23 * * *",
		"0 4 */15 * 1", "5,10,45 2,5-8 * * 0"}
	for hour := range 6 {
		for _, minute := range []string{"0", "1", "29", "30", "59"} {
			list = append(list, minute+" "+strconv.Itoa(hour)+" * * *")
		}
	}
	return list
}

// TestClockChangesAgainstTheWall holds every shape against a walk through time: the days around the clock changes of some
// years, and with SAMBAND_LONG=1 each minute from 2020 to 2036.
func TestClockChangesAgainstTheWall(t *testing.T) {
	long := os.Getenv("SAMBAND_LONG") != ""
	exprs := shapes()
	rules := make([]store.Cron, len(exprs))
	lowered := make([]string, len(exprs))
	for i, e := range exprs {
		var err error
		if rules[i], err = Parse(e); err != nil {
			t.Fatalf("%s: %v", e, err)
		}
		lowered[i] = strings.Replace(e, "sun", "0", 1)
	}
	hold := func(from, to time.Time) {
		t.Helper()
		for i, want := range oracle(lowered, from, to) {
			var got []time.Time
			for _, s := range store.Slots(rules[i], store.Oslo, from, to) {
				got = append(got, s.At)
			}
			if !slices.EqualFunc(got, want, time.Time.Equal) {
				t.Errorf("%s from %s: %d due times, the wall says %d", exprs[i], from.Format(time.DateOnly), len(got), len(want))
			}
		}
	}
	if long {
		hold(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2037, 1, 1, 0, 0, 0, 0, time.UTC))
		return
	}
	for _, year := range []int{2020, 2026, 2027, 2032, 2036} {
		for _, month := range []time.Month{time.March, time.October} {
			last := time.Date(year, month, 31, 0, 0, 0, 0, time.UTC)
			sunday := last.AddDate(0, 0, -int(last.Weekday()))
			hold(sunday.AddDate(0, 0, -2), sunday.AddDate(0, 0, 2))
		}
	}
}
