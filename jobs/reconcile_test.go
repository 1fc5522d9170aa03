package jobs

import (
	"database/sql"
	"testing"

	"samband/store"
	"samband/store/seed"
)

// A process that is killed leaves its run at work. Which of the two commits had taken place decides.
func TestReconcile(t *testing.T) {
	t.Run("before the load", func(t *testing.T) {
		h := open(t)
		h.deliver(1)
		r := &store.Run{IntegrationID: seed.DemoIntegration, Trigger: store.TriggerPerson}
		if err := h.DB.CreateRun(t.Context(), r, by); err != nil {
			t.Fatal(err)
		}
		if _, err := h.DB.StartRun(t.Context(), r.ID, by); err != nil {
			t.Fatal(err)
		}
		h.reopen()
		if err := h.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := h.Execute(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		r = h.ended(r.ID)
		if r.State != store.RunSucceeded || r.Attempt != 2 || r.Counts.Loaded == 0 || !r.Counts.Balanced() {
			t.Errorf("%s %s attempt %d %+v", r.State, r.Reason, r.Attempt, r.Counts)
		}
	})
	t.Run("between the load and the run's row", func(t *testing.T) {
		h := open(t)
		h.deliver(1)
		r := &store.Run{IntegrationID: seed.DemoIntegration, Trigger: store.TriggerPerson}
		if err := h.DB.CreateRun(t.Context(), r, by); err != nil {
			t.Fatal(err)
		}
		q, err := h.Question(t.Context(), r.IntegrationID, store.AtRun)
		if err != nil {
			t.Fatal(err)
		}
		started, err := h.DB.StartRun(t.Context(), r.ID, by)
		if err != nil {
			t.Fatal(err)
		}
		started.ScopeHash = store.Gate(q).ScopeHash
		a := &attempt{j: h.Jobs, run: started, q: q, by: by}
		res, d, err := a.load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		d.Close()
		before := h.dump()
		h.reopen()
		if err := h.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
		r = h.ended(r.ID)
		if r.State != store.RunSucceeded || r.Counts != res.Counts || h.dump() != before {
			t.Errorf("%s %s %+v, loaded %+v", r.State, r.Reason, r.Counts, res.Counts)
		}
		if b, err := h.DB.Baseline(t.Context(), r.IntegrationID); err != nil || b.RunNo != r.No || b.Shape.Rows != r.Counts.Read {
			t.Errorf("it taught %+v, %v", b, err)
		}
		if next := h.run(""); next.Reason != "delivery.known" {
			t.Errorf("the delivery is read again: %s %s", next.State, next.Reason)
		}
	})
	t.Run("from the shell", func(t *testing.T) {
		h := open(t)
		r := &store.Run{IntegrationID: seed.DemoIntegration, Trigger: store.TriggerShell}
		if err := h.DB.CreateRun(t.Context(), r, by); err != nil {
			t.Fatal(err)
		}
		if _, err := h.DB.StartRun(t.Context(), r.ID, by); err != nil {
			t.Fatal(err)
		}
		h.reopen()
		if err := h.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
		if r = h.ended(r.ID); r.State != store.RunFailed || r.Reason != "run.interrupted" {
			t.Errorf("%s %s", r.State, r.Reason)
		}
	})
}

// A run that is tried again although its load took place, because whoever tried it before could not tell: it is settled by
// what the registry holds, and loads nothing again.
func TestLoadedAlready(t *testing.T) {
	h := open(t)
	h.deliver(1)
	r := h.run("")
	loaded := h.dump()
	db, err := sql.Open("sqlite", "file:"+h.Dir.Portal()+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range []string{`DELETE FROM report_variable`, `DELETE FROM report_check`, `DELETE FROM report`, `DELETE FROM delivery`,
		`UPDATE run SET state = 'running', stage = 'waiting', attempt = 2, started_as = 'person', ended_at = 0, n_loaded = 0`} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	h.deliver(1)
	again := h.carriedOut(r.ID)
	if again.State != store.RunSucceeded || again.Counts != r.Counts || h.dump() != loaded {
		t.Errorf("%s %s %+v, want %+v", again.State, again.Reason, again.Counts, r.Counts)
	}
}

// A run that brings its process down each time is tried again after longer and longer waits, and then no more.
func TestLostAgainAndAgain(t *testing.T) {
	h := open(t)
	h.deliver(1)
	before := h.dump()
	r := h.asked()
	for n := 1; ; n++ {
		if _, err := h.DB.StartRun(t.Context(), r.ID, by); err != nil {
			t.Fatal(err)
		}
		h.reopen()
		if err := h.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
		r = h.ended(r.ID)
		wait, again := store.AfterLoss(n)
		if !again {
			break
		}
		if !r.Waiting() || r.Losses != n || !r.StartAt.Equal(h.clock.Now().Add(wait)) || r.Reason != "run.worker_lost" {
			t.Fatalf("after loss %d: %s %s until %v, %d losses", n, r.State, r.Reason, r.StartAt, r.Losses)
		}
		due, err := h.DB.DueRuns(t.Context(), h.clock.Now())
		if err != nil || (len(due) > 0) != (wait == 0) {
			t.Errorf("after loss %d %d runs are due at once, %v", n, len(due), err)
		}
		h.clock.Advance(wait)
	}
	if r.State != store.RunFailed || r.Reason != "run.lost_often" || r.Losses != store.MaxLosses || r.LeaseOwner != "" {
		t.Errorf("%s %s after %d losses", r.State, r.Reason, r.Losses)
	}
	if h.dump() != before {
		t.Error("something was loaded")
	}
	if next := h.run(""); next.State != store.RunSucceeded || next.Counts.Loaded == 0 {
		t.Errorf("the next run ended as %s %s", next.State, next.Reason)
	}
}

// A process that ends while it takes a load back: the next one finds what came of it, and says who did it.
func TestUndoCutOff(t *testing.T) {
	h := open(t)
	h.deliver(1)
	r := h.run("")
	if _, err := h.DB.BeginUndo(t.Context(), r.ID); err != nil { // before anything was taken back
		t.Fatal(err)
	}
	h.reopen()
	if err := h.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now := h.ended(r.ID); now.Reason != "" || now.LeaseOwner != "" {
		t.Errorf("%s, held by %q", now.Reason, now.LeaseOwner)
	}
	if _, err := h.DB.BeginUndo(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	health, err := h.registry(t.Context(), r.RegistryID)
	if err == nil {
		_, err = health.Undo(t.Context(), r.No, by)
	}
	if err != nil {
		t.Fatal(err)
	}
	h.reopen()
	if err := h.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now := h.ended(r.ID); now.Reason != "run.undone" || now.ReasonArgs["name"] != by.Name || now.LeaseOwner != "" {
		t.Errorf("%s %v, held by %q", now.Reason, now.ReasonArgs, now.LeaseOwner)
	}
	log, err := h.DB.Audit(t.Context(), store.AuditFilter{All: true, Action: "run.undo"})
	if err != nil || len(log) != 1 || log[0].Actor != by.Name {
		t.Errorf("%+v, %v", log, err)
	}
}
