package store

import (
	"cmp"
	"slices"
)

// Covers tells whether a document speaks of a field that is moved by a method: of the method, and of the field's class
// or its name.
func (c *Coverage) Covers(methodID string, f *Field) bool {
	return slices.Contains(c.Methods, methodID) && (slices.Contains(c.Classes, f.Class) || slices.Contains(c.Fields, f.Name))
}

// FieldProof says what lets one field be moved.
type FieldProof struct {
	Field
	ROS, LD  Ref  // that cover it; zero when the one of the integration doesn't
	Approved bool // the approval that holds has the field in this class
}

// Covered tells whether both a ROS and an LD cover the field.
func (p *FieldProof) Covered() bool { return !p.ROS.IsZero() && !p.LD.IsZero() }

// FieldCoverage gives the proof of each field that the mapping moves: those that nothing covers first, then in the
// order of the mapping.
func FieldCoverage(q *GateQuestion) []FieldProof {
	if q.Mapping == nil || q.Method == nil {
		return nil
	}
	var approved map[string]string
	if a := q.Approval; a != nil && a.State == AppApproved {
		if s, err := ParseScope(a.Scope); err == nil {
			approved = s.Fields
		}
	}
	var list []FieldProof
	for _, f := range q.Mapping.Mapping.Source {
		p := FieldProof{Field: f, Approved: approved[f.Name] == f.line()}
		if r := q.ROS; r != nil && r.Coverage.Covers(q.Method.ID, &f) {
			p.ROS = Ref{r.ID, r.Version}
		}
		if d := q.LD; d != nil && d.Coverage.Covers(q.Method.ID, &f) {
			p.LD = Ref{d.ID, d.Version}
		}
		list = append(list, p)
	}
	rank := func(p *FieldProof) int {
		if p.Covered() {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b FieldProof) int { return cmp.Compare(rank(&a), rank(&b)) })
	return list
}

// askCoverage refuses fields that the ROS or the LD says nothing of.
func (a *GateAnswer) askCoverage(q *GateQuestion) {
	var ros, ld []string
	for _, p := range FieldCoverage(q) {
		if p.ROS.IsZero() {
			ros = append(ros, p.Name)
		}
		if p.LD.IsZero() {
			ld = append(ld, p.Name)
		}
	}
	if q.ROS != nil && len(ros) > 0 {
		a.refuse("gate.field_not_covered", Args{"document": Code("gate.document.ros"), "id": q.ROS.ID,
			"version": q.ROS.Version, "fields": ros, "method": q.Method.Name})
	}
	if q.LD != nil && len(ld) > 0 {
		a.refuse("gate.field_not_covered", Args{"document": Code("gate.document.ld"), "id": q.LD.ID,
			"version": q.LD.Version, "fields": ld, "method": q.Method.Name})
	}
}
