package mapping

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

func TestLivePages(t *testing.T) {
	for _, x := range []struct {
		forms []int // how many variables each has
		want  string
	}{
		{nil, "[]"}, {[]int{5}, "[5]"}, {[]int{4, 5, 3, 1}, "[12 1]"}, {[]int{10, 3, 9}, "[10 12]"}, {[]int{2, 30, 4}, "[2 12 12 10]"},
		{[]int{12, 12}, "[12 12]"},
	} {
		got := []int{}
		for _, p := range LivePages(variables(x.forms), LiveColumns) {
			got = append(got, len(p))
		}
		if fmt.Sprint(got) != x.want {
			t.Errorf("%v: %v, not %s", x.forms, got, x.want)
		}
	}
}

func variables(forms []int) (vs []store.Variable) {
	for f, n := range forms {
		for i := range n {
			vs = append(vs, store.Variable{Name: fmt.Sprintf("v%d_%d", f, i), Form: fmt.Sprint("Skjema ", f)})
		}
	}
	return vs
}

// TestLivePagesKeepEverything: whatever the forms are, every variable stands once, in order, and no page is too wide.
func TestLivePagesKeepEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vs := variables(rapid.SliceOfN(rapid.IntRange(1, 40), 0, 20).Draw(t, "forms"))
		pages := LivePages(vs, LiveColumns)
		for _, p := range pages {
			if len(p) == 0 || len(p) > LiveColumns {
				t.Fatalf("a page of %d", len(p))
			}
		}
		if !slices.EqualFunc(slices.Concat(pages...), vs, func(a, b store.Variable) bool { return a.Name == b.Name }) {
			t.Fatal("not all variables stand in their order")
		}
	})
}
