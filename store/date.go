package store

import "time"

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

// AddDays moves a date.
func (d Date) AddDays(n int) Date { return Date(d.Time().AddDate(0, 0, n).Format(time.DateOnly)) }

// Before tells whether d is an earlier day than e. Neither may be empty.
func (d Date) Before(e Date) bool { return d < e }
