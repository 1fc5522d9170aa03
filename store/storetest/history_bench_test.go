package storetest_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/store/storetest/postgres"
)

// manyRuns writes n runs of 40 integrations in 8 registries, five minutes apart, the way the ledger writes them.
const manyRuns = `WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %d)
INSERT INTO run (no, id, integration_id, registry_id, state, started_as, actor, slot, due_at, start_at, at, reason,
	reason_args, stage, attempt, n_read, n_loaded, n_unchanged, n_merged, n_filtered, n_quarantined, n_blocked,
	quarantined_by, scope_hash, approval_id, mapping_no, dry_run, delivery, created_at, started_at, ended_at, cancel_by,
		search)
SELECT n, 'run-' || n, 'i-' || (n %% 40), 'r-' || (n %% 8),
	CASE WHEN n %% 50 = 0 THEN 'failed' WHEN n %% 33 = 0 THEN 'held' WHEN n %% 20 = 0 THEN 'missed' ELSE 'succeeded' END,
	CASE WHEN n %% 25 = 0 THEN 'person' ELSE 'schedule' END, CASE WHEN n %% 25 = 0 THEN 'Ola Koordinator' ELSE '' END,
	CASE WHEN n %% 25 = 0 THEN '' ELSE 'slot-' || n END, t, t, t, 'hold.quarantined',
	'{"quarantined":31,"read":1284,"share":2.4143302180685358,"limit":2}', 'done', 1, 1284, 200, 1000, 20, 20, 31, 13,
	'{"invalid_person":20,"unknown_code":11}', '4ad2c5d4b0e0e0d8a2a4bd2aa2ae6f6d3c0b7c83a9a5e6c2d1f1a8b1ce9f7d21',
	'0123456789abcdef0123456789abcdef', 7, FALSE,
	'{"name":"uttrekk_' || n || '.csv","sha256":"4ad2c5d4b0e0e0d8a2a4bd2aa2ae6f6d3c0b7c83a9a5e6c2d1f1a8b1ce9f7d21","bytes":123456}',
	t, t, t + 60000000, '', n || ' i-' || (n %% 40) || ' integrasjon nummer ' || (n %% 40) || ' r-' || (n %% 8) ||
		' et register ' || ' uttrekk_' || n || '.csv hold.quarantined'
FROM (SELECT n, %d + n * CAST(300000000 AS BIGINT) AS t FROM c) x`

// manyLines writes ten lines to the log of each run.
const manyLines = `WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 10)
INSERT INTO run_log (run_no, seq, at, level, stage, code, args)
SELECT no, n, at + n, CASE WHEN n = 7 THEN 'warn' ELSE 'info' END, 'extract', 'run.reason', '{"n":31,"reason":"Ugyldig fødselsnummer"}'
FROM run, c`

// many fills a database with n runs and ten times as many lines in their logs.
func many(t testing.TB, e *engine, n int) *db.DB {
	d := e.open(t)
	world(t, d)
	for k := range 8 {
		g := registry()
		g.ID = fmt.Sprint("r-", k)
		ok(t, d.CreateRegistry(t.Context(), g, ola))
	}
	for k := range 40 {
		i := integration()
		i.ID, i.RegistryID, i.CodebookID = fmt.Sprint("i-", k), fmt.Sprint("r-", k%8), ""
		ok(t, d.CreateIntegration(t.Context(), i, ola))
	}
	if _, err := e.raw(t).Exec(fmt.Sprintf(manyRuns, n, start.UnixMicro())); err != nil {
		t.Fatal(err)
	}
	if _, err := e.raw(t).Exec(manyLines); err != nil {
		t.Fatal(err)
	}
	if e.options.URL != "" { // as a server leaves its tables after a while
		if _, err := e.raw(t).Exec(`VACUUM ANALYZE run`); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// queries are what the pages ask of the history.
func queries(ctx context.Context, d *db.DB, n int) map[string]func() {
	one := []string{"r-3"}
	some := []string{"r-3", "r-5"}
	filters := map[string]store.RunFilter{
		"all":              {All: true},
		"middle":           {All: true, Before: int64(n / 2)},
		"registry":         {Registries: one},
		"registries":       {Registries: some},
		"integration":      {All: true, IntegrationID: "i-11"},
		"state":            {All: true, States: []store.RunState{store.RunFailed}},
		"states":           {Registries: some, States: []store.RunState{store.RunFailed, store.RunHeld, store.RunMissed}},
		"registry,state":   {Registries: one, States: []store.RunState{store.RunHeld}},
		"none":             {Registries: one, States: []store.RunState{store.RunUnknown}},
		"person":           {All: true, Actor: "Ola Koordinator"},
		"nobody":           {All: true, Actor: "Ingen"},
		"trigger":          {All: true, Triggers: []store.Trigger{store.TriggerPerson}},
		"old day":          {All: true, From: minute(5000), To: minute(5000 + 24*60)},
		"registry,old day": {Registries: some, From: minute(5000), To: minute(5000 + 24*60)},
		"text":             {All: true, Text: "uttrekk_77"},
		"text,nothing":     {All: true, Text: "finnes ikke"},
		"text,registry":    {Registries: one, Text: "hold.quarantined"},
	}
	out := map[string]func(){}
	for name, f := range filters {
		out["page/"+name] = func() { must(d.Runs(ctx, f)) }
		out["count/"+name] = func() { must(d.RunCounts(ctx, f)) }
	}
	out["standings"] = func() { must(d.Standings(ctx, db.IntegrationFilter{})) }
	out["strips"] = func() { must(d.Strips(ctx, db.IntegrationFilter{}, 30)) }
	out["normal"] = func() { must(d.NormalReads(ctx, "i-7", 10)) }
	no := int64(n / 2)
	for name, f := range map[string]store.LogFilter{"log": {}, "log,text": {Text: "reason"}, "log,level": {Levels: []store.LogLevel{store.LogError}}} {
		out[name] = func() { must(d.Log(ctx, no, f)) }
	}
	out["figures"] = func() { must(d.Figures(ctx, "i-7", no, 15)) }
	out["persons"] = func() { must(d.RunPersons(ctx, store.RunFilter{Registries: some})) }
	out["metrics"] = func() { must(d.RunCounts(ctx, store.RunFilter{All: true})) }
	out["due"] = func() { must(d.DueRuns(ctx, start)) }
	out["alerts"] = func() { must(d.Alerts(ctx, store.AlertFilter{All: true})) }
	return out
}

// timed measures a query, and tells how long it takes at best too: on a machine with much else to do that is what the
// query takes.
func timed(b *testing.B, query func()) {
	var best time.Duration
	for b.Loop() {
		before := b.Elapsed()
		query()
		if took := b.Elapsed() - before; best == 0 || took < best {
			best = took
		}
	}
	b.ReportMetric(float64(best.Microseconds())/1000, "best-ms")
}

// BenchmarkHistory measures the queries behind the history, the registry pages and the metrics.
func BenchmarkHistory(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		clock := store.NewFakeClock(start)
		for name, options := range map[string]func(b *testing.B) db.Options{
			"sqlite":   func(b *testing.B) db.Options { return db.Options{Path: filepath.Join(b.TempDir(), "portal.db")} },
			"postgres": func(b *testing.B) db.Options { return db.Options{URL: postgres.URL(b)} },
		} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				o := options(b)
				o.Clock, o.IDs = clock, store.RandomIDs{}
				d := many(b, &engine{o, clock}, n)
				for name, query := range queries(b.Context(), d, n) {
					b.Run(name, func(b *testing.B) { timed(b, query) })
				}
			})
		}
	}
}
