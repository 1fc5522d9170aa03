package web

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// ros registers a version of the ROS with these risks, and lets hjerte-rdap rest on it.
func (g *register) ros(version int, risks ...store.Risk) *store.RiskAssessment {
	g.t.Helper()
	a := &store.RiskAssessment{ID: "ros-1", Version: version, Title: "ROS for filer", Risks: risks,
		Coverage: store.Coverage{Methods: []string{"rdap-filer"}, Classes: store.FieldClasses}, State: store.ROSAccepted,
		DecidedBy: "Leder", DecidedOn: "2026-01-01", ValidTo: "2027-03-14"}
	if err := g.db.CreateRiskAssessment(g.t.Context(), a, seeder); err != nil {
		g.t.Fatal(err)
	}
	i := g.integration("hjerte-rdap")
	i.ROS.Version = version
	if err := g.db.UpdateIntegration(g.t.Context(), i, seeder); err != nil {
		g.t.Fatal(err)
	}
	return a
}

// TestApprovedButRefused: whatever stands in the way of a run, no page says that all is well: the queue, the approval,
// the integration and the day's page say that it can't run, and why; and nobody is offered to run it.
func TestApprovedButRefused(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*register)
		why    string
	}{
		"another version of the ROS": {func(g *register) { g.ros(2) }, "viser til en annen ROS eller et annet LD"},
		"the ROS withdrawn": {func(g *register) {
			a, err := g.db.RiskAssessment(g.t.Context(), store.Ref{ID: "ros-1", Version: 1})
			if err != nil {
				g.t.Fatal(err)
			}
			a.Decide(store.ROSWithdrawn, store.Ruling{By: "Officer", On: "2026-11-23", Reason: "Feil metode"})
			if err := g.db.UpdateRiskAssessment(g.t.Context(), a, store.Actor{UserID: "officer", Name: "Officer"}); err != nil {
				g.t.Fatal(err)
			}
		}, "ROS ros-1 versjon 1 ble trukket tilbake av Officer"},
		"a condition overdue": {func(g *register) { g.clock.Advance(20 * 24 * time.Hour) }, "et vilkår som ikke er oppfylt: «Øv»"},
		"the ROS over": {func(g *register) {
			g.clock.Advance(150 * 24 * time.Hour)
		}, "ROS ros-1 versjon 1 gikk ut"},
	} {
		t.Run(name, func(t *testing.T) {
			g := newRegister(t)
			a := g.submit(g.as(store.RoleCoordinator, "hjerte"))
			_, err := g.db.DecideApproval(t.Context(), a.ID, a.Version, db.Verdict{State: store.AppApproved, ValidTo: "2027-12-01",
				Conditions: []store.Term{{Text: "Øv", DueOn: "2026-12-01"}}}, store.Actor{UserID: "decider", Name: "Decider"})
			if err != nil {
				t.Fatal(err)
			}
			officer, coordinator := g.as(store.RoleSecurity, store.AllRegistries), g.as(store.RoleCoordinator, "hjerte")
			answers(t, officer.get("/approvals"), 200, "og kan kjøre.", "!Godkjent, men kan ikke kjøre")
			answers(t, officer.get(approvalPath), 200, "Ingenting er endret siden.", "Integrasjonen er godkjent")
			answers(t, coordinator.get("/integrations/hjerte-rdap"), 200, "Kjør nå", "!kan ikke kjøre")
			answers(t, coordinator.get("/today"), 200, "!men kan ikke kjøre")

			g.clock.Advance(time.Minute)
			x.change(g)
			officer, coordinator = g.as(store.RoleSecurity, store.AllRegistries), g.as(store.RoleCoordinator, "hjerte")
			answers(t, officer.get("/approvals"), 200, "Godkjent, men kan ikke kjøre", x.why, "!er slik det ble godkjent")
			answers(t, officer.get(approvalPath), 200, "Integrasjonen er godkjent, men kan ikke kjøre", x.why,
				"!Ingenting er endret siden", "Hver kjøring avvises nå.")
			answers(t, coordinator.get("/integrations/hjerte-rdap"), 200, "Godkjent, men kan ikke kjøre", x.why, "!Kjør nå")
			answers(t, coordinator.get("/today"), 200, "er godkjent, men kan ikke kjøre", x.why)
			answers(t, g.as(store.RoleReader, "lunge").get("/today"), 200, "!men kan ikke kjøre")
		})
	}
}

// TestApprovalFirstRisks: the first time all of the scope is new, so the risks of each part of it are shown, each once a
// part; after an approval they stand at what changed.
func TestApprovalFirstRisks(t *testing.T) {
	g := newRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.get(approvalPath), 200, "ROS knytter ingen risiko til noe i omfanget.")
	score := func(no int, scenario string, touches ...string) store.Risk {
		return store.Risk{No: no, Scenario: scenario, Likelihood: 1, Consequence: 1, Touches: touches}
	}
	g.ros(2, score(1, "Feil felt", "field", "variable"), score(2, "Feil mappe", "connection", "setting"),
		score(3, "Feil nøkkel", "recipient"))
	g.submit(coordinator)
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	page := officer.get(approvalPath)
	answers(t, page, 200, "Risikoer dette berører", "Risiko 1: Feil felt", "Risiko 2: Feil mappe", "!Feil nøkkel",
		`href="/ros/ros-1/2#risk-1"`)
	if n := strings.Count(page.Body.String(), "Risiko 1: Feil felt"); n != 2 {
		t.Errorf("said %d times, not once for the fields and once for the variables", n)
	}
	a := g.newest()
	leads(t, officer.post("/approvals/"+a.ID+"/decide", "version", strconv.Itoa(a.Version), "decision", "approved", "reason",
		"Greit", "valid_to", "2027-02-01"), approvalPath)
	answers(t, officer.get(approvalPath), 200, "!Risikoer dette berører")
}

// TestApprovalAuthors: a line is laid to who really changed it, and who did so from the shell is named.
func TestApprovalAuthors(t *testing.T) {
	g := newRegister(t)
	ctx := t.Context()
	g.saveMapping(2, "opphold", "vekt")
	g.approve()
	g.clock.Advance(time.Hour)
	book, err := g.db.Codebook(ctx, "hjertebok", 1)
	if err != nil {
		t.Fatal(err)
	}
	book.Version, book.Variables[1].Unit = 2, "kg"
	if err := g.db.SaveCodebook(ctx, book, store.ShellActor("ola")); err != nil {
		t.Fatal(err)
	}
	g.clock.Advance(time.Hour)
	was, err := g.db.MappingVersion(ctx, "hjerte-rdap", 2)
	if err != nil {
		t.Fatal(err)
	}
	next := *was
	next.No, next.CodebookVersion = 3, 2
	next.Mapping.Person.Classic = true
	kaja := store.Actor{UserID: "kaja", Name: "Kaja Koordinator"}
	if err := g.db.SaveMapping(ctx, &next, kaja); err != nil {
		t.Fatal(err)
	}
	if err := g.db.UseMapping(ctx, "hjerte-rdap", g.integration("hjerte-rdap").Version, 3, kaja); err != nil {
		t.Fatal(err)
	}
	c, err := g.db.Connection(ctx, "rdap-drift")
	if err != nil {
		t.Fatal(err)
	}
	c.Settings["folder"] = "/ny"
	if err := g.db.UpdateConnection(ctx, c, store.Actor{UserID: "ine", Name: "Ine Admin"}); err != nil {
		t.Fatal(err)
	}
	c.Settings["order"] = "time"
	if err := g.db.UpdateConnection(ctx, c, store.Actor{UserID: "lars", Name: "Lars Admin"}); err != nil {
		t.Fatal(err)
	}
	g.submit(g.as(store.RoleCoordinator, "hjerte"))
	answers(t, g.as(store.RoleSecurity, store.AllRegistries).get(approvalPath), 200,
		"Endret av Kommandolinjen (ola) i kodebok versjon 2", "Endret av Kaja Koordinator i mapping 3", "Endret av Ine Admin,",
		"!Endret av Lars Admin", "Endret fra kommandolinjen", "Kommandolinjen (ola): kodeboken", "Lars Admin: tilkoblingen")
}
