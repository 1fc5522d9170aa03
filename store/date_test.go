package store

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for s, ok := range map[string]bool{
		"": true, "2026-11-23": true, "2024-02-29": true, "0001-01-01": true,
		"2026-02-29": false, "2026-1-1": false, "2026-13-01": false, "23.11.2026": false, "2026-11-23T00:00:00Z": false,
		" 2026-11-23": false, "x": false,
	} {
		d, got := ParseDate(s)
		if got != ok || ok && string(d) != s || !ok && d != "" {
			t.Errorf("ParseDate(%q) = %q, %v", s, d, got)
		}
		if want := ok && s != ""; Date(s).Valid() != want {
			t.Errorf("Date(%q).Valid() is not %v", s, want)
		}
	}
}

func TestDateOfIsTheDayInOslo(t *testing.T) {
	for moment, want := range map[string]Date{
		"2026-11-22T22:59:59Z": "2026-11-22", "2026-11-22T23:00:00Z": "2026-11-23",
		"2026-06-30T21:59:59Z": "2026-06-30", "2026-06-30T22:00:00Z": "2026-07-01",
	} {
		at, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateOf(at); got != want {
			t.Errorf("DateOf(%s) = %s, want %s", moment, got, want)
		}
	}
}

func TestLapsed(t *testing.T) {
	for d, want := range map[Date]bool{
		"": false, "2026-11-24": false, "2026-11-23": false, "2026-11-22": true, "9999": true, "for ever": true, "2027-02-30": true,
	} {
		if got := d.Lapsed(noon); got != want {
			t.Errorf("%q lapsed: %v, want %v", d, got, want)
		}
	}
	// The last day counts to its end in Oslo.
	if d := Date("2026-11-23"); d.Lapsed(noon.Add(12*time.Hour-time.Second-time.Hour)) || !d.Lapsed(noon.Add(12*time.Hour)) {
		t.Error("the last day does not end at midnight in Oslo")
	}
}

func TestDateArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(0, 100_000)
		d := Date("1900-01-01").AddDays(days.Draw(t, "day"))
		n := days.Draw(t, "n")
		later := d.AddDays(n)
		if !later.Valid() || later.AddDays(-n) != d {
			t.Fatalf("%s and %d days is %s", d, n, later)
		}
		if later.Before(d) || d.Before(later) != (n > 0) {
			t.Fatalf("%s and %s are in the wrong order", d, later)
		}
		if dateOfYMD(d.ymd()) != d {
			t.Fatalf("%s became %s", d, dateOfYMD(d.ymd()))
		}
	})
}
