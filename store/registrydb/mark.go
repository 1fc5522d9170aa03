package registrydb

import (
	"context"

	"samband/store"
)

// Last gives the number of the last load, held or committed, and the highest number of a run that has one; 0 when there
// is none. The first only grows.
func (d *DB) Last(ctx context.Context) (seq, runNo int64, err error) {
	err = d.db.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0), coalesce(max(run_no), 0) FROM load`).Scan(&seq, &runNo)
	return seq, runNo, store.Wrap(err, store.Unavailable, "registry.read", nil)
}
