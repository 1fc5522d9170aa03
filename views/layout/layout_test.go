package layout

import (
	"context"
	"encoding/json"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
)

func render(t *testing.T, p PageProps) string {
	t.Helper()
	var b strings.Builder
	body := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<h1>Innhold</h1>")
		return err
	})
	if err := Page(p).Render(templ.WithChildren(t.Context(), body), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func user(may ...string) *User {
	return &User{Name: "Kaja Koordinator", Role: "Registerkoordinator", MaySee: func(path string) bool {
		for _, m := range may {
			if m == path {
				return true
			}
		}
		return false
	}}
}

func TestPage(t *testing.T) {
	html := render(t, PageProps{Title: "Kjøringer", Ctx: Ctx{Path: "/runs?state=held"}})
	for _, want := range []string{
		"<!doctype html><html lang=\"nb\" data-color-scheme=\"auto\" data-size=\"sm\">", "<title>Kjøringer – Samband</title>",
		`content="light dark"`, `<a class="ds-skip-link" href="#content">Hopp til innholdet</a>`, `<main id="content" tabindex="-1">`,
		"<h1>Innhold</h1>", `name="back" value="/runs?state=held"`, `href="/login"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %q in %s", want, html)
		}
	}
	if strings.Contains(html, "⟨") {
		t.Error("a text is missing")
	}
	for _, bad := range []string{`\sstyle=`, `\son[a-z]+=`, `<style`, `<script>`, `href="http`, `src="http`} {
		if m := regexp.MustCompile(bad).FindString(html); m != "" {
			t.Errorf("found %q", m)
		}
	}
}

func TestPageIsTheReaders(t *testing.T) {
	html := render(t, PageProps{Title: "Runs", Wide: true, Ctx: Ctx{Lang: text.EN, Theme: Dark, Demo: true, User: user("/runs", "/audit"), Path: "/runs/4812",
		Notices: []ds.NoteProps{{Text: "Saved."}}},
		Crumbs: []ds.Link{{Text: "Runs", Href: "/runs"}, {Text: "Run 4,812", Href: "/runs/4812"}}})
	for _, want := range []string{
		`lang="en" data-color-scheme="dark"`, `<meta name="color-scheme" content="dark">`, "Demonstration.", "page--wide", "Saved.",
		"Kaja Koordinator", "Registerkoordinator", `action="/logout"`, `<a href="/runs" aria-current="page">Runs</a>`, `<a href="/audit">Audit log</a>`,
		`value="dark" aria-pressed="true"`, `value="en" aria-pressed="true"`, `aria-label="Back to Runs"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %q in %s", want, html)
		}
	}
	for _, bad := range []string{`href="/today"`, `href="/admin"`, `href="/login"`} {
		if strings.Contains(html, bad) {
			t.Errorf("found %q, which this person may not open", bad)
		}
	}
}

func TestSection(t *testing.T) {
	for _, c := range []struct{ path, section, want string }{
		{"/runs", "", "/runs"}, {"/runs/4812?x=1", "", "/runs"}, {"/solutions/medinsight", "", "/catalogue"}, {"/", "", "/"},
		{"/codebooks/7", "", "/registries"}, {"/integrations/142", "/approvals", "/approvals"},
	} {
		if got := (PageProps{Ctx: Ctx{Path: c.path}, Section: c.section}).section(); got != c.want {
			t.Errorf("%s: %s, want %s", c.path, got, c.want)
		}
	}
}

// TestTexts holds that the frame has all its words in every language.
func TestTexts(t *testing.T) {
	for _, l := range []text.Lang{text.NB, text.NN, text.EN} {
		for _, u := range []*User{nil, {MaySee: func(string) bool { return true }}} {
			if html := render(t, PageProps{Title: "x", Ctx: Ctx{Lang: l, User: u, Demo: true}}); strings.Contains(html, "⟨") {
				t.Errorf("%s: a text is missing", l)
			}
		}
	}
}

func TestHtmxConfig(t *testing.T) {
	var c struct {
		AllowEval, IncludeIndicatorStyles *bool
		HistoryCacheSize                  *int
	}
	if err := json.Unmarshal([]byte(htmxConfig), &c); err != nil {
		t.Fatal(err)
	}
	if c.AllowEval == nil || *c.AllowEval || c.IncludeIndicatorStyles == nil || *c.IncludeIndicatorStyles {
		t.Error("htmx would break the content security policy")
	}
	if c.HistoryCacheSize == nil || *c.HistoryCacheSize != 0 {
		t.Error("htmx would keep pages in the browser's storage")
	}
}

func TestParseTheme(t *testing.T) {
	for in, want := range map[string]Theme{"dark": Dark, "light": Light, "auto": Auto, "": Auto, "pink": Auto} {
		if got := ParseTheme(in); got != want {
			t.Errorf("%q: %s", in, got)
		}
	}
}

func TestCtx(t *testing.T) {
	var c Ctx
	if got := c.T("nav.back", "page", "Kjøringer"); got != "Tilbake til Kjøringer" {
		t.Errorf("T: %q", got)
	}
	if got := c.ISO(time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)); got != "2026-11-23T02:30:00+01:00" {
		t.Errorf("ISO: %q", got)
	}
	if c.ISO(time.Time{}) != "" {
		t.Error("the zero time has a machine form")
	}
	var errs store.FieldErrors
	errs.Add("name", "internal", nil)
	if c.FieldError(errs, "name") != c.Error(errs[0]) || c.FieldError(errs, "other") != "" {
		t.Error("FieldError does not find its field")
	}
	if ps := c.Problems(errs); len(ps) != 1 || ps[0].Field != "name" || ps[0].Text == "" {
		t.Errorf("Problems: %v", ps)
	}
	if !c.MaySee("/catalogue") || c.MaySee("/runs") || (Ctx{User: &User{}}).MaySee("/runs") {
		t.Error("an anonymous reader sees the catalogue and nothing else")
	}
}
