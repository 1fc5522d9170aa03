// Package consent keeps what people have chosen, on the vault's side of the house: which lists have been read, how each
// person's choice stands, and every change of it, append-only. Persons stand in it by the vault's keyed index and nothing
// else; those that no registry knows are kept, they may come later. It has a file, or a schema, of its own, so that a
// withdrawal can be written while a load holds the vault.
//
// Whoever holds its lock (Hold, and every writer here) waits for no other database meanwhile: it is the innermost.
package consent

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"samband/store"
	"samband/store/internal/lite"
	"samband/store/internal/pg"
)

// Store is what people have chosen. Safe for several goroutines.
type Store struct {
	db     *sql.DB
	engine engine
}

var tables = lite.Schema{Version: 1, DDL: schema, Newer: "db.newer_schema"}

const schema = `
CREATE TABLE IF NOT EXISTS list(
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,     -- ConsentRule.List
	registry TEXT NOT NULL,
	n INTEGER NOT NULL,            -- number of the last change of a choice
	written INTEGER NOT NULL       -- transactions that changed anything
);
CREATE TABLE IF NOT EXISTS snapshot(
	list INTEGER NOT NULL,
	no INTEGER NOT NULL,
	legal INTEGER NOT NULL,        -- microseconds since 1970, like all times here, and 0 for none
	known INTEGER NOT NULL,
	active INTEGER NOT NULL,
	state TEXT NOT NULL,
	turn TEXT NOT NULL,            -- JSON
	why TEXT NOT NULL,             -- JSON, or empty
	decided_by TEXT NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY(list, no)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS choice(
	list INTEGER NOT NULL,
	idx BLOB NOT NULL,             -- the vault's keyed index
	active INTEGER NOT NULL,
	unclear INTEGER NOT NULL,
	legal INTEGER NOT NULL,
	as_of INTEGER NOT NULL,        -- the list's own time holds when that is later
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	floor INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY(list, idx)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history(
	list INTEGER NOT NULL,
	n INTEGER NOT NULL,
	idx BLOB NOT NULL,
	was TEXT NOT NULL,             -- active, inactive, unclear, or empty
	state TEXT NOT NULL,
	legal INTEGER NOT NULL,
	known INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	snapshot INTEGER NOT NULL,     -- 0: it came by itself
	PRIMARY KEY(list, n)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held(
	list INTEGER NOT NULL,
	idx BLOB NOT NULL,
	active INTEGER NOT NULL,
	unclear INTEGER NOT NULL,
	legal INTEGER NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY(list, idx)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS met(
	registry TEXT NOT NULL,
	idx BLOB NOT NULL,
	at INTEGER NOT NULL,           -- when the person was first met there
	PRIMARY KEY(registry, idx)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS withdrawal(
	list INTEGER NOT NULL,
	n INTEGER NOT NULL,            -- of the history
	idx BLOB NOT NULL,
	state TEXT NOT NULL,           -- due until it is carried out
	PRIMARY KEY(list, n)
) WITHOUT ROWID;`

// schemaName is where it lies on a server: with the vault, in a schema of its own.
const schemaName = "consent"

// Options say where the choices are.
type Options struct {
	Path string
	URL  string // postgres://…, in place of Path
	// Limit bounds the connections together with those of the vault and the registries; nil: not; only with URL.
	Limit *pg.Limit
}

// Open opens the file, or the schema, and makes it when there is none.
func Open(ctx context.Context, o Options) (*Store, error) {
	s, err := open(ctx, o)
	return s, store.Wrap(err, store.Unavailable, "consent.open", nil)
}

func open(ctx context.Context, o Options) (*Store, error) {
	if o.URL != "" {
		db, err := pg.Open(o.URL, schemaName, o.Limit)
		if err != nil {
			return nil, err
		}
		if err := pg.Make(ctx, db, schemaName, tables); err != nil {
			db.Close()
			return nil, err
		}
		return &Store{db, &server{db}}, nil
	}
	db, err := lite.Open(o.Path)
	if err != nil {
		return nil, err
	}
	if err := lite.Make(ctx, db, tables); err != nil {
		db.Close()
		return nil, err
	}
	return &Store{db, &file{db, make(chan struct{}, 1)}}, nil
}

// Close closes it.
func (s *Store) Close() error { return s.db.Close() }

// Check tells whether it answers.
func (s *Store) Check(ctx context.Context) error {
	var n int64
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM list`).Scan(&n)
	return store.Wrap(err, store.Unavailable, "consent.open", nil)
}

// Last gives the number of the last change, for the high-water mark. It only grows.
func (s *Store) Last(ctx context.Context) (n int64, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT CAST(coalesce(sum(written), 0) AS BIGINT) FROM list`).Scan(&n)
	return n, store.Wrap(err, store.Unavailable, "consent.read", nil)
}

// asker is a connection, or all of them.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

const snapshotColumns = `no, legal, known, active, state, turn, why, decided_by, note`

func scanSnapshot(scan func(...any) error) (x store.ConsentSnapshot, err error) {
	var legal, known int64
	var state, turn, why string
	if err = scan(&x.No, &legal, &known, &x.Active, &state, &turn, &why, &x.By, &x.Note); err != nil {
		return x, err
	}
	x.Legal, x.Known, x.State = at(legal), at(known), store.SnapshotState(state)
	if err = json.Unmarshal([]byte(turn), &x.Turn); err == nil && why != "" {
		var e struct {
			Code store.Code
			Args map[string]int64
		}
		if err = json.Unmarshal([]byte(why), &e); err == nil {
			x.Why = store.E(store.Refused, e.Code, store.Args{})
			for name, n := range e.Args {
				x.Why.Args[name] = n
			}
		}
	}
	return x, err
}

// newest gives the newest snapshot of a list in one of two states; No is 0 when there is none.
func newest(ctx context.Context, q asker, list int64, a, b store.SnapshotState) (store.ConsentSnapshot, error) {
	x, err := scanSnapshot(q.QueryRowContext(ctx, `SELECT `+snapshotColumns+` FROM snapshot
		WHERE list=$1 AND state IN ($2, $3) ORDER BY no DESC LIMIT 1`, list, string(a), string(b)).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return store.ConsentSnapshot{}, nil
	}
	return x, err
}

// current gives the list that holds, and the one that waits for a person.
func current(ctx context.Context, q asker, list int64) (holds, waits store.ConsentSnapshot, err error) {
	if holds, err = newest(ctx, q, list, store.SnapshotTaken, store.SnapshotAccepted); err == nil {
		waits, err = newest(ctx, q, list, store.SnapshotHeld, store.SnapshotHeld)
	}
	return holds, waits, err
}

// find gives the number of a list and of its last change; zero for one that has never been read.
func find(ctx context.Context, q asker, r *store.ConsentRule) (id, n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT id, n FROM list WHERE name=$1`, r.List()).Scan(&id, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return id, n, err
}

// recent is how many lists are told of.
const recent = 20

// Lists tells what is known of a rule's list.
func (s *Store) Lists(ctx context.Context, r *store.ConsentRule) (*store.ConsentLists, error) {
	l, err := s.lists(ctx, r)
	return l, store.Wrap(err, store.Unavailable, "consent.read", nil)
}

func (s *Store) lists(ctx context.Context, r *store.ConsentRule) (*store.ConsentLists, error) {
	l := &store.ConsentLists{}
	id, n, err := find(ctx, s.db, r)
	if err != nil || id == 0 {
		return l, err
	}
	l.Changes = n
	if l.Holds, l.Waits, err = current(ctx, s.db, id); err != nil {
		return nil, err
	}
	if err = s.db.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE active=1), count(*) FILTER (WHERE active=0),
		(SELECT count(*) FROM withdrawal WHERE list=$1 AND state='due') FROM choice WHERE list=$1`, id).
		Scan(&l.Active, &l.Inactive, &l.Due); err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT `+snapshotColumns+` FROM snapshot WHERE list=$1 ORDER BY no DESC LIMIT $2`, id, recent)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		x, err := scanSnapshot(rows.Scan)
		if err != nil {
			return nil, err
		}
		l.Recent = append(l.Recent, x)
	}
	return l, rows.Err()
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func at(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
