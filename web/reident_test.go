package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samband/store"
)

// testVault knows persons by their pseudonym.
type testVault struct {
	mu      sync.Mutex
	asked   int
	problem error
}

const (
	testNumber = "17837130158"
	testName   = "Danser"
)

func (v *testVault) Persons(_ context.Context, registry string, wanted []store.Pseudonym) ([]store.Identity, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.asked++
	if v.problem != nil {
		return nil, v.problem
	}
	var list []store.Identity
	for _, p := range wanted {
		i := store.Identity{Pseudonym: p, Found: p[0] == 1 && registry == "hjerte"}
		if i.Found {
			i.Parts = []store.IdentityPart{{Is: store.AttrNumber, Value: store.NewSecret(testNumber)},
				{Is: store.AttrFamilyName, Value: store.NewSecret(testName)}}
		}
		list = append(list, i)
	}
	return list, nil
}

// identities is a register whose vault answers.
type identities struct {
	*register
	vault        *testVault
	kaja, sindre *visitor
}

func newIdentities(t *testing.T) *identities {
	t.Helper()
	g := &identities{register: newRegister(t), vault: &testVault{}}
	g.Identities = g.vault
	g.kaja, g.sindre = g.login("kaja"), g.login("sindre")
	return g
}

var whoFields = []string{"registry", "hjerte", "purpose", "patient_safety", "legal_basis", "Helseregisterloven § 21", "ld", "ld-1@1",
	"reason", "Alvorlig funn"}

// who asks who some persons are and gives where the request is.
func (g *identities) who(v *visitor, more ...string) string {
	g.t.Helper()
	w := v.post("/reidentification", slices.Concat(whoFields, more)...)
	to := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/reidentification/") {
		g.t.Fatalf("status %d to %q:\n%s", w.Code, to, mainOf(w.Body.String()))
	}
	return to
}

func pseudonyms(firsts ...byte) string {
	var list []string
	for i, b := range firsts {
		list = append(list, store.Pseudonym{b, byte(i)}.String())
	}
	return strings.Join(list, "\n")
}

var tokenField = regexp.MustCompile(`name="token" value="([^"]+)"`)

// token opens an approved request.
func (g *identities) token(v *visitor, at, version string) string {
	g.t.Helper()
	w := v.post(at+"/open", "version", version)
	m := tokenField.FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || m == nil {
		g.t.Fatalf("status %d:\n%s", w.Code, mainOf(w.Body.String()))
	}
	return m[1]
}

// nowhere holds that nothing of a person lies in the database, the log or on the other pages.
func (g *identities) nowhere() {
	g.t.Helper()
	entries, err := g.db.Audit(g.t.Context(), store.AuditFilter{All: true, Limit: 10_000})
	if err != nil {
		g.t.Fatal(err)
	}
	said := fmt.Sprintf("%+v", entries) + g.log.String()
	for _, v := range []*visitor{g.kaja, g.sindre} {
		for _, path := range []string{"/reidentification", "/today", "/account"} {
			said += v.get(path).Body.String()
		}
	}
	for _, clear := range []string{testNumber, testName} {
		if strings.Contains(said, clear) {
			g.t.Errorf("%s is said", clear)
		}
	}
}

func TestReidentAsk(t *testing.T) {
	g := newIdentities(t)
	answers(t, g.kaja.get("/reidentification"), 200, "Be om å få vite hvem", "Du har ingen søknader som er åpne.", "!Grenser")
	answers(t, g.kaja.get("/reidentification/new?registry=hjerte"), 200, "f-pseudonyms", `value="ld-1@1"`, "LD for filer", "f-break")
	for _, persona := range []string{"lars", "ine", "nina"} {
		answers(t, g.login(persona).get("/reidentification"), 403)
	}
	randi := g.login("randi")
	for _, v := range []*visitor{g.sindre, randi} {
		answers(t, v.get("/reidentification"), 200, "!href=\"/reidentification/new\"")
		answers(t, v.post("/reidentification", whoFields...), 403)
	}
	wrong := pseudonyms(1)[:29] + "0"
	answers(t, g.kaja.post("/reidentification", append(whoFields, "pseudonyms", pseudonyms(1, 1)+"\n"+wrong+"\n")...), 422,
		"f-pseudonyms-error", "Linje 3", ">Alvorlig funn</textarea>")
	answers(t, g.kaja.post("/reidentification", append(whoFields, "pseudonyms", testNumber)...), 422, "Linje 1")
	answers(t, g.kaja.post("/reidentification"), 422, "f-registry-error", "f-purpose-error", "f-legal_basis-error", "f-ld-error", "f-reason-error")
	many := make([]byte, 21)
	answers(t, g.kaja.post("/reidentification", append(whoFields, "pseudonyms", pseudonyms(many...))...), 422, "Høyst 20")
	answers(t, g.kaja.post("/reidentification", "registry", "hjerte", "purpose", "insight", "legal_basis", "x", "ld", "ld-9@1", "reason", "y",
		"pseudonyms", pseudonyms(1)), 422, "f-ld-error")
	g.granted("nina", store.RoleCoordinator, "lunge")
	nina := g.login("nina")
	answers(t, nina.post("/reidentification", append(whoFields, "pseudonyms", pseudonyms(1))...), 422, "f-registry-error")

	at := g.who(g.kaja, "pseudonyms", pseudonyms(1, 1))
	answers(t, g.kaja.get(at), 200, "Venter på avgjørelse", "Trekk søknaden", "!name=\"decision\"", pseudonyms(1))
	answers(t, nina.get(at), 404)
	answers(t, nina.post(at+"/withdraw", "version", "1"), 404)
	answers(t, randi.get(at), 200, "!name=\"decision\"", "!Trekk søknaden")
	answers(t, randi.post(at+"/decide", "version", "1", "decision", "approved"), 403)
	answers(t, g.sindre.get("/today"), 200, at)
	answers(t, g.kaja.get("/today"), 200, "!"+at)
	leads(t, g.kaja.post(at+"/withdraw", "version", "1"), at)
	answers(t, g.sindre.get("/today"), 200, "!"+at)
	g.who(g.kaja, "pseudonyms", pseudonyms(1))
	g.who(g.kaja, "pseudonyms", pseudonyms(1))
	answers(t, g.kaja.post("/reidentification", append(whoFields, "pseudonyms", pseudonyms(1))...), 429, "3 ganger", ">Alvorlig funn</textarea>")

	g.clock.Advance(6 * time.Minute) // whoever asks has proved a short while ago who they are
	w := g.kaja.post("/reidentification", append(whoFields, "pseudonyms", pseudonyms(1))...)
	if w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/reidentification/") {
		t.Error("an old login asks")
	}
}

// TestReidentOnce is assertion A13: the one who asked approves, the second use, and after the time: 403 each, in the log.
func TestReidentOnce(t *testing.T) {
	g := newIdentities(t)
	at := g.who(g.kaja, "pseudonyms", pseudonyms(1, 1, 2))
	denied := func() int {
		entries, err := g.db.Audit(t.Context(), store.AuditFilter{All: true, Action: "page.denied", Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
	g.granted("kaja", store.RoleSecurity, store.AllRegistries)
	g.kaja = g.login("kaja")
	before := denied()
	answers(t, g.kaja.post(at+"/decide", "version", "1", "decision", "approved"), 403, "Den som har bedt om det, kan ikke avgjøre det")
	if denied() != before+1 {
		t.Error("the refusal is not in the log")
	}

	answers(t, g.sindre.get(at), 200, "name=\"decision\"", "!Gå videre")
	answers(t, g.sindre.post(at+"/decide", "version", "1"), 422, "f-decision-error")
	answers(t, g.sindre.post(at+"/decide", "version", "1", "decision", "refused"), 422, "f-answer-error")
	answers(t, g.sindre.post(at+"/decide", "version", "1", "decision", "confirmed"), 422, "f-decision-error")
	answers(t, g.sindre.post(at+"/decide", "version", "7", "decision", "approved"), 409)
	answers(t, g.kaja.post(at+"/open", "version", "1"), 403)
	leads(t, g.sindre.post(at+"/decide", "version", "1", "decision", "approved"), at)
	answers(t, g.kaja.get(at), 200, "Gå videre", "Godkjent, ikke vist ennå")
	answers(t, g.kaja.get("/today"), 200, at, "Se dem")
	answers(t, g.sindre.post(at+"/open", "version", "2"), 403)
	answers(t, g.kaja.post(at+"/open", "version", "1"), 409)
	old := g.token(g.kaja, at, "2")
	token := g.token(g.kaja, at, "3")
	for name, sent := range map[string]string{"none": "", "an older one": old, "a made up one": store.NewReidentToken().Reveal()} {
		if w := g.kaja.post(at+"/persons", "token", sent); w.Code != 403 || strings.Contains(w.Body.String(), testNumber) {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	answers(t, g.sindre.post(at+"/persons", "token", token), 403, "!"+testNumber)
	if g.vault.asked != 0 {
		t.Error("the vault was asked for somebody who may not know")
	}

	g.vault.problem = store.E(store.Unavailable, "vault.read", nil)
	answers(t, g.kaja.post(at+"/persons", "token", token), 503)
	g.vault.problem = nil // and the token is still good
	w := g.kaja.post(at+"/persons", "token", token)
	answers(t, w, 200, testNumber, testName, "Fødselsnummer eller lignende", "Hvelvet har ingen person")
	if h := w.Header(); h.Get("Cache-Control") != "no-store" || h.Get("Location") != "" || len(h.Values("Set-Cookie")) != 0 {
		t.Errorf("the answer has %v", h)
	}
	before = denied()
	answers(t, g.kaja.post(at+"/persons", "token", token), 403, "!"+testNumber, "allerede vist")
	if denied() != before+1 {
		t.Error("the second use is not in the log")
	}
	answers(t, g.kaja.get(at), 200, "Kaja Koordinator så 2 av 3", "!Gå videre")
	g.nowhere()

	// Too late.
	at = g.who(g.kaja, "pseudonyms", pseudonyms(1))
	leads(t, g.sindre.post(at+"/decide", "version", "1", "decision", "approved"), at)
	token = g.token(g.kaja, at, "2")
	g.clock.Advance(time.Hour)
	g.kaja = g.login("kaja")
	answers(t, g.kaja.post(at+"/persons", "token", token), 403, "Fristen er ute")
	answers(t, g.kaja.get(at), 200, "For sent", "!Gå videre")
}

// Two windows send the same token at once: one is shown the persons.
func TestReidentAtOnce(t *testing.T) {
	g := newIdentities(t)
	at := g.who(g.kaja, "pseudonyms", pseudonyms(1))
	leads(t, g.sindre.post(at+"/decide", "version", "1", "decision", "approved"), at)
	token := g.token(g.kaja, at, "2")
	var wait sync.WaitGroup
	codes := make([]int, 6)
	shown := make([]bool, len(codes))
	for i := range codes {
		wait.Go(func() {
			r := httptest.NewRequest(http.MethodPost, at+"/persons", strings.NewReader("token="+token))
			r.Host, r.RemoteAddr = testHost, g.kaja.from
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			for name, value := range g.kaja.cookies {
				r.AddCookie(&http.Cookie{Name: name, Value: value})
			}
			w := httptest.NewRecorder()
			g.Server.ServeHTTP(w, r) // not the visitor: what several leave in the log at once is nobody's
			codes[i], shown[i] = w.Code, strings.Contains(w.Body.String(), testNumber)
		})
	}
	wait.Wait()
	slices.Sort(codes)
	if !slices.Equal(codes, []int{200, 403, 403, 403, 403, 403}) {
		t.Errorf("answers are %v", codes)
	}
	if n := len(slices.DeleteFunc(shown, func(b bool) bool { return !b })); n != 1 {
		t.Errorf("%d were shown the person", n)
	}
}

func TestReidentBreak(t *testing.T) {
	g := newIdentities(t)
	at := g.who(g.kaja, "pseudonyms", pseudonyms(1), "break", "on")
	answers(t, g.kaja.get(at), 200, "Åpnet uten godkjenning", "Gå videre")
	token := g.token(g.kaja, at, "1")
	answers(t, g.kaja.post(at+"/persons", "token", token), 200, testNumber)
	answers(t, g.kaja.post(at+"/persons", "token", token), 403)
	answers(t, g.sindre.get("/today"), 200, at, "Vurder det innen")
	g.clock.Advance(25 * time.Hour)
	g.sindre = g.login("sindre")
	answers(t, g.sindre.get("/today"), 200, at, "Fristen for å vurdere det er ute")
	answers(t, g.sindre.post(at+"/decide", "version", "3", "decision", "disapproved"), 422, "f-answer-error")
	answers(t, g.sindre.post(at+"/decide", "version", "3", "decision", "disapproved", "answer", testNumber), 422, "f-answer-error")
	leads(t, g.sindre.post(at+"/decide", "version", "3", "decision", "disapproved", "answer", "Kunne ventet"), at)
	answers(t, g.sindre.get(at), 200, "Sindre Sikkerhet fant det galt", "Kunne ventet")
	g.kaja = g.login("kaja")
	g.nowhere()
}

func TestReidentRules(t *testing.T) {
	g := newIdentities(t)
	answers(t, g.kaja.get("/reidentification/rules"), 403)
	answers(t, g.sindre.get("/reidentification/rules"), 200, `name="most"`, `value="20"`)
	answers(t, g.sindre.post("/reidentification/rules", "most", "101", "minutes", "60", "per_hour", "3", "breaks_per_day", "0"), 422, "f-most-error")
	leads(t, g.sindre.post("/reidentification/rules", "most", "1", "minutes", "30", "per_hour", "3", "breaks_per_day", "0"), "/reidentification/rules")
	answers(t, g.kaja.get("/reidentification/new"), 200, "høyst 1.", "!f-break")
	answers(t, g.kaja.post("/reidentification", append(whoFields, "pseudonyms", pseudonyms(1), "break", "on")...), 429, "0 ganger")
}

// A form that is kept over a login never keeps a token, so that nobody is shown persons by logging in.
func TestReidentTokenIsNotKept(t *testing.T) {
	if !secretField("token") {
		t.Error("a token is kept")
	}
}
