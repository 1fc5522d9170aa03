package web

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/store"
	"samband/web/auth"
)

// notes is a portal with a page that has a form, and what came of the form.
func notes(t *testing.T, mark func(*route) *route) (*testServer, *[]string) {
	var sent []string
	ts := newTestServerWith(t, nil, append(doors(),
		get("/notes/7", store.SignedIn, portal, bench(`<form method="post" action="/search"><input name="note"></form>
			<details><summary>Vurder</summary><form method="post" action="/notes/7/send"><input type="hidden" name="version" value="1">
			<input name="note"><textarea name="long"></textarea><input type="password" name="password">
			<select name="one"><option value="a" selected>A</option><option value="b">B</option></select>
			<input type="checkbox" name="many" value="x" checked><input type="checkbox" name="many" value="y"></form></details>`)),
		mark(post("/notes/7/send", store.SignedIn, portal, func(s *Server, w http.ResponseWriter, r *http.Request) error {
			f, err := s.form(r)
			if err != nil {
				return err
			}
			sent = append(sent, f.text("note", 100))
			return redirect(w, r, "/notes/7")
		}))))
	return ts, &sent
}

func same(rt *route) *route { return rt }

var written = []string{"version", "1", "note", `æ <b>"`, "long", "\nto\nlinjer </textarea>", "one", "b", "many", "y", "password", "hemmelig"}

// showsWritten tells whether a page has what was written in the form.
func showsWritten(t *testing.T, page string) bool {
	t.Helper()
	form := page[strings.Index(page, `action="/notes/7/send"`):]
	if !strings.Contains(form, html.EscapeString(`æ <b>"`)) {
		return false
	}
	for _, want := range []string{"<textarea name=\"long\">\n\nto\nlinjer &lt;/textarea&gt;</textarea>", `<option value="a">`,
		`<option value="b" selected="">`, `value="x">`, `value="y" checked="">`} {
		if !strings.Contains(form, want) {
			t.Errorf("the form lacks %s:\n%s", want, form)
		}
	}
	if strings.Contains(page, "hemmelig") || !strings.Contains(page, "Se over og send på nytt") || !strings.Contains(page, `<details open="">`) {
		t.Errorf("the page has a secret, or no note, or hides the form:\n%s", page)
	}
	return true
}

// TestStepUp: what asks for a fresh login does nothing without one, and what was written is there after it.
func TestStepUp(t *testing.T) {
	ts, sent := notes(t, (*route).fresh)
	v := ts.as(store.RoleSecurity, store.AllRegistries)
	v.header.Set("Referer", "http://"+testHost+"/notes/7?tab=2")
	leads(t, v.post("/notes/7/send", written...), "/notes/7")
	ts.clock.Advance(5*time.Minute + time.Second)
	leads(t, v.post("/notes/7/send", written...), "/login?fresh=1&return=%2Fnotes%2F7%3Ftab%3D2")
	if len(*sent) != 1 {
		t.Fatal("it was carried out without a fresh login")
	}
	if showsWritten(t, v.get("/notes/7").Body.String()) {
		t.Error("the form is shown before the login")
	}
	answers(t, v.get("/login?fresh=1&return=/notes/7"), 200, "Det du skrev, er tatt vare på", "Vis at det er deg")
	leads(t, v.post("/login/demo", "persona", "sindre", "fresh", "1", "return", "/notes/7?tab=2"), "/notes/7?tab=2")
	if len(*sent) != 1 {
		t.Fatal("the form was sent by itself")
	}
	part := v.header
	v.header = http.Header{"Hx-Request": {"true"}}
	v.get("/notes/7") // a part of a page must not use it up
	v.header = part
	if !showsWritten(t, v.get("/notes/7?tab=2").Body.String()) {
		t.Error("what was written is gone")
	}
	if showsWritten(t, v.get("/notes/7").Body.String()) {
		t.Error("the form is shown twice")
	}
	leads(t, v.post("/notes/7/send", written...), "/notes/7")
	if len(*sent) != 2 {
		t.Error("after a fresh login it is not carried out")
	}
	if log := ts.log.String(); strings.Contains(log, "linjer") {
		t.Error("the form is in the log")
	}
}

// TestStepUpIsRefused: programs and parts of pages are told, and nothing is carried out.
func TestStepUpIsRefused(t *testing.T) {
	ts, sent := notes(t, (*route).fresh)
	v := ts.as(store.RoleSecurity, store.AllRegistries)
	ts.clock.Advance(6 * time.Minute)
	v.header.Set("Accept", "application/json")
	answers(t, v.post("/notes/7/send", written...), 401, `"code":"web.stale"`)
	v.header = http.Header{"Hx-Request": {"true"}, "Hx-Current-Url": {"http://" + testHost + "/notes/7"}}
	answers(t, v.post("/notes/7/send", written...), 401, "/login?fresh=1&amp;return=%2Fnotes%2F7", "Vis at det er deg")
	if len(*sent) != 0 {
		t.Error("it was carried out")
	}
}

// TestDraftSurvivesTheSession: whoever is logged out while writing finds it again, and nobody else does.
func TestDraftSurvivesTheSession(t *testing.T) {
	ts, sent := notes(t, same)
	send := func() *visitor {
		t.Helper()
		v := ts.as(store.RoleCoordinator, store.AllRegistries)
		v.header.Set("Referer", "http://"+testHost+"/notes/7")
		ts.clock.Advance(31 * time.Minute)
		v.get("/notes/7") // another tab has seen that the session is over
		leads(t, v.post("/notes/7/send", written...), "/login?return=%2Fnotes%2F7")
		return v
	}
	v := send()
	v.post("/login/demo", "persona", "kaja", "return", "/notes/7")
	if !showsWritten(t, v.get("/notes/7").Body.String()) {
		t.Error("what was written is gone")
	}
	other := send()
	other.post("/login/demo", "persona", "sindre", "return", "/notes/7")
	page := other.get("/notes/7").Body.String()
	if showsWritten(t, page) || !strings.Contains(page, "Noe var skrevet i denne nettleseren av en annen") {
		t.Errorf("another person is shown it, or not told:\n%s", page)
	}
	elsewhere := ts.as(store.RoleCoordinator, store.AllRegistries)
	if showsWritten(t, elsewhere.get("/notes/7").Body.String()) {
		t.Error("another browser is shown it")
	}
	revoked := ts.as(store.RoleCoordinator, store.AllRegistries)
	revoked.header.Set("Referer", "http://"+testHost+"/notes/7")
	if _, err := ts.db.RevokeSessions(t.Context(), ts.userOf("kaja"), "", store.SystemActor()); err != nil {
		t.Fatal(err)
	}
	leads(t, revoked.post("/notes/7/send", written...), "/login?return=%2Fnotes%2F7")
	if len(*sent) != 0 {
		t.Error("a form was carried out")
	}
}

// userOf is the id of an invented person's user.
func (ts *testServer) userOf(persona string) string {
	ts.t.Helper()
	u, err := ts.db.SignIn(ts.t.Context(), "demo", persona, persona, ts.clock.Now())
	if err != nil {
		ts.t.Fatal(err)
	}
	return u.ID
}

// TestKeptWithoutPage: a form that came from the answer to a form, which is no page of its own, or whose page has
// changed in the meantime.
func TestKeptWithoutPage(t *testing.T) {
	ts, _ := notes(t, (*route).fresh)
	for _, from := range []string{"/notes/7/send", "", "/signed-out"} {
		v := ts.as(store.RoleSecurity, store.AllRegistries)
		page := "/kept"
		if v.header.Set("Referer", "http://"+testHost+from); from == "" {
			v.header.Del("Referer")
		}
		ts.clock.Advance(6 * time.Minute)
		leads(t, v.post("/notes/7/send", written...), freshPath(page))
		v.post("/login/demo", "persona", "sindre", "fresh", "1", "return", page)
		answers(t, v.get(page), 200, "Det du skrev, er tatt vare på", `action="/notes/7/send"`, `name="one" value="b"`, "!hemmelig")
		answers(t, v.get("/kept"), http.StatusSeeOther)
	}

	// The page is there, but not the form.
	v := ts.as(store.RoleSecurity, store.AllRegistries)
	v.header.Set("Referer", "http://"+testHost+"/account")
	ts.clock.Advance(6 * time.Minute)
	leads(t, v.post("/notes/7/send", written...), freshPath("/account"))
	v.post("/login/demo", "persona", "sindre")
	answers(t, v.get("/account"), 200, "Det du skrev, er tatt vare på", `name="one" value="b"`)
	answers(t, v.get("/account"), 200, "Innlogginger")
}

func TestFilesAreNotKept(t *testing.T) {
	ts, _ := notes(t, (*route).fresh)
	v := ts.as(store.RoleSecurity, store.AllRegistries)
	ts.clock.Advance(6 * time.Minute)
	body := "--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nblåbær\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\nPDF-INNHOLD\r\n--x--\r\n"
	r := httptest.NewRequest(http.MethodPost, "/notes/7/send", strings.NewReader(body))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	leads(t, v.do(r), freshPath("/kept"))
	v.post("/login/demo", "persona", "sindre")
	answers(t, v.get("/kept"), 200, `name="note" value="blåbær"`, "!PDF-INNHOLD", "!a.pdf")
}

// TestRefillPicksTheForm: of several forms to one address it is the one whose button was pressed.
func TestRefillPicksTheForm(t *testing.T) {
	page := `<details><form method="post" action="/d"><input name="day"><button name="to" value="accepted"></button></form></details>` +
		`<details><form method="post" action="/d"><input name="day"><button name="to" value="rejected"></button></form></details>`
	for to, want := range map[string]int{"accepted": 0, "rejected": 1, "other": 0} {
		got, ok := refill([]byte(page), &auth.Kept{Action: "/d", Fields: url.Values{"to": {to}, "day": {"x"}}})
		forms := strings.SplitAfter(string(got), "</details>")
		for i, f := range forms[:2] {
			filled := strings.Contains(f, `value="x"`) && strings.Contains(f, `<details open="">`)
			if !ok || filled != (i == want) {
				t.Errorf("%s: form %d is filled: %v\n%s", to, i, filled, got)
			}
		}
	}
	if _, ok := refill([]byte(page), &auth.Kept{Action: "/e"}); ok {
		t.Error("a form is found that isn't there")
	}
}

// TestRefillGivesBackWhatWasWritten: whatever somebody wrote stands in the field as they wrote it, and adds nothing
// to the page but text.
func TestRefillGivesBackWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line, long := rapid.String().Draw(t, "line"), rapid.String().Draw(t, "long")
		page := `<p>før</p><form method="post" action="/d"><input name="line"/><textarea name="long">gammelt</textarea></form><p>etter</p>`
		got, ok := refill([]byte(page), &auth.Kept{Action: "/d", Fields: url.Values{"line": {line}, "long": {long}}})
		if !ok {
			t.Fatal("the form is not found")
		}
		again := tokenize(got)
		if len(again) < 10 || norm(again[4].attr("value")) != norm(line) {
			t.Fatalf("%q became %q", line, again[4].attr("value"))
		}
		text := ""
		if again[6].Data != "textarea" {
			text = again[6].Data
		}
		if text = norm(strings.TrimPrefix(text, "\n")); text != norm(long) {
			t.Fatalf("%q became %q in\n%s", long, text, got)
		}
		if !strings.HasSuffix(string(got), `</textarea></form><p>etter</p>`) {
			t.Fatalf("the page became\n%s", got)
		}
	})
}

// norm is text as HTML can carry it: line ends are one character, and there is no zero.
func norm(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	return strings.ReplaceAll(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\x00", "\ufffd")
}

func TestSecretFields(t *testing.T) {
	for name, want := range map[string]bool{"secret": true, "smtp_password": true, "Webhook-Token": true, "reason": false, "code": false, "key": false} {
		if secretField(name) != want {
			t.Errorf("%s is a secret: %v", name, !want)
		}
	}
}
