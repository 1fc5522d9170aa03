package jobs

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/store/seed"
	"samband/store/seed/hospital"
)

const copyID = "hjertekirurgi-ny"

// moving is an installation in which the demonstration's integration is on its way to another folder.
type moving struct {
	*house
	move *store.Move
	drop string // where the new system delivers
}

func newMoving(t *testing.T) *moving {
	t.Helper()
	h := open(t)
	m := &moving{house: h, drop: filepath.Join(h.conf.Drop, "ny")}
	ctx := t.Context()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(os.MkdirAll(m.drop, 0o700))
	ok(h.DB.CreateMethod(ctx, &store.Method{ID: "rdap-ny", SystemID: "rdap", Name: "Filer fra den nye", Kind: "files",
		Handover: "file_drop", Highest: store.Sensitive, Route: store.RouteLocal}, by))
	ok(h.DB.CreateConnection(ctx, &store.Connection{ID: "ny-mappe", SystemID: "rdap", Kind: "files", Name: "Ny mappe",
		Settings: map[string]string{"folder": m.drop, "dataset": "episode"}}, by))
	from, err := h.DB.Integration(ctx, seed.DemoIntegration)
	ok(err)
	v, err := h.DB.MappingVersion(ctx, from.ID, from.MappingNo)
	ok(err)
	to := from.Rebase(copyID, "Fra den nye", "rdap-ny", "ny-mappe")
	to.Demo = true
	m.move = &store.Move{FromID: from.ID}
	ok(h.DB.PlanMove(ctx, m.move, to, v, by))
	return m
}

// approveCopy gives the copy a ROS and an LD of the demonstration and approves it.
func (m *moving) approveCopy() {
	m.t.Helper()
	i, err := m.DB.Integration(m.t.Context(), copyID)
	if err != nil {
		m.t.Fatal(err)
	}
	from, _ := m.DB.Integration(m.t.Context(), seed.DemoIntegration)
	ros, err := m.DB.RiskAssessment(m.t.Context(), from.ROS)
	if err != nil {
		m.t.Fatal(err)
	}
	ld, err := m.DB.SolutionDesign(m.t.Context(), from.LD)
	if err != nil {
		m.t.Fatal(err)
	}
	ros.ID, ld.ID = "ny-ros", "ny-ld"
	ros.Coverage.Methods, ld.Coverage.Methods = []string{"rdap-ny"}, []string{"rdap-ny"}
	if err := errors.Join(m.DB.CreateRiskAssessment(m.t.Context(), ros, by), m.DB.CreateSolutionDesign(m.t.Context(), ld, by)); err != nil {
		m.t.Fatal(err)
	}
	i.ROS, i.LD = store.Ref{ID: "ny-ros", Version: ros.Version}, store.Ref{ID: "ny-ld", Version: ld.Version}
	if err := m.DB.UpdateIntegration(m.t.Context(), i, by); err != nil {
		m.t.Fatal(err)
	}
	if err := m.approveDemo(m.t.Context(), copyID, by); err != nil {
		m.t.Fatal(err)
	}
}

func (m *moving) start(runs int) {
	m.t.Helper()
	m.move.StartsOn, m.move.EndsOn, m.move.MinRuns = "2026-11-23", "2026-12-23", runs
	m.move.RowTolerance, m.move.ShareTolerance = store.DefaultRowTolerance, store.DefaultShareTolerance
	if err := m.StartMove(m.t.Context(), m.move, true, by); err != nil {
		m.t.Fatal(err)
	}
}

// deliverTo leaves a delivery in a folder.
func (m *moving) deliverTo(folder string, n, stays int) {
	m.t.Helper()
	m.clock.Advance(time.Minute)
	if _, _, err := hospital.Deliver(folder, hospital.Options{Seed: 1, Delivery: n, Stays: stays, New: 20}, m.clock.Now()); err != nil {
		m.t.Fatal(err)
	}
}

func (m *moving) runOf(id string) *store.Run {
	m.t.Helper()
	m.clock.Advance(time.Minute)
	r, err := m.RunNow(m.t.Context(), RunRequest{IntegrationID: id, By: by})
	if err != nil {
		m.t.Fatal(err)
	}
	return r
}

func (m *moving) outside() int {
	m.t.Helper()
	pairs, err := m.DB.RunPairs(m.t.Context(), m.move)
	if err != nil || len(pairs) == 0 {
		m.t.Fatalf("%d pairs, %v", len(pairs), err)
	}
	c, err := m.DB.Comparison(m.t.Context(), m.move, pairs[len(pairs)-1])
	if err != nil {
		m.t.Fatal(err)
	}
	return c.Outside
}

// TestMoveSideBySide walks a move from its plan to the switch and back, with a folder of files on each side.
func TestMoveSideBySide(t *testing.T) {
	m := newMoving(t)
	ctx := t.Context()
	os.RemoveAll(m.demoFolder())
	m.deliverTo(m.drop, 1, 400)

	// A copy that nobody approved does not read.
	if r := m.runOf(copyID); r.State != store.RunRefused || !strings.HasPrefix(string(r.Reason), "gate.") {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	if err := m.StartMove(ctx, m.move, true, by); store.ClassOf(err) != store.Refused {
		t.Fatalf("side by side with what nobody approved: %v", err)
	}
	if fields, err := m.Delivered(ctx, copyID); err != nil || len(fields) != 22 {
		t.Fatalf("the delivery has %v, %v", fields, err)
	}
	m.approveCopy()
	m.start(2)
	if s, err := m.DB.Schedule(ctx, copyID); err != nil || !s.Enabled {
		t.Fatalf("%+v, %v", s, err)
	}
	if err := m.SwitchMove(ctx, m.move, "fordi", by); store.CodeOf(err) != "move.too_few_runs" {
		t.Fatalf("switched with nothing compared: %v", err)
	}

	// The shadow reads, counts and reports, and the registry doesn't change.
	before := m.dump()
	shadow := m.runOf(copyID)
	if shadow.State != store.RunSucceeded || !shadow.Shadow || shadow.Reason != "run.shadow" || shadow.Counts.Read == 0 ||
		shadow.Counts.Loaded == 0 || !shadow.Counts.Balanced() {
		t.Fatalf("%s %s %+v", shadow.State, shadow.Reason, shadow.Counts)
	}
	if m.dump() != before {
		t.Fatal("a shadow run changed the registry")
	}
	if rep, err := m.DB.Report(ctx, shadow.No); err != nil || rep.Rows == 0 {
		t.Fatalf("the report is not kept: %v", err)
	}
	if may, err := m.MayUndo(ctx, shadow); err != nil || may {
		t.Fatalf("a load that never was may be undone: %v", err)
	}
	if left, _ := os.ReadDir(m.drop); len(left) != 0 {
		t.Errorf("a clear delivery is left: %v", left)
	}
	if again := m.runOf(copyID); again.Reason != "delivery.nothing" {
		t.Errorf("the shadow read its delivery twice: %s", again.Reason)
	}

	// The old one loads the same rows; the two agree, whoever came first.
	m.deliverTo(m.demoFolder(), 1, 400)
	if r := m.runOf(seed.DemoIntegration); r.State != store.RunSucceeded || r.Shadow || r.Counts.Loaded != shadow.Counts.Loaded {
		t.Fatalf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	if n := m.outside(); n != 0 {
		t.Fatalf("the same rows differ in %d figures", n)
	}
	if err := m.SwitchMove(ctx, m.move, "", by); store.CodeOf(err) != "move.too_few_runs" {
		t.Fatalf("switched with one pair of two: %v", err)
	}

	// The second time the new system leaves out a quarter, and is told.
	m.deliverTo(m.demoFolder(), 2, 400)
	old := m.runOf(seed.DemoIntegration)
	loaded := m.dump()
	m.deliverTo(m.drop, 2, 300)
	if r := m.runOf(copyID); !r.Shadow || r.Counts.Unchanged == 0 || r.Counts.Read >= old.Counts.Read {
		t.Fatalf("%+v beside %+v", r.Counts, old.Counts)
	}
	if m.outside() == 0 {
		t.Fatal("a quarter of the rows is missing, and nothing is said")
	}
	if err := m.SwitchMove(ctx, m.move, "", by); store.CodeOf(err) != "move.differs" {
		t.Fatalf("switched in spite of differences, without a reason: %v", err)
	}
	if m.dump() != loaded {
		t.Fatal("a shadow run changed the registry")
	}
	if err := m.SwitchMove(ctx, m.move, "Uttrekket er kortere med vilje", by); err != nil {
		t.Fatal(err)
	}

	// From now on the new one loads, and the old one doesn't run.
	m.deliverTo(m.drop, 3, 400)
	r := m.runOf(copyID)
	if r.State != store.RunSucceeded || r.Shadow || r.Counts.Loaded == 0 || m.dump() == loaded {
		t.Fatalf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	if _, err := m.DB.Distribution(ctx, r.No); store.ClassOf(err) != store.NotFound {
		t.Fatalf("a run after the switch pays for a distribution: %v", err)
	}
	m.deliverTo(m.demoFolder(), 3, 400)
	if r := m.runOf(seed.DemoIntegration); r.State != store.RunRefused || r.Reason != "gate.moved" {
		t.Fatalf("the old one: %s %s", r.State, r.Reason)
	}

	// And back.
	if err := m.UndoMove(ctx, m.move, "Feil i den nye", by); err != nil {
		t.Fatal(err)
	}
	if r := m.runOf(seed.DemoIntegration); r.State != store.RunSucceeded || r.Shadow {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	m.deliverTo(m.drop, 4, 400)
	before = m.dump()
	if r := m.runOf(copyID); r.State != store.RunSucceeded || !r.Shadow || m.dump() != before {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
}

// TestOneSideLoads: the old one can't be put back in operation past the move, and a delivery that the copy held while it
// loaded is not let in after the switch was undone.
func TestOneSideLoads(t *testing.T) {
	m := newMoving(t)
	ctx := t.Context()
	os.RemoveAll(m.demoFolder())
	m.approveCopy()
	m.start(1)
	m.deliverTo(m.drop, 1, 400)
	m.runOf(copyID)
	m.deliverTo(m.demoFolder(), 1, 400)
	m.runOf(seed.DemoIntegration)
	if err := m.SwitchMove(ctx, m.move, "", by); store.CodeOf(err) != "move.too_early" {
		t.Fatalf("switched a month before the plan: %v", err)
	}
	if err := m.SwitchMove(ctx, m.move, "Haster", by); err != nil {
		t.Fatal(err)
	}
	old, err := m.DB.Integration(ctx, seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []store.IntegrationState{store.IntInOperation, store.IntApproved, store.IntInAssessment} {
		if err := m.DB.MoveIntegration(ctx, old.ID, old.Version, to, "", by); store.ClassOf(err) != store.Conflict {
			t.Fatalf("%s: %v", to, err)
		}
	}
	if err := m.approveDemo(ctx, old.ID, by); err != nil {
		t.Fatal(err)
	}
	if r := m.runOf(old.ID); r.State != store.RunRefused || r.Reason != "gate.moved" {
		t.Fatalf("%s %s", r.State, r.Reason)
	}

	m.deliverTo(m.drop, 2, 40) // far fewer than usual
	held := m.runOf(copyID)
	if held.State != store.RunHeld {
		t.Fatalf("%s %s", held.State, held.Reason)
	}
	if err := m.UndoMove(ctx, m.move, "Feil", by); err != nil {
		t.Fatal(err)
	}
	if err := m.StartRelease(ctx, held.ID, "Det er riktig", false, by); store.CodeOf(err) != "run.move_undone" {
		t.Fatalf("the copy loads beside the old one: %v", err)
	}
	if err := m.Reject(ctx, held.ID, "Byttet tilbake", by); err != nil {
		t.Fatal(err)
	}
}

// TestShadowOverLimits: a shadow that the limits would have held doesn't wait for anybody.
func TestShadowOverLimits(t *testing.T) {
	m := newMoving(t)
	i, err := m.DB.Integration(t.Context(), copyID)
	if err != nil {
		t.Fatal(err)
	}
	i.Limits.MaxQuarantined = 0.0001
	if err := m.DB.UpdateIntegration(t.Context(), i, by); err != nil {
		t.Fatal(err)
	}
	m.approveCopy()
	m.start(1)
	m.deliverTo(m.drop, 1, 400)
	r := m.runOf(copyID)
	if r.State != store.RunSucceeded || r.Counts.Quarantined == 0 || r.Reason != "would.quarantined" || !r.WouldHold() {
		t.Fatalf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	lines, err := m.DB.Log(t.Context(), r.No, store.LogFilter{})
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, l := range lines {
		told = told || l.Code == "would.quarantined"
	}
	if !told {
		t.Error("nobody is told that the limits would have held it")
	}
}

// TestAbandonedCopyEnds: what is given up doesn't run any more.
func TestAbandonedCopyEnds(t *testing.T) {
	m := newMoving(t)
	m.approveCopy()
	m.start(1)
	if err := m.AbandonMove(t.Context(), m.move, "Gir opp", by); err != nil {
		t.Fatal(err)
	}
	m.deliverTo(m.drop, 1, 300)
	if r := m.runOf(copyID); r.State != store.RunRefused || r.Reason != "gate.state" {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	list, err := m.DB.Integrations(t.Context(), db.IntegrationFilter{RegistryID: "hjertekirurgi"})
	if err != nil || len(list) != 4 { // the old one, the copy, and the two that the demonstration sends by
		t.Fatalf("%d integrations, %v", len(list), err)
	}
}
