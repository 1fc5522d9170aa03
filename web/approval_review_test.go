package web

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// approvalIn gives an approval of hjerte-rdap in a state, asked for by Asker.
func (g *register) approvalIn(state store.ApprovalState) *store.Approval {
	g.t.Helper()
	ctx := g.t.Context()
	asker, decider := store.Actor{UserID: "asker", Name: "Asker"}, store.Actor{UserID: "decider", Name: "Decider"}
	q, err := g.Gate.Question(ctx, "hjerte-rdap", store.AtSubmit)
	if err != nil {
		g.t.Fatal(err)
	}
	a := &store.Approval{IntegrationID: "hjerte-rdap", Scope: store.ComputeScope(q.ScopeParts).Canonical(),
		ROS: q.Integration.ROS, LD: q.Integration.LD, MappingNo: q.Integration.MappingNo}
	decide := func(a *store.Approval, to store.ApprovalState) *store.Approval {
		a, err := g.db.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: to, Reason: "Fordi", ValidTo: "2027-02-01"}, decider)
		if err != nil {
			g.t.Fatal(err)
		}
		return a
	}
	if state == store.AppDraft {
		err = g.db.DraftApproval(ctx, a, asker)
	} else {
		err = g.db.SubmitApproval(ctx, a, asker)
	}
	if err != nil {
		g.t.Fatal(err)
	}
	switch state {
	case store.AppChangeRequested, store.AppApproved, store.AppRejected:
		a = decide(a, state)
	case store.AppRevoked, store.AppExpired:
		a = decide(decide(a, store.AppApproved), state)
	case store.AppSuperseded:
		a = decide(a, store.AppApproved)
		b := *a
		b.ID, b.Version = "", 0
		if err := g.db.SubmitApproval(ctx, &b, asker); err != nil {
			g.t.Fatal(err)
		}
		decide(&b, store.AppApproved)
		if a, err = g.db.Approval(ctx, a.ID); err != nil {
			g.t.Fatal(err)
		}
	}
	return a
}

// TestApprovalMachine: in each state, each action by each who may and who may not, by direct POST. What is not a move of
// the machine is 409, what is not for them 403, and neither changes anything.
func TestApprovalMachine(t *testing.T) {
	grant := func(g *register, persona string) { // may do everything, but has edited
		u, err := g.db.SignIn(t.Context(), "demo", persona, persona, g.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		i := g.integration("hjerte-rdap")
		i.Note += "."
		if err := g.db.UpdateIntegration(t.Context(), i, store.UserActor(u, "")); err != nil {
			t.Fatal(err)
		}
	}
	for _, state := range store.ApprovalStates {
		t.Run(string(state), func(t *testing.T) {
			g := newRegister(t)
			a := g.approvalIn(state)
			roles := []store.PortalRole{store.RoleReader, store.RoleAdmin, store.RoleAuditor, store.RoleCoordinator,
				store.RoleSecurity}
			visitors := map[store.PortalRole]*visitor{}
			for _, role := range roles {
				visitors[role] = g.as(role, store.AllRegistries)
			}
			for _, action := range []store.ApprovalState{store.AppApproved, store.AppChangeRequested, store.AppRejected,
				store.AppRevoked, store.AppSubmitted} {
				post := func(v *visitor) int {
					now, err := g.db.Approval(t.Context(), a.ID)
					if err != nil {
						t.Fatal(err)
					}
					version := strconv.Itoa(now.Version)
					switch action {
					case store.AppRevoked:
						return v.post("/approvals/"+a.ID+"/revoke", "version", version, "reason", "x").Code
					case store.AppSubmitted:
						q, err := g.Gate.Question(t.Context(), "hjerte-rdap", store.AtSubmit)
						if err != nil {
							t.Fatal(err)
						}
						return v.post(approvalPath, "hash", store.ComputeScope(q.ScopeParts).Hash()).Code
					}
					return v.post("/approvals/"+a.ID+"/decide", "version", version, "decision", string(action), "reason", "x",
						"valid_to", "2027-02-01").Code
				}
				legal := state.CanMove(action)
				for _, who := range roles {
					may := who == store.RoleSecurity
					if action == store.AppSubmitted {
						may = who == store.RoleCoordinator
					}
					if may && (legal || action == store.AppSubmitted) {
						continue // it works: TestApprovalSubmit, TestApprovalDecide, TestApprovalRevoke
					}
					before := fmt.Sprint(g.newest(), len(g.audits()))
					want := http.StatusForbidden
					if may {
						want = http.StatusConflict
					}
					if got := post(visitors[who]); got != want {
						t.Errorf("%s by %s: %d, not %d", action, who, got, want)
					}
					if after := fmt.Sprint(g.newest(), len(g.audits())); after != before {
						t.Errorf("%s by %s changed %s\nto %s", action, who, before, after)
					}
				}
			}
			if state == store.AppSubmitted {
				grant(g, "sindre")
				before := fmt.Sprint(g.newest(), len(g.audits()))
				officer := visitors[store.RoleSecurity]
				for _, action := range []string{"approved", "change_requested", "rejected"} {
					if got := officer.post("/approvals/"+a.ID+"/decide", "version", strconv.Itoa(a.Version), "decision", action,
						"reason", "x", "valid_to", "2027-02-01").Code; got != http.StatusForbidden {
						t.Errorf("%s by an editor: %d", action, got)
					}
				}
				if after := fmt.Sprint(g.newest(), len(g.audits())); after != before {
					t.Error("it changed something")
				}
			}
		})
	}
}

// audits gives what the log says of approvals.
func (g *register) audits() []store.AuditEntry {
	g.t.Helper()
	es, err := g.db.ApprovalEntries(g.t.Context(), "hjerte-rdap")
	if err != nil {
		g.t.Fatal(err)
	}
	return es
}

// TestApprovalRace: of two officers who decide at once, the second is told who decided and what, keeps what they wrote,
// and changes nothing.
func TestApprovalRace(t *testing.T) {
	g := newRegister(t)
	a := g.submit(g.as(store.RoleCoordinator, "hjerte"))
	if _, err := g.db.DecideApproval(t.Context(), a.ID, a.Version, db.Verdict{State: store.AppRejected, Reason: "Nei"},
		store.Actor{UserID: "other", Name: "Olga Offiser"}); err != nil {
		t.Fatal(err)
	}
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	answers(t, officer.post("/approvals/"+a.ID+"/decide", "version", strconv.Itoa(a.Version), "decision", "approved",
		"reason", "Jeg sier ja", "valid_to", "2027-02-01"), http.StatusConflict, "Olga Offiser har alt avgjort saken",
		"Avslått", "Jeg sier ja")
	if g.newest().State != store.AppRejected {
		t.Fatal("the second won")
	}
}

func TestApprovalConditions(t *testing.T) {
	g := newRegister(t)
	a := g.submit(g.as(store.RoleCoordinator, "hjerte"))
	officer, coordinator := g.as(store.RoleSecurity, store.AllRegistries), g.as(store.RoleCoordinator, "hjerte")
	path := "/approvals/" + a.ID + "/decide"
	decision := func(more ...string) []string {
		return append([]string{"version", strconv.Itoa(a.Version), "decision", "approved", "reason", "Godt", "valid_to",
			"2027-02-01", "conditions", "3"}, more...)
	}
	answers(t, officer.get(approvalPath), 200, `name="condition_3"`, `!name="condition_4"`)
	answers(t, officer.post(path, decision("condition_1", "Øv", "more", "1")...), 200, `name="condition_4"`, ">Øv</textarea>",
		">Godt</textarea>")
	answers(t, officer.post(path, decision("condition_1", "Øv")...), 422, `id="f-condition_due_1-error"`, ">Øv</textarea>",
		"Vilkår 1: frist. Fyll ut")
	answers(t, officer.post(path, decision("condition_due_2", "2027-01-01")...), 422, `id="f-condition_2-error"`,
		"Vilkår 2. Fyll ut")
	answers(t, officer.post(path, decision("condition_1", "Øv", "condition_due_1", "2026-01-01")...), 422, "Dagen har vært")
	answers(t, officer.post(path, decision("condition_1", "Øv", "condition_due_1", "2027-02-02")...), 422,
		"mens godkjenningen gjelder")
	if g.newest().State != store.AppSubmitted {
		t.Fatal("a form with faults was carried out")
	}
	leads(t, officer.post(path, decision("condition_2", "Øv på å ta tilbake", "condition_due_2", "2026-12-24")...), approvalPath)
	a = g.newest()
	if len(a.Conditions) != 1 || a.Conditions[0].No != 1 || a.Conditions[0].DueOn != "2026-12-24" {
		t.Fatalf("%+v", a.Conditions)
	}
	answers(t, officer.get(approvalPath), 200, "Øv på å ta tilbake", "Ikke oppfylt ennå", "!Merk som oppfylt")
	g.clock.Advance(20 * 24 * time.Hour)
	coordinator, officer = g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleSecurity, store.AllRegistries)
	answers(t, coordinator.get(approvalPath), 200, "som snart må være oppfylt", "Merk som oppfylt")
	g.clock.Advance(20 * 24 * time.Hour)
	coordinator, officer = g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleSecurity, store.AllRegistries)
	answers(t, coordinator.get(approvalPath), 200, "et vilkår som ikke er oppfylt", "Fristen er ute")

	meet := "/approvals/" + a.ID + "/conditions/1"
	version := strconv.Itoa(a.Version)
	answers(t, officer.post(meet, "version", version, "evidence", "x"), http.StatusForbidden)
	answers(t, coordinator.post(meet, "version", version), 422, `id="evidence-1-error"`)
	answers(t, coordinator.post("/approvals/"+a.ID+"/conditions/2", "version", version, "evidence", "x"), http.StatusNotFound)
	answers(t, coordinator.post(meet, "version", "99", "evidence", "x"), http.StatusConflict)
	leads(t, coordinator.post(meet, "version", version, "evidence", "Sak 2026/44"), approvalPath)
	answers(t, officer.get(approvalPath), 200, "Merket som oppfylt av Kaja Koordinator", "Sak 2026/44",
		"!et vilkår som ikke er oppfylt", "Vilkår 1 merket som oppfylt av Kaja Koordinator")
	answers(t, g.as(store.RoleCoordinator, "lunge").post(meet, "version", version, "evidence", "x"), http.StatusNotFound)

	coordinator = g.as(store.RoleCoordinator, "hjerte")
	// said to be met: it runs, and stands with the officer until they have seen it
	version = strconv.Itoa(g.newest().Version)
	const unseen = "Meldt oppfylt av Kaja Koordinator, ikke sett av sikkerhet"
	answers(t, officer.get(approvalPath), 200, unseen, "Noter at jeg har sett det")
	answers(t, coordinator.get(approvalPath), 200, unseen, "!Noter at jeg har sett det")
	answers(t, officer.get("/approvals"), 200, "Vilkår meldt oppfylt", "Øv på å ta tilbake. "+unseen)
	answers(t, coordinator.post(meet+"/seen", "version", version), http.StatusForbidden)
	answers(t, officer.post(meet+"/seen", "version", "99"), http.StatusConflict)
	answers(t, officer.post("/approvals/"+a.ID+"/conditions/2/seen", "version", version), http.StatusNotFound)
	leads(t, officer.post(meet+"/seen", "version", version), approvalPath)
	answers(t, officer.get(approvalPath), 200, "!ikke sett av sikkerhet", "Sett av Sindre Sikkerhet",
		"Sett at vilkår 1 er meldt oppfylt av Sindre Sikkerhet", "!Noter at jeg har sett det")
	answers(t, officer.get("/approvals"), 200, "!Vilkår meldt oppfylt")
	answers(t, officer.post(meet+"/seen", "version", strconv.Itoa(g.newest().Version)), http.StatusConflict)
	if n := g.audited("approval.condition_seen"); n != 1 {
		t.Errorf("%d lines in the log", n)
	}
}

// TestApprovalReview: the officer sees the one thing that changed, who changed it, what it means and what follows.
func TestApprovalReview(t *testing.T) {
	g := newRegister(t)
	g.approve()
	g.clock.Advance(time.Hour)
	g.saveMapping(2, "opphold", "vekt")
	a := g.submit(g.as(store.RoleCoordinator, "hjerte"))
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	answers(t, officer.get(approvalPath), 200, "Flere opplysninger flyttes", "Variabelen «vekt» er lagt til",
		"Registeret får en ny opplysning om hver person.", "Endret av Seeder i mapping 2", "Hva det betyr å si ja",
		"kjører bare når noen starter den", "3 felt flyttes i hver kjøring", "1. februar 2027", "Seeder: ",
		"Hvilken ROS og LD dekker hvert felt", "3 av 3 er dekket", "!Dette er dekket av det som er godkjent")
	answers(t, g.as(store.RoleReader, "hjerte").get(approvalPath), 200, "Variabelen «vekt» er lagt til",
		"Hva det betyr å si ja", "!name=\"decision\"")
	leads(t, officer.post("/approvals/"+a.ID+"/decide", "version", strconv.Itoa(a.Version), "decision", "approved", "reason",
		"Greit", "valid_to", "2027-02-01"), approvalPath)

	all, err := g.db.Approvals(t.Context(), "hjerte-rdap")
	if err != nil || len(all) != 2 {
		t.Fatalf("%d, %v", len(all), err)
	}
	answers(t, officer.get(approvalPath+"?from="+all[1].ID+"&to="+all[0].ID), 200, "Variabelen «vekt» er lagt til")
	answers(t, officer.get(approvalPath+"?from="+all[0].ID+"&to="+all[1].ID), 200, "Variabelen «vekt» er fjernet")
	answers(t, officer.get(approvalPath+"?from="+all[0].ID+"&to="+all[0].ID), 200, "Omfanget er det samme.")
	answers(t, officer.get(approvalPath+"?from="+all[0].ID+"&to=borte"), http.StatusNotFound)
}

// TestFieldNotCovered: a field that the ROS says nothing of is named, and nothing can be submitted.
func TestFieldNotCovered(t *testing.T) {
	g := newRegister(t)
	covers := store.Coverage{Methods: []string{"rdap-filer"}, Classes: []store.FieldClass{store.Direct, store.Technical}}
	if err := g.db.CreateRiskAssessment(t.Context(), &store.RiskAssessment{ID: "ros-1", Version: 2, Title: "Smal ROS",
		Coverage: covers, State: store.ROSAccepted, DecidedBy: "Leder", DecidedOn: "2026-01-01", ValidTo: "2027-03-14"},
		seeder); err != nil {
		t.Fatal(err)
	}
	i := g.integration("hjerte-rdap")
	i.ROS.Version = 2
	if err := g.db.UpdateIntegration(t.Context(), i, seeder); err != nil {
		t.Fatal(err)
	}
	g.saveMapping(2, "opphold", "vekt")
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.get(approvalPath), 200, "ROS ros-1 versjon 2 sier ikke noe om dette", "k_vekt", "Dekker ikke",
		"2 av 3 er dekket", "Kan ikke sendes inn ennå")
	answers(t, coordinator.get("/integrations/hjerte-rdap"), 200, "Dekker ikke", "2 av 3 er dekket")
	answers(t, coordinator.post(approvalPath, "hash", "x"), http.StatusConflict)
}
