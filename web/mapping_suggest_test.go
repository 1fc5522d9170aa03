package web

import (
	"testing"

	"samband/store"
)

func TestSuggestionAccept(t *testing.T) {
	g, _ := newMappingRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	at := mappingOf + "/accept-suggestion"
	answers(t, coordinator.post(at, "based", "2", "edits", "0", "take", "vekt k_vekt"), 409) // it has a rule
	leads(t, coordinator.post(mappingOf+"/vekt", "based", "2", "edits", "0", "s.n", "0", "do", "clear"), mappingOf+"#variables")
	for _, c := range []struct {
		variable, field, based, edits string
		want                          int
	}{
		{"vekt", "fnr", "2", "1", 409}, {"vekt", "nei", "2", "1", 409}, {"nei", "k_vekt", "2", "1", 409},
		{"vekt", "k_vekt", "2", "0", 409}, {"vekt", "k_vekt", "x", "1", 409},
	} {
		answers(t, coordinator.post(at, "based", c.based, "edits", c.edits, "take", c.variable+" "+c.field), c.want)
	}
	leads(t, coordinator.post(at, "based", "2", "edits", "1", "take", "vekt k_vekt"), mappingOf+"#v-vekt")
	answers(t, coordinator.get(mappingOf), 200, "k_vekt er mappet til Vekt.", "Regel for Vekt:", `<span class="rule">heltall</span>`)
	leads(t, coordinator.post(mappingOf+"/undo-edit", "edits", "2"), mappingOf+"#variables")
	answers(t, coordinator.get(mappingOf), 200, "Godtok forslaget k_vekt til Vekt", "Ikke mappet")
	answers(t, g.as(store.RoleReader, "hjerte").post(at, "take", "vekt k_vekt"), 403)
	answers(t, g.as(store.RoleCoordinator, "lunge").post(at, "take", "vekt k_vekt"), 404)
}

func TestSuggestionsAccept(t *testing.T) {
	g, _ := newMappingRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	at := mappingOf + "/accept-suggestions"
	leads(t, coordinator.post(mappingOf+"/vekt", "based", "2", "edits", "0", "s.n", "0", "do", "clear"), mappingOf+"#variables")
	answers(t, coordinator.post(at, "based", "2", "edits", "1", "score", "20"), 422)
	answers(t, coordinator.post(at, "based", "2", "edits", "0", "score", "50"), 409)
	leads(t, coordinator.post(at, "based", "2", "edits", "1", "score", "100"), mappingOf+"#variables")
	answers(t, coordinator.get(mappingOf), 200, "Ingen forslag er så sikre som 100 %")
	leads(t, coordinator.post(at, "based", "2", "edits", "1", "score", "50"), mappingOf+"#v-vekt")
	answers(t, coordinator.get(mappingOf), 200, "1 forslag er godtatt", "Regel for Vekt:", `<span class="rule">heltall</span>`)
	answers(t, g.as(store.RoleReader, "hjerte").post(at, "score", "50"), 403)

	leads(t, coordinator.post(mappingOf+"/undo-edit", "edits", "2"), mappingOf+"#variables")
	answers(t, coordinator.get(mappingOf), 200, "Godta alle forslag med", "av 100: 1</option>")
	coordinator.header.Set("HX-Request", "true")
	answers(t, coordinator.post(at, "based", "2", "edits", "3", "score", "100"), 200, `<p id="map-said">Ingen forslag er så sikre som 100 %`, "!v-vekt")
	answers(t, coordinator.post(at, "based", "2", "edits", "3", "score", "50", "several", "on"), 200, `<p id="map-said">1 forslag er godtatt`,
		"1 av 1 krav dekket", `id="v-vekt"`, `<div id="map-accept"></div>`)
}
