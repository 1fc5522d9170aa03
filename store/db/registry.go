package db

import (
	"context"

	"samband/store"
)

const registryColumns = `id, solution_id, name, kind, unit, contact, starts_on, ends_on, basis, note, demo, version`

func scanRegistry(r row) (g store.Registry, err error) {
	err = r.Scan(&g.ID, &g.SolutionID, &g.Name, &g.Kind, &g.Unit, &g.Contact, &g.StartsOn, &g.EndsOn, decode{&g.Basis},
		&g.Note, &g.Demo, &g.Version)
	return g, err
}

// Registry returns a registry, or "registry.not_found".
func (d *DB) Registry(ctx context.Context, id string) (*store.Registry, error) {
	return read(ctx, d, func(t *tx) (*store.Registry, error) { return t.registry(id) })
}

func (t *tx) registry(id string) (*store.Registry, error) {
	return one(t, "registry.not_found", scanRegistry, `SELECT `+registryColumns+` FROM registry WHERE id = $1`, id)
}

// Registries returns every registry, in order of id.
func (d *DB) Registries(ctx context.Context) ([]store.Registry, error) {
	return read(ctx, d, func(t *tx) ([]store.Registry, error) {
		list, err := all(t, scanRegistry, `SELECT `+registryColumns+` FROM registry`)
		return byID(list, func(g *store.Registry) string { return g.ID }), err
	})
}

// CreateRegistry inserts a registry and sets its Version.
func (d *DB) CreateRegistry(ctx context.Context, g *store.Registry, by store.Actor) error {
	if err := g.Validate(); err != nil {
		return err
	}
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO registry (`+registryColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`,
			g.ID, g.SolutionID, g.Name, g.Kind, g.Unit, g.Contact, g.StartsOn, g.EndsOn, encode(g.Basis), g.Note, g.Demo)
		if taken(err) {
			return exists("id", g.ID)
		}
		return t.created(err, by, about("registry.create", g.ID, g.ID))
	})
	return done(err, &g.Version, 1)
}

// UpdateRegistry replaces a registry; versions as in UpdateSolution.
func (d *DB) UpdateRegistry(ctx context.Context, g *store.Registry, by store.Actor) error {
	if err := g.Validate(); err != nil {
		return err
	}
	return amend(ctx, d, about("registry.update", g.ID, g.ID), g, &g.Version, (*tx).registry, by, func(t *tx) error {
		return t.write(`UPDATE registry SET solution_id = $3, name = $4, kind = $5, unit = $6, contact = $7, starts_on = $8,
			ends_on = $9, basis = $10, note = $11, demo = $12, version = version + 1 WHERE id = $1 AND version = $2`,
			g.ID, g.Version, g.SolutionID, g.Name, g.Kind, g.Unit, g.Contact, g.StartsOn, g.EndsOn, encode(g.Basis), g.Note,
			g.Demo)
	})
}

// DeleteRegistry removes a registry that nothing refers to; otherwise Conflict "db.in_use".
func (d *DB) DeleteRegistry(ctx context.Context, id string, version int, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if _, err := t.registry(id); err != nil {
			return err
		}
		return t.remove(about("registry.delete", id, id), version, by)
	})
}
