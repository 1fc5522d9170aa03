package store

import (
	"slices"
	"time"
)

// ApprovalState is where an approval stands.
type ApprovalState string

const (
	AppDraft           ApprovalState = "draft"
	AppSubmitted       ApprovalState = "submitted"
	AppChangeRequested ApprovalState = "change_requested"
	AppApproved        ApprovalState = "approved"
	AppRejected        ApprovalState = "rejected"
	AppRevoked         ApprovalState = "revoked"
	AppExpired         ApprovalState = "expired"
	AppSuperseded      ApprovalState = "superseded"
)

// ApprovalStates lists the states in the order of an approval's life.
var ApprovalStates = []ApprovalState{AppDraft, AppSubmitted, AppChangeRequested, AppApproved, AppRejected, AppRevoked,
	AppExpired, AppSuperseded}

var approvalMoves = map[ApprovalState][]ApprovalState{
	AppDraft:           {AppSubmitted},
	AppSubmitted:       {AppChangeRequested, AppApproved, AppRejected},
	AppChangeRequested: {AppSubmitted},
	AppApproved:        {AppRevoked, AppExpired, AppSuperseded},
}

// CanMove tells whether an approval may go from s to t.
func (s ApprovalState) CanMove(t ApprovalState) bool { return slices.Contains(approvalMoves[s], t) }

// Approval binds a ROS and an LD to an exact Scope: the decision that lets an integration run.
type Approval struct {
	ID            string
	IntegrationID string
	State         ApprovalState
	Scope         []byte // canonical JSON of the Scope as it was submitted
	ScopeHash     string // lower-case hex SHA-256 of Scope
	ROS, LD       Ref
	MappingNo     int
	SubmittedBy   string // user id
	SubmittedName string
	SubmittedAt   time.Time
	EditedBy      []string // user ids of all who edited what is submitted: none of them may approve it
	DecidedBy     string
	DecidedName   string
	DecidedAt     time.Time
	Reason        string
	ValidTo       Date
	Conditions    []Term // what it was approved on, numbered from 1
	Demo          bool   // registered for the synthetic demonstration, decided by no person
	CreatedAt     time.Time
	Version       int
}

// Move changes the state, or refuses with Conflict and changes nothing.
func (a *Approval) Move(to ApprovalState) error {
	if !a.State.CanMove(to) {
		return E(Conflict, "approval.transition", Args{"from": Code("approval." + a.State), "to": Code("approval." + to)})
	}
	a.State = to
	return nil
}

// MayDecide refuses whoever submitted or edited the version: nobody approves their own work.
func (a *Approval) MayDecide(userID string) error {
	if userID == "" || userID == a.SubmittedBy || slices.Contains(a.EditedBy, userID) {
		return E(Forbidden, "approval.four_eyes", nil)
	}
	return nil
}

// Term is a condition of an approval: something that must be done by a day for an approval to go on holding. It stands in the record for ever.
type Term struct {
	No       int       `json:"no"`
	Text     string    `json:"text"`
	DueOn    Date      `json:"due_on"` // last day
	MetAt    time.Time `json:"met_at,omitzero"`
	MetBy    string    `json:"met_by,omitempty"` // user id
	MetName  string    `json:"met_name,omitempty"`
	Evidence string    `json:"evidence,omitempty"` // what shows that it is met, in words
	SeenAt   time.Time `json:"seen_at,omitzero"`   // when somebody who may approve noted that it is said to be met
	SeenBy   string    `json:"seen_by,omitempty"`  // user id
	SeenName string    `json:"seen_name,omitempty"`
}

// Met tells whether somebody has said, with evidence, that the condition is met.
func (c *Term) Met() bool { return !c.MetAt.IsZero() }

// Unseen tells whether the condition is said to be met, and nobody who may approve has seen that yet.
func (c *Term) Unseen() bool { return c.Met() && c.SeenAt.IsZero() }

// Overdue tells whether the day has passed and the condition is not met: nothing runs then.
func (c *Term) Overdue(at time.Time) bool {
	return !c.Met() && (c.DueOn.IsZero() || c.DueOn.Lapsed(at))
}

// conditionWarnDays is how many days before a condition is due it is warned about.
const conditionWarnDays = 14

// Near tells whether the condition is not met and due within 14 days.
func (c *Term) Near(at time.Time) bool {
	return !c.Met() && !c.Overdue(at) && !DateOf(at).AddDays(conditionWarnDays).Before(c.DueOn)
}

// Condition gives the condition of that number, or nil.
func (a *Approval) Condition(no int) *Term {
	for i := range a.Conditions {
		if a.Conditions[i].No == no {
			return &a.Conditions[i]
		}
	}
	return nil
}

// Holds gives why the approval can't carry a run at that moment, or nil.
func (a *Approval) Holds(at time.Time) *Error {
	switch {
	case a.State != AppApproved:
		return E(Refused, "gate.not_approved", Args{"state": Code("approval." + a.State)})
	case a.ValidTo.Lapsed(at):
		return E(Refused, "gate.approval_expired", Args{"date": a.ValidTo})
	}
	return nil
}
