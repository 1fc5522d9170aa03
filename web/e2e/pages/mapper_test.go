package pages

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/web/e2e/browser"
	"samband/web/e2e/portal"
)

const broadPath = "/integrations/bredt-kilde/mapping"

// broad is a registry with n variables, a third of them required, each with a rule for a source field of its own.
func broad(n int) []byte {
	var b strings.Builder
	b.WriteString(`samband: 1
registries:
  - id: bredt
    solution: medinsight
    name: Bredt register
    kind: quality
codebooks:
  - id: bredtbok
    version: 1
    registry: bredt
    title: Bred kodebok
    key: [var_0]
    variables:
`)
	words := []string{"fødselsvekt", "hodeomkrets", "apgar", "temperatur", "blodtrykk", "puls", "kreatinin", "hemoglobin", "lengde", "alder"}
	for i := range n {
		fmt.Fprintf(&b, "      - {name: var_%d, label: %s %d, form: Skjema %d, type: %s, required: %v, class: health}\n", i,
			strings.ToUpper(words[i%10][:1])+words[i%10][1:], i, i/25+1, []string{"text", "integer", "date"}[i%3], i%3 == 0)
	}
	b.WriteString(`integrations:
  - id: bredt-kilde
    registry: bredt
    method: rdap-demo
    name: Bredt register fra plattformen
    purpose: Prøver brede skjemaer.
    sensitivity: sensitive
    codebook: bredtbok
    mapping:
      source:
        - {name: fnr, class: direct, is: number}
`)
	for i := range n {
		fmt.Fprintf(&b, "        - {name: felt_%d, class: health, label: %s nr %d}\n", i, words[i%10], i)
	}
	b.WriteString("      person: {}\n      rules:\n")
	for i := range n {
		fmt.Fprintf(&b, "        - variable: var_%d\n          steps:\n            - {do: copy, from: [felt_%d]}\n", i, i)
		switch i % 3 {
		case 1:
			b.WriteString("            - {do: number, whole: true}\n")
		case 2:
			b.WriteString("            - {do: date, layout: dd.mm.yyyy}\n")
		}
	}
	b.WriteString(`      checks:
        - {reason: fnr, check: person}
        - {reason: mangler, check: required}
        - {reason: dato, check: date}
        - {reason: tall, check: number}
        - {reason: grense, check: range}
      resolve: {}
`)
	return []byte(b.String())
}

// broadSite is a portal with such a registry, and a tab on its mapping, in a draft where only the first have rules.
func broadSite(tb testing.TB, n, mapped int, o browser.Options) (*portal.Portal, *browser.Tab) {
	tb.Helper()
	p := portal.Start(tb)
	file := filepath.Join(p.Dir, "broad.yaml")
	if err := os.WriteFile(file, broad(n), 0o600); err != nil {
		tb.Fatal(err)
	}
	if out := p.Run("import", file); out.Code != 0 {
		tb.Fatalf("import ended with %d\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
	tab := browser.Start(tb).Tab(tb, o)
	tab.Go(p.URL + "/login")
	tab.Click("button[name=persona][value=" + coordinator + "]")
	tab.Wait(".who")
	tab.Go(p.URL + broadPath)
	tab.Wait("#v-var_0")
	if o.NoScript {
		return p, tab
	}
	left := browser.Eval[int](tab, fmt.Sprintf(`(async () => {
		const form = document.getElementById("map"), body = new URLSearchParams();
		for (const name of ["based", "edits"]) body.set(name, form.elements[name].value);
		for (let i = %d; i < %d; i++) body.set("f.var_" + i, "");
		return (await fetch(form.action, {method: "POST", body})).status;
	})()`, mapped, n))
	if left != 200 {
		tb.Fatalf("the rules are not removed: %d", left)
	}
	tab.Go(p.URL + broadPath)
	tab.Wait("#v-var_0")
	return p, tab
}

// says waits for words in the page's live line.
func says(tb testing.TB, tab *browser.Tab, words string) {
	tb.Helper()
	for range 200 {
		if strings.Contains(tab.Text("#map-live"), words) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	tb.Fatalf("the line says %q, not %q", tab.Text("#map-live"), words)
}

func source(tab *browser.Tab, variable string) string {
	return browser.Eval[string](tab, fmt.Sprintf(`document.querySelector("[name='f.%s']").value`, variable))
}

// TestMapper maps by keyboard, by clicks and by dragging, takes it back, and meets another window.
func TestMapper(t *testing.T) {
	p, tab := broadSite(t, 60, 10, browser.Options{Width: 1400})
	tab.Sound()
	shot(tab, "mapper")

	// keyboard: pick, jump by letters, connect, remove, undo, redo
	browser.Eval[bool](tab, `document.getElementById("s-1").focus() ?? true`)
	tab.Press("ArrowDown", "End", "Home")
	if got := tab.Focus(); got != "#s-1" {
		t.Errorf("the focus is on %s, not on the first field", got)
	}
	tab.Press("f", "e", "l", "t", "_", "1", "2", "Enter")
	says(t, tab, "felt_12 er valgt")
	tab.Press("v", "a", "r", "_", "1", "2")
	if got := tab.Focus(); got != "Apgar 12" {
		t.Errorf("letters lead to %q", got)
	}
	tab.Press("Enter")
	says(t, tab, "felt_12 → var_12, Kopi; 5 av 20 krav dekket")
	if got := tab.Focus(); got != "Apgar 12" || source(tab, "var_12") != "felt_12" {
		t.Errorf("the focus is on %q, the source is %q", got, source(tab, "var_12"))
	}
	tab.Press("Delete")
	says(t, tab, "Apgar 12 har ingen kilde nå; 4 av 20 krav dekket")
	tab.Press("Ctrl+z")
	says(t, tab, "5 av 20 krav dekket")
	if source(tab, "var_12") != "felt_12" {
		t.Error("undo did not bring the source back")
	}
	tab.Press("Ctrl+y")
	says(t, tab, "4 av 20 krav dekket")
	browser.Eval[bool](tab, `document.getElementById("s-3").focus() ?? true`)
	tab.Press("Enter")
	says(t, tab, "felt_2 er valgt")
	tab.Press("Escape")
	says(t, tab, "Avbrutt")
	if got := tab.Focus(); got != "#s-3" {
		t.Errorf("after Esc the focus is on %s", got)
	}

	// mouse: click–click, one more source to a variable, and a drag
	tab.Click("#s-1")
	tab.Click("#v-var_0 .target")
	says(t, tab, "Velg") // it has that source already: nothing to do
	tab.Click("#s-2")
	tab.Click("#v-var_0 .target")
	tab.Wait(".choice")
	tab.Sound()
	tab.Click(".choice [data-how=first]")
	says(t, tab, "felt_0, felt_1 → var_0")
	tab.Click("#v-var_0 .off")
	says(t, tab, "Fødselsvekt 0 har ingen kilde nå")
	browser.Eval[bool](tab, `(scrollTo(0, document.getElementById("v-var_0").getBoundingClientRect().top + scrollY - 300), true)`)
	tab.Drag("#s-1", "#v-var_0")
	says(t, tab, "felt_0 → var_0")
	if n := tab.Count(`.mapper__lines path[d^="M"]`); n == 0 {
		t.Error("there are no lines")
	}

	// a direct field is not to be had, and what is written by hand is held to the same
	tab.Click("#s-0")
	if n := tab.Count(`.port[aria-pressed="true"]`); n != 0 {
		t.Error("a direct field is picked")
	}
	tab.Fill("[name='f.var_3']", "fnr")
	tab.Press("Enter")
	tab.Wait("#v-var_3 .ds-validation-message")
	tab.Problems() // the browser notes the status 422 itself
	tab.Sound()

	// another window was first
	other := browser.Start(t).Tab(t, browser.Options{})
	other.Go(p.URL + "/login")
	other.Click("button[name=persona][value=" + coordinator + "]")
	other.Wait(".who")
	other.Go(p.URL + broadPath)
	other.Click("#v-var_5 .off")
	says(t, other, "har ingen kilde nå")
	tab.Click("#v-var_6 .off")
	says(t, tab, "Det siste du gjorde, er ikke lagret")
	if source(tab, "var_6") != "felt_6" {
		t.Error("the row has changed though nothing was kept")
	}
	tab.Problems() // 409, as above
	tab.Go(p.URL + broadPath + "?show=missing")
	if n := browser.Eval[int](tab, `document.querySelectorAll("tr.var:not([hidden])").length`); n != 16 {
		t.Errorf("%d required variables are missing, not 16", n)
	}
	tab.Click(`#map-shows [data-show=""]`)
	says(t, tab, "Viser 60 variabler")
	if strings.Contains(tab.URL(), "show=") {
		t.Errorf("the address is %s", tab.URL())
	}

	for _, o := range []browser.Options{{Width: 1400, Scheme: "dark"}, {Width: 320}, {Width: 900}} {
		tab.Resize(o.Width, o.Height)
		tab.Scheme(o.Scheme)
		tab.Sound()
		shot(tab, fmt.Sprintf("mapper-%d%s", o.Width, o.Scheme))
	}
}

// TestMapperByTouch drags a field by its grip with a finger; anywhere else the finger scrolls.
func TestMapperByTouch(t *testing.T) {
	_, tab := broadSite(t, 60, 10, browser.Options{Width: 1400})
	tab.TouchScreen()
	type way struct{ Right, Down float64 }
	fromTo := func(from, to string) way {
		return browser.Eval[way](tab, fmt.Sprintf(`((a, b) => ({Right: b.left + 60 - a.left - a.width / 2, Down: b.top + b.height / 2 - a.top - a.height / 2}))(
			document.querySelector(%q).getBoundingClientRect(), document.querySelector(%q).getBoundingClientRect())`, from, to))
	}
	scrolled := func(css string) float64 {
		return browser.Eval[float64](tab, fmt.Sprintf(`document.querySelector(%q).scrollTop`, css))
	}
	browser.Eval[bool](tab, `(scrollTo(0, document.getElementById("v-var_12").getBoundingClientRect().top + scrollY - 500), true)`)
	grip := "#s-3 .port__grip"
	before := scrolled("html")
	to := fromTo(grip, "#v-var_12")
	tab.Swipe(grip, to.Right, to.Down)
	says(t, tab, "felt_2 → var_12")
	if got := source(tab, "var_12"); got != "felt_2" || scrolled("html") != before {
		t.Errorf("the finger gave %q and scrolled from %v to %v", got, before, scrolled("html"))
	}

	// let go beside the table
	tab.Swipe("#s-4 .port__grip", 60, 0)
	says(t, tab, "Avbrutt")

	for _, x := range []struct{ on, scrolls string }{{"#s-5 .port__name", "#sources"}, {"#v-var_12 .target", "html"}} {
		was := scrolled(x.scrolls)
		tab.Swipe(x.on, 0, -150)
		for i := 0; scrolled(x.scrolls) <= was; i++ {
			if i == 200 {
				t.Fatalf("a finger on %s does not scroll %s", x.on, x.scrolls)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	if n := tab.Count(`.port[aria-pressed="true"]`); n != 0 {
		t.Error("scrolling picks a field")
	}
}

// TestMapperWithoutScript: the table is a form.
func TestMapperWithoutScript(t *testing.T) {
	_, tab := broadSite(t, 12, 12, browser.Options{NoScript: true})
	tab.Fill("[name='f.var_4']", "felt_5")
	tab.Fill("[name='f.var_5']", "felt_4, felt_5")
	tab.Press("Enter")
	tab.Wait(`#v-var_5[data-from*="felt_4"]`)
	if source(tab, "var_4") != "felt_5" || source(tab, "var_5") != "felt_4, felt_5" {
		t.Errorf("var_4 has %q, var_5 %q", source(tab, "var_4"), source(tab, "var_5"))
	}
	tab.Click("#v-var_4 .off")
	tab.Wait("#v-var_4:not([data-from])")
	if got := source(tab, "var_4"); got != "" {
		t.Errorf("var_4 has %q", got)
	}
	tab.Sound()
}

// BenchmarkMapper measures what a reader waits for at wide schemas, in the browser: from the key or the click until the
// next picture is drawn, for connect with the server's answer in place.
//
//	go test -run '^$' -bench Mapper -benchtime 10x ./web/e2e/pages
func BenchmarkMapper(b *testing.B) {
	for _, n := range []int{500, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, tab := broadSite(b, n, n/2, browser.Options{Width: 1400})
			worst := map[string]float64{}
			add := func(unit, start, until string) {
				ms := browser.Eval[float64](tab, fmt.Sprintf(`new Promise((done) => {
					const key = (el, key, ctrlKey = false) => el.dispatchEvent(new KeyboardEvent("keydown", {key, ctrlKey, bubbles: true, cancelable: true}));
					const began = performance.now();
					%s;
					const look = () => (%s) ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - began))) : setTimeout(look, 1);
					look();
				})`, start, until))
				worst[unit] = max(worst[unit], ms)
			}
			i := 0
			for b.Loop() {
				v := n/2 + 1 + i%(n/2-2)
				field := fmt.Sprintf("s-%d", v+1)
				add("pick-ms", fmt.Sprintf(`key(document.getElementById(%q), "Enter")`, field), `document.querySelector(".port[aria-pressed=true]")`)
				add("type-ms", `"hodeomkrets".split("").forEach(c => key(document.activeElement, c))`, `true`)
				add("connect-ms", fmt.Sprintf(`(r => { r.querySelector(".target").focus(); key(r.querySelector(".target"), "Enter") })(document.getElementById("v-var_%d"))`, v),
					fmt.Sprintf(`document.getElementById("v-var_%d").dataset.from`, v))
				add("undo-ms", fmt.Sprintf(`key(document.querySelector("#v-var_%d .target"), "z", true)`, v),
					fmt.Sprintf(`!document.getElementById("v-var_%d").dataset.from`, v))
				click := fmt.Sprintf(`(r => r.querySelector("%%s").click())(document.getElementById("v-var_%d"))`, v)
				mapped := fmt.Sprintf(`document.getElementById("v-var_%d").dataset.from`, v)
				add("accept-ms", fmt.Sprintf(click, "[name=take]"), mapped)
				add("remove-ms", fmt.Sprintf(click, ".off"), "!"+mapped)
				add("filter-ms", `document.querySelector("#map-shows [data-show=missing]").click()`, `true`)
				add("all-ms", `document.querySelector("#map-shows [data-show='']").click()`, `true`)
				add("scroll-ms", `scrollBy(0, 700)`, `true`)
				i++
			}
			tab.Go(p.URL + broadPath + "/var_1")
			for range i {
				add("reorder-ms", `document.querySelector("#editing > *").dataset.old = ""; document.querySelector("#editing button[value^='down ']").click()`,
					`!document.querySelector("#editing [data-old]")`)
			}
			for unit, ms := range worst {
				b.ReportMetric(ms, unit)
			}
			tab.Go(p.URL + broadPath)
			b.ReportMetric(browser.Eval[float64](tab, `(e => e.domContentLoadedEventEnd)(performance.getEntriesByType("navigation")[0])`), "load-ms")
			b.ReportMetric(browser.Eval[float64](tab, `performance.getEntriesByType("navigation")[0].serverTiming[0]?.duration ?? 0`), "server-ms")
			b.ReportMetric(browser.Eval[float64](tab, `performance.getEntriesByType("navigation")[0].decodedBodySize / 1000`), "html-kB")
			b.ReportMetric(0, "ns/op")
		})
	}
}
