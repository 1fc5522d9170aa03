package store

import (
	"slices"
	"time"
)

// Moment is where the gate is asked. The same function answers at all of them, so that nothing that would be refused
// at night can be saved by day without being told.
type Moment string

const (
	AtSave     Moment = "save"
	AtSubmit   Moment = "submit"
	AtApprove  Moment = "approve"
	AtSchedule Moment = "schedule"
	AtRun      Moment = "run"
)

// GateQuestion is what the gate is asked about. Parts that do not exist are nil.
type GateQuestion struct {
	At     time.Time
	Moment Moment // anything but the moments above is taken for AtRun
	// Production tells that people log in through the hospital: what only the demonstration approved may not run then.
	Production bool
	// ApprovedBefore tells that the integration was approved at some time: it is not new.
	ApprovedBefore bool
	ScopeParts
	Approval *Approval
	ROS      *RiskAssessment
	LD       *SolutionDesign
	// Move is the move that the integration is part of and that is not over, as the old one or as the copy.
	Move *Move
	// Instead is the system that the method points at for what is too sensitive for it, Successor the one that takes over
	// from the system; both to name them.
	Instead, Successor *System
	// Log is why the audit log can't be trusted, nil when it can: nothing runs until somebody has looked into it.
	Log *Error
	// Lost is what the high-water mark says was there and isn't, or that a backup was put back; nil when nothing runs
	// short: nothing runs until somebody has looked into it.
	Lost *Error
}

// Latest is the last day that an approval may hold: when the first of ROS and LD runs out. Empty when neither says.
func (q *GateQuestion) Latest() Date {
	var last Date
	if q.ROS != nil {
		last = q.ROS.ValidTo
	}
	if q.LD != nil && !q.LD.ValidTo.IsZero() && (last.IsZero() || q.LD.ValidTo.Before(last)) {
		last = q.LD.ValidTo
	}
	return last
}

// GateAnswer is what the gate says. Refusals are in the order of Gate's steps; the first is the reason of a refused
// run. Warnings let it pass. Scope is what would run, nil when a part is missing.
type GateAnswer struct {
	Refusals  []*Error
	Warnings  []*Error
	Scope     *Scope
	ScopeHash string
	Uncovered []Difference
}

// OK tells whether nothing is refused.
func (a *GateAnswer) OK() bool { return len(a.Refusals) == 0 }

// Err gives the first refusal, or nil.
func (a *GateAnswer) Err() error {
	if a.OK() {
		return nil
	}
	return a.Refusals[0]
}

// Gate decides whether an integration may be saved, submitted, approved, scheduled or run as it stands. It asks, in
// order: is everything there, and does it belong together; does the registry rest on something; do the hospital's
// routing and life-cycle rules hold; do ROS and LD hold, and speak of every field; does the state allow it; does an
// approval cover exactly this.
//
// At save and submit the last two are not asked, for that is what is being prepared; at approval ROS and LD must hold,
// and what stands must be what was submitted.
func Gate(q GateQuestion) *GateAnswer {
	a := &GateAnswer{}
	if q.Registry == nil || q.Integration == nil || q.System == nil || q.Method == nil {
		a.refuse("gate.incomplete", nil)
		return a
	}
	early := q.Moment == AtSave || q.Moment == AtSubmit
	late := !early && q.Moment != AtApprove // what must be in place before anything moves

	if late {
		a.add(q.Log)
		a.add(q.Lost)
	}
	if q.Moment != AtSave {
		a.askParts(q)
	}
	for _, part := range q.strangers() {
		a.refuse("gate.mismatch", Args{"part": part})
	}
	if q.Moment != AtSave {
		if missing := q.Registry.Missing(); len(missing) > 0 {
			a.refuse("gate.registry_basis", Args{"registry": q.Registry.Name, "fields": basisTexts(missing)})
		}
		if lapsed := q.Registry.Lapsed(q.At); len(lapsed) > 0 {
			a.refuse("gate.registry_lapsed", Args{"registry": q.Registry.Name, "fields": basisTexts(lapsed)})
		}
	}
	a.askPolicy(&q)
	if q.Moment != AtSave {
		a.askConsent(&q)
		a.askCoverage(&q)
	}
	switch {
	case late && q.Replaced():
		a.refuse("gate.moved", nil)
	case late && !q.Integration.State.Runnable():
		a.refuse("gate.state", Args{"state": Code("state.integration." + q.Integration.State)})
	}
	if q.Kind != nil && q.Connection != nil && q.Mapping != nil && q.Codebook != nil {
		a.Scope = ComputeScope(q.ScopeParts)
		a.ScopeHash = a.Scope.Hash()
	}
	switch {
	case late:
		a.askApproval(q)
	case q.Moment == AtApprove && q.Approval != nil && a.Scope != nil && q.Approval.ScopeHash != a.ScopeHash:
		a.refuse("gate.changed_since_submit", nil)
	}
	return a
}

// Replaced tells whether another integration loads in place of this one, after a move.
func (q *GateQuestion) Replaced() bool {
	return q.Move != nil && q.Move.Replaced(q.Integration.ID) && q.Integration.State != IntEnded
}

func (a *GateAnswer) refuse(code Code, args Args) {
	a.Refusals = append(a.Refusals, E(Refused, code, args))
}

func (a *GateAnswer) add(e *Error) {
	if e != nil {
		a.Refusals = append(a.Refusals, e)
	}
}

func basisTexts(fields []string) []Code {
	texts := make([]Code, len(fields))
	for i, f := range fields {
		texts[i] = Code("basis." + f)
	}
	return texts
}

// askParts asks for what a run is made of, and whether the mapping is whole.
func (a *GateAnswer) askParts(q GateQuestion) {
	if q.Kind == nil {
		a.refuse("gate.no_connector", Args{"method": q.Method.Name})
	}
	if q.Connection == nil {
		a.refuse("gate.no_connection", nil)
	}
	if q.Mapping == nil || q.Codebook == nil {
		a.refuse("gate.no_mapping", nil)
	} else if err := q.Mapping.Mapping.Validate(q.Codebook); err != nil {
		a.refuse("gate.mapping_invalid", Args{"version": q.Mapping.No, "codebook": q.Codebook.ID})
	}
}

// strangers names the parts that belong to something else than this integration. Without this question another
// system's connection, another integration's approval or another registry's codebook could be slipped in.
func (q *GateQuestion) strangers() []Code {
	var parts []Code
	check := func(part string, belongs bool) {
		if !belongs {
			parts = append(parts, Code("gate.part."+part))
		}
	}
	i := q.Integration
	check("registry", q.Registry.ID == i.RegistryID)
	check("method", q.Method.ID == i.MethodID && q.Method.SystemID == q.System.ID)
	if k := q.Kind; k != nil {
		check("connector", k.Name == q.Method.Kind && slices.Contains(k.Roles, q.System.Role) && !k.Consents)
	}
	if c := q.Connection; c != nil {
		check("connection", c.ID == i.ConnectionID && c.SystemID == q.System.ID && c.Kind == q.Method.Kind)
	}
	if m := q.Mapping; m != nil {
		check("mapping", m.IntegrationID == i.ID && (m.Mapping.From != "") == (q.System.Role == Destination))
		if c := q.Codebook; c != nil {
			check("codebook", c.RegistryID == i.RegistryID && c.ID == m.CodebookID && c.Version == m.CodebookVersion)
		}
	}
	if r := q.ROS; r != nil {
		check("ros", Ref{r.ID, r.Version} == i.ROS)
	}
	if d := q.LD; d != nil {
		check("ld", Ref{d.ID, d.Version} == i.LD)
	}
	if p := q.Approval; p != nil {
		check("approval", p.IntegrationID == i.ID)
	}
	return parts
}

// askAssessments asks whether ROS and LD are there and hold; early only that they are there. Those of the
// demonstration, which nobody decided, carry nothing but the demonstration.
func (a *GateAnswer) askAssessments(q *GateQuestion) {
	early := q.Moment == AtSubmit
	if q.ROS == nil {
		a.refuse("gate.no_ros", nil)
	} else if !early {
		a.add(q.ROS.Holds(q.At))
	}
	if q.LD == nil {
		a.refuse("gate.no_ld", nil)
	} else if !early {
		a.add(q.LD.Holds(q.At))
	}
	if (q.ROS != nil && q.ROS.Demo || q.LD != nil && q.LD.Demo) && (q.Production || !q.Integration.Demo) {
		a.refuse("gate.demo", nil)
	}
}

func (a *GateAnswer) askApproval(q GateQuestion) {
	if q.Approval == nil {
		a.refuse("gate.no_approval", nil)
		return
	}
	if e := q.Approval.Holds(q.At); e != nil {
		a.add(e)
		return
	}
	if q.Approval.Demo && (q.Production || !q.Integration.Demo) {
		a.refuse("gate.demo", nil)
		return
	}
	for i := range q.Approval.Conditions {
		c := &q.Approval.Conditions[i]
		args := Args{"no": c.No, "condition": c.Text, "date": c.DueOn}
		if c.Overdue(q.At) {
			a.refuse("gate.condition_overdue", args)
		} else if c.Near(q.At) {
			a.Warnings = append(a.Warnings, E(Refused, "gate.condition_near", args))
		}
	}
	if a.Scope == nil {
		return
	}
	if q.Approval.ROS != q.Integration.ROS || q.Approval.LD != q.Integration.LD {
		a.refuse("gate.basis_changed", nil)
	}
	approved, err := ParseScope(q.Approval.Scope)
	if err != nil || ScopeHash(q.Approval.Scope) != q.Approval.ScopeHash {
		a.refuse("gate.scope_broken", nil)
		return
	}
	if a.Uncovered = a.Scope.Uncovered(approved); len(a.Uncovered) > 0 {
		a.refuse("gate.scope_not_covered", Args{"differences": a.Uncovered})
	}
}
