package text

import (
	"strings"
	"testing"
	"time"

	"samband/store"
)

// everything is a mapping that has something of each part.
func everything() (*store.MappingVersion, *store.Codebook) {
	book := &store.Codebook{ID: "bok", Version: 2, Title: "Boken", Key: []string{"opphold"}, Variables: []store.Variable{
		{Name: "opphold", Type: store.VarText, Class: store.Technical, Required: true},
		{Name: "nyha", Label: "NYHA", Form: "Før", Type: store.VarCode, Class: store.Health,
			Codes: []store.CodeOption{{Code: "1", Label: "Klasse I"}, {Code: "9", Label: "Ukjent", Missing: true}}},
		{Name: "inn", Type: store.VarDate, Class: store.Health}, {Name: "vekt", Type: store.VarDecimal, Unit: "kg", Class: store.Health}}}
	return &store.MappingVersion{No: 3, CodebookID: "bok", CodebookVersion: 2, Message: "Alt | med", Mapping: store.Mapping{
		Source: []store.Field{{Name: "fnr", Class: store.Direct, Is: store.AttrNumber}, {Name: "k", Class: store.Health, Label: "Klasse"}},
		Rules: []store.Rule{{Variable: "nyha", Steps: []store.Step{{Kind: store.StepCopy, From: []string{"k"}},
			{Kind: store.StepMissing, Values: []string{"-9", "x"}, Reasons: map[string]store.MissingReason{"-9": store.MissingNotAsked},
				Map: map[string]string{"u": "9"}},
			{Kind: store.StepCodes, Map: map[string]string{"I": "1"}, Null: []string{"?"}, Otherwise: store.OtherCode, Value: "9"}},
			Examples: []store.Example{{In: map[string]string{"k": "I"}, Out: "1"}, {In: map[string]string{"k": "-9"}, Null: true},
				{In: map[string]string{"k": "Z"}, Fault: store.CheckCode}}}},
		Checks:  []store.Check{{Reason: "fnr", Kind: store.CheckPerson}, {Reason: "tidlig", Kind: store.CheckDate, Warn: true}},
		Keep:    &store.Condition{Field: "k", Op: store.OpPresent},
		Resolve: store.Resolve{First: "inn", Fields: []store.Pick{{Variable: "vekt", How: store.PickMean, By: "inn"}}},
		Corrections: []store.Correction{{Name: "vekt_ti", Variable: "vekt", At: "inn", From: "2026-01-01", To: "2026-02-01",
			Steps: []store.Step{{Kind: store.StepScale, Factor: 0.1}}, Reason: "Vekten viste ti ganger for mye",
			Undone: &store.Undone{By: "kaja", At: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Reason: "Feil vekt"}}},
		Tables: []store.LookupTable{{Name: "avdelinger", Columns: []string{"kode", "navn"}, Rows: [][]string{{"1", "A"}}}},
		Lists:  []store.ListPin{{System: "icd", Version: "2026"}},
	}}, book
}

func TestMappingDocument(t *testing.T) {
	v, book := everything()
	for _, lang := range []Lang{NB, NN, EN} {
		md := string(MappingDocument(lang, "Hjerte", v, book, "abc").Markdown())
		for _, want := range []string{"abc", mark("Alt | med"), "Klasse I", T(lang, "missing.not_asked"), "avdelinger", mark("vekt_ti"),
			"Vekten viste", "Feil vekt", "icd", T(lang, "mapdoc.otherwise"), T(lang, "mapdoc.none"), T(lang, "mapdoc.effect.warn"),
			T(lang, "mapdoc.held", "why", T(lang, "check.code"))} {
			if !strings.Contains(md, want) {
				t.Errorf("%s: %q is not in\n%s", lang, want, md)
			}
		}
		if strings.Contains(md, "⟨") {
			t.Errorf("%s: a text is missing in\n%s", lang, md)
		}
		if again := string(MappingDocument(lang, "Hjerte", v, book, "abc").Markdown()); again != md {
			t.Errorf("%s: the same mapping gives another document", lang)
		}
	}
	v.No = 0
	if md := string(MappingDocument(NB, "Hjerte", v, book, "").Markdown()); !strings.Contains(md, "kladd") || strings.Contains(md, "omfang") {
		t.Errorf("a draft says\n%s", md)
	}
}
