package store

import "slices"

// Alone gives the part of a mapping that makes some variables, and the part of the codebook they are in, so that a rule
// can be tried while the rest is unfinished. What one row can't show is left out: the key, how versions are settled,
// checks on other variables and expressions over several. A fault that no check is left to catch gets one, named as its
// kind. When the rules of the variables can run, so can this.
func (m *Mapping) Alone(c *Codebook, variables ...string) (Mapping, Codebook) {
	book := *c
	book.Key, book.Variables = nil, nil
	for _, v := range c.Variables {
		if slices.Contains(variables, v.Name) {
			v.Required = false // a variable that is not mapped yet is in nobody's way
			book.Variables = append(book.Variables, v)
		}
	}
	alone := Mapping{From: m.From, Source: m.Source, Person: m.Person, Keep: m.Keep, Tables: m.Tables, Lists: m.Lists}
	for _, r := range m.Rules {
		if slices.Contains(variables, r.Variable) && book.Variable(r.Variable) != nil {
			alone.Rules = append(alone.Rules, r)
		}
	}
	ruled := func(name string) bool { return alone.Rule(name) != nil }
	for _, k := range m.Corrections {
		if ruled(k.Variable) && ruled(k.At) {
			alone.Corrections = append(alone.Corrections, k)
		}
	}
	caught := map[CheckKind]bool{}
	for _, k := range m.Checks {
		switch {
		case k.Kind == CheckRule, k.Kind == CheckList && !ruled(k.At), k.Kind == CheckOrder && !(ruled(k.Earlier) && ruled(k.Later)):
			continue
		case len(k.Variables) > 0:
			k.Variables = slices.DeleteFunc(slices.Clone(k.Variables), func(n string) bool { return !ruled(n) })
			if len(k.Variables) == 0 {
				continue
			}
		case !k.Warn:
			caught[k.Kind] = true
		}
		alone.Checks = append(alone.Checks, k)
	}
	for _, kind := range []CheckKind{CheckPerson, CheckDate, CheckCode, CheckNumber, CheckExpr} {
		if !caught[kind] {
			name := string(kind)
			for alone.Check(name) != nil {
				name += "_"
			}
			alone.Checks = append(alone.Checks, Check{Reason: name, Kind: kind})
		}
	}
	return alone, book
}
