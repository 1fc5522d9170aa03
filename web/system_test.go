package web

import (
	"net/http"
	"testing"

	"samband/store"
)

func TestSystemPages(t *testing.T) {
	g := newRegister(t)
	reader, admin := g.as(store.RoleReader, "hjerte"), g.as(store.RoleAdmin, store.AllRegistries)
	answers(t, reader.get("/systems"), 200, "Regional dataplattform", "Fases ut, slutter 30. juni 2027",
		"Erstattes av Regional dataplattform", "!/systems/new")
	answers(t, admin.get("/systems"), 200, "/systems/new")
	// only what the reader may see is told of
	answers(t, reader.get("/systems/rdap"), 200, "Hjertekirurgi fra plattformen", "!Lungekreft", "Filer", "Drift",
		"!/edit")
	answers(t, admin.get("/systems/rdap"), 200, "Lungekreft fra plattformen", "/systems/rdap/connections/new?kind=trial")
	answers(t, reader.get("/systems/kdv"), 200, "Nye integrasjoner kan ikke settes opp", `href="/systems/rdap"`)
	answers(t, reader.get("/systems/borte"), http.StatusNotFound)
}

func TestSystemEdit(t *testing.T) {
	g := newRegister(t)
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	answers(t, admin.get("/systems/new"), 200, `name="content"`)
	leads(t, admin.post("/systems", "id", "tsd", "name", "TSD", "role", "destination", "phase", "active",
		"content", "Forskningsdata\r\n\r\n Samtykker "), "/systems/tsd")
	x, err := g.db.System(t.Context(), "tsd")
	if err != nil || len(x.Content) != 2 || x.Content[1] != "Samtykker" {
		t.Fatalf("%+v, %v", x, err)
	}
	answers(t, admin.post("/systems", "id", "tsd2", "name", "TSD", "role", "begge", "phase", "active"), 422,
		`id="f-role-error"`)
	answers(t, admin.get("/systems/tsd/edit"), 200, "Forskningsdata\nSamtykker", `name="version" value="1"`)
	leads(t, admin.post("/systems/tsd", "version", "1", "name", "TSD", "role", "destination", "phase", "phasing_out",
		"ends_on", "2028-01-01", "successor", "rdap"), "/systems/tsd")
	answers(t, admin.post("/systems/tsd", "version", "1", "name", "TSD", "role", "destination", "phase", "active"),
		http.StatusConflict, "Er nå lagret som: Fases ut", "Er nå lagret som: 2028-01-01")
	coordinator := g.as(store.RoleCoordinator, store.AllRegistries)
	answers(t, coordinator.post("/systems/tsd", "version", "2", "name", "Mitt"), http.StatusForbidden)
	answers(t, coordinator.get("/systems/tsd/edit"), http.StatusForbidden)
}

func TestMethodEdit(t *testing.T) {
	g := newRegister(t)
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	answers(t, admin.get("/systems/rdap/methods/new"), 200, `action="/systems/rdap/methods"`)
	leads(t, admin.post("/systems/rdap/methods", "id", "rdap-fhir", "name", "FHIR", "highest", "sensitive", "route",
		"platform"),
		"/systems/rdap")
	answers(t, admin.post("/systems/rdap/methods", "id", "rdap-x", "name", "", "highest", "", "route", "drone", "kind",
		"telepati"),
		422, `id="f-highest-error"`, `id="f-route-error"`, `id="f-kind-error"`)
	answers(t, admin.get("/systems/rdap/methods/rdap-fhir/edit"), 200, `value="FHIR"`)
	answers(t, admin.get("/systems/kdv/methods/rdap-fhir/edit"), http.StatusNotFound)
	leads(t, admin.post("/systems/rdap/methods/rdap-fhir", "version", "1", "name", "FHIR R4", "highest", "sensitive",
		"route", "platform", "instead", "kdv"), "/systems/rdap")
	answers(t, admin.post("/systems/rdap/methods/rdap-fhir", "version", "1", "name", "FHIR R4", "highest", "personal",
		"route", "platform", "instead", "kdv"), http.StatusConflict, "Er nå lagret som: ")
	answers(t, admin.get("/systems/rdap"), 200, "Mer følsomme data går gjennom Klinisk datavarehus")
	answers(t, g.as(store.RoleSecurity, store.AllRegistries).get("/systems/rdap/methods/new"), http.StatusForbidden)
}

func TestConnectionEdit(t *testing.T) {
	g := newRegister(t)
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	answers(t, admin.get("/systems/rdap/connections/new?kind=trial"), 200, `name="option.folder"`, `name="option.every"`,
		`value="5"`, `name="option.strict"`, "!name=\"option.key\"", "samband secret set")
	answers(t, admin.get("/systems/rdap/connections/new?kind=telepati"), http.StatusNotFound)
	leads(t, admin.post("/systems/rdap/connections", "kind", "trial", "id", "prov", "name", "Prøve", "option.folder",
		"/prov",
		"option.every", "10", "option.strict", "true"), "/systems/rdap/connections/prov/edit")
	x, err := g.db.Connection(t.Context(), "prov")
	if err != nil || x.Settings["folder"] != "/prov" || x.Settings["every"] != "10" || x.Settings["strict"] != "true" {
		t.Fatalf("%+v, %v", x, err)
	}
	// what is wrong stands at the option; a secret that is sent anyway goes nowhere
	answers(t, admin.post("/systems/rdap/connections/prov", "version", "1", "name", "Prøve", "option.folder", "",
		"option.every", "ofte", "option.order", "farge", "option.key", "hemmelig"), 422,
		`id="f-option.folder-error"`, `id="f-option.every-error"`, `id="f-option.order-error"`, "!hemmelig")
	leads(t, admin.post("/systems/rdap/connections/prov", "version", "1", "name", "Prøve", "option.folder", "/annet",
		"option.every", "10"), "/systems/rdap/connections/prov/edit")
	answers(t, admin.post("/systems/rdap/connections/prov", "version", "1", "name", "Prøve", "option.folder", "/mitt",
		"option.every", "10", "option.strict", "false"), http.StatusConflict, "Er nå lagret som: /annet", `value="/mitt"`)

	leads(t, admin.post("/systems/rdap/connections/prov/test"), "/systems/rdap/connections/prov/edit")
	answers(t, admin.get("/systems/rdap/connections/prov/edit"), 200, "Prøve svarte som den skal.")
	g.connectors.fault = store.E(store.Unavailable, "db.away", nil)
	leads(t, admin.post("/systems/rdap/connections/prov/test"), "/systems/rdap/connections/prov/edit")
	answers(t, admin.get("/systems/rdap/connections/prov/edit"), 200, `data-color="danger"`)
	g.connectors.fault = http.ErrServerClosed // not ours to tell people about
	answers(t, admin.post("/systems/rdap/connections/prov/test"), http.StatusInternalServerError)
	if n := g.audited("connection.test"); n != 3 {
		t.Errorf("%d tries stand in the log", n)
	}
	answers(t, admin.get("/systems/kdv/connections/prov/edit"), http.StatusNotFound)
	answers(t, g.as(store.RoleCoordinator, store.AllRegistries).post("/systems/rdap/connections/prov/test"),
		http.StatusForbidden)
}

func TestSolutionEdit(t *testing.T) {
	g := newRegister(t)
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	answers(t, admin.get("/solutions/new"), 200, `action="/solutions"`)
	leads(t, admin.post("/solutions", "id", "redcap", "name", "REDCap", "phase", "active", "url",
		"https://redcap.example.org"),
		"/solutions/redcap")
	answers(t, admin.post("/solutions", "id", "redcap2", "name", "REDCap", "phase", "active", "url",
		"javascript:alert(1)"),
		422, `id="f-url-error"`)
	answers(t, admin.get("/solutions/redcap/edit"), 200, `value="REDCap"`)
	leads(t, admin.post("/solutions/redcap", "version", "1", "name", "REDCap 15", "phase", "active"), "/solutions/redcap")
	answers(t, admin.post("/solutions/redcap", "version", "1", "name", "REDCap 16", "phase", "active"),
		http.StatusConflict,
		"Er nå lagret som: REDCap 15")
	answers(t, g.anonymous().get("/solutions/redcap"), 200, "REDCap 15")
	leads(t, g.anonymous().get("/solutions/redcap/edit"), "/login?return=%2Fsolutions%2Fredcap%2Fedit")
	answers(t, g.as(store.RoleCoordinator, store.AllRegistries).get("/solutions/redcap/edit"), http.StatusForbidden)
}
