package web

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/web/e2e/browser"
)

// TestMappingAutosave: what can be read is kept as one step that goes on, what can't is not, and a form that comes back is
// no newer than it was.
func TestMappingAutosave(t *testing.T) {
	g, _ := newMappingRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	kaja.header.Set("HX-Request", "true")
	at := mappingOf + "/vekt"
	auto := []string{"do", "save", "auto", "on"}
	answers(t, kaja.post(at, vekt(2, 0, "0,001", auto...)...), 200, `<p id="kept" data-based="2" data-edits="1" data-at="`+at+`">Lagret i kladden kl. `, "!<html")
	answers(t, kaja.post(at, vekt(2, 1, "0,01", auto...)...), 200, `data-edits="2"`)
	answers(t, kaja.post(at, vekt(2, 2, "mye", auto...)...), 200, "Ikke lagret ennå. ", "!data-edits")
	answers(t, kaja.post(at, vekt(2, 1, "0,1", auto...)...), http.StatusConflict, `<p id="kept">Kladden er endret i et annet vindu`)
	if d := g.drafted(); d.Edits != 2 || d.Step != 1 || d.Mapping.Rule("vekt").Steps[2].Factor != 0.01 {
		t.Errorf("the draft has %d edits in %d steps: %+v", d.Edits, d.Step, d.Mapping.Rule("vekt").Steps)
	}
	answers(t, kaja.post(at, vekt(2, 1, "0,1", "do", "add s", "s.add", "when")...), 200, `name="edits" value="1"`, `data-autosave="now"`)
	answers(t, g.as(store.RoleReader, "hjerte").post(at, vekt(2, 2, "0,1", auto...)...), 403)

	fields := []string{"based", "2", "f.n", "3", "f.0.name", "fnr", "f.0.class", "direct", "f.0.is", "number", "f.1.name", "k_opphold",
		"f.1.class", "technical", "f.2.name", "k_vekt", "f.2.class", "health"}
	answers(t, kaja.post(mappingOf+"/source-fields", append(fields, "edits", "2", "f.2.label", "Vekt i kilo", "do", "save", "auto", "on")...), 200, `data-edits="3"`)
	checks := []string{"based", "2", "k.n", "4", "k.0.kind", "person", "k.0.reason", "fnr", "k.1.kind", "required", "k.1.reason", "mangler",
		"k.2.kind", "range", "k.2.reason", "grense", "k.3.kind", "number"}
	answers(t, kaja.post(mappingOf+"/row-checks", append(checks, "edits", "3", "do", "save", "auto", "on")...), 200, "Ikke lagret ennå. ")
	answers(t, kaja.post(mappingOf+"/row-checks", append(checks, "edits", "3", "k.3.reason", "ikke_tall", "do", "save", "auto", "on")...), 200, `data-edits="4"`)
	if d := g.drafted(); d.Mapping.Field("k_vekt").Label != "Vekt i kilo" || d.Mapping.Check("ikke_tall") == nil {
		t.Errorf("not in the draft: %+v", d.Mapping)
	}
}

// TestMappingAutosaveCorrection: a new correction gets a page of its own when it is first kept, and stays one.
func TestMappingAutosaveCorrection(t *testing.T) {
	g, _ := newRulesRegister(t)
	kaja := g.login("kaja")
	kaja.header.Set("HX-Request", "true")
	form := []string{"based", "3", "name", "gram", "variable", "vekt", "at", "inn", "from", "2026-03-01", "to", "31.03.2026", "s.n", "1",
		"s.0.kind", "scale", "s.0.factor", "0,001", "do", "save", "auto", "on"}
	at := mappingOf + "/value-corrections/"
	answers(t, kaja.post(at+"new-correction", append(form, "edits", "0")...), 200, "Ikke lagret ennå. ")
	answers(t, kaja.post(at+"new-correction", append(form, "edits", "0", "reason", "Vekta viste gram")...), 200, `data-edits="1" data-at="`+at+`gram"`)
	answers(t, kaja.post(at+"gram", append(form, "edits", "1", "reason", "Vekta viste gram i mars")...), 200, `data-edits="2"`)
	if d := g.drafted(); len(d.Mapping.Corrections) != 1 || d.Mapping.Corrections[0].Reason != "Vekta viste gram i mars" {
		t.Errorf("corrections: %+v", d.Mapping.Corrections)
	}
}

// TestMappingAutosaveInChromium: the form saves itself, and its button works on what was saved.
func TestMappingAutosaveInChromium(t *testing.T) {
	b := browser.Start(t)
	g, _ := newRulesRegister(t)
	srv := httptest.NewServer(g)
	t.Cleanup(srv.Close)
	tab := b.Tab(t, browser.Options{})
	tab.Go(srv.URL + "/login?return=/access/mine")
	tab.Click("button[name=persona][value=kaja]")
	tab.Arrive("/access/mine")
	says := func(words string) {
		t.Helper()
		for range 500 {
			if strings.Contains(tab.Text("#kept"), words) {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Fatalf("the line says %q, not %q", tab.Text("#kept"), words)
	}
	tab.Go(srv.URL + mappingOf + "/vekt")
	tab.Choose(`[name="s.add"]`, "scale")
	tab.Click(`button[value="add s"]`)
	tab.Wait(`[name="s.2.factor"]`)
	says("Ikke lagret ennå.")
	tab.Fill(`[name="s.2.factor"]`, "0,001")
	says("Lagret i kladden kl. ")
	tab.Sound()
	if d := g.drafted(); d.Mapping.Rule("vekt").Steps[2].Factor != 0.001 {
		t.Errorf("in the draft: %+v", d.Mapping.Rule("vekt").Steps)
	}
	tab.Fill(`[name="s.2.factor"]`, "0,002")
	tab.Click(`.form__actions button[value="save"]`)
	tab.Arrive(mappingOf)
	if d := g.drafted(); d.Mapping.Rule("vekt").Steps[2].Factor != 0.002 {
		t.Errorf("the button kept %+v", d.Mapping.Rule("vekt").Steps)
	}

	// Whoever leaves at once finds what they wrote, on a page that stands on it.
	tab.Go(srv.URL + mappingOf + "/vekt")
	tab.Click(`details:has([name="s.2.factor"]) > summary`)
	tab.Fill(`[name="s.2.factor"]`, "0,003")
	tab.Click(`.form__actions a`)
	tab.Arrive(mappingOf)
	d := g.drafted()
	if d.Mapping.Rule("vekt").Steps[2].Factor != 0.003 {
		t.Errorf("the link kept %+v", d.Mapping.Rule("vekt").Steps)
	}
	if got := browser.Eval[string](tab, `document.querySelector("#map-basis [name=edits]").value`); got != strconv.Itoa(d.Edits) {
		t.Errorf("the page stands on edit %s of %d", got, d.Edits)
	}
}
