package mapping

import (
	"slices"

	"samband/store"
)

// RowPreview is what the mapping makes of one row, told to a person.
type RowPreview struct {
	Outcome Outcome
	Reason  string // why the row would be held back; "" when it would not
	// Failed lists every check the row fails, in the mapping's order, those that only warn too, each with every
	// variable that is to blame.
	Failed    []store.FailedCheck
	Variables []VariablePreview // by the mapping's rules; none of a row that is filtered
}

// VariablePreview is one variable before and after. Texts are valid as long as the row's cells are.
type VariablePreview struct {
	Variable string
	Before   []string // the source fields that decide on it, as store.Mapping.Reads orders them
	After    store.Value
	Reason   string // the first check that blames the variable; "" when none does
}

// reads gives the columns that decide on what the rule at an index makes: its own, and those of corrections.
func (p *Program) reads(at int) []int {
	columns := slices.Clone(p.rules[at].reads)
	for i := range p.corrections {
		if p.corrections[i].slot != p.rules[at].slot {
			continue
		}
		for _, column := range p.corrections[i].reads {
			if !slices.Contains(columns, column) {
				columns = append(columns, column)
			}
		}
	}
	return columns
}

// Preview maps one row as Evaluator.Row does, and asks all checks, not only up to the first that fails. m is the mapping
// that p was compiled from. It writes nothing.
func (p *Program) Preview(m *store.Mapping, cells []string, nulls []bool, person bool) RowPreview {
	e := p.NewEvaluator()
	pre := RowPreview{Outcome: e.Row(cells, nulls, person).Outcome}
	if pre.Outcome == Filtered {
		return pre
	}
	all := slices.SortedFunc(slices.Values(slices.Concat(p.checks, p.warns)), func(a, b check) int { return a.index - b.index })
	reasons := make([]string, len(p.codebook.Variables))
	for _, x := range all {
		c := &m.Checks[x.index]
		for skip := 0; ; skip++ {
			bad, slot := x.find(e, skip)
			if !bad {
				break
			}
			f := store.FailedCheck{Reason: c.Reason, Warn: c.Warn}
			if slot >= 0 {
				f.Variable = p.codebook.Variables[slot].Name
				if reasons[slot] == "" {
					reasons[slot] = c.Reason
				}
			}
			if pre.Reason == "" && !c.Warn {
				pre.Reason = c.Reason
			}
			pre.Failed = append(pre.Failed, f)
		}
	}
	for i := range m.Rules {
		r := &m.Rules[i]
		slot := p.rules[i].slot
		v := VariablePreview{Variable: r.Variable, After: e.Values[slot], Reason: reasons[slot]}
		for _, column := range p.reads(i) {
			v.Before = append(v.Before, cells[column])
		}
		pre.Variables = append(pre.Variables, v)
	}
	return pre
}
