package web

import (
	"context"
	"net/http"
	"testing"

	"samband/store"
	"samband/store/db"
)

// backfills is a Runner whose plans have one step, of a delivery by that name.
type backfills struct {
	quietRuns
	db   *db.DB
	name string
	gate []store.Code
}

func (b *backfills) plan(of store.Period) store.BackfillPlan {
	return store.BackfillPlan{IntegrationID: "hjerte-rdap", Period: of, Gate: b.gate, Steps: []store.BackfillStep{
		{Kind: store.BackfillSealed, Name: b.name, Mark: "m", Period: of, Rows: 321, Loaded: 1}}}
}

func (b *backfills) PlanBackfill(ctx context.Context, _ string, of store.Period, _ bool, by store.Actor) (*store.Backfill, error) {
	if err := of.Validate(); err != nil {
		return nil, err
	}
	return b.db.KeepBackfillPlan(ctx, b.plan(of), by)
}

func (b *backfills) StartBackfill(ctx context.Context, id string, by store.Actor) (*store.Backfill, *store.PlanDiff, error) {
	shown, err := b.db.Backfill(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	now := b.plan(shown.Plan.Period)
	if diff := now.Differs(&shown.Plan); diff != nil {
		kept, err := b.db.KeepBackfillPlan(ctx, now, by)
		return kept, diff, err
	}
	started, err := b.db.StartBackfill(ctx, id, by)
	return started, nil, err
}

func (b *backfills) CancelBackfill(ctx context.Context, id string, by store.Actor) error {
	return b.db.EndBackfill(ctx, id, store.BackfillCancelled, by)
}

// TestBackfillPages: the plan is shown before anything is done; what then differs is told, and asks for a new yes.
func TestBackfillPages(t *testing.T) {
	g := newRegister(t)
	runs := &backfills{db: g.db, name: "uke-47.csv"}
	g.Runs = runs
	reader, kari := g.as(store.RoleReader, "hjerte"), g.as(store.RoleCoordinator, "hjerte")
	const path = "/integrations/hjerte-rdap/backfill"
	answers(t, reader.get(path), 200, "Etterfylling", `!name="from"`)
	answers(t, kari.get(path), 200, `id="f-from"`, "Ingen ennå.")
	answers(t, kari.post(path, "from", "2026-02-01", "to", "2026-01-01"), 422, `id="f-to-error"`, `value="2026-02-01"`)
	answers(t, kari.post(path, "from", "", "to", "i går"), 422, `id="f-from-error"`, `value="i går"`)
	answers(t, reader.post(path, "from", "2026-01-01", "to", "2026-02-01"), http.StatusForbidden)

	answers(t, kari.post(path, "from", "31.2.2026", "to", ""), 422, `id="f-from-error"`, `value="31.2.2026"`, `id="f-to-error"`)
	if as := kari.post(path, "from", "1.1.2026", "to", "01.02.2026").Header().Get("Location"); as == "" {
		t.Error("days as the form itself writes them are refused")
	} else {
		answers(t, kari.get(as), 200, "1. januar 2026–1. februar 2026")
	}

	planned := kari.post(path, "from", "2026-01-01", "to", "2026-02-01")
	if planned.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", planned.Code, planned.Body)
	}
	one := planned.Header().Get("Location")
	answers(t, kari.get(one), 200, "uke-47.csv", "321", "Lest i kjøring 1", "Sett i gang 1 kjøring", "én om gangen", one+"/start")
	answers(t, reader.get(one), 200, "uke-47.csv", "!/start")
	answers(t, reader.post(one+"/start"), http.StatusForbidden)
	answers(t, kari.get("/integrations/lunge-rdap/backfill/"+one[len(path)+1:]), http.StatusNotFound)

	runs.name = "uke-48.csv"
	answers(t, kari.post(one+"/start"), http.StatusConflict, "Planen er en annen nå", "Kommet til: uke-48.csv", "Borte: uke-47.csv",
		"Sett i gang 1 kjøring")
	runs.name = "uke-47.csv"
	leads(t, kari.post(one+"/start"), one)
	answers(t, kari.get(one), 200, "Pågår", one+"/cancel", "Kjøring 1", "!/start")
	answers(t, kari.get(path), 200, "Pågår", one)
	leads(t, kari.post(one+"/cancel"), one)
	answers(t, kari.get(one), 200, "Avbrutt", "!/cancel")
	answers(t, kari.post(one+"/cancel"), http.StatusConflict)

	runs.gate = []store.Code{"backfill.newer"}
	refused := kari.post(path, "from", "2026-01-01", "to", "2026-02-01").Header().Get("Location")
	answers(t, kari.get(refused), 200, "Planen kan ikke settes i gang", "gamle verdier over nye", "!/start")
}
