package mapping

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/expr-lang/expr"

	"samband/store"
)

// Expressions that try to loop, to grow or to break: each is refused or gives a fault, and all of them at once.
func TestExpressionsEnd(t *testing.T) {
	began := time.Now()
	text := store.Variable{Type: store.VarText}
	nest := func(open, in, shut string, n int) string {
		return strings.Repeat(open, n) + in + strings.Repeat(shut, n)
	}
	for name, code := range map[string]string{
		"replace all":      `replace(a, "", a)`,
		"replace of all":   nest(`replace(`, `a`, `, "x", "xxxxxxxxxxxxxxxx")`, 40),
		"replace empties":  nest(`replace(`, `a`, `, "", a)`, 60),
		"split":            `string(split(a, ""))`,
		"sum":              strings.TrimSuffix(strings.Repeat("a+", 240), "+"),
		"brackets":         nest("(", "a", ")", 900),
		"lists":            nest("[", "a", "]", 900),
		"not":              `string(` + strings.Repeat("not ", 400) + `true)`,
		"minus":            `string(` + strings.Repeat("-", 1500) + `1)`,
		"divided":          `string(1 / (len(a) - len(a)))`,
		"rest":             `string(1 % (len(a) - len(a)))`,
		"by zero":          `string(1 % 0)`,
		"nul":              `1.0 / 0`,
		"no number":        `0.0 / 0`,
		"power":            `string(10 ** 400)`,
		"index":            `split(a, ",")[1000000]`,
		"slice":            `a[5:1]`,
		"far slice":        `a[100000000:]`,
		"whole":            `string(int("9223372036854775808"))`,
		"odd pattern":      `string(a matches "((a{100}){100}){100}")`,
		"great pattern":    `string(a matches "(x+x+)+y([a-z]{900})")`,
		"long":             strings.Repeat("a", 100_000),
		"long text":        `"` + strings.Repeat("a", 100_000) + `"`,
		"odd letters":      "a + \x00",
		"broken letters":   "a + \"\xff\xfe\"",
		"unended":          `"abc`,
		"comment":          `/* a`,
		"ternaries":        strings.Repeat("true ? a : ", 170) + "a",
		"coalesce":         strings.Repeat("a ?? ", 240) + "a",
		"call of a string": `"a"()`,
		"pipe":             `a | filter(true)`,
		"env":              `$env`,
		"member":           `a.b.c`,
		"map":              `{"a": 1}.a`,
		"reduce":           `reduce([1,2], #acc + #)`,
		"from":             `fromJSON(a)`,
		"sort":             `sort([3,1])`,
		"date":             `duration("1h")`,
	} {
		for _, cell := range []string{"", "x", strings.Repeat("x", 3000), strings.Repeat("xy", maxText)} {
			p, err := one(text, store.Step{Kind: store.StepExpr, Code: code})
			if err != nil {
				if c := store.CodeOf(err); !strings.HasPrefix(string(c), "mapping.expression") && c != "mapping.step_incomplete" {
					t.Errorf("%s: %v", name, err)
				}
				break
			}
			e := p.NewEvaluator()
			e.Row([]string{"1", cell, "", ""}, nil, true)
			if v := e.Values[1]; len(v.Text()) > maxText || v.Kind() == store.Decimal && math.IsInf(v.Float(), 0) {
				t.Errorf("%s of %d letters became %d", name, len(cell), len(v.Text()))
			}
		}
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestExpressionValues(t *testing.T) {
	decimal, boolean := store.Variable{Type: store.VarDecimal}, store.Variable{Type: store.VarBoolean}
	for _, x := range []struct {
		v              store.Variable
		code, in, want string
	}{
		{decimal, `1 / (len(a) - 1)`, "x", "!expr"}, {decimal, `6 / len(a)`, "xx", "dec:3"}, {decimal, `5 % len(a)`, "", "!expr"},
		{boolean, `a matches "^x+$"`, "xx", "bool:true"}, {boolean, `a matches "^x+$"`, "xy", "bool:false"},
		{boolean, `not (a matches "y")`, "xy", "bool:false"}, {boolean, `(value ?? "y") matches "y"`, "", "bool:true"},
		{store.Variable{Type: store.VarText}, `replace(a, "x", "yy")`, "axa", "text:ayya"},
		{store.Variable{Type: store.VarText}, `replace(a, "x", "y", 1)`, "xx", "text:yx"},
		{store.Variable{Type: store.VarText}, `a`, strings.Repeat("x", maxText+1), "!expr"},
	} {
		p, err := one(x.v, store.Step{Kind: store.StepExpr, Code: x.code})
		if err != nil {
			t.Errorf("%s: %v", x.code, err)
			continue
		}
		if got := show(p, x.in, "", ""); got != x.want {
			t.Errorf("%s of %.20q: %.40s, want %s", x.code, x.in, got, x.want)
		}
	}
}

// A fault is told at the character where it is, on its line, counted in characters and not in bytes, and says what is
// wrong.
func TestExpressionFaults(t *testing.T) {
	type args = store.Args
	const text, integer, decimal, boolean, unknown store.Code = "vartype.text", "vartype.integer", "vartype.decimal", "vartype.boolean",
		"exprtype.unknown"
	for code, want := range map[string]struct {
		line, column int
		code         store.Code
		args         store.Args
	}{
		// names
		`nosuch`:                {1, 1, "mapping.expression_name", args{"name": "nosuch"}},
		`a + nosuch`:            {1, 5, "mapping.expression_name", args{"name": "nosuch"}},
		`"æøå" + nosuch`:        {1, 9, "mapping.expression_name", args{"name": "nosuch"}},
		"a +\n  \"æ\" + nosuch": {2, 9, "mapping.expression_name", args{"name": "nosuch"}},
		`a + systolsik`:         {1, 5, "mapping.expression_near", args{"name": "systolsik", "near": "systolisk"}},
		`a + Systolisk`:         {1, 5, "mapping.expression_near", args{"name": "Systolisk", "near": "systolisk"}},
		`a + $env["systolsk"]`:  {1, 10, "mapping.expression_near", args{"name": "systolsk", "near": "systolisk"}},
		`a + $env.systolsk`:     {1, 10, "mapping.expression_near", args{"name": "systolsk", "near": "systolisk"}},
		`uper(a)`:               {1, 1, "mapping.expression_near", args{"name": "uper", "near": "upper"}},
		`a + valeu`:             {1, 5, "mapping.expression_near", args{"name": "valeu", "near": "value"}},
		`nosuch + nobody`:       {1, 1, "mapping.expression_name", args{"name": "nosuch"}},
		`a + upper(fnr)`:        {1, 11, "mapping.expression_direct", args{"name": "fnr"}},
		`a + $env["fnr"]`:       {1, 10, "mapping.expression_direct", args{"name": "fnr"}},
		// forms
		`"å" + string(count([1], true))`: {1, 25, "mapping.expression_form", args{"form": "closure"}},
		`a matches "("`:                  {1, 11, "mapping.expression_form", args{"form": "matches"}},
		`a + now()`:                      {1, 5, "mapping.expression_clock", args{"form": "now()"}},
		`a()`:                            {1, 1, "mapping.expression_form", args{"form": "a()"}},
		`a + $env`:                       {1, 5, "mapping.expression_form", args{"form": "$env"}},
		// types
		`a + 1`:                  {1, 3, "mapping.expression_types", args{"op": "+", "left": text, "right": integer}},
		`1.5 > a`:                {1, 5, "mapping.expression_types", args{"op": ">", "left": decimal, "right": text}},
		`a and true`:             {1, 3, "mapping.expression_types", args{"op": "and", "left": text, "right": boolean}},
		`value + 1`:              {1, 7, "mapping.expression_types", args{"op": "+", "left": unknown, "right": integer}},
		`split(a, "x") + 1`:      {1, 15, "mapping.expression_types", args{"op": "+", "left": store.Code("exprtype.list"), "right": integer}},
		`-a`:                     {1, 1, "mapping.expression_type", args{"op": "-", "type": text}},
		"upper(a) +\nupper(1)":   {2, 7, "mapping.expression_type", args{"op": "upper", "type": integer}},
		`"å" + string(round(a))`: {1, 14, "mapping.expression_type", args{"op": "round", "type": text}},
		`a ? "x" : "y"`:          {1, 1, "mapping.expression_bool", args{"type": text}},
		`upper(a, b)`:            {1, 1, "mapping.expression_arguments", args{"op": "upper"}},
		`a + replace(a)`:         {1, 5, "mapping.expression_arguments", args{"op": "replace"}},
		// nought
		`len(a) / 0`:           {1, 10, "mapping.expression_zero", nil},
		`len(a) % 0`:           {1, 10, "mapping.expression_zero", nil},
		"len(a) /\n0.0":        {2, 1, "mapping.expression_zero", nil},
		`"å" + string(1 / -0)`: {1, 18, "mapping.expression_zero", nil},
		`len(a) / (2 - 2)`:     {1, 13, "mapping.expression_zero", nil},
		`true ? 1 : 1 % 0`:     {1, 16, "mapping.expression_zero", nil},
		// signs
		`a +`:   {1, 3, "mapping.expression_end", nil},
		`(a`:    {1, 2, "mapping.expression_end", nil},
		`a + "`: {1, 6, "mapping.expression_end", nil},
		`a b`:   {1, 3, "mapping.expression_at", nil},
		`a.b`:   {1, 3, "mapping.expression_at", nil},
	} {
		m, c := world()
		for _, f := range []string{"a", "b", "systolisk"} {
			m.Source = append(m.Source, store.Field{Name: f, Class: store.Health})
		}
		_, err := checkExpression(&m, &c, store.ExprPlace{Variable: "icd"}, code)
		var e *store.Error
		if !errors.As(err, &e) || e.Code != want.code || e.Args["line"] != want.line || e.Args["column"] != want.column || e.Args["code"] != code {
			t.Errorf("%s: %v, want %+v", code, err, want)
			if e != nil {
				t.Errorf("%+v", e.Args)
			}
			continue
		}
		for name, arg := range want.args {
			if e.Args[name] != arg {
				t.Errorf("%s: %s is %v, want %v", code, name, e.Args[name], arg)
			}
		}
	}
	m, c := world()
	for code, want := range map[string]store.Code{"weight": "mapping.expression_bool", "wieght > 2": "mapping.expression_near",
		"weight > 1 / 0": "mapping.expression_zero", "fnr == weight": "mapping.expression_direct", `weight > "a"`: "mapping.expression_types"} {
		if _, err := checkExpression(&m, &c, store.ExprPlace{}, code); store.CodeOf(err) != want {
			t.Errorf("the check %s: %v, want %s", code, err, want)
		}
	}
}

// What an expression gives has a kind that later steps can build on; to expressions and branches it is what rows make it.
func TestStepsAfterExpressions(t *testing.T) {
	expr := func(code string) store.Step { return store.Step{Kind: store.StepExpr, Code: code} }
	decimal, text := store.Variable{Type: store.VarDecimal}, store.Variable{Type: store.VarText}
	number, twice := store.Step{Kind: store.StepNumber}, store.Step{Kind: store.StepScale, Factor: 2}
	when := func(then, other []store.Step) store.Step {
		return store.Step{Kind: store.StepWhen, If: &store.Condition{Field: "b", Op: store.OpEqual, Value: "1"}, Then: then, Else: other}
	}
	for name, x := range map[string]struct {
		v          store.Variable
		steps      []store.Step
		a, b, want string
		problem    store.Code
	}{
		"a text, then a number":     {decimal, []store.Step{expr("trimSuffix(a, \" kg\")"), number}, "80.5 kg", "", "dec:80.5", ""},
		"a text that is none":       {decimal, []store.Step{expr("trim(a)"), number}, "tung", "", "!number", ""},
		"a number, then a factor":   {decimal, []store.Step{expr("float(a)"), twice}, "1.5", "", "dec:3", ""},
		"a whole number, a factor":  {decimal, []store.Step{expr("len(a)"), twice}, "xxx", "", "dec:6", ""},
		"nothing passes":            {decimal, []store.Step{expr(`a == "" ? nil : len(a)`), expr("value ?? 5")}, "", "", "dec:5", ""},
		"said a decimal, is whole":  {decimal, []store.Step{expr("max(len(a), 0.5)"), twice}, "xxx", "", "dec:6", ""},
		"a text, then its part":     {text, []store.Step{expr("upper(a)"), {Kind: store.StepSplit, Separator: "-", Part: 2}}, "i25-x", "", "text:X", ""},
		"a number is no text":       {decimal, []store.Step{expr("len(a)"), number}, "x", "", "", "mapping.step_needs_text"},
		"a text has no factor":      {decimal, []store.Step{expr("trim(a)"), twice}, "x", "", "", "mapping.step_needs_number"},
		"an expression and a field": {text, []store.Step{copyOf("a"), when([]store.Step{expr("upper(a)")}, []store.Step{copyOf("a")})}, "x", "1", "text:X", ""},
		"two kinds of expressions":  {text, []store.Step{copyOf("a"), when([]store.Step{expr("upper(a)")}, []store.Step{expr("len(a)")})}, "xy", "2", "text:2", ""},
		"a branch after one": {decimal, []store.Step{expr("float(a)"), when([]store.Step{expr("float(a) + 1")}, []store.Step{expr("2")})},
			"1", "1", "dec:2", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := one(x.v, x.steps...)
			if store.CodeOf(err) != x.problem {
				t.Fatalf("%v, want %q", err, x.problem)
			}
			if err != nil {
				return
			}
			if got := show(p, x.a, x.b, ""); got != x.want {
				t.Errorf("%s, want %s", got, x.want)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	known := []string{"alder", "blodtrykk_sys", "høyde", "kg", "vekt", "vekt2"}
	for name, want := range map[string]string{"vekt": "vekt", "VEKT": "vekt", "vket": "vekt", "vekt3": "vekt", "hoyde": "høyde", "k": "kg",
		"lengde": "", "xyz": "", "": "", "blodtrykksys": "blodtrykk_sys", "blodtryk_sy": "blodtrykk_sys", "aldersgruppe": "",
		strings.Repeat("x", 2000): ""} {
		if got := nearest(name, known); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// Check finds all that is wrong, also where the rules of store find something first; a run is lenient with what can't be
// computed.
func TestCheckFindsAll(t *testing.T) {
	expr := func(code string) []store.Step { return []store.Step{{Kind: store.StepExpr, Code: code}} }
	c := store.Codebook{ID: "c", Key: []string{"k"}, Variables: []store.Variable{{Name: "k", Type: store.VarText, Class: store.Technical},
		{Name: "at", Type: store.VarDate, Class: store.Health}, {Name: "needed", Type: store.VarText, Class: store.Health, Required: true}}}
	for _, v := range []string{"one", "two", "three"} {
		c.Variables = append(c.Variables, store.Variable{Name: v, Type: store.VarDecimal, Class: store.Health})
	}
	sound := func() store.Mapping {
		return store.Mapping{Source: source(), Checks: allChecks(), Rules: []store.Rule{
			{Variable: "k", Steps: []store.Step{copyOf("k")}}, {Variable: "at", Steps: []store.Step{copyOf("a"), {Kind: store.StepDate, Layout: "yyyy-mm-dd"}}},
			{Variable: "needed", Steps: []store.Step{copyOf("a")}}, {Variable: "one", Steps: expr("float(a)")}, {Variable: "two", Steps: expr("float(b)")}}}
	}
	for name, x := range map[string]struct {
		change func(*store.Mapping)
		want   map[string]store.Code
		runs   bool
	}{
		"nothing": {func(*store.Mapping) {}, nil, true},
		"three expressions": {func(m *store.Mapping) {
			m.Rules[3].Steps, m.Rules[4].Steps = expr("a +"), expr("nosuch")
			m.Checks = append(m.Checks, store.Check{Reason: "own", Kind: store.CheckRule, Code: "oen > 1"})
		}, map[string]store.Code{"rules.one": "mapping.expression_end", "rules.two": "mapping.expression_name", "checks.own": "mapping.expression_near"}, false},
		"a rule that is gone, and an expression": {func(m *store.Mapping) {
			m.Rules[4].Steps = expr("nosuch")
			m.Rules = slices.Delete(m.Rules, 2, 3)
		}, map[string]store.Code{"rules.needed": "mapping.required_unmapped", "rules.two": "mapping.expression_name"}, false},
		"steps that are not whole stand alone": {func(m *store.Mapping) {
			m.Rules[3].Steps, m.Rules[4].Steps = []store.Step{{Kind: store.StepCopy}}, expr("nosuch")
		}, map[string]store.Code{"rules.one": "mapping.step_incomplete", "rules.two": "mapping.expression_name"}, false},
		"a rule of nothing": {func(m *store.Mapping) {
			m.Rules = append(m.Rules, store.Rule{Variable: "gone", Steps: expr("nosuch")})
			m.Rules[4].Steps = expr("nosuch")
		}, map[string]store.Code{"rules.gone": "mapping.unknown_variable", "rules.two": "mapping.expression_name"}, false},
		"a table that is not whole": {func(m *store.Mapping) {
			m.Tables = []store.LookupTable{{Name: "t", Columns: []string{"no", "name"}, Rows: [][]string{{}}}}
			m.Rules[2].Steps = append(m.Rules[2].Steps, store.Step{Kind: store.StepLookup, Table: "t", Column: "name", Otherwise: store.OtherNull})
		}, map[string]store.Code{"tables.t": "mapping.table_row"}, false},
		"a correction": {func(m *store.Mapping) {
			m.Corrections = []store.Correction{{Name: "fix", Variable: "one", Reason: "x", At: "at", From: "2026-01-01", To: "2026-01-02", Steps: expr("value * nosuch")}}
		}, map[string]store.Code{"corrections.fix": "mapping.expression_name"}, false},
		"nought in a rule and a check": {func(m *store.Mapping) {
			m.Rules[3].Steps = expr("float(a) / 0")
			m.Checks = append(m.Checks, store.Check{Reason: "own", Kind: store.CheckRule, Code: "one / 0 > 1"})
		}, map[string]store.Code{"rules.one": "mapping.expression_zero", "checks.own": "mapping.expression_zero"}, true},
		"a text and a yes or no where a number stands": {func(m *store.Mapping) {
			m.Rules[3].Steps, m.Rules[4].Steps = expr("trim(a)"), expr(`a == "1"`)
		}, map[string]store.Code{"rules.one": "mapping.expression_result", "rules.two": "mapping.expression_result"}, true},
		"a number where a date stands": {func(m *store.Mapping) { m.Rules[1].Steps = expr("len(a)") },
			map[string]store.Code{"rules.at": "mapping.expression_result"}, true},
		"a list": {func(m *store.Mapping) { m.Rules[3].Steps, m.Rules[4].Steps = expr(`split(a, ",")`), expr(`{"a": 1}`) },
			map[string]store.Code{"rules.one": "mapping.expression_list", "rules.two": "mapping.expression_list"}, true},
		"what rows decide": {func(m *store.Mapping) {
			m.Rules[1].Steps, m.Rules[3].Steps = expr("trim(a)"), expr(`a == "" ? 1 : "x"`)
			m.Rules[4].Steps = expr(`split(a, ",")[0] == "" ? 1 : 2.5`)
		}, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			m := sound()
			x.change(&m)
			err := Check(m, c, fields, nil)
			var bad store.FieldErrors
			if errors.As(err, &bad); len(bad) != len(x.want) {
				t.Errorf("%v, want %v", err, x.want)
			}
			for at, code := range x.want {
				if e := bad.Of(at); e == nil || e.Code != code {
					t.Errorf("%s: %v, want %s", at, e, code)
				}
			}
			if _, err := Compile(m, c, fields, nil); (err == nil) != x.runs {
				t.Errorf("a run of it: %v", err)
			}
		})
	}
}

func TestCompletion(t *testing.T) {
	m, c := world()
	m.Source = append(m.Source, store.Field{Name: `odd "name"`, Class: store.Health, Label: "Odd"})
	at := store.ExprPlace{Variable: "weight", Before: m.Rule("weight").Steps}
	got := Complete(&m, &c, at)
	types := map[string]store.VarType{}
	for _, n := range got.Names {
		types[n.Name] = n.Type
		if n.Name != "value" {
			if kind, err := checkExpression(&m, &c, at, n.Insert); err != nil || kind != store.VarText {
				t.Errorf("%s: %s, %v", n.Insert, kind, err)
			}
		}
	}
	if len(types) != len(m.Source) || types["value"] != store.VarDecimal || types["k"] != store.VarText {
		t.Errorf("%v", types)
	}
	if kind, err := checkExpression(&m, &c, at, "value * 2"); err != nil || kind != store.VarDecimal {
		t.Error(kind, err)
	}
	correction := store.ExprPlace{Variable: "weight", Correction: true}
	if got := Complete(&m, &c, correction).Names[0].Type; got != store.VarDecimal {
		t.Error(got)
	}
	if got := Complete(&m, &c, store.ExprPlace{Variable: "weight", Before: []store.Step{{Kind: store.StepCopy}}}).Names[0].Type; got != "" {
		t.Error("of steps that are not whole nothing can be told, but got", got)
	}
	check := Complete(&m, &c, store.ExprPlace{})
	if len(check.Names) != len(c.Variables) || check.Names[1].Type != store.VarDecimal {
		t.Errorf("%+v", check.Names)
	}
	if _, err := checkExpression(&m, &c, store.ExprPlace{}, "weight"); err == nil {
		t.Error("a check that is a number passes")
	}
	if kind, err := checkExpression(&m, &c, store.ExprPlace{}, "weight > 2"); err != nil || kind != store.VarBoolean {
		t.Error(kind, err)
	}
	offers := map[string]bool{}
	for _, f := range got.Functions {
		offers[f.Name] = true
	}
	for _, f := range functions {
		if !offers[f] {
			t.Errorf("%s is not offered", f)
		}
	}
}

func FuzzExpression(f *testing.F) {
	for _, s := range []string{"a", `a + "x"`, "value ?? 1", `a matches "x"`, "$env[\"c c\"]", "a ? b : c", "len(a) / 0", "\xff"} {
		f.Add(s, "x")
	}
	f.Fuzz(func(t *testing.T, code, cell string) {
		p, err := one(store.Variable{Type: store.VarText}, store.Step{Kind: store.StepExpr, Code: code})
		if err == nil {
			p.NewEvaluator().Row([]string{"1", cell, "", ""}, nil, true)
		}
	})
}

// checkExpression compiles one expression for its place, and tells the type that it gives; "" when only a run can tell.
func checkExpression(m *store.Mapping, c *store.Codebook, at store.ExprPlace, code string) (store.VarType, error) {
	env, place, options := map[string]any{}, "rules."+at.Variable, []expr.Option(nil)
	if at.Variable == "" {
		place, options = "checks", []expr.Option{expr.AsBool()}
		for _, v := range c.Variables {
			env[v.Name] = sample(v.Type.Kind())
		}
	} else {
		env = fieldEnv(m)
		env["value"] = sample(valueKind(m, c, at))
	}
	k := &compiler{m: m, c: c, strict: true}
	program, _, err := k.compileExpr(place, code, env, options...)
	if err != nil {
		return "", err
	}
	kind, _ := kindOf(program.Node().Type())
	return typeOf(kind), nil
}
