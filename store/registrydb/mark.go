package registrydb

import (
	"context"
	"database/sql"

	"samband/store"
)

// Last gives a number that grows with every load, held or committed, and with all else that changes the registry, and the
// highest number of a run that has a load; 0 when there is none. The first never goes back.
func (d *DB) Last(ctx context.Context) (seq, runNo int64, err error) {
	err = d.db.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) + coalesce((SELECT n FROM change WHERE id=1), 0),
		coalesce(max(run_no), 0) FROM load`).Scan(&seq, &runNo)
	return seq, runNo, store.Wrap(err, store.Unavailable, "registry.read", nil)
}

// Loads gives the numbers of the runs that the registry holds a load of, undone ones too.
func (d *DB) Loads(ctx context.Context) (map[int64]bool, error) {
	loads, err := d.loads(ctx)
	return loads, store.Wrap(err, store.Unavailable, "registry.read", nil)
}

func (d *DB) loads(ctx context.Context) (map[int64]bool, error) {
	rows, err := d.db.QueryContext(ctx, `SELECT run_no FROM load WHERE state <> 'held'`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	loads := map[int64]bool{}
	for rows.Next() {
		var no int64
		if err := rows.Scan(&no); err != nil {
			return nil, err
		}
		loads[no] = true
	}
	return loads, rows.Err()
}

// change runs f, which changes something and is no load, in a transaction of its own, and counts it.
func (d *DB) change(ctx context.Context, f func(*sql.Tx) error) error {
	return d.write(ctx, func(tx *sql.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO change(id, n) VALUES(1, 1) ON CONFLICT(id) DO UPDATE SET n = change.n + 1`)
		return err
	})
}
