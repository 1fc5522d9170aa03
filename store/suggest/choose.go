package suggest

import (
	"cmp"
	"slices"

	"samband/store"
)

// Choose gives the best suggestion for each variable without a rule that has at least a score, the surest first. A field
// goes to one variable, the surest, and not to one when a rule reads it already, unless several is asked for.
func Choose(c *store.Codebook, m *store.Mapping, all map[string][]store.Suggestion, score float64, several bool) []store.Suggestion {
	ruled, taken := make(map[string]bool, len(m.Rules)), map[string]bool{}
	for i := range m.Rules {
		ruled[m.Rules[i].Variable] = true
		for _, name := range m.Rules[i].Sources() {
			taken[name] = true
		}
	}
	var list []store.Suggestion
	for i := range c.Variables {
		name := c.Variables[i].Name
		if ruled[name] {
			continue
		}
		for _, g := range all[name] {
			if g.Score < score {
				break // the best come first
			}
			list = append(list, g)
		}
	}
	slices.SortStableFunc(list, func(a, b store.Suggestion) int { return cmp.Compare(b.Score, a.Score) })
	var chosen []store.Suggestion
	done := map[string]bool{}
	for _, g := range list {
		if done[g.Variable] || !several && taken[g.Fields[0]] {
			continue
		}
		done[g.Variable], taken[g.Fields[0]] = true, true
		chosen = append(chosen, g)
	}
	return chosen
}
