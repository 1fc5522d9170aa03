package db

import (
	"context"

	"samband/store"
)

const codebookDraftColumns = `codebook_id, registry_id, based_on, title, row_key, variables, source, defects, edits,
	user_id, updated_at`

const codebookDraftQuery = `SELECT ` + codebookDraftColumns + ` FROM codebook_draft`

func scanCodebookDraft(r row) (d store.CodebookDraft, err error) {
	c := &d.Codebook
	err = r.Scan(&c.ID, &c.RegistryID, &c.Version, &c.Title, decode{&c.Key}, decode{&c.Variables}, decode{&c.Source},
		decode{&d.Defects}, &d.Edits, &d.UserID, moment{&d.UpdatedAt})
	return d, err
}

// CodebookDraft returns what people are working on of a codebook, or "codebook.no_draft".
func (d *DB) CodebookDraft(ctx context.Context, id string) (*store.CodebookDraft, error) {
	return read(ctx, d, func(t *tx) (*store.CodebookDraft, error) {
		return one(t, "codebook.no_draft", scanCodebookDraft, codebookDraftQuery+` WHERE codebook_id = $1`, id)
	})
}

// CodebookDrafts returns the drafts of a registry's codebooks, in order of id.
func (d *DB) CodebookDrafts(ctx context.Context, registryID string) ([]store.CodebookDraft, error) {
	return read(ctx, d, func(t *tx) ([]store.CodebookDraft, error) {
		list, err := all(t, scanCodebookDraft, codebookDraftQuery+` WHERE registry_id = $1`, registryID)
		return byID(list, func(c *store.CodebookDraft) string { return c.Codebook.ID }), err
	})
}

// KeepCodebookDraft stores a draft and sets Edits and UpdatedAt. Edits must be as UserID saw it, 0 for a new draft:
// "db.changed" tells that somebody else was first. A draft binds nobody, so nothing is logged.
func (d *DB) KeepCodebookDraft(ctx context.Context, c *store.CodebookDraft) error {
	saved, b := *c, &c.Codebook
	err := d.update(ctx, func(t *tx) error {
		newest, err := found(t.codebook(b.ID, 0))
		if err != nil {
			return err
		}
		if newest != nil && newest.RegistryID != b.RegistryID {
			return store.FieldError("registry", "codebook.other_registry", store.Args{"registry": newest.RegistryID})
		}
		saved.Edits, saved.UpdatedAt = c.Edits+1, t.now
		if c.Edits > 0 {
			return t.write(`UPDATE codebook_draft SET based_on = $4, title = $5, row_key = $6, variables = $7, source = $8,
				defects = $9, user_id = $10, updated_at = $11, edits = edits + 1
				WHERE codebook_id = $1 AND registry_id = $2 AND edits = $3`, b.ID, b.RegistryID, c.Edits, b.Version, b.Title,
				encode(b.Key), encode(b.Variables), encode(b.Source), encode(c.Defects), c.UserID, micros(t.now))
		}
		err = t.write(`INSERT INTO codebook_draft (`+codebookDraftColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10)`, b.ID, b.RegistryID, b.Version, b.Title, encode(b.Key),
			encode(b.Variables), encode(b.Source), encode(c.Defects), c.UserID, micros(t.now))
		if taken(err) {
			return changed()
		}
		return err
	})
	if err == nil {
		*c = saved
	}
	return err
}

// DropCodebookDraft removes a draft as somebody saw it: "db.changed" tells that somebody else wrote in the meantime. None
// is as good as one.
func (d *DB) DropCodebookDraft(ctx context.Context, id string, edits int) error {
	return d.update(ctx, func(t *tx) error {
		draft, err := found(one(t, "codebook.no_draft", scanCodebookDraft, codebookDraftQuery+` WHERE codebook_id = $1`, id))
		if err != nil || draft == nil {
			return err
		}
		if draft.Edits != edits {
			return changed()
		}
		return t.exec(`DELETE FROM codebook_draft WHERE codebook_id = $1`, id)
	})
}

// MappingDraftsOf returns what everybody is working on for an integration, in order of user.
func (d *DB) MappingDraftsOf(ctx context.Context, integrationID string) ([]store.MappingDraft, error) {
	return read(ctx, d, func(t *tx) ([]store.MappingDraft, error) {
		return all(t, scanDraft, draftQuery+` ORDER BY d.user_id`, integrationID)
	})
}
