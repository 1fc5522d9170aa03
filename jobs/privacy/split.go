// Package privacy keeps a person's identity and health apart.
package privacy

import (
	"slices"

	"samband/store"
)

// Splitter cuts each source row in two by the classes of its fields. What comes after it on the health side gets only
// Health: it has no way to a direct field, because it never sees one. Safe for several goroutines.
type Splitter struct {
	identity []int             // columns of the direct fields
	attrs    []store.Attribute // what each of them is
	number   int               // index of the person number among them
	health   []int
	fields   []string
	// technical tells of each of the fields whether it is one.
	technical []bool
}

// NewSplitter checks the columns of a delivery against the fields a mapping classes and prepares the cut. A missing,
// a doubled and an unclassed column are refused by name: there is no default class. The order of the columns is free.
func NewSplitter(classes []store.Field, columns []string) (*Splitter, error) {
	s, err := newSplitter(classes, columns)
	if err == nil && s.number < 0 {
		err = store.E(store.Refused, "mapping.person_number", store.Args{"count": 0})
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// NewHealthSplitter does the same for rows that have no identity half: those that a registry holds. A direct field among
// them is refused.
func NewHealthSplitter(classes []store.Field, columns []string) (*Splitter, error) {
	for _, f := range classes {
		if f.Class == store.Direct {
			return nil, store.E(store.Refused, "mapping.direct_out", store.Args{"field": f.Name})
		}
	}
	return newSplitter(classes, columns)
}

func newSplitter(classes []store.Field, columns []string) (*Splitter, error) {
	s := &Splitter{number: -1}
	at := map[string]int{}
	for i, c := range columns {
		if _, twice := at[c]; twice {
			return nil, store.E(store.Refused, "delivery.column_twice", store.Args{"column": c})
		}
		at[c] = i
	}
	for _, f := range classes {
		i, ok := at[f.Name]
		switch {
		case !ok:
			return nil, store.E(store.Refused, "delivery.column_missing", store.Args{"column": f.Name})
		case !f.Class.Valid():
			return nil, store.E(store.Refused, "delivery.column_unclassed", store.Args{"column": f.Name})
		case f.Class == store.Direct:
			if f.Is == store.AttrNumber {
				s.number = len(s.identity)
			}
			s.identity, s.attrs = append(s.identity, i), append(s.attrs, f.Is)
		default:
			s.health, s.fields = append(s.health, i), append(s.fields, f.Name)
			s.technical = append(s.technical, f.Class == store.Technical)
		}
	}
	for _, c := range columns {
		if !slices.ContainsFunc(classes, func(f store.Field) bool { return f.Name == c }) {
			return nil, store.E(store.Refused, "delivery.column_unclassed", store.Args{"column": c})
		}
	}
	return s, nil
}

// Fields names the health side's columns, in the order Health gives them.
func (s *Splitter) Fields() []string { return s.fields }

// Attributes says what the identity side's columns are, in the order Identity gives them.
func (s *Splitter) Attributes() []store.Attribute { return s.attrs }

// Number is the index of the person number in what Identity gives; -1 when there is none.
func (s *Splitter) Number() int { return s.number }

// Identity copies the direct cells of row to the front of to, which has room for them.
func (s *Splitter) Identity(row, to []string) {
	for i, c := range s.identity {
		to[i] = row[c]
	}
}

// Health copies the other cells of row to the front of to, which has room for them.
func (s *Splitter) Health(row, to []string) {
	for i, c := range s.health {
		to[i] = row[c]
	}
}

// HealthNulls does for the marks of null what Health does for the cells. null tells of a column of the whole row.
func (s *Splitter) HealthNulls(null func(column int) bool, to []bool) {
	for i, c := range s.health {
		to[i] = null(c)
	}
}
