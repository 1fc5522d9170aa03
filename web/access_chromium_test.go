package web

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/views/access"
	"samband/web/e2e/browser"
)

// TestAccessInChromium: the pages about access are sound however they are read, and a review is gone through with the
// keyboard alone, without scripts.
func TestAccessInChromium(t *testing.T) {
	b := browser.Start(t)
	g := newRegister(t)
	srv := httptest.NewServer(g)
	t.Cleanup(srv.Close)
	x := g.granted("nina", store.RoleCoordinator, "hjerte")
	y := g.granted("lars", store.RoleReader, "hjerte")
	sindre, solveig := g.login("sindre"), g.login("solveig")
	request := asked(t, sindre, "user", g.user("lars").ID, "role", "coordinator", "registry", "hjerte")
	solveig.post("/access/users/"+g.user("kaja").ID+"/block", "reason", "Mistet kortet")
	v := &store.AccessReview{RegistryID: "hjerte"}
	if err := g.db.OpenReview(t.Context(), v, store.SystemActor()); err != nil {
		t.Fatal(err)
	}
	review := access.ReviewHref(v.ID)
	as := func(t *testing.T, persona string, o browser.Options) *browser.Tab {
		t.Helper()
		g.clock.Advance(time.Minute) // nobody may log in as often as this test does
		tab := b.Tab(t, o)
		tab.Go(srv.URL + "/login?return=/access/mine")
		tab.Click("button[name=persona][value=" + persona + "]")
		tab.Arrive("/access/mine")
		return tab
	}
	for name, o := range map[string]browser.Options{
		"light": {}, "dark": {Scheme: "dark"}, "narrow": {Width: 320}, "no-script": {NoScript: true, Width: 600},
	} {
		t.Run(name, func(t *testing.T) {
			for persona, paths := range map[string][]string{
				"solveig": {"/access", "/access?at=2026-11-22", "/access/users/" + x.UserID, "/access/users/" + g.user("kaja").ID,
					request, review, "/access/ask", "/access/ask?kind=deputy", "/registries/hjerte", "/today"},
				"nina": {"/access/mine"}, "ine": {"/access/rules"},
			} {
				tab := as(t, persona, o)
				for _, path := range paths {
					tab.Go(srv.URL + path)
					shot(tab, name+strings.NewReplacer("/", "-", "?", "-").Replace(path))
					tab.Sound()
				}
			}
		})
	}

	t.Run("a review by keyboard", func(t *testing.T) {
		tab := as(t, "solveig", browser.Options{NoScript: true})
		tab.Go(srv.URL + review)
		reach := func(what string) {
			t.Helper()
			for range 60 {
				if tab.Press("Tab"); tab.Focus() == what {
					return
				}
			}
			t.Fatalf("the keyboard doesn't reach %s, but %s", what, tab.Focus())
		}
		reach("#f-" + access.AnswerField(y.ID) + "-0") // Lars stands before Nina
		tab.Press(" ")
		reach("#f-" + access.AnswerField(x.ID) + "-0")
		tab.Press("ArrowDown")
		reach("#f-" + access.ReasonField(x.ID))
		tab.Press("Sluttet")
		reach("Lagre svarene")
		tab.Press("Enter")
		tab.Wait("[role=status]")
		if got, err := g.db.AccessReview(t.Context(), v.ID); err != nil || got.State != store.ReviewClosed ||
			got.Line(x.ID).Answer != store.LineEnd || got.Line(x.ID).Reason != "Sluttet" || got.Line(y.ID).Answer != store.LineKeep {
			t.Errorf("%+v, %v", got, err)
		}
	})
}
