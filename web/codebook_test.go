package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samband/store"
)

// testCodebooks reads files where each line is one variable, «form;name;type», and says what it was told to of effects.
type testCodebooks struct{ effects []store.BookEffect }

func (*testCodebooks) CodebookFormats() []string { return []string{"redcap", "mrs"} }

func (*testCodebooks) ReadCodebook(format string, files []store.SentFile) (*store.Dictionary, error) {
	d := &store.Dictionary{Format: "redcap", Title: "Fra fil"}
	for _, f := range files {
		row := 0
		for line := range strings.Lines(string(f.Data)) {
			row++
			p := strings.Split(strings.TrimSpace(line), ";")
			if len(p) != 3 {
				return nil, store.UnknownType(f.Name, row, p[0], "tull")
			}
			d.Variables = append(d.Variables, store.Definition{Form: p[0], Name: p[1], Type: store.VarType(p[2]), Row: row})
		}
	}
	if !slices.ContainsFunc(d.Variables, func(v store.Definition) bool { return v.Name != "" }) {
		return nil, d.Check()
	}
	d.CheckTwice()
	return d, nil
}

func (*testCodebooks) FormatCodebook(c *store.Codebook) ([]byte, error) {
	return []byte("samband: 1\ncodebooks:\n  - id: " + c.ID + "\n    version: " + strconv.Itoa(c.Version) + "\n"), nil
}

func (t *testCodebooks) CodebookEffect(context.Context, *store.Codebook) ([]store.BookEffect, error) {
	return t.effects, nil
}

func newCodebookRegister(t *testing.T) (*register, *testCodebooks) {
	g, b := newRegister(t), &testCodebooks{}
	g.Codebooks, g.CSV = b, func(w io.Writer) RowWriter { return plainCSV{w} }
	return g, b
}

const bookAt = "/codebooks/hjertebok"

// vektForm is the form of the variable vekt as somebody sends it; what stands first counts.
func vektForm(edits int, more ...string) []string {
	return append(more, "version", strconv.Itoa(edits), "name", "vekt", "label", "Vekt", "form", "Mål", "type", "integer", "class", "health")
}

func TestCodebookDraftFromVersion(t *testing.T) {
	g, books := newCodebookRegister(t)
	kaja, reader := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleReader, "hjerte")
	answers(t, kaja.get(bookAt), 200, "Last opp ny versjon", "Endre denne versjonen", "Last ned som YAML", "!Det finnes en kladd")
	answers(t, reader.get(bookAt), 200, "!Last opp ny versjon", "!Endre denne versjonen", "Last ned som YAML")
	answers(t, kaja.get(bookAt+"/draft"), http.StatusNotFound, "har ingen kladd")
	answers(t, reader.get(bookAt+"/draft"), http.StatusForbidden)
	answers(t, g.as(store.RoleCoordinator, "lunge").get(bookAt+"/draft"), http.StatusNotFound)
	answers(t, g.as(store.RoleAdmin, "*").get(bookAt+"/upload"), 200)
	kaja = g.as(store.RoleCoordinator, "hjerte")

	leads(t, kaja.post(bookAt+"/draft", "version", "1"), bookAt+"/draft")
	leads(t, kaja.post(bookAt+"/draft", "version", "1"), bookAt+"/draft") // there already: shown, not written over
	answers(t, kaja.get(bookAt+"/draft"), 200, "Blir versjon 2, med 2 variabler", "Ingenting er endret.", "Det finnes en kladd")
	answers(t, kaja.get(bookAt), 200, "Åpne kladden")
	answers(t, reader.get(bookAt), 200, "!Åpne kladden")
	answers(t, kaja.post(bookAt+"/draft/publish", "version", "1", "message", "Ingenting"), 422, "lik versjon 1")

	// a variable: what is wrong stands at its field, and what was written stays
	at := bookAt + "/draft/variables/vekt"
	answers(t, kaja.get(at), 200, "Variabelen vekt", `value="Vekt"`)
	answers(t, kaja.get(bookAt+"/draft/variables/finnes_ikke"), http.StatusNotFound)
	answers(t, kaja.post(at, vektForm(1, "min", "ti")...), 422, "f-min-error", `value="ti"`)
	answers(t, kaja.post(at, vektForm(1, "min", "9", "max", "2")...), 422, "f-min-error", "ikke være over")
	answers(t, kaja.post(at, vektForm(1, "name", "Vekt i kg")...), 422, "kan ikke brukes som variabelnavn")
	answers(t, kaja.post(at, vektForm(1, "codes", "1 = Ja\n1 = Nei")...), 422, "f-codes-error", "to ganger")
	answers(t, kaja.post(at, vektForm(1, "codes", "1 = Ja", "missing", "9")...), 422, "f-missing-error")
	answers(t, kaja.post(at, vektForm(1, "required", "on", "computed", "on")...), 422, "f-computed-error")
	answers(t, kaja.post(at, vektForm(1, "class", "direct")...), 422, "f-class-error")
	leads(t, kaja.post(at, vektForm(1, "unit", "kg", "min", "2", "max", "400", "required", "on", "codes", "1 = Ja = nå\n9 = Ukjent", "missing", "9",
		"condition", "[x] = 1")...), bookAt+"/draft#variables")
	d, err := g.db.CodebookDraft(t.Context(), "hjertebok")
	if err != nil {
		t.Fatal(err)
	}
	v := d.Codebook.Variable("vekt")
	if !v.Required || *v.Min != 2 || v.Unit != "kg" || len(v.Codes) != 2 || v.Codes[0].Label != "Ja = nå" || v.Codes[0].Missing || !v.Codes[1].Missing {
		t.Errorf("kept %+v", v)
	}
	answers(t, kaja.get(bookAt+"/draft"), 200, "Vekt (vekt): ny enhet", "Vekt (vekt): nye grenser", "2–400", "koden 9 er ny", "Gjelder når [x] = 1",
		"Filen sier ikke obligatorisk")

	// a second window is told, and writes nothing over the first
	answers(t, kaja.post(at, vektForm(1, "unit", "g")...), http.StatusConflict, "Er nå lagret som: kg", `value="g"`)
	answers(t, kaja.post(bookAt+"/draft/key", "version", "1", "title", "Min", "key", "opphold"), http.StatusConflict, "Ingenting av ditt er lagret", `value="Min"`)
	answers(t, kaja.post(bookAt+"/draft/publish", "version", "1", "message", "x"), http.StatusConflict)
	answers(t, kaja.post(bookAt+"/draft/discard", "version", "1"), http.StatusConflict)
	answers(t, kaja.upload(bookAt+"/upload", "a.csv", []byte("A;x;text"), "version", "1", "format", ""), http.StatusConflict, "mens du valgte fil")

	// key and title, a new name, another variable, one less
	answers(t, kaja.post(bookAt+"/draft/key", "version", "2", "title", "Min", "key", "opphold, høyde"), 422, "f-key-error", "høyde")
	leads(t, kaja.post(bookAt+"/draft/key", "version", "2", "title", "Min bok", "key", "opphold, vekt"), bookAt+"/draft#about")
	leads(t, kaja.post(bookAt+"/draft/variables", "version", "3", "name", "hoeyde", "form", "Mål", "type", "decimal", "class", "health"), bookAt+"/draft#variables")
	answers(t, kaja.get(bookAt+"/draft/variables/new-variable"), 200, "Ny variabel")
	answers(t, kaja.post(bookAt+"/draft/variables", "version", "4", "name", "hoeyde", "form", "Mål", "type", "decimal", "class", "health"), 422, "to ganger")
	leads(t, kaja.post(bookAt+"/draft/variables/hoeyde", "version", "4", "name", "hoyde_cm", "form", "Mål", "type", "decimal", "class", "health", "key", "on"), bookAt+"/draft#variables")
	d, _ = g.db.CodebookDraft(t.Context(), "hjertebok")
	if v := d.Codebook.Variable("hoyde_cm"); v == nil || v.Origin != "hoeyde" || strings.Join(d.Codebook.Key, " ") != "opphold vekt hoyde_cm" {
		t.Errorf("renamed: %+v, key %q", v, d.Codebook.Key)
	}
	leads(t, kaja.post(bookAt+"/draft/variables/hoyde_cm/remove", "version", "5"), bookAt+"/draft#variables")
	answers(t, kaja.post(bookAt+"/draft/variables/hoyde_cm", "version", "6", "name", "x", "form", "", "type", "text", "class", "health"), http.StatusConflict, "ingen variabel")

	// what breaks is named, and wants a yes
	books.effects = []store.BookEffect{{Integration: *g.integration("hjerte-rdap"), Broken: []store.MappingBreak{{No: 1, Faults: []*store.Error{
		store.FieldError("rules.vekt", "codebook.unit_changed", store.Args{"variable": "vekt", "from": "", "to": "kg"})}}}}}
	answers(t, kaja.get(bookAt+"/draft"), 200, "1 integrasjon må rettes", "Hjertekirurgi fra plattformen", "Mappingversjon 1: Regelen for vekt")
	answers(t, kaja.post(bookAt+"/draft/publish", "version", "6", "message", "Vekt i kilo"), 422, "f-accept-error", `value="Vekt i kilo"`)
	answers(t, kaja.post(bookAt+"/draft/publish", "version", "6", "accept", "on"), 422, "f-message-error")
	saved := g.audited("codebook.save")
	leads(t, kaja.post(bookAt+"/draft/publish", "version", "6", "message", "Vekt i kilo", "accept", "on"), bookAt+"#versions")
	if g.audited("codebook.save") != saved+1 {
		t.Error("the log doesn't say that it was published")
	}
	answers(t, kaja.get(bookAt), 200, "Versjon 2, den nyeste", "Vekt i kilo", "!Åpne kladden", "/compare?from=1&amp;to=2", "Min bok")
	answers(t, kaja.get(bookAt+"/compare?from=1&to=2"), 200, "Tittelen er endret", "ny enhet")
	answers(t, reader.get(bookAt+"/compare?from=2&to=2"), 200, "Ingenting er endret")
	answers(t, kaja.get(bookAt+"/compare?from=1&to=9"), http.StatusNotFound)
	answers(t, kaja.get(bookAt+"/compare?from=x"), http.StatusNotFound)
	answers(t, kaja.post(bookAt+"/draft/publish", "version", "6", "message", "Igjen"), http.StatusConflict, "Noen kan ha publisert")
	w := reader.get(bookAt + "/yaml?version=1")
	answers(t, w, 200, "version: 1")
	if got := w.Header().Get("Content-Disposition"); got != "attachment; filename=hjertebok-1.yaml" {
		t.Error(got)
	}
	answers(t, kaja.get(bookAt+"/csv"), 200, "Navn i filen", "[x] = 1", "betyr ikke kjent")
}

// TestCodebookOvertaken: a version that somebody else publishes is shown before the draft can be.
func TestCodebookOvertaken(t *testing.T) {
	g, _ := newCodebookRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	leads(t, kaja.post(bookAt+"/draft", "version", "1"), bookAt+"/draft")
	b, err := g.db.Codebook(t.Context(), "hjertebok", 1)
	if err != nil {
		t.Fatal(err)
	}
	b.Version, b.Title, b.Message = 2, "Deres bok", "Fra skallet"
	if err := g.db.SaveCodebook(t.Context(), b, seeder); err != nil {
		t.Fatal(err)
	}
	leads(t, kaja.post(bookAt+"/draft/variables/vekt", vektForm(1, "unit", "kg")...), bookAt+"/draft#variables")
	answers(t, kaja.get(bookAt+"/draft"), 200, "publiserte versjon 2 mens kladden lå her", "Fra skallet", "Deres bok", "!Publiser versjon")
	answers(t, kaja.post(bookAt+"/draft/publish", "version", "2", "message", "Min"), http.StatusConflict, "publiserte versjon 2")
	answers(t, kaja.post(bookAt+"/draft/keep", "version", "2", "newest", "1"), 422)
	leads(t, kaja.post(bookAt+"/draft/keep", "version", "2", "newest", "2"), bookAt+"/draft#publish")
	answers(t, kaja.get(bookAt+"/draft"), 200, "Publiser versjon 3", "Tittelen er endret")
	leads(t, kaja.post(bookAt+"/draft/discard", "version", "3"), bookAt)
	answers(t, kaja.get(bookAt), 200, "Kladden er forkastet.")
}

func TestCodebookUpload(t *testing.T) {
	g, _ := newCodebookRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	answers(t, g.as(store.RoleReader, "hjerte").get("/registries/hjerte/codebooks/new"), http.StatusForbidden)
	kaja = g.as(store.RoleCoordinator, "hjerte")
	answers(t, kaja.get("/registries/lunge/codebooks/new"), http.StatusNotFound)
	answers(t, kaja.get("/registries/hjerte"), 200, "/registries/hjerte/codebooks/new")
	const at = "/registries/hjerte/codebooks"
	answers(t, kaja.get(at+"/new"), 200, `enctype="multipart/form-data"`, "REDCap", "Høyst 32 MB")
	answers(t, kaja.upload(at, "bok.csv", []byte("A;x"), "id", "ny-bok"), 422, "rad 1 i bok.csv", "Ukjent type", `value="ny-bok"`)
	answers(t, kaja.upload(at, "bok.csv", []byte("A;;text"), "id", "ny-bok"), 422, "Filen har ingen variabler", "A, rad 1: ")
	answers(t, kaja.upload(at, "bok.csv", []byte("A;x;text"), "id", "Ny bok"), 422, "f-id-error")
	answers(t, kaja.upload(at, "bok.csv", []byte("A;x;text"), "id", "hjertebok"), 422, "f-id-error")
	answers(t, kaja.upload(at, "bok.csv", []byte("A;x;text"), "id", "ny-bok", "format", "pdf"), 422, "f-format-error")
	leads(t, kaja.upload(at, "bok.csv", []byte("A;record_id;text\nA;Vekt;decimal\nA;fnr;text\nB;Vekt;integer\nB;Vekt;integer"), "id", "ny-bok"), "/codebooks/ny-bok/draft")
	answers(t, kaja.upload(at, "bok.csv", []byte("A;x;text"), "id", "ny-bok"), 422, "f-id-error")
	const draft = "/codebooks/ny-bok/draft"
	answers(t, kaja.get(draft), 200, "Fra fil", "bok.csv", "SHA-256", "2 merknader", "fnr peker direkte ut en person", "A, rad 3", "a_vekt", "b_vekt",
		"Dette blir den første versjonen", "Heter «Vekt» i filen")
	answers(t, kaja.get("/registries/hjerte"), 200, draft)
	answers(t, kaja.get("/codebooks/ny-bok"), http.StatusNotFound)
	leads(t, kaja.post(draft+"/publish", "version", "1", "message", "Fra REDCap"), "/codebooks/ny-bok#versions")
	answers(t, kaja.get("/codebooks/ny-bok"), 200, "bok.csv", "Fra REDCap")

	// the next file goes over what people decided; a form that only changed its name is the same
	answers(t, kaja.upload("/codebooks/ny-bok/upload", "", []byte(""), "version", "0"), 422, "f-file-error")
	leads(t, kaja.upload("/codebooks/ny-bok/upload", "bok2.csv", []byte("Ny A;record_id;text\nNy A;Vekt;integer\nC;y;text"), "version", "0", "format", "redcap"), draft)
	answers(t, kaja.get(draft), 200, "Skjemaet «A» ser ut til å hete «Ny A»", "ny type", "Fjernet: 1", "Lagt til: 1", "Et skjema har fått nytt navn")
	answers(t, kaja.get("/codebooks/ny-bok/upload"), 200, "Filen legges over kladden")
	answers(t, kaja.post(draft+"/forms", "version", "1"), 422, "f-forms-error")
	leads(t, kaja.post(draft+"/forms", "version", "1", "forms", "fNy A"), draft+"#forms")
	answers(t, kaja.get(draft), 200, "Blir versjon 2, med 2 variabler", "!Lagt til")

	// from nothing
	leads(t, kaja.upload(at, "", []byte(""), "id", "tom-bok", "title", "Tom bok"), "/codebooks/tom-bok/draft")
	answers(t, kaja.get("/codebooks/tom-bok/draft"), 200, "Tom bok", "har ingen variabler", "Velg nøkkelen")
	answers(t, kaja.post("/codebooks/tom-bok/draft/publish", "version", "1", "message", "x"), 422, "må rettes før")
	leads(t, kaja.post("/codebooks/tom-bok/draft/discard", "version", "1"), "/registries/hjerte")
}

// TestWideCodebook: a file that is too wide has a way out, and its pages are small and quick.
func TestWideCodebook(t *testing.T) {
	g, _ := newCodebookRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	var b strings.Builder
	b.WriteString("Skjema 0;record_id;text\n")
	for i := range 2500 {
		fmt.Fprintf(&b, "Skjema %d;v%d;integer\n", i/500, i)
	}
	leads(t, kaja.upload("/registries/hjerte/codebooks", "bred.csv", []byte(b.String()), "id", "bred"), "/codebooks/bred/draft")
	const draft = "/codebooks/bred/draft"
	answers(t, kaja.get(draft), 200, "900 variabler. Velg bort skjemaer", `href="#forms"`, "Viser 1–100 av 501", "v98", "!>v100<")
	answers(t, kaja.get(draft+"?form=1&page=2"), 200, "v600", "!>v500<")
	answers(t, kaja.get(draft+"?q=v249"), 200, "v2490", "v249", "!>v250<")
	answers(t, kaja.get(draft+"?q=finnesikke"), 200, "Ingen variabler")
	answers(t, kaja.post(draft+"/publish", "version", "1", "message", "x"), 422)
	leads(t, kaja.post(draft+"/forms", "version", "1", "forms", "fSkjema 0", "forms", "fSkjema 1", "forms", "fSkjema 2"), draft+"#forms")
	leads(t, kaja.post(draft+"/publish", "version", "2", "message", "Tre skjemaer"), "/codebooks/bred#versions")
	w := kaja.get("/codebooks/bred?form=2")
	answers(t, w, 200, "v1050", "501 variabler")
	if n := w.Body.Len(); n > 300<<10 {
		t.Errorf("the page has %d bytes", n)
	}
}
