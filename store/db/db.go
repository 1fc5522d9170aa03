// Package db is the portal's database: the catalogue, who may do what, approvals, schedules, the ledger of runs, their
// reports and logs, and the audit log. It runs on an embedded SQLite file or on PostgreSQL with one SQL text for both.
// No person's data are ever here: health data lie in registrydb, identities in the vault.
//
// One file per aggregate. An exported method opens the transaction, the unexported helpers take it. Every method that
// changes something on somebody's behalf takes a store.Actor and writes exactly one audit entry in the same
// transaction; bookkeeping (progress of a run, log lines, use of a session) writes none.
//
// Errors are store.Error: NotFound "<thing>.not_found", Conflict "db.changed" when somebody changed the thing in the
// meantime, Conflict "db.exists" or "db.in_use", and Unavailable when the database itself cannot answer.
package db

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	_ "modernc.org/sqlite" // driver "sqlite"

	"samband/store"
)

// Options say where the database is. Exactly one of Path and URL is used: URL when it is set.
type Options struct {
	Path string // SQLite file; made when it isn't there, its folder must be
	URL  string // postgres://…
	// Keep is the folder that the file is copied to before its tables are changed, for going back to the program before;
	// "" keeps none. The newest three are kept.
	Keep  string
	Conns int // how many connections to a server at most; usualConns when zero
	Clock store.Clock
	IDs   store.IDs
	Owner store.Owner   // this process, as the holder of runs
	Lease time.Duration // how long it holds a run without saying so again; store.DefaultLease when zero
}

// DB is an open portal database. Safe for several goroutines.
type DB struct {
	read  *sql.DB // SQLite: several connections that cannot write
	write *sql.DB // SQLite: one connection, so that writers queue here and not on the file
	clock store.Clock
	ids   store.IDs

	owner  store.Owner
	length time.Duration // of a lease
}

//go:embed migrations/*.sql
var migrations embed.FS

// Open opens the database and brings its tables up to date. A server that an installation is being moved to, or that a
// move was cut off at, is refused with "dbmove.incomplete". A database that a newer version of the program has
// changed is refused with "db.newer_schema", and nothing in it is touched.
func Open(ctx context.Context, o Options) (*DB, error) {
	d := &DB{clock: o.Clock, ids: o.IDs, owner: cmp.Or(o.Owner, store.NewOwner("here", "this")),
		length: cmp.Or(o.Lease, store.DefaultLease)}
	var err error
	if o.URL != "" {
		if err = d.openPostgres(o.URL, cmp.Or(o.Conns, usualConns)); err == nil {
			err = d.OwnSessions(ctx)
		}
		if err == nil {
			err = d.whole(ctx)
		}
	} else {
		err = d.openSQLite(o.Path)
	}
	if err == nil {
		err = d.migrate(ctx, o)
	}
	if err != nil {
		d.Close()
		return nil, openError(err)
	}
	return d, nil
}

// OpenCopy opens the file of a portal database for reading alone, as it is: for verifying a copy of it.
func OpenCopy(path string) (*DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, openError(err)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, openError(err)
	}
	u := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: "mode=ro&_query_only=1"}
	if _, err := os.Stat(path + "-wal"); errors.Is(err, fs.ErrNotExist) {
		u.RawQuery += "&immutable=1" // needs no place to write beside it
	}
	d := &DB{clock: store.SystemClock{}, ids: store.RandomIDs{}}
	d.read, err = sql.Open("sqlite", u.String())
	return d, openError(err)
}

// usualConns is how many connections to a server there are at most when nobody says.
const usualConns = 16

func (d *DB) openPostgres(url string, conns int) (err error) {
	if d.write, err = sql.Open("pgx", url); err != nil {
		return err
	}
	d.write.SetMaxOpenConns(conns)
	d.write.SetMaxIdleConns(conns / 2)
	d.write.SetConnMaxIdleTime(5 * time.Minute)
	d.read = d.write
	return nil
}

func (d *DB) openSQLite(path string) error {
	// Made here so that nobody but the owner can read it; SQLite gives -wal and -shm the mode of the file.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	if d.write, err = sql.Open("sqlite", sqliteDSN(path, "immediate")); err != nil {
		return err
	}
	d.write.SetMaxOpenConns(1)
	if d.read, err = sql.Open("sqlite", sqliteDSN(path, "deferred")+"&_query_only=1"); err != nil {
		return err
	}
	d.read.SetMaxOpenConns(8)
	d.read.SetMaxIdleConns(8)
	return nil
}

// sqliteDSN gives the data source name. A commit is on the disk before it returns (synchronous FULL), and a
// transaction that is to write takes the write lock when it begins: one that reads first and then wants to write fails
// at once when another has written in between, however long the busy timeout.
func sqliteDSN(path, txlock string) string {
	u := url.URL{Scheme: "file", OmitHost: true, Path: path}
	return u.String() + "?_busy_timeout=10000&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_txlock=" + txlock +
		"&_pragma=cache_size(-4000)"
}

// Close closes the database.
func (d *DB) Close() error {
	if d.read != nil && d.read != d.write {
		d.read.Close()
	}
	if d.write == nil {
		return nil
	}
	return d.write.Close()
}

// Ping tells whether the database answers.
func (d *DB) Ping(ctx context.Context) error {
	var one int
	return fail(d.read.QueryRowContext(ctx, `SELECT 1`).Scan(&one))
}

func (d *DB) migrate(ctx context.Context, o Options) error {
	p, err := d.provider(o.URL != "")
	if err != nil {
		return err
	}
	have, known, err := p.GetVersions(ctx)
	if err == nil && o.URL == "" && o.Keep != "" && 0 < have && have < known {
		err = keepBefore(ctx, o, have)
	}
	if err != nil {
		return err
	}
	// A schema newer than ours has all of our migrations, so Up finds nothing to do in it.
	if _, err := p.Up(ctx); err != nil {
		return err
	}
	have, known, err = p.GetVersions(ctx)
	if err == nil && have > known {
		err = store.E(store.Refused, "db.newer_schema", store.Args{"have": have, "known": known})
	}
	return err
}

func (d *DB) provider(postgres bool) (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithDisableGlobalRegistry(true),
		goose.WithGoMigrations(auditTree(postgres), auditEnd(postgres))}
	if postgres {
		dialect = goose.DialectPostgres
		// Processes that start together wait for each other: ask every second, for five minutes.
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, d.write, dir, options...)
}

// tx is a transaction with the moment it began, which is the time of everything it writes.
type tx struct {
	*sql.Tx
	ctx context.Context
	now time.Time
	ids store.IDs
}

// update runs f in a transaction that may write.
func (d *DB) update(ctx context.Context, f func(*tx) error) error {
	return d.run(ctx, d.write, nil, f)
}

// view runs f in a transaction that only reads, and sees one state of the database from beginning to end.
func (d *DB) view(ctx context.Context, f func(*tx) error) error {
	if d.read == d.write {
		return d.run(ctx, d.read, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, f)
	}
	return d.run(ctx, d.read, nil, f)
}

func (d *DB) run(ctx context.Context, pool *sql.DB, o *sql.TxOptions, f func(*tx) error) error {
	t, err := pool.BeginTx(ctx, o)
	if err != nil {
		return fail(err)
	}
	defer t.Rollback() // does nothing after Commit
	if err := f(&tx{Tx: t, ctx: ctx, now: d.clock.Now().UTC().Truncate(time.Microsecond), ids: d.ids}); err != nil {
		return fail(err)
	}
	return fail(t.Commit())
}

// read gives what f reads in a view.
func read[T any](ctx context.Context, d *DB, f func(*tx) (T, error)) (v T, err error) {
	err = d.view(ctx, func(t *tx) error {
		v, err = f(t)
		return err
	})
	return v, err
}
