package store

import (
	"fmt"
	"time"
)

// Date is a calendar day as yyyy-mm-dd; empty means none. Validity and due dates are days, not moments.
type Date string

// DateOf gives the day of t in Oslo.
func DateOf(t time.Time) Date { return Date(t.In(Oslo).Format(time.DateOnly)) }

// ParseDate reads yyyy-mm-dd; empty gives the empty date.
func ParseDate(s string) (Date, bool) {
	if s == "" {
		return "", true
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", false
	}
	return Date(s), true
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == "" }

// Time gives midnight UTC of the day, for formatting and arithmetic on days only.
func (d Date) Time() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t
}

// Start gives the moment the day begins in Oslo.
func (d Date) Start() time.Time { return d.StartIn(Oslo) }

// StartIn gives the moment the day begins in a zone.
func (d Date) StartIn(zone *time.Location) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, string(d), zone)
	return t
}

// AddDays moves a date.
func (d Date) AddDays(n int) Date { return Date(d.Time().AddDate(0, 0, n).Format(time.DateOnly)) }

// Before tells whether d is an earlier day than e. Neither may be empty.
func (d Date) Before(e Date) bool { return d < e }

// Valid tells whether d is a day that exists.
func (d Date) Valid() bool {
	_, ok := ParseDate(string(d))
	return ok && d != ""
}

// Lapsed tells whether a last day has passed at a moment, in Oslo. What is not a day has passed: a limit that can't be
// read must not hold for ever. No day is no limit.
func (d Date) Lapsed(at time.Time) bool { return d != "" && (!d.Valid() || d < DateOf(at)) }

// DaysLeft gives the days from the day of a moment in Oslo to d: 0 on the last day, below 0 after it.
func (d Date) DaysLeft(at time.Time) int {
	return int(d.Time().Sub(DateOf(at).Time()) / (24 * time.Hour))
}

// ymd gives the day as the number yyyymmdd, for sums without an allocation; 0 for none and for what is no yyyy-mm-dd.
func (d Date) ymd() int {
	if len(d) != len(time.DateOnly) || d[4] != '-' || d[7] != '-' {
		return 0
	}
	n := 0
	for i := range len(d) {
		switch c := d[i]; {
		case i == 4 || i == 7:
		case c < '0' || c > '9':
			return 0
		default:
			n = n*10 + int(c-'0')
		}
	}
	return n
}

// dateOfYMD is the way back from ymd.
func dateOfYMD(n int) Date {
	if n == 0 {
		return ""
	}
	return Date(fmt.Sprintf("%04d-%02d-%02d", n/10000, n/100%100, n%100))
}
