package store

import "slices"

// FootingState is whether an approval carries a run now.
type FootingState string

const (
	FootingNone    FootingState = "none"     // no approval holds, so there is nothing to carry
	FootingOK      FootingState = "approved" // what would run is what was approved, and may
	FootingDrifted FootingState = "drifted"  // what would run is not what was approved, and that is all
	FootingRefused FootingState = "refused"  // something else is in the way, whether it has drifted or not
)

// Footing is how an integration that is approved stands.
type Footing struct {
	State    FootingState
	Changes  int      // what the approval doesn't cover, counted as Changes
	Refusals []*Error // why a run would be refused, in the order of the gate
}

// Footing tells how an integration stands on an approval, from what the gate said of it AtRun. Without an approval that
// is approved it stands on none.
func (a *GateAnswer) Footing(on *Approval) Footing {
	if on == nil || on.State != AppApproved {
		return Footing{State: FootingNone}
	}
	f := Footing{State: FootingOK, Changes: len(Changes(a.Uncovered)), Refusals: a.Refusals}
	switch {
	case slices.ContainsFunc(a.Refusals, func(e *Error) bool { return e.Code != "gate.scope_not_covered" }):
		f.State = FootingRefused
	case !a.OK():
		f.State = FootingDrifted
	}
	return f
}

// Stopped tells whether the integration is approved, and a run would be refused all the same.
func (f *Footing) Stopped() bool { return f.State == FootingDrifted || f.State == FootingRefused }
