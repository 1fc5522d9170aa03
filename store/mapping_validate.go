package store

import (
	"slices"
	"strings"
)

// MaxExpression is the longest expression, in bytes.
const MaxExpression = 2000

// validator collects what is wrong with a mapping.
type validator struct {
	m      *Mapping
	c      *Codebook
	bad    FieldErrors
	fields map[string]*Field
	ruled  map[string]bool // variables that have a rule
	// faults are the kinds of check that must be there, because a step can fail in that way.
	faults map[CheckKind]bool
}

func newValidator(m *Mapping, c *Codebook) *validator {
	return &validator{m: m, c: c, fields: byName(m.Source, func(f *Field) string { return f.Name }),
		ruled: map[string]bool{}, faults: map[CheckKind]bool{}}
}

// Validate checks a mapping against its codebook: every rule makes a variable the codebook has, once; every field it
// reads is in Source and classed; no direct field reaches a variable; every fault a step can have is caught by a check,
// so that no row is lost in silence. Errors stand at "source.<field>", "rules.<variable>", "checks.<reason>",
// "corrections.<name>", "tables.<name>", "lists", "keep" or "resolve". Expressions, types of steps and examples are
// left to jobs/mapping, which compiles them.
func (m *Mapping) Validate(c *Codebook) error {
	v := newValidator(m, c)
	v.source()
	v.tables()
	v.lists()
	v.rules()
	v.corrections()
	v.checks()
	v.resolve()
	if m.Keep != nil {
		v.condition("keep", m.Keep, false)
	}
	return v.bad.OrNil()
}

func (v *validator) source() {
	seen := map[string]bool{}
	numbers := 0
	for _, f := range v.m.Source {
		at := "source." + f.Name
		if f.Name == "" || len(f.Name) > 200 {
			v.bad.Add(at, "mapping.field_name", Args{"field": f.Name})
		}
		if seen[f.Name] {
			v.bad.Add(at, "mapping.field_twice", Args{"field": f.Name})
		}
		seen[f.Name] = true
		if !f.Class.Valid() {
			v.bad.Add(at, "mapping.unclassed", Args{"field": f.Name})
		}
		if (f.Class == Direct) != (f.Is != "") || f.Is != "" && !slices.Contains(Attributes, f.Is) {
			v.bad.Add(at, "mapping.attribute", Args{"field": f.Name})
		}
		if f.Is == AttrNumber {
			numbers++
		}
		if v.m.From != "" && f.Class == Direct {
			v.bad.Add(at, "mapping.direct_out", Args{"field": f.Name})
		}
	}
	if v.m.From == "" && numbers != 1 {
		v.bad.Add("source", "mapping.person_number", Args{"count": numbers})
	}
}

func (v *validator) rules() {
	m, c := v.m, v.c
	for i := range m.Rules {
		r := &m.Rules[i]
		at := "rules." + r.Variable
		x := c.Variable(r.Variable)
		switch {
		case x == nil:
			v.bad.Add(at, "mapping.unknown_variable", Args{"variable": r.Variable})
			continue
		case x.Computed:
			v.bad.Add(at, "mapping.computed", Args{"variable": r.Variable})
		case v.ruled[r.Variable]:
			v.bad.Add(at, "mapping.rule_twice", Args{"variable": r.Variable})
		}
		v.ruled[r.Variable] = true
		if len(r.Steps) == 0 {
			v.bad.Add(at, "mapping.no_steps", Args{"variable": r.Variable})
		} else if !r.Steps[0].Kind.Begins() {
			v.bad.Add(at, "mapping.first_step", Args{"variable": r.Variable})
		}
		v.steps(at, x, r.Steps)
		v.examples(at, r)
	}
	for _, k := range c.Key {
		if !v.ruled[k] {
			v.bad.Add("rules."+k, "mapping.key_unmapped", Args{"variable": k})
		}
	}
	for _, x := range c.Variables {
		if x.Required && !x.Computed && !v.ruled[x.Name] {
			v.bad.Add("rules."+x.Name, "mapping.required_unmapped", Args{"variable": x.Name})
		}
		if len(x.Codes) > 0 && v.ruled[x.Name] {
			v.faults[CheckCode] = true
		}
	}
}

// ValidSteps tells whether steps that make variable x are whole.
func (m *Mapping) ValidSteps(c *Codebook, x *Variable, steps []Step) bool {
	v := newValidator(m, c)
	v.steps("", x, steps)
	return len(v.bad) == 0
}

// steps checks steps that make variable x.
func (v *validator) steps(at string, x *Variable, steps []Step) {
	for i := range steps {
		s := &steps[i]
		need := func(ok bool) {
			if !ok {
				v.bad.Add(at, "mapping.step_incomplete", Args{"kind": Code("step." + s.Kind)})
			}
		}
		for _, f := range s.From {
			v.field(at, f)
		}
		switch s.Kind {
		case StepCopy:
			need(len(s.From) == 1)
		case StepConstant, StepTrim:
		case StepMissing:
			need(len(s.Values)+len(s.Map) > 0)
			v.missing(at, x, s)
		case StepCodes:
			need(len(s.Map)+len(s.Null) > 0 && slices.Contains(Otherwises, s.Otherwise))
			v.faults[CheckCode] = v.faults[CheckCode] || s.Otherwise == OtherHold
		case StepDate:
			need(slices.Contains(DateLayouts, s.Layout))
			v.faults[CheckDate] = true
		case StepNumber:
			need(decimalSign(s))
			v.faults[CheckNumber] = true
		case StepUnit:
			need(len(s.From) == 1 && len(s.Units) > 0 && !slices.ContainsFunc(s.Units, func(u UnitFactor) bool {
				return u.Factor == 0 || !finite(&u.Factor) || u.Decimals != nil && (*u.Decimals < 0 || *u.Decimals > 15)
			}))
			v.faults[CheckCode] = true
		case StepScale:
			need(s.Factor != 0 && finite(&s.Factor))
		case StepWhen:
			need(s.If != nil && len(s.Then)+len(s.Else) > 0)
			if s.If != nil {
				v.condition(at, s.If, true)
			}
			v.steps(at, x, s.Then)
			v.steps(at, x, s.Else)
		case StepExpr:
			need(s.Code != "" && len(s.Code) <= MaxExpression)
			v.faults[CheckExpr] = true
		case StepJoin, StepFirst:
			need(len(s.From) > 0)
		case StepGreatest, StepLeast, StepMean:
			need(len(s.From) > 0 && decimalSign(s))
			v.faults[CheckNumber] = true
		case StepSplit:
			need(s.Separator != "" && s.Part > 0)
		case StepLookup:
			need(s.Table != "" && s.Column != "" && slices.Contains(Otherwises, s.Otherwise))
			v.lookup(at, s)
			v.faults[CheckCode] = v.faults[CheckCode] || s.Otherwise == OtherHold
		case StepNormalise:
			need(s.System != "")
		default:
			v.bad.Add(at, "mapping.step_kind", Args{"kind": Code("step." + s.Kind)})
		}
	}
}

func decimalSign(s *Step) bool { return s.Decimal == "" || s.Decimal == "," || s.Decimal == "." }

// missing checks what a missing step makes of its texts.
func (v *validator) missing(at string, x *Variable, s *Step) {
	for _, to := range s.Map {
		if !slices.ContainsFunc(x.Codes, func(o CodeOption) bool { return o.Code == to && o.Missing }) {
			v.bad.Add(at, "mapping.missing_code", Args{"variable": x.Name, "code": to})
		}
	}
	for text, why := range s.Reasons {
		if _, ok := s.Map[text]; ok || !slices.Contains(s.Values, text) || !slices.Contains(MissingReasons, why) {
			v.bad.Add(at, "mapping.missing_reason", Args{"variable": x.Name, "text": text})
		}
	}
}

func (v *validator) lookup(at string, s *Step) {
	t := v.m.Table(s.Table)
	switch {
	case s.Table == "" || s.Column == "":
	case t == nil:
		v.bad.Add(at, "mapping.unknown_table", Args{"table": s.Table})
	case !slices.Contains(t.Columns, s.Column):
		v.bad.Add(at, "mapping.unknown_column", Args{"table": s.Table, "column": s.Column})
	}
}

// examples checks the form of a rule's examples; whether they hold is for jobs/mapping to try.
func (v *validator) examples(at string, r *Rule) {
	reads := r.Fields()
	for i, x := range r.Examples {
		ends := 0
		for _, end := range []bool{x.Out != "", x.Null, x.Fault != ""} {
			if end {
				ends++
			}
		}
		if ends > 1 || x.Fault != "" && !slices.Contains(FaultChecks, x.Fault) {
			v.bad.Add(at, "mapping.example_end", Args{"variable": r.Variable, "no": i + 1})
		}
		for f, text := range x.In {
			switch {
			case v.fields[f] == nil || v.fields[f].Class == Direct:
				v.field(at, f)
			case !slices.Contains(reads, f):
				v.bad.Add(at, "mapping.example_field", Args{"variable": r.Variable, "no": i + 1, "field": f})
			}
			if ScanPersonNumbers(text) > 0 {
				v.bad.Add(at, "mapping.example_person", Args{"variable": r.Variable, "no": i + 1})
			}
		}
	}
}

// field refuses a field that isn't there, and a direct field on the way to the health side.
func (v *validator) field(at, name string) {
	switch f := v.fields[name]; {
	case f == nil:
		v.bad.Add(at, "mapping.unknown_field", Args{"field": name})
	case f.Class == Direct:
		v.bad.Add(at, "mapping.direct_to_health", Args{"field": name})
	}
}

func (v *validator) condition(at string, c *Condition, inRule bool) {
	if c.Field != "" || !inRule {
		v.field(at, c.Field)
	}
	if !slices.Contains(Operators, c.Op) || c.Op == OpIn && len(c.Values) == 0 {
		v.bad.Add(at, "mapping.condition", nil)
	}
}

// mapped gives a variable that has a rule; nil, and says so, when there is none.
func (v *validator) mapped(at, name string) *Variable {
	x := v.c.Variable(name)
	if x == nil || !v.ruled[name] {
		v.bad.Add(at, "mapping.unknown_variable", Args{"variable": name})
		return nil
	}
	return x
}

// timed is mapped for a date or a time.
func (v *validator) timed(at, name string) {
	if x := v.mapped(at, name); x != nil && x.Type != VarDate && x.Type != VarDateTime {
		v.bad.Add(at, "mapping.not_timed", Args{"variable": name})
	}
}

func (v *validator) tables() {
	seen := map[string]bool{}
	for i := range v.m.Tables {
		t := &v.m.Tables[i]
		at := "tables." + t.Name
		if !ValidName(t.Name) {
			v.bad.Add(at, "mapping.table_name", Args{"name": t.Name})
		}
		if seen[t.Name] {
			v.bad.Add(at, "mapping.table_twice", Args{"name": t.Name})
		}
		seen[t.Name] = true
		columns := slices.Sorted(slices.Values(t.Columns))
		if len(columns) < 2 || slices.Contains(columns, "") || len(slices.Compact(columns)) < len(t.Columns) {
			v.bad.Add(at, "mapping.table_columns", Args{"name": t.Name})
		}
		if len(t.Rows) > MaxTableRows {
			v.bad.Add(at, "mapping.table_long", Args{"max": MaxTableRows})
		}
		keys := map[string]bool{}
		for n, row := range t.Rows {
			switch {
			case len(row) != len(t.Columns):
				v.bad.Add(at, "mapping.table_row", Args{"name": t.Name, "no": n + 1})
				continue
			case keys[row[0]]:
				v.bad.Add(at, "mapping.table_key", Args{"name": t.Name, "no": n + 1, "key": row[0]})
			}
			keys[row[0]] = true
		}
	}
}

func (v *validator) lists() {
	seen := map[string]bool{}
	for _, l := range v.m.Lists {
		if l.System == "" || l.Version == "" || seen[l.System] {
			v.bad.Add("lists", "mapping.list_pin", Args{"system": l.System})
		}
		seen[l.System] = true
	}
}

func (v *validator) corrections() {
	seen := map[string]bool{}
	for i := range v.m.Corrections {
		k := &v.m.Corrections[i]
		at := "corrections." + k.Name
		if !ValidName(k.Name) {
			v.bad.Add(at, "mapping.correction_name", Args{"name": k.Name})
		}
		if seen[k.Name] {
			v.bad.Add(at, "mapping.correction_twice", Args{"name": k.Name})
		}
		seen[k.Name] = true
		if strings.TrimSpace(k.Reason) == "" {
			v.bad.Add(at, "mapping.correction_reason", Args{"name": k.Name})
		}
		if k.Undone != nil {
			continue // it changes nothing, and what it names may be gone
		}
		if !Date(k.From).Valid() || !Date(k.To).Valid() || k.To < k.From {
			v.bad.Add(at, "mapping.correction_interval", Args{"name": k.Name, "from": k.From, "to": k.To})
		}
		v.timed(at, k.At)
		if k.If != nil {
			v.condition(at, k.If, false)
		}
		if len(k.Steps) == 0 {
			v.bad.Add(at, "mapping.correction_empty", Args{"name": k.Name})
		}
		if slices.ContainsFunc(k.Steps, func(s Step) bool { return s.Kind.ReadsFields() }) {
			v.bad.Add(at, "mapping.correction_step", Args{"name": k.Name})
		}
		if x := v.mapped(at, k.Variable); x != nil {
			v.steps(at, x, k.Steps)
		}
	}
}

// FaultChecks are the checks that look for a fault of a rule's steps or its value alone, and so those that an example
// can expect.
var FaultChecks = []CheckKind{CheckDate, CheckCode, CheckNumber, CheckExpr, CheckRange}

func (v *validator) checks() {
	reasons := map[string]bool{}
	for _, k := range v.m.Checks {
		at := "checks." + k.Reason
		if !ValidName(k.Reason) {
			v.bad.Add(at, "mapping.reason_name", Args{"reason": k.Reason})
		}
		if reasons[k.Reason] {
			v.bad.Add(at, "mapping.reason_twice", Args{"reason": k.Reason})
		}
		reasons[k.Reason] = true
		if !slices.Contains(CheckKinds, k.Kind) {
			v.bad.Add(at, "mapping.check_kind", Args{"reason": k.Reason})
		}
		names := k.Variables
		if k.Kind == CheckOrder {
			names = []string{k.Earlier, k.Later}
		}
		for _, n := range names {
			switch {
			case v.c.Variable(n) == nil:
				v.bad.Add(at, "mapping.unknown_variable", Args{"variable": n})
			case !v.ruled[n]: // it is always null, so the check would never find anything
				v.bad.Add(at, "mapping.check_unmapped", Args{"reason": k.Reason, "variable": n})
			}
		}
		if k.Kind == CheckRule && (k.Code == "" || len(k.Code) > MaxExpression) {
			v.bad.Add(at, "mapping.step_incomplete", Args{"kind": Code("check." + k.Kind)})
		}
		if k.Kind == CheckList {
			v.listCheck(at, &k)
		}
	}
	for _, kind := range v.uncaught() {
		v.bad.Add("checks", "mapping.uncaught", Args{"check": Code("check." + kind)})
	}
}

// listCheck checks a check of a national list: it has to say which variables hold its codes, and the list's version has
// to be pinned.
func (v *validator) listCheck(at string, k *Check) {
	if k.System == "" || len(k.Variables) == 0 {
		v.bad.Add(at, "mapping.step_incomplete", Args{"kind": Code("check." + k.Kind)})
	} else if v.m.List(k.System) == "" {
		v.bad.Add(at, "mapping.unpinned", Args{"reason": k.Reason, "system": k.System})
	}
	for _, n := range k.Variables {
		if x := v.c.Variable(n); x != nil && x.Type.Kind() != Text {
			v.bad.Add(at, "mapping.list_type", Args{"reason": k.Reason, "variable": n})
		}
	}
	if k.At != "" {
		v.timed(at, k.At)
	}
}

func (v *validator) resolve() {
	const at = "resolve"
	r := &v.m.Resolve
	modes := 0
	for _, name := range []string{r.Latest, r.First} {
		if name != "" {
			modes++
			v.mapped(at, name)
		}
	}
	if p := r.Priority; p != nil {
		modes++
		if x := v.mapped(at, p.Variable); x != nil && x.Type.Kind() != Text {
			v.bad.Add(at, "mapping.priority_type", Args{"variable": p.Variable})
		}
		if p.Latest != "" {
			v.mapped(at, p.Latest)
		}
		ranks := slices.Sorted(slices.Values(p.Order))
		if len(ranks) == 0 || len(slices.Compact(ranks)) < len(p.Order) {
			v.bad.Add(at, "mapping.priority", Args{"variable": p.Variable})
		}
	}
	if modes > 1 {
		v.bad.Add(at, "mapping.resolve_modes", nil)
	}
	seen := map[string]bool{}
	if v.m.From != "" && len(r.Fields) > 0 { // a record is sent as the registry holds it, never put together of several
		v.bad.Add(at, "mapping.pick_out", nil)
	}
	for i := range r.Fields {
		p := &r.Fields[i]
		if seen[p.Variable] {
			v.bad.Add(at, "mapping.pick_twice", Args{"variable": p.Variable})
		}
		seen[p.Variable] = true
		v.pick(at, p)
	}
}

func (v *validator) pick(at string, p *Pick) {
	x := v.mapped(at, p.Variable)
	ordered := p.How == PickLatest || p.How == PickFirst
	switch {
	case x == nil:
	case !slices.Contains(PickHows, p.How):
		v.bad.Add(at, "mapping.pick_how", Args{"variable": p.Variable})
	case slices.Contains(v.c.Key, p.Variable): // it is the same in all the rows
		v.bad.Add(at, "mapping.pick_key", Args{"variable": p.Variable})
	case p.How == PickMean && x.Type != VarDecimal,
		!ordered && (x.Type.Kind() == Text || x.Type == VarBoolean):
		v.bad.Add(at, "mapping.pick_type", Args{"variable": p.Variable, "type": Code("vartype." + x.Type)})
	case p.Window != nil && x.Required: // it is empty when no row lies in the window
		v.bad.Add(at, "mapping.pick_required", Args{"variable": p.Variable})
	}
	switch {
	case p.By != "":
		v.timed(at, p.By)
	case ordered || p.Window != nil:
		v.bad.Add(at, "mapping.pick_by", Args{"variable": p.Variable})
	}
	if w := p.Window; w != nil {
		v.timed(at, w.Anchor)
		if !finite(&w.From) || !finite(&w.To) || w.To < w.From {
			v.bad.Add(at, "mapping.window", Args{"variable": p.Variable})
		}
	}
}
