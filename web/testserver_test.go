package web

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"samband/store"
	"samband/store/auditlog"
	"samband/store/db"
	"samband/web/auth"
)

// testServer is the portal in a test's own process, on a database of its own and a clock that stands.
type testServer struct {
	*Server
	t     *testing.T
	db    *db.DB
	clock *store.FakeClock
	log   *logBuffer
	users *actingUsers

	keeper keptLog
}

// keptLog signs with a key that everybody knows.
type keptLog struct {
	problem, lost *store.Error
	missing       store.Lost
	lacking       []store.Lacking
	confirmed     string // the reason
}

func (k *keptLog) LogProblem() *store.Error { return k.problem }
func (k *keptLog) Lost() *store.Error       { return k.lost }

func (k *keptLog) Missing(context.Context) (l store.Lost, problem *store.Error, err error) {
	if k.lost == nil {
		return l, nil, store.E(store.Conflict, "mark.nothing", nil)
	}
	return k.missing, k.lost, nil
}

func (k *keptLog) Lacking(context.Context) ([]store.Lacking, error) { return k.lacking, nil }
func (k *keptLog) ConfirmRestore(_ context.Context, reason string, _ store.Actor) error {
	k.confirmed, k.lost = reason, nil
	return nil
}

func (k *keptLog) signer() *auditlog.Signer {
	s, err := auditlog.NewSigner([]byte("a key of thirty-two bytes, no m."))
	if err != nil {
		panic(err)
	}
	return s
}

func (k *keptLog) Verifier() *auditlog.Verifier { return k.signer().Verifier() }

const testHost = "127.0.0.1:8080"

// newTestServer starts a portal in demonstration mode with the real routes.
func newTestServer(t *testing.T) *testServer { return newTestServerWith(t, nil, routes()) }

// newTestServerWith starts one with other dependencies, login settings or routes.
func newTestServerWith(t *testing.T, change func(*Deps, *auth.Config), table []*route) *testServer {
	t.Helper()
	ts := &testServer{t: t, log: &logBuffer{}, clock: store.NewFakeClock(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))}
	var err error
	ts.db, err = db.Open(t.Context(), db.Options{
		Path: filepath.Join(t.TempDir(), "portal.db"), Clock: ts.clock, IDs: store.RandomIDs{},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ts.db.Close() })
	ts.users = &actingUsers{DB: ts.db, grants: map[string][]store.Grant{}}
	d := Deps{
		Log:   slog.New(slog.NewJSONHandler(ts.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Clock: ts.clock, IDs: store.RandomIDs{}, DB: ts.db, Ready: ts.db.Ping, Keeper: &ts.keeper,
	}
	c := auth.Config{PublicURL: "http://" + testHost}
	if change != nil {
		change(&d, &c)
	}
	if d.Auth, err = auth.New(c, ts.db, ts.users, ts.clock); err != nil {
		t.Fatal(err)
	}
	ts.Server = newServer(d, table)
	return ts
}

// actingUsers lets a test say what a user has been granted, whatever the database says.
type actingUsers struct {
	*db.DB
	mu     sync.Mutex
	grants map[string][]store.Grant
}

func (u *actingUsers) Grants(ctx context.Context, userID string) ([]store.Grant, error) {
	u.mu.Lock()
	grants, ok := u.grants[userID]
	u.mu.Unlock()
	if ok {
		return grants, nil
	}
	return u.DB.Grants(ctx, userID)
}

// visitor is a browser: it keeps cookies and follows nothing.
type visitor struct {
	ts      *testServer
	cookies map[string]string
	header  http.Header // sent along with every request
	from    string      // remote address
}

// anonymous is a visitor on this machine who hasn't logged in.
func (ts *testServer) anonymous() *visitor {
	return &visitor{ts: ts, cookies: map[string]string{}, header: http.Header{}, from: "127.0.0.1:50000"}
}

// as is a visitor who is logged in with one role in one registry (store.AllRegistries for all).
func (ts *testServer) as(role store.PortalRole, registryID string) *visitor {
	ts.t.Helper()
	v := ts.anonymous()
	for _, p := range auth.Personas {
		if p.Role != role {
			continue
		}
		if got := v.post("/login/demo", "persona", p.ID); got.Code != http.StatusSeeOther {
			ts.t.Fatalf("login as %s: %d", role, got.Code)
		}
		u, err := ts.db.SignIn(ts.t.Context(), "demo", p.ID, p.Name, ts.clock.Now())
		if err != nil {
			ts.t.Fatal(err)
		}
		ts.users.mu.Lock()
		ts.users.grants[u.ID] = []store.Grant{{UserID: u.ID, Role: role, RegistryID: registryID, Source: "demo"}}
		ts.users.mu.Unlock()
		return v
	}
	ts.t.Fatalf("no persona is %s", role)
	return nil
}

// newcomer is the persona who has no role of their own.
func (ts *testServer) newcomer() store.User {
	ts.t.Helper()
	for _, p := range auth.Personas {
		if p.Role == "" {
			u, err := ts.db.SignIn(ts.t.Context(), "demo", p.ID, p.Name, ts.clock.Now())
			if err != nil {
				ts.t.Fatal(err)
			}
			return u
		}
	}
	ts.t.Fatal("every persona has a role")
	return store.User{}
}

// holding is the newcomer with exactly these grants, whatever they had before.
func (ts *testServer) holding(grants ...store.Grant) *visitor {
	ts.t.Helper()
	v := ts.as("", "")
	ts.users.mu.Lock()
	defer ts.users.mu.Unlock()
	ts.users.grants[ts.newcomer().ID] = grants
	return v
}

func (v *visitor) do(r *http.Request) *httptest.ResponseRecorder {
	if r.Host == "" || r.Host == "example.com" {
		r.Host = testHost
	}
	r.RemoteAddr = v.from
	for name, values := range v.header {
		r.Header[name] = values
	}
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	v.ts.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		} else {
			v.cookies[c.Name] = c.Value
		}
	}
	return w
}

func (v *visitor) get(path string) *httptest.ResponseRecorder {
	return v.do(httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form; fields are name, value, name, value …
func (v *visitor) post(path string, fields ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return v.do(r)
}

// logBuffer keeps what was logged.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// lines gives the log records with a message.
func (l *logBuffer) lines(t *testing.T, msg string) []map[string]any {
	t.Helper()
	var found []map[string]any
	for line := range strings.Lines(l.String()) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("the log has a line that is not JSON: %s", line)
		}
		if m["msg"] == msg {
			found = append(found, m)
		}
	}
	return found
}
