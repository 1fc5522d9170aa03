package text

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

// unmark reads an escaped text back, or gives false when a character that means something in Markdown stands bare.
func unmark(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		case strings.IndexByte(marks, s[i]) >= 0:
			return "", false
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), true
}

func TestMarkdownEscapesEverything(t *testing.T) {
	for _, s := range []string{"a|b", "`x`", "<b>", "[x](javascript:y)", "*x*", "_x_", "# x", "- x", "+ x", "1. x", "12) x", "== x",
		"~~x~~", "http://x", "www.x.no", "a@b.no", "&amp;", "\\", "$x$", "![x]", "line\nline", "\u202eabc", "a\x00b"} {
		if got, ok := unmark(mark(s)); !ok || got != plain(s) {
			t.Errorf("%q becomes %q, which reads as %q", s, mark(s), got)
		}
	}
	for s, want := range map[string]string{"- x": `\- x`, "1. x": `1\. x`, "http://x": `http\://x`, "www.x": `www\.x`, "=": `\=`} {
		if got := mark(s); got != want {
			t.Errorf("%q becomes %q, not %q", s, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if got, ok := unmark(mark(s)); !ok || got != plain(s) || strings.ContainsAny(got, "\r\n\t\x00") {
			t.Fatalf("%q becomes %q", s, mark(s))
		}
	})
}

// dossier is a small one, with names that mean something to whoever draws it.
func dossier() *store.Dossier {
	mapping := &store.MappingVersion{No: 3, CodebookID: "bok", CodebookVersion: 2, Mapping: store.Mapping{
		Source: []store.Field{{Name: "FNR", Class: store.Direct, Is: store.AttrNumber}, {Name: "V|<b>`x`", Class: store.Health, Label: "Vekt"}},
		Rules: []store.Rule{{Variable: "vekt", Steps: []store.Step{{Kind: store.StepCopy, From: []string{"V|<b>`x`"}},
			{Kind: store.StepCodes, Map: map[string]string{"a": "1", "b": "2", "c": "3", "d": "4", "e": "5", "f": "6"}}}}}}}
	book := &store.Codebook{ID: "bok", Version: 2, Key: []string{"vekt"}, Variables: []store.Variable{
		{Name: "vekt", Label: "Vekt <script>", Type: store.VarCode, Class: store.Health, Codes: []store.CodeOption{{Code: "1", Label: "En"}}}}}
	scope := store.ComputeScope(store.ScopeParts{Registry: &store.Registry{ID: "hjerte", SolutionID: "ereg"},
		Integration: &store.Integration{ID: "i"}, System: &store.System{ID: "rdap", Role: store.Source},
		Method: &store.Method{ID: "m", Route: store.RoutePlatform}, Kind: &store.Kind{Name: "files"},
		Connection: &store.Connection{ID: "c"}, Mapping: mapping, Codebook: book})
	return &store.Dossier{Scope: scope, IntegrationID: "i", RegistryID: "hjerte", Mapping: mapping, Codebook: book,
		Submission: store.Submission{ApprovalID: "a1", No: 1, Scope: scope.Canonical(), ScopeHash: scope.Hash(), MappingNo: 3,
			By: "Kaja *K*", Facts: &store.Facts{Integration: "Hjerte | <img src=x>", Registry: "Hjerte",
				Basis: store.Basis{Purpose: "Kvalitet"}, ROS: &store.RiskAssessment{ID: "ros", Version: 1, Title: "ROS"}}},
		Decision: &store.Decision{State: store.AppApproved, By: "Siri", Reason: "Dekkes", ValidTo: "2027-01-01",
			Conditions: []store.Term{{No: 1, Text: "Test", DueOn: "2026-12-01"}}}}
}

func TestAppendix(t *testing.T) {
	o := dossier()
	for _, lang := range []Lang{NB, NN, EN} {
		d := Appendix(lang, o)
		md := string(d.Markdown())
		if again := string(Appendix(lang, dossier()).Markdown()); again != md {
			t.Fatal("the same submission gives another document")
		}
		for _, want := range []string{o.Submission.ScopeHash, mark("V|<b>`x`"), "Siri", "Dekkes", "ROS", "Kvalitet"} {
			if !strings.Contains(md, want) {
				t.Errorf("%s: %q is not there", lang, want)
			}
		}
		if strings.Count(md, o.Submission.ScopeHash) < 2 {
			t.Errorf("%s: the hash must stand at the top and at the end", lang)
		}
		for code := range o.Mapping.Mapping.Rules[0].Steps[1].Map { // words name five of six; the appendix names all
			if !strings.Contains(md, "| vekt | "+code+" | ") {
				t.Errorf("%s: the translation of %q is not there", lang, code)
			}
		}
		page := string(d.HTML())
		for _, tag := range []string{"<img", "<script", "<b>"} {
			if strings.Contains(page, tag) {
				t.Errorf("%s: a name became %s", lang, tag)
			}
		}
		if strings.Contains(page+md, "⟨") {
			t.Errorf("%s: a text is missing", lang)
		}
	}
	rows := MappingRows(NB, o)
	if len(rows) != 2 || len(rows[0]) != len(rows[1]) || rows[1][0] != "vekt" {
		t.Errorf("%v", rows)
	}
}
