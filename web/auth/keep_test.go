package auth

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samband/web/auth/oidctest"
)

var reason = Kept{Page: "/integrations/1/approval?x=1", Action: "/approvals/2/decide", Fields: url.Values{"reason": {"blåbær"}}}

// keep keeps reason for the session behind a browser, or for the one that is over.
func (tp *testPortal) keep(s *Session, c *http.Client) bool {
	tp.t.Helper()
	_, r := tp.session(c)
	kept, err := tp.auth.Keep(r, s, reason)
	if err != nil {
		tp.t.Fatal(err)
	}
	return kept
}

// waits gives the reason that waits for whoever is logged in at a browser, "" when none does.
func (tp *testPortal) waits(c *http.Client) string {
	tp.t.Helper()
	s, r := tp.session(c)
	if s == nil {
		return ""
	}
	k, err := tp.auth.Kept(r, s, "/integrations/1/approval")
	if err != nil {
		tp.t.Fatal(err)
	}
	if k == nil {
		return ""
	}
	return k.Fields.Get("reason")
}

func TestKeptForTheSamePerson(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c := browser(t)
	tp.loginAs(c, "sindre")
	s, _ := tp.session(c)
	if !tp.keep(s, c) {
		t.Fatal("the form was not kept")
	}
	if tp.waits(c) != "" {
		t.Error("the form is shown before the person proved who they are")
	}
	tp.loginAs(c, "sindre")
	s, r := tp.session(c)
	if k, err := tp.auth.Kept(r, s, "/another/page"); err != nil || k != nil {
		t.Errorf("on another page: %v, %v", k, err)
	}
	k, err := tp.auth.Kept(r, s, "/integrations/1/approval")
	if err != nil || k == nil || k.Action != reason.Action || k.Fields.Get("reason") != "blåbær" {
		t.Fatalf("%+v, %v", k, err)
	}
	row, err := tp.db.Session(t.Context(), acquaintanceHash(tp.auth.knownBrowser(r)))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(row.Data, []byte("bær")) || bytes.Contains(row.Data, []byte(tp.auth.knownBrowser(r))) {
		t.Errorf("the database has the form in clear, or its key: %s", row.Data)
	}
	if err := tp.auth.Shown(recorder{}, r, s); err != nil {
		t.Fatal(err)
	}
	if tp.waits(c) != "" {
		t.Error("the form is shown twice")
	}
	tp.loginAs(c, "sindre")
	if tp.waits(c) != "" {
		t.Error("the form is shown again after another login")
	}
}

// TestKeptForNobodyElse: another person in that browser, the same person in another, and who has only the database.
func TestKeptForNobodyElse(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c := browser(t)
	tp.loginAs(c, "sindre")
	s, _ := tp.session(c)
	tp.keep(s, c)
	elsewhere := browser(t)
	tp.loginAs(elsewhere, "sindre")
	if tp.waits(elsewhere) != "" {
		t.Error("the form is shown in another browser")
	}
	tp.loginAs(c, "kaja")
	if tp.waits(c) != "" {
		t.Error("the form is shown to another person")
	}
	other, r := tp.session(c)
	if told, err := other.TakeFlashes(recorder{}, r); err != nil || len(told) != 1 || told[0].Key != "session.kept.other" {
		t.Errorf("the other person is told %v, %v", told, err)
	}
	tp.loginAs(c, "sindre")
	if tp.waits(c) != "" {
		t.Error("the form came back after another person")
	}

	// Somebody else's session can't keep a form in the name of the browser's person.
	lars, _ := tp.session(elsewhere)
	lars.Person.User.ID = "someone"
	if tp.keep(lars, c) {
		t.Error("a form is kept for another person than the browser's")
	}
}

func TestKeptAfterTheSession(t *testing.T) {
	tp := newPortal(t, nil, nil)
	c := browser(t)
	if tp.keep(nil, c) {
		t.Error("a form is kept in a browser where nobody has logged in")
	}
	tp.loginAs(c, "kaja")
	tp.clock.Advance(31 * time.Minute)
	if tp.who(c) != "" || !tp.keep(nil, c) {
		t.Fatal("the form of a session that is over is not kept")
	}
	tp.loginAs(c, "kaja")
	if tp.waits(c) != "blåbær" {
		t.Error("the form is not shown after the login")
	}

	// It waits for an hour, and not over a logout.
	tp.keep(nil, c)
	tp.clock.Advance(keepFor)
	tp.loginAs(c, "kaja")
	if tp.waits(c) != "" {
		t.Error("the form is shown after an hour")
	}
	s, _ := tp.session(c)
	tp.keep(s, c)
	resp, err := c.Post(tp.URL+"/logout", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	tp.loginAs(c, "kaja")
	if tp.waits(c) != "" {
		t.Error("the form outlived a logout")
	}

	long := reason
	long.Fields = url.Values{"reason": {strings.Repeat("x", keepMost)}}
	s, r := tp.session(c)
	if kept, err := tp.auth.Keep(r, s, long); err != nil || kept {
		t.Errorf("a form of more than 64 KB is kept: %v, %v", kept, err)
	}
}

// TestBrowserIsNoLogin: what ties a form to a browser can be used neither as a session nor as a login under way.
func TestBrowserIsNoLogin(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	c := browser(t)
	tp.login(c, "")
	_, r := tp.session(c)
	id := tp.auth.knownBrowser(r)
	for _, state := range []string{"browser", id, ""} {
		resp := fetch(t, c, tp.URL+"/login/callback?code=x&state="+state)
		if got := resp.Header.Get("Error"); got != "auth.attempt" {
			t.Errorf("state %q gives %q", state, got)
		}
	}
	thief := browser(t)
	cookie := tp.cookie(c)
	cookie.Value, cookie.Path = id, "/"
	tp.plant(thief, cookie)
	if tp.who(thief) != "" {
		t.Error("the browser's id is taken for a session")
	}
	if tp.who(c) != kari.Name {
		t.Error("the session is gone")
	}
}
