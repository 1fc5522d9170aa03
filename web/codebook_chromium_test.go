package web

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/web/e2e/browser"
)

// TestCodebookInChromium: the pages of a codebook in the making are sound however they are read.
func TestCodebookInChromium(t *testing.T) {
	b := browser.Start(t)
	g, books := newCodebookRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	leads(t, kaja.upload(bookAt+"/upload", "bok.csv", []byte("Opphold;opphold;text\nMål;vekt;integer\nMål;Høyde;decimal\nMål;fnr;text"), "version", "0"),
		bookAt+"/draft")
	leads(t, kaja.post(bookAt+"/draft/variables/vekt", vektForm(1, "unit", "kg", "codes", "1 = Ja\n9 = Ukjent", "missing", "9")...), bookAt+"/draft#variables")
	books.effects = []store.BookEffect{{Integration: *g.integration("hjerte-rdap"), Broken: []store.MappingBreak{{No: 1, Faults: []*store.Error{
		store.FieldError("rules.vekt", "codebook.unit_changed", store.Args{"variable": "vekt", "from": "", "to": "kg"})}}}}}
	srv := httptest.NewServer(g)
	t.Cleanup(srv.Close)
	for name, o := range map[string]browser.Options{"light": {}, "dark": {Scheme: "dark"}, "narrow": {Width: 320}} {
		t.Run(name, func(t *testing.T) {
			g.clock.Advance(time.Minute) // nobody may log in as often as this test does
			tab := b.Tab(t, o)
			tab.Go(srv.URL + "/login?return=/account")
			tab.Click("button[name=persona][value=kaja]")
			tab.Arrive("/account")
			for _, path := range []string{bookAt, bookAt + "/draft", bookAt + "/draft/variables/vekt", bookAt + "/upload",
				"/registries/hjerte/codebooks/new"} {
				tab.Go(srv.URL + path)
				shot(tab, "book-"+name+strings.ReplaceAll(path, "/", "-"))
				tab.Sound()
			}
		})
	}
}
