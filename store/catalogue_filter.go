package store

import (
	"slices"
	"strings"
)

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
