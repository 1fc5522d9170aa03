package mapping

import (
	"fmt"
	"strings"
	"testing"

	"samband/store"
	"samband/store/text"
	"samband/views/layout"
)

func TestProblems(t *testing.T) {
	c := layout.Ctx{Lang: text.NB}
	m := &Model{Base: Base{Codebook: store.Codebook{Variables: []store.Variable{{Name: "vekt"}, {Name: "skjult"}}}},
		Sheet: &Sheet{Rows: []Row{{Name: "vekt", Error: "x"}}}}
	m.Integration.ID = "hjerte"
	many := func(n int) (bad store.FieldErrors) {
		for i := range n {
			bad.Add(fmt.Sprint("rules.v", i), "mapping.required_unmapped", store.Args{"variable": fmt.Sprint("v", i)})
		}
		return bad
	}
	for name, x := range map[string]struct {
		faults      store.FieldErrors
		lines       int
		first, last string
	}{
		"none":                {nil, 0, "", ""},
		"one required":        {many(1), 2, "1 obligatorisk variabel mangler regel.", ""},
		"as many as listed":   {many(mostProblems), mostProblems + 1, "50 obligatoriske variabler mangler regel.", ""},
		"one more":            {many(mostProblems + 1), mostProblems + 2, "51 obligatoriske variabler", "Og 1 feil til."},
		"none of them needed": {store.FieldErrors{store.FieldError("resolve", "mapping.resolve_modes", nil)}, 1, "", ""},
	} {
		m.Faults = x.faults
		list := m.problems(c, m.Faults)
		if len(list) != x.lines || x.lines > 0 && (!strings.HasPrefix(list[0].Text, x.first) || !strings.HasPrefix(list[len(list)-1].Text, x.last)) {
			t.Errorf("%s: %d lines: %+v", name, len(list), list)
		}
	}
	for field, want := range map[string]string{"rules.vekt": "#v-vekt", "rules.skjult": m.Href("skjult"), "rules.gone": "", "checks.x": m.Href("row-checks"),
		"checks": m.Href("row-checks"), "source.x": m.Href("source-fields"), "corrections.x": m.Href("value-corrections"), "tables.x": m.Href("lookup-tables"),
		"lists": m.Href("national-lists"), "keep": m.Href("row-checks"), "resolve": m.Href("fact-versions"), "": ""} {
		if got := m.placeOf(field); got != want {
			t.Errorf("%q is put right at %q, want %q", field, got, want)
		}
	}
}
