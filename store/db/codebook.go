package db

import (
	"context"

	"samband/store"
)

const codebookQuery = `SELECT c.id, v.version, c.registry_id, v.title, v.row_key, v.variables, v.message,
	v.source, v.created_by, v.created_at FROM codebook c JOIN codebook_version v ON v.codebook_id = c.id`

func scanCodebook(r row) (c store.Codebook, err error) {
	err = r.Scan(&c.ID, &c.Version, &c.RegistryID, &c.Title, decode{&c.Key}, decode{&c.Variables}, &c.Message, decode{&c.Source},
		&c.CreatedBy, moment{&c.CreatedAt})
	return c, err
}

// Codebook returns a version of a codebook, the newest when version is 0, or "codebook.not_found".
func (d *DB) Codebook(ctx context.Context, id string, version int) (*store.Codebook, error) {
	return read(ctx, d, func(t *tx) (*store.Codebook, error) { return t.codebook(id, version) })
}

func (t *tx) codebook(id string, version int) (*store.Codebook, error) {
	if version == 0 {
		return one(t, "codebook.not_found", scanCodebook, codebookQuery+` WHERE c.id = $1 AND v.version = c.newest`, id)
	}
	return one(t, "codebook.not_found", scanCodebook, codebookQuery+` WHERE c.id = $1 AND v.version = $2`, id, version)
}

// Codebooks returns the newest version of each codebook of a registry, or of all when registryID is empty, in order of
// id.
func (d *DB) Codebooks(ctx context.Context, registryID string) ([]store.Codebook, error) {
	var w where
	w.and("v.version = c.newest")
	if registryID != "" {
		w.and("c.registry_id = ?", registryID)
	}
	return read(ctx, d, func(t *tx) ([]store.Codebook, error) {
		list, err := all(t, scanCodebook, codebookQuery+w.String(), w.args...)
		return byID(list, func(c *store.Codebook) string { return c.ID }), err
	})
}

// CodebooksInUse returns the versions that a mapping in use is made for, each once, in no order.
func (d *DB) CodebooksInUse(ctx context.Context) ([]store.Codebook, error) {
	return read(ctx, d, func(t *tx) ([]store.Codebook, error) {
		return all(t, scanCodebook, codebookQuery+` WHERE (v.codebook_id, v.version) IN (
			SELECT m.codebook_id, m.codebook_version FROM mapping_version m
			JOIN integration i ON i.id = m.integration_id AND i.mapping_no = m.no)`)
	})
}

// CodebookVersions returns every version of a codebook, newest first.
func (d *DB) CodebookVersions(ctx context.Context, id string) ([]store.Codebook, error) {
	return read(ctx, d, func(t *tx) ([]store.Codebook, error) {
		return all(t, scanCodebook, codebookQuery+` WHERE c.id = $1 ORDER BY v.version DESC`, id)
	})
}

// SaveCodebook stores a new version of a codebook, or the first of a new one, and sets CreatedBy and CreatedAt. The
// Version must be above the newest stored: "db.changed" tells that somebody saved in the meantime. Saving the newest
// version again, unchanged, writes nothing. A codebook never moves to another registry.
func (d *DB) SaveCodebook(ctx context.Context, c *store.Codebook, by store.Actor) error {
	if err := c.Validate(); err != nil {
		return err
	}
	saved := *c
	err := d.update(ctx, func(t *tx) error {
		newest, err := found(t.codebook(c.ID, 0))
		if err != nil {
			return err
		}
		saved.CreatedBy, saved.CreatedAt = author(by), t.now
		switch {
		case newest == nil:
			err = t.write(`INSERT INTO codebook (id, registry_id, newest) VALUES ($1, $2, $3)`, c.ID, c.RegistryID, c.Version)
		case newest.RegistryID != c.RegistryID:
			return store.FieldError("registry", "codebook.other_registry", store.Args{"registry": newest.RegistryID})
		case newest.Version == c.Version && sameCodebook(newest, c):
			saved = *newest
			return nil
		default:
			err = t.write(`UPDATE codebook SET newest = $2 WHERE id = $1 AND newest < $2`, c.ID, c.Version)
		}
		if taken(err) { // two made the first version at once
			return changed()
		}
		if err != nil {
			return err
		}
		err = t.write(`INSERT INTO codebook_version
			(codebook_id, version, title, row_key, variables, message, source, created_by, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, c.ID, c.Version, c.Title, encode(c.Key), encode(c.Variables),
			c.Message, encode(c.Source), saved.CreatedBy, micros(saved.CreatedAt))
		if err != nil {
			return err
		}
		e := about("codebook.save", c.ID, c.RegistryID)
		e.Reason, e.Details = c.Message, store.Args{"version": c.Version}
		return t.audit(by, e)
	})
	if err == nil {
		*c = saved
	}
	return err
}

func sameCodebook(a, b *store.Codebook) bool {
	return a.Title == b.Title && encode(a.Key) == encode(b.Key) && encode(a.Variables) == encode(b.Variables)
}

// author is who made a version: the user's id, or the name of what acted when no person did.
func author(by store.Actor) string {
	if by.UserID != "" {
		return by.UserID
	}
	return by.Name
}
