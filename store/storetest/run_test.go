package storetest_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// request makes a run that a person asked for.
func request(t testing.TB, d *db.DB, dry bool) *store.Run {
	t.Helper()
	r := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerPerson, DryRun: dry}
	ok(t, d.CreateRun(t.Context(), r, ola))
	return r
}

func TestRuns(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		_, err := d.Run(ctx, "ingen")
		want(t, err, store.NotFound, "run.not_found")
		_, err = d.RunByNo(ctx, 1)
		want(t, err, store.NotFound, "run.not_found")
		want(t, d.CreateRun(ctx, &store.Run{IntegrationID: "ingen"}, ola), store.NotFound, "integration.not_found")

		r := request(t, d, false)
		same(t, r, &store.Run{ID: r.ID, No: 1, IntegrationID: "hjerte-rdap", RegistryID: "hjerte", State: store.RunDue,
			Trigger: store.TriggerPerson, Actor: ola.Name, StartAt: start, CreatedAt: start})
		same(t, must(d.Run(ctx, r.ID)), r)
		same(t, must(d.RunByNo(ctx, 1)), r)
		same(t, must(d.DueRuns(ctx, start)), []store.Run{*r})
		same(t, must(d.DueRuns(ctx, start.Add(-time.Second))), []store.Run(nil))
		second, dry := request(t, d, false), request(t, d, true)

		e.clock.Advance(time.Minute)
		r = must(d.StartRun(ctx, r.ID, store.ScheduleActor()))
		if r.State != store.RunRunning || r.Attempt != 1 || r.Stage != store.StageGate || !r.StartedAt.Equal(minute(1)) {
			t.Fatalf("%+v", r)
		}
		_, err = d.StartRun(ctx, r.ID, store.ScheduleActor())
		want(t, err, store.Conflict, "run.transition")
		_, err = d.StartRun(ctx, second.ID, store.ScheduleActor())
		want(t, err, store.Conflict, "run.overlap")
		dry = must(d.StartRun(ctx, dry.ID, store.ScheduleActor())) // changes nothing, so may run beside it
		same(t, len(must(d.OpenRuns(ctx))), 3)

		r.Stage, r.Counts = store.StageExtract, store.Counts{Read: 10, Loaded: 1, Unchanged: 2, Merged: 1, Filtered: 1,
			Quarantined: 4, Blocked: 1}
		r.QuarantinedBy = map[string]int64{"invalid_person": 3, "unknown_code": 1}
		r.ScopeHash, r.ApprovalID, r.MappingNo = "abc", "a-1", 4
		r.Delivery = store.Delivery{Name: "Uttrekk Ålesund.csv", SHA256: "d1", Bytes: 1 << 40, Encoding: "utf-8", Stated: 10}
		ok(t, d.ProgressRun(ctx, r))
		same(t, must(d.Run(ctx, r.ID)), r)

		// Somebody asks it to stop; the worker learns of it with its next progress.
		same(t, must(d.CancelRun(ctx, r.ID, siri)).CancelBy, siri.Name)
		ok(t, d.ProgressRun(ctx, r))
		same(t, r.CancelBy, siri.Name)

		// Another process takes it over: the one before can write nothing.
		_, err = d.TakeRun(ctx, r.ID, 1, store.SystemActor())
		want(t, err, store.Conflict, "run.busy")
		ok(t, d.LeaveRun(ctx, r))
		_, err = d.TakeRun(ctx, r.ID, 9, store.SystemActor())
		want(t, err, store.Conflict, "run.lost")
		taken := must(d.TakeRun(ctx, r.ID, 1, store.SystemActor()))
		if taken.Attempt != 2 || taken.Counts != (store.Counts{}) || taken.QuarantinedBy != nil ||
			taken.Stage != store.StageGate {
			t.Fatalf("%+v", taken)
		}
		same(t, must(d.Run(ctx, r.ID)), taken)
		want(t, d.ProgressRun(ctx, r), store.Conflict, "run.lost")
		want(t, d.FinishRun(ctx, r, db.Outcome{State: store.RunSucceeded}, store.ScheduleActor()), store.Conflict, "run.lost")

		taken.Counts = store.Counts{Read: 3, Loaded: 2}
		unbalanced := *taken
		want(t, d.FinishRun(ctx, taken, db.Outcome{State: store.RunSucceeded}, store.ScheduleActor()), store.Internal,
			"run.unbalanced")
		same(t, *taken, unbalanced)
		taken.Counts.Quarantined = 1
		args := store.Args{"quarantined": int64(1), "date": store.Date("2026-11-01"), "share": 33.5}
		e.clock.Advance(time.Minute)
		held := db.Outcome{State: store.RunHeld, Reason: "hold.quarantined", Args: args, DeliveryDone: true}
		ok(t, d.FinishRun(ctx, taken, held, store.ScheduleActor()))
		if taken.State != store.RunHeld || taken.Stage != store.StageDone || !taken.EndedAt.Equal(minute(2)) ||
			taken.CancelBy != siri.Name {
			t.Fatalf("%+v", taken)
		}
		same(t, must(d.Run(ctx, r.ID)), taken)
		want(t, d.ProgressRun(ctx, taken), store.Conflict, "run.lost")
		_, err = d.CancelRun(ctx, taken.ID, ola)
		want(t, err, store.Conflict, "run.transition")

		done, no, err := d.DeliveryDone(ctx, "hjerte-rdap", "d1")
		ok(t, err)
		same(t, []any{done, no}, []any{true, int64(1)})
		done, _, err = d.DeliveryDone(ctx, "hjerte-rdap", "d2")
		same(t, []any{done, err}, []any{false, nil})
		same(t, must(d.Deliveries(ctx, "hjerte-rdap", 10)), []store.ProcessedDelivery{
			{IntegrationID: "hjerte-rdap", Mark: "d1", Name: "Uttrekk Ålesund.csv", RunNo: 1, At: minute(2)}})

		// Two people release it at once: one gets it, and its figures stand.
		first, late := must(d.TakeRun(ctx, taken.ID, 2, ola)), *taken
		if first.Counts != taken.Counts || first.State != store.RunHeld {
			t.Fatalf("%+v", first)
		}
		_, err = d.TakeRun(ctx, taken.ID, 2, siri)
		want(t, err, store.Conflict, "run.lost")
		ok(t, d.FinishRun(ctx, first, db.Outcome{State: store.RunSucceeded, Reason: "run.released", DeliveryDone: true}, ola))
		want(t, d.FinishRun(ctx, &late, db.Outcome{State: store.RunCancelled}, siri), store.Conflict, "run.lost")
		_, err = d.TakeRun(ctx, taken.ID, 3, siri)
		want(t, err, store.Conflict, "run.lost")

		// A due run can be refused, and cancelled, without being started.
		ok(t, d.FinishRun(ctx, second, db.Outcome{State: store.RunRefused, Reason: "gate.not_approved"},
			store.ScheduleActor()))
		if last := audited(t, d)[0]; last.Action != "run.end" || last.Result != "gate.not_approved" ||
			last.Registry != "hjerte" {
			t.Fatalf("%+v", last)
		}
		third := request(t, d, false)
		got := must(d.CancelRun(ctx, third.ID, siri))
		if got.State != store.RunCancelled || got.Reason != "run.cancelled" || got.ReasonArgs["name"] != siri.Name ||
			got.EndedAt.IsZero() {
			t.Fatalf("%+v", got)
		}
		same(t, must(d.Run(ctx, third.ID)), got)

		// A dry run marks no delivery and is no normal volume.
		dry.Counts, dry.Delivery = store.Counts{Read: 7, Loaded: 7}, store.Delivery{SHA256: "d3"}
		ok(t, d.FinishRun(ctx, dry, db.Outcome{State: store.RunSucceeded, DeliveryDone: true}, ola))
		done, _, err = d.DeliveryDone(ctx, "hjerte-rdap", "d3")
		same(t, []any{done, err}, []any{false, nil})
		same(t, must(d.NormalReads(ctx, "hjerte-rdap", 5)), []store.Reading{{At: start, Rows: 3}})
		same(t, must(d.OpenRuns(ctx)), []store.Run(nil))
		same(t, must(d.RunCounts(ctx, store.RunFilter{All: true})), map[store.RunState]int64{store.RunSucceeded: 2, store.RunRefused: 1,
			store.RunCancelled: 1})
	})
}

// TestOneRunAtWork starts runs of one integration from two processes at once: the second is told, whatever it had read.
func TestOneRunAtWork(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		a, b := e.open(t), e.open(t)
		world(t, a)
		for range 10 {
			runs := []*store.Run{request(t, a, false), request(t, a, false)}
			var started atomic.Int64
			var all sync.WaitGroup
			for n, d := range []*db.DB{a, b} {
				all.Go(func() {
					_, err := d.StartRun(t.Context(), runs[n].ID, store.ScheduleActor())
					if err == nil {
						started.Add(1)
					} else if store.CodeOf(err) != "run.overlap" {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if n := started.Load(); n != 1 {
				t.Fatalf("%d runs of one integration started at once", n)
			}
			for _, r := range runs {
				r = must(a.Run(t.Context(), r.ID))
				ok(t, a.FinishRun(t.Context(), r, db.Outcome{State: store.RunCancelled}, ola))
			}
		}
	})
}

func TestLog(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		r := request(t, d, false)
		lines := []store.LogLine{
			{Level: store.LogInfo, Stage: store.StageGate, Code: "run.gate_passed"},
			{At: minute(5), Level: store.LogWarn, Stage: store.StageExtract, Code: "run.encoding",
				Args: store.Args{"name": "ÅRSUTTREKK.csv", "rows": int64(12)}},
		}
		ok(t, d.AppendLog(ctx, r.No, lines...))
		ok(t, d.AppendLog(ctx, r.No, store.LogLine{Level: store.LogError, Stage: store.StageCommit, Code: "run.failed"}))
		lines[0].Seq, lines[0].At, lines[1].Seq = 1, start, 2
		got := must(d.Log(ctx, r.No, store.LogFilter{}))
		same(t, got[:2], lines)
		same(t, got[2].Seq, int64(3))
		same(t, must(d.Log(ctx, r.No, store.LogFilter{After: 2})), got[2:])
		same(t, must(d.Log(ctx, r.No, store.LogFilter{Levels: []store.LogLevel{store.LogWarn, store.LogError}})), got[1:])
		same(t, must(d.Log(ctx, r.No, store.LogFilter{Text: "årsuttrekk"})), got[1:2])
		same(t, must(d.Log(ctx, r.No, store.LogFilter{Limit: 1})), got[:1])
		same(t, must(d.Log(ctx, 99, store.LogFilter{})), []store.LogLine(nil))
		want(t, d.AppendLog(ctx, 99, store.LogLine{Code: "x"}), store.Invalid, "db.reference")

		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for range 10 {
					if err := d.AppendLog(ctx, r.No, store.LogLine{Level: store.LogInfo, Code: "run.batch"}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		same(t, len(must(d.Log(ctx, r.No, store.LogFilter{}))), 43)
	})
}

func TestReports(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		_, err := d.Report(ctx, 1)
		want(t, err, store.NotFound, "report.not_found")
		var saved []*store.QualityReport
		for n := range 3 {
			r := request(t, d, true)
			q := &store.QualityReport{RunID: r.ID, RunNo: r.No, RegistryID: "hjerte", IntegrationID: "hjerte-rdap",
				CodebookVersion: 1, MappingNo: 1, At: minute(n), Rows: 100, Persons: 90,
				Completeness: []store.Completeness{
					{Variable: "vekt", Rows: 100, Filled: 60 + int64(n), Unknown: 4}, {Variable: "episode", Rows: 100, Filled: 100},
				},
				Checks:     []store.CheckResult{{Reason: "out_of_range", Kind: store.CheckRange, Failed: int64(n), Examined: 100}},
				Doubles:    store.Fraction{Num: 1, Den: 100},
				Timeliness: []store.Timeliness{{Variable: "dato", N: 100, Median: 3.5, P90: 12, Within30: 99}}}
			ok(t, d.SaveReport(ctx, q))
			q.Rows = 101 // said again after a crash
			ok(t, d.SaveReport(ctx, q))
			saved = append(saved, q)
		}
		same(t, must(d.Report(ctx, saved[1].RunNo)), saved[1])
		same(t, must(d.LatestReports(ctx, "hjerte")), []store.QualityReport{*saved[2]})
		same(t, must(d.Reports(ctx, "hjerte-rdap", 2)), []store.QualityReport{*saved[2], *saved[1]})
		same(t, must(d.VariableTrend(ctx, "hjerte-rdap", "vekt", 2)), []store.VariableTrend{
			{RunNo: saved[2].RunNo, At: minute(2), Completeness: saved[2].Completeness[0]},
			{RunNo: saved[1].RunNo, At: minute(1), Completeness: saved[1].Completeness[0]},
		})
		same(t, must(d.CheckTrend(ctx, "hjerte-rdap", "out_of_range", 9))[0],
			store.CheckTrend{RunNo: saved[2].RunNo, At: minute(2), Reason: "out_of_range", Failed: 2, Examined: 100})
		want(t, d.SaveReport(ctx, &store.QualityReport{RunNo: 99, RegistryID: "hjerte", IntegrationID: "hjerte-rdap"}),
			store.Invalid, "db.reference")
	})
}
