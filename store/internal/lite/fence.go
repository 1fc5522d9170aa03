package lite

import (
	"context"
	"database/sql"

	"samband/store"
)

// FenceSchema makes the table of fences: by run the attempt that a later holder has put up against those before it. A
// run that was never taken over has none.
const FenceSchema = `
CREATE TABLE IF NOT EXISTS fence(
	run_id TEXT PRIMARY KEY,
	token INTEGER NOT NULL
) WITHOUT ROWID;`

// Fence puts the fence of a run up to token. One that stands higher is Conflict "run.lost".
func Fence(ctx context.Context, tx *sql.Tx, runID string, token int) error {
	if err := Fenced(ctx, tx, runID, token); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO fence(run_id, token) VALUES($1, $2)
		ON CONFLICT(run_id) DO UPDATE SET token=excluded.token`, runID, token)
	return err
}

// Fenced tells Conflict "run.lost" when the fence of a run stands above token. Asked inside a transaction that writes,
// the answer holds until it ends: a file has one writer at a time.
func Fenced(ctx context.Context, q interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, runID string, token int) error {
	var above bool
	err := q.QueryRowContext(ctx, `SELECT EXISTS(SELECT 1 FROM fence WHERE run_id=$1 AND token>$2)`, runID, token).Scan(&above)
	if err == nil && above {
		err = store.E(store.Conflict, "run.lost", nil)
	}
	return err
}
