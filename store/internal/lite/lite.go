// Package lite opens the embedded database files that hold data of persons, and runs prepared statements on the driver
// itself: through database/sql a statement costs about as much as the insert it carries.
package lite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io"
	"net/url"
	"os"
	"strconv"

	_ "modernc.org/sqlite" // the embedded engine

	"samband/store"
)

// Open opens the file at path, made readable for its owner only when there is none. Readers get a small cache; see
// Grow for the one that loads.
func Open(path string) (*sql.DB, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	f.Close()
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(5000)", "page_size(8192)", "synchronous(FULL)", "secure_delete(ON)", "cache_size(-8192)",
			"wal_autocheckpoint(4000)"},
		"_journal_mode": {"WAL"}, // applied after the others: the size of pages is settled before the file is made
	}.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err == nil {
		db.SetMaxOpenConns(8)
		db.SetMaxIdleConns(2)
	}
	return db, err
}

// Schema is the tables of a database, written for SQLite with IF NOT EXISTS at each of them. Version stands in the database
// and grows with each change that an earlier edition must not write past; such an edition is told Newer.
type Schema struct {
	Version int
	DDL     string
	Newer   store.Code
}

// Check refuses a database of version have when a newer edition has used it.
func (s Schema) Check(have int) error {
	if have > s.Version {
		return store.E(store.Refused, s.Newer, store.Args{"have": have, "known": s.Version})
	}
	return nil
}

// Make makes the tables that are missing. It touches nothing where a newer edition has been.
func Make(ctx context.Context, db *sql.DB, s Schema) error {
	var have int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if err := s.Check(have); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, s.DDL); err != nil || have == s.Version {
		return err
	}
	_, err := db.ExecContext(ctx, "PRAGMA user_version="+strconv.Itoa(s.Version))
	return err
}

// Scratch opens a database in memory, which is gone when it is closed: nothing of it comes near a disk. It is for one
// goroutine at a time and one transaction: Commit and Discard end it.
func Scratch() (*sql.DB, error) {
	u := url.URL{Scheme: "file", Opaque: ":memory:", RawQuery: url.Values{"_txlock": {"immediate"},
		"_pragma": {"page_size(8192)", "temp_store(MEMORY)", "journal_mode(MEMORY)"}}.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err == nil {
		db.SetMaxOpenConns(1) // another connection would be another database
	}
	return db, err
}

// Begin takes a connection of its own and starts a writing transaction on it, with a page cache of so many KiB.
func Begin(ctx context.Context, db *sql.DB, cacheKiB string) (*sql.Conn, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	for _, q := range []string{"PRAGMA cache_size=-" + cacheKiB, "PRAGMA wal_autocheckpoint=0", "BEGIN IMMEDIATE"} {
		if _, err = conn.ExecContext(ctx, q); err != nil {
			Discard(conn)
			return nil, err
		}
	}
	return conn, nil
}

// Commit commits and closes the connection with its cache. An error means that nothing was committed.
func Commit(conn *sql.Conn) error {
	_, err := conn.ExecContext(context.Background(), "COMMIT")
	Discard(conn)
	return err
}

// Checkpoint moves what was committed from the log into the file, so that the log does not stay as large as the load. A
// reader can keep it from being emptied; it is emptied another time then.
func Checkpoint(ctx context.Context, db *sql.DB) {
	db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
}

// Discard rolls back what is open and closes the connection with its cache.
func Discard(conn *sql.Conn) {
	conn.ExecContext(context.Background(), "ROLLBACK") // fails when nothing is open, which is as good
	conn.Raw(func(any) error { return driver.ErrBadConn })
	conn.Close()
}

// Stmt is a prepared statement with arguments that are used again. Not safe for several goroutines.
type Stmt struct {
	s    driver.Stmt
	args []driver.NamedValue
}

// Preparer prepares statements on one connection until one fails.
type Preparer struct {
	conn *sql.Conn
	Err  error
}

// Prepare gives a Preparer for conn.
func Prepare(conn *sql.Conn) *Preparer { return &Preparer{conn: conn} }

// Stmt prepares a statement with that many parameters, written as ?.
func (p *Preparer) Stmt(query string, args int) *Stmt {
	s := &Stmt{args: make([]driver.NamedValue, args)}
	for i := range s.args {
		s.args[i].Ordinal = i + 1
	}
	if p.Err == nil {
		p.Err = p.conn.Raw(func(c any) (err error) {
			s.s, err = c.(driver.ConnPrepareContext).PrepareContext(context.Background(), query)
			return err
		})
	}
	return s
}

func (s *Stmt) bind(args []driver.Value) []driver.NamedValue {
	for i := range s.args {
		s.args[i].Value = args[i]
	}
	return s.args
}

// Exec runs the statement and tells how many rows it changed.
func (s *Stmt) Exec(args ...driver.Value) (int64, error) { return s.ExecNamed(s.bind(args)) }

// ExecNamed is Exec with arguments that are ready, their ordinals counted from 1.
func (s *Stmt) ExecNamed(args []driver.NamedValue) (int64, error) {
	r, err := s.s.(driver.StmtExecContext).ExecContext(context.Background(), args)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// Row reads the first row of a query into to; found is false when there is none.
func (s *Stmt) Row(to []driver.Value, args ...driver.Value) (found bool, err error) {
	return s.RowNamed(to, s.bind(args))
}

// RowNamed is Row with arguments that are ready, their ordinals counted from 1.
func (s *Stmt) RowNamed(to []driver.Value, args []driver.NamedValue) (found bool, err error) {
	rows, err := s.s.(driver.StmtQueryContext).QueryContext(context.Background(), args)
	if err != nil {
		return false, err
	}
	err = rows.Next(to)
	if err2 := rows.Close(); err == nil {
		err = err2
	}
	if err == io.EOF {
		return false, nil
	}
	return err == nil, err
}

// Close lets go of the statement; before the connection ends.
func (s *Stmt) Close() {
	if s != nil && s.s != nil {
		s.s.Close()
		s.s = nil
	}
}
