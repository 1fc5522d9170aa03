package storetest_test

import (
	"testing"

	"samband/store"
)

func consentRule() *store.ConsentRule {
	r := store.NewConsentRule(store.TypeReservation)
	r.ID, r.RegistryID, r.Name, r.ConnectionID = "hjerte-reservasjon", "hjerte", "Reservasjon mot Hjertekirurgi", "rdap-prod"
	r.Definition, r.Party = "0f1e2d3c-4b5a-4697-8877-665544332211", "hjerte"
	return &r
}

func TestConsentRules(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		_, err := d.ConsentRule(ctx, "hjerte-reservasjon")
		want(t, err, store.NotFound, "consent_rule.not_found")
		r := consentRule()
		want(t, d.CreateConsentRule(ctx, &store.ConsentRule{ID: "x"}, ola), store.Invalid, "field.required")
		for _, change := range []func(*store.ConsentRule){
			func(r *store.ConsentRule) { r.RegistryID = "finnes-ikke" }, func(r *store.ConsentRule) { r.ConnectionID = "finnes-ikke" },
		} {
			lost := consentRule()
			change(lost)
			want(t, d.CreateConsentRule(ctx, lost, ola), store.Invalid, "db.reference")
		}
		ok(t, d.CreateConsentRule(ctx, r, ola))
		want(t, d.CreateConsentRule(ctx, r, ola), store.Conflict, "db.exists")
		same(t, must(d.ConsentRule(ctx, r.ID)), r)
		same(t, must(d.ConsentRules(ctx, "hjerte")), []store.ConsentRule{*r})
		same(t, must(d.ConsentRules(ctx, "")), []store.ConsentRule{*r})
		if list := must(d.ConsentRules(ctx, "lunge")); len(list) != 0 {
			t.Error(list)
		}
		moved := *r
		moved.RegistryID = "lunge"
		want(t, d.UpdateConsentRule(ctx, &moved, ola), store.Invalid, "consent.registry")
		stale := *r
		r.WaitDays = 14
		ok(t, d.UpdateConsentRule(ctx, r, ola))
		same(t, must(d.ConsentRule(ctx, r.ID)), r)
		stale.WaitDays = 15
		want(t, d.UpdateConsentRule(ctx, &stale, ola), store.Conflict, "db.changed")
		want(t, d.DeleteConsentRule(ctx, r.ID, 1, ola), store.Conflict, "db.changed")
		want(t, d.DeleteConnection(ctx, r.ConnectionID, 1, ola), store.Conflict, "db.in_use")
		ok(t, d.DeleteConsentRule(ctx, r.ID, 2, ola))
		_, err = d.ConsentRule(ctx, r.ID)
		want(t, err, store.NotFound, "consent_rule.not_found")
	})
}
