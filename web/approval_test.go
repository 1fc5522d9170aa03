package web

import (
	"net/http"
	"regexp"
	"strconv"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

const approvalPath = "/integrations/hjerte-rdap/approval"

var hashField = regexp.MustCompile(`name="hash" value="([0-9a-f]{64})"`)

// submit sends hjerte-rdap in as a coordinator sees it, and gives what waits then.
func (g *register) submit(v *visitor) *store.Approval {
	g.t.Helper()
	found := hashField.FindStringSubmatch(v.get(approvalPath).Body.String())
	if found == nil {
		g.t.Fatal("nothing can be submitted")
	}
	leads(g.t, v.post(approvalPath, "hash", found[1]), approvalPath)
	return g.newest()
}

// newest is the newest approval of hjerte-rdap.
func (g *register) newest() *store.Approval {
	g.t.Helper()
	all, err := g.db.Approvals(g.t.Context(), "hjerte-rdap")
	if err != nil || len(all) == 0 {
		g.t.Fatalf("%d approvals, %v", len(all), err)
	}
	return &all[0]
}

func TestApprovalSubmit(t *testing.T) {
	g := newRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.get(approvalPath), 200, "Integrasjonen er ikke godkjent", "Omfanget i ord", "Send inn",
		"!Vedtak")
	answers(t, g.as(store.RoleReader, "hjerte").get(approvalPath), 200, "!Send inn")

	// what isn't what the person saw is not sent, nor what the gate refuses
	answers(t, coordinator.post(approvalPath, "hash", "0000"), http.StatusConflict)
	a := g.submit(coordinator)
	if a.State != store.AppSubmitted || a.ScopeHash != store.ScopeHash(a.Scope) || a.MappingNo != 1 ||
		a.SubmittedName != "Kaja Koordinator" {
		t.Fatalf("%+v", a)
	}
	if i := g.integration("hjerte-rdap"); i.State != store.IntInAssessment {
		t.Fatalf("it is %s", i.State)
	}
	answers(t, coordinator.get(approvalPath), 200, "Skal dette få kjøre?", "Sendt til godkjenning.", "!name=\"hash\"",
		a.ScopeHash)
	answers(t, coordinator.post(approvalPath, "hash", a.ScopeHash), http.StatusConflict)
	answers(t, g.as(store.RoleReader, "hjerte").post(approvalPath, "hash", a.ScopeHash), http.StatusForbidden)
	answers(t, g.as(store.RoleSecurity, store.AllRegistries).post(approvalPath, "hash", a.ScopeHash), http.StatusForbidden)

	incomplete := g.as(store.RoleCoordinator, "lunge")
	answers(t, incomplete.get("/integrations/lunge-rdap/approval"), 200, "Kan ikke sendes inn ennå")
	answers(t, incomplete.post("/integrations/lunge-rdap/approval", "hash", ""), http.StatusConflict,
		"Dette må på plass før integrasjonen kan sendes til godkjenning")
	answers(t, incomplete.get(approvalPath), http.StatusNotFound)
}

func TestApprovalDecide(t *testing.T) {
	g := newRegister(t)
	a := g.submit(g.as(store.RoleCoordinator, "hjerte"))
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	path := "/approvals/" + a.ID + "/decide"
	version := strconv.Itoa(a.Version)
	answers(t, officer.get(approvalPath), 200, "Vedtak", "Senest 1. februar 2027", `value="2027-02-01"`,
		"og kan derfor avgjøre")

	answers(t, officer.post(path, "version", version, "decision", "approved"), 422, "Begrunnelse: Fyll ut",
		`id="f-reason-error"`, `id="f-valid_to-error"`)
	answers(t, officer.post(path, "version", version, "reason", "Godt"), 422, `id="f-decision-error"`, ">Godt</textarea>")
	answers(t, officer.post(path, "version", version, "decision", "approved", "reason", "Godt", "valid_to",
		"2026-01-01"), 422,
		"Dagen har vært")
	answers(t, officer.post(path, "version", version, "decision", "approved", "reason", "Godt", "valid_to",
		"2030-01-01"), 422,
		"ROS eller LD går ut før det")
	answers(t, officer.post(path, "version", "99", "decision", "approved", "reason", "Godt", "valid_to", "2027-02-01"),
		http.StatusConflict, ">Godt</textarea>")
	answers(t, officer.post("/approvals/borte/decide", "decision", "approved"), http.StatusNotFound)
	answers(t, g.as(store.RoleCoordinator, "hjerte").post(path, "version", version, "decision", "approved"),
		http.StatusForbidden)
	if g.newest().State != store.AppSubmitted {
		t.Fatal("a refused decision changed something")
	}

	leads(t, officer.post(path, "version", version, "decision", "approved", "reason", "Dekkes av ROS", "valid_to",
		"2027-02-01"),
		approvalPath)
	if a = g.newest(); a.State != store.AppApproved || a.DecidedName != "Sindre Sikkerhet" || a.ValidTo != "2027-02-01" {
		t.Fatalf("%+v", a)
	}
	if i := g.integration("hjerte-rdap"); i.State != store.IntApproved {
		t.Fatalf("it is %s", i.State)
	}
	answers(t, officer.get(approvalPath), 200, "Integrasjonen er godkjent", "Ingenting i omfanget er endret.",
		"Dekkes av ROS",
		"Trekk godkjenningen tilbake")
	// what is decided is decided
	answers(t, officer.post(path, "version", strconv.Itoa(a.Version), "decision", "rejected", "reason", "Nei"),
		http.StatusConflict)
	if g.newest().State != store.AppApproved {
		t.Fatal("an illegal transition changed something")
	}
}

func TestApprovalChange(t *testing.T) {
	g := newRegister(t)
	coordinator, officer := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleSecurity, store.AllRegistries)
	a := g.submit(coordinator)
	leads(t, officer.post("/approvals/"+a.ID+"/decide", "version", strconv.Itoa(a.Version), "decision", "change_requested",
		"reason", "Ta med vekt"), approvalPath)
	answers(t, coordinator.get(approvalPath), 200, "Sikkerhetslederen ber om endringer", "Ta med vekt")
	answers(t, coordinator.get("/approvals"), 200, "Sendt tilbake for endringer", "Ta med vekt")
	g.saveMapping(2, "opphold", "vekt")
	again := g.submit(coordinator)
	if again.ID != a.ID || again.MappingNo != 2 {
		t.Fatalf("%+v", again)
	}
	// changed under the officer's eyes: they see it, and can't approve what is no longer there
	g.saveMapping(3, "opphold")
	answers(t, officer.get(approvalPath), 200, "Endret etter at det ble sendt inn", "Dette hindrer godkjenning")
	answers(t, officer.post("/approvals/"+a.ID+"/decide", "version", strconv.Itoa(again.Version), "decision", "approved",
		"reason", "Godt", "valid_to", "2027-02-01"), http.StatusConflict, "Dette hindrer godkjenning")
	leads(t, officer.post("/approvals/"+a.ID+"/decide", "version", strconv.Itoa(again.Version), "decision", "rejected",
		"reason", "Nei"), approvalPath)
	answers(t, coordinator.get(approvalPath), 200, "Avslått", "Send inn")
}

// TestApprovalFourEyes: whoever submitted or edited can't decide, whatever they have been granted.
func TestApprovalFourEyes(t *testing.T) {
	g := newRegister(t)
	decision := func(a *store.Approval) []string {
		return []string{"version", strconv.Itoa(a.Version), "decision", "approved", "reason", "Selv", "valid_to",
			"2027-02-01"}
	}
	grant := func(persona string, roles ...store.PortalRole) store.User {
		u, err := g.db.SignIn(t.Context(), "demo", persona, persona, g.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		g.users.grants[u.ID] = nil
		for _, role := range roles {
			g.users.grants[u.ID] = append(g.users.grants[u.ID], store.Grant{UserID: u.ID, Role: role,
				RegistryID: store.AllRegistries})
		}
		return u
	}
	kaja, sindre := g.as(store.RoleCoordinator, store.AllRegistries), g.as(store.RoleSecurity, store.AllRegistries)
	grant("kaja", store.RoleCoordinator, store.RoleSecurity)

	// sindre edited the integration before kaja submitted it
	i := g.integration("hjerte-rdap")
	i.Note = "Endret"
	if err := g.db.UpdateIntegration(t.Context(), i, store.UserActor(grant("sindre", store.RoleSecurity),
		"")); err != nil {
		t.Fatal(err)
	}
	a := g.submit(kaja)
	for name, v := range map[string]*visitor{"submitted": kaja, "edited": sindre} {
		answers(t, v.get(approvalPath), 200, "!name=\"decision\"")
		if got := v.post("/approvals/"+a.ID+"/decide", decision(a)...); got.Code != http.StatusForbidden {
			t.Errorf("who %s it: %d", name, got.Code)
		}
	}
	if g.newest().State != store.AppSubmitted {
		t.Fatal("it was decided")
	}
}

func TestApprovalRevoke(t *testing.T) {
	g := newRegister(t)
	a := g.approve()
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	path := "/approvals/" + a.ID + "/revoke"
	answers(t, officer.post(path, "version", strconv.Itoa(a.Version)), 422, "revoke-reason-error")
	answers(t, g.as(store.RoleCoordinator, "hjerte").post(path, "version", strconv.Itoa(a.Version), "reason", "x"),
		http.StatusForbidden)
	answers(t, officer.post(path, "version", "99", "reason", "x"), http.StatusConflict)
	leads(t, officer.post(path, "version", strconv.Itoa(a.Version), "reason", "Avvik i kilden"), approvalPath)
	if i := g.integration("hjerte-rdap"); i.State != store.IntSuspended || g.newest().State != store.AppRevoked {
		t.Fatalf("it is %s", i.State)
	}
	answers(t, officer.get(approvalPath), 200, "Integrasjonen er ikke godkjent", "Avvik i kilden")
	answers(t, officer.post(path, "version", strconv.Itoa(a.Version+1), "reason", "Igjen"), http.StatusConflict)
}

func TestApprovalList(t *testing.T) {
	g := newRegister(t)
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	answers(t, officer.get("/approvals"), 200, "Ingenting venter", "ros-1, versjon 1", "ld-1, versjon 1", "/ros/new",
		"/ld/new",
		"Ingenting går ut de neste 60 døgnene.")
	g.submit(g.as(store.RoleCoordinator, "hjerte"))
	answers(t, officer.get("/approvals"), 200, "Hjertekirurgi. Sendt inn av Kaja Koordinator",
		"Første gang: alt i omfanget er nytt.", `href="`+approvalPath+`"`)
	answers(t, g.as(store.RoleReader, "lunge").get("/approvals"), 200, "!Hjertekirurgi", "!/ros/new")

	a := g.newest()
	if _, err := g.db.DecideApproval(t.Context(), a.ID, a.Version, db.Verdict{State: store.AppApproved,
		ValidTo: "2027-01-15"},
		store.Actor{UserID: "decider", Name: "Decider"}); err != nil {
		t.Fatal(err)
	}
	for _, at := range []struct {
		day  time.Time
		says string
	}{
		{time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), "45 døgn igjen"},
		{time.Date(2027, 1, 8, 9, 0, 0, 0, time.UTC), "7 døgn igjen"},
		{time.Date(2027, 1, 16, 9, 0, 0, 0, time.UTC), "Har gått ut"},
	} {
		g.clock.Advance(at.day.Sub(g.clock.Now()))
		answers(t, g.as(store.RoleSecurity, store.AllRegistries).get("/approvals"), 200, at.says)
	}
}

// TestApprovalDrifted: the queue tells of what would run now and is not approved, also while the change waits; then it
// tells how much waits, and whether that widens. The page counts as the queue does.
func TestApprovalDrifted(t *testing.T) {
	g := newRegister(t)
	g.approve()
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	answers(t, officer.get("/approvals"), 200, "Alt som er godkjent, er slik det ble godkjent, og kan kjøre.")
	g.clock.Advance(time.Minute)
	g.saveMapping(2, "opphold", "vekt")
	const fine = "!Alt som er godkjent, er slik det ble godkjent"
	answers(t, officer.get("/approvals"), 200, "Hjertekirurgi. 2 endringer som godkjenningen ikke dekker.", "Ingenting venter",
		fine, "!venter på avgjørelse.", "!Godkjent, men kan ikke kjøre")
	answers(t, officer.get(approvalPath), 200, "Godkjenningen dekker ikke lenger det som skal kjøre",
		"2 endringer siden godkjenningen", "Hver kjøring avvises nå.", "!Rekkefølgen på kontrollene er endret")
	g.submit(g.as(store.RoleCoordinator, "hjerte"))
	answers(t, officer.get("/approvals"), 200, fine, "2 endringer som godkjenningen ikke dekker.",
		"Endringen er sendt inn og venter på avgjørelse.", "2 endringer. Omfanget blir videre eller annerledes.")
	answers(t, officer.get(approvalPath), 200, "Skal dette få kjøre?", "2 endringer siden godkjenningen",
		"Hver kjøring avvises nå.", "Derfor kan den ikke kjøre nå")
	answers(t, g.as(store.RoleReader, "lunge").get("/approvals"), 200, "!Hjertekirurgi")
}
