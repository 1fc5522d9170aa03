package web

import (
	"context"
	"testing"

	"samband/store"
	"samband/store/db"
)

// asideRuns is a Runner where what a run ended at lies where it lay, until it is set aside, and where nothing was kept.
type asideRuns struct {
	stillRuns
	aside map[string]string // reason by run
}

func (a asideRuns) MaySetAside(_ context.Context, r *store.Run) (bool, error) {
	return a.aside[r.ID] == "", nil
}
func (a asideRuns) Kept(context.Context, *store.Run) (bool, error) { return false, nil }
func (a asideRuns) SetAside(_ context.Context, id, reason string, _ store.Actor) error {
	a.aside[id] = reason
	return nil
}

// left is a run of hjerte-rdap that ended so, with the delivery that it read.
func (g *register) left(state store.RunState, reason store.Code) *store.Run {
	g.t.Helper()
	r := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerPerson}
	must(g.t, g.db.CreateRun(g.t.Context(), r, seeder))
	r, err := g.db.StartRun(g.t.Context(), r.ID, seeder)
	must(g.t, err)
	r.Delivery = store.Delivery{Name: "hjerte_20260101_20260131_20260201T0300.csv", SHA256: "e3b0c44298fc"}
	args := store.Args{"name": r.Delivery.Name, "quarantined": 2, "read": 10, "share": 20.0, "limit": 5.0, "column": 2, "first": 1}
	must(g.t, g.db.FinishRun(g.t.Context(), r, db.Outcome{State: state, Reason: reason, Args: args}, seeder))
	return r
}

func TestRunSetAside(t *testing.T) {
	g := newRegister(t)
	set := asideRuns{aside: map[string]string{}}
	g.Runs = set
	r := g.left(store.RunFailed, "csv.header_duplicate")
	const page = "/runs/1"
	siri, reader := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleReader, "hjerte")
	answers(t, siri.get(page), 200, "Leveransen stopper dem som kommer etter", "Leveransen hjerte_20260101_20260131_20260201T0300.csv kan ikke leses",
		`action="/runs/1/set-aside"`, "Sett leveransen til side")
	answers(t, reader.get(page), 200, "Leveransen stopper dem som kommer etter", "!set-aside")
	answers(t, reader.post(page+"/set-aside", "reason", "tom"), 403)
	answers(t, siri.post(page+"/set-aside", "reason", " "), 422, "Fyll ut", "Sett leveransen til side")
	leads(t, siri.post(page+"/set-aside", "reason", "kilden er på ferie"), page)
	if set.aside[r.ID] != "kilden er på ferie" {
		t.Error(set.aside)
	}
	answers(t, siri.get(page), 200, "er satt til side", "!set-aside")
}

// What nobody kept can't be released: only what can be done is offered.
func TestRunHeldAndNotKept(t *testing.T) {
	g := newRegister(t)
	g.Runs = asideRuns{}
	g.left(store.RunHeld, "hold.quarantined")
	answers(t, g.as(store.RoleCoordinator, "hjerte").get("/runs/1"), 200, "kommandolinjen", `value="reject"`, `!value="release"`, `!value="accept"`)
}
