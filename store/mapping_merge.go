package store

import (
	"cmp"
	"slices"
)

// MappingMerge sets two mappings that began from the same one beside each other: what only one of them changed can be
// had without asking, what both changed into different things a person must choose.
type MappingMerge struct {
	Theirs    []Difference    // what only they changed
	Mine      []Difference    // what only I changed
	Conflicts []MergeConflict // what both changed, not to the same
	base      *Mapping
	mine      *Mapping
	theirs    *Mapping
}

// MergeConflict is one line that both changed. A side is "" where the line is gone.
type MergeConflict struct {
	Line
	Base, Mine, Theirs string // as Mapping.Diff writes them
}

// MergeMappings compares line by line, as Mapping.Diff cuts a mapping into lines.
func MergeMappings(base, mine, theirs *Mapping) *MappingMerge {
	g := &MappingMerge{base: base, mine: mine, theirs: theirs}
	by := map[Line]Difference{}
	for _, d := range mine.Diff(base) {
		by[Line{d.Area, d.Name}] = d
	}
	met := map[Line]bool{}
	for _, d := range theirs.Diff(base) {
		at := Line{d.Area, d.Name}
		switch m, both := by[at]; {
		case !both:
			g.Theirs = append(g.Theirs, d)
			continue
		case m.New != d.New:
			g.Conflicts = append(g.Conflicts, MergeConflict{Line: at, Base: d.Old, Mine: m.New, Theirs: d.New})
		}
		met[at] = true
	}
	for _, d := range mine.Diff(base) {
		if !met[Line{d.Area, d.Name}] {
			g.Mine = append(g.Mine, d)
		}
	}
	return g
}

// Result gives my mapping with what only they changed, and of each conflict what choose says: theirs, or else mine.
// What is new comes after what stood there before it on their side; rules keep the order of the codebook c.
func (g *MappingMerge) Result(c *Codebook, theirs func(Line) bool) *Mapping {
	out := *g.mine
	out.Source, out.Rules, out.Checks = slices.Clone(out.Source), slices.Clone(out.Rules), slices.Clone(out.Checks)
	out.Corrections, out.Tables = slices.Clone(out.Corrections), slices.Clone(out.Tables)
	out.Lists = slices.Clone(out.Lists)
	var lines []Line
	for _, d := range g.Theirs {
		lines = append(lines, Line{d.Area, d.Name})
	}
	for _, x := range g.Conflicts {
		if theirs(x.Line) {
			lines = append(lines, x.Line)
		}
	}
	for _, at := range lines {
		out.take(at, g.theirs)
	}
	if len(c.Variables) > 0 {
		place := make(map[string]int, len(c.Variables))
		for i, v := range c.Variables {
			place[v.Name] = i + 1
		}
		slices.SortStableFunc(out.Rules, func(a, b Rule) int { return cmp.Compare(place[a.Variable], place[b.Variable]) })
	}
	return &out
}

// take makes one line of m what it is in from.
func (m *Mapping) take(at Line, from *Mapping) {
	switch at.Area {
	case "from":
		m.From = from.From
	case "field":
		m.Source = taken(m.Source, from.Source, at.Name, func(f *Field) string { return f.Name })
	case "person":
		m.Person = from.Person
	case "rule":
		m.Rules = taken(m.Rules, from.Rules, at.Name, func(r *Rule) string { return r.Variable })
	case "check":
		m.Checks = taken(m.Checks, from.Checks, at.Name, func(k *Check) string { return k.Reason })
	case "order":
		m.Checks = ordered(m.Checks, from.Checks, func(k *Check) string { return k.Reason })
	case "correction":
		m.Corrections = taken(m.Corrections, from.Corrections, at.Name, func(k *Correction) string { return k.Name })
	case "turns":
		m.Corrections = ordered(m.Corrections, from.Corrections, func(k *Correction) string { return k.Name })
	case "table":
		m.Tables = taken(m.Tables, from.Tables, at.Name, func(t *LookupTable) string { return t.Name })
	case "list":
		m.Lists = taken(m.Lists, from.Lists, at.Name, func(l *ListPin) string { return l.System })
	case "keep":
		m.Keep = from.Keep
	case "resolve":
		m.Resolve = from.Resolve
	}
}

// taken gives list with the member of that name as from has it: replaced, taken out, or put after the one that it
// follows there.
func taken[T any](list, from []T, name string, of func(*T) string) []T {
	at := func(list []T, name string) int {
		for i := range list {
			if of(&list[i]) == name {
				return i
			}
		}
		return -1
	}
	here, there := at(list, name), at(from, name)
	switch {
	case there < 0 && here < 0:
		return list
	case there < 0:
		return slices.Delete(list, here, here+1)
	case here >= 0:
		list[here] = from[there]
		return list
	}
	for i := there - 1; i >= 0; i-- {
		if before := at(list, of(&from[i])); before >= 0 {
			return slices.Insert(list, before+1, from[there])
		}
	}
	return slices.Insert(list, 0, from[there])
}

// ordered gives list in the order of from; what from doesn't have stays after the one it follows.
func ordered[T any](list, from []T, of func(*T) string) []T {
	place := map[string]int{}
	for i := range from {
		place[of(&from[i])] = i + 1
	}
	rank := make(map[string]int, len(list))
	last := 0
	for i := range list {
		if p := place[of(&list[i])]; p > 0 {
			last = p
		}
		rank[of(&list[i])] = last
	}
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(rank[of(&a)], rank[of(&b)]) })
	return list
}
