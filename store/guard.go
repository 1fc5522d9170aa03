package store

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// CodeField is a source field whose texts a rule translates.
type CodeField struct {
	Field    string
	Variable string
	known    map[string]bool // as the table of codes meets them
	before   []Step
}

// CodeFields lists the fields whose texts are translated into codes of a variable, in the order of the rules. A rule
// that reads none or several fields is left out: what is translated can't be told from one text then. Direct fields are
// never among them.
func (m *Mapping) CodeFields(c *Codebook) (list []CodeField) {
	for i := range m.Rules {
		r := &m.Rules[i]
		v := c.Variable(r.Variable)
		if v == nil || !Translated(v) || len(r.Steps) == 0 || r.Steps[0].Kind != StepCopy || len(r.Steps[0].From) != 1 {
			continue
		}
		f := m.Field(r.Steps[0].From[0])
		if f == nil || f.Class == Direct || !f.Class.Valid() {
			continue
		}
		at := codesAt(r)
		x := CodeField{Field: f.Name, Variable: v.Name, known: map[string]bool{}, before: r.Steps[:at]}
		if at < len(r.Steps) && r.Steps[at].Kind == StepCodes {
			for text := range r.Steps[at].Map {
				x.known[text] = true
			}
			for _, text := range r.Steps[at].Null {
				x.known[text] = true
			}
		} else {
			for _, o := range Targets(v) {
				x.known[o.Code] = true
			}
		}
		if len(x.known) > 0 { // without, a national list says which codes there are
			list = append(list, x)
		}
	}
	return list
}

// Knows tells whether the rule says what becomes of a text. One that an earlier step makes null, or something that can't
// be told from the text alone, is no code that the rule lacks.
func (f *CodeField) Knows(text string) bool {
	value, ok := met(f.before, text)
	return !ok || f.known[value]
}

// Lists tells whether a text is one of the codes that the rule itself lists, and thus none that somebody wrote freely.
func (f *CodeField) Lists(text string) bool {
	value, ok := met(f.before, text)
	return ok && f.known[value]
}

// NewCodes are the codes of a field that no earlier delivery had and the rule doesn't know.
type NewCodes struct {
	Field    string
	Variable string
	Codes    []ValueCount // commonest first
	Rows     int64        // that have one of them
	Filled   int64        // rows of the field that are filled
}

// Over tells whether they are more than may pass without a person, by a share of Limits. Fewer rows than SmallCell never
// are.
func (n *NewCodes) Over(most float64) bool {
	return n.Rows >= SmallCell && share(n.Rows, n.Filled) > most
}

// TypeChange is a column that holds another type of values than before.
type TypeChange struct {
	Field    string
	From, To VarType
}

// ShapeDrift is how a delivery differs from what an integration's deliveries usually look like, and from what its mapping
// was made for. The order of columns is no difference: they are read by name.
type ShapeDrift struct {
	Gone  []string     // columns that are no longer there, in the order they had
	Added []string     // columns that were not there before
	Types []TypeChange // in the order of the delivery
	Codes []NewCodes   // in the order of the rules
	// Left and Lacks are those of the shape that nobody has accepted yet.
	Left, Lacks []string
}

// Any tells whether anything differs.
func (d *ShapeDrift) Any() bool {
	return len(d.Gone)+len(d.Added)+len(d.Types)+len(d.Codes)+len(d.Left)+len(d.Lacks) > 0
}

// ColumnDrift holds the columns of a delivery against those that a mapping classes: left are those that it doesn't, and
// lacks those that the delivery doesn't have and nothing is made of. A column that is gone and that something is made of
// is not among them. To load without it would put nothing in the place of values that the registry has, so there is
// nothing to decide: the run is refused.
func ColumnDrift(m *Mapping, columns []string) (left, lacks []string) {
	for _, name := range columns {
		if m.Field(name) == nil {
			left = append(left, name)
		}
	}
	readers := m.Readers()
	for i := range m.Source {
		f := &m.Source[i]
		read := f.Class == Direct || len(readers[f.Name]) > 0 || m.Keep != nil && m.Keep.Field == f.Name
		if !read && !slices.Contains(columns, f.Name) {
			lacks = append(lacks, f.Name)
		}
	}
	return left, lacks
}

// DriftOf compares a delivery with the baseline. Without a baseline only its columns differ, from the mapping's: there is
// nothing else to differ from.
func DriftOf(m *Mapping, c *Codebook, b *Baseline, s *Shape) (d ShapeDrift) {
	for i := range s.Left {
		if name := s.Left[i].Name; b == nil || b.Shape.LeftOut(name) == nil {
			d.Left = append(d.Left, name)
		}
	}
	for _, name := range s.Lacks {
		if b == nil || !slices.Contains(b.Shape.Lacks, name) {
			d.Lacks = append(d.Lacks, name)
		}
	}
	if b == nil || len(b.Shape.Fields) == 0 {
		return d
	}
	for i := range b.Shape.Fields {
		if name := b.Shape.Fields[i].Name; s.Field(name) == nil {
			d.Gone = append(d.Gone, name)
		}
	}
	readers := m.Readers()
	for i := range s.Fields {
		f := &s.Fields[i]
		was := b.Shape.Field(f.Name)
		if was == nil {
			d.Added = append(d.Added, f.Name)
			continue
		}
		if from, to, changed := f.TypeChanged(was); changed && len(readers[f.Name]) > 0 {
			d.Types = append(d.Types, TypeChange{f.Name, from, to})
		}
	}
	for _, cf := range m.CodeFields(c) {
		f := s.Field(cf.Field)
		was := b.Shape.Field(cf.Field)
		if f == nil || f.Many || was == nil || was.Many {
			continue
		}
		n := NewCodes{Field: cf.Field, Variable: cf.Variable, Filled: s.Rows - f.Empty}
		for _, x := range f.Codes {
			if !slices.Contains(b.Known[cf.Field], x.Text) && !cf.Knows(x.Text) {
				n.Codes, n.Rows = append(n.Codes, x), n.Rows+x.Rows
			}
		}
		if n.Rows > 0 {
			d.Codes = append(d.Codes, n)
		}
	}
	return d
}

// Hold gives the reason to hold a run whose delivery differs so, or nil. Columns that are gone or new since the delivery
// before and that the mapping agrees with hold nothing: that was settled when the mapping was changed and approved.
func (d *ShapeDrift) Hold(l Limits) *Error {
	if len(d.Left)+len(d.Lacks) > 0 {
		return E(Refused, "hold.columns", Args{"columns": strings.Join(slices.Concat(d.Left, d.Lacks), ", ")})
	}
	if len(d.Types) > 0 {
		var names []string
		for _, t := range d.Types {
			names = append(names, t.Field)
		}
		return E(Refused, "hold.types", Args{"columns": strings.Join(names, ", ")})
	}
	most := cmp.Or(l.MaxNewCodes, DefaultMaxNewCodes)
	for i := range d.Codes {
		if n := &d.Codes[i]; n.Over(most) {
			return E(Refused, "hold.codes", Args{"column": n.Field, "n": n.Rows,
				"share": 100 * share(n.Rows, n.Filled), "limit": 100 * most})
		}
	}
	return nil
}

// wouldHold begins the codes of what a run that loads nothing says.
const wouldHold = "would."

// Would gives what a run that loads nothing says where a real one would be held for this reason; nil for nil.
func (e *Error) Would() *Error {
	if e == nil {
		return nil
	}
	return E(e.Class, Code(wouldHold+strings.TrimPrefix(string(e.Code), "hold.")), e.Args)
}

// WouldHold tells of a run that loaded nothing that a real one of the same delivery would be held.
func (r *Run) WouldHold() bool { return strings.HasPrefix(string(r.Reason), wouldHold) }

// Reading is how many rows a successful run read, and when.
type Reading struct {
	At   time.Time
	Rows int64
	Once bool // a person let it through, that once
}

// weekdays is how many runs on the same day of the week tell what that day is like.
const weekdays = 4

// NormalOn gives the normal row count for a run at a moment, newest readings first: the median of the last ten, or of
// the same day of the week in Oslo when there are enough of it and they usually have fewer. A quiet Sunday is no fault,
// and a busy one makes no other day suspect. What was let through once tells nothing of what is normal, unless there is
// nothing else to tell it.
func NormalOn(at time.Time, readings []Reading) int64 {
	once := !slices.ContainsFunc(readings, func(r Reading) bool { return !r.Once })
	var all, same []int64
	for _, r := range readings {
		if r.Once != once {
			continue
		}
		if len(all) < 10 {
			all = append(all, r.Rows)
		}
		if len(same) < 10 && r.At.In(Oslo).Weekday() == at.In(Oslo).Weekday() {
			same = append(same, r.Rows)
		}
	}
	normal := Normal(all)
	if len(same) >= weekdays {
		normal = min(normal, Normal(same))
	}
	return normal
}
