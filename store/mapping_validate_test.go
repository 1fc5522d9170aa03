package store

import (
	"slices"
	"strconv"
)

// partCases try corrections, tables, lists, examples and the settling of versions.
var partCases = map[string]struct {
	change func(m *Mapping, c *Codebook)
	want   []Code
}{
	"computed": {func(_ *Mapping, c *Codebook) { c.Variable("asa").Computed = true }, []Code{"mapping.computed"}},

	"missing, a code of its own": {missing(Step{Map: map[string]string{"x": "U"}, Values: []string{""}, Reasons: map[string]MissingReason{"": MissingUnknown}}), nil},
	"missing, no such code":      {missing(Step{Map: map[string]string{"x": "M"}}), []Code{"mapping.missing_code"}},
	"missing, odd reason":        {missing(Step{Values: []string{"x"}, Reasons: map[string]MissingReason{"x": "lazy"}}), []Code{"mapping.missing_reason"}},
	"reason of nothing":          {missing(Step{Values: []string{"x"}, Reasons: map[string]MissingReason{"y": MissingError}}), []Code{"mapping.missing_reason"}},

	"lookup":           {table(func(*LookupTable) {}), nil},
	"lookup elsewhere": {both(table(func(*LookupTable) {}), step(Step{Kind: StepLookup, Table: "no", Column: "b"})), []Code{"mapping.unknown_table"}},
	"lookup of nought": {both(table(func(*LookupTable) {}), step(Step{Kind: StepLookup, Table: "t", Column: "c"})), []Code{"mapping.unknown_column"}},
	"table's name": {both(table(func(*LookupTable) {}), func(m *Mapping, _ *Codebook) {
		m.Tables = append(m.Tables, LookupTable{Name: "T", Columns: []string{"a", "b"}})
	}), []Code{"mapping.table_name"}},
	"table twice":  {both(table(func(*LookupTable) {}), func(m *Mapping, _ *Codebook) { m.Tables = append(m.Tables, m.Tables[0]) }), []Code{"mapping.table_twice"}},
	"one column":   {table(func(t *LookupTable) { t.Columns, t.Rows = []string{"b"}, nil }), []Code{"mapping.table_columns"}},
	"column twice": {table(func(t *LookupTable) { t.Columns = []string{"b", "b"} }), []Code{"mapping.table_columns"}},
	"short row":    {table(func(t *LookupTable) { t.Rows[0] = t.Rows[0][:1] }), []Code{"mapping.table_row"}},
	"too long": {table(func(t *LookupTable) {
		t.Rows = nil
		for i := range MaxTableRows + 1 {
			t.Rows = append(t.Rows, append([]string{strconv.Itoa(i)}, make([]string, len(t.Columns)-1)...))
		}
	}), []Code{"mapping.table_long"}},
	"key twice": {table(func(t *LookupTable) { t.Rows[1] = t.Rows[0] }), []Code{"mapping.table_key"}},

	"list":             {list(func(*Check) {}), nil},
	"list of nothing":  {list(func(k *Check) { k.System = "" }), []Code{"mapping.step_incomplete"}},
	"list of all":      {list(func(k *Check) { k.Variables = nil }), []Code{"mapping.step_incomplete"}},
	"list unpinned":    {list(func(k *Check) { k.System = SystemATC }), []Code{"mapping.unpinned"}},
	"list of numbers":  {list(func(k *Check) { k.Variables = []string{"asa"} }), []Code{"mapping.list_type"}},
	"list at no day":   {list(func(k *Check) { k.At = "asa" }), []Code{"mapping.not_timed"}},
	"pinned twice":     {both(list(func(*Check) {}), func(m *Mapping, _ *Codebook) { m.Lists = append(m.Lists, m.Lists[0]) }), []Code{"mapping.list_pin"}},
	"pinned to nought": {func(m *Mapping, _ *Codebook) { m.Lists = []ListPin{{System: SystemATC}} }, []Code{"mapping.list_pin"}},

	"correction":                 {correction(func(*Correction) {}), nil},
	"correction's name":          {correction(func(k *Correction) { k.Name = "Vekta" }), []Code{"mapping.correction_name"}},
	"correction twice":           {both(correction(func(*Correction) {}), correction(func(*Correction) {})), []Code{"mapping.correction_twice"}},
	"correction for no reason":   {correction(func(k *Correction) { k.Reason = " " }), []Code{"mapping.correction_reason"}},
	"correction from no day":     {correction(func(k *Correction) { k.From = "2026-02-30" }), []Code{"mapping.correction_interval"}},
	"correction backwards":       {correction(func(k *Correction) { k.To = "2026-02-28" }), []Code{"mapping.correction_interval"}},
	"correction at what is none": {correction(func(k *Correction) { k.At = "asa" }), []Code{"mapping.not_timed"}},
	"correction of the unmapped": {correction(func(k *Correction) { k.Variable = "unmapped" }), []Code{"mapping.unknown_variable"}},
	"correction of nothing":      {correction(func(k *Correction) { k.Steps = nil }), []Code{"mapping.correction_empty"}},
	"correction reads":           {correction(func(k *Correction) { k.Steps = []Step{{Kind: StepCopy, From: []string{"vekt"}}} }), []Code{"mapping.correction_step"}},
	"correction by identity":     {correction(func(k *Correction) { k.If = &Condition{Field: "navn", Op: OpPresent} }), []Code{"mapping.direct_to_health"}},
	"correction by expression":   {correction(func(k *Correction) { k.Steps = []Step{{Kind: StepExpr, Code: "value"}} }), []Code{"mapping.uncaught"}},
	"undone may be broken":       {correction(func(k *Correction) { k.Variable, k.At, k.Undone = "gone", "gone", &Undone{Reason: "x"} }), nil},

	"example":                  {example(Example{In: map[string]string{"asa": "2"}, Out: "2"}), nil},
	"example that faults":      {example(Example{In: map[string]string{"asa": "x"}, Fault: CheckNumber}), nil},
	"example ends twice":       {example(Example{Out: "2", Null: true}), []Code{"mapping.example_end"}},
	"example of a strange end": {example(Example{Fault: CheckPerson}), []Code{"mapping.example_end"}},
	"example of identity":      {example(Example{In: map[string]string{"navn": "Ola"}}), []Code{"mapping.direct_to_health"}},
	"example of nothing":       {example(Example{In: map[string]string{"bmi": "2"}}), []Code{"mapping.unknown_field"}},
	"example beside":           {example(Example{In: map[string]string{"vekt": "2"}}), []Code{"mapping.example_field"}},
	"example with a person":    {example(Example{In: map[string]string{"asa": "nr 17837130158"}}), []Code{"mapping.example_person"}},

	"resolve by first":    {resolve(Resolve{First: "admitted"}), nil},
	"resolve by source":   {resolve(Resolve{Priority: &Priority{Variable: "episode", Order: []string{"a", "b"}, Latest: "admitted"}}), nil},
	"resolve in two ways": {resolve(Resolve{First: "admitted", Latest: "admitted"}), []Code{"mapping.resolve_modes"}},
	"resolve by no rank":  {resolve(Resolve{Priority: &Priority{Variable: "episode"}}), []Code{"mapping.priority"}},
	"resolve twice ranked": {resolve(Resolve{Priority: &Priority{Variable: "episode", Order: []string{"a", "a"}}}),
		[]Code{"mapping.priority"}},
	"resolve ranked by size": {resolve(Resolve{Priority: &Priority{Variable: "asa", Order: []string{"1"}}}),
		[]Code{"mapping.priority_type"}},
	"resolve ranked by none": {resolve(Resolve{Priority: &Priority{Variable: "unmapped", Order: []string{"a"}, Latest: "bmi"}}),
		[]Code{"mapping.unknown_variable", "mapping.unknown_variable"}},

	"pick":               {picks(Pick{Variable: "weight", How: PickMean, By: "admitted", Window: &Window{Anchor: "discharged", From: -24}}, Pick{Variable: "sex", How: PickLatest, By: "admitted"}), nil},
	"pick twice":         {picks(Pick{Variable: "weight", How: PickMax}, Pick{Variable: "weight", How: PickMin}), []Code{"mapping.pick_twice"}},
	"pick somehow":       {picks(Pick{Variable: "weight", How: "best"}), []Code{"mapping.pick_how"}},
	"pick the key":       {picks(Pick{Variable: "episode", How: PickLatest, By: "admitted"}), []Code{"mapping.pick_key"}},
	"pick a mean code":   {picks(Pick{Variable: "sex", How: PickMax}), []Code{"mapping.pick_type"}},
	"pick a mean whole":  {picks(Pick{Variable: "asa", How: PickMean}), []Code{"mapping.pick_type"}},
	"pick the latest of": {picks(Pick{Variable: "weight", How: PickLatest}), []Code{"mapping.pick_by"}},
	"pick in no window":  {picks(Pick{Variable: "weight", How: PickMax, By: "admitted", Window: &Window{Anchor: "discharged", From: 2, To: 1}}), []Code{"mapping.window"}},
	"pick what must be": {both(picks(Pick{Variable: "weight", How: PickMax, By: "admitted", Window: &Window{Anchor: "discharged"}}),
		func(_ *Mapping, c *Codebook) { c.Variable("weight").Required = true }), []Code{"mapping.pick_required"}},
	"pick by weight": {picks(Pick{Variable: "weight", How: PickFirst, By: "asa"}), []Code{"mapping.not_timed"}},
}

func missing(s Step) func(*Mapping, *Codebook) {
	s.Kind = StepMissing
	return rule("sex", func(r *Rule) { r.Steps = slices.Insert(r.Steps, 1, s) })
}

// table adds a table t and a rule that reads it.
func table(change func(*LookupTable)) func(*Mapping, *Codebook) {
	return func(m *Mapping, c *Codebook) {
		t := LookupTable{Name: "t", Columns: []string{"a", "b"}, Rows: [][]string{{"1", "x"}, {"2", "y"}}}
		change(&t)
		m.Tables = append(m.Tables, t)
		step(Step{Kind: StepLookup, Table: "t", Column: "b"})(m, c)
	}
}

// list adds a pinned list and a check of it.
func list(change func(*Check)) func(*Mapping, *Codebook) {
	return func(m *Mapping, c *Codebook) {
		k := Check{Reason: "icd", Kind: CheckList, Variables: []string{"sex"}, System: SystemICD10, At: "admitted"}
		change(&k)
		m.Lists, m.Checks = []ListPin{{SystemICD10, "2026"}}, append(m.Checks, k)
	}
}

func correction(change func(*Correction)) func(*Mapping, *Codebook) {
	return func(m *Mapping, _ *Codebook) {
		k := Correction{Name: "grams", Variable: "weight", At: "admitted", From: "2026-03-01", To: "2026-03-31",
			Steps: []Step{{Kind: StepScale, Factor: 0.001}}, Reason: "The scale was set to grams"}
		change(&k)
		m.Corrections = append(m.Corrections, k)
	}
}

func example(x Example) func(*Mapping, *Codebook) {
	return rule("asa", func(r *Rule) { r.Examples = []Example{x} })
}

func resolve(r Resolve) func(*Mapping, *Codebook) {
	return func(m *Mapping, _ *Codebook) { m.Resolve = r }
}

func picks(p ...Pick) func(*Mapping, *Codebook) { return resolve(Resolve{Fields: p}) }
