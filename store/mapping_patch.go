package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
)

// MappingPatch is what lies between two mappings, small enough to keep one for every edit of a draft. It can be applied
// in either direction, and gives the other mapping exactly.
type MappingPatch struct {
	Rules []RulePatch `json:"rules,omitempty"` // by their place after, those that are gone first, by their place before
	Parts []PartPatch `json:"parts,omitempty"` // the other parts that differ, whole
}

// RulePatch is one rule that differs. A place is -1 on the side where there is no such rule.
type RulePatch struct {
	From   int   `json:"from"`
	To     int   `json:"to"`
	Before *Rule `json:"before,omitempty"`
	After  *Rule `json:"after,omitempty"`
}

// PartPatch is one part of a mapping, as JSON.
type PartPatch struct {
	Part   string          `json:"part"`
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

type mappingPart struct {
	name string
	copy func(to, from *Mapping)
}

// mappingParts are the parts that a patch holds whole, by the name they have in JSON: the rules only when they changed
// places.
var mappingParts = []mappingPart{
	{"rules", func(to, from *Mapping) { to.Rules = from.Rules }},
	{"from", func(to, from *Mapping) { to.From = from.From }},
	{"source", func(to, from *Mapping) { to.Source = from.Source }},
	{"person", func(to, from *Mapping) { to.Person = from.Person }},
	{"checks", func(to, from *Mapping) { to.Checks = from.Checks }},
	{"keep", func(to, from *Mapping) { to.Keep = from.Keep }},
	{"resolve", func(to, from *Mapping) { to.Resolve = from.Resolve }},
	{"corrections", func(to, from *Mapping) { to.Corrections = from.Corrections }},
	{"tables", func(to, from *Mapping) { to.Tables = from.Tables }},
	{"lists", func(to, from *Mapping) { to.Lists = from.Lists }},
}

// members gives the parts of a mapping as JSON.
func (m *Mapping) members() map[string]json.RawMessage {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal([]byte(canonical(m)), &parts); err != nil {
		panic(err) // what we wrote ourselves
	}
	return parts
}

// Patch gives what lies between m and a later mapping.
func (m *Mapping) Patch(later *Mapping) MappingPatch {
	var p MappingPatch
	was, is := places(m.Rules), places(later.Rules)
	for i := range m.Rules {
		if _, kept := is[m.Rules[i].Variable]; !kept {
			p.Rules = append(p.Rules, RulePatch{From: i, To: -1, Before: &m.Rules[i]})
		}
	}
	last := -1 // place before of the last rule that is in both
	moved := false
	for i := range later.Rules {
		from, kept := was[later.Rules[i].Variable]
		switch {
		case !kept:
			p.Rules = append(p.Rules, RulePatch{From: -1, To: i, After: &later.Rules[i]})
			continue
		case canonical(m.Rules[from]) != canonical(later.Rules[i]):
			p.Rules = append(p.Rules, RulePatch{From: from, To: i, Before: &m.Rules[from], After: &later.Rules[i]})
		}
		moved = moved || from < last
		last = from
	}
	whole := moved || len(was) != len(m.Rules) || len(is) != len(later.Rules) ||
		len(was) == 0 || len(is) == 0 // no rules and an empty list of them are two things in JSON
	if whole {
		p.Rules = nil
	}
	before, after := m.members(), later.members()
	for _, part := range mappingParts {
		b, a := before[part.name], after[part.name]
		if (whole || part.name != "rules") && !bytes.Equal(b, a) {
			p.Parts = append(p.Parts, PartPatch{part.name, b, a})
		}
	}
	return p
}

// Empty tells whether the two mappings are the same.
func (p *MappingPatch) Empty() bool { return len(p.Rules)+len(p.Parts) == 0 }

// errPatch is a patch applied to another mapping than it was made from.
var errPatch = errors.New("store: a patch does not fit the mapping")

// Apply gives what came after m, or with back what stood before it. m is the mapping on the other side of the patch.
func (p *MappingPatch) Apply(m *Mapping, back bool) (*Mapping, error) {
	out := *m
	rules := slices.Clone(m.Rules)
	for _, r := range p.Rules { // take out what is not on the other side, replace what is on both
		from, to, after := r.From, r.To, r.After
		if back {
			from, to, after = r.To, r.From, r.Before
		}
		switch {
		case from >= len(rules):
			return nil, errPatch
		case from >= 0 && to >= 0:
			rules[from] = *after
		case from >= 0:
			rules[from].Variable = "" // taken out below, when no place has moved yet
		}
	}
	rules = slices.DeleteFunc(rules, func(r Rule) bool { return r.Variable == "" })
	for _, r := range p.Rules { // by rising place, so that each is right when it is used
		from, to, after := r.From, r.To, r.After
		if back {
			from, to, after = r.To, r.From, r.Before
		}
		if from < 0 {
			if to > len(rules) {
				return nil, errPatch
			}
			rules = slices.Insert(rules, to, *after)
		}
	}
	out.Rules = rules
	for _, x := range p.Parts {
		now := x.After
		if back {
			now = x.Before
		}
		i := slices.IndexFunc(mappingParts, func(k mappingPart) bool { return k.name == x.Part })
		if i < 0 {
			return nil, errPatch
		}
		var fresh Mapping // m shares its parts with others, so nothing is read into them
		if now != nil {   // a part that is left out of the JSON is empty
			if err := json.Unmarshal(slices.Concat([]byte(`{"`+x.Part+`":`), now, []byte("}")), &fresh); err != nil {
				return nil, err
			}
		}
		mappingParts[i].copy(&out, &fresh)
	}
	return &out, nil
}

func places(rules []Rule) map[string]int {
	at := make(map[string]int, len(rules))
	for i := range rules {
		at[rules[i].Variable] = i
	}
	return at
}
