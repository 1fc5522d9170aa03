package quality

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"samband/store"
)

func TestChecks(t *testing.T) {
	m := &store.Mapping{Checks: []store.Check{{Reason: "a"}, {Reason: "w", Warn: true}, {Reason: "b"}}}
	c := store.Counts{Read: 100, Filtered: 5, Quarantined: 13, Loaded: 82}
	got := Checks(m, c, 3, []int64{4, 0, 6}, []int64{0, 7, 0})
	want := []store.CheckResult{{Reason: "a", Failed: 4, Examined: 92}, {Reason: "w", Warn: true, Failed: 7, Examined: 82},
		{Reason: "b", Failed: 6, Examined: 88}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestDaysSince(t *testing.T) {
	c := NewClock(time.Date(2026, 2, 28, 23, 30, 0, 0, time.UTC)) // 1 March in Oslo
	for v, want := range map[store.Value]int32{
		store.DayValue("2026-03-01"):               0,
		store.DayValue("2026-02-28"):               1,
		store.DateTimeValue("2026-02-28T23:59:59"): 1,
		store.DayValue("2024-02-29"):               731,
		store.DayValue("2026-03-02"):               -1,
		store.DayValue("1900-01-01"):               46080,
		{}:                                         NoDay,
		store.TextValue("2026-02-28"):              NoDay,
	} {
		if got := c.DaysSince(v); got != want {
			t.Errorf("%s: %d, want %d", v.Text(), got, want)
		}
	}
	// The calendar is the one of package time.
	for range 1000 {
		d := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rand.IntN(800_000))
		want := int32((time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).Unix() - d.Unix()) / 86400)
		if got := c.DaysSince(store.DayValue(d.Format(time.DateOnly))); got != want {
			t.Fatalf("%s: %d, want %d", d.Format(time.DateOnly), got, want)
		}
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		days []int32
		want store.Timeliness
	}{
		{nil, store.Timeliness{}},
		{[]int32{NoDay}, store.Timeliness{}},
		{[]int32{7}, store.Timeliness{N: 1, Median: 7, P90: 7, Within30: 1}},
		{[]int32{1, 2}, store.Timeliness{N: 2, Median: 1.5, P90: 2, Within30: 2}},
		{[]int32{1, 2, 3, 4, 5, 6, 7, 8, 9, 31}, store.Timeliness{N: 10, Median: 5.5, P90: 9, Within30: 9}},
		{[]int32{30, 31, -1, -400, NoDay, 40}, store.Timeliness{N: 3, Negative: 2, Median: 31, P90: 40, Within30: 1}},
		{[]int32{90000}, store.Timeliness{N: 1, Median: lastDay, P90: lastDay}},
	} {
		d := NewDays("")
		for _, n := range c.days {
			d.Add(n, 1)
			d.Add(5, 1)
			d.Add(5, -1) // taken back
		}
		if got := d.Result(); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.days, got, c.want)
		}
	}
	if got := Timeliness([]*Days{NewDays("x")}); got != nil {
		t.Error("a variable with no dates is reported", got)
	}
}

func TestEventVariables(t *testing.T) {
	c := &store.Codebook{Variables: []store.Variable{{Name: "born", Type: store.VarDate, Class: store.Indirect},
		{Name: "in", Type: store.VarDate, Class: store.Health}, {Name: "at", Type: store.VarDateTime, Class: store.Health},
		{Name: "changed", Type: store.VarDateTime, Class: store.Technical}, {Name: "x", Type: store.VarText, Class: store.Health}}}
	if got := EventVariables(c); !slices.Equal(got, []string{"in", "at"}) {
		t.Error(got)
	}
}
