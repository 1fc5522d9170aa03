package web

import (
	"net/http/httptest"
	"testing"
	"time"

	"samband/store"
	"samband/web/e2e/browser"
)

// TestPreviewInChromium: the pages that show real rows are sound however they are read, and the preview follows a draft
// that changes elsewhere without taking the focus away.
func TestPreviewInChromium(t *testing.T) {
	b := browser.Start(t)
	g, m := newMappingRegister(t)
	m.preview = threeRows()
	m.explain = &store.Explanation{Variable: "vekt", Position: 2, Fields: []store.FieldText{{Field: "k_vekt", Text: "tung"}},
		Steps: []store.ExplainedStep{{Step: store.Step{Kind: store.StepCopy, From: []string{"k_vekt"}}, After: store.TextValue("tung")},
			{Step: store.Step{Kind: store.StepNumber}, Before: store.TextValue("tung"), Fault: store.CheckNumber}},
		Fault: store.CheckNumber, Failed: []store.FailedCheck{{Reason: "tall", Variable: "vekt"}}, Reason: "tall",
		Corrections: []store.ExplainedCorrection{{Name: "vekten", Meant: true}}}
	m.resolve = &store.ResolvePreview{Delivery: "uttrekk.csv", Rows: 3, Accepted: 3, Distinct: 2, Several: 1, Keys: []store.ResolvedKey{{Key: "A-1",
		Rows: []store.ResolvedRow{{Position: 1, Why: store.RowWon, Values: []store.Value{store.TextValue("A-1"), store.IntValue(70)}},
			{Position: 3, Why: store.RowTied, Values: []store.Value{store.TextValue("A-1"), store.IntValue(71)}}},
		Fields: []store.ResolvedField{{Variable: "opphold", Value: store.TextValue("A-1"), Position: 1},
			{Variable: "vekt", Value: store.IntValue(70), Position: 1}}}}}
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
			for i, path := range previews {
				tab.Go(at + path)
				shot(tab, name+"-preview-"+string(rune('0'+i)))
				tab.Sound()
			}
		})
	}
	t.Run("follows the draft", func(t *testing.T) {
		tab := as(t, browser.Options{})
		tab.Go(at + "/live-preview")
		cell := `a[href*="row=2&variable=vekt"]`
		browser.Eval[bool](tab, `(document.querySelector('`+cell+`').focus(), true)`)
		m.preview.Rows[1].Cells[1].After = store.IntValue(4321)
		kaja := g.as(store.RoleCoordinator, "hjerte")
		leads(t, kaja.post(mappingOf+"/vekt", vekt(2, 0, "1000", "do", "save")...), mappingOf+"#variables")
		tab.Wait(`#live[hx-get*="seen=2.1"]`)
		if got := tab.Text(cell); got != "4321" {
			t.Errorf("shows %q", got)
		}
		tab.Wait(cell + ":focus")
	})
}
