package mapping

import (
	"samband/store"
)

// check is one compiled check: find tells whether the row fails it and the slot of the variable to blame, -1 when
// there is none.
type check struct {
	index int // in Mapping.Checks
	find  func(e *Evaluator) (failed bool, slot int)
}

func (k *compiler) check(i int) (check, error) {
	c := &k.m.Checks[i]
	var slots []int // of c.Variables; nil when it looks at all
	for _, name := range c.Variables {
		slots = append(slots, k.slot(name))
	}
	applies := func(slot int) bool {
		if slots == nil {
			return true
		}
		for _, s := range slots {
			if s == slot {
				return true
			}
		}
		return false
	}
	x := check{index: i}
	switch c.Kind {
	case store.CheckPerson:
		x.find = func(e *Evaluator) (bool, int) { return !e.person, -1 }
	case store.CheckDate:
		x.find = k.fault(FaultDate, slots)
	case store.CheckCode:
		x.find = k.fault(FaultCode, slots)
	case store.CheckNumber:
		x.find = k.fault(FaultNumber, slots)
	case store.CheckExpr:
		x.find = k.fault(FaultExpr, slots)
	case store.CheckRange:
		x.find = k.ranges(applies, slots)
	case store.CheckRequired:
		x.find = k.required(applies)
	case store.CheckOrder:
		earlier, later := k.slot(c.Earlier), k.slot(c.Later)
		if t, u := k.c.Variables[earlier].Type, k.c.Variables[later].Type; t != u {
			return x, store.FieldError("checks."+c.Reason, "mapping.order_types", store.Args{"reason": c.Reason})
		}
		x.find = func(e *Evaluator) (bool, int) {
			a, b := e.Values[earlier], e.Values[later]
			return !a.IsNull() && !b.IsNull() && store.Compare(b, a) < 0, later
		}
	case store.CheckRule:
		var err error
		x.find, err = k.ruleCheck(c)
		return x, err
	case store.CheckLeak:
		x.find = k.leak(applies)
	}
	return x, nil
}

// fault finds a variable whose rule had the fault. Nearly all rows have none, and one test tells.
func (k *compiler) fault(f Fault, slots []int) func(*Evaluator) (bool, int) {
	if slots == nil {
		for i := range k.m.Rules {
			slots = append(slots, k.slot(k.m.Rules[i].Variable))
		}
	}
	return func(e *Evaluator) (bool, int) {
		if e.any&f == 0 {
			return false, -1
		}
		for _, s := range slots {
			if e.faults[s]&f != 0 {
				return true, s
			}
		}
		return false, -1
	}
}

func (k *compiler) ranges(applies func(int) bool, slots []int) func(*Evaluator) (bool, int) {
	type limit struct {
		slot           int
		min, max       float64
		hasMin, hasMax bool
	}
	var limits []limit
	for i, v := range k.c.Variables {
		if (v.Min != nil || v.Max != nil) && applies(i) {
			l := limit{slot: i}
			if v.Min != nil {
				l.min, l.hasMin = *v.Min, true
			}
			if v.Max != nil {
				l.max, l.hasMax = *v.Max, true
			}
			limits = append(limits, l)
		}
	}
	tooGreat := k.fault(FaultRange, slots)
	return func(e *Evaluator) (bool, int) {
		for i := range limits {
			l := &limits[i]
			v := e.Values[l.slot]
			if k := v.Kind(); k != store.Integer && k != store.Decimal {
				continue
			}
			if f := v.Float(); l.hasMin && f < l.min || l.hasMax && f > l.max {
				return true, l.slot
			}
		}
		return tooGreat(e)
	}
}

// required finds a required variable or a part of the key that is null. One with a fault is not missing: the check of
// the fault has it.
func (k *compiler) required(applies func(int) bool) func(*Evaluator) (bool, int) {
	var slots []int
	for _, name := range k.c.Key {
		if s := k.slot(name); applies(s) {
			slots = append(slots, s)
		}
	}
	for i, v := range k.c.Variables {
		if v.Required && applies(i) {
			slots = append(slots, i)
		}
	}
	return func(e *Evaluator) (bool, int) {
		for _, s := range slots {
			if v := e.Values[s]; e.faults[s] == 0 && (v.IsNull() || v.Kind() == store.Text && v.Text() == "") {
				return true, s
			}
		}
		return false, -1
	}
}

// leak finds a text in which a person number can be read.
func (k *compiler) leak(applies func(int) bool) func(*Evaluator) (bool, int) {
	var slots []int
	for i, v := range k.c.Variables {
		if (v.Type == store.VarText || v.Type == store.VarCode) && applies(i) {
			slots = append(slots, i)
		}
	}
	return func(e *Evaluator) (bool, int) {
		for _, s := range slots {
			if v := e.Values[s]; v.Kind() == store.Text && len(v.Text()) >= 11 && store.ScanPersonNumbers(v.Text()) > 0 {
				return true, s
			}
		}
		return false, -1
	}
}
