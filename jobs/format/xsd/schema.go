// Package xsd reads the XML schemas of notification packages (contracts/kreftregisteret.md) into a tree of elements that
// importers, writers and validators can follow. It understands the part of XML Schema 1.0 that such packages use: global
// and local elements, references, sequences, and simple types by restriction and union. Any other construct stops the
// reading and is named, so that no message is ever made or checked by half a schema.
package xsd

import (
	"regexp"
	"slices"
	"strings"

	"samband/store"
)

// Schema is one schema: one kind of message.
type Schema struct {
	Namespace string // of the message and of all its elements
	Root      *Element
}

// Element is an element of a message. It has children or a type, never both. It stands at most once in its place.
type Element struct {
	Name     string
	Doc      string // what the schema says about it
	Optional bool   // may be left out
	Default  string
	Fixed    string // the only value it may have, "" when that isn't said
	Children []*Element
	Type     *Type
	Line     int
}

// Each calls do for every element with a value, in the order of the message, with the elements that lead to it, the
// root first and itself last.
func (s *Schema) Each(do func(path []*Element)) { walk([]*Element{s.Root}, do) }

func walk(path []*Element, do func([]*Element)) {
	e := path[len(path)-1]
	if e.Type != nil {
		do(path)
	}
	for _, c := range e.Children {
		walk(append(path[:len(path):len(path)], c), do)
	}
}

// Base is a type that XML Schema has from the start.
type Base string

// The base types that packages use.
const (
	String   Base = "string"
	Boolean  Base = "boolean"
	Integer  Base = "integer"
	Decimal  Base = "decimal"
	Date     Base = "date"
	DateTime Base = "dateTime"
)

// Type is the type of a value. It is a base with limits, or a union, of which any member will do.
type Type struct {
	Base     Base
	Union    []*Type     // none of them a union itself
	Enum     []string    // the only values, when there are any
	Patterns [][]Pattern // of each restriction one must match
	// Limits, nil when there are none. Lengths count characters.
	MinLength, MaxLength, FractionDigits, TotalDigits *int
	Min, Max                                          *float64
}

// Pattern is a regular expression that a whole value must match.
type Pattern struct {
	Text string
	re   *regexp.Regexp
}

// Accepts tells whether a value is of the type, as it stands in the message.
func (t *Type) Accepts(value string) bool {
	if len(t.Union) > 0 {
		return slices.ContainsFunc(t.Union, func(m *Type) bool { return m.Accepts(value) })
	}
	if !bases[t.Base].MatchString(value) || t.Base == Date && !realDay(value) || t.Base == DateTime && !realDay(value[:min(10, len(value))]) {
		return false
	}
	if len(t.Enum) > 0 && !slices.Contains(t.Enum, value) {
		return false
	}
	for _, step := range t.Patterns {
		if !slices.ContainsFunc(step, func(p Pattern) bool { return p.re.MatchString(value) }) {
			return false
		}
	}
	return t.inLimits(value)
}

var bases = map[Base]*regexp.Regexp{
	String:   regexp.MustCompile(`(?s)^.*$`),
	Boolean:  regexp.MustCompile(`^(true|false|1|0)$`),
	Integer:  regexp.MustCompile(`^[+-]?[0-9]+$`),
	Decimal:  regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$`),
	Date:     regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?$`),
	DateTime: regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$`),
}

// realDay tells whether a date is in the calendar.
func realDay(s string) bool {
	_, ok := store.ParseDate(s[:min(10, len(s))])
	return ok
}

// Members gives the members of a union; a type that is none is its own only member.
func (t *Type) Members() []*Type {
	if len(t.Union) == 0 {
		return []*Type{t}
	}
	return t.Union
}

// Words gives the type as people write it: xs:date | xs:string /(100|199)?/.
func (t *Type) Words() string {
	var parts []string
	for _, m := range t.Members() {
		s := "xs:" + string(m.Base)
		for _, step := range m.Patterns {
			for _, p := range step {
				s += " /" + p.Text + "/"
			}
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " | ")
}
