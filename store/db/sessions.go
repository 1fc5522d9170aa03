package db

import (
	"context"
	"errors"

	"samband/store"
	"samband/store/internal/pg"
)

// OwnSessions is that of package pg. A file has nothing of the kind.
func (d *DB) OwnSessions(ctx context.Context) error {
	if d.read != d.write {
		return nil
	}
	err := pg.OwnSessions(ctx, d.write)
	var known *store.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return fail(err)
}
