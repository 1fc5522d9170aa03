package mapping

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/store"
)

func ptr[T any](v T) *T { return &v }

// one compiles a mapping with one variable v beside the key, from the fields k, a, b and c.
func one(v store.Variable, steps ...store.Step) (*Program, error) {
	v.Name, v.Class = "v", store.Health
	c := store.Codebook{ID: "c", Key: []string{"k"}, Variables: []store.Variable{
		{Name: "k", Type: store.VarText, Class: store.Technical}, v}}
	return Compile(store.Mapping{Source: source(), Rules: []store.Rule{
		{Variable: "k", Steps: []store.Step{{Kind: store.StepCopy, From: []string{"k"}}}},
		{Variable: "v", Steps: steps},
	}, Checks: allChecks(), Tables: []store.LookupTable{{Name: "wards", Columns: []string{"no", "name"},
		Rows: [][]string{{"12", "Intensiv"}, {"13", ""}}}}}, c, fields, nil)
}

var fields = []string{"k", "a", "b", "c c"}

func source() []store.Field {
	s := []store.Field{{Name: "fnr", Class: store.Direct, Is: store.AttrNumber}}
	for _, f := range fields {
		s = append(s, store.Field{Name: f, Class: store.Health})
	}
	return s
}

func allChecks() []store.Check {
	return []store.Check{{Reason: "person", Kind: store.CheckPerson}, {Reason: "date", Kind: store.CheckDate},
		{Reason: "code", Kind: store.CheckCode}, {Reason: "number", Kind: store.CheckNumber},
		{Reason: "expr", Kind: store.CheckExpr}, {Reason: "range", Kind: store.CheckRange},
		{Reason: "required", Kind: store.CheckRequired}, {Reason: "leak", Kind: store.CheckLeak}}
}

func copyOf(f string) store.Step { return store.Step{Kind: store.StepCopy, From: []string{f}} }

// show gives a value with its kind, or the reason of the check that failed.
func show(p *Program, cells ...string) string {
	e := p.NewEvaluator()
	v := e.Row(append([]string{"1"}, cells...), nil, true)
	if v.Outcome == Rejected {
		return "!" + allChecks()[v.Check].Reason
	}
	x := e.Values[1]
	return fmt.Sprintf("%s:%s", [...]string{"null", "text", "int", "dec", "day", "time", "bool"}[x.Kind()], x.Text())
}

func TestSteps(t *testing.T) {
	text, code := store.Variable{Type: store.VarText}, store.Variable{Type: store.VarCode, System: store.SystemICD10}
	integer, decimal := store.Variable{Type: store.VarInteger}, store.Variable{Type: store.VarDecimal}
	day, dateTime := store.Variable{Type: store.VarDate}, store.Variable{Type: store.VarDateTime}
	boolean := store.Variable{Type: store.VarBoolean}
	limited := store.Variable{Type: store.VarInteger, Min: ptr(1.0), Max: ptr(5.0)}
	missing := store.Step{Kind: store.StepMissing, Values: []string{"", "-9"}}
	number := store.Step{Kind: store.StepNumber}
	units := store.Step{Kind: store.StepUnit, From: []string{"b"}, Units: []store.UnitFactor{{Unit: "cm", Factor: 1},
		{Unit: "m", Factor: 100}, {Unit: "in", Factor: 2.54, Decimals: ptr(1)}}}
	when := store.Step{Kind: store.StepWhen, If: &store.Condition{Op: store.OpLess, Value: "3"},
		Then: []store.Step{{Kind: store.StepScale, Factor: 100}}}
	expr := func(code string) store.Step { return store.Step{Kind: store.StepExpr, Code: code} }
	type io struct {
		cells []string
		want  string
	}
	in := func(want string, cells ...string) io { return io{append(cells, "", "", "")[:3], want} }
	for name, c := range map[string]struct {
		v     store.Variable
		steps []store.Step
		io    []io
	}{
		"copy":         {text, []store.Step{copyOf("a")}, []io{in("text:x y", "x y"), in("text:", "")}},
		"missing":      {text, []store.Step{copyOf("a"), missing}, []io{in("null:", ""), in("null:", "-9"), in("text:-9 ", "-9 ")}},
		"constant":     {integer, []store.Step{{Kind: store.StepConstant, Value: "7"}}, []io{in("int:7", "x")}},
		"constant day": {day, []store.Step{{Kind: store.StepConstant, Value: "2024-02-29"}}, []io{in("day:2024-02-29", "x")}},
		"trim":         {text, []store.Step{copyOf("a"), {Kind: store.StepTrim}}, []io{in("text:x", "\t x\u00a0")}},
		"codes": {code, []store.Step{copyOf("a"), {Kind: store.StepCodes, Map: map[string]string{"1": "M", "2": "F"}, Null: []string{"9"}}},
			[]io{in("text:M", "1"), in("null:", "9"), in("!code", "3"), in("!code", "")}},
		"many codes": {code, []store.Step{copyOf("a"), {Kind: store.StepCodes, Map: map[string]string{"1": "a", "2": "b", "3": "c",
			"4": "d", "5": "e", "6": "f", "7": "g", "8": "h", "9": "i"}}}, []io{in("text:i", "9"), in("!code", "0")}},
		"codebook's codes": {store.Variable{Type: store.VarCode, Codes: []store.CodeOption{{Code: "x"}}}, []store.Step{copyOf("a"), missing},
			[]io{in("text:x", "x"), in("!code", "y"), in("null:", "")}},
		"day": {day, []store.Step{copyOf("a"), {Kind: store.StepDate, Layout: "dd.mm.yyyy"}},
			[]io{in("day:2024-02-29", "29.02.2024"), in("!date", "29.02.2023"), in("!date", "1.2.2023"), in("!date", ""),
				in("!date", "29.02.2024 "), in("!date", "00.01.2024"), in("!date", "01.01.0000")}},
		"time": {dateTime, []store.Step{copyOf("a"), {Kind: store.StepDate, Layout: "dd.mm.yyyy HH:MM"}},
			[]io{in("time:2024-02-29T23:59:00", "29.02.2024 23:59"), in("!date", "29.02.2024 24:00"), in("!date", "29.02.2024T23:59")}},
		"whole": {integer, []store.Step{copyOf("a"), {Kind: store.StepNumber, Whole: true}},
			[]io{in("int:-5", "-5"), in("int:7", "007"), in("!number", "5,0"), in("!number", "+5"), in("!number", "-"), in("!number", ""),
				in("!number", "9223372036854775808")}},
		"whole with limits": {limited, []store.Step{copyOf("a"), {Kind: store.StepNumber, Whole: true}},
			[]io{in("int:1", "1"), in("int:5", "5"), in("!range", "0"), in("!range", "6"), in("!range", "9223372036854775808")}},
		"number": {decimal, []store.Step{copyOf("a"), number},
			[]io{in("dec:72.5", "72,5"), in("dec:72.5", "72.5"), in("dec:-0.25", "-0,25"), in("!number", "1,7,2"), in("!number", ",5"),
				in("!number", "5,"), in("!number", "1e3"), in("dec:12345678901234567000", "12345678901234567890"), in("!number", "ca 80")}},
		"comma only": {decimal, []store.Step{copyOf("a"), {Kind: store.StepNumber, Decimal: ","}},
			[]io{in("dec:1.5", "1,5"), in("!number", "1.5")}},
		"unit": {decimal, []store.Step{copyOf("a"), missing, number, units},
			[]io{in("dec:180", "1,8", "m"), in("dec:5.1", "2", "in"), in("dec:7", "7", "cm"), in("null:", "", "furlong"),
				in("!code", "7", "furlong"), in("!code", "x", "furlong"), in("!number", "x", "cm")}},
		"when": {decimal, []store.Step{copyOf("a"), missing, number, when}, []io{in("dec:180", "1,8"), in("dec:3", "3"), in("null:", "-9")}},
		"when a field": {text, []store.Step{copyOf("a"), {Kind: store.StepWhen, If: &store.Condition{Field: "b", Op: store.OpIn, Values: []string{"x", "y"}},
			Then: []store.Step{{Kind: store.StepTrim}}, Else: []store.Step{{Kind: store.StepConstant, Value: "no"}}}},
			[]io{in("text:v", " v ", "y"), in("text:no", " v ", "z")}},
		"join":  {text, []store.Step{{Kind: store.StepJoin, From: []string{"a", "b", "c c"}, Separator: "/"}}, []io{in("text:1/3", "1", "", "3"), in("text:")}},
		"split": {text, []store.Step{copyOf("a"), {Kind: store.StepSplit, Separator: "; ", Part: 2}}, []io{in("text:y", "x; y; z"), in("null:", "x")}},
		"first": {text, []store.Step{{Kind: store.StepFirst, From: []string{"a", "b", "c c"}, Values: []string{"-9"}}},
			[]io{in("text:x", "", "-9", "x"), in("text: y ", " ", " y ", "x"), in("null:", "-9")}},
		"max": {decimal, []store.Step{{Kind: store.StepGreatest, From: []string{"a", "b", "c c"}, Values: []string{"-9"}}},
			[]io{in("dec:2.5", "1", "2,5", "-9"), in("null:", " "), in("!number", "1", "x"), in("dec:-1", "-9", "-1")}},
		"min": {decimal, []store.Step{{Kind: store.StepLeast, From: []string{"a", "b"}, Decimal: ","}},
			[]io{in("dec:1", "1", "2,5"), in("!number", "1", "2.5")}},
		"mean": {decimal, []store.Step{{Kind: store.StepMean, From: []string{"a", "b", "c c"}}},
			[]io{in("dec:2", "1", "", "3"), in("dec:0.5", "0,5"), in("!number", strings.Repeat("9", 400))}},
		"mean with limits": {store.Variable{Type: store.VarDecimal, Max: ptr(5.0)}, []store.Step{{Kind: store.StepMean, From: []string{"a"}}},
			[]io{in("!range", strings.Repeat("9", 400)), in("!range", "6")}},
		"codes, else null": {code, []store.Step{copyOf("a"), {Kind: store.StepCodes, Map: map[string]string{"1": "M"}, Otherwise: store.OtherNull}},
			[]io{in("text:M", "1"), in("null:", "3")}},
		"codes, else another": {store.Variable{Type: store.VarCode, Codes: []store.CodeOption{{Code: "M"}}},
			[]store.Step{copyOf("a"), {Kind: store.StepCodes, Map: map[string]string{"1": "M"}, Otherwise: store.OtherCode, Value: "X"}},
			[]io{in("text:M", "1"), in("!code", "3")}},
		"codes, else as it is": {store.Variable{Type: store.VarCode, Codes: []store.CodeOption{{Code: "M"}}},
			[]store.Step{copyOf("a"), {Kind: store.StepCodes, Map: map[string]string{"1": "M"}, Otherwise: store.OtherKeep}},
			[]io{in("text:M", "M"), in("!code", "3")}},
		"lookup": {text, []store.Step{copyOf("a"), missing, {Kind: store.StepLookup, Table: "wards", Column: "name"}},
			[]io{in("text:Intensiv", "12"), in("text:", "13"), in("!code", "14"), in("null:", "")}},
		"lookup, else as it is": {text, []store.Step{copyOf("a"), {Kind: store.StepLookup, Table: "wards", Column: "name", Otherwise: store.OtherKeep}},
			[]io{in("text:Intensiv", "12"), in("text:14", "14")}},
		"normalise": {text, []store.Step{copyOf("a"), {Kind: store.StepNormalise, System: store.SystemICD10}},
			[]io{in("text:I210", " i21.0 "), in("null:", "")}},
		"normalise a place": {text, []store.Step{copyOf("a"), {Kind: store.StepNormalise, System: store.SystemDRG}}, []io{in("null:", "(tom)")}},
		"boolean": {boolean, []store.Step{copyOf("a"), missing, {Kind: store.StepCodes, Map: map[string]string{"j": "true", "n": "false", "?": "maybe"}}},
			[]io{in("bool:true", "j"), in("bool:false", "n"), in("!code", "?"), in("null:", "")}},
		"expression": {decimal, []store.Step{copyOf("a"), number, expr("round(value / 2) + float(b)")},
			[]io{in("dec:5", "7", "1"), in("!expr", "7", "x"), in("!number", "x", "1")}},
		"expression first":       {text, []store.Step{expr(`a == "1" ? upper(b) : nil`)}, []io{in("text:X", "1", "x"), in("null:", "2", "x")}},
		"expression, odd name":   {text, []store.Step{expr(`$env["c c"] + a`)}, []io{in("text:ca", "a", "b", "c")}},
		"expression, whole":      {integer, []store.Step{expr("len(a)")}, []io{in("int:3", "abc")}},
		"expression, wrong type": {integer, []store.Step{expr("float(a)")}, []io{in("int:2", "2.0"), in("!expr", "2.5")}},
		"expression, day":        {day, []store.Step{expr(`a + "-01"`)}, []io{in("day:2024-02-01", "2024-02"), in("!expr", "2024-13")}},
	} {
		p, err := one(c.v, c.steps...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, x := range c.io {
			if got := show(p, x.cells...); got != x.want {
				t.Errorf("%s of %q: %s, want %s", name, x.cells, got, x.want)
			}
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	text, decimal := store.Variable{Type: store.VarText}, store.Variable{Type: store.VarDecimal}
	expr := func(code string) []store.Step { return []store.Step{{Kind: store.StepExpr, Code: code}} }
	for name, c := range map[string]struct {
		v     store.Variable
		steps []store.Step
		want  store.Code
	}{
		"type":          {decimal, []store.Step{copyOf("a")}, "mapping.type"},
		"needs text":    {decimal, []store.Step{copyOf("a"), {Kind: store.StepNumber}, {Kind: store.StepTrim}}, "mapping.step_needs_text"},
		"needs number":  {text, []store.Step{copyOf("a"), {Kind: store.StepScale, Factor: 2}}, "mapping.step_needs_number"},
		"constant":      {decimal, []store.Step{{Kind: store.StepConstant, Value: "x"}}, "mapping.constant"},
		"unknown field": {text, []store.Step{copyOf("z")}, "mapping.unknown_field"},
		"direct":        {text, []store.Step{copyOf("fnr")}, "mapping.direct_to_health"},
		"branches": {text, []store.Step{copyOf("a"), {Kind: store.StepWhen, If: &store.Condition{Op: store.OpPresent},
			Then: []store.Step{{Kind: store.StepNumber}}}}, "mapping.branches"},
		"syntax":         {text, expr("a +"), "mapping.expression_end"},
		"unknown name":   {text, expr("nosuch"), "mapping.expression_name"},
		"direct in expr": {text, expr("fnr"), "mapping.expression_direct"},
		"odd sign":       {text, expr("a @ b"), "mapping.expression_at"},
		"whole env":      {text, expr("string($env)"), "mapping.expression_form"},
		"env by value":   {text, expr("$env[a]"), "mapping.expression_form"},
		"loop":           {text, expr(`string(count(1..1000000000, true))`), "mapping.expression_form"},
		"range":          {text, expr(`string(len(1..1000000000))`), "mapping.expression_form"},
		"let":            {text, expr(`let x = a; x`), "mapping.expression_form"},
		"now":            {text, expr(`string(now())`), "mapping.expression_clock"},
		"repeat":         {text, expr(`repeat(a, 1000000)`), "mapping.expression_form"},
		"pattern":        {text, expr(`string(a matches b)`), "mapping.expression_form"},
		"too long":       {text, expr(`"` + strings.Repeat("x", store.MaxExpression) + `"`), "mapping.step_incomplete"},
		"types":          {text, expr(`a + 1`), "mapping.expression_types"},
	} {
		if _, err := one(c.v, c.steps...); store.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// Columns that rules read have to be there, and none may be classed as direct; one that no rule reads is told of.
func TestColumns(t *testing.T) {
	m := store.Mapping{Source: source(), Checks: allChecks(), Rules: []store.Rule{{Variable: "k", Steps: []store.Step{copyOf("k")}}}}
	c := store.Codebook{ID: "c", Key: []string{"k"}, Variables: []store.Variable{{Name: "k", Type: store.VarText, Class: store.Technical}}}
	p, err := Compile(m, c, fields, nil)
	if err != nil || !slices.Equal(p.Unused(), []string{"a", "b", "c c"}) {
		t.Fatal(p.Unused(), err)
	}
	for want, columns := range map[store.Code][]string{"delivery.column_missing": {"a"}, "mapping.direct_to_health": {"k", "fnr"},
		"delivery.column_unclassed": {"k", "new"}} {
		if _, err := Compile(m, c, columns, nil); store.CodeOf(err) != want || store.ClassOf(err) != store.Refused {
			t.Errorf("%q: %v, want %s", columns, err, want)
		}
	}
	m.Source[1].Class = ""
	if _, err := Compile(m, c, fields, nil); store.CodeOf(err) != "mapping.unclassed" {
		t.Error(err)
	}
}

// A fault that no check catches would let a row through with a hole in it.
func TestUncaught(t *testing.T) {
	c := store.Codebook{ID: "c", Key: []string{"k"}, Variables: []store.Variable{{Name: "k", Type: store.VarText, Class: store.Technical},
		{Name: "v", Type: store.VarBoolean, Class: store.Health}}}
	m := store.Mapping{Source: source(), Rules: []store.Rule{{Variable: "k", Steps: []store.Step{copyOf("k")}},
		{Variable: "v", Steps: []store.Step{copyOf("a")}}},
		Checks: []store.Check{{Reason: "person", Kind: store.CheckPerson}, {Reason: "required", Kind: store.CheckRequired}}}
	if _, err := Compile(m, c, fields, nil); store.CodeOf(err) != "mapping.uncaught" {
		t.Error(err)
	}
}

func TestChecks(t *testing.T) {
	c := store.Codebook{ID: "c", Key: []string{"k"}, Variables: []store.Variable{
		{Name: "k", Type: store.VarText, Class: store.Technical},
		{Name: "a", Type: store.VarDecimal, Class: store.Health, Min: ptr(0.0), Max: ptr(10.0)},
		{Name: "b", Type: store.VarText, Class: store.Health, Required: true},
		{Name: "c", Type: store.VarDate, Class: store.Health},
		{Name: "d", Type: store.VarDate, Class: store.Health},
	}}
	missing := store.Step{Kind: store.StepMissing, Values: []string{""}}
	day := store.Step{Kind: store.StepDate, Layout: "yyyy-mm-dd"}
	columns := []string{"k", "a", "b", "c", "d"}
	m := store.Mapping{
		Rules: []store.Rule{{Variable: "k", Steps: []store.Step{copyOf("k"), missing}},
			{Variable: "a", Steps: []store.Step{copyOf("a"), missing, {Kind: store.StepNumber}}},
			{Variable: "b", Steps: []store.Step{copyOf("b"), missing}},
			{Variable: "c", Steps: []store.Step{copyOf("c"), missing, day}},
			{Variable: "d", Steps: []store.Step{copyOf("d"), missing, day}}},
		Keep: &store.Condition{Field: "b", Op: store.OpNotEqual, Value: "skip"},
		Checks: []store.Check{{Reason: "number", Kind: store.CheckNumber}, {Reason: "person", Kind: store.CheckPerson},
			{Reason: "date", Kind: store.CheckDate}, {Reason: "range", Kind: store.CheckRange},
			{Reason: "required", Kind: store.CheckRequired}, {Reason: "order", Kind: store.CheckOrder, Earlier: "c", Later: "d"},
			{Reason: "rule", Kind: store.CheckRule, Code: `!(a == 7 && b == "seven")`},
			{Reason: "leak", Kind: store.CheckLeak}, {Reason: "high", Kind: store.CheckRule, Code: "a < 9", Warn: true}},
	}
	for _, f := range columns {
		m.Source = append(m.Source, store.Field{Name: f, Class: store.Health})
	}
	m.Source = append(m.Source, store.Field{Name: "fnr", Class: store.Direct, Is: store.AttrNumber})
	p, err := Compile(m, c, columns, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		row    string
		person bool
		want   string // reason, variable, warnings
	}{
		{"1|5|x|2024-01-01|2024-01-01", true, "ok"},
		{"1||x||", true, "ok"},
		{"1|5|x||", false, "person"},
		{"1|x|x||", false, "number a"}, // the order of the checks decides
		{"1|5|x|2024-01-02|2024-01-01", true, "order d"},
		{"1|5|x|2024-01-02|01.01.2024", true, "date d"},
		{"1|0|x||", true, "ok"}, {"1|10|x||", true, "ok warn high"}, {"1|10,01|x||", true, "range a"}, {"1|-0,01|x||", true, "range a"},
		{"1|5|||", true, "required b"}, {"|5|x||", true, "required k"}, {"1|x|||", true, "number a"},
		{"1|7|seven||", true, "rule"}, {"1||seven||", true, "ok"}, // what can't be told for a null does not apply
		{"1|5|pas. 17837130158 innlagt||", true, "leak b"},
		{"1|x|skip||", false, "filtered"},
	} {
		e := p.NewEvaluator()
		cells := strings.Split(x.row, "|")
		v := e.Row(cells, nil, x.person)
		got := [...]string{"ok", "filtered", ""}[v.Outcome]
		if v.Check >= 0 {
			got = m.Checks[v.Check].Reason
		}
		if v.Variable >= 0 {
			got += " " + c.Variables[v.Variable].Name
		}
		if v.Outcome == Accepted {
			for _, w := range e.Warnings {
				got += " warn " + m.Checks[w.Check].Reason
			}
		}
		if got != x.want {
			t.Errorf("%q: %s, want %s", x.row, got, x.want)
		}
	}
	e := p.NewEvaluator()
	e.Row(strings.Split("17837130158|x|x||", "|"), nil, true)
	if e.Key() != "" {
		t.Error("a key with a person number in it is shown")
	}
}

// A source that tells null from empty is taken at its word.
func TestNulls(t *testing.T) {
	p, err := one(store.Variable{Type: store.VarText}, copyOf("a"))
	if err != nil {
		t.Fatal(err)
	}
	e := p.NewEvaluator()
	e.Row([]string{"1", "", "", ""}, []bool{false, true, false, false}, true)
	if !e.Values[1].IsNull() {
		t.Error("null became", e.Values[1])
	}
}

// Texts made for earlier rows stay while the arena is not used again.
func TestArena(t *testing.T) {
	p, err := one(store.Variable{Type: store.VarDate}, copyOf("a"), store.Step{Kind: store.StepDate, Layout: "dd.mm.yyyy"})
	if err != nil {
		t.Fatal(err)
	}
	e := p.NewEvaluator()
	e.Arena(make([]byte, 0, 16))
	var got []store.Value
	for i := range 20 {
		e.Row([]string{"1", fmt.Sprintf("%02d.01.2024", i+1), "", ""}, nil, true)
		got = append(got, e.Values[1])
	}
	for i, v := range got {
		if want := fmt.Sprintf("2024-01-%02d", i+1); v.Text() != want {
			t.Errorf("%s became %s", want, v.Text())
		}
	}
}

func TestDecimalIsNearest(t *testing.T) {
	form := regexp.MustCompile(`^-?[0-9]+([.,][0-9]+)?$`)
	digits := rapid.StringMatching(`-?[0-9]{0,20}([.,][0-9]{0,20})?`)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(digits, rapid.StringMatching(`[-+0-9.,e ]{0,8}`)).Draw(t, "s")
		got, ok := decimal(s, 0)
		if want := form.MatchString(s); ok != want {
			t.Fatalf("%q: %v, want %v", s, ok, want)
		}
		if !ok {
			return
		}
		want, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		if err != nil && !errors.Is(err, strconv.ErrRange) || math.Float64bits(got) != math.Float64bits(want) {
			t.Fatalf("%q: %v, want %v", s, got, want)
		}
	})
}

func TestDatesExist(t *testing.T) {
	layouts := map[string]string{"dd.mm.yyyy": "02.01.2006", "dd.mm.yyyy HH:MM:SS": "02.01.2006 15:04:05", "dd.mm.yyyy HH:MM": "02.01.2006 15:04",
		"yyyy-mm-dd": "2006-01-02", "yyyy-mm-ddTHH:MM:SS": "2006-01-02T15:04:05", "yyyy-mm-dd HH:MM:SS": "2006-01-02 15:04:05",
		"yyyymmdd": "20060102", "ddmmyyyy": "02012006"}
	rapid.Check(t, func(t *rapid.T) {
		layout := rapid.SampledFrom(store.DateLayouts).Draw(t, "layout")
		two := func(name string, n int) string { return fmt.Sprintf("%02d", rapid.IntRange(0, n).Draw(t, name)) }
		s := strings.NewReplacer("yyyy", rapid.SampledFrom([]string{"0000", "1900", "2000", "2023", "2024", "9999"}).Draw(t, "y"), "mm", two("m", 13),
			"dd", two("d", 32), "HH", two("H", 25), "MM", two("M", 61), "SS", two("S", 61)).Replace(layout)
		e := Evaluator{}
		got, ok := e.date(s, layout)
		want, err := time.Parse(layouts[layout], s)
		if ok != (err == nil && want.Year() > 0) {
			t.Fatalf("%q in %q: %v", s, layout, ok)
		}
		out := "2006-01-02"
		if hasTime(layout) {
			out = "2006-01-02T15:04:05"
		}
		if ok && got.Text() != want.Format(out) {
			t.Fatalf("%q became %q", s, got.Text())
		}
	})
}

func BenchmarkRow(b *testing.B) {
	p, err := one(store.Variable{Type: store.VarDecimal}, copyOf("a"), store.Step{Kind: store.StepMissing, Values: []string{"", "-9"}},
		store.Step{Kind: store.StepNumber})
	if err != nil {
		b.Fatal(err)
	}
	e, cells := p.NewEvaluator(), []string{"1", "72,5", "", ""}
	b.ReportAllocs()
	for b.Loop() {
		e.Row(cells, nil, true)
	}
}
