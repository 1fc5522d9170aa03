package store

import "time"

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
	Moment Moment
	ScopeParts
	Approval *Approval
	ROS      *RiskAssessment
	LD       *SolutionDesign
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
// order: is everything there; does the registry rest on something; do the hospital's routing and life-cycle rules hold;
// do ROS and LD hold; does the state allow it; does an approval cover exactly this.
//
// At save and submit the last two are not asked, for that is what is being prepared; at approval ROS and LD must hold.
func Gate(q GateQuestion) *GateAnswer {
	a := &GateAnswer{}
	refuse := func(code Code, args Args) { a.Refusals = append(a.Refusals, E(Refused, code, args)) }
	add := func(e *Error) {
		if e != nil {
			a.Refusals = append(a.Refusals, e)
		}
	}
	late := q.Moment == AtSchedule || q.Moment == AtRun // what must be in place before anything moves

	if q.Registry == nil || q.Integration == nil || q.System == nil || q.Method == nil {
		refuse("gate.incomplete", nil)
		return a
	}
	if q.Moment != AtSave {
		if q.Kind == nil {
			refuse("gate.no_connector", Args{"method": q.Method.Name})
		}
		if q.Connection == nil {
			refuse("gate.no_connection", nil)
		}
		if q.Mapping == nil || q.Codebook == nil {
			refuse("gate.no_mapping", nil)
		}
		if missing := q.Registry.Missing(); len(missing) > 0 {
			refuse("gate.registry_basis", Args{"registry": q.Registry.Name, "fields": missing})
		}
	}

	policy(q, a)

	if q.Moment != AtSave {
		if q.ROS == nil {
			refuse("gate.no_ros", nil)
		} else if q.Moment != AtSubmit {
			add(q.ROS.Holds(q.At))
		}
		if q.LD == nil {
			refuse("gate.no_ld", nil)
		} else if q.Moment != AtSubmit {
			add(q.LD.Holds(q.At))
		}
	}
	if late && !q.Integration.State.Runnable() {
		refuse("gate.state", Args{"state": string(q.Integration.State)})
	}
	if q.Kind != nil && q.Connection != nil && q.Mapping != nil && q.Codebook != nil {
		a.Scope = ComputeScope(q.ScopeParts)
		a.ScopeHash = a.Scope.Hash()
	}
	if late {
		a.askApproval(q)
	}
	return a
}

func (a *GateAnswer) askApproval(q GateQuestion) {
	if q.Approval == nil {
		a.Refusals = append(a.Refusals, E(Refused, "gate.not_approved", Args{"state": ""}))
		return
	}
	if e := q.Approval.Holds(q.At); e != nil {
		a.Refusals = append(a.Refusals, e)
		return
	}
	if a.Scope == nil {
		return
	}
	if q.Approval.ROS != q.Integration.ROS || q.Approval.LD != q.Integration.LD {
		a.Refusals = append(a.Refusals, E(Refused, "gate.basis_changed", nil))
	}
	approved, err := ParseScope(q.Approval.Scope)
	if err != nil || approved.Hash() != q.Approval.ScopeHash {
		a.Refusals = append(a.Refusals, E(Refused, "gate.scope_broken", nil))
		return
	}
	if a.Uncovered = a.Scope.Uncovered(approved); len(a.Uncovered) > 0 {
		a.Refusals = append(a.Refusals, E(Refused, "gate.scope_not_covered", Args{"differences": a.Uncovered}))
	}
}

// policy asks the hospital's own rules (contracts/register-solutions.md sections 1, 2 and 4). What they compare
// against is data: the method's highest sensitivity, route and detour, the phase and end date of system and registry.
func policy(q GateQuestion, a *GateAnswer) {
	refuse := func(code Code, args Args) { a.Refusals = append(a.Refusals, E(Refused, code, args)) }
	today := DateOf(q.At)
	highest := q.Method.Highest
	if q.Kind != nil && !q.Kind.Highest.Covers(highest) {
		highest = q.Kind.Highest
	}
	if !highest.Covers(q.Integration.Sensitivity) {
		refuse("gate.too_sensitive", Args{"system": q.System.Name, "method": q.Method.Name, "instead": q.Method.Instead})
	}
	if q.Method.Route == RouteLocal && (q.LD == nil || q.LD.ExemptRouteUntil.IsZero() || q.LD.ExemptRouteUntil.Before(today)) &&
		q.Moment != AtSave {
		refuse("gate.route", Args{"route": string(q.Method.Route)})
	}
	switch {
	case !q.System.EndsOn.IsZero() && q.System.EndsOn.Before(today), q.System.Phase == PhaseRetired:
		refuse("gate.system_ended", Args{"system": q.System.Name, "date": q.System.EndsOn, "successor": q.System.Successor})
	case q.System.Phase == PhasePhasingOut && (q.Moment == AtSave || q.Moment == AtSubmit) && q.Integration.State == IntCandidate:
		refuse("gate.phasing_out_new", Args{"system": q.System.Name, "date": q.System.EndsOn, "successor": q.System.Successor})
	case q.System.Phase == PhasePhasingOut:
		a.Warnings = append(a.Warnings, E(Refused, "gate.phasing_out",
			Args{"system": q.System.Name, "date": q.System.EndsOn, "successor": q.System.Successor}))
	}
	if !q.Registry.EndsOn.IsZero() && q.Registry.EndsOn.Before(today) {
		refuse("gate.registry_ended", Args{"registry": q.Registry.Name, "date": q.Registry.EndsOn})
	}
}
