package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// register is a portal with a small catalogue in it: two registries, one system each way, and one integration of the
// registry "hjerte" that is ready to be submitted.
type register struct {
	*testServer
	connectors *testConnectors
}

// testConnectors knows one connector, "trial", with an option of each kind.
type testConnectors struct{ fault error }

var trialKind = store.Kind{
	Name: "trial", Roles: []store.Role{store.Source}, Highest: store.Sensitive, Route: store.RouteLocal,
	Options: []store.Option{
		{Name: "folder", Kind: store.OptionPath, Required: true},
		{Name: "every", Kind: store.OptionNumber, Default: "5"},
		{Name: "order", Kind: store.OptionChoice, Choices: []string{"name", "time"}},
		{Name: "strict", Kind: store.OptionBool},
		{Name: "key", Kind: store.OptionSecret, Required: true},
	},
}

func (c *testConnectors) CheckConnection(x *store.Connection) error {
	return trialKind.Validate(x.Settings)
}
func (c *testConnectors) Kinds() []store.Kind                          { return []store.Kind{trialKind, choiceKind} }
func (c *testConnectors) TestConnection(context.Context, string) error { return c.fault }

// choiceKind gives people's choices.
var choiceKind = store.Kind{Name: "consentfile", Roles: []store.Role{store.Source}, Highest: store.Sensitive, Route: store.RoutePlatform,
	Consents: true, Options: []store.Option{{Name: "folder", Kind: store.OptionPath, Required: true}}}

// testGate collects what the gate asks about from the database of a test.
type testGate struct{ ts *testServer }

func (g testGate) Question(ctx context.Context, id string, moment store.Moment) (store.GateQuestion, error) {
	d := g.ts.db
	q := store.GateQuestion{At: g.ts.clock.Now(), Moment: moment}
	var err error
	if q.Integration, err = d.Integration(ctx, id); err != nil {
		return q, err
	}
	i := q.Integration
	var errs [8]error
	q.Registry, errs[0] = found(d.Registry(ctx, i.RegistryID))
	q.Method, errs[1] = found(d.Method(ctx, i.MethodID))
	q.System, errs[2] = found(d.System(ctx, q.Method.SystemID))
	if q.Method.Kind == trialKind.Name {
		q.Kind = &trialKind
	}
	q.Connection, errs[3] = found(d.Connection(ctx, i.ConnectionID))
	if i.MappingNo > 0 {
		q.Mapping, errs[4] = found(d.MappingVersion(ctx, i.ID, i.MappingNo))
		q.Codebook, errs[5] = found(d.Codebook(ctx, q.Mapping.CodebookID, q.Mapping.CodebookVersion))
	}
	q.ROS, errs[6] = found(d.RiskAssessment(ctx, i.ROS))
	q.LD, errs[7] = found(d.SolutionDesign(ctx, i.LD))
	for _, err := range errs {
		if err != nil {
			return q, err
		}
	}
	if q.Approval, err = found(d.CurrentApproval(ctx, i.ID)); err != nil {
		return q, err
	}
	q.Instead, errs[0] = found(d.System(ctx, q.Method.Instead))
	q.Successor, errs[1] = found(d.System(ctx, q.System.Successor))
	q.Move, errs[2] = found(d.OpenMove(ctx, i.ID))
	return q, errors.Join(errs[:3]...)
}

func (g testGate) Questions(ctx context.Context, moment store.Moment) ([]store.GateQuestion, error) {
	list, err := g.ts.db.Integrations(ctx, db.IntegrationFilter{})
	var qs []store.GateQuestion
	for _, i := range list {
		q, err := g.Question(ctx, i.ID, moment)
		if err != nil {
			return nil, err
		}
		qs = append(qs, q)
	}
	return qs, err
}

// quietRuns is a Runner with no schedule due.
type quietRuns struct{ Runner }

func (quietRuns) NextSlots(context.Context, string, int) ([]store.Slot, error) { return nil, nil }

var seeder = store.Actor{UserID: "seeder", Name: "Seeder"}

func newRegister(t *testing.T) *register {
	t.Helper()
	g := &register{testServer: newTestServer(t), connectors: &testConnectors{}}
	g.DB, g.Runs, g.Gate, g.Connectors = g.db, quietRuns{}, testGate{g.testServer}, g.connectors
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(g.db.CreateSolution(ctx, &store.Solution{ID: "ereg", Name: "eReg", Phase: store.PhaseActive}, seeder))
	basis := store.Basis{
		Purpose: "Bedre hjertekirurgi", LegalBasis: "Forskrift om medisinske kvalitetsregistre",
		Consent: store.ConsentNone, PVO: "PVO-1", PVOOn: "2026-01-01", Controller: "Sykehuset", JointControllers: "Ingen",
		DPIA: "DPIA-1", DPIAOn: "2026-01-01", DPIAResult: "Lav risiko", Persons: "Pasienter", Categories: "Opphold og mål",
		Sensitivity: store.Sensitive, Recipients: "Ingen", Retention: "10 år", Kept: "Ingenting", KeptBasis: "Ikke aktuelt",
		SecurityClass: "Fortrolig", CitizenInfo: "Registerstøtte",
	}
	must(g.db.CreateRegistry(ctx, &store.Registry{ID: "hjerte", SolutionID: "ereg", Name: "Hjertekirurgi",
		Kind: store.KindQuality, Basis: basis}, seeder))
	must(g.db.CreateRegistry(ctx, &store.Registry{ID: "lunge", SolutionID: "ereg", Name: "Lungekreft",
		Kind: store.KindQuality}, seeder))
	must(g.db.CreateSystem(ctx, &store.System{ID: "rdap", Name: "Regional dataplattform", Role: store.Source,
		Phase: store.PhaseActive}, seeder))
	must(g.db.CreateSystem(ctx, &store.System{ID: "kdv", Name: "Klinisk datavarehus", Role: store.Source,
		Phase: store.PhasePhasingOut, EndsOn: "2027-06-30", Successor: "rdap"}, seeder))
	must(g.db.CreateMethod(ctx, &store.Method{ID: "rdap-filer", SystemID: "rdap", Name: "Filer", Kind: "trial",
		Highest: store.Sensitive, Route: store.RoutePlatform}, seeder))
	must(g.db.CreateMethod(ctx, &store.Method{ID: "kdv-visning", SystemID: "kdv", Name: "Visning",
		Highest: store.Personal, Route: store.RoutePlatform}, seeder))
	must(g.db.CreateConnection(ctx, &store.Connection{ID: "rdap-drift", SystemID: "rdap", Kind: "trial", Name: "Drift",
		Settings: map[string]string{"folder": "/inn"}}, seeder))
	covers := store.Coverage{Methods: []string{"rdap-filer"}, Classes: store.FieldClasses}
	must(g.db.CreateRiskAssessment(ctx, &store.RiskAssessment{ID: "ros-1", Version: 1, Title: "ROS for filer", Coverage: covers,
		State: store.ROSAccepted, DecidedBy: "Leder", DecidedOn: "2026-01-01", ValidTo: "2027-03-14"}, seeder))
	must(g.db.CreateSolutionDesign(ctx, &store.SolutionDesign{ID: "ld-1", Version: 1, Title: "LD for filer", Coverage: covers,
		State: store.LDApproved, DecidedBy: "Leder", DecidedOn: "2026-01-01", ValidTo: "2027-02-01"}, seeder))
	must(g.db.SaveCodebook(ctx, &store.Codebook{ID: "hjertebok", Version: 1, RegistryID: "hjerte", Title: "Hjerteboken",
		Key: []string{"opphold"}, Variables: []store.Variable{
			{Name: "opphold", Type: store.VarText, Required: true, Class: store.Technical, Form: "Opphold"},
			{Name: "vekt", Label: "Vekt", Type: store.VarInteger, Class: store.Health, Form: "Mål"},
		}}, seeder))
	must(g.db.CreateIntegration(ctx, &store.Integration{ID: "hjerte-rdap", RegistryID: "hjerte", MethodID: "rdap-filer",
		ConnectionID: "rdap-drift", Name: "Hjertekirurgi fra plattformen", Sensitivity: store.Sensitive,
		ROS: store.Ref{ID: "ros-1", Version: 1}, LD: store.Ref{ID: "ld-1", Version: 1}, CodebookID: "hjertebok",
		ExpectedHours: 24}, seeder))
	must(g.db.CreateIntegration(ctx, &store.Integration{ID: "lunge-rdap", RegistryID: "lunge", MethodID: "rdap-filer",
		Name: "Lungekreft fra plattformen", Sensitivity: store.Personal}, seeder))
	g.saveMapping(1, "opphold")
	return g
}

// saveMapping saves a version of the mapping of hjerte-rdap that fills these variables, and puts it in use.
func (g *register) saveMapping(no int, variables ...string) {
	g.t.Helper()
	m := store.Mapping{Source: []store.Field{{Name: "fnr", Class: store.Direct, Is: store.AttrNumber}},
		Checks: []store.Check{{Reason: "fnr", Kind: store.CheckPerson}, {Reason: "mangler", Kind: store.CheckRequired},
			{Reason: "grense", Kind: store.CheckRange}}}
	for _, v := range variables {
		class := store.Technical
		steps := []store.Step{{Kind: store.StepCopy, From: []string{"k_" + v}}}
		if v == "vekt" {
			class = store.Health
			steps = append(steps, store.Step{Kind: store.StepNumber, Whole: true})
			m.Checks = append(m.Checks, store.Check{Reason: "tall", Kind: store.CheckNumber})
		}
		m.Source = append(m.Source, store.Field{Name: "k_" + v, Class: class})
		m.Rules = append(m.Rules, store.Rule{Variable: v, Steps: steps})
	}
	saved := &store.MappingVersion{IntegrationID: "hjerte-rdap", No: no, CodebookID: "hjertebok", Mapping: m}
	if err := g.db.SaveMapping(g.t.Context(), saved, seeder); err != nil {
		g.t.Fatal(err)
	}
	i := g.integration("hjerte-rdap")
	if err := g.db.UseMapping(g.t.Context(), i.ID, i.Version, no, seeder); err != nil {
		g.t.Fatal(err)
	}
}

func (g *register) integration(id string) *store.Integration {
	g.t.Helper()
	i, err := g.db.Integration(g.t.Context(), id)
	if err != nil {
		g.t.Fatal(err)
	}
	return i
}

// audited counts the entries of an action in the log of who did what.
func (g *register) audited(action string) int {
	g.t.Helper()
	es, err := g.db.Audit(g.t.Context(), store.AuditFilter{All: true, Action: action, Limit: 1000})
	if err != nil {
		g.t.Fatal(err)
	}
	return len(es)
}

var missingText = regexp.MustCompile(`⟨[^⟩]*⟩`)

// answers holds an answer against its status and what it must, and with "!" in front must not, say. No text may be
// missing.
func answers(t *testing.T, w *httptest.ResponseRecorder, status int, says ...string) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, not %d:\n%s", w.Code, status, mainOf(w.Body.String()))
	}
	body := w.Body.String()
	for _, m := range missingText.FindAllString(body, -1) {
		if m != "⟨kind.trial⟩" && !strings.HasPrefix(m, "⟨option.trial.") { // the test's own connector has no words
			t.Errorf("the text %s is missing", m)
		}
	}
	for _, s := range says {
		s, not := strings.CutPrefix(s, "!")
		if strings.Contains(body, s) == not {
			t.Errorf("says %q: %v, in\n%s", s, !not, mainOf(body))
		}
	}
}

// mainOf cuts a page to what is its own.
func mainOf(body string) string {
	_, rest, _ := strings.Cut(body, "<main")
	inside, _, _ := strings.Cut(rest, "</main>")
	return inside
}

// leads holds an answer against where it leads.
func leads(t *testing.T, w *httptest.ResponseRecorder, to string) {
	t.Helper()
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != to {
		t.Fatalf("status %d to %q, not to %q:\n%s", w.Code, w.Header().Get("Location"), to, mainOf(w.Body.String()))
	}
}

// ended puts a run of hjerte-rdap that ended in a state, this long ago, into the history.
func (g *register) ended(state store.RunState, ago time.Duration) {
	g.t.Helper()
	ctx := g.t.Context()
	now := g.clock.Now()
	g.clock.Advance(-ago)
	defer func() { g.clock.Advance(now.Sub(g.clock.Now())) }()
	r := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerPerson}
	if err := g.db.CreateRun(ctx, r, seeder); err != nil {
		g.t.Fatal(err)
	}
	r, err := g.db.StartRun(ctx, r.ID, seeder)
	if err != nil {
		g.t.Fatal(err)
	}
	if err := g.db.FinishRun(ctx, r, db.Outcome{State: state, Reason: "run.stopped"}, seeder); err != nil {
		g.t.Fatal(err)
	}
}

// approve has hjerte-rdap approved as it stands, until 2027-02-01.
func (g *register) approve() *store.Approval { return g.approveOne("hjerte-rdap") }

// approveOne has an integration approved as it stands, until 2027-02-01.
func (g *register) approveOne(id string) *store.Approval {
	g.t.Helper()
	q, err := g.Gate.Question(g.t.Context(), id, store.AtSubmit)
	if err != nil {
		g.t.Fatal(err)
	}
	scope := store.ComputeScope(q.ScopeParts)
	a := &store.Approval{IntegrationID: id, Scope: scope.Canonical(), ROS: q.Integration.ROS,
		LD: q.Integration.LD, MappingNo: q.Integration.MappingNo}
	if err := g.db.SubmitApproval(g.t.Context(), a, store.Actor{UserID: "asker", Name: "Asker"}); err != nil {
		g.t.Fatal(err)
	}
	a, err = g.db.DecideApproval(g.t.Context(), a.ID, a.Version,
		db.Verdict{State: store.AppApproved, Reason: "Godt", ValidTo: "2027-02-01"}, store.Actor{UserID: "decider",
			Name: "Decider"})
	if err != nil {
		g.t.Fatal(err)
	}
	return a
}
