package store

import (
	"slices"
	"strings"
	"time"
)

// Holds gives why nothing may run on the entry's approval at that moment, or nil: the approval, the ROS and the LD are
// in a state that carries a run, and none of them has run out.
func (e *CatalogueEntry) Holds(at time.Time) *Error {
	approval := Approval{State: e.Approval, ValidTo: e.ApprovedTo}
	ros := RiskAssessment{ID: e.ROS.ID, Version: e.ROS.Version, State: e.ROSState, ValidTo: e.ROSValidTo}
	ld := SolutionDesign{ID: e.LD.ID, Version: e.LD.Version, State: e.LDState, ValidTo: e.LDValidTo}
	for _, err := range []*Error{approval.Holds(at), ros.Holds(at), ld.Holds(at)} {
		if err != nil {
			return err
		}
	}
	return nil
}

// Approved tells whether the integration may run at that moment: approved or in operation, and what it rests on holds.
func (e *CatalogueEntry) Approved(at time.Time) bool { return e.State.Runnable() && e.Holds(at) == nil }

// At gives the catalogue as it is true at that moment: what was approved, and rests on something that holds no more, is
// suspended.
func (c *Catalogue) At(at time.Time) *Catalogue {
	now := *c
	now.Entries = slices.Clone(c.Entries)
	for i := range now.Entries {
		if e := &now.Entries[i]; e.State.Runnable() && !e.Approved(at) {
			e.State = IntSuspended
		}
	}
	return &now
}

// CatalogueFilter narrows the public catalogue. The zero value shows everything.
type CatalogueFilter struct {
	Text      string // in the name or content of solution or system, or the name of an integration, whatever the case
	Direction Direction
	System    string // name, so that a system's two roles go together
	State     IntegrationState
}

// Apply gives the part of the catalogue that the filter shows. A solution without anything left is shown only when
// nothing but text is asked for and its own name or kind matches.
func (c *Catalogue) Apply(f CatalogueFilter) *Catalogue {
	out := &Catalogue{}
	names := map[string]*System{}
	for i := range c.Systems {
		s := &c.Systems[i]
		names[s.ID] = s
		if (f.Direction == "" || s.Role.Direction() == f.Direction) && (f.System == "" || s.Name == f.System) {
			out.Systems = append(out.Systems, *s)
		}
	}
	for _, s := range c.Solutions {
		own := contains(f.Text, s.Name, s.Kind, s.Owner)
		var left []CatalogueEntry
		for _, e := range c.Entries {
			if e.SolutionID != s.ID || !slices.ContainsFunc(out.Systems, func(x System) bool { return x.ID == e.SystemID }) ||
				f.State != "" && e.State != f.State {
				continue
			}
			sys := names[e.SystemID]
			if own || contains(f.Text, e.Name, sys.Name) || contains(f.Text, sys.Content...) {
				left = append(left, e)
			}
		}
		if len(left) > 0 || own && f.State == "" {
			out.Solutions = append(out.Solutions, s)
			out.Entries = append(out.Entries, left...)
		}
	}
	if f.Text != "" && len(out.Solutions) == 0 {
		// nothing is set up yet for what was searched for: the systems still tell what there is to set up
		out.Systems = slices.DeleteFunc(out.Systems, func(s System) bool {
			return !contains(f.Text, s.Name, s.Owner) && !contains(f.Text, s.Content...)
		})
	}
	return out
}

// contains tells whether text is in one of the words, whatever the case. An empty text is in everything.
func contains(text string, words ...string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	return text == "" || slices.ContainsFunc(words, func(w string) bool { return strings.Contains(strings.ToLower(w), text) })
}

// Cell gives the integrations of a solution with a system, the furthest in life first.
func (c *Catalogue) Cell(solutionID, systemID string) []CatalogueEntry {
	var cell []CatalogueEntry
	for _, e := range c.Entries {
		if e.SolutionID == solutionID && e.SystemID == systemID {
			cell = append(cell, e)
		}
	}
	rank := []IntegrationState{IntInOperation, IntApproved, IntSuspended, IntInAssessment, IntInAnalysis, IntCandidate, IntEnded}
	slices.SortStableFunc(cell, func(a, b CatalogueEntry) int {
		return slices.Index(rank, a.State) - slices.Index(rank, b.State)
	})
	return cell
}
