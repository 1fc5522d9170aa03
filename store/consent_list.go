package store

import "time"

// ConsentSnapshot is a list of choices as it was read once, to the end.
type ConsentSnapshot struct {
	No    int64     // counted per list from 1; 0: none has been read
	Legal time.Time // when reading began: the list says how it was then
	Known time.Time // when it was taken in here
	// Active counts the persons with an active choice.
	Active int64
	Turn   ConsentTurn
	State  SnapshotState
	// Why is what held it, or what a person who decided gave as a reason.
	Why  *Error
	By   string
	Note string
}

// SnapshotState is what became of a list that was read.
type SnapshotState string

const (
	SnapshotTaken    SnapshotState = "taken"    // it holds, or held until the next one
	SnapshotHeld     SnapshotState = "held"     // waits for a person
	SnapshotAccepted SnapshotState = "accepted" // held, and taken in on a person's word
	SnapshotRefused  SnapshotState = "refused"  // held, and let go of on a person's word
	SnapshotReplaced SnapshotState = "replaced" // held, and overtaken by a newer one before anybody decided
)

// ConsentTurn is how a list differs from the one before.
type ConsentTurn struct {
	Before    int64 `json:"before"`    // active in the one before
	Active    int64 `json:"active"`    // active in this
	New       int64 `json:"new"`       // in this and not before
	Withdrawn int64 `json:"withdrawn"` // before and not in this
	Changed   int64 `json:"changed"`   // in both, with a higher sequence number
	Lower     int64 `json:"lower"`     // in both, with a lower one: something is out of order at the source
	Invalid   int64 `json:"invalid"`   // numbers that are no person's: they decide over nobody
	Review    int64 `json:"review"`    // said more than could be read, and count as unclear
}

// Brake gives why a list is held for a person to look at, or nil. first tells that there was no list before, which
// nothing can be held against. The one that falls holds as privacy-security-reliability.md section 2 says it, the one
// that turns as contracts/helsenorge.md 2.8 does.
func (r *ConsentRule) Brake(t ConsentTurn, first bool) *Error {
	if first {
		return nil
	}
	args := Args{"before": t.Before, "active": t.Active, "new": t.New, "withdrawn": t.Withdrawn}
	share := func(n int64) float64 { return float64(n) / float64(max(1, t.Before)) }
	fall, turn := t.Before-t.Active, t.New+t.Withdrawn
	switch {
	case t.Before > 0 && t.Active == 0:
		return E(Refused, "consent.held_empty", args)
	case fall > 0 && (fall > int64(r.FallCount) || share(fall) > r.FallShare):
		return E(Refused, "consent.held_fall", args)
	case turn >= int64(r.TurnCount) && share(turn) > r.TurnShare:
		return E(Refused, "consent.held_turn", args)
	}
	return nil
}

// ListState tells how far the last whole list of a rule can be trusted; held tells that a newer one waits for a person.
func (r *ConsentRule) ListState(s ConsentSnapshot, held bool, now time.Time) ConsentListState {
	switch {
	case held:
		return ListHeld
	case s.No == 0:
		return ListMissing
	case now.Sub(s.Legal) > r.Longest() || s.Legal.After(now.Add(clockSkew)):
		return ListOld
	}
	return ListWhole
}

// clockSkew is how far ahead a list's time may be: clocks of two machines are never quite together.
const clockSkew = 5 * time.Minute

// Due tells whether the list is to be read again.
func (r *ConsentRule) Due(s ConsentSnapshot, now time.Time) bool {
	return s.No == 0 || now.Sub(s.Legal) >= r.Interval() || s.Legal.After(now.Add(clockSkew))
}

// Missing gives what keeps runs from starting while the list is not whole, nil when it is.
func (s ConsentListState) Missing(rule string, at time.Time) *Error {
	switch s {
	case ListHeld:
		return E(Refused, "consent.list_held", Args{"rule": rule})
	case ListMissing:
		return E(Unavailable, "consent.list_missing", Args{"rule": rule})
	case ListOld:
		return E(Unavailable, "consent.list_old", Args{"rule": rule, "at": at})
	}
	return nil
}

// RunConsent is what a run knew of one rule's list when it loaded: which list, and how old it was.
type RunConsent struct {
	Rule     string           `json:"rule"`
	Name     string           `json:"name"`
	Type     ConsentType      `json:"type"`
	Snapshot int64            `json:"snapshot"`
	Legal    time.Time        `json:"legal"`  // when the list was read
	Known    time.Time        `json:"known"`  // when it was taken in
	Active   int64            `json:"active"` // persons with an active choice
	State    ConsentListState `json:"state"`
}

// ConsentLists is what is known of a rule's list. No is 0 in a snapshot that there is none of.
type ConsentLists struct {
	Holds, Waits ConsentSnapshot
	Active       int64             // persons with an active choice, as it stands now
	Inactive     int64             // persons who had one
	Changes      int64             // of single choices, since the first list
	Due          int64             // withdrawals that are not carried out yet
	Recent       []ConsentSnapshot // the newest first
}

// State tells how far the list can be trusted.
func (l *ConsentLists) State(r *ConsentRule, now time.Time) ConsentListState {
	return r.ListState(l.Holds, l.Waits.No > 0, now)
}

// ConsentStanding is a rule with what is known of its list.
type ConsentStanding struct {
	Rule  ConsentRule
	Lists ConsentLists
	State ConsentListState
}
