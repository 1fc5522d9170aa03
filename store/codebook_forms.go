package store

import (
	"cmp"
	"maps"
	"slices"
)

// alike is how much two forms must have in common to be the same one under another name: of all the variables that
// either has, the share that both have.
const alike = 0.5

// pairForms finds the forms that only changed their name: those that are gone, paired with those that came, by the names
// of their variables, the likest first. It gives new name → old.
func pairForms(then, now map[string][]string) map[string]string {
	type pair struct {
		was, is string
		like    float64
	}
	var pairs []pair
	for _, was := range slices.Sorted(maps.Keys(then)) {
		if _, stays := now[was]; stays {
			continue
		}
		for _, is := range slices.Sorted(maps.Keys(now)) {
			if _, stood := then[is]; stood {
				continue
			}
			if like := likeness(then[was], now[is]); like >= alike {
				pairs = append(pairs, pair{was, is, like})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.like, a.like) })
	renamed, taken := map[string]string{}, map[string]bool{}
	for _, p := range pairs {
		if _, has := renamed[p.is]; !has && !taken[p.was] {
			renamed[p.is], taken[p.was] = p.was, true
		}
	}
	return renamed
}

// likeness is the share of all the names in a and b that are in both.
func likeness(a, b []string) float64 {
	in := map[string]int{}
	for _, n := range a {
		in[n] |= 1
	}
	for _, n := range b {
		in[n] |= 2
	}
	both := 0
	for _, where := range in {
		if where == 3 {
			both++
		}
	}
	return float64(both) / float64(max(len(in), 1))
}
