package registrydb

import (
	"context"

	"samband/store"
)

// Check tells whether the file is whole: for the page of the installation's health. It reads the schema and the roots
// of the tables, not every row: a registry can be large, and the page is asked for often.
func (d *DB) Check(ctx context.Context) error {
	var n int64
	err := d.db.QueryRowContext(ctx, `SELECT count(*) FROM load`).Scan(&n)
	return store.Wrap(err, store.Unavailable, "registry.read", nil)
}
