package web

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/views/ds"
	"samband/web/auth"
	"samband/web/auth/oidctest"
	"samband/web/e2e/browser"
)

// TestSessionEnds: open pages can ask how long is left, without that being use.
func TestSessionEnds(t *testing.T) {
	ts := newTestServer(t)
	v := ts.as(store.RoleReader, store.AllRegistries)
	answers(t, v.get("/signed-out"), 200, "Du blir logget ut kl. 10.30 hvis du ikke gjør noe, og senest kl. 18.00",
		`data-ends="1800"`, `data-last="28800"`)
	for range 29 {
		ts.clock.Advance(time.Minute)
		answers(t, v.get("/session"), 200)
	}
	answers(t, v.get("/session"), 200, `{"ends":60,"last":27060}`)
	answers(t, v.get("/session/use"), 200, `{"ends":1800,"last":27060}`)
	ts.clock.Advance(30 * time.Minute)
	v.header.Set("Accept", "application/json")
	answers(t, v.get("/session"), http.StatusUnauthorized)

	// A region that renews itself is no use either, and leaves its page alone when the session is over.
	v = ts.as(store.RoleReader, store.AllRegistries)
	v.header.Set("HX-Request", "true")
	v.header.Set(ds.PollHeader, "1")
	for range 30 {
		ts.clock.Advance(time.Minute)
		v.get("/account")
	}
	if w := v.get("/account"); w.Code != http.StatusUnauthorized || w.Header().Get("HX-Reswap") != "none" || w.Header().Get("HX-Redirect") != "" {
		t.Errorf("a region that renews itself: %d, %v", w.Code, w.Header())
	}

	// Near the end of the eight hours it is they that count.
	v = ts.as(store.RoleReader, store.AllRegistries)
	for range 16 {
		ts.clock.Advance(29 * time.Minute)
		v.get("/session/use")
	}
	answers(t, v.get("/session"), 200, `{"ends":960,"last":960}`)
}

func TestSessionWarningInChromium(t *testing.T) {
	b := browser.Start(t)
	ts := newTestServerWith(t, func(_ *Deps, c *auth.Config) { c.Idle = 2*time.Minute + time.Second }, routes())
	srv := httptest.NewServer(ts)
	t.Cleanup(srv.Close)
	tab := b.Tab(t, browser.Options{Width: 320})
	tab.Go(srv.URL + "/account")
	tab.Click(".persona button")
	tab.Wait("#logins-table")
	if tab.Count("#session-end .note") != 0 {
		t.Error("the warning comes too early")
	}
	ts.clock.Advance(70 * time.Second)
	tab.Wait("[data-go-on]")
	if got := tab.Text("#session-end"); !strings.Contains(got, "Du blir snart logget ut") {
		t.Errorf("the warning says %q", got)
	}
	shot(tab, "session-soon")
	tab.Sound()
	tab.Click("[data-go-on]")
	for n := 0; tab.Count("#session-end .note") != 0; n++ {
		if n == 100 {
			t.Fatal("the warning stays")
		}
		time.Sleep(20 * time.Millisecond)
	}
	tab.Go(srv.URL + "/account")
	tab.Wait("#logins-table")
	ts.clock.Advance(3 * time.Minute)
	tab.Wait("#session-end a[target=_blank]")
	if got := tab.Text("#session-end"); !strings.Contains(got, "Du er logget ut") {
		t.Errorf("the note says %q", got)
	}
	shot(tab, "session-over")
	tab.Problems() // the browser notes the status 401 itself
	tab.Sound()
}

var endForm = regexp.MustCompile(`action="(/[a-z/0-9]*/sessions/[0-9a-f]{12}/end)"`)

// TestAccount: people see where they are logged in, and end what they don't want, but nobody else's.
func TestAccount(t *testing.T) {
	ts := newTestServer(t)
	here := ts.anonymous()
	here.header.Set("User-Agent", "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
	here.post("/login/demo", "persona", "kaja")
	there, third := ts.as(store.RoleCoordinator, store.AllRegistries), ts.as(store.RoleCoordinator, store.AllRegistries)
	other := ts.as(store.RoleReader, store.AllRegistries)
	page := here.get("/account").Body.String()
	answers(t, here.get("/account"), 200, "Din konto", "Firefox, Windows", "Denne", "Ukjent nettleser", "Demonstrasjonen",
		"Registerkoordinator", "Avslutt alle de andre", "!140.0", "!127.0.0.1:5")
	ends := endForm.FindAllStringSubmatch(page, -1)
	if len(ends) != 2 {
		t.Fatalf("%d of the other logins can be ended:\n%s", len(ends), mainOf(page))
	}
	for _, v := range []*visitor{here, there} {
		if id := v.cookies["samband"]; strings.Contains(page, id) {
			t.Error("the page has the id of a session")
		}
	}

	answers(t, other.post(ends[0][1]), http.StatusSeeOther) // as if it were over: it isn't theirs
	if there.get("/account").Code != 200 || third.get("/account").Code != 200 {
		t.Fatal("somebody else ended a login")
	}
	leads(t, here.post(ends[0][1]), "/account")
	answers(t, here.get("/account"), 200, "Innloggingen er avsluttet")
	if a, b := there.get("/account").Code, third.get("/account").Code; a == b {
		t.Errorf("of the two others the answers are %d and %d", a, b)
	}
	leads(t, here.post(ends[0][1]), "/account")
	answers(t, here.get("/account"), 200, "Innloggingen var over fra før")
	leads(t, here.post("/account/sessions/end-others"), "/account")
	if there.get("/account").Code != 303 || third.get("/account").Code != 303 || here.get("/account").Code != 200 {
		t.Error("not the others ended")
	}
	if other.get("/account").Code != 200 {
		t.Error("another person's login ended")
	}
}

// TestOfficerEndsLogins: who may grant access may end anybody's logins; nobody else may.
func TestOfficerEndsLogins(t *testing.T) {
	ts := newTestServer(t)
	v, again := ts.as(store.RoleCoordinator, "hjerte"), ts.as(store.RoleCoordinator, "hjerte")
	id := ts.userOf("kaja")
	officer := ts.as(store.RoleSecurity, store.AllRegistries)
	rows, err := ts.db.Sessions(t.Context(), id)
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d, %v", len(rows), err)
	}
	one, all := "/access/users/"+id+"/sessions/"+rows[0].Ref()+"/end", "/access/users/"+id+"/sessions/end"
	for _, role := range []store.PortalRole{store.RoleAdmin, store.RoleAuditor, store.RoleReader} {
		answers(t, ts.as(role, store.AllRegistries).post(one), http.StatusForbidden)
		answers(t, ts.as(role, store.AllRegistries).post(all), http.StatusForbidden)
	}
	leads(t, officer.post(one), "/access/users/"+id)
	if a, b := v.get("/account").Code, again.get("/account").Code; a == b {
		t.Errorf("of the two the answers are %d and %d", a, b)
	}
	leads(t, officer.post(all), "/access/users/"+id)
	if v.get("/account").Code != 303 || again.get("/account").Code != 303 {
		t.Error("a login lives")
	}
	answers(t, officer.post("/access/users/nobody/sessions/end"), http.StatusNotFound)
	entries, err := ts.db.Audit(t.Context(), store.AuditFilter{All: true, Action: "session."})
	if err != nil || len(entries) != 2 || entries[0].Action != "session.revoke_all" || entries[0].Details["sessions"] != int64(1) ||
		entries[0].ActorID != ts.userOf("sindre") {
		t.Errorf("the log has %+v, %v", entries, err)
	}
}

// TestDecisionsAskForAFreshLogin holds the real pages: they say so beforehand, nothing is decided, and what was
// written is in the form after the login.
func TestDecisionsAskForAFreshLogin(t *testing.T) {
	g := newRegister(t)
	a := g.submit(g.as(store.RoleCoordinator, "hjerte"))
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	officer.header.Set("Referer", "http://"+testHost+approvalPath)
	answers(t, officer.get(approvalPath), 200, "!Du må bekrefte hvem du er")
	g.clock.Advance(6 * time.Minute)
	login := freshPath(approvalPath)
	answers(t, officer.get(approvalPath), 200, "Du må bekrefte hvem du er", strings.ReplaceAll(login, "&", "&amp;"))
	leads(t, officer.post("/approvals/"+a.ID+"/decide", "version", "1", "decision", "rejected", "reason", "Mangler hjemmel"), login)
	if g.newest().State != store.AppSubmitted {
		t.Fatal("it is decided without a fresh login")
	}
	leads(t, officer.post("/login/demo", "persona", "sindre", "fresh", "1", "return", approvalPath), approvalPath)
	answers(t, officer.get(approvalPath), 200, "Se over og send på nytt", ">\nMangler hjemmel</textarea>", "!Du må bekrefte hvem du er",
		`value="rejected" checked=""`)

	// The list of what asks for it. Whoever adds a decision adds it here.
	fresh := []string{}
	for _, rt := range routes() {
		if rt.isFresh {
			fresh = append(fresh, rt.path)
		}
		if rt.isFresh && rt.method != http.MethodPost {
			t.Errorf("%s is asked of who only looks", rt.path)
		}
	}
	for _, want := range []string{"/approvals/{id}/decide", "/approvals/{id}/revoke", "/access/requests/{id}/decide", "/scale",
		"/access/rules"} {
		if !slices.Contains(fresh, want) {
			t.Errorf("%s asks for no fresh login", want)
		}
	}
}

// emergencyMay is all that the emergency account may do beside reading: stop, revoke, end logins and access, and look
// closer. Whoever adds to it says why it can't wait.
var emergencyMay = []string{
	"/account/sessions/{ref}/end",
	"/account/sessions/end-others",
	"/runs/{no}/cancel",
	"/integrations/{id}/backfill/{backfill}/cancel", // stops the run that goes on, and those after it
	"/integrations/{id}/schedule/pause",
	"/approvals/{id}/revoke",
	"/ros/{id}/{version}/state",
	"/ld/{id}/{version}/state",
	"/evidence/verify",
	"/approvals/{id}/evidence",
	"/access/users/{id}/sessions/{ref}/end",
	"/access/users/{id}/sessions/end",
	"/access/users/{id}/block",
	"/access/grants/{id}/end",
	"/access/grants/{id}/give-up",
	"/notices/read",
}

// TestEmergencyStopsAndNoMore asks every route that changes something, by a login with a code for each role that one is
// sealed for.
func TestEmergencyStopsAndNoMore(t *testing.T) {
	var table []*route
	for _, rt := range routes() {
		stand := *rt
		stand.limit = nil
		if rt.where.of != nil {
			stand.where = in(func(*Server, *http.Request) (string, error) { return "own", nil })
		}
		if rt.path != "/login/emergency" {
			stand.handle = func(_ *Server, w http.ResponseWriter, _ *http.Request) error {
				w.WriteHeader(http.StatusTeapot)
				return nil
			}
		}
		table = append(table, &stand)
	}
	for _, role := range store.EmergencyRoles {
		ts := newTestServerWith(t, nil, table)
		v := ts.emergency(t, role)
		for _, rt := range table {
			if rt.method == http.MethodGet || rt.right == store.Public {
				continue
			}
			want := http.StatusForbidden
			if slices.Contains(emergencyMay, rt.path) && (rt.right == store.SignedIn || role.Allows(rt.right)) {
				want = http.StatusTeapot
			}
			if w := v.post(address(rt.path)); w.Code != want {
				t.Errorf("%s as %s: %d, not %d", rt.path, role, w.Code, want)
			}
		}
	}
}

// emergency is somebody who came in by a code that was sealed for a role.
func (ts *testServer) emergency(t *testing.T, role store.PortalRole) *visitor {
	t.Helper()
	code, sealed, err := store.NewEmergencyCode(role)
	if err != nil {
		t.Fatal(err)
	}
	if err := ts.db.SealEmergency(t.Context(), sealed, store.ShellActor("drift")); err != nil {
		t.Fatal(err)
	}
	v := ts.anonymous()
	leads(t, v.post("/login/emergency", "name", "Kari Drift", "reason", "Innloggingen er nede", "code", code), "/")
	return v
}

// TestEmergencyAccount is the whole way: no door without a code, one use, a name and a reason in the log, the banner,
// stopping but not letting through, and the end after four hours.
func TestEmergencyAccount(t *testing.T) {
	g := newRegister(t)
	v := g.anonymous()
	answers(t, v.get("/login"), 200, "!/login/emergency")
	answers(t, v.get("/login/emergency"), http.StatusNotFound)
	answers(t, v.post("/login/emergency", "code", "x"), http.StatusNotFound)
	a := g.submit(g.as(store.RoleCoordinator, "hjerte"))
	code, sealed, err := store.NewEmergencyCode(store.RoleSecurity)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.db.SealEmergency(t.Context(), sealed, store.ShellActor("drift")); err != nil {
		t.Fatal(err)
	}
	g.clock.Advance(time.Hour)
	answers(t, v.get("/login"), 200, `href="/login/emergency"`)
	answers(t, v.get("/login/emergency"), 200, "Nødkonto", "varer i 4 timer")
	answers(t, v.post("/login/emergency", "code", code), 422, `id="f-name-error"`, `id="f-reason-error"`, "!"+code)
	answers(t, v.post("/login/emergency", "name", "Kari Drift", "reason", "Innloggingen er nede", "code", "ABCD"), 422,
		"Koden stemmer ikke", `value="Kari Drift"`, "!ABCD")
	if n := len(g.log.lines(t, "a wrong code was tried on the emergency account")); n != 1 {
		t.Errorf("the log has %d wrong codes", n)
	}
	g.clock.Advance(15 * time.Minute) // past the limit on tries
	leads(t, v.post("/login/emergency", "name", "Kari Drift", "reason", "Innloggingen er nede", "code", code), "/")
	answers(t, g.anonymous().get("/login/emergency"), http.StatusNotFound)
	entries, err := g.db.Audit(t.Context(), store.AuditFilter{All: true, Action: "session.emergency"})
	if err != nil || len(entries) != 2 || entries[0].Reason != "Innloggingen er nede" || entries[0].Actor != "Nødkonto: Kari Drift" ||
		entries[0].Result != "ok" || entries[1].Result != "auth.emergency_code" {
		t.Errorf("the log has %+v, %v", entries, err)
	}
	if n := len(g.log.lines(t, "the emergency account was opened")); n != 1 || strings.Contains(g.log.String(), code) ||
		strings.Contains(g.log.String(), "Kari") {
		t.Errorf("the log tells of %d uses, or too much:\n%s", n, g.log)
	}

	answers(t, v.get("/account"), 200, "Nødkontoen er i bruk", "Nødkonto: Kari Drift", "Sikkerhetsleder")
	answers(t, v.post("/access/requests/x/decide"), http.StatusForbidden, "Nødkontoen kan stanse")
	answers(t, v.get("/access"), 200, "Nødkonto: Kari Drift")
	answers(t, v.post("/approvals/"+a.ID+"/decide", "version", "1", "decision", "approved", "reason", "x", "valid_to", "2027-01-01"),
		http.StatusForbidden, "Nødkontoen kan stanse")
	if g.newest().State != store.AppSubmitted {
		t.Fatal("the emergency account decided")
	}
	g.clock.Advance(20 * time.Minute)                                                                           // not fresh any more, and needs not be
	answers(t, v.post("/approvals/"+a.ID+"/revoke", "version", "1", "reason", "Lekkasje"), http.StatusConflict) // none holds yet

	for range 11 {
		g.clock.Advance(20 * time.Minute)
		v.get("/account")
	}
	answers(t, v.get("/account"), http.StatusSeeOther)
}

func TestEmergencyIsLimited(t *testing.T) {
	ts := newTestServer(t)
	code, sealed, err := store.NewEmergencyCode(store.RoleAdmin)
	if err != nil {
		t.Fatal(err)
	}
	if err := ts.db.SealEmergency(t.Context(), sealed, store.SystemActor()); err != nil {
		t.Fatal(err)
	}
	v := ts.anonymous()
	for range 4 { // a form that lacks something is no try
		answers(t, v.post("/login/emergency", "name", "Kari", "reason", "", "code", "AAAA"), 422)
	}
	for n := range 5 {
		want, say := 422, "Koden stemmer ikke"
		if n >= 3 {
			want, say = http.StatusTooManyRequests, "virker herfra før om 5 minutter"
		}
		answers(t, v.post("/login/emergency", "name", "Kari", "reason", "x", "code", "AAAA"), want, say, `value="Kari"`)
	}
	answers(t, v.post("/login/emergency", "name", "Kari", "reason", "x", "code", code), http.StatusTooManyRequests,
		"heller ikke den riktige")
	ts.clock.Advance(5 * time.Minute)
	leads(t, v.post("/login/emergency", "name", "Kari", "reason", "x", "code", code), "/")
}

// jarred is a browser that follows where it is led.
func jarred(t *testing.T) *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

// TestBackchannelLogout is the provider's own request, over HTTP.
func TestBackchannelLogout(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(oidctest.User{Subject: "1", Name: "Kari Nordmann", Claims: map[string]any{"sid": "s1"}})
	front := httptest.NewServer(nil)
	t.Cleanup(front.Close)
	p.Serve(front.URL)
	ts := newTestServerWith(t, func(_ *Deps, c *auth.Config) {
		c.PublicURL, c.Issuer, c.ClientID, c.ClientSecret = front.URL, p.Issuer, oidctest.ClientID, oidctest.ClientSecret
	}, routes())
	front.Config.Handler = ts
	ts.clock.Advance(time.Since(ts.clock.Now())) // the provider's clock is the machine's
	c := jarred(t)
	reached := func() string {
		t.Helper()
		resp, err := c.Get(front.URL + "/account")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.Request.URL.Path
	}
	resp, err := c.Get(front.URL + "/login/begin?return=/account")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if got := reached(); got != "/account" {
		t.Fatalf("after the login: %s", got)
	}
	tell := func(token string) *http.Response {
		t.Helper()
		resp, err := http.PostForm(front.URL+"/logout/backchannel", map[string][]string{"logout_token": {token}})
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if got := resp.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("Cache-Control is %q", got)
		}
		return resp
	}
	if resp := tell(p.LogoutToken("", "s1", func(t *oidctest.Token) { t.Sign = oidctest.ByStranger })); resp.StatusCode != 400 {
		t.Errorf("a stranger's token: %d", resp.StatusCode)
	}
	if resp := tell(""); resp.StatusCode != 400 {
		t.Errorf("no token: %d", resp.StatusCode)
	}
	if got := reached(); got != "/account" {
		t.Fatalf("after a token that doesn't hold: %s", got)
	}
	token := p.LogoutToken("", "s1", nil)
	if resp := tell(token); resp.StatusCode != 200 {
		t.Errorf("the provider's token: %d\n%s", resp.StatusCode, ts.log)
	}
	if got := reached(); got != "/login" {
		t.Errorf("after the logout: %s", got)
	}
	if resp := tell(token); resp.StatusCode != 400 {
		t.Errorf("the token again: %d", resp.StatusCode)
	}
	if resp := tell(p.LogoutToken("", "s1", nil)); resp.StatusCode != 200 {
		t.Errorf("a session that is over: %d", resp.StatusCode)
	}
	entries, err := ts.db.Audit(t.Context(), store.AuditFilter{All: true, Action: "session.provider_logout"})
	if err != nil || len(entries) != 2 || entries[1].Details["sessions"] != int64(1) || entries[1].Request == "" {
		t.Errorf("the log has %+v, %v", entries, err)
	}
}
