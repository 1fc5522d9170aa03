package store

// Explanation walks from the source fields to the value of one variable in one row: what each step, correction and
// check made of it. Direct fields are not in it, and where a person number stands in another text, it holds Mask.
type Explanation struct {
	Variable string
	Position int64 // 1 = first row after the header
	Broken   bool  // the row could not be cut into cells; nothing more is known of it
	Filtered bool  // outside what the mapping keeps; nothing more was done with it
	// Partial tells that the mapping can't run as it stands, and that only the part of it was used that Mapping.Alone
	// gives for the variable.
	Partial bool
	Fields  []FieldText
	Steps   []ExplainedStep
	// Made is what the rule gave, brought to the variable's type; Fault is what went wrong on the way, "" when nothing
	// did.
	Made  Value
	Fault CheckKind
	// Missing is why there is no value, when a missing step said so.
	Missing     MissingReason
	Corrections []ExplainedCorrection
	Value       Value // what stands in the end
	// Failed lists the checks that blame the variable; Reason is what the row is held back with, whichever variable is
	// to blame, "" when it is not.
	Failed []FailedCheck
	Reason string
}

// FieldText is a source field as a row has it.
type FieldText struct {
	Field string
	Text  string
	Null  bool // the source tells null from empty, and this is null
}

// ExplainedStep is one step with the value before and after it. The steps of the branch that a condition chose follow
// it, one Depth deeper.
type ExplainedStep struct {
	Step   Step
	Depth  int
	Before Value
	After  Value
	Fault  CheckKind
	// Passed tells that the step did nothing: there was no value, or a fault stood.
	Passed bool
}

// ExplainedCorrection is one correction of the variable that is in use.
type ExplainedCorrection struct {
	Name    string
	Meant   bool // the row lies in its interval, and its condition holds
	Applied bool // it is meant, and there was a value that may be corrected
	Before  Value
	After   Value
	Fault   CheckKind
	Steps   []ExplainedStep
}

// Ending is what comes of a rule: a value, nothing, or a fault.
type Ending struct {
	Out   string
	Null  bool
	Fault CheckKind
}

// ExampleResult tells whether an example of a rule holds.
type ExampleResult struct {
	Variable string
	No       int // from 1, in the order of Rule.Examples
	Want     Ending
	Got      Ending
	Holds    bool
}
