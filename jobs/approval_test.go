package jobs

import (
	"os"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/store/seed"
	"samband/store/seed/hospital"
)

var officer = store.Actor{UserID: "u2", Name: "Sindre"}

// large leaves a delivery of several batches in the drop folder.
func (h *house) large(n int) hospital.Planted {
	h.t.Helper()
	os.RemoveAll(h.demoFolder())
	_, p, err := hospital.Deliver(h.demoFolder(), hospital.Options{Seed: 1, Delivery: n, Stays: 20_000, New: 500}, h.clock.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func (h *house) approval() *store.Approval {
	h.t.Helper()
	a, err := h.DB.CurrentApproval(h.t.Context(), seed.DemoIntegration)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

func (h *house) revoke() {
	h.t.Helper()
	a := h.approval()
	if _, err := h.DB.DecideApproval(h.t.Context(), a.ID, a.Version, db.Verdict{State: store.AppRevoked, Reason: "Avvik"},
		officer); err != nil {
		h.t.Fatal(err)
	}
}

// TestRevokeDuringRun: a run stops at the next batch boundary, and last right before the commit, when its approval is
// revoked. Nothing of it is loaded, the delivery lies where it was, and the run says who revoked and when.
func TestRevokeDuringRun(t *testing.T) {
	for name, when := range map[string]func(Progress) bool{
		"before the first batch": func(p Progress) bool { return p.Stage == store.StageExtract && p.Counts.Read == 0 },
		"after some batches":     func(p Progress) bool { return p.Stage == store.StageExtract && p.Counts.Read > 5000 },
		"when all is read":       func(p Progress) bool { return p.Stage == store.StageDecide },
		"before the commit":      func(p Progress) bool { return p.Stage == store.StageCommit },
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.deliver(1)
			if r := h.run(""); r.State != store.RunSucceeded {
				t.Fatalf("%s %s", r.State, r.Reason)
			}
			before := h.dump()
			planted := h.large(2)
			var revoked bool
			var read int64
			r, err := h.RunNow(t.Context(), RunRequest{IntegrationID: seed.DemoIntegration, By: by, Progress: func(p Progress) {
				h.clock.Advance(time.Second) // so that every batch is told of
				if !revoked && when(p) {
					revoked, read = true, p.Counts.Read
					h.revoke()
				}
			}})
			if err != nil || !revoked {
				t.Fatalf("revoked %v, %v", revoked, err)
			}
			a := h.approval()
			if r.State != store.RunRefused || r.Reason != "run.approval_revoked" || r.ReasonArgs["name"] != "Sindre" ||
				r.ReasonArgs["at"] != a.DecidedAt || a.State != store.AppRevoked {
				t.Errorf("%s %s %v", r.State, r.Reason, r.ReasonArgs)
			}
			if r.Counts.Read != read {
				t.Errorf("revoked after %d rows of %d, stopped after %d", read, planted.Rows, r.Counts.Read)
			}
			if h.dump() != before {
				t.Error("the registry changed")
			}
			if left, _ := os.ReadDir(h.demoFolder()); len(left) != 2 {
				t.Errorf("%d files lie in the folder, not the delivery and its control file", len(left))
			}
			if again := h.run(""); again.State != store.RunRefused {
				t.Errorf("the next run: %s %s", again.State, again.Reason)
			}
		})
	}
}

// TestExpire: an approval holds through its last day. A run that began then may finish after midnight; the next is
// refused; and the chore writes down that it is over once nothing runs under it.
func TestExpire(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	a := h.approval()
	d := a.ValidTo.AddDays(1).Time()
	midnight := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, store.Oslo)
	h.clock.Advance(midnight.Add(-time.Minute).Sub(h.clock.Now()))
	h.large(1)
	r, err := h.RunNow(ctx, RunRequest{IntegrationID: seed.DemoIntegration, By: by, Progress: func(p Progress) {
		h.clock.Advance(time.Minute)
		if err := h.expireApprovals(ctx); err != nil {
			t.Error(err)
		}
		if s := h.approval().State; s != store.AppApproved {
			t.Errorf("it is %s while a run is at work", s)
		}
		if err := h.DB.PutSetting(ctx, "something", h.clock.Now().String(), by); err != nil { // the log grows
			t.Error(err)
		}
	}})
	if err != nil || r.State != store.RunSucceeded || r.EndedAt.Before(midnight) {
		t.Fatalf("%s %s at %s, %v", r.State, r.Reason, r.EndedAt, err)
	}
	h.large(2)
	if r := h.run(""); r.State != store.RunRefused {
		t.Fatalf("a run after midnight: %s %s", r.State, r.Reason)
	}
	entries := len(h.log("approval.expired"))
	for range 2 { // what is done stays done
		if err := h.expireApprovals(ctx); err != nil {
			t.Fatal(err)
		}
	}
	a = h.approval()
	i, err := h.DB.Integration(ctx, seed.DemoIntegration)
	if err != nil || a.State != store.AppExpired || i.State != store.IntSuspended {
		t.Errorf("the approval is %s, the integration %s, %v", a.State, i.State, err)
	}
	if got := h.log("approval.expired"); len(got) != entries+1 || got[0].Actor != "system" || got[0].ActorID != "" {
		t.Errorf("%+v", got)
	}
}

// TestExpireROS: a risk analysis holds through its last day, as an approval does. A run that began then finishes after
// midnight; the next is refused.
func TestExpireROS(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	i, err := h.DB.Integration(ctx, seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	ros := func() *store.RiskAssessment {
		r, err := h.DB.RiskAssessment(ctx, i.ROS)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := ros()
	r.ValidTo = store.DateOf(h.clock.Now())
	if err := h.DB.UpdateRiskAssessment(ctx, r, by); err != nil {
		t.Fatal(err)
	}
	d := r.ValidTo.AddDays(1).Time()
	midnight := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, store.Oslo)
	h.clock.Advance(midnight.Add(-time.Minute).Sub(h.clock.Now()))
	h.large(1)
	run, err := h.RunNow(ctx, RunRequest{IntegrationID: i.ID, By: by, Progress: func(p Progress) {
		h.clock.Advance(time.Minute)
		if err := h.expireAssessments(ctx); err != nil {
			t.Error(err)
		}
		if s := ros().State; s != store.ROSAccepted {
			t.Errorf("it is %s while a run is at work", s)
		}
		if err := h.DB.PutSetting(ctx, "something", h.clock.Now().String(), by); err != nil { // the log grows
			t.Error(err)
		}
	}})
	if err != nil || run.State != store.RunSucceeded || run.EndedAt.Before(midnight) {
		t.Fatalf("%s %s at %s, %v", run.State, run.Reason, run.EndedAt, err)
	}
	h.large(2)
	if run := h.run(""); run.State != store.RunRefused || run.Reason != "gate.ros_expired" {
		t.Fatalf("a run after midnight: %s %s", run.State, run.Reason)
	}
	for range 2 { // what is done stays done
		if err := h.expireAssessments(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.log("ros.expired"); ros().State != store.ROSExpired || len(got) != 1 || got[0].Actor != "system" {
		t.Errorf("%s, %+v", ros().State, got)
	}
}

// log gives the entries of an action, newest first.
func (h *house) log(action string) []store.AuditEntry {
	h.t.Helper()
	es, err := h.DB.Audit(h.t.Context(), store.AuditFilter{All: true, Action: action, Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	return es
}
