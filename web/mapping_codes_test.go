package web

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samband/store"
)

// newCodes is a register whose codebook has the variable kjonn, mapped from a field with the values of list 3101.
func newCodes(t *testing.T) *register {
	t.Helper()
	g, _ := newMappingRegister(t)
	c, err := g.db.Codebook(t.Context(), "hjertebok", 0)
	if err != nil {
		t.Fatal(err)
	}
	c.Version++
	c.Variables = append(c.Variables, store.Variable{Name: "kjonn", Label: "Kjønn", Type: store.VarCode, Class: store.Indirect,
		Codes: []store.CodeOption{{Code: "M", Label: "Mann"}, {Code: "K", Label: "Kvinne"}}})
	c.Variables = append(c.Variables, store.Variable{Name: "annet_kjonn", Label: "Annet kjønn", Type: store.VarCode, Class: store.Indirect,
		Codes: []store.CodeOption{{Code: "M"}}})
	if err := g.db.SaveCodebook(t.Context(), c, seeder); err != nil {
		t.Fatal(err)
	}
	p := &store.SourceProfile{Rows: 100, Fields: []store.FieldProfile{{Name: "k_opphold", Distinct: 3, Hidden: 2, Top: []store.ValueCount{
		{Text: "1", Rows: 60}, {Text: "2", Rows: 30}, {Text: "9", Rows: 7}}}}}
	if err := g.db.SaveSourceProfile(t.Context(), "hjerte-rdap", &store.Schema{}, p, seeder); err != nil {
		t.Fatal(err)
	}
	return g
}

const queueOf = mappingOf + "/code-queue/kjonn"

// codeForm is the queue's form: the draft it was drawn from, one value, and what more is written.
func codeForm(based, edits int, value string, version int, more ...string) []string {
	return append([]string{"based", strconv.Itoa(based), "edits", strconv.Itoa(edits), "v.n", "1", "v.0.value", value,
		"v.0.version", strconv.Itoa(version)}, more...)
}

func TestCodeQueue(t *testing.T) {
	g := newCodes(t)
	coordinator, reader := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleReader, "hjerte")
	answers(t, coordinator.get(mappingOf+"/code-queue"), 200, "Kjønn", "Ikke mappet", queueOf)
	answers(t, coordinator.get(queueOf), 200, "ikke mappet ennå", "Ingen verdier å vise")
	leads(t, coordinator.post(mappingOf+"/kjonn", "based", "2", "edits", "0", "s.n", "1", "s.0.kind", "copy", "s.0.from", "k_opphold",
		"do", "save"), mappingOf+"#variables")
	answers(t, coordinator.get(queueOf), 200, "2 verdier vises ikke", "M – Mann", "70 % sikkert", "60", "Ikke avgjort")

	// one value
	leads(t, coordinator.post(queueOf, codeForm(2, 1, "1", 0, "v.0.code", "M", "v.0.relation", "equivalent", "do", "approve 0")...), queueOf+"#queue")
	answers(t, coordinator.get(queueOf), 200, "Blir M – Mann", "Avgjort av", "Verdier som ikke står i tabellen")
	if n := g.audited("translation.decide"); n != 1 {
		t.Errorf("%d lines in the log", n)
	}
	for _, c := range []struct {
		name string
		form []string
		want int
		says string
	}{
		{"the draft has moved on", codeForm(2, 1, "2", 0, "v.0.code", "K", "v.0.relation", "equivalent", "do", "approve 0"), 409, "Ingenting er skrevet"},
		{"somebody decided first", codeForm(2, 2, "1", 0, "v.0.code", "K", "v.0.relation", "equivalent", "do", "approve 0"), 409, "Ingenting er skrevet"},
		{"no such code", codeForm(2, 2, "2", 0, "v.0.code", "X", "v.0.relation", "equivalent", "do", "approve 0"), 422, "har ikke"},
		{"no code", codeForm(2, 2, "2", 0, "v.0.code", "", "v.0.relation", "equivalent", "do", "approve 0"), 422, "Velg en kode"},
		{"no relation", codeForm(2, 2, "2", 0, "v.0.code", "K", "do", "approve 0"), 422, "relation"},
		{"a flag without a reason", codeForm(2, 2, "9", 0, "do", "flag 0"), 422, "note"},
		{"a value from nowhere", codeForm(2, 2, "77", 0, "v.0.code", "K", "v.0.relation", "equivalent", "do", "approve 0"), 422, ""},
		{"a row from nowhere", codeForm(2, 2, "2", 0, "do", "approve 7"), 404, ""},
		{"nothing to do", codeForm(2, 2, "2", 0), 404, ""},
		{"half sure", codeForm(2, 2, "2", 0, "score", "10", "do", "bulk"), 422, "score"},
		{"otherwise to no code", codeForm(2, 2, "2", 0, "otherwise", "code", "otherwise_code", "X", "do", "otherwise"), 422, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.says == "har ikke" {
				c.says = "finnes ikke i kodelisten"
			}
			answers(t, coordinator.post(queueOf, c.form...), c.want, c.says)
		})
	}
	// What came back is no newer for that: neither the draft nor the decision that it was drawn from.
	answers(t, coordinator.post(queueOf, codeForm(2, 1, "1", 0, "v.0.code", "X", "v.0.relation", "equivalent", "do", "approve 0")...), 422,
		`name="edits" value="1"`, `name="v.0.version" value="0"`)
	leads(t, coordinator.post(queueOf, codeForm(2, 2, "9", 0, "v.0.relation", "no_match", "v.0.code", "M", "do", "approve 0")...), queueOf+"#queue")
	leads(t, coordinator.post(queueOf, codeForm(2, 3, "2", 0, "score", "70", "do", "bulk")...), queueOf+"#queue")
	leads(t, coordinator.post(queueOf, codeForm(2, 4, "2", 1, "otherwise", "null", "do", "otherwise")...), queueOf+"#queue")
	d, err := g.db.CodeDecisions(t.Context(), "hjerte-rdap", "kjonn")
	if err != nil || len(d) != 3 || d[1].Code != "K" || d[2].Relation != store.RelNoMatch {
		t.Fatalf("%v %+v", err, d)
	}
	answers(t, coordinator.get(queueOf), 200, "Blir tom", "K – Kvinne", "!Ikke avgjort")
	leads(t, coordinator.post(queueOf, codeForm(2, 5, "2", 1, "v.0.note", "hvem er dette", "do", "flag 0")...), queueOf+"#queue")
	answers(t, coordinator.get(queueOf), 200, "Flagget", "hvem er dette")
	leads(t, coordinator.post(queueOf, codeForm(2, 5, "2", 2, "do", "ignore 0")...), queueOf+"#queue")
	answers(t, coordinator.get(queueOf), 200, "Sett bort fra")

	// a draft that is thrown away loses the table, not the decisions
	leads(t, coordinator.post(mappingOf+"/undo-edit", "edits", "6"), mappingOf+"#variables")
	answers(t, reader.get(queueOf), 200, "!Avgjør", "!Les inn", "Godkjent, ikke i kladden")
	for _, w := range []struct {
		as   *visitor
		want int
	}{{reader, 403}, {g.as(store.RoleCoordinator, "lunge"), 404}} {
		answers(t, w.as.post(queueOf, codeForm(2, 7, "2", 0, "do", "ignore 0")...), w.want)
	}
	answers(t, coordinator.get(mappingOf+"/code-queue/vekt"), 404)
}

// onPage gives what the form of a page of the queue holds, as a browser sends it.
func onPage(t *testing.T, page *httptest.ResponseRecorder) []string {
	t.Helper()
	var form []string
	_, html, _ := strings.Cut(page.Body.String(), `id="queue"`)
	html, _, _ = strings.Cut(html, "</form>")
	for _, x := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(html, -1) {
		form = append(form, x[1], x[2])
	}
	return form
}

func TestLargestCodeQueue(t *testing.T) {
	g := newCodes(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	file := "variable;value;verdict;code;note\n"
	for i := range store.MaxCodeValues {
		file += fmt.Sprintf("kjonn;v%04d;flagged;;hva er dette\n", i)
	}
	w := coordinator.upload(queueOf+"/from-file", "koder.csv", []byte(file), "based", "2", "edits", "0")
	leads(t, w, queueOf+"#queue")
	first := coordinator.get(queueOf)
	answers(t, first, 200, "Verdi 1–100 av 5", "Flagget (5", `value="100"`, "v0099", "!v0100")
	if n := first.Body.Len(); n > 600<<10 {
		t.Errorf("a page of the largest queue is %d kB", n>>10)
	}
	const second = queueOf + "?page=2&state=flagged"
	page := coordinator.get(second)
	answers(t, page, 200, "v0100", "!v0099", "Verdi 101–200 av 5")
	form := onPage(t, page)
	answers(t, coordinator.post(second, append(form, "do", "chosen ignore")...), 422, "Velg minst én verdi", "v0100", "!v0099")
	answers(t, coordinator.post(second, append(form, "v.1.chosen", "on", "v.1.note", "", "do", "chosen flag")...), 422,
		`href="#f-v.1.note"`, "v0101", "!v0099")
	leads(t, coordinator.post(second, append(form, "v.1.chosen", "on", "v.1.code", "K", "v.1.relation", "equivalent",
		"v.3.chosen", "on", "v.3.code", "M", "v.3.relation", "broader", "do", "chosen approve")...), second+"#queue")
	leads(t, coordinator.post(second, append(onPage(t, coordinator.get(second)), "do", "ignore 0")...), second+"#queue")
	d, err := g.db.CodeDecisions(t.Context(), "hjerte-rdap", "kjonn")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, x := range d {
		if x.Verdict != store.VerdictFlagged || x.Version > 1 {
			got[x.Value] = string(x.Verdict) + x.Code
		}
	}
	want := map[string]string{"v0101": "approvedK", "v0103": "approvedM", "v0100": "ignored"}
	if !maps.Equal(got, want) {
		t.Errorf("decided: %v, want %v", got, want)
	}
	answers(t, coordinator.get(queueOf+"?state=ignored&page=9"), 200, "v0100", "!v0101")
	answers(t, coordinator.get(queueOf+"?state=same"), 200, "Ingen verdier er i denne tilstanden")

	m := coordinator.get(queueOf + "/as-concept-map")
	answers(t, m, 200)
	leads(t, coordinator.upload(queueOf+"/from-file?state=flagged", "koder.json", m.Body.Bytes(), "based", "2", "edits", "1"),
		queueOf+"?state=flagged#queue")
}

func TestCodesAsFiles(t *testing.T) {
	g := newCodes(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	leads(t, coordinator.post(mappingOf+"/kjonn", "based", "2", "edits", "0", "s.n", "1", "s.0.kind", "copy", "s.0.from", "k_opphold",
		"do", "save"), mappingOf+"#variables")
	leads(t, coordinator.post(queueOf, codeForm(2, 1, "1", 0, "v.0.code", "M", "v.0.relation", "equivalent", "do", "approve 0")...), queueOf+"#queue")

	const head = "variable;value;verdict;code\n"
	read := func(edits, name, content string) *httptest.ResponseRecorder {
		return coordinator.upload(queueOf+"/from-file", name, []byte(content), "based", "2", "edits", edits)
	}
	answers(t, read("2", "koder.csv", head+"kjonn;2;approved;X\n"), 422, "Rad 2:", "finnes ikke i kodelisten")
	answers(t, read("1", "koder.csv", head), 409)
	leads(t, read("2", "koder.csv", head+"kjonn;2;approved;K\nkjonn;1;approved;K\n"), queueOf+"#queue")
	answers(t, coordinator.get(queueOf), 200, "1 rad er lest inn. 1 sto fra før", "Blir K – Kvinne", "Blir M – Mann", "Lest inn av")

	answers(t, coordinator.get(queueOf+"/as-csv"), 200, "kjonn;1;approved;M;equivalent", "kjonn;2;approved;K;equivalent",
		"kjonn;9;;;;;;;;;undecided;7;")
	m := coordinator.get(queueOf + "/as-concept-map")
	answers(t, m, 200, `"resourceType": "ConceptMap"`, `"equivalence": "equivalent"`)
	leads(t, read("3", "koder.json", m.Body.String()), queueOf+"#queue")
	answers(t, coordinator.get(queueOf), 200, "0 rader er lest inn. 0 sto fra før", "!uansett når hendelsen var")
	leads(t, read("3", "koder.csv", "variable;value;verdict;code;valid_from;valid_to\nkjonn;9;approved;K;2001-01-01;2002-12-31\n"), queueOf+"#queue")
	answers(t, coordinator.get(queueOf), 200, "Avgjort, gjelder ikke nå", "uansett når hendelsen var", "!Ikke avgjort")
	leads(t, read("4", "koder.csv", head+"kjonn;12;approved;K\nannet_kjonn;1;approved;M\nannet_kjonn;2;approved;M\n"), queueOf+"#queue")
	answers(t, coordinator.get(queueOf), 200, "3 rader er lest inn, i disse variablene: Kjønn (1), Annet kjønn (2). 0 sto fra før")
	many := head
	for i := range store.MaxCodeValues { // two are there already
		many += fmt.Sprintf("kjonn;v%d;approved;K\n", i)
	}
	answers(t, read("5", "koder.csv", many), 422, "Ingenting er skrevet", "oppslagstabell")
	answers(t, read("5", "koder.json", `{"resourceType":"Bundle"}`), 422, "ConceptMap")
}

// TestCodeQueueIsFull: one more value is refused on the page as it is of a file, and what is decided can be decided again.
func TestCodeQueueIsFull(t *testing.T) {
	g := newCodes(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	leads(t, coordinator.post(mappingOf+"/kjonn", "based", "2", "edits", "0", "s.n", "1", "s.0.kind", "copy", "s.0.from", "k_opphold",
		"do", "save"), mappingOf+"#variables")
	var full []store.CodeDecision
	for i := range store.MaxCodeValues {
		full = append(full, store.CodeDecision{Variable: "kjonn", Value: "x" + strconv.Itoa(i), Verdict: store.VerdictIgnored})
	}
	if _, _, err := g.db.ImportCodeDecisions(t.Context(), "hjerte-rdap", full, seeder); err != nil {
		t.Fatal(err)
	}
	answers(t, coordinator.post(queueOf, codeForm(2, 1, "1", 0, "do", "ignore 0")...), 422, "grensen er 5\u00a0000")
	if n := g.audited("translation.decide"); n != 0 {
		t.Errorf("%d decisions are in the log", n)
	}
	leads(t, coordinator.post(queueOf, codeForm(2, 1, "x1", 1, "v.0.note", "ukjent", "do", "flag 0")...), queueOf+"#queue")
}
