package web

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/views/access"
	"samband/web/auth"
)

// login is a visitor as a persona is, with what the database says they hold.
func (g *register) login(persona string) *visitor {
	g.t.Helper()
	v := g.anonymous()
	if w := v.post("/login/demo", "persona", persona); w.Code != http.StatusSeeOther {
		g.t.Fatalf("login as %s: %d", persona, w.Code)
	}
	return v
}

// user is a persona who has logged in.
func (g *register) user(persona string) store.User {
	g.t.Helper()
	for _, p := range auth.Personas {
		if p.ID == persona {
			u, err := g.db.SignIn(g.t.Context(), "demo", p.ID, p.Name, g.clock.Now())
			if err != nil {
				g.t.Fatal(err)
			}
			return u
		}
	}
	g.t.Fatalf("nobody is %s", persona)
	return store.User{}
}

// granted gives a persona a role here, as two officers would.
func (g *register) granted(persona string, role store.PortalRole, registry string) *store.Grant {
	g.t.Helper()
	x := &store.Grant{UserID: g.user(persona).ID, Role: role, RegistryID: registry, Source: store.SourcePortal,
		AskedBy: g.user("kaja").ID, Reason: "ny stilling", Until: g.clock.Now().AddDate(1, 0, 0)}
	if err := g.db.Grant(g.t.Context(), x, store.UserActor(g.user("sindre"), "")); err != nil {
		g.t.Fatal(err)
	}
	return x
}

// asked sends a request and gives where it is.
func asked(t *testing.T, v *visitor, fields ...string) string {
	t.Helper()
	w := v.post("/access/ask", append([]string{"until", "2027-05-31", "reason", "ny stilling"}, fields...)...)
	to := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/access/requests/") {
		t.Fatalf("status %d to %q:\n%s", w.Code, to, mainOf(w.Body.String()))
	}
	return to
}

func TestAccessAsk(t *testing.T) {
	g := newRegister(t)
	nina := g.login("nina")
	leads(t, nina.get("/"), "/access/mine")
	answers(t, nina.get("/access/mine"), 200, "Uten tilgang ennå", "Du har ingen søknader.", `href="/access/ask"`)
	answers(t, nina.get("/access/ask"), 200, "!f-user", "Hjertekirurgi", `value="2027-11-23"`)
	answers(t, nina.get("/access/ask?kind=deputy"), 403)

	answers(t, nina.post("/access/ask", "reason", "Skal lese", "until", "2020-01-01"), 422, "f-role-error", "f-until-error",
		"f-registry", ">Skal lese</textarea>")
	answers(t, nina.post("/access/ask", "role", "admin", "registry", "hjerte", "until", "2027-05-31", "reason", "x"), 422,
		"Rollen gjelder alltid hele portalen")
	answers(t, nina.post("/access/ask", "role", "reader", "registry", "ingen", "until", "2027-05-31", "reason", "x"), 422,
		"f-registry-error")
	for name, fields := range map[string][]string{
		"for somebody else": {"user", g.user("lars").ID},
		"a deputy":          {"kind", "deputy", "deputy_for", g.user("kaja").ID},
		"to lift a block":   {"kind", "lift", "user", g.user("lars").ID},
	} {
		w := nina.post("/access/ask", append([]string{"role", "reader", "registry", "hjerte", "until", "2027-05-31", "reason",
			"x"}, fields...)...)
		if w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	at := asked(t, nina, "role", "coordinator", "registry", "hjerte")
	answers(t, nina.post("/access/ask", "role", "coordinator", "registry", "hjerte", "until", "2027-05-31", "reason", "x"),
		409, "Det venter alt en søknad")
	answers(t, nina.get(at), 200, "Nina Ny: Registerkoordinator, Hjertekirurgi", "Du har bedt om det", "Trekk søknaden",
		"!name=\"decision\"")
	answers(t, g.login("lars").get(at), 404)
	answers(t, g.login("lars").post(at+"/withdraw", "version", "1"), 404)
	answers(t, g.login("randi").get(at), 200, "!name=\"decision\"", "!Trekk søknaden")
	answers(t, g.login("randi").post(at+"/withdraw", "version", "1"), 403)
	answers(t, nina.get("/access/requests/ingen"), 404)
	answers(t, nina.post(at+"/withdraw", "version", "9"), 409)
	leads(t, nina.post(at+"/withdraw", "version", "1"), at)
	answers(t, nina.get(at), 200, "Trukket", "!Trekk søknaden")
	answers(t, nina.post(at+"/withdraw", "version", "2"), 409)

	// A coordinator of one registry asks for that one only.
	g.granted("nina", store.RoleCoordinator, "hjerte")
	nina = g.login("nina")
	answers(t, nina.get("/access/ask?kind=deputy"), 200, "Stedfortreder for", "f-user", "i høyst 42 døgn")
	lars := g.user("lars").ID
	asked(t, nina, "user", lars, "role", "coordinator", "registry", "hjerte")
	for _, registry := range []string{"lunge", "*"} {
		answers(t, nina.post("/access/ask", "user", lars, "role", "reader", "registry", registry, "until", "2027-05-31",
			"reason", "x"), 403)
	}
	answers(t, nina.post("/access/ask", "kind", "deputy", "user", lars, "deputy_for", g.user("kaja").ID, "role", "coordinator",
		"registry", "hjerte", "until", "2027-06-01", "reason", "x"), 422, "Så lenge kan tilgangen ikke vare")
	answers(t, nina.post("/access/ask", "kind", "deputy", "user", lars, "deputy_for", g.user("sindre").ID, "role", "coordinator",
		"registry", "hjerte", "until", "2026-12-31", "reason", "x"), 422, "En stedfortreder får aldri mer")
}

func TestAccessDecide(t *testing.T) {
	g := newRegister(t)
	nina, sindre, solveig := g.login("nina"), g.login("sindre"), g.login("solveig")
	at := asked(t, sindre, "user", g.user("nina").ID, "role", "coordinator", "registry", "hjerte")
	answers(t, sindre.get(at), 200, "Du har bedt om det", "!name=\"decision\"")
	for name, v := range map[string]*visitor{"asked": sindre, "gets it": nina, "coordinates": g.login("kaja"), "runs the portal": g.login("ine")} {
		if w := v.post(at+"/decide", "version", "1", "decision", "granted"); w.Code != http.StatusForbidden {
			t.Errorf("who %s decides: %d", name, w.Code)
		}
	}
	answers(t, solveig.get("/today"), 200, "Nina Ny: Registerkoordinator, Hjertekirurgi", at)
	answers(t, sindre.get("/today"), 200, "!"+at)
	answers(t, solveig.get("/access"), 200, at, "Uten tilgang")
	answers(t, solveig.get(at), 200, "name=\"decision\"", "!Trekk søknaden")
	answers(t, solveig.post(at+"/decide", "version", "1", "answer", "Godt"), 422, "f-decision-error", ">Godt</textarea>")
	answers(t, solveig.post(at+"/decide", "version", "1", "decision", "declined"), 422, "f-answer-error")
	answers(t, solveig.post(at+"/decide", "version", "1", "decision", "withdrawn", "answer", "x"), 422, "f-decision-error")
	answers(t, solveig.post(at+"/decide", "version", "2", "decision", "granted"), 409)
	answers(t, solveig.post("/access/requests/ingen/decide", "version", "1", "decision", "granted"), 404)
	if len(g.grants("nina")) != 0 {
		t.Fatal("what was refused gave something")
	}
	leads(t, solveig.post(at+"/decide", "version", "1", "decision", "granted", "answer", "Godt"), at)
	answers(t, solveig.get(at), 200, "Innvilget", "Godt", "!name=\"decision\"")
	answers(t, solveig.post(at+"/decide", "version", "2", "decision", "declined", "answer", "x"), 409)
	if w := nina.get("/today"); w.Code != http.StatusSeeOther {
		t.Errorf("the session from before the role lives: %d", w.Code)
	}
	answers(t, g.login("nina").get("/registries/hjerte"), 200, "Hvem har tilgang her", "Nina Ny")

	// What can no longer be carried out is told, and nothing is given.
	late := asked(t, sindre, "user", g.user("nina").ID, "role", "security_officer", "registry", "*")
	g.granted("nina", store.RoleAdmin, "*")
	answers(t, solveig.post(late+"/decide", "version", "1", "decision", "granted"), 409, "den som drifter portalen, godkjenner aldri")
	g.clock.Advance(31 * 24 * time.Hour)
	answers(t, g.login("solveig").post(late+"/decide", "version", "1", "decision", "granted"), 409)
}

// grants gives what a persona holds now.
func (g *register) grants(persona string) (held []store.Grant) {
	g.t.Helper()
	all, err := g.db.Grants(g.t.Context(), g.user(persona).ID)
	if err != nil {
		g.t.Fatal(err)
	}
	for _, x := range all {
		if x.Holds(g.clock.Now()) {
			held = append(held, x)
		}
	}
	return held
}

// TestAccessOneOfficer: with one security officer alone the page says what to do.
func TestAccessOneOfficer(t *testing.T) {
	g := newRegister(t)
	sindre := g.login("sindre")
	at := asked(t, sindre, "user", g.user("lars").ID, "role", "coordinator", "registry", "hjerte")
	answers(t, sindre.get(at), 200, "Det må være to sikkerhetsledere", "nødkontoen")
	answers(t, sindre.get("/access"), 200, "Det må være to sikkerhetsledere")
	g.login("solveig")
	answers(t, sindre.get("/access"), 200, "!Det må være to sikkerhetsledere")
	answers(t, sindre.get(at), 200, "!Det må være to sikkerhetsledere")
}

func TestAccessEnd(t *testing.T) {
	g := newRegister(t)
	x := g.granted("nina", store.RoleCoordinator, "hjerte")
	nina, sindre := g.login("nina"), g.login("sindre")
	page := "/access/users/" + x.UserID
	end := "/access/grants/" + x.ID
	answers(t, sindre.get(page), 200, "Nina Ny", "Kaja Koordinator ba om den, Sindre Sikkerhet innvilget", "Sperr", end+"/end")
	answers(t, g.login("randi").get(page), 200, "!"+end, "!Sperr personen")
	answers(t, nina.get(page), 403)
	answers(t, sindre.get("/access/users/ingen"), 404)

	answers(t, nina.post(end+"/end", "reason", "x"), 403)
	answers(t, sindre.post(end+"/give-up", "reason", "x"), 404) // not theirs
	answers(t, sindre.post(end+"/end"), 422, `id="end-`+x.ID+`-reason-error"`, "open")
	answers(t, sindre.post("/access/grants/ingen/end", "reason", "x"), 404)
	answers(t, nina.post(end+"/give-up"), 422, "Min tilgang", `id="end-`+x.ID+`-reason-error"`)
	leads(t, sindre.post(end+"/end", "reason", "Sluttet"), page)
	answers(t, sindre.get(page), 200, "Avsluttet av Sindre Sikkerhet. Sluttet")
	answers(t, sindre.post(end+"/end", "reason", "Igjen"), 409)
	if w := nina.get("/access/mine"); w.Code != http.StatusSeeOther {
		t.Errorf("the session lives on: %d", w.Code)
	}

	// What the login gives ends where the login is kept.
	demo := g.grants("sindre")[0]
	answers(t, sindre.get("/access/users/"+demo.UserID), 200, "Avsluttes der innloggingen styres")
	answers(t, sindre.post("/access/grants/"+demo.ID+"/end", "reason", "x"), 409, "ville vært tilbake ved neste innlogging")

	y := g.granted("nina", store.RoleReader, "lunge")
	nina = g.login("nina")
	leads(t, nina.post("/access/grants/"+y.ID+"/give-up", "reason", "Trenger den ikke"), "/access/mine")
	if len(g.grants("nina")) != 0 {
		t.Error("what was given up holds")
	}
}

func TestAccessBlock(t *testing.T) {
	g := newRegister(t)
	kaja, sindre, solveig := g.login("kaja"), g.login("sindre"), g.login("solveig")
	page := "/access/users/" + g.user("kaja").ID
	answers(t, kaja.post(page+"/block", "reason", "x"), 403)
	answers(t, sindre.post(page+"/block"), 422, "block-reason-error")
	answers(t, sindre.post("/access/users/ingen/block", "reason", "x"), 404)
	answers(t, sindre.post("/access/users/"+g.user("sindre").ID+"/block", "reason", "x"), 403)
	answers(t, sindre.post(page+"/lift", "reason", "x"), 409)
	leads(t, sindre.post(page+"/block", "reason", "Mistet kortet"), page)
	answers(t, sindre.post(page+"/block", "reason", "Igjen"), 409)
	answers(t, sindre.get(page), 200, "Sperret av Sindre Sikkerhet", "Mistet kortet", "Be om å oppheve sperren")
	answers(t, sindre.get("/access"), 200, "1 sperret")
	if w := kaja.get("/today"); w.Code != http.StatusSeeOther {
		t.Errorf("the session lives on: %d", w.Code)
	}
	kaja = g.login("kaja") // the login still gives the role, and it gives nothing
	for path, status := range map[string]int{"/today": 403, "/registries/hjerte": 404, "/access/mine": 403, "/docs": 403,
		"/catalogue": 200} {
		if w := kaja.get(path); w.Code != status {
			t.Errorf("who is blocked gets %d at %s", w.Code, path)
		}
	}
	leads(t, kaja.get("/"), "/today")

	answers(t, sindre.post(page+"/lift"), 422, "lift-reason-error")
	w := sindre.post(page+"/lift", "reason", "Kortet er funnet")
	at := w.Header().Get("Location")
	leads(t, w, at)
	answers(t, sindre.post(page+"/lift", "reason", "Igjen"), 409)
	answers(t, sindre.post(at+"/decide", "version", "1", "decision", "granted"), 403)
	answers(t, solveig.get(at), 200, "Kaja Koordinator: oppheve sperre")
	leads(t, solveig.post(at+"/decide", "version", "1", "decision", "granted"), at)
	answers(t, g.login("kaja").get("/today"), 200)
	answers(t, sindre.get(page), 200, "Opphevet av Solveig Sikkerhet", "!Be om å oppheve sperren")
}

var tableRow = regexp.MustCompile(`(?s)<tr>.*?</tr>`)

// rows counts the lines of a table of a page that say something.
func rows(body, id, says string) int {
	_, table, _ := strings.Cut(body, `id="`+id+`"`)
	table, _, _ = strings.Cut(table, "</table>")
	n := 0
	for _, r := range tableRow.FindAllString(table, -1) {
		if strings.Contains(r, says) && strings.Contains(r, "<td") {
			n++
		}
	}
	return n
}

func TestAccessList(t *testing.T) {
	g := newRegister(t)
	g.CSV = func(w io.Writer) RowWriter { return plainCSV{w} }
	x := g.granted("nina", store.RoleCoordinator, "hjerte")
	sindre := g.login("sindre")
	g.login("kaja")
	answers(t, g.login("lars").get("/access"), 403)
	for query, n := range map[string]int{"": 4, "?person=NINA": 1, "?role=reader": 1, "?registry=lunge": 3,
		"?registry=hjerte&role=coordinator": 2, "?person=ingen": 0} {
		w := sindre.get("/access" + query)
		answers(t, w, 200, "Hvem har tilgang")
		if got := rows(w.Body.String(), "access-table", "<td"); got != n {
			t.Errorf("%s: %d lines, not %d", query, got, n)
		}
	}
	answers(t, sindre.get("/access"), 200, "ny stilling", "Kaja Koordinator ba om den")

	// Yesterday nobody had anything; from tomorrow on the page can be asked about today.
	answers(t, sindre.get("/access?at=2026-11-22"), 200, "Ingen passer til filteret", "ved utgangen av 22. november 2026",
		"!Venter på noen", "!Sist logget inn")
	answers(t, sindre.get("/access?at=2026-11-24"), 200, "Dagen har ikke vært ennå")
	g.clock.Advance(24 * time.Hour)
	sindre = g.login("sindre")
	if err := g.db.RevokeGrant(t.Context(), x.ID, "Sluttet", seeder); err != nil {
		t.Fatal(err)
	}
	answers(t, sindre.get("/access?person=nina&at=2026-11-23"), 200, "Nina Ny", "ved utgangen av 23. november 2026")
	answers(t, sindre.get("/access?person=nina"), 200, "Ingen passer til filteret")

	before := g.audited("access.export")
	w := sindre.get("/access/csv?at=2026-11-23&person=nina")
	if w.Code != 200 || !strings.Contains(w.Body.String(), "Nina Ny") || strings.Contains(w.Body.String(), "Lars") ||
		!strings.Contains(w.Header().Get("Content-Disposition"), "tilgang-2026-11-23.csv") {
		t.Errorf("%d %v:\n%s", w.Code, w.Header(), w.Body)
	}
	if g.audited("access.export") != before+1 {
		t.Error("the log doesn't say who took the list")
	}
	answers(t, sindre.get("/access/csv?at=2030-01-01"), 422)
	answers(t, g.login("ine").get("/access/csv"), 403)
}

// TestAccessTorn: whoever the login gives both roles is told so, and can do neither's work.
func TestAccessTorn(t *testing.T) {
	g := newRegister(t)
	u := g.user("ine")
	v := g.login("ine")
	both := []store.Grant{{Role: store.RoleAdmin, RegistryID: "*"}, {Role: store.RoleSecurity, RegistryID: "*"}}
	if err := g.db.ReplaceGrants(t.Context(), u.ID, store.SourceOIDC, both); err != nil {
		t.Fatal(err)
	}
	v = g.login("ine")
	answers(t, v.get("/access/mine"), 200, "To roller som ikke går sammen", "Be om å bli tatt ut av den ene gruppen")
	for _, path := range []string{"/access", "/audit", "/access/rules", "/systems/new"} {
		answers(t, v.get(path), 403)
	}
	answers(t, g.login("sindre").get("/access?person=ine"), 200, "To roller som ikke går sammen")
}

func TestAccessReviewPage(t *testing.T) {
	g := newRegister(t)
	x := g.granted("nina", store.RoleCoordinator, "hjerte")
	y := g.granted("lars", store.RoleReader, "hjerte")
	sindre := g.login("sindre")
	open := func(registry string) (*store.AccessReview, string) {
		v := &store.AccessReview{RegistryID: registry}
		if err := g.db.OpenReview(t.Context(), v, store.SystemActor()); err != nil {
			t.Fatal(err)
		}
		return v, access.ReviewHref(v.ID)
	}
	_, at := open("hjerte")
	_, whole := open("*")
	nina := g.login("nina")
	answers(t, nina.get("/today"), 200, "Gjennomgang av tilgang: Hjertekirurgi", at, "!"+whole)
	answers(t, sindre.get("/today"), 200, at)
	answers(t, sindre.get("/access"), 200, at, whole)
	answers(t, nina.get("/registries/hjerte"), 200, at, "Lars Leser")
	answers(t, nina.get(at), 200, "Din egen. En annen må svare.", "!name=\"line-"+x.ID, "name=\"line-"+y.ID, "Skal Lars Leser fortsatt ha rollen Innsyn?")
	answers(t, nina.get(whole), 404)
	answers(t, nina.get("/access/review/ingen"), 404)
	answers(t, g.login("randi").get(at), 200, "!name=\"line-", "Venter på svar")
	for path, status := range map[string]int{at: 403, whole: 403} {
		if w := g.login("ine").get(path); w.Code != status {
			t.Errorf("who runs the portal gets %d", w.Code)
		}
		if w := g.login("ine").post(path, "version", "1"); w.Code != status {
			t.Errorf("who runs the portal answers: %d", w.Code)
		}
	}
	answers(t, g.login("lars").get(at), 403)
	if w := g.login("kaja").post(whole, "version", "1"); w.Code != http.StatusForbidden { // a coordinator of all registries
		t.Errorf("a coordinator goes through the roles for the whole portal: %d", w.Code)
	}

	answers(t, nina.post(at, "version", "1", "line-"+x.ID, "keep"), 403)
	answers(t, nina.post(at, "version", "1", "line-"+y.ID, "kanskje", "why-"+y.ID, "Vet ikke"), 422, `value="Vet ikke"`)
	answers(t, nina.post(at, "version", "9", "line-"+y.ID, "keep", "why-"+y.ID, "Trengs"), 409, `value="Trengs"`)
	leads(t, nina.post(at, "version", "1", "line-"+y.ID, "keep", "why-"+y.ID, "Trengs"), at)
	answers(t, nina.get(at), 200, "1 av 2 venter på svar", "checked")
	answers(t, nina.get("/today"), 200, "!"+at) // what is left is not hers to answer
	leads(t, sindre.post(at, "version", "2", "line-"+x.ID, "end", "why-"+x.ID, "Sluttet"), at)
	if len(g.grants("nina")) != 0 {
		t.Error("what the review ended holds")
	}
	answers(t, sindre.get(at), 200, "Ferdig", "!Lagre svarene")
	answers(t, sindre.post(at, "version", "3", "line-"+y.ID, "end"), 409)
}

func TestAccessRulesPage(t *testing.T) {
	g := newRegister(t)
	ine := g.login("ine")
	answers(t, ine.get("/access/rules"), 200, `name="inactive_months"`, `value="6"`, "!checked")
	answers(t, ine.post("/access/rules", "inactive_months", "0", "review_months", "6"), 422, "f-inactive_months-error")
	answers(t, ine.post("/access/rules", "inactive_months", "6", "review_months", "99"), 422, "f-review_months-error",
		`value="99"`)
	leads(t, ine.post("/access/rules", "inactive_months", "3", "review_months", "12", "end_unconfirmed", "on"), "/access/rules")
	answers(t, ine.get("/access/rules"), 200, `value="3"`, `value="12"`, "checked")
	answers(t, g.login("sindre").get("/access/rules"), 403)
	answers(t, g.login("sindre").post("/access/rules"), 403)
}

// TestRegistryPeople: a registry's coordinator and who sees access see who has access to it, and its deputies.
func TestRegistryPeople(t *testing.T) {
	g := newRegister(t)
	g.granted("nina", store.RoleCoordinator, "hjerte")
	ctx, nina := t.Context(), g.user("nina").ID
	lars := store.UserActor(g.user("lars"), "")
	q := &store.AccessRequest{Kind: store.RequestDeputy, UserID: lars.UserID, DeputyFor: nina, Role: store.RoleCoordinator,
		RegistryID: "hjerte", From: "2026-12-01", Until: "2026-12-31", Reason: "ferie"}
	if err := g.db.AskAccess(ctx, q, store.UserActor(g.user("nina"), "")); err != nil {
		t.Fatal(err)
	}
	if _, err := g.db.DecideAccess(ctx, q.ID, 1, store.ReqGranted, "", seeder); err != nil {
		t.Fatal(err)
	}
	for persona, sees := range map[string]bool{"nina": true, "sindre": true, "randi": true, "lars": false, "ine": false} {
		body := g.login(persona).get("/registries/hjerte").Body.String()
		if got := strings.Contains(body, "Hvem har tilgang her"); got != sees {
			t.Errorf("%s sees who has access: %v", persona, got)
		}
		if got := strings.Contains(body, "Stedfortreder for Nina Ny"); got != sees {
			t.Errorf("%s sees the deputy to come: %v", persona, got)
		}
	}
	answers(t, g.login("sindre").get("/access"), 200, "Begynner senere", "Stedfortreder for Nina Ny")
	g.clock.Advance(10 * 24 * time.Hour)
	answers(t, g.login("sindre").get("/access"), 200, "!Begynner senere", "Stedfortreder for Nina Ny")
	all, err := g.db.AccessRequests(ctx, db.RequestFilter{Concerns: lars.UserID})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d requests, %v", len(all), err)
	}
}
