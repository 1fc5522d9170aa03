package store

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Relation says how the registry's code stands to what a source's value means (contracts/code-systems.md section 5).
type Relation string

const (
	RelEquivalent Relation = "equivalent"
	RelBroader    Relation = "broader"  // the registry's code means more
	RelNarrower   Relation = "narrower" // the registry's code means less
	// RelNoMatch is a decision too: the registry has no code for the value, and it becomes null. A value that nobody has
	// decided on has no relation.
	RelNoMatch Relation = "no_match"
)

// Relations lists them in the order forms offer them.
var Relations = []Relation{RelEquivalent, RelBroader, RelNarrower, RelNoMatch}

// Verdict is what a person said of a value.
type Verdict string

const (
	VerdictApproved Verdict = "approved" // it becomes Code; with RelNoMatch null
	VerdictFlagged  Verdict = "flagged"  // somebody must look at it: Note says why
	VerdictIgnored  Verdict = "ignored"  // it is left to what the rule does with values outside its table
)

// Verdicts lists them in the order forms offer them.
var Verdicts = []Verdict{VerdictApproved, VerdictFlagged, VerdictIgnored}

// CodeDecision is what a person decided that a value of the source means in a variable.
type CodeDecision struct {
	IntegrationID string
	Variable      string
	Value         string // as the codes step meets it
	Verdict       Verdict
	Code          string // of the variable; "" with RelNoMatch, and where nothing is approved
	Relation      Relation
	From          Date // the days it holds, ends included; "" is open
	To            Date
	Note          string
	By            string // name of who decided
	At            time.Time
	// Imported is the name of who read the decision in from a file; By and At are then the file's.
	Imported string
	Version  int // counts from 1; tells two people apart who decide at the same time
}

// MaxDecisionText is the longest value, code or note, in characters.
const MaxDecisionText = 200

// Holds tells whether the decision is for a day.
func (d *CodeDecision) Holds(day Date) bool {
	return (d.From == "" || d.From <= day) && (d.To == "" || day <= d.To)
}

// SameSaid tells whether two decisions say the same, whoever made them.
func (d *CodeDecision) SameSaid(e *CodeDecision) bool {
	return d.Verdict == e.Verdict && d.Code == e.Code && d.Relation == e.Relation && d.From == e.From && d.To == e.To &&
		d.Note == e.Note
}

// Validate checks a decision against its variable. A code of a national list is not held against the list here.
func (d *CodeDecision) Validate(v *Variable) error {
	switch {
	case d.Value == "" || len([]rune(d.Value)) > MaxDecisionText || strings.ContainsFunc(d.Value, unicode.IsControl) ||
		ScanWritten(d.Value) > 0:
		return FieldError("value", "translation.value", nil)
	case len([]rune(d.Note)) > MaxDecisionText || strings.ContainsFunc(d.Note, badInNote) || ScanWritten(d.Note) > 0:
		return FieldError("note", "translation.note", nil)
	case !slices.Contains(Verdicts, d.Verdict):
		return FieldError("verdict", "translation.verdict", Args{"verdict": string(d.Verdict)})
	case !dayOrNone(d.From) || !dayOrNone(d.To) || d.From != "" && d.To != "" && d.To < d.From:
		return FieldError("from", "translation.days", nil)
	}
	if d.Verdict != VerdictApproved {
		if d.Code != "" || d.Relation != "" {
			return FieldError("code", "translation.undecided_code", nil)
		}
		return nil
	}
	switch {
	case !slices.Contains(Relations, d.Relation):
		return FieldError("relation", "translation.relation", Args{"relation": string(d.Relation)})
	case (d.Relation == RelNoMatch) != (d.Code == ""):
		return FieldError("code", "translation.no_match", nil)
	case d.Code != "" && !TargetOf(v, d.Code):
		return FieldError("code", "translation.unknown_code", Args{"code": d.Code})
	}
	return nil
}

func badInNote(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

func dayOrNone(d Date) bool { return d == "" || d.Valid() }

// TargetOf tells whether a code can be what a value of v becomes.
func TargetOf(v *Variable, code string) bool {
	if v.Type == VarBoolean && len(v.Codes) == 0 {
		return code == "true" || code == "false"
	}
	return v.HasCode(code)
}

// Targets gives the codes that values of v can become; none when it has no list of its own.
func Targets(v *Variable) []CodeOption {
	if v.Type == VarBoolean && len(v.Codes) == 0 {
		return []CodeOption{{Code: "true"}, {Code: "false"}}
	}
	return v.Codes
}

// Translated tells whether values of v are translated from codes of the source.
func Translated(v *Variable) bool {
	return !v.Computed && (v.Type == VarCode || v.Type == VarBoolean || len(v.Codes) > 0)
}

// CodeState says how far the decision on a value has come.
type CodeState string

const (
	CodeUndecided CodeState = "undecided"
	CodeFlagged   CodeState = "flagged"
	CodeWaiting   CodeState = "waiting"  // approved, but the rule says otherwise
	CodeOutside   CodeState = "outside"  // approved, for other days than this one
	CodeInRule    CodeState = "in_rule"  // the rule has it, and nobody has looked at it
	CodeSame      CodeState = "same"     // it is a code of the variable already, and the rule translates nothing
	CodeApproved  CodeState = "approved" // and the rule has it so
	CodeIgnored   CodeState = "ignored"
)

// CodeStates lists them in the order of the queue: what asks for a person first.
var CodeStates = []CodeState{CodeUndecided, CodeFlagged, CodeWaiting, CodeOutside, CodeInRule, CodeSame, CodeApproved, CodeIgnored}

// CodeRow is one value of the source in the queue.
type CodeRow struct {
	Value    string
	Rows     int64 // in the profile; 0 when it isn't among the values that are told
	State    CodeState
	Code     string // what the rule makes of it
	Null     bool   // the rule makes null of it
	Decision *CodeDecision
}

// CodeQueue is the queue of one variable.
type CodeQueue struct {
	Field     string // that the values come from; "" when the rule reads none or several, and no profile tells of them
	Rows      []CodeRow
	Hidden    int64     // different values of the field that are not told
	Otherwise Otherwise // what the rule does with any other value
	Value     string    // with OtherCode
	HasStep   bool      // the rule has a table of codes
}

// Count counts the rows in a state.
func (q *CodeQueue) Count(s CodeState) int {
	n := 0
	for i := range q.Rows {
		if q.Rows[i].State == s {
			n++
		}
	}
	return n
}

// NewCodeQueue lists the values that a rule's table of codes meets, or would meet if it had one: those that the profile
// tells, those that the table has, and those that somebody decided on. The commonest come first within each state. The
// profile and the rule may be nil.
func NewCodeQueue(v *Variable, r *Rule, p *SourceProfile, decided []CodeDecision, day Date) CodeQueue {
	var q CodeQueue
	rows := map[string]*CodeRow{}
	var order []string
	row := func(value string) *CodeRow {
		if rows[value] == nil {
			rows[value] = &CodeRow{Value: value}
			order = append(order, value)
		}
		return rows[value]
	}
	var before []Step
	var table *Step
	if r != nil {
		i := codesAt(r)
		before = r.Steps[:i]
		if i < len(r.Steps) && r.Steps[i].Kind == StepCodes {
			table = &r.Steps[i]
		}
		if len(r.Steps) > 0 && r.Steps[0].Kind == StepCopy && len(r.Steps[0].From) == 1 {
			q.Field = r.Steps[0].From[0]
		}
	}
	if f := p.Field(q.Field); f != nil && q.Field != "" {
		q.Hidden = f.Hidden
		for _, x := range f.Top {
			if value, ok := met(before, x.Text); ok {
				row(value).Rows += x.Rows
			}
		}
	}
	if table != nil {
		q.HasStep, q.Otherwise, q.Value = true, table.Otherwise, table.Value
		for value, code := range table.Map {
			row(value).Code = code
		}
		for _, value := range table.Null {
			row(value).Null = true
		}
	}
	for i := range decided {
		row(decided[i].Value).Decision = &decided[i]
	}
	for _, value := range order {
		x := rows[value]
		x.State = x.state(v, table != nil, day)
		q.Rows = append(q.Rows, *x)
	}
	slices.SortFunc(q.Rows, func(a, b CodeRow) int {
		if a.State != b.State {
			return slices.Index(CodeStates, a.State) - slices.Index(CodeStates, b.State)
		}
		if a.Rows != b.Rows {
			if a.Rows > b.Rows {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Value, b.Value)
	})
	return q
}

func (x *CodeRow) state(v *Variable, table bool, day Date) CodeState {
	switch d := x.Decision; {
	case d != nil && d.Verdict == VerdictFlagged:
		return CodeFlagged
	case d != nil && d.Verdict == VerdictIgnored:
		return CodeIgnored
	case d != nil && !d.Holds(day):
		return CodeOutside
	case d != nil && (d.Code != x.Code || (d.Relation == RelNoMatch) != x.Null):
		return CodeWaiting
	case d != nil:
		return CodeApproved
	case x.Code != "" || x.Null:
		return CodeInRule
	case !table && len(v.Codes) > 0 && v.HasCode(x.Value):
		return CodeSame
	}
	return CodeUndecided
}

// codesAt is where a rule has its table of codes, or where one belongs: after the steps that make the text plain.
func codesAt(r *Rule) int {
	plain := 0
	for i, s := range r.Steps {
		switch s.Kind {
		case StepCodes:
			return i
		case StepCopy, StepFirst, StepJoin, StepSplit, StepTrim, StepMissing, StepNormalise, StepConstant:
			if plain == i {
				plain = i + 1
			}
		}
	}
	return plain
}

// met gives what a value of the source is when the table of codes meets it; false when an earlier step makes it null or
// something that can't be told from the value alone.
func met(before []Step, value string) (string, bool) {
	for _, s := range before {
		switch s.Kind {
		case StepCopy:
		case StepTrim:
			value = strings.TrimSpace(value)
		case StepMissing:
			if slices.Contains(s.Values, value) {
				return "", false
			}
			if code, ok := s.Map[value]; ok {
				value = code
			}
		case StepNormalise:
			value = NormaliseCode(s.System, value)
		default:
			return "", false
		}
	}
	return value, value != ""
}

// WithDecisions gives the rule with its table of codes as the decisions that hold on a day say, and leaves r as it is:
// an approved value becomes its code, or null; an ignored one is taken out of the table; a flagged one stays as it is. A
// table that is left empty goes.
func (r *Rule) WithDecisions(decided []CodeDecision, day Date) Rule {
	next := *r
	next.Steps = slices.Clone(r.Steps)
	i := codesAt(&next)
	if i == len(next.Steps) || next.Steps[i].Kind != StepCodes {
		next.Steps = slices.Insert(next.Steps, i, Step{Kind: StepCodes})
	}
	s := &next.Steps[i]
	table := make(map[string]string, len(s.Map)+len(decided))
	for value, code := range s.Map {
		table[value] = code
	}
	null := slices.Clone(s.Null)
	for j := range decided {
		d := &decided[j]
		if d.Verdict == VerdictFlagged || d.Verdict == VerdictApproved && !d.Holds(day) {
			continue
		}
		delete(table, d.Value)
		null = slices.DeleteFunc(null, func(n string) bool { return n == d.Value })
		switch {
		case d.Verdict == VerdictIgnored:
		case d.Relation == RelNoMatch:
			null = append(null, d.Value)
		default:
			table[d.Value] = d.Code
		}
	}
	if s.Map = table; len(table) == 0 {
		s.Map = nil
	}
	if s.Null = null; len(null) == 0 {
		s.Null = nil
	}
	if s.Map == nil && s.Null == nil {
		next.Steps = slices.Delete(next.Steps, i, i+1)
	}
	return next
}

// WithOtherwise gives the rule with what its table of codes does with any other value, and leaves r as it is. A rule
// without a table stays as it is.
func (r *Rule) WithOtherwise(o Otherwise, value string) Rule {
	next := *r
	next.Steps = slices.Clone(r.Steps)
	if i := codesAt(&next); i < len(next.Steps) && next.Steps[i].Kind == StepCodes {
		if next.Steps[i].Otherwise = o; o != OtherCode {
			value = ""
		}
		next.Steps[i].Value = value
	}
	return next
}

// MergeDecisions gives what of an import is to be written: what nobody has decided on yet. A decision that is there
// stands, with its author, whatever the file says of the value; kept has those of the file that say something else.
func MergeDecisions(there, read []CodeDecision) (write, kept []CodeDecision) {
	has := make(map[[2]string]*CodeDecision, len(there))
	for i := range there {
		has[[2]string{there[i].Variable, there[i].Value}] = &there[i]
	}
	for i := range read {
		switch old := has[[2]string{read[i].Variable, read[i].Value}]; {
		case old == nil:
			write = append(write, read[i])
		case !old.SameSaid(&read[i]):
			kept = append(kept, read[i])
		}
	}
	return write, kept
}

// MaxCodeValues is how many values of one variable people can have decided on: as many as the form of a queue carries.
const MaxCodeValues = 5000

// RoomForCodes holds that a variable's values stay within MaxCodeValues when list is added to the decisions that are there.
func RoomForCodes(there, list []CodeDecision) error {
	values := map[string]bool{}
	for _, d := range append(slices.Clone(there), list...) {
		values[d.Value] = true
	}
	if len(values) > MaxCodeValues && len(list) > 0 {
		return FieldError("file", "translation.too_many", Args{"variable": list[0].Variable, "n": len(values), "limit": MaxCodeValues})
	}
	return nil
}
