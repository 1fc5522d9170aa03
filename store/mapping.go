package store

import (
	"time"
)

// Mapping turns a source's fields into a registry's variables. It is data all the way: the workbench edits it, the
// approval hashes it, jobs/mapping compiles it into one function over a row.
type Mapping struct {
	// From names the codebook of the registry whose variables are the source fields, where data go out: the variables that
	// rules make are the receiver's then. "" where they come in.
	From    string     `yaml:"from,omitempty" json:"from,omitempty"`
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

// Correction puts a variable right for the rows of an interval: those whose At, as the rules gave it, lies on the days
// From to To. Corrections apply in their order; a value that a step could not read, and a code for missing, is left
// alone; a constant also fills in where there is no value. It is data of the mapping, so that a version holds it,
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
	By     string    `yaml:"by,omitempty" json:"by"` // by id
	At     time.Time `yaml:"at,omitempty" json:"at"`
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
	// CheckList: a code is not in the national list System, or not valid on the day of At. Without a day any day will do.
	CheckList CheckKind = "list"
)

// Says gives the code of the words for what the check found in a variable of a type, or in any when the type is "".
func (k CheckKind) Says(t VarType) Code {
	switch {
	case k == CheckNumber && t == VarInteger:
		return "check.number.integer"
	case k == CheckNumber && t != "":
		return "check.number.decimal"
	case k == CheckDate && t == VarDateTime:
		return "check.date.datetime"
	case k == CheckCode && t == VarBoolean:
		return "check.code.boolean"
	}
	return Code("check." + k)
}

// CheckKinds lists the kinds in the order forms offer them.
var CheckKinds = []CheckKind{CheckPerson, CheckDate, CheckCode, CheckNumber, CheckExpr, CheckRange, CheckRequired,
	CheckOrder, CheckRule, CheckLeak, CheckList}

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
