package vault

import (
	"context"
	"database/sql"

	"samband/store"
	"samband/store/internal/pg"
)

// CopyTo copies a vault in a file to the server at url, where there must be none yet, and tells of each table. What is
// sealed stays sealed: the copy opens with the same master key.
func (v *Vault) CopyTo(ctx context.Context, url string) ([]store.MovedTable, error) {
	moved, err := v.copyTo(ctx, url)
	return moved, store.Wrap(err, store.Unavailable, "vault.write", nil)
}

func (v *Vault) copyTo(ctx context.Context, url string) (moved []store.MovedTable, err error) {
	e, err := openServer(ctx, Options{URL: url})
	if err != nil {
		return nil, err
	}
	defer e.db.Close()
	from, err := v.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer from.Rollback()
	wraps, err := v.wraps.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer wraps.Rollback()
	conn, err := pg.Begin(ctx, e.db, "vault registries", "samband move")
	if err != nil {
		return nil, err
	}
	for _, file := range []*sql.Tx{from, wraps} {
		tables, err := pg.Tables(ctx, file)
		for _, t := range tables {
			var m store.MovedTable
			if m, err = pg.Copy(ctx, file, conn, "vault", t, t); err != nil {
				break
			}
			moved = append(moved, m)
		}
		if err != nil {
			pg.Discard(conn)
			return nil, err
		}
	}
	_, err = pg.Commit(conn)
	return moved, err
}
