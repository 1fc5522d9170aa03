package mapping

import (
	"slices"

	"samband/store"
)

// RunExamples tries every example of the mapping's rules: each rule alone, before any correction, with the checks that
// look at its value or its faults. It gives the same errors as Compile; examples hold nothing secret, so neither do the
// results.
func RunExamples(m *store.Mapping, c *store.Codebook, lists Lists) ([]store.ExampleResult, error) {
	p, err := Compile(*m, *c, healthFields(m), lists)
	if err != nil {
		return nil, err
	}
	return p.examples(m), nil
}

func (p *Program) examples(m *store.Mapping) []store.ExampleResult {
	var out []store.ExampleResult
	e := p.NewEvaluator()
	e.cells, e.nulls = make([]string, len(p.fields)), make([]bool, len(p.fields))
	for i := range m.Rules {
		r := &p.rules[i]
		for n, x := range m.Rules[i].Examples {
			for f, name := range p.fields {
				text, there := x.In[name]
				e.cells[f], e.nulls[f] = text, !there
			}
			clear(e.Values)
			clear(e.faults)
			v, bad := e.rule(r)
			e.Values[r.slot], e.faults[r.slot], e.any = v, bad, bad
			res := store.ExampleResult{Variable: m.Rules[i].Variable, No: n + 1,
				Want: store.Ending{Out: x.Out, Null: x.Null, Fault: x.Fault}}
			switch fault := p.fault(m, e, r.slot); {
			case fault != "":
				res.Got.Fault = fault
			case v.IsNull():
				res.Got.Null = true
			default:
				res.Got.Out = v.Text()
			}
			res.Holds = res.Got == res.Want || res.Got.Fault == "" && res.Want.Fault == "" && !res.Got.Null && !res.Want.Null &&
				p.same(r.slot, x.Out, v)
			out = append(out, res)
		}
	}
	return out
}

// fault gives the first check that looks at values alone and blames the variable in a slot; "" when none does.
func (p *Program) fault(m *store.Mapping, e *Evaluator, slot int) store.CheckKind {
	for _, x := range p.checks {
		kind := m.Checks[x.index].Kind
		if !slices.Contains(store.FaultChecks, kind) {
			continue
		}
		if failed, blamed := x.find(e, 0); failed && blamed == slot {
			return kind
		}
	}
	return ""
}

// same tells whether a text written by a person is the value: 72,50 is 72.5.
func (p *Program) same(slot int, text string, v store.Value) bool {
	want, err := constant("", &p.codebook.Variables[slot], text)
	return err == nil && store.Compare(want, v) == 0
}
