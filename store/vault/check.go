package vault

import (
	"context"

	"samband/store"
)

// Check tells whether the file answers: for the page of the installation's health. That the key fits was seen when it
// was opened.
func (v *Vault) Check(ctx context.Context) error {
	var n int64
	err := v.db.QueryRowContext(ctx, `SELECT count(*) FROM meta`).Scan(&n)
	return store.Wrap(err, store.Unavailable, "vault.open", nil)
}
