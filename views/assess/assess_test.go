package assess

import (
	"slices"
	"testing"

	"samband/store"
)

// TestParts: every area of a scope is read in exactly one part, so that nothing an approval covers goes unsaid.
func TestParts(t *testing.T) {
	var said []string
	for _, p := range parts {
		said = append(said, p.areas...)
	}
	want := slices.Clone(store.ScopeAreas)
	slices.Sort(said)
	slices.Sort(want)
	if !slices.Equal(said, want) {
		t.Errorf("said %v\nnot %v", said, want)
	}
}
