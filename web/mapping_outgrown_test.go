package web

import (
	"slices"
	"testing"

	"samband/store"
)

// TestMappingOutgrown: a new version of the codebook that breaks the mapping in use is told of on the mapping's page, the
// integration's and the page of the day, with the way to what must be done; one that breaks nothing is not.
func TestMappingOutgrown(t *testing.T) {
	g, _ := newMappingRegister(t)
	kaja, reader := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleReader, "hjerte")
	book, err := g.db.Codebook(t.Context(), "hjertebok", 0)
	if err != nil {
		t.Fatal(err)
	}
	use := func(no, bookVersion int) {
		t.Helper()
		v, err := g.db.MappingVersion(t.Context(), "hjerte-rdap", 0)
		if err != nil {
			t.Fatal(err)
		}
		v.No, v.CodebookVersion = no, bookVersion
		i := g.integration("hjerte-rdap")
		if err := g.db.SaveMapping(t.Context(), v, seeder); err != nil {
			t.Fatal(err)
		}
		if bookVersion == book.Version {
			return
		}
		if err := g.db.UseMapping(t.Context(), i.ID, i.Version, no, seeder); err != nil {
			t.Fatal(err)
		}
	}
	publish := func(change func(*store.Codebook)) {
		t.Helper()
		book.Version++
		change(book)
		if err := g.db.SaveCodebook(t.Context(), book, seeder); err != nil {
			t.Fatal(err)
		}
	}
	publish(func(b *store.Codebook) { b.Variables[1].Label = "Vekta" })
	use(3, 1)
	pages := []string{mappingOf, "/integrations/hjerte-rdap", "/today"}
	for _, page := range pages {
		answers(t, kaja.get(page), 200, "!passer ikke i kodebok")
	}

	publish(func(b *store.Codebook) { b.Variables[1].Unit = "g" })
	compare := "/codebooks/hjertebok/compare?from=1&amp;to=3"
	answers(t, kaja.get(mappingOf), 200, "Mappingen passer ikke i kodebok versjon 3", "Mappingversjon 3 er laget for kodebok versjon 1", `href="#v-vekt"`,
		compare, "Rett det som ikke passer")
	answers(t, reader.get("/integrations/hjerte-rdap"), 200, "Mappingen passer ikke i kodebok versjon 3", `href="`+mappingOf+`">Rett mappingen`, compare)
	answers(t, kaja.get("/today"), 200, "Hjertekirurgi fra plattformen passer ikke i kodebok versjon 3", `href="`+mappingOf+`"`)
	answers(t, reader.get("/today"), 200, "!passer ikke i kodebok")

	use(4, 3) // saved, not in use
	answers(t, kaja.get("/today"), 200, "Mappingversjon 4 er laget for kodebok versjon 3", `href="`+mappingOf+`/all-versions"`)
	i := g.integration("hjerte-rdap")
	if err := g.db.UseMapping(t.Context(), i.ID, i.Version, 4, seeder); err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		answers(t, kaja.get(page), 200, "!passer ikke i kodebok")
	}
}

// TestMappingOfGoneVariable: the rule of a variable that a new codebook has no more stands in no row of the table. It is
// named, it can be taken away, and that can be undone.
func TestMappingOfGoneVariable(t *testing.T) {
	g, _ := newMappingRegister(t)
	kaja, reader := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleReader, "hjerte")
	book, err := g.db.Codebook(t.Context(), "hjertebok", 0)
	if err != nil {
		t.Fatal(err)
	}
	answers(t, kaja.get(mappingOf), 200, "!hører til variabler")
	book.Version++
	book.Variables = slices.DeleteFunc(book.Variables, func(v store.Variable) bool { return v.Name == "vekt" })
	if err := g.db.SaveCodebook(t.Context(), book, seeder); err != nil {
		t.Fatal(err)
	}
	answers(t, kaja.get(mappingOf), 200, "1 regel hører til variabler", `name="drop" value="vekt"`)
	answers(t, reader.get(mappingOf), 200, `!name="drop" value="vekt"`)
	leads(t, kaja.post(mappingOf+"/connect-field", "based", "2", "edits", "0", "drop", "vekt"), mappingOf+"#variables")
	answers(t, kaja.get(mappingOf), 200, "!hører til variabler")
	leads(t, kaja.post(mappingOf+"/undo-edit", "based", "2", "edits", "1"), mappingOf+"#variables")
	answers(t, kaja.get(mappingOf), 200, "1 regel hører til variabler")
}
