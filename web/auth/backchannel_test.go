package auth

import (
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/web/auth/oidctest"
)

func TestProviderLogout(t *testing.T) {
	p := oidctest.Start(t)
	tp := newPortal(t, p, nil)
	at := func(sid string) oidctest.User {
		u := kari
		if sid != "" {
			u.Claims = map[string]any{"sid": sid}
		}
		return u
	}
	for name, c := range map[string]struct {
		subject, sid string
		n            int
		desk, home   bool // lives
	}{
		"a session":          {sid: "desk", n: 1, home: true},
		"a person":           {subject: kari.Subject, n: 2},
		"both":               {subject: kari.Subject, sid: "home", n: 1, desk: true},
		"nobody we know":     {subject: "someone", desk: true, home: true},
		"no session we know": {sid: "elsewhere", desk: true, home: true},
	} {
		desk, home := browser(t), browser(t)
		p.Login(at("desk"))
		tp.login(desk, "")
		p.Login(at("home"))
		tp.login(home, "")
		token := p.LogoutToken(c.subject, c.sid, nil)
		n, err := tp.auth.ProviderLogout(t.Context(), token, "r")
		if err != nil || n != c.n {
			t.Errorf("%s: %d sessions ended, %v", name, n, err)
		}
		if got := tp.who(desk) != ""; got != c.desk {
			t.Errorf("%s: the session at the desk lives: %v", name, got)
		}
		if got := tp.who(home) != ""; got != c.home {
			t.Errorf("%s: the session at home lives: %v", name, got)
		}
		if _, err := tp.auth.ProviderLogout(t.Context(), token, "r"); store.CodeOf(err) != "session.replayed" {
			t.Errorf("%s: the token counts again: %v", name, err)
		}
		if _, err := tp.db.RevokeSessions(t.Context(), mustUser(tp), "", store.SystemActor()); err != nil {
			t.Fatal(err)
		}
	}
}

func mustUser(tp *testPortal) string {
	tp.t.Helper()
	users, err := tp.db.Users(tp.t.Context())
	if err != nil || len(users) != 1 {
		tp.t.Fatalf("%v, %v", users, err)
	}
	return users[0].ID
}

// TestBadLogoutTokens holds what a broken or hostile sender could post: section 2.6 of the standard, and more.
func TestBadLogoutTokens(t *testing.T) {
	claim := func(name string, value any) func(*oidctest.Token) {
		return func(t *oidctest.Token) {
			if value == nil {
				delete(t.Claims, name)
			} else {
				t.Claims[name] = value
			}
		}
	}
	sign := func(s oidctest.Sign) func(*oidctest.Token) { return func(t *oidctest.Token) { t.Sign = s } }
	typ := func(s string) func(*oidctest.Token) { return func(t *oidctest.Token) { t.Type = s } }
	unix := func(d time.Duration) any { return time.Now().Add(d).Unix() }
	event := func(v any) any { return map[string]any{backchannelEvent: v} }
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	c := browser(t)
	tp.login(c, "")
	for name, test := range map[string]struct {
		forge func(*oidctest.Token)
		ok    bool
	}{
		"untouched":                 {func(t *oidctest.Token) { t.Claims["sub"] = "someone" }, true},
		"typ JWT":                   {func(t *oidctest.Token) { t.Claims["sub"], t.Type = "someone", "JWT" }, true},
		"just expired, within skew": {func(t *oidctest.Token) { t.Claims["sub"], t.Claims["exp"] = "someone", unix(-30*time.Second) }, true},

		"alg none":                  {sign(oidctest.ByNobody), false},
		"HS256 with the public key": {sign(oidctest.ByPublicKey), false},
		"HS256 with our secret":     {sign(oidctest.BySecret), false},
		"signed by a stranger":      {sign(oidctest.ByStranger), false},
		"other issuer":              {claim("iss", "https://evil.example"), false},
		"no issuer":                 {claim("iss", nil), false},
		"other audience":            {claim("aud", "another-client"), false},
		"no audience":               {claim("aud", nil), false},
		"expired":                   {claim("exp", unix(-2*time.Minute)), false},
		"no expiry":                 {claim("exp", nil), false},
		"issued in the future":      {claim("iat", unix(5*time.Minute)), false},
		"no time of issue":          {claim("iat", nil), false},
		"no events":                 {claim("events", nil), false},
		"another event":             {claim("events", map[string]any{"urn:other": map[string]any{}}), false},
		"an event that is null":     {claim("events", event(nil)), false},
		"an event that is a list":   {claim("events", event([]string{})), false},
		"an event that is a text":   {claim("events", event("x")), false},
		"a nonce":                   {claim("nonce", "n"), false},
		"an empty nonce":            {claim("nonce", ""), false},
		"neither person nor session": {func(t *oidctest.Token) {
			delete(t.Claims, "sub")
			delete(t.Claims, "sid")
		}, false},
		"no jti":           {claim("jti", nil), false},
		"endless jti":      {claim("jti", strings.Repeat("x", 256)), false},
		"endless subject":  {claim("sub", strings.Repeat("x", 256)), false},
		"an access token":  {typ("at+jwt"), false},
		"some other token": {typ("secevent+jwt"), false},
	} {
		_, err := tp.auth.ProviderLogout(t.Context(), p.LogoutToken(kari.Subject, "", test.forge), "r")
		if test.ok && err != nil || !test.ok && store.CodeOf(err) != "auth.logout_token" {
			t.Errorf("%s: %v", name, err)
		}
		if tp.who(c) == "" {
			t.Fatalf("%s: the session ended", name)
		}
	}
	for _, raw := range []string{"", "x", "a.b.c", strings.Repeat("x", 10_000)} {
		if _, err := tp.auth.ProviderLogout(t.Context(), raw, "r"); store.CodeOf(err) != "auth.logout_token" {
			t.Errorf("%.10q: %v", raw, err)
		}
	}
	p.Away(true)
	away := newPortal(t, p, nil)
	if _, err := away.auth.ProviderLogout(t.Context(), "x", "r"); store.CodeOf(err) != "auth.provider_away" {
		t.Errorf("while the provider is away: %v", err)
	}
	demo := newPortal(t, nil, nil)
	if _, err := demo.auth.ProviderLogout(t.Context(), "x", "r"); store.ClassOf(err) != store.NotFound {
		t.Errorf("in a demonstration: %v", err)
	}
}

// TestLogoutTokenIsNoLogin: a logout token without its typ must not log anybody in.
func TestLogoutTokenIsNoLogin(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	p.Forge(func(t *oidctest.Token) {
		delete(t.Claims, "nonce")
		t.Claims["events"] = map[string]any{backchannelEvent: map[string]any{}}
	})
	tp := newPortal(t, p, nil)
	if resp, _ := tp.login(browser(t), ""); resp.Header.Get("Error") != "auth.answer" {
		t.Errorf("the portal says %q", resp.Header.Get("Error"))
	}
}
