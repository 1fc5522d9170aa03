package store

import (
	"reflect"
	"slices"
	"strings"
)

// Diff gives every line in which m differs from an earlier mapping of the same integration, in the order pages show
// them. Areas are from, field, person, rule, check, order (of the checks), correction, turns (the order of the corrections),
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
	add("from", "", before.From, m.From)
	lines("field", before.Source, m.Source, func(f *Field) string { return f.Name }, add)
	add("person", "", canonical(before.Person), canonical(m.Person))
	lines("rule", before.Rules, m.Rules, func(r *Rule) string { return r.Variable }, add)
	lines("check", before.Checks, m.Checks, func(c *Check) string { return c.Reason }, add)
	order := func(area string, was, is []string) {
		both := func(names, other []string) string { // what is new or gone doesn't count as moved
			return strings.Join(slices.DeleteFunc(names, func(n string) bool { return !slices.Contains(other, n) }), ", ")
		}
		add(area, "", both(slices.Clone(was), is), both(slices.Clone(is), was))
	}
	order("order", before.reasons(), m.reasons())
	lines("correction", before.Corrections, m.Corrections, func(k *Correction) string { return k.Name }, add)
	order("turns", before.names(), m.names())
	lines("table", before.Tables, m.Tables, func(t *LookupTable) string { return t.Name }, add)
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

// lines adds what differs between two lists of named things, in the order of either.
func lines[T any](area string, before, now []T, name func(*T) string, add func(area, name, old, now string)) {
	was, is := byName(before, name), byName(now, name)
	for _, n := range either(before, now, name) {
		// Most lines are the same, and to compare them costs less than to write them.
		if b, x := was[n], is[n]; b == nil || x == nil || !reflect.DeepEqual(b, x) {
			add(area, n, jsonOf(b), jsonOf(x))
		}
	}
}

// byName gives things by name; the first, where several have the same.
func byName[T any](list []T, name func(*T) string) map[string]*T {
	by := make(map[string]*T, len(list))
	for i := range list {
		if n := name(&list[i]); by[n] == nil {
			by[n] = &list[i]
		}
	}
	return by
}

// either gives the names in a and b, each once: b's in their order, then what only a has.
func either[T any](a, b []T, name func(*T) string) []string {
	seen := make(map[string]bool, len(b))
	var names []string
	for _, list := range [][]T{b, a} {
		for i := range list {
			if n := name(&list[i]); !seen[n] {
				seen[n] = true
				names = append(names, n)
			}
		}
	}
	return names
}
