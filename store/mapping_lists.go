package store

import (
	"cmp"
	"slices"
)

// Systems gives the code systems that a mapping and its codebook rest on, each once, in order: of variables, checks,
// normalise steps and pins.
func (m *Mapping) Systems(c *Codebook) []string {
	var list []string
	for i := range c.Variables {
		list = append(list, c.Variables[i].System)
	}
	for i := range m.Checks {
		list = append(list, m.Checks[i].System)
	}
	for i := range m.Rules {
		list = append(list, systemsOf(m.Rules[i].Steps)...)
	}
	for _, p := range m.Lists {
		list = append(list, p.System)
	}
	return eachOnce(list)
}

// systemsOf gives the code systems of steps, in their order.
func systemsOf(steps []Step) (list []string) {
	for i := range steps {
		list = append(list, steps[i].System)
		list = append(append(list, systemsOf(steps[i].Then)...), systemsOf(steps[i].Else)...)
	}
	return list
}

// eachOnce puts a list in order and leaves out what says nothing, or says it again.
func eachOnce(list []string) []string {
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(s string) bool { return s == "" })
}

// Pinned gives the mapping's pins with p in place of its system's, in order of system, and leaves m as it is.
func (m *Mapping) Pinned(p ListPin) []ListPin {
	list := slices.DeleteFunc(slices.Clone(m.Lists), func(x ListPin) bool { return x.System == p.System })
	list = append(list, p)
	slices.SortFunc(list, func(a, b ListPin) int { return cmp.Compare(a.System, b.System) })
	return list
}
