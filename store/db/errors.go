package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"samband/store"
)

// fail gives what the driver says as an error of ours. An error that has a code already, and one of the caller's own
// context, stay as they are.
func fail(err error) error {
	var known *store.Error
	var fields store.FieldErrors
	switch {
	case err == nil, errors.As(err, &known), errors.As(err, &fields):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	class, code := classify(err)
	return &store.Error{Class: class, Code: code, Err: err}
}

// Away tells whether err says that the database, or another one beside it, could not be reached or closed the connection.
// What was under way then has been rolled back, and can be tried again once the database is there.
func Away(err error) bool {
	for err != nil {
		if _, ours := err.(*store.Error); !ours {
			class, code := classify(err)
			return class == store.Unavailable && code == "db.away"
		}
		if store.CodeOf(err) == "db.away" {
			return true
		}
		err = errors.Unwrap(err)
	}
	return false
}

// openError is fail for what happens before there is a database: whoever starts the portal is told to look at the
// address, unless it is known to be something else.
func openError(err error) error {
	switch err = fail(err); store.CodeOf(err) {
	case "db.failed", "db.away":
		return &store.Error{Class: store.Unavailable, Code: "db.open", Err: err}
	}
	return err
}

// Trouble gives an error of any of the installation's databases by what its engine says is wrong, when that is something
// whoever operates it must see to: "db.full", "db.busy", "db.damaged". Another error stays as it is.
func Trouble(err error) error {
	var known *store.Error
	if !errors.As(err, &known) || known.Class != store.Unavailable || known.Err == nil {
		return err
	}
	switch class, code := classify(known.Err); code {
	case "db.full", "db.busy", "db.damaged":
		return &store.Error{Class: class, Code: code, Err: err}
	}
	return err
}

func classify(err error) (store.Class, store.Code) {
	var pe *pgconn.PgError
	var se *sqlite.Error
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &pe):
		switch {
		case pe.Code == "23505":
			return store.Conflict, "db.exists"
		case pe.Code == "P0001": // a guard of the log refuses
			return store.Unavailable, "audit.damaged"
		case pe.Code == "23503":
			return store.Conflict, "db.in_use"
		case pe.Code == "40P01", pe.Code == "40001", pe.Code == "55P03":
			return store.Unavailable, "db.busy"
		case pe.Code == "53100":
			return store.Unavailable, "db.full"
		case strings.HasPrefix(pe.Code, "57P"), strings.HasPrefix(pe.Code, "08"), strings.HasPrefix(pe.Code, "53"):
			return store.Unavailable, "db.away"
		}
	case errors.As(err, &se):
		switch se.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			return store.Conflict, "db.exists"
		case sqlite3.SQLITE_CONSTRAINT_TRIGGER: // a guard of the log refuses
			return store.Unavailable, "audit.damaged"
		case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
			return store.Conflict, "db.in_use"
		}
		switch se.Code() & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return store.Unavailable, "db.busy"
		case sqlite3.SQLITE_FULL:
			return store.Unavailable, "db.full"
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			return store.Unavailable, "db.damaged"
		case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
			return store.Unavailable, "db.away"
		}
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return store.Unavailable, "db.full"
	case errors.As(err, &connect), errors.As(err, &network), errors.Is(err, sql.ErrConnDone), errors.Is(err, io.EOF),
		errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, driver.ErrBadConn), pgconn.SafeToRetry(err):
		return store.Unavailable, "db.away"
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return store.Unavailable, "db.open"
	}
	return store.Internal, "db.failed"
}

// taken tells whether err says that a unique value is there already.
func taken(err error) bool { return store.CodeOf(fail(err)) == "db.exists" }

// changed is the error of an update that was made from an older version than the stored one.
func changed() error { return store.E(store.Conflict, "db.changed", nil) }

// exists is the error of a new thing whose id is taken.
func exists(field, value string) error {
	return &store.Error{Class: store.Conflict, Code: "db.exists", Args: store.Args{"value": value}, Field: field}
}

func notFound(code store.Code) error { return store.E(store.NotFound, code, nil) }
