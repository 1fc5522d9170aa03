package mapping

import (
	"samband/store"
)

// check is one compiled check.
type check struct {
	index int // in Mapping.Checks
	find  finder
}

// finder tells whether the row fails a check and the slot of the variable to blame, -1 when there is none. With skip
// it passes over so many of the variables to blame.
type finder func(e *Evaluator, skip int) (failed bool, slot int)

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
		x.find = func(e *Evaluator, skip int) (bool, int) { return !e.person && skip == 0, -1 }
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
		x.find = func(e *Evaluator, skip int) (bool, int) {
			a, b := e.Values[earlier], e.Values[later]
			return skip == 0 && !a.IsNull() && !b.IsNull() && store.Compare(b, a) < 0, later
		}
	case store.CheckRule:
		var err error
		x.find, err = k.ruleCheck(c)
		return x, err
	case store.CheckList:
		var err error
		x.find, err = k.inList(c)
		return x, err
	case store.CheckLeak:
		x.find = k.leak(applies)
	}
	return x, nil
}

// fault finds a variable whose rule had the fault. Nearly all rows have none, and one test tells.
func (k *compiler) fault(f Fault, slots []int) finder {
	if slots == nil {
		for i := range k.m.Rules {
			slots = append(slots, k.slot(k.m.Rules[i].Variable))
		}
	}
	return func(e *Evaluator, skip int) (bool, int) {
		if e.any&f == 0 {
			return false, -1
		}
		for _, s := range slots {
			if e.faults[s]&f != 0 {
				if skip == 0 {
					return true, s
				}
				skip--
			}
		}
		return false, -1
	}
}

func (k *compiler) ranges(applies func(int) bool, slots []int) finder {
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
	return func(e *Evaluator, skip int) (bool, int) {
		for i := range limits {
			l := &limits[i]
			v := e.Values[l.slot]
			if k := v.Kind(); k != store.Integer && k != store.Decimal {
				continue
			}
			if f := v.Float(); l.hasMin && f < l.min || l.hasMax && f > l.max {
				if skip == 0 {
					return true, l.slot
				}
				skip--
			}
		}
		return tooGreat(e, skip)
	}
}

// required finds a required variable or a part of the key that is null. One with a fault is not missing: the check of
// the fault has it.
func (k *compiler) required(applies func(int) bool) finder {
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
	return func(e *Evaluator, skip int) (bool, int) {
		for _, s := range slots {
			if v := e.Values[s]; e.faults[s] == 0 && (v.IsNull() || v.Kind() == store.Text && v.Text() == "") {
				if skip == 0 {
					return true, s
				}
				skip--
			}
		}
		return false, -1
	}
}

// leak finds a text in which a person number can be read.
func (k *compiler) leak(applies func(int) bool) finder {
	var slots []int
	for i, v := range k.c.Variables {
		if (v.Type == store.VarText || v.Type == store.VarCode) && applies(i) {
			slots = append(slots, i)
		}
	}
	return func(e *Evaluator, skip int) (bool, int) {
		for _, s := range slots {
			if v := e.Values[s]; v.Kind() == store.Text && len(v.Text()) >= 11 && store.ScanPersonNumbers(v.Text()) > 0 {
				if skip == 0 {
					return true, s
				}
				skip--
			}
		}
		return false, -1
	}
}
