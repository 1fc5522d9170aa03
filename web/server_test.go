package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"samband/static"
	"samband/store"
	"samband/web/auth"
)

func TestHeaders(t *testing.T) {
	ts := newTestServer(t)
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
			"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /csp-report",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "no-store",
		"Strict-Transport-Security":    "",
	}
	timing := regexp.MustCompile(`^app;dur=\d+\.\d$`)
	for _, rt := range append(doors(), get("/nowhere", store.Public, portal, nil)) {
		r := httptest.NewRequest(rt.method, address(rt.path), nil)
		w := ts.anonymous().do(r)
		for name, value := range want {
			if got := w.Header().Get(name); got != value {
				t.Errorf("%s %s: %s is %q, not %q", rt.method, rt.path, name, got, value)
			}
		}
		if !timing.MatchString(w.Header().Get("Server-Timing")) || w.Header().Get("X-Request-Id") == "" {
			t.Errorf("%s %s: %q, %q", rt.method, rt.path, w.Header().Get("Server-Timing"), w.Header().Get("X-Request-Id"))
		}
	}
	asset := ts.anonymous().get(static.URL("css/samband.css"))
	if asset.Code != http.StatusOK || !strings.Contains(asset.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("the style sheet: %d, %q", asset.Code, asset.Header().Get("Cache-Control"))
	}
}

func TestHeadersBehindTLS(t *testing.T) {
	ts := newTestServerWith(t, func(_ *Deps, c *auth.Config) {
		c.PublicURL, c.Issuer, c.ClientID = "https://samband.example.no", "https://id.example.no", "x"
	}, doors())
	w := ts.anonymous().get("/login")
	if got := w.Header().Get("Strict-Transport-Security"); got != "max-age=63072000; includeSubDomains" {
		t.Errorf("HSTS is %q", got)
	}
	if got := w.Header().Get("Content-Security-Policy"); !strings.Contains(got, "form-action 'self' https://id.example.no;") {
		t.Errorf("the policy stops the logout at the identity provider: %q", got)
	}
}

func TestMethods(t *testing.T) {
	ts := newTestServer(t)
	for _, test := range []struct {
		method, path string
		want         int
	}{
		{"TRACE", "/login", 405}, {"CONNECT", "/login", 405}, {"OPTIONS", "/login", 405}, {"PROPFIND", "/login", 405},
		{"POST", "/login", 405}, {"DELETE", "/login", 405}, {"GET", "/logout", 405}, {"HEAD", "/login", 200},
		{"GET", "/nowhere", 404}, {"POST", "/nowhere", 404}, {"GET", "/login/", 404}, {"GET", "/static/none", 404},
	} {
		r := httptest.NewRequest(test.method, test.path, nil)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		w := ts.anonymous().do(r)
		if w.Code != test.want {
			t.Errorf("%s %s: %d, not %d", test.method, test.path, w.Code, test.want)
		}
		if w.Code == 405 && w.Header().Get("Allow") == "" {
			t.Errorf("%s %s: the answer doesn't say what is allowed", test.method, test.path)
		}
	}
}

func TestOtherSites(t *testing.T) {
	ts := newTestServer(t)
	for name, header := range map[string][2]string{
		"cross-site":       {"Sec-Fetch-Site", "cross-site"},
		"same-site":        {"Sec-Fetch-Site", "same-site"},
		"other origin":     {"Origin", "https://evil.example"},
		"no origin":        {"Origin", "null"},
		"other port":       {"Origin", "http://127.0.0.1:9090"},
		"other scheme too": {"Origin", "https://127.0.0.1"},
	} {
		for _, path := range []string{"/login/demo", "/logout", "/preferences"} {
			r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("persona=kaja"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header[0], header[1])
			if w := ts.anonymous().do(r); w.Code != http.StatusForbidden || len(w.Result().Cookies()) > 0 {
				t.Errorf("%s on %s: %d, %v", name, path, w.Code, w.Result().Cookies())
			}
		}
	}
}

func TestDemonstrationOnlyHere(t *testing.T) {
	ts := newTestServer(t)
	for name, change := range map[string]func(*visitor, *http.Request){
		"by another name": func(_ *visitor, r *http.Request) { r.Host = "evil.example" },
		"from elsewhere":  func(v *visitor, _ *http.Request) { v.from = "192.0.2.7:4711" },
		"through a proxy": func(_ *visitor, r *http.Request) { r.Header.Set("X-Forwarded-For", "192.0.2.7") },
	} {
		for _, path := range []string{"/", "/login", "/metrics", "/nowhere"} {
			v, r := ts.anonymous(), httptest.NewRequest(http.MethodGet, path, nil)
			change(v, r)
			if w := v.do(r); w.Code != http.StatusForbidden {
				t.Errorf("%s, %s: %d", name, path, w.Code)
			}
		}
	}
}

// failing gives a portal with one route that answers with err.
func failing(t *testing.T, err error) *testServer {
	return newTestServerWith(t, nil, append(doors(),
		get("/fails/{what}", store.Public, portal, func(*Server, http.ResponseWriter, *http.Request) error { return err }),
		post("/fails/{what}", store.Public, portal, func(*Server, http.ResponseWriter, *http.Request) error { return err })))
}

func TestErrors(t *testing.T) {
	secret := errors.New("pq: relation portal_user, value 01010112345")
	two := store.FieldErrors{store.FieldError("name", "form.required", nil), store.FieldError("end", "form.date", nil)}
	for name, test := range map[string]struct {
		err    error
		status int
		shows  string
	}{
		"unknown":       {secret, 500, "Noe gikk galt hos oss"},
		"internal":      {&store.Error{Class: store.Internal, Code: "x.y", Err: secret}, 500, "Noe gikk galt hos oss"},
		"invalid":       {store.E(store.Invalid, "form.unreadable", nil), 422, "Skjemaet lot seg ikke lese"},
		"one field":     {store.FieldError("name", "form.required", nil), 422, "Fyll ut feltet"},
		"two fields":    {two, 422, "Skriv datoen som"},
		"not found":     {store.E(store.NotFound, "web.not_found", nil), 404, "Vi finner ikke siden"},
		"forbidden":     {store.E(store.Forbidden, "web.forbidden", nil), 403, "Dette har du ikke tilgang til"},
		"conflict":      {store.E(store.Conflict, "web.not_found", nil), 409, "Noe har endret seg i mellomtiden"},
		"refused":       {store.E(store.Refused, "web.not_found", nil), 409, "Reglene sier nei"},
		"unavailable":   {store.Wrap(secret, store.Unavailable, "auth.provider_away", nil), 503, "svarer ikke nå"},
		"wrapped":       {fmt.Errorf("saving: %w", store.E(store.Conflict, "web.not_found", nil)), 409, "i mellomtiden"},
		"too large":     {&http.MaxBytesError{Limit: 5}, 413, "Det er for stort"},
		"own deadline":  {context.DeadlineExceeded, 500, "Noe gikk galt hos oss"},
		"canceled part": {fmt.Errorf("x: %w", context.Canceled), 500, "Noe gikk galt hos oss"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ts := failing(t, test.err)
			w := ts.anonymous().get("/fails/01010112345?q=01010112345")
			body, id := w.Body.String(), w.Header().Get("X-Request-Id")
			if w.Code != test.status || !strings.Contains(body, test.shows) {
				t.Errorf("%d, without %q:\n%s", w.Code, test.shows, body)
			}
			if !strings.Contains(body, id) {
				t.Error("the page doesn't show the reference")
			}
			if strings.Contains(body, "pq:") {
				t.Error("the page shows what is for the log")
			}
			lines := ts.log.lines(t, "failed")
			if len(lines) != 1 || lines[0]["request"] != id || lines[0]["error"] != test.err.Error() && test.status != 413 {
				t.Errorf("the log has %v", lines)
			}
			for _, line := range ts.log.lines(t, "request") {
				if strings.Contains(fmt.Sprint(line), "01010112345") || line["path"] != "/fails/{what}" {
					t.Errorf("the access log has what was typed: %v", line)
				}
			}
		})
	}
}

func TestErrorAsJSON(t *testing.T) {
	ts := failing(t, store.FieldErrors{store.FieldError("name", "form.required", nil)})
	v := ts.anonymous()
	v.header.Set("Accept", "application/json")
	w := v.get("/fails/1")
	var p problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("%v: %s", err, w.Body)
	}
	if w.Code != 422 || w.Header().Get("Content-Type") != "application/problem+json" || p.Status != 422 ||
		p.Code != "form.required" || p.Reference != w.Header().Get("X-Request-Id") || len(p.Fields) != 1 ||
		p.Fields[0].Field != "name" || p.Fields[0].Detail != "Fyll ut feltet." {
		t.Errorf("%d, %+v", w.Code, p)
	}
	if w := v.get("/today"); w.Code != 404 || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("a missing page: %d, %s", w.Code, w.Header().Get("Content-Type"))
	}
}

func TestErrorAsPart(t *testing.T) {
	ts := failing(t, store.E(store.Conflict, "web.not_found", nil))
	v := ts.anonymous()
	v.header.Set("Hx-Request", "true")
	w := v.get("/fails/1")
	body := w.Body.String()
	if w.Code != 409 || w.Header().Get("HX-Retarget") != "#problem" || w.Header().Get("HX-Reselect") != "#problem-note" ||
		strings.Contains(body, "<html") || !strings.Contains(body, `id="problem-note"`) || !strings.Contains(body, `role="alert"`) {
		t.Errorf("%d, %v:\n%s", w.Code, w.Header(), body)
	}
}

func TestPanic(t *testing.T) {
	ts := newTestServerWith(t, nil, append(doors(),
		get("/panics", store.Public, portal, func(*Server, http.ResponseWriter, *http.Request) error { panic("at the disco") }),
		get("/breaks", store.Public, portal, func(_ *Server, w http.ResponseWriter, _ *http.Request) error {
			fmt.Fprint(w, "half")
			panic("at the disco")
		})))
	w := ts.anonymous().get("/panics")
	if w.Code != 500 || !strings.Contains(w.Body.String(), "Noe gikk galt hos oss") || strings.Contains(w.Body.String(), "disco") {
		t.Errorf("%d:\n%s", w.Code, w.Body)
	}
	lines := ts.log.lines(t, "panic")
	if len(lines) != 1 || !strings.Contains(lines[0]["stack"].(string), "server_test.go") {
		t.Errorf("the log has %v", lines)
	}
	func() {
		defer func() {
			if recover() != http.ErrAbortHandler {
				t.Error("a half page looks whole to the reader")
			}
		}()
		ts.anonymous().get("/breaks")
	}()
	if w := ts.anonymous().get("/healthz"); w.Code != 200 {
		t.Errorf("after the panics: %d", w.Code)
	}
}

func TestSignInFirst(t *testing.T) {
	ts := newTestServerWith(t, nil, append(doors(),
		get("/runs", store.SignedIn, portal, (*Server).healthz),
		post("/runs", store.SignedIn, portal, (*Server).healthz)))
	v := ts.anonymous()
	w := v.get("/runs?state=held&page=2")
	if w.Code != 303 || w.Header().Get("Location") != "/login?return=%2Fruns%3Fstate%3Dheld%26page%3D2" {
		t.Errorf("a page: %d, %s", w.Code, w.Header().Get("Location"))
	}
	part := ts.anonymous()
	part.header.Set("Hx-Request", "true")
	part.header.Set("Hx-Current-Url", "http://"+testHost+"/runs?page=3")
	if w := part.get("/runs"); w.Code != 401 || w.Header().Get("HX-Redirect") != "/login?return=%2Fruns%3Fpage%3D3" {
		t.Errorf("a part of a page: %d, %v", w.Code, w.Header())
	}
	part.header.Set("Hx-Current-Url", "http://evil.example/runs")
	if w := part.get("/runs"); w.Header().Get("HX-Redirect") != "/login" {
		t.Errorf("another site's page: %v", w.Header())
	}
	if w := part.post("/runs", "note", "x"); w.Code != 401 || w.Header().Get("HX-Redirect") != "" ||
		!strings.Contains(w.Body.String(), `target="_blank"`) {
		t.Errorf("a part that sends: %d, %v\n%s", w.Code, w.Header(), w.Body)
	}
	programs := ts.anonymous()
	programs.header.Set("Accept", "application/json")
	if w := programs.get("/runs"); w.Code != 401 {
		t.Errorf("a program: %d", w.Code)
	}
}

// TestDraftIsCarried: a form of somebody whom this browser doesn't know is not kept by us. The page carries it, and it
// can be sent from there after a login.
func TestDraftIsCarried(t *testing.T) {
	var got string
	ts := newTestServerWith(t, nil, append(doors(), post("/notes", store.SignedIn, portal,
		func(s *Server, w http.ResponseWriter, r *http.Request) error {
			f, err := s.form(r)
			if err != nil {
				return err
			}
			got = f.text("note", 100) + "|" + strings.Join(f.list("tag"), ",")
			return redirect(w, r, "/")
		})))
	v := ts.anonymous()
	w := v.post("/notes?x=1", "note", `æ <b>"`, "tag", "1", "tag", "2")
	body := w.Body.String()
	if w.Code != 401 || got != "" {
		t.Fatalf("%d, %q", w.Code, got)
	}
	for _, want := range []string{
		`action="/notes?x=1"`, `name="note" value="æ &lt;b&gt;&#34;"`, `name="tag" value="1"`, `name="tag" value="2"`,
		"Send det jeg skrev", "Logg inn i en ny fane",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s:\n%s", want, body)
		}
	}
	if strings.Contains(ts.log.String(), "æ") {
		t.Error("the draft is in the log")
	}
	v.post("/login/demo", "persona", "lars")
	if w := v.post("/notes?x=1", "note", `æ <b>"`, "tag", "1", "tag", "2"); w.Code != 303 || got != `æ <b>"|1,2` {
		t.Errorf("%d, %q", w.Code, got)
	}
}

func TestBodyLimit(t *testing.T) {
	read := func(s *Server, w http.ResponseWriter, r *http.Request) error {
		_, err := s.form(r)
		if err != nil {
			return err
		}
		return redirect(w, r, "/")
	}
	ts := newTestServerWith(t, nil, append(doors(), post("/small", store.Public, portal, read).carries(10)))
	for name, chunked := range map[string]bool{"announced": false, "not announced": true} {
		r := httptest.NewRequest(http.MethodPost, "/small", strings.NewReader("a=0123456789"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if chunked {
			r.ContentLength = -1
		}
		if w := ts.anonymous().do(r); w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if w := ts.anonymous().post("/small", "a", "01234567"); w.Code != http.StatusSeeOther {
		t.Errorf("within the limit: %d", w.Code)
	}
}

func TestLoginIsLimited(t *testing.T) {
	ts := newTestServerWith(t, func(d *Deps, c *auth.Config) {
		c.PublicURL, c.Issuer, c.ClientID = "https://samband.example.no", "http://127.0.0.1:1", "x"
		d.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	}, doors())
	from := func(remote, forwarded string) int {
		v, r := ts.anonymous(), httptest.NewRequest(http.MethodGet, "/login/callback?state=x&code=y", nil)
		v.from, r.Host = remote, "samband.example.no"
		if forwarded != "" {
			r.Header.Set("X-Forwarded-For", forwarded)
		}
		w := v.do(r)
		if w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") != "6" {
			t.Errorf("come back after %q seconds", w.Header().Get("Retry-After"))
		}
		return w.Code
	}
	for range 10 {
		if got := from("192.0.2.1:1", ""); got != http.StatusForbidden {
			t.Fatalf("an attempt within the limit: %d", got)
		}
	}
	for name, test := range map[string]struct {
		remote, forwarded string
		want              int
	}{
		"the same client":                     {"192.0.2.1:2", "", 429},
		"another":                             {"192.0.2.2:1", "", 403},
		"one that says it is another":         {"192.0.2.1:3", "192.0.2.99", 429},
		"the same through the proxy":          {"10.0.0.5:1", "192.0.2.1", 429},
		"the same, with a made-up hop before": {"10.0.0.5:1", "192.0.2.50, 192.0.2.1", 429},
		"another through the proxy":           {"10.0.0.5:1", "192.0.2.3", 403},
		"another through two proxies":         {"10.0.0.5:1", "192.0.2.4, 10.1.1.1", 403},
	} {
		if got := from(test.remote, test.forwarded); got != test.want {
			t.Errorf("%s: %d, not %d", name, got, test.want)
		}
	}
	ts.clock.Advance(6 * time.Second)
	if got := from("192.0.2.1:1", ""); got != http.StatusForbidden {
		t.Errorf("after six seconds: %d", got)
	}
	if got := from("192.0.2.1:1", ""); got != http.StatusTooManyRequests {
		t.Errorf("and once more: %d", got)
	}
}

func TestBucketForgets(t *testing.T) {
	b, now := newBucket(time.Second, 1), time.Unix(0, 0)
	for i := range maxClients + 100 {
		addr := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		b.take(addr, now)
	}
	if len(b.clients) > maxClients {
		t.Errorf("%d clients are remembered", len(b.clients))
	}
	if network(netip.MustParseAddr("2001:db8::1")) != network(netip.MustParseAddr("2001:db8::2")) {
		t.Error("one IPv6 subscriber counts as many")
	}
}

func TestPlainThroughProxy(t *testing.T) {
	ts := newTestServerWith(t, func(d *Deps, c *auth.Config) {
		c.PublicURL, c.Issuer, c.ClientID = "https://samband.example.no", "https://id.example.no", "x"
		var err error
		if d.Proxies, err = ParseProxies("10.0.0.5, 2001:db8::/32"); err != nil {
			t.Fatal(err)
		}
	}, doors())
	ask := func(method, from, proto string) *httptest.ResponseRecorder {
		v, r := ts.anonymous(), httptest.NewRequest(method, "/login?return=/runs", nil)
		v.from, r.Host = from, "samband.example.no"
		r.Header.Set("X-Forwarded-Proto", proto)
		return v.do(r)
	}
	if w := ask("GET", "10.0.0.5:1", "http"); w.Code != 308 || w.Header().Get("Location") != "https://samband.example.no/login?return=/runs" {
		t.Errorf("plain HTTP: %d, %s", w.Code, w.Header().Get("Location"))
	}
	if w := ask("POST", "[2001:db8::1]:1", "http"); w.Code != 403 {
		t.Errorf("a form in clear: %d", w.Code)
	}
	if w := ask("GET", "10.0.0.5:1", "https"); w.Code != 200 {
		t.Errorf("TLS: %d", w.Code)
	}
	if w := ask("GET", "192.0.2.1:1", "http"); w.Code != 200 {
		t.Errorf("the header of somebody who isn't the proxy: %d", w.Code)
	}
	for _, bad := range []string{"proxy.example.no", "10.0.0.0/99", "10.0.0.1;"} {
		if p, err := ParseProxies(bad); err == nil {
			t.Errorf("%q gives %v", bad, p)
		}
	}
}

func TestHealth(t *testing.T) {
	ready := errors.New("the queue on 01010112345 is stuck")
	var stopped []*store.Error
	ts := newTestServerWith(t, func(d *Deps, _ *auth.Config) {
		d.Ready = func(context.Context) error { return ready }
		d.Stopped = func() []*store.Error { return stopped }
	}, doors())
	if w := ts.anonymous().get("/healthz"); w.Code != 200 || w.Body.String() != "ok\n" {
		t.Errorf("/healthz: %d %q", w.Code, w.Body)
	}
	if w := ts.anonymous().get("/readyz"); w.Code != 503 || w.Body.String() != "not ready\n" {
		t.Errorf("/readyz: %d %q", w.Code, w.Body)
	}
	if len(ts.log.lines(t, "not ready")) != 1 {
		t.Error("the log doesn't say why")
	}
	ready = nil
	if w := ts.anonymous().get("/readyz"); w.Code != 200 || w.Body.String() != "ready\n" {
		t.Errorf("/readyz: %d %q", w.Code, w.Body)
	}
	stopped = []*store.Error{store.E(store.Refused, "mark.restored", store.Args{"set": "hemmelig"}), store.E(store.Refused, "audit.behind", nil)}
	if w := ts.anonymous().get("/readyz"); w.Code != 200 || w.Body.String() != "pages only\nnothing runs: mark.restored\nnothing runs: audit.behind\n" {
		t.Errorf("/readyz: %d %q", w.Code, w.Body)
	}
	if w := ts.anonymous().get("/readyz?runs"); w.Code != 503 || !strings.Contains(w.Body.String(), "nothing runs: mark.restored") {
		t.Errorf("/readyz?runs: %d %q", w.Code, w.Body)
	}
}

func TestMetrics(t *testing.T) {
	figures := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "samband_runs_total 1\n") })
	outside := func(d *Deps, c *auth.Config) {
		c.PublicURL, c.Issuer, c.ClientID = "https://samband.example.no", "https://id.example.no", "x"
		d.Metrics = figures
	}
	open := newTestServerWith(t, outside, routes())
	token := newTestServerWith(t, func(d *Deps, c *auth.Config) { outside(d, c); d.MetricsToken = "tell-me" }, routes())
	for name, test := range map[string]struct {
		ts                          *testServer
		from, host, bearer, through string
		want                        int
	}{
		"this machine":               {open, "127.0.0.1:1", testHost, "", "", 200},
		"this machine over IPv6":     {open, "[::1]:1", "localhost:8080", "", "", 200},
		"another machine":            {open, "192.0.2.1:1", testHost, "", "", 404},
		"through a proxy right here": {open, "127.0.0.1:1", testHost, "", "192.0.2.1", 404},
		"by the public name":         {open, "127.0.0.1:1", "samband.example.no", "", "", 404},
		"with the token":             {token, "192.0.2.1:1", "samband.example.no", "tell-me", "", 200},
		"with another token":         {token, "192.0.2.1:1", "samband.example.no", "tell-m", "", 404},
		"without the token":          {token, "127.0.0.1:1", testHost, "", "", 404},
	} {
		v, r := test.ts.anonymous(), httptest.NewRequest(http.MethodGet, "/metrics", nil)
		v.from, r.Host = test.from, test.host
		if test.bearer != "" {
			r.Header.Set("Authorization", "Bearer "+test.bearer)
		}
		if test.through != "" {
			r.Header.Set("X-Forwarded-For", test.through)
		}
		if w := v.do(r); w.Code != test.want {
			t.Errorf("%s: %d, not %d", name, w.Code, test.want)
		}
	}
}

func TestPolicyReport(t *testing.T) {
	ts := newTestServer(t)
	v := ts.anonymous()
	send := func(body string) int {
		return v.do(httptest.NewRequest(http.MethodPost, "/csp-report", strings.NewReader(body))).Code
	}
	if got := send(`{"csp-report":{"effective-directive":"script-src-elem","blocked-uri":"https://evil.example/x?fnr=01010112345",
		"document-uri":"https://samband/persons/01010112345"}}`); got != http.StatusNoContent {
		t.Errorf("%d", got)
	}
	lines := ts.log.lines(t, "content held back by the security policy")
	if len(lines) != 1 || lines[0]["directive"] != "script-src-elem" || lines[0]["origin"] != "https://evil.example" {
		t.Errorf("the log has %v", lines)
	}
	if strings.Contains(ts.log.String(), "01010112345") {
		t.Error("the log has addresses")
	}
	for _, nonsense := range []string{"", "x", `{"csp-report":{"effective-directive":"<script>"}}`} {
		if got := send(nonsense); got != http.StatusNoContent {
			t.Errorf("%q: %d", nonsense, got)
		}
	}
	if n := len(ts.log.lines(t, "content held back by the security policy")); n != 1 {
		t.Errorf("%d lines in the log", n)
	}
}

// TestHTTPServer talks to the real server over a real connection: limits on how long and how much a client may talk.
func TestHTTPServer(t *testing.T) {
	ts := newTestServer(t)
	srv := HTTPServer(ts, ts.Log)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	resp, err := http.Get("http://" + l.Addr().String() + "/healthz")
	if err != nil || resp.StatusCode != 200 {
		t.Fatalf("%v, %v", resp, err)
	}
	resp.Body.Close()
	req, err := http.NewRequest(http.MethodGet, "http://"+l.Addr().String()+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Long", strings.Repeat("x", 32<<10))
	resp, err = http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a head of 32 KiB: %v, %v", resp, err)
	}
	resp.Body.Close()
	if srv.ReadHeaderTimeout != 5*time.Second || srv.IdleTimeout != time.Minute || srv.ReadTimeout == 0 || srv.WriteTimeout == 0 {
		t.Errorf("a slow client may hold a connection: %+v", srv)
	}
}
