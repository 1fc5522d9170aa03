package quality

import (
	"strings"
	"unicode/utf8"

	"samband/store"
)

// Shapes collects what a delivery looks like: see store.Shape. It costs a look at each cell. Not safe for several
// goroutines: each has its own, and Merge draws them together. The result depends on the rows alone, not on who saw them.
type Shapes struct {
	rows, accepted int64
	fields         []shapeField
	missing        []int64
}

type shapeField struct {
	empty, typed, other int64
	fits                [len(types)]int64
	codes               map[string]*int64 // nil for a field that isn't translated
	many                bool
}

var types = [...]store.VarType{store.VarBoolean, store.VarInteger, store.VarDecimal, store.VarDate, store.VarDateTime}

// NewShapes begins for the health side's fields of a delivery, of which translated ones are told code by code, and the
// variables of a codebook.
func NewShapes(fields []string, translated []store.CodeField, variables int) *Shapes {
	s := &Shapes{fields: make([]shapeField, len(fields)), missing: make([]int64, variables)}
	for i, name := range fields {
		for _, t := range translated {
			if t.Field == name {
				s.fields[i].codes = map[string]*int64{}
			}
		}
	}
	return s
}

// Read notes the cells of a row at a position, from 1. nulls may be nil.
func (s *Shapes) Read(cells []string, nulls []bool, position int64) {
	s.rows++
	for i := range s.fields {
		f := &s.fields[i]
		if cells[i] == "" || nulls != nil && nulls[i] {
			f.empty++
			continue
		}
		if position <= store.ShapeRows {
			f.typed++
			f.fit(strings.TrimSpace(cells[i]))
		}
		if f.codes != nil && !f.many {
			f.code(cells[i])
		}
	}
}

// Accept notes the values of a row that passed the checks.
func (s *Shapes) Accept(values []store.Value) {
	s.accepted++
	for i := range values {
		if values[i].IsNull() {
			s.missing[i]++
		}
	}
}

// code counts a text. The batch that it lies in is read into again, so what is kept is a copy.
func (f *shapeField) code(text string) {
	n := f.codes[text]
	switch {
	case n != nil:
		*n++
	case len(text) > 4*store.MaxCodeText || utf8.RuneCountInString(text) > store.MaxCodeText || store.ScanWritten(text) > 0:
		f.other++
	case len(f.codes) == store.MaxShapeCodes:
		f.many = true
	default:
		one := int64(1)
		f.codes[strings.Clone(text)] = &one
	}
}

// fit notes which types a text can be of.
func (f *shapeField) fit(text string) {
	if len(text) > 20 {
		return
	}
	if isBoolean(text) {
		f.fits[0]++
	}
	if whole, ok := isNumber(text); ok {
		f.fits[2]++
		if whole {
			f.fits[1]++
		}
	}
	for _, layout := range store.DateLayouts {
		if !matches(text, layout) {
			continue
		}
		if strings.Contains(layout, "H") {
			f.fits[4]++
		} else {
			f.fits[3]++
		}
		return
	}
}

func isBoolean(text string) bool {
	for _, b := range []string{"true", "false", "ja", "nei", "yes", "no"} {
		if strings.EqualFold(text, b) {
			return true
		}
	}
	return false
}

// isNumber tells whether a text is a number, and a whole one. With a leading zero it is a code.
func isNumber(text string) (whole, ok bool) {
	text = strings.TrimPrefix(text, "-")
	first, rest, mark := text, "", strings.IndexAny(text, ".,")
	if mark >= 0 {
		first, rest = text[:mark], text[mark+1:]
	}
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	if !digits(first) || mark >= 0 && !digits(rest) || len(first) > 1 && first[0] == '0' {
		return false, false
	}
	return mark < 0, true
}

// matches tells whether a text is written in a layout: digits where it has letters, the same character elsewhere. A run of
// eight digits is a number as well as a day.
func matches(text, layout string) bool {
	if len(text) != len(layout) {
		return false
	}
	for i := range len(layout) {
		l, c := layout[i], text[i]
		if strings.IndexByte("dmyHMS", l) >= 0 {
			if c < '0' || c > '9' {
				return false
			}
		} else if c != l {
			return false
		}
	}
	return true
}

// Merge draws in what another has seen.
func (s *Shapes) Merge(o *Shapes) {
	s.rows += o.rows
	s.accepted += o.accepted
	for i := range s.missing {
		s.missing[i] += o.missing[i]
	}
	for i := range s.fields {
		f, g := &s.fields[i], &o.fields[i]
		f.empty, f.typed, f.other, f.many = f.empty+g.empty, f.typed+g.typed, f.other+g.other, f.many || g.many
		for k := range f.fits {
			f.fits[k] += g.fits[k]
		}
		for text, n := range g.codes {
			if at := f.codes[text]; at != nil {
				*at += *n
			} else {
				f.codes[text] = n
			}
		}
		f.many = f.many || len(f.codes) > store.MaxShapeCodes
	}
}

// Result gives the shape of the delivery's columns, in their order. fields are the health side's, as NewShapes got them;
// of every other column nothing but the name is told. Rows that could not be cut into cells are among read.
func (s *Shapes) Result(columns, fields []string, c *store.Codebook, read int64) *store.Shape {
	out := &store.Shape{Rows: read, Accepted: s.accepted}
	at := make(map[string]int, len(fields))
	for i, name := range fields {
		at[name] = i
	}
	for _, name := range columns {
		x := store.ShapeField{Name: name}
		if i, ok := at[name]; ok {
			f := &s.fields[i]
			x.Empty, x.Typed, x.Other, x.Many = f.empty, f.typed, f.other, f.many
			for k, t := range types {
				if f.fits[k] > 0 {
					if x.Fits == nil {
						x.Fits = map[store.VarType]int64{}
					}
					x.Fits[t] = f.fits[k]
				}
			}
			if !f.many {
				for text, n := range f.codes {
					x.Codes = append(x.Codes, store.ValueCount{Text: text, Rows: *n})
				}
				store.SortCodes(x.Codes)
			}
		}
		out.Fields = append(out.Fields, x)
	}
	for i := range c.Variables {
		out.Variables = append(out.Variables, store.ShapeVariable{Name: c.Variables[i].Name, Missing: s.missing[i]})
	}
	return out
}
