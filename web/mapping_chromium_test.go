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
	g, m := newRulesRegister(t)
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
			for _, path := range []string{"/vekt", "/row-checks", "/value-corrections/new-correction", "/lookup-tables/new-table", "/missing-values?show=all",
				"/fact-versions"} {
				tab.Go(at + path)
				if !o.NoScript && path == "/vekt" {
					tab.Wait("#trial-table")
					tab.Click(".rulestep:nth-child(2) summary")
				}
				shot(tab, name+strings.NewReplacer("/", "-", "?", "-").Replace(path))
				tab.Sound()
			}
		})
	}

	order := `[...document.querySelectorAll(".rulestep > input[name$='.kind']")].map(e => e.value).join(" ")`
	t.Run("steps by keyboard and by hand", func(t *testing.T) {
		tab := as(t, browser.Options{})
		tab.Go(at + "/vekt")
		tab.Choose(`[name="s.add"]`, "scale")
		tab.Click(`button[value="add s"]`)
		tab.Wait(`[name="s.2.factor"]`)
		browser.Eval[bool](tab, `(document.querySelector('button[value="up s.2"]').focus(), true)`)
		tab.Press("Enter")
		tab.Wait(`[name="s.1.factor"]`)
		if got := browser.Eval[string](tab, order); got != "copy scale number" {
			t.Errorf("moved by keyboard: %s", got)
		}
		if got := browser.Eval[string](tab, `document.activeElement.id`); got != "f-s.1" {
			t.Errorf("the focus is on %q, not on the step that moved", got)
		}
		if got := tab.Text(`#editing`); !strings.Contains(got, "Gange med") {
			t.Errorf("the step is not said: %s", got)
		}
		browser.Eval[bool](tab, `(() => {
			const grip = document.querySelector('[id="f-s.2"] [data-grip]'), top = document.querySelector(".rulestep").getBoundingClientRect();
			const send = (type, y) => grip.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, button: 0, clientX: 10, clientY: y }));
			grip.setPointerCapture = () => {};
			send("pointerdown", grip.getBoundingClientRect().top);
			send("pointermove", top.bottom + 4);
			send("pointerup", top.bottom + 4);
			return true;
		})()`)
		tab.Wait(`[name="s.2.factor"]`)
		if got := browser.Eval[string](tab, order); got != "copy number scale" {
			t.Errorf("moved by hand: %s", got)
		}
		tab.Sound()
	})
	t.Run("words of an expression by keyboard", func(t *testing.T) {
		tab := as(t, browser.Options{})
		tab.Go(at + "/vekt")
		tab.Choose(`[name="s.add"]`, "expr")
		tab.Click(`button[value="add s"]`)
		tab.Wait(`[name="s.2.code"]`)
		browser.Eval[bool](tab, `(document.querySelector('[name="s.2.code"]').focus(), true)`)
		tab.Press("l")
		tab.Wait("#expression-list")
		tab.Sound()
		shot(tab, "words")
		tab.Press("ArrowDown", "Tab")
		tab.Press("k", "_", "v", "Tab")
		if got := browser.Eval[string](tab, `document.querySelector('[name="s.2.code"]').value`); got != "lower(k_vekt" {
			t.Errorf("wrote %q", got)
		}
		tab.Press("k", "Escape")
		if tab.Count("#expression-list") != 0 {
			t.Error("Escape leaves the list open")
		}
		tab.Wait(`[name="s.2.code"][aria-invalid]`) // tried at once: a parenthesis is open
		tab.Wait(".expr__line mark")
		tab.Sound()
	})
}
