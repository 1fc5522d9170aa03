package store

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// Meaning is what a difference means to whoever must say yes to it.
type Meaning string

const (
	MeansData     Meaning = "data"     // more is moved, or something more sensitive
	MeansWay      Meaning = "way"      // it comes from, travels through or lies somewhere else
	MeansControl  Meaning = "control"  // what guards it is another: identity, consent, checks, limits, retention
	MeansContent  Meaning = "content"  // the same is moved, and made into something else
	MeansNarrower Meaning = "narrower" // less is moved, or less passes: covered by the older approval
)

// Meanings lists the meanings in the order people read them.
var Meanings = []Meaning{MeansData, MeansWay, MeansControl, MeansContent, MeansNarrower}

// meanings says what a difference in an area means, unless it narrows.
var meanings = map[string]Meaning{
	"registry": MeansWay, "solution": MeansWay, "source": MeansWay, "destination": MeansWay, "direction": MeansWay,
	"method": MeansWay, "handover": MeansWay, "kind": MeansWay, "connection": MeansWay, "setting": MeansWay,
	"route": MeansWay, "hop": MeansWay, "store": MeansWay, "recipient": MeansWay,
	"sensitivity": MeansData, "field": MeansData, "variable": MeansData,
	"identity": MeansControl, "check": MeansControl, "limit": MeansControl, "consent": MeansControl,
	"consent_rule": MeansControl,
	"retention":    MeansControl,
	"codebook":     MeansContent, "rule": MeansContent, "code": MeansContent,
}

// Meaning tells what the difference means.
func (d Difference) Meaning() Meaning {
	switch {
	case d.Narrowing:
		return MeansNarrower
	case d.Area == "rule" && d.Name == "(keep)":
		return MeansData // other rows come along
	case d.Area == "variable" && d.Kind != Added:
		return MeansContent
	case d.Area == "field" && d.Kind == Changed:
		return MeansControl // a class decides on which side a field travels
	}
	return meanings[d.Area]
}

// Change is one thing that differs, with the other lines that come of the same thing: of a new variable its rule, its
// codes and the source fields that only it reads; of a code list the rest of its codes.
type Change struct {
	Difference
	With []Difference
}

// Lines gives every line of the change.
func (c *Change) Lines() []Difference { return append([]Difference{c.Difference}, c.With...) }

// Correction gives the name of the correction that the difference is about, or "".
func (d Difference) Correction() string {
	name, ok := strings.CutPrefix(d.Name, "(correction:")
	if !ok || d.Area != "rule" {
		return ""
	}
	return strings.TrimSuffix(name, ")")
}

// Systems gives the code systems that the line rests on, as it was and as it is, each once, in order.
func (d Difference) Systems() []string {
	var list []string
	if pin, ok := strings.CutPrefix(d.Name, "(list:"); ok && d.Area == "rule" {
		return []string{strings.TrimSuffix(pin, ")")}
	}
	for _, line := range []string{d.Old, d.New} {
		var about struct { // a variable, a check or a correction
			System string
			Steps  []Step
		}
		switch {
		case d.Area == "rule" && !strings.HasPrefix(d.Name, "("):
			if json.Unmarshal([]byte(line), &about.Steps) != nil {
				continue
			}
		case d.Area != "variable" && d.Area != "check" && d.Correction() == "", json.Unmarshal([]byte(line), &about) != nil:
			continue
		}
		list = append(append(list, about.System), systemsOf(about.Steps)...)
	}
	return eachOnce(list)
}

// Systems gives those that any line of the change rests on.
func (c *Change) Systems() []string {
	var list []string
	for _, d := range c.Lines() {
		list = append(list, d.Systems()...)
	}
	return eachOnce(list)
}

// Changes puts differences that come of one thing together, in the order they came.
func Changes(ds []Difference) []Change {
	heads := map[int][]int{} // of a head: the lines that go with it
	under := make([]bool, len(ds))
	for i, d := range ds {
		if d.Area != "variable" || d.Kind == Changed {
			continue
		}
		for k, o := range ds {
			if under[k] || o.Kind != d.Kind || o.Narrowing != d.Narrowing {
				continue
			}
			variable, _, _ := strings.Cut(o.Name, "=")
			if o.Area == "rule" && o.Name == d.Name || o.Area == "code" && variable == d.Name ||
				o.Area == "field" && readOnlyBy(ds, d, o.Name) {
				heads[i], under[k] = append(heads[i], k), true
			}
		}
	}
	lists := map[Difference]int{}
	for i, d := range ds {
		if d.Area != "code" || under[i] {
			continue
		}
		variable, _, _ := strings.Cut(d.Name, "=")
		list := Difference{Name: variable, Kind: d.Kind, Narrowing: d.Narrowing}
		if head, ok := lists[list]; ok {
			heads[head], under[i] = append(heads[head], i), true
		} else {
			lists[list] = i
		}
	}
	var out []Change
	for i, d := range ds {
		if under[i] {
			continue
		}
		c := Change{Difference: d}
		for _, k := range heads[i] {
			c.With = append(c.With, ds[k])
		}
		out = append(out, c)
	}
	return out
}

// readOnlyBy tells whether, among the rules that came or went, only that of one variable reads a source field.
func readOnlyBy(ds []Difference, variable Difference, field string) bool {
	var readers []string
	for _, d := range ds {
		if d.Area != "rule" {
			continue
		}
		var r Rule
		if json.Unmarshal([]byte(cmp.Or(d.New, d.Old)), &r.Steps) == nil && slices.Contains(r.Fields(), field) {
			readers = append(readers, d.Name)
		}
	}
	return len(readers) == 1 && readers[0] == variable.Name
}

// Line names one line of a Scope.
type Line struct{ Area, Name string }

// Origin is what a line of a Scope can come with: a version of a mapping or of its codebook.
type Origin struct {
	Kind string // "mapping" or "codebook"; "" when it came with neither
	No   int
	Used bool // an older version was taken in use again
}

// ScopeStep is an Origin, and the Scope of what would run with it when all else is as it is now.
type ScopeStep struct {
	Origin
	Scope *Scope
}

// MadeIn tells of each line in which the Scope of the last step differs from that of the first, with which step it came
// to say what it says. Steps are oldest first.
func MadeIn(steps []ScopeStep) map[Line]Origin {
	made := map[Line]Origin{}
	for i := 1; i < len(steps); i++ {
		for _, d := range steps[i].Scope.Diff(steps[i-1].Scope) {
			made[Line{d.Area, d.Name}] = steps[i].Origin
		}
	}
	return made
}

// cause is an edit that can change an area of a Scope: of a member of a kind of thing, or of one part of the member.
type cause struct{ kind, member, part string }

// sameName stands for the part that is called what the line is called.
const sameName = "*"

// causes says which edits can change an area of a Scope, beside those of the mapping and the codebook.
var causes = map[string][]cause{
	"solution":  {{"registry", "solution", ""}},
	"consent":   {{"registry", "basis", "consent"}},
	"retention": {{"registry", "basis", "retention"}},
	"consent_rule": {{"consent_rule", "type", ""}, {"consent_rule", "connection", ""}, {"consent_rule", "definition", ""},
		{"consent_rule", "party", ""}, {"consent_rule", "wait_days", ""}, {"consent_rule", "max_age_hours", ""},
		{"consent_rule", "fall_share", ""}, {"consent_rule", "fall_count", ""}, {"consent_rule", "turn_share", ""},
		{"consent_rule", "turn_count", ""}, {"consent_rule", "recipients", ""}, {"connection", "settings", ""}},
	"source":      {{"integration", "method", ""}, {"method", "system", ""}, {"system", "role", ""}},
	"destination": {{"integration", "method", ""}, {"method", "system", ""}, {"system", "role", ""}},
	"direction":   {{"integration", "method", ""}, {"method", "system", ""}, {"system", "role", ""}},
	"method":      {{"integration", "method", ""}},
	"handover":    {{"integration", "method", ""}, {"method", "handover", ""}},
	"kind":        {{"integration", "method", ""}, {"method", "kind", ""}},
	"route":       {{"integration", "method", ""}, {"method", "route", ""}},
	"hop":         {{"integration", "method", ""}, {"method", "route", ""}},
	"connection":  {{"integration", "connection", ""}},
	"setting":     {{"integration", "connection", ""}, {"connection", "settings", sameName}},
	"sensitivity": {{"integration", "sensitivity", ""}},
	"codebook":    {{"integration", "codebook", ""}},
	"limit":       {{"integration", "limits", sameName}},
}

// EditOf finds the edit that made a difference, or nil when the log knows none: the program itself changed. Edits are
// oldest first; from is what the line came with.
func EditOf(d Difference, edits []Edit, from Origin) *Edit {
	for i := len(edits) - 1; i >= 0; i-- {
		e := &edits[i]
		if from.No > 0 {
			if e.Kind == from.Kind && e.No == from.No && e.Saved != from.Used {
				return e
			}
			continue
		}
		for _, c := range causes[d.Area] {
			part := c.part
			if part == sameName {
				part = d.Name
			}
			if e.Kind == c.kind && e.changed(c.member, part) {
				return e
			}
		}
	}
	return nil
}

// Class gives the class of the source field or the variable that a difference is about, "" for other areas.
func (d Difference) Class() FieldClass {
	line := cmp.Or(d.New, d.Old)
	switch d.Area {
	case "field":
		class, _, _ := strings.Cut(line, ":")
		return FieldClass(class)
	case "variable":
		var v Variable
		if json.Unmarshal([]byte(line), &v) == nil {
			return v.Class
		}
	}
	return ""
}
