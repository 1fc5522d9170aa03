package jobs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
	"samband/store/seed"
	"samband/store/text"
)

// TestCodebookRoundTrip: a codebook that is written as a file and read again is the same, byte for byte and thing for
// thing, whatever it holds.
func TestCodebookRoundTrip(t *testing.T) {
	number := rapid.Ptr(rapid.Map(rapid.Float64Range(-1e9, 1e9), func(f float64) float64 { return f + 0 }), true) // no minus zero
	words := rapid.StringOfN(rapid.RuneFrom([]rune("aæ '\"#:-{}[]=\n1,%@&*!|>")), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		c := &store.Codebook{ID: "bok", Version: 3, RegistryID: "hjerte", Title: words.Draw(t, "title"), Key: []string{"v0"}}
		for i := range rapid.IntRange(1, 4).Draw(t, "n") {
			v := store.Variable{Name: "v" + string(rune('0'+i)), Label: words.Draw(t, "label"), Form: words.Draw(t, "form"),
				Type: rapid.SampledFrom(store.VarTypes).Draw(t, "type"), Unit: words.Draw(t, "unit"), Min: number.Draw(t, "min"),
				Max: number.Draw(t, "max"), Required: rapid.Bool().Draw(t, "required"), Class: store.Health, Help: words.Draw(t, "help"),
				PlausibleMin: number.Draw(t, "low"), PlausibleMax: number.Draw(t, "high"), Condition: words.Draw(t, "condition"),
				Formula: words.Draw(t, "formula"), Computed: rapid.Bool().Draw(t, "computed"), System: words.Draw(t, "system"),
				Origin: words.Draw(t, "origin"), Stated: rapid.SampledFrom([]store.Need{"", store.NeedYes, store.NeedNo}).Draw(t, "stated")}
			for n := range rapid.IntRange(0, 3).Draw(t, "codes") {
				v.Codes = append(v.Codes, store.CodeOption{Code: string(rune('0'+n)) + words.Draw(t, "code"), Label: words.Draw(t, "text"),
					Missing: rapid.Bool().Draw(t, "missing")})
			}
			c.Variables = append(c.Variables, v)
		}
		out, err := (&Jobs{}).FormatCodebook(c)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ParseBundle(out)
		if err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
		if got := &b.Codebooks[0]; len(got.Diff(c)) > 0 || got.Hash() != c.Hash() {
			t.Fatalf("%+v: read back from\n%s", got.Diff(c), out)
		}
		again, err := FormatBundle(b)
		if err != nil || !bytes.Equal(again, out) {
			t.Fatalf("written again as\n%s\n(%v) after\n%s", again, err, out)
		}
	})
}

// TestCodebookYAML: what the page gives is what import takes, and import finds nothing to change.
func TestCodebookYAML(t *testing.T) {
	h := open(t)
	_, c := h.mapped()
	out, err := h.FormatCodebook(c)
	if err != nil {
		t.Fatal(err)
	}
	n, err := h.Import(t.Context(), out, ImportMode{}, by)
	if err != nil || n.Unchanged != 1 || n.Created+n.Changed+len(n.Effects) > 0 {
		t.Errorf("into itself: %+v, %v", n, err)
	}
}

// TestStoredContradictions: a codebook that was stored before contradictions were refused runs on, and a document may
// hold it as it is; the next version has to be put right.
func TestStoredContradictions(t *testing.T) {
	h := open(t)
	_, c := h.mapped()
	at := slices.IndexFunc(c.Variables, func(v store.Variable) bool { return v.Name == "vekt" })
	h.around(fmt.Sprintf(`UPDATE codebook_version SET variables =
		json_set(variables, '$[%d].plausible_min', 90, '$[%[1]d].plausible_max', 40, '$[%[1]d].label', 'Fødselsnummer')`, at))
	h.deliver(1)
	if r := h.run(""); r.State != store.RunSucceeded || r.Counts.Loaded == 0 {
		t.Errorf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	out, err := h.Export(t.Context(), seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := h.Import(t.Context(), out, ImportMode{}, by); err != nil || n.Created+n.Changed != 0 {
		t.Errorf("into itself: %+v, %v", n, err)
	}
	next := bytes.Replace(out, []byte("label: Fødselsnummer"), []byte("label: Vekt"), 1)
	if bytes.Equal(next, out) {
		t.Fatalf("no label in\n%s", out)
	}
	_, err = h.Import(t.Context(), next, ImportMode{}, by)
	if f, ok := err.(store.FieldErrors); !ok || len(f) != 1 || f[0].Code != "codebook.plausible" || f[0].Field != "codebooks."+c.ID+".variables.vekt" {
		t.Errorf("a next version: %v", err)
	}
	if _, err := open(t).Import(t.Context(), out, ImportMode{}, by); store.CodeOf(err) == "" {
		t.Error("where it is new it is taken")
	}
}

func TestCodebookEffect(t *testing.T) {
	h := open(t)
	v, c := h.mapped()
	user, err := h.DB.SignIn(t.Context(), "demo", "ola", "Ola Koordinator", h.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	draft := &store.MappingDraft{IntegrationID: seed.DemoIntegration, UserID: user.ID, BasedOn: v.No, Mapping: v.Mapping}
	if err := h.DB.KeepMappingDraft(t.Context(), draft, store.DraftStep{}); err != nil {
		t.Fatal(err)
	}
	rule := v.Mapping.Rules[len(v.Mapping.Rules)-1].Variable
	for name, x := range map[string]struct {
		change  func(c *store.Codebook)
		fault   store.Code // of the mapping in use, and of the draft
		covered bool
	}{
		"nothing":     {func(*store.Codebook) {}, "", true},
		"a new label": {func(c *store.Codebook) { c.Variable(rule).Label = "Noe annet" }, "", true},
		"one that a rule makes is gone": {func(c *store.Codebook) {
			c.Variables = slices.DeleteFunc(c.Variables, func(v store.Variable) bool { return v.Name == rule })
		}, "mapping.unknown_variable", true},
		"a type that the rule can't give": {func(c *store.Codebook) {
			v := c.Variable("vekt")
			v.Type, v.Min, v.Max, v.PlausibleMin, v.PlausibleMax = store.VarDate, nil, nil, nil, nil
		}, "mapping.type", false},
		"a wider limit": {func(c *store.Codebook) { *c.Variable("vekt").Max++ }, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			next := *c
			next.Version++
			next.Variables = slices.Clone(c.Variables)
			for i := range next.Variables {
				if m := next.Variables[i].Max; m != nil {
					most := *m
					next.Variables[i].Max = &most
				}
			}
			x.change(&next)
			effects, err := h.CodebookEffect(t.Context(), &next)
			if err != nil || len(effects) != 1 {
				t.Fatalf("%d integrations: %v", len(effects), err)
			}
			e := &effects[0]
			if e.Integration.ID != seed.DemoIntegration || !e.Approved || (len(e.Uncovered) == 0) != x.covered {
				t.Errorf("approved %v, not covered: %+v", e.Approved, e.Uncovered)
			}
			if x.fault == "" {
				if len(e.Broken) > 0 {
					t.Errorf("breaks %+v", e.Broken)
				}
				return
			}
			if len(e.Broken) != 2 || e.Broken[0].No != v.No || e.Broken[1].UserID != user.ID {
				t.Fatalf("breaks %+v", e.Broken)
			}
			for _, b := range e.Broken {
				if !slices.ContainsFunc(b.Faults, func(f *store.Error) bool { return f.Code == x.fault }) {
					t.Errorf("version %d: %+v", b.No, b.Faults)
				}
			}
			for _, line := range text.BookEffect(text.NB, e, func(string) string { return "Ola" }) {
				if line == "" {
					t.Error("a fault without words")
				}
			}
		})
	}
}

// TestPublishCodebook: each format's own file becomes a codebook, and the same file again changes nothing.
func TestPublishCodebook(t *testing.T) {
	h := open(t)
	files, err := filepath.Glob("format/*/testdata/*")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for i, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sent := []store.SentFile{{Name: filepath.Base(name), Data: data}}
		d, err := h.ReadCodebook("", sent)
		if store.CodeOf(err) == "dictionary.parts_missing" {
			continue // one file of a package
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		first, _ := d.Codebook(nil)
		free := slices.IndexFunc(first.Variables, func(v store.Variable) bool { return !v.Computed })
		n := NewVersion{RegistryID: demoRegistry, ID: "bok-" + string(rune('a'+i)), Key: []string{first.Variables[free].Name}}
		made, err := h.PublishCodebook(t.Context(), d, sent, n, by)
		if err != nil || !made.Published || made.Codebook.Version != 1 || made.Codebook.Source.Files[0].Name != sent[0].Name {
			t.Errorf("%s: %+v, %v", name, made, err)
			continue
		}
		again, err := h.PublishCodebook(t.Context(), d, sent, n, by)
		if err != nil || again.Published || again.Codebook.Version != 1 {
			t.Errorf("%s again: %v, %v", name, again, err)
		}
		saved, err := h.DB.Codebook(t.Context(), n.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := json.Marshal(saved.Source); store.ScanPersonNumbers(string(b)) > 0 {
			t.Errorf("%s: %s", name, b)
		}
	}
	for code, n := range map[store.Code]NewVersion{
		"registry.not_found":      {RegistryID: "finnes-ikke"},
		"codebook.which":          {RegistryID: demoRegistry},
		"codebook.no_form":        {RegistryID: demoRegistry, ID: "ny", Forms: []string{"Finnes ikke"}},
		"codebook.other_registry": {RegistryID: "lunge", ID: "bok-a"},
		"codebook.unknown_key":    {RegistryID: demoRegistry, ID: "ny", Key: []string{"finnes_ikke"}},
	} {
		if n.RegistryID == "lunge" {
			if err := h.DB.CreateRegistry(t.Context(), &store.Registry{ID: "lunge", SolutionID: "ereg", Name: "Lunge", Kind: store.KindQuality}, by); err != nil {
				t.Fatal(err)
			}
		}
		d := &store.Dictionary{Format: "redcap", Variables: []store.Definition{{Form: "A", Name: "x", Type: store.VarText}}}
		if _, err := h.PublishCodebook(t.Context(), d, []store.SentFile{{Name: "a.csv"}}, n, by); store.CodeOf(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
}
