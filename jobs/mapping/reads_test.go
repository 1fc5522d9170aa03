package mapping

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"samband/jobs/mapping/mappingtest"
	"samband/store"
)

// TestNamesAgree: what store.ExprNames reads out of code is what the compiler does.
func TestNamesAgree(t *testing.T) {
	env := map[string]any{"a": "", "b": "", "c c": "", "å": "", "x.y": "", `q"q`: "", "value": ""}
	for _, code := range []string{`a`, `a + b`, `len(a)`, `value == "a" ? b : a`, `"b" + a // b`, `a /* b */`,
		`$env["c c"] + a`, `$env['c c']`, "$env[`c c`]", `$env.a + b`, `$env["q\"q"]`, `$env?.a`, `upper(trim(b)) + upper (a)`, `å`,
		`a in ["b", "c"]`, `a matches "b"`, `not (a contains 'b') and b startsWith "a"`, `float(a) * 1e3 > 2`, `b | trim()`,
		`if a == "" { b } else { value }`, `a ?? b`, `"it's " + b + 'a"b'`, "`b` + a", `a == "\\" ? b : a`, `min(int(b), int(a))`,
		`{"a": b}.a`, `split(a, "b")[0]`, `-len(b)`, `$env["x.y"]`, `a[1:2] + b`} {
		_, names, err := (&compiler{m: &store.Mapping{}}).compileExpr("at", code, env)
		if err != nil {
			t.Errorf("%s: %v", code, err)
			continue
		}
		names = slices.DeleteFunc(names, func(n string) bool { return n == "value" })
		if got := store.ExprNames(code); !slices.Equal(got, names) {
			t.Errorf("%s: read %q, compiled %q", code, got, names)
		}
	}
}

// TestReadsAgree: a variable is made of the columns that store.Mapping.Reads says.
func TestReadsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, c := mappingtest.Mapping(t)
		p, err := Compile(m, c, mappingtest.Fields, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range m.Rules {
			var names []string
			for _, column := range p.reads(i) {
				names = append(names, mappingtest.Fields[column])
			}
			if want := m.Reads(m.Rules[i].Variable); !slices.Equal(names, want) {
				t.Errorf("%s reads %q, is said to read %q", m.Rules[i].Variable, names, want)
			}
		}
	})
}

// FuzzExprNames: no code stops the reading, and what compiles is read alike.
func FuzzExprNames(f *testing.F) {
	f.Add(`a + $env["c c"] // b`)
	f.Add("a ? `b` : '\\'")
	f.Fuzz(func(t *testing.T, code string) {
		got := store.ExprNames(code)
		_, names, err := (&compiler{m: &store.Mapping{}}).compileExpr("at", code, map[string]any{"a": "", "b": "", "c c": "", "value": ""})
		if err != nil {
			return
		}
		for _, n := range names {
			if n != "value" && !slices.Contains(got, n) {
				t.Errorf("%q reads %q, said %q", code, n, got)
			}
		}
	})
}
