package store

import (
	"reflect"
	"slices"
)

// Sources gives the fields that a rule's value comes from: what its first step reads. Later steps can read more, such as
// the unit of a number.
func (r *Rule) Sources() []string {
	if r == nil || len(r.Steps) == 0 {
		return nil
	}
	return r.Steps[0].From
}

// Reading gives the rule that reads these fields instead, and leaves r as it is. What comes after the first step stands
// when a field is added or taken away; for other fields fresh begins anew: the steps that suit the first of them. With
// several fields, how is the kind of the first step (StepFirst, StepJoin …); empty leaves the one there is, or takes
// StepFirst.
func (r *Rule) Reading(fields []string, how StepKind, fresh Rule) Rule {
	had := r.Sources()
	kept := func(f string) bool { return slices.Contains(had, f) }
	var next Rule
	if len(had) > 0 && slices.ContainsFunc(fields, kept) {
		next = *r
	} else {
		next = fresh
		if r != nil {
			next.Examples = nil // they tell of other fields
		}
	}
	next.Steps = slices.Clone(next.Steps)
	if len(next.Steps) == 0 || len(next.Steps[0].From) == 0 {
		next.Steps = append([]Step{{Kind: StepCopy}}, next.Steps...)
	}
	first := &next.Steps[0]
	switch {
	case len(fields) == 1:
		*first = Step{Kind: StepCopy}
	case how != "" && how != first.Kind:
		*first = Step{Kind: how}
		if how == StepJoin {
			first.Separator = " "
		}
	case first.Kind == StepCopy:
		*first = Step{Kind: StepFirst}
	}
	first.From = slices.Clone(fields)
	return next
}

// Without gives the mapping's rules but the one of that variable, and leaves m as it is.
func (m *Mapping) Without(variable string) []Rule {
	return slices.DeleteFunc(slices.Clone(m.Rules), func(r Rule) bool { return r.Variable == variable })
}

// With gives the mapping's rules with r in place of its variable's, in the order of the codebook, and leaves m as it is.
func (m *Mapping) With(r Rule, c *Codebook) []Rule {
	rules := m.Without(r.Variable)
	place := make(map[string]int, len(c.Variables))
	for i := range c.Variables {
		place[c.Variables[i].Name] = i
	}
	at := slices.IndexFunc(rules, func(x Rule) bool { return place[x.Variable] > place[r.Variable] })
	if at < 0 {
		at = len(rules)
	}
	return slices.Insert(rules, at, r)
}

// Touched gives the variables whose values may come out otherwise than with an earlier mapping: by their rule, by a field
// or a table that it reads, or by a correction.
func (m *Mapping) Touched(before *Mapping) map[string]bool {
	touched := map[string]bool{}
	ruleOf := func(r *Rule) string { return r.Variable }
	was, is := byName(before.Rules, ruleOf), byName(m.Rules, ruleOf)
	for _, v := range either(before.Rules, m.Rules, ruleOf) {
		touched[v] = was[v] == nil || is[v] == nil || !reflect.DeepEqual(was[v].Steps, is[v].Steps) &&
			canonical(was[v].Steps) != canonical(is[v].Steps)
	}
	for _, d := range m.Diff(&Mapping{Source: before.Source, Tables: before.Tables, Corrections: before.Corrections,
		Rules: m.Rules, Checks: m.Checks, Person: m.Person, Lists: m.Lists, Keep: m.Keep, Resolve: m.Resolve}) {
		switch d.Area {
		case "field":
			f, g := before.Field(d.Name), m.Field(d.Name)
			if f != nil && g != nil && f.Class == g.Class && f.Is == g.Is {
				continue // only what it is called
			}
			for v, r := range is {
				touched[v] = touched[v] || slices.Contains(r.Fields(), d.Name)
			}
		case "table":
			for v, r := range is {
				touched[v] = touched[v] || r.looksUp(d.Name)
			}
		case "correction":
			for _, k := range []*Correction{before.Correction(d.Name), m.Correction(d.Name)} {
				if k != nil {
					touched[k.Variable] = true
				}
			}
		}
	}
	for v, on := range touched {
		if !on {
			delete(touched, v)
		}
	}
	return touched
}

// looksUp tells whether a step of the rule reads that table.
func (r *Rule) looksUp(table string) bool {
	var in func([]Step) bool
	in = func(steps []Step) bool {
		return slices.ContainsFunc(steps, func(s Step) bool {
			return s.Kind == StepLookup && s.Table == table || in(s.Then) || in(s.Else)
		})
	}
	return in(r.Steps)
}
