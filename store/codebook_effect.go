package store

import (
	"errors"
	"maps"
	"slices"
)

// BookEffect is what the next version of a codebook, or a document that is imported, means for one integration. Nothing
// that runs changes with the version alone: a mapping stays with the one it was made for until somebody saves it anew.
type BookEffect struct {
	Integration Integration
	Broken      []MappingBreak
	// Approved tells that an approval holds. Uncovered is what it would not cover when the mapping in use moves to the
	// new version, or with what the document brings; Rebased that the document names another ROS or LD than it rests on.
	Approved  bool
	Uncovered []Difference
	Rebased   bool
}

// MappingBreak is one mapping of the integration that would not stand in the new version.
type MappingBreak struct {
	No     int    // of the version; 0 for a draft
	UserID string // whose draft
	Faults []*Error
}

// Breaks tells whether a mapping would not stand, or an approval not cover it.
func (e *BookEffect) Breaks() bool { return len(e.Broken) > 0 || e.Bare() }

// Bare tells whether an approval that holds would not cover what is to run.
func (e *BookEffect) Bare() bool { return len(e.Uncovered) > 0 || e.Rebased }

// Broken gives what is wrong with a mapping made for one version of a codebook when it is held against another: what
// check, which compiles it, finds there and not before, codes that its rules give and that are no longer legal, and
// rules that give another unit than is asked for. An error that says nothing of the mapping is given back.
func (m *Mapping) Broken(before, after *Codebook, check func(*Mapping, *Codebook) error) ([]*Error, error) {
	old, err := faults(check(m, before))
	if err != nil {
		return nil, err
	}
	now, err := faults(check(m, after))
	if err != nil {
		return nil, err
	}
	var found []*Error
	for _, e := range now {
		if !slices.ContainsFunc(old, func(o *Error) bool { return o.Field == e.Field && o.Code == e.Code }) {
			found = append(found, e)
		}
	}
	for i := range m.Rules {
		r := &m.Rules[i]
		was, is := before.Variable(r.Variable), after.Variable(r.Variable)
		if was == nil || is == nil {
			continue
		}
		at := "rules." + r.Variable
		for _, code := range m.gives(r.Steps) {
			if was.HasCode(code) && !is.HasCode(code) {
				found = append(found, FieldError(at, "codebook.code_gone", Args{"variable": r.Variable, "code": code}))
			}
		}
		if was.Unit != is.Unit {
			found = append(found, FieldError(at, "codebook.unit_changed",
				Args{"variable": r.Variable, "from": was.Unit, "to": is.Unit}))
		}
	}
	return found, nil
}

// faults gives what a check found, or the error that is no finding.
func faults(err error) ([]*Error, error) {
	var many FieldErrors
	var one *Error
	switch {
	case err == nil:
		return nil, nil
	case errors.As(err, &many):
		return many, nil
	case errors.As(err, &one) && one.Class != Internal && one.Class != Unavailable:
		return []*Error{one}, nil
	}
	return nil, err
}

// gives lists the texts that steps write of themselves, each once.
func (m *Mapping) gives(steps []Step) []string {
	var codes []string
	add := func(code string) {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	for i := range steps {
		s := &steps[i]
		switch s.Kind {
		case StepConstant:
			add(s.Value)
		case StepCodes, StepMissing:
			for _, from := range slices.Sorted(maps.Keys(s.Map)) {
				add(s.Map[from])
			}
		case StepLookup:
			if t := m.Table(s.Table); t != nil {
				if col := slices.Index(t.Columns, s.Column); col >= 0 {
					for _, row := range t.Rows {
						if col < len(row) {
							add(row[col])
						}
					}
				}
			}
		}
		if s.Otherwise == OtherCode {
			add(s.Value)
		}
		for _, inner := range [][]Step{s.Then, s.Else} {
			for _, code := range m.gives(inner) {
				add(code)
			}
		}
	}
	return codes
}
