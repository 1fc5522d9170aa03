package store

import (
	"slices"
	"time"
)

// Schema is what a source offers, as its connector describes it or as a sample shows.
type Schema struct {
	Fields []SchemaField `json:"fields"`
	From   string        `json:"from"` // what described it: a data set, the name of a delivery or of a sample
	At     time.Time     `json:"at"`
}

// SchemaField is one field of a source. What isn't known is empty: a file says nothing but names.
type SchemaField struct {
	Name  string     `json:"name"`
	Label string     `json:"label,omitempty"`
	Type  VarType    `json:"type,omitempty"`
	Unit  string     `json:"unit,omitempty"`
	Class FieldClass `json:"class,omitempty"`
	Is    Attribute  `json:"is,omitempty"` // of a direct field
}

// Field gives the field of that name, or nil.
func (s *Schema) Field(name string) *SchemaField {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return &s.Fields[i]
		}
	}
	return nil
}

// SourceProfile says what the values of a source's fields look like in a sample. It holds no row and never leaves the
// server: no export, no evidence and no log has it. Counts of rows are told as SmallCell wants. Of a direct field, and of
// one that nobody has classed and that looks direct, it tells only how many cells are empty.
type SourceProfile struct {
	From   string         `json:"from"` // name of the delivery; "" when it was an uploaded sample
	At     time.Time      `json:"at"`
	Rows   int64          `json:"rows"`             // rows looked at, broken ones left out
	Broken int64          `json:"broken,omitempty"` // rows that could not be cut into cells
	More   bool           `json:"more,omitempty"`   // there are more rows than were looked at
	Fields []FieldProfile `json:"fields"`
}

// Field gives the profile of that field, or nil.
func (p *SourceProfile) Field(name string) *FieldProfile {
	if p == nil {
		return nil
	}
	for i := range p.Fields {
		if p.Fields[i].Name == name {
			return &p.Fields[i]
		}
	}
	return nil
}

// FieldProfile is the profile of one field.
type FieldProfile struct {
	Name string `json:"name"`
	// Direct tells that the field was treated as direct: but for Empty and Few nothing is told.
	Direct bool `json:"direct,omitempty"`
	// Empty counts the cells that are null, empty or only white space. With Few it is told as none or all of the rows,
	// and between 1 and SmallCell-1 cells are otherwise.
	Empty    int64 `json:"empty"`
	Few      bool  `json:"few,omitempty"`
	Distinct int64 `json:"distinct,omitempty"` // different texts, empty left out
	Many     bool  `json:"many,omitempty"`     // there are more different texts than were counted
	// Top are the commonest texts, commonest first: at most MaxTop, none with fewer than SmallCell rows, none over MaxShown
	// characters and none in which a person number can be read. Hidden is how many different texts that leaves out.
	Top    []ValueCount `json:"top,omitempty"`
	Hidden int64        `json:"hidden,omitempty"`
	// Rounded tells that the rows of Top[0] are told as SmallCell fewer than it and the hidden texts (and with Few the
	// empty cells) have together. Told as they are, they would give away how many those have, which is fewer than SmallCell.
	Rounded bool `json:"rounded,omitempty"`
	// Patterns are the commonest shapes, commonest first, at most MaxPatterns and none with fewer than SmallCell rows: 9
	// for a digit, a for a letter, other characters as they are; runs of letters and digits over four as 9… and a…. Their
	// Rows are not told: together with those of Top they would tell of hidden texts.
	Patterns []ValueCount `json:"patterns,omitempty"`
	// Type is the narrowest type that 99 of 100 texts but Sentinels fit, Layout how days and times are written (DateLayouts),
	// Decimal the decimal sign; empty when it can't be told.
	Type    VarType `json:"type,omitempty"`
	Layout  string  `json:"layout,omitempty"`
	Decimal string  `json:"decimal,omitempty"`
	// Sentinels are texts of Top that look like codes for a missing value: -9, 999, UKJENT.
	Sentinels []string `json:"sentinels,omitempty"`
	// Low and High are the 5th and 95th percentile of numbers, when there are SmallCell rows beyond each.
	Low  *float64 `json:"low,omitempty"`
	High *float64 `json:"high,omitempty"`
}

// What a profile counts and tells of each field.
const (
	MaxDistinct = 10_000 // different texts counted; fewer in a source with over fifty fields
	MaxTop      = 200
	MaxShown    = 100 // characters of a text
	MaxPatterns = 10
)

// ValueCount is a text and how many rows have it.
type ValueCount struct {
	Text string `json:"text"`
	Rows int64  `json:"rows"`
}

// Without gives the profile with nothing but Empty told of the fields that a mapping calls direct: somebody may have
// classed a field since the profile was made. It is nil when there is nothing to take away.
func (p *SourceProfile) Without(direct []Field) *SourceProfile {
	var out *SourceProfile
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Direct || !slices.ContainsFunc(direct, func(d Field) bool { return d.Name == f.Name && d.Class == Direct }) {
			continue
		}
		if out == nil {
			copied := *p
			copied.Fields = slices.Clone(p.Fields)
			out = &copied
		}
		out.Fields[i] = FieldProfile{Name: f.Name, Direct: true, Empty: f.Empty, Few: f.Few}
	}
	return out
}

// Drift is how a source differs from what a mapping believes it delivers.
type Drift struct {
	Gone []GoneField   // fields of the mapping that the source no longer has, in the mapping's order
	New  []SchemaField // fields of the source that the mapping has not classed, in the source's order
}

// GoneField is a field that is gone. With Variables the next run is refused; without them the field feeds nothing.
type GoneField struct {
	Field     Field
	Variables []string // that its rules make, in order
	Keep      bool     // the condition on which rows are kept reads it
	Person    bool     // persons are found by it
}

// Any tells whether anything differs.
func (d Drift) Any() bool { return len(d.Gone)+len(d.New) > 0 }

// Lost gives the gone fields that something reads.
func (d Drift) Lost() []GoneField {
	var lost []GoneField
	for _, g := range d.Gone {
		if len(g.Variables) > 0 || g.Keep || g.Person {
			lost = append(lost, g)
		}
	}
	return lost
}

// SchemaDrift compares a mapping's source with the newest description of it. Without a description nothing differs.
func SchemaDrift(m *Mapping, s *Schema) (d Drift) {
	if s == nil || len(s.Fields) == 0 {
		return d
	}
	readers := m.Readers()
	for _, f := range m.Source {
		if s.Field(f.Name) != nil {
			continue
		}
		d.Gone = append(d.Gone, GoneField{Field: f, Variables: readers[f.Name], Person: f.Is == AttrNumber,
			Keep: m.Keep != nil && m.Keep.Field == f.Name})
	}
	for _, f := range s.Fields {
		if x := m.Field(f.Name); x == nil || x.Class == "" {
			d.New = append(d.New, f)
		}
	}
	return d
}

// Suggestion proposes source fields for a variable. Nothing is mapped before a person says yes.
type Suggestion struct {
	Variable string
	Fields   []string // one; a number and its unit are the rule's to find
	Score    float64  // 0 to 1
	Why      []Why    // what speaks for it, strongest first
}

// Why is one thing that speaks for a suggestion. The text "suggest.<code>" says it with Args.
type Why struct {
	Code Code
	Args Args
	Part float64 // of the score
}
