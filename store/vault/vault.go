// Package vault keeps persons: their numbers and names, sealed, and the pseudonym each has in each registry. It is
// another file than the health data, or on a server another schema or another database, with a key outside it, and
// nothing in it says what anybody suffers from.
//
// A person is found by a keyed index (HMAC-SHA-256 over the canonical number, under a key derived from the master key)
// and never by the number itself: 21 million numbers can be tried in seconds. Arrival order would be a way to join what is
// kept apart: in a file tables have no row ids, and in a file as on a server a load's persons are written in order of the
// index.
//
// Each registry has its own row of a person, with a data key of its own: who withdraws from one registry is erased
// there by destroying that key, whatever others may keep. The data keys, each wrapped by a master key, lie apart from the
// persons, in a file of their own: a copy of the persons, however old, opens with the keys there are now and no others, a
// new master key touches nobody's row, and neither that nor an erasure waits for a load.
package vault

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"hash"
	"path/filepath"
	"slices"
	"strings"

	"samband/store"
	"samband/store/internal/lite"
	"samband/store/internal/pg"
)

// Index is the keyed index of a person.
type Index [16]byte

// Vault is an open vault. Safe for several goroutines; in one registry writing goes one transaction at a time.
type Vault struct {
	db     *sql.DB
	wraps  *sql.DB // the data keys of persons, and tombstones; db on a server
	engine engine
	keys   Keys
	kek    *sealer
	rows   *sealer
	index  []byte // key of the index; never changes while the vault lives
	tag    []byte // key of the tags over a person's attributes
}

// edition is the version of the vault's tables, see lite.Schema: of the persons, tables, and of what lies apart from them,
// keyTables.
var edition = 1

const tables = lite.FenceSchema + schema

func schemaOf(ddl string) lite.Schema {
	return lite.Schema{Version: edition, DDL: ddl, Newer: "db.newer_schema"}
}

const schema = `
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS registry(id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS change(registry INTEGER PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID; -- transactions that changed persons
CREATE TABLE IF NOT EXISTS person(
	registry INTEGER NOT NULL,
	idx BLOB NOT NULL,        -- keyed index
	pseudonym BLOB NOT NULL,
	tag INTEGER NOT NULL,     -- keyed mark of the attributes, to see a change without opening them
	kv INTEGER NOT NULL,      -- version of the master key when the data key was drawn: the attributes are bound to it
	sealed BLOB NOT NULL,     -- sealed attributes
	born INTEGER NOT NULL DEFAULT -1, -- tombstones there were when the person was drawn, -1: the wrap is still in sealed
	PRIMARY KEY(registry, idx)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alias(
	registry INTEGER NOT NULL,
	idx BLOB NOT NULL,
	person BLOB NOT NULL,     -- index of the row that the person has, or will have
	current INTEGER NOT NULL, -- 1: the number that holds now, where no alias has it that of the row does
	PRIMARY KEY(registry, idx)
) WITHOUT ROWID;`

const keyTables = `
CREATE TABLE IF NOT EXISTS personkey(
	registry INTEGER NOT NULL,
	idx BLOB NOT NULL,
	kv INTEGER NOT NULL,      -- version of the master key that wraps it
	born INTEGER NOT NULL,    -- as in person
	wrapped BLOB NOT NULL,
	PRIMARY KEY(registry, idx)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tombstone(
	n INTEGER PRIMARY KEY,
	registry TEXT NOT NULL,
	idx BLOB NOT NULL,
	at TEXT NOT NULL,
	why TEXT NOT NULL
) WITHOUT ROWID;`

// addRegistry gives a registry its number.
const addRegistry = `INSERT INTO registry(id, slug) VALUES((SELECT coalesce(max(id),0)+1 FROM registry), $1)
	ON CONFLICT DO NOTHING`

// addBorn is for vaults from before the data keys lay apart.
const addBorn = `ALTER TABLE person ADD COLUMN born INTEGER NOT NULL DEFAULT -1`

const serverTables = tables + keyTables + `ALTER TABLE person ADD COLUMN IF NOT EXISTS born INTEGER NOT NULL DEFAULT -1`

// numberOf gives the number of a registry, 0 when the vault has none of that name.
func numberOf(ctx context.Context, q interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}, registry string) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT id FROM registry WHERE slug=$1`, registry).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, err
}

// Options say where a vault is, at URL when it is set and else in the file at Path, and what opens it.
type Options struct {
	Path string // the data keys of persons lie beside it, see KeysPath
	URL  string // postgres://…
	Temp string // folder for files without a name that a load needs; only with URL
	Keys Keys
	// Limit bounds the connections together with those of registries; nil: not; only with URL.
	Limit *pg.Limit
}

// Open opens the vault, and makes it when there is none. The wrong key is refused before anything is read.
func Open(ctx context.Context, o Options) (*Vault, error) {
	if o.URL != "" {
		e, err := openServer(ctx, o)
		if err != nil {
			return nil, store.Wrap(err, store.Unavailable, "vault.open", nil)
		}
		return newVault(ctx, e.db, e.db, e, o.Keys)
	}
	db, err := lite.Open(o.Path)
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "vault.open", nil)
	}
	wraps, err := lite.Open(KeysPath(o.Path))
	return newFileVault(ctx, db, wraps, err, filepath.Dir(o.Path), o.Keys)
}

// KeysPath is the file of the persons' data keys, given that of the persons.
func KeysPath(path string) string { return strings.TrimSuffix(path, ".db") + "-keys.db" }

// Scratch opens an empty vault in memory under a key of its own, for one transaction that is rolled back.
func Scratch(ctx context.Context) (*Vault, error) {
	key := make([]byte, 32)
	rand.Read(key)
	db, err := lite.Scratch()
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "vault.open", nil)
	}
	wraps, err := lite.Scratch()
	return newFileVault(ctx, db, wraps, err, "", KeyRing{key})
}

func newFileVault(ctx context.Context, db, wraps *sql.DB, err error, dir string, keys Keys) (*Vault, error) {
	if err != nil {
		db.Close()
		return nil, store.Wrap(err, store.Unavailable, "vault.open", nil)
	}
	e, err := newFile(ctx, db, wraps, dir)
	if err != nil {
		db.Close()
		wraps.Close()
		return nil, store.Wrap(err, store.Unavailable, "vault.open", nil)
	}
	return newVault(ctx, db, wraps, e, keys)
}

func newVault(ctx context.Context, db, wraps *sql.DB, e engine, keys Keys) (*Vault, error) {
	v := &Vault{db: db, wraps: wraps, engine: e, keys: keys, kek: newSealer(keys, "person"), rows: newSealer(keys, "quarantine")}
	err := v.init(ctx)
	if err == nil {
		err = v.setApart(ctx)
	}
	if err != nil {
		v.Close()
		return nil, store.Wrap(err, store.Unavailable, "vault.open", nil)
	}
	return v, nil
}

// Close closes the vault.
func (v *Vault) Close() error { return errors.Join(v.wraps.Close(), v.db.Close()) }

// Fence refuses what attempts at a run before token have not committed yet, from the moment it returns: see
// Tx.Fenced. In a file it waits for a transaction that is going on; on a server it ends those of the earlier attempts. One
// that stands higher is Conflict "run.lost".
func (v *Vault) Fence(ctx context.Context, runID string, token int) error {
	return store.Wrap(v.engine.fence(ctx, runID, token), store.Unavailable, "vault.write", nil)
}

// Checkpoint moves what loads have committed from the log into the file.
func (v *Vault) Checkpoint(ctx context.Context) { v.engine.checkpoint(ctx) }

// init pins the version of the index key and checks the key against the mark it left. Of two processes that make a vault
// at once, both take the mark of the one that was first.
func (v *Vault) init(ctx context.Context) error {
	version := v.keys.Current()
	var pinned []byte
	err := v.db.QueryRowContext(ctx, `SELECT value FROM meta WHERE name='index'`).Scan(&pinned)
	if err == nil && len(pinned) == 4+sha256.Size {
		version = int(binary.BigEndian.Uint32(pinned))
	} else if !errors.Is(err, sql.ErrNoRows) {
		return errors.Join(err, errors.New("vault: the mark of the index key is damaged"))
	}
	if err := v.indexKeys(ctx, version); err != nil {
		return err
	}
	mark := v.markOfIndex(version)
	if err != nil {
		if _, err = v.db.ExecContext(ctx, `INSERT INTO meta(name, value) VALUES('index', $1) ON CONFLICT DO NOTHING`,
			mark); err != nil {
			return err
		}
		return v.init(ctx)
	}
	if !hmac.Equal(mark, pinned) {
		return store.E(store.Refused, "vault.wrong_key", nil)
	}
	return nil
}

// Attributes are a person's, in a fixed order of names; what a source does not deliver isn't there.
type Attributes struct {
	Names  []store.Attribute
	Values []string
}

// Indexer computes the keyed index of persons and the mark of their attributes. Not safe for several goroutines.
type Indexer struct {
	index, tag hash.Hash
	names      []store.Attribute
	buf        []byte
	sum        [sha256.Size]byte
}

// NewIndexer gives an Indexer for attributes with these names.
func (v *Vault) NewIndexer(names []store.Attribute) *Indexer {
	return &Indexer{index: hmac.New(sha256.New, v.index), tag: hmac.New(sha256.New, v.tag), names: names}
}

// Index gives the keyed index of a person.
func (x *Indexer) Index(p store.PersonKey) (i Index) {
	x.buf = p.AppendReveal(x.buf[:0])
	x.index.Reset()
	x.index.Write(x.buf)
	copy(i[:], x.index.Sum(x.sum[:0]))
	clear(x.buf)
	return i
}

// Tag gives the mark of a person's attributes: equal when they are equal, and saying nothing to those without the key.
func (x *Indexer) Tag(i Index, values []string) int64 {
	x.buf = append(x.buf[:0], i[:]...)
	x.buf = appendAttributes(x.buf, x.names, values)
	x.tag.Reset()
	x.tag.Write(x.buf)
	clear(x.buf)
	return int64(binary.BigEndian.Uint64(x.tag.Sum(x.sum[:0])))
}

// appendAttributes appends the stored form of attributes: name and value with their lengths. Attributes of one name,
// two telephone numbers say, stay two.
func appendAttributes(b []byte, names []store.Attribute, values []string) []byte {
	for i, n := range names {
		b = append(b, byte(len(n)))
		b = append(b, n...)
		b = binary.AppendUvarint(b, uint64(len(values[i])))
		b = append(b, values[i]...)
	}
	return b
}

func parseAttributes(b []byte) (a Attributes, err error) {
	for len(b) > 0 {
		n := int(b[0])
		if len(b) < 1+n {
			return a, errSealed
		}
		a.Names = append(a.Names, store.Attribute(b[1:1+n]))
		b = b[1+n:]
		size, w := binary.Uvarint(b)
		if w <= 0 || uint64(len(b)-w) < size {
			return a, errSealed
		}
		a.Values = append(a.Values, string(b[w:w+int(size)]))
		b = b[w+int(size):]
	}
	return a, nil
}

// merge gives the attributes of old with those of newer over them: all old ones of a name give way to the newer ones of
// that name, the others stay.
func merge(old, newer Attributes) Attributes {
	out := Attributes{Names: slices.Clone(newer.Names), Values: slices.Clone(newer.Values)}
	for i, n := range old.Names {
		if !slices.Contains(newer.Names, n) {
			out.Names, out.Values = append(out.Names, n), append(out.Values, old.Values[i])
		}
	}
	return out
}
