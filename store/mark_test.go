package store

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMarkLost(t *testing.T) {
	m := Mark{Audit: 10, Run: 4, Loaded: 4, Registries: map[string]int64{"a": 2, "b": 1}, Vault: 3, Consent: 5}
	same := func(change func(*Mark)) Mark {
		n := m
		n.Registries = map[string]int64{"a": 2, "b": 1}
		change(&n)
		return n
	}
	for name, c := range map[string]struct {
		now  Mark
		want Code
	}{
		"the same":           {m, ""},
		"further":            {same(func(n *Mark) { n.Audit, n.Run, n.Registries["c"], n.Vault = 20, 5, 1, 4 }), ""},
		"entries are gone":   {same(func(n *Mark) { n.Audit = 9 }), "mark.behind"},
		"a run is gone":      {same(func(n *Mark) { n.Run, n.Loaded = 3, 3 }), "mark.behind"},
		"a load is gone":     {same(func(n *Mark) { n.Registries["a"] = 1 }), "mark.behind"},
		"a registry is gone": {same(func(n *Mark) { delete(n.Registries, "b") }), "mark.behind"},
		"persons are gone":   {same(func(n *Mark) { n.Vault = 2 }), "mark.behind"},
		"choices are gone":   {same(func(n *Mark) { n.Consent = 4 }), "mark.behind"},
		"unknown runs":       {same(func(n *Mark) { n.Loaded = 5 }), "mark.ahead"},
	} {
		var got Code
		if e := m.Lost(c.now).Err(time.Time{}); e != nil {
			got = e.Code
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestMarkGrows: what only grows is never taken for lost, and whatever shrinks always is.
func TestMarkGrows(t *testing.T) {
	number := rapid.Int64Range(0, 50)
	rapid.Check(t, func(t *rapid.T) {
		m := Mark{Audit: number.Draw(t, "audit"), Run: 50, Loaded: number.Draw(t, "loaded"),
			Registries: rapid.MapOf(rapid.StringMatching("[a-c]"), rapid.Int64Range(1, 9)).Draw(t, "registries")}
		now := Mark{Audit: m.Audit + number.Draw(t, "more"), Run: 50 + number.Draw(t, "runs"), Loaded: m.Loaded,
			Registries: map[string]int64{"d": 1}}
		for id, n := range m.Registries {
			now.Registries[id] = n + number.Draw(t, id)
		}
		if l := m.Lost(now); !l.None() {
			t.Fatalf("%+v to %+v: %+v", m, now, l)
		}
		for id := range m.Registries {
			now.Registries[id] = m.Registries[id] - 1
			if l := m.Lost(now); len(l.Registries) != 1 || l.Registries[0] != id {
				t.Fatalf("%+v to %+v: %+v", m, now, l)
			}
			now.Registries[id]++
		}
	})
}
