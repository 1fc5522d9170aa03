package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/layout"
	"samband/web/auth"
	"samband/web/auth/oidctest"
	"samband/web/e2e/browser"
)

// shot leaves a picture in the folder that SAMBAND_SHOTS names.
func shot(tab *browser.Tab, name string) {
	if dir := os.Getenv("SAMBAND_SHOTS"); dir != "" {
		tab.Screenshot(filepath.Join(dir, name+".png"))
	}
}

// bench is a page of the test's own inside the real frame.
func bench(body string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		inside := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			_, err := io.WriteString(w, "<h1>Prøvebenk</h1>"+body)
			return err
		})
		page := layout.Page(layout.PageProps{Ctx: s.ctx(w, r), Title: "Prøvebenk"})
		return s.page(w, r, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			return page.Render(templ.WithChildren(ctx, inside), w)
		}))
	}
}

func TestDoorsInChromium(t *testing.T) {
	b := browser.Start(t)
	ts := newTestServerWith(t, nil, append(doors(),
		get("/bench", store.SignedIn, portal, bench(`<form method="post" action="/notes"><label>Notat <input name="note"></label>
			<button id="send">Send</button></form>
			<div id="part"><button id="fetch" hx-get="/fails" hx-target="#part" hx-select="#part">Hent</button>
			<button id="fetch2" hx-post="/fails" hx-target="#part" hx-select="#part">Lagre</button></div>`)),
		get("/planted", store.Public, portal, bench(`<script>document.title = "planted"</script>`)),
		get("/fails", store.SignedIn, portal, func(*Server, http.ResponseWriter, *http.Request) error {
			return store.E(store.Unavailable, "auth.provider_away", nil)
		}),
		post("/fails", store.SignedIn, portal, (*Server).healthz),
		get("/forbidden", store.Approve, somewhere, (*Server).healthz),
		post("/notes", store.SignedIn, portal, func(s *Server, w http.ResponseWriter, r *http.Request) error {
			f, err := s.form(r)
			if err != nil {
				return err
			}
			if err := s.flash(w, r, "success", "error.form.too_long", store.Args{"limit": len(f.text("note", 100))}); err != nil {
				return err
			}
			return redirect(w, r, "/bench")
		})))
	srv := httptest.NewServer(ts)
	t.Cleanup(srv.Close)

	for name, o := range map[string]browser.Options{
		"light": {}, "dark": {Scheme: "dark"}, "narrow": {Width: 320}, "no-script": {NoScript: true, Width: 600},
	} {
		t.Run(name, func(t *testing.T) {
			tab := b.Tab(t, o)
			for _, path := range []string{"/login", "/signed-out", "/nowhere"} {
				tab.Go(srv.URL + path)
				shot(tab, name+strings.ReplaceAll(path, "/", "-"))
				tab.Sound()
			}
			tab.Go(srv.URL + "/bench")
			tab.Click(".persona li:last-child button") // the reader
			tab.Wait("#send")
			for _, path := range []string{"/forbidden", "/login?fresh=1"} {
				tab.Go(srv.URL + path)
				shot(tab, name+strings.NewReplacer("/", "-", "?", "-").Replace(path))
				tab.Sound()
			}
		})
	}

	t.Run("a form after the session", func(t *testing.T) {
		tab := b.Tab(t, browser.Options{NoScript: true})
		tab.Go(srv.URL + "/bench")
		tab.Click(".persona button")
		tab.Fill("[name=note]", "blåbær")
		ts.clock.Advance(31 * time.Minute)
		tab.Click("#send")
		tab.Wait(".persona")
		if got := tab.Text("main"); !strings.Contains(got, "Det du skrev, er tatt vare på") {
			t.Errorf("the login page says %q", got)
		}
		tab.Sound()
		tab.Click(".persona button")
		tab.Wait("#send")
		if tab.Count("[name=note][value=blåbær]") != 1 || tab.URL() != srv.URL+"/bench" {
			t.Errorf("after the login the field at %s is empty", tab.URL())
		}
		shot(tab, "kept")
		tab.Sound()
		tab.Click("#send")
		tab.Wait(".note[data-color=success]")
	})

	t.Run("an error of a part of the page", func(t *testing.T) {
		tab := b.Tab(t, browser.Options{})
		tab.Go(srv.URL + "/bench")
		tab.Click(".persona button")
		tab.Click("#fetch")
		tab.Wait("#problem-note")
		if got := tab.Text("#problem"); !strings.Contains(got, "Sykehusets innlogging svarer ikke nå") {
			t.Errorf("the note says %q", got)
		}
		if tab.Count("#fetch") != 1 {
			t.Error("the part itself is gone")
		}
		shot(tab, "part")
		tab.Problems() // the browser notes the status 503 itself
		tab.Sound()
		ts.clock.Advance(31 * time.Minute)
		tab.Click("#fetch2")
		tab.Wait("#problem-note [target=_blank]")
		tab.Click("#fetch")
		tab.Wait(".persona")
		if got := tab.URL(); got != srv.URL+"/login?return=%2Fbench" {
			t.Errorf("after the session the page leads to %s", got)
		}
	})

	t.Run("a planted script", func(t *testing.T) {
		tab := b.Tab(t, browser.Options{})
		tab.Go(srv.URL + "/planted")
		const said = "content held back by the security policy"
		for range 100 {
			if len(ts.log.lines(t, said)) > 0 {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if lines := ts.log.lines(t, said); len(lines) != 1 || lines[0]["directive"] != "script-src-elem" || lines[0]["origin"] != "inline" {
			t.Errorf("the report is %v", lines)
		}
	})
}

// TestProviderInChromium: the browser's own rules (policy, cookies across sites) let a login and a logout through.
func TestProviderInChromium(t *testing.T) {
	b := browser.Start(t)
	p := oidctest.Start(t)
	p.Login(oidctest.User{Subject: "1", Name: "Kari Nordmann"})
	front := httptest.NewServer(nil)
	t.Cleanup(front.Close)
	p.Serve(front.URL)
	ts := newTestServerWith(t, func(_ *Deps, c *auth.Config) {
		c.PublicURL, c.Issuer, c.ClientID, c.ClientSecret = front.URL, p.Issuer, oidctest.ClientID, oidctest.ClientSecret
	}, append(doors(), get("/bench", store.SignedIn, portal, bench(`<p id="in">Inne</p>`))))
	ts.clock.Advance(time.Since(ts.clock.Now())) // the provider's clock is the machine's
	front.Config.Handler = ts

	tab := b.Tab(t, browser.Options{})
	tab.Go(front.URL + "/bench?x=1")
	shot(tab, "login-hospital")
	tab.Sound()
	tab.Click(`a[href^="/login/begin"]`)
	tab.Wait("#in")
	if got := tab.URL(); got != front.URL+"/bench?x=1" {
		t.Errorf("the login leads to %s", got)
	}
	if got := tab.Text(".who"); !strings.Contains(got, "Kari Nordmann") || !strings.Contains(got, "Uten tilgang ennå") {
		t.Errorf("the head says %q", got)
	}
	tab.Click(".who")
	tab.Click(".user-menu__leave button")
	tab.Wait("main a[href='/login']")
	if got := tab.URL(); got != front.URL+"/signed-out" {
		t.Errorf("the logout ends at %s: %v", got, tab.Problems())
	}
	tab.Sound()
	tab.Go(front.URL + "/bench")
	if got := tab.URL(); !strings.HasPrefix(got, front.URL+"/login") {
		t.Errorf("after the logout: %s", got)
	}
}
