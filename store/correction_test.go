package store

import (
	"testing"
	"time"
)

func TestStamp(t *testing.T) {
	then, now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	known := Mapping{Corrections: []Correction{
		{Name: "a", Variable: "v", Reason: "r", Author: "kaja", Made: then, Undone: &Undone{By: "kari", At: then, Reason: "u"}},
		{Name: "b", Variable: "v", Reason: "r", Author: "kaja", Made: then}}}
	m := Mapping{Corrections: []Correction{
		{Name: "a", Variable: "v", Reason: "r", Author: "someone", Undone: &Undone{By: "x", Reason: "u"}},
		{Name: "b", Variable: "v", Reason: "another", Author: "kaja", Made: then},
		{Name: "c", Variable: "v", Author: "solveig", Made: then, Undone: &Undone{By: "solveig", Reason: "w"}}}}
	m.Stamp(&known, "ola", now)
	for i, want := range []struct {
		author, undone string
		at             time.Time
	}{{"kaja", "kari", then}, {"ola", "", now}, {"ola", "ola", now}} {
		k := m.Corrections[i]
		undone := ""
		if k.Undone != nil {
			undone = k.Undone.By
		}
		if k.Author != want.author || undone != want.undone || !k.Made.Equal(want.at) {
			t.Errorf("%s: made by %q at %v, undone by %q", k.Name, k.Author, k.Made, undone)
		}
	}
}
