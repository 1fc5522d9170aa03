package web

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

func TestAlertPages(t *testing.T) {
	g := newRegister(t)
	ctx := t.Context()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	v := g.as(store.RoleCoordinator, "hjerte")
	answers(t, v.get("/alerts"), http.StatusOK, "Ingen åpne saker", "!Åpne saker (")
	answers(t, v.get("/alerts?show=closed"), http.StatusOK, "Ingen lukkede saker passer")

	list, err := g.db.Integrations(ctx, db.IntegrationFilter{RegistryID: "hjerte"})
	ok(err)
	i := list[0]
	g.ended(store.RunFailed, time.Minute)
	now := g.now()
	disk := store.AlertCause{Kind: store.AlertPart, Subject: "space", Place: "her", Code: "doctor.space",
		Args: store.Args{"free": 1, "least": 2}, Count: 1, Since: now, Last: now}
	ok(g.db.SettleRunAlerts(ctx))
	ok(g.db.SettlePartAlerts(ctx, "her", []store.AlertCause{disk}))
	open, err := g.db.Alerts(ctx, store.AlertFilter{All: true, Own: true})
	ok(err)
	if len(open) != 2 || open[0].Kind != store.AlertPart || open[1].Kind != store.AlertFailed {
		t.Fatalf("%+v", open)
	}
	part, failed := open[0], open[1]

	// Each sees what is theirs, and the count is of what they can take.
	answers(t, v.get("/alerts"), http.StatusOK, "Åpne saker (1)", "Kjøring feilet: "+i.Name, "Ingenting av kjøringen er lest inn",
		"/docs/runbook#run.failed", "/runs/1", "Ta saken", "!installasjonen er ikke i orden: ")
	answers(t, v.get("/alerts?kind=data_late"), http.StatusOK, "Ingen åpne saker")
	answers(t, g.as(store.RoleCoordinator, "annet").get("/alerts"), http.StatusOK, "Ingen åpne saker", "!"+i.Name)
	answers(t, g.as(store.RoleReader, "hjerte").get("/alerts"), http.StatusOK, "Kjøring feilet: "+i.Name, "!Ta saken", "!Åpne saker (")
	a := g.as(store.RoleAdmin, "*")
	answers(t, a.get("/alerts"), http.StatusOK, "Åpne saker (2)", "En del av installasjonen er ikke i orden: ", "/docs/runbook#doctor.space")

	path := "/alerts/" + failed.ID
	if w := g.as(store.RoleCoordinator, "annet").post(path, "version", "1", "reason", "x"); w.Code != http.StatusNotFound {
		t.Errorf("a stranger takes an alert: %d", w.Code)
	}
	v = g.as(store.RoleCoordinator, "hjerte") // the same person, seen anew
	version := strconv.Itoa(failed.Version)
	until := store.DateOf(now.Add(-48 * time.Hour))
	answers(t, v.post(path, "version", version), http.StatusUnprocessableEntity, "f-reason-"+failed.ID+"-error")
	answers(t, v.post(path, "version", version, "reason", "Ringer KANARI", "until", string(until)), http.StatusUnprocessableEntity,
		"Ringer KANARI", "Velg en dag fra i morgen")
	if w := g.as(store.RoleReader, "hjerte").post(path, "version", version, "reason", "x"); w.Code != http.StatusForbidden {
		t.Errorf("a reader takes an alert: %d", w.Code)
	}
	if w := v.post("/alerts/"+part.ID, "version", "1", "reason", "x"); w.Code != http.StatusNotFound {
		t.Errorf("a coordinator takes an alert of the installation: %d", w.Code)
	}
	leads(t, v.post(path, "version", version, "reason", "Ringer kilden"), "/alerts")
	answers(t, v.get("/alerts"), http.StatusOK, "har tatt saken", "Ringer kilden", "!Åpne saker (")
	if w := v.post(path, "version", version, "reason", "x"); w.Code != http.StatusConflict {
		t.Errorf("a stale form: %d", w.Code)
	}
	leads(t, a.post("/admin/alerts/"+part.ID, "version", strconv.Itoa(part.Version), "reason", "Bestiller disk",
		"until", string(store.DateOf(now.Add(72*time.Hour)))), "/alerts")
	answers(t, a.get("/alerts"), http.StatusOK, "har utsatt saken til", "Bestiller disk")

	ok(g.db.SettlePartAlerts(ctx, "her", nil))
	answers(t, a.get("/alerts?show=closed"), http.StatusOK, "Lukkede saker", "En del av installasjonen er ikke i orden: ")
}
