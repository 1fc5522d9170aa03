package store

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// lined gives a mapping by its lines.
func lined(m *Mapping) map[Line]string {
	lines := map[Line]string{}
	for _, d := range m.Diff(&Mapping{}) {
		lines[Line{d.Area, d.Name}] = d.New
	}
	return lines
}

func TestMerge(t *testing.T) {
	mine, theirs := func(Line) bool { return false }, func(Line) bool { return true }
	unique := func(m Mapping) *Mapping { // reasons name checks, so each stands once in what people can save
		var seen []string
		m.Checks = slices.DeleteFunc(m.Checks, func(k Check) bool {
			twice := slices.Contains(seen, k.Reason)
			seen = append(seen, k.Reason)
			return twice
		})
		return &m
	}
	rapid.Check(t, func(t *rapid.T) {
		base, a, b := unique(randomMapping(t, "base")), unique(randomMapping(t, "mine")), unique(randomMapping(t, "theirs"))
		wasA, wasB := canonical(a), canonical(b)
		g := MergeMappings(base, a, b)
		before, my, other := lined(base), lined(a), lined(b)
		for _, choice := range []func(Line) bool{mine, theirs} {
			got := lined(g.Result(&Codebook{}, choice))
			for _, all := range []map[Line]string{before, my, other} {
				for at := range all {
					if at.Area == "order" {
						continue
					}
					want := my[at]
					switch {
					case my[at] == before[at]:
						want = other[at]
					case my[at] != other[at] && other[at] != before[at] && choice(at):
						want = other[at]
					}
					if got[at] != want {
						t.Fatalf("%s %s is %q, not %q (base %q, mine %q, theirs %q)", at.Area, at.Name, got[at], want, before[at], my[at], other[at])
					}
				}
			}
		}
		if canonical(a) != wasA || canonical(b) != wasB {
			t.Fatal("merging changed what was merged")
		}
		if g := MergeMappings(base, base, b); len(g.Conflicts) > 0 || len(g.Mine) > 0 || len(g.Result(&Codebook{}, mine).Diff(b)) > 0 {
			t.Fatalf("who changed nothing gets what they have: %+v", g.Result(&Codebook{}, mine).Diff(b))
		}
		if g := MergeMappings(base, a, a); len(g.Conflicts) > 0 || len(g.Result(&Codebook{}, mine).Diff(a)) > 0 {
			t.Fatal("the same change twice is no conflict")
		}
	})
}

func TestMergeKeepsTheCodebooksOrder(t *testing.T) {
	rule := func(v string) Rule { return Rule{Variable: v} }
	c := &Codebook{Variables: []Variable{{Name: "a"}, {Name: "b"}, {Name: "c"}}}
	g := MergeMappings(&Mapping{}, &Mapping{Rules: []Rule{rule("c")}}, &Mapping{Rules: []Rule{rule("a"), rule("b")}})
	got := g.Result(c, func(Line) bool { return false })
	for i, want := range []string{"a", "b", "c"} {
		if got.Rules[i].Variable != want {
			t.Errorf("rule %d makes %s, not %s", i, got.Rules[i].Variable, want)
		}
	}
}
