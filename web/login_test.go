package web

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/views/ds"
	"samband/web/auth"
	"samband/web/auth/oidctest"
)

func TestDemoLogin(t *testing.T) {
	ts := newTestServer(t)
	v := ts.anonymous()
	page := v.get("/login?return=/runs/4812").Body.String()
	for _, want := range []string{
		"Kaja Koordinator", "Sindre Sikkerhet", "Ine Integrasjon", "Randi Revisor", "Lars Leser", "Prøv som",
		`name="return" value="/runs/4812"`, "Demonstrasjon.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the login page lacks %s", want)
		}
	}
	if strings.Contains(page, "⟨") {
		t.Errorf("the page has a word that doesn't exist:\n%s", page)
	}
	w := v.post("/login/demo", "persona", "kaja", "return", "/runs/4812")
	if w.Code != 303 || w.Header().Get("Location") != "/runs/4812" {
		t.Errorf("%d, %s", w.Code, w.Header().Get("Location"))
	}
	if body := v.get("/nowhere").Body.String(); !strings.Contains(body, "Kaja Koordinator") ||
		!strings.Contains(body, "Registerkoordinator") {
		t.Errorf("the head of the page doesn't say who is logged in:\n%s", body)
	}
	if w := v.get("/login?return=/runs/1"); w.Code != 303 || w.Header().Get("Location") != "/runs/1" {
		t.Errorf("the login page for who is logged in: %d, %s", w.Code, w.Header().Get("Location"))
	}
	if w := v.get("/login?fresh=1"); w.Code != 200 || !strings.Contains(w.Body.String(), "Vis at det er deg") {
		t.Errorf("a fresh login: %d", w.Code)
	}
	if w := v.post("/login/demo", "persona", "kaja", "return", "//evil.example"); w.Header().Get("Location") != "/" {
		t.Errorf("the login leads to %s", w.Header().Get("Location"))
	}
	if w := v.post("/login/demo", "persona", "nobody"); w.Code != 422 || !strings.Contains(w.Body.String(), "Velg en av personene") {
		t.Errorf("a persona that doesn't exist: %d\n%s", w.Code, w.Body)
	}
}

func TestHome(t *testing.T) {
	ts := newTestServer(t)
	if w := ts.anonymous().get("/"); w.Header().Get("Location") != "/catalogue" {
		t.Errorf("for anybody: %s", w.Header().Get("Location"))
	}
	if w := ts.as(store.RoleReader, store.AllRegistries).get("/"); w.Header().Get("Location") != "/today" {
		t.Errorf("for who is logged in: %s", w.Header().Get("Location"))
	}
}

func TestLogout(t *testing.T) {
	ts := newTestServer(t)
	v := ts.as(store.RoleAdmin, store.AllRegistries)
	before := map[string]string{"samband": v.cookies["samband"]}
	w := v.post("/logout")
	if w.Code != 303 || w.Header().Get("Location") != "/signed-out" || w.Header().Get("Clear-Site-Data") != `"cache", "storage"` {
		t.Errorf("%d, %v", w.Code, w.Header())
	}
	if w := v.get("/signed-out"); w.Code != 200 || !strings.Contains(w.Body.String(), "Du er logget ut") {
		t.Errorf("the page after it: %d", w.Code)
	}
	v.cookies = before
	if w := v.get("/"); w.Header().Get("Location") != "/catalogue" {
		t.Error("the old cookie still works")
	}
	if w := ts.anonymous().post("/logout"); w.Code != 303 {
		t.Errorf("for who isn't logged in: %d", w.Code)
	}
}

func TestPreferences(t *testing.T) {
	ts := newTestServer(t)
	v := ts.anonymous()
	w := v.post("/preferences", "lang", "nn", "back", "/login?return=/runs")
	if w.Code != 303 || w.Header().Get("Location") != "/login?return=/runs" {
		t.Errorf("%d, %s", w.Code, w.Header().Get("Location"))
	}
	v.post("/preferences", "theme", "dark", "back", "/catalogue?q=x")
	set := w.Header().Get("Set-Cookie")
	if !strings.Contains(set, "HttpOnly") || !strings.Contains(set, "SameSite=Lax") || !strings.Contains(set, "Max-Age=31536000") {
		t.Errorf("the cookie is %q", set)
	}
	page := v.get("/login").Body.String()
	if !strings.Contains(page, `lang="nn"`) || !strings.Contains(page, `data-color-scheme="dark"`) ||
		!strings.Contains(page, "Dette er ein demonstrasjon") {
		t.Errorf("the page doesn't follow the choice:\n%s", page)
	}
	if w := v.post("/preferences", "lang", "klingon"); w.Code != 422 {
		t.Errorf("a language that doesn't exist: %d", w.Code)
	}
	if w := v.post("/preferences", "lang", "nb", "back", "//evil.example"); w.Header().Get("Location") != "/" {
		t.Errorf("the choice leads to %s", w.Header().Get("Location"))
	}
	for _, bad := range []string{"klingon.pink", "", "..", "en"} {
		v.cookies["samband-look"] = bad
		if w := v.get("/login"); w.Code != 200 {
			t.Errorf("cookie %q: %d", bad, w.Code)
		}
	}
}

func TestFlashIsShownOnce(t *testing.T) {
	ts := newTestServerWith(t, nil, append(doors(),
		post("/save", store.SignedIn, portal, func(s *Server, w http.ResponseWriter, r *http.Request) error {
			if err := s.flash(w, r, ds.Success, "error.form.too_long", store.Args{"limit": 7}); err != nil {
				return err
			}
			return redirect(w, r, "/signed-out")
		})))
	v := ts.as(store.RoleReader, store.AllRegistries)
	v.post("/save")
	part := v.header
	v.header = http.Header{"Hx-Request": {"true"}}
	v.get("/signed-out") // a part of another page must not swallow the message
	v.header = part
	if body := v.get("/signed-out").Body.String(); !strings.Contains(body, "Teksten kan ha høyst 7 tegn.") {
		t.Errorf("the message is not shown:\n%s", body)
	}
	if body := v.get("/signed-out").Body.String(); strings.Contains(body, "Teksten kan ha høyst") {
		t.Error("the message is shown twice")
	}
}

// TestLoginAtProvider is the whole walk with a real provider and a real browser's cookies: page, login, return, menu,
// logout here and there.
func TestLoginAtProvider(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(oidctest.User{Subject: "1", Name: "Kari Nordmann", Claims: map[string]any{"roles": []string{"samband-sikkerhet"}}})
	front := httptest.NewUnstartedServer(nil)
	front.Start()
	t.Cleanup(front.Close)
	p.Serve(front.URL)
	ts := newTestServerWith(t, func(_ *Deps, c *auth.Config) {
		c.PublicURL, c.Issuer, c.ClientID, c.ClientSecret = front.URL, p.Issuer, oidctest.ClientID, oidctest.ClientSecret
		c.Roles = []auth.RoleRule{{Value: "samband-sikkerhet", Role: store.RoleSecurity, RegistryID: store.AllRegistries}}
	}, append(doors(), get("/approvals", store.Approve, somewhere, (*Server).signedOut)))
	front.Config.Handler = ts
	ts.clock.Advance(time.Since(ts.clock.Now())) // the provider's clock is the machine's
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar}
	fetch := func(address string) (*http.Response, string) {
		t.Helper()
		resp, err := c.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var b strings.Builder
		if err := resp.Write(&b); err != nil {
			t.Fatal(err)
		}
		return resp, b.String()
	}
	resp, body := fetch(front.URL + "/approvals?state=submitted")
	if resp.Request.URL.Path != "/login" || strings.Contains(body, "Prøv som") || strings.Contains(body, "Demonstrasjon.") {
		t.Fatalf("the login page is %s:\n%s", resp.Request.URL, body)
	}
	begin := "/login/begin?return=" + url.QueryEscape("/approvals?state=submitted")
	if !strings.Contains(body, `href="`+begin+`"`) {
		t.Fatalf("the page doesn't lead to the provider:\n%s", body)
	}
	resp, body = fetch(front.URL + begin)
	if resp.Request.URL.RequestURI() != "/approvals?state=submitted" || !strings.Contains(body, "Kari Nordmann") ||
		!strings.Contains(body, "Sikkerhetsleder") {
		t.Fatalf("after the login: %s, %d\n%s\n%s", resp.Request.URL, resp.StatusCode, body, ts.log)
	}
	if strings.Contains(ts.log.String(), "Kari") || strings.Contains(ts.log.String(), "code=") {
		t.Error("the log has the person's name or the code")
	}
	resp, err = c.Post(front.URL+"/login/demo", "application/x-www-form-urlencoded", strings.NewReader("persona=ine"))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("the demonstration's login beside a provider: %d", resp.StatusCode)
	}
	resp, err = c.Post(front.URL+"/logout", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.Request.URL.String() != front.URL+"/signed-out" || resp.StatusCode != 200 {
		t.Errorf("the logout ends at %s, %d", resp.Request.URL, resp.StatusCode)
	}
	if resp, _ := fetch(front.URL + "/approvals"); resp.Request.URL.Path != "/login" {
		t.Errorf("after the logout: %s", resp.Request.URL)
	}

	p.Away(true)
	p.Decline("access_denied")
	p.Away(false)
	resp, body = fetch(front.URL + begin)
	if resp.StatusCode != http.StatusForbidden || !strings.Contains(body, "Du ble ikke logget inn") ||
		!strings.Contains(body, `href="/login"`) {
		t.Errorf("a login that was declined: %d\n%s", resp.StatusCode, body)
	}
}
