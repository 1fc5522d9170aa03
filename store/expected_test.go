package store

import (
	"slices"
	"testing"
	"time"
)

func TestCheckSlots(t *testing.T) {
	at := func(hours ...int) (out []time.Time) {
		for _, h := range hours {
			out = append(out, utc("2027-01-11T00:00").Add(time.Duration(h)*time.Hour))
		}
		return out
	}
	for _, c := range []struct {
		name                    string
		expected, recorded      []time.Time
		missing, doubled, extra []time.Time
	}{
		{"nothing", nil, nil, nil, nil, nil},
		{"all there, in any order", at(1, 2, 3), at(3, 1, 2), nil, nil, nil},
		{"one is missing", at(1, 2, 3), at(1, 3), at(2), nil, nil},
		{"one is there twice", at(1, 2), at(1, 2, 2), nil, at(2), nil},
		{"some are of no schedule", at(1), at(5, 1, 4), nil, nil, at(4, 5)},
		{"as many, and yet not the same", at(1, 2), at(1, 3), at(2), nil, at(3)},
	} {
		got := CheckSlots("i1", c.expected, c.recorded)
		equal := func(a, b []time.Time) bool { return slices.EqualFunc(a, b, time.Time.Equal) }
		wrong := len(c.missing) + len(c.doubled) + len(c.extra)
		if !equal(got.Missing, c.missing) || !equal(got.Doubled, c.doubled) || !equal(got.Extra, c.extra) ||
			got.OK() != (wrong == 0) || got.Wrong() != wrong || got.Expected != len(c.expected) || got.Recorded != len(c.recorded) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// A local time that comes again in another zone is another slot; within a zone no two have the same key.
func TestSlotKey(t *testing.T) {
	newYork := zone(t, "America/New_York")
	rule := daily([]int{2}, []int{30})
	oslo, york := Slots(rule, Oslo, utc("2027-01-11T00:00"), utc("2027-01-12T00:00"))[0], Slots(rule, newYork, utc("2027-01-11T00:00"), utc("2027-01-12T00:00"))[0]
	if oslo.Local != york.Local || oslo.At.Equal(york.At) {
		t.Fatalf("%v, %v", oslo, york)
	}
	if oslo.Key(DefaultZone) != "2027-01-11T02:30" || york.Key("America/New_York") != "2027-01-11T02:30 America/New_York" {
		t.Errorf("%q, %q", oslo.Key(DefaultZone), york.Key("America/New_York"))
	}
	for key, want := range map[string]string{"": DefaultZone, oslo.Key(DefaultZone): DefaultZone, york.Key("America/New_York"): "America/New_York",
		"2027-01-11T02:30 Nowhere/Such": DefaultZone} {
		if got := (&Run{Slot: key}).DueIn(); got.String() != want {
			t.Errorf("a run of %q was due in %v, not %s", key, got, want)
		}
	}
}
