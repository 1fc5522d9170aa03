package auth

import (
	"net/http"
	"testing"
	"time"

	"samband/store"
	"samband/web/auth/oidctest"
)

func TestBrowserLabel(t *testing.T) {
	const mozilla = "Mozilla/5.0 "
	for agent, want := range map[string]string{
		mozilla + "(Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0":                                             "Firefox, Windows",
		mozilla + "(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36":                  "Chrome, Windows",
		mozilla + "(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0":        "Edge, Windows",
		mozilla + "(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15":        "Safari, macOS",
		mozilla + "(iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile Safari/60": "Chrome, iPhone",
		mozilla + "(Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36":                     "Chrome, Android",
		mozilla + "(X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                       "Firefox, Linux",
		"curl/8.9 (Linux)":   "Linux",
		"Go-http-client/1.1": "",
		"":                   "",
		"<script>":           "",
	} {
		if got := browserLabel(agent); got != want {
			t.Errorf("%s is called %q, not %q", agent, got, want)
		}
	}
}

// TestParallelSessions: a person may be logged in at many places; each is listed, and ends by itself or with the others.
func TestParallelSessions(t *testing.T) {
	tp := newPortal(t, nil, nil)
	var browsers []*http.Client
	for range 3 {
		c := browser(t)
		tp.loginAs(c, "kaja")
		browsers = append(browsers, c)
		tp.clock.Advance(10 * time.Minute)
	}
	for _, c := range browsers[1:] {
		tp.who(c)
	}
	s, _ := tp.session(browsers[2])
	list, err := tp.auth.OpenSessions(t.Context(), s.Person.User.ID, s)
	if err != nil || len(list) != 2 { // the first has stood still for half an hour
		t.Fatalf("%+v, %v", list, err)
	}
	current := 0
	for _, o := range list {
		if o.Current {
			current++
		}
		if !o.Ends.Equal(tp.clock.Now().Add(30*time.Minute)) || len(o.Ref) != 12 {
			t.Errorf("%+v", o)
		}
	}
	if current != 1 {
		t.Errorf("%d of the sessions are this one", current)
	}
	if n, err := tp.auth.EndOthers(t.Context(), s, store.UserActor(s.Person.User, "")); err != nil || n != 2 {
		t.Errorf("%d sessions ended, %v", n, err)
	}
	if tp.who(browsers[2]) == "" || tp.who(browsers[1]) != "" {
		t.Error("the wrong session ended")
	}
}

func TestFresh(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c := browser(t)
	tp.loginAs(c, "sindre")
	s, _ := tp.session(c)
	at := tp.clock.Now()
	for after, want := range map[time.Duration]bool{0: true, 5 * time.Minute: true, 5*time.Minute + 1: false} {
		if s.Fresh(at.Add(after)) != want {
			t.Errorf("after %s: %v", after, !want)
		}
	}
	if !s.Ends().Equal(at.Add(30*time.Minute)) || !s.Last().Equal(at.Add(8*time.Hour)) {
		t.Errorf("the session ends %s, %s at the latest", s.Ends(), s.Last())
	}
}

// TestNoAuthTimeIsNeverFresh: a provider that doesn't say when the person logged in may have done so yesterday.
func TestNoAuthTimeIsNeverFresh(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	p.Forge(func(t *oidctest.Token) { delete(t.Claims, "auth_time") })
	tp := newPortal(t, p, nil)
	c := browser(t)
	if resp, _ := tp.login(c, ""); resp.Header.Get("Error") != "" {
		t.Fatal(resp.Header.Get("Cause"))
	}
	if s, _ := tp.session(c); s.Fresh(tp.clock.Now()) {
		t.Error("the login counts as fresh")
	}
	if resp, _ := tp.login(c, "?fresh=1"); resp.Header.Get("Error") != "auth.weak" {
		t.Errorf("a fresh login without auth_time gives %q", resp.Header.Get("Error"))
	}
}

// TestRoleChangeEndsSessions: what a person may do is never a mixture of before and after.
func TestRoleChangeEndsSessions(t *testing.T) {
	p := oidctest.Start(t)
	roles := func(r ...string) oidctest.User {
		u := kari
		u.Claims = map[string]any{"roles": r}
		return u
	}
	tp := newPortal(t, p, func(c *Config) {
		c.Roles = []RoleRule{{"a", store.RoleAdmin, store.AllRegistries}, {"r", store.RoleReader, store.AllRegistries}}
	})
	p.Login(roles("a"))
	desk, home, other := browser(t), browser(t), browser(t)
	tp.login(desk, "")
	tp.login(home, "")
	if tp.who(desk) == "" || tp.who(home) == "" {
		t.Fatal("parallel sessions don't live side by side")
	}
	p.Login(oidctest.User{Subject: "other", Name: "Per"})
	tp.login(other, "")
	p.Login(roles("r"))
	tp.login(home, "")
	if tp.who(desk) != "" || tp.who(home) == "" || tp.who(other) == "" {
		t.Errorf("after a new role: %q, %q, %q", tp.who(desk), tp.who(home), tp.who(other))
	}
	s, _ := tp.session(home)
	g := &store.Grant{UserID: s.Person.User.ID, Role: store.RoleAuditor, RegistryID: store.AllRegistries, Source: "portal"}
	if err := tp.db.Grant(t.Context(), g, store.SystemActor()); err != nil {
		t.Fatal(err)
	}
	if tp.who(home) != "" {
		t.Error("the session outlived a grant")
	}
	tp.login(home, "")
	if err := tp.db.RevokeGrant(t.Context(), g.ID, "", store.SystemActor()); err != nil {
		t.Fatal(err)
	}
	if tp.who(home) != "" {
		t.Error("the session outlived the end of a grant")
	}
}
