package db

import (
	"context"
	"encoding/json"
	"slices"

	"samband/store"
)

// StoredEntry is a line of the audit log as it lies in the database.
type StoredEntry struct {
	Seq   int64
	Entry []byte // canonical bytes
	Leaf  []byte // Merkle leaf hash of Entry
}

// Audit returns entries of the log, newest first.
func (d *DB) Audit(ctx context.Context, f store.AuditFilter) ([]store.AuditEntry, error) {
	var w where
	if !f.All {
		w.in("registry", list(f.Registries))
	}
	if f.ActorID != "" {
		w.and("actor = ?", f.ActorID)
	}
	if n := len(f.Action); n > 0 && f.Action[n-1] == '.' {
		w.and("substr(action, 1, ?) = ?", n, f.Action)
	} else if n > 0 {
		w.and("action = ?", f.Action)
	}
	w.anyOf("action", f.Actions)
	if f.Kind != "" {
		w.and("kind = ?", f.Kind)
	}
	if f.Object != "" {
		w.and("object = ?", f.Object)
	}
	if !f.From.IsZero() {
		w.and("at >= ?", micros(f.From))
	}
	if !f.To.IsZero() {
		w.and("at < ?", micros(f.To))
	}
	if f.Before > 0 {
		w.and("seq < ?", f.Before)
	}
	w.args = append(w.args, limit(f.Limit, 50))
	return read(ctx, d, func(t *tx) ([]store.AuditEntry, error) {
		return all(t, scanEntry, `SELECT entry FROM audit_entry`+w.String()+` ORDER BY seq DESC LIMIT `+w.last(), w.args...)
	})
}

func scanEntry(r row) (e store.AuditEntry, err error) {
	var b []byte
	if err = r.Scan(&b); err == nil {
		err = json.Unmarshal(b, &e)
	}
	return e, err
}

// AuditRange returns at most n stored entries after seq, in order: what checkpoints and proofs are computed from.
func (d *DB) AuditRange(ctx context.Context, after int64, n int) ([]StoredEntry, error) {
	return read(ctx, d, func(t *tx) ([]StoredEntry, error) {
		return all(t, scanStored, storedRange, after, n)
	})
}

const storedRange = `SELECT seq, entry, leaf FROM audit_entry WHERE seq > $1 ORDER BY seq LIMIT $2`

func scanStored(r row) (e StoredEntry, err error) {
	err = r.Scan(&e.Seq, &e.Entry, &e.Leaf)
	return e, err
}

// AuditFirst returns the oldest entry, or none.
func (d *DB) AuditFirst(ctx context.Context) ([]store.AuditEntry, error) {
	return read(ctx, d, func(t *tx) ([]store.AuditEntry, error) {
		return all(t, scanEntry, `SELECT entry FROM audit_entry ORDER BY seq LIMIT 1`)
	})
}

// Record writes an entry about something that changed nothing here: a page of sensitive content that was read, an
// extract that was made, a refusal. Seq, At and the actor's members are filled in; an empty Result means "ok".
func (d *DB) Record(ctx context.Context, e store.AuditEntry, by store.Actor) error {
	return d.update(ctx, func(t *tx) error { return t.audit(by, e) })
}

// audit writes an entry. It comes last in a transaction, because it holds the counter. An entry that reads like a person
// number is refused, "audit.person_number": nothing that is written here can be taken out again.
func (t *tx) audit(by store.Actor, e store.AuditEntry) (err error) {
	if e.HoldsPersonNumber() {
		return store.E(store.Invalid, "audit.person_number", nil)
	}
	if e.Seq, err = t.next("audit"); err != nil {
		return err
	}
	if slices.Contains(shownKinds, e.Kind) {
		if _, err := t.next("catalogue"); err != nil {
			return err
		}
	}
	e.At, e.ActorID, e.Actor, e.Request = t.now, by.UserID, by.Name, by.Request
	if e.Result == "" {
		e.Result = "ok"
	}
	b, err := e.Canonical()
	if err != nil {
		return err
	}
	leaf := store.LeafHash(b)
	err = t.exec(`INSERT INTO audit_entry (seq, at, entry, leaf, action, kind, object, registry, actor)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.Seq, micros(e.At), b, leaf[:], e.Action, e.Kind, e.Object, e.Registry, e.ActorID)
	if err == nil {
		err = t.grow(e.Seq, leaf)
	}
	return damaged(fail(err))
}

// damaged gives an error of its own when something stands where the next line of the log belongs, or is missing there:
// a database that is merely busy or away says so itself.
func damaged(err error) error {
	switch store.CodeOf(err) {
	case "db.exists", "audit.short", "audit.tree":
		return &store.Error{Class: store.Unavailable, Code: "audit.damaged", Err: err}
	}
	return err
}
