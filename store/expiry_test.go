package store

import (
	"testing"
	"time"
)

func TestExpiryStep(t *testing.T) {
	ends := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		before time.Duration
		step   int
		near   bool
	}{
		{31 * 24 * time.Hour, 0, false},
		{30*24*time.Hour + time.Second, 0, false},
		{30 * 24 * time.Hour, 30, true},
		{7*24*time.Hour + time.Second, 30, true},
		{7 * 24 * time.Hour, 7, true},
		{25 * time.Hour, 7, true},
		{24 * time.Hour, 1, true},
		{time.Second, 1, true},
		{0, 0, true},
		{-365 * 24 * time.Hour, 0, true},
	} {
		if step, near := ExpiryStep(ends, ends.Add(-c.before)); step != c.step || near != c.near {
			t.Errorf("%v before: %d %t, want %d %t", c.before, step, near, c.step, c.near)
		}
	}
}
