package web

import (
	"net/http"
	"testing"

	"samband/store"
)

const icd = "2.16.578.1.12.4.1.1.7110"

func TestCodeSystems(t *testing.T) {
	g, _ := newMappingRegister(t)
	admin, reader := g.as(store.RoleAdmin, store.AllRegistries), g.as(store.RoleReader, "hjerte")
	const file = "kode;navn\nI21.4;Akutt infarkt\nI48;Atrieflimmer\n"
	answers(t, admin.get("/code-systems"), 200, "Ingen kodeverk er lest inn", "Les inn en versjon")
	answers(t, reader.get("/code-systems"), 200, "!Les inn en versjon")
	answers(t, reader.upload("/code-systems", "icd.csv", []byte(file), "system", "7110"), 403)
	answers(t, admin.upload("/code-systems", "icd.csv", []byte("a;b\n"), "system", "7110", "day", "2026-01-01"), 422, "en kolonne for kode")
	answers(t, admin.upload("/code-systems", "icd.csv", []byte(file), "system", "7110", "name", "ICD-10", "day", "2026-01-01"), 422, "hvilken versjon")
	say := []string{"system", "7110", "name", "ICD-10", "version", "2025", "day", "2026-01-01"}
	if w := admin.upload("/code-systems", "icd.csv", []byte(file), say...); w.Code != http.StatusSeeOther {
		t.Fatalf("read in: %d %s", w.Code, mainOf(w.Body.String()))
	}
	answers(t, admin.upload("/code-systems", "icd.csv", []byte(file+"I50;Svikt\n"), say...), 409, "En versjon endres aldri")
	say[5] = "2026"
	admin.upload("/code-systems", "icd.csv", []byte("kode;navn\nI21.4;Hjerteinfarkt\nI50;Svikt\n"), say...)
	if n := g.audited("code_system.import"); n != 2 {
		t.Errorf("%d lines in the log", n)
	}
	at := "/code-systems/version?system=" + icd + "&version="
	answers(t, reader.get(at+"2026"), 200, "1 ny, 1 borte, 1 med ny tekst.", "Hjerteinfarkt", "Nytt siden 2025")
	answers(t, reader.get(at+"2025&q=i214"), 200, "1 treff", "Akutt infarkt", "!Nytt siden")
	answers(t, reader.get(at+"2025&q=flimmer"), 200, "1 treff", "I48")
	answers(t, reader.get(at+"1999"), 404)
	answers(t, reader.get("/code-systems/version"), 404)

	// a mapping takes a version into use when somebody says so
	c, err := g.db.Codebook(t.Context(), "hjertebok", 0)
	if err != nil {
		t.Fatal(err)
	}
	c.Version++
	c.Variables = append(c.Variables, store.Variable{Name: "diagnose", Type: store.VarCode, System: icd, Class: store.Health})
	if err := g.db.SaveCodebook(t.Context(), c, seeder); err != nil {
		t.Fatal(err)
	}
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	pin := mappingOf + "/pin-list"
	answers(t, coordinator.get(mappingOf+"/national-lists"), 200, "ICD-10", "Ingen versjon er valgt", "Bruk versjon 2026")
	leads(t, coordinator.post(pin, "based", "2", "edits", "0", "system", icd, "version", "2025"), mappingOf+"/national-lists")
	answers(t, coordinator.get(mappingOf+"/national-lists"), 200, "Versjon 2025 er valgt", "1 med ny tekst")
	answers(t, coordinator.post(pin, "based", "2", "edits", "0", "system", icd, "version", "2026"), 409)
	answers(t, coordinator.post(pin, "based", "2", "edits", "1", "system", icd, "version", "1999"), 404)
	leads(t, coordinator.post(pin, "based", "2", "edits", "1", "system", icd, "version", "2026"), mappingOf+"/national-lists")
	answers(t, coordinator.get(mappingOf+"/national-lists"), 200, "Versjon 2026 er valgt", "!Bruk versjon")
	answers(t, reader.get(mappingOf+"/national-lists"), 200, "!Bruk versjon")
	answers(t, reader.post(pin, "system", icd, "version", "2026"), 403)

	// its codes are proposed and held against the list
	leads(t, coordinator.post(mappingOf+"/diagnose", "based", "2", "edits", "2", "s.n", "1", "s.0.kind", "copy", "s.0.from", "k_opphold",
		"do", "save"), mappingOf+"#variables")
	p := &store.SourceProfile{Rows: 9, Fields: []store.FieldProfile{{Name: "k_opphold", Top: []store.ValueCount{{Text: "i214", Rows: 9}}}}}
	if err := g.db.SaveSourceProfile(t.Context(), "hjerte-rdap", &store.Schema{}, p, seeder); err != nil {
		t.Fatal(err)
	}
	queue := mappingOf + "/code-queue/diagnose"
	answers(t, coordinator.get(queue), 200, "I21.4 – Hjerteinfarkt")
	answers(t, coordinator.post(queue, codeForm(2, 3, "i214", 0, "v.0.code", "X99", "v.0.relation", "equivalent", "do", "approve 0")...), 422)
	leads(t, coordinator.post(queue, codeForm(2, 3, "i214", 0, "v.0.code", "i214", "v.0.relation", "equivalent", "do", "approve 0")...), queue+"#queue")
	answers(t, coordinator.get(queue), 200, "Blir I21.4")
}
