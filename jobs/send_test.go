package jobs

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samband/jobs/connector"
	"samband/jobs/connector/all"
	"samband/jobs/connector/connectortest"
	"samband/store"
	"samband/store/seed"
	"samband/store/seed/hospital"
)

// sends is a house whose registry has rows and that sends them, over the demonstration's way or to a receiver.
func sends(t *testing.T, to *connectortest.Receiver) *house {
	t.Helper()
	list := all.Connectors()
	doc := seed.Outgoing()
	if to != nil {
		list = append(list, to.Connector())
		doc = []byte(strings.NewReplacer("kind: files", "kind: receiver", "folder: \"{drop}/utlevering\"", "", "dataset: operasjon", "",
			"    settings:\n", "").Replace(string(doc)))
	}
	h := openWith(t, list)
	if to != nil {
		if _, err := h.Import(t.Context(), doc, ImportMode{Demo: true, Accept: true}, by); err != nil {
			t.Fatal(err)
		}
	}
	h.deliver(1)
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	return h
}

func (h *house) send(dry bool) *store.Run {
	h.t.Helper()
	r, err := h.RunNow(h.t.Context(), RunRequest{IntegrationID: seed.OutgoingIntegration, DryRun: dry, By: by})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h *house) sentFiles() (names []string) {
	h.t.Helper()
	entries, err := os.ReadDir(h.demoOutFolder())
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestSendToAFolder(t *testing.T) {
	h := sends(t, nil)
	dry := h.send(true)
	if dry.State != store.RunSucceeded || dry.Counts.Loaded == 0 || len(h.sentFiles()) != 0 {
		t.Fatalf("%s %s %+v, %v", dry.State, dry.Reason, dry.Counts, h.sentFiles())
	}
	p, err := h.PreviewOutgoing(t.Context(), seed.OutgoingIntegration)
	if err != nil || p.Counts != dry.Counts || len(p.Rows) != store.PreviewRows || len(p.Fields) != 5 {
		t.Fatalf("%+v, %v", p, err)
	}
	first := h.send(false)
	if first.State != store.RunSucceeded || first.Counts != dry.Counts || !first.Counts.Balanced() {
		t.Fatalf("%s %s %+v", first.State, first.Reason, first.Counts)
	}
	files := h.sentFiles()
	if len(files) != 2 || first.Delivery.Name != files[0] || files[1] != files[0]+".control" {
		t.Fatalf("%v, the run says %q", files, first.Delivery.Name)
	}
	data, err := os.ReadFile(filepath.Join(h.demoOutFolder(), files[0]))
	if err != nil {
		t.Fatal(err)
	}
	header, _, _ := strings.Cut(string(data), "\n")
	if header != "opphold;kjonn;operert;prosedyre;ef" {
		t.Errorf("header %q", header)
	}
	if n := store.ScanPersonNumbers(string(data)); n != 0 {
		t.Errorf("%d person numbers in what was sent", n)
	}
	if n := strings.Count(string(data), "\n"); int64(n-1) != first.Counts.Loaded {
		t.Errorf("%d rows, %d counted", n-1, first.Counts.Loaded)
	}
	again := h.send(false)
	if again.State != store.RunSucceeded || again.Counts.Loaded != 0 || again.Counts.Unchanged != first.Counts.Loaded || len(h.sentFiles()) != 2 {
		t.Errorf("again: %s %+v, %v", again.State, again.Counts, h.sentFiles())
	}
	o, err := h.Outbox(t.Context(), seed.OutgoingIntegration)
	if err != nil || o.By[store.SentAcked] != first.Counts.Loaded || len(o.Open) != 0 || o.LastSent.IsZero() {
		t.Errorf("%+v, %v", o, err)
	}
	if _, err := h.Undo(t.Context(), first.ID, by); store.CodeOf(err) != "undo.sent" {
		t.Errorf("undo: %v", err)
	}
	if may, err := h.MayUndo(t.Context(), first); err != nil || may {
		t.Errorf("undo is offered, %v", err)
	}
	if _, err := h.PlanBackfill(t.Context(), seed.OutgoingIntegration, store.Period{From: "2026-01-01", To: "2026-01-31"}, false, by); store.ClassOf(err) != store.Conflict {
		t.Errorf("backfill: %v", err)
	}
	if err := h.TestConnection(t.Context(), "demo-utlevering"); err != nil {
		t.Error(err)
	}
	os.RemoveAll(h.demoOutFolder())
	if err := h.TestConnection(t.Context(), "demo-utlevering"); store.CodeOf(err) != "files.folder" {
		t.Error(err)
	}
}

// TestLookAtWhatIsSent: where data go out the registry is the source that a mapping is made and tried on.
func TestLookAtWhatIsSent(t *testing.T) {
	h := sends(t, nil)
	ctx, id := t.Context(), seed.OutgoingIntegration
	i, err := h.DB.Integration(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.DB.MappingVersion(ctx, id, i.MappingNo)
	if err != nil {
		t.Fatal(err)
	}
	receiver, err := h.DB.Codebook(ctx, v.CodebookID, v.CodebookVersion)
	if err != nil {
		t.Fatal(err)
	}
	m := &v.Mapping
	books, err := h.OwnCodebooks(ctx, i.RegistryID)
	if err != nil || len(books) != 1 || books[0].ID != m.From {
		t.Fatalf("%+v, %v", books, err)
	}
	if err := h.LookAtSource(ctx, id, m, by); err != nil {
		t.Fatal(err)
	}
	schema, err := h.DB.SourceSchema(ctx, id)
	if err != nil || len(schema.Fields) != len(books[0].Fields()) || schema.Field("ejeksjonsfraksjon").Class != store.Health {
		t.Fatalf("%+v, %v", schema, err)
	}
	p, err := h.DB.SourceProfile(ctx, id)
	if err != nil || p.Rows == 0 || p.Field("kjonn").Distinct != 2 {
		t.Errorf("%+v, %v", p, err)
	}
	sent := h.preview(id, m, receiver)
	out, err := h.PreviewOutgoing(ctx, id)
	if err != nil || len(sent.Rows) != PreviewRows || sent.Rejected != 0 || sent.Delivery != books[0].Title {
		t.Fatalf("%+v, %v", sent, err)
	}
	for r := range 3 {
		for c, cell := range sent.Rows[r].Cells {
			if cell.After.Text() != out.Rows[r][c] {
				t.Errorf("row %d: %s is %q, and %q in what is sent", r+1, cell.Variable, cell.After.Text(), out.Rows[r][c])
			}
		}
	}
	if x, err := h.ExplainMapping(ctx, id, m, receiver, 2, "kjonn"); err != nil || x.Value.Text() != out.Rows[1][1] {
		t.Errorf("%+v, %v", x, err)
	}
	if x, err := h.PreviewResolve(ctx, id, m, receiver); err != nil || x.Accepted == 0 || x.Several != 0 {
		t.Errorf("%+v, %v", x, err)
	}
	leaking := *m
	leaking.Rules = slices.Clone(m.Rules)
	leaking.Rules[3].Steps = []store.Step{{Kind: store.StepConstant, Value: "se 01820100014"}}
	if x := h.preview(id, &leaking, receiver); store.ScanPersonNumbers("se 01820100014") != 1 || x.Accepted != 0 ||
		x.Rows[0].Reason != store.OutgoingLeak || x.Rows[0].Cells[3].After.Text() != store.Mask {
		t.Errorf("a number in a text: %+v", x.Rows[0])
	}
	other := *m
	for want, from := range map[store.Code]string{"outgoing.no_from": "", "outgoing.no_variable": receiver.ID, "codebook.not_found": "finnes-ikke"} {
		other.From = from
		if _, err := h.PreviewMapping(ctx, id, &other, receiver); store.CodeOf(err) != want {
			t.Errorf("from %q: %v", from, err)
		}
	}
	loads, err := h.DB.Runs(ctx, store.RunFilter{All: true, IntegrationID: seed.DemoIntegration, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Undo(ctx, loads[0].ID, by); err != nil {
		t.Fatal(err)
	}
	if _, err := h.PreviewMapping(ctx, id, m, receiver); store.CodeOf(err) != "outgoing.no_rows" {
		t.Errorf("an empty registry: %v", err)
	}
	if err := h.LookAtSource(ctx, id, m, by); err != nil {
		t.Errorf("the fields of an empty registry: %v", err)
	}
}

func (h *house) preview(id string, m *store.Mapping, c *store.Codebook) *store.Preview {
	h.t.Helper()
	p, err := h.PreviewMapping(h.t.Context(), id, m, c)
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// TestSendAndReconcile: a run whose answer was lost ends as unknown, nothing of it is sent again by itself, and what a
// person says decides what the next run sends.
func TestSendAndReconcile(t *testing.T) {
	to := connectortest.NewReceiver(store.TierOnce)
	h := sends(t, to)
	to.Lose = 1
	r := h.send(false)
	if r.State != store.RunUnknown || r.Reason != "run.unanswered" {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	o, err := h.OpenRecords(t.Context(), r)
	if err != nil || int64(o.Total) != r.Counts.Loaded || len(o.First) != min(o.Total, store.OpenShown) || len(o.Held) != len(o.First) ||
		!o.Held[o.First[0].Key] {
		t.Fatalf("%+v of %+v, %v", o, r.Counts, err)
	}
	list := o.First
	for away, says := range map[error]store.Code{errors.New("no words"): "reconcile.no_answer", connector.ErrNothing: "delivery.nothing"} {
		to.Away = away
		if o, err := h.OpenRecords(t.Context(), r); err != nil || o.Held != nil || len(o.First) != len(list) || store.CodeOf(o.Problem) != says {
			t.Errorf("%v: %+v, %v", away, o, err)
		}
	}
	had := len(to.Effects())
	if next := h.send(false); next.State == store.RunUnknown || next.Counts.Loaded != 0 || len(to.Effects()) != had {
		t.Fatalf("%s %+v", next.State, next.Counts)
	}
	lost, again := list[0].Key, list[1].Key
	some := map[string]store.Reconciled{lost: store.NotArrived, again: store.SendAgain}
	if err := h.ReconcileRecords(t.Context(), r.ID, some, "", "ringte mottakeren", by); err != nil {
		t.Fatal(err)
	}
	if now, _ := h.DB.Run(t.Context(), r.ID); now.State != store.RunUnknown {
		t.Errorf("%s while records wait", now.State)
	}
	if err := h.ReconcileRecords(t.Context(), r.ID, nil, store.Arrived, "ringte mottakeren", by); err != nil {
		t.Fatal(err)
	}
	now, err := h.DB.Run(t.Context(), r.ID)
	if err != nil || now.State != store.RunSucceeded || now.Reason != "run.reconciled" || !now.Counts.Balanced() ||
		now.QuarantinedBy[store.OutgoingNot] != 2 {
		t.Fatalf("%s %s %+v %v", now.State, now.Reason, now.Counts, err)
	}
	if err := h.ReconcileRecords(t.Context(), r.ID, nil, store.Arrived, "igjen", by); store.CodeOf(err) != "reconcile.nothing" {
		t.Errorf("twice: %v", err)
	}
	if next := h.send(false); next.State != store.RunSucceeded || next.Counts.Loaded != 2 {
		t.Errorf("%s %+v", next.State, next.Counts)
	}
	for what, n := range to.Effects() {
		if key, _, _ := strings.Cut(what, "="); n != 1 && key != lost && key != again {
			t.Errorf("%s %d times", what, n)
		}
	}
}

// TestSendTakesOver: a receiver that is away is tried again, and a run that lost its process goes on without
// anything twice.
func TestSendTakesOver(t *testing.T) {
	to := connectortest.NewReceiver(store.TierKeyed)
	h := sends(t, to)
	to.Away = &connector.Failure{Host: "r:443", Err: store.E(store.Unavailable, "http.away", store.Args{"host": "r:443"})}
	r, err := h.StartNow(t.Context(), seed.OutgoingIntegration, false, by)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Execute(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	if r, err = h.DB.Run(t.Context(), r.ID); err != nil || !r.Waiting() {
		t.Fatalf("%s %s, %v", r.State, r.Stage, err)
	}
	to.Lose = 1
	if err := h.Execute(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	if r, err = h.DB.Run(t.Context(), r.ID); err != nil || !r.Waiting() {
		t.Fatalf("%s %s, %v", r.State, r.Stage, err)
	}
	if err := h.Execute(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	if r, err = h.DB.Run(t.Context(), r.ID); err != nil || r.State != store.RunSucceeded || r.Counts.Loaded == 0 {
		t.Fatalf("%s %s %+v, %v", r.State, r.Reason, r.Counts, err)
	}
	for what, n := range to.Effects() {
		if n != 1 {
			t.Errorf("%s %d times", what, n)
		}
	}
}

// TestSendIsHeldByAShortRegistry: far fewer rows than usual are held, nothing is deleted at the receiver, and a person lets
// it go on.
func TestSendIsHeldByAShortRegistry(t *testing.T) {
	to := connectortest.NewReceiver(store.TierKeyed)
	h := sends(t, to)
	first := h.send(false)
	loads, err := h.DB.Runs(t.Context(), store.RunFilter{All: true, IntegrationID: seed.DemoIntegration, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Undo(t.Context(), loads[0].ID, by); err != nil {
		t.Fatal(err)
	}
	if _, _, err := hospital.Deliver(h.demoFolder(), hospital.Options{Seed: 1, Stays: 20}, h.clock.Now()); err != nil {
		t.Fatal(err)
	}
	r := h.send(false)
	if r.State != store.RunHeld || int64(len(to.Effects())) != first.Counts.Loaded {
		t.Fatalf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	if err := h.StartRelease(t.Context(), r.ID, "vi tømte registeret", false, by); err != nil {
		t.Fatal(err)
	}
	if r = h.ended(r.ID); r.State != store.RunSucceeded {
		t.Errorf("%s %s", r.State, r.Reason)
	}
	p, err := h.PreviewOutgoing(t.Context(), seed.OutgoingIntegration)
	if err != nil || p.Gone != first.Counts.Loaded {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestSendReleasedWithoutAnswers: a run that was held and released can't end as unknown. It says and the alerts say that
// its records wait, until a person has found out about all of them.
func TestSendReleasedWithoutAnswers(t *testing.T) {
	to := connectortest.NewReceiver(store.TierOnce)
	h := sends(t, to)
	h.send(false)
	loads, err := h.DB.Runs(t.Context(), store.RunFilter{All: true, IntegrationID: seed.DemoIntegration, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Undo(t.Context(), loads[0].ID, by); err != nil {
		t.Fatal(err)
	}
	if _, _, err := hospital.Deliver(h.demoFolder(), hospital.Options{Seed: 7, Stays: 20}, h.clock.Now()); err != nil {
		t.Fatal(err)
	}
	release := func(r *store.Run) *store.Run {
		t.Helper()
		if r.State != store.RunHeld {
			t.Fatalf("%s %s %+v", r.State, r.Reason, r.Counts)
		}
		if err := h.StartRelease(t.Context(), r.ID, "vi tømte registeret", false, by); err != nil {
			t.Fatal(err)
		}
		return h.ended(r.ID)
	}
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	to.Lose = 1
	r := release(h.send(false))
	if r.State != store.RunSucceeded || r.Reason != "run.unanswered" || !r.AwaitsReceiver() || r.Counts.Loaded == 0 {
		t.Fatalf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	waits := func() bool {
		t.Helper()
		if err := h.DB.SettleRunAlerts(t.Context()); err != nil {
			t.Fatal(err)
		}
		list, err := h.DB.Alerts(t.Context(), store.AlertFilter{All: true})
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(list, func(a store.Alert) bool {
			return a.Kind == store.AlertUnknown && a.Subject == seed.OutgoingIntegration && a.RunNo == r.No
		})
	}
	if !waits() {
		t.Error("no alert tells of the records")
	}
	o, err := h.OpenRecords(t.Context(), r)
	if err != nil || o.Total < 2 {
		t.Fatalf("%+v, %v", o, err)
	}
	list := o.First
	loaded := r.Counts.Loaded
	for _, found := range []map[string]store.Reconciled{{list[0].Key: store.NotArrived}, nil} {
		rest := store.Arrived
		if found != nil {
			rest = ""
		}
		if err := h.ReconcileRecords(t.Context(), r.ID, found, rest, "ringte mottakeren", by); err != nil {
			t.Fatal(err)
		}
		if r = h.ended(r.ID); r.AwaitsReceiver() != (found != nil) || waits() != r.AwaitsReceiver() {
			t.Fatalf("%s %s", r.State, r.Reason)
		}
	}
	if r.State != store.RunSucceeded || r.Reason != "run.reconciled" || r.Counts.Loaded != loaded-1 || !r.Counts.Balanced() ||
		r.QuarantinedBy[store.OutgoingNot] != 1 {
		t.Errorf("%s %s %+v %v", r.State, r.Reason, r.Counts, r.QuarantinedBy)
	}
}

// TestSendCancelledBetweenAttempts: a run that is cancelled while it waits to be tried again, with records that nobody knows
// the fate of, is no cancelled run: a person reconciles it.
func TestSendCancelledBetweenAttempts(t *testing.T) {
	to := connectortest.NewReceiver(store.TierKeyed)
	h := sends(t, to)
	to.Lose = 1
	r, err := h.StartNow(t.Context(), seed.OutgoingIntegration, false, by)
	if err == nil {
		err = h.Execute(t.Context(), r.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Cancel(t.Context(), r.ID, by); err != nil {
		t.Fatal(err)
	}
	if r, err = h.DB.Run(t.Context(), r.ID); err != nil || r.State != store.RunUnknown || r.Reason != "run.unanswered" || !r.AwaitsReceiver() {
		t.Fatalf("%s %s, %v", r.State, r.Reason, err)
	}
	o, err := h.Outbox(t.Context(), seed.OutgoingIntegration)
	if err != nil || len(o.Open) != 1 || o.Open[0].RunNo != r.No {
		t.Fatalf("%+v, %v", o, err)
	}
	if err := h.ReconcileRecords(t.Context(), r.ID, nil, store.Arrived, "sett hos mottakeren", by); err != nil {
		t.Error(err)
	}
	if r, err = h.DB.Run(t.Context(), r.ID); err != nil || r.State.Final() == false || r.AwaitsReceiver() {
		t.Errorf("%s %s, %v", r.State, r.Reason, err)
	}
	if next := h.send(false); next.State != store.RunSucceeded || next.Counts.Loaded != 0 && next.Counts.Unchanged == 0 {
		t.Errorf("%s %+v", next.State, next.Counts)
	}
}

// TestSendCancelledWithoutOpenRecords: one that has nothing in the air is cancelled as any other.
func TestSendCancelledWithoutOpenRecords(t *testing.T) {
	to := connectortest.NewReceiver(store.TierKeyed)
	h := sends(t, to)
	to.Away = &connector.Failure{Host: "r:443", Err: store.E(store.Unavailable, "http.away", store.Args{"host": "r:443"})}
	r, err := h.StartNow(t.Context(), seed.OutgoingIntegration, false, by)
	if err == nil {
		err = h.Execute(t.Context(), r.ID)
	}
	if err == nil {
		err = h.Cancel(t.Context(), r.ID, by)
	}
	if err != nil {
		t.Fatal(err)
	}
	if r, err = h.DB.Run(t.Context(), r.ID); err != nil || r.State != store.RunCancelled || r.Reason != "run.cancelled" {
		t.Errorf("%s %s, %v", r.State, r.Reason, err)
	}
}

// TestSendKeepsItsReceipt: what arrived has arrived, also when the receiver's side can't let go of what tells so, and
// although no attempt is left.
func TestSendKeepsItsReceipt(t *testing.T) {
	for _, tier := range store.Tiers {
		to := connectortest.NewReceiver(tier)
		h := sends(t, to)
		to.Keep, to.Stuck = errors.New("the folder is read-only"), errors.New("the folder is gone")
		r := h.send(false)
		if r.State != store.RunSucceeded || r.Counts.Loaded == 0 || !r.Counts.Balanced() {
			t.Fatalf("%s: %s %s %+v", tier, r.State, r.Reason, r.Counts)
		}
		lines, err := h.DB.Log(t.Context(), r.No, store.LogFilter{})
		if err != nil || !slices.ContainsFunc(lines, func(l store.LogLine) bool { return l.Code == "run.receipt_left" }) {
			t.Errorf("%s: the log doesn't say so: %+v, %v", tier, lines, err)
		}
		if again := h.send(false); again.State != store.RunSucceeded || again.Counts.Loaded != 0 || again.Counts.Unchanged != r.Counts.Loaded {
			t.Errorf("%s: again: %s %+v", tier, again.State, again.Counts)
		}
	}
}
