package web

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"samband/store"
)

var catalogueFiles = []string{"/catalogue.csv", "/catalogue.json", "/catalogue.jsonld", "/catalogue.ttl"}

// newCatalogue is a register whose one integration is approved, and whose every field that is nobody's business holds a
// word that must never be seen outside.
func newCatalogue(t *testing.T) *register {
	t.Helper()
	g := newRegister(t)
	g.CSV = func(w io.Writer) RowWriter { return plainCSV{w} }
	ctx := t.Context()
	r, err := g.db.Registry(ctx, "hjerte")
	if err != nil {
		t.Fatal(err)
	}
	r.Contact, r.Note, r.Unit = "KANARI-kontakt@example.org", "KANARI-merknad", "KANARI-enhet"
	b := &r.Basis
	for _, p := range []*string{&b.Purpose, &b.LegalBasis, &b.Exemption, &b.REK, &b.PVO, &b.Controller, &b.Processor,
		&b.Agreement, &b.DPIA, &b.DPIANotNeeded, &b.Categories, &b.Recipients, &b.Retention, &b.SecurityClass, &b.CitizenInfo} {
		*p = "KANARI-grunnlag"
	}
	sol, err := g.db.Solution(ctx, "ereg")
	if err != nil {
		t.Fatal(err)
	}
	sol.Owner, sol.Hosting, sol.Platform = "Kanari Nordmann kanari@sykehus.no", "db01.kanari.sykehus.local", "KANARI-plattform"
	sol.Controller, sol.URL, sol.Note = "KANARI-ansvarlig", "https://kanari-vert.example.org", "ring kanari 99887766"
	sys, err := g.db.System(ctx, "rdap")
	if err != nil {
		t.Fatal(err)
	}
	sys.Owner, sys.Note = "Kanari Nordmann kanari@sykehus.no", "KANARI-systemnotat"
	i := g.integration("hjerte-rdap")
	i.Owner, i.Purpose, i.Note = "KANARI Eier", "KANARI-formål", "KANARI-notat"
	x, err := g.db.Connection(ctx, "rdap-drift")
	if err != nil {
		t.Fatal(err)
	}
	x.Name, x.Settings = "KANARI-kobling", map[string]string{"folder": "/KANARI", "host": "kanari-vert.example.org"}
	ros := &store.RiskAssessment{ID: "ros-1", Version: 2, Title: "KANARI-tittel", Link: "https://kanari-vert.example.org/ros",
		Covers: "KANARI-dekker", State: store.ROSAccepted, DecidedBy: "KANARI Leder", DecidedOn: "2026-01-01",
		ValidTo: "2027-03-14"}
	ld := &store.SolutionDesign{ID: "ld-1", Version: 2, Title: "KANARI-design", Link: "https://kanari-vert.example.org/ld",
		Overview: "KANARI-oversikt", State: store.LDApproved, DecidedBy: "KANARI Arkitekt", DecidedOn: "2026-01-01",
		ValidTo: "2027-02-01"}
	i.ROS.Version, i.LD.Version = 2, 2
	m, err := g.db.Method(ctx, "rdap-filer")
	if err != nil {
		t.Fatal(err)
	}
	m.Note, m.Handover = "KANARI-metode", "KANARI-overlevering"
	by := store.Actor{UserID: "kanari", Name: "KANARI Seeder"}
	for _, err := range []error{g.db.CreateRiskAssessment(ctx, ros, by), g.db.CreateSolutionDesign(ctx, ld, by),
		g.db.UpdateRegistry(ctx, r, by), g.db.UpdateIntegration(ctx, i, by), g.db.UpdateConnection(ctx, x, by),
		g.db.UpdateMethod(ctx, m, by), g.db.UpdateSolution(ctx, sol, by), g.db.UpdateSystem(ctx, sys, by),
		g.db.SaveCodebook(ctx, &store.Codebook{ID: "hjertebok", Version: 2, RegistryID: "hjerte", Title: "KANARI-bok",
			Key: []string{"opphold"}, Variables: []store.Variable{{Name: "opphold", Label: "KANARI-innhold",
				Type: store.VarText, Required: true, Class: store.Technical}}}, by)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	g.approve()
	return g
}

func TestCatalogueSaysNothingPrivate(t *testing.T) {
	g := newCatalogue(t)
	var paths []string // every page that nobody needs to log in for
	for _, rt := range routes() {
		if rt.method == http.MethodGet && rt.right == store.Public && rt.path != "/static/" {
			paths = append(paths, strings.NewReplacer("{$}", "", "{id}", "ereg").Replace(rt.path))
		}
	}
	for _, path := range append(paths, "/catalogue?q=hjerte", "/catalogue?state=approved") {
		w := g.anonymous().get(path)
		if strings.HasPrefix(path, "/catalogue") || strings.HasPrefix(path, "/solutions") {
			answers(t, w, http.StatusOK, "Hjertekirurgi fra plattformen")
		}
		for _, word := range []string{"kanari", "asker", "decider", "seeder", "trial"} {
			if strings.Contains(strings.ToLower(w.Body.String()), word) {
				t.Errorf("%s tells of %q", path, word)
			}
		}
		for name, values := range w.Header() {
			if strings.Contains(strings.ToLower(strings.Join(values, " ")), "kanari") {
				t.Errorf("%s: header %s tells", path, name)
			}
		}
	}
}

// TestCatalogueIsNoOracle: what isn't shown is not searched either, and who may see systems sees and finds it.
func TestCatalogueIsNoOracle(t *testing.T) {
	g := newCatalogue(t)
	answers(t, g.anonymous().get("/catalogue.json?q=Nordmann"), http.StatusOK, "!eReg")
	v := g.as(store.RoleReader, store.AllRegistries)
	answers(t, v.get("/catalogue?q=Nordmann"), http.StatusOK, "Hjertekirurgi fra plattformen")
	answers(t, v.get("/solutions/ereg"), http.StatusOK, "db01.kanari.sykehus.local", "ring kanari 99887766")
	a := g.as(store.RoleAdmin, store.AllRegistries)
	answers(t, a.post("/solutions", "id", "ny", "name", "Ny hos kari@sykehus.no", "phase", "active", "kind", "db01.intern.sykehus.no"),
		http.StatusUnprocessableEntity, "Dette vises for alle. Ta ut", `id="f-kind-error"`)
}

// asks sends If-None-Match with a tag.
func asks(v *visitor, path, tag string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("If-None-Match", tag)
	return v.do(r)
}

func TestCatalogueIsCheapUntilItChanges(t *testing.T) {
	g := newCatalogue(t)
	for _, path := range append([]string{"/catalogue", "/catalogue?state=approved"}, catalogueFiles...) {
		v := g.anonymous()
		first := v.get(path)
		tag := first.Header().Get("ETag")
		if first.Code != http.StatusOK || len(tag) < 20 || tag[0] != '"' || first.Header().Get("Cache-Control") != "public, no-cache" {
			t.Fatalf("%s: %d, tag %s, %s", path, first.Code, tag, first.Header().Get("Cache-Control"))
		}
		if again := v.get(path); again.Body.String() != first.Body.String() || again.Header().Get("ETag") != tag {
			t.Errorf("%s: one tag for two answers", path)
		}
		for _, ask := range []string{tag, `"other", ` + tag, "W/" + tag, "*"} {
			w := asks(v, path, ask)
			if w.Code != http.StatusNotModified || w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
				t.Errorf("%s, If-None-Match %s: %d with %d bytes", path, ask, w.Code, w.Body.Len())
			}
		}
		if w := asks(v, path, `"other"`); w.Code != http.StatusOK {
			t.Errorf("%s: %d for another tag", path, w.Code)
		}
		changes := map[string]func(){
			"a name": func() {
				i := g.integration("lunge-rdap")
				i.Name += "."
				if err := g.db.UpdateIntegration(t.Context(), i, seeder); err != nil {
					t.Fatal(err)
				}
			},
			"the day": func() { g.clock.Advance(24 * time.Hour) },
		}
		if path == "/catalogue" {
			changes["the language"] = func() { v.post("/preferences", "lang", "en", "back", "/") }
			changes["the colours"] = func() { v.post("/preferences", "theme", "dark", "back", "/") }
		}
		for name, change := range changes {
			change()
			w := asks(v, path, tag)
			if w.Code != http.StatusOK || w.Header().Get("ETag") == tag {
				t.Errorf("%s: %d with the same tag after a change of %s", path, w.Code, name)
			}
			tag = w.Header().Get("ETag")
		}
	}
	// What concerns nobody outside doesn't count.
	v := g.anonymous()
	tag := v.get("/catalogue").Header().Get("ETag")
	g.as(store.RoleReader, "hjerte")
	if w := asks(v, "/catalogue", tag); w.Code != http.StatusNotModified {
		t.Errorf("%d after somebody logged in", w.Code)
	}
}

// TestCatalogueOfSomebodyIsTheirs: what is shown to who is logged in is kept by nobody and served to nobody else.
func TestCatalogueOfSomebodyIsTheirs(t *testing.T) {
	g := newCatalogue(t)
	tag := g.anonymous().get("/catalogue").Header().Get("ETag")
	v := g.as(store.RoleReader, "hjerte")
	for _, w := range []*httptest.ResponseRecorder{v.get("/catalogue"), asks(v, "/catalogue", tag), asks(v, "/catalogue", "*")} {
		h := w.Header()
		if w.Code != http.StatusOK || h.Get("Cache-Control") != "no-store" || h.Get("ETag") != "" || h.Get("Vary") != "Cookie" {
			t.Errorf("%d, %v", w.Code, h)
		}
		answers(t, w, http.StatusOK, "Lars Leser")
	}
	if h := g.anonymous().get("/catalogue").Header(); h.Get("Vary") != "Cookie" || h.Values("Link") == nil {
		t.Errorf("anonymous: %v", h)
	}
}

func TestCatalogueForms(t *testing.T) {
	g := newCatalogue(t)
	v := g.anonymous()
	i := g.integration("lunge-rdap")
	i.Name = "=HYPERLINK(1)"
	if err := g.db.UpdateIntegration(t.Context(), i, seeder); err != nil {
		t.Fatal(err)
	}
	for lang, words := range map[string][]string{"nb": {"Godkjent nå", ";ja;"}, "nn": {"Godkjend no"}, "en": {"Approved now", ";yes;"}} {
		w := v.get("/catalogue.csv?lang=" + lang)
		answers(t, w, http.StatusOK, words...)
		answers(t, w, http.StatusOK, "'=HYPERLINK(1)", "http://"+testHost+"/solutions/ereg#hjerte-rdap", "ros-1/2", "2027-02-01")
	}
	type document struct {
		Solutions []struct {
			ID           string
			Integrations []struct {
				ID       string
				State    store.IntegrationState
				Approved bool
			}
		}
	}
	read := func(path string) (d document) {
		w := v.get(path)
		if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil || w.Header().Get("Content-Type") != "application/json" {
			t.Fatalf("%s: %v", path, err)
		}
		return d
	}
	d := read("/catalogue.json")
	if n := len(d.Solutions[0].Integrations); n != 2 || !d.Solutions[0].Integrations[0].Approved ||
		d.Solutions[0].Integrations[1].Approved {
		t.Errorf("%+v", d)
	}
	if d := read("/catalogue.json?state=approved"); len(d.Solutions[0].Integrations) != 1 {
		t.Errorf("filtered: %+v", d)
	}
	if d := read("/catalogue.json?q=finnes-ikke"); d.Solutions == nil || len(d.Solutions) != 0 {
		t.Errorf("nothing: %+v", d)
	}
	answers(t, v.get("/catalogue.ttl"), http.StatusOK, "dcat:Catalog", "access-right/NON_PUBLIC", "solutions/ereg#hjerte-rdap")
	page := v.get("/catalogue?state=approved")
	answers(t, page, http.StatusOK, "/catalogue.csv?state=approved", "/catalogue.ttl", "Gjelder til")

	// On the day after its last day it is approved no more, whatever its state says.
	g.clock.Advance(71 * 24 * time.Hour)
	if d := read("/catalogue.json"); d.Solutions[0].Integrations[0].Approved || d.Solutions[0].Integrations[0].State != store.IntSuspended {
		t.Errorf("after its end: %+v", d)
	}
	if w := v.get("/catalogue.ttl"); strings.Contains(w.Body.String(), "#hjerte-rdap") {
		t.Error("a lapsed integration is a dataset")
	}
	answers(t, v.get("/catalogue"), http.StatusOK, "Ingen av integrasjonene som vises")
}
