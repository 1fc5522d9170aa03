package db

import (
	"context"

	"samband/store"
)

func scanDraft(r row) (d store.MappingDraft, err error) {
	err = r.Scan(&d.IntegrationID, &d.UserID, &d.BasedOn, decode{&d.Mapping}, &d.Edits, moment{&d.UpdatedAt})
	return d, err
}

// MappingDraft returns what a user is working on for an integration, or "mapping.no_draft".
func (d *DB) MappingDraft(ctx context.Context, integrationID, userID string) (*store.MappingDraft, error) {
	return read(ctx, d, func(t *tx) (*store.MappingDraft, error) {
		return one(t, "mapping.no_draft", scanDraft, `SELECT integration_id, user_id, based_on, mapping, edits, updated_at
			FROM mapping_draft WHERE integration_id = $1 AND user_id = $2`, integrationID, userID)
	})
}

// KeepMappingDraft stores a user's draft and sets Edits and UpdatedAt. Edits must be as the user saw it, 0 for a new
// draft: "db.changed" tells that another window of theirs was first. A draft binds nobody, so nothing is logged.
func (d *DB) KeepMappingDraft(ctx context.Context, m *store.MappingDraft) error {
	saved := *m
	err := d.update(ctx, func(t *tx) error {
		saved.Edits, saved.UpdatedAt = m.Edits+1, t.now
		if m.Edits > 0 {
			return t.write(`UPDATE mapping_draft SET based_on = $4, mapping = $5, edits = edits + 1, updated_at = $6
				WHERE integration_id = $1 AND user_id = $2 AND edits = $3`,
				m.IntegrationID, m.UserID, m.Edits, m.BasedOn, encode(m.Mapping), micros(t.now))
		}
		err := t.write(`INSERT INTO mapping_draft (integration_id, user_id, based_on, mapping, edits, updated_at)
			VALUES ($1, $2, $3, $4, 1, $5)`, m.IntegrationID, m.UserID, m.BasedOn, encode(m.Mapping), micros(t.now))
		if taken(err) {
			return changed()
		}
		return err
	})
	if err == nil {
		*m = saved
	}
	return err
}

// DropMappingDraft removes a user's draft; none is as good as one.
func (d *DB) DropMappingDraft(ctx context.Context, integrationID, userID string) error {
	return d.update(ctx, func(t *tx) error {
		return t.exec(`DELETE FROM mapping_draft WHERE integration_id = $1 AND user_id = $2`, integrationID, userID)
	})
}
