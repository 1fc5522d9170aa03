package storetest_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/store"
	"samband/store/db"
)

// sides is a move of the world's integration, or what is left of one, and the ways there are to act on it.
type sides struct {
	d        *db.DB
	clock    *store.FakeClock
	old, new string
	like     *store.Integration // with the ROS and LD of the demonstration
}

// loads tells whether a run of an integration would load now.
func (s *sides) loads(t *rapid.T, id string) bool {
	ctx := t.Context()
	s.clock.Advance(time.Minute)
	if !must(s.d.Integration(ctx, id)).State.Runnable() {
		return false // the gate
	}
	r := &store.Run{IntegrationID: id, Trigger: store.TriggerPerson}
	if err := s.d.CreateRun(ctx, r, ola); err != nil {
		t.Fatal(err)
	}
	started, err := s.d.StartRun(ctx, r.ID, ola)
	if store.CodeOf(err) == "gate.moved" {
		t.Fatalf("%s may run and is refused only at the start", id)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := s.d.FinishRun(ctx, started, db.Outcome{State: store.RunSucceeded}, ola); err != nil {
		t.Fatal(err)
	}
	return started.Loads()
}

// act does one of the things that people do. Most of the time it is refused.
func (s *sides) act(t *rapid.T) error {
	ctx := t.Context()
	id := rapid.SampledFrom([]string{s.old, s.new}).Draw(t, "side")
	i := must(s.d.Integration(ctx, id))
	m := must(s.d.IntegrationMove(ctx, s.old))
	what := rapid.SampledFrom([]string{"state", "state", "start", "switch", "undo", "abandon", "demo", "submit", "decide",
		"revoke", "plan"}).Draw(t, "what")
	switch what {
	case "state":
		return s.d.MoveIntegration(ctx, id, i.Version, rapid.SampledFrom(store.IntegrationStates).Draw(t, "to"), "x", ola)
	case "start":
		return s.d.StartMove(ctx, terms(m), nil, ola)
	case "switch":
		return s.d.SwitchMove(ctx, m, "x", nothing, ola)
	case "undo":
		return s.d.UndoMove(ctx, m, "x", nothing, ola)
	case "abandon":
		return s.d.AbandonMove(ctx, m, "x", nothing, ola)
	case "demo":
		return s.d.RegisterDemoApproval(ctx, &store.Approval{IntegrationID: id, ROS: s.like.ROS,
			LD: s.like.LD}, ola)
	case "submit":
		return s.d.SubmitApproval(ctx, &store.Approval{IntegrationID: id, Scope: []byte("{}")}, ola)
	case "plan": // onwards, from either side
		to := copied(i)
		to.ID = id + "-videre"
		return s.d.PlanMove(ctx, &store.Move{FromID: id}, to, nil, ola)
	}
	a, err := s.d.CurrentApproval(ctx, id)
	if err != nil {
		return err
	}
	v := db.Verdict{State: store.AppApproved, Reason: "x"}
	if what == "revoke" {
		v.State = store.AppRevoked
	}
	_, err = s.d.DecideApproval(ctx, a.ID, a.Version, v, siri)
	return err
}

// TestOneSideLoads: whatever people do, and in whatever order, at most one side of a move loads, and nothing but legal
// refusals come back.
func TestOneSideLoads(t *testing.T) {
	clock := store.NewFakeClock(start)
	e := &engine{db.Options{Path: filepath.Join(t.TempDir(), "portal.db"), Clock: clock, IDs: store.RandomIDs{}}, clock}
	d := e.open(t)
	like := world(t, d)
	n, switched, undone := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		ctx := t.Context()
		n++
		i := integration()
		i.ID, i.State, i.Demo = fmt.Sprint("gammel-", n), "", true
		ok(t, d.CreateIntegration(ctx, i, ola))
		to := copied(i)
		to.ID = fmt.Sprint("ny-", n)
		ok(t, d.PlanMove(ctx, &store.Move{FromID: i.ID}, to, nil, ola))
		s := &sides{d: d, clock: clock, old: i.ID, new: to.ID, like: like}
		for _, id := range []string{s.old, s.new} {
			for _, to := range []store.IntegrationState{store.IntInAnalysis, store.IntInAssessment, store.IntApproved} {
				ok(t, d.MoveIntegration(ctx, id, must(d.Integration(ctx, id)).Version, to, "", ola))
			}
		}
		if far := rapid.IntRange(0, 2).Draw(rt, "far"); far > 0 { // so that every state is met often
			ok(t, d.StartMove(ctx, terms(must(d.IntegrationMove(ctx, s.old))), nil, ola))
			if far > 1 {
				ok(t, d.SwitchMove(ctx, must(d.IntegrationMove(ctx, s.old)), "x", nothing, ola))
			}
		}
		for range rapid.IntRange(1, 12).Draw(rt, "acts") {
			before := must(d.IntegrationMove(ctx, s.old)).State
			if err := s.act(rt); err != nil && !slices.Contains([]store.Class{store.Conflict, store.Refused, store.NotFound,
				store.Forbidden}, store.ClassOf(err)) {
				rt.Fatal(err)
			}
			after := must(d.IntegrationMove(ctx, s.old)).State
			if before != after && after == store.MoveSwitched {
				switched++
			}
			if before == store.MoveSwitched && after == store.MoveSideBySide {
				undone++
			}
			if s.loads(rt, s.old) && s.loads(rt, s.new) {
				rt.Fatalf("both load, and the move is %s", after)
			}
		}
	})
	if switched == 0 || undone == 0 {
		t.Errorf("%d switches and %d ways back were tried", switched, undone)
	}
}
