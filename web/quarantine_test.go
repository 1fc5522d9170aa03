package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"testing"

	"samband/store"
	"samband/store/db"
)

// testRows are held-back rows of the registry "hjerte", newest run first.
type testRows struct {
	list   []store.Finding
	opened []string // who looked
	set    []string // what was done, and why
}

func (h *testRows) Findings(_ context.Context, registryID string, f store.FindingFilter) ([]store.Finding, int64, error) {
	if registryID != "hjerte" {
		return nil, 0, nil
	}
	match := func(x store.Finding) bool {
		return (f.RunNo == 0 || x.RunNo == f.RunNo) && (f.Reason == "" || x.Reason == f.Reason) && (f.Status == "" || x.Status == f.Status) &&
			(f.IntegrationID == "" || f.IntegrationID == "hjerte-rdap")
	}
	var out []store.Finding
	var total int64
	for _, x := range h.list {
		if match(x) {
			total++
			if x.ID > f.After && len(out) < f.Limit {
				out = append(out, x)
			}
		}
	}
	return out, total, nil
}

func (h *testRows) OpenFinding(_ context.Context, registryID string, id int64, by store.Actor) (*store.OpenedFinding, error) {
	i := slices.IndexFunc(h.list, func(x store.Finding) bool { return x.ID == id })
	if i < 0 || registryID != "hjerte" {
		return nil, store.E(store.NotFound, "finding.none", nil)
	}
	h.opened = append(h.opened, by.Name)
	return &store.OpenedFinding{Finding: h.list[i], IntegrationID: "hjerte-rdap", MappingNo: 2, Hidden: 1, Broken: h.list[i].Reason == "row.quote",
		Cells: []store.OpenedCell{{Field: "k_opphold", Class: store.Technical, Text: "A-1"}, {Field: "k_vekt", Class: store.Health, Text: "tung"}}}, nil
}

func (h *testRows) SetFinding(_ context.Context, registryID string, id int64, from, to store.FindingStatus, reason string, by store.Actor) error {
	i := slices.IndexFunc(h.list, func(x store.Finding) bool { return x.ID == id })
	if i < 0 {
		return store.E(store.NotFound, "finding.none", nil)
	}
	if h.list[i].Status != from {
		return store.E(store.Conflict, "finding.changed", nil)
	}
	h.list[i].Status = to
	h.set = append(h.set, string(to)+": "+reason)
	return nil
}

func newHeld(t *testing.T) (*register, *testRows) {
	g := newRegister(t)
	g.saveMapping(2, "opphold", "vekt")
	run := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerPerson}
	if err := g.db.CreateRun(t.Context(), run, seeder); err != nil {
		t.Fatal(err)
	}
	run, err := g.db.StartRun(t.Context(), run.ID, seeder)
	if err != nil {
		t.Fatal(err)
	}
	run.MappingNo = 2
	if err := g.db.FinishRun(t.Context(), run, db.Outcome{State: store.RunSucceeded}, seeder); err != nil {
		t.Fatal(err)
	}
	h := &testRows{}
	g.Held = h
	for i := range int64(120) {
		h.list = append(h.list, store.Finding{ID: i + 1, RunNo: 1, Position: 10 * (i + 1), Key: "A-" + strconv.FormatInt(i, 10), Reason: "tall",
			Variable: "vekt", Status: store.FindingOpen, At: g.clock.Now()})
	}
	h.list[119].Reason, h.list[119].Status = "row.quote", store.FindingDismissed
	return g, h
}

func TestQuarantineList(t *testing.T) {
	g, _ := newHeld(t)
	v := g.as(store.RoleCoordinator, "hjerte")
	answers(t, v.get("/quarantine"), 200, "119 rader", "Rad 10<", "Rad 500<", "!Rad 510<", "?after=50", "Ikke et tall", "A-0", "!Register</th>")
	answers(t, v.get("/quarantine?after=50"), 200, "Rad 510<", "!Rad 500<", "Fra begynnelsen")
	answers(t, v.get("/quarantine?status="), 200, "120 rader")
	answers(t, v.get("/quarantine?run=1"), 200, "120 rader")
	answers(t, v.get("/quarantine?status=dismissed"), 200, "1 rad", "Et anførselstegn står feil", "Lukket")
	answers(t, v.get("/quarantine?run=2"), 200, "Ingen rader passer")
	answers(t, v.get("/quarantine?run=to"), 200, "Ingen rader passer", "f-run-error")
	answers(t, v.get("/quarantine?reason=grense"), 200, "Ingen rader passer")
	answers(t, v.get("/quarantine?integration=noe-annet&after=x&status=x"), 200, "Ingen rader passer")
	answers(t, g.as(store.RoleCoordinator, "lunge").get("/quarantine"), 200, "Ingen rader passer", "!A-0")
	answers(t, g.as(store.RoleCoordinator, store.AllRegistries).get("/quarantine"), 200, "Hjertekirurgi", "119 rader")
	for _, role := range []store.PortalRole{store.RoleReader, store.RoleAdmin, store.RoleSecurity, store.RoleAuditor} {
		answers(t, g.as(role, store.AllRegistries).get("/quarantine"), http.StatusForbidden)
	}
}

func TestQuarantineShow(t *testing.T) {
	g, h := newHeld(t)
	v := g.as(store.RoleCoordinator, "hjerte")
	answers(t, v.get("/quarantine/hjerte/1"), 200, "Rad 10 i kjøring 1", "tung", "Brukes av regelen", "1 felt med identitet vises ikke", "k_vekt → heltall",
		"Verdien er ikke et tall", "/integrations/hjerte-rdap/mapping/vekt", "Lukk raden")
	answers(t, v.get("/quarantine/hjerte/120"), 200, "Ingen vet hva i den som er identitet", "!tung", "Åpne saken igjen", "løst anførselstegn")
	if len(h.opened) != 2 {
		t.Errorf("%d looks", len(h.opened))
	}
	for _, path := range []string{"/quarantine/hjerte/999", "/quarantine/hjerte/x", "/quarantine/hjerte/0", "/quarantine/ingen/1", "/quarantine/lunge/1"} {
		answers(t, v.get(path), http.StatusNotFound)
	}
	answers(t, g.as(store.RoleReader, "hjerte").get("/quarantine/hjerte/1"), http.StatusForbidden)
	answers(t, g.as(store.RoleCoordinator, "lunge").get("/quarantine/hjerte/1"), http.StatusNotFound)
	if len(h.opened) != 2 {
		t.Errorf("%d looks, some by who may not", len(h.opened))
	}
}

func TestQuarantineDecide(t *testing.T) {
	g, h := newHeld(t)
	v := g.as(store.RoleCoordinator, "hjerte")
	answers(t, v.post("/quarantine/hjerte/1/dismiss"), 422, "f-reason-error")
	answers(t, v.post("/quarantine/hjerte/1/dismiss", "reason", "Gjelder 17837130158"), 422, "fødselsnummer")
	leads(t, v.post("/quarantine/hjerte/1/dismiss", "reason", "Prøverad"), "/quarantine/hjerte/1")
	answers(t, v.get("/quarantine/hjerte/1"), 200, "Raden er lukket.", "Åpne saken igjen")
	answers(t, v.post("/quarantine/hjerte/1/dismiss", "reason", "Igjen"), http.StatusConflict)
	leads(t, v.post("/quarantine/hjerte/1/reopen", "reason", "Tok feil"), "/quarantine/hjerte/1")
	answers(t, v.post("/quarantine/hjerte/999/dismiss", "reason", "x"), http.StatusNotFound)
	answers(t, g.as(store.RoleReader, "hjerte").post("/quarantine/hjerte/1/dismiss", "reason", "x"), http.StatusForbidden)
	answers(t, g.as(store.RoleCoordinator, "lunge").post("/quarantine/hjerte/1/dismiss", "reason", "x"), http.StatusNotFound)
	if want := []string{"dismissed: Prøverad", "open: Tok feil"}; !slices.Equal(h.set, want) {
		t.Errorf("done %q, not %q", h.set, want)
	}
}
