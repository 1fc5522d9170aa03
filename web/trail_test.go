package web

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samband/store"
	"samband/store/auditlog"
)

// samples is what the tests of this package have seen: for each route, how many lines its successful requests left in
// the log. Every test adds to it by asking; no route needs an example of its own.
var samples = struct {
	sync.Mutex
	seen map[string]map[int64]bool
}{seen: map[string]map[int64]bool{}}

// ServeHTTP answers, and notes how many lines the answer left in the log. A browser asks for several things at once, so
// that of its requests only those that change something are noted.
func (ts *testServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, alone := w.(*httptest.ResponseRecorder)
	if !alone && r.Method == http.MethodGet {
		ts.Server.ServeHTTP(w, r)
		return
	}
	_, pattern := ts.mux.Handler(r)
	status := &recorder{ResponseWriter: w, elapsed: func() time.Duration { return 0 }}
	before, _, _ := ts.db.AuditSize(context.Background())
	ts.Server.ServeHTTP(status, r)
	after, _, _ := ts.db.AuditSize(context.Background())
	if status.status == 0 { // an answer without a body
		status.status = http.StatusOK
	}
	ts.sample(pattern, status.status, after-before)
}

func (ts *testServer) sample(pattern string, status int, entries int64) {
	if status < 200 || status > 399 {
		return
	}
	samples.Lock()
	defer samples.Unlock()
	if samples.seen[pattern] == nil {
		samples.seen[pattern] = map[int64]bool{}
	}
	samples.seen[pattern][entries] = true
}

// unlogged are the requests that change nothing which the log is about.
var unlogged = map[string]string{
	"POST /preferences":                                                   "language and colours are the reader's own",
	"POST /notices/read":                                                  "what somebody has read of their own notices",
	"POST /csp-report":                                                    "a browser's report goes to the stream of log lines",
	"POST /evidence/verify":                                               "looks at a file and keeps nothing",
	"POST /integrations/{id}/mapping/discard-draft":                       "a draft changes nothing that runs; the version it becomes is logged",
	"POST /integrations/{id}/mapping/connect-field":                       "as above",
	"POST /integrations/{id}/mapping/source-fields":                       "as above",
	"POST /integrations/{id}/mapping/row-checks":                          "as above",
	"POST /integrations/{id}/mapping/{variable}":                          "as above",
	"POST /integrations/{id}/mapping/missing-values":                      "as above",
	"POST /integrations/{id}/mapping/fact-versions":                       "as above",
	"POST /integrations/{id}/mapping/value-corrections/{correction}":      "as above",
	"POST /integrations/{id}/mapping/value-corrections/{correction}/undo": "as above",
	"POST /integrations/{id}/mapping/lookup-tables/{table}":               "as above",
	"POST /integrations/{id}/mapping/lookup-tables/{table}/remove":        "as above",
	"POST /integrations/{id}/mapping/restore-version":                     "as above",
	"POST /integrations/{id}/mapping/from-yaml":                           "as above",
	"POST /integrations/{id}/mapping/merge-drafts":                        "as above",
	"POST /integrations/{id}/mapping/undo-edit":                           "as above",
	"POST /integrations/{id}/mapping/redo-edit":                           "as above",

	"POST /integrations/{id}/mapping/usual-checks":       "as above",
	"POST /integrations/{id}/mapping/accept-suggestion":  "as above",
	"POST /integrations/{id}/mapping/pin-list":           "as above",
	"POST /integrations/{id}/mapping/accept-suggestions": "as above",
	"POST /registries/{id}/codebooks":                    "as above",
	"POST /codebooks/{id}/upload":                        "as above",
	"POST /codebooks/{id}/draft":                         "as above",
	"POST /codebooks/{id}/draft/key":                     "as above",
	"POST /codebooks/{id}/draft/forms":                   "as above",
	"POST /codebooks/{id}/draft/keep":                    "as above",
	"POST /codebooks/{id}/draft/discard":                 "as above",
	"POST /codebooks/{id}/draft/variables":               "as above",
	"POST /codebooks/{id}/draft/variables/{name}":        "as above",
	"POST /codebooks/{id}/draft/variables/{name}/remove": "as above",
}

// several are the requests that leave another number of lines than one, and why.
var several = map[string]struct {
	lines []int64
	why   string
}{
	"POST /integrations/{id}/mapping/try-correction":      {[]int64{0, 1}, "as below"},
	"POST /integrations/{id}/mapping/try-rule/{variable}": {[]int64{0, 1}, "nothing is kept; that rows were seen is one line in a while"},
	"POST /logout":                                          {[]int64{0, 1}, "whoever isn't in leaves nothing"},
	"POST /account/sessions/{ref}/end":                      {[]int64{0, 1}, "a login that has ended already can't end again"},
	"POST /approvals/{id}/decide":                           {[]int64{0, 1}, "a line more for conditions, or the same sent twice, decides nothing"},
	"POST /integrations/{id}/mapping/code-queue/{variable}": {[]int64{0, 1}, "what happens to other values is the draft's alone"},
	"POST /reidentification/{id}/persons":                   {[]int64{1, 2, 3}, "one line for each person"},
	"POST /reidentification":                                {[]int64{0, 1}, "whose login is old proves who they are first, and asks then"},
	"POST /login/demo":                                      {[]int64{1, 2}, "the login, and what access it brought when that is new"},
}

// byJobs are the requests that package jobs carries out, behind an interface that these tests stand in for; the methods
// of jobs leave the line, and TestAudit of storetest holds that each method of the database does.
var byJobs = []string{
	"POST /runs/{no}/cancel", "POST /runs/{no}/decide", "POST /runs/{no}/undo", "POST /runs/{no}/set-aside", "POST /runs/{no}/reload", "POST /integrations/{id}/backfill",
	"POST /integrations/{id}/backfill/{backfill}/start", "POST /integrations/{id}/backfill/{backfill}/cancel", "POST /integrations/{id}/run",
	"POST /integrations/{id}/schedule", "POST /integrations/{id}/schedule/pause", "POST /integrations/{id}/schedule/resume",
	"POST /approvals/{id}/evidence", "POST /notices/confirm", "POST /admin/webhooks/{id}/test",
	"POST /quarantine/{id}/{row}/dismiss", "POST /quarantine/{id}/{row}/reopen",
	"POST /admin/restore", "POST /admin/keys", "POST /admin/keys/confirm", "POST /registries/{id}/consent/{rule}/sync",
}

// TestMain holds, when all tests have run, that every route which changes something left one line in the log when it did,
// or as many as several says, and that no page did unless it says so. A new route fails here until a test sends it a request that succeeds.
func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if code == 0 && flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.skip").Value.String() == "" {
		for _, problem := range untold() {
			fmt.Fprintln(os.Stderr, "trail:", problem)
			code = 1
		}
	}
	os.Exit(code)
}

func untold() (problems []string) {
	for _, rt := range routes() {
		pattern := rt.method + " " + rt.path
		counts := slices.Sorted(maps.Keys(samples.seen[pattern]))
		most := int64(0)
		if len(counts) > 0 {
			most = counts[len(counts)-1]
		}
		switch {
		case slices.Contains(byJobs, pattern):
		case rt.method != http.MethodGet && unlogged[pattern] != "":
			if most > 0 {
				problems = append(problems, pattern+" leaves a line after all: take it from unlogged")
			}
		case rt.method != http.MethodGet && len(counts) == 0:
			problems = append(problems, pattern+": no test sends a request that succeeds")
		case rt.method != http.MethodGet && most == 0:
			problems = append(problems, pattern+" changes something and leaves no line in the log")
		case rt.method != http.MethodGet && !fits(several[pattern].lines, counts):
			problems = append(problems, fmt.Sprintf("%s leaves %d lines in the log (%s)", pattern, counts, several[pattern].why))
		case rt.method == http.MethodGet && rt.reading != "" && most != 1:
			problems = append(problems, fmt.Sprintf("%s is sensitive to read and left %v lines", pattern, counts))
		case rt.method == http.MethodGet && rt.reading == "" && !rt.isTold && most > 0 && !strings.HasPrefix(rt.path, "/login"):
			problems = append(problems, pattern+" is read and leaves a line; mark it with reads or told")
		}
	}
	return problems
}

// fits tells whether requests that succeeded left as many lines as they may: one, or what lines says.
func fits(lines, counts []int64) bool {
	if lines == nil {
		lines = []int64{1}
	}
	return !slices.ContainsFunc(counts, func(n int64) bool { return !slices.Contains(lines, n) })
}

func (ts *testServer) entries(action string) []store.AuditEntry {
	ts.t.Helper()
	list, err := ts.db.Audit(ts.t.Context(), store.AuditFilter{All: true, Action: action, Limit: 1000})
	if err != nil {
		ts.t.Fatal(err)
	}
	return list
}

func TestReadingIsLogged(t *testing.T) {
	ts := newTestServer(t)
	v := ts.as(store.RoleAuditor, store.AllRegistries)
	for range 5 { // an open page that fetches itself
		if w := v.get("/audit?object=x"); w.Code != http.StatusOK {
			t.Fatalf("%d", w.Code)
		}
	}
	got := ts.entries("audit.view")
	if len(got) != 1 || got[0].Object != "/audit" || got[0].ActorID == "" || got[0].Request == "" {
		t.Fatalf("%+v", got)
	}
	v.get("/audit/1")
	v.get("/audit/2")
	v.get("/audit/2")
	v.get("/audit/9999")
	if n := len(ts.entries("audit.view")); n != 3 {
		t.Errorf("two lines were shown, %d are logged", n-1)
	}
	ts.clock.Advance(10 * time.Minute)
	v.get("/audit")
	if n := len(ts.entries("audit.view")); n != 4 {
		t.Errorf("%d readings after ten minutes", n)
	}
	ts.as(store.RoleSecurity, store.AllRegistries).get("/audit")
	if n := len(ts.entries("audit.view")); n != 5 {
		t.Errorf("%d readings of two people", n)
	}
}

// TestNoLineNoPage: what can't be written down isn't shown.
func TestNoLineNoPage(t *testing.T) {
	ts := newTestServer(t)
	v := ts.as(store.RoleAuditor, store.AllRegistries)
	full := store.E(store.Unavailable, "db.full", nil)
	rt := get("/secret", store.SeeAudit, portal, func(s *Server, w http.ResponseWriter, _ *http.Request) error {
		watched := &witness{ResponseWriter: w, record: func() error { return full }}
		watched.Header().Set("Content-Disposition", "attachment")
		if n, err := watched.Write([]byte("secret")); n != 0 || err == nil {
			t.Errorf("%d bytes are written: %v", n, err)
		}
		return watched.err
	})
	ts.Server = newServer(ts.Deps, append(routes(), rt))
	w := v.get("/secret")
	if w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "secret\n") ||
		w.Header().Get("Content-Disposition") != "" {
		t.Errorf("%d: %s", w.Code, w.Header())
	}
}

func TestRefusalsAreLogged(t *testing.T) {
	g := newRegister(t)
	v := g.as(store.RoleReader, "lunge")
	v.get("/audit")
	v.get("/registries/hjerte") // another's
	v.get("/registries/finnesikke")
	v.post("/registries/lunge", "name", "x")
	got := g.entries("page.denied")
	var said []string
	for _, e := range slices.Backward(got) {
		said = append(said, e.Object+" "+e.Registry+" "+e.Result)
	}
	want := []string{"GET /audit  web.forbidden", "GET /registries/{id} hjerte web.not_found", "POST /registries/{id} lunge web.forbidden"}
	if !slices.Equal(said, want) {
		t.Errorf("%q", said)
	}
	for range 100 {
		v.get("/audit")
	}
	if n := len(g.entries("page.denied")); n != 30 {
		t.Errorf("a hundred refusals are %d lines", n)
	}
	g.clock.Advance(time.Minute)
	v.get("/audit")
	if e := g.entries("page.denied")[0]; e.Details["dropped"] != int64(73) {
		t.Errorf("how many were left out: %v", e.Details)
	}
}

func TestLoginsAreLogged(t *testing.T) {
	ts := newTestServer(t)
	v := ts.anonymous()
	v.post("/login/demo", "persona", "ola@example.no hemmelig")
	failed := ts.entries("user.sign_in_failed")
	if len(failed) != 1 || failed[0].Object != "-" || failed[0].ActorID != "" {
		t.Fatalf("%+v", failed)
	}
	if b, _ := failed[0].Canonical(); strings.Contains(string(b), "ola") {
		t.Errorf("what was typed is in the log: %s", b)
	}
	in := ts.as(store.RoleReader, "x")
	in.post("/logout")
	if out := ts.entries("user.sign_out"); len(out) != 1 || out[0].ActorID != out[0].Object || out[0].Object == "" {
		t.Errorf("%+v", out)
	}
	ts.anonymous().post("/logout")
	if n := len(ts.entries("user.sign_out")); n != 1 {
		t.Errorf("%d logouts of one who was in", n)
	}
}

func TestAuditPages(t *testing.T) {
	g := newRegister(t)
	v := g.as(store.RoleAuditor, store.AllRegistries)
	if w := v.get("/audit/1/proof"); w.Code != http.StatusConflict {
		t.Errorf("a proof before anything is signed: %d", w.Code)
	}
	tree, err := g.db.Tree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	note, err := g.keeper.signer().Checkpoint(tree, g.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := g.db.SaveCheckpoint(t.Context(), auditlog.Saved{Size: tree.Size, At: g.clock.Now(), Note: string(note)}); err != nil {
		t.Fatal(err)
	}
	page := v.get("/audit?registry=hjerte&group=&kind=integration").Body.String()
	for _, want := range []string{"Integrasjon: opprettet", "Hjertekirurgi fra plattformen", tree.Root.String(), "samband audit verify"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page, "Lungekreft fra plattformen") {
		t.Error("another registry's line is among them")
	}
	if w := v.get("/audit/1"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "/audit/1/proof") {
		t.Errorf("%d", w.Code)
	}
	var p entryProof
	w := v.get("/audit/3/proof")
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("%d: %v", w.Code, err)
	}
	key, err := auditlog.NewVerifier(p.Key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := key.Checkpoint([]byte(p.Checkpoint))
	if err != nil || p.Inclusion.Verify([]byte(p.Entry), c.Tree) != nil || c.Tree != tree {
		t.Errorf("the proof doesn't hold: %+v, %v", p, err)
	}
	for _, path := range []string{"/audit/0", "/audit/x", "/audit/9999", "/audit/9999/proof"} {
		if w := v.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	g.keeper.problem = store.E(store.Refused, "audit.behind", store.Args{"signed": 9, "have": 3, "at": g.clock.Now()})
	if page := v.get("/audit").Body.String(); !strings.Contains(page, "Revisjonsloggen er ikke den som ble signert") {
		t.Error("no page says that the log isn't the one that was signed")
	}
	g.keeper.lost = store.E(store.Refused, "mark.restored", store.Args{"set": "x", "at": g.clock.Now()})
	if page := v.get("/audit").Body.String(); !strings.Contains(page, "Databasene er ikke det de var") {
		t.Error("no page says that a backup was put back")
	}
}
