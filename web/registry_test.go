package web

import (
	"net/http"
	"testing"
	"time"

	"samband/store"
)

func TestRegistryList(t *testing.T) {
	g := newRegister(t)
	answers(t, g.as(store.RoleCoordinator, "hjerte").get("/registries"), 200, "Hjertekirurgi", "!Lungekreft",
		"Ikke i gang",
		"!/registries/new")
	answers(t, g.as(store.RoleCoordinator, store.AllRegistries).get("/registries"), 200, "Hjertekirurgi", "Lungekreft",
		"/registries/new", "Grunnlaget er ikke komplett")
	g.ended(store.RunSucceeded, 30*time.Hour)
	answers(t, g.as(store.RoleReader, "hjerte").get("/registries"), 200, "22.11.2026", "!Sent ute")
	g.ended(store.RunHeld, time.Hour)
	answers(t, g.as(store.RoleReader, "hjerte").get("/registries"), 200, "1 kjøring venter på avgjørelse")
}

func TestRegistryShow(t *testing.T) {
	g := newRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.get("/registries/hjerte"), 200, "Bedre hjertekirurgi", "Hjertekirurgi fra plattformen",
		"Hjerteboken", "/codebooks/hjertebok", "/quality/hjerte", "Har aldri kjørt", "/registries/hjerte/edit",
		"Ingenting er sent ute, og ingenting venter.")
	answers(t, coordinator.get("/registries/lunge"), http.StatusNotFound, "!Lungekreft")
	answers(t, coordinator.get("/registries/finnes-ikke"), http.StatusNotFound)
	answers(t, g.as(store.RoleReader, "lunge").get("/registries/lunge"), 200, "Mangler", "!/registries/lunge/edit")

	// what is late and what to do: the run that failed comes before that the data are late
	g.ended(store.RunSucceeded, 30*time.Hour)
	g.ended(store.RunFailed, time.Hour)
	answers(t, coordinator.get("/registries/hjerte"), 200, `href="/runs/2"`, "Se kjøringen", "!Ingenting er sent ute")
}

func TestRegistryLate(t *testing.T) {
	g := newRegister(t)
	g.approve()
	g.ended(store.RunSucceeded, 30*time.Hour)
	answers(t, g.as(store.RoleReader, "hjerte").get("/registries/hjerte"), 200,
		"Nye data skulle ha kommet innen 23. november 2026 kl. 04.00")
	answers(t, g.as(store.RoleReader, "hjerte").get("/registries"), 200, "Sent ute siden 23. november 2026 kl. 04.00")
	answers(t, g.as(store.RoleReader, "hjerte").get("/integrations"), 200, "Sent ute siden 23. november 2026 kl. 04.00")
}

func TestRegistryCreate(t *testing.T) {
	g := newRegister(t)
	all := g.as(store.RoleCoordinator, store.AllRegistries)
	answers(t, all.get("/registries/new"), 200, `action="/registries"`, "Kortnavn i adresser")
	leads(t, all.post("/registries", "id", "nyfodt", "name", "Nyfødtmedisin", "solution", "ereg", "kind", "quality",
		"starts_on", "1.2.2026", "consent", ""), "/registries/nyfodt")
	made, err := g.db.Registry(t.Context(), "nyfodt")
	if err != nil || made.StartsOn != "2026-02-01" || g.audited("registry.create") != 3 {
		t.Fatalf("%+v, %v", made, err)
	}
	answers(t, all.get("/registries/nyfodt"), 200, "Nyfødtmedisin er opprettet.")

	// what is wrong stands at its field, and what was written stays
	answers(t, all.post("/registries", "id", "Ny Født", "name", "", "solution", "borte", "kind", "kvalitet", "purpose",
		"Godt & vel"),
		422, `id="f-id-error"`, `id="f-solution-error"`, `id="f-kind-error"`, "Godt &amp; vel")
	answers(t, all.post("/registries", "id", "hjerte", "name", "Enda et", "solution", "ereg", "kind", "quality"), 422,
		`id="f-id-error"`)
	answers(t, all.post("/registries", "id", "new", "name", "Enda et", "solution", "ereg", "kind", "quality"), 422,
		`id="f-id-error"`)
	answers(t, all.post("/registries", "id", "feil", "name", "Feil", "solution", "ereg", "kind", "project",
		"starts_on", "2026-02-01", "ends_on", "2025-02-01"), 422, `id="f-ends_on-error"`)

	// who edits one registry can't make another
	one := g.as(store.RoleCoordinator, "hjerte")
	answers(t, one.get("/registries/new"), http.StatusForbidden)
	answers(t, one.post("/registries", "id", "enda", "name", "Enda", "solution", "ereg", "kind", "quality"),
		http.StatusForbidden)
	answers(t, g.as(store.RoleReader, "hjerte").get("/registries/new"), http.StatusForbidden)
}

func TestRegistryUpdate(t *testing.T) {
	g := newRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.get("/registries/hjerte/edit"), 200, `name="version" value="1"`, "Bedre hjertekirurgi")
	fields := func(version, name, purpose string) []string {
		return []string{"version", version, "name", name, "solution", "ereg", "kind", "quality", "purpose", purpose,
			"consent", "reservation"}
	}
	leads(t, coordinator.post("/registries/hjerte", fields("1", "Hjertekirurgi", "Enda bedre hjertekirurgi")...),
		"/registries/hjerte")
	answers(t, coordinator.get("/registries/hjerte"), 200, "Enda bedre hjertekirurgi", "Endringene er lagret.")

	// somebody saved in between: nothing is lost on either side, and the reader sees what they wrote
	stale := coordinator.post("/registries/hjerte", fields("1", "Hjerte og kar", "Bedre hjertekirurgi")...)
	answers(t, stale, http.StatusConflict, "Noen andre lagret mens du skrev", "Er nå lagret som: Enda bedre hjertekirurgi",
		`value="Hjerte og kar"`, `name="version" value="2"`)
	leads(t, coordinator.post("/registries/hjerte", fields("2", "Hjerte og kar", "Bedre hjertekirurgi")...),
		"/registries/hjerte")

	answers(t, coordinator.post("/registries/lunge", fields("1", "Mitt", "")...), http.StatusNotFound)
	answers(t, g.as(store.RoleReader, "hjerte").post("/registries/hjerte", fields("3", "Mitt", "")...),
		http.StatusForbidden)
	answers(t, g.as(store.RoleSecurity, store.AllRegistries).get("/registries/hjerte/edit"), http.StatusForbidden)
}
