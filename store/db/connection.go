package db

import (
	"context"

	"samband/store"
)

const connectionColumns = `id, system_id, kind, name, settings, version`

func scanConnection(r row) (c store.Connection, err error) {
	err = r.Scan(&c.ID, &c.SystemID, &c.Kind, &c.Name, decode{&c.Settings}, &c.Version)
	return c, err
}

// Connection returns a configured way to a system, or "connection.not_found". Secrets lie in store/secrets.
func (d *DB) Connection(ctx context.Context, id string) (*store.Connection, error) {
	return read(ctx, d, func(t *tx) (*store.Connection, error) { return t.connection(id) })
}

func (t *tx) connection(id string) (*store.Connection, error) {
	return one(t, "connection.not_found", scanConnection, `SELECT `+connectionColumns+` FROM connection WHERE id = $1`, id)
}

// Connections returns the connections of a system, or of all when systemID is empty, in order of id.
func (d *DB) Connections(ctx context.Context, systemID string) ([]store.Connection, error) {
	var w where
	if systemID != "" {
		w.and("system_id = ?", systemID)
	}
	return read(ctx, d, func(t *tx) ([]store.Connection, error) {
		list, err := all(t, scanConnection, `SELECT `+connectionColumns+` FROM connection`+w.String(), w.args...)
		return byID(list, func(c *store.Connection) string { return c.ID }), err
	})
}

// validConnection checks what holds for every kind; the settings are checked against the kind by whoever knows it.
func validConnection(c *store.Connection) error {
	var bad store.FieldErrors
	if !store.ValidSlug(c.ID) {
		bad.Add("id", "slug", store.Args{"value": c.ID})
	}
	if c.Name == "" {
		bad.Add("name", "field.required", nil)
	}
	if c.SystemID == "" {
		bad.Add("system", "field.required", nil)
	}
	if c.Kind == "" {
		bad.Add("kind", "field.required", nil)
	}
	return bad.OrNil()
}

// CreateConnection inserts a connection and sets its Version.
func (d *DB) CreateConnection(ctx context.Context, c *store.Connection, by store.Actor) error {
	if err := validConnection(c); err != nil {
		return err
	}
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO connection (`+connectionColumns+`) VALUES ($1, $2, $3, $4, $5, 1)`,
			c.ID, c.SystemID, c.Kind, c.Name, encode(c.Settings))
		if taken(err) {
			return exists("id", c.ID)
		}
		return t.created(err, by, about("connection.create", c.ID, ""))
	})
	return done(err, &c.Version, 1)
}

// UpdateConnection replaces a connection; versions as in UpdateSolution.
func (d *DB) UpdateConnection(ctx context.Context, c *store.Connection, by store.Actor) error {
	if err := validConnection(c); err != nil {
		return err
	}
	return amend(ctx, d, about("connection.update", c.ID, ""), c, &c.Version, (*tx).connection, by, func(t *tx) error {
		return t.write(`UPDATE connection SET system_id = $3, kind = $4, name = $5, settings = $6, version = version + 1
			WHERE id = $1 AND version = $2`, c.ID, c.Version, c.SystemID, c.Kind, c.Name, encode(c.Settings))
	})
}

// DeleteConnection removes a connection that no integration uses; otherwise Conflict "db.in_use".
func (d *DB) DeleteConnection(ctx context.Context, id string, version int, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if _, err := t.connection(id); err != nil {
			return err
		}
		return t.remove(about("connection.delete", id, ""), version, by)
	})
}
