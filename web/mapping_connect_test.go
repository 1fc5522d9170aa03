package web

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"samband/store"
)

const connect = mappingOf + "/connect-field"

// source gives the mapping more fields than its variables need.
func source(g *register) {
	g.t.Helper()
	d := &store.MappingDraft{IntegrationID: "hjerte-rdap", UserID: g.kaja(), BasedOn: 2}
	v, err := g.db.MappingVersion(g.t.Context(), "hjerte-rdap", 2)
	if err != nil {
		g.t.Fatal(err)
	}
	d.Mapping = v.Mapping
	d.Mapping.Source = append(d.Mapping.Source, store.Field{Name: "vekt_ny", Class: store.Health, Label: "Vekt, ny"},
		store.Field{Name: "a, b", Class: store.Health})
	if err := g.db.KeepMappingDraft(g.t.Context(), d, store.DraftStep{What: "fields"}); err != nil {
		g.t.Fatal(err)
	}
}

func (g *register) kaja() string {
	g.t.Helper()
	u, err := g.db.SignIn(g.t.Context(), "demo", "kaja", "Kaja Koordinator", g.clock.Now())
	if err != nil {
		g.t.Fatal(err)
	}
	return u.ID
}

func (g *register) drafted() *store.MappingDraft {
	g.t.Helper()
	d, err := g.db.MappingDraft(g.t.Context(), "hjerte-rdap", g.kaja())
	if err != nil {
		g.t.Fatal(err)
	}
	return d
}

func TestMappingConnect(t *testing.T) {
	g, _ := newMappingRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	source(g)
	edit := func(edits int, more ...string) *httptest.ResponseRecorder {
		return kaja.post(connect, append([]string{"based", "2", "edits", strconv.Itoa(edits)}, more...)...)
	}
	sources := func(variable string, want string, edits int) {
		t.Helper()
		d := g.drafted()
		got := ""
		if r := d.Mapping.Rule(variable); r != nil {
			got = string(r.Steps[0].Kind)
			for _, f := range r.Sources() {
				got += " " + f
			}
		}
		if got != want || d.Edits != edits {
			t.Errorf("%s has %q after %d edits, not %q after %d", variable, got, d.Edits, want, edits)
		}
	}
	// what says the same changes nothing
	leads(t, edit(1, "f.opphold", "k_opphold", "f.vekt", "k_vekt"), mappingOf+"#variables")
	sources("vekt", "copy k_vekt", 1)

	leads(t, edit(1, "f.opphold", "k_opphold", "f.vekt", "vekt_ny"), mappingOf+"#v-vekt")
	sources("vekt", "copy vekt_ny", 2)
	leads(t, edit(2, "f.vekt", "vekt_ny, k_vekt"), mappingOf+"#v-vekt")
	sources("vekt", "first vekt_ny k_vekt", 3)
	answers(t, edit(3, "f.vekt", "vekt_ny, k_vekt, a, b"), 422) // «a» is no field
	leads(t, edit(3, "f.vekt", "a, b"), mappingOf+"#v-vekt")    // one field with a comma in its name
	sources("vekt", "copy a, b", 4)
	leads(t, edit(4, "f.vekt", "k_vekt,vekt_ny", "how", "max"), mappingOf+"#v-vekt")
	sources("vekt", "max k_vekt vekt_ny", 5)
	leads(t, edit(5, "f.opphold", "vekt_ny", "f.vekt", ""), mappingOf+"#variables") // two at once
	sources("opphold", "copy vekt_ny", 6)
	sources("vekt", "", 6)
	leads(t, edit(6, "drop", "opphold", "f.opphold", "vekt_ny"), mappingOf+"#v-opphold")
	sources("opphold", "", 7)
	leads(t, edit(7, "drop", "opphold"), mappingOf+"#variables") // gone already
	sources("opphold", "", 7)

	// what can't be stands at its row, as it was written, and nothing of the form is kept
	for written, says := range map[string]string{"finnes_ikke": "finnes_ikke", "fnr": "fnr", "13097248022": "f-f.vekt-error", "k_vekt, fnr": "fnr"} {
		w := edit(7, "f.opphold", "k_opphold", "f.vekt", written)
		answers(t, w, 422, `id="f-f.vekt-error"`, says)
		sources("opphold", "", 7)
	}
	answers(t, edit(7, "f.vekt", "k_vekt", "how", "codes"), 422)

	// another window was first
	answers(t, edit(3, "f.vekt", "k_vekt"), http.StatusConflict, "Det siste du gjorde, er ikke lagret", "Last inn kladden på nytt")
	sources("vekt", "", 7)
	for _, w := range []struct {
		as   *visitor
		want int
	}{{g.as(store.RoleReader, "hjerte"), 403}, {g.as(store.RoleCoordinator, "lunge"), 404}, {g.as(store.RoleAdmin, "*"), 403}} {
		if got := w.as.post(connect, "based", "2", "edits", "0", "f.vekt", "k_vekt"); got.Code != w.want {
			t.Errorf("somebody else connects: %d, not %d", got.Code, w.want)
		}
	}
}

// TestMappingConnectByScript: the script of the page gets what changed and nothing else.
func TestMappingConnectByScript(t *testing.T) {
	g, _ := newMappingRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	source(g)
	kaja.header.Set("HX-Request", "true")
	edit := func(edits int, more ...string) *httptest.ResponseRecorder {
		return kaja.post(connect, append([]string{"based", "2", "edits", strconv.Itoa(edits)}, more...)...)
	}
	answers(t, edit(1, "f.vekt", "vekt_ny"), 200, `<p id="map-said">vekt_ny → vekt, Kopi, heltall; 1 av 1 krav dekket`, `name="edits" value="2"`,
		`<tr class="var" id="v-vekt" data-from="vekt_ny"`, `id="s-2"`, `id="s-3"`, "!v-opphold", "!<html", "!form-0-n",
		`id="map-draft"`, "/save-draft", "og lagre versjon 3", `id="map-standing"`, "Ingen godkjenning gjelder ennå")
	answers(t, edit(2, "drop", "opphold"), 200, "opphold har ingen kilde nå; 0 av 1 krav dekket", "v-opphold", "!v-vekt", "form-0-n", "!form-1-n",
		"1 obligatorisk mangler")
	answers(t, kaja.post(mappingOf+"/undo-edit", "edits", "3"), 200, "Angret: ", "1 av 1 krav dekket", "v-opphold", "!v-vekt", `data-from="k_opphold"`)
	answers(t, kaja.post(mappingOf+"/redo-edit", "edits", "4"), 200, "Gjort på nytt: ", "0 av 1 krav dekket", "v-opphold")
	answers(t, edit(5, "f.vekt", "fnr"), 422, `id="v-vekt"`, `value="fnr"`, "Ingenting er lagret", "!v-opphold")
	answers(t, edit(1, "f.vekt", "k_vekt"), http.StatusConflict, `<p id="map-said">`, `<div id="problem">`, "!<html", "!v-vekt")
	answers(t, kaja.post(mappingOf+"/undo-edit", "edits", "1"), http.StatusConflict, `<div id="problem">`)
}

// TestMappingStanding: what an edit does to the approval stands at the table, before the first edit and with each.
func TestMappingStanding(t *testing.T) {
	g, _ := newMappingRegister(t)
	g.approve()
	kaja := g.as(store.RoleCoordinator, "hjerte")
	answers(t, kaja.get(mappingOf), 200, "Det du endrer, lagres i din egen kladd. Versjon 2 er godkjent.", `<div id="map-draft"></div>`)
	answers(t, g.as(store.RoleReader, "hjerte").get(mappingOf), 200, "!map-standing", "!map-draft")
	kaja.header.Set("HX-Request", "true")
	answers(t, kaja.post(connect, "based", "2", "edits", "0", "drop", "vekt"), 200, "Godkjenningen dekker endringene", "Se 1 endring og lagre versjon 3",
		"Godkjenningen dekker dette.")
	answers(t, kaja.post(connect, "based", "2", "edits", "1", "f.vekt", "k_opphold"), 200, "1 endring må godkjennes på nytt",
		"Tas versjonen i bruk, stopper kjøringene")
}

// TestMappingFilters: each sort of variable can be asked for, and is told apart.
func TestMappingFilters(t *testing.T) {
	g, m := newMappingRegister(t)
	g.approve()
	kaja := g.as(store.RoleCoordinator, "hjerte")
	hidden := func(query string, opphold, vekt bool) {
		t.Helper()
		body := kaja.get(mappingOf + query).Body.String()
		for v, want := range map[string]bool{"opphold": opphold, "vekt": vekt} {
			if got := rowHidden(t, body, v); got != want {
				t.Errorf("%s: %s is hidden %v", query, v, got)
			}
		}
	}
	hidden("", false, false)
	hidden("?show=missing", true, true)
	hidden("?show=changed", true, true)
	hidden("?q=VEK", true, false)
	hidden("?q=k_opp", false, true)
	answers(t, kaja.get(mappingOf+"?q=finnes+ikke"), 200, `<p class="empty" id="map-none">`)

	kaja.post(connect, "based", "2", "edits", "0", "drop", "opphold")
	hidden("?show=missing", false, true)
	hidden("?show=unmapped", false, true)
	hidden("?show=changed", false, true)
	hidden("?show=changed&q=vekt", true, true)
	hidden("?show=failed", true, true)
	answers(t, kaja.get(mappingOf), 200, "Endret siden godkjenningen", "Endret siden godkjent versjon 2 (1)")

	g.ended(store.RunSucceeded, 0)
	m.failed = map[string]int64{"vekt": 3}
	hidden("?show=failed", true, false)
	answers(t, kaja.get(mappingOf), 200, "Stoppet 3 rader sist", "Stoppet rader i siste kjøring (1)")
}

// rowHidden tells whether a page leaves the row of a variable out.
func rowHidden(t *testing.T, body, variable string) bool {
	t.Helper()
	_, rest, ok := strings.Cut(body, `id="v-`+variable+`"`)
	if !ok {
		t.Fatalf("no row for %s", variable)
	}
	tag, _, _ := strings.Cut(rest, ">")
	return strings.HasSuffix(tag, " hidden")
}

// TestMappingProfile: what the source's values look like stands at its fields, and nothing of identity does.
func TestMappingProfile(t *testing.T) {
	g, _ := newMappingRegister(t)
	p := &store.SourceProfile{Rows: 200, At: g.clock.Now(), Fields: []store.FieldProfile{
		{Name: "fnr", Direct: true, Empty: 0}, {Name: "k_opphold", Empty: 0, Distinct: 200, Many: true,
			Patterns: []store.ValueCount{{Text: "a-9…", Rows: 200}}},
		{Name: "k_vekt", Type: store.VarInteger, Empty: 1, Distinct: 40, Top: []store.ValueCount{{Text: "72", Rows: 20}, {Text: "80", Rows: 10}}}}}
	err := g.db.SaveSourceProfile(t.Context(), "hjerte-rdap", &store.Schema{}, p, seeder)
	if err != nil {
		t.Fatal(err)
	}
	answers(t, g.as(store.RoleReader, "hjerte").get(mappingOf), 200, "Verdier fra 200 rader", "over 200 ulike", "a-9…", "under 1 % tomt",
		"40 ulike, «72» (20), «80» (10)", `<span class="code">72</span> → <span class="code">ut</span>`, "Går aldri hit")
}

// TestMappingGone: a field that the source no longer has is told at the top, at the rows that read it and in the list.
func TestMappingGone(t *testing.T) {
	g, _ := newMappingRegister(t)
	p := &store.SourceProfile{Rows: 200, At: g.clock.Now()}
	schema := func(without string) *store.Schema {
		var s store.Schema
		v, err := g.db.MappingVersion(t.Context(), "hjerte-rdap", 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range v.Mapping.Source {
			if f.Name != without {
				s.Fields = append(s.Fields, store.SchemaField{Name: f.Name})
			}
		}
		return &s
	}
	reader := g.as(store.RoleReader, "hjerte")
	for without, told := range map[string]int{"": 0, "k_vekt": 2} {
		if err := g.db.SaveSourceProfile(t.Context(), "hjerte-rdap", schema(without), p, seeder); err != nil {
			t.Fatal(err)
		}
		body := reader.get(mappingOf).Body.String()
		if n := strings.Count(body, "Feltet finnes ikke lenger i kilden"); n != told {
			t.Errorf("without %q it is told %d times", without, n)
		}
		if strings.Contains(body, "Felt som mappingen bruker, er borte") != (told > 0) {
			t.Errorf("without %q the note at the top is wrong", without)
		}
	}
}
