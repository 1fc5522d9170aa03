package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"samband/store"
)

// upload sends a form with a file, as a browser does.
func (v *visitor) upload(path, name string, content []byte, fields ...string) *httptest.ResponseRecorder {
	v.ts.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(fields); i += 2 {
		if err := form.WriteField(fields[i], fields[i+1]); err != nil {
			v.ts.t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		v.ts.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		v.ts.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		v.ts.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return v.do(r)
}

func TestDocumentFile(t *testing.T) {
	good := []byte("%PDF-1.7\nvurdert\n%%EOF\n")
	for _, kind := range []string{"ros", "ld"} {
		t.Run(kind, func(t *testing.T) {
			g := newRegister(t)
			coordinator, reader := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleReader, "lunge")
			leads(t, coordinator.post("/"+kind, "id", "ny", "title", "Ny"), "/"+kind+"/ny/1")
			at := "/" + kind + "/ny/1"
			file := at + "/document"
			answers(t, coordinator.get(at), 200, `enctype="multipart/form-data"`, "Ingen PDF er lastet opp")
			answers(t, reader.get(at), 200, `!enctype="multipart/form-data"`)
			answers(t, reader.get(file), http.StatusNotFound)

			answers(t, coordinator.upload(file, "ros.pdf", []byte("MZ\x90\x00"), "version", "1"), 422, "Filen er ikke en PDF", `id="f-file-error"`)
			answers(t, coordinator.upload(file, "ros.pdf", []byte("%PDF-1.7 avkuttet"), "version", "1"), 422, "slutter for tidlig")
			answers(t, coordinator.upload(file, "pasient 17837130158.pdf", good, "version", "1"), 422, `id="f-file-error"`, "!17837130158")
			answers(t, coordinator.upload(file, "", nil, "version", "1"), 422, `id="f-file-error"`)
			large := append([]byte("%PDF-"), bytes.Repeat([]byte("x"), store.DocumentLimit)...)
			answers(t, coordinator.upload(file, "ros.pdf", append(large, "%%EOF"...), "version", "1"), 422, "for stor")
			answers(t, coordinator.upload(file, "ros.pdf", append(large, bytes.Repeat([]byte("x"), 1<<20)...), "version", "1"),
				http.StatusRequestEntityTooLarge)
			answers(t, reader.upload(file, "ros.pdf", good, "version", "1"), http.StatusForbidden)
			answers(t, coordinator.upload(file, "ros.pdf", good, "version", "7"), http.StatusConflict)
			answers(t, coordinator.get(at), 200, "Ingen PDF er lastet opp") // after all that

			leads(t, coordinator.upload(file, `..\..\ond"; x=.html`, good, "version", "1"), at+"#document")
			w := reader.get(file)
			answers(t, w, 200)
			for name, want := range map[string]string{"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff",
				"Content-Disposition": `attachment; filename="ond__ x=.html.pdf"`, "Content-Length": "23"} {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s: %s, want %s", name, got, want)
				}
			}
			if !bytes.Equal(w.Body.Bytes(), good) {
				t.Error("another file came back")
			}
			if w := g.anonymous().get(file); w.Code == http.StatusOK {
				t.Error("anybody can fetch it")
			}
			answers(t, reader.post(file+"/drop", "version", "2"), http.StatusForbidden)
			answers(t, coordinator.post(file+"/drop", "version", "1"), http.StatusConflict)
			leads(t, coordinator.post(file+"/drop", "version", "2"), at+"#document")
			answers(t, coordinator.get(file), http.StatusNotFound)

			decided := "/" + kind + "/" + kind + "-1/1/document"
			answers(t, coordinator.upload(decided, "ros.pdf", good, "version", "1"), http.StatusConflict, "ikke lenger kladd")
		})
	}
}

func TestRisks(t *testing.T) {
	g := newRegister(t)
	coordinator, officer := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleSecurity, store.AllRegistries)
	leads(t, coordinator.post("/ros", "id", "ny", "title", "Ny", "methods", "rdap-filer", "classes", "health", "classes",
		"indirect", "fields", "AVD\nPOST", "scale", "1", "participants", "Systemeier",
		"text", "Filer", "method", "Møte", "day", "2026-11-01"), "/ros/ny/1")
	answers(t, coordinator.post("/ros", "id", "to", "title", "", "scale", "1", "day", "2099-01-01"), 422, `id="f-title-error"`,
		`id="f-day-error"`)
	at := "/ros/ny/1"
	answers(t, coordinator.get(at), 200, "Regional dataplattform: Filer", "AVD, POST", "Ingen risikoer", at+"/risks/new")
	answers(t, coordinator.get(at+"/edit"), 200, `value="rdap-filer" checked`, `value="health" checked`)
	answers(t, coordinator.post("/ros", "id", "to", "title", "To", "methods", "finnes-ikke"), 422, `id="f-methods-error"`)

	// measures and risks
	leads(t, coordinator.post(at+"/measures", "text", "Kontroll av antall", "owner_role", "Systemeier", "due_on",
		"2027-01-01", "state", "open"), at+"#measures")
	answers(t, coordinator.post(at+"/measures", "text", "", "state", "done"), 422, `id="f-text-error"`, `id="f-owner_role-error"`)
	answers(t, coordinator.post(at+"/measures", "text", "x", "owner_role", "y", "state", "done"), 422, `id="f-done_on-error"`)
	answers(t, coordinator.get(at+"/risks/new"), 200, "1. Kontroll av antall", "4 Sannsynlig")
	leads(t, coordinator.post(at+"/risks", "scenario", "Feil person får svaret", "likelihood", "4", "consequence", "5",
		"dimensions", "privacy", "treatment", "reduce", "measures", "1", "touches", "field"), at+"#risks")
	answers(t, coordinator.post(at+"/risks", "scenario", "", "likelihood", "6", "measures", "9"), 422, `id="f-scenario-error"`,
		`id="f-likelihood-error"`, `id="f-measures-error"`)
	answers(t, coordinator.post(at+"/risks", "scenario", "Mer", "likelihood", "2", "consequence", "2", "residual_likelihood",
		"2", "residual_consequence", "3", "accepted_on", "2026-11-01"), 422, `id="f-residual_consequence-error"`)
	answers(t, coordinator.get(at), 200, "!«»", "1. Feil person får svaret", "4 × 5 = 20, uakseptabel", `class="riskgrid"`,
		"20 uakseptabel", `aria-label="Risiko 1: Feil person får svaret"`)

	// what is unacceptable can't be accepted, and the page says so
	leads(t, coordinator.post(at+"/state", "version", "3", "to", "performed"), at)
	answers(t, coordinator.get(at), 200, "krever rollen sikkerhetsleder", `!value="accepted"`)
	answers(t, officer.get(at), 200, "uakseptabel på skalaen", `!value="accepted"`, `value="rejected"`)
	accept := []string{"to", "accepted", "valid_to", "2027-11-01"}
	answers(t, officer.post(at+"/state", append(accept, "version", "4")...), http.StatusConflict, "Feil person får svaret")
	answers(t, officer.post(at+"/state", "version", "4", "to", "rejected"), 422, "reason-rejected-error")
	edit := []string{"scenario", "Feil person får svaret", "likelihood", "4", "consequence", "5", "treatment", "reduce",
		"measures", "1", "residual_likelihood", "1", "residual_consequence", "5"}
	answers(t, coordinator.post(at+"/risks/1", append(edit, "version", "2")...), http.StatusConflict, "Noen andre")
	leads(t, coordinator.post(at+"/risks/1", append(edit, "version", "4")...), at+"#risks")
	answers(t, officer.get(at), 200, "1 × 5 = 5, moderat", `data-color="yellow"`, `value="2027-11-23"`) // the scale's 12 months are proposed
	answers(t, officer.post(at+"/state", "version", "5", "to", "accepted_with_conditions", "valid_to", "2027-11-01"), 422,
		"conditions-accepted_with_conditions-error")
	leads(t, officer.post(at+"/state", append(accept, "version", "5", "reason", "Restrisikoen er moderat")...), at)
	answers(t, officer.get(at), 200, "Neste gjennomgang senest", "1. november 2027", "Restrisikoen er moderat", "!"+at+"/risks/new")

	// decided content stands; how far a measure has come does not
	answers(t, coordinator.post(at+"/risks", "scenario", "Ny", "likelihood", "1", "consequence", "1"), http.StatusConflict)
	answers(t, coordinator.post(at+"/risks/1", append(edit, "version", "6", "cause", "Ny")...), http.StatusConflict)
	answers(t, coordinator.post(at+"/risks/1/remove", "version", "6"), http.StatusConflict)
	answers(t, coordinator.post(at+"/measures/1/remove", "version", "6"), http.StatusConflict)
	answers(t, coordinator.get(at+"/measures/1"), 200, "Analysen er vedtatt", `!name="text"`)
	leads(t, coordinator.post(at+"/measures/1", "version", "6", "state", "done", "done_on", "2026-11-20", "evidence", "Sak 7",
		"text", "Noe annet"), at+"#measures")
	answers(t, coordinator.get(at), 200, "1. Kontroll av antall", "Sak 7", "!Noe annet")
	answers(t, coordinator.get(at+"/risks/7"), http.StatusNotFound)
	answers(t, coordinator.get(at+"/measures/x"), http.StatusNotFound)

	// the next version carries them over, to be assessed anew
	leads(t, coordinator.post("/ros", "from", "ny", "title", "Ny gjennomgang", "methods", "rdap-filer", "scale", "1"),
		"/ros/ny/2")
	answers(t, coordinator.get("/ros/ny/2"), 200, "1. Feil person får svaret", "!Restrisikoen er moderat")
	leads(t, officer.post("/ros/ny/2/measures", "text", "Ett til", "owner_role", "Eier", "due_on", "2027-01-01", "state",
		"open"), "/ros/ny/2#measures")
	answers(t, officer.get("/ros/ny/2"), 200, "Du har skrevet i denne versjonen") // nobody decides what they wrote
	leads(t, officer.post("/ros/ny/2/measures/2/remove", "version", "2"), "/ros/ny/2#measures")
	leads(t, coordinator.post("/ros/ny/2/measures/1/remove", "version", "3"), "/ros/ny/2#measures")
	leads(t, coordinator.post("/ros/ny/2/risks/1/remove", "version", "4"), "/ros/ny/2#risks")
	answers(t, coordinator.get("/ros/ny/2"), 200, "Ingen risikoer", "Ingen tiltak")
	answers(t, g.as(store.RoleReader, "lunge").get("/ros/ny/2/risks/new"), http.StatusForbidden)
}

// TestClaimedDecision: what an imported file says of a decision is shown as what it says, never as what has happened.
func TestClaimedDecision(t *testing.T) {
	g := newRegister(t)
	claimed := &store.RiskAssessment{ID: "fra-fil", Version: 1, Title: "Fra fil", DecidedBy: "Leder Et Annet Sted",
		DecidedOn: "2026-01-01", ValidTo: "2030-12-31"}
	if err := g.db.CreateRiskAssessment(t.Context(), claimed, seeder); err != nil {
		t.Fatal(err)
	}
	answers(t, g.as(store.RoleReader, "hjerte").get("/ros/fra-fil/1"), 200, "Vedtak oppgitt i filen", "Ingen har vedtatt dette her",
		"!31. desember 2030")
	answers(t, g.as(store.RoleReader, "hjerte").get("/approvals"), 200, "!Leder Et Annet Sted")
}

func TestScalePages(t *testing.T) {
	g := newRegister(t)
	officer, coordinator := g.as(store.RoleSecurity, store.AllRegistries), g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.get("/scale"), 200, "10–16", "Linjeleder", "Bare sikkerhetslederen", "!/scale/edit")
	answers(t, coordinator.get("/scale/edit"), http.StatusForbidden)
	answers(t, coordinator.post("/scale", "version", "1"), http.StatusForbidden)
	answers(t, officer.get("/scale"), 200, "/scale/edit")
	answers(t, officer.get("/scale/edit"), 200, `name="version" value="1"`, `name="high_top"`)
	fields := []string{"likelihood1", "Aldri", "low_top", "3", "low_months", "24", "moderate_top", "9", "moderate_months", "12",
		"high_top", "16", "high_by", "Avdelingsleder", "high_months", "6"}
	turned := strings.Split(strings.Replace(strings.Join(fields, "|"), "moderate_top|9", "moderate_top|2", 1), "|")
	answers(t, officer.post("/scale", append(turned, "version", "1")...), 422, `id="f-moderate_top-error"`)
	leads(t, officer.post("/scale", append(fields, "version", "1")...), "/scale")
	answers(t, officer.post("/scale", append(fields, "version", "1")...), http.StatusConflict)
	answers(t, coordinator.get("/scale"), 200, "Versjon 2", "Versjon 1", "Aldri", "Avdelingsleder", "24 måneder")
}
