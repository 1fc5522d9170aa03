package db

import (
	"context"
	"database/sql"

	"samband/store"
)

const integrationColumns = `id, registry_id, method_id, connection_id, name, purpose, sensitivity, state, ros_id,
	ros_version, ld_id, ld_version, codebook_id, mapping_no, limits, expected_hours, owner, note, demo, version`

func scanIntegration(r row) (i store.Integration, err error) {
	var connection, codebook, rosID, ldID sql.NullString
	var rosVersion, ldVersion sql.NullInt64
	err = r.Scan(&i.ID, &i.RegistryID, &i.MethodID, &connection, &i.Name, &i.Purpose, &i.Sensitivity, &i.State, &rosID,
		&rosVersion, &ldID, &ldVersion, &codebook, &i.MappingNo, decode{&i.Limits}, &i.ExpectedHours, &i.Owner, &i.Note,
		&i.Demo, &i.Version)
	i.ConnectionID, i.CodebookID = connection.String, codebook.String
	i.ROS = store.Ref{ID: rosID.String, Version: int(rosVersion.Int64)}
	i.LD = store.Ref{ID: ldID.String, Version: int(ldVersion.Int64)}
	return i, err
}

// refNull is a reference as it is stored.
func refNull(r store.Ref) (id, version any) {
	if r.IsZero() {
		return nil, nil
	}
	return r.ID, r.Version
}

// Integration returns an integration, or "integration.not_found".
func (d *DB) Integration(ctx context.Context, id string) (*store.Integration, error) {
	return read(ctx, d, func(t *tx) (*store.Integration, error) { return t.integration(id) })
}

func (t *tx) integration(id string) (*store.Integration, error) {
	return one(t, "integration.not_found", scanIntegration,
		`SELECT `+integrationColumns+` FROM integration WHERE id = $1`, id)
}

// IntegrationFilter picks integrations; members that are empty don't narrow.
type IntegrationFilter struct {
	RegistryID   string
	SystemID     string
	MethodID     string
	ConnectionID string
	ROS, LD      store.Ref
}

func (f IntegrationFilter) where() (w where) {
	if f.RegistryID != "" {
		w.and("registry_id = ?", f.RegistryID)
	}
	if f.SystemID != "" {
		w.and("method_id IN (SELECT id FROM method WHERE system_id = ?)", f.SystemID)
	}
	if f.MethodID != "" {
		w.and("method_id = ?", f.MethodID)
	}
	if f.ConnectionID != "" {
		w.and("connection_id = ?", f.ConnectionID)
	}
	if !f.ROS.IsZero() {
		w.and("ros_id = ? AND ros_version = ?", f.ROS.ID, f.ROS.Version)
	}
	if !f.LD.IsZero() {
		w.and("ld_id = ? AND ld_version = ?", f.LD.ID, f.LD.Version)
	}
	return w
}

// Integrations returns the integrations that the filter picks, in order of id.
func (d *DB) Integrations(ctx context.Context, f IntegrationFilter) ([]store.Integration, error) {
	w := f.where()
	return read(ctx, d, func(t *tx) ([]store.Integration, error) {
		list, err := all(t, scanIntegration, `SELECT `+integrationColumns+` FROM integration`+w.String(), w.args...)
		return byID(list, func(i *store.Integration) string { return i.ID }), err
	})
}

// CreateIntegration inserts an integration and sets its State (candidate unless said), MappingNo (none) and Version.
// States that rest on an approval are refused, but for the synthetic demonstration, and so is another registry's codebook.
func (d *DB) CreateIntegration(ctx context.Context, i *store.Integration, by store.Actor) error {
	if err := i.Validate(); err != nil {
		return err
	}
	state := i.State
	if state == "" {
		state = store.IntCandidate
	}
	if !i.Demo && state != store.IntCandidate && state != store.IntInAnalysis && state != store.IntInAssessment {
		return transition("integration.transition", "state.integration.", store.IntCandidate, state)
	}
	err := d.update(ctx, func(t *tx) error {
		if err := t.ownCodebook(i); err != nil {
			return err
		}
		rosID, rosVersion := refNull(i.ROS)
		ldID, ldVersion := refNull(i.LD)
		err := t.write(`INSERT INTO integration (`+integrationColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14, $15, $16, $17, $18, 1)`,
			i.ID, i.RegistryID, i.MethodID, orNull(i.ConnectionID), i.Name, i.Purpose, i.Sensitivity, state, rosID, rosVersion,
			ldID, ldVersion, orNull(i.CodebookID), encode(i.Limits), i.ExpectedHours, i.Owner, i.Note, i.Demo)
		if taken(err) {
			return exists("id", i.ID)
		}
		return t.created(err, by, about("integration.create", i.ID, i.RegistryID))
	})
	if err == nil {
		i.State, i.MappingNo = state, 0
	}
	return done(err, &i.Version, 1)
}

// UpdateIntegration replaces an integration; versions as in UpdateSolution. State and MappingNo stay as they are
// stored: MoveIntegration and UseMapping change them. An integration never moves to another registry, nor uses the codebook
// of another.
func (d *DB) UpdateIntegration(ctx context.Context, i *store.Integration, by store.Actor) error {
	if err := i.Validate(); err != nil {
		return err
	}
	load := func(t *tx, id string) (*store.Integration, error) {
		was, err := t.integration(id)
		if err != nil {
			return nil, err
		}
		if was.RegistryID != i.RegistryID {
			return nil, store.FieldError("registry", "integration.other_registry", store.Args{"registry": was.RegistryID})
		}
		i.State, i.MappingNo = was.State, was.MappingNo
		return was, nil
	}
	return amend(ctx, d, about("integration.update", i.ID, i.RegistryID), i, &i.Version, load, by, func(t *tx) error {
		if err := t.ownCodebook(i); err != nil {
			return err
		}
		rosID, rosVersion := refNull(i.ROS)
		ldID, ldVersion := refNull(i.LD)
		return t.write(`UPDATE integration SET method_id = $3, connection_id = $4, name = $5, purpose = $6, sensitivity = $7,
			ros_id = $8, ros_version = $9, ld_id = $10, ld_version = $11, codebook_id = $12, limits = $13, expected_hours = $14,
			owner = $15, note = $16, demo = $17, version = version + 1 WHERE id = $1 AND version = $2`,
			i.ID, i.Version, i.MethodID, orNull(i.ConnectionID), i.Name, i.Purpose, i.Sensitivity, rosID, rosVersion, ldID,
			ldVersion, orNull(i.CodebookID), encode(i.Limits), i.ExpectedHours, i.Owner, i.Note, i.Demo)
	})
}

// ownCodebook refuses the codebook of another registry: "codebook.other_registry" at the field.
func (t *tx) ownCodebook(i *store.Integration) error {
	if i.CodebookID == "" {
		return nil
	}
	c, err := found(t.codebook(i.CodebookID, 0))
	if err != nil || c == nil || c.RegistryID == i.RegistryID {
		return err
	}
	return store.FieldError("codebook", "codebook.other_registry", store.Args{"registry": c.RegistryID})
}

// MoveIntegration changes the state along the table of legal moves; others are Conflict "integration.transition".
// Moving to approved is DecideApproval's alone, but for the synthetic demonstration; what would make both sides of a move
// load, or leave it without a side, is the move's alone (store.Move.Allows).
func (d *DB) MoveIntegration(ctx context.Context, id string, version int, to store.IntegrationState, reason string,
	by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		i, err := t.integration(id)
		switch {
		case err != nil:
			return err
		case i.Version != version:
			return changed()
		case to == store.IntApproved && !i.Demo:
			return transition("integration.transition", "state.integration.", i.State, to)
		}
		from := i.State
		if err := t.moveIntegration(i, to); err != nil {
			return err
		}
		e := about("integration.state", id, i.RegistryID)
		e.Reason, e.Details = reason, store.Args{"from": string(from), "to": string(to)}
		return t.audit(by, e)
	})
}

// moveIntegration changes the state in the database and in i, if the move that it is part of allows: what is a step of
// that move is refused here, whoever asks.
func (t *tx) moveIntegration(i *store.Integration, to store.IntegrationState) error {
	m, err := t.openMove(i.ID)
	if err != nil {
		return err
	}
	if m != nil {
		if e := m.Allows(i.ID, to); e != nil {
			return e
		}
	}
	return t.stepIntegration(i, to)
}

// stepIntegration changes the state along the table of legal moves, as a step of the move that it is part of.
func (t *tx) stepIntegration(i *store.Integration, to store.IntegrationState) error {
	if !i.State.CanMove(to) {
		return transition("integration.transition", "state.integration.", i.State, to)
	}
	return t.setIntegration(i, to)
}

func (t *tx) setIntegration(i *store.Integration, to store.IntegrationState) error {
	err := t.write(`UPDATE integration SET state = $3, version = version + 1 WHERE id = $1 AND version = $2`,
		i.ID, i.Version, to)
	if err == nil {
		i.State = to
		i.Version++
	}
	return err
}

// DeleteIntegration removes an integration that has no mapping, approval, schedule or run; otherwise Conflict
// "db.in_use".
func (d *DB) DeleteIntegration(ctx context.Context, id string, version int, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		i, err := t.integration(id)
		if err != nil {
			return err
		}
		return t.remove(about("integration.delete", id, i.RegistryID), version, by)
	})
}
