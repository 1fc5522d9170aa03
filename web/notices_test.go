package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/store"
)

// testNotifier has a mail server and takes one code.
type testNotifier struct{ g *register }

func (testNotifier) SendsMail() bool { return true }
func (testNotifier) ConfirmAddress(_ context.Context, _, code string, _ store.Actor) error {
	if code != "right" {
		return store.E(store.NotFound, "notice.code", nil)
	}
	return nil
}
func (n testNotifier) CreateWebhook(ctx context.Context, w *store.Webhook, by store.Actor) (string, error) {
	w.ID = "hook"
	return "whsec_once", n.g.db.CreateWebhook(ctx, w, []byte("sealed"), by)
}
func (testNotifier) TestWebhook(context.Context, string, store.Actor) error {
	return store.E(store.Unavailable, "notify.webhook_status", nil)
}

func TestNoticePages(t *testing.T) {
	g := newRegister(t)
	g.Notices = testNotifier{g}
	v := g.as(store.RoleCoordinator, "hjerte")
	answers(t, v.get("/notices"), http.StatusOK, "Ingen varsler", "Varsler, 0 uleste")
	answers(t, v.post("/notices", "version", "0", "lang", "nn", "address", "ikke en adresse"), http.StatusUnprocessableEntity,
		"ikke en adresse", "Skriv én e-postadresse")
	leads(t, v.post("/notices", "version", "0", "lang", "nn", "address", "kaja@example.org", "kinds", "run_failed"), "/notices")
	answers(t, v.get("/notices"), http.StatusOK, "kaja@example.org", "Venter på at du bekrefter")
	if w := v.post("/notices", "version", "0", "lang", "nn"); w.Code != http.StatusConflict {
		t.Errorf("a stale form: %d", w.Code)
	}
	answers(t, v.get("/notices/confirm?code=right"), http.StatusOK, `value="right"`)
	if w := v.post("/notices/confirm", "code", "wrong"); w.Code != http.StatusNotFound {
		t.Errorf("a wrong code: %d", w.Code)
	}
	leads(t, v.post("/notices/confirm", "code", "right"), "/notices")
	leads(t, v.post("/notices/read", "until", "1"), "/notices")
	if w := v.get("/admin/webhooks"); w.Code != http.StatusForbidden {
		t.Errorf("webhooks for a coordinator: %d", w.Code)
	}

	a := g.as(store.RoleAdmin, "*")
	answers(t, a.post("/admin/webhooks", "name", "Vakt", "url", "http://vakt.example.org"), http.StatusUnprocessableEntity,
		"begynner med https", "http://vakt.example.org")
	answers(t, a.post("/admin/webhooks", "name", "Vakt", "url", "https://vakt.example.org", "enabled", "on"), http.StatusOK, "whsec_once")
	if w := a.get("/admin/webhooks"); strings.Contains(w.Body.String(), "whsec_once") {
		t.Error("the secret is shown twice")
	}
	leads(t, a.post("/admin/webhooks/hook/test"), "/admin/webhooks")
	answers(t, a.get("/admin/webhooks"), http.StatusOK, "svarte med feil")
	leads(t, a.post("/admin/webhooks/hook", "version", "1", "name", "Vakta", "url", "https://vakt.example.org"), "/admin/webhooks")
	if w := a.post("/admin/webhooks/hook", "version", "1", "name", "V", "url", "https://vakt.example.org"); w.Code != http.StatusConflict {
		t.Errorf("a stale form: %d", w.Code)
	}
	leads(t, a.post("/admin/webhooks/hook/delete", "version", "2"), "/admin/webhooks")
	if w := a.get("/admin/webhooks/hook"); w.Code != http.StatusNotFound {
		t.Errorf("a deleted webhook: %d", w.Code)
	}
}

// TestAddressIsNoMailCannon: three new addresses an hour, and none that mail never leaves the machine for.
func TestAddressIsNoMailCannon(t *testing.T) {
	g := newRegister(t)
	g.Notices = testNotifier{g}
	v := g.as(store.RoleCoordinator, "hjerte")
	for _, a := range []string{"lars@localhost", "lars@[127.0.0.1]", "lars@10.0.0.1"} {
		answers(t, v.post("/notices", "version", "0", "lang", "nb", "address", a), http.StatusUnprocessableEntity, "Skriv én e-postadresse")
	}
	for i := range 10 {
		w := v.post("/notices", "version", strconv.Itoa(min(i, 3)), "lang", "nb", "address", strconv.Itoa(i)+"@example.org")
		if i < 3 {
			leads(t, w, "/notices")
			continue
		}
		answers(t, w, http.StatusUnprocessableEntity, "Prøv igjen om en time", strconv.Itoa(i)+"@example.org")
	}
	g.clock.Advance(time.Hour)
	leads(t, g.as(store.RoleCoordinator, "hjerte").post("/notices", "version", "3", "lang", "nb", "address", "x@example.org"), "/notices")
}
