package store

import (
	"slices"
	"time"
)

// Mapping turns a source's fields into a registry's variables. It is data all the way: the workbench edits it, the
// approval hashes it, jobs/mapping compiles it into one function over a row.
type Mapping struct {
	Source  []Field    `yaml:"source" json:"source"`
	Person  PersonRule `yaml:"person" json:"person"`
	Rules   []Rule     `yaml:"rules" json:"rules"`                   // one per variable, in the codebook's order
	Checks  []Check    `yaml:"checks" json:"checks"`                 // in the order that decides the reason of a held-back row
	Keep    *Condition `yaml:"keep,omitempty" json:"keep,omitempty"` // rows for which it does not hold are filtered out
	Resolve Resolve    `yaml:"resolve" json:"resolve"`
}

// PersonRule says how a row's person number is checked.
type PersonRule struct {
	// Classic holds numbers against the ordinary control digits only. Otherwise the whole of contracts/identifiers.md
	// holds: series, date, and the rule for numbers issued from 2032.
	Classic bool `yaml:"classic,omitempty" json:"classic,omitempty"`
}

// Rule makes one variable. Its steps run in order, each on what the one before it gave.
type Rule struct {
	Variable string `yaml:"variable" json:"variable"`
	Steps    []Step `yaml:"steps" json:"steps"`
}

// StepKind names what a step does.
type StepKind string

const (
	StepCopy     StepKind = "copy"     // From[0] as it stands; always the first step, or constant or join is
	StepConstant StepKind = "constant" // Value
	StepMissing  StepKind = "missing"  // texts in Values become null; null passes all later steps of the rule
	StepCodes    StepKind = "codes"    // text → text by Map; a text in Null becomes null; any other text is a FaultCode
	StepDate     StepKind = "date"     // text in Layout → day or time; FaultDate otherwise
	StepNumber   StepKind = "number"   // text → whole number (Whole) or double; comma and point as Decimal says; FaultNumber
	StepUnit     StepKind = "unit"     // number × the factor of the unit that From[0] names; unknown unit is a FaultCode
	StepScale    StepKind = "scale"    // number × Factor
	StepWhen     StepKind = "when"     // If holds → Then, else → Else, both on the value so far
	StepExpr     StepKind = "expr"     // Code in the expression language, with the row's fields and `value`; FaultExpr
	StepJoin     StepKind = "join"     // From joined by Separator, empty ones left out
	StepSplit    StepKind = "split"    // the Part-th piece (1 = first) of the text cut at Separator; null when there are fewer
	StepTrim     StepKind = "trim"     // white space at both ends off
)

// StepKinds lists the kinds in the order forms offer them.
var StepKinds = []StepKind{StepCopy, StepConstant, StepMissing, StepTrim, StepCodes, StepDate, StepNumber, StepUnit,
	StepScale, StepWhen, StepExpr, StepJoin, StepSplit}

// Step is one step of a rule. Kind says which of the other fields it reads.
type Step struct {
	Kind      StepKind          `yaml:"do" json:"do"`
	From      []string          `yaml:"from,omitempty,flow" json:"from,omitempty"`
	Value     string            `yaml:"value,omitempty" json:"value,omitempty"`
	Values    []string          `yaml:"values,omitempty,flow" json:"values,omitempty"`
	Map       map[string]string `yaml:"map,omitempty" json:"map,omitempty"`
	Null      []string          `yaml:"as_null,omitempty,flow" json:"as_null,omitempty"`
	Layout    string            `yaml:"layout,omitempty" json:"layout,omitempty"` // dd.mm.yyyy, yyyy-mm-dd …: see DateLayouts
	Whole     bool              `yaml:"whole,omitempty" json:"whole,omitempty"`
	Decimal   string            `yaml:"decimal,omitempty" json:"decimal,omitempty"` // "," or "."; empty takes both
	Units     []UnitFactor      `yaml:"units,omitempty" json:"units,omitempty"`
	Factor    float64           `yaml:"factor,omitempty" json:"factor,omitempty"`
	If        *Condition        `yaml:"if,omitempty" json:"if,omitempty"`
	Then      []Step            `yaml:"then,omitempty" json:"then,omitempty"`
	Else      []Step            `yaml:"else,omitempty" json:"else,omitempty"`
	Code      string            `yaml:"code,omitempty" json:"code,omitempty"`
	Separator string            `yaml:"separator,omitempty" json:"separator,omitempty"`
	Part      int               `yaml:"part,omitempty" json:"part,omitempty"`
}

// UnitFactor turns a value in the unit spelled Unit into the variable's unit: value × Factor, then, when Decimals is
// set, rounded half up to that many decimals (floor(x·10ⁿ + 0.5)/10ⁿ).
type UnitFactor struct {
	Unit     string  `yaml:"unit" json:"unit"`
	Factor   float64 `yaml:"factor" json:"factor"`
	Decimals *int    `yaml:"decimals,omitempty" json:"decimals,omitempty"`
}

// DateLayouts are the forms a date step reads. The source's own letters are shown to people; times are local.
var DateLayouts = []string{"dd.mm.yyyy", "dd.mm.yyyy HH:MM:SS", "dd.mm.yyyy HH:MM", "yyyy-mm-dd", "yyyy-mm-ddTHH:MM:SS",
	"yyyy-mm-dd HH:MM:SS", "yyyymmdd", "ddmmyyyy"}

// Operator compares in a Condition.
type Operator string

const (
	OpLess         Operator = "lt"
	OpLessEqual    Operator = "le"
	OpGreater      Operator = "gt"
	OpGreaterEqual Operator = "ge"
	OpEqual        Operator = "eq"
	OpNotEqual     Operator = "ne"
	OpIn           Operator = "in"
	OpMissing      Operator = "missing"
	OpPresent      Operator = "present"
)

// Operators lists the operators in the order forms offer them.
var Operators = []Operator{OpEqual, OpNotEqual, OpLess, OpLessEqual, OpGreater, OpGreaterEqual, OpIn, OpMissing, OpPresent}

// Condition compares a source field, or with an empty Field the value so far, with Value (In: any of Values). Numbers
// compare as numbers when both sides are numbers, all else as text. A null never holds but for missing.
type Condition struct {
	Field  string   `yaml:"field,omitempty" json:"field,omitempty"`
	Op     Operator `yaml:"op" json:"op"`
	Value  string   `yaml:"value,omitempty" json:"value,omitempty"`
	Values []string `yaml:"values,omitempty,flow" json:"values,omitempty"`
}

// CheckKind names what a check looks at.
type CheckKind string

const (
	CheckPerson   CheckKind = "person"   // the person number fails PersonRule
	CheckDate     CheckKind = "date"     // a date step failed
	CheckCode     CheckKind = "code"     // a codes or unit step met something outside its table, or the codebook has no such code
	CheckNumber   CheckKind = "number"   // a number step failed
	CheckExpr     CheckKind = "expr"     // an expression step failed
	CheckRange    CheckKind = "range"    // outside the codebook's Min–Max, ends included
	CheckRequired CheckKind = "required" // a required variable, or a part of the key, is null
	CheckOrder    CheckKind = "order"    // Later lies before Earlier, when neither is null
	CheckRule     CheckKind = "rule"     // Code, an expression over the variables, is false
	CheckLeak     CheckKind = "leak"     // a text holds something that parses as a person number
)

// CheckKinds lists the kinds in the order forms offer them.
var CheckKinds = []CheckKind{CheckPerson, CheckDate, CheckCode, CheckNumber, CheckExpr, CheckRange, CheckRequired,
	CheckOrder, CheckRule, CheckLeak}

// Check is one check of a row. A row that fails several is held back with the reason of the first.
type Check struct {
	Reason    string    `yaml:"reason" json:"reason"` // machine name, shown with Text in quarantine and reports
	Text      string    `yaml:"text,omitempty" json:"text,omitempty"`
	Kind      CheckKind `yaml:"check" json:"check"`
	Variables []string  `yaml:"variables,omitempty,flow" json:"variables,omitempty"` // only these; empty means all it can apply to
	Earlier   string    `yaml:"earlier,omitempty" json:"earlier,omitempty"`
	Later     string    `yaml:"later,omitempty" json:"later,omitempty"`
	Code      string    `yaml:"code,omitempty" json:"code,omitempty"`
	// Warn keeps the row and counts the finding; otherwise the row goes to quarantine.
	Warn bool `yaml:"warn,omitempty" json:"warn,omitempty"`
}

// Resolve settles which version of a fact stands when several rows have the same key. Ties are broken by content hash,
// so that the order rows come in never matters.
type Resolve struct {
	// Latest names the variable whose greatest value wins. Empty: the row with the greatest content hash wins among
	// the rows of one delivery, and a later delivery wins over an earlier.
	Latest string `yaml:"latest,omitempty" json:"latest,omitempty"`
}

// MappingVersion is a saved mapping. Immutable; No counts from 1 per integration.
type MappingVersion struct {
	IntegrationID   string
	No              int
	CodebookID      string
	CodebookVersion int
	Mapping         Mapping
	Message         string
	CreatedBy       string
	CreatedAt       time.Time
}

// Field gives the source field of that name, or nil.
func (m *Mapping) Field(name string) *Field {
	for i := range m.Source {
		if m.Source[i].Name == name {
			return &m.Source[i]
		}
	}
	return nil
}

// Rule gives the rule of that variable, or nil.
func (m *Mapping) Rule(variable string) *Rule {
	for i := range m.Rules {
		if m.Rules[i].Variable == variable {
			return &m.Rules[i]
		}
	}
	return nil
}

// Fields gives the names of the source fields that the rule reads, each once, in order of first use.
func (r *Rule) Fields() []string {
	var names []string
	add := func(n string) {
		if n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	var walk func([]Step)
	walk = func(steps []Step) {
		for _, s := range steps {
			for _, f := range s.From {
				add(f)
			}
			if s.If != nil {
				add(s.If.Field)
			}
			walk(s.Then)
			walk(s.Else)
		}
	}
	walk(r.Steps)
	return names
}

// Validate checks a mapping against its codebook: every rule makes a variable the codebook has, once; every field it
// reads is in Source and classed; no direct field reaches a variable; every fault a step can have is caught by a check,
// so that no row is lost in silence. Expressions are compiled by jobs/mapping, which checks them.
func (m *Mapping) Validate(c *Codebook) error {
	var bad FieldErrors
	seen := map[string]bool{}
	numbers := 0
	for _, f := range m.Source {
		at := "source." + f.Name
		if f.Name == "" || len(f.Name) > 200 {
			bad.Add(at, "mapping.field_name", Args{"field": f.Name})
		}
		if seen[f.Name] {
			bad.Add(at, "mapping.field_twice", Args{"field": f.Name})
		}
		seen[f.Name] = true
		if !f.Class.Valid() {
			bad.Add(at, "mapping.unclassed", Args{"field": f.Name})
		}
		if (f.Class == Direct) != (f.Is != "") || f.Is != "" && !slices.Contains(Attributes, f.Is) {
			bad.Add(at, "mapping.attribute", Args{"field": f.Name})
		}
		if f.Is == AttrNumber {
			numbers++
		}
	}
	if numbers != 1 {
		bad.Add("source", "mapping.person_number", Args{"count": numbers})
	}
	faults := map[CheckKind]bool{}
	ruled := map[string]bool{}
	for i := range m.Rules {
		r := &m.Rules[i]
		at := "rules." + r.Variable
		v := c.Variable(r.Variable)
		switch {
		case v == nil:
			bad.Add(at, "mapping.unknown_variable", Args{"variable": r.Variable})
			continue
		case ruled[r.Variable]:
			bad.Add(at, "mapping.rule_twice", Args{"variable": r.Variable})
		}
		ruled[r.Variable] = true
		if len(r.Steps) == 0 {
			bad.Add(at, "mapping.no_steps", Args{"variable": r.Variable})
		} else if k := r.Steps[0].Kind; k != StepCopy && k != StepConstant && k != StepJoin && k != StepExpr {
			bad.Add(at, "mapping.first_step", Args{"variable": r.Variable})
		}
		m.validateSteps(&bad, at, r.Steps, faults)
	}
	for _, k := range c.Key {
		if !ruled[k] {
			bad.Add("rules."+k, "mapping.key_unmapped", Args{"variable": k})
		}
	}
	for _, v := range c.Variables {
		if v.Required && !ruled[v.Name] {
			bad.Add("rules."+v.Name, "mapping.required_unmapped", Args{"variable": v.Name})
		}
		if len(v.Codes) > 0 && ruled[v.Name] {
			faults[CheckCode] = true
		}
	}
	m.validateChecks(&bad, c, ruled, faults)
	if m.Resolve.Latest != "" && !ruled[m.Resolve.Latest] {
		bad.Add("resolve", "mapping.unknown_variable", Args{"variable": m.Resolve.Latest})
	}
	if m.Keep != nil {
		m.validateCondition(&bad, "keep", m.Keep, false)
	}
	return bad.OrNil()
}

func (m *Mapping) validateSteps(bad *FieldErrors, at string, steps []Step, faults map[CheckKind]bool) {
	for _, s := range steps {
		need := func(ok bool) {
			if !ok {
				bad.Add(at, "mapping.step_incomplete", Args{"kind": Code("step." + s.Kind)})
			}
		}
		for _, f := range s.From {
			m.validateSource(bad, at, f)
		}
		switch s.Kind {
		case StepCopy:
			need(len(s.From) == 1)
		case StepConstant, StepTrim:
		case StepMissing:
			need(len(s.Values) > 0)
		case StepCodes:
			need(len(s.Map)+len(s.Null) > 0)
			faults[CheckCode] = true
		case StepDate:
			need(slices.Contains(DateLayouts, s.Layout))
			faults[CheckDate] = true
		case StepNumber:
			need(s.Decimal == "" || s.Decimal == "," || s.Decimal == ".")
			faults[CheckNumber] = true
		case StepUnit:
			need(len(s.From) == 1 && len(s.Units) > 0 && !slices.ContainsFunc(s.Units, func(u UnitFactor) bool {
				return u.Factor == 0 || !finite(&u.Factor) || u.Decimals != nil && (*u.Decimals < 0 || *u.Decimals > 15)
			}))
			faults[CheckCode] = true
		case StepScale:
			need(s.Factor != 0 && finite(&s.Factor))
		case StepWhen:
			need(s.If != nil && len(s.Then)+len(s.Else) > 0)
			if s.If != nil {
				m.validateCondition(bad, at, s.If, true)
			}
			m.validateSteps(bad, at, s.Then, faults)
			m.validateSteps(bad, at, s.Else, faults)
		case StepExpr:
			need(s.Code != "" && len(s.Code) <= MaxExpression)
			faults[CheckExpr] = true
		case StepJoin:
			need(len(s.From) > 0)
		case StepSplit:
			need(s.Separator != "" && s.Part > 0)
		default:
			bad.Add(at, "mapping.step_kind", Args{"kind": Code("step." + s.Kind)})
		}
	}
}

// MaxExpression is the longest expression, in bytes.
const MaxExpression = 2000

// validateSource refuses a field that isn't there, and a direct field on the way to the health side.
func (m *Mapping) validateSource(bad *FieldErrors, at, name string) {
	switch f := m.Field(name); {
	case f == nil:
		bad.Add(at, "mapping.unknown_field", Args{"field": name})
	case f.Class == Direct:
		bad.Add(at, "mapping.direct_to_health", Args{"field": name})
	}
}

func (m *Mapping) validateCondition(bad *FieldErrors, at string, c *Condition, inRule bool) {
	if c.Field != "" || !inRule {
		m.validateSource(bad, at, c.Field)
	}
	if !slices.Contains(Operators, c.Op) || c.Op == OpIn && len(c.Values) == 0 {
		bad.Add(at, "mapping.condition", nil)
	}
}

func (m *Mapping) validateChecks(bad *FieldErrors, c *Codebook, ruled map[string]bool, faults map[CheckKind]bool) {
	reasons := map[string]bool{}
	caught := map[CheckKind]bool{}
	for _, k := range m.Checks {
		at := "checks." + k.Reason
		if !ValidName(k.Reason) {
			bad.Add(at, "mapping.reason_name", Args{"reason": k.Reason})
		}
		if reasons[k.Reason] {
			bad.Add(at, "mapping.reason_twice", Args{"reason": k.Reason})
		}
		reasons[k.Reason] = true
		if !slices.Contains(CheckKinds, k.Kind) {
			bad.Add(at, "mapping.check_kind", Args{"reason": k.Reason})
		}
		names := k.Variables
		if k.Kind == CheckOrder {
			names = []string{k.Earlier, k.Later}
		}
		for _, n := range names {
			switch {
			case c.Variable(n) == nil:
				bad.Add(at, "mapping.unknown_variable", Args{"variable": n})
			case !ruled[n]: // it is always null, so the check would never find anything
				bad.Add(at, "mapping.check_unmapped", Args{"reason": k.Reason, "variable": n})
			}
		}
		if k.Kind == CheckRule && (k.Code == "" || len(k.Code) > MaxExpression) {
			bad.Add(at, "mapping.step_incomplete", Args{"kind": Code("check." + k.Kind)})
		}
		if len(k.Variables) == 0 && !k.Warn {
			caught[k.Kind] = true
		}
	}
	faults[CheckPerson], faults[CheckRequired] = true, len(c.Key) > 0
	for _, kind := range CheckKinds {
		if faults[kind] && !caught[kind] {
			bad.Add("checks", "mapping.uncaught", Args{"check": Code("check." + kind)})
		}
	}
}
