package consent

import (
	"context"

	"samband/store"
	"samband/store/internal/pg"
)

// CopyTo copies choices in a file to the server at url, where there must be none yet, and tells of each table.
func (s *Store) CopyTo(ctx context.Context, url string) ([]store.MovedTable, error) {
	moved, err := s.copyTo(ctx, url)
	return moved, store.Wrap(err, store.Unavailable, "consent.write", nil)
}

func (s *Store) copyTo(ctx context.Context, url string) (moved []store.MovedTable, err error) {
	to, err := open(ctx, Options{URL: url})
	if err != nil {
		return nil, err
	}
	defer to.Close()
	from, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer from.Rollback()
	tables, err := pg.Tables(ctx, from)
	if err != nil {
		return nil, err
	}
	conn, err := pg.Begin(ctx, to.db, "consent ", "samband move")
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		m, err := pg.Copy(ctx, from, conn, schemaName, t, t)
		if err != nil {
			pg.Discard(conn)
			return nil, err
		}
		moved = append(moved, m)
	}
	_, err = pg.Commit(conn)
	return moved, err
}
