package mapping

import (
	"slices"

	"samband/store"
)

// correction is one compiled correction.
type correction struct {
	rule
	index    int // in Mapping.Corrections
	at       int // slot of the date or time that decides
	from, to string
	holds    condition // nil for always
	missing  []string  // codes for missing, which no correction touches
}

// correction compiles the correction at index i. Its steps go on from a value of the variable's own type.
func (k *compiler) correction(i int) (correction, error) {
	c := &k.m.Corrections[i]
	at, slot := "corrections."+c.Name, k.slot(c.Variable)
	v := &k.c.Variables[slot]
	x := correction{index: i, at: k.slot(c.At), from: c.From, to: c.To}
	var err error
	if x.rule, err = k.makes(at, slot, v, c.Steps, v.Type.Kind()); err != nil {
		return x, err
	}
	if c.If != nil {
		if x.holds, err = k.condition(at, c.If); err != nil {
			return x, err
		}
	}
	x.reads = k.reads
	for _, o := range v.Codes {
		if o.Missing {
			x.missing = append(x.missing, o.Code)
		}
	}
	return x, nil
}

// meant tells whether a correction is for the row, as the rules left it.
func (c *correction) meant(e *Evaluator) bool {
	v := e.Values[c.at]
	if v.IsNull() || e.faults[c.at] != 0 {
		return false
	}
	day := v.Text()[:len("yyyy-mm-dd")]
	return c.from <= day && day <= c.to && (c.holds == nil || c.holds(e, store.Value{}))
}

// correct applies the corrections in their order. Which of them are for the row is settled before the first changes
// anything, so that one that moves a date does not call for another. A value with a fault, and a code for missing, is
// left alone.
func (e *Evaluator) correct() {
	e.intend()
	all := e.p.corrections
	for i := range all {
		if e.meant[i] {
			e.apply(&all[i])
		}
	}
}

// intend settles which corrections are for the row.
func (e *Evaluator) intend() {
	e.meant = e.meant[:0]
	for i := range e.p.corrections {
		e.meant = append(e.meant, e.p.corrections[i].meant(e))
	}
}

// apply applies one correction and tells whether it did.
func (e *Evaluator) apply(c *correction) bool {
	v, bad := e.Values[c.slot], e.faults[c.slot]
	if bad != 0 || len(c.missing) > 0 && slices.Contains(c.missing, v.Text()) {
		return false
	}
	for _, s := range c.steps {
		if v, bad = s(e, v, bad); e.settled {
			break
		}
	}
	if !e.settled {
		v, bad = c.end(v, bad)
	}
	e.settled = false
	e.Values[c.slot], e.faults[c.slot] = v, bad
	e.any |= bad
	return true
}
