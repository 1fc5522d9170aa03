package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/web/auth"
)

// keyRing is master keys that nothing is sealed with.
type keyRing struct {
	now   func() time.Time
	asked *store.KeyRequest
	made  int
}

func (k *keyRing) Keys(context.Context) ([]store.MasterKey, *store.KeyRequest, error) {
	return []store.MasterKey{{ID: "vault", Name: "vault", Version: 1, Made: k.now(), Persons: 12, Copied: true},
		{ID: "vault.2", Name: "vault", Version: 2, Current: true, Persons: 3040, Rows: 7}, {ID: "link", Name: "link", Version: 1}}, k.asked, nil
}

func (k *keyRing) RequestKey(_ context.Context, by store.Actor) error {
	k.asked = &store.KeyRequest{By: by.UserID, Name: by.Name, At: k.now()}
	return nil
}

func (k *keyRing) ConfirmKey(_ context.Context, by store.Actor) error {
	if err := k.asked.Confirm(by, k.now()); err != nil {
		return err
	}
	k.asked = nil
	k.made++
	return nil
}

// TestKeysTakeTwo: one asks, another says yes, and the page shows no more than what the keys are called and do.
func TestKeysTakeTwo(t *testing.T) {
	ring := &keyRing{}
	ts := newTestServerWith(t, func(d *Deps, _ *auth.Config) { d.Keys, ring.now = ring, d.Clock.Now }, routes())
	admin, security := ts.as(store.RoleAdmin, store.AllRegistries), ts.as(store.RoleSecurity, store.AllRegistries)
	answers(t, admin.get("/admin/keys"), 200, "vault.2", "Rader i karantene: 7", "fra miljøet", "ingen kjent kopi", "Be om ny nøkkel")
	answers(t, ts.as(store.RoleAuditor, store.AllRegistries).get("/admin/keys"), 403)
	answers(t, security.post("/admin/keys"), 403)
	answers(t, security.post("/admin/keys/confirm"), 409)
	leads(t, admin.post("/admin/keys"), "/admin/keys")
	if page := admin.get("/admin/keys").Body.String(); strings.Contains(page, "/admin/keys/confirm") {
		t.Error("who asked may say yes")
	}
	answers(t, admin.post("/admin/keys/confirm"), 403)
	answers(t, security.get("/admin/keys"), 200, "Bekreft og lag ny nøkkel")
	leads(t, security.post("/admin/keys/confirm"), "/admin/keys")
	if ring.made != 1 || ring.asked != nil {
		t.Error(ring.made)
	}
	leads(t, admin.post("/admin/keys"), "/admin/keys")
	ts.clock.Advance(25 * time.Hour)
	if ring.asked.Stands(ring.now()) {
		t.Error("a request stands for more than a day")
	}
}
