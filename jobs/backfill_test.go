package jobs

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"samband/store"
	"samband/store/seed"
)

var always = store.Period{From: "2020-01-01", To: "2029-12-28"}

// carryOut carries out the runs of a backfill as workers would who look at them in any order, until nothing more begins.
func (h *house) carryOut(id string) []store.Run {
	h.t.Helper()
	for range 10 {
		runs, err := h.DB.BackfillRuns(h.t.Context(), id)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, r := range slices.Backward(runs) {
			if err := h.Execute(h.t.Context(), r.ID); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	runs, err := h.DB.BackfillRuns(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return runs
}

func (h *house) planned(dry bool) *store.Backfill {
	h.t.Helper()
	b, err := h.PlanBackfill(h.t.Context(), seed.DemoIntegration, always, dry, by)
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

func (h *house) started(b *store.Backfill) *store.Backfill {
	h.t.Helper()
	b, diff, err := h.StartBackfill(h.t.Context(), b.ID, by)
	if err != nil || diff != nil {
		h.t.Fatalf("%+v, %v", diff, err)
	}
	return b
}

// TestBackfill holds that a plan names what was loaded and what waits, that it is carried out in order and leaves the
// registry as one load after another does, and that nothing else is ever carried out than what was shown.
func TestBackfill(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.deliver(1)
	first := h.run("")
	h.deliver(2)
	b := h.planned(false)
	if len(b.Plan.Steps) != 2 || len(b.Plan.Gate) > 0 || b.State != store.BackfillPlanned {
		t.Fatalf("%+v", b)
	}
	kinds := map[store.BackfillKind]store.BackfillStep{}
	for _, s := range b.Plan.Steps {
		kinds[s.Kind] = s
	}
	if s := kinds[store.BackfillSealed]; s.Mark != first.Delivery.SHA256 || s.Loaded != first.No || s.Rows != first.Counts.Read {
		t.Errorf("%+v", s)
	}
	if s := kinds[store.BackfillWaiting]; s.Name == "" || s.Bytes == 0 || s.Loaded != 0 {
		t.Errorf("%+v", s)
	}
	if runs, _ := h.DB.BackfillRuns(ctx, b.ID); len(runs) != 0 {
		t.Error("a plan made runs")
	}

	// Something comes between: the plan that was shown is not carried out, and the new one says why.
	shown := b
	h.run("")
	b, diff, err := h.StartBackfill(ctx, shown.ID, by)
	if err != nil || diff == nil || len(diff.New) != 1 || len(diff.Gone) != 1 || b.ID == shown.ID {
		t.Fatalf("%+v, %+v, %v", b, diff, err)
	}
	if open, _ := h.DB.OpenBackfills(ctx); len(open) != 0 {
		t.Fatal("set going though it had changed")
	}
	before := h.dump()
	b = h.started(b)
	runs := h.carryOut(b.ID)
	for i, r := range runs {
		if r.State != store.RunSucceeded || r.Trigger != store.TriggerBackfill || r.Delivery.SHA256 != b.Plan.Steps[i].Mark {
			t.Errorf("run %d: %s %s %+v", i, r.State, r.Reason, r.Reads)
		}
	}
	if b, _ = h.DB.Backfill(ctx, b.ID); b.State != store.BackfillDone {
		t.Errorf("%s", b.State)
	}
	if h.dump() != before {
		t.Error("loading all again in order changed what the registry holds")
	}
	if _, _, err := h.StartBackfill(ctx, b.ID, by); store.CodeOf(err) != "backfill.state" {
		t.Error(err)
	}
}

// TestBackfillContent holds a plan to what is in the files: one of the same name and size with other content makes another
// plan, and one that is swapped after the plan was set going is not read.
func TestBackfillContent(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.deliver(1)
	shown := h.planned(false)
	if len(shown.Plan.Steps) != 1 || len(shown.Plan.Steps[0].Mark) != 64 {
		t.Fatalf("%+v", shown.Plan.Steps)
	}
	step := shown.Plan.Steps[0]
	swap := func() {
		t.Helper()
		path := filepath.Join(h.demoFolder(), step.Name)
		was, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		at := bytes.LastIndexAny(was, "0123456789")
		was[at] = '0' + (was[at]-'0'+1)%10
		sum := sha256.Sum256(was)
		control, err := os.ReadFile(path + ".control")
		if err != nil {
			t.Fatal(err)
		}
		control = regexp.MustCompile(`(?m)^sha256=.*$`).ReplaceAll(control, []byte("sha256="+hex.EncodeToString(sum[:])))
		for path, b := range map[string][]byte{path: was, path + ".control": control} {
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	swap()
	b, diff, err := h.StartBackfill(ctx, shown.ID, by)
	if err != nil || diff == nil || len(diff.Changed) != 1 || diff.Changed[0].Name != step.Name || diff.Changed[0].Bytes != step.Bytes ||
		len(diff.New)+len(diff.Gone)+len(diff.Other) > 0 {
		t.Fatalf("set going with other content: %+v, %v", diff, err)
	}
	before := h.dump()
	b = h.started(b)
	swap()
	runs := h.carryOut(b.ID)
	if len(runs) != 1 || runs[0].State != store.RunRefused || runs[0].Reason != "backfill.content" || h.dump() != before {
		t.Errorf("%+v", runs)
	}
	if _, err := os.Stat(filepath.Join(h.demoFolder(), step.Name)); err != nil {
		t.Error("what was not read is gone:", err)
	}
	if b, _ = h.DB.Backfill(ctx, b.ID); b.State != store.BackfillStopped {
		t.Error(b.State)
	}
	for _, r := range h.carryOut(h.started(h.planned(false)).ID) {
		if r.State != store.RunSucceeded || r.Counts.Loaded == 0 {
			t.Errorf("%s %s", r.State, r.Reason)
		}
	}
}

// TestBackfillOrder holds that a run of a backfill doesn't begin before those ahead of it, and not at all when one of them
// did not go well.
func TestBackfillOrder(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.deliver(1)
	h.run("")
	h.deliver(2)
	h.run("")
	b := h.started(h.planned(false))
	runs, _ := h.DB.BackfillRuns(ctx, b.ID)
	if err := h.Execute(ctx, runs[1].ID); err != nil {
		t.Fatal(err)
	}
	if r, _ := h.DB.Run(ctx, runs[1].ID); r.State != store.RunDue {
		t.Errorf("begun out of turn: %s", r.State)
	}
	if err := h.Cancel(ctx, runs[0].ID, by); err != nil {
		t.Fatal(err)
	}
	if err := h.settleBackfills(ctx); err != nil {
		t.Fatal(err)
	}
	r, _ := h.DB.Run(ctx, runs[1].ID)
	if b, _ = h.DB.Backfill(ctx, b.ID); b.State != store.BackfillStopped || r.State != store.RunCancelled || r.Reason != "backfill.stopped" {
		t.Errorf("%s, %s %s", b.State, r.State, r.Reason)
	}

	b = h.started(h.planned(false))
	if err := h.CancelBackfill(ctx, b.ID, by); err != nil {
		t.Fatal(err)
	}
	for _, r := range h.carryOut(b.ID) {
		if r.State != store.RunCancelled || r.CancelBy != by.Name {
			t.Errorf("%s by %q", r.State, r.CancelBy)
		}
	}
}

// TestBackfillDryRun holds that trying a backfill changes nothing: not the registry, and not what is known of deliveries.
func TestBackfillDryRun(t *testing.T) {
	h := open(t)
	h.deliver(1)
	before := h.dump()
	b := h.started(h.planned(true))
	for _, r := range h.carryOut(b.ID) {
		if r.State != store.RunSucceeded || r.Reason != "run.dry" || r.Counts.Read == 0 {
			t.Errorf("%s %s %+v", r.State, r.Reason, r.Counts)
		}
	}
	if h.dump() != before {
		t.Error("the registry changed")
	}
	if known, _ := h.DB.Deliveries(t.Context(), seed.DemoIntegration, 10); len(known) != 0 {
		t.Errorf("%v is taken for read", known)
	}
	if r := h.run(""); r.State != store.RunSucceeded || r.Counts.Loaded == 0 {
		t.Errorf("%s %s", r.State, r.Reason)
	}
}

func TestBackfillPeriod(t *testing.T) {
	h := open(t)
	for _, of := range []store.Period{{}, {From: "2026-02-30", To: "2026-03-01"}, {From: "2026-03-02", To: "2026-03-01"}} {
		if _, err := h.PlanBackfill(t.Context(), seed.DemoIntegration, of, false, by); store.ClassOf(err) != store.Invalid {
			t.Errorf("%v: %v", of, err)
		}
	}
	h.deliver(1)
	b, err := h.PlanBackfill(t.Context(), seed.DemoIntegration, store.Period{From: "2001-01-01", To: "2001-12-31"}, false, by)
	if err != nil || len(b.Plan.Steps) != 0 {
		t.Fatalf("%+v, %v", b, err)
	}
	if _, _, err := h.StartBackfill(t.Context(), b.ID, by); store.CodeOf(err) != "backfill.nothing" {
		t.Error(err)
	}
	want := []store.Period{{From: "2026-01-15", To: "2026-01-31"}, {From: "2026-02-01", To: "2026-02-28"}, {From: "2026-03-01", To: "2026-03-01"}}
	if got := (store.Period{From: "2026-01-15", To: "2026-03-01"}).Months(); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}
