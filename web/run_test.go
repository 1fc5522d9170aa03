package web

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samband/store"
	"samband/store/db"
)

// stillRuns is a Runner of a portal where nobody is at work.
type stillRuns struct{ quietRuns }

func (stillRuns) MaySetAside(context.Context, *store.Run) (bool, error) { return false, nil }
func (stillRuns) Kept(context.Context, *store.Run) (bool, error)        { return true, nil }
func (stillRuns) MayUndo(context.Context, *store.Run) (bool, error)     { return false, nil }
func (stillRuns) Progress(string) (store.Progress, bool)                { return store.Progress{}, false }

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

// TestRunPageNotLoaded: a run that loaded nothing doesn't say that it did, though its report is made, and calls nothing
// resolved that it didn't read. It is held against what was read last, however many runs came to nothing in between.
func TestRunPageNotLoaded(t *testing.T) {
	g, _ := ranTwice(t)
	kari := g.as(store.RoleCoordinator, "hjerte")
	run := func(read int64, out db.Outcome) string {
		r := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerPerson}
		must(t, g.db.CreateRun(t.Context(), r, seeder))
		r, err := g.db.StartRun(t.Context(), r.ID, seeder)
		must(t, err)
		r.Counts = store.Counts{Read: read, Loaded: read}
		must(t, g.db.AppendLog(t.Context(), r.No, store.LogLine{Level: store.LogInfo, Stage: store.StageReport, Code: "run.sealed"}))
		must(t, g.db.FinishRun(t.Context(), r, out, seeder))
		return "/runs/" + strconv.FormatInt(r.No, 10)
	}
	for range 6 {
		run(0, db.Outcome{State: store.RunSucceeded, Reason: "delivery.nothing"})
	}
	const loaded, held = `Lest inn<span class="ds-sr-only">: Ferdig`, `Lest inn<span class="ds-sr-only">: Holdt tilbake`
	tight := func(w *httptest.ResponseRecorder) *httptest.ResponseRecorder {
		page := regexp.MustCompile(`\s*(<span class="ds-sr-only">)\s*`).ReplaceAllString(w.Body.String(), "$1")
		w.Body.Reset()
		w.Body.WriteString(page)
		return w
	}
	answers(t, tight(kari.get(run(50, db.Outcome{State: store.RunHeld, Reason: "hold.empty"}))), 200, held, "!"+loaded,
		"Ville ha endret", "Sammenlignet med kjøring 2")
	answers(t, tight(kari.get(run(0, db.Outcome{State: store.RunRefused, Reason: "delivery.nothing"}))), 200, "!"+loaded,
		"Sammenlignet med kjøring 2", "!Løst", "!Nye rader")
	answers(t, tight(kari.get("/runs/2")), 200, "Løst", "Nye rader")
}

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

// TestRunPageWould: a trial that ended well warns when a real run would be held, and the line of its log and the reason
// lead to the run book. One that would not be held has no warning.
func TestRunPageWould(t *testing.T) {
	g := newRegister(t)
	g.Runs = stillRuns{}
	kari := g.as(store.RoleCoordinator, "hjerte")
	would := store.E(store.Refused, "hold.volume", store.Args{"read": 9, "limit": 60, "normal": 120}).Would()
	for no, reason := range []*store.Error{would, {}} {
		r := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerShell, DryRun: true}
		must(t, g.db.CreateRun(t.Context(), r, seeder))
		r, err := g.db.StartRun(t.Context(), r.ID, seeder)
		must(t, err)
		r.Counts = store.Counts{Read: 9, Loaded: 9}
		lines := []store.LogLine{{Level: store.LogInfo, Code: "run.sealed"}}
		if reason.Code != "" {
			lines = append(lines, store.LogLine{Level: store.LogWarn, Stage: store.StageDecide, Code: reason.Code, Args: reason.Args},
				store.LogLine{Level: store.LogError, Stage: store.StageExtract, Code: "hold.volume", Args: reason.Args})
		}
		must(t, g.db.AppendLog(t.Context(), r.No, lines...))
		must(t, g.db.FinishRun(t.Context(), r, db.Outcome{State: store.RunSucceeded, Reason: reason.Code, Args: reason.Args}, seeder))
		page, sentence := kari.get("/runs/"+strconv.Itoa(no+1)), "En virkelig kjøring ville blitt holdt tilbake fordi leveransen har 9 rader"
		if reason.Code != "" {
			answers(t, page, 200, sentence, `data-color="warning"`, `href="/docs/runbook#hold.volume"`, `aria-label="Slå opp i driftshåndboken: hold.volume"`)
		} else {
			answers(t, page, 200, "!"+sentence, "!runbook#")
		}
	}
}

// TestRunPageColumns shows new and gone columns of a held delivery, what the mapping makes of them, and where to go.
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
	answers(t, nina.get("/runs?from=2026-11-24&to=2026-11-23"), 200, "f-to-error", "Til dato er før fra dato", "!f-from-error", `value="2026-11-23"`)
	answers(t, nina.get("/runs?from=2026-11-23&to=2026-11-23"), 200, "!f-to-error")
	w := nina.get("/runs.csv?state=succeeded")
	answers(t, w, 200, "Nummer;Integrasjon;Register", "\n2;", "\n1;")
	answers(t, nina.get("/runs.csv?from=2026-02-31"), 422)
	if w := nina.get("/runs.csv?registry=annet"); strings.Count(w.Body.String(), "\n") != 1 {
		t.Errorf("another registry's runs: %q", w.Body)
	}
}

// TestRunSpool: how far a run is with putting aside what its source gives is told on the page and in the stream.
func TestRunSpool(t *testing.T) {
	g := newRegister(t)
	runs := &goingRuns{}
	g.Runs = runs
	g.granted("nina", store.RoleCoordinator, "hjerte")
	nina := g.login("nina")
	r := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerPerson}
	must(t, g.db.CreateRun(t.Context(), r, seeder))
	r, err := g.db.StartRun(t.Context(), r.ID, seeder)
	must(t, err)
	for _, c := range []struct {
		spool store.Spooled
		page  string
		event string
	}{
		{store.Spooled{}, "40 rader lest", `"read":40,"cancel"`},
		{store.Spooled{Slices: 1, Rows: 1}, "1 bit hentet og forseglet, 1 rad", `"slices":1,"spooled":1,`},
		{store.Spooled{Slices: 3, Rows: 1284}, "3 biter hentet og forseglet, 1\u00a0284 rader", `"slices":3,"spooled":1284,`},
		{store.Spooled{Slices: 3, Rows: 1284, Left: 2}, "Fortsatte etter bit 2", `"slices":3,"spooled":1284,`},
	} {
		runs.at = store.Progress{Stage: store.StageExtract, Counts: store.Counts{Read: 40}, Spool: c.spool}
		answers(t, nina.get("/runs/1"), 200, c.page)
		if got := nina.firstEvent(g, "/runs/1/events"); !strings.Contains(got, c.event) || !strings.Contains(got, `"stage":"extract"`) {
			t.Errorf("%+v: the stream tells %q", c.spool, got)
		}
	}
	must(t, g.db.FinishRun(t.Context(), r, db.Outcome{State: store.RunFailed, Reason: "run.failed"}, seeder))
	answers(t, nina.get("/runs/1/events"), 200, `"ended":true`, "!slices") // what was put aside is over with the run
}

// goingRuns is a Runner of a portal that is at work with a run.
type goingRuns struct {
	stillRuns
	at store.Progress
}

func (r *goingRuns) Progress(string) (store.Progress, bool) { return r.at, true }

// firstEvent gives the data of the first event of a stream, and leaves.
func (c *visitor) firstEvent(g *register, path string) string {
	ctx, leave := context.WithCancel(context.Background())
	defer leave()
	w, r := &leaver{ResponseRecorder: httptest.NewRecorder(), leave: leave}, httptest.NewRequest(http.MethodGet, path, nil).WithContext(ctx)
	r.Host, r.RemoteAddr = testHost, c.from
	for name, value := range c.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	g.Server.ServeHTTP(w, r)
	_, data, _ := strings.Cut(w.Body.String(), "data: ")
	return data
}

// leaver is a reader that leaves once it has been told something.
type leaver struct {
	*httptest.ResponseRecorder
	leave func()
}

func (w *leaver) Flush() { w.ResponseRecorder.Flush(); w.leave() }

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
