package vault

import (
	"context"
	"database/sql"

	"samband/store"
)

// engine is what a file and a server do each in their own way.
type engine interface {
	// begin starts the transaction of a load when the registry's turn has come, and gives the registry's number.
	begin(ctx context.Context, o *TxOptions) (session, int64, error)
	// worthReading tells after how many questions about single persons it is cheaper to read all of them.
	worthReading(persons int64) int64
	// fence does what Vault.Fence says.
	fence(ctx context.Context, runID string, token int) error
	checkpoint(ctx context.Context)
}

// session is the transaction of a Tx, and the persons of its registry as the transaction sees them.
type session interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	// find gives a person's mark and pseudonym, and get the sealed attributes with the version of their key.
	find(i *Index) (tag int64, p store.Pseudonym, found bool, err error)
	get(i *Index) (kv int, sealed []byte, found bool, err error)
	// insert takes new persons in, whose sealed attributes lie in arena; set gives one other attributes.
	insert(list []pending, arena []byte, kv int) error
	set(i *Index, tag int64, kv int, sealed []byte) error
	commit() error
	// rollback lets go of everything and gives the turn up. After it, and after commit, it does nothing.
	rollback()
}
