package store

import (
	"slices"
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

// RiskAssessment is one version of a risk and vulnerability analysis (ROS). It covers a combination of system and
// method, and can carry several integrations.
type RiskAssessment struct {
	ID          string   `yaml:"id" json:"id"`
	Version     int      `yaml:"version" json:"version"`
	Title       string   `yaml:"title" json:"title"`
	Link        string   `yaml:"link,omitempty" json:"link,omitempty"` // where the document lies
	Covers      string   `yaml:"covers,omitempty" json:"covers,omitempty"`
	PerformedOn Date     `yaml:"performed_on,omitempty" json:"performed_on,omitempty"`
	State       ROSState `yaml:"-" json:"state"`
	DecidedBy   string   `yaml:"decided_by,omitempty" json:"decided_by,omitempty"`
	DecidedOn   Date     `yaml:"decided_on,omitempty" json:"decided_on,omitempty"`
	ValidTo     Date     `yaml:"valid_to,omitempty" json:"valid_to,omitempty"` // last day it holds
	Demo        bool     `yaml:"-" json:"demo,omitempty"`
	Revision    int      `yaml:"-" json:"-"` // for optimistic locking of the row
}

// Holds gives why the analysis can't carry a run at that moment, or nil.
func (r *RiskAssessment) Holds(at time.Time) *Error {
	args := Args{"id": r.ID, "version": r.Version}
	switch {
	case r.State != ROSAccepted && r.State != ROSConditional:
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
	if r.State == ROSAccepted || r.State == ROSConditional {
		validateDecision(&bad, r.DecidedBy, r.DecidedOn, r.ValidTo)
	}
	return bad.OrNil()
}

// SolutionDesign is one version of a described design (løsningsdesign, LD).
type SolutionDesign struct {
	ID        string  `yaml:"id" json:"id"`
	Version   int     `yaml:"version" json:"version"`
	Title     string  `yaml:"title" json:"title"`
	Link      string  `yaml:"link,omitempty" json:"link,omitempty"`
	Overview  string  `yaml:"overview,omitempty" json:"overview,omitempty"`
	State     LDState `yaml:"-" json:"state"`
	DecidedBy string  `yaml:"decided_by,omitempty" json:"decided_by,omitempty"`
	DecidedOn Date    `yaml:"decided_on,omitempty" json:"decided_on,omitempty"`
	ValidTo   Date    `yaml:"valid_to,omitempty" json:"valid_to,omitempty"`
	// ExemptRouteUntil lets transport go another way than the supplier's integration platform until that day, and
	// ExemptRouteReason says why: see RouteRules.
	ExemptRouteUntil  Date   `yaml:"exempt_route_until,omitempty" json:"exempt_route_until,omitempty"`
	ExemptRouteReason string `yaml:"exempt_route_reason,omitempty" json:"exempt_route_reason,omitempty"`
	Demo              bool   `yaml:"-" json:"demo,omitempty"`
	Revision          int    `yaml:"-" json:"-"`
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
