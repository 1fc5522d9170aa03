package docs_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"samband/static"
	"samband/store/text"
	"samband/views/docs"
	"samband/views/layout"
	"samband/web/e2e/browser"
)

func draw(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	ids   = regexp.MustCompile(` id="([^"]*)"`)
	hrefs = regexp.MustCompile(` href="/docs/runbook#([^"]*)"`)
)

func found(of *regexp.Regexp, page string) []string {
	var out []string
	for _, m := range of.FindAllStringSubmatch(page, -1) {
		out = append(out, m[1])
	}
	return out
}

// TestRunBookSearch finds sections by code, by their words and by those of a message, in any case, and says when there are none.
func TestRunBookSearch(t *testing.T) {
	c := layout.Ctx{Lang: text.NB}
	for words, want := range map[string]string{"hold.columns": "hold.columns", "KLASSIFISER kolonner": "hold.columns",
		"finnes ikke noe sted xyz": ""} {
		page := draw(t, docs.RunBook(c, words))
		anchors := found(ids, page)
		if want != "" && (!slices.Contains(anchors, want) || slices.Contains(anchors, "db.full")) {
			t.Errorf("%q finds %q", words, anchors)
		}
		if !strings.Contains(page, `name="q"`) || want != "" && !strings.Contains(page, `value="`+words+`"`) {
			t.Errorf("%q is not asked again", words)
		}
	}
	if page := draw(t, docs.RunBook(c, "finnes ikke noe sted xyz")); !strings.Contains(page, "Ingenting passer") {
		t.Error("nothing found is not said")
	}
}

// TestWatchNamesWhatThereIs: the page of the dashboard and the rules leads to both files, in each language.
func TestWatchNamesWhatThereIs(t *testing.T) {
	for _, lang := range []text.Lang{text.NB, text.NN, text.EN} {
		page := draw(t, docs.Watch(layout.Ctx{Lang: lang}))
		for _, want := range []string{static.URL("docs/alerts.yaml"), static.URL("docs/dashboard.json"), "job_name: samband", "SAMBAND_METRICS_TOKEN"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: %s is not there", lang, want)
			}
		}
		if strings.Contains(page, "⟨") {
			t.Errorf("%s: a text is missing", lang)
		}
	}
}

// TestPacketsPageIsWhole: the page for other parties names each refusal by a code of the run book, and leads to the example.
func TestPacketsPageIsWhole(t *testing.T) {
	for _, lang := range []text.Lang{text.NB, text.NN, text.EN} {
		page := draw(t, docs.Packets(layout.Ctx{Lang: lang}))
		anchors := found(ids, draw(t, docs.RunBook(layout.Ctx{Lang: lang}, "")))
		links := found(hrefs, page)
		if len(links) < 13 {
			t.Errorf("%s: only %d refusals", lang, len(links))
		}
		for _, l := range links {
			if !slices.Contains(anchors, l) {
				t.Errorf("%s: the link to %s leads nowhere", lang, l)
			}
		}
		if !strings.Contains(page, static.URL("docs/packet-example.zip")) || !strings.Contains(page, "samband receive keygen") ||
			strings.Contains(page, "⟨") {
			t.Errorf("%s: the example, a command or a text is missing", lang)
		}
		names := found(ids, page)
		slices.Sort(names)
		if len(slices.Compact(slices.Clone(names))) != len(names) {
			t.Errorf("%s: an id stands twice", lang)
		}
	}
}

// TestEveryCodeHasItsAnchor: the links that pages and alerts make lead somewhere, and no two places have one name.
func TestEveryCodeHasItsAnchor(t *testing.T) {
	for _, lang := range []text.Lang{text.NB, text.NN, text.EN} {
		c := layout.Ctx{Lang: lang}
		book := draw(t, docs.RunBook(c, ""))
		anchors := found(ids, book)
		n := 0
		for _, chapter := range text.RunBook {
			for _, s := range chapter.Sections {
				for _, code := range s {
					n++
					if !slices.Contains(anchors, string(code)) {
						t.Errorf("%s: %s has no anchor", lang, code)
					}
				}
			}
		}
		index := draw(t, docs.Index(c))
		links := found(hrefs, index)
		if len(links) != n {
			t.Errorf("%s: %d codes, %d links to them", lang, n, len(links))
		}
		for _, l := range links {
			if !slices.Contains(anchors, l) {
				t.Errorf("%s: the link to %s leads nowhere", lang, l)
			}
		}
		for name, page := range map[string]string{"index": index, "run book": book} {
			names := found(ids, page)
			slices.Sort(names)
			if once := slices.Compact(slices.Clone(names)); len(once) != len(names) {
				t.Errorf("%s, %s: an id stands twice", lang, name)
			}
			if strings.Contains(page, "⟨") {
				t.Errorf("%s, %s: a text is missing", lang, name)
			}
		}
	}
}

func TestChromium(t *testing.T) {
	b := browser.Start(t)
	book := func(c layout.Ctx) templ.Component { return docs.RunBook(c, "") }
	for name, c := range map[string]struct {
		page  func(layout.Ctx) templ.Component
		ctx   layout.Ctx
		opts  browser.Options
		press []string
	}{
		"index":              {page: docs.Index, press: []string{"details > summary"}},
		"index-narrow-dark":  {page: docs.Index, ctx: layout.Ctx{Lang: text.NN}, opts: browser.Options{Width: 320, Scheme: "dark"}},
		"runbook":            {page: book},
		"runbook-narrow":     {page: book, ctx: layout.Ctx{Lang: text.EN}, opts: browser.Options{Width: 320}},
		"runbook-dark-still": {page: book, opts: browser.Options{Scheme: "dark", NoScript: true}},
		"search":             {page: func(c layout.Ctx) templ.Component { return docs.RunBook(c, "kolonne") }},
		"watch":              {page: docs.Watch},
		"packets":            {page: docs.Packets},
		"packets-narrow":     {page: docs.Packets, ctx: layout.Ctx{Lang: text.NN}, opts: browser.Options{Width: 320, Scheme: "dark"}},
		"watch-narrow-dark":  {page: docs.Watch, ctx: layout.Ctx{Lang: text.NN}, opts: browser.Options{Width: 320, Scheme: "dark"}},
	} {
		t.Run(name, func(t *testing.T) {
			mux := http.NewServeMux()
			mux.Handle("GET /static/", static.Handler())
			mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Security-Policy", static.ContentSecurityPolicy)
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				c.ctx.Path = r.URL.RequestURI()
				if err := c.page(c.ctx).Render(r.Context(), w); err != nil {
					t.Error(err)
				}
			})
			srv := httptest.NewServer(mux)
			defer srv.Close()
			tab := b.Tab(t, c.opts)
			tab.Go(srv.URL + "/docs")
			for _, css := range c.press {
				tab.Click(css)
			}
			if dir := os.Getenv("SAMBAND_SHOTS"); dir != "" {
				tab.Screenshot(filepath.Join(dir, "docs-"+name+".png"))
			}
			tab.Sound()
		})
	}
}
