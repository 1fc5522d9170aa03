package store

import "time"

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

// SourceProfile says what the values of a source's fields look like in a sample. It holds no row and stays on the
// server. Of a direct field it holds only how many cells were empty.
type SourceProfile struct {
	From   string         `json:"from"` // name of the delivery or the sample
	At     time.Time      `json:"at"`
	Rows   int64          `json:"rows"`
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

// FewRows is the least number of rows that may be told of a single value: a smaller one could point out a person.
const FewRows = 5

// FieldProfile is the profile of one field.
type FieldProfile struct {
	Name     string `json:"name"`
	Empty    int64  `json:"empty"`              // cells that are null, empty or only white space
	Distinct int64  `json:"distinct,omitempty"` // different texts, empty left out; MaxDistinct when there are more
	// Top are the commonest texts, commonest first, none with fewer than FewRows rows and none in which a person number
	// can be read. Hidden is how many different texts were left out for being so few.
	Top    []ValueCount `json:"top,omitempty"`
	Hidden int64        `json:"hidden,omitempty"`
	// Patterns are the commonest shapes: 9 for a digit, a for a letter, other characters as they are; runs of letters and
	// digits over four as 9… and a….
	Patterns []ValueCount `json:"patterns,omitempty"`
	// Type is the narrowest type that all texts but Sentinels fit, Layout how days and times are written, Decimal the
	// decimal sign; empty when it can't be told.
	Type    VarType `json:"type,omitempty"`
	Layout  string  `json:"layout,omitempty"`
	Decimal string  `json:"decimal,omitempty"`
	// Sentinels are common texts that look like codes for a missing value: -9, 999, UKJENT.
	Sentinels []string `json:"sentinels,omitempty"`
	// Low and High are the 5th and 95th percentile of numbers, when there are FewRows rows beyond each.
	Low  *float64 `json:"low,omitempty"`
	High *float64 `json:"high,omitempty"`
}

// MaxDistinct is how many different texts of a field are counted.
const MaxDistinct = 10_000

// ValueCount is a text and how many rows have it.
type ValueCount struct {
	Text string `json:"text"`
	Rows int64  `json:"rows"`
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
