package db

import (
	"context"
	"encoding/json"
	"time"

	"samband/store"
)

// Names of the settings.
const (
	retention = "retention"
	swept     = "retention.swept"
)

// Retention returns how long things about runs are kept.
func (d *DB) Retention(ctx context.Context) (store.Retention, error) {
	r := store.DefaultRetention
	return r, d.setting(ctx, retention, &r)
}

// LastSweep returns what the newest sweep that found something removed; the zero value when there was none.
func (d *DB) LastSweep(ctx context.Context) (s store.Swept, err error) {
	return s, d.setting(ctx, swept, &s)
}

// setting reads a setting into v, which keeps what it is when it was never set.
func (d *DB) setting(ctx context.Context, name string, v any) error {
	s, err := d.Setting(ctx, name)
	if err == nil && s != "" {
		err = store.Wrap(json.Unmarshal([]byte(s), v), store.Internal, "internal", nil)
	}
	return err
}

// PutRetention stores how long things about runs are kept.
func (d *DB) PutRetention(ctx context.Context, r store.Retention, by store.Actor) error {
	if err := r.Validate(); err != nil {
		return err
	}
	return d.PutSetting(ctx, retention, encode(r), by)
}

// RecordSweep notes what a sweep removed.
func (d *DB) RecordSweep(ctx context.Context, s store.Swept, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		s.At = t.now
		err := t.exec(`INSERT INTO setting (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, swept, encode(s))
		if err != nil {
			return err
		}
		e := about("retention.sweep", "runs", "")
		e.Details = store.Args{"log": s.Log, "reports": s.Reports, "findings": s.Findings, "sealed": s.Sealed, "deliveries": s.Deliveries}
		return t.audit(by, e)
	})
}

// sweepBatch is how many runs a sweep looks at in one transaction.
const sweepBatch = 500

// SweepLogs removes log lines, and details, of runs numbered above after that ended for good before a moment. It gives
// how many lines went, and the last run it looked at: 0 when there are no more.
func (d *DB) SweepLogs(ctx context.Context, after int64, before time.Time) (n, last int64, err error) {
	return d.sweep(ctx, `SELECT no FROM run WHERE no > $1 AND ended_at > 0 AND ended_at < $2
		AND state NOT IN ('due', 'running', 'held', 'unknown')
		AND (EXISTS (SELECT 1 FROM run_log l WHERE l.run_no = run.no) OR EXISTS (SELECT 1 FROM run_detail x WHERE x.run_no = run.no AND NOT once))
		ORDER BY no LIMIT $3`, after, before,
		`DELETE FROM run_detail WHERE run_no = $1 AND NOT once`, `DELETE FROM run_log WHERE run_no = $1`)
}

// SweepReports removes quality reports of runs numbered above after that ended for good before a moment, as SweepLogs
// does. The newest report of each integration stays, and so do those of an integration that has an approval on its way.
func (d *DB) SweepReports(ctx context.Context, after int64, before time.Time) (n, last int64, err error) {
	return d.sweep(ctx, `SELECT p.run_no FROM report p JOIN run r ON r.no = p.run_no WHERE p.run_no > $1 AND r.ended_at > 0
		AND r.ended_at < $2 AND r.state NOT IN ('due', 'running', 'held', 'unknown')
		AND EXISTS (SELECT 1 FROM report q WHERE q.integration_id = p.integration_id AND q.run_no > p.run_no)
		AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.integration_id = p.integration_id
			AND a.state IN ('draft', 'submitted', 'change_requested'))
		ORDER BY p.run_no LIMIT $3`, after, before,
		`DELETE FROM report_variable WHERE run_no = $1`, `DELETE FROM report_check WHERE run_no = $1`, `DELETE FROM report WHERE run_no = $1`)
}

// sweep removes what lies under the numbers that pick gives, and counts what the last removal takes.
func (d *DB) sweep(ctx context.Context, pick string, after int64, before time.Time, remove ...string) (n, last int64, err error) {
	err = d.update(ctx, func(t *tx) error {
		n, last = 0, 0
		list, err := all(t, func(r row) (no int64, err error) {
			err = r.Scan(&no)
			return no, err
		}, pick, after, micros(before), sweepBatch)
		if err != nil {
			return err
		}
		for _, no := range list {
			var gone int64
			for _, query := range remove {
				if gone, err = t.affect(query, no); err != nil {
					return err
				}
			}
			n += gone
		}
		if len(list) == sweepBatch {
			last = list[len(list)-1]
		}
		return nil
	})
	return n, last, err
}
