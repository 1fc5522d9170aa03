package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"samband/store"
	"samband/store/auditlog"
)

// Tree returns the tree over the whole log.
func (d *DB) Tree(ctx context.Context) (auditlog.Tree, error) {
	return read(ctx, d, func(t *tx) (auditlog.Tree, error) {
		size, err := value[int64](t, `SELECT COALESCE(MAX(seq), 0) FROM audit_entry`)
		if err != nil {
			return auditlog.Tree{}, err
		}
		return auditlog.TreeOf(size, t.nodes())
	})
}

// TreeAt returns the tree over the first size entries, from the hashes that are stored; "audit.short" when the log has
// fewer.
func (d *DB) TreeAt(ctx context.Context, size int64) (auditlog.Tree, error) {
	return read(ctx, d, func(t *tx) (auditlog.Tree, error) { return auditlog.TreeOf(size, t.nodes()) })
}

// ProveEntry returns the canonical bytes of an entry, or "audit.not_found", and the proof that it is among the first
// size.
func (d *DB) ProveEntry(ctx context.Context, seq, size int64) (entry []byte, p auditlog.Inclusion, err error) {
	err = d.view(ctx, func(t *tx) error {
		e, err := one(t, "audit.not_found", scanStored, `SELECT seq, entry, leaf FROM audit_entry WHERE seq = $1`, seq)
		if err != nil {
			return err
		}
		entry = e.Entry
		p, err = auditlog.Include(seq, size, t.nodes())
		return err
	})
	return entry, p, err
}

// ProveGrowth returns the proof that the first from entries are the beginning of the first size.
func (d *DB) ProveGrowth(ctx context.Context, from, size int64) (auditlog.Consistency, error) {
	return read(ctx, d, func(t *tx) (auditlog.Consistency, error) { return auditlog.Connect(from, size, t.nodes()) })
}

func scanCheckpoint(r row) (c auditlog.Saved, err error) {
	var at any // SQLite keeps whatever somebody put there
	err = r.Scan(&c.Size, &at, &c.Note)
	if n, ok := at.(int64); ok {
		c.At = time.UnixMicro(n).UTC()
	}
	return c, err
}

// LastCheckpoint returns the newest checkpoint, or nil when there is none.
func (d *DB) LastCheckpoint(ctx context.Context) (*auditlog.Saved, error) {
	return read(ctx, d, func(t *tx) (*auditlog.Saved, error) {
		return found(one(t, "audit.not_found", scanCheckpoint,
			`SELECT size, at, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1`))
	})
}

// Checkpoints returns at most n checkpoints of more than after entries, the smallest first.
func (d *DB) Checkpoints(ctx context.Context, after int64, n int) ([]auditlog.Saved, error) {
	return read(ctx, d, func(t *tx) ([]auditlog.Saved, error) {
		return all(t, scanCheckpoint, `SELECT size, at, note FROM audit_checkpoint WHERE size > $1 ORDER BY size LIMIT $2`,
			after, n)
	})
}

// AuditSize returns the number of the newest entry, and what the counter says it should be.
func (d *DB) AuditSize(ctx context.Context) (size, counter int64, err error) {
	err = d.view(ctx, func(t *tx) error {
		if size, err = value[int64](t, `SELECT COALESCE(MAX(seq), 0) FROM audit_entry`); err != nil {
			return err
		}
		counter, err = value[int64](t, `SELECT value FROM counter WHERE name = 'audit'`)
		return err
	})
	return size, counter, err
}

// AuditSound tells whether the log can take its next line: "audit.damaged" when something stands in its way.
func (d *DB) AuditSound(ctx context.Context) error {
	return d.view(ctx, func(t *tx) error {
		size, err := value[int64](t, `SELECT COALESCE(MAX(seq), 0) FROM audit_entry`)
		if err != nil {
			return err
		}
		counter, err := value[int64](t, `SELECT value FROM counter WHERE name = 'audit'`)
		if err != nil {
			return err
		}
		last, err := value[int64](t, `SELECT COALESCE(MAX(place), -1) FROM audit_hash`)
		if err == nil && (counter != size || last >= tlog.StoredHashCount(size)) {
			err = store.E(store.Unavailable, "audit.damaged", nil)
		}
		return err
	})
}

// AuditRows returns at most n entries after seq as they lie there, with the columns that repeat them.
func (d *DB) AuditRows(ctx context.Context, after int64, n int) ([]auditlog.Row, error) {
	return read(ctx, d, func(t *tx) ([]auditlog.Row, error) {
		return all(t, func(r row) (e auditlog.Row, err error) {
			var at any // SQLite keeps whatever somebody put there
			err = r.Scan(&e.Seq, &at, &e.Entry, &e.Leaf, &e.Action, &e.Kind, &e.Object, &e.Registry, &e.Actor)
			e.At, _ = at.(int64)
			return e, err
		}, `SELECT seq, at, entry, leaf, action, kind, object, registry, actor FROM audit_entry WHERE seq > $1
			ORDER BY seq LIMIT $2`, after, n)
	})
}

// AuditNodes returns at most n stored nodes of the tree after a place.
func (d *DB) AuditNodes(ctx context.Context, after int64, n int) ([]auditlog.Node, error) {
	return read(ctx, d, func(t *tx) ([]auditlog.Node, error) {
		return all(t, func(r row) (node auditlog.Node, err error) {
			var h []byte
			err = r.Scan(&node.Place, &h)
			if len(h) == len(node.Hash) {
				copy(node.Hash[:], h)
			}
			return node, err
		}, `SELECT place, hash FROM audit_hash WHERE place > CAST($1 AS BIGINT) ORDER BY place LIMIT $2`, after, n)
	})
}

// SaveCheckpoint keeps a signed checkpoint. One of the same size that is there already stays.
func (d *DB) SaveCheckpoint(ctx context.Context, c auditlog.Saved) error {
	return d.update(ctx, func(t *tx) error {
		return t.exec(`INSERT INTO audit_checkpoint (size, at, note) VALUES ($1, $2, $3) ON CONFLICT (size) DO NOTHING`,
			c.Size, micros(c.At), c.Note)
	})
}

// grow stores the nodes that the leaf of an entry completes.
func (t *tx) grow(seq int64, leaf auditlog.Hash) error {
	nodes, err := auditlog.Grow(seq, leaf, t.nodes())
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if err := t.exec(`INSERT INTO audit_hash (place, hash) VALUES ($1, $2)`, n.Place, n.Hash[:]); err != nil {
			return err
		}
	}
	return nil
}

// nodes reads hashes of the tree: a proof needs at most two a level.
func (t *tx) nodes() auditlog.Nodes {
	return auditlog.NodesFunc(func(places []int64) ([]auditlog.Hash, error) {
		hashes := make([]auditlog.Hash, len(places))
		for i, place := range places {
			query, at := `SELECT hash FROM audit_hash WHERE place = $1`, place
			if level, n := auditlog.Split(place); level == 0 {
				query, at = `SELECT leaf FROM audit_entry WHERE seq = $1`, n+1
			}
			h, err := value[[]byte](t, query, at)
			if errors.Is(err, sql.ErrNoRows) || err == nil && len(h) != len(hashes[i]) {
				err = store.E(store.Refused, "audit.short", nil)
			}
			if err != nil {
				return nil, err
			}
			copy(hashes[i][:], h)
		}
		return hashes, nil
	})
}
