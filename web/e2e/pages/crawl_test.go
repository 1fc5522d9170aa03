package pages

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/store/text"
	"samband/web/e2e/browser"
)

// page is what an address answered with.
type page struct {
	Path     string
	Status   int
	HTML     bool
	Lang     string
	Title    string
	Headings int      // of level 1
	Timed    bool     // has Server-Timing
	Missing  []string // texts that are not in the catalogue
	Twice    []string // ids that stand more than once
	Lost     []string // ids that something refers to and that are not there
	Links    []string // internal, with query and fragment
	IDs      []string
}

// visit reads pages in the browser, as whoever is logged in there.
const visit = `Promise.all(%s.map(async path => {
	const r = await fetch(path);
	const p = {path, status: r.status, html: (r.headers.get("content-type") || "").startsWith("text/html"),
		timed: /app;dur=/.test(r.headers.get("server-timing") || ""), missing: [], twice: [], lost: [], links: [], ids: []};
	if (!p.html) return p;
	const source = await r.text();
	const d = new DOMParser().parseFromString(source, "text/html");
	p.lang = d.documentElement.lang;
	p.title = d.title;
	p.headings = d.querySelectorAll("h1").length;
	p.missing = source.match(/⟨[^⟩]*⟩/g) || [];
	const ids = new Set();
	for (const e of d.querySelectorAll("[id]")) ids.has(e.id) ? p.twice.push(e.id) : ids.add(e.id);
	p.ids = [...ids];
	for (const name of ["for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "list"])
		for (const e of d.querySelectorAll("[" + name + "]"))
			for (const id of e.getAttribute(name).split(/\s+/)) if (!ids.has(id)) p.lost.push(name + "=" + id);
	for (const a of d.querySelectorAll("a[href]")) {
		const u = new URL(a.getAttribute("href"), new URL(path, location.href));
		if (u.origin === location.origin) p.links.push(u.pathname + u.search + u.hash);
	}
	return p;
}))`

// perShape is how many pages of one shape are read: the rows of a list lead to pages that differ in their numbers only.
const perShape = 4

var (
	numbers = regexp.MustCompile(`\d+`)
	// things are the parts of an address that name one of many.
	things = regexp.MustCompile(`^/(access/users|access/requests|access/review|solutions|registries|systems|integrations|codebooks|quality|quarantine|ros|ld|approvals)/[^/?]+`)
	within = regexp.MustCompile(`/(methods|connections)/[^/?]+/edit`)
	rule   = regexp.MustCompile(`/mapping/[^/?-]+$`)
)

// shape gives what addresses of the same sort have in common: their numbers and the values of their queries removed.
func shape(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	keys := slices.Sorted(maps.Keys(u.Query()))
	return numbers.ReplaceAllString(u.Path, "#") + "?" + strings.Join(keys, "&")
}

// template gives the page that draws an address, as far as can be told from outside.
func template(path string) string {
	if strings.Count(path, "/") != 2 || !strings.HasSuffix(path, "/new") {
		path = things.ReplaceAllString(path, "/$1/*")
	}
	path = rule.ReplaceAllString(within.ReplaceAllString(path, "/$1/*/edit"), "/mapping/*")
	path, _, _ = strings.Cut(path, "?")
	return numbers.ReplaceAllString(path, "#")
}

// crawl follows every internal link from the start page, once, and gives the pages by address.
func crawl(t *testing.T, tab *browser.Tab, lang text.Lang) map[string]*page {
	t.Helper()
	found := map[string]*page{}
	shapes := map[string]int{}
	from := map[string]string{}
	var fragments []string
	next := []string{"/"}
	for len(next) > 0 {
		batch := next[:min(len(next), 8)]
		next = next[len(batch):]
		paths, _ := json.Marshal(batch)
		for _, p := range browser.Eval[[]*page](tab, fmt.Sprintf(visit, paths)) {
			found[p.Path] = p
			p.check(t, lang, from[p.Path])
			for _, link := range p.Links {
				path, fragment, _ := strings.Cut(link, "#")
				if fragment != "" {
					fragments = append(fragments, p.Path+" "+link)
				}
				if _, seen := from[path]; seen || path == "/" || strings.HasPrefix(path, "/static/") {
					continue
				}
				if s := shape(path); shapes[s] < perShape || !strings.ContainsAny(s, "#?=") {
					shapes[s]++
					from[path] = p.Path
					next = append(next, path)
				}
			}
		}
	}
	for _, f := range slices.Compact(slices.Sorted(slices.Values(fragments))) {
		at, link, _ := strings.Cut(f, " ")
		path, fragment, _ := strings.Cut(link, "#")
		if p := found[path]; p != nil && p.HTML && p.Status == 200 && !slices.Contains(p.IDs, fragment) {
			t.Errorf("%s: the link %s leads to a place that isn't on the page", at, link)
		}
	}
	return found
}

// check holds a page to what every page must be. A link that leads to a page one may not see is a fault too.
func (p *page) check(t *testing.T, lang text.Lang, from string) {
	t.Helper()
	fault := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s (linked from %s): "+format, append([]any{p.Path, cmp.Or(from, "nowhere")}, args...)...)
	}
	if p.Status != 200 {
		fault("status %d", p.Status)
		return
	}
	if !p.Timed {
		fault("no Server-Timing")
	}
	if !p.HTML {
		return
	}
	if p.Lang != string(lang) {
		fault("is in %q", p.Lang)
	}
	if name, ok := strings.CutSuffix(p.Title, " – Samband"); !ok || name == "" {
		fault("has the title %q", p.Title)
	}
	if p.Headings != 1 {
		fault("has %d headings of level 1", p.Headings)
	}
	for what, list := range map[string][]string{"texts that don't exist": p.Missing, "ids that stand twice": p.Twice,
		"references to ids that aren't there": p.Lost} {
		if len(list) > 0 {
			fault("%s: %s", what, slices.Compact(list))
		}
	}
}

// TestEveryPage follows every link as everybody, in every language, and looks at one page of each kind: light and wide,
// dark and narrow.
func TestEveryPage(t *testing.T) {
	s := start(t)
	s.fill()
	who := []string{coordinator, officer, admin, auditor, reader, nobody}
	sample := map[string]string{} // template → address
	look := map[string][]string{} // persona → addresses
	for _, persona := range who {
		tab := s.tab(t, persona, browser.Options{})
		for _, lang := range []text.Lang{text.EN, text.NN, text.NB} {
			t.Run(cmp.Or(persona, "nobody")+"/"+string(lang), func(t *testing.T) {
				browser.Eval[int](tab, fmt.Sprintf(`fetch("/preferences", {method: "POST",
					body: new URLSearchParams({lang: %q, back: "/"})}).then(r => r.status)`, lang))
				pages := crawl(t, tab, lang)
				if len(pages) < 12 {
					t.Errorf("only %d pages were found", len(pages))
				}
				for _, path := range slices.Sorted(maps.Keys(pages)) {
					if kind := template(path); pages[path].HTML && pages[path].Status == 200 && sample[kind] == "" {
						sample[kind] = path
						look[persona] = append(look[persona], path)
					}
				}
				t.Logf("%d pages", len(pages))
			})
		}
	}
	// Pages whose content turns on the state of a run.
	for no := 1; no <= 5; no++ {
		look[coordinator] = append(look[coordinator], fmt.Sprintf("/runs/%d", no))
	}
	look[coordinator] = append(look[coordinator], "/today", "/nowhere", "/admin") // a page that isn't, and one that one may not see
	for _, persona := range who {
		tab := s.tab(t, persona, browser.Options{})
		for _, path := range look[persona] {
			for name, o := range map[string]browser.Options{"light": {}, "dark": {Width: 320, Scheme: "dark"}} {
				t.Run(name+path, func(t *testing.T) {
					tab.On(t)
					tab.Resize(o.Width, o.Height)
					tab.Scheme(o.Scheme)
					tab.Go(s.URL + path)
					shot(tab, name+strings.NewReplacer("/", "-", "?", "-").Replace(path))
					tab.Sound()
				})
			}
		}
	}
}

// shot leaves a picture in the folder that SAMBAND_SHOTS names.
func shot(tab *browser.Tab, name string) {
	if dir := os.Getenv("SAMBAND_SHOTS"); dir != "" {
		tab.Screenshot(filepath.Join(dir, name+".png"))
	}
}
