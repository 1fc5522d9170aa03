package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// testMoves carries moves out in the database of a test; what jobs asks beside is held there.
type testMoves struct {
	db     *db.DB
	fields []string
}

func noPlan(_ store.Schedule, _ []store.Calendar, planned time.Time) ([]store.Planned, time.Time, error) {
	return nil, planned, nil
}

func (t *testMoves) Delivered(context.Context, string) ([]string, error) {
	if t.fields == nil {
		return nil, errors.New("nothing")
	}
	return t.fields, nil
}
func (t *testMoves) StartMove(ctx context.Context, m *store.Move, schedule bool, by store.Actor) error {
	var s *store.Schedule
	if schedule {
		s, _ = t.db.Schedule(ctx, m.FromID)
	}
	return t.db.StartMove(ctx, m, s, by)
}
func (t *testMoves) SwitchMove(ctx context.Context, m *store.Move, reason string, by store.Actor) error {
	return t.db.SwitchMove(ctx, m, reason, noPlan, by)
}
func (t *testMoves) UndoMove(ctx context.Context, m *store.Move, reason string, by store.Actor) error {
	return t.db.UndoMove(ctx, m, reason, noPlan, by)
}
func (t *testMoves) AbandonMove(ctx context.Context, m *store.Move, reason string, by store.Actor) error {
	return t.db.AbandonMove(ctx, m, reason, noPlan, by)
}

// newMove is a portal in which hjerte-rdap, approved and in operation, lies on a system that goes to "ny".
func newMove(t *testing.T) (*register, *testMoves) {
	t.Helper()
	g := newRegister(t)
	moves := &testMoves{db: g.db}
	g.Moves = moves
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	g.approve()
	must(g.db.MoveIntegration(ctx, "hjerte-rdap", g.integration("hjerte-rdap").Version, store.IntInOperation, "", seeder))
	must(g.db.CreateSystem(ctx, &store.System{ID: "ny", Name: "Ny plattform", Role: store.Source, Phase: store.PhaseActive}, seeder))
	must(g.db.CreateMethod(ctx, &store.Method{ID: "ny-filer", SystemID: "ny", Name: "Filer", Kind: "trial",
		Highest: store.Sensitive, Route: store.RoutePlatform}, seeder))
	must(g.db.CreateMethod(ctx, &store.Method{ID: "ny-skjema", SystemID: "ny", Name: "Skjema", Kind: "trial",
		Highest: store.NotSensitive, Route: store.RoutePlatform, Instead: "tsd"}, seeder))
	must(g.db.CreateConnection(ctx, &store.Connection{ID: "ny-drift", SystemID: "ny", Kind: "trial", Name: "Ny drift",
		Settings: map[string]string{"folder": "/ny"}}, seeder))
	x, err := g.db.System(ctx, "rdap")
	must(err)
	x.Phase, x.EndsOn, x.Successor = store.PhasePhasingOut, "2026-12-31", "ny"
	must(g.db.UpdateSystem(ctx, x, seeder))
	return g, moves
}

const movePath = "/integrations/hjerte-rdap/move"

// approveCopy gives the copy a ROS and an LD and has it approved as it stands.
func (g *register) approveCopy() {
	g.t.Helper()
	ctx := g.t.Context()
	ros, err := g.db.RiskAssessment(ctx, store.Ref{ID: "ros-1", Version: 1})
	if err != nil {
		g.t.Fatal(err)
	}
	ld, err := g.db.SolutionDesign(ctx, store.Ref{ID: "ld-1", Version: 1})
	if err != nil {
		g.t.Fatal(err)
	}
	ros.ID, ld.ID = "ros-ny", "ld-ny"
	ros.Coverage.Methods, ld.Coverage.Methods = []string{"ny-filer"}, []string{"ny-filer"}
	if err := errors.Join(g.db.CreateRiskAssessment(ctx, ros, seeder), g.db.CreateSolutionDesign(ctx, ld, seeder)); err != nil {
		g.t.Fatal(err)
	}
	i := g.integration("hjerte-ny")
	i.ROS, i.LD = store.Ref{ID: "ros-ny", Version: 1}, store.Ref{ID: "ld-ny", Version: 1}
	if err := g.db.UpdateIntegration(ctx, i, seeder); err != nil {
		g.t.Fatal(err)
	}
	g.approveOne("hjerte-ny")
}

func (g *register) theMove() *store.Move {
	g.t.Helper()
	m, err := g.db.IntegrationMove(g.t.Context(), "hjerte-rdap")
	if err != nil {
		g.t.Fatal(err)
	}
	return m
}

// ran puts a run with these counts, and its distribution, into the history.
func (g *register) ran(id string, men, women int64) *store.Run {
	g.t.Helper()
	ctx := g.t.Context()
	r := &store.Run{IntegrationID: id, Trigger: store.TriggerPerson}
	if err := g.db.CreateRun(ctx, r, seeder); err != nil {
		g.t.Fatal(err)
	}
	r, err := g.db.StartRun(ctx, r.ID, seeder)
	if err != nil {
		g.t.Fatal(err)
	}
	n := men + women
	r.Counts = store.Counts{Read: n, Loaded: n}
	x := &store.Distribution{RunNo: r.No, IntegrationID: id, At: r.CreatedAt, Rows: n, Counts: r.Counts,
		Variables: []store.Spread{
			{Variable: "opphold", Kind: store.SpreadValues, Filled: n, Values: map[string]int64{"Mann": men, "Kvinne": women}},
			{Variable: "vekt", Kind: store.SpreadNumbers, Filled: n, Min: 41.5, P25: 60, Median: 72.5, P75: 80, Max: 171.5}}}
	if err := g.db.SaveDistribution(ctx, x); err != nil {
		g.t.Fatal(err)
	}
	if err := g.db.FinishRun(ctx, r, db.Outcome{State: store.RunSucceeded}, seeder); err != nil {
		g.t.Fatal(err)
	}
	return r
}

func version(m *store.Move) string { return strconv.Itoa(m.Version) }

// TestPolicyPage: everybody who has logged in reads the rules, and sees which of their own integrations break them.
func TestPolicyPage(t *testing.T) {
	g, _ := newMove(t)
	reader := g.as(store.RoleReader, "hjerte")
	answers(t, reader.get("/docs/policy"), 200, "Sykehusets regler", "Sensitive skjemasvar går gjennom TSD", "Hver kilde og metode",
		"Regional dataplattform fases ut", "!Lungekreft fra plattformen")
	answers(t, g.as(store.RoleAuditor, store.AllRegistries).get("/docs/policy"), 200, "Lungekreft fra plattformen")
}

// TestPhaseOutIsSeen: an integration on a system that goes away is a task for its coordinator, wherever they look.
func TestPhaseOutIsSeen(t *testing.T) {
	g, _ := newMove(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.get("/today"), 200, "Flytt Hjertekirurgi fra plattformen fra Regional dataplattform",
		"38 dager igjen", `href="/integrations/hjerte-rdap/move"`)
	answers(t, coordinator.get("/integrations/hjerte-rdap"), 200, "Regional dataplattform fases ut", "Flytt til Ny plattform", "38 dager igjen")
	answers(t, coordinator.get("/systems/rdap"), 200, "Ikke begynt")
	leads(t, coordinator.post(movePath, "method", "ny-filer", "connection", "ny-drift", "name", "Hjerte fra den nye", "id", "hjerte-ny"), movePath)
	answers(t, coordinator.get("/today"), 200, "Flyttingen: Planlagt.")
	answers(t, coordinator.get("/systems/rdap"), 200, "Planlagt", "!Ikke begynt")
	answers(t, coordinator.get("/integrations/hjerte-ny"), 200, "Integrasjonen er kopien i en flytting")
	answers(t, g.as(store.RoleReader, "hjerte").get("/today"), 200, "!Flytt Hjertekirurgi")
}

func TestMoveTask(t *testing.T) {
	g, moves := newMove(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	reader := g.as(store.RoleReader, "hjerte")
	plan := func(more ...string) []string {
		return append([]string{"method", "ny-filer", "connection", "ny-drift", "name", "Hjerte fra den nye", "id", "hjerte-ny"}, more...)
	}

	// 1. The copy.
	answers(t, coordinator.get(movePath), 200, "Flytt til Ny plattform", "31. desember 2026", "1. Lag en kopi", "Lag kopien",
		`value="hjerte-rdap-ny"`, "!Visning") // the other way is phased out too
	answers(t, reader.get(movePath), 200, "!Lag kopien", "Koordinatoren for registeret")
	answers(t, reader.post(movePath, plan()...), http.StatusForbidden)
	const foreign = "/integrations/lunge-rdap/move"
	answers(t, coordinator.get(foreign), http.StatusNotFound)
	answers(t, coordinator.post(foreign, plan()...), http.StatusNotFound)
	for _, step := range []string{"/start", "/switch", "/undo", "/abandon"} {
		answers(t, coordinator.post(movePath+step, "version", "1", "reason", "x"), http.StatusNotFound)
		answers(t, reader.post(movePath+step, "version", "1"), http.StatusForbidden)
		answers(t, coordinator.post(foreign+step, "version", "1"), http.StatusNotFound)
	}
	answers(t, coordinator.post(movePath, "method", "kdv-visning", "connection", "", "name", "", "id", "X"), 422,
		`id="f-method-error"`, `id="f-connection-error"`, `id="f-name-error"`, `id="f-id-error"`)
	answers(t, coordinator.post(movePath, "method", "ny-filer", "connection", "ny-drift", "name", "Hjerte", "id", "lunge-rdap"), 422,
		`id="f-id-error"`, `value="Hjerte"`)
	// the classes of what is moved are asked before the copy is made
	answers(t, coordinator.post(movePath, "method", "ny-skjema", "connection", "ny-drift", "name", "Hjerte", "id", "hjerte-ny"), 422)
	leads(t, coordinator.post(movePath, plan()...), movePath)
	answers(t, coordinator.post(movePath, plan("id", "to")...), http.StatusConflict)
	if g.audited("move.plan") != 1 {
		t.Fatal("the plan is not in the log once")
	}

	// 2. Its approval.
	answers(t, coordinator.get("/integrations/hjerte-ny/move"), 200, "2. Få kopien godkjent", "Den nye får ikke kjøre ennå",
		"har ikke levert noe ennå", `href="/integrations/hjerte-ny/approval"`)
	moves.fields = []string{"fnr", "k_annet"}
	answers(t, coordinator.get(movePath), 200, "Mangler: k_opphold", "Uten klasse i mappingen: k_annet")
	start := func(v string, more ...string) []string {
		return append([]string{"version", v, "starts_on", "2026-11-23", "ends_on", "2026-12-07", "min_runs", "2",
			"row_tolerance", "1", "share_tolerance", "1"}, more...)
	}
	answers(t, coordinator.post(movePath+"/start", start("1")...), http.StatusConflict) // not approved
	g.approveCopy()

	// 3. Side by side.
	answers(t, coordinator.get(movePath), 200, "3. Kjør side om side", "Start side om side", `value="2026-12-07"`)
	answers(t, coordinator.post(movePath+"/start", start("7")...), http.StatusConflict)
	answers(t, coordinator.post(movePath+"/start", start("1", "schedule", "on")...), http.StatusForbidden)
	answers(t, coordinator.post(movePath+"/start", "version", "1", "starts_on", "2026-11-23", "ends_on", "2026-11-01",
		"min_runs", "0", "row_tolerance", "1", "share_tolerance", "1"), 422, `id="f-min_runs-error"`, `id="f-ends_on-error"`, `value="2026-11-01"`)
	answers(t, coordinator.post(movePath+"/switch", "version", "1"), http.StatusConflict)
	leads(t, coordinator.post(movePath+"/start", start("1")...), movePath)
	answers(t, coordinator.post(movePath+"/start", start("2")...), http.StatusConflict)

	// 4. The comparison.
	answers(t, coordinator.get(movePath), 200, "4. Sammenlign", "0 av 2 par kjøringer", "Noen må kjøre den nye",
		`href="/integrations/hjerte-ny/schedule"`, "!trenger ikke gjøre noe")
	answers(t, coordinator.post(movePath+"/switch", "version", version(g.theMove())), http.StatusConflict, "Steget er ikke gjort",
		"planen krever 2")
	answers(t, coordinator.post("/integrations/hjerte-ny/state", "version", strconv.Itoa(g.integration("hjerte-ny").Version),
		"to", "ended", "reason", "x"), http.StatusConflict, "Avbryt flyttingen")
	old, shadow := g.ran("hjerte-rdap", 600, 397), g.ran("hjerte-ny", 600, 397)
	if !shadow.Shadow || old.Shadow {
		t.Fatal("the copy loads")
	}
	answers(t, coordinator.get(movePath), 200, "1 av 2 par kjøringer", "Innenfor grensene", "171,5")
	g.clock.Advance(10 * time.Minute)
	g.ran("hjerte-rdap", 995, 2)
	g.ran("hjerte-ny", 900, 97)
	answers(t, coordinator.get(movePath), 200, "5. Bytt", "utenfor grensene", "opphold, Kvinne: 0,2", "!Skjulte verdier")
	// an administrator edits, and sees no rows
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	answers(t, admin.get(movePath), 200, "Skjulte verdier i alt", "!opphold, Kvinne", "!171,5", "72,5")
	answers(t, admin.get(movePath+"?run="+strconv.FormatInt(shadow.No, 10)), 200, "Innenfor grensene", "397")

	// 5. The switch.
	v := version(g.theMove())
	answers(t, coordinator.post(movePath+"/switch", "version", v, "reason", ""), 422, `id="f-reason-error"`)
	answers(t, reader.post(movePath+"/switch", "version", v, "reason", "x"), http.StatusForbidden)
	answers(t, coordinator.post(movePath+"/switch", "version", "1", "reason", "x"), http.StatusConflict)
	leads(t, coordinator.post(movePath+"/switch", "version", v, "reason", "Avtalt"), movePath)
	if g.integration("hjerte-ny").State != store.IntInOperation || g.integration("hjerte-rdap").State != store.IntSuspended {
		t.Fatal("they are not switched")
	}
	answers(t, coordinator.post(movePath+"/switch", "version", v, "reason", "x"), http.StatusConflict)
	answers(t, coordinator.post(movePath+"/abandon", "version", version(g.theMove()), "reason", "x"), http.StatusConflict)
	answers(t, coordinator.get(movePath), 200, "6. Avslutt den gamle", "Bytt tilbake", "Grunn: Avtalt")

	// The old one goes into operation again by no other way than back.
	const oldState = "/integrations/hjerte-rdap/state"
	answers(t, coordinator.get("/integrations/hjerte-rdap"), 200, "En annen integrasjon har tatt over", `!value="in_operation"`,
		`!value="in_assessment"`, `value="ended"`)
	for _, to := range []string{"in_operation", "in_assessment"} {
		answers(t, coordinator.post(oldState, "version", strconv.Itoa(g.integration("hjerte-rdap").Version), "to", to,
			"reason", "x"), http.StatusConflict, "Bytt tilbake")
	}
	answers(t, coordinator.post("/integrations/hjerte-ny/state", "version", strconv.Itoa(g.integration("hjerte-ny").Version),
		"to", "ended", "reason", "x"), http.StatusConflict, "Bytt tilbake først")

	// And back, and away.
	answers(t, coordinator.post(movePath+"/undo", "version", version(g.theMove()), "reason", ""), 422, `id="undo-reason-error"`)
	leads(t, coordinator.post(movePath+"/undo", "version", version(g.theMove()), "reason", "Feil"), movePath)
	if g.integration("hjerte-ny").State != store.IntInOperation || g.integration("hjerte-rdap").State != store.IntInOperation {
		t.Fatal("they are not switched back")
	}
	if !g.ran("hjerte-ny", 5, 5).Shadow || g.ran("hjerte-rdap", 5, 5).Shadow {
		t.Fatal("the copy is no shadow after the way back")
	}
	answers(t, coordinator.get(movePath), 200, "5. Bytt", "Kjører side om side", "Bytt til den nye", `name="reason"`, "7. desember 2026")

	// Why the copy may not run stands on the page before anybody asks; a step that is refused keeps what was written.
	suspended := g.integration("hjerte-ny")
	if err := g.db.MoveIntegration(t.Context(), suspended.ID, suspended.Version, store.IntSuspended, "Stopp", seeder); err != nil {
		t.Fatal(err)
	}
	answers(t, coordinator.get(movePath), 200, "Den nye får ikke kjøre ennå", "!Bytt til den nye")
	answers(t, coordinator.post(movePath+"/switch", "version", version(g.theMove()), "reason", "Haster veldig"), http.StatusConflict,
		"Steget er ikke gjort", "Haster veldig", "Den nye får ikke kjøre ennå")
	leads(t, coordinator.post(movePath+"/abandon", "version", version(g.theMove()), "reason", "Gir opp"), movePath)
	answers(t, coordinator.get(movePath), 200, "1. Lag en kopi")
	for _, action := range []string{"move.start", "move.switch", "move.switch_back", "move.abandon"} {
		if g.audited(action) != 1 {
			t.Errorf("%s stands %d times in the log", action, g.audited(action))
		}
	}
}
