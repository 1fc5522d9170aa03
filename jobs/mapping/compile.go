package mapping

import (
	"math"
	"slices"
	"strings"

	"samband/store"
)

type compiler struct {
	m      *store.Mapping
	c      *store.Codebook
	fields []string
	read   []bool // fields some rule or condition reads
	reads  []int  // fields that the rule compiled last reads
	faults Fault  // what the steps can give beyond what Mapping.Validate knows of
	lists  Lists
	marks  bool // a missing step that says why, or gives a code, is among the steps compiled last
	strict bool // expressions that can never be computed are refused, see Check
	trace  bool // steps note what they did, see Explain
}

func (k *compiler) slot(variable string) int {
	return slices.IndexFunc(k.c.Variables, func(v store.Variable) bool { return v.Name == variable })
}

// field gives the column of a source field.
func (k *compiler) field(name string) (int, error) {
	i := slices.Index(k.fields, name)
	if i < 0 {
		return 0, store.E(store.Refused, "delivery.column_missing", store.Args{"column": name})
	}
	k.read[i] = true
	if !slices.Contains(k.reads, i) {
		k.reads = append(k.reads, i)
	}
	return i, nil
}

func (k *compiler) rule(r *store.Rule) (rule, error) {
	slot := k.slot(r.Variable)
	v := &k.c.Variables[slot]
	at := "rules." + r.Variable
	return k.makes(at, slot, v, r.Steps, store.Null)
}

// makes compiles steps that make variable v from a value of kind.
func (k *compiler) makes(at string, slot int, v *store.Variable, list []store.Step, kind store.ValueKind) (rule, error) {
	k.marks, k.reads = false, nil
	steps, kind, err := k.steps(at, v, list, kind)
	if err != nil {
		return rule{}, err
	}
	final, fault, ok := coerce(kind, v.Type)
	if last := &list[len(list)-1]; last.Kind == store.StepExpr {
		if k.strict && !mayFit(kind, v.Type.Kind()) {
			return rule{}, unfitting(at, last.Code, kind, v)
		}
		final, fault, ok = coerce(store.Null, v.Type)
	}
	if !ok {
		return rule{}, store.FieldError(at, "mapping.type", store.Args{"variable": v.Name, "type": store.Code("vartype." + v.Type)})
	}
	k.faults |= fault
	out := rule{slot: slot, steps: steps, final: final, marks: k.marks, reads: k.reads}
	if len(v.Codes) > 0 && !onlyLegalCodes(v, list) {
		for _, o := range v.Codes {
			out.codes = append(out.codes, o.Code)
		}
	}
	return out, nil
}

// onlyLegalCodes tells whether the last step can give nothing but codes of v's list.
func onlyLegalCodes(v *store.Variable, steps []store.Step) bool {
	last := steps[len(steps)-1]
	if last.Kind != store.StepCodes || last.Otherwise == store.OtherKeep ||
		last.Otherwise == store.OtherCode && !v.HasCode(last.Value) {
		return false
	}
	for _, code := range last.Map {
		if !v.HasCode(code) {
			return false
		}
	}
	return true
}

// coerce gives the way from what steps give to a variable's type, and the fault it can have; nil when there is nothing
// to do. What an expression gives, whose kind may vary from row to row, has kind Null here.
func coerce(from store.ValueKind, to store.VarType) (func(store.Value) (store.Value, Fault), Fault, bool) {
	switch want := to.Kind(); {
	case from == want:
		return nil, 0, true
	case from == store.Null:
		return func(v store.Value) (store.Value, Fault) { return convert(v, want) }, FaultExpr, true
	case from == store.Integer && want == store.Decimal:
		return func(v store.Value) (store.Value, Fault) { return store.DecimalValue(v.Float()), 0 }, 0, true
	case from == store.Decimal && want == store.Integer:
		return func(v store.Value) (store.Value, Fault) {
			f := v.Float()
			if f != math.Trunc(f) || math.Abs(f) >= 1<<63 {
				return store.Value{}, FaultNumber
			}
			return store.IntValue(int64(f)), 0
		}, FaultNumber, true
	case from == store.Text && want == store.Boolean:
		return func(v store.Value) (store.Value, Fault) {
			switch v.Text() {
			case "true":
				return store.BoolValue(true), 0
			case "false":
				return store.BoolValue(false), 0
			}
			return store.Value{}, FaultCode
		}, FaultCode, true
	}
	return nil, 0, false
}

// convert brings the value of an expression to the kind a variable wants.
func convert(v store.Value, want store.ValueKind) (store.Value, Fault) {
	e := Evaluator{}
	switch {
	case v.Kind() == want:
		return v, 0
	case want == store.Decimal && v.Kind() == store.Integer:
		return store.DecimalValue(v.Float()), 0
	case want == store.Integer && v.Kind() == store.Decimal && v.Float() == math.Trunc(v.Float()) && math.Abs(v.Float()) < 1<<63:
		return store.IntValue(int64(v.Float())), 0
	case want == store.Text && v.Kind() != store.Boolean:
		return store.TextValue(v.Text()), 0
	case want == store.Day && v.Kind() == store.Text:
		if d, ok := e.date(v.Text(), "yyyy-mm-dd"); ok {
			return d, 0
		}
	case want == store.DateTime && v.Kind() == store.Text:
		if d, ok := e.date(v.Text(), "yyyy-mm-ddTHH:MM:SS"); ok {
			return d, 0
		}
	}
	return store.Value{}, FaultExpr
}

// steps compiles the steps of a rule for variable v, from a value of kind, and tells the kind they give.
func (k *compiler) steps(at string, v *store.Variable, steps []store.Step, kind store.ValueKind) ([]step, store.ValueKind, error) {
	var out []step
	for i := range steps {
		after := i > 0 && steps[i-1].Kind == store.StepExpr // an expression's value is dynamic to expressions and branches
		dynamic := after && (steps[i].Kind == store.StepExpr || steps[i].Kind == store.StepWhen)
		if dynamic {
			kind = store.Null
		}
		s, to, err := k.step(at, v, &steps[i], kind)
		if err != nil {
			return nil, 0, err
		}
		if k.trace {
			s = traced(&steps[i], s)
		}
		if after && !dynamic {
			out = append(out, onlyKind(kind))
		}
		out, kind = append(out, s), to
	}
	return out, kind, nil
}

// onlyKind lets a value pass to a step that takes one kind only; what can't be brought to it is a FaultExpr.
func onlyKind(kind store.ValueKind) step {
	return func(_ *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad != 0 || v.IsNull() {
			return v, bad
		}
		return convert(v, kind)
	}
}

func (k *compiler) step(at string, v *store.Variable, s *store.Step, kind store.ValueKind) (step, store.ValueKind, error) {
	isText := func() error {
		if kind == store.Text {
			return nil
		}
		return store.FieldError(at, "mapping.step_needs_text", store.Args{"variable": v.Name, "kind": store.Code("step." + s.Kind)})
	}
	isNumber := func() error {
		if kind == store.Integer || kind == store.Decimal {
			return nil
		}
		return store.FieldError(at, "mapping.step_needs_number", store.Args{"variable": v.Name, "kind": store.Code("step." + s.Kind)})
	}
	switch s.Kind {
	case store.StepCopy:
		f, err := k.field(s.From[0])
		return func(e *Evaluator, _ store.Value, _ Fault) (store.Value, Fault) { return e.cell(f), 0 }, store.Text, err
	case store.StepConstant:
		c, err := constant(at, v, s.Value)
		return func(*Evaluator, store.Value, Fault) (store.Value, Fault) { return c, 0 }, c.Kind(), err
	case store.StepFirst:
		return k.first(s)
	case store.StepGreatest, store.StepLeast, store.StepMean:
		return k.several(v, s)
	case store.StepMissing:
		err := isText()
		if err != nil || len(s.Map)+len(s.Reasons) == 0 {
			return missing(s.Values), kind, err
		}
		x, err := k.missingAs(at, v, s)
		return x, kind, err
	case store.StepTrim:
		return onText(strings.TrimSpace), store.Text, isText()
	case store.StepCodes:
		return codes(s.Map, s.Null, outside(s)), store.Text, isText()
	case store.StepLookup:
		return codes(column(k.m.Table(s.Table), s.Column), nil, outside(s)), store.Text, isText()
	case store.StepNormalise:
		return normalise(s.System), store.Text, isText()
	case store.StepDate:
		to := store.Day
		if hasTime(s.Layout) {
			to = store.DateTime
		}
		return date(s.Layout), to, isText()
	case store.StepNumber:
		return number(s, v), numberKind(s), isText()
	case store.StepUnit:
		f, err := k.field(s.From[0])
		if err == nil {
			err = isNumber()
		}
		return unit(f, s.Units), store.Decimal, err
	case store.StepScale:
		factor := s.Factor
		return onValue(func(v store.Value) store.Value { return store.DecimalValue(v.Float() * factor) }), store.Decimal, isNumber()
	case store.StepWhen:
		return k.when(at, v, s, kind)
	case store.StepExpr:
		return k.expression(at, s.Code, kind)
	case store.StepJoin:
		return k.join(s)
	case store.StepSplit:
		return split(s.Separator, s.Part), store.Text, isText()
	}
	return nil, 0, store.FieldError(at, "mapping.step_kind", store.Args{"kind": store.Code("step." + s.Kind)})
}

// constant reads a constant as the variable's type.
func constant(at string, v *store.Variable, s string) (store.Value, error) {
	e := Evaluator{}
	var c store.Value
	ok := true
	switch v.Type.Kind() {
	case store.Integer:
		var n int64
		var big bool
		n, big, ok = whole(s)
		c, ok = store.IntValue(n), ok && !big
	case store.Decimal:
		var f float64
		f, ok = decimal(s, 0)
		c, ok = store.DecimalValue(f), ok && !math.IsInf(f, 0)
	case store.Day:
		c, ok = e.date(s, "yyyy-mm-dd")
	case store.DateTime:
		c, ok = e.date(s, "yyyy-mm-ddTHH:MM:SS")
	case store.Boolean:
		c, ok = store.BoolValue(s == "true"), s == "true" || s == "false"
	default:
		c = store.TextValue(s)
	}
	if !ok {
		return c, store.FieldError(at, "mapping.constant", store.Args{"variable": v.Name, "value": s, "type": store.Code("vartype." + v.Type)})
	}
	return c, nil
}

// onValue makes a step of a function of a value; null and a value with a fault pass.
func onValue(f func(store.Value) store.Value) step {
	return func(_ *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad != 0 || v.IsNull() {
			return v, bad
		}
		return f(v), 0
	}
}

func onText(f func(string) string) step {
	return onValue(func(v store.Value) store.Value { return store.TextValue(f(v.Text())) })
}

func date(layout string) step {
	return func(e *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad != 0 || v.IsNull() {
			return v, bad
		}
		d, ok := e.date(v.Text(), layout)
		if !ok {
			return store.Value{}, FaultDate
		}
		return d, 0
	}
}

func numberKind(s *store.Step) store.ValueKind {
	if s.Whole {
		return store.Integer
	}
	return store.Decimal
}

// tooGreat is the fault of a number too great to hold: it lies outside the variable's limits when it has any, and is no
// number otherwise.
func tooGreat(v *store.Variable) Fault {
	if v.Min != nil || v.Max != nil {
		return FaultRange
	}
	return FaultNumber
}

// sign gives the decimal sign that a step reads; 0 for either.
func sign(s *store.Step) byte {
	if s.Decimal == "" {
		return 0
	}
	return s.Decimal[0]
}

func number(s *store.Step, v *store.Variable) step {
	tooGreat, sign := tooGreat(v), sign(s)
	isWhole := s.Whole
	return func(_ *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad != 0 || v.IsNull() {
			return v, bad
		}
		if isWhole {
			switch n, big, ok := whole(v.Text()); {
			case !ok:
				return store.Value{}, FaultNumber
			case big:
				return store.Value{}, tooGreat
			default:
				return store.IntValue(n), 0
			}
		}
		switch f, ok := decimal(v.Text(), sign); {
		case !ok:
			return store.Value{}, FaultNumber
		case math.IsInf(f, 0):
			return store.Value{}, tooGreat
		default:
			return store.DecimalValue(f), 0
		}
	}
}

// unit multiplies by the factor of the unit a field names. The unit is looked at although the number failed, but not
// when there is no number; a null unit is unknown too.
func unit(field int, units []store.UnitFactor) step {
	units = slices.Clone(units)
	return func(e *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad == 0 && v.IsNull() {
			return v, 0
		}
		name := e.cell(field)
		for i := range units {
			u := &units[i]
			if name.IsNull() || u.Unit != name.Text() {
				continue
			}
			switch {
			case bad != 0:
				return v, bad
			case u.Decimals != nil:
				return store.DecimalValue(round(v.Float()*u.Factor, *u.Decimals)), 0
			case u.Factor == 1:
				return store.DecimalValue(v.Float()), 0
			}
			return store.DecimalValue(v.Float() * u.Factor), 0
		}
		return store.Value{}, bad | FaultCode
	}
}

// endsDynamic tells whether steps end in an expression, whatever branch a row takes.
func endsDynamic(steps []store.Step) bool {
	if len(steps) == 0 {
		return false
	}
	last := &steps[len(steps)-1]
	return last.Kind == store.StepExpr || last.Kind == store.StepWhen && endsDynamic(last.Then) && endsDynamic(last.Else)
}

func (k *compiler) when(at string, v *store.Variable, s *store.Step, kind store.ValueKind) (step, store.ValueKind, error) {
	holds, err := k.condition(at, s.If)
	if err != nil {
		return nil, 0, err
	}
	then, thenKind, err := k.steps(at, v, s.Then, kind)
	if err != nil {
		return nil, 0, err
	}
	other, otherKind, err := k.steps(at, v, s.Else, kind)
	if err != nil {
		return nil, 0, err
	}
	number := func(k store.ValueKind) bool { return k == store.Integer || k == store.Decimal }
	to := thenKind
	if endsDynamic(s.Then) && endsDynamic(s.Else) {
		thenKind, otherKind, to = store.Null, store.Null, store.Null
	}
	if endsDynamic(s.Then) && thenKind != store.Null {
		then = append(then, onlyKind(thenKind))
	}
	if endsDynamic(s.Else) && otherKind != store.Null {
		other = append(other, onlyKind(otherKind))
	}
	switch {
	case thenKind == otherKind:
	case number(thenKind) && number(otherKind):
		to = store.Decimal
		widen := onValue(func(v store.Value) store.Value { return store.DecimalValue(v.Float()) })
		then, other = append(then, widen), append(other, widen)
	default:
		return nil, 0, store.FieldError(at, "mapping.branches", store.Args{"variable": v.Name})
	}
	return func(e *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad != 0 || v.IsNull() && s.If.Field == "" && s.If.Op != store.OpMissing {
			return v, bad
		}
		steps := other
		if holds(e, v) {
			steps = then
		}
		for _, s := range steps {
			if v, bad = s(e, v, bad); e.settled {
				break
			}
		}
		return v, bad
	}, to, nil
}

// condition tells something of a field or of the value so far.
type condition func(e *Evaluator, v store.Value) bool

func (k *compiler) condition(at string, c *store.Condition) (condition, error) {
	field := -1
	if c.Field != "" {
		var err error
		if field, err = k.field(c.Field); err != nil {
			return nil, err
		}
	}
	test, err := comparison(at, c)
	if err != nil {
		return nil, err
	}
	return func(e *Evaluator, v store.Value) bool {
		if field >= 0 {
			v = e.cell(field)
		}
		return test(v)
	}, nil
}

// comparison compares with a constant: as numbers when both are numbers, as text otherwise.
func comparison(at string, c *store.Condition) (func(store.Value) bool, error) {
	want := c.Value
	wantNumber, isNumber := decimal(want, 0)
	compare := func(v store.Value) int {
		if isNumber {
			f, ok := v.Float(), true
			if v.Kind() == store.Text {
				f, ok = decimal(v.Text(), 0)
			}
			if ok && (v.Kind() == store.Text || v.Kind() == store.Integer || v.Kind() == store.Decimal) {
				switch {
				case f < wantNumber:
					return -1
				case f > wantNumber:
					return 1
				}
				return 0
			}
		}
		return strings.Compare(v.Text(), want)
	}
	var test func(store.Value) bool
	switch c.Op {
	case store.OpMissing:
		return func(v store.Value) bool { return v.IsNull() || v.Kind() == store.Text && v.Text() == "" }, nil
	case store.OpPresent:
		return func(v store.Value) bool { return !v.IsNull() && (v.Kind() != store.Text || v.Text() != "") }, nil
	case store.OpIn:
		values := slices.Clone(c.Values)
		test = func(v store.Value) bool { return slices.Contains(values, v.Text()) }
	case store.OpEqual:
		test = func(v store.Value) bool { return compare(v) == 0 }
	case store.OpNotEqual:
		test = func(v store.Value) bool { return compare(v) != 0 }
	case store.OpLess:
		test = func(v store.Value) bool { return compare(v) < 0 }
	case store.OpLessEqual:
		test = func(v store.Value) bool { return compare(v) <= 0 }
	case store.OpGreater:
		test = func(v store.Value) bool { return compare(v) > 0 }
	case store.OpGreaterEqual:
		test = func(v store.Value) bool { return compare(v) >= 0 }
	default:
		return nil, store.FieldError(at, "mapping.condition", nil)
	}
	return func(v store.Value) bool { return !v.IsNull() && test(v) }, nil
}

// uncaught refuses a mapping in which a fault that Mapping.Validate does not know of has no check, so that no row is
// let through with a hole where a value was.
func (k *compiler) uncaught() error {
	for fault, kind := range map[Fault]store.CheckKind{FaultDate: store.CheckDate, FaultCode: store.CheckCode,
		FaultNumber: store.CheckNumber, FaultExpr: store.CheckExpr} {
		if k.faults&fault != 0 && !slices.ContainsFunc(k.m.Checks, func(c store.Check) bool {
			return c.Kind == kind && len(c.Variables) == 0 && !c.Warn
		}) {
			return store.FieldError("checks", "mapping.uncaught", store.Args{"check": store.Code("check." + kind)})
		}
	}
	return nil
}
