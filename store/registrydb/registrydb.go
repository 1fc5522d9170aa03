// Package registrydb keeps one registry's own health data in a file of its own: a table per codebook, the history that
// lets a load be undone, the loads, and the findings of the quarantine. Nothing in it names a person; source rows that
// are held back are sealed with a key of the vault.
//
// Tables that hold data of persons have no row ids: arrival order would be a way to join what is kept apart.
package registrydb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"samband/store"
	"samband/store/internal/lite"
)

// DB is an open registry file. Safe for several goroutines; one load at a time, others wait for their turn.
type DB struct {
	db    *sql.DB
	path  string
	clock store.Clock
	turn  chan struct{}
}

// Options say where a registry's file is.
type Options struct {
	Path  string
	Clock store.Clock
}

const schema = `
CREATE TABLE IF NOT EXISTS load(
	seq INTEGER PRIMARY KEY,      -- order of commits
	run_no INTEGER NOT NULL UNIQUE,
	run_id TEXT NOT NULL UNIQUE,
	integration_id TEXT NOT NULL,
	state TEXT NOT NULL,          -- loaded, held, undone
	codebook TEXT NOT NULL,
	changed INTEGER NOT NULL,     -- rows it changed
	at TEXT NOT NULL,
	record TEXT NOT NULL          -- the Record as JSON
);
CREATE TABLE IF NOT EXISTS finding(
	id INTEGER PRIMARY KEY,       -- see findingID
	codebook TEXT NOT NULL,
	key TEXT NOT NULL,
	reason TEXT NOT NULL,
	variable TEXT NOT NULL,
	warn INTEGER NOT NULL,
	status TEXT NOT NULL,
	at TEXT NOT NULL,
	sealed BLOB
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS finding_open ON finding(codebook, key) WHERE status='open' AND key<>'';`

// Open opens a registry's file, and makes it when there is none.
func Open(ctx context.Context, o Options) (*DB, error) {
	db, err := lite.Open(o.Path)
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "registry.open", nil)
	}
	if err := tables(ctx, db); err != nil {
		db.Close()
		return nil, store.Wrap(err, store.Unavailable, "registry.open", nil)
	}
	return &DB{db: db, path: o.Path, clock: o.Clock, turn: make(chan struct{}, 1)}, nil
}

func tables(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, schema)
	if err == nil {
		_, err = db.ExecContext(ctx, lite.FenceSchema)
	}
	return err
}

// Scratch opens an empty registry in memory, for one load that is rolled back.
func Scratch(ctx context.Context, clock store.Clock) (*DB, error) {
	db, err := lite.Scratch()
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "registry.open", nil)
	}
	if err := tables(ctx, db); err != nil {
		db.Close()
		return nil, store.Wrap(err, store.Unavailable, "registry.open", nil)
	}
	return &DB{db: db, clock: clock, turn: make(chan struct{}, 1)}, nil
}

// Close closes the file.
func (d *DB) Close() error { return d.db.Close() }

// Checkpoint moves what loads have committed from the log into the file.
func (d *DB) Checkpoint(ctx context.Context) { lite.Checkpoint(ctx, d.db) }

// LoadState says what became of a load.
type LoadState string

const (
	Loaded LoadState = "loaded"
	Held   LoadState = "held" // rolled back; only the record and the findings are there
	Undone LoadState = "undone"
)

// Record is what a load leaves besides the data. It is committed with them, so that after a crash it tells whether the
// run's load took place.
type Record struct {
	RunID           string              `json:"run"`
	RunNo           int64               `json:"run_no"`
	State           LoadState           `json:"state"`
	IntegrationID   string              `json:"integration"`
	CodebookID      string              `json:"codebook"`
	CodebookVersion int                 `json:"codebook_version"`
	MappingNo       int                 `json:"mapping_version"`
	ScopeHash       string              `json:"scope_hash"`
	Delivery        store.Delivery      `json:"delivery"`
	Fields          []string            `json:"fields"` // columns of the delivery, which the sealed rows follow
	Counts          store.Counts        `json:"counts"`
	QuarantinedBy   map[string]int64    `json:"quarantined_by"`
	Reason          store.Code          `json:"reason,omitempty"` // why it is held
	ReasonArgs      store.Args          `json:"reason_args,omitempty"`
	Report          store.QualityReport `json:"report"`
	At              time.Time           `json:"at"`
	UndoneAt        time.Time           `json:"undone_at,omitzero"`
}

// Load gives what a run left; nil when it left nothing, which is to say that nothing of it was loaded.
func (d *DB) Load(ctx context.Context, runID string) (*Record, error) {
	var text string
	err := d.db.QueryRowContext(ctx, `SELECT record FROM load WHERE run_id=$1`, runID).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	var r Record
	if err == nil {
		err = json.Unmarshal([]byte(text), &r)
	}
	return &r, store.Wrap(err, store.Unavailable, "registry.read", nil)
}

// Fence refuses what attempts at a run before token have not committed yet, from the moment it returns: whoever takes a
// run over puts it up before looking at what the run left. It waits for a load that is going on. One that stands higher
// is Conflict "run.lost".
func (d *DB) Fence(ctx context.Context, runID string, token int) error {
	return d.write(ctx, func(tx *sql.Tx) error { return lite.Fence(ctx, tx, runID, token) })
}

// Rows counts the rows the registry holds by a codebook; 0 when nothing was loaded by it yet.
func (d *DB) Rows(ctx context.Context, codebook string) (n int64, err error) {
	if cols, err := columns(ctx, d.db, dataTable(codebook)); err != nil || len(cols) == 0 {
		return 0, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	err = d.db.QueryRowContext(ctx, "SELECT count(*) FROM "+dataTable(codebook)).Scan(&n)
	return n, store.Wrap(err, store.Unavailable, "registry.read", nil)
}

// write runs f in a transaction of its own, once the load that may be going on is over.
func (d *DB) write(ctx context.Context, f func(*sql.Tx) error) error {
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return store.Wrap(err, store.Unavailable, "registry.write", nil)
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return store.Wrap(err, store.Unavailable, "registry.write", nil)
	}
	return store.Wrap(tx.Commit(), store.Unavailable, "registry.write", nil)
}

const timeLayout = "2006-01-02T15:04:05.000000Z"

func timeText(t time.Time) string { return t.UTC().Format(timeLayout) }
