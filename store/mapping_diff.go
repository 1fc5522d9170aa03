package store

import (
	"slices"
	"strings"
)

// Diff gives every line in which m differs from an earlier mapping of the same integration, in the order pages show
// them. Areas are field, person, rule, check, order (of the checks), correction, turns (the order of the corrections),
// table, list, keep and resolve; Old and New are the JSON of what stood and what stands.
func (m *Mapping) Diff(before *Mapping) []Difference {
	var ds []Difference
	add := func(area, name, old, now string) {
		d := Difference{Area: area, Name: name, Kind: Changed, Old: old, New: now}
		switch {
		case old == now:
			return
		case old == "":
			d.Kind = Added
		case now == "":
			d.Kind = Removed
		}
		ds = append(ds, d)
	}
	for _, name := range either(before.Source, m.Source, func(f *Field) string { return f.Name }) {
		add("field", name, jsonOf(before.Field(name)), jsonOf(m.Field(name)))
	}
	add("person", "", canonical(before.Person), canonical(m.Person))
	for _, name := range either(before.Rules, m.Rules, func(r *Rule) string { return r.Variable }) {
		add("rule", name, jsonOf(before.Rule(name)), jsonOf(m.Rule(name)))
	}
	for _, name := range either(before.Checks, m.Checks, func(c *Check) string { return c.Reason }) {
		add("check", name, jsonOf(before.Check(name)), jsonOf(m.Check(name)))
	}
	order := func(area string, was, is []string) {
		both := func(names, other []string) string { // what is new or gone doesn't count as moved
			return strings.Join(slices.DeleteFunc(names, func(n string) bool { return !slices.Contains(other, n) }), ", ")
		}
		add(area, "", both(slices.Clone(was), is), both(slices.Clone(is), was))
	}
	order("order", before.reasons(), m.reasons())
	for _, name := range either(before.Corrections, m.Corrections, func(k *Correction) string { return k.Name }) {
		add("correction", name, jsonOf(before.Correction(name)), jsonOf(m.Correction(name)))
	}
	order("turns", before.names(), m.names())
	for _, name := range either(before.Tables, m.Tables, func(t *LookupTable) string { return t.Name }) {
		add("table", name, jsonOf(before.Table(name)), jsonOf(m.Table(name)))
	}
	for _, name := range either(before.Lists, m.Lists, func(l *ListPin) string { return l.System }) {
		add("list", name, before.List(name), m.List(name))
	}
	add("keep", "", jsonOf(before.Keep), jsonOf(m.Keep))
	add("resolve", "", canonical(before.Resolve), canonical(m.Resolve))
	return ds
}

// Check gives the check with that reason, or nil.
func (m *Mapping) Check(reason string) *Check {
	i := slices.IndexFunc(m.Checks, func(c Check) bool { return c.Reason == reason })
	if i < 0 {
		return nil
	}
	return &m.Checks[i]
}

// Correction gives the correction of that name, or nil.
func (m *Mapping) Correction(name string) *Correction {
	i := slices.IndexFunc(m.Corrections, func(k Correction) bool { return k.Name == name })
	if i < 0 {
		return nil
	}
	return &m.Corrections[i]
}

// Table gives the lookup table of that name, or nil.
func (m *Mapping) Table(name string) *LookupTable {
	i := slices.IndexFunc(m.Tables, func(t LookupTable) bool { return t.Name == name })
	if i < 0 {
		return nil
	}
	return &m.Tables[i]
}

// List gives the version of a national list that the mapping rests on; "" when it rests on none.
func (m *Mapping) List(system string) string {
	i := slices.IndexFunc(m.Lists, func(l ListPin) bool { return l.System == system })
	if i < 0 {
		return ""
	}
	return m.Lists[i].Version
}

// reasons gives the reasons of the checks, in their order.
func (m *Mapping) reasons() (list []string) {
	for i := range m.Checks {
		list = append(list, m.Checks[i].Reason)
	}
	return list
}

// names gives the names of the corrections, in their order.
func (m *Mapping) names() (list []string) {
	for i := range m.Corrections {
		list = append(list, m.Corrections[i].Name)
	}
	return list
}

// turns gives the corrections in use whose order counts: those of variables that have several.
func (m *Mapping) turns() (list []string) {
	count := map[string]int{}
	for i := range m.Corrections {
		if k := &m.Corrections[i]; k.Undone == nil {
			count[k.Variable]++
		}
	}
	for i := range m.Corrections {
		if k := &m.Corrections[i]; k.Undone == nil && count[k.Variable] > 1 {
			list = append(list, k.Name)
		}
	}
	return list
}

func jsonOf[T any](v *T) string {
	if v == nil {
		return ""
	}
	return canonical(v)
}

// either gives the names in a and b, each once: b's in their order, then what only a has.
func either[T any](a, b []T, name func(*T) string) []string {
	var names []string
	for _, list := range [][]T{b, a} {
		for i := range list {
			if n := name(&list[i]); !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	return names
}
