package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"samband/store"
	"samband/store/db"
)

// testSources keeps samples in the database alone; of what is in them it knows only what it was handed last.
type testSources struct {
	db      *db.DB
	content []byte
	schema  *store.Schema
	fault   error // why no mapping can run
}

func (s *testSources) profile() *store.SourceProfile {
	low, high := 40.0, 120.0
	return &store.SourceProfile{From: "episode_1.csv", Rows: 200, Broken: 3, More: true, Fields: []store.FieldProfile{
		{Name: "fnr", Direct: true, Few: true},
		{Name: "k_vekt", Empty: 20, Distinct: 90, Hidden: 88, Rounded: true, Type: store.VarInteger, Low: &low, High: &high,
			Top: []store.ValueCount{{Text: "70", Rows: 12}, {Text: "999", Rows: 6}}},
		{Name: "k_dato", Empty: 200, Few: true}, {Name: "k_id", Distinct: store.MaxDistinct, Many: true}}}
}

func (s *testSources) LookAtSource(ctx context.Context, id string, _ *store.Mapping, by store.Actor) error {
	if s.schema == nil {
		return store.E(store.Unavailable, "delivery.nothing", nil)
	}
	return s.db.SaveSourceProfile(ctx, id, s.schema, s.profile(), by)
}

func (s *testSources) Propose(m *store.Mapping, x *store.Schema) []store.Field {
	var out []store.Field
	for _, f := range store.SchemaDrift(m, x).New {
		out = append(out, store.Field{Name: f.Name, Class: f.Class, Is: f.Is})
	}
	return out
}

func (s *testSources) KeepSample(ctx context.Context, id, user string, in io.Reader, by store.Actor) (*store.Sample, error) {
	var err error
	if s.content, err = io.ReadAll(in); err != nil {
		return nil, err
	}
	if len(s.content) == 0 {
		return nil, store.FieldError("sample", "sample.empty", nil)
	}
	x := &store.Sample{ID: store.RandomIDs{}.New(), IntegrationID: id, UserID: user, Format: store.SampleCSV, Bytes: int64(len(s.content))}
	return x, s.db.AddSample(ctx, x, by)
}

func (s *testSources) DropSample(ctx context.Context, id, user string, by store.Actor) error {
	return s.db.DropSample(ctx, id, user, by)
}

func (s *testSources) LookAtSample(context.Context, *store.Sample, []store.Field) (*store.Schema, *store.SourceProfile, error) {
	return &store.Schema{Fields: []store.SchemaField{{Name: "fnr"}, {Name: "k_vekt"}, {Name: "notat"}}}, s.profile(), nil
}

func (s *testSources) UseSample(ctx context.Context, x *store.Sample, _ []store.Field, by store.Actor) error {
	return s.db.SaveSourceProfile(ctx, x.IntegrationID, &store.Schema{Fields: []store.SchemaField{{Name: "fnr"}}}, s.profile(), by)
}

func (s *testSources) PreviewSample(_ context.Context, _ *store.Sample, m *store.Mapping, _ *store.Codebook) (*store.Preview, error) {
	if len(m.Rules) == 0 {
		return nil, store.E(store.Refused, "delivery.column_missing", store.Args{"column": "k_vekt"})
	}
	return &store.Preview{Accepted: 1, Rows: []store.PreviewRow{{Position: 1}}}, nil
}

func (s *testSources) ExplainSample(_ context.Context, _ *store.Sample, _ *store.Mapping, _ *store.Codebook, position int64,
	variable string) (*store.Explanation, error) {
	return &store.Explanation{Variable: variable, Position: position, Made: store.IntValue(2), Value: store.IntValue(2)}, nil
}

func (s *testSources) ResolveSample(context.Context, *store.Sample, *store.Mapping, *store.Codebook) (*store.ResolvePreview, error) {
	return &store.ResolvePreview{Rows: 1, Accepted: 1, Distinct: 1}, nil
}

func (s *testSources) ReportSample(_ context.Context, _ *store.Sample, m *store.Mapping, _ *store.Codebook) (*store.SampleReport, error) {
	if len(m.Rules) == 0 {
		return nil, store.E(store.Refused, "delivery.column_missing", store.Args{"column": "k_vekt"})
	}
	if s.fault != nil {
		return &store.SampleReport{Counts: store.Counts{Read: 1234, Loaded: 1204, Quarantined: 30}, Fault: s.fault, Left: []string{"vekt"},
			Extra: []string{"notat"}, More: true}, nil
	}
	return &store.SampleReport{Counts: store.Counts{Read: 1234, Loaded: 1200, Merged: 4, Quarantined: 30}, QuarantinedBy: map[string]int64{"row.fields": 30},
		Quality: store.QualityReport{Rows: 1200, Checks: []store.CheckResult{{Reason: "feil", Kind: store.CheckCode, Failed: 2, Examined: 1204}}},
		Hold:    store.E(store.Refused, "hold.quarantined", store.Args{"quarantined": int64(30), "read": int64(1234), "share": 2.4, "limit": 1.0}), Unused: []string{"k_id"}}, nil
}

func newSampleRegister(t *testing.T) (*register, *testSources) {
	g, _ := newMappingRegister(t)
	s := &testSources{db: g.db}
	g.Sources = s
	return g, s
}

func TestOwnSample(t *testing.T) {
	g, sources := newSampleRegister(t)
	coordinator, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/own-sample"
	answers(t, coordinator.get(at), 200, `type="file"`, "Prøv på egne rader", "!rows=own")
	answers(t, coordinator.get(at+"/report"), http.StatusNotFound)
	answers(t, coordinator.post(at+"/delete"), http.StatusNotFound)
	answers(t, coordinator.post(at+"/use-fields"), http.StatusNotFound)
	answers(t, coordinator.handIn(at, "sample", "", nil), 422, "f-sample-error")
	answers(t, coordinator.handIn(at, "sample", "tom.csv", nil), 422, "Filen har ingen rader", "f-sample-error")
	answers(t, coordinator.handIn(at, "sample", "stor.csv", bytes.Repeat([]byte("a"), maxSampleBody)), http.StatusRequestEntityTooLarge)
	answers(t, coordinator.post(at, "sample", "a"), 422)

	leads(t, coordinator.handIn(at, "sample", "Kari Nordmann 13929948089.csv", []byte("fnr;k_vekt\n1;2\n")), at)
	if string(sources.content) != "fnr;k_vekt\n1;2\n" {
		t.Errorf("%q was handed on", sources.content)
	}
	answers(t, coordinator.get(at), 200, "Prøven er forseglet", mappingOf+"/live-preview?rows=own", "ca. 12", "88 til", "&lt;5 tomme", "&lt;5 utfylt", "over 10", "Peker ut en person",
		"Heltall, 40–120", "3 rader kunne ikke deles i celler", "flere rader enn dem vi så på", "ikke lest her (1): notat", "!Nordmann")
	answers(t, coordinator.get(mappingOf+"/live-preview?rows=own"), 200, "Din egen prøve: 1 rad", "!Nordmann")
	answers(t, coordinator.get(mappingOf+"/value-trace?rows=own&row=1&variable=vekt"), 200, "Vekt i rad 1", "Min egen prøve")
	answers(t, coordinator.get(mappingOf+"/version-preview?rows=own"), 200, "Din egen prøve", "Ingen nøkkel har flere rader")
	answers(t, coordinator.get(at+"/report"), 200, "1\u00a0234", "ville ventet på deg", "k_id", "row.fields", "inn i et tomt register", "!kan ikke kjøre ennå")
	sources.fault = store.E(store.Invalid, "mapping.key_unmapped", nil)
	answers(t, coordinator.get(at+"/report"), 200, "Mappingen kan ikke kjøre ennå", "Dette mangler før mappingen kan kjøre", "Utelatt: Vekt", "ikke lest her (1): notat",
		"gjelder de første 100\u00a0000")
	sources.fault = nil
	if n := len(g.entries("sample.preview")); n != 1 {
		t.Errorf("rows were seen, and the log has %d lines of it", n)
	}

	// It is hers alone.
	colleague := g.holding(store.Grant{Role: store.RoleCoordinator, RegistryID: "hjerte"})
	answers(t, colleague.get(at), 200, "Last opp en prøve", "!Prøven din", "!70")
	answers(t, colleague.get(at+"/report"), http.StatusNotFound)
	for _, page := range []string{"live-preview?rows=own", "version-preview?rows=own", "value-trace?rows=own&row=1&variable=vekt"} {
		answers(t, colleague.get(mappingOf+"/"+page), 200, "Du har ingen egen prøve her", "!1 rad", "!Det ble slik")
	}
	answers(t, colleague.post(at+"/delete"), http.StatusNotFound)
	answers(t, colleague.post(at+"/use-fields"), http.StatusNotFound)
	for _, role := range []store.PortalRole{store.RoleAdmin, store.RoleReader, store.RoleSecurity, store.RoleAuditor} {
		other := g.as(role, "hjerte")
		answers(t, other.get(at), http.StatusForbidden)
		answers(t, other.get(at+"/report"), http.StatusForbidden)
		answers(t, other.handIn(at, "sample", "a.csv", []byte("a\n1\n")), http.StatusForbidden)
	}
	answers(t, g.as(store.RoleCoordinator, "lunge").get(at), http.StatusNotFound)

	coordinator = g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.get(mappingOf+"/source-profile"), 200, "Ingen har sett på kildens verdier")
	leads(t, coordinator.post(at+"/use-fields"), mappingOf+"/source-fields#source")
	answers(t, coordinator.get(mappingOf+"/source-profile"), 200, "Regnet ut av 200 rader", "source-profile?field=k_vekt", "Peker ut en person")
	answers(t, g.as(store.RoleReader, "hjerte").get(mappingOf+"/source-profile?field=k_vekt"), 200, "ca. 12", "999", "Heltall, 40–120", "88 til")
	answers(t, coordinator.get(mappingOf+"/source-profile?field=fnr"), 200, "Peker ut en person: ikke vist", "!values-table")
	answers(t, coordinator.get(mappingOf+"/source-profile?field=nei"), http.StatusNotFound)
	answers(t, g.as(store.RoleReader, "lunge").get(mappingOf+"/source-profile"), http.StatusNotFound)
	leads(t, coordinator.post(at+"/delete"), at)
	answers(t, coordinator.get(at), 200, "Prøven er slettet", "Last opp en prøve")

	// Its day passes, and nobody has to come for it to be gone.
	leads(t, coordinator.handIn(at, "sample", "a.csv", []byte("fnr;k_vekt\n1;2\n")), at)
	g.clock.Advance(store.SampleLife)
	answers(t, g.as(store.RoleCoordinator, "hjerte").get(at+"/report"), http.StatusNotFound)
	for _, text := range []string{"13929948089", "Nordmann", "fnr;k_vekt"} {
		if strings.Contains(g.log.String(), text) {
			t.Errorf("the log of the process has %q", text)
		}
		for _, e := range g.entries("") {
			if b, _ := e.Canonical(); bytes.Contains(b, []byte(text)) {
				t.Errorf("the log of who did what has %q", text)
			}
		}
	}
}

func TestSourceDrift(t *testing.T) {
	g, sources := newSampleRegister(t)
	coordinator, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/source-fields"
	answers(t, coordinator.get(at), 200, "Ingen har lest felt og profil", "!Ta inn nye felt")
	answers(t, coordinator.post(mappingOf+"/read-source"), http.StatusServiceUnavailable)

	sources.schema = &store.Schema{From: "episode_1.csv", At: g.clock.Now(), Fields: []store.SchemaField{{Name: "fnr"}, {Name: "k_opphold"},
		{Name: "k_vekt"}}}
	leads(t, coordinator.post(mappingOf+"/read-source"), at+"#source")
	answers(t, coordinator.get(at), 200, "3 felt, lest fra episode_1.csv", "Stemmer med listen under")
	answers(t, g.as(store.RoleReader, "hjerte").post(mappingOf+"/read-source"), http.StatusForbidden)

	sources.schema.Fields = []store.SchemaField{{Name: "fnr"}, {Name: "k_opphold"}, {Name: "k_hoyde", Class: store.Health}, {Name: "k_ukjent"}}
	leads(t, coordinator.post(mappingOf+"/read-source"), at+"#source")
	answers(t, coordinator.get(at), 200, "er borte fra kilden: 1", `<span class="code">k_vekt</span>: Vekt`, "Ta inn nye felt (2)")
	fields := []string{"based", "2", "edits", "0", "f.n", "3", "f.0.name", "fnr", "f.0.class", "direct", "f.0.is", "number",
		"f.1.name", "k_opphold", "f.1.class", "technical", "f.2.name", "k_vekt", "f.2.class", "health"}
	w := coordinator.post(at, append(fields, "do", "take")...)
	answers(t, w, 200, `value="k_hoyde"`, `value="k_ukjent"`, "Ny, se over klassen", `name="f.4.new"`, "!Ta inn nye felt")
	// What nobody has classed is not saved before somebody has.
	taken := append(fields, "f.3.name", "k_hoyde", "f.3.class", "health", "f.3.new", "yes", "f.4.name", "k_ukjent", "f.4.class", "", "f.4.new", "yes", "do", "save")
	taken[5] = "5"
	answers(t, coordinator.post(at, taken...), 422, "f-f.4.class-error", "Ny, se over klassen")
	answers(t, coordinator.get(mappingOf), 200, "!k_hoyde")
	taken[len(taken)-5] = "technical"
	leads(t, coordinator.post(at, taken...), mappingOf+"#fields")
	answers(t, coordinator.get(mappingOf), 200, "k_hoyde")
}
