package store

// StepKind names what a step does.
type StepKind string

const (
	StepCopy     StepKind = "copy"     // From[0] as it stands; always the first step, or constant or join is
	StepConstant StepKind = "constant" // Value
	// StepMissing says what counts as missing: texts in Values become null, which passes all later steps of the rule,
	// with the reason that Reasons gives it. A text in Map becomes one of the variable's codes for missing, which stands
	// as it is through the rest of the rule.
	StepMissing StepKind = "missing"
	StepCodes   StepKind = "codes"  // text → text by Map; a text in Null becomes null; any other text as Otherwise says
	StepDate    StepKind = "date"   // text in Layout → day or time; FaultDate otherwise
	StepNumber  StepKind = "number" // text → whole number (Whole) or double; comma and point as Decimal says; FaultNumber
	StepUnit    StepKind = "unit"   // number × the factor of the unit that From[0] names; unknown unit is a FaultCode
	StepScale   StepKind = "scale"  // number × Factor
	StepWhen    StepKind = "when"   // If holds → Then, else → Else, both on the value so far
	StepExpr    StepKind = "expr"   // Code in the expression language, with the row's fields and `value`; FaultExpr
	StepJoin    StepKind = "join"   // From joined by Separator, empty ones left out
	StepSplit   StepKind = "split"  // the Part-th piece (1 = first) of the text cut at Separator; null when there are fewer
	StepTrim    StepKind = "trim"   // white space at both ends off
	// StepFirst is the first of From, in that order, that holds something else than white space and the texts in Values;
	// null when none does. A first step.
	StepFirst StepKind = "first"
	// StepGreatest, StepLeast and StepMean read the numbers in From, those that are there as StepFirst says, each as a
	// number step would, and give a double; null when none is there; FaultNumber when one is no number. First steps.
	StepGreatest StepKind = "max"
	StepLeast    StepKind = "min"
	StepMean     StepKind = "mean"
	// StepLookup finds the row of Table whose first column holds the text so far, and gives its Column; a text that is
	// not there is met as Otherwise says.
	StepLookup StepKind = "lookup"
	// StepNormalise writes a code of the code system System as contracts/code-systems.md section 4 says: case, spaces,
	// dots. What that leaves empty is null.
	StepNormalise StepKind = "normalise"
)

// StepKinds lists the kinds in the order forms offer them.
var StepKinds = []StepKind{StepCopy, StepFirst, StepConstant, StepJoin, StepGreatest, StepLeast, StepMean, StepExpr,
	StepMissing, StepTrim, StepSplit, StepCodes, StepLookup, StepNormalise, StepDate, StepNumber, StepUnit, StepScale,
	StepWhen}

// Begins tells whether a step of this kind makes a value of its own and can stand first in a rule. The others go on
// from the value so far.
func (k StepKind) Begins() bool {
	switch k {
	case StepCopy, StepConstant, StepJoin, StepExpr, StepFirst, StepGreatest, StepLeast, StepMean:
		return true
	}
	return false
}

// ReadsFields tells whether a step of this kind takes its value from From, whatever the value so far is.
func (k StepKind) ReadsFields() bool { return k.Begins() && k != StepConstant && k != StepExpr }

// SourceSteps are the kinds that make one value of several fields; always the first step.
var SourceSteps = []StepKind{StepFirst, StepJoin, StepGreatest, StepLeast, StepMean}

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
	// Otherwise is what a codes or lookup step does with a text outside its table. With OtherCode the text becomes Value.
	Otherwise Otherwise                `yaml:"otherwise,omitempty" json:"otherwise,omitempty"`
	Reasons   map[string]MissingReason `yaml:"reasons,omitempty" json:"reasons,omitempty"` // of a missing step: text → why
	Table     string                   `yaml:"table,omitempty" json:"table,omitempty"`
	Column    string                   `yaml:"column,omitempty" json:"column,omitempty"`
	System    string                   `yaml:"system,omitempty" json:"system,omitempty"` // CodeSystem.System
}

// Otherwise says what becomes of a text that a table does not have.
type Otherwise string

const (
	OtherHold Otherwise = ""     // a FaultCode: the row is held back
	OtherNull Otherwise = "null" // it becomes null
	OtherCode Otherwise = "code" // it becomes Step.Value
	OtherKeep Otherwise = "keep" // it stands as it is
)

// Otherwises lists them in the order forms offer them.
var Otherwises = []Otherwise{OtherHold, OtherNull, OtherCode, OtherKeep}

// MissingReason says why there is no value. The words are those of FHIR's data-absent-reason, as far as registries use
// them.
type MissingReason string

const (
	MissingUnknown       MissingReason = "unknown"
	MissingNotAsked      MissingReason = "not_asked"
	MissingNotDone       MissingReason = "not_done"
	MissingDeclined      MissingReason = "declined"
	MissingNotApplicable MissingReason = "not_applicable"
	MissingError         MissingReason = "error" // the source says that its value is wrong
)

// MissingReasons lists the reasons in the order forms offer them.
var MissingReasons = []MissingReason{MissingUnknown, MissingNotAsked, MissingNotDone, MissingDeclined, MissingNotApplicable,
	MissingError}

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
