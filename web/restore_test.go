package web

import (
	"regexp"
	"testing"

	"samband/store"
)

func TestRestorePage(t *testing.T) {
	g := newRegister(t)
	ine := g.login("ine")
	answers(t, ine.get("/admin/restore"), 200, "Ingenting mangler")
	answers(t, ine.post("/admin/restore", "reason", "x", "seen", ""), 409, "Ingenting mangler")
	answers(t, g.login("sindre").get("/admin/restore"), 403)

	seen := func() string {
		return regexp.MustCompile(`name="seen" value="([0-9a-f]+)"`).FindStringSubmatch(ine.get("/admin/restore").Body.String())[1]
	}
	g.keeper.lost = store.E(store.Refused, "mark.restored", store.Args{"set": "2026-11-20", "at": g.clock.Now()})
	g.keeper.missing = store.Lost{Entries: 12, Runs: 2, Registries: []string{"hjertekirurgi"}, Vault: true}
	answers(t, ine.get("/admin/restore"), 200, "2026-11-20", "12 linjer", "2 kjøringer", "Hvelvet mangler", `name="reason"`)
	was := seen()
	answers(t, ine.post("/admin/restore", "reason", " ", "seen", was), 422, "f-reason-error")
	answers(t, ine.post("/admin/restore", "reason", "Disken ble byttet", "seen", was), 200, `name="sure"`, "Disken ble byttet",
		"regnes som tapt")
	if g.keeper.confirmed != "" {
		t.Fatal("confirmed in one step")
	}
	g.keeper.lost = store.E(store.Refused, "mark.behind", store.Args{"at": g.clock.Now(), "entries": 1, "runs": 0, "places": 0})
	answers(t, ine.post("/admin/restore", "reason", "Disken ble byttet", "seen", was, "sure", "yes"), 409, "Ingenting er bekreftet",
		"Disken ble byttet")
	answers(t, g.login("sindre").post("/admin/restore", "reason", "x", "seen", seen(), "sure", "yes"), 403)
	leads(t, ine.post("/admin/restore", "reason", "Disken ble byttet", "seen", seen(), "sure", "yes"), "/admin")
	if g.keeper.confirmed != "Disken ble byttet" || g.keeper.lost != nil {
		t.Errorf("%+v", g.keeper)
	}

	// What the registries lost is told until it is brought back.
	g.keeper.lacking = []store.Lacking{{IntegrationID: "hjerte-rdap", RegistryID: "hjerte", Runs: 2, Rows: 1234,
		Days: store.Period{From: "2026-10-01", To: "2026-10-31"}}}
	answers(t, ine.get("/admin/restore"), 200, "Innlesinger som er borte", "1\u00a0234", "!Ingenting mangler",
		"/integrations/hjerte-rdap/backfill?from=2026-10-01&amp;to=2026-10-31")
	answers(t, g.as(store.RoleCoordinator, "hjerte").get("/integrations/hjerte-rdap/backfill?from=2026-10-01&to=2026-10-31"), 200,
		`value="2026-10-01"`, `value="2026-10-31"`)

	// A folder that is away settles itself.
	g.keeper.lost = store.E(store.Unavailable, "mark.folder", store.Args{"path": "/merke"})
	answers(t, ine.get("/admin/restore"), 200, "/merke")
	answers(t, ine.post("/admin/restore", "reason", "x", "seen", "", "sure", "yes"), 409)
}
