package db

import (
	"context"
	"time"

	"samband/store"
)

const backfillColumns = `id, integration_id, plan, hash, state, actor, created_at, ended_at, ended_by`

// keepPlans is how long a plan is kept that nobody has set going.
const keepPlans = 7 * 24 * time.Hour

func scanBackfill(r row) (b store.Backfill, err error) {
	var integration string
	err = r.Scan(&b.ID, &integration, decode{&b.Plan}, &b.Hash, &b.State, &b.Actor, moment{&b.CreatedAt},
		moment{&b.EndedAt}, &b.EndedBy)
	return b, err
}

// Backfill returns a backfill by its id, or "backfill.not_found".
func (d *DB) Backfill(ctx context.Context, id string) (*store.Backfill, error) {
	return read(ctx, d, func(t *tx) (*store.Backfill, error) { return t.backfill(id) })
}

func (t *tx) backfill(id string) (*store.Backfill, error) {
	return one(t, "backfill.not_found", scanBackfill, `SELECT `+backfillColumns+` FROM backfill WHERE id = $1`, id)
}

// lockBackfill reads a backfill that no other transaction can change before this one ends.
func (t *tx) lockBackfill(id string) (*store.Backfill, error) {
	return one(t, "backfill.not_found", scanBackfill, `UPDATE backfill SET state = state WHERE id = $1
		RETURNING `+backfillColumns, id)
}

// Backfills returns what was set going for an integration, newest first.
func (d *DB) Backfills(ctx context.Context, integrationID string) ([]store.Backfill, error) {
	return read(ctx, d, func(t *tx) ([]store.Backfill, error) {
		return all(t, scanBackfill, `SELECT `+backfillColumns+` FROM backfill
			WHERE integration_id = $1 AND state <> 'planned' ORDER BY created_at DESC, id LIMIT 50`, integrationID)
	})
}

// OpenBackfills returns the backfills whose runs are not all over.
func (d *DB) OpenBackfills(ctx context.Context) ([]store.Backfill, error) {
	return read(ctx, d, func(t *tx) ([]store.Backfill, error) {
		list, err := all(t, scanBackfill, `SELECT `+backfillColumns+` FROM backfill WHERE state = 'running'`)
		return byID(list, func(b *store.Backfill) string { return b.ID }), err
	})
}

// BackfillRuns returns the runs of a backfill in the order of its steps.
func (d *DB) BackfillRuns(ctx context.Context, id string) ([]store.Run, error) {
	return read(ctx, d, func(t *tx) ([]store.Run, error) {
		return all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE backfill_id = $1 AND backfill_id <> '' ORDER BY no`, id)
	})
}

// KeepBackfillPlan keeps a plan that is shown to somebody, and gives it as a backfill that nothing has come of. Plans
// that nobody set going for a week are forgotten.
func (d *DB) KeepBackfillPlan(ctx context.Context, p store.BackfillPlan, by store.Actor) (*store.Backfill, error) {
	var b store.Backfill
	err := d.update(ctx, func(t *tx) error {
		b = store.Backfill{ID: t.ids.New(), Plan: p, Hash: p.Hash(), State: store.BackfillPlanned, Actor: by.Name, CreatedAt: t.now}
		if err := t.exec(`DELETE FROM backfill WHERE state = 'planned' AND created_at < $1`,
			micros(t.now.Add(-keepPlans))); err != nil {
			return err
		}
		return t.write(`INSERT INTO backfill (`+backfillColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '')`,
			b.ID, p.IntegrationID, encode(p), b.Hash, b.State, b.Actor, micros(b.CreatedAt))
	})
	return &b, err
}

// StartBackfill makes the runs of a plan that was kept, all of them due, to be carried out in order. "backfill.state":
// somebody did so already; "backfill.busy": another backfill of the integration is not over.
func (d *DB) StartBackfill(ctx context.Context, id string, by store.Actor) (*store.Backfill, error) {
	var b *store.Backfill
	err := d.update(ctx, func(t *tx) (err error) {
		if b, err = t.lockBackfill(id); err != nil {
			return err
		}
		if b.State != store.BackfillPlanned {
			return store.E(store.Conflict, "backfill.state", nil)
		}
		i, err := t.integration(b.Plan.IntegrationID)
		if err != nil {
			return err
		}
		search, err := t.searchText(i)
		if err != nil {
			return err
		}
		b.State, b.Actor, b.CreatedAt = store.BackfillRunning, by.Name, t.now
		err = t.exec(`UPDATE backfill SET state = $2, actor = $3, created_at = $4 WHERE id = $1`, id, b.State, b.Actor,
			micros(b.CreatedAt))
		switch {
		case taken(err):
			return store.E(store.Conflict, "backfill.busy", nil)
		case err != nil:
			return err
		}
		for _, s := range b.Plan.Steps {
			r := &store.Run{IntegrationID: i.ID, Trigger: store.TriggerBackfill, DryRun: b.Plan.DryRun, Actor: by.Name,
				State: store.RunDue, StartAt: t.now, BackfillID: b.ID,
				Reads: s.Reads()}
			if err := t.insertRun(r, i, search); err != nil {
				return err
			}
		}
		e := about("backfill.start", b.ID, i.RegistryID)
		e.Details = store.Args{"integration": i.ID, "from": string(b.Plan.Period.From), "to": string(b.Plan.Period.To),
			"runs": len(b.Plan.Steps), "dry_run": b.Plan.DryRun, "hash": b.Hash}
		return t.audit(by, e)
	})
	return b, err
}

// EndBackfill ends a backfill that is not over: cancelled by a person, or stopped or done by itself. The runs of it that
// have not begun are cancelled. "backfill.state": it is over already.
func (d *DB) EndBackfill(ctx context.Context, id string, state store.BackfillState, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		b, err := t.lockBackfill(id)
		if err != nil {
			return err
		}
		if !b.State.Open() {
			return store.E(store.Conflict, "backfill.state", nil)
		}
		i, err := t.integration(b.Plan.IntegrationID)
		if err != nil {
			return err
		}
		who := ""
		reason, args := store.Code("backfill.stopped"), store.Args(nil)
		if state == store.BackfillCancelled {
			who, reason, args = by.Name, "run.cancelled", store.Args{"name": by.Name}
		}
		if err := t.exec(`UPDATE backfill SET state = $2, ended_at = $3, ended_by = $4 WHERE id = $1`, id, state, micros(t.now),
			who); err != nil {
			return err
		}
		n, err := t.affect(`UPDATE run SET state = 'cancelled', reason = $2, reason_args = $3, ended_at = $4, cancel_by = $5
			WHERE backfill_id = $1 AND state = 'due'`, id, reason, encode(args), micros(t.now), who)
		if err != nil {
			return err
		}
		e := about("backfill.end", b.ID, i.RegistryID)
		e.Details = store.Args{"integration": i.ID, "state": string(state), "cancelled": n}
		return t.audit(by, e)
	})
}
