// Package pg is to a server what package lite is to a file: it opens a schema that holds data of persons, runs the one
// long transaction of a load, and writes many rows at a time.
package pg

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"samband/store/internal/lite"
)

// Open gives connections to the server at url that see one schema and no other. It connects to nothing yet. Few of
// them stay open unused: an installation has as many schemas as registries. l bounds them together with those of others.
func Open(url, schema string, l *Limit) (*sql.DB, error) {
	conf, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	if l != nil {
		conf.DialFunc = pgconn.DialFunc(l.bound(dial(conf.DialFunc)))
	}
	db := stdlib.OpenDB(*conf, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, "SET search_path TO "+Quoted(schema))
		return err
	}))
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(idleConns)
	db.SetConnMaxIdleTime(time.Minute)
	if l != nil {
		l.add(db)
	}
	return db, nil
}

// Quoted makes an identifier of a name.
func Quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// longest is how many bytes of a name the server looks at.
const longest = 63

// Name gives a name that the server tells from every other: one that is too long ends in a hash of itself.
func Name(name string) string {
	if len(name) <= longest {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return name[:longest-17] + "_" + hex.EncodeToString(sum[:8])
}

// types turns the types of SQLite into those of the server. Texts are ordered by their bytes on both.
var types = strings.NewReplacer(" WITHOUT ROWID", "", "INTEGER", "BIGINT", "BLOB", "BYTEA", "TEXT", `TEXT COLLATE "C"`)

// Make makes a schema with these tables. When they are there it changes nothing and waits for nobody, and where a newer
// edition has been it touches nothing.
func Make(ctx context.Context, db *sql.DB, schema string, tables lite.Schema) error {
	ddl := types.Replace(tables.DDL)
	sum := sha256.Sum256([]byte(ddl))
	mark := "samband " + hex.EncodeToString(sum[:8]) + " " + strconv.Itoa(tables.Version)
	made := func(q interface {
		QueryRowContext(context.Context, string, ...any) *sql.Row
	}) (there, current bool, err error) {
		var found string
		err = q.QueryRowContext(ctx, `SELECT to_regnamespace($1) IS NOT NULL,
			coalesce(obj_description(to_regnamespace($1), 'pg_namespace'), '')`, Quoted(schema)).Scan(&there, &found)
		if parts := strings.Fields(found); err == nil && len(parts) == 3 {
			have, _ := strconv.Atoi(parts[2])
			err = tables.Check(have)
		}
		return there, found == mark, err
	}
	if _, current, err := made(db); err != nil || current {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := Lock(ctx, tx, "schema "+schema); err != nil {
		return err
	}
	there, current, err := made(tx)
	if err != nil || current {
		return err
	}
	if !there {
		if _, err := tx.ExecContext(ctx, "CREATE SCHEMA "+Quoted(schema)); err != nil {
			return err
		}
	}
	for statement := range strings.SplitSeq(ddl, ";") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "COMMENT ON SCHEMA "+Quoted(schema)+" IS '"+mark+"'"); err != nil {
		return err
	}
	return tx.Commit()
}

type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Lock waits for a lock that goes with the transaction. All processes that name it alike take turns.
func Lock(ctx context.Context, tx execer, name string) error {
	_, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, "samband "+name)
	return err
}

// Begin takes a connection of its own, starts a transaction on it and waits for the lock. The server's
// administrators, and Fence, know it by who, see Session.
func Begin(ctx context.Context, db *sql.DB, lock, who string) (*sql.Conn, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err = conn.ExecContext(ctx, `SELECT set_config('application_name', $1, false)`, Name(who)); err == nil {
		if _, err = conn.ExecContext(ctx, "BEGIN"); err == nil {
			err = Lock(ctx, conn, lock)
		}
	}
	if err != nil {
		Discard(conn)
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, err
	}
	return conn, nil
}

// errNotCommitted is a transaction that the server rolled back when it was told to commit.
var errNotCommitted = errors.New("pg: the transaction had failed, and was rolled back")

// Commit commits and closes the connection. known tells whether the server said what became of it: when it is false the
// connection broke in the middle, and only looking tells.
func Commit(conn *sql.Conn) (known bool, err error) {
	err = conn.Raw(func(c any) error {
		tag, err := c.(*stdlib.Conn).Conn().Exec(context.Background(), "COMMIT")
		if err == nil && tag.String() != "COMMIT" {
			return errNotCommitted
		}
		return err
	})
	Discard(conn)
	var said *pgconn.PgError
	// What the server says ends the session otherwise than by COMMIT (class 57) leaves open which came first.
	return err == nil || errors.Is(err, errNotCommitted) || errors.As(err, &said) && !strings.HasPrefix(said.Code, "57"), err
}

// Discard rolls back what is open and closes the connection.
func Discard(conn *sql.Conn) {
	conn.ExecContext(context.Background(), "ROLLBACK") // with nothing open it does nothing
	conn.Raw(func(any) error { return driver.ErrBadConn })
	conn.Close()
}

// Session is what the session of an attempt at a run is known by.
func Session(runID string, token int) string { return "samband " + runID + "/" + strconv.Itoa(token) }

// Fence puts the fence of a run up to token, see lite.Fence, and then ends the sessions of earlier attempts, wherever
// their processes are: what they had not committed is rolled back and their locks are free. An attempt that asked for the
// fence before it stood had its session by then; one that asks later finds it.
func Fence(ctx context.Context, db *sql.DB, runID string, token int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := lite.Fence(ctx, tx, runID, token); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	var earlier []string
	for t := range token {
		earlier = append(earlier, Name(Session(runID, t)))
	}
	var left bool
	err = db.QueryRowContext(ctx, `SELECT coalesce(bool_or(NOT pg_terminate_backend(pid, 5000)), false) FROM pg_stat_activity
		WHERE application_name = ANY($1)`, earlier).Scan(&left)
	if err == nil && left {
		err = errLeft
	}
	return err
}

// errLeft is a session that did not end when it was told to.
var errLeft = errors.New("pg: the session of an earlier attempt has not ended")

// Copier writes rows to a table, many at a time. Not safe for several goroutines.
type Copier struct {
	conn    *sql.Conn
	table   pgx.Identifier
	columns []string
	rows    [][]any
	n       int
}

// cellsAtOnce bounds what a Copier holds in memory.
const cellsAtOnce = 1 << 16

// NewCopier gives a Copier for a table, named by its parts, and its columns.
func NewCopier(conn *sql.Conn, columns []string, table ...string) *Copier {
	return &Copier{conn: conn, table: table, columns: columns}
}

// Next gives the next row to fill in. It keeps what was in it before.
func (c *Copier) Next(ctx context.Context) ([]any, error) {
	if (c.n+1)*len(c.columns) > cellsAtOnce && c.n > 0 {
		if err := c.Flush(ctx); err != nil {
			return nil, err
		}
	}
	if c.n == len(c.rows) {
		c.rows = append(c.rows, make([]any, len(c.columns)))
	}
	c.n++
	return c.rows[c.n-1], nil
}

// Flush writes what is left.
func (c *Copier) Flush(ctx context.Context) error {
	if c.n == 0 {
		return nil
	}
	rows := c.rows[:c.n]
	c.n = 0
	return c.conn.Raw(func(dc any) error {
		_, err := dc.(*stdlib.Conn).Conn().CopyFrom(ctx, c.table, c.columns, pgx.CopyFromRows(rows))
		return err
	})
}
