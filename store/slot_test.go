package store

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// set makes a set of numbers.
func set(ns ...int) (s uint64) {
	for _, n := range ns {
		s |= 1 << n
	}
	return s
}

// daily makes an expression that is due every day.
func daily(hours, minutes []int) Cron {
	return Cron{Minute: set(minutes...), Hour: uint32(set(hours...)), DOM: AllDOM, Month: AllMonths, DOW: AllDOW,
		DOMStar: true, DOWStar: true}
}

func everyHour(minutes ...int) Cron {
	c := daily(nil, minutes)
	c.Hour = AllHours
	return c
}

func utc(s string) time.Time {
	t, err := time.Parse("2006-01-02T15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

func zone(t interface{ Fatal(...any) }, name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// shape is an expression beside its own meaning, said without sets: what the clock must show.
type shape struct {
	name string
	cron Cron
	due  func(face) bool
}

// face is what a clock with a calendar shows.
type face struct {
	month        time.Month
	day          int
	weekday      time.Weekday
	hour, minute int
}

func faceOf(wall time.Time) face {
	_, month, day := wall.Date()
	return face{month, day, wall.Weekday(), wall.Hour(), wall.Minute()}
}

func shapes() []shape {
	h2, m0, m30 := []int{2}, []int{0}, []int{30}
	weekly := daily(h2, m30)
	weekly.DOW, weekly.DOWStar = uint8(set(0)), false
	yearly := daily(h2, m30)
	yearly.DOM, yearly.DOMStar, yearly.Month = uint32(set(29)), false, uint16(set(3))
	monthly := daily([]int{4}, m0)
	monthly.DOM, monthly.DOMStar = uint32(set(1)), false
	last := daily(h2, []int{15})
	last.DOM, last.DOMStar = uint32(set(31)), false
	either := daily(h2, []int{59})
	either.DOM, either.DOMStar, either.DOW, either.DOWStar = uint32(set(13, 28)), false, uint8(set(0, 5)), false
	both := daily(h2, m0)
	both.DOM, both.DOW, both.DOWStar = uint32(set(1, 11, 21, 31)), uint8(set(0, 1)), false
	leap := daily(h2, m30)
	leap.DOM, leap.DOMStar, leap.Month = uint32(set(29)), false, uint16(set(2))
	sundayHourly := everyHour(30)
	sundayHourly.DOW, sundayHourly.DOWStar = uint8(set(0)), false

	at := func(h, m int) func(face) bool {
		return func(f face) bool { return f.hour == h && f.minute == m }
	}
	sunday := func(f face) bool { return f.weekday == time.Sunday }
	return []shape{
		{"daily 02:30", daily(h2, m30), at(2, 30)},
		{"daily 02:00", daily(h2, m0), at(2, 0)},
		{"daily 03:00", daily([]int{3}, m0), at(3, 0)},
		{"daily 01:59 and 02:59", daily([]int{1, 2}, []int{59}), func(f face) bool { return at(1, 59)(f) || at(2, 59)(f) }},
		{"daily 02:00 and 03:00", daily([]int{2, 3}, m0), func(f face) bool { return at(2, 0)(f) || at(3, 0)(f) }},
		{"each 20 minutes of four hours", daily([]int{0, 1, 2, 3}, []int{0, 20, 40}),
			func(f face) bool { return f.hour < 4 && f.minute%20 == 0 }},
		{"every second hour", daily([]int{0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22}, m0),
			func(f face) bool { return f.hour%2 == 0 && f.minute == 0 }},
		{"hourly", everyHour(0), func(f face) bool { return f.minute == 0 }},
		{"hourly at 45", everyHour(45), func(f face) bool { return f.minute == 45 }},
		{"each 15 minutes", everyHour(0, 15, 30, 45), func(f face) bool { return f.minute%15 == 0 }},
		{"hourly on Sundays", sundayHourly, func(f face) bool { return sunday(f) && f.minute == 30 }},
		{"Sundays 02:30", weekly, func(f face) bool { return sunday(f) && at(2, 30)(f) }},
		{"29 March 02:30", yearly, func(f face) bool { return f.month == time.March && f.day == 29 && at(2, 30)(f) }},
		{"1st 04:00", monthly, func(f face) bool { return f.day == 1 && at(4, 0)(f) }},
		{"31st 02:15", last, func(f face) bool { return f.day == 31 && at(2, 15)(f) }},
		{"13th, 28th or Friday, Sunday 02:59", either, func(f face) bool {
			return (f.day == 13 || f.day == 28 || f.weekday == time.Friday || sunday(f)) && at(2, 59)(f)
		}},
		{"every tenth day when Sunday or Monday", both, func(f face) bool {
			return f.day%10 == 1 && (sunday(f) || f.weekday == time.Monday) && at(2, 0)(f)
		}},
		{"29 February 02:30", leap, func(f face) bool { return f.month == time.February && f.day == 29 && at(2, 30)(f) }},
	}
}

// oracle finds the due instants of shapes by walking through time minute by minute and looking at the clock. An
// every-hour rule is due when the clock shows its time. Another is due when the clock reaches its time: the clock's
// highest reading so far passes it, by one minute as a rule, by more when the clock jumps.
func oracle(zone *time.Location, from, to time.Time, shapes []shape) [][]time.Time {
	out := make([][]time.Time, len(shapes))
	// A local time is kept as a UTC time with the same figures, so that it can be any, also one that does not exist.
	wall := func(u time.Time) time.Time {
		_, offset := u.In(zone).Zone()
		return u.Add(time.Duration(offset) * time.Second)
	}
	before := from.Add(-25 * time.Hour)
	highest := wall(before)
	var reached []face
	for u := before; u.Before(to); u = u.Add(time.Minute) {
		now := wall(u)
		shown := faceOf(now)
		reached = reached[:0]
		for highest.Before(now) {
			if highest = highest.Add(time.Minute); highest.Equal(now) {
				reached = append(reached, shown)
			} else {
				reached = append(reached, faceOf(highest))
			}
		}
		if u.Before(from) {
			continue
		}
		for i, s := range shapes {
			if s.cron.EveryHour() && s.due(shown) || !s.cron.EveryHour() && slices.ContainsFunc(reached, s.due) {
				out[i] = append(out[i], u)
			}
		}
	}
	return out
}

func instants(slots []Slot) []time.Time {
	var out []time.Time
	for _, s := range slots {
		out = append(out, s.At)
	}
	return out
}

func compare(t *testing.T, zone *time.Location, from, to time.Time, shapes []shape) {
	t.Helper()
	for i, want := range oracle(zone, from, to, shapes) {
		s := shapes[i]
		got := instants(Slots(s.cron, zone, from, to))
		if slices.EqualFunc(got, want, time.Time.Equal) {
			continue
		}
		for j := range max(len(got), len(want)) {
			if j >= len(got) || j >= len(want) || !got[j].Equal(want[j]) {
				t.Errorf("%s in %s: %d slots, want %d; first difference: %v, want %v", s.name, zone, len(got), len(want),
					got[min(j, len(got)):min(j+2, len(got))], want[min(j, len(want)):min(j+2, len(want))])
				break
			}
		}
	}
}

func TestSlotsAgainstAnIndependentWalkThroughTime(t *testing.T) {
	compare(t, Oslo, utc("2020-01-01T00:00"), utc("2037-01-01T00:00"), shapes())
}

func TestSlotsInOtherZones(t *testing.T) {
	for _, c := range []struct{ zone, from, to, why string }{
		{"Europe/Oslo", "2040-03-01T00:00", "2041-04-01T00:00", "a leap year past Go's table of changes"},
		{"UTC", "2027-03-01T00:00", "2027-04-15T00:00", "no clock change at all"},
		{"America/New_York", "2027-03-01T00:00", "2027-11-20T00:00", "behind UTC"},
		{"Australia/Lord_Howe", "2027-03-20T00:00", "2027-10-20T00:00", "half an hour"},
		{"America/Santiago", "2026-03-20T00:00", "2026-09-20T00:00", "gap and fold at midnight"},
		{"Africa/Casablanca", "2026-02-01T00:00", "2026-04-15T00:00", "two changes within weeks"},
		{"Antarctica/Troll", "2027-03-01T00:00", "2027-11-10T00:00", "two hours"},
		{"Asia/Kathmandu", "2027-01-01T00:00", "2027-01-10T00:00", "quarter of an hour from UTC"},
		{"Pacific/Apia", "2011-12-20T00:00", "2012-01-10T00:00", "a whole date does not exist"},
	} {
		t.Run(c.zone, func(t *testing.T) { compare(t, zone(t, c.zone), utc(c.from), utc(c.to), shapes()) })
	}
}

// Seventeen years, date by date: a count per year would hide a missing and a doubled night.
func TestNightlyRunsOnceOnEachLocalDate(t *testing.T) {
	lastSunday := func(year int, m time.Month) int {
		d := time.Date(year, m, 31, 0, 0, 0, 0, time.UTC)
		return 31 - int(d.Weekday())
	}
	count := map[Date]int{}
	for _, s := range Slots(daily([]int{2}, []int{30}), Oslo, utc("2019-12-31T23:00"), utc("2036-12-31T23:00")) {
		count[s.Date()]++
		y, m, d := s.Date().Time().Date()
		switch {
		case m == time.March && d == lastSunday(y, time.March):
			if s.At != time.Date(y, m, d, 1, 0, 0, 0, time.UTC) || !s.Moved || s.Note != NoteGap {
				t.Errorf("spring %v: want 01:00Z, moved", s)
			}
		case m == time.October && d == lastSunday(y, time.October):
			if s.At != time.Date(y, m, d, 0, 30, 0, 0, time.UTC) || s.Moved || s.Note != NoteFoldOnce {
				t.Errorf("autumn %v: want 00:30Z, the first", s)
			}
		case s.Moved || s.Note != "" || s.At.In(Oslo).Format("15:04") != "02:30":
			t.Errorf("ordinary %v", s)
		}
	}
	for d := Date("2020-01-01"); d <= "2036-12-31"; d = d.AddDays(1) {
		if count[d] != 1 {
			t.Errorf("%s: %d slots, want 1", d, count[d])
		}
	}
	if len(count) != 6210 {
		t.Errorf("%d dates, want 6210", len(count))
	}
}

func TestClockChangeDays(t *testing.T) {
	half := everyHour(30)
	first := everyHour(0)
	first.DOM, first.DOMStar = uint32(set(28)), false
	type row struct {
		name string
		rule Recurrence
		day  string
		n    int
		want []Slot // some of the day's slots
	}
	spring, autumn := "2027-03-28", "2027-10-31"
	slot := func(at, local string, moved bool, note Code) Slot { return Slot{utc(at), local, moved, note} }
	for _, c := range []row{
		{"hourly", everyHour(0), "2027-06-01", 24, nil},
		{"hourly", everyHour(0), spring, 23, []Slot{
			slot("2027-03-28T00:00", "2027-03-28T01:00", false, ""),
			slot("2027-03-28T01:00", "2027-03-28T03:00", false, NoteGapSkipped),
			slot("2027-03-28T02:00", "2027-03-28T04:00", false, "")}},
		{"hourly", everyHour(0), autumn, 25, []Slot{
			slot("2027-10-30T23:00", "2027-10-31T01:00", false, ""),
			slot("2027-10-31T00:00", "2027-10-31T02:00", false, NoteFoldFirst),
			slot("2027-10-31T01:00", "2027-10-31T02:00+01:00", false, NoteFoldSecond),
			slot("2027-10-31T02:00", "2027-10-31T03:00", false, "")}},
		{"hourly at half", half, spring, 23, []Slot{
			slot("2027-03-28T01:30", "2027-03-28T03:30", false, NoteGapSkipped)}},
		{"hourly on the 28th", first, spring, 23, nil},
		{"each 15 minutes", everyHour(0, 15, 30, 45), spring, 92, []Slot{
			slot("2027-03-28T01:00", "2027-03-28T03:00", false, NoteGapSkipped),
			slot("2027-03-28T01:15", "2027-03-28T03:15", false, "")}},
		{"each 15 minutes", everyHour(0, 15, 30, 45), autumn, 100, nil},
		{"02:30", daily([]int{2}, []int{30}), spring, 1, []Slot{
			slot("2027-03-28T01:00", "2027-03-28T02:30", true, NoteGap)}},
		{"02:30", daily([]int{2}, []int{30}), autumn, 1, []Slot{
			slot("2027-10-31T00:30", "2027-10-31T02:30", false, NoteFoldOnce)}},
		{"02:00 and 02:30 fall on one instant", daily([]int{2}, []int{0, 30}), spring, 1, []Slot{
			slot("2027-03-28T01:00", "2027-03-28T02:00", true, NoteGap)}},
		{"02:00 and 03:00 fall on one instant", daily([]int{2, 3}, []int{0}), spring, 1, []Slot{
			slot("2027-03-28T01:00", "2027-03-28T03:00", false, NoteGapJoined)}},
		{"02:30 and 03:30", daily([]int{2, 3}, []int{30}), spring, 2, []Slot{
			slot("2027-03-28T01:00", "2027-03-28T02:30", true, NoteGap),
			slot("2027-03-28T01:30", "2027-03-28T03:30", false, "")}},
		{"03:00", daily([]int{3}, []int{0}), spring, 1, []Slot{
			slot("2027-03-28T01:00", "2027-03-28T03:00", false, "")}},
		{"03:00", daily([]int{3}, []int{0}), autumn, 1, []Slot{
			slot("2027-10-31T02:00", "2027-10-31T03:00", false, "")}},
		{"interval of an hour", Interval{Every: time.Hour}, spring, 23, []Slot{
			slot("2027-03-28T01:00", "2027-03-28T03:00", false, "")}},
		{"interval of an hour", Interval{Every: time.Hour}, autumn, 25, []Slot{
			slot("2027-10-31T01:00", "2027-10-31T02:00+01:00", false, NoteFoldSecond)}},
	} {
		t.Run(c.name+" "+c.day, func(t *testing.T) {
			day, _ := time.ParseInLocation(time.DateOnly, c.day, Oslo)
			got := Slots(c.rule, Oslo, day, day.AddDate(0, 0, 1))
			if len(got) != c.n {
				t.Errorf("%d slots, want %d: %v", len(got), c.n, got)
			}
			for _, w := range c.want {
				if !slices.Contains(got, w) {
					t.Errorf("no %v in %v", w, got)
				}
			}
		})
	}
}

func TestIntervalKeepsItsAnchor(t *testing.T) {
	i := Interval{Every: 50 * time.Minute, Anchor: utc("2027-01-01T00:10").Add(42 * time.Second)}
	got := instants(Next(i, Oslo, utc("2026-12-01T00:00"), 3))
	want := []time.Time{utc("2027-01-01T00:10"), utc("2027-01-01T01:00"), utc("2027-01-01T01:50")}
	if !slices.EqualFunc(got, want, time.Time.Equal) {
		t.Errorf("nothing before the anchor: got %v, want %v", got, want)
	}
	if got := instants(Next(i, Oslo, utc("2027-01-01T01:00"), 1)); !got[0].Equal(want[2]) {
		t.Errorf("after is not included: got %v", got)
	}
	if got := Slots(Interval{Every: 59 * time.Second}, Oslo, want[0], want[2]); got != nil {
		t.Errorf("under a minute is never due, got %v", got)
	}
}

func TestNextFindsRareDays(t *testing.T) {
	leapSunday := daily([]int{0}, []int{0}) // 29 February on Sundays: both must match because of the star
	leapSunday.DOM, leapSunday.Month, leapSunday.DOW = uint32(set(29)), uint16(set(2)), uint8(set(0))
	var got []string
	for _, s := range Next(leapSunday, Oslo, utc("2027-01-01T00:00"), 4) {
		got = append(got, s.Local[:10])
	}
	if want := []string{"2032-02-29", "2060-02-29", "2088-02-29", "2128-02-29"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	never := daily([]int{0}, []int{0})
	never.DOM, never.Month = uint32(set(30)), uint16(set(2))
	if got := Next(never, Oslo, utc("2027-01-01T00:00"), 5); got != nil {
		t.Errorf("30 February came: %v", got)
	}
	if got := Next(Cron{}, Oslo, utc("2027-01-01T00:00"), 5); got != nil {
		t.Errorf("the empty expression is due: %v", got)
	}
}

func TestClockChangesGivesOneSlotForEach(t *testing.T) {
	after := utc("2026-11-23T12:00")
	for _, c := range []struct {
		name string
		rule Recurrence
		want []string
	}{
		{"02:30", daily([]int{2}, []int{30}), []string{"2027-03-28T02:30 slot.gap", "2027-10-31T02:30 slot.fold_once"}},
		{"each minute", everyHour(values60()...),
			[]string{"2027-03-28T03:00 slot.gap_skipped", "2027-10-31T02:00 slot.fold_first"}},
		{"06:00", daily([]int{6}, []int{0}), nil},
		{"an hour", Interval{Every: time.Hour},
			[]string{"2027-10-31T02:00 slot.fold_first", "2028-10-29T02:00 slot.fold_first"}},
	} {
		var got []string
		for _, s := range ClockChanges(c.rule, Oslo, after, 2) {
			got = append(got, s.Local+" "+string(s.Note))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func values60() (out []int) {
	for m := range 60 {
		out = append(out, m)
	}
	return out
}

func TestPeriodsMeetAtEachClockChange(t *testing.T) {
	for _, name := range []string{"Europe/Oslo", "America/Santiago", "Asia/Kathmandu"} {
		var end int64
		for p := range periods(zone(t, name), utc("2020-01-01T00:00").Unix(), utc("2420-01-01T00:00").Unix()) {
			if end != 0 && p.start != end && p.before != p.off || p.end <= max(p.start, end) {
				t.Fatalf("%s: %v after one that ends at %v", name, time.Unix(p.start, 0).UTC(), time.Unix(end, 0).UTC())
			}
			end = p.end
		}
	}
}

func drawRule(t *rapid.T) Recurrence {
	if rapid.IntRange(0, 9).Draw(t, "kind") == 0 {
		return Interval{
			Every:  time.Duration(rapid.IntRange(1, 3000).Draw(t, "every")) * time.Minute,
			Anchor: utc("2020-01-01T00:00").Add(time.Duration(rapid.IntRange(0, 1e6).Draw(t, "anchor")) * time.Second),
		}
	}
	some := func(name string, all uint64) uint64 {
		bits := rapid.Uint64().Draw(t, name) // mostly few
		if rapid.IntRange(0, 3).Draw(t, "but "+name) > 0 {
			bits = ^bits
		}
		return bits & all
	}
	return Cron{
		Minute: some("minute", AllMinutes) | 1, Hour: uint32(some("hour", uint64(AllHours))) | 4,
		DOM: uint32(some("dom", uint64(AllDOM))), Month: uint16(some("month", uint64(AllMonths))),
		DOW:     uint8(some("dow", uint64(AllDOW))),
		DOMStar: rapid.Bool().Draw(t, "dom*"), DOWStar: rapid.Bool().Draw(t, "dow*"),
	}
}

func TestSlotProperties(t *testing.T) {
	zones := []*time.Location{Oslo, time.UTC, zone(t, "Australia/Lord_Howe"), zone(t, "America/Santiago")}
	changes := []time.Time{utc("2027-03-28T01:00"), utc("2027-10-31T01:00"), utc("2026-04-04T15:00"),
		utc("2026-09-06T04:00"), utc("2028-12-31T23:59"), utc("2096-02-29T00:00")}
	rapid.Check(t, func(t *rapid.T) {
		rule, zone := drawRule(t), rapid.SampledFrom(zones).Draw(t, "zone")
		near := rapid.SampledFrom(changes).Draw(t, "near")
		minutes := func(name string, most int) time.Duration {
			return time.Duration(rapid.IntRange(-most, most).Draw(t, name)) * time.Minute
		}
		a := near.Add(minutes("a", 600) - 36*time.Hour)
		b := near.Add(minutes("b", 300) + time.Duration(rapid.IntRange(0, 60e9-1).Draw(t, "nanoseconds")))
		c := near.Add(minutes("c", 600) + 36*time.Hour)
		whole := Slots(rule, zone, a, c)
		if parts := slices.Concat(Slots(rule, zone, a, b), Slots(rule, zone, b, c)); !slices.Equal(whole, parts) {
			t.Fatalf("[a,c) is not [a,b) and [b,c): %v, %v", whole, parts)
		}
		keys := map[string]bool{}
		for i, s := range whole {
			if keys[s.Local] {
				t.Fatalf("key %s stands twice", s.Local)
			}
			keys[s.Local] = true
			if i > 0 && !whole[i-1].At.Before(s.At) {
				t.Fatalf("%v is not before %v", whole[i-1], s)
			}
			if s.At.Before(a) || !s.At.Before(c) || s.Moved != (s.Note == NoteGap) {
				t.Fatalf("%v in %v – %v", s, a, c)
			}
			if !s.Moved && s.Local[:16] != s.At.In(zone).Format("2006-01-02T15:04") {
				t.Fatalf("%v: the clock shows %v", s, s.At.In(zone))
			}
		}
		if n := len(whole); n > 0 {
			if next := Next(rule, zone, a.Add(-1), n); !slices.Equal(next, whole) {
				t.Fatalf("Next gives %v, Slots %v", next, whole)
			}
		}
	})
}

func BenchmarkNextFive(b *testing.B) {
	leap := daily([]int{2}, []int{30})
	leap.DOM, leap.Month = uint32(set(29)), uint16(set(2))
	for _, c := range []struct {
		name string
		cron Cron
	}{{"nightly", daily([]int{2}, []int{30})}, {"29 February", leap}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				Next(c.cron, Oslo, utc("2027-01-01T00:00"), 5)
			}
		})
	}
}

// TestIntervalFold: an interval is said to be due both times an hour is shown only where it is.
func TestIntervalFold(t *testing.T) {
	anchor := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)            // 02:30, the first of two
	for every, want := range map[time.Duration]int{30 * time.Minute: 3, // nothing is due before the anchor
		time.Hour: 2, 50 * time.Minute: 0, 36 * time.Hour: 0} {
		noted := 0
		for _, s := range Slots(Interval{Every: every, Anchor: anchor}, Oslo, anchor.Add(-30*time.Minute), anchor.Add(90*time.Minute)) {
			if s.Note != "" {
				noted++
			}
		}
		if noted != want {
			t.Errorf("every %v: %d are said to be due twice, want %d", every, noted, want)
		}
	}
}
