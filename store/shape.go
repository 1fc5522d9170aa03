package store

import (
	"cmp"
	"slices"
)

// Shape is what a delivery looked like to the run that read it: what the next one is held against. It has no row and
// nothing of a direct field but its name, and never leaves the installation.
type Shape struct {
	Rows      int64           `json:"rows"`      // read
	Accepted  int64           `json:"accepted"`  // passed the checks; Missing of variables is of these
	Fields    []ShapeField    `json:"fields"`    // in the order of the delivery
	Variables []ShapeVariable `json:"variables"` // in the order of the codebook
	// Left are the columns that the mapping doesn't class. No cell of them reaches the mapping, the registry or the
	// quarantine. None of their texts is told either: nobody has said that they name no person.
	Left []FieldProfile `json:"left,omitempty"`
	// Lacks are the columns that the mapping classes, nothing is made of and the delivery doesn't have.
	Lacks []string `json:"lacks,omitempty"`
}

// ShapeField is one column of a delivery.
type ShapeField struct {
	Name  string `json:"name"`
	Empty int64  `json:"empty,omitempty"` // rows without a text
	// Typed counts the filled cells among the first ShapeRows rows, and Fits how many of them could be of each type.
	Typed int64             `json:"typed,omitempty"`
	Fits  map[VarType]int64 `json:"fits,omitempty"`
	// Codes are the texts of a field that is translated, commonest first. Other counts the rows whose text is no code:
	// too long, or a person number can be read in it. With Many there are more than MaxShapeCodes texts, and none is told.
	Codes []ValueCount `json:"codes,omitempty"`
	Other int64        `json:"other,omitempty"`
	Many  bool         `json:"many,omitempty"`
}

// ShapeVariable says in how many accepted rows a variable has no value.
type ShapeVariable struct {
	Name    string `json:"name"`
	Missing int64  `json:"missing"`
}

// What a shape is made of.
const (
	ShapeRows     = 5_000 // rows that types are told from
	MaxShapeCodes = 500   // different texts of one field
	MaxCodeText   = 40    // characters of what may be a code
)

// Field gives the column of that name, or nil.
func (s *Shape) Field(name string) *ShapeField {
	if s == nil {
		return nil
	}
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return &s.Fields[i]
		}
	}
	return nil
}

// LeftOut gives what is told of a column that the mapping doesn't class, or nil.
func (s *Shape) LeftOut(name string) *FieldProfile {
	if s == nil {
		return nil
	}
	for i := range s.Left {
		if s.Left[i].Name == name {
			return &s.Left[i]
		}
	}
	return nil
}

// Variable gives the variable of that name, or nil.
func (s *Shape) Variable(name string) *ShapeVariable {
	if s == nil {
		return nil
	}
	for i := range s.Variables {
		if s.Variables[i].Name == name {
			return &s.Variables[i]
		}
	}
	return nil
}

// shapeTypes are the types that a cell can fit, the narrowest first. What fits none is text.
var shapeTypes = []VarType{VarBoolean, VarInteger, VarDecimal, VarDate, VarDateTime}

const (
	typeEnough = 20   // filled cells without which no type is told
	typeFits   = 0.99 // of them that a type must fit
	typeLeft   = 0.90 // fewer than this fit no more
	typeNew    = 0.50 // a type that at most so many fitted before is a new one
)

// Type is the narrowest type that 99 of 100 filled cells fit; text when none does, "" when there are too few cells.
func (f *ShapeField) Type() VarType {
	if f == nil || f.Typed < typeEnough {
		return ""
	}
	for _, t := range shapeTypes {
		if share(f.Fits[t], f.Typed) >= typeFits {
			return t
		}
	}
	return VarText
}

// TypeChanged tells whether a column holds another type of values than it did, from which and to which. The two limits
// lie so far apart that a column on the edge between two types doesn't change with each delivery, and a column with too
// few values has not changed.
func (f *ShapeField) TypeChanged(was *ShapeField) (from, to VarType, changed bool) {
	if was == nil || f.Typed < typeEnough || was.Typed < typeEnough {
		return "", "", false
	}
	from, to = was.Type(), f.Type()
	switch {
	case from == to || numeric(from) && numeric(to):
		return from, to, false
	case from != VarText:
		return from, to, share(f.Fits[from], f.Typed) < typeLeft
	}
	return from, to, share(was.Fits[to], was.Typed) <= typeNew
}

// numeric tells whether a type is told of numbers: whole ones come and go among decimals.
func numeric(t VarType) bool { return t == VarInteger || t == VarDecimal }

// Code gives the rows that have a text, and whether any do.
func (f *ShapeField) Code(text string) (rows int64, ok bool) {
	if f == nil {
		return 0, false
	}
	for _, c := range f.Codes {
		if c.Text == text {
			return c.Rows, true
		}
	}
	return 0, false
}

// Baseline is what the deliveries of an integration usually look like. It follows the deliveries that load without a
// person's help, and moves to one that a person accepted as the new normal.
type Baseline struct {
	IntegrationID string
	RunNo         int64 // the run whose delivery it is
	Shape         Shape
	// Known are all texts that translated fields have had, by field.
	Known map[string][]string
	// From is the first run that counts when the normal volume is told; 0 for all.
	From int64
	// By accepted it as the new normal, for a reason; "" when nobody had to.
	By, Why string
}

// maxKnown is how many texts are remembered of a field.
const maxKnown = 4 * MaxShapeCodes

// Learn gives the baseline after a run whose delivery has loaded. b may be nil. A delivery without rows teaches nothing,
// and a column with too few values keeps the type it had.
func (b *Baseline) Learn(integrationID string, runNo int64, s *Shape) *Baseline {
	next := &Baseline{IntegrationID: integrationID, Known: map[string][]string{}}
	var before *Shape
	if b != nil {
		before = &b.Shape
		*next = *b
		next.Known = make(map[string][]string, len(b.Known))
		for field, texts := range b.Known {
			next.Known[field] = texts
		}
	}
	if s.Rows == 0 {
		return next
	}
	next.RunNo, next.Shape = runNo, *s
	next.Shape.Fields = slices.Clone(s.Fields)
	for i := range next.Shape.Fields {
		f := &next.Shape.Fields[i]
		if was := before.Field(f.Name); was != nil && f.Typed < typeEnough {
			f.Typed, f.Fits = was.Typed, was.Fits
		}
		known := slices.Clone(next.Known[f.Name])
		for _, c := range f.Codes {
			if !slices.Contains(known, c.Text) && len(known) < maxKnown {
				known = append(known, c.Text)
			}
		}
		if len(known) > 0 {
			slices.Sort(known)
			next.Known[f.Name] = known
		}
	}
	return next
}

// Accept gives the baseline after a person has said that a run's delivery is how they look from now on: its row count
// is normal at once.
func (b *Baseline) Accept(integrationID string, runNo int64, s *Shape, by, why string) *Baseline {
	next := b.Learn(integrationID, runNo, s)
	next.RunNo, next.Shape, next.From, next.By, next.Why = runNo, *s, runNo, by, why
	return next
}

// SortCodes puts the commonest first.
func SortCodes(list []ValueCount) {
	slices.SortFunc(list, func(a, b ValueCount) int { return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Text, b.Text)) })
}
