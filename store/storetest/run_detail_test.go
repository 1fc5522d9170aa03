package storetest_test

import (
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// ended makes a run that reads n rows and succeeds.
func ended(t testing.TB, d *db.DB, n int64) *store.Run {
	t.Helper()
	r := request(t, d, false)
	r = must(d.StartRun(t.Context(), r.ID, ola))
	r.Counts = store.Counts{Read: n, Loaded: n}
	ok(t, d.FinishRun(t.Context(), r, db.Outcome{State: store.RunSucceeded}, ola))
	return r
}

func TestRunDetail(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		_, err := d.RunDetail(ctx, 1)
		want(t, err, store.NotFound, "run_detail.not_found")
		r := ended(t, d, 10)
		x := &store.RunDetail{RunNo: r.No, Config: store.RunConfig{Connection: "RDAP", Kind: "files", Settings: map[string]string{"folder": "/inn"},
			Limits: store.Limits{AllowEmpty: true}}, Stages: []store.StageMark{{Attempt: 1, Stage: store.StageGate, At: start}},
			Shape: &store.Shape{Rows: 10, Fields: []store.ShapeField{{Name: "alder", Fits: map[store.VarType]int64{store.VarInteger: 9}}}}}
		ok(t, d.SaveRunDetail(ctx, r, x))
		x.New, x.Against = 10, 3
		ok(t, d.SaveRunDetail(ctx, r, x))
		same(t, must(d.RunDetail(ctx, r.No)), x)
		late := *r
		late.Attempt = 9
		want(t, d.SaveRunDetail(ctx, &late, x), store.Conflict, "run.lost")
	})
}

// TestRunBefore: a run is held against the one that last read something, however many came to nothing in between.
func TestRunBefore(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		first := ended(t, d, 100)
		_, err := d.RunBefore(ctx, first)
		want(t, err, store.NotFound, "run.not_found")
		for range 8 {
			ended(t, d, 0)
		}
		dry := must(d.StartRun(ctx, request(t, d, true).ID, ola))
		dry.Counts = store.Counts{Read: 7, Loaded: 7}
		ok(t, d.FinishRun(ctx, dry, db.Outcome{State: store.RunSucceeded}, ola))
		failed := must(d.StartRun(ctx, request(t, d, false).ID, ola))
		failed.Counts = store.Counts{Read: 5}
		ok(t, d.FinishRun(ctx, failed, db.Outcome{State: store.RunFailed, Reason: "db.full"}, ola))
		now := ended(t, d, 90)
		same(t, must(d.RunBefore(ctx, now)).No, first.No)
		same(t, must(d.RunBefore(ctx, ended(t, d, 3))).No, now.No)
	})
}

func TestBaseline(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		_, err := d.Baseline(ctx, "hjerte-rdap")
		want(t, err, store.NotFound, "baseline.not_found")
		first, second, third := ended(t, d, 100), ended(t, d, 90), ended(t, d, 20)
		reads := func(want ...int64) {
			t.Helper()
			var got []int64
			for _, x := range must(d.NormalReads(ctx, "hjerte-rdap", 10)) {
				if !x.Once {
					got = append(got, x.Rows)
				}
			}
			same(t, got, want)
		}
		reads(20, 90, 100)
		// A person let the third through once: it is not what they usually read.
		ok(t, d.SaveRunDetail(ctx, third, &store.RunDetail{Once: true}))
		reads(90, 100)

		shape := &store.Shape{Rows: 100, Fields: []store.ShapeField{{Name: "vei", Codes: []store.ValueCount{{Text: "A", Rows: 100}}}}}
		var none *store.Baseline
		b := none.Learn("hjerte-rdap", second.No, shape)
		ok(t, d.LearnBaseline(ctx, b))
		same(t, must(d.Baseline(ctx, "hjerte-rdap")), b)
		ok(t, d.LearnBaseline(ctx, none.Learn("hjerte-rdap", first.No, &store.Shape{Rows: 1}))) // late: it stays
		same(t, must(d.Baseline(ctx, "hjerte-rdap")), b)

		next := b.Accept("hjerte-rdap", third.No, &store.Shape{Rows: 20}, ola.Name, "Avdelingen er delt")
		ok(t, d.AcceptBaseline(ctx, third, next, ola))
		same(t, must(d.Baseline(ctx, "hjerte-rdap")), next)
		last := audited(t, d)[0]
		if last.Action != "run.accept" || last.Reason != "Avdelingen er delt" || last.Registry != "hjerte" {
			t.Errorf("%+v", last)
		}
		ok(t, d.SaveRunDetail(ctx, third, &store.RunDetail{}))
		reads(20)
		same(t, len(must(d.Figures(ctx, "hjerte-rdap", second.No, 5))), 2)
		same(t, must(d.RunPersons(ctx, store.RunFilter{Registries: []string{"hjerte"}})), []string{ola.Name})
		same(t, must(d.RunPersons(ctx, store.RunFilter{})), []string(nil))
	})
}

func TestSweep(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		old, newest := ended(t, d, 5), ended(t, d, 6)
		held := must(d.StartRun(ctx, request(t, d, false).ID, ola))
		ok(t, d.FinishRun(ctx, held, db.Outcome{State: store.RunHeld, Reason: "hold.volume"}, ola))
		waiting := request(t, d, false)
		for _, r := range []*store.Run{old, newest, held, waiting} {
			ok(t, d.AppendLog(ctx, r.No, store.LogLine{Level: store.LogInfo, Code: "run.started"}, store.LogLine{Level: store.LogInfo, Code: "run.sealed"}))
		}
		for _, r := range []*store.Run{old, newest, held} {
			ok(t, d.SaveReport(ctx, &store.QualityReport{RunNo: r.No, RegistryID: r.RegistryID, IntegrationID: r.IntegrationID,
				Checks: []store.CheckResult{{Reason: "a", Examined: 1}}, Completeness: []store.Completeness{{Variable: "b", Rows: 1}}}))
		}
		ok(t, d.SaveRunDetail(ctx, old, &store.RunDetail{New: 5}))
		ok(t, d.SaveRunDetail(ctx, newest, &store.RunDetail{Once: true}))

		sweep := func(f func(after int64, before time.Time) (int64, int64, error), before time.Time) int64 {
			t.Helper()
			n, last, err := f(0, before)
			ok(t, err)
			same(t, last, int64(0))
			return n
		}
		logs := func(after int64, before time.Time) (int64, int64, error) { return d.SweepLogs(ctx, after, before) }
		reports := func(after int64, before time.Time) (int64, int64, error) { return d.SweepReports(ctx, after, before) }
		same(t, sweep(logs, start), int64(0)) // nothing is older
		same(t, sweep(reports, start), int64(0))
		same(t, sweep(logs, minute(60)), int64(4)) // of the two that ended for good
		same(t, sweep(logs, minute(60)), int64(0))
		for _, r := range []*store.Run{held, waiting} {
			same(t, len(must(d.Log(ctx, r.No, store.LogFilter{}))), 2)
		}
		_, err := d.RunDetail(ctx, old.No)
		want(t, err, store.NotFound, "run_detail.not_found")
		same(t, must(d.RunDetail(ctx, newest.No)).Once, true) // the normal volume needs to know

		same(t, sweep(reports, minute(60)), int64(2)) // the held one's stays, and it is the newest
		_, err = d.Report(ctx, old.No)
		want(t, err, store.NotFound, "report.not_found")
		must(d.Report(ctx, held.No))
		same(t, len(must(d.CheckTrend(ctx, "hjerte-rdap", "a", 5))), 1)

		same(t, must(d.Retention(ctx)), store.DefaultRetention)
		want(t, d.PutRetention(ctx, store.Retention{Log: -1}, ola), store.Invalid, "retention.days")
		ok(t, d.PutRetention(ctx, store.Retention{Log: 30}, ola))
		same(t, must(d.Retention(ctx)), store.Retention{Log: 30})
		ok(t, d.RecordSweep(ctx, store.Swept{Log: 4, Reports: 2}, store.SystemActor()))
		same(t, must(d.LastSweep(ctx)), store.Swept{At: start, Log: 4, Reports: 2})
	})
}
