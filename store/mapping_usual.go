package store

import (
	"slices"
	"strconv"
)

// usual are the checks that need nothing said but their kind, in the order that gives a row the reason that tells most,
// with their machine names.
var usual = []struct {
	kind   CheckKind
	reason string
}{
	{CheckPerson, "invalid_person"}, {CheckDate, "invalid_date"}, {CheckCode, "unknown_code"}, {CheckNumber, "not_a_number"},
	{CheckExpr, "expression_failed"}, {CheckRange, "out_of_range"}, {CheckRequired, "required_missing"}, {CheckLeak, "person_in_text"},
}

// UsualChecks gives the checks that a mapping lacks of those that nearly all have: one of each fault that its rules or
// the codebook's variables can have. A kind that looks at all variables already is left as it is, also one that only
// warns, as long as no rule needs more.
func UsualChecks(m *Mapping, c *Codebook) []Check {
	wanted := map[CheckKind]bool{CheckPerson: m.From == ""}
	for i := range c.Variables {
		x := &c.Variables[i]
		switch x.Type {
		case VarDate, VarDateTime:
			wanted[CheckDate] = true
		case VarInteger, VarDecimal:
			wanted[CheckNumber] = true
		case VarText:
			wanted[CheckLeak] = true
		}
		wanted[CheckCode] = wanted[CheckCode] || len(x.Codes) > 0
		wanted[CheckRange] = wanted[CheckRange] || x.Min != nil || x.Max != nil
		wanted[CheckRequired] = wanted[CheckRequired] || x.Required || slices.Contains(c.Key, x.Name)
	}
	names := map[string]bool{}
	for _, k := range m.Checks {
		names[k.Reason] = true
		if len(k.Variables) == 0 {
			wanted[k.Kind] = false
		}
	}
	for _, kind := range Uncaught(m, c) {
		wanted[kind] = true
	}
	var list []Check
	for _, u := range usual {
		if !wanted[u.kind] {
			continue
		}
		reason := u.reason
		for n := 2; names[reason]; n++ {
			reason = u.reason + "_" + strconv.Itoa(n)
		}
		list = append(list, Check{Reason: reason, Kind: u.kind})
	}
	return list
}

// Uncaught gives the kinds of check that a mapping must have and lacks: its rows could fail in a way that nothing looks
// for, and would be lost in silence.
func Uncaught(m *Mapping, c *Codebook) []CheckKind {
	v := newValidator(m, c)
	v.rules()
	v.corrections()
	return v.uncaught()
}

func (v *validator) uncaught() []CheckKind {
	caught := map[CheckKind]bool{}
	for _, k := range v.m.Checks {
		if len(k.Variables) == 0 && !k.Warn {
			caught[k.Kind] = true
		}
	}
	v.faults[CheckPerson], v.faults[CheckRequired] = v.m.From == "", len(v.c.Key) > 0
	var kinds []CheckKind
	for _, kind := range CheckKinds {
		if v.faults[kind] && !caught[kind] {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}
