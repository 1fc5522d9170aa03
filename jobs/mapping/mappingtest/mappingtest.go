// Package mappingtest makes random mappings that can run, for property tests of all that carries or runs them.
package mappingtest

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"samband/store"
)

// Fields are the source fields of the health side, in the order of a row's cells. The person number is "fnr".
var Fields = []string{"id", "a", "b", "c c", "unit", "day"}

// cells are texts that rules can read, and texts that they can't.
var cells = []string{"", " ", "1", "2", "2,5", "-9", "72.5", "1", "2", "2,5", "x", " æ;ø ", "M", "kg", "g", "2026-03-01", "01.03.2026", "i21.0", "true"}

// Row draws the cells of a row.
func Row(t *rapid.T) []string {
	row := rapid.SliceOfN(rapid.SampledFrom(cells), len(Fields), len(Fields)).Draw(t, "row")
	row[0] = rapid.SampledFrom([]string{"k1", "k2"}).Draw(t, "key")
	if i := rapid.IntRange(0, 9).Draw(t, "day"); i < 8 {
		row[5] = []string{"2026-03-01", "2026-03-31", "2026-04-01", ""}[i%4]
	}
	return row
}

// Mapping draws a mapping that compiles, with the codebook it is for. National lists are left out, so that it compiles
// without any.
func Mapping(t *rapid.T) (store.Mapping, store.Codebook) {
	c := store.Codebook{ID: "any", Version: 1, RegistryID: "any", Key: []string{"id"}, Variables: []store.Variable{
		{Name: "id", Type: store.VarText, Class: store.Technical},
		{Name: "day", Type: store.VarDate, Class: store.Health}}}
	m := store.Mapping{Source: []store.Field{{Name: "fnr", Class: store.Direct, Is: store.AttrNumber}},
		Tables: []store.LookupTable{{Name: "wards", Columns: []string{"no", "name"}, Rows: [][]string{{"1", "x"}, {"M", "y: #"}}}},
		Rules: []store.Rule{{Variable: "id", Steps: []store.Step{from("id")}},
			{Variable: "day", Steps: []store.Step{from("day"), {Kind: store.StepMissing, Values: []string{"", " "}},
				{Kind: store.StepDate, Layout: rapid.SampledFrom([]string{"yyyy-mm-dd", "yyyy-mm-dd", "yyyy-mm-dd", "dd.mm.yyyy"}).Draw(t, "layout")}}}}}
	for _, f := range Fields {
		m.Source = append(m.Source, store.Field{Name: f, Class: store.Health})
	}
	for _, k := range []store.CheckKind{store.CheckPerson, store.CheckDate, store.CheckCode, store.CheckNumber, store.CheckExpr,
		store.CheckRange, store.CheckRequired, store.CheckLeak} {
		m.Checks = append(m.Checks, store.Check{Reason: string(k), Kind: k})
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "variables") {
		v := store.Variable{Name: fmt.Sprint("v", i), Class: store.Health,
			Type: rapid.SampledFrom([]store.VarType{store.VarText, store.VarCode, store.VarDecimal, store.VarInteger,
				store.VarBoolean}).Draw(t, "type")}
		if v.Type == store.VarCode {
			v.Codes = []store.CodeOption{{Code: "M"}, {Code: "x"}, {Code: "U", Missing: true}}
		}
		if v.Type == store.VarDecimal && rapid.Bool().Draw(t, "limits") {
			low, high := 0.0, 100.0
			v.Min, v.Max = &low, &high
		}
		c.Variables = append(c.Variables, v)
		m.Rules = append(m.Rules, store.Rule{Variable: v.Name, Steps: steps(t, &v)})
		if rapid.IntRange(0, 2).Draw(t, "corrected") == 0 {
			m.Corrections = append(m.Corrections, correction(t, &v))
		}
	}
	if rapid.Bool().Draw(t, "keep") {
		m.Keep = &store.Condition{Field: "a", Op: store.OpNotEqual, Value: "x"}
	}
	m.Resolve = rapid.SampledFrom([]store.Resolve{{}, {Latest: "day"}, {First: "day"},
		{Priority: &store.Priority{Variable: "id", Order: []string{"k2"}, Latest: "day"}}}).Draw(t, "resolve")
	v := c.Variables[2]
	m.Resolve.Fields = []store.Pick{{Variable: v.Name, How: store.PickLatest, By: "day"}}
	if v.Type == store.VarDecimal {
		m.Resolve.Fields[0].How = rapid.SampledFrom(store.PickHows).Draw(t, "how")
	}
	return m, c
}

func from(field string) store.Step { return store.Step{Kind: store.StepCopy, From: []string{field}} }

// steps draws the steps of a rule that ends in the variable's type.
func steps(t *rapid.T, v *store.Variable) []store.Step {
	field := rapid.SampledFrom(Fields[1:4])
	several := rapid.SliceOfNDistinct(field, 1, 3, func(s string) string { return s })
	if v.Type == store.VarDecimal && rapid.IntRange(0, 2).Draw(t, "of several") == 0 {
		return append([]store.Step{{Kind: rapid.SampledFrom([]store.StepKind{store.StepGreatest, store.StepLeast, store.StepMean}).Draw(t, "kind"),
			From: several.Draw(t, "from"), Values: []string{"-9"}}}, scaled(t)...)
	}
	if rapid.IntRange(0, 5).Draw(t, "constant") == 0 {
		return []store.Step{{Kind: store.StepConstant, Value: map[store.VarType]string{store.VarText: "# x", store.VarCode: "M",
			store.VarDecimal: "2,5", store.VarInteger: "7", store.VarBoolean: "true"}[v.Type]}}
	}
	var list []store.Step
	switch rapid.IntRange(0, 3).Draw(t, "begin") {
	case 0:
		list = append(list, store.Step{Kind: store.StepFirst, From: several.Draw(t, "from"), Values: []string{"-9"}})
	case 1:
		list = append(list, store.Step{Kind: store.StepJoin, From: several.Draw(t, "from"), Separator: "; "})
	default:
		list = append(list, from(field.Draw(t, "from")))
	}
	missing := store.Step{Kind: store.StepMissing, Values: []string{"", "-9"}, Reasons: map[string]store.MissingReason{"-9": store.MissingNotDone}}
	if v.Type == store.VarCode {
		missing.Map = map[string]string{"2": "U"}
	}
	list = append(list, missing)
	for range rapid.IntRange(0, 2).Draw(t, "more") {
		list = append(list, onText(t, true))
	}
	switch v.Type {
	case store.VarDecimal:
		list = append(list, store.Step{Kind: store.StepNumber})
		if rapid.Bool().Draw(t, "unit") {
			one := 1
			list = append(list, store.Step{Kind: store.StepUnit, From: []string{"unit"},
				Units: []store.UnitFactor{{Unit: "kg", Factor: 1}, {Unit: "g", Factor: 0.001, Decimals: &one}}})
		}
		list = append(list, scaled(t)...)
	case store.VarInteger:
		list = append(list, store.Step{Kind: store.StepNumber, Whole: true})
	case store.VarBoolean:
		list = append(list, store.Step{Kind: store.StepCodes, Map: map[string]string{"1": "true", "x": "false"}})
	}
	return list
}

// onText draws a step from text to text.
func onText(t *rapid.T, branch bool) store.Step {
	otherwise := rapid.SampledFrom(slices.Concat(store.Otherwises, []store.Otherwise{store.OtherKeep, store.OtherKeep, store.OtherNull}))
	switch rapid.IntRange(0, 6).Draw(t, "step") {
	case 0:
		return store.Step{Kind: store.StepTrim}
	case 1:
		return store.Step{Kind: store.StepSplit, Separator: ";", Part: rapid.IntRange(1, 2).Draw(t, "part")}
	case 2:
		return store.Step{Kind: store.StepCodes, Map: map[string]string{"1": "M", "M": "x", "i21.0": "2"}, Null: []string{"x"},
			Otherwise: otherwise.Draw(t, "otherwise"), Value: "1"}
	case 3:
		return store.Step{Kind: store.StepLookup, Table: "wards", Column: "name", Otherwise: otherwise.Draw(t, "otherwise"), Value: "2"}
	case 4:
		return store.Step{Kind: store.StepNormalise, System: store.SystemICD10}
	case 5:
		if branch {
			return store.Step{Kind: store.StepWhen, If: &store.Condition{Field: rapid.SampledFrom([]string{"", "b"}).Draw(t, "of"),
				Op: rapid.SampledFrom([]store.Operator{store.OpEqual, store.OpPresent, store.OpIn}).Draw(t, "op"), Value: "1",
				Values: []string{"1", "M"}}, Then: []store.Step{onText(t, false)}, Else: []store.Step{onText(t, false)}}
		}
	}
	return store.Step{Kind: store.StepMissing, Values: []string{"x"}}
}

func scaled(t *rapid.T) []store.Step {
	if rapid.Bool().Draw(t, "scaled") {
		return nil
	}
	return []store.Step{{Kind: store.StepScale, Factor: rapid.SampledFrom([]float64{0.001, 2, -1.5}).Draw(t, "factor")}}
}

func correction(t *rapid.T, v *store.Variable) store.Correction {
	k := store.Correction{Name: "of_" + v.Name, Variable: v.Name, At: "day", From: "2026-03-01", To: "2026-03-31",
		Reason: "Feil i kilden: # prøve", Author: "u-1", Made: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	switch v.Type {
	case store.VarDecimal:
		k.Steps = []store.Step{{Kind: store.StepScale, Factor: 0.5}}
	case store.VarText:
		k.Steps = []store.Step{{Kind: store.StepTrim}}
	case store.VarCode:
		k.Steps = []store.Step{{Kind: store.StepCodes, Map: map[string]string{"M": "x", "x": "M"}, Otherwise: store.OtherKeep}}
	case store.VarInteger:
		k.Steps = []store.Step{{Kind: store.StepConstant, Value: "5"}}
	default:
		k.Steps = []store.Step{{Kind: store.StepConstant, Value: "true"}}
	}
	if rapid.Bool().Draw(t, "if") {
		k.If = &store.Condition{Field: "a", Op: store.OpPresent}
	}
	if rapid.IntRange(0, 3).Draw(t, "undone") == 0 {
		k.Undone = &store.Undone{By: "u-2", At: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC), Reason: "var riktig"}
	}
	return k
}
