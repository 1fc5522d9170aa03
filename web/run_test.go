package web

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"samband/store"
	"samband/store/db"
)

// stillRuns is a Runner of a portal where nobody is at work.
type stillRuns struct{ quietRuns }

func (stillRuns) MayUndo(context.Context, *store.Run) (bool, error) { return false, nil }
func (stillRuns) Progress(string) (store.Progress, bool)            { return store.Progress{}, false }

// ranTwice is a register with two runs of hjerte-rdap that read something, and what is kept of them.
func ranTwice(t *testing.T) (*register, []*store.Run) {
	g := newRegister(t)
	g.Runs = stillRuns{}
	var list []*store.Run
	for i, by := range []map[string]int64{{"gammel": 2, "begge": 1}, {"begge": 3, "ny": 4}} {
		r := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerPerson}
		must(t, g.db.CreateRun(t.Context(), r, seeder))
		r, err := g.db.StartRun(t.Context(), r.ID, seeder)
		must(t, err)
		var held int64
		for _, n := range by {
			held += n
		}
		r.QuarantinedBy = by
		r.Counts = store.Counts{Read: 100 + int64(i) + held, Loaded: 100 + int64(i), Quarantined: held}
		must(t, g.db.AppendLog(t.Context(), r.No, store.LogLine{Level: store.LogInfo, Code: "run.sealed"},
			store.LogLine{Level: store.LogWarn, Code: "run.merged", Args: store.Args{"n": 7}}))
		x := &store.RunDetail{Config: store.RunConfig{Connection: "Lokal mappe", Settings: map[string]string{"folder": "/inn"}}, Normal: 120,
			New: 90, Changed: 10 + int64(i), Against: int64(i), Shape: &store.Shape{Rows: r.Counts.Read, Accepted: 100,
				Fields: []store.ShapeField{{Name: "alder", Typed: 100, Fits: map[store.VarType]int64{store.VarInteger: 100 - 60*int64(i)}}}}}
		must(t, g.db.SaveRunDetail(t.Context(), r, x))
		must(t, g.db.FinishRun(t.Context(), r, db.Outcome{State: store.RunSucceeded}, seeder))
		list = append(list, r)
	}
	return g, list
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestRunPage(t *testing.T) {
	g, _ := ranTwice(t)
	g.granted("nina", store.RoleCoordinator, "hjerte")
	nina := g.login("nina")
	answers(t, nina.get("/runs/2"), 200, "Sammenlignet med kjøring 1", "Nye rader", "Endrede rader", "Kan ikke avgjøres", "Løst", "Fortsatt der",
		"Innstillingene da den startet", "/inn", "Leveransen før og nå", "Annen type verdier", "Grense 60", "omkring 120", "forseglet")
	answers(t, nina.get("/runs/2?log=merged"), 200, "slått sammen", "!forseglet og flyttet")
	answers(t, nina.get("/runs/2?log=Flyttet+ut"), 200, "!slått sammen: ", "forseglet og flyttet")
	answers(t, nina.get("/runs/2?level=error"), 200, "Ingen hendelser passer")
	answers(t, nina.get("/runs/1"), 200, "ingen tidligere leveranse", "!Sammenlignet med")
}

// TestRunPageColumns shows new and gone columns of a held delivery, what the mapping makes of them, and where to go.
// TestRunPageDry: a trial says nowhere that something was loaded, and leads to no rows, for it keeps none.
func TestRunPageDry(t *testing.T) {
	g := newRegister(t)
	g.Runs = stillRuns{}
	kari := g.as(store.RoleCoordinator, "hjerte")
	for _, dry := range []bool{false, true} {
		r := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerShell, DryRun: dry}
		must(t, g.db.CreateRun(t.Context(), r, seeder))
		r, err := g.db.StartRun(t.Context(), r.ID, seeder)
		must(t, err)
		r.Delivery.Name = "a.csv"
		r.Counts, r.QuarantinedBy = store.Counts{Read: 9, Loaded: 7, Quarantined: 2}, map[string]int64{"gammel": 2}
		must(t, g.db.FinishRun(t.Context(), r, db.Outcome{State: store.RunSucceeded}, seeder))
		path, rows := "/runs/"+strconv.FormatInt(r.No, 10), "/quarantine?run="+strconv.FormatInt(r.No, 10)
		if dry {
			answers(t, kari.get(path), 200, "ikke med, for ingenting leses inn", "Ville ha endret", "!Datakvalitet beregnet", "!"+rows)
		} else {
			answers(t, kari.get(path), 200, "!ikke med, for", "!Ville ha endret", "Datakvalitet beregnet", rows)
		}
	}
}

func TestRunPageColumns(t *testing.T) {
	g := newRegister(t)
	g.Runs = stillRuns{}
	g.saveMapping(2, "opphold", "vekt")
	r := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerPerson}
	must(t, g.db.CreateRun(t.Context(), r, seeder))
	r, err := g.db.StartRun(t.Context(), r.ID, seeder)
	must(t, err)
	r.MappingNo, r.Counts = 2, store.Counts{Read: 10, Loaded: 10}
	must(t, g.db.SaveRunDetail(t.Context(), r, &store.RunDetail{Shape: &store.Shape{Rows: 10, Accepted: 10,
		Fields: []store.ShapeField{{Name: "fnr"}, {Name: "ny"}, {Name: "mors_navn"}},
		Left: []store.FieldProfile{{Name: "ny", Distinct: 7, Type: store.VarCode, Patterns: []store.ValueCount{{Text: "aa9"}}},
			{Name: "mors_navn", Direct: true}}, Lacks: []string{"merknad"}}}))
	must(t, g.db.FinishRun(t.Context(), r, db.Outcome{State: store.RunHeld, Reason: "hold.columns",
		Args: store.Args{"columns": "ny, mors_navn, merknad"}}, seeder))
	g.granted("nina", store.RoleCoordinator, "hjerte")
	answers(t, g.login("nina").get("/runs/1"), 200, "Ny, ikke klassifisert og ikke lest", "7 ulike verdier", "aa9", "navngi personer",
		"bruker den ikke", `href="/integrations/hjerte-rdap/mapping/vekt"`, `href="/integrations/hjerte-rdap/mapping/source-fields"`,
		"ny, mors_navn, merknad")
	answers(t, g.as(store.RoleReader, "hjerte").get("/runs/1"), 200, "ikke klassifisert", "!source-fields")
}

func TestRunList(t *testing.T) {
	g, _ := ranTwice(t)
	g.CSV = func(w io.Writer) RowWriter { return plainCSV{w} }
	g.granted("nina", store.RoleCoordinator, "hjerte")
	nina := g.login("nina")
	answers(t, nina.get("/runs"), 200, "Fullført (2)", "Siste 7 dager", "2 kjøringer")
	answers(t, nina.get("/runs?registry=hjerte&state=succeeded&state=failed&person="+seeder.Name), 200, "2 kjøringer", `name="state" value="failed"`)
	answers(t, nina.get("/runs?registry=annet"), 200, "Ingen kjøringer passer")
	answers(t, nina.get("/runs?state=failed"), 200, "Ingen kjøringer passer", "Fullført (2)")
	answers(t, nina.get("/runs?from=tull"), 200, "f-from-error")
	w := nina.get("/runs.csv?state=succeeded")
	answers(t, w, 200, "Nummer;Integrasjon;Register", "\n2;", "\n1;")
	if w := nina.get("/runs.csv?registry=annet"); strings.Count(w.Body.String(), "\n") != 1 {
		t.Errorf("another registry's runs: %q", w.Body)
	}
}

func TestRunEvents(t *testing.T) {
	g, _ := ranTwice(t)
	g.granted("nina", store.RoleCoordinator, "hjerte")
	nina := g.login("nina")
	w := nina.get("/runs/2/events")
	answers(t, w, 200, "event: end", `"ended":true`)
	if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") {
		t.Errorf("content type %q", got)
	}
	answers(t, nina.get("/runs/99/events"), 404)

	r := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerPerson}
	must(t, g.db.CreateRun(t.Context(), r, seeder))
	r, err := g.db.StartRun(t.Context(), r.ID, seeder)
	must(t, err)
	told := make(chan string, 8)
	go func() {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/runs/3/events", nil)
		r.Host, r.RemoteAddr = testHost, nina.from
		for name, value := range nina.cookies {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		g.Server.ServeHTTP(w, r) // the end of the run below is no line that this request leaves
		lines := bufio.NewScanner(w.Body)
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				told <- name
			}
		}
		close(told)
	}()
	must(t, g.db.FinishRun(t.Context(), r, db.Outcome{State: store.RunFailed, Reason: "run.failed"}, seeder))
	var names []string
	for name := range told {
		names = append(names, name)
	}
	if len(names) == 0 || names[len(names)-1] != "end" {
		t.Errorf("told %q", names)
	}
}

func TestStreamsAreBounded(t *testing.T) {
	s := newStreams()
	for range streamsEach {
		if !s.take("a") {
			t.Fatal("no room for what is allowed")
		}
	}
	if s.take("a") {
		t.Error("one person may have more")
	}
	for s.all < streamsAll {
		if !s.take(strconv.Itoa(s.all)) {
			t.Fatal("no room for another")
		}
	}
	if s.take("z") {
		t.Error("more than all")
	}
	s.give("a")
	if !s.take("a") || s.by["a"] != streamsEach {
		t.Error("what is given back can't be taken")
	}
}

func TestRetentionPage(t *testing.T) {
	g := newRegister(t)
	ine := g.login("ine")
	answers(t, ine.get("/admin/retention"), 200, `name="log"`, `value="730"`, "Ingenting er slettet ennå")
	answers(t, ine.post("/admin/retention", "log", "99999", "reports", "1", "findings", "1", "sealed", "1"), 422, "f-log-error")
	answers(t, ine.post("/admin/retention", "log", "9", "findings", "5", "sealed", "9"), 422, "f-sealed-error")
	leads(t, ine.post("/admin/retention", "log", "90", "reports", "", "findings", "30", "sealed", "20", "deliveries", "45"), "/admin/retention")
	must(t, g.db.RecordSweep(t.Context(), store.Swept{Log: 1234}, store.SystemActor()))
	answers(t, ine.get("/admin/retention"), 200, `value="90"`, `value="45"`, "Sist slettet", "1\u00a0234")
	answers(t, g.login("sindre").get("/admin/retention"), 403)
}
