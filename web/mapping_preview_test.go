package web

import (
	"net/http"
	"testing"

	"samband/store"
	"samband/views/ds"
)

// threeRows is a preview of three rows: one that is accepted, one with a fault, one that can't be read.
func threeRows() *store.Preview {
	return &store.Preview{Delivery: "uttrekk.csv", Sealed: true, Accepted: 1, Rejected: 2, Rows: []store.PreviewRow{
		{Position: 1, Cells: []store.PreviewCell{{Variable: "opphold", Before: []string{"A-1"}, After: store.TextValue("A-1")},
			{Variable: "vekt", Before: []string{"-9"}}}},
		{Position: 2, Reason: "tall", Failed: []store.FailedCheck{{Reason: "tall", Variable: "vekt"}}, Cells: []store.PreviewCell{
			{Variable: "opphold", Before: []string{"A-2"}, After: store.TextValue("A-2")}, {Variable: "vekt", Before: []string{"tung"}, Reason: "tall"}}},
		{Position: 3, Broken: true},
	}}
}

// previews are the pages that show real rows.
var previews = []string{"/live-preview", "/value-trace?row=2&variable=vekt", "/version-preview"}

func TestPreviewRights(t *testing.T) {
	g, m := newMappingRegister(t)
	m.preview, m.explain, m.resolve = threeRows(), &store.Explanation{Position: 2}, &store.ResolvePreview{}
	for _, role := range []store.PortalRole{store.RoleReader, store.RoleAdmin, store.RoleSecurity, store.RoleAuditor} {
		other := g.as(role, "hjerte")
		answers(t, other.get(mappingOf), 200, "!live-preview", "!version-preview")
		for _, path := range previews {
			answers(t, other.get(mappingOf+path), http.StatusForbidden)
		}
	}
	elsewhere := g.as(store.RoleCoordinator, "lunge")
	for _, path := range previews {
		answers(t, elsewhere.get(mappingOf+path), http.StatusNotFound)
	}
	answers(t, elsewhere.get("/integrations/lunge-rdap/mapping/live-preview"), http.StatusNotFound) // it has no codebook
	if m.asked != 0 {
		t.Error("rows were read for somebody who may not see them")
	}
	kaja := g.as(store.RoleCoordinator, "hjerte")
	for _, path := range previews {
		kaja.get(mappingOf + path)
		kaja.get(mappingOf + path)
	}
	if n := g.audited("mapping.preview"); n != 1 {
		t.Errorf("%d lines in the log for one look at the rows", n)
	}
}

func TestLivePreview(t *testing.T) {
	g, m := newMappingRegister(t)
	kaja, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/live-preview"
	answers(t, kaja.get(mappingOf), 200, at)
	answers(t, kaja.get(at), 200, "Ingen leveranse venter", "!preview-table")
	m.preview = threeRows()
	answers(t, kaja.get(at), 200, "uttrekk.csv: 3 rader. 1 godtatt, 2 holdt tilbake", "lest inn fra før", "Ødelagt rad", "tung", "Ikke et tall",
		"Holdes tilbake", "-9", "value-trace?row=1&amp;variable=opphold", "Opphold", "Mål", "versjon 2", `scope="colgroup"`, "data-live")
	answers(t, kaja.get(at+"?held=on"), 200, "!Rad 1<", "Rad 2<", "Rad 3<")
	answers(t, kaja.get(at+"?faults=on"), 200, "Rad 1<", "!variable=opphold\"", "variable=vekt\"")
	answers(t, kaja.get(at+"?form=Opphold"), 200, "variable=opphold\"", "!variable=vekt\"")
	answers(t, kaja.get(at+"?variable=vekt&page=9"), 200, "!variable=opphold\"", "variable=vekt\"")
	answers(t, kaja.get(at+"?variable=finnes_ikke"), 200, "Ingen rader å vise")
	answers(t, kaja.get(at+"?rows=own"), 200, "Du har ingen egen prøve her")

	// a version that is asked for doesn't follow the draft
	answers(t, kaja.get(at+"?version=1"), 200, "Mappet med versjon 1", "!data-live", "version=1")
	if len(m.tried.Rules) != 1 {
		t.Errorf("mapped with %d rules", len(m.tried.Rules))
	}
	for _, no := range []string{"9", "0", "x"} {
		answers(t, kaja.get(at+"?version="+no), http.StatusNotFound)
	}

	// what can't run is left out, and said
	m.preview.Fault, m.preview.Left = store.E(store.Invalid, "mapping.expression", nil), []string{"vekt"}
	answers(t, kaja.get(at), 200, "Mappingen kan ikke kjøre ennå", "Utelatt: Vekt.")
}

// TestLivePreviewRenews: an open page is told only when the draft is another than the one it has seen.
func TestLivePreviewRenews(t *testing.T) {
	g, m := newMappingRegister(t)
	m.preview = threeRows()
	kaja, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/live-preview?seen=2.0"
	poll := func() int {
		kaja.header.Set(ds.PollHeader, "1")
		defer kaja.header.Del(ds.PollHeader)
		return kaja.get(at).Code
	}
	answers(t, kaja.get(at), 200, "seen=2.0")
	asked := m.asked
	if got := poll(); got != http.StatusNoContent || m.asked != asked {
		t.Errorf("nothing changed: %d, asked %d times", got, m.asked-asked)
	}
	leads(t, kaja.post(mappingOf+"/vekt", vekt(2, 0, "1000", "do", "save")...), mappingOf+"#variables")
	if got := poll(); got != 200 || m.asked == asked {
		t.Errorf("the draft changed: %d", got)
	}
	answers(t, kaja.get(at), 200, "seen=2.1", "Mappet med kladden din")
}

func TestValueTrace(t *testing.T) {
	g, m := newMappingRegister(t)
	kaja, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/value-trace"
	read := store.Step{Kind: store.StepCopy, From: []string{"k_vekt"}}
	number := store.Step{Kind: store.StepNumber, Whole: true}
	when := store.Step{Kind: store.StepWhen, If: &store.Condition{Op: store.OpLess, Value: "10"}, Then: []store.Step{{Kind: store.StepScale, Factor: 1000}}}
	m.explain = &store.Explanation{Variable: "vekt", Position: 2, Fields: []store.FieldText{{Field: "k_vekt", Text: "3"}, {Field: "k_enhet", Null: true}},
		Steps: []store.ExplainedStep{{Step: read, After: store.TextValue("3")}, {Step: number, Before: store.TextValue("3"), After: store.DecimalValue(3)},
			{Step: when, Before: store.DecimalValue(3), After: store.DecimalValue(3000)},
			{Step: when.Then[0], Depth: 1, Before: store.DecimalValue(3), After: store.DecimalValue(3000)}},
		Made: store.IntValue(3000), Value: store.IntValue(3100),
		Corrections: []store.ExplainedCorrection{{Name: "vekten", Meant: true, Applied: true, Before: store.IntValue(3000), After: store.IntValue(3100)},
			{Name: "andre"}, {Name: "tredje", Meant: true}},
		Failed: []store.FailedCheck{{Reason: "grense", Variable: "vekt"}, {Reason: "tall", Variable: "vekt", Warn: true}}, Reason: "grense"}
	answers(t, kaja.get(at+"?row=2&variable=vekt"), 200, "Hvorfor er verdien slik?", "Vekt i rad 2", "k_vekt", "mangler", "heltall", ">3.1<", "× 1000",
		"til variabelens type: Heltall", "Rettet fra 3000 til 3100", "Gjelder ikke denne raden", "ingen verdi å rette", "3100", "slår ut på verdien: Utenfor grensene",
		"varsler om verdien", "Holdes tilbake", "row=1&amp;variable=vekt", "row=3&amp;variable=vekt", mappingOf+"/vekt")
	m.explain = &store.Explanation{Variable: "vekt", Position: 2, Partial: true, Fields: []store.FieldText{{Field: "k_vekt", Text: store.Mask}},
		Steps:   []store.ExplainedStep{{Step: read, After: store.TextValue("tung")}, {Step: number, Before: store.TextValue("tung"), Fault: store.CheckNumber}},
		Fault:   store.CheckNumber,
		Missing: store.MissingNotAsked, Failed: []store.FailedCheck{{Reason: "tall", Variable: "vekt"}}, Reason: "tall"}
	answers(t, kaja.get(at+"?row=2&variable=vekt"), 200, "Ikke et tall", "ikke spurt", "kan ikke kjøre ennå", store.Mask, "!til variabelens type")
	m.explain = &store.Explanation{Position: 2, Filtered: true}
	answers(t, kaja.get(at+"?row=2&variable=vekt"), 200, "utenfor det mappingen tar med", "!Steg for steg")
	m.explain = &store.Explanation{Position: 2, Broken: true}
	answers(t, kaja.get(at+"?row=2&variable=vekt&version=1"), 200, "lar seg ikke dele", "Mappet med versjon 1")
	answers(t, kaja.get(at+"?row=7&variable=vekt"), 200, "Leveransen har ingen rad 7")
	for _, q := range []string{"", "?row=0&variable=vekt", "?row=x&variable=vekt", "?row=1&variable=finnes_ikke", "?row=1&variable=vekt&version=9"} {
		answers(t, kaja.get(at+q), http.StatusNotFound)
	}
}

func TestVersionPreview(t *testing.T) {
	g, m := newMappingRegister(t)
	kaja, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/version-preview"
	answers(t, kaja.get(at), 200, "Ingen leveranse venter", "!Nøkkel ")
	m.resolve = &store.ResolvePreview{Delivery: "uttrekk.csv", Rows: 1200, Accepted: 1100, Distinct: 1000, Several: 2, Ties: 1, Keys: []store.ResolvedKey{
		{Key: "A-1", Rows: []store.ResolvedRow{
			{Position: 4, Why: store.RowLater, Values: []store.Value{store.TextValue("A-1"), store.IntValue(80)}},
			{Position: 9, Why: store.RowWon, Values: []store.Value{store.TextValue("A-1"), store.IntValue(82)}},
			{Position: 11, Why: store.RowDouble, Values: []store.Value{store.TextValue("A-1"), store.IntValue(82)}},
			{Position: 12, Why: store.RowTied, Values: []store.Value{store.TextValue("A-1"), store.IntValue(81)}}},
			Fields: []store.ResolvedField{{Variable: "opphold", Value: store.TextValue("A-1"), Position: 9},
				{Variable: "vekt", Value: store.IntValue(82), Position: 9}}}}}
	answers(t, kaja.get(at), 200, "Fra uttrekk.csv", "1\u00a0200", "1\u00a0100", "Nøkler der regelen ikke skiller", "Nøkkel A-1", "4 rader.", "Her er de 1 første.",
		"1 variabel er lik", "Vant", "Lik en rad før den", "fra rad 9, som vant", "value-trace?row=4&amp;variable=vekt", "brukt", "!variable=opphold")
	m.resolve.Keys = nil
	answers(t, kaja.get(at+"?version=1"), 200, "Ingen nøkkel har flere rader", "Mappet med versjon 1")
	answers(t, kaja.get(at+"?version=9"), http.StatusNotFound)
}
