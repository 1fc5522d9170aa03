package store

import (
	"strconv"
	"strings"
	"time"
)

// RunFilter picks runs, newest first. The zero value picks none: All or Registries says what the person may see.
type RunFilter struct {
	Registries    []string // only these registries
	All           bool     // every registry
	IntegrationID string
	States        []RunState
	Triggers      []Trigger
	Actor         string    // name of the person who started it
	From, To      time.Time // From ≤ due or start < To; zero: open
	// Text is looked for in number, integration, registry, person, file name and reason, without regard to case. The run
	// whose number it is comes first on the first page.
	Text   string
	Before int64 // No below this; 0: from the newest
	Limit  int   // 0: 50; 2 or more where Text is a number
}

// Number gives the run number that Text is, as people write it or a page shows it («1284», «1 284», «#1284»); 0 when it
// is none.
func (f *RunFilter) Number() int64 {
	digits := strings.NewReplacer(" ", "", "\u00a0", "", ",", "").Replace(f.Text)
	n, err := strconv.ParseInt(strings.TrimPrefix(digits, "#"), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// Standing is where an integration stands: its newest run, and the newest one that succeeded. Dry runs don't count.
type Standing struct {
	IntegrationID string
	Latest        *Run // nil: it never ran
	Succeeded     *Run // nil: it never succeeded
}

// RunMark is one run in a strip of runs.
type RunMark struct {
	ID    string
	No    int64
	State RunState
	At    time.Time // when it was due, or was started
}

// LogLine is one line of a run's log: a code and its arguments, never a sentence and never a value of a person.
type LogLine struct {
	Seq   int64 // 1, 2, 3 … within the run
	At    time.Time
	Level LogLevel
	Stage Stage
	Code  Code // text "log.<code>"
	Args  Args
}

// LogLevel is how much a line matters.
type LogLevel string

const (
	LogInfo  LogLevel = "info"
	LogWarn  LogLevel = "warn"
	LogError LogLevel = "error"
)

// LogFilter picks lines of a run's log, oldest first.
type LogFilter struct {
	After  int64 // Seq above this
	Levels []LogLevel
	Text   string // looked for in the code and the arguments, without regard to case
	Limit  int    // 0: 500
}

// ProcessedDelivery is a delivery that is not to be read again.
type ProcessedDelivery struct {
	IntegrationID string
	Mark          string // SHA-256 of the content, or what the source marks it with
	Name          string
	RunNo         int64
	At            time.Time
}

// CatalogueEntry is one integration in the public catalogue: which solution it serves, which system it reaches, and how
// far it has come. It holds nothing of contacts, hosts or contents.
type CatalogueEntry struct {
	IntegrationID string
	Name          string
	RegistryID    string
	RegistryName  string
	SolutionID    string
	SystemID      string
	MethodID      string
	Direction     Direction
	Sensitivity   Sensitivity
	State         IntegrationState
	Approval      ApprovalState // of the approval that holds, else of the newest; "" when there is none
	ApprovedOn    Date
	ApprovedTo    Date // last day; "" when no end is set
	ROS           Ref
	ROSState      ROSState
	ROSValidTo    Date
	LD            Ref
	LDState       LDState
	LDValidTo     Date
	Demo          bool
}

// Catalogue is everything the public page shows, each list in order of id.
type Catalogue struct {
	Solutions []Solution
	Systems   []System
	Entries   []CatalogueEntry
}

// VariableTrend is one variable's completeness in one run.
type VariableTrend struct {
	RunNo int64
	At    time.Time
	Completeness
}

// CheckTrend is what one check found in one run.
type CheckTrend struct {
	RunNo    int64
	At       time.Time
	Reason   string
	Failed   int64
	Examined int64
}
