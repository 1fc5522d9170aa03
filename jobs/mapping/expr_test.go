package mapping

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

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

// A fault is told at the character where it is, on its line, counted in characters and not in bytes.
func TestExpressionPlaces(t *testing.T) {
	for code, want := range map[string][2]int{
		`nosuch`:                         {1, 1},
		`a + nosuch`:                     {1, 5},
		`"æøå" + nosuch`:                 {1, 9},
		"a +\n  \"æ\" + nosuch":          {2, 9},
		`a + 1`:                          {1, 3},
		"upper(a) +\nlen(b)":             {1, 10},
		`"å" + string(count([1], true))`: {1, 25},
		`upper(a, b)`:                    {1, 1},
		`a matches "("`:                  {1, 11},
	} {
		m, c := world()
		for _, f := range []string{"a", "b"} {
			m.Source = append(m.Source, store.Field{Name: f, Class: store.Health})
		}
		_, err := CheckExpression(&m, &c, store.ExprPlace{Variable: "icd"}, code)
		var e *store.Error
		if !errors.As(err, &e) || e.Args["line"] != want[0] || e.Args["column"] != want[1] {
			t.Errorf("%s: %v %v, want %v", code, err, e.Args, want)
		}
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
			if kind, err := CheckExpression(&m, &c, at, n.Insert); err != nil || kind != store.VarText {
				t.Errorf("%s: %s, %v", n.Insert, kind, err)
			}
		}
	}
	if len(types) != len(m.Source) || types["value"] != store.VarDecimal || types["k"] != store.VarText {
		t.Errorf("%v", types)
	}
	if kind, err := CheckExpression(&m, &c, at, "value * 2"); err != nil || kind != store.VarDecimal {
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
	if _, err := CheckExpression(&m, &c, store.ExprPlace{}, "weight"); err == nil {
		t.Error("a check that is a number passes")
	}
	if kind, err := CheckExpression(&m, &c, store.ExprPlace{}, "weight > 2"); err != nil || kind != store.VarBoolean {
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
