package db

import (
	"context"

	"samband/store"
)

// SaveRunDetail stores what is kept of a run besides its row, in place of what was said before. Only the attempt that
// holds the run can: "run.lost" for any other.
func (d *DB) SaveRunDetail(ctx context.Context, r *store.Run, x *store.RunDetail) error {
	return d.update(ctx, func(t *tx) error {
		n, err := t.affect(`INSERT INTO run_detail (run_no, integration_id, once, body)
			SELECT no, integration_id, $3, $4 FROM run WHERE no = $1 AND attempt = $2
			ON CONFLICT (run_no) DO UPDATE SET once = excluded.once, body = excluded.body`, r.No, r.Attempt, x.Once, encode(x))
		if err == nil && n == 0 {
			err = lost()
		}
		return err
	})
}

// RunDetail returns what is kept of a run besides its row, or "run_detail.not_found": it may have been removed.
func (d *DB) RunDetail(ctx context.Context, runNo int64) (*store.RunDetail, error) {
	return read(ctx, d, func(t *tx) (*store.RunDetail, error) {
		return one(t, "run_detail.not_found", func(r row) (x store.RunDetail, err error) {
			err = r.Scan(&x.RunNo, decode{&x})
			return x, err
		}, `SELECT run_no, body FROM run_detail WHERE run_no = $1`, runNo)
	})
}

func scanBaseline(r row) (b store.Baseline, err error) {
	err = r.Scan(&b.IntegrationID, &b.RunNo, &b.From, &b.By, &b.Why, decode{&b.Shape}, decode{&b.Known})
	return b, err
}

// Baseline returns what the deliveries of an integration usually look like, or "baseline.not_found".
func (d *DB) Baseline(ctx context.Context, integrationID string) (*store.Baseline, error) {
	return read(ctx, d, func(t *tx) (*store.Baseline, error) {
		return one(t, "baseline.not_found", scanBaseline, `SELECT integration_id, run_no, counts_from, accepted_by, why, shape, known
			FROM baseline WHERE integration_id = $1`, integrationID)
	})
}

// LearnBaseline stores what deliveries look like after one that loaded without anybody's help. One that a later run or a
// person has moved meanwhile stays.
func (d *DB) LearnBaseline(ctx context.Context, b *store.Baseline) error {
	return d.update(ctx, func(t *tx) error { return t.writeBaseline(b) })
}

// AcceptBaseline stores that a person calls what a held run brought normal from now on.
func (d *DB) AcceptBaseline(ctx context.Context, r *store.Run, b *store.Baseline, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if err := t.writeBaseline(b); err != nil {
			return err
		}
		e := aboutRun("run.accept", r)
		e.Reason = b.Why
		e.Details = store.Args{"no": r.No, "integration": r.IntegrationID, "why": string(r.Reason)}
		return t.audit(by, e)
	})
}

func (t *tx) writeBaseline(b *store.Baseline) error {
	return t.exec(`INSERT INTO baseline (integration_id, run_no, counts_from, accepted_by, why, shape, known)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (integration_id) DO UPDATE SET run_no = excluded.run_no,
		counts_from = excluded.counts_from, accepted_by = excluded.accepted_by, why = excluded.why, shape = excluded.shape,
		known = excluded.known WHERE baseline.run_no <= excluded.run_no`,
		b.IntegrationID, b.RunNo, b.From, b.By, b.Why, encode(b.Shape), encode(b.Known))
}
