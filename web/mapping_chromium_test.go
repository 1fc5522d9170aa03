package web

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/web/e2e/browser"
)

// TestMappingRuleInChromium: the pages of rules are sound however they are read, and steps are put in order and
// expressions completed by keyboard and by hand.
func TestMappingRuleInChromium(t *testing.T) {
	b := browser.Start(t)
	g, m := newMappingRegister(t)
	m.preview = &store.Preview{Delivery: "uttrekk.csv", Rows: []store.PreviewRow{
		{Position: 1, Cells: []store.PreviewCell{{Variable: "vekt", Before: []string{"3420"}, After: store.IntValue(3420)}}},
		{Position: 2, Cells: []store.PreviewCell{{Variable: "vekt", Before: []string{"tung"}, Reason: "tall"}}}}}
	srv := httptest.NewServer(g)
	t.Cleanup(srv.Close)
	at := srv.URL + mappingOf
	as := func(t *testing.T, o browser.Options) *browser.Tab {
		t.Helper()
		g.clock.Advance(time.Minute) // nobody may log in as often as this test does
		tab := b.Tab(t, o)
		tab.Go(srv.URL + "/login?return=/access/mine")
		tab.Click("button[name=persona][value=kaja]")
		tab.Arrive("/access/mine")
		return tab
	}
	for name, o := range map[string]browser.Options{
		"light": {}, "dark": {Scheme: "dark"}, "narrow": {Width: 320}, "no-script": {NoScript: true, Width: 600},
	} {
		t.Run(name, func(t *testing.T) {
			tab := as(t, o)
			for _, path := range []string{"/vekt"} {
				tab.Go(at + path)
				if !o.NoScript {
					tab.Wait("#trial-table")
					tab.Click(".rulestep:nth-child(2) summary")
				}
				shot(tab, name+strings.ReplaceAll(path, "/", "-"))
				tab.Sound()
			}
		})
	}
}
