package store

import (
	"slices"
	"time"
)

// MoveState is how far the move of an integration to another system has come.
type MoveState string

const (
	MovePlanned    MoveState = "planned"      // the copy is made; it waits for its approval
	MoveSideBySide MoveState = "side_by_side" // both run, the copy as a shadow that loads nothing
	MoveSwitched   MoveState = "switched"     // the copy loads, the old one is suspended
	MoveAbandoned  MoveState = "abandoned"    // the copy is ended, the old one goes on
)

// MoveStates lists the states in the order of a move's life.
var MoveStates = []MoveState{MovePlanned, MoveSideBySide, MoveSwitched, MoveAbandoned}

// moveMoves is every legal transition. From switched back to side by side is the way to undo a switch.
var moveMoves = map[MoveState][]MoveState{
	MovePlanned:    {MoveSideBySide, MoveAbandoned},
	MoveSideBySide: {MoveSwitched, MoveAbandoned},
	MoveSwitched:   {MoveSideBySide},
}

// CanMove tells whether a move may go from s to t.
func (s MoveState) CanMove(t MoveState) bool { return slices.Contains(moveMoves[s], t) }

// Shadows tells whether the copy loads nothing in this state. A copy whose move was abandoned is ended and doesn't run.
func (s MoveState) Shadows() bool { return s == MovePlanned || s == MoveSideBySide }

// ShadowOf tells whether the runs of an integration load nothing: it is the copy, and the old one still loads.
func (m *Move) ShadowOf(id string) bool { return id == m.ToID && m.State.Shadows() }

// Replaced tells whether an integration may not run at all: it is the old one, and the copy loads in its place.
func (m *Move) Replaced(id string) bool { return id == m.FromID && m.State == MoveSwitched }

// Allows tells why one of the two may not go to a state but by a step of the move, or nil. At most one of them ever
// loads: the old one that was switched from can only end, until the switch is undone. The copy doesn't end by itself, for
// the move would be left without a side; anybody with the right may suspend it. A move that is over, because it was
// abandoned or the old one has ended, allows everything.
func (m *Move) Allows(id string, to IntegrationState) *Error {
	switch {
	case m.Replaced(id) && to != IntEnded:
		return E(Conflict, "move.holds_old", nil)
	case id == m.ToID && to == IntEnded && m.State == MoveSwitched:
		return E(Conflict, "move.holds_new", nil)
	case m.ShadowOf(id) && to == IntEnded:
		return E(Conflict, "move.holds_copy", nil)
	}
	return nil
}

// What a move starts with where nothing is said.
const (
	DefaultMoveRuns       = 5
	DefaultRowTolerance   = 0.01
	DefaultShareTolerance = 0.01
)

// Move takes an integration from one system to another: a copy is made, approved on its own, run side by side with the
// old one as a shadow, and then switched to (contracts/hospital-sources.md section 1).
type Move struct {
	ID         string
	FromID     string
	ToID       string
	RegistryID string // of both
	State      MoveState
	// StartsOn and EndsOn are the planned period side by side; MinRuns is how many pairs of runs must be compared.
	StartsOn, EndsOn Date
	MinRuns          int
	// RowTolerance is how far a count of rows may differ, as a share of the rows the old one read; ShareTolerance how
	// far the share of rows with one value may.
	RowTolerance, ShareTolerance float64
	Reason                       string // why it was switched although something differed, undone, or abandoned
	CreatedBy                    string // user id
	CreatedAt                    time.Time
	StartedAt                    time.Time // when both began to run; zero before that
	ClosedAt                     time.Time // when it was switched or abandoned; zero before that
	Version                      int
}

// Go changes the state, or refuses with Conflict and changes nothing.
func (m *Move) Go(to MoveState) error {
	if !m.State.CanMove(to) {
		return E(Conflict, "move.transition", Args{"from": Code("move.state." + m.State), "to": Code("move.state." + to)})
	}
	m.State = to
	return nil
}

// Validate checks the terms of the time side by side.
func (m *Move) Validate() error {
	var bad FieldErrors
	if !m.StartsOn.Valid() {
		bad.Add("starts_on", "field.date", nil)
	}
	if !m.EndsOn.Valid() {
		bad.Add("ends_on", "field.date", nil)
	} else if m.StartsOn.Valid() && m.EndsOn.Before(m.StartsOn) {
		bad.Add("ends_on", "field.end_before_start", nil)
	}
	if m.MinRuns < 1 || m.MinRuns > 1000 {
		bad.Add("min_runs", "field.number", nil)
	}
	if !isShare(m.RowTolerance) {
		bad.Add("row_tolerance", "field.share", nil)
	}
	if !isShare(m.ShareTolerance) {
		bad.Add("share_tolerance", "field.share", nil)
	}
	return bad.OrNil()
}

// Early tells whether a day lies before the planned last day of the time side by side.
func (m *Move) Early(today Date) bool { return today.Before(m.EndsOn) }

// MaySwitch tells why the copy can't take over yet, or nil: enough pairs of runs must have been compared, the latest must
// lie within the tolerances, and the planned last day must have come. Somebody may give a reason why the differences are
// right, or why it can't wait.
func (m *Move) MaySwitch(pairs int, within bool, today Date, reason string) *Error {
	switch {
	case !m.State.CanMove(MoveSwitched):
		return E(Conflict, "move.transition", Args{"from": Code("move.state." + m.State),
			"to": Code("move.state." + MoveSwitched)})
	case pairs < m.MinRuns:
		return E(Conflict, "move.too_few_runs", Args{"n": pairs, "min": m.MinRuns})
	case !within && reason == "":
		return E(Conflict, "move.differs", nil)
	case m.Early(today) && reason == "":
		return E(Conflict, "move.too_early", Args{"date": m.EndsOn})
	}
	return nil
}

// Rebase makes the copy of an integration that reaches another system by a method and a connection of its own: same
// registry, codebook, sensitivity and limits. ROS and LD don't follow: they were made for another combination of system
// and method (contracts/register-solutions.md section 4 rule 1). Nor does the mark of the demonstration: the other system
// may be a real one.
func (i *Integration) Rebase(id, name, methodID, connectionID string) *Integration {
	return &Integration{ID: id, RegistryID: i.RegistryID, MethodID: methodID, ConnectionID: connectionID, Name: name,
		Purpose: i.Purpose, Sensitivity: i.Sensitivity, State: IntCandidate, CodebookID: i.CodebookID, Limits: i.Limits,
		ExpectedHours: i.ExpectedHours, Owner: i.Owner, Note: i.Note}
}

// Missing gives the fields that the mapping reads and a source doesn't deliver, and the delivered ones that the mapping
// gives no class: a run is refused for either.
func (m *Mapping) Missing(delivered []string) (missing, unknown []string) {
	for _, f := range m.Source {
		if !slices.Contains(delivered, f.Name) {
			missing = append(missing, f.Name)
		}
	}
	for _, name := range delivered {
		if !slices.ContainsFunc(m.Source, func(f Field) bool { return f.Name == name }) {
			unknown = append(unknown, name)
		}
	}
	return missing, unknown
}

// RunAt is a run by its number and where it stands in time.
type RunAt struct {
	No int64
	At time.Time
}

// RunPair is one run of each integration over the same window.
type RunPair struct{ Old, New RunAt }

// PairWindow is how far two runs may lie apart and still be compared.
const PairWindow = 24 * time.Hour

// PairRuns puts each run of the new integration beside the run of the old one that is nearest in time, at most
// PairWindow away; each run is used once, and of two equally near the earlier. Both lists are in order of time; the pairs
// come in the order of the new one's runs.
func PairRuns(old, now []RunAt) []RunPair {
	used := make([]bool, len(old))
	var pairs []RunPair
	for _, n := range now {
		best := -1
		for i, o := range old {
			apart := n.At.Sub(o.At).Abs()
			if !used[i] && apart <= PairWindow && (best < 0 || apart < n.At.Sub(old[best].At).Abs()) {
				best = i
			}
		}
		if best >= 0 {
			used[best] = true
			pairs = append(pairs, RunPair{Old: old[best], New: n})
		}
	}
	return pairs
}
