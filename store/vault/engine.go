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
	// alone runs f in a transaction while no load of the registry is going on; number is 0 when the vault has no such
	// registry and add isn't set.
	alone(ctx context.Context, registry string, add bool, f func(tx *sql.Tx, number int64) error) error
	// apart runs f in a transaction on what lies apart from the persons. It waits for no load but one that is about to
	// commit.
	apart(ctx context.Context, f func(tx *sql.Tx) error) error
	// each calls f with every person of a registry, or with those of only, at most revealAtOnce, unless it is nil; in order
	// of pseudonym; key is empty when it is gone.
	each(ctx context.Context, registry int64, only []store.Pseudonym, f func(*row) error) error
	checkpoint(ctx context.Context)
}

// session is the transaction of a Tx. Its questions are about the persons of its registry as they were before it.
type session interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	// find gives a person's mark and pseudonym, and get all there is.
	find(i *Index) (tag int64, p store.Pseudonym, found bool, err error)
	// key stays empty when the person's data key is gone.
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
	kv        int // see the tables
	born      int64
	sealed    []byte

	key        []byte // wrapped data key; empty in what is written when it stays as it is
	keyVersion int    // of the master key
}
