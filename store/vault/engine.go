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

// session is the transaction of a Tx. Its questions are about the persons of its registry as they were before it.
type session interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	// find gives a person's mark and pseudonym, and get all there is.
	find(i *Index) (tag int64, p store.Pseudonym, found bool, err error)
	get(i *Index) (r row, found bool, err error)
	// write takes in the persons that each adds, in order of index and each once, new ones and those with other attributes.
	// It may ask get meanwhile. What a row holds is valid while it is added.
	write(ctx context.Context, each func(add func(*row) error) error) error
	// dir is the folder for temporary files, "" for memory.
	dir() string
	commit() error
	// rollback lets go of everything and gives the turn up. After it, and after commit, it does nothing.
	rollback()
}

// row is a person as the vault keeps them.
type row struct {
	index     Index
	pseudonym store.Pseudonym
	tag       int64
	kv        int
	sealed    []byte
}
