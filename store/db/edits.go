package db

import (
	"context"
	"time"

	"samband/store"
)

// Edits returns every edit since a moment of what the approval of an integration covers or rests on, oldest first: of
// the integration itself, its mapping, codebook, connection and registry, the method and system it uses, and its ROS
// and LD. A zero moment goes back to the beginning.
func (d *DB) Edits(ctx context.Context, integrationID string, since time.Time) ([]store.Edit, error) {
	return read(ctx, d, func(t *tx) ([]store.Edit, error) {
		i, err := t.integration(integrationID)
		if err != nil {
			return nil, err
		}
		return t.edits(i, since)
	})
}

func (t *tx) edits(i *store.Integration, since time.Time) ([]store.Edit, error) {
	entries, err := all(t, scanEntry, `SELECT entry FROM audit_entry WHERE at >= $1 AND (
			kind IN ('integration', 'mapping') AND object = $2 OR
			kind = 'codebook' AND object = $3 OR
			kind = 'connection' AND object = $4 OR
			kind = 'registry' AND object = $5 OR
			kind = 'consent_rule' AND registry = $5 OR
			kind = 'method' AND object = $6 OR
			kind = 'system' AND object = (SELECT system_id FROM method WHERE id = $6) OR
			kind = 'ros' AND object = $7 OR
			kind = 'ld' AND object = $8) ORDER BY seq`,
		micros(since), i.ID, i.CodebookID, i.ConnectionID, i.RegistryID, i.MethodID, i.ROS.ID, i.LD.ID)
	return store.Edits(entries, i.ROS, i.LD), err
}

// editedBy gives the ids of all who edited what an approval asks for: those noted already, those who edited since the
// approval that holds, and whoever made the version of the mapping.
func (t *tx) editedBy(a *store.Approval, i *store.Integration) ([]string, error) {
	var since time.Time
	holding, err := found(one(t, "approval.not_found", scanApproval, `SELECT `+approvalColumns+` FROM approval
		WHERE integration_id = $1 AND state = 'approved'`, i.ID))
	if err != nil {
		return nil, err
	}
	if holding != nil {
		since = holding.DecidedAt
	}
	edits, err := t.edits(i, since)
	if err != nil {
		return nil, err
	}
	ids := a.EditedBy
	for _, e := range store.Editors(edits) {
		ids = joined(ids, e.UserID)
	}
	if a.MappingNo > 0 {
		m, err := t.mapping(i.ID, a.MappingNo)
		if err != nil {
			return nil, err
		}
		ids = joined(ids, m.CreatedBy)
	}
	return ids, nil
}

// ApprovalEntries returns what the log says of the approvals of an integration, newest first: every request, decision
// and met condition, also those that a later one has replaced.
func (d *DB) ApprovalEntries(ctx context.Context, integrationID string) ([]store.AuditEntry, error) {
	return read(ctx, d, func(t *tx) ([]store.AuditEntry, error) {
		return all(t, scanEntry, `SELECT entry FROM audit_entry WHERE kind = 'approval' AND
			object IN (SELECT id FROM approval WHERE integration_id = $1) ORDER BY seq DESC`, integrationID)
	})
}

// AuditHead returns the number of the newest entry in the log: as long as it stands, nothing that somebody may change
// has changed.
func (d *DB) AuditHead(ctx context.Context) (int64, error) {
	return read(ctx, d, func(t *tx) (int64, error) {
		return value[int64](t, `SELECT COALESCE(MAX(seq), 0) FROM audit_entry`)
	})
}
