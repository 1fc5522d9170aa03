package auth

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samband/store"
)

// loginAs logs c in as an invented person, and fails the test when that is refused.
func (tp *testPortal) loginAs(c *http.Client, persona string) *http.Response {
	tp.t.Helper()
	resp, err := c.PostForm(tp.URL+"/login/demo", url.Values{"persona": {persona}})
	if err != nil {
		tp.t.Fatal(err)
	}
	resp.Body.Close()
	return resp
}

func TestPersonas(t *testing.T) {
	tp := newPortal(t, nil, nil)
	seen := map[store.PortalRole]int{}
	for _, p := range Personas {
		c := browser(t)
		tp.loginAs(c, p.ID)
		if tp.who(c) != p.Name {
			t.Errorf("%s is taken for %q", p.Name, tp.who(c))
		}
		seen[p.Role]++
	}
	for _, role := range append(store.PortalRoles, "") {
		if seen[role] == 0 {
			t.Errorf("the demonstration has nobody with the role %q", role)
		}
	}
	if seen[store.RoleSecurity] < 2 {
		t.Error("four eyes need two security officers")
	}
	if resp := tp.loginAs(browser(t), "nobody"); resp.Header.Get("Error") != "auth.persona" {
		t.Errorf("an unknown persona gives %q", resp.Header.Get("Error"))
	}
}

func TestCookie(t *testing.T) {
	tp := newPortal(t, nil, nil)
	resp := tp.loginAs(browser(t), "kaja")
	set := ""
	for _, line := range resp.Header.Values("Set-Cookie") {
		if strings.HasPrefix(line, tp.auth.cookie.session+"=") {
			set = line
		}
	}
	for _, want := range []string{"samband=", "Path=/", "HttpOnly", "SameSite=Lax"} {
		if !strings.Contains(set, want) {
			t.Errorf("%q lacks %s", set, want)
		}
	}
	if strings.Contains(set, "Secure") || strings.Contains(set, "Max-Age") || strings.Contains(set, "Domain") {
		t.Errorf("the cookie on plain HTTP is %q", set)
	}
	for _, c := range resp.Cookies() {
		if n := len(c.Value); n != 43 {
			t.Errorf("%s has %d characters, not 256 bits", c.Name, n)
		}
	}

	secure, err := New(Config{PublicURL: "https://samband.example.no", Issuer: "https://id.example.no", ClientID: "x"},
		tp.db, tp.db, tp.clock)
	if err != nil {
		t.Fatal(err)
	}
	w := recorder{}
	secure.setCookie(w, secure.cookie.session, "id", 0)
	if got, want := http.Header(w).Get("Set-Cookie"), "__Host-samband=id; Path=/; HttpOnly; Secure; SameSite=Lax"; got != want {
		t.Errorf("the cookie behind TLS is %q, not %q", got, want)
	}
}

type recorder http.Header

func (r recorder) Header() http.Header       { return http.Header(r) }
func (recorder) Write(b []byte) (int, error) { return len(b), nil }
func (recorder) WriteHeader(int)             {}

// TestFixation: an id that was there before the login is worth nothing after it, whoever planted it.
func TestFixation(t *testing.T) {
	tp := newPortal(t, nil, nil)
	for name, planted := range map[string]string{
		"made up":          strings.Repeat("A", idLength),
		"a real session's": func() string { c := browser(t); tp.loginAs(c, "lars"); return tp.cookie(c).Value }(),
	} {
		c, attacker := browser(t), browser(t)
		cookie := &http.Cookie{Name: tp.auth.cookie.session, Value: planted, Path: "/"}
		tp.plant(c, cookie)
		tp.plant(attacker, cookie)
		tp.loginAs(c, "ine")
		if tp.cookie(c).Value == planted {
			t.Errorf("%s: the id is the same after the login", name)
		}
		if tp.who(c) != "Ine Integrasjon" || tp.who(attacker) != "" {
			t.Errorf("%s: the person is %q, the attacker %q", name, tp.who(c), tp.who(attacker))
		}
	}
}

func TestNewIDAtEachLogin(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c := browser(t)
	tp.loginAs(c, "kaja")
	first := tp.cookie(c)
	tp.loginAs(c, "sindre")
	old := browser(t)
	tp.plant(old, first)
	if tp.cookie(c).Value == first.Value || tp.who(old) != "" || tp.who(c) != "Sindre Sikkerhet" {
		t.Error("the session before the second login still lives")
	}
}

func TestIdle(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c := browser(t)
	tp.loginAs(c, "kaja")
	for range 4 { // used, it lives longer than the limit
		tp.clock.Advance(29 * time.Minute)
		if tp.who(c) == "" {
			t.Fatal("a session in use ended")
		}
	}
	tp.clock.Advance(30 * time.Minute)
	if tp.who(c) != "" {
		t.Error("the session lives after 30 minutes without use")
	}
	if row := tp.row(tp.cookie(c)); row != nil {
		t.Error("the row of the ended session is still there")
	}
	tp.clock.Advance(-time.Hour)
	if tp.who(c) != "" {
		t.Error("a clock that goes back revives the session")
	}
}

func TestPollingIsNotUse(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c := browser(t)
	tp.loginAs(c, "kaja")
	for range 31 {
		tp.clock.Advance(time.Minute)
		fetch(t, c, tp.URL+"/?poll=1")
	}
	if tp.who(c) != "" {
		t.Error("a page that asks by itself keeps the session alive")
	}
}

func TestAbsolute(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c := browser(t)
	tp.loginAs(c, "kaja")
	for range 8*60/20 - 1 {
		tp.clock.Advance(20 * time.Minute)
		if tp.who(c) == "" {
			t.Fatal("a session in use ended before 8 hours")
		}
	}
	tp.clock.Advance(20 * time.Minute)
	if tp.who(c) != "" {
		t.Error("the session lives after 8 hours")
	}
}

func TestLimitsAreSettings(t *testing.T) {
	tp := newPortal(t, nil, func(c *Config) { c.Idle, c.Absolute = 5*time.Minute, 12*time.Minute })
	c := browser(t)
	tp.loginAs(c, "kaja")
	tp.clock.Advance(5 * time.Minute)
	if tp.who(c) != "" {
		t.Error("the idle setting is not used")
	}
	tp.loginAs(c, "kaja")
	for range 3 {
		tp.clock.Advance(4 * time.Minute)
		tp.who(c)
	}
	if tp.who(c) != "" {
		t.Error("the absolute setting is not used")
	}
}

func TestLogoutAndReplay(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c, thief, elsewhere := browser(t), browser(t), browser(t)
	tp.loginAs(c, "kaja")
	tp.loginAs(elsewhere, "kaja")
	tp.plant(thief, tp.cookie(c))
	if tp.who(thief) == "" {
		t.Fatal("the test's copy of the cookie does not work")
	}
	resp, err := c.Post(tp.URL+"/logout", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if tp.cookie(c) != nil {
		t.Error("the browser keeps the cookie")
	}
	if tp.who(thief) != "" {
		t.Error("a copy of the cookie works after logout")
	}
	if tp.who(elsewhere) == "" {
		t.Error("the session in another browser ended too")
	}
}

func TestFlash(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c := browser(t)
	tp.loginAs(c, "kaja")
	request := func() (*http.Request, *Session) {
		t.Helper()
		r, err := http.NewRequest(http.MethodGet, tp.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.AddCookie(tp.cookie(c))
		s, err := tp.auth.Load(r, true)
		if err != nil || s == nil {
			t.Fatalf("no session: %v", err)
		}
		return r, s
	}
	r, s := request()
	day := store.Date("2026-11-23")
	if err := s.Flash(recorder{}, r, Flash{"success", "x.saved", store.Args{"n": int64(3), "day": day}}); err != nil {
		t.Fatal(err)
	}
	r, s = request()
	got, err := s.TakeFlashes(recorder{}, r)
	if err != nil || len(got) != 1 || got[0].Key != "x.saved" || got[0].Args["n"] != int64(3) || got[0].Args["day"] != day {
		t.Errorf("the next page is given %+v, %v", got, err)
	}
	r, s = request()
	if got, err := s.TakeFlashes(recorder{}, r); err != nil || len(got) != 0 {
		t.Errorf("the page after that is given %+v, %v", got, err)
	}
}

// TestLateSaveDoesNotRevive: a request that was under way when somebody logged out must not bring the session back.
func TestLateSaveDoesNotRevive(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c := browser(t)
	tp.loginAs(c, "kaja")
	cookie := tp.cookie(c)
	r, err := http.NewRequest(http.MethodGet, tp.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(cookie)
	s, err := tp.auth.Load(r, true)
	if err != nil || s == nil {
		t.Fatalf("no session: %v", err)
	}
	resp, err := c.Post(tp.URL+"/logout", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if err := s.Flash(recorder{}, r, Flash{Kind: "info", Key: "x"}); err != nil {
		t.Fatal(err)
	}
	tp.plant(c, cookie)
	if tp.who(c) != "" {
		t.Error("the session is back")
	}
}

func TestDemoOnlyHere(t *testing.T) {
	tp := newPortal(t, nil, nil)
	for name, change := range map[string]func(*http.Request){
		"other name":       func(r *http.Request) { r.Host = "samband.example.no" },
		"rebound name":     func(r *http.Request) { r.Host = "evil.example:8080" },
		"through a proxy":  func(r *http.Request) { r.Header.Set("X-Forwarded-For", "127.0.0.1") },
		"from elsewhere":   func(r *http.Request) { r.RemoteAddr = "192.0.2.7:4711" },
		"no address":       func(r *http.Request) { r.RemoteAddr = "@" },
		"localhost.evil":   func(r *http.Request) { r.Host = "localhost.evil.example" },
		"forwarded header": func(r *http.Request) { r.Header.Set("Forwarded", "for=127.0.0.1") },
	} {
		r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1:8080/login/demo", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.RemoteAddr = "127.0.0.1:50000"
		if err := tp.auth.LoginAs(recorder{}, r.Clone(t.Context()), "kaja"); err != nil {
			t.Fatalf("from this machine: %v", err)
		}
		change(r)
		if err := tp.auth.LoginAs(recorder{}, r, "kaja"); store.CodeOf(err) != "auth.demo_closed" {
			t.Errorf("%s: %v", name, err)
		}
	}
	closed, err := New(Config{PublicURL: tp.URL, Issuer: "https://id.example.no", ClientID: "x"}, tp.db, tp.db, tp.clock)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1:8080/login/demo", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = "127.0.0.1:50000"
	if err := closed.LoginAs(recorder{}, r, "kaja"); store.CodeOf(err) != "auth.demo_closed" {
		t.Errorf("beside an identity provider: %v", err)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, c := range map[string]Config{
		"no address":                    {},
		"an address without host":       {PublicURL: "samband"},
		"an address with a path":        {PublicURL: "https://x.example/samband"},
		"plain HTTP outside":            {PublicURL: "http://samband.example.no", Issuer: "https://id.example.no", ClientID: "x"},
		"a demonstration outside":       {PublicURL: "https://samband.example.no"},
		"an issuer on plain HTTP":       {PublicURL: "https://samband.example.no", Issuer: "http://id.example.no", ClientID: "x"},
		"an issuer that is no address":  {PublicURL: "https://samband.example.no", Issuer: "id", ClientID: "x"},
		"an issuer with a query":        {PublicURL: "https://samband.example.no", Issuer: "https://id.example.no?x", ClientID: "x"},
		"no client id":                  {PublicURL: "https://samband.example.no", Issuer: "https://id.example.no"},
		"a setting that can't be read":  FromEnv(env("SAMBAND_IDLE", "soon")),
		"idle for too short":            FromEnv(env("SAMBAND_IDLE", "4m59s")),
		"idle for too long":             FromEnv(env("SAMBAND_IDLE", "2h1s")),
		"a role that doesn't exist":     FromEnv(env("SAMBAND_OIDC_ROLES", "x=boss")),
		"a secret file that is missing": FromEnv(env("SAMBAND_OIDC_CLIENT_SECRET_FILE", "/no/such/file")),
	} {
		if c.PublicURL == "" && name != "no address" {
			c.PublicURL = "http://127.0.0.1:8080"
		}
		if _, err := New(c, nil, nil, store.SystemClock{}); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestIdleSetting(t *testing.T) {
	for value, want := range map[string]time.Duration{"": 0, "5m": 5 * time.Minute, "2h": 2 * time.Hour, "45m": 45 * time.Minute} {
		if c := FromEnv(env("SAMBAND_IDLE", value)); c.err != nil || c.Idle != want {
			t.Errorf("%q gives %s, %v", value, c.Idle, c.err)
		}
	}
}

func env(name, value string) func(string) string {
	return func(asked string) string {
		if asked == name {
			return value
		}
		return ""
	}
}

func TestReturnPath(t *testing.T) {
	for raw, want := range map[string]string{
		"/runs/1":                       "/runs/1",
		"/runs?state=held&page=2":       "/runs?state=held&page=2",
		"/runs#part":                    "/runs",
		"":                              "/",
		"runs":                          "/",
		"//evil.example":                "/",
		"/\\evil.example":               "/",
		"/\tevil":                       "/",
		"/ evil":                        "/",
		"\\/evil.example":               "/",
		"https://evil.example/":         "/",
		"javascript:alert(1)":           "/",
		"/login":                        "/",
		"/login?return=/x":              "/",
		"/login/callback?code=x":        "/",
		"/logout":                       "/",
		"/signed-out":                   "/",
		"/loginx":                       "/loginx",
		"/%2f/evil":                     "/%2f/evil",
		"/a%0d%0aSet-Cookie:x":          "/a%0d%0aSet-Cookie:x",
		"/" + strings.Repeat("x", 2000): "/",
	} {
		if got := ReturnPath(raw); got != want {
			t.Errorf("%q gives %q, not %q", raw, got, want)
		}
	}
}

func FuzzReturnPath(f *testing.F) {
	for _, s := range []string{"/runs", "//evil", "/\\evil", "/%5cevil", "/..//evil", "/x?y=//z", "/@evil", "/\u2028"} {
		f.Add(s)
	}
	base := &url.URL{Scheme: "https", Host: "samband.example.no"}
	f.Fuzz(func(t *testing.T, raw string) {
		got := ReturnPath(raw)
		u, err := base.Parse(got)
		if err != nil || u.Host != base.Host || u.Scheme != base.Scheme || !strings.HasPrefix(got, "/") ||
			strings.HasPrefix(got, "//") || strings.ContainsAny(got, "\\\r\n\t") {
			t.Errorf("%q gives %q", raw, got)
		}
		if again := ReturnPath(got); again != got {
			t.Errorf("%q gives %q and then %q", raw, got, again)
		}
	})
}
