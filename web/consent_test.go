package web

import (
	"context"
	"testing"
	"time"

	"samband/store"
)

// fakeConsents is a Consenter with one list that holds, and one that waits.
type fakeConsents struct {
	g       *register
	fault   error
	decided string
	waits   int64
}

func (c *fakeConsents) ConsentStates(ctx context.Context, registryID string) ([]store.ConsentStanding, error) {
	rules, err := c.g.db.ConsentRules(ctx, registryID)
	var list []store.ConsentStanding
	for _, r := range rules {
		at := time.Date(2026, 11, 23, 8, 2, 0, 0, time.UTC)
		holds := store.ConsentSnapshot{No: 2, Legal: at, Active: 31118, State: store.SnapshotAccepted, By: "Ola Nordmann",
			Turn: store.ConsentTurn{Before: 31116, Active: 31118, New: 3, Withdrawn: 1}}
		x := store.ConsentStanding{Rule: r, State: store.ListWhole,
			Lists: store.ConsentLists{Holds: holds, Active: 31118, Due: 1, Recent: []store.ConsentSnapshot{holds}}}
		if c.waits > 0 {
			turn := store.ConsentTurn{Before: 31118, Active: 2, Withdrawn: 31116}
			x.State, x.Lists.Waits = store.ListHeld, store.ConsentSnapshot{No: c.waits, Legal: at, Turn: turn, State: store.SnapshotHeld, Why: r.Brake(turn, false)}
		}
		list = append(list, x)
	}
	return list, err
}

func (c *fakeConsents) SyncConsent(ctx context.Context, id string, by store.Actor) (x store.ConsentSnapshot, err error) {
	if c.fault != nil {
		return x, c.fault
	}
	x.Turn.Active = 31118
	return x, c.g.db.Record(ctx, store.AuditEntry{Action: "consent.sync", Kind: "consent_rule", Object: id, Result: "ok"}, by)
}

func (c *fakeConsents) DecideConsent(ctx context.Context, id string, no int64, accept bool, reason string, by store.Actor) error {
	if no != c.waits {
		return store.E(store.Conflict, "consent.not_held", nil)
	}
	c.decided, c.waits = reason, 0
	return c.g.db.Record(ctx, store.AuditEntry{Action: "consent.accept", Kind: "consent_rule", Object: id, Result: "ok"}, by)
}

func TestConsentPages(t *testing.T) {
	g := newRegister(t)
	x := &fakeConsents{g: g}
	g.Consents = x
	must(t, g.db.CreateConnection(t.Context(), &store.Connection{ID: "reservasjoner", SystemID: "rdap", Kind: choiceKind.Name, Name: "Listen over reservasjoner",
		Settings: map[string]string{"folder": "/lister"}}, seeder))
	reader, coordinator, admin := g.as(store.RoleReader, "hjerte"), g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleAdmin, store.AllRegistries)
	const path = "/registries/hjerte/consent"
	answers(t, reader.get("/registries/hjerte"), 200, path)
	answers(t, reader.get(path), 200, "Ingen regel", "!"+path+"/new")

	// A rule: what is wrong stands at the field, and what was written is kept.
	answers(t, coordinator.get(path+"/new"), 200, "Listen over reservasjoner", "!Drift")
	rule := []string{"id", "hjerte-reservasjon", "name", "Reservasjon mot Hjertekirurgi", "type", "reservasjon", "connection", "reservasjoner",
		"party", "hjerte", "wait_days", "30", "every_hours", "12", "max_age_hours", "26", "fall_share", "5", "fall_count", "50",
		"turn_share", "10", "turn_count", "20"}
	answers(t, coordinator.post(path, append(rule, "definition", "ikke en GUID")...), 422, "ikke en GUID", "0f1e2d3c-4b5a-4697-8877-665544332211")
	answers(t, coordinator.post(path, append(rule, "connection", "rdap-drift", "definition", "x")...), 422)
	const guid = "0f1e2d3c-4b5a-4697-8877-665544332211"
	answers(t, reader.post(path, append(rule, "definition", guid)...), 403)
	leads(t, coordinator.post(path, append(rule, "definition", guid)...), path)
	answers(t, coordinator.post(path, append(rule, "definition", guid)...), 422)
	r, err := g.db.ConsentRule(t.Context(), "hjerte-reservasjon")
	must(t, err)
	if r.RegistryID != "hjerte" || r.FallShare != 0.05 || r.TurnCount != 20 || r.WaitDays != 30 {
		t.Errorf("%+v", r)
	}
	answers(t, coordinator.get(path+"/hjerte-reservasjon/edit"), 200, guid)
	answers(t, admin.get("/registries/lunge/consent/hjerte-reservasjon/edit"), 404)
	edited := append(append([]string{}, rule[2:]...), "definition", guid, "version", "1")
	edited[9] = "14"
	leads(t, admin.post(path+"/hjerte-reservasjon", edited...), path)
	answers(t, admin.post(path+"/hjerte-reservasjon", append(edited, "party", "annen")...), 409)

	// The list: counts of few persons are for those who may see rows.
	answers(t, coordinator.get(path), 200, "Fersk", "31", "tatt i bruk av Ola Nordmann", "Hent nå", "!Ta i bruk<")
	answers(t, reader.get(path), 200, "&lt;5", "!Hent nå")
	leads(t, coordinator.post(path+"/hjerte-reservasjon/sync"), path)
	x.fault = store.E(store.Unavailable, "consent.file_rows", store.Args{"name": "x.csv", "rows": 2, "stated": 3})
	leads(t, coordinator.post(path+"/hjerte-reservasjon/sync"), path)
	answers(t, coordinator.get(path), 200, "kontrollfilen sier 3")
	answers(t, reader.post(path+"/hjerte-reservasjon/sync"), 403)

	// One that waits.
	x.waits = 3
	answers(t, coordinator.get(path), 200, "En liste venter", "Ta i bruk", "Forkast", "2 personer, mot 31")
	answers(t, reader.get(path), 200, "En liste venter", "!Forkast", "!2 personer")
	decide := path + "/hjerte-reservasjon/decide"
	answers(t, coordinator.post(decide, "list", "3", "decision", "accept"), 422, "Fyll ut")
	answers(t, coordinator.post(decide, "list", "2", "decision", "accept", "reason", "Stemmer"), 409)
	answers(t, coordinator.post(decide, "list", "3", "decision", "kanskje", "reason", "Stemmer"), 422)
	answers(t, reader.post(decide, "list", "3", "decision", "accept", "reason", "Stemmer"), 403)
	leads(t, coordinator.post(decide, "list", "3", "decision", "accept", "reason", "Stemmer"), path)
	if x.decided != "Stemmer" {
		t.Error(x.decided)
	}
	answers(t, coordinator.post(decide, "list", "3", "decision", "refuse", "reason", "To ganger"), 409)
}
