package web

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/web/e2e/browser"
)

// TestRunTroubleInChromium: the pages where somebody decides about what went wrong are sound however they are read, and a
// delivery is set aside with the keyboard alone, without scripts.
func TestRunTroubleInChromium(t *testing.T) {
	b := browser.Start(t)
	g := newRegister(t)
	set := asideRuns{aside: map[string]string{}}
	g.Runs = set
	srv := httptest.NewServer(g)
	t.Cleanup(srv.Close)
	g.granted("nina", store.RoleCoordinator, "hjerte")
	stuck := g.left(store.RunFailed, "delivery.no_bytes")
	g.left(store.RunHeld, "hold.quarantined")
	g.keeper.lacking = []store.Lacking{{IntegrationID: "hjerte-rdap", RegistryID: "hjerte", Runs: 2, Rows: 1234,
		Days: store.Period{From: "2026-10-01", To: "2026-10-31"}}}
	as := func(t *testing.T, persona string, o browser.Options) *browser.Tab {
		t.Helper()
		g.clock.Advance(time.Minute) // nobody may log in as often as this test does
		tab := b.Tab(t, o)
		tab.Go(srv.URL + "/login?return=/account")
		tab.Click("button[name=persona][value=" + persona + "]")
		tab.Arrive("/account")
		return tab
	}
	for name, o := range map[string]browser.Options{"light": {}, "dark": {Scheme: "dark"}, "narrow": {Width: 360}} {
		t.Run(name, func(t *testing.T) {
			for persona, paths := range map[string][]string{
				"nina": {"/runs/1", "/runs/2", "/integrations/hjerte-rdap/backfill?from=2026-10-01&to=2026-10-31"},
				"ine":  {"/admin/restore", "/admin/retention", "/admin/calendars"},
			} {
				tab := as(t, persona, o)
				for _, path := range paths {
					tab.Go(srv.URL + path)
					shot(tab, name+strings.NewReplacer("/", "-", "?", "-", "&", "-").Replace(path))
					tab.Sound()
				}
			}
		})
	}
	t.Run("set aside by keyboard", func(t *testing.T) {
		tab := as(t, "nina", browser.Options{NoScript: true})
		tab.Go(srv.URL + "/runs/1")
		for range 80 {
			tab.Press("Tab")
			if strings.Contains(tab.Focus(), "reason") {
				break
			}
		}
		tab.Press("K", "o", "m", "m", "e", "r", "Tab", "Enter")
		tab.Wait(".ds-alert, [role=status]")
		if set.aside[stuck.ID] != "Kommer" {
			t.Errorf("%q", set.aside)
		}
	})
}
