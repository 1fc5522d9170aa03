package jobs

import (
	"testing"
	"time"

	"samband/store"
	"samband/store/seed"
)

// TestKeepAccess: over a year in which nobody logs in or answers, requests lapse, grants end and each review is opened
// once and told overdue once, however often the chore comes.
func TestKeepAccess(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	registry, err := h.DB.Integration(ctx, seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	user := func(name string) store.Actor {
		u, err := h.DB.SignIn(ctx, "https://idp", name, name, h.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		return store.UserActor(u, "")
	}
	kaja, nina, sindre := user("kaja"), user("nina"), user("sindre")
	ask := func(role store.PortalRole, days int) *store.AccessRequest {
		q := &store.AccessRequest{Kind: store.RequestOrdinary, UserID: kaja.UserID, Role: role, RegistryID: registry.RegistryID,
			Until: store.DateOf(h.clock.Now()).AddDays(days), Reason: "ny stilling"}
		if err := h.DB.AskAccess(ctx, q, nina); err != nil {
			t.Fatal(err)
		}
		return q
	}
	given := ask(store.RoleCoordinator, 700)
	if given, err = h.DB.DecideAccess(ctx, given.ID, 1, store.ReqGranted, "", sindre); err != nil {
		t.Fatal(err)
	}
	waits := ask(store.RoleReader, 700)
	days := map[string]int{} // first day on which the log has it
	count := map[string]int{}
	for day := range 365 {
		for range 2 {
			if err := h.keepAccess(ctx); err != nil {
				t.Fatal(err)
			}
		}
		entries, err := h.DB.Audit(ctx, store.AuditFilter{All: true, Action: "access.", From: h.clock.Now(), Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Actor != "system" {
				continue
			}
			if count[e.Action]++; count[e.Action] == 1 {
				days[e.Action] = day
			}
		}
		h.clock.Advance(24 * time.Hour)
	}
	for action, want := range map[string]int{"access.lapsed": 30, "access.review_open": 181, "access.inactive": 182,
		"access.review_close": 182} {
		if days[action] != want || count[action] != 1 {
			t.Errorf("%s comes first on day %d and %d times, want once on day %d", action, days[action], count[action], want)
		}
	}
	if q, err := h.DB.AccessRequest(ctx, waits.ID); err != nil || q.State != store.ReqLapsed {
		t.Errorf("the request is %+v, %v", q, err)
	}
	if g, err := h.DB.GrantByID(ctx, given.GrantID); err != nil || g.Holds(h.clock.Now()) || g.EndedBy != "system" {
		t.Errorf("the grant is %+v, %v", g, err)
	}
}
