package text

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

// TestEveryChangeIsSaid: whatever changes in a step, an example, a check, a correction, a lookup table, the selection or
// the choice among versions, the words before and after differ, and so do those that whoever approves reads.
func TestEveryChangeIsSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := drawMapping(t)
		now := altered(t, &before)
		if plainJSON(t, before) == plainJSON(t, now) {
			t.Skip("the change changed nothing")
		}
		ds := now.Diff(&before)
		if len(ds) == 0 {
			t.Fatalf("no difference between\n%s\nand\n%s", plainJSON(t, before), plainJSON(t, now))
		}
		for _, lang := range []Lang{NB, NN, EN} {
			for i, c := range Differences(lang, ds) {
				if c.Was == c.Is {
					t.Fatalf("%s: %q before and after\n%s\n%s", c.Title, c.Is, ds[i].Old, ds[i].New)
				}
			}
		}
		for _, d := range ds {
			asked := d
			switch d.Area {
			case "rule": // the examples bind nobody
				var was, is store.Rule
				if json.Unmarshal([]byte(d.Old), &was) != nil || json.Unmarshal([]byte(d.New), &is) != nil {
					continue
				}
				asked.Old, asked.New = plainJSON(t, was.Steps), plainJSON(t, is.Steps)
			case "correction", "table":
				asked.Area, asked.Name = "rule", "("+d.Area+":"+d.Name+")"
			case "keep", "resolve":
				asked.Area, asked.Name = "rule", "("+d.Area+")"
			default:
				continue
			}
			if d.Kind != store.Changed || asked.Old == asked.New {
				continue
			}
			if got := Difference(NB, asked); got == upperFirst(T(NB, "scope.diff.changed", "what", scopeName(NB, asked.Area, asked.Name))) {
				t.Fatalf("who approves reads only %q of\n%s\n%s", got, d.Old, d.New)
			}
			if was, is := ChangeSides(NB, &store.Change{Difference: asked}); slices.Equal(was, is) {
				t.Fatalf("who approves sees %q on both sides of\n%s\n%s", was, d.Old, d.New)
			}
		}
	})
}

// lookAlikes are texts that a sentence could show alike, or that could be taken for words of it.
var lookAlikes = rapid.OneOf(rapid.SampledFrom([]string{"", " ", "  ", "\t", "\n", "\u00a0", "\u200b", "a", "b", "A", "a ", " a", "a b",
	"a  b", "a\u00a0b", "a, b", "a = b", "a: b", "a → b", "b → a", "a; b", "(a)", "«a»", "“a”", `"a"`, `\`, `\u0020`, "(tom)", "(empty)",
	"(mellomrom)", "(space)", "mangler", "missing", "verdien", "the value", "og 1 til", "alltid a", "tall", "tall med komma", "1", "1,0",
	"1.0", "é", "e\u0301", "ny: a", "fjernet: a"}), rapid.String())

func drawSome(t *rapid.T, least, most int) []string {
	return rapid.SliceOfN(lookAlikes, least, most).Draw(t, "texts")
}

func drawPairs(t *rapid.T) map[string]string {
	return rapid.MapOfN(lookAlikes, lookAlikes, 1, 9).Draw(t, "pairs")
}

func drawCondition(t *rapid.T) *store.Condition {
	c := &store.Condition{Field: lookAlikes.Draw(t, "field"), Op: rapid.SampledFrom(store.Operators).Draw(t, "op")}
	switch c.Op {
	case store.OpIn:
		c.Values = drawSome(t, 1, 9)
	case store.OpMissing, store.OpPresent:
	default:
		c.Value = lookAlikes.Draw(t, "value")
	}
	return c
}

// drawStep draws a step that says nothing but what its kind reads.
func drawStep(t *rapid.T, deep bool) store.Step {
	kinds := store.StepKinds
	if deep {
		kinds = slices.DeleteFunc(slices.Clone(kinds), func(k store.StepKind) bool { return k == store.StepWhen })
	}
	s := store.Step{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
	word := func() string { return lookAlikes.Draw(t, "word") }
	switch s.Kind {
	case store.StepCopy:
		s.From = []string{word()}
	case store.StepConstant:
		s.Value = word()
	case store.StepFirst:
		s.From, s.Values = drawSome(t, 1, 4), drawSome(t, 0, 9)
	case store.StepGreatest, store.StepLeast, store.StepMean:
		s.From, s.Values = drawSome(t, 1, 4), drawSome(t, 0, 9)
		s.Decimal = rapid.SampledFrom([]string{"", ",", "."}).Draw(t, "decimal")
	case store.StepMissing:
		s.Values = rapid.SliceOfNDistinct(lookAlikes, 1, 9, func(s string) string { return s }).Draw(t, "values")
		s.Reasons = map[string]store.MissingReason{s.Values[0]: rapid.SampledFrom(store.MissingReasons).Draw(t, "why")}
		s.Map = drawPairs(t)
	case store.StepCodes:
		s.Map, s.Null = drawPairs(t), drawSome(t, 0, 5)
	case store.StepLookup:
		s.Table, s.Column = word(), word()
	case store.StepNormalise:
		s.System = rapid.SampledFrom(store.KnownSystems).Draw(t, "system").System
	case store.StepDate:
		s.Layout = rapid.SampledFrom(store.DateLayouts).Draw(t, "layout")
	case store.StepNumber:
		s.Whole = rapid.Bool().Draw(t, "whole")
		s.Decimal = rapid.SampledFrom([]string{"", ",", "."}).Draw(t, "decimal")
	case store.StepUnit:
		s.From = []string{word()}
		for range rapid.IntRange(1, 3).Draw(t, "units") {
			u := store.UnitFactor{Unit: word(), Factor: rapid.Float64Range(0.001, 1000).Draw(t, "factor")}
			if n := rapid.IntRange(-1, 3).Draw(t, "decimals"); n >= 0 {
				u.Decimals = &n
			}
			s.Units = append(s.Units, u)
		}
	case store.StepScale:
		s.Factor = rapid.Float64Range(0.001, 1000).Draw(t, "factor")
	case store.StepWhen:
		s.If, s.Then, s.Else = drawCondition(t), drawSteps(t, 1, true), drawSteps(t, 0, true)
	case store.StepExpr:
		s.Code = word()
	case store.StepJoin:
		s.From, s.Separator = drawSome(t, 1, 4), word()
	case store.StepSplit:
		s.Separator, s.Part = word(), rapid.IntRange(1, 9).Draw(t, "part")
	}
	if s.Kind == store.StepCodes || s.Kind == store.StepLookup {
		if s.Otherwise = rapid.SampledFrom(store.Otherwises).Draw(t, "otherwise"); s.Otherwise == store.OtherCode {
			s.Value = word()
		}
	}
	return s
}

func drawSteps(t *rapid.T, least int, deep bool) []store.Step {
	steps := make([]store.Step, rapid.IntRange(least, 4).Draw(t, "steps"))
	for i := range steps {
		steps[i] = drawStep(t, deep)
	}
	return steps
}

func drawExamples(t *rapid.T) []store.Example {
	list := make([]store.Example, rapid.IntRange(0, 7).Draw(t, "examples"))
	for i := range list {
		list[i].In = drawPairs(t)
		switch rapid.IntRange(0, 2).Draw(t, "gives") {
		case 0:
			list[i].Null = true
		case 1:
			list[i].Fault = rapid.SampledFrom(store.CheckKinds).Draw(t, "fault")
		default:
			list[i].Out = lookAlikes.Draw(t, "out")
		}
	}
	return list
}

func drawChecks(t *rapid.T) []store.Check {
	word := func() string { return lookAlikes.Draw(t, "word") }
	list := make([]store.Check, rapid.IntRange(0, 3).Draw(t, "checks"))
	for i := range list {
		c := store.Check{Reason: string(rune('a' + i)), Kind: rapid.SampledFrom(store.CheckKinds).Draw(t, "check"),
			Text: word(), Warn: rapid.Bool().Draw(t, "warn")}
		switch c.Kind {
		case store.CheckOrder:
			c.Earlier, c.Later = word(), word()
		case store.CheckRule:
			c.Code = word()
		case store.CheckList:
			c.Variables, c.At = drawSome(t, 1, 7), word()
			c.System = rapid.SampledFrom(store.KnownSystems).Draw(t, "system").System
		default:
			c.Variables = drawSome(t, 0, 7)
		}
		list[i] = c
	}
	return list
}

func drawResolve(t *rapid.T) (r store.Resolve) {
	word := func() string { return lookAlikes.Draw(t, "word") }
	switch rapid.IntRange(0, 3).Draw(t, "resolve") {
	case 0:
		r.Latest = word()
	case 1:
		r.First = word()
	case 2:
		r.Priority = &store.Priority{Variable: word(), Order: drawSome(t, 1, 9), Latest: word()}
	}
	for range rapid.IntRange(0, 3).Draw(t, "picks") {
		p := store.Pick{Variable: word(), How: rapid.SampledFrom(store.PickHows).Draw(t, "how")}
		windowed := rapid.Bool().Draw(t, "window")
		if windowed {
			p.Window = &store.Window{Anchor: word(), From: rapid.Float64Range(-99, 0).Draw(t, "from"),
				To: rapid.Float64Range(0, 99).Draw(t, "to")}
		}
		if windowed || p.How == store.PickLatest || p.How == store.PickFirst {
			p.By = word()
		}
		r.Fields = append(r.Fields, p)
	}
	return r
}

func drawCorrection(t *rapid.T, name string) store.Correction {
	k := store.Correction{Name: name, Variable: lookAlikes.Draw(t, "variable"), At: lookAlikes.Draw(t, "at"),
		From: "2026-03-01", To: rapid.SampledFrom([]string{"2026-03-01", "2026-03-31"}).Draw(t, "to"),
		Steps: drawSteps(t, 1, false), Reason: lookAlikes.Draw(t, "reason")}
	if rapid.Bool().Draw(t, "if") {
		k.If = drawCondition(t)
	}
	if rapid.Bool().Draw(t, "undone") {
		k.Undone = &store.Undone{Reason: lookAlikes.Draw(t, "reason")}
	}
	return k
}

// drawMapping draws a mapping that says everything but its source fields and lists. What the portal stamps on corrections
// is left out: it changes only with what they say.
func drawMapping(t *rapid.T) store.Mapping {
	m := store.Mapping{Rules: []store.Rule{{Variable: "v", Steps: drawSteps(t, 1, false), Examples: drawExamples(t)}},
		Checks: drawChecks(t), Resolve: drawResolve(t), Corrections: []store.Correction{drawCorrection(t, "k"), drawCorrection(t, "l")},
		Tables: []store.LookupTable{{Name: "t", Columns: drawSome(t, 2, 3)}}}
	for range rapid.IntRange(1, 9).Draw(t, "rows") {
		m.Tables[0].Rows = append(m.Tables[0].Rows, drawSome(t, 2, 3))
	}
	if rapid.Bool().Draw(t, "keep") {
		m.Keep = drawCondition(t)
	}
	return m
}

// fixed are members that name their line, or hold one of a few words; those are drawn anew with what they belong to.
var fixed = []string{"variable", "name", "reason", "do", "op", "how", "check", "fault", "decimal", "layout", "system", "otherwise", "from",
	"to", "at", "source", "person", "null", "latest", "first", "by", "reasons"}

// altered gives m with one thing changed: one part drawn anew, or one text, number or list somewhere inside it.
func altered(t *rapid.T, m *store.Mapping) store.Mapping {
	var out store.Mapping
	if err := json.Unmarshal([]byte(plainJSON(t, m)), &out); err != nil {
		t.Fatal(err)
	}
	if rapid.IntRange(0, 3).Draw(t, "anew") == 0 {
		switch other := drawMapping(t); rapid.IntRange(0, 7).Draw(t, "part") {
		case 0:
			out.Rules[0].Steps[0] = other.Rules[0].Steps[0]
		case 1:
			out.Rules[0].Examples = other.Rules[0].Examples
		case 2:
			out.Checks = other.Checks
		case 3:
			out.Keep = other.Keep
		case 4:
			out.Resolve = other.Resolve
		case 5:
			out.Corrections[0] = other.Corrections[0]
		case 6:
			out.Tables = other.Tables
		default:
			slices.Reverse(out.Corrections)
		}
		return out
	}
	var tree any
	if err := json.Unmarshal([]byte(plainJSON(t, out)), &tree); err != nil {
		t.Fatal(err)
	}
	var places []func()
	walk(t, tree, func(any) {}, &places)
	rapid.SampledFrom(places).Draw(t, "place")()
	var changed store.Mapping
	if err := json.Unmarshal([]byte(plainJSON(t, tree)), &changed); err != nil {
		t.Fatal(err)
	}
	return changed
}

// walk collects what can be done to v and to what it holds; set puts another value in v's place.
func walk(t *rapid.T, v any, set func(any), places *[]func()) {
	switch v := v.(type) {
	case string:
		*places = append(*places, func() { set(lookAlikes.Draw(t, "another")) })
	case float64:
		*places = append(*places, func() { set(v + 1) })
	case bool:
		*places = append(*places, func() { set(!v) })
	case []any:
		if len(v) > 1 {
			*places = append(*places, func() {
				i, j := rapid.IntRange(0, len(v)-1).Draw(t, "i"), rapid.IntRange(0, len(v)-1).Draw(t, "j")
				v[i], v[j] = v[j], v[i]
			}, func() { set(v[:len(v)-1]) })
		}
		for i := range v {
			walk(t, v[i], func(x any) { v[i] = x }, places)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name == "from" && reflect.TypeOf(v[name]).Kind() == reflect.Slice || !slices.Contains(fixed, name) {
				walk(t, v[name], func(x any) { v[name] = x }, places)
			}
		}
	}
}

func plainJSON(t *rapid.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
