package mapping

import (
	"slices"

	"samband/store"
)

// kind gives the check that catches a fault; of several the first.
func (f Fault) kind() store.CheckKind {
	switch {
	case f&FaultDate != 0:
		return store.CheckDate
	case f&FaultCode != 0:
		return store.CheckCode
	case f&FaultNumber != 0:
		return store.CheckNumber
	case f&FaultExpr != 0:
		return store.CheckExpr
	case f&FaultRange != 0:
		return store.CheckRange
	}
	return ""
}

// traced makes a step note what it did.
func traced(of *store.Step, s step) step {
	return func(e *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		at := len(e.trail)
		e.trail = append(e.trail, store.ExplainedStep{Step: *of, Depth: e.depth, Before: v,
			Passed: !of.Kind.Begins() && (bad != 0 || v.IsNull())})
		e.depth++
		out, fault := s(e, v, bad)
		e.depth--
		x := &e.trail[at]
		x.After, x.Fault = out, fault.kind()
		x.Passed = x.Passed && fault == bad && out == v && len(e.trail) == at+1
		return out, fault
	}
}

// Explain walks the rule of one variable over a row with the given columns: every step with the value before and after
// it, the corrections, and the checks that blame the variable. It compiles the mapping as Compile does and gives the
// same errors. Texts are valid as long as the row's cells are; person numbers in them are not masked.
func Explain(m *store.Mapping, c *store.Codebook, fields []string, lists Lists, cells []string, nulls []bool, person bool,
	variable string) (*store.Explanation, error) {
	if m.Rule(variable) == nil {
		return nil, store.E(store.NotFound, "mapping.unknown_variable", store.Args{"variable": variable})
	}
	p, err := compile(*m, *c, fields, lists, true)
	if err != nil {
		return nil, err
	}
	x := &store.Explanation{Variable: variable}
	pre := p.Preview(m, cells, nulls, person)
	if x.Filtered = pre.Outcome == Filtered; x.Filtered {
		return x, nil
	}
	x.Reason = pre.Reason
	for _, f := range pre.Failed {
		if f.Variable == variable {
			x.Failed = append(x.Failed, f)
		}
	}
	e := p.NewEvaluator()
	e.Row(cells, nulls, person)
	slot := slices.IndexFunc(c.Variables, func(v store.Variable) bool { return v.Name == variable })
	x.Value = e.Values[slot]
	at := slices.IndexFunc(p.rules, func(r rule) bool { return r.slot == slot })
	for _, i := range p.reads(at) {
		f := store.FieldText{Field: p.fields[i], Text: cells[i], Null: nulls != nil && nulls[i]}
		x.Fields = append(x.Fields, f)
	}

	// The rules once more, without corrections, and then the corrections one by one.
	e.rules()
	x.Made, x.Fault = e.Values[slot], e.faults[slot].kind()
	for _, missed := range e.Missed {
		if missed.Slot == slot {
			x.Missing = missed.Reason
		}
	}
	e.trail = nil
	e.rule(&p.rules[at])
	x.Steps = e.trail
	e.rules()
	e.intend()
	for i := range p.corrections {
		k := &p.corrections[i]
		e.trail = nil
		step := store.ExplainedCorrection{Name: m.Corrections[k.index].Name, Meant: e.meant[i], Before: e.Values[k.slot]}
		if e.meant[i] {
			step.Applied = e.apply(k)
		}
		step.After, step.Fault, step.Steps = e.Values[k.slot], e.faults[k.slot].kind(), e.trail
		if k.slot == slot {
			x.Corrections = append(x.Corrections, step)
		}
	}
	return x, nil
}
