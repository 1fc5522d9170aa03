package db

import (
	"context"
	"time"

	"samband/store"
)

const moveColumns = `id, from_id, to_id, state, starts_on, ends_on, min_runs, row_tolerance, share_tolerance, reason,
	created_by, created_at, started_at, closed_at, version`

// selectMoves reads moves with the registry of both integrations.
const selectMoves = `SELECT m.id, m.from_id, m.to_id, m.state, m.starts_on, m.ends_on, m.min_runs, m.row_tolerance,
	m.share_tolerance, m.reason, m.created_by, m.created_at, m.started_at, m.closed_at, m.version, i.registry_id
	FROM move m JOIN integration i ON i.id = m.from_id`

func scanMove(r row) (m store.Move, err error) {
	err = r.Scan(&m.ID, &m.FromID, &m.ToID, &m.State, &m.StartsOn, &m.EndsOn, &m.MinRuns, &m.RowTolerance,
		&m.ShareTolerance, &m.Reason, &m.CreatedBy, moment{&m.CreatedAt}, moment{&m.StartedAt}, moment{&m.ClosedAt}, &m.Version,
		&m.RegistryID)
	return m, err
}

// IntegrationMove returns the move that an integration is part of, as the old one or as the copy; of several the newest that was
// not abandoned. None is "move.not_found".
func (d *DB) IntegrationMove(ctx context.Context, integrationID string) (*store.Move, error) {
	return read(ctx, d, func(t *tx) (*store.Move, error) {
		return one(t, "move.not_found", scanMove, selectMoves+` WHERE m.from_id = $1 OR m.to_id = $1
			ORDER BY CASE m.state WHEN 'abandoned' THEN 1 ELSE 0 END, m.created_at DESC, m.id LIMIT 1`, integrationID)
	})
}

// IntegrationMoves returns every move that was not abandoned, in order of the old integration.
func (d *DB) IntegrationMoves(ctx context.Context) ([]store.Move, error) {
	return read(ctx, d, func(t *tx) ([]store.Move, error) {
		list, err := all(t, scanMove, selectMoves+` WHERE m.state <> 'abandoned'`)
		return byID(list, func(m *store.Move) string { return m.FromID }), err
	})
}

func (t *tx) move(id string, version int) (*store.Move, error) {
	m, err := one(t, "move.not_found", scanMove, selectMoves+` WHERE m.id = $1`, id)
	if err == nil && m.Version != version {
		return nil, changed()
	}
	return m, err
}

// OpenMove returns the move that an integration is part of and that is not over: neither abandoned nor switched with the
// old one ended. None is "move.not_found".
func (d *DB) OpenMove(ctx context.Context, integrationID string) (*store.Move, error) {
	return read(ctx, d, func(t *tx) (*store.Move, error) {
		m, err := t.openMove(integrationID)
		if err == nil && m == nil {
			err = notFound("move.not_found")
		}
		return m, err
	})
}

// openMove gives the move that an integration is part of and that is not over, or nil. An integration is part of one at a
// time: PlanMove holds that.
func (t *tx) openMove(integrationID string) (*store.Move, error) {
	return found(one(t, "move.not_found", scanMove, selectMoves+` WHERE (m.from_id = $1 OR m.to_id = $1)
		AND (m.state IN ('planned', 'side_by_side') OR m.state = 'switched' AND i.state <> 'ended')`, integrationID))
}

// replaced tells whether a move has put another integration in place of this one.
func (t *tx) replaced(integrationID string) (bool, error) {
	m, err := t.openMove(integrationID)
	return m != nil && m.Replaced(integrationID), err
}

// PlanMove makes the copy of an integration, with the version of the mapping it begins with (nil for none), and the move
// that leads to it. It takes FromID and the terms from m and fills in the rest. "move.open" tells that the integration
// is on its way already.
func (d *DB) PlanMove(ctx context.Context, m *store.Move, to *store.Integration, mapping *store.MappingVersion,
	by store.Actor) error {
	if err := to.Validate(); err != nil {
		return err
	}
	n := *m
	err := d.update(ctx, func(t *tx) error {
		from, err := t.integration(m.FromID)
		if err != nil {
			return err
		}
		if open, err := t.openMove(from.ID); err != nil {
			return err
		} else if open != nil {
			return store.E(store.Conflict, "move.open", nil)
		}
		if from.RegistryID != to.RegistryID {
			return store.FieldError("registry", "integration.other_registry", store.Args{"registry": from.RegistryID})
		}
		if err := t.ownCodebook(to); err != nil {
			return err
		}
		no := 0
		if mapping != nil {
			no = 1
		}
		err = t.write(`INSERT INTO integration (`+integrationColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, NULL, NULL, $9, $10, $11, $12, $13, $14, $15, 1)`,
			to.ID, to.RegistryID, to.MethodID, orNull(to.ConnectionID), to.Name, to.Purpose, to.Sensitivity,
			store.IntCandidate, orNull(to.CodebookID), no, encode(to.Limits), to.ExpectedHours, to.Owner, to.Note, to.Demo)
		if taken(err) {
			return exists("id", to.ID)
		}
		if err != nil {
			return err
		}
		if mapping != nil {
			err = t.write(`INSERT INTO mapping_version (`+mappingColumns+`) VALUES ($1, 1, $2, $3, $4, $5, $6, $7)`,
				to.ID, mapping.CodebookID, mapping.CodebookVersion, encode(mapping.Mapping), mapping.Message, author(by),
				micros(t.now))
			if err != nil {
				return err
			}
		}
		n.ID, n.ToID, n.RegistryID, n.State, n.Version = t.ids.New(), to.ID, to.RegistryID, store.MovePlanned, 1
		n.CreatedBy, n.CreatedAt = by.UserID, t.now
		n.StartedAt, n.ClosedAt = time.Time{}, time.Time{}
		err = t.write(`INSERT INTO move (`+moveColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 1)`, n.ID, n.FromID, n.ToID, n.State, n.StartsOn,
			n.EndsOn, n.MinRuns, n.RowTolerance, n.ShareTolerance, n.Reason, n.CreatedBy, micros(n.CreatedAt))
		if taken(err) {
			return store.E(store.Conflict, "move.open", nil)
		}
		e := aboutMove("move.plan", &n)
		return t.created(err, by, e)
	})
	if err == nil {
		*m = n
		to.State, to.MappingNo, to.Version = store.IntCandidate, 0, 1
		if mapping != nil {
			to.MappingNo = 1
		}
	}
	return err
}

func aboutMove(action string, m *store.Move) store.AuditEntry {
	e := about(action, m.ID, m.RegistryID)
	e.Details = store.Args{"from": m.FromID, "to": m.ToID}
	return e
}

// StartMove lets both integrations run side by side on the terms of m, from now on. The copy must be approved, else it
// is Conflict "move.not_approved". It gets the schedule s when one is given and it has none.
func (d *DB) StartMove(ctx context.Context, m *store.Move, s *store.Schedule, by store.Actor) error {
	if err := m.Validate(); err != nil {
		return err
	}
	return d.carry(ctx, m, store.MoveSideBySide, "move.start", by, func(t *tx, n *store.Move, from, to *store.Integration) error {
		if !to.State.Runnable() {
			return store.E(store.Conflict, "move.not_approved", nil)
		}
		n.StartsOn, n.EndsOn, n.MinRuns = m.StartsOn, m.EndsOn, m.MinRuns
		n.RowTolerance, n.ShareTolerance, n.StartedAt = m.RowTolerance, m.ShareTolerance, t.now
		if s == nil {
			return nil
		}
		there, err := found(t.scheduleOf(to.ID))
		if err != nil || there != nil {
			return err
		}
		c := *s
		c.ID, c.IntegrationID, c.Version = t.ids.New(), to.ID, 1
		return t.insertSchedule(&c, t.now)
	})
}

// SwitchMove lets the copy take over: it is in operation and loads, with its schedule on; the old one is suspended, with
// its schedule off. What fell due until now is planned first. Whether enough was compared is the caller's to ask, see
// store.Move.MaySwitch; the log tells when it was done before the planned last day.
func (d *DB) SwitchMove(ctx context.Context, m *store.Move, reason string, plan PlanFunc, by store.Actor) error {
	return d.carry(ctx, m, store.MoveSwitched, "move.switch", by, func(t *tx, n *store.Move, from, to *store.Integration) error {
		n.Reason, n.ClosedAt = reason, t.now
		if !to.State.Runnable() {
			return store.E(store.Conflict, "move.not_approved", nil)
		}
		if to.State != store.IntInOperation {
			if err := t.stepIntegration(to, store.IntInOperation); err != nil {
				return err
			}
		}
		if from.State.Runnable() {
			if err := t.stepIntegration(from, store.IntSuspended); err != nil {
				return err
			}
		}
		if err := t.switchSchedule(from, false, plan); err != nil {
			return err
		}
		return t.switchSchedule(to, true, plan)
	})
}

// UndoMove takes a switch back: the old one is in operation again with its schedule on, and the copy goes on beside it as
// a shadow. An old one that has ended stays ended: Conflict "integration.transition".
func (d *DB) UndoMove(ctx context.Context, m *store.Move, reason string, plan PlanFunc, by store.Actor) error {
	return d.carry(ctx, m, store.MoveSideBySide, "move.switch_back", by, func(t *tx, n *store.Move, from, to *store.Integration) error {
		n.Reason, n.ClosedAt = reason, time.Time{}
		if from.State != store.IntInOperation {
			if err := t.stepIntegration(from, store.IntInOperation); err != nil {
				return err
			}
		}
		return t.switchSchedule(from, true, plan)
	})
}

// AbandonMove gives a move up: the copy is ended, with its schedule off, and the old one goes on as it did.
func (d *DB) AbandonMove(ctx context.Context, m *store.Move, reason string, plan PlanFunc, by store.Actor) error {
	return d.carry(ctx, m, store.MoveAbandoned, "move.abandon", by, func(t *tx, n *store.Move, from, to *store.Integration) error {
		n.Reason, n.ClosedAt = reason, t.now
		if to.State != store.IntEnded {
			if err := t.stepIntegration(to, store.IntEnded); err != nil {
				return err
			}
		}
		return t.switchSchedule(to, false, plan)
	})
}

// carry takes a move one state on, from the version that m has, and writes one entry in the log. A step that is not in
// the table is "move.transition".
func (d *DB) carry(ctx context.Context, m *store.Move, state store.MoveState, action string, by store.Actor,
	do func(t *tx, n *store.Move, from, to *store.Integration) error) error {
	var n store.Move
	err := d.update(ctx, func(t *tx) error {
		was, err := t.move(m.ID, m.Version)
		if err != nil {
			return err
		}
		n = *was
		if action == "move.switch_back" != (was.State == store.MoveSwitched) { // from switched there is no way but back
			return store.E(store.Conflict, "move.transition", store.Args{"from": store.Code("move.state." + was.State),
				"to": store.Code("move.state." + state)})
		}
		if err := n.Go(state); err != nil {
			return err
		}
		from, err := t.integration(n.FromID)
		if err != nil {
			return err
		}
		to, err := t.integration(n.ToID)
		if err != nil {
			return err
		}
		if err := do(t, &n, from, to); err != nil {
			return err
		}
		err = t.write(`UPDATE move SET state = $3, starts_on = $4, ends_on = $5, min_runs = $6, row_tolerance = $7,
			share_tolerance = $8, reason = $9, started_at = $10, closed_at = $11, version = version + 1
			WHERE id = $1 AND version = $2`, n.ID, n.Version, n.State, n.StartsOn, n.EndsOn, n.MinRuns, n.RowTolerance,
			n.ShareTolerance, n.Reason, micros(n.StartedAt), micros(n.ClosedAt))
		if err != nil {
			return err
		}
		n.Version++
		e := aboutMove(action, &n)
		e.Reason = n.Reason
		if state == store.MoveSwitched && n.Early(store.DateOf(t.now)) {
			e.Details["before_planned_end"] = string(n.EndsOn)
		}
		return t.audit(by, e)
	})
	if err == nil {
		*m = n
	}
	return err
}

// switchSchedule switches the schedule of an integration on or off, if it has one. Slots until now are planned with it as
// it was.
func (t *tx) switchSchedule(i *store.Integration, on bool, plan PlanFunc) error {
	p, err := found(t.scheduleOf(i.ID))
	if err != nil || p == nil || p.Enabled == on {
		return err
	}
	if p, err = t.lockSchedule(p.ID); err != nil {
		return err
	}
	if _, err := t.plan(p, plan); err != nil {
		return err
	}
	p.Enabled = on
	if err := t.respan(p.IntegrationID, p.Planned, &p.Schedule); err != nil {
		return err
	}
	return t.write(`UPDATE schedule SET enabled = $3, version = version + 1 WHERE id = $1 AND version = $2`,
		p.ID, p.Version, on)
}

// SaveDistribution stores how a run's values are spread, in place of what an earlier attempt said.
func (d *DB) SaveDistribution(ctx context.Context, x *store.Distribution) error {
	return d.update(ctx, func(t *tx) error {
		return t.write(`INSERT INTO distribution (run_no, integration_id, at, body) VALUES ($1, $2, $3, $4)
			ON CONFLICT (run_no) DO UPDATE SET at = excluded.at, body = excluded.body`,
			x.RunNo, x.IntegrationID, micros(x.At), encode(x))
	})
}

// Distribution returns the distribution of a run, or "distribution.not_found".
func (d *DB) Distribution(ctx context.Context, runNo int64) (*store.Distribution, error) {
	return read(ctx, d, func(t *tx) (*store.Distribution, error) {
		return one(t, "distribution.not_found", func(r row) (x store.Distribution, err error) {
			err = r.Scan(decode{&x})
			return x, err
		}, `SELECT body FROM distribution WHERE run_no = $1`, runNo)
	})
}

// Distributions returns the runs of an integration that have a distribution, since a moment, in order of time.
func (d *DB) Distributions(ctx context.Context, integrationID string, since time.Time) ([]store.RunAt, error) {
	return read(ctx, d, func(t *tx) ([]store.RunAt, error) {
		return all(t, func(r row) (x store.RunAt, err error) {
			err = r.Scan(&x.No, moment{&x.At})
			return x, err
		}, `SELECT run_no, at FROM distribution WHERE integration_id = $1 AND at >= $2 ORDER BY at, run_no`,
			integrationID, micros(since))
	})
}

// ApprovedBefore tells whether an integration was approved at some time, whatever became of it.
func (d *DB) ApprovedBefore(ctx context.Context, integrationID string) (bool, error) {
	return read(ctx, d, func(t *tx) (bool, error) {
		n, err := value[int](t, `SELECT COUNT(*) FROM approval WHERE integration_id = $1
			AND state IN ('approved', 'revoked', 'expired', 'superseded')`, integrationID)
		return n > 0, err
	})
}

// RunPairs returns the runs of a move's two integrations that can be compared, since they went side by side, in the order
// of the copy's runs.
func (d *DB) RunPairs(ctx context.Context, m *store.Move) ([]store.RunPair, error) {
	if m.StartedAt.IsZero() {
		return nil, nil
	}
	old, err := d.Distributions(ctx, m.FromID, m.StartedAt)
	if err != nil {
		return nil, err
	}
	copied, err := d.Distributions(ctx, m.ToID, m.StartedAt)
	return store.PairRuns(old, copied), err
}

// Comparison holds a pair of a move's runs against each other.
func (d *DB) Comparison(ctx context.Context, m *store.Move, p store.RunPair) (*store.Comparison, error) {
	old, err := d.Distribution(ctx, p.Old.No)
	if err != nil {
		return nil, err
	}
	copied, err := d.Distribution(ctx, p.New.No)
	if err != nil {
		return nil, err
	}
	c := store.CompareRuns(old, copied, m.Tolerance())
	return &c, nil
}
