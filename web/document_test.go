package web

import (
	"net/http"
	"testing"

	"samband/store"
)

func TestDocumentEdit(t *testing.T) {
	g := newRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	for _, kind := range []string{"ros", "ld"} {
		base := "/" + kind
		answers(t, coordinator.get(base+"/new"), 200, `name="id"`)
		leads(t, coordinator.post(base, "id", kind+"-ny", "title", "Filer gjennom plattformen", "link",
			"https://arkiv.example.org/1",
			"text", "Filer", "day", "2026-10-01"), base+"/"+kind+"-ny/1")
		answers(t, coordinator.get(base+"/"+kind+"-ny/1"), 200, "Filer gjennom plattformen", "Kladd", "1. oktober 2026")
		answers(t, coordinator.post(base, "id", kind+"-ny", "title", "En til"), 422, `id="f-id-error"`)
		answers(t, coordinator.post(base, "id", kind+"-to", "title", "", "link", "arkiv", "day", "i går"), 422,
			`id="f-title-error"`,
			`id="f-day-error"`)
		answers(t, coordinator.post(base, "id", kind+"-to", "title", "To", "link", "javascript:alert(1)"), 422,
			`id="f-link-error"`)

		at := base + "/" + kind + "-ny/1"
		answers(t, coordinator.get(at+"/edit"), 200, `name="version" value="1"`)
		leads(t, coordinator.post(at, "version", "1", "title", "Filer", "text", "Filer", "day", "2026-10-01"), at)
		answers(t, coordinator.post(at, "version", "1", "title", "Mine filer", "text", "Filer", "day", "2026-10-01"),
			http.StatusConflict, "Er nå lagret som: Filer", `value="Mine filer"`)

		// the next version begins as the one before
		answers(t, coordinator.get(base+"/new?from="+kind+"-ny"), 200, `value="Filer"`, "versjon 2", "!name=\"id\"")
		leads(t, coordinator.post(base, "from", kind+"-ny", "title", "Filer, ny gjennomgang"), base+"/"+kind+"-ny/2")
		answers(t, coordinator.get(base+"/"+kind+"-ny/2"), 200, kind+"-ny, versjon 1")
		answers(t, coordinator.get(base+"/new?from=borte"), http.StatusNotFound)

		// once decided, the content stands
		decided := base + "/" + kind + "-1/1"
		answers(t, coordinator.get(decided), 200, "!"+decided+"/edit", "Hjertekirurgi fra plattformen")
		answers(t, coordinator.post(decided, "version", "1", "title", "Annet"), http.StatusConflict)
		answers(t, g.as(store.RoleReader, "lunge").get(decided), 200, "!Hjertekirurgi fra plattformen", "!/new?from")
		answers(t, g.as(store.RoleReader, "lunge").post(base, "id", "x", "title", "X"), http.StatusForbidden)
		answers(t, g.as(store.RoleAdmin, store.AllRegistries).get(base+"/new"), http.StatusForbidden)
		answers(t, coordinator.get(base+"/"+kind+"-1/9"), http.StatusNotFound)
		answers(t, coordinator.get(base+"/"+kind+"-1/en"), http.StatusNotFound)
	}
}

func TestDocumentMove(t *testing.T) {
	for kind, ways := range map[string][2]string{"ros": {"performed", "accepted"}, "ld": {"in_review", "approved"}} {
		t.Run(kind, func(t *testing.T) {
			g := newRegister(t)
			coordinator, officer := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleSecurity, store.AllRegistries)
			at := "/" + kind + "/ny/1"
			coordinator.post("/"+kind, "id", "ny", "title", "Ny")
			answers(t, coordinator.post(at+"/state", "version", "1", "to", ways[0]), http.StatusConflict,
				"Dette mangler: Metoder, ")
			answers(t, coordinator.get(at), 200, "Dette mangler: Metoder, ", `!value="`+ways[0]+`"`)
			g.whole(kind, "ny")
			leads(t, coordinator.post(at+"/state", "version", "2", "to", ways[0]), at)
			// deciding is the security officer's, with a last day
			answers(t, coordinator.post(at+"/state", "version", "3", "to", ways[1], "valid_to", "2027-11-01"),
				http.StatusForbidden)
			answers(t, officer.post(at+"/state", "version", "3", "to", ways[1]), 422, "valid-to-"+ways[1]+"-error")
			answers(t, officer.post(at+"/state", "version", "3", "to", ways[1], "valid_to", "2026-01-01"), 422, "Dagen har vært")
			answers(t, officer.post(at+"/state", "version", "2", "to", ways[1], "valid_to", "2027-11-01"), http.StatusConflict)
			leads(t, officer.post(at+"/state", "version", "3", "to", ways[1], "valid_to", "2027-11-01"), at)
			answers(t, officer.get(at), 200, "Sindre Sikkerhet", "1. november 2027")
			answers(t, officer.post(at+"/state", "version", "4", "to", ways[0]), http.StatusConflict)
			answers(t, officer.post(at+"/state", "version", "4", "to", "sendt"), 422)
			answers(t, coordinator.post(at+"/state", "version", "4", "to", ways[0]), http.StatusForbidden)
			answers(t, coordinator.get(at+"/edit"), http.StatusConflict, "Lag ny versjon", "/"+kind+"/new?from=ny")

			// nobody decides what they wrote
			officer.post("/"+kind, "id", "egen", "title", "Egen")
			own := "/" + kind + "/egen/1"
			g.whole(kind, "egen")
			leads(t, officer.post(own+"/state", "version", "2", "to", ways[0]), own)
			answers(t, officer.get(own), 200, `!value="`+ways[1]+`"`)
			answers(t, officer.post(own+"/state", "version", "3", "to", ways[1], "valid_to", "2027-11-01"), http.StatusForbidden)
		})
	}
}

// whole fills in the first version of a document, as its form does.
func (g *register) whole(kind, id string) {
	g.t.Helper()
	ref, covers := store.Ref{ID: id, Version: 1}, store.Coverage{Methods: []string{"rdap-filer"}}
	var err error
	if kind == "ros" {
		var a *store.RiskAssessment
		if a, err = g.db.RiskAssessment(g.t.Context(), ref); err == nil {
			a.Coverage, a.Covers, a.Method, a.Participants, a.PerformedOn = covers, "Filer", "Møte", []string{"Eier"}, "2026-11-01"
			a.Link = "https://arkiv.example.org/ros"
			err = g.db.UpdateRiskAssessment(g.t.Context(), a, seeder)
		}
	} else {
		var a *store.SolutionDesign
		if a, err = g.db.SolutionDesign(g.t.Context(), ref); err == nil {
			a.Coverage, a.Link = covers, "https://arkiv.example.org/ld"
			err = g.db.UpdateSolutionDesign(g.t.Context(), a, seeder)
		}
	}
	if err != nil {
		g.t.Fatal(err)
	}
}

// TestDocumentTakenBack: whoever takes a ROS back, refuses it or sends an LD back says why, and that stands on the page.
func TestDocumentTakenBack(t *testing.T) {
	for kind, ways := range map[string][2]string{"ros": {"performed", "withdrawn"}, "ld": {"in_review", "draft"}} {
		t.Run(kind, func(t *testing.T) {
			g := newRegister(t)
			coordinator := g.as(store.RoleCoordinator, "hjerte")
			at := "/" + kind + "/ny/1"
			coordinator.post("/"+kind, "id", "ny", "title", "Ny")
			g.whole(kind, "ny")
			leads(t, coordinator.post(at+"/state", "version", "2", "to", ways[0]), at)
			answers(t, coordinator.post(at+"/state", "version", "3", "to", ways[1]), 422, "reason-"+ways[1]+"-error")
			leads(t, coordinator.post(at+"/state", "version", "3", "to", ways[1], "reason", "Gjelder feil system"), at)
			answers(t, coordinator.get(at), 200, "tilbake av", "Gjelder feil system", "23. november 2026")
		})
	}
}

// TestDocumentNewer: the version before goes on, and everybody who meets it is told of the newer one.
func TestDocumentNewer(t *testing.T) {
	g := newRegister(t)
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	is, err := g.db.SolutionDesign(t.Context(), store.Ref{ID: "ld-1", Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	next := is.Next()
	next.Link = "https://arkiv.example.org/ld"
	if err := g.db.CreateSolutionDesign(t.Context(), next, seeder); err != nil {
		t.Fatal(err)
	}
	leads(t, officer.post("/ld/ld-1/2/state", "version", "1", "to", "in_review"), "/ld/ld-1/2")
	leads(t, officer.post("/ld/ld-1/2/state", "version", "2", "to", "approved", "valid_to", "2027-11-01"), "/ld/ld-1/2")
	for _, path := range []string{"/ld/ld-1/1", "/approvals", "/integrations/hjerte-rdap", "/integrations/hjerte-rdap/approval"} {
		answers(t, officer.get(path), 200, "Nyere versjon 2 er godkjent")
	}
	answers(t, officer.get("/ld/ld-1/2"), 200, "!Nyere versjon 2 er godkjent</strong>")
}

// TestDocumentLapsed: what has run out is shown as such from the first day, also before that is written down.
func TestDocumentLapsed(t *testing.T) {
	g := newRegister(t)
	old := store.DateOf(g.clock.Now()).AddDays(-1)
	for _, err := range []error{
		g.db.CreateRiskAssessment(t.Context(), &store.RiskAssessment{ID: "gammel", Version: 1, Title: "Gammel",
			State: store.ROSAccepted, DecidedBy: "Leder", DecidedOn: "2026-01-01", ValidTo: old}, seeder),
		g.db.CreateSolutionDesign(t.Context(), &store.SolutionDesign{ID: "gammel", Version: 1, Title: "Gammel",
			State: store.LDApproved, DecidedBy: "Leder", DecidedOn: "2026-01-01", ValidTo: old}, seeder),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	reader := g.as(store.RoleReader, "hjerte")
	answers(t, reader.get("/ros/gammel/1"), 200, "Utløpt", "!Akseptert")
	answers(t, reader.get("/ld/gammel/1"), 200, "Utløpt", "!Godkjent")
}
