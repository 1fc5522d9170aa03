package vault

import (
	"context"
	"database/sql"

	"samband/store"
)

// Last gives a number that grows with every transaction that brought or changed persons, and never goes back; 0 when
// there was none.
func (v *Vault) Last(ctx context.Context) (n int64, err error) {
	err = v.db.QueryRowContext(ctx, `SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM change`).Scan(&n)
	return n, store.Wrap(err, store.Unavailable, "vault.read", nil)
}

// count counts the transaction, in its registry's row: those into other registries need not wait.
func (t *Tx) count() error { return countChange(context.Background(), t.s, t.registry) }

func countChange(ctx context.Context, tx interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}, registry int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO change(registry, n) VALUES($1, 1)
		ON CONFLICT(registry) DO UPDATE SET n = change.n + 1`, registry)
	return err
}
