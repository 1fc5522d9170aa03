package mapping

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"samband/store"
)

// world is a mapping with all parts: an episode with a weight, a sex, a diagnosis and two dates.
func world() (store.Mapping, store.Codebook) {
	c := store.Codebook{ID: "c", Key: []string{"k"}, Variables: []store.Variable{
		{Name: "k", Type: store.VarText, Class: store.Technical},
		{Name: "weight", Type: store.VarDecimal, Class: store.Health, Min: ptr(0.5), Max: ptr(300.0)},
		{Name: "sex", Type: store.VarCode, Class: store.Indirect, Codes: []store.CodeOption{{Code: "M"}, {Code: "F"}, {Code: "U", Missing: true}}},
		{Name: "day", Type: store.VarDate, Class: store.Health},
		{Name: "icd", Type: store.VarText, Class: store.Health},
	}}
	m := store.Mapping{
		Source: []store.Field{{Name: "fnr", Class: store.Direct, Is: store.AttrNumber}},
		Rules: []store.Rule{
			{Variable: "k", Steps: []store.Step{copyOf("k")}},
			{Variable: "weight", Steps: []store.Step{copyOf("weight"), {Kind: store.StepMissing, Values: []string{"", "-9"},
				Reasons: map[string]store.MissingReason{"-9": store.MissingNotAsked}}, {Kind: store.StepNumber}}},
			{Variable: "sex", Steps: []store.Step{copyOf("sex"), {Kind: store.StepMissing, Map: map[string]string{"?": "U"}},
				{Kind: store.StepCodes, Map: map[string]string{"1": "M", "2": "F"}}}},
			{Variable: "day", Steps: []store.Step{copyOf("day"), {Kind: store.StepMissing, Values: []string{""}},
				{Kind: store.StepDate, Layout: "yyyy-mm-dd"}}},
			{Variable: "icd", Steps: []store.Step{copyOf("icd"), {Kind: store.StepMissing, Values: []string{""}},
				{Kind: store.StepNormalise, System: store.SystemICD10}}},
		},
		Checks: allChecks(),
	}
	for _, f := range worldFields {
		m.Source = append(m.Source, store.Field{Name: f, Class: store.Health})
	}
	return m, c
}

var worldFields = []string{"k", "weight", "sex", "day", "icd"}

// made gives the values of a row, or the reason of the check that failed.
func made(t *testing.T, m store.Mapping, c store.Codebook, lists Lists, row string) string {
	t.Helper()
	p, err := Compile(m, c, worldFields, lists)
	if err != nil {
		t.Fatal(err)
	}
	e := p.NewEvaluator()
	v := e.Row(strings.Split(row, "|"), nil, true)
	if v.Outcome == Rejected {
		return m.Checks[v.Check].Reason + " " + c.Variables[max(v.Variable, 0)].Name
	}
	var out []string
	for i := range e.Values {
		out = append(out, e.Values[i].Text())
	}
	for _, x := range e.Missed {
		out = append(out, c.Variables[x.Slot].Name+" "+string(x.Reason))
	}
	return strings.Join(out, "|")
}

func TestMissing(t *testing.T) {
	m, c := world()
	for row, want := range map[string]string{
		"1|72,5|1|2026-03-01|I21.0": "1|72.5|M|2026-03-01|I210",
		"1||2||":                    "1||F||",
		"1|-9|?||":                  "1||U|||weight not_asked",
		"1|9|9||":                   "code sex",
	} {
		if got := made(t, m, c, nil, row); got != want {
			t.Errorf("%s: %s, want %s", row, got, want)
		}
	}
	// A code for missing stands through the rest of the rule, out of a branch too.
	inner := m.Rule("sex").Steps[1:2]
	m.Rule("sex").Steps = []store.Step{copyOf("sex"), {Kind: store.StepWhen, If: &store.Condition{Op: store.OpPresent},
		Then: slices.Clone(inner)}, {Kind: store.StepConstant, Value: "M"}}
	if got := made(t, m, c, nil, "1||?||"); got != "1||U||" {
		t.Error(got)
	}
	if got := made(t, m, c, nil, "1||x||"); got != "1||M||" {
		t.Error(got)
	}
}

func TestCorrections(t *testing.T) {
	m, c := world()
	plain := made(t, m, c, nil, "1|72500|1|2026-03-31|")
	grams := store.Correction{Name: "grams", Variable: "weight", At: "day", From: "2026-03-01", To: "2026-03-31",
		Steps: []store.Step{{Kind: store.StepScale, Factor: 0.001}}, Reason: "the scale was set to grams"}
	swapped := store.Correction{Name: "swapped", Variable: "sex", At: "day", From: "2026-01-01", To: "2026-12-31",
		If:     &store.Condition{Field: "k", Op: store.OpEqual, Value: "2"},
		Steps:  []store.Step{{Kind: store.StepCodes, Map: map[string]string{"M": "F", "F": "M"}}},
		Reason: "the two were swapped"}
	shift := store.Correction{Name: "shift", Variable: "day", At: "day", From: "2026-02-01", To: "2026-02-28",
		Steps: []store.Step{{Kind: store.StepExpr, Code: `replace(value, "-02-", "-03-")`}}, Reason: "a month early"}
	halved := grams
	halved.Name, halved.Steps = "halved", []store.Step{{Kind: store.StepScale, Factor: 0.5}}
	m.Corrections = []store.Correction{shift, grams, halved, swapped}
	for row, want := range map[string]string{
		"1|72000|1|2026-03-01|": "1|36|M|2026-03-01|",
		"1|72000|1|2026-03-31|": "1|36|M|2026-03-31|",
		"1|72|1|2026-04-01|":    "1|72|M|2026-04-01|",
		"1|72|1||":              "1|72|M||",
		"1|x|1|2026-03-31|":     "number weight",
		"1||1|2026-03-31|":      "1||M|2026-03-31|",
		"2||1|2026-05-31|":      "2||F|2026-05-31|",
		"2||?|2026-05-31|":      "2||U|2026-05-31|", // a code for missing is left alone
		// The interval is asked for the day that the rule gave: a moved day calls for no other correction.
		"1|72|1|2026-02-10|": "1|72|M|2026-03-10|",
		// A correction can bring a value outside the limits.
		"1|72|1|2026-03-10|": "range weight",
	} {
		if got := made(t, m, c, nil, row); got != want {
			t.Errorf("%s: %s, want %s", row, got, want)
		}
	}
	for i := range m.Corrections {
		m.Corrections[i].Undone = &store.Undone{By: "a", Reason: "wrong"}
	}
	if got := made(t, m, c, nil, "1|72500|1|2026-03-31|"); got != plain {
		t.Errorf("undone, %s; without, %s", got, plain)
	}
	m.Corrections = []store.Correction{grams}
	m.Corrections[0].Steps = []store.Step{{Kind: store.StepTrim}}
	if _, err := Compile(m, c, worldFields, nil); store.CodeOf(err) != "mapping.step_needs_text" {
		t.Error(err)
	}
}

func TestLists(t *testing.T) {
	m, c := world()
	s := store.CodeSystem{System: store.SystemICD10, Version: "2026", Codes: []store.SystemCode{{Code: "I21.0"},
		{Code: "U07.1", From: "2020-04-01"}, {Code: "B34.2", To: "2020-03-31"}, {Code: "A00"}, {Code: "A00", From: "2030-01-01"}}}
	s.Sort()
	lists := Lists{{System: s.System, Version: s.Version}: NewList(&s)}
	m.Lists = []store.ListPin{{System: s.System, Version: "2026"}}
	m.Checks = append(m.Checks, store.Check{Reason: "icd", Kind: store.CheckList, Variables: []string{"icd"}, System: s.System, At: "day"})
	for row, want := range map[string]string{
		"1||1|2026-03-01|i21.0": "1||M|2026-03-01|I210",
		"1||1|2026-03-01|I21.9": "icd icd",
		"1||1|2020-03-31|U07.1": "icd icd",
		"1||1|2020-04-01|U07.1": "1||M|2020-04-01|U071",
		"1||1|2020-04-01|B34.2": "icd icd",
		"1||1||B342":            "1||M||B342", // no day: any will do
		"1||1|2026-03-01|":      "1||M|2026-03-01|",
		"1||1|01.03.2026|B34.2": "date day",
		"1||1|2026-03-01|a 00 ": "1||M|2026-03-01|A00",
	} {
		if got := made(t, m, c, lists, row); got != want {
			t.Errorf("%s: %s, want %s", row, got, want)
		}
	}
	list := NewList(&s)
	for _, code := range []string{"I210", "u07.1", "B34.2", "A00", "A01", ""} {
		for _, day := range []string{"", "2019-01-01", "2020-03-31", "2020-04-01", "2031-01-01"} {
			if _, ok := s.At(code, day); ok != list.has(code, day) {
				t.Errorf("%q on %q: the list itself says %v", code, day, ok)
			}
		}
	}
	m.Lists[0].Version = "2025"
	if _, err := Compile(m, c, worldFields, lists); store.CodeOf(err) != "mapping.list_missing" {
		t.Error(err)
	}
}

func TestExamples(t *testing.T) {
	m, c := world()
	m.Corrections = []store.Correction{{Name: "grams", Variable: "weight", At: "day", From: "2026-03-01", To: "2026-03-31",
		Steps: []store.Step{{Kind: store.StepConstant, Value: "1"}}, Reason: "of no concern to examples"}}
	in := func(text string) map[string]string { return map[string]string{"weight": text} }
	m.Rule("weight").Examples = []store.Example{
		{In: in("72,5"), Out: "72.50"}, {In: in("72,5"), Out: "72,5"}, {In: in("-9"), Null: true}, {Null: true},
		{In: in("x"), Fault: store.CheckNumber}, {In: in("301"), Fault: store.CheckRange},
		{In: in("72,5"), Out: "72"}, {In: in("x"), Out: "x"}, {In: in("1"), Null: true}, {In: in("1"), Fault: store.CheckCode},
		{In: in("-9"), Out: ""},
	}
	m.Rule("sex").Examples = []store.Example{{In: map[string]string{"sex": "?"}, Out: "U"}}
	got, err := RunExamples(&m, &c, nil)
	if err != nil || len(got) != 12 {
		t.Fatal(got, err)
	}
	for i, x := range got {
		if want := i < 6 || i == 11; x.Holds != want {
			t.Errorf("example %d of %s: %+v", x.No, x.Variable, x)
		}
	}
	if got[6].Got.Out != "72.5" || got[7].Got.Fault != store.CheckNumber || got[9].Got.Out != "1" || !got[10].Got.Null {
		t.Errorf("%+v", got)
	}
}

func TestExplain(t *testing.T) {
	m, c := world()
	m.Rule("weight").Steps = append(m.Rule("weight").Steps, store.Step{Kind: store.StepWhen, If: &store.Condition{Op: store.OpGreater,
		Value: "1000"}, Then: []store.Step{{Kind: store.StepScale, Factor: 0.001}}})
	m.Corrections = []store.Correction{{Name: "double", Variable: "weight", At: "day", From: "2026-03-01", To: "2026-03-31",
		Steps: []store.Step{{Kind: store.StepScale, Factor: 2}}, Reason: "x"},
		{Name: "later", Variable: "weight", At: "day", From: "2026-04-01", To: "2026-04-30",
			Steps: []store.Step{{Kind: store.StepScale, Factor: 3}}, Reason: "x"}}
	explain := func(variable, row string) *store.Explanation {
		t.Helper()
		x, err := Explain(&m, &c, worldFields, nil, strings.Split(row, "|"), nil, true, variable)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	x := explain("weight", "1|200000|1|2026-03-01|")
	var steps []string
	for _, s := range x.Steps {
		steps = append(steps, fmt.Sprint(s.Depth, s.Step.Kind, " ", s.Before.Text(), ">", s.After.Text(), s.Fault))
	}
	if got := strings.Join(steps, "; "); got != "0copy >200000; 0missing 200000>200000; 0number 200000>200000; "+
		"0when 200000>200; 1scale 200000>200" {
		t.Error(got)
	}
	if x.Made.Text() != "200" || x.Value.Text() != "400" || x.Reason != "range" || len(x.Failed) != 1 || len(x.Corrections) != 2 ||
		!x.Corrections[0].Applied || x.Corrections[0].After.Text() != "400" || x.Corrections[1].Meant || len(x.Fields) != 1 {
		t.Errorf("%+v", x)
	}
	if x := explain("weight", "1|-9|1|2026-03-01|"); x.Missing != store.MissingNotAsked || !x.Value.IsNull() || !x.Steps[2].Passed {
		t.Errorf("%+v", x)
	}
	if x := explain("sex", "1|1|9|2026-03-01|"); x.Fault != store.CheckCode || x.Reason != "code" || x.Failed[0].Variable != "sex" {
		t.Errorf("%+v", x)
	}
	if x := explain("sex", "1|x|1|2026-03-01|"); x.Fault != "" || x.Reason != "number" || x.Failed != nil {
		t.Errorf("%+v", x)
	}
	if _, err := Explain(&m, &c, worldFields, nil, worldFields, nil, true, "nosuch"); store.ClassOf(err) != store.NotFound {
		t.Error(err)
	}
}
