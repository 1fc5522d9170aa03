package storetest_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// ola is who does things in the tests, siri decides about them.
var (
	ola  = store.Actor{UserID: "u-ola", Name: "Ola Koordinator", Request: "req-1"}
	siri = store.Actor{UserID: "u-siri", Name: "Siri Sikkerhet", Request: "req-2"}
)

func solution() *store.Solution {
	return &store.Solution{ID: "ereg", Name: "eReg", Kind: "Kvalitetsregistre", Owner: "OUS", Platform: "Microsoft",
		Hosting: "OUS", Controller: "OUS HF", Phase: store.PhasePhasingOut, EndsOn: "2028-12-31", Successor: "medinsight",
		URL: "https://example.org/ereg", Note: "æøå «»"}
}

func system() *store.System {
	return &store.System{ID: "rdap", Name: "Regional data- og analyseplattform", Owner: "Helse Sør-Øst",
		Role:    store.Source,
		Content: []string{"DIPS", "MetaVision"}, Phase: store.PhasePhasingOut, EndsOn: "2028-06-30", Successor: "neste",
		Note: "merknad"}
}

func method() *store.Method {
	return &store.Method{ID: "rdap-files", SystemID: "rdap", Name: "Filoverføring", Kind: "files", Handover: "file_drop",
		Highest: store.Sensitive, Route: store.RoutePlatform, Instead: "tsd", Note: "merknad"}
}

func connection() *store.Connection {
	return &store.Connection{ID: "rdap-prod", SystemID: "rdap", Kind: "files", Name: "Produksjon",
		Settings: map[string]string{"folder": "/drop/in", "pattern": "*.csv"}}
}

func registry() *store.Registry {
	return &store.Registry{ID: "hjerte", SolutionID: "ereg", Name: "Hjertekirurgi", Kind: store.KindQuality,
		Unit: "Thorax", Contact: "registerstotte@example.org", StartsOn: "2020-01-01", EndsOn: "2030-01-01",
		Note: "merknad", Demo: true,
		Basis: store.Basis{Purpose: "Kvalitet", LegalBasis: "GDPR 9(2)(j)", Consent: store.ConsentReservation,
			Controller: "OUS", JointControllers: "Ingen", Persons: "Pasienter", Sensitivity: store.Sensitive, Retention: "10 år",
			Kept: "Ingenting", KeptBasis: "Ikke aktuelt", AgreementEnds: "2029-01-01"}}
}

func codebook() *store.Codebook {
	top := 120.5
	return &store.Codebook{ID: "hjerte-kodebok", Version: 1, RegistryID: "hjerte", Title: "Hjerteboken",
		Key: []string{"episode"},
		Variables: []store.Variable{
			{Name: "episode", Label: "Episode", Type: store.VarText, Required: true, Class: store.Technical},
			{Name: "vekt", Label: "Vekt", Type: store.VarDecimal, Unit: "kg", Max: &top, Class: store.Health,
				Codes: []store.CodeOption{{Code: "999", Label: "Ukjent", Missing: true}}},
		}}
}

func ros() *store.RiskAssessment {
	return &store.RiskAssessment{ID: "ros-2026-7", Version: 1, Title: "ROS for plattformen",
		Link: "https://example.org/ros", Covers: "rdap-files", Method: "Arbeidsmøter",
		Participants: []string{"Systemeier", "Sikkerhetsleder"}, PerformedOn: "2026-01-10", Coverage: covers(), Scale: 1,
		Risks: []store.Risk{{No: 1, Scenario: "Leveransen leses av uvedkommende", Asset: "Leveransen", Cause: "Feil rettighet",
			Dimensions: []store.Dimension{store.Confidentiality, store.Privacy}, Existing: "Tilgangsstyring", Likelihood: 3,
			Consequence: 5, Treatment: store.TreatReduce, Measures: []int{1}, ResidualLikelihood: 1, ResidualConsequence: 5,
			AcceptedBy: "Systemeier", AcceptedOn: "2026-01-20", Touches: []string{"route", "field"}}},
		Measures: []store.Measure{{No: 1, Text: "Kryptere leveransen", OwnerRole: "Systemeier", DueOn: "2026-12-01",
			State: store.MeasureDone, DoneOn: "2026-01-30", Evidence: "https://example.org/sak/1"}},
		Document: &store.DocumentRef{Name: "ros.pdf", SHA256: strings.Repeat("ab", 32)}, State: store.ROSAccepted,
		DecidedBy: "Leder", DecidedOn: "2026-02-01", Reason: "Restrisikoen er liten", Conditions: "Ny vurdering ved nye felt",
		ValidTo: "2027-02-01", Demo: true}
}

func ld() *store.SolutionDesign {
	return &store.SolutionDesign{ID: "ld-7", Version: 2, Title: "LD for plattformen", Link: "https://example.org/ld",
		Overview: "Fil inn", DataFlow: "https://example.org/flyt", Systems: []string{"DIPS", "RDAP"},
		Channels: []string{"Integrasjonsplattformen"}, Protocols: []string{"SFTP"}, Authentication: "Nøkkelpar",
		Encryption: "TLS 1.3", Storage: []string{"Mappe hos registeret"}, Retention: "30 dager", Logging: "Alle lesninger",
		Roles: []string{"Koordinator"}, Separation: "To pakker", ErrorHandling: "Karantene", Dependencies: "Plattformen",
		Coverage: covers(), Document: &store.DocumentRef{Name: "ld.pdf", SHA256: strings.Repeat("cd", 32)},
		State: store.LDApproved, DecidedBy: "Arkitekt", DecidedOn: "2026-02-02", ValidTo: "2027-02-02",
		ExemptRouteUntil: "2026-12-31", ExemptRouteReason: "Oppdiktet", Demo: true}
}

// covers is what both speak of.
func covers() store.Coverage {
	return store.Coverage{Methods: []string{"rdap-files"}, Classes: store.FieldClasses, Fields: []string{"FNR"}}
}

func integration() *store.Integration {
	return &store.Integration{ID: "hjerte-rdap", RegistryID: "hjerte", MethodID: "rdap-files", ConnectionID: "rdap-prod",
		Name: "Hjertekirurgi fra RDAP", Purpose: "Slippe å taste", Sensitivity: store.Sensitive, State: store.IntApproved,
		ROS: store.Ref{ID: "ros-2026-7", Version: 1}, LD: store.Ref{ID: "ld-7", Version: 2}, CodebookID: "hjerte-kodebok",
		Limits: store.Limits{MaxQuarantined: 0.1, MinVolume: 0.25, AllowEmpty: true, MaxNewCodes: 0.02}, ExpectedHours: 36, Owner: "Ola",
		Note: "merknad", Demo: true}
}

func mapping() *store.MappingVersion {
	return &store.MappingVersion{IntegrationID: "hjerte-rdap", No: 1, CodebookID: "hjerte-kodebok", CodebookVersion: 1,
		Message: "Første utgave", Mapping: store.Mapping{
			Source: []store.Field{
				{Name: "FNR", Class: store.Direct, Is: store.AttrNumber},
				{Name: "EPISODE_ID", Class: store.Technical, Label: "Episode"},
			},
			Rules: []store.Rule{{Variable: "episode", Steps: []store.Step{
				{Kind: store.StepCopy, From: []string{"EPISODE_ID"}},
				{Kind: store.StepTrim},
			}}},
			Checks: []store.Check{
				{Reason: "invalid_person", Text: "Ugyldig nummer", Kind: store.CheckPerson},
				{Reason: "missing_required", Kind: store.CheckRequired},
			},
		}}
}

// world fills the database with one of each, mapping 1 in use, and leaves the integration approved.
func world(t testing.TB, d *db.DB) *store.Integration {
	t.Helper()
	ctx := t.Context()
	i := integration()
	for _, err := range []error{
		d.CreateSolution(ctx, solution(), ola), d.CreateSystem(ctx, system(), ola), d.CreateMethod(ctx, method(), ola),
		d.CreateConnection(ctx, connection(), ola), d.CreateRegistry(ctx, registry(), ola),
		d.SaveCodebook(ctx, codebook(), ola), d.CreateRiskAssessment(ctx, ros(), ola), d.CreateSolutionDesign(ctx, ld(), ola),
		d.CreateIntegration(ctx, i, ola), d.SaveMapping(ctx, mapping(), ola), d.UseMapping(ctx, i.ID, i.Version, 1, ola),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	i, err := d.Integration(ctx, i.ID)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// must gives v of a call that may not fail.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// want checks for an error of a class and code; code "" for none.
func want(t testing.TB, err error, class store.Class, code store.Code) {
	t.Helper()
	if store.CodeOf(err) != code || err != nil && store.ClassOf(err) != class {
		t.Fatalf("got %v (class %d), want %q (class %d)", err, store.ClassOf(err), code, class)
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

// filled checks that a fixture leaves no member empty, so that a round trip would miss none.
func filled(t testing.TB, v any, but ...string) {
	t.Helper()
	e := reflect.ValueOf(v).Elem()
	for n := range e.NumField() {
		name := e.Type().Field(n).Name
		skip := false
		for _, b := range but {
			skip = skip || b == name
		}
		if !skip && e.Field(n).IsZero() {
			t.Errorf("%T.%s is empty in the fixture", v, name)
		}
	}
}

func audited(t testing.TB, d *db.DB) []store.AuditEntry {
	t.Helper()
	return must(d.Audit(t.Context(), store.AuditFilter{All: true, Limit: 10_000}))
}

func minute(n int) time.Time { return start.Add(time.Duration(n) * time.Minute) }

func isConflict(err error) bool {
	var e *store.Error
	return errors.As(err, &e) && e.Class == store.Conflict
}

// pdf is the least that is taken for a PDF.
func pdf(about string) []byte { return []byte("%PDF-1.7\n% " + about + "\n%%EOF\n") }
