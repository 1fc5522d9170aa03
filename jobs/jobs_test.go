package jobs

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/all"
	"samband/jobs/datadir"
	"samband/store"
	"samband/store/db"
	"samband/store/seed"
	"samband/store/seed/hospital"
)

var by = store.Actor{UserID: "u1", Name: "Kaja"}

// house is an installation in a temporary folder with the demonstration seeded and a clock that stands.
type house struct {
	*Jobs
	t     testing.TB
	clock *store.FakeClock
	conf  Config
}

func open(t testing.TB) *house { t.Helper(); return openWith(t, all.Connectors()) }

func openWith(t testing.TB, connectors []connector.Connector) *house {
	t.Helper()
	dir := t.TempDir()
	clock := store.NewFakeClock(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC))
	h := &house{t: t, clock: clock, conf: Config{Data: filepath.Join(dir, "data"), Drop: filepath.Join(dir, "drop"), MakeKeys: true,
		Workers: 1, Demo: true, Clock: clock, IDs: store.RandomIDs{}, Log: slog.New(slog.DiscardHandler), Connectors: connectors}}
	h.reopen()
	if err := h.Seed(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

// reopen opens the installation again, as after a crash or a restart.
func (h *house) reopen() {
	h.t.Helper()
	if h.Jobs != nil {
		h.Close()
	}
	j, err := Open(h.t.Context(), h.conf)
	if err != nil {
		h.t.Fatal(err)
	}
	h.Jobs = j
}

func (h *house) run(input string) *store.Run {
	h.t.Helper()
	r, err := h.RunNow(h.t.Context(), RunRequest{IntegrationID: seed.DemoIntegration, Input: input, By: by})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// deliver leaves a small delivery in the drop folder in place of what lies there.
func (h *house) deliver(n int) hospital.Planted {
	h.t.Helper()
	os.RemoveAll(h.demoFolder())
	h.clock.Advance(time.Minute)
	_, p, err := hospital.Deliver(h.demoFolder(), hospital.Options{Seed: 1, Delivery: n, Stays: 300, New: 20}, h.clock.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func (h *house) dump() string {
	h.t.Helper()
	var health, identity bytes.Buffer
	if _, err := h.Dump(h.t.Context(), "hjertekirurgi", &health, &identity, by); err != nil {
		h.t.Fatal(err)
	}
	return health.String() + identity.String()
}

func TestRunCountsWhatWasPlanted(t *testing.T) {
	h := open(t)
	p := h.deliver(1)
	r := h.run("")
	var faults int64
	for reason, n := range p.Faults {
		faults += n
		if r.QuarantinedBy[reason] != n {
			t.Errorf("%s: %d rows, planted %d", reason, r.QuarantinedBy[reason], n)
		}
	}
	want := store.Counts{Read: p.Rows, Quarantined: faults, Merged: p.Older + p.Doubles, Loaded: p.Rows - faults - p.Older - p.Doubles}
	if r.State != store.RunSucceeded || r.Counts != want || !r.Counts.Balanced() {
		t.Errorf("%s %s %+v, want %+v", r.State, r.Reason, r.Counts, want)
	}
	if left, _ := os.ReadDir(h.demoFolder()); len(left) != 0 {
		t.Errorf("the clear delivery is still there: %v", left)
	}
	if sealed, _ := os.ReadDir(h.Dir.Sealed(seed.DemoIntegration)); len(sealed) != 1 {
		t.Errorf("%d sealed files", len(sealed))
	}
	if q, err := h.DB.Report(t.Context(), r.No); err != nil || q.Rows != want.Loaded {
		t.Errorf("report %+v, %v", q, err)
	}
	if again := h.run(""); again.State != store.RunSucceeded || again.Reason != "delivery.nothing" || again.Counts.Read != 0 {
		t.Errorf("with nothing there: %s %s", again.State, again.Reason)
	}
}

func TestSameContentUnderAnotherName(t *testing.T) {
	h := open(t)
	h.deliver(1)
	first := h.run("")
	before := h.dump()
	h.deliver(1)
	r := h.run("")
	if r.State != store.RunSucceeded || r.Reason != "delivery.known" || r.ReasonArgs["run"] == nil {
		t.Errorf("%s %s %v after run %d", r.State, r.Reason, r.ReasonArgs, first.No)
	}
	if left, _ := os.ReadDir(h.demoFolder()); len(left) != 0 {
		t.Error("the known delivery is not put away")
	}
	if h.dump() != before {
		t.Error("the registry changed")
	}
}

func TestScheduleRunsOnceAndTheGateIsAsked(t *testing.T) {
	h := open(t)
	h.deliver(1)
	if err := h.Plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	due, err := h.DB.DueRuns(t.Context(), h.clock.Now())
	if err != nil || len(due) != 1 {
		t.Fatalf("%d runs are due, %v", len(due), err)
	}
	for range 2 { // the queue may hand a run over twice
		if err := h.Execute(t.Context(), due[0].ID); err != nil {
			t.Fatal(err)
		}
	}
	r, _ := h.DB.Run(t.Context(), due[0].ID)
	if r.State != store.RunSucceeded || r.Trigger != store.TriggerSchedule || r.Attempt != 1 || r.Counts.Loaded == 0 {
		t.Errorf("%+v", r)
	}
	if err := h.Plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	if due, _ := h.DB.DueRuns(t.Context(), h.clock.Now()); len(due) != 0 {
		t.Error("the same due time came again")
	}

	m, err := h.DB.MappingVersion(t.Context(), seed.DemoIntegration, 1)
	if err != nil {
		t.Fatal(err)
	}
	m.No, m.Mapping.Rules[len(m.Mapping.Rules)-2].Steps[0].From = 2, []string{"vekt"}
	if err := h.DB.SaveMapping(t.Context(), m, by); err != nil {
		t.Fatal(err)
	}
	i, _ := h.DB.Integration(t.Context(), seed.DemoIntegration)
	if err := h.DB.UseMapping(t.Context(), i.ID, i.Version, 2, by); err != nil {
		t.Fatal(err)
	}
	h.deliver(2)
	before := h.dump()
	refused := h.run("")
	if refused.State != store.RunRefused || refused.Reason != "gate.scope_not_covered" {
		t.Errorf("a mapping nobody approved: %s %s", refused.State, refused.Reason)
	}
	if h.dump() != before {
		t.Error("a refused run changed the registry")
	}
}

// heldBack runs what was delivered where nothing may be in quarantine, so that it is held.
func (h *house) heldBack() *store.Run {
	h.t.Helper()
	h.tight()
	r := h.run("")
	if r.State != store.RunHeld || r.Reason != "hold.quarantined" || r.Counts.Read == 0 {
		h.t.Fatalf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	return r
}

// tight lets nothing be in quarantine.
func (h *house) tight() {
	h.t.Helper()
	i, err := h.DB.Integration(h.t.Context(), seed.DemoIntegration)
	if err != nil {
		h.t.Fatal(err)
	}
	i.Limits.MaxQuarantined = 0.0001
	if err := h.DB.UpdateIntegration(h.t.Context(), i, by); err != nil {
		h.t.Fatal(err)
	}
	if err := h.approveDemo(h.t.Context(), i.ID, by); err != nil {
		h.t.Fatal(err)
	}
}

// hold makes the next delivery one that is held: nothing may be in quarantine.
func (h *house) hold() *store.Run {
	h.t.Helper()
	h.deliver(1)
	r := h.heldBack()
	if left, _ := os.ReadDir(h.demoFolder()); len(left) != 0 {
		h.t.Error("a held delivery lies in clear")
	}
	return r
}

func (h *house) ended(id string) *store.Run {
	h.t.Helper()
	h.Jobs.done.Wait()
	r, err := h.DB.Run(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func TestRelease(t *testing.T) {
	h := open(t)
	r := h.hold()
	if d := h.dump(); strings.Count(d, "\n") != 2 {
		t.Fatal("a held run loaded something")
	}
	h.clock.Advance(3 * time.Hour)
	if err := h.StartRelease(t.Context(), r.ID, "sjekket", false, by); err != nil {
		t.Fatal(err)
	}
	r = h.ended(r.ID)
	if r.Waited < 3*time.Hour || r.Took() > time.Hour {
		t.Errorf("waited %s and took %s", r.Waited, r.Took())
	}
	if r.State != store.RunSucceeded || r.Reason != "run.released" || r.Counts.Loaded == 0 || !r.Counts.Balanced() {
		t.Errorf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	if err := h.StartRelease(t.Context(), r.ID, "igjen", false, by); store.ClassOf(err) != store.Conflict {
		t.Errorf("released twice: %v", err)
	}
}

// A held delivery that could not be put away, because the process ended or the disk was full: it isn't read again, and a
// person can let it load all the same.
func TestReleaseOfWhatLiesWhereItWas(t *testing.T) {
	for name, open := range map[string]func(*testing.T) *house{
		"files": func(t *testing.T) *house { h := open(t); h.deliver(1); return h },
		"pages": func(t *testing.T) *house { h, _ := openPaged(t); return h },
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			sealed := h.Dir.Sealed(seed.DemoIntegration)
			if err := os.MkdirAll(filepath.Dir(sealed), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(sealed, nil, 0o600); err != nil { // no folder can be made there
				t.Fatal(err)
			}
			r := h.heldBack()
			os.Remove(sealed)
			done, by1, err := h.DB.DeliveryDone(t.Context(), r.IntegrationID, r.Delivery.SHA256)
			if err != nil || !done || by1 != r.No {
				t.Errorf("it would be read again: %v, %d, %v", done, by1, err)
			}
			if err := h.StartRelease(t.Context(), r.ID, "sjekket", false, by); err != nil {
				t.Fatal(err)
			}
			if r = h.ended(r.ID); r.State != store.RunSucceeded || r.Counts.Loaded == 0 {
				t.Errorf("%s %s %+v", r.State, r.Reason, r.Counts)
			}
			if list, _ := os.ReadDir(sealed); len(list) != 1 {
				t.Errorf("%d sealed files", len(list))
			}
		})
	}
}

func TestReject(t *testing.T) {
	h := open(t)
	r := h.hold()
	if err := h.Reject(t.Context(), r.ID, "feil uttrekk", by); err != nil {
		t.Fatal(err)
	}
	if r = h.ended(r.ID); r.State != store.RunCancelled || r.Reason != "run.rejected" {
		t.Errorf("%s %s", r.State, r.Reason)
	}
	if err := h.Reject(t.Context(), r.ID, "igjen", by); store.ClassOf(err) != store.Conflict {
		t.Errorf("rejected twice: %v", err)
	}
	h.deliver(1)
	if again := h.run(""); again.Reason != "delivery.known" {
		t.Errorf("a rejected delivery is read again: %s %s", again.State, again.Reason)
	}
}

func TestUndo(t *testing.T) {
	h := open(t)
	h.deliver(1)
	first := h.run("")
	before := h.dump()
	h.deliver(2)
	second := h.run("")
	if h.dump() == before || second.Counts.Loaded == 0 {
		t.Fatalf("the second delivery changed nothing: %+v", second.Counts)
	}
	if _, err := h.Undo(t.Context(), first.ID, by); store.ClassOf(err) != store.Refused {
		t.Errorf("a load that another was built on is undone: %v", err)
	}
	if may, err := h.MayUndo(t.Context(), second); !may || err != nil {
		t.Errorf("may undo: %v %v", may, err)
	}
	if n, err := h.Undo(t.Context(), second.ID, by); err != nil || n != second.Counts.Loaded {
		t.Errorf("%d rows, %v; loaded %d", n, err, second.Counts.Loaded)
	}
	if h.dump() != before {
		t.Error("the registry is not as before")
	}
}

func TestCancel(t *testing.T) {
	h := open(t)
	h.deliver(1)
	r, err := h.StartNow(t.Context(), seed.DemoIntegration, false, by)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Cancel(t.Context(), r.ID, by); err != nil {
		t.Fatal(err)
	}
	if err := h.Execute(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	if r = h.ended(r.ID); r.State != store.RunCancelled {
		t.Errorf("%s", r.State)
	}
}

func TestDryRunKeepsNothing(t *testing.T) {
	h := open(t)
	h.deliver(1)
	before := h.dump()
	r, err := h.RunNow(t.Context(), RunRequest{IntegrationID: seed.DemoIntegration, DryRun: true, By: by})
	if err != nil || r.State != store.RunSucceeded || r.Counts.Loaded == 0 || !r.DryRun {
		t.Fatalf("%+v %v", r, err)
	}
	if h.dump() != before {
		t.Error("the registry changed")
	}
	if r := h.run(""); r.Counts.Loaded == 0 {
		t.Error("the delivery is gone after a dry run")
	}
}

// TestDryRunSaysItWouldBeHeld holds each limit against a delivery that a real run would be held for: the dry run succeeds,
// for it loads nothing, and says why.
func TestDryRunSaysItWouldBeHeld(t *testing.T) {
	h := open(t)
	for n := 1; n <= 3; n++ {
		if r := h.drop(n, 300); r.State != store.RunSucceeded {
			t.Fatalf("delivery %d: %s %s", n, r.State, r.Reason)
		}
	}
	for want, rows := range map[store.Code]table{
		"would.empty":   h.delivery(9)[:1],
		"would.volume":  h.delivery(9)[:30],
		"would.columns": h.delivery(9).with("ny", "1"),
		"would.codes":   h.delivery(9).each("royker", 0.2, constant("7")),
		"run.dry":       h.delivery(9),
	} {
		path := h.file(rows)
		r, err := h.RunNow(t.Context(), RunRequest{IntegrationID: seed.DemoIntegration, Input: path, DryRun: true, By: by})
		if err != nil || r.State != store.RunSucceeded || r.Reason != want || r.WouldHold() != (want != "run.dry") {
			t.Errorf("%s: %s %s %v", want, r.State, r.Reason, err)
			continue
		}
		real, err := h.RunNow(t.Context(), RunRequest{IntegrationID: seed.DemoIntegration, Input: path, By: by})
		held := strings.Replace(string(want), "would.", "hold.", 1)
		if err != nil || want != "run.dry" && (real.State != store.RunHeld || string(real.Reason) != held) {
			t.Errorf("%s: the real one is %s %s %v", want, real.State, real.Reason, err)
		}
		if want != "run.dry" {
			if err := h.Reject(t.Context(), real.ID, "Prøve", by); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestExportImportExport(t *testing.T) {
	h := open(t)
	scale := store.DefaultScale()
	scale.Version, scale.Likelihood[0], scale.Bands[0].Top = 2, "Aldri", 3
	document := &store.DocumentRef{Name: "ros.pdf", SHA256: strings.Repeat("ab", 32)}
	covers := store.Coverage{Methods: []string{"rdap-demo"}, Fields: []string{"AVD"}}
	for _, err := range []error{
		h.DB.SaveScale(t.Context(), scale, by),
		h.DB.CreateRiskAssessment(t.Context(), &store.RiskAssessment{ID: "full", Version: 1, Title: "ROS", Coverage: covers,
			Method: "Møte", Participants: []string{"Eier"}, Document: document, DecidedBy: "Leder", DecidedOn: "2026-01-01",
			ValidTo: "2027-01-01", Reason: "Liten", Conditions: "Følges opp",
			Risks: []store.Risk{{No: 2, Scenario: "Feil", Likelihood: 3, Consequence: 4, Measures: []int{1},
				Touches: []string{"field"}}},
			Measures: []store.Measure{{No: 1, Text: "Sjekk", OwnerRole: "Eier", DueOn: "2027-01-01", State: store.MeasureOpen}},
		}, by),
		h.DB.CreateSolutionDesign(t.Context(), &store.SolutionDesign{ID: "full", Version: 1, Title: "LD", Coverage: covers,
			Systems: []string{"DIPS"}, Separation: "To pakker", Document: document}, by),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	out, err := h.Export(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	n, err := h.Import(t.Context(), out, ImportMode{}, by)
	if err != nil || n.Created+n.Changed != 0 || n.Unchanged == 0 {
		t.Errorf("into itself: %+v, %v", n, err)
	}
	b, err := ParseBundle(out)
	if err != nil {
		t.Fatal(err)
	}
	for i := range b.Integrations {
		if x := &b.Integrations[i]; x.ID == seed.DemoIntegration {
			x.Mapping.Person.Classic = !x.Mapping.Person.Classic
		}
	}
	doc, err := FormatBundle(b)
	if err != nil {
		t.Fatal(err)
	}
	was := n.Unchanged
	if n, err = h.Import(t.Context(), doc, ImportMode{}, by); err != nil || n.Changed != 1 || n.Unchanged != was-1 || n.Created != 0 {
		t.Errorf("another mapping: %+v, %v", n, err)
	}
	if v, err := h.DB.MappingVersion(t.Context(), seed.DemoIntegration, 2); err != nil || v.Message != "Lest inn fra fil" {
		t.Errorf("%+v, %v", v, err)
	}
	other := open(t)
	if _, err := other.Import(t.Context(), bytes.ReplaceAll(out, []byte(h.conf.Drop), []byte(other.conf.Drop)), ImportMode{}, by); err != nil {
		t.Fatal(err)
	}
	again, err := other.Export(t.Context(), "")
	if err != nil || !bytes.Equal(bytes.ReplaceAll(again, []byte(other.conf.Drop), []byte(h.conf.Drop)), out) {
		t.Errorf("the second export differs (%v)", err)
	}
	rescaled := bytes.Replace(out, []byte("Aldri"), []byte("Nesten aldri"), 1)
	if _, err := other.Import(t.Context(), rescaled, ImportMode{}, by); store.CodeOf(err) != "import.scale" {
		t.Errorf("a scale that analyses were scored on is changed: %v", err)
	}
	part, err := h.Export(t.Context(), seed.DemoIntegration)
	if err != nil || bytes.Contains(part, []byte("kreftregisteret")) || !bytes.Contains(part, []byte("demo-ros")) {
		t.Errorf("the export of one integration is wrong: %v\n%s", err, part)
	}
}

func TestImportNeverApproves(t *testing.T) {
	h := open(t)
	out, err := h.Export(t.Context(), seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	doc := bytes.ReplaceAll(out, []byte("hjertekirurgi-opphold"), []byte("kopi"))
	if _, err := h.Import(t.Context(), doc, ImportMode{}, by); err != nil {
		t.Fatal(err)
	}
	i, err := h.DB.Integration(t.Context(), "kopi")
	if err != nil || i.State != store.IntCandidate || i.Demo || i.MappingNo != 1 {
		t.Fatalf("%+v %v", i, err)
	}
	s, err := h.DB.Schedule(t.Context(), "kopi")
	if err != nil || !s.Enabled { // as the document says, so that it can be exported again
		t.Fatalf("%+v %v", s, err)
	}
	if again, err := h.Export(t.Context(), "kopi"); err != nil || !bytes.Equal(again, doc) {
		t.Errorf("what came in is not what goes out: %v", err)
	}
	off := *s
	off.Enabled = false
	if err := h.SaveSchedule(t.Context(), &off, by); err != nil {
		t.Fatal(err)
	}
	on := off
	on.Enabled = true
	if err := h.SaveSchedule(t.Context(), &on, by); store.ClassOf(err) != store.Refused {
		t.Errorf("switched on with nobody's approval: %v", err)
	}
	foreign := bytes.Replace(doc, []byte("registry: hjertekirurgi\n    method"), []byte("registry: annet\n    method"), 1)
	_, err = h.Import(t.Context(), foreign, ImportMode{}, by)
	if bytes.Equal(foreign, doc) || store.ClassOf(err) != store.Invalid || !strings.Contains(err.Error(), "codebook") {
		t.Errorf("another registry's codebook came in: %v", err)
	}
	r, err := h.RunNow(t.Context(), RunRequest{IntegrationID: "kopi", By: by})
	if err != nil || r.State != store.RunRefused {
		t.Errorf("%+v %v", r, err)
	}
	h.conf.OIDC = true
	h.reopen()
	if _, err := h.Import(t.Context(), doc, ImportMode{Demo: true}, by); store.CodeOf(err) != "import.demo" {
		t.Errorf("a demonstration is registered beside real logins: %v", err)
	}
}

func TestImportTellsWhatIsWrong(t *testing.T) {
	h := open(t)
	for name, c := range map[string]struct {
		doc  string
		code store.Code
		at   string
	}{
		"not YAML":       {"a: [", "bundle.yaml_line", ""},
		"another format": {"samband: 7", "bundle.format", ""},
		"unknown member": {"samband: 1\nfoo: 1", "bundle.yaml_field", ""},
		"two documents":  {"samband: 1\n---\nsamband: 1", "bundle.documents", ""},
		"a bad id":       {"samband: 1\nsolutions: [{id: Ærlig, name: x, phase: active}]", "slug", "solutions.Ærlig.id"},
		"a bad schedule": {"samband: 1\nintegrations: [{id: x, registry: hjertekirurgi, method: rdap-demo, name: X, sensitivity: sensitive, schedule: {expr: '0 0 30 2 *', enabled: true}}]",
			"schedule.never", "integrations.x.schedule.expr"},
	} {
		_, err := h.Import(t.Context(), []byte(c.doc), ImportMode{}, by)
		var code store.Code
		var at string
		if fields, ok := err.(store.FieldErrors); ok && len(fields) > 0 {
			code, at = fields[0].Code, fields[0].Field
		} else {
			code = store.CodeOf(err)
		}
		if code != c.code || at != c.at {
			t.Errorf("%s: %s at %q (%v)", name, code, at, err)
		}
	}
}

func TestOneOwner(t *testing.T) {
	h := open(t)
	if _, err := Open(context.Background(), h.conf); err != datadir.ErrOwned {
		t.Errorf("a second owner: %v", err)
	}
}

func TestSeedOnce(t *testing.T) {
	h := open(t)
	before, _ := h.DB.Audit(t.Context(), store.AuditFilter{All: true, Limit: 1000})
	h.reopen()
	if err := h.Seed(t.Context()); err != nil {
		t.Fatal(err)
	}
	after, _ := h.DB.Audit(t.Context(), store.AuditFilter{All: true, Limit: 1000})
	if len(after) != len(before) {
		t.Errorf("seeding again did %d things", len(after)-len(before))
	}
	list, _ := h.DB.Integrations(t.Context(), db.IntegrationFilter{})
	for _, i := range list {
		if i.State.Runnable() && !i.Demo {
			t.Errorf("%s is seeded as approved", i.ID)
		}
	}
}

func TestTwoDecideAtOnce(t *testing.T) {
	for range 5 {
		h := open(t)
		r := h.hold()
		errs := make(chan error, 8)
		for n := range cap(errs) {
			go func() {
				if n%2 == 0 {
					errs <- h.StartRelease(context.Background(), r.ID, "slipp", false, by)
				} else {
					errs <- h.Reject(context.Background(), r.ID, "avvis", by)
				}
			}()
		}
		taken := 0
		for range cap(errs) {
			if err := <-errs; err == nil {
				taken++
			} else if store.ClassOf(err) != store.Conflict {
				t.Error(err)
			}
		}
		r = h.ended(r.ID)
		loaded := strings.Count(h.dump(), "\n") > 2
		if taken != 1 || !r.State.Final() || loaded != (r.State == store.RunSucceeded) {
			t.Fatalf("%d decisions were taken; %s, loaded %v", taken, r.State, loaded)
		}
	}
}

func TestUndoneRunSaysSo(t *testing.T) {
	h := open(t)
	h.deliver(1)
	r := h.run("")
	if _, err := h.Undo(t.Context(), r.ID, by); err != nil {
		t.Fatal(err)
	}
	if r = h.ended(r.ID); r.State != store.RunSucceeded || r.Reason != "run.undone" || r.ReasonArgs["name"] != by.Name {
		t.Errorf("%s %s %v", r.State, r.Reason, r.ReasonArgs)
	}
}

func TestConnectionFolder(t *testing.T) {
	h := open(t)
	for folder, want := range map[string]store.Code{
		"relative":                            "connection.relative",
		h.Dir.Root:                            "connection.own_folder",
		filepath.Join(h.Dir.Root, "sealed"):   "connection.own_folder",
		filepath.Dir(h.Dir.Root):              "connection.own_folder",
		"/":                                   "connection.own_folder",
		filepath.Join(h.conf.Drop, "another"): "",
		h.Dir.Root + "-beside":                "",
	} {
		err := h.CheckConnection(&store.Connection{Kind: "files", Settings: map[string]string{"folder": folder, "dataset": "episode"}})
		var code store.Code
		if fields, ok := err.(store.FieldErrors); ok {
			code = fields[0].Code
		}
		if code != want {
			t.Errorf("%s: %v", folder, err)
		}
	}
}

func TestSecondClickStartsNothing(t *testing.T) {
	h := open(t)
	a, err := h.StartNow(t.Context(), seed.DemoIntegration, false, by)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := h.StartNow(t.Context(), seed.DemoIntegration, false, by); err != nil || b.ID != a.ID {
		t.Errorf("%v %v", b, err)
	}
}

// The workload of the pipeline's own test is imported as it stands, on any machine.
func TestImportEpisodes(t *testing.T) {
	h := open(t)
	doc, err := os.ReadFile("pipeline/testdata/episodes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := h.Import(t.Context(), doc, ImportMode{Demo: true}, by); err != nil {
			t.Fatal(err)
		}
	}
	if a, err := h.Gate(t.Context(), "episodes", store.AtRun); err != nil || !a.OK() {
		t.Errorf("%v %v", a, err)
	}
}
