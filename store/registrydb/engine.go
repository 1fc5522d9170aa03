package registrydb

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"samband/store"
)

// engine is what a file and a server do each in their own way. Everything else is one text of SQL for both.
type engine interface {
	// name gives a name of a table that the engine can tell from every other.
	name(string) string
	// columns gives the columns of a table (quoted) with their types as sqlType names them, and after a slash the place
	// in the key of those that have one; none when there is no table.
	columns(ctx context.Context, q querier, table string) (map[string]string, error)
	// typeOf gives the type that a column is made with, and tail what stands after the columns.
	typeOf(store.ValueKind) string
	tail() string
	// widest is how many columns a table can have.
	widest() int
	// write runs f in a transaction of its own when its turn has come.
	write(ctx context.Context, f func(*sql.Tx) error) error
	// fence does what DB.Fence says.
	fence(ctx context.Context, runID string, token int) error
	// begin starts the transaction of a load when its turn has come.
	begin(ctx context.Context, t *Tx) (load, error)
	// spools is the folder for temporary files, "" for memory.
	spools() string
	checkpoint(ctx context.Context)
}

// load is the transaction of a Tx. It has the turn until it ends.
type load interface {
	querier
	// ready is told the statements that make the codebook's tables fit, before the first put.
	ready(ctx context.Context, migration []string) error
	// bySets tells whether put wants one row a key, in order of the keys, and answers for none before settle.
	bySets() bool
	put(ctx context.Context, row []driver.NamedValue, v store.Version) (stands bool, err error)
	// lost is told of rows that lost to another of the same run, n of one key and one hash; only when bySets.
	lost(key []driver.NamedValue, hash, n int64) error
	settle(ctx context.Context) error
	// insert writes the rows that each adds to a table.
	insert(ctx context.Context, table string, columns []string, each func(add func(...driver.Value) error) error) error
	// again takes back everything since begin, and goes on in the same turn.
	again(ctx context.Context) error
	commit(ctx context.Context) error
	// rollback lets go of everything and gives the turn up. After it, and after commit, it does nothing.
	rollback()
}
