package jobs

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"samband/jobs/mapping"
	"samband/jobs/mapping/mappingtest"
	"samband/store"
)

// A mapping written as YAML and read again is the same, gives the same bytes, and makes the same of every row; so too
// when its codebook was stored before contradictions in it were refused.
func TestAnyMappingAsYAML(t *testing.T) {
	var j Jobs
	rapid.Check(t, func(t *rapid.T) {
		m, c := mappingtest.Mapping(t)
		if rapid.Bool().Draw(t, "contradicts itself") {
			contradict(t, &c)
		}
		b, err := j.FormatMapping(&m)
		if err != nil {
			t.Fatal(err)
		}
		again, err := j.ParseMapping(b)
		if err != nil {
			t.Fatalf("%v of\n%s", err, b)
		}
		if d := again.Diff(m.Unstamped()); len(d) > 0 {
			t.Fatalf("%+v of\n%s", d, b)
		}
		if twice, err := j.FormatMapping(again); err != nil || string(twice) != string(b) {
			t.Fatalf("%v: other bytes\n%s\n%s", err, b, twice)
		}
		run := func(m store.Mapping) *mapping.Evaluator {
			p, err := mapping.Compile(m, c, mappingtest.Fields, nil)
			if err != nil {
				t.Fatal(err)
			}
			return p.NewEvaluator()
		}
		one, two := run(m), run(*again)
		for range 3 {
			row := mappingtest.Row(t)
			if v, w := one.Row(row, nil, true), two.Row(row, nil, true); v != w || !reflect.DeepEqual(one.Values, two.Values) ||
				!reflect.DeepEqual(one.Missed, two.Missed) {
				t.Fatalf("%q became %v %v and %v %v", row, v, one.Values, w, two.Values)
			}
		}
	})
}

// contradict makes variables of a codebook say what can't all be true.
func contradict(t *rapid.T, c *store.Codebook) {
	low, high, half := 9.0, 1.0, 0.5
	for i := range c.Variables {
		v := &c.Variables[i]
		switch rapid.IntRange(0, 5).Draw(t, "contradiction") {
		case 0:
			v.Min, v.Max = &low, &high
		case 1:
			v.PlausibleMin, v.PlausibleMax = &low, &high
		case 2:
			v.Min = &half
		case 3:
			v.Codes = append(v.Codes, store.CodeOption{Code: "M"}, store.CodeOption{Code: "M"}, store.CodeOption{})
		case 4:
			v.Label = "Fødselsnummer"
		}
	}
	if c.Variables[2].Type == store.VarText {
		c.Variables[2].Max = &high
	}
}
