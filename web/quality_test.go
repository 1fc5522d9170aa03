package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"samband/store"
)

// plainCSV writes rows with semicolons, and a quote in front of what a spreadsheet would compute.
type plainCSV struct{ w io.Writer }

func (p plainCSV) Row(cells ...string) error {
	for i, c := range cells {
		if c != "" && strings.ContainsAny(c[:1], "=+@") {
			cells[i] = "'" + c
		}
	}
	_, err := io.WriteString(p.w, strings.Join(cells, ";")+"\n")
	return err
}

func (plainCSV) Flush() error { return nil }

// reported puts a run of hjerte-rdap with a report into the history. filled of 1000 rows have a weight.
func (g *register) reported(mappingNo int, filled, unknown, failed int64, persons int64) int64 {
	g.t.Helper()
	g.ended(store.RunSucceeded, 0)
	runs, err := g.db.Runs(g.t.Context(), store.RunFilter{All: true, Limit: 1})
	if err != nil {
		g.t.Fatal(err)
	}
	r := runs[0]
	q := &store.QualityReport{RunID: r.ID, RunNo: r.No, RegistryID: "hjerte", IntegrationID: "hjerte-rdap", CodebookVersion: 1,
		MappingNo: mappingNo, At: g.clock.Now(), Rows: 1000, Persons: persons,
		Completeness: []store.Completeness{{Variable: "opphold", Rows: 1000, Filled: 1000}, {Variable: "vekt", Rows: 1000, Filled: filled, Unknown: unknown}},
		Checks: []store.CheckResult{{Reason: "fnr", Kind: store.CheckPerson, Failed: failed, Examined: 1100},
			{Reason: "mangler", Kind: store.CheckRequired, Text: "Nøkkelen mangler", Examined: 1100 - failed}},
		Doubles:    store.Fraction{Num: 3, Den: 1003},
		Missing:    []store.Missing{{Variable: "vekt", Reason: store.MissingNotAsked, Rows: 3}},
		Timeliness: []store.Timeliness{{Variable: "inn", N: 900, Median: 2, P90: 5.5, Within30: 897, Negative: 2}},
	}
	if err := g.db.SaveReport(g.t.Context(), q); err != nil {
		g.t.Fatal(err)
	}
	return r.No
}

func TestQuality(t *testing.T) {
	g := newRegister(t)
	g.saveMapping(2, "opphold", "vekt")
	g.CSV = func(w io.Writer) RowWriter { return plainCSV{w} }
	coordinator, reader := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleReader, "hjerte")
	answers(t, coordinator.get("/quality"), 200, "Ingen rapporter ennå")
	answers(t, coordinator.get("/quality/hjerte"), 200, "Ingen rapporter ennå")
	answers(t, coordinator.get("/quality/hjerte/csv"), http.StatusNotFound)

	first := g.reported(1, 950, 20, 0, 400)
	answers(t, coordinator.get("/quality/hjerte"), 200, "i denne kjøringen ikke spurt: 3", "950 av 1\u00a0000, 20 ukjent", "95,0\u00a0%", "Den første rapporten",
		"Utviklingen vises når", "400 personer", "Nøkkelen mangler", "Ingen slo ut", "3 av 1\u00a0003", "99,7\u00a0%")
	second := g.reported(2, 997, 1, 12, 3)
	run := strconv.FormatInt(second, 10)
	answers(t, coordinator.get("/quality/hjerte?variable=vekt"), 200, "Ny", "12 av 1\u00a0100", "var 0", "Sammenlignet med kjøring "+strconv.FormatInt(first, 10),
		"Mapping 2", "Andel utfylt av Vekt", "997 av 1\u00a0000, 1 ukjent", "3 personer", "/quarantine?run="+run+"&amp;reason=fnr")
	answers(t, coordinator.get("/quality/hjerte?run="+strconv.FormatInt(first, 10)), 200, "950 av 1\u00a0000")
	g.reported(2, 997, 1, 0, 3)
	answers(t, coordinator.get("/quality/hjerte"), 200, "Løst", "var 12")
	answers(t, coordinator.get("/quality"), 200, "Hjertekirurgi", "100,0\u00a0%", "/quality/hjerte?integration=hjerte-rdap")

	// who may not see rows learns of nobody: small counts are hidden, and so is what they could be worked out from
	page := reader.get("/quality/hjerte?run=" + run)
	answers(t, page, 200, "&lt;5 personer", "ca. 1\u00a0000 av 1\u00a0000", "&lt;5 ukjent", "ikke spurt: &lt;5", "12 av 1\u00a0100", "3 av 1\u00a0003", "Tall om personer under 5",
		"!997", "!99,7\u00a0%", "!/quarantine?run")
	if strings.Contains(page.Body.String(), `data-label="Etter lasting">2<`) {
		t.Error("events after loading are shown exactly")
	}
	file := reader.get("/quality/hjerte/csv?run=" + run)
	answers(t, file, 200, "Utfylt;vekt;Vekt;1000;1000;100,0;<5", "i kjøringen;vekt;ikke spurt;<5", "Kontroll;mangler;Nøkkelen mangler;0;1088", "!997", "!;99,7")
	if ct := file.Header().Get("Content-Type"); ct != "text/csv; charset=utf-8" || !strings.HasPrefix(file.Body.String(), "\ufeffMål;") {
		t.Errorf("%s: %.20q", ct, file.Body.String())
	}
	answers(t, coordinator.get("/quality/hjerte/csv?run="+run), 200, "Utfylt;vekt;Vekt;997;1000;99,7;1", "Median døgn;inn;;2,0")

	for _, path := range []string{"?run=99", "?run=x", "?integration=lunge-rdap"} {
		answers(t, coordinator.get("/quality/hjerte"+path), http.StatusNotFound)
	}
	all := g.as(store.RoleCoordinator, store.AllRegistries)
	answers(t, all.get("/quality/lunge?run="+run), http.StatusNotFound) // another registry's run
	answers(t, g.as(store.RoleCoordinator, "lunge").get("/quality/hjerte"), http.StatusNotFound)
	answers(t, g.as(store.RoleCoordinator, "lunge").get("/quality"), 200, "!Hjertekirurgi")
}

func TestCodebook(t *testing.T) {
	g := newRegister(t)
	g.CSV = func(w io.Writer) RowWriter { return plainCSV{w} }
	one, top := 1.0, 300.5
	book := &store.Codebook{ID: "hjertebok", Version: 2, RegistryID: "hjerte", Title: "Hjerteboken", Key: []string{"opphold"},
		Variables: []store.Variable{
			{Name: "opphold", Type: store.VarText, Required: true, Class: store.Technical, Form: "Opphold"},
			{Name: "vekt", Label: "=Vekt", Type: store.VarDecimal, Unit: "kg", Min: &one, Max: &top, Class: store.Health, Form: "Mål"},
			{Name: "royk", Label: "Røyk", Type: store.VarCode, Class: store.Health, Codes: []store.CodeOption{{Code: "1", Label: "Ja"},
				{Code: "9", Label: "Ukjent", Missing: true}}}}}
	if err := g.db.SaveCodebook(t.Context(), book, seeder); err != nil {
		t.Fatal(err)
	}
	v := g.as(store.RoleReader, "hjerte")
	answers(t, v.get("/codebooks/hjertebok"), 200, "Versjon 2, den nyeste", "1–300,5", "kg", "betyr ikke kjent", "Nøkkel: opphold",
		"Hjertekirurgi fra plattformen", "?version=1")
	answers(t, v.get("/codebooks/hjertebok?version=1"), 200, "Versjon 1. Den nyeste er 2", "!Røyk")
	answers(t, v.get("/codebooks/hjertebok/csv?version=2"), 200, "Mål;vekt;'=Vekt;Desimaltall;kg;1;300,5;nei;Helseopplysning", "1 = Ja, 9 = Ukjent")
	for _, path := range []string{"/codebooks/hjertebok?version=3", "/codebooks/hjertebok?version=x", "/codebooks/ingen", "/codebooks/ingen/csv"} {
		answers(t, v.get(path), http.StatusNotFound)
	}
	answers(t, g.as(store.RoleReader, "lunge").get("/codebooks/hjertebok"), http.StatusNotFound)
}
