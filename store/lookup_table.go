package store

import "slices"

// What bounds a lookup table: it is part of every version of the mapping, and of what an approval covers.
const (
	MaxTableRows = 5_000
	MaxTableCell = 200 // characters
)

// LooksUp gives the variables whose rule or correction looks something up in a table, in the mapping's order, each once.
func (m *Mapping) LooksUp(table string) []string {
	var names []string
	var reads func([]Step) bool
	reads = func(steps []Step) bool {
		return slices.ContainsFunc(steps, func(s Step) bool {
			return s.Kind == StepLookup && s.Table == table || reads(s.Then) || reads(s.Else)
		})
	}
	add := func(variable string, steps []Step) {
		if reads(steps) && !slices.Contains(names, variable) {
			names = append(names, variable)
		}
	}
	for _, r := range m.Rules {
		add(r.Variable, r.Steps)
	}
	for _, k := range m.Corrections {
		if k.Undone == nil {
			add(k.Variable, k.Steps)
		}
	}
	return names
}
