// Package registrydb keeps one registry's own health data in a place of its own: a table per codebook, the history that
// lets a load be undone, the loads, and the findings of the quarantine. Nothing in it names a person; source rows that
// are held back are sealed with a key of the vault. The place is a SQLite file, or a schema of a PostgreSQL server; what
// it does is the same to the letter on both.
//
// Arrival order would be a way to join what is kept apart, so it is not kept. In a file, tables that hold data of persons
// have no row ids and lie in order of their keys. On a server every load's rows are put in order of their keys before
// they are sent, and are written in that order by one statement: where a row lies, its ctid and its xmin tell which load
// wrote it and what its key is, which two of its columns tell as well, and nothing of where it stood in the delivery.
// Not guaranteed on a server: that what was replaced or undone is gone from the disk before VACUUM has used its place
// again, and from the write-ahead log before that is recycled.
package registrydb

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

// DB is an open registry. Safe for several goroutines; one load at a time, others wait for their turn, those of other
// processes too.
type DB struct {
	db     *sql.DB
	engine engine
	clock  store.Clock
}

// Options say where a registry is: at URL when it is set, else in the file at Path.
type Options struct {
	Path     string
	URL      string // postgres://…
	Registry string // id of the registry, which names its schema; only with URL
	Temp     string // folder for files without a name that a load needs; only with URL
	Clock    store.Clock
	Limit    *Limit // of connections, shared with others; nil: none; only with URL
}

// Limit bounds the connections of all registries and vaults that are opened with it.
type Limit = pg.Limit

// NewLimit gives a bound of n connections.
func NewLimit(n int) *Limit { return pg.NewLimit(n) }

var tables = lite.Schema{Version: 1, DDL: lite.FenceSchema + schema, Newer: "registry.newer_schema"}

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
CREATE TABLE IF NOT EXISTS change( -- counts what changed here and was no load
	id INTEGER PRIMARY KEY,
	n INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS finding_open ON finding(codebook, key) WHERE status='open' AND key<>'';
CREATE TABLE IF NOT EXISTS sent(
	integration_id TEXT NOT NULL,
	key TEXT NOT NULL,            -- of the receiver's definition
	hash TEXT NOT NULL,           -- of the content that state speaks of
	acked TEXT NOT NULL,          -- of the content that the receiver acknowledged last
	state TEXT NOT NULL,
	reason TEXT NOT NULL,
	variable TEXT NOT NULL,
	run_no INTEGER NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY(integration_id, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sent_open ON sent(integration_id, run_no) WHERE state IN ('sent', 'unknown');`

// Open opens a registry, and makes its tables when there are none.
func Open(ctx context.Context, o Options) (*DB, error) {
	open := openSQLite
	if o.URL != "" {
		open = openPostgres
	}
	d, err := open(ctx, o)
	return d, store.Wrap(err, store.Unavailable, "registry.open", nil)
}

// Close closes the registry.
func (d *DB) Close() error { return d.db.Close() }

// Checkpoint moves what loads have committed from the log into the file.
func (d *DB) Checkpoint(ctx context.Context) { d.engine.checkpoint(ctx) }

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
	UndoneBy        store.Actor         `json:"undone_by,omitzero"`
	UndoneRows      int64               `json:"undone_rows,omitempty"`
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
// run over puts it up before looking at what the run left. In a file it waits for a load that is going on; on a server it
// ends those of the earlier attempts, also when their process is stopped and would go on later. One that stands higher is
// Conflict "run.lost".
func (d *DB) Fence(ctx context.Context, runID string, token int) error {
	return store.Wrap(d.engine.fence(ctx, runID, token), store.Unavailable, "registry.write", nil)
}

// Rows counts the rows the registry holds by a codebook; 0 when nothing was loaded by it yet.
func (d *DB) Rows(ctx context.Context, codebook string) (n int64, err error) {
	if cols, err := d.engine.columns(ctx, d.db, d.data(codebook)); err != nil || len(cols) == 0 {
		return 0, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	err = d.db.QueryRowContext(ctx, "SELECT count(*) FROM "+d.data(codebook)).Scan(&n)
	return n, store.Wrap(err, store.Unavailable, "registry.read", nil)
}

// write runs f in a transaction of its own, once the load that may be going on is over.
func (d *DB) write(ctx context.Context, f func(*sql.Tx) error) error {
	return store.Wrap(d.engine.write(ctx, f), store.Unavailable, "registry.write", nil)
}

const timeLayout = "2006-01-02T15:04:05.000000Z"

func timeText(t time.Time) string { return t.UTC().Format(timeLayout) }
