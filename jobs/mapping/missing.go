package mapping

import (
	"slices"

	"samband/store"
)

// Missed is a variable of a row that has no value, and why.
type Missed struct {
	Slot   int
	Reason store.MissingReason
}

// missing makes texts null.
func missing(values []string) step {
	values = slices.Clone(values)
	return func(_ *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad == 0 && v.Kind() == store.Text {
			t := v.Text()
			for _, m := range values {
				if t == m {
					return store.Value{}, 0
				}
			}
		}
		return v, bad
	}
}

// missingAs is missing for a step that says why, or that gives codes of the variable: such a code stands, and the later
// steps of the rule pass it by.
func (k *compiler) missingAs(at string, v *store.Variable, s *store.Step) (step, error) {
	k.marks = true
	type end struct {
		to  store.Value
		why store.MissingReason
	}
	ends := make(map[string]end, len(s.Values)+len(s.Map))
	for _, text := range s.Values {
		ends[text] = end{why: s.Reasons[text]}
	}
	for text, code := range s.Map {
		to, err := constant(at, v, code)
		if err != nil {
			return nil, err
		}
		ends[text] = end{to: to}
	}
	return func(e *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad != 0 || v.Kind() != store.Text {
			return v, bad
		}
		x, ok := ends[v.Text()]
		if !ok {
			return v, 0
		}
		e.settled, e.why = !x.to.IsNull(), x.why
		return x.to, 0
	}, nil
}

// marked runs a rule in which a missing step says why, or gives codes that stand.
func (e *Evaluator) marked(r *rule) (v store.Value, bad Fault) {
	e.why = ""
	for _, s := range r.steps {
		if v, bad = s(e, v, bad); e.settled {
			e.settled = false
			return v, 0
		}
	}
	v, bad = r.end(v, bad)
	if v.IsNull() && bad == 0 && e.why != "" {
		e.Missed = append(e.Missed, Missed{r.slot, e.why})
	}
	return v, bad
}
