package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"samband/store"
)

// newRulesRegister has a variable more than newMappingRegister: when the row is from, which is a date.
func newRulesRegister(t *testing.T) (*register, *testMapper) {
	t.Helper()
	g, m := newMappingRegister(t)
	book, err := g.db.Codebook(t.Context(), "hjertebok", 0)
	if err != nil {
		t.Fatal(err)
	}
	next := *book
	next.Version = book.Version + 1
	next.Variables = append(next.Variables[:len(next.Variables):len(next.Variables)], store.Variable{Name: "inn", Label: "Innlagt",
		Type: store.VarDate, Class: store.Health}, store.Variable{Name: "kjonn", Label: "Kjønn", Type: store.VarCode, Class: store.Health,
		Codes: []store.CodeOption{{Code: "1", Label: "Mann"}, {Code: "2", Label: "Kvinne"}, {Code: "9", Label: "Ukjent", Missing: true}}})
	if err := g.db.SaveCodebook(t.Context(), &next, seeder); err != nil {
		t.Fatal(err)
	}
	v, err := g.db.MappingVersion(t.Context(), "hjerte-rdap", 0)
	if err != nil {
		t.Fatal(err)
	}
	saved := &store.MappingVersion{IntegrationID: "hjerte-rdap", No: v.No + 1, CodebookID: next.ID, CodebookVersion: next.Version, Mapping: v.Mapping}
	saved.Mapping.Source = append(saved.Mapping.Source, store.Field{Name: "k_inn", Class: store.Health}, store.Field{Name: "k_kjonn", Class: store.Health})
	saved.Mapping.Rules = append(saved.Mapping.Rules, store.Rule{Variable: "inn", Steps: []store.Step{{Kind: store.StepCopy, From: []string{"k_inn"}},
		{Kind: store.StepDate, Layout: "dd.mm.yyyy"}}}, store.Rule{Variable: "kjonn", Steps: []store.Step{{Kind: store.StepCopy, From: []string{"k_kjonn"}},
		{Kind: store.StepMissing, Values: []string{"-9"}}}})
	saved.Mapping.Checks = append(saved.Mapping.Checks, store.Check{Reason: "dato", Kind: store.CheckDate}, store.Check{Reason: "kode", Kind: store.CheckCode},
		store.Check{Reason: "uttrykk", Kind: store.CheckExpr})
	if err := g.db.SaveMapping(t.Context(), saved, seeder); err != nil {
		t.Fatal(err)
	}
	return g, m
}

func TestMappingCorrections(t *testing.T) {
	g, m := newRulesRegister(t)
	kaja, reader := g.login("kaja"), g.as(store.RoleReader, "hjerte")
	list := mappingOf + "/value-corrections"
	at := list + "/new-correction"
	answers(t, kaja.get(list), 200, "Ingen rettelser", "Ny rettelse")
	answers(t, reader.get(list), 200, "Ingen rettelser", "!Ny rettelse")
	answers(t, kaja.get(at), 200, `name="s.add"`, "Innlagt (inn)", "!Kjønn (inn)")
	answers(t, kaja.get(list+"/finnes_ikke"), http.StatusNotFound)
	correction := func(edits string, more ...string) []string {
		return append([]string{"based", "3", "edits", edits, "name", "gram", "reason", "Vekta viste gram", "variable", "vekt", "at", "inn",
			"from", "2026-03-01", "to", "31.03.2026", "s.n", "1", "s.0.kind", "scale"}, more...)
	}
	answers(t, kaja.post(at, correction("0", "do", "add s", "s.add", "when")...), 200, `name="s.1.kind" value="when"`, `value="gram"`)
	answers(t, kaja.post(at, correction("0", "do", "save")...), 422, "f-s.0.factor-error", "Vekta viste gram")
	answers(t, kaja.post(at, "based", "3", "edits", "0", "do", "save"), 422, "f-name-error", "f-reason-error", "f-from-error", "f-variable-error",
		`href="#f-s.add"`)
	wrong := correction("0", "s.0.factor", "0,001", "do", "save")
	wrong[15] = "01.01.2026"
	answers(t, kaja.post(at, wrong...), 422, "f-to-error")
	wrong = correction("0", "s.0.factor", "0,001", "do", "save", "only", "on", "if.field", "fnr", "if.op", "present")
	answers(t, kaja.post(at, wrong...), 422, "f-if.field-error")

	// what it would change is shown first
	m.preview = &store.Preview{Delivery: "uttrekk.csv", Rows: []store.PreviewRow{{Position: 1, Cells: []store.PreviewCell{
		{Variable: "vekt", After: store.IntValue(72000)}}}}}
	answers(t, kaja.post(mappingOf+"/try-correction", correction("0", "s.0.factor", "0,001", "do", "try")...), 200,
		"0 av 1 rader fra uttrekk.csv", "!72000")
	m.corrected = &store.Preview{Delivery: "uttrekk.csv", Rows: []store.PreviewRow{{Position: 1, Cells: []store.PreviewCell{
		{Variable: "vekt", After: store.IntValue(72)}}}}}
	answers(t, kaja.post(mappingOf+"/try-correction", correction("0", "s.0.factor", "0,001", "do", "try")...), 200,
		"1 av 1 rader fra uttrekk.csv", "72000", "<td>72")
	if len(m.tried.Corrections) != 1 || len(m.tried.Rules) != 2 {
		t.Errorf("tried with %+v", m.tried.Corrections)
	}
	answers(t, kaja.post(mappingOf+"/try-correction", correction("0", "do", "try")...), 200, "Regelen er ikke ferdig")

	leads(t, kaja.post(at, correction("0", "s.0.factor", "0,001", "do", "save")...), list)
	d := g.drafted().Mapping
	k := d.Correction("gram")
	if k == nil || k.To != "2026-03-31" || k.Steps[0].Factor != 0.001 || k.Author != g.user("kaja").ID || !k.Made.Equal(g.clock.Now()) {
		t.Fatalf("kept %+v", k)
	}
	answers(t, kaja.get(list), 200, "Vekta viste gram", "× 0,001", "Ingen godkjenning gjelder nå", "Laget av")
	answers(t, kaja.post(at, correction("1", "s.0.factor", "2", "do", "save")...), 422, "f-name-error") // the name is taken
	answers(t, kaja.post(list+"/gram", correction("0", "s.0.factor", "2", "do", "save")...), http.StatusConflict, "et annet vindu", `value="2"`)
	leads(t, kaja.post(list+"/gram", correction("1", "s.0.factor", "2", "do", "save")...), list)
	answers(t, kaja.get(list+"/gram"), 200, `value="2"`, "Opphev rettelsen")

	answers(t, kaja.post(list+"/gram/undo", "based", "3", "edits", "2"), 422, "f-why-error")
	answers(t, kaja.post(list+"/gram/undo", "based", "3", "edits", "1", "why", "x"), http.StatusConflict, `value="x"`)
	leads(t, kaja.post(list+"/gram/undo", "based", "3", "edits", "2", "why", "Det var pund"), list)
	answers(t, kaja.get(list), 200, "Opphevet", "Det var pund", "!Ingen godkjenning gjelder")
	answers(t, kaja.get(list+"/gram"), http.StatusNotFound)
	if got := reader.post(at, correction("0")...); got.Code != http.StatusForbidden {
		t.Errorf("a reader corrects: %d", got.Code)
	}
}

func TestMappingTables(t *testing.T) {
	g, _ := newRulesRegister(t)
	kaja := g.login("kaja")
	list := mappingOf + "/lookup-tables"
	at := list + "/new-table"
	answers(t, kaja.get(list), 200, "Ingen tabeller ennå", "Ny tabell")
	answers(t, g.as(store.RoleReader, "hjerte").get(list), 200, "!Ny tabell")
	answers(t, kaja.get(at), 200, `enctype="multipart/form-data"`)
	table := func(edits, rows string) []string {
		return []string{"based", "3", "edits", edits, "name", "enheter", "rows", rows, "do", "save"}
	}
	for what, rows := range map[string]string{"nothing": "", "one column": "kode\n1", "no name": "kode;\n1;2", "same name": "a;a\n1;2",
		"short row": "a;b\n1", "same key": "a;b\n1;x\n2;y\n1;z", "long cell": "a;b\n1;" + strings.Repeat("x", 201),
		"too many": "a;b\n" + strings.Repeat("1;2\n", store.MaxTableRows+1), "quotes": "a;b\n\"1;2", "a person": "a;b\n17837130158;2"} {
		w := kaja.post(at, table("0", rows)...)
		if w.Code != 422 || !strings.Contains(w.Body.String(), "f-rows-error") {
			t.Errorf("%s: %d", what, w.Code)
		}
	}
	answers(t, kaja.post(at, table("0", "a;b\n1;x\n2;y\n1;z")...), 422, "rad 3", "2;y")
	wrong := table("0", "a;b\n1;2")
	wrong[5] = "Enheter"
	answers(t, kaja.post(at, wrong...), 422, "f-name-error")

	leads(t, kaja.post(at, table("0", "kode,enhet\n1,\"Kirurgisk, post 2\"\n2, Medisinsk \n")...), list)
	if got := g.drafted().Mapping.Table("enheter"); got == nil || got.Rows[0][1] != "Kirurgisk, post 2" || got.Rows[1][1] != "Medisinsk" {
		t.Fatalf("kept %+v", got)
	}
	answers(t, kaja.get(list), 200, "2 rader: kode, enhet", "Ingen regel bruker den ennå", "Kirurgisk, post 2")
	answers(t, kaja.get(list+"/enheter"), 200, "2;Medisinsk", "readonly")
	upload := func(content string) *httptest.ResponseRecorder {
		return kaja.upload(list+"/enheter", "enheter.csv", []byte(content), "based", "3", "edits", "1", "rows", "kastes", "do", "save")
	}
	leads(t, upload("\ufeffkode\tenhet\r\n7\tBarn\r\n"), list)
	if got := g.drafted().Mapping.Table("enheter"); len(got.Rows) != 1 || got.Columns[0] != "kode" || got.Rows[0][1] != "Barn" {
		t.Fatalf("uploaded %+v", got)
	}
	answers(t, kaja.post(list+"/enheter", table("1", "kode;enhet\n1;a")...), http.StatusConflict, "et annet vindu", "1;a", `name="edits" value="1"`)
	answers(t, kaja.post(list+"/enheter", table("1", "")...), 422, `name="edits" value="1"`) // what came back is no newer for that

	// a table that a rule reads stays, with the column it takes
	leads(t, kaja.post(mappingOf+"/opphold", "based", "3", "edits", "2", "s.n", "2", "s.0.kind", "copy", "s.0.from", "k_opphold", "s.1.kind", "lookup",
		"s.1.lookup", "enheter/enhet", "s.1.otherwise", "keep", "do", "save"), mappingOf+"#variables")
	answers(t, kaja.get(list), 200, "Brukes av opphold")
	answers(t, kaja.post(list+"/enheter", table("3", "kode;navn\n1;a")...), 422, "Kolonnen enhet mangler")
	answers(t, kaja.post(list+"/enheter/remove", "based", "3", "edits", "3"), http.StatusConflict, "opphold slår opp i den")
	leads(t, kaja.post(mappingOf+"/opphold", "based", "3", "edits", "3", "s.n", "1", "s.0.kind", "copy", "s.0.from", "k_opphold", "do", "save"),
		mappingOf+"#variables")
	answers(t, kaja.post(list+"/enheter/remove", "based", "3", "edits", "1"), http.StatusConflict, "et annet vindu")
	leads(t, kaja.post(list+"/enheter/remove", "based", "3", "edits", "4"), list)
	answers(t, kaja.get(list), 200, "Ingen tabeller ennå")
	answers(t, kaja.post(list+"/new-table/remove", "based", "3", "edits", "5"), http.StatusNotFound)
}

func TestMappingMissing(t *testing.T) {
	g, _ := newRulesRegister(t)
	kaja, at := g.login("kaja"), mappingOf+"/missing-values"
	answers(t, kaja.get(at), 200, "-9 → Ingenting", "Kjønn", "!missing-vekt", "Vis alle variabler", "Ingen har sett på kildens verdier")
	answers(t, kaja.get(at+"?show=all"), 200, "missing-vekt", "Ingenting betyr at verdien mangler")
	answers(t, g.as(store.RoleReader, "hjerte").get(at), 200, "-9 → Ingenting", "!<select")
	fields := func(edits string, more ...string) []string {
		return append([]string{"based", "3", "edits", edits, "m.n", "2", "m.0.variable", "kjonn", "m.0.empty", "=9", "m.0.missing", "-9",
			"m.0.outcome", "=9", "m.0.missing", "-8", "m.0.outcome", "declined", "m.0.missing", "", "m.0.outcome", "null",
			"m.1.variable", "vekt", "m.1.empty", "", "do", "save"}, more...)
	}
	answers(t, kaja.post(at, fields("0", "m.1.missing", "999", "m.1.outcome", "null", "m.1.missing", "999", "m.1.outcome", "unknown")...), 422,
		"f-m.1.missing-error", "missing-vekt")
	answers(t, kaja.post(at, fields("0", "m.1.missing", "999", "m.1.outcome", "=9")...), 422, "f-m.1.missing-error") // it has no such code
	leads(t, kaja.post(at, fields("0", "m.1.missing", "999", "m.1.outcome", "null")...), at)
	d := &g.drafted().Mapping
	kjonn, vekt := d.Rule("kjonn").Steps, d.Rule("vekt").Steps
	if len(kjonn) != 2 || kjonn[1].Map[""] != "9" || kjonn[1].Map["-9"] != "9" || kjonn[1].Reasons["-8"] != store.MissingDeclined {
		t.Errorf("kjonn %+v", kjonn)
	}
	if len(vekt) != 3 || vekt[1].Kind != store.StepMissing || vekt[1].Values[0] != "999" {
		t.Errorf("vekt %+v", vekt)
	}
	answers(t, kaja.get(at), 200, "-8 → Ingenting: ville ikke svare", "-9 → Koden 9 Ukjent", "(tom) → Koden 9 Ukjent", "missing-vekt")
	answers(t, kaja.post(at, fields("0")...), http.StatusConflict, "et annet vindu")
	leads(t, kaja.post(at, fields("1")...), at) // what says nothing any more is gone
	if steps := g.drafted().Mapping.Rule("vekt").Steps; len(steps) != 2 {
		t.Errorf("vekt %+v", steps)
	}
	answers(t, kaja.post(at, "based", "3", "edits", "2", "m.n", "1", "m.0.variable", "ukjent", "do", "save"), http.StatusConflict)
	answers(t, kaja.post(at, "based", "3", "edits", "2", "m.n", "1", "m.0.variable", "vekt", "m.0.missing", "7", "m.0.outcome",
		"null", "do", "more m.0"), 200, `value="7"`, `name="edits" value="2"`)
	// A form that comes back is no newer for that: with it nobody's work is written over unseen.
	answers(t, kaja.post(at, "based", "3", "edits", "1", "m.n", "1", "m.0.variable", "vekt", "m.0.missing", "7", "m.0.outcome",
		"null", "do", "more m.0"), 200, `name="edits" value="1"`)
	answers(t, kaja.post(at, fields("1", "m.1.missing", "999", "m.1.outcome", "=9")...), 422, `name="edits" value="1"`)
}

func TestMappingFacts(t *testing.T) {
	g, _ := newRulesRegister(t)
	kaja, at := g.login("kaja"), mappingOf+"/fact-versions"
	answers(t, kaja.get(at), 200, "Den nyeste leveransen vinner", "opphold", `name="f.0.variable"`)
	answers(t, g.as(store.RoleReader, "hjerte").get(at), 200, "Den nyeste leveransen vinner", "!<select")
	facts := func(edits string, more ...string) []string {
		return append([]string{"based", "3", "edits", edits}, more...)
	}
	answers(t, kaja.post(at, facts("0", "do", "save")...), 422, "Hvilken rad gjelder")
	answers(t, kaja.post(at, facts("0", "mode", "latest", "do", "save")...), 422, "f-latest-error")
	answers(t, kaja.post(at, facts("0", "mode", "priority", "variable", "kjonn", "order", "", "do", "save")...), 422, "f-order-error")
	answers(t, kaja.post(at, facts("0", "mode", "none", "f.n", "2", "f.1.variable", "vekt", "f.1.how", "mean", "f.1.by", "inn", "do", "save")...), 422,
		"f-f.0.how-error")
	answers(t, kaja.post(at, facts("0", "mode", "none", "f.n", "1", "f.0.variable", "vekt", "f.0.how", "latest", "do", "save")...), 422,
		"f-f.0.by-error")
	answers(t, kaja.post(at, facts("0", "mode", "none", "f.n", "1", "f.0.variable", "vekt", "f.0.how", "max", "f.0.by", "inn", "f.0.anchor", "inn",
		"f.0.from", "24", "f.0.to", "mange", "do", "save")...), 422, "f-f.0.to-error", `value="mange"`)
	answers(t, kaja.post(at, facts("0", "mode", "none", "f.n", "1", "f.0.variable", "vekt", "f.0.how", "max", "do", "more")...), 200, `name="f.1.variable"`)
	leads(t, kaja.post(at, facts("0", "mode", "first", "first", "inn", "latest", "vekt", "f.n", "2", "f.1.variable", "vekt", "f.1.how", "max", "f.1.by", "inn",
		"f.1.anchor", "inn", "f.1.from", "0", "f.1.to", "24", "do", "save")...), at)
	r := g.drafted().Mapping.Resolve
	if r.First != "inn" || r.Latest != "" || len(r.Fields) != 1 || r.Fields[0].How != store.PickMax || *r.Fields[0].Window != (store.Window{Anchor: "inn", To: 24}) {
		t.Errorf("kept %+v", r)
	}
	answers(t, kaja.get(at), 200, "Den med minst inn vinner; den største vekt", `value="24"`)
	answers(t, kaja.get(mappingOf), 200, "Den med minst inn vinner")
	answers(t, kaja.post(at, facts("0", "mode", "none", "do", "save")...), http.StatusConflict, "et annet vindu")
	leads(t, kaja.post(at, facts("1", "mode", "priority", "variable", "kjonn", "order", "2\n1", "then", "inn", "do", "save")...), at)
	answers(t, kaja.get(at), 200, mappingOf+"/version-preview")
	answers(t, g.as(store.RoleReader, "hjerte").get(at), 200, "!version-preview")
	answers(t, kaja.post(at, facts("1", "mode", "none", "f.n", "1", "f.0.variable", "vekt", "f.0.how", "max", "do", "more")...), 200,
		`name="edits" value="1"`, `!name="edits" value="2"`)
	answers(t, kaja.post(at, facts("1", "mode", "latest", "do", "save")...), 422, `name="edits" value="1"`)
	if p := g.drafted().Mapping.Resolve.Priority; p == nil || len(p.Order) != 2 || p.Order[0] != "2" || p.Latest != "inn" {
		t.Errorf("kept %+v", p)
	}
}
