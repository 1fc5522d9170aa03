package store

import (
	"maps"
	"reflect"
	"slices"
	"testing"
)

func TestReading(t *testing.T) {
	number := Step{Kind: StepNumber, Whole: true}
	fresh := Rule{Variable: "vekt", Steps: []Step{{Kind: StepCopy, From: []string{"b"}}, {Kind: StepTrim}}}
	copied := &Rule{Variable: "vekt", Steps: []Step{{Kind: StepCopy, From: []string{"a"}}, number}, Examples: []Example{{Out: "1"}}}
	joined := &Rule{Variable: "vekt", Steps: []Step{{Kind: StepJoin, From: []string{"a", "b"}, Separator: "-"}, number}}
	for name, c := range map[string]struct {
		rule   *Rule
		fields []string
		how    StepKind
		want   []Step
	}{
		"none before":     {nil, []string{"b"}, "", fresh.Steps},
		"another field":   {copied, []string{"b"}, "", fresh.Steps},
		"the same":        {copied, []string{"a"}, "", copied.Steps},
		"one more":        {copied, []string{"a", "b"}, "", []Step{{Kind: StepFirst, From: []string{"a", "b"}}, number}},
		"one more, else":  {copied, []string{"a", "b"}, StepJoin, []Step{{Kind: StepJoin, From: []string{"a", "b"}, Separator: " "}, number}},
		"a third":         {joined, []string{"a", "b", "c"}, "", []Step{{Kind: StepJoin, From: []string{"a", "b", "c"}, Separator: "-"}, number}},
		"chosen again":    {joined, []string{"b", "a"}, StepJoin, []Step{{Kind: StepJoin, From: []string{"b", "a"}, Separator: "-"}, number}},
		"one less":        {joined, []string{"b"}, "", []Step{{Kind: StepCopy, From: []string{"b"}}, number}},
		"several anew":    {nil, []string{"b", "c"}, "", []Step{{Kind: StepFirst, From: []string{"b", "c"}}, {Kind: StepTrim}}},
		"of no field":     {&Rule{Variable: "vekt", Steps: []Step{{Kind: StepConstant, Value: "1"}}}, []string{"b"}, "", fresh.Steps},
		"of an empty one": {&Rule{Variable: "vekt"}, []string{"b"}, "", fresh.Steps},
	} {
		before := canonical(c.rule) + canonical(fresh)
		got := c.rule.Reading(c.fields, c.how, fresh)
		if !reflect.DeepEqual(got.Steps, c.want) || got.Variable != "vekt" {
			t.Errorf("%s:\n got %s\nwant %s", name, canonical(got.Steps), canonical(c.want))
		}
		if canonical(c.rule)+canonical(fresh) != before {
			t.Errorf("%s: what was there has changed", name)
		}
		if kept := len(got.Examples) > 0; kept != (c.rule == copied && c.fields[0] == "a") {
			t.Errorf("%s: examples %v", name, got.Examples)
		}
	}
}

func TestWith(t *testing.T) {
	c := &Codebook{Variables: []Variable{{Name: "a"}, {Name: "b"}, {Name: "c"}}}
	m := &Mapping{Rules: []Rule{{Variable: "a"}, {Variable: "c"}}}
	names := func(rules []Rule) (n []string) {
		for _, r := range rules {
			n = append(n, r.Variable)
		}
		return n
	}
	for v, want := range map[string][]string{"a": {"a", "c"}, "b": {"a", "b", "c"}, "c": {"a", "c"}} {
		if got := names(m.With(Rule{Variable: v, Steps: []Step{{}}}, c)); !slices.Equal(got, want) {
			t.Errorf("with %s: %v", v, got)
		}
	}
	if got := names(m.Without("a")); !slices.Equal(got, []string{"c"}) || len(m.Rules) != 2 {
		t.Errorf("without a: %v of %v", got, m.Rules)
	}
}

func TestTouched(t *testing.T) {
	whole := func() *Mapping {
		return &Mapping{Source: []Field{{Name: "x", Class: Health}, {Name: "y", Class: Health}},
			Tables: []LookupTable{{Name: "t", Columns: []string{"a", "b"}}},
			Rules: []Rule{{Variable: "a", Steps: []Step{{Kind: StepCopy, From: []string{"x"}}}},
				{Variable: "b", Steps: []Step{{Kind: StepCopy, From: []string{"y"}}, {Kind: StepWhen, If: &Condition{Op: OpPresent},
					Then: []Step{{Kind: StepLookup, Table: "t", Column: "b"}}}}}}}
	}
	for name, c := range map[string]struct {
		change func(m *Mapping)
		want   []string
	}{
		"nothing":          {func(*Mapping) {}, nil},
		"an example":       {func(m *Mapping) { m.Rules[0].Examples = []Example{{Out: "1"}} }, nil},
		"what a field is":  {func(m *Mapping) { m.Source[0].Class = Technical }, []string{"a"}},
		"a field's label":  {func(m *Mapping) { m.Source[0].Label = "X" }, nil},
		"a rule":           {func(m *Mapping) { m.Rules[0].Steps = append(m.Rules[0].Steps, Step{Kind: StepTrim}) }, []string{"a"}},
		"a rule gone":      {func(m *Mapping) { m.Rules = m.Rules[1:] }, []string{"a"}},
		"a rule more":      {func(m *Mapping) { m.Rules = append(m.Rules, Rule{Variable: "c", Steps: []Step{{}}}) }, []string{"c"}},
		"a table":          {func(m *Mapping) { m.Tables[0].Rows = [][]string{{"1", "2"}} }, []string{"b"}},
		"a new correction": {func(m *Mapping) { m.Corrections = []Correction{{Name: "k", Variable: "a"}} }, []string{"a"}},
		"a check":          {func(m *Mapping) { m.Checks = []Check{{Reason: "r"}} }, nil},
	} {
		m := whole()
		c.change(m)
		if got := slices.Sorted(maps.Keys(m.Touched(whole()))); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
