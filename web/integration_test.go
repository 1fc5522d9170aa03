package web

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"samband/store"
)

func TestIntegrationList(t *testing.T) {
	g := newRegister(t)
	reader := g.as(store.RoleReader, "hjerte")
	answers(t, reader.get("/integrations"), 200, "Hjertekirurgi fra plattformen", "!Lungekreft", "!/integrations/new")
	answers(t, g.as(store.RoleCoordinator, "hjerte").get("/integrations"), 200, "/integrations/new")
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	answers(t, admin.get("/integrations?q=LUNGE"), 200, "Lungekreft fra plattformen", "!Hjertekirurgi fra plattformen")
	answers(t, admin.get("/integrations?state=in_operation"), 200, "Ingen integrasjoner passer")
}

func TestIntegrationShow(t *testing.T) {
	g := newRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.get("/integrations/hjerte-rdap"), 200, "Slik reiser dataene", "ros-1, versjon 1",
		"ld-1, versjon 1",
		"Ingen tidsplan.", "Har aldri kjørt", "1 <small>av 1 obligatoriske</small>", "0 av 1",
		`href="/integrations/hjerte-rdap/mapping"`, `href="/runs?integration=hjerte-rdap"`, "Start analyse",
		"!hjerte-rdap/run\"")
	answers(t, coordinator.get("/integrations/lunge-rdap"), http.StatusNotFound)
	// what is missing before it can be submitted
	answers(t, g.as(store.RoleReader, "lunge").get("/integrations/lunge-rdap"), 200,
		"Dette må på plass før integrasjonen kan sendes til godkjenning", "!Start analyse")

	g.approve()
	g.ended(store.RunSucceeded, 26*time.Hour)
	g.ended(store.RunHeld, time.Hour)
	answers(t, coordinator.get("/integrations/hjerte-rdap"), 200, `action="/integrations/hjerte-rdap/run"`,
		"Sent ute siden",
		"Vurder kjøringen", `href="/runs/2"`, "!Neste kjøring får ikke starte")
	// a change that the approval doesn't cover is told before the night
	g.saveMapping(2, "opphold", "vekt")
	answers(t, coordinator.get("/integrations/hjerte-rdap"), 200, "Neste kjøring får ikke starte", "1 av 1")
}

func TestIntegrationCreate(t *testing.T) {
	g := newRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.get("/integrations/new?registry=hjerte"), 200, `<option value="hjerte" selected>`,
		"!Lungekreft",
		"ros-1, versjon 1: ROS for filer (Akseptert)")
	fields := func(more ...string) []string {
		return append([]string{"id", "hjerte-to", "registry", "hjerte", "name", "Hjerte igjen", "method", "rdap-filer",
			"connection", "rdap-drift", "sensitivity", "sensitive", "ros", "ros-1@1", "ld", "ld-1@1", "codebook", "hjertebok",
			"max_quarantined", "2,5", "max_new_codes", "3"}, more...)
	}
	leads(t, coordinator.post("/integrations", fields("expected_hours", "26")...), "/integrations/hjerte-to")
	i := g.integration("hjerte-to")
	if i.State != store.IntCandidate || i.ROS != (store.Ref{ID: "ros-1", Version: 1}) ||
		i.Limits.MaxQuarantined != 0.025 || i.Limits.MaxNewCodes != 0.03 ||
		i.ExpectedHours != 26 {
		t.Fatalf("%+v", i)
	}
	answers(t, coordinator.get("/integrations/hjerte-to/edit"), 200, `value="2,5"`)

	answers(t, coordinator.post("/integrations", fields("expected_hours", "mange")...), 422, `id="f-expected_hours-error"`)
	answers(t, coordinator.post("/integrations", "id", "x y", "name", ""), 422, `id="f-id-error"`, `id="f-name-error"`,
		`id="f-registry-error"`, `id="f-method-error"`, `id="f-sensitivity-error"`)
	// a registry that one can't edit is no choice
	answers(t, coordinator.post("/integrations", "id", "lunge-to", "registry", "lunge", "name", "Lunge", "method",
		"rdap-filer",
		"sensitivity", "personal"), 422, `id="f-registry-error"`)
	// the hospital's rules are asked when it is saved
	answers(t, coordinator.post("/integrations", "id", "hjerte-kdv", "registry", "hjerte", "name", "Hjerte", "method",
		"kdv-visning", "sensitivity", "sensitive"), 422, `id="f-sensitivity-error"`, `id="f-method-error"`)
	// a codebook belongs to its registry
	answers(t, g.as(store.RoleAdmin, store.AllRegistries).post("/integrations", "id", "lunge-tre", "registry", "lunge", "name", "Lunge tre",
		"method", "rdap-filer", "sensitivity", "personal", "codebook", "hjertebok"), 422, `id="f-codebook-error"`, `value="Lunge tre"`)
	answers(t, g.as(store.RoleReader, "hjerte").post("/integrations", fields()...), http.StatusForbidden)
}

func TestIntegrationUpdate(t *testing.T) {
	g := newRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	at := g.integration("hjerte-rdap").Version
	fields := func(version int, name, ros string) []string {
		return []string{"version", strconv.Itoa(version), "name", name, "method", "rdap-filer", "connection", "rdap-drift",
			"sensitivity", "sensitive", "ros", ros, "ld", "ld-1@1", "codebook", "hjertebok", "expected_hours", "24"}
	}
	const path = "/integrations/hjerte-rdap"
	leads(t, coordinator.post(path, fields(at, "Hjerte fra plattformen", "ros-1@1")...), path)
	answers(t, coordinator.post(path, fields(at, "Mitt navn", "ros-1@1")...), http.StatusConflict,
		"Er nå lagret som: Hjerte fra plattformen", `value="Mitt navn"`)
	answers(t, coordinator.post(path, fields(at+1, "Hjerte", "borte@1")...), 422, `id="f-ros-error"`)
	answers(t, coordinator.post("/integrations/lunge-rdap", fields(1, "Mitt", "")...), http.StatusNotFound)
	answers(t, g.as(store.RoleReader, "hjerte").post(path, fields(1, "Mitt", "")...), http.StatusForbidden)
}

func TestIntegrationMove(t *testing.T) {
	g := newRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	move := func(to string, more ...string) []string {
		return append([]string{"to", to, "version", strconv.Itoa(g.integration("hjerte-rdap").Version)}, more...)
	}
	const path = "/integrations/hjerte-rdap/state"
	leads(t, coordinator.post(path, move("in_analysis")...), "/integrations/hjerte-rdap")
	answers(t, coordinator.get("/integrations/hjerte-rdap"), 200, "Hjertekirurgi fra plattformen: Under analyse.")
	// what the table of moves lacks is refused and changes nothing; approving is the security officer's alone
	for _, to := range []string{"in_operation", "suspended", "approved"} {
		answers(t, coordinator.post(path, move(to, "reason", "Fordi")...), http.StatusConflict)
	}
	answers(t, coordinator.post(path, move("paa_kryss")...), 422)
	answers(t, coordinator.post(path, "to", "candidate", "version", "1"), http.StatusConflict)
	answers(t, coordinator.post(path, move("ended")...), 422, "reason-ended-error")
	if i := g.integration("hjerte-rdap"); i.State != store.IntInAnalysis {
		t.Fatalf("it is %s", i.State)
	}
	g.approve()
	leads(t, coordinator.post(path, move("in_operation")...), "/integrations/hjerte-rdap")
	leads(t, coordinator.post(path, move("suspended", "reason", "Feil i kilden")...), "/integrations/hjerte-rdap")
	// back into operation only what the gate would let run
	g.saveMapping(2, "opphold", "vekt")
	answers(t, coordinator.post(path, move("in_operation")...), http.StatusConflict)
	answers(t, g.as(store.RoleReader, "hjerte").post(path, move("ended", "reason", "x")...), http.StatusForbidden)
	answers(t, g.as(store.RoleCoordinator, "lunge").post(path, move("ended", "reason", "x")...), http.StatusNotFound)
}
