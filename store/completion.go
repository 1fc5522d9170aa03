package store

// ExprPlace is where an expression stands: among the steps of a rule or a correction, or with no variable in a check.
type ExprPlace struct {
	Variable   string
	Before     []Step // the steps in front of it
	Correction bool   // the value so far is then the variable's own
}

// Completion is what an expression can use at its place.
type Completion struct {
	Names     []CompletionName
	Functions []CompletionFunction
}

// CompletionName is a name that stands for a value.
type CompletionName struct {
	Name   string
	Insert string  // what to write: a name with spaces needs more
	Type   VarType // "" when only a run can tell
	Label  string
}

// CompletionFunction is a function or an operator. text.FunctionHelp tells what it does.
type CompletionFunction struct {
	Name      string
	Signature string
	Insert    string // what to write, up to where the first argument goes
}
