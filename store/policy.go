package store

import (
	"slices"
	"time"
)

// PolicyRule is one of the hospital's routing and life-cycle rules. What it compares is data that staff enter; the rule
// says only which values are held against each other, when, and where the rule is written down.
type PolicyRule struct {
	ID string // the texts "policy.<id>" and "policy.<id>.text"
	// Moments are those at which the rule is asked.
	Moments []Moment
	// Codes are what it refuses with, Warnings what it lets pass with.
	Codes, Warnings []Code
	// Reads names the values it compares, as "thing.field": the texts "policy.reads.<name>".
	Reads []string
	// Source is where the rule stands: the text "policy.source.<source>".
	Source string

	ask func(*GateAnswer, *GateQuestion)
}

var (
	always     = []Moment{AtSave, AtSubmit, AtApprove, AtSchedule, AtRun}
	fromSubmit = always[1:]
	whileNew   = always[:3]
)

// Policy is every rule of the hospital, in the order in which the gate asks (contracts/register-solutions.md sections
// 1, 2 and 4, contracts/hospital-sources.md section 1).
var Policy = []PolicyRule{
	{ID: "sensitivity", Moments: always, Codes: []Code{"gate.too_sensitive"}, Source: "hospital_page",
		Reads: []string{"method.highest", "method.instead", "integration.sensitivity", "mapping.classes", "codebook.classes"},
		ask:   (*GateAnswer).askSensitivity},
	{ID: "connector", Moments: always, Codes: []Code{"gate.connector_highest", "gate.connector_route"}, Source: "connector",
		Reads: []string{"method.highest", "method.route", "kind.highest", "kind.route"},
		ask:   (*GateAnswer).askConnector},
	{ID: "route", Moments: fromSubmit, Codes: []Code{"gate.route", "gate.route_reason"},
		Warnings: []Code{"gate.exemption_ends"}, Source: "hospital_page",
		Reads: []string{"method.route", "ld.exempt_route_until", "ld.exempt_route_reason"},
		ask:   (*GateAnswer).askRoute},
	{ID: "system_ended", Moments: always, Codes: []Code{"gate.system_ended"}, Source: "catalogue",
		Reads: []string{"system.phase", "system.ends_on", "system.successor"},
		ask:   (*GateAnswer).askSystemEnded},
	{ID: "phasing_out_new", Moments: whileNew, Codes: []Code{"gate.phasing_out_new"}, Source: "catalogue",
		Reads: []string{"system.phase", "system.ends_on", "system.successor", "integration.approved_before"},
		ask:   (*GateAnswer).askPhasingOutNew},
	{ID: "phasing_out", Moments: always, Warnings: []Code{"gate.phasing_out", "gate.phasing_out_until"}, Source: "catalogue",
		Reads: []string{"system.phase", "system.ends_on", "system.successor"},
		ask:   (*GateAnswer).askPhasingOut},
	{ID: "registry_ended", Moments: always, Codes: []Code{"gate.registry_ended"}, Source: "governance",
		Reads: []string{"registry.ends_on"},
		ask:   (*GateAnswer).askRegistryEnded},
	{ID: "source_method", Moments: fromSubmit, Source: "hospital_page",
		Codes: []Code{"gate.no_ros", "gate.no_ld", "gate.ros_not_accepted", "gate.ros_rejected", "gate.ros_withdrawn",
			"gate.ros_expired", "gate.ld_not_approved", "gate.ld_expired"},
		Reads: []string{"integration.ros", "integration.ld", "ros.state", "ros.valid_to", "ld.state", "ld.valid_to"},
		ask:   (*GateAnswer).askAssessments},
	{ID: "identity_leaves", Moments: fromSubmit, Codes: []Code{"gate.identity_apart", "gate.identity_joined"}, Source: "governance",
		Reads: []string{"kind.identity", "ld.coverage_identity"},
		ask:   (*GateAnswer).askLeaving},
}

// PolicyFor gives the rule that a code of the gate belongs to, or nil.
func PolicyFor(code Code) *PolicyRule {
	for i := range Policy {
		if r := &Policy[i]; slices.Contains(r.Codes, code) || slices.Contains(r.Warnings, code) {
			return r
		}
	}
	return nil
}

// askPolicy asks every rule whose moment it is.
func (a *GateAnswer) askPolicy(q *GateQuestion) {
	for i := range Policy {
		if r := &Policy[i]; slices.Contains(r.Moments, q.moment()) {
			r.ask(a, q)
		}
	}
}

// moment takes anything but the known moments for a run: who forgets to say when, is asked about everything.
func (q *GateQuestion) moment() Moment {
	if slices.Contains(always, q.Moment) {
		return q.Moment
	}
	return AtRun
}

func (a *GateAnswer) warn(code Code, args Args) {
	a.Warnings = append(a.Warnings, E(Refused, code, args))
}

// askSensitivity lets nothing through a way that it is too sensitive for, whoever approved it: what counts is the
// classes of what is moved, and never less than what the integration says of itself.
func (a *GateAnswer) askSensitivity(q *GateQuestion) {
	s := q.Sensitivity()
	if !q.Method.Highest.Covers(s) || q.Kind != nil && !q.Kind.Highest.Covers(s) {
		a.refuse("gate.too_sensitive", Args{"system": q.System.Name, "method": q.Method.Name,
			"instead": named(q.Method.Instead, q.Instead)})
	}
}

// askLeaving lets identity leave only as the solution design says that it does.
func (a *GateAnswer) askLeaving(q *GateQuestion) {
	if q.Kind == nil || q.System.Role != Destination || q.LD != nil && q.LD.Coverage.Identity.Covers(q.Kind.Identity) {
		return
	}
	switch q.Kind.Identity {
	case LeavesApart:
		a.refuse("gate.identity_apart", nil)
	case LeavesJoined:
		a.refuse("gate.identity_joined", nil)
	}
}

// RouteRule is what the hospital asks of a way of transport.
type RouteRule struct {
	Route Route
	// Reason tells that the solution design must say why this way is taken, Until that it must also say until when.
	Reason, Until bool
	// Serves lists the needs of connectors that this way can meet.
	Serves []Route
}

// RouteRules has a line for each way. Transport in the region goes by the supplier's integration platform, "mostly":
// the other side's own interface lies outside that transport and needs a stated reason; a folder on this machine
// replaces the platform and needs an exemption that ends (contracts/hospital-sources.md section 1). The platform may
// end in a folder, but a connector that calls the other side itself can't be declared to go through the platform.
var RouteRules = []RouteRule{
	{Route: RoutePlatform, Serves: []Route{RoutePlatform, RouteLocal}},
	{Route: RouteInternet, Reason: true, Serves: []Route{RoutePlatform, RouteInternet}},
	{Route: RouteLocal, Reason: true, Until: true, Serves: []Route{RoutePlatform, RouteLocal}},
}

// RouteRuleOf gives the rule of a way; one that isn't known needs all there is.
func RouteRuleOf(r Route) RouteRule {
	if i := slices.IndexFunc(RouteRules, func(x RouteRule) bool { return x.Route == r }); i >= 0 {
		return RouteRules[i]
	}
	return RouteRule{Route: r, Reason: true, Until: true}
}

// askConnector holds what is said of a method against what its connector can do.
func (a *GateAnswer) askConnector(q *GateQuestion) {
	k := q.Kind
	if k == nil {
		return
	}
	args := Args{"method": q.Method.Name, "connector": Code("kind." + k.Name)}
	if k.Highest != "" && !k.Highest.Covers(q.Method.Highest) && slices.Contains(Sensitivities, q.Method.Highest) {
		args["highest"] = Code("sensitivity." + k.Highest)
		a.refuse("gate.connector_highest", args)
	}
	if k.Route != "" && !slices.Contains(RouteRuleOf(q.Method.Route).Serves, k.Route) {
		args["route"], args["needs"] = Code("route."+q.Method.Route), Code("route."+k.Route)
		a.refuse("gate.connector_route", args)
	}
}

// askRoute asks the solution design for what the way of transport needs. An exemption that was written before reasons
// were asked for stands until its date.
func (a *GateAnswer) askRoute(q *GateQuestion) {
	rule := RouteRuleOf(q.Method.Route)
	if !rule.Reason {
		return
	}
	until, reason := Date(""), ""
	if q.LD != nil {
		until, reason = q.LD.ExemptRouteUntil, q.LD.ExemptRouteReason
	}
	args := Args{"route": Code("route." + q.Method.Route), "date": until}
	switch {
	case until.IsZero() && rule.Until, until.Lapsed(q.At):
		a.refuse("gate.route", args)
	case until.IsZero() && reason == "":
		a.refuse("gate.route_reason", args)
	case !until.IsZero() && ExpiresSoon(until, q.At):
		args["days"] = until.DaysLeft(q.At)
		a.warn("gate.exemption_ends", args)
	}
}

// WarnDays are how many days before something runs out people are told, and told again (contracts/governance.md
// section 2.3).
var WarnDays = []int{60, 30, 7}

// ExpiresSoon tells whether a last day lies within the time in which people are warned.
func ExpiresSoon(d Date, at time.Time) bool {
	return !d.IsZero() && !d.Lapsed(at) && d.DaysLeft(at) <= WarnDays[0]
}

// PhasingOut tells whether a system is on its way out: it says so, or has a last day.
func (s *System) PhasingOut() bool {
	return s.Phase == PhasePhasingOut || s.Phase == PhaseActive && !s.EndsOn.IsZero()
}

// Ended tells whether a system is out of use at a moment.
func (s *System) Ended(at time.Time) bool { return s.Phase == PhaseRetired || s.EndsOn.Lapsed(at) }

func (q *GateQuestion) phaseArgs() Args {
	return Args{"system": q.System.Name, "date": q.System.EndsOn, "successor": named(q.System.Successor, q.Successor)}
}

func (a *GateAnswer) askSystemEnded(q *GateQuestion) {
	if q.System.Ended(q.At) {
		a.refuse("gate.system_ended", q.phaseArgs())
	}
}

// fresh tells whether the integration is new: nobody has approved it yet, and it can't have run.
func (q *GateQuestion) fresh() bool {
	switch q.Integration.State {
	case IntCandidate, IntInAnalysis, IntInAssessment:
		return !q.ApprovedBefore
	}
	return false
}

func (a *GateAnswer) askPhasingOutNew(q *GateQuestion) {
	if q.System.PhasingOut() && !q.System.Ended(q.At) && q.fresh() {
		a.refuse("gate.phasing_out_new", q.phaseArgs())
	}
}

func (a *GateAnswer) askPhasingOut(q *GateQuestion) {
	if !q.System.PhasingOut() || q.System.Ended(q.At) || q.fresh() && slices.Contains(whileNew, q.moment()) {
		return
	}
	args, code := q.phaseArgs(), Code("gate.phasing_out")
	if !q.System.EndsOn.IsZero() {
		args["days"], code = q.System.EndsOn.DaysLeft(q.At), "gate.phasing_out_until"
	}
	a.warn(code, args)
}

func (a *GateAnswer) askRegistryEnded(q *GateQuestion) {
	if q.Registry.EndsOn.Lapsed(q.At) {
		a.refuse("gate.registry_ended", Args{"registry": q.Registry.Name, "date": q.Registry.EndsOn})
	}
}

// named gives the name of the system that an id points at, or the words for what nobody has entered. The id stands for a
// system that nobody has registered.
func named(id string, s *System) any {
	switch {
	case id == "":
		return Code("gate.not_stated")
	case s == nil:
		return id
	}
	return s.Name
}
