package store_test

import (
	"testing"
	"time"

	"samband/store"
)

func TestCircuit(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	c := store.Circuit{Host: "kilde:443"}
	enter := func(want bool) {
		t.Helper()
		ok, until := c.Enter(now)
		if ok != want || ok != until.IsZero() {
			t.Fatalf("let through %v until %v, want %v", ok, until, want)
		}
	}
	for range store.CircuitFailures {
		enter(true)
		c.Failed(now, "http.refused", 0)
	}
	enter(false)
	if c.State(now) != store.CircuitOpen || c.OpenedAt != now {
		t.Fatalf("%+v", c)
	}
	now = c.Until
	enter(true)  // one tries
	enter(false) // the others wait meanwhile
	before := c.Until.Sub(now)
	c.Failed(now, "http.refused", 0)
	if held := c.Until.Sub(now); held != 2*before {
		t.Errorf("stays open %v after %v", held, before)
	}
	for range 20 {
		c.Failed(now, "http.refused", 0)
	}
	if held := c.Until.Sub(now); held != 30*time.Minute {
		t.Errorf("stays open %v", held)
	}
	c.Failed(now, "http.busy", 2*time.Hour)
	if held := c.Until.Sub(now); held != 2*time.Hour {
		t.Errorf("stays open %v when asked to stay away two hours", held)
	}
}
