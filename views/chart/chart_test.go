package chart

import (
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"samband/store/text"
	"samband/views/ds"
)

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// wellFormed checks every SVG in the HTML, and that nothing in it is a number that is none.
func wellFormed(t *testing.T, html string) {
	t.Helper()
	for _, bad := range []string{"NaN", "Inf", "⟨", "style=", `width="-`, `height="-`} {
		if strings.Contains(html, bad) {
			t.Errorf("found %q in %s", bad, html)
		}
	}
	for _, svg := range regexp.MustCompile(`(?s)<svg.*</svg>`).FindAllString(html, -1) {
		d := xml.NewDecoder(strings.NewReader("<x>" + svg + "</x>"))
		d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v in %s", err, svg)
			}
		}
	}
}

// TestFew draws every chart with nothing, with zero, with one value, and with values that are none.
func TestFew(t *testing.T) {
	series := func(points ...Point) SeriesProps {
		return SeriesProps{ID: "s", Lang: text.NB, Title: "Tid", Desc: "Ett punkt", Points: points, Goal: 5, GoalText: "Mål", Head: [2]string{"A", "B"}}
	}
	bars := func(bars ...Bar) BarsProps {
		return BarsProps{ID: "b", Lang: text.NB, Title: "Utfylt", Desc: "Søyler", Bars: bars, Goal: 0.9, Head: [3]string{"A", "B"}}
	}
	for name, c := range map[string]templ.Component{
		"trend of none":    Trend(series()),
		"trend of one":     Trend(series(Point{Label: "jan.", Value: 7})),
		"trend of zeros":   Trend(series(Point{Label: "jan."}, Point{Label: "feb."})),
		"trend of missing": Trend(series(Point{Label: "jan.", Missing: true})),
		"columns of none":  Columns(series()),
		"columns of zero":  Columns(series(Point{Label: "jan."})),
		"columns below":    Columns(series(Point{Label: "jan.", Value: -4}, Point{Label: "feb.", Value: 3, Open: true})),
		"bars of none":     Bars(bars()),
		"bars of zero":     Bars(bars(Bar{Label: "a"}, Bar{Label: "b", None: true}, Bar{Label: "c", Share: 1.2})),
		"beside zero":      Beside(BesideProps{}),
		"beside inverted":  Beside(BesideProps{Value: 5, Low: 9, High: 1, Max: 10}),
		"balance of none":  Balance(BalanceProps{ID: "x", Lang: text.NB}),
		"heat of none":     Heat(HeatProps{ID: "h", Lang: text.NB}),
		"strip of none":    Strip(text.NB, nil),
		"route of none":    Route(text.NB, nil),
		"route of one":     Route(text.EN, []Stop{{Name: "Kilde", Kind: StopSource}}),
	} {
		t.Run(name, func(t *testing.T) { wellFormed(t, render(t, c)) })
	}
}

// TestNamed holds that a chart is an image with a name and a description, and has its numbers in a table.
func TestNamed(t *testing.T) {
	p := SeriesProps{ID: "q", Lang: text.NB, Title: "Andel på plass", Desc: "Fra 71 til 92 prosent.", Unit: " %", Goal: 90,
		GoalText: "Mål 90", Head: [2]string{"Måned", "Andel"}, Points: []Point{
			{Label: "jan.", Value: 71}, {Label: "feb.", Value: 92, Break: "Mapping 7"}, {Label: "mars", Value: 84, Open: true},
			{Label: "april", Missing: true},
		}}
	for name, c := range map[string]templ.Component{"trend": Trend(p), "columns": Columns(p)} {
		html := render(t, c)
		wellFormed(t, html)
		for _, want := range []string{
			`role="img" aria-labelledby="q-t" aria-describedby="q-d"`,
			`<title id="q-t">Andel på plass</title>`,
			`<desc id="q-d">Fra 71 til 92 prosent.</desc>`,
			`<caption class="ds-sr-only">Andel på plass</caption>`,
			"<td class=\"num\">71 % (utenfor grensen)</td>",
			"feb. (Mapping 7 fra her)",
			"84 % (ikke ferdig)",
			"<td class=\"num\">mangler</td>",
		} {
			if !strings.Contains(html, want) {
				t.Errorf("%s: no %q in %s", name, want, html)
			}
		}
	}
}

func TestBars(t *testing.T) {
	html := render(t, Bars(BarsProps{ID: "c", Lang: text.NB, Title: "Utfylt", Desc: "To variabler.", Goal: 0.9,
		Head: [3]string{"Variabel", "Utfylt", "Rader"}, Bars: []Bar{
			{Label: "Kjønn", Share: 1, Note: "1 284 av 1 284"},
			{Label: "pH <navlesnor>", Share: 0.781, Note: "1 003 av 1 284"},
		}}))
	wellFormed(t, html)
	for _, want := range []string{
		`<rect class="c-fill" x="0" y="24.0" width="100.00%"`,
		`<rect class="c-warn" x="0" y="24.0" width="78.10%"`,
		`fill="url(#c-stripes)"`, // not by colour alone
		"pH &lt;navlesnor&gt;",
		"78,1\u00a0% (utenfor grensen)",
		"1 003 av 1 284",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %q in %s", want, html)
		}
	}
}

func TestBalance(t *testing.T) {
	p := BalanceProps{ID: "b", Lang: text.NB, Read: 1284, Parts: [6]Part{
		{Label: "Nye", Rows: 214, Before: 198}, {Label: "Uendret", Rows: 1012, Before: 1044}, {Label: "Slått sammen", Rows: 9},
		{Label: "Filtrert", Rows: 11}, {Label: "Karantene", Rows: 31, Href: "/quarantine?run=4812"}, {Label: "Sperret", Rows: 7, Href: "/x"},
	}}
	html := render(t, Balance(p))
	wellFormed(t, html)
	if want := "214 + 1\u00a0012 + 9 + 11 + 31 + 7 = 1\u00a0284"; !strings.Contains(html, want) {
		t.Errorf("the sum does not stand: %s", html)
	}
	if strings.Contains(html, "Mot forrige") {
		t.Error("changes are shown though there is no run before")
	}
	if !strings.Contains(html, `href="/quarantine?run=4812"`) {
		t.Error("the part does not lead to its rows")
	}
	if got := strings.Count(html, "c-part"); got != 6 {
		t.Errorf("%d pieces in the bar, want 6", got)
	}

	p.HasBefore, p.Before = true, 1271
	html = render(t, Balance(p))
	for _, want := range []string{"Mot forrige", "+16", "−32", "+13"} {
		if !strings.Contains(html, want) {
			t.Errorf("no %q", want)
		}
	}

	p.Parts[5].Rows = 0
	html = render(t, Balance(p))
	if !strings.Contains(html, "Regnskapet går ikke opp") || strings.Contains(html, "Alle leste rader") {
		t.Error("a balance that does not hold is not said")
	}
	if got := strings.Count(html, "c-part"); got != 5 {
		t.Errorf("%d pieces in the bar, want 5: a count of 0 has none", got)
	}
	if strings.Contains(html, `href="/x"`) {
		t.Error("a count of 0 leads to rows")
	}
}

func TestStrip(t *testing.T) {
	html := render(t, Strip(text.EN, []Mark{
		{State: ds.State{Tone: ds.Success, Icon: ds.IconOK}, Label: "Run 1: succeeded", Href: "/runs/1"},
		{State: ds.State{Tone: ds.Warning, Icon: ds.IconHeld}, Label: "Run 2: held", Href: "/runs/2", Current: true},
	}))
	for _, want := range []string{
		`aria-label="The latest runs, oldest first"`, `aria-label="Run 1: succeeded"`, `href="/runs/2"`, `aria-current="true"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %q in %s", want, html)
		}
	}
}
