package guide_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/a-h/templ"

	"samband/static"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/guide"
	"samband/views/layout"
	"samband/web/e2e/browser"
)

// portal serves the guide under every path with the policy of the portal, and keeps what is posted.
type portal struct {
	url    string
	posted chan url.Values
}

func serve(t *testing.T, c layout.Ctx) portal {
	p := portal{posted: make(chan url.Values, 10)}
	mux := http.NewServeMux()
	mux.Handle("GET /static/", static.Handler())
	mux.HandleFunc("POST "+layout.PreferencesPath, func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		p.posted <- r.PostForm
		http.Redirect(w, r, r.PostForm.Get("back"), http.StatusSeeOther)
	})
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", static.ContentSecurityPolicy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		c := c
		c.Path = r.URL.RequestURI()
		if err := guide.Page(c).Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	p.url = srv.URL
	return p
}

// shot leaves a picture in the folder that SAMBAND_SHOTS names.
func shot(tab *browser.Tab, name string) {
	if dir := os.Getenv("SAMBAND_SHOTS"); dir != "" {
		tab.Screenshot(filepath.Join(dir, name+".png"))
	}
}

var kaja = &layout.User{Name: "Kaja Koordinator", Role: "Registerkoordinator", MaySee: func(string) bool { return true }}

func TestChromium(t *testing.T) {
	b := browser.Start(t)
	// Each state of the page is accessible and fits, in both colour schemes and at every width.
	for _, c := range []struct {
		name  string
		ctx   layout.Ctx
		opts  browser.Options
		press []string // opened before it is looked at
	}{
		{name: "light", ctx: layout.Ctx{User: kaja, Demo: true}},
		{name: "dark", ctx: layout.Ctx{User: kaja, Demo: true, Lang: text.NN}, opts: browser.Options{Scheme: "dark"}},
		{name: "dark-chosen", ctx: layout.Ctx{Theme: layout.Dark, Lang: text.EN}, opts: browser.Options{Width: 820}},
		{name: "narrow", ctx: layout.Ctx{User: kaja, Demo: true}, opts: browser.Options{Width: 320}},
		{name: "narrow-dark-anonymous", ctx: layout.Ctx{Demo: true, Lang: text.NN}, opts: browser.Options{Width: 320, Scheme: "dark"}},
		{name: "user-menu", ctx: layout.Ctx{User: kaja}, press: []string{".who"}},
		{name: "more-menu", ctx: layout.Ctx{User: kaja}, press: []string{".nav__more-button"}},
		{name: "confirm", ctx: layout.Ctx{User: kaja}, press: []string{".confirm > summary", ".chart .twin > summary"}},
		{name: "narrow-nav", ctx: layout.Ctx{User: kaja}, opts: browser.Options{Width: 320, Scheme: "dark"}, press: []string{".nav__open"}},
		{name: "narrow-user", ctx: layout.Ctx{User: kaja}, opts: browser.Options{Width: 320, NoScript: true}, press: []string{".who"}},
		{name: "anonymous-menu", ctx: layout.Ctx{}, opts: browser.Options{Width: 600}, press: []string{".look-button"}},
		{name: "zoomed", ctx: layout.Ctx{User: kaja}, opts: browser.Options{Width: 640, Height: 450}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab := b.Tab(t, c.opts)
			tab.Go(serve(t, c.ctx).url + "/runs/4812")
			for _, css := range c.press {
				tab.Click(css)
			}
			shot(tab, c.name)
			tab.Sound()
		})
	}

	t.Run("keyboard", func(t *testing.T) {
		tab := b.Tab(t, browser.Options{})
		tab.Go(serve(t, layout.Ctx{User: kaja}).url + "/runs")
		if got := tab.Focus(); !strings.HasPrefix(got, "Tidsplanen er ikke lagret") {
			t.Errorf("the error summary did not take focus: %q has it", got)
		}
		first := browser.Eval[string](tab, `(() => {
			const e = document.querySelector("a[href], button, input, select, textarea, summary, [tabindex]");
			e.focus();
			return e.innerText;
		})()`)
		if first != "Hopp til innholdet" {
			t.Fatalf("first stop is %q", first)
		}
		tab.Press("Enter")
		if got := tab.Focus(); got != "#content" {
			t.Errorf("the skip link leads to %q", got)
		}
		browser.Eval[bool](tab, `document.querySelector(".who").focus(), true`)
		tab.Press("Enter", "Tab")
		if got := tab.Focus(); got != "Bokmål" {
			t.Errorf("after the menu opens, Tab leads to %q", got)
		}
		tab.Press("Escape")
		if open := tab.Count(":popover-open"); open != 0 {
			t.Error("Escape does not close the menu")
		}
		if got := tab.Focus(); got != "Kaja Koordinator" {
			t.Errorf("after Escape, focus is on %q", got)
		}
	})

	t.Run("theme at once", func(t *testing.T) {
		p := serve(t, layout.Ctx{User: kaja})
		tab := b.Tab(t, browser.Options{})
		tab.Go(p.url + "/runs?state=held")
		tab.Click(".who")
		tab.Click(`button[value="dark"]`)
		if got := <-p.posted; got.Get("theme") != "dark" || got.Get("back") != "/runs?state=held" {
			t.Errorf("posted %v", got)
		}
		if browser.Eval[string](tab, "document.documentElement.dataset.colorScheme") != "dark" || tab.Count(":popover-open") != 1 {
			t.Error("the page was not changed where it stands")
		}
		if got := tab.Text(`button[aria-pressed="true"][name="theme"]`); got != "Mørkt" {
			t.Errorf("chosen is %q", got)
		}
	})

	t.Run("preferences without script", func(t *testing.T) {
		p := serve(t, layout.Ctx{})
		tab := b.Tab(t, browser.Options{NoScript: true})
		tab.Go(p.url + "/catalogue?q=lab")
		tab.Click(".look-button")
		tab.Click(`button[value="nn"]`)
		if got := <-p.posted; got.Get("lang") != "nn" || got.Get("back") != "/catalogue?q=lab" {
			t.Errorf("posted %v", got)
		}
	})

	// Designsystemet has scripts that tie fields; what the server tied must stay as it is.
	t.Run("fields stay tied", func(t *testing.T) {
		tab := b.Tab(t, browser.Options{})
		tab.Go(serve(t, layout.Ctx{}).url + "/")
		tab.Wait("#f-reason")
		for css, want := range map[string]string{
			"#f-reason":    "f-reason-error f-reason-hint",
			"#f-owner":     "f-owner-hint",
			"#f-overlap-0": "f-overlap-0-hint",
		} {
			if got := browser.Eval[string](tab, `document.querySelector("`+css+`").getAttribute("aria-describedby")`); got != want {
				t.Errorf("%s is described by %q, want %q", css, got, want)
			}
		}
	})

	t.Run("live region", func(t *testing.T) {
		var asked atomic.Int64
		page := func(w http.ResponseWriter, r *http.Request) {
			n := asked.Add(1)
			w.Header().Set("Content-Security-Policy", static.ContentSecurityPolicy)
			body := ds.Live(ds.LiveProps{ID: "live", URL: "/", On: n < 4, Every: "50ms", Reload: "Oppdater"})
			rows := ds.Progress(ds.ProgressProps{ID: "p", Label: "Leser", Value: n, Max: 4})
			live := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
				return body.Render(templ.WithChildren(ctx, rows), w)
			})
			c := templ.WithChildren(r.Context(), live)
			if err := layout.Page(layout.PageProps{Title: "Kjøring"}).Render(c, w); err != nil {
				t.Error(err)
			}
		}
		mux := http.NewServeMux()
		mux.Handle("GET /static/", static.Handler())
		mux.HandleFunc("GET /{$}", page)
		srv := httptest.NewServer(mux)
		defer srv.Close()

		tab := b.Tab(t, browser.Options{})
		tab.Go(srv.URL + "/")
		tab.Wait(`#live:not([hx-get]) progress[value="4"]`)
		if got := tab.Count("#live"); got != 1 || tab.Count("main") != 1 {
			t.Errorf("%d live regions, %d mains", got, tab.Count("main"))
		}
		for _, p := range tab.Problems() {
			t.Error(p)
		}
		if n := asked.Load(); n != 4 {
			t.Errorf("the page was asked for %d times; it stops when the work is over, after 4", n)
		}

		// Nobody looks: nothing is asked.
		asked.Store(-1 << 30)
		tab.Go(srv.URL + "/")
		browser.Eval[bool](tab, `Object.defineProperty(document, "hidden", {value: true, configurable: true}), true`)
		browser.Eval[bool](tab, "new Promise(done => setTimeout(() => done(true), 200))") // what was under way comes home
		before := asked.Load()
		browser.Eval[bool](tab, "new Promise(done => setTimeout(() => done(true), 300))")
		if after := asked.Load(); after != before {
			t.Errorf("a hidden page asked %d times", after-before)
		}
	})

	t.Run("scroll regions", func(t *testing.T) {
		tab := b.Tab(t, browser.Options{Width: 320})
		tab.Go(serve(t, layout.Ctx{}).url + "/")
		tab.Wait("#heat")
		const stops = `.scroll[tabindex="0"]`
		narrow := tab.Count(stops)
		tab.Resize(1500, 900)
		browser.Eval[bool](tab, "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
		if wide := tab.Count(stops); narrow != 2 || wide != 0 {
			t.Errorf("%d regions are tab stops when narrow and %d when wide; want 2 and 0", narrow, wide)
		}
	})
}
