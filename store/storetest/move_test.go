package storetest_test

import (
	"context"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// copied is the copy of the world's integration that a move leads to.
func copied(i *store.Integration) *store.Integration {
	to := i.Rebase("hjerte-ny", "Hjertekirurgi fra den nye", "rdap-files", "rdap-prod")
	to.Demo = true
	return to
}

// planned makes a copy of the world's integration that may run, and the move to it.
func planned(t testing.TB, d *db.DB, i *store.Integration) *store.Move {
	t.Helper()
	ctx := t.Context()
	m := &store.Move{FromID: i.ID}
	rebased := mapping()
	rebased.Message = "Fra den gamle"
	ok(t, d.PlanMove(ctx, m, copied(i), rebased, ola))
	for _, to := range []store.IntegrationState{store.IntInAnalysis, store.IntInAssessment, store.IntApproved} {
		ok(t, d.MoveIntegration(ctx, m.ToID, must(d.Integration(ctx, m.ToID)).Version, to, "", ola))
	}
	return m
}

func terms(m *store.Move) *store.Move {
	n := *m
	n.StartsOn, n.EndsOn, n.MinRuns, n.RowTolerance, n.ShareTolerance = "2026-11-23", "2026-12-23", 3, 0.01, 0.02
	return &n
}

func TestMove(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		_, err := d.IntegrationMove(ctx, i.ID)
		want(t, err, store.NotFound, "move.not_found")
		old := schedule()
		ok(t, d.CreateSchedule(ctx, old, ola))
		m := planned(t, d, i)
		same(t, must(d.IntegrationMove(ctx, i.ID)), m)
		same(t, must(d.IntegrationMove(ctx, "hjerte-ny")), m)
		same(t, must(d.IntegrationMoves(ctx)), []store.Move{*m})
		to := must(d.Integration(ctx, "hjerte-ny"))
		if !to.ROS.IsZero() || !to.LD.IsZero() || to.MappingNo != 1 || to.CodebookID != i.CodebookID ||
			to.RegistryID != i.RegistryID || to.Limits != i.Limits {
			t.Fatalf("the copy is %+v", to)
		}
		v := must(d.MappingVersion(ctx, to.ID, 0))
		same(t, v.Mapping, must(d.MappingVersion(ctx, i.ID, 1)).Mapping)
		if v.CreatedBy != ola.UserID || v.No != 1 {
			t.Fatalf("%+v", v)
		}
		twice := copied(i)
		twice.ID = "hjerte-enda-en"
		want(t, d.PlanMove(ctx, &store.Move{FromID: i.ID}, twice, nil, ola), store.Conflict, "move.open")
		want(t, d.PlanMove(ctx, &store.Move{FromID: to.ID}, twice, nil, ola), store.Conflict, "move.open") // nor from the copy
		_, err = d.Integration(ctx, "hjerte-enda-en")
		want(t, err, store.NotFound, "integration.not_found") // a copy without its move is none

		// Terms are checked, a stale version is told, and what the table lacks is refused and changes nothing.
		bad := terms(m)
		bad.EndsOn, bad.MinRuns = "2026-11-01", 0
		if err := d.StartMove(ctx, bad, nil, ola); store.ClassOf(err) != store.Invalid {
			t.Fatalf("%v", err)
		}
		stale := terms(m)
		stale.Version++
		want(t, d.StartMove(ctx, stale, nil, ola), store.Conflict, "db.changed")
		want(t, d.SwitchMove(ctx, terms(m), "", nothing, ola), store.Conflict, "move.transition")
		want(t, d.UndoMove(ctx, terms(m), "", nothing, ola), store.Conflict, "move.transition")
		same(t, must(d.IntegrationMove(ctx, i.ID)), m)

		started := terms(m)
		ok(t, d.StartMove(ctx, started, old, ola))
		if started.State != store.MoveSideBySide || !started.StartedAt.Equal(start) {
			t.Fatalf("%+v", started)
		}
		same(t, must(d.IntegrationMove(ctx, i.ID)), started)
		mine := must(d.Schedule(ctx, to.ID))
		if mine.ID == old.ID || mine.Expr != old.Expr || !mine.Enabled {
			t.Fatalf("%+v", mine)
		}

		reason := *started
		ok(t, d.SwitchMove(ctx, &reason, "Kjent avvik", nothing, siri))
		state := func(id string) store.IntegrationState { return must(d.Integration(ctx, id)).State }
		on := func(id string) bool { return must(d.Schedule(ctx, id)).Enabled }
		if state(to.ID) != store.IntInOperation || state(i.ID) != store.IntSuspended || !on(to.ID) || on(i.ID) ||
			reason.Reason != "Kjent avvik" || !reason.ClosedAt.Equal(start) {
			t.Fatalf("%s %s %+v", state(to.ID), state(i.ID), reason)
		}
		want(t, d.AbandonMove(ctx, &reason, "", nothing, ola), store.Conflict, "move.transition")
		again := reason
		want(t, d.StartMove(ctx, terms(&again), nil, ola), store.Conflict, "move.transition") // there is a way back, and it is UndoMove
		ok(t, d.UndoMove(ctx, &reason, "Tallene stemmer ikke", nothing, siri))
		if state(to.ID) != store.IntInOperation || state(i.ID) != store.IntInOperation || !on(to.ID) || !on(i.ID) ||
			reason.State != store.MoveSideBySide || !reason.ClosedAt.IsZero() {
			t.Fatalf("%s %s %+v", state(to.ID), state(i.ID), reason)
		}
		ok(t, d.AbandonMove(ctx, &reason, "Gir opp", nothing, ola))
		if state(to.ID) != store.IntEnded || state(i.ID) != store.IntInOperation || !on(i.ID) {
			t.Fatalf("%s %s", state(to.ID), state(i.ID))
		}
		same(t, len(must(d.IntegrationMoves(ctx))), 0)
		same(t, must(d.IntegrationMove(ctx, i.ID)).State, store.MoveAbandoned)
		want(t, d.PlanMove(ctx, &store.Move{FromID: i.ID}, copied(i), nil, ola), store.Conflict, "db.exists")
		ok(t, d.PlanMove(ctx, &store.Move{FromID: i.ID}, twice, nil, ola)) // now there is room for another
		same(t, must(d.IntegrationMove(ctx, i.ID)).ToID, "hjerte-enda-en")
	})
}

// TestCodebookOfAnother: an integration uses no codebook but its registry's own.
func TestCodebookOfAnother(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		other := registry()
		other.ID = "lunge"
		ok(t, d.CreateRegistry(ctx, other, ola))
		book := codebook()
		book.ID, book.RegistryID = "lunge-kodebok", "lunge"
		ok(t, d.SaveCodebook(ctx, book, ola))
		n := integration()
		n.ID, n.CodebookID = "hjerte-to", "lunge-kodebok"
		want(t, d.CreateIntegration(ctx, n, ola), store.Invalid, "codebook.other_registry")
		to := copied(i)
		to.CodebookID = "lunge-kodebok"
		want(t, d.PlanMove(ctx, &store.Move{FromID: i.ID}, to, nil, ola), store.Invalid, "codebook.other_registry")
		i.CodebookID = "lunge-kodebok"
		want(t, d.UpdateIntegration(ctx, i, ola), store.Invalid, "codebook.other_registry")
		same(t, must(d.Integration(ctx, i.ID)).CodebookID, "hjerte-kodebok")
	})
}

// TestMoveAfterTheEnd: once the old one has ended there is no way back.
func TestMoveAfterTheEnd(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		m := terms(planned(t, d, i))
		ok(t, d.StartMove(ctx, m, nil, ola))
		ok(t, d.SwitchMove(ctx, m, "", nothing, ola))
		ok(t, d.MoveIntegration(ctx, i.ID, must(d.Integration(ctx, i.ID)).Version, store.IntEnded, "Flyttet", ola))
		before := *m
		want(t, d.UndoMove(ctx, m, "", nothing, ola), store.Conflict, "integration.transition")
		same(t, *m, before)
		same(t, must(d.Integration(ctx, m.ToID)).State, store.IntInOperation)
	})
}

func TestShadow(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		m := terms(planned(t, d, i))
		run := func(id string, dry bool) *store.Run {
			t.Helper()
			e.clock.Advance(time.Minute)
			r := &store.Run{IntegrationID: id, Trigger: store.TriggerPerson, DryRun: dry}
			ok(t, d.CreateRun(ctx, r, ola))
			r = must(d.StartRun(ctx, r.ID, ola))
			same(t, must(d.Run(ctx, r.ID)).Shadow, r.Shadow)
			r.Counts = store.Counts{Read: 3, Loaded: 3}
			if !dry {
				ok(t, d.SaveReport(ctx, &store.QualityReport{RunNo: r.No, RegistryID: r.RegistryID, IntegrationID: id, Rows: 3}))
			}
			ok(t, d.FinishRun(ctx, r, db.Outcome{State: store.RunSucceeded}, ola))
			return r
		}
		if run(i.ID, false).Shadow || !run(m.ToID, false).Shadow || run(m.ToID, true).Shadow {
			t.Fatal("only the copy's runs are shadows, and dry runs are dry")
		}
		ok(t, d.StartMove(ctx, m, nil, ola))
		shadow := run(m.ToID, false)
		if !shadow.Shadow || shadow.Loads() || run(i.ID, false).Shadow {
			t.Fatal("only the copy's runs are shadows")
		}
		// Nothing of a shadow counts as data that came.
		standing := must(d.Standings(ctx, db.IntegrationFilter{}))[m.ToID]
		if standing.Succeeded != nil || standing.Latest == nil {
			t.Fatalf("%+v", standing)
		}
		same(t, len(must(d.LatestReports(ctx, "hjerte"))), 1)
		must(d.Report(ctx, shadow.No)) // it is kept all the same
		ok(t, d.SwitchMove(ctx, m, "", nothing, ola))
		if run(m.ToID, false).Shadow {
			t.Fatal("a run after the switch is no shadow")
		}
		same(t, len(must(d.LatestReports(ctx, "hjerte"))), 2)

		// Distributions are kept by run, and a run that was cut off may say it again.
		x := &store.Distribution{RunNo: shadow.No, IntegrationID: m.ToID, At: shadow.CreatedAt, Rows: 3}
		ok(t, d.SaveDistribution(ctx, x))
		x.Rows, x.Variables = 4, []store.Spread{{Variable: "vekt", Kind: store.SpreadNumbers, Filled: 4, Median: 3.5}}
		ok(t, d.SaveDistribution(ctx, x))
		same(t, must(d.Distribution(ctx, shadow.No)), x)
		same(t, must(d.Distributions(ctx, m.ToID, start)), []store.RunAt{{No: shadow.No, At: shadow.CreatedAt}})
		same(t, len(must(d.Distributions(ctx, m.ToID, shadow.CreatedAt.Add(time.Second)))), 0)
		_, err := d.Distribution(ctx, 999)
		want(t, err, store.NotFound, "distribution.not_found")
	})
}

func TestApprovedBefore(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		before := func() bool { return must(d.ApprovedBefore(ctx, i.ID)) }
		if before() {
			t.Fatal("nobody has approved it")
		}
		ok(t, d.SubmitApproval(ctx, &store.Approval{IntegrationID: i.ID, Scope: []byte("{}")}, ola))
		if before() {
			t.Fatal("it is only submitted")
		}
		ok(t, d.RegisterDemoApproval(ctx, &store.Approval{IntegrationID: i.ID, ROS: i.ROS, LD: i.LD}, ola))
		a := must(d.CurrentApproval(ctx, i.ID))
		must(d.DecideApproval(context.WithoutCancel(ctx), a.ID, a.Version, db.Verdict{State: store.AppRevoked, Reason: "x"}, siri))
		if !before() {
			t.Fatal("it was approved, and taken back")
		}
	})
}
