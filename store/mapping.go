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
	// Corrections put right what a source got wrong for a while, after the rules and before the checks.
	Corrections []Correction  `yaml:"corrections,omitempty" json:"corrections,omitempty"`
	Tables      []LookupTable `yaml:"tables,omitempty" json:"tables,omitempty"`
	// Lists pins the versions of the national lists that checks and normalise steps rest on.
	Lists []ListPin `yaml:"lists,omitempty" json:"lists,omitempty"`
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
	// Examples say what the rule is to give. They change nothing that runs, so no approval covers them.
	Examples []Example `yaml:"examples,omitempty" json:"examples,omitempty"`
}

// Example is one input of a rule and what must come of it. A mapping with an example that does not hold can't be saved.
type Example struct {
	In   map[string]string `yaml:"in,flow" json:"in"` // source field → text; a field that isn't named is null
	Out  string            `yaml:"out,omitempty" json:"out,omitempty"`
	Null bool              `yaml:"null,omitempty" json:"null,omitempty"` // nothing comes of it
	// Fault is the kind of check that holds the row back; "" when none does.
	Fault CheckKind `yaml:"fault,omitempty" json:"fault,omitempty"`
}

// Correction puts a variable right for the rows of an interval. It is data of the mapping, so that a version holds it,
// an approval covers it, and taking it out gives the source's own value back in the next run.
type Correction struct {
	Name     string     `yaml:"name" json:"name"` // as ValidName says; unique in the mapping
	Variable string     `yaml:"variable" json:"variable"`
	At       string     `yaml:"at" json:"at"`                             // the date or time variable that decides whether a row is meant
	From     string     `yaml:"from" json:"from"`                         // first day, yyyy-mm-dd
	To       string     `yaml:"to" json:"to"`                             // last day
	If       *Condition `yaml:"if,omitempty" json:"if,omitempty"`         // on source fields; more than the interval
	Steps    []Step     `yaml:"steps" json:"steps"`                       // on the variable's value: scale, when, expr; or a constant
	Reason   string     `yaml:"reason" json:"reason"`                     // what was wrong, and how it is known
	Author   string     `yaml:"author,omitempty" json:"author,omitempty"` // who made it, by id
	Made     time.Time  `yaml:"made,omitempty" json:"made,omitzero"`
	// Undone tells that it no longer applies. It is kept so that people see that it was there.
	Undone *Undone `yaml:"undone,omitempty" json:"undone,omitempty"`
}

// Undone says who took a correction out of use, when and why.
type Undone struct {
	By     string    `yaml:"by" json:"by"`
	At     time.Time `yaml:"at" json:"at"`
	Reason string    `yaml:"reason" json:"reason"`
}

// LookupTable is a small table that lookup steps read. The first column is the key, each value once.
type LookupTable struct {
	Name    string     `yaml:"name" json:"name"`
	Columns []string   `yaml:"columns,flow" json:"columns"`
	Rows    [][]string `yaml:"rows,flow" json:"rows"`
}

// ListPin names one version of a national list.
type ListPin struct {
	System  string `yaml:"system" json:"system"`
	Version string `yaml:"version" json:"version"`
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
	CheckList     CheckKind = "list"     // a code is not in the national list System, or not valid on the day of At
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
	System    string    `yaml:"system,omitempty" json:"system,omitempty"` // CodeSystem.System
	At        string    `yaml:"at,omitempty" json:"at,omitempty"`         // the date or time variable that validity is asked for
	// Warn keeps the row and counts the finding; otherwise the row goes to quarantine.
	Warn bool `yaml:"warn,omitempty" json:"warn,omitempty"`
}

// Resolve settles which version of a fact stands when several rows have the same key. Ties are broken by content hash,
// so that the order rows come in never matters. At most one of Latest, First and Priority is set; with none of them the
// row with the greatest content hash wins among the rows of one delivery, and a later delivery wins over an earlier.
type Resolve struct {
	// Latest names the variable whose greatest value wins.
	Latest string `yaml:"latest,omitempty" json:"latest,omitempty"`
	// First names the variable whose least value wins; null loses.
	First string `yaml:"first,omitempty" json:"first,omitempty"`
	// Priority ranks sources.
	Priority *Priority `yaml:"priority,omitempty" json:"priority,omitempty"`
	// Fields settles single variables by themselves, over all rows of the key in one delivery. The others come from the
	// row that wins.
	Fields []Pick `yaml:"fields,omitempty" json:"fields,omitempty"`
}

// Priority ranks rows by what a variable says, usually the system a row is from.
type Priority struct {
	Variable string   `yaml:"variable" json:"variable"`
	Order    []string `yaml:"order,flow" json:"order"`                  // the best first; what isn't named comes last
	Latest   string   `yaml:"latest,omitempty" json:"latest,omitempty"` // among rows of the same rank
}

// PickHow says which value of a variable stands.
type PickHow string

const (
	PickLatest PickHow = "latest" // of the row with the greatest By, among those that have a value
	PickFirst  PickHow = "first"  // of the row with the least By, among those that have a value
	PickMax    PickHow = "max"
	PickMin    PickHow = "min"
	PickMean   PickHow = "mean"
)

// PickHows lists them in the order forms offer them.
var PickHows = []PickHow{PickLatest, PickFirst, PickMax, PickMin, PickMean}

// Pick settles one variable over the rows of a key.
type Pick struct {
	Variable string  `yaml:"variable" json:"variable"`
	How      PickHow `yaml:"how" json:"how"`
	By       string  `yaml:"by,omitempty" json:"by,omitempty"` // the date or time variable that orders, and that Window counts from
	Window   *Window `yaml:"window,omitempty" json:"window,omitempty"`
}

// Window leaves out rows whose By lies outside [Anchor+From, Anchor+To], in hours; Anchor is a date or time variable of
// the same row. A day counts from its midnight.
type Window struct {
	Anchor string  `yaml:"anchor" json:"anchor"`
	From   float64 `yaml:"from" json:"from"`
	To     float64 `yaml:"to" json:"to"`
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
