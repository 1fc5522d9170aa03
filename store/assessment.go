package store

import (
	"slices"
	"strconv"
	"time"
)

// ROSState is where a risk analysis stands (contracts/governance.md section 2.3).
type ROSState string

const (
	ROSDraft       ROSState = "draft"
	ROSPerformed   ROSState = "performed"
	ROSInTreatment ROSState = "in_treatment"
	ROSAccepted    ROSState = "accepted"
	ROSConditional ROSState = "accepted_with_conditions"
	ROSRejected    ROSState = "rejected"
	ROSExpired     ROSState = "expired"
	ROSWithdrawn   ROSState = "withdrawn"
)

// ROSStates lists the states in the order forms offer them.
var ROSStates = []ROSState{ROSDraft, ROSPerformed, ROSInTreatment, ROSAccepted, ROSConditional, ROSRejected, ROSExpired,
	ROSWithdrawn}

var rosMoves = map[ROSState][]ROSState{
	ROSDraft:       {ROSPerformed, ROSWithdrawn},
	ROSPerformed:   {ROSInTreatment, ROSAccepted, ROSConditional, ROSRejected, ROSWithdrawn},
	ROSInTreatment: {ROSAccepted, ROSConditional, ROSRejected, ROSWithdrawn},
	ROSAccepted:    {ROSExpired, ROSWithdrawn},
	ROSConditional: {ROSExpired, ROSWithdrawn},
}

// CanMove tells whether a risk analysis may go from s to t.
func (s ROSState) CanMove(t ROSState) bool { return slices.Contains(rosMoves[s], t) }

// Decided tells whether approvals may rest on the analysis, or have: from then on its content stands.
func (s ROSState) Decided() bool { return s != ROSDraft && s != ROSPerformed && s != ROSInTreatment }

// Accepts tells whether approvals may rest on an analysis in this state.
func (s ROSState) Accepts() bool { return s == ROSAccepted || s == ROSConditional }

// Judges tells whether going from s to t is a decision about what the analysis says: to accept it, to reject it, and to
// take back what was decided. Nobody decides about what they wrote.
func (s ROSState) Judges(t ROSState) bool { return s.Decided() || t.Accepts() || t == ROSRejected }

// LDState is where a solution design stands.
type LDState string

const (
	LDDraft      LDState = "draft"
	LDInReview   LDState = "in_review"
	LDApproved   LDState = "approved"
	LDSuperseded LDState = "superseded"
)

// LDStates lists the states in the order forms offer them.
var LDStates = []LDState{LDDraft, LDInReview, LDApproved, LDSuperseded}

var ldMoves = map[LDState][]LDState{
	LDDraft:    {LDInReview},
	LDInReview: {LDApproved, LDDraft},
	LDApproved: {LDSuperseded},
}

// CanMove tells whether a solution design may go from s to t.
func (s LDState) CanMove(t LDState) bool { return slices.Contains(ldMoves[s], t) }

// Decided tells whether approvals may rest on the design, or have: from then on its content stands.
func (s LDState) Decided() bool { return s != LDDraft && s != LDInReview }

// Judges is as for ROSState.
func (s LDState) Judges(t LDState) bool { return s.Decided() || t == LDApproved }

// RiskAssessment is one version of a risk and vulnerability analysis (ROS). It covers a combination of system and
// method, and can carry several integrations.
//
// One day ends it. ValidTo is when the next review must be done, and the last day it holds: people are warned 60, 30 and
// 7 days before, and runs stop the day after. Whoever decides sets it, as the scale says for the most serious residual
// risk unless they choose otherwise (12 months by default).
type RiskAssessment struct {
	ID           string   `yaml:"id" json:"id"`
	Version      int      `yaml:"version" json:"version"`
	Title        string   `yaml:"title" json:"title"`
	Link         string   `yaml:"link,omitempty" json:"link,omitempty"` // where the document lies
	Covers       string   `yaml:"covers,omitempty" json:"covers,omitempty"`
	Method       string   `yaml:"method,omitempty" json:"method,omitempty"` // how it was performed
	Participants []string `yaml:"participants,omitempty" json:"participants,omitempty"`
	PerformedOn  Date     `yaml:"performed_on,omitempty" json:"performed_on,omitempty"`
	Coverage     Coverage `yaml:"coverage,omitempty" json:"coverage"`
	// Scale is the version of the scale that the risks are scored on; 0 becomes the newest when it is created.
	Scale    int          `yaml:"scale,omitempty" json:"scale"`
	Risks    []Risk       `yaml:"risks,omitempty" json:"risks,omitempty"`
	Measures []Measure    `yaml:"measures,omitempty" json:"measures,omitempty"`
	Document *DocumentRef `yaml:"document,omitempty" json:"document,omitempty"`
	State    ROSState     `yaml:"-" json:"state"`
	// DecidedBy, DecidedOn and Reason are of a decision made here only when State.Decided; before that they are what the
	// file it was imported from says.
	DecidedBy  string `yaml:"decided_by,omitempty" json:"decided_by,omitempty"`
	DecidedOn  Date   `yaml:"decided_on,omitempty" json:"decided_on,omitempty"`
	Reason     string `yaml:"reason,omitempty" json:"reason,omitempty"`
	Conditions string `yaml:"conditions,omitempty" json:"conditions,omitempty"` // of accepted_with_conditions
	ValidTo    Date   `yaml:"valid_to,omitempty" json:"valid_to,omitempty"`
	// Withdrawal is who took the analysis back, once somebody has. What was decided before that stays.
	Withdrawal Remark `yaml:"-" json:"withdrawal,omitzero"`
	// ReplacedBy is the newer version that was accepted after this one. This one holds until its last day all the same:
	// what runs on it must be approved again on the new one.
	ReplacedBy Ref  `yaml:"-" json:"replaced_by"`
	Demo       bool `yaml:"-" json:"demo,omitempty"`
	Revision   int  `yaml:"-" json:"-"` // for optimistic locking of the row
}

// Ref points at this version.
func (r *RiskAssessment) Ref() Ref { return Ref{ID: r.ID, Version: r.Version} }

// Next gives the draft of the version after this one: what it says, scored anew on the newest scale, without what was
// decided, accepted and attached.
func (r *RiskAssessment) Next() *RiskAssessment {
	n := *r
	n.Version, n.State, n.Scale, n.Revision, n.Demo = r.Version+1, ROSDraft, 0, 0, false
	n.PerformedOn, n.Document, n.ReplacedBy, n.Withdrawal = "", nil, Ref{}, Remark{}
	n.forget()
	n.Risks = slices.Clone(r.Risks)
	for i := range n.Risks {
		n.Risks[i].AcceptedBy, n.Risks[i].AcceptedOn = "", ""
	}
	return &n
}

// forget takes away what is said of a decision.
func (r *RiskAssessment) forget() {
	r.DecidedBy, r.DecidedOn, r.Reason, r.Conditions, r.ValidTo = "", "", "", "", ""
}

// Ruling is what somebody decides about a ROS or an LD, and until when it holds.
type Ruling struct {
	By         string
	On         Date
	Until      Date // last day; empty for what is not accepted
	Reason     string
	Conditions string // of accepted_with_conditions
}

// Remark is who took a document back, or sent it back, and why.
type Remark struct {
	By     string `json:"by"` // name
	On     Date   `json:"on"`
	Reason string `json:"reason"`
}

// IsZero tells whether nobody has.
func (m Remark) IsZero() bool { return m == Remark{} }

// remark is what a ruling says of such a thing.
func (x *Ruling) remark() Remark { return Remark{By: x.By, On: x.On, Reason: x.Reason} }

// Decide takes the analysis to a state, and keeps the ruling where the state is one. What a file said of a decision goes.
func (r *RiskAssessment) Decide(to ROSState, x Ruling) {
	if !r.State.Decided() && to.Decided() {
		r.forget()
	}
	if to.Accepts() || to == ROSRejected {
		r.DecidedBy, r.DecidedOn, r.Reason, r.ValidTo = x.By, x.On, x.Reason, x.Until
	}
	switch to {
	case ROSConditional:
		r.Conditions = x.Conditions
	case ROSWithdrawn:
		r.Withdrawal = x.remark()
	}
	r.State = to
}

// StateAt is where the analysis stands at a moment: expired once its last day has passed, also before that is written
// down.
func (r *RiskAssessment) StateAt(at time.Time) ROSState {
	if r.State.Accepts() && r.ValidTo.Lapsed(at) {
		return ROSExpired
	}
	return r.State
}

// Risk gives the risk with that number, or nil.
func (r *RiskAssessment) Risk(no int) *Risk {
	i := slices.IndexFunc(r.Risks, func(x Risk) bool { return x.No == no })
	if i < 0 {
		return nil
	}
	return &r.Risks[i]
}

// Measure gives the measure with that number, or nil.
func (r *RiskAssessment) Measure(no int) *Measure {
	i := slices.IndexFunc(r.Measures, func(m Measure) bool { return m.No == no })
	if i < 0 {
		return nil
	}
	return &r.Measures[i]
}

// Reduces gives the numbers of the risks that a measure reduces.
func (r *RiskAssessment) Reduces(measure int) []int {
	var risks []int
	for _, x := range r.Risks {
		if slices.Contains(x.Measures, measure) {
			risks = append(risks, x.No)
		}
	}
	return risks
}

// Worst gives the most serious residual level, "" when there are no risks.
func (r *RiskAssessment) Worst(s *Scale) RiskLevel {
	var worst RiskLevel
	for i := range r.Risks {
		if l := r.Risks[i].ResidualLevel(s); l.Worse(worst) {
			worst = l
		}
	}
	return worst
}

// Reached tells why r, which is to be in r.State, can't come there from another state today, or nil: the table of moves,
// it must be whole before it leaves draft and still be so when it is accepted, no residual risk may be accepted that the
// scale forbids, and whoever refuses it or takes it back says why.
func (r *RiskAssessment) Reached(from ROSState, s *Scale, today Date) error {
	switch {
	case !from.CanMove(r.State):
		return E(Conflict, "ros.transition", Args{"from": Code("rosstate." + from), "to": Code("rosstate." + r.State)})
	case r.State == ROSRejected && r.Reason == "", r.State == ROSWithdrawn && r.Withdrawal.Reason == "":
		return FieldError("reason", "field.required", nil)
	case r.State == ROSPerformed || r.State == ROSInTreatment || r.State.Accepts():
		if missing := r.Missing(); len(missing) > 0 {
			return notWhole("ros", r.Ref(), missing)
		}
		if today.Before(r.PerformedOn) {
			return E(Conflict, "ros.performed_ahead", Args{"date": r.PerformedOn})
		}
	}
	if r.State.Accepts() {
		return r.Acceptable(s)
	}
	return nil
}

// Missing gives the fields that must be filled in before the analysis leaves draft, by their names in forms. A document
// may hold the risks in place of the portal.
func (r *RiskAssessment) Missing() []string {
	var gaps blanks
	gaps.ask("methods", len(r.Coverage.Methods) > 0)
	gaps.ask("text", r.Covers != "")
	gaps.ask("method", r.Method != "")
	gaps.ask("participants", len(r.Participants) > 0)
	gaps.ask("day", !r.PerformedOn.IsZero())
	gaps.ask("risks", len(r.Risks) > 0 || r.Document != nil || r.Link != "")
	return gaps
}

// blanks gathers the names of fields that are not filled in.
type blanks []string

func (b *blanks) ask(field string, filled bool) {
	if !filled {
		*b = append(*b, field)
	}
}

// notWhole refuses a document of a kind, "ros" or "ld", for the fields that are not filled in.
func notWhole(kind string, of Ref, fields []string) error {
	names := make([]Code, len(fields))
	for i, f := range fields {
		names[i] = Code(kind + ".field." + f)
	}
	return E(Conflict, Code(kind+".incomplete"), Args{"id": of.ID, "version": of.Version, "fields": names})
}

// Acceptable tells which residual risk stands in the way of accepting the analysis, or nil: Conflict "ros.unacceptable" or
// "ros.high_without_measures".
func (r *RiskAssessment) Acceptable(s *Scale) error {
	for i := range r.Risks {
		x := &r.Risks[i]
		args := Args{"no": x.No, "scenario": x.Scenario, "score": x.ResidualScore()}
		switch x.ResidualLevel(s) {
		case LevelUnacceptable:
			return E(Conflict, "ros.unacceptable", args)
		case LevelHigh:
			live := func(no int) bool { m := r.Measure(no); return m != nil && m.State != MeasureDropped }
			if !slices.ContainsFunc(x.Measures, live) {
				return E(Conflict, "ros.high_without_measures", args)
			}
		}
	}
	return nil
}

// Holds gives why the analysis can't carry a run at that moment, or nil.
func (r *RiskAssessment) Holds(at time.Time) *Error {
	args := Args{"id": r.ID, "version": r.Version}
	switch {
	case r.State == ROSWithdrawn && !r.Withdrawal.IsZero():
		args["name"], args["date"] = r.Withdrawal.By, r.Withdrawal.On
		return E(Refused, "gate.ros_withdrawn", args)
	case r.State == ROSRejected && r.DecidedBy != "":
		args["name"], args["date"] = r.DecidedBy, r.DecidedOn
		return E(Refused, "gate.ros_rejected", args)
	case !r.State.Accepts():
		return E(Refused, "gate.ros_not_accepted", args)
	case r.ValidTo.IsZero() || r.ValidTo.Lapsed(at):
		args["date"] = r.ValidTo
		return E(Refused, "gate.ros_expired", args)
	}
	return nil
}

// Validate checks the form of a risk analysis.
func (r *RiskAssessment) Validate() error {
	var bad FieldErrors
	validateDocument(&bad, r.ID, r.Version, r.Title, r.Link)
	validateDate(&bad, "performed_on", r.PerformedOn)
	if !slices.Contains(ROSStates, r.State) {
		bad.Add("state", "field.choice", nil)
	}
	if r.State.Accepts() {
		validateDecision(&bad, r.DecidedBy, r.DecidedOn, r.ValidTo)
	}
	if r.State == ROSConditional && r.Conditions == "" {
		bad.Add("conditions", "field.required", nil)
	}
	if r.Scale < 0 {
		bad.Add("scale", "field.choice", nil)
	}
	r.Coverage.validate(&bad)
	r.Document.validate(&bad)
	r.validateRisks(&bad)
	return bad.OrNil()
}

// validateRisks checks risks and measures one by one, and that they name each other rightly. A fault in risk 3 is at
// "risks.3.<field>".
func (r *RiskAssessment) validateRisks(bad *FieldErrors) {
	seen := map[int]bool{}
	for i := range r.Risks {
		x := &r.Risks[i]
		at := "risks." + strconv.Itoa(x.No)
		bad.under(at, x.Validate())
		if seen[x.No] {
			bad.Add(at+".no", "ros.number_twice", Args{"no": x.No})
		}
		seen[x.No] = true
		for _, no := range x.Measures {
			if r.Measure(no) == nil {
				bad.Add(at+".measures", "field.choice", nil)
			}
		}
	}
	clear(seen)
	for i := range r.Measures {
		m := &r.Measures[i]
		at := "measures." + strconv.Itoa(m.No)
		bad.under(at, m.Validate())
		if seen[m.No] {
			bad.Add(at+".no", "ros.number_twice", Args{"no": m.No})
		}
		seen[m.No] = true
	}
}

// SolutionDesign is one version of a described design (løsningsdesign, LD): the fields of contracts/governance.md
// section 2.1. It has no state for having run out: it lapses the day after ValidTo.
type SolutionDesign struct {
	ID       string   `yaml:"id" json:"id"`
	Version  int      `yaml:"version" json:"version"`
	Title    string   `yaml:"title" json:"title"`
	Link     string   `yaml:"link,omitempty" json:"link,omitempty"`
	Overview string   `yaml:"overview,omitempty" json:"overview,omitempty"`
	DataFlow string   `yaml:"data_flow,omitempty" json:"data_flow,omitempty"` // where the drawing of it is
	Systems  []string `yaml:"systems,omitempty" json:"systems,omitempty"`
	Channels []string `yaml:"channels,omitempty" json:"channels,omitempty"`
	// Protocols, as "SFTP" or "HTTPS with client certificate".
	Protocols      []string `yaml:"protocols,omitempty" json:"protocols,omitempty"`
	Authentication string   `yaml:"authentication,omitempty" json:"authentication,omitempty"`
	Encryption     string   `yaml:"encryption,omitempty" json:"encryption,omitempty"`
	Storage        []string `yaml:"storage,omitempty" json:"storage,omitempty"` // every place that data lie, also on the way
	Retention      string   `yaml:"retention,omitempty" json:"retention,omitempty"`
	Logging        string   `yaml:"logging,omitempty" json:"logging,omitempty"`
	Roles          []string `yaml:"roles,omitempty" json:"roles,omitempty"`
	// Separation is how identity is kept apart from health.
	Separation    string       `yaml:"separation,omitempty" json:"separation,omitempty"`
	ErrorHandling string       `yaml:"error_handling,omitempty" json:"error_handling,omitempty"`
	Dependencies  string       `yaml:"dependencies,omitempty" json:"dependencies,omitempty"`
	Coverage      Coverage     `yaml:"coverage,omitempty" json:"coverage"`
	Document      *DocumentRef `yaml:"document,omitempty" json:"document,omitempty"`
	State         LDState      `yaml:"-" json:"state"`
	// DecidedBy and DecidedOn are of a decision made here only when State.Decided.
	DecidedBy string `yaml:"decided_by,omitempty" json:"decided_by,omitempty"`
	DecidedOn Date   `yaml:"decided_on,omitempty" json:"decided_on,omitempty"`
	ValidTo   Date   `yaml:"valid_to,omitempty" json:"valid_to,omitempty"`
	// ExemptRouteUntil lets transport go another way than the supplier's integration platform until that day, and
	// ExemptRouteReason says why: see RouteRules.
	ExemptRouteUntil  Date   `yaml:"exempt_route_until,omitempty" json:"exempt_route_until,omitempty"`
	ExemptRouteReason string `yaml:"exempt_route_reason,omitempty" json:"exempt_route_reason,omitempty"`
	// Returned is who sent the design back to draft last, once somebody has.
	Returned Remark `yaml:"-" json:"returned,omitzero"`
	// ReplacedBy is the newer version that was approved after this one. This one holds for what rests on it, and is
	// superseded once nothing does.
	ReplacedBy Ref  `yaml:"-" json:"replaced_by"`
	Demo       bool `yaml:"-" json:"demo,omitempty"`
	Revision   int  `yaml:"-" json:"-"`
}

// Ref points at this version.
func (d *SolutionDesign) Ref() Ref { return Ref{ID: d.ID, Version: d.Version} }

// Next gives the draft of the version after this one, without what was decided and attached.
func (d *SolutionDesign) Next() *SolutionDesign {
	n := *d
	n.Version, n.State, n.Revision, n.Demo, n.Document = d.Version+1, LDDraft, 0, false, nil
	n.DecidedBy, n.DecidedOn, n.ValidTo, n.Returned, n.ReplacedBy = "", "", "", Remark{}, Ref{}
	return &n
}

// Decide takes the design to a state, and keeps the ruling when that is approved or sent back.
func (d *SolutionDesign) Decide(to LDState, x Ruling) {
	switch to {
	case LDApproved:
		d.DecidedBy, d.DecidedOn, d.ValidTo = x.By, x.On, x.Until
	case LDDraft:
		d.Returned = x.remark()
	}
	d.State = to
}

// Reached tells why d, which is to be in d.State, can't come there from another state, or nil: the table of moves, it
// must be whole before it leaves draft and still be so when it is approved, and whoever sends it back says why.
func (d *SolutionDesign) Reached(from LDState) error {
	switch {
	case !from.CanMove(d.State):
		return E(Conflict, "ld.transition", Args{"from": Code("ldstate." + from), "to": Code("ldstate." + d.State)})
	case d.State == LDDraft && d.Returned.Reason == "":
		return FieldError("reason", "field.required", nil)
	case d.State == LDInReview || d.State == LDApproved:
		if missing := d.Missing(); len(missing) > 0 {
			return notWhole("ld", d.Ref(), missing)
		}
	}
	return nil
}

// Missing gives the fields that must be filled in before the design leaves draft, by their names in forms. A document may
// hold everything but what the design covers, which the gate must read.
func (d *SolutionDesign) Missing() []string {
	var gaps blanks
	gaps.ask("methods", len(d.Coverage.Methods) > 0)
	if d.Document != nil || d.Link != "" {
		return gaps
	}
	gaps.ask("text", d.Overview != "")
	gaps.ask("channels", len(d.Channels) > 0)
	gaps.ask("authentication", d.Authentication != "")
	gaps.ask("encryption", d.Encryption != "")
	gaps.ask("storage", len(d.Storage) > 0)
	gaps.ask("retention", d.Retention != "")
	gaps.ask("separation", d.Separation != "")
	gaps.ask("error_handling", d.ErrorHandling != "")
	return gaps
}

// Holds gives why the design can't carry a run at that moment, or nil.
func (d *SolutionDesign) Holds(at time.Time) *Error {
	args := Args{"id": d.ID, "version": d.Version}
	switch {
	case d.State != LDApproved:
		return E(Refused, "gate.ld_not_approved", args)
	case d.ValidTo.IsZero() || d.ValidTo.Lapsed(at):
		args["date"] = d.ValidTo
		return E(Refused, "gate.ld_expired", args)
	}
	return nil
}

// Validate checks the form of a solution design.
func (d *SolutionDesign) Validate() error {
	var bad FieldErrors
	validateDocument(&bad, d.ID, d.Version, d.Title, d.Link)
	validateDate(&bad, "exempt_route_until", d.ExemptRouteUntil)
	if !slices.Contains(LDStates, d.State) {
		bad.Add("state", "field.choice", nil)
	}
	if d.State == LDApproved {
		validateDecision(&bad, d.DecidedBy, d.DecidedOn, d.ValidTo)
	}
	d.Coverage.validate(&bad)
	d.Document.validate(&bad)
	return bad.OrNil()
}

func validateDocument(bad *FieldErrors, id string, version int, title, link string) {
	if !ValidSlug(id) {
		bad.Add("id", "slug", Args{"value": id})
	}
	if version < 1 {
		bad.Add("version", "field.number", nil)
	}
	if title == "" {
		bad.Add("title", "field.required", nil)
	}
	if link != "" && !httpURL(link) {
		bad.Add("link", "field.url", nil)
	}
}

func validateDecision(bad *FieldErrors, by string, on, to Date) {
	if by == "" {
		bad.Add("decided_by", "field.required", nil)
	}
	if !on.Valid() {
		bad.Add("decided_on", "field.date", nil)
	}
	if !to.Valid() || to.Before(on) {
		bad.Add("valid_to", "field.date", nil)
	}
}
