package pg

import (
	"context"
	"database/sql"

	"samband/store"
)

// OwnSessions tells whether each connection has a session of the server of its own. Locks of this program are held by
// sessions, and what a lost worker had not committed is ended with its session: behind something that gives a session to
// another after each transaction (pgbouncer with pool_mode transaction or statement) locks would be held by nobody, and
// the wrong sessions ended. Refused "db.pooler" then. It needs two connections at once.
func OwnSessions(ctx context.Context, db *sql.DB) error {
	a, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	b, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer b.Close()
	for range 3 { // one that is busy may give them two by chance
		if shared, err := oneSession(ctx, a, b); err != nil {
			return err
		} else if shared {
			return store.E(store.Refused, "db.pooler", nil)
		}
	}
	return nil
}

type asker interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// oneSession tells whether the server does the work of two connections in one process, which it never does of two that
// are open to it at once.
func oneSession(ctx context.Context, a, b asker) (bool, error) {
	var of [2]int64
	for i, c := range []asker{a, b} {
		if err := c.QueryRowContext(ctx, `SELECT pg_backend_pid()`).Scan(&of[i]); err != nil {
			return false, err
		}
	}
	return of[0] == of[1], nil
}
