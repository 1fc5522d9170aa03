package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"samband/store"
)

const runColumns = `id, no, integration_id, registry_id, state, started_as, actor, slot, due_at, start_at, reason,
	reason_args, stage, attempt, n_read, n_loaded, n_unchanged, n_merged, n_filtered, n_quarantined, n_blocked,
	quarantined_by, scope_hash, approval_id, mapping_no, dry_run, delivery, created_at, started_at, ended_at, cancel_by,
	shadow, lease_owner, lease_until, tries, reads, backfill_id, losses, waited`

func scanRun(r row) (u store.Run, err error) {
	c := &u.Counts
	err = r.Scan(&u.ID, &u.No, &u.IntegrationID, &u.RegistryID, &u.State, &u.Trigger, &u.Actor, &u.Slot, moment{&u.DueAt},
		moment{&u.StartAt}, &u.Reason, decode{&u.ReasonArgs}, &u.Stage, &u.Attempt, &c.Read, &c.Loaded, &c.Unchanged,
		&c.Merged, &c.Filtered, &c.Quarantined, &c.Blocked, decode{&u.QuarantinedBy}, &u.ScopeHash, &u.ApprovalID,
		&u.MappingNo, &u.DryRun, decode{&u.Delivery}, moment{&u.CreatedAt}, moment{&u.StartedAt}, moment{&u.EndedAt},
		&u.CancelBy, &u.Shadow, &u.LeaseOwner, moment{&u.LeaseUntil}, &u.Tries, decode{&u.Reads}, &u.BackfillID,
		&u.Losses, &u.Waited)
	u.Waited *= time.Microsecond
	return u, err
}

// Run returns a run by its id, or "run.not_found".
func (d *DB) Run(ctx context.Context, id string) (*store.Run, error) {
	return read(ctx, d, func(t *tx) (*store.Run, error) { return t.runByID(id) })
}

func (t *tx) runByID(id string) (*store.Run, error) {
	return one(t, "run.not_found", scanRun, `SELECT `+runColumns+` FROM run WHERE id = $1`, id)
}

// lockRun reads a run that no other transaction can change before this one ends.
func (t *tx) lockRun(id string) (*store.Run, error) {
	return one(t, "run.not_found", scanRun, `UPDATE run SET attempt = attempt WHERE id = $1 RETURNING `+runColumns, id)
}

// RunByNo returns a run by the number people call it, or "run.not_found".
func (d *DB) RunByNo(ctx context.Context, no int64) (*store.Run, error) {
	return read(ctx, d, func(t *tx) (*store.Run, error) {
		return one(t, "run.not_found", scanRun, `SELECT `+runColumns+` FROM run WHERE no = $1`, no)
	})
}

// CreateRun inserts a run that a person or the shell asked for, in state due, to be started at once. It takes
// IntegrationID, Trigger, DryRun and Reads from r and fills in the rest. One from the shell is held by this process from now on:
// nobody else can carry it out.
func (d *DB) CreateRun(ctx context.Context, r *store.Run, by store.Actor) error {
	n := store.Run{IntegrationID: r.IntegrationID, Trigger: r.Trigger, DryRun: r.DryRun, Actor: by.Name,
		State: store.RunDue, Reads: r.Reads}
	err := d.update(ctx, func(t *tx) error {
		i, err := t.integration(r.IntegrationID)
		if err != nil {
			return err
		}
		search, err := t.searchText(i)
		if err != nil {
			return err
		}
		n.StartAt = t.now
		if n.Trigger == store.TriggerShell {
			d.lease(t, &n)
		}
		if err := t.insertRun(&n, i, search); err != nil {
			return err
		}
		e := aboutRun("run.request", &n)
		e.Details = store.Args{"no": n.No, "integration": n.IntegrationID, "dry_run": n.DryRun}
		return t.audit(by, e)
	})
	if err == nil {
		*r = n
	}
	return err
}

func aboutRun(action string, r *store.Run) store.AuditEntry { return about(action, r.ID, r.RegistryID) }

// slot records one slot of a schedule, or gives nil when it has its run already. The schedule must be locked.
func (t *tx) slot(i *store.Integration, search, zone string, p store.Planned) (*store.Run, error) {
	key := p.Key(zone)
	there, err := value[int](t, `SELECT COUNT(*) FROM run WHERE integration_id = $1 AND slot = $2 AND slot <> ''`,
		i.ID, key)
	if err != nil || there > 0 {
		return nil, err
	}
	r := &store.Run{IntegrationID: i.ID, Trigger: store.TriggerSchedule, State: store.RunDue, Slot: key, DueAt: p.At,
		StartAt: p.Start}
	if p.State == store.RunDue {
		r.Reason = p.Reason
	} else if err := r.Move(p.State, p.Reason, p.Args); err != nil {
		return nil, err
	}
	if r.State.Ended() {
		r.EndedAt = t.now
	}
	return r, t.insertRun(r, i, search)
}

func (t *tx) insertRun(r *store.Run, i *store.Integration, search string) (err error) {
	if r.No, err = t.next("run"); err != nil {
		return err
	}
	r.ID, r.RegistryID, r.CreatedAt = t.ids.New(), i.RegistryID, t.now
	at := r.DueAt
	if at.IsZero() {
		at = r.CreatedAt
	}
	search = strings.ToLower(fmt.Sprint(r.No, " ", search, " ", r.Actor, " ", r.Reason))
	return t.write(`INSERT INTO run (`+runColumns+`, at, search)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, 0, 0, 0, 0, 0, 0,
			'null', '', '', 0, $15, '{}', $16, 0, $17, '', FALSE, $18, $19, 0, $20, $21, 0, 0, $22, $23)`,
		r.ID, r.No, r.IntegrationID, r.RegistryID, r.State, r.Trigger, r.Actor, r.Slot, micros(r.DueAt), micros(r.StartAt),
		r.Reason, encode(r.ReasonArgs), r.Stage, r.Attempt, r.DryRun, micros(r.CreatedAt), micros(r.EndedAt),
		r.LeaseOwner, micros(r.LeaseUntil), encode(r.Reads), r.BackfillID, micros(at), search)
}

// searchText is what the text filter finds the runs of an integration by.
func (t *tx) searchText(i *store.Integration) (string, error) {
	g, err := t.registry(i.RegistryID)
	if err != nil {
		return "", err
	}
	return i.ID + " " + i.Name + " " + g.ID + " " + g.Name, nil
}

// StartRun claims a run that is due, or that waits for its next attempt: of all who ask, one gets it, and holds it from
// then on. An integration has one run at work at a time, dry runs aside: "run.overlap" tells that the one before has not
// ended. A run that is neither due nor waits any more is "run.transition". A run of the copy in a move is a shadow until
// the move is switched, and from then on the old one has none: Refused "gate.moved".
func (d *DB) StartRun(ctx context.Context, id string, by store.Actor) (*store.Run, error) {
	var r *store.Run
	err := d.update(ctx, func(t *tx) (err error) {
		if r, err = t.lockRun(id); err != nil {
			return err
		}
		m, err := t.openMove(r.IntegrationID)
		switch {
		case err != nil:
			return err
		case m != nil && m.Replaced(r.IntegrationID):
			return store.E(store.Refused, "gate.moved", nil)
		}
		if !r.Waiting() {
			if err := r.Move(store.RunRunning, r.Reason, r.ReasonArgs); err != nil {
				return err
			}
			if err := t.alone(r); err != nil {
				return err
			}
			r.Shadow = m != nil && m.ShadowOf(r.IntegrationID) && !r.DryRun
			r.Attempt, r.StartedAt = 1, t.now
		} else {
			r.Reason, r.ReasonArgs = "", nil // why it waited
		}
		r.Stage, r.Counts, r.QuarantinedBy = store.StageGate, store.Counts{}, nil
		d.lease(t, r)
		err = t.exec(`UPDATE run SET state = $2, attempt = $3, stage = $4, started_at = $5, shadow = $6, lease_owner = $7,
			lease_until = $8, reason = $9, reason_args = $10, n_read = 0, n_loaded = 0, n_unchanged = 0, n_merged = 0,
			n_filtered = 0, n_quarantined = 0, n_blocked = 0, quarantined_by = 'null' WHERE id = $1`, id, r.State, r.Attempt,
			r.Stage, micros(r.StartedAt), r.Shadow, r.LeaseOwner, micros(r.LeaseUntil), r.Reason, encode(r.ReasonArgs))
		switch {
		case taken(err):
			return store.E(store.Conflict, "run.overlap", nil)
		case err != nil:
			return err
		}
		e := aboutRun("run.start", r)
		e.Details = store.Args{"no": r.No, "integration": r.IntegrationID}
		if r.Attempt > 1 {
			e.Details["attempt"] = r.Attempt
		}
		return t.audit(by, e)
	})
	return r, err
}

// alone tells "run.overlap" when another run of the integration is at work.
func (t *tx) alone(r *store.Run) error {
	if r.DryRun {
		return nil
	}
	busy, err := value[int](t, `SELECT COUNT(*) FROM run
		WHERE integration_id = $1 AND state = 'running' AND NOT dry_run`, r.IntegrationID)
	if err == nil && busy > 0 {
		err = store.E(store.Conflict, "run.overlap", nil)
	}
	return err
}

// TakeRun claims a run for another attempt and holds it from then on: one whose holder is lost, which then starts over
// with its counts at zero, or one that is held or unknown and that a person is deciding about. attempt is the last one
// known. Whoever held the run before can write nothing to it any more. One whose holder is at work is "run.busy", or
// "run.deciding" when a person decides about it already.
func (d *DB) TakeRun(ctx context.Context, id string, attempt int, by store.Actor) (*store.Run, error) {
	var r *store.Run
	err := d.update(ctx, func(t *tx) (err error) {
		if r, err = t.lockRun(id); err != nil {
			return err
		}
		was := r.State
		switch {
		case r.Attempt != attempt || was.Final() || was == store.RunDue:
			return lost()
		case r.Held(t.now, d.owner) && was.Ended():
			return store.E(store.Conflict, "run.deciding", nil)
		case r.Held(t.now, d.owner) || r.Waiting():
			return store.E(store.Conflict, "run.busy", nil)
		}
		r.Attempt++
		if was.Ended() {
			r.Waited = t.now.Sub(r.EndedAt)
		}
		if was == store.RunRunning {
			r.Stage, r.Counts, r.QuarantinedBy = store.StageGate, store.Counts{}, nil
		}
		d.lease(t, r)
		if _, err := t.writeRun(r, was, attempt); err != nil {
			return err
		}
		e := aboutRun("run.take", r)
		e.Details = store.Args{"no": r.No, "integration": r.IntegrationID, "state": string(was), "attempt": r.Attempt}
		return t.audit(by, e)
	})
	return r, err
}

// lost tells that the run went on without whoever asks: it has ended, or another attempt has taken it.
func lost() error { return store.E(store.Conflict, "run.lost", nil) }

// ProgressRun stores how far a running run has come: Stage, Counts, QuarantinedBy, ScopeHash, ApprovalID, MappingNo and
// Delivery of r; of one that is held and being released it stores the Delivery alone. Either way its holder goes on holding
// it: r.LeaseUntil is set anew. It sets CancelBy when somebody has asked it to stop. "run.lost" tells that this attempt is
// over.
func (d *DB) ProgressRun(ctx context.Context, r *store.Run) error {
	return d.update(ctx, func(t *tx) (err error) {
		var n int64
		d.lease(t, r)
		if r.State == store.RunRunning {
			n, err = t.writeRun(r, store.RunRunning, r.Attempt)
		} else {
			n, err = t.affect(`UPDATE run SET lease_until = $4, delivery = $5 WHERE id = $1 AND attempt = $2 AND lease_owner = $3
				AND state IN ('held', 'unknown')`, r.ID, r.Attempt, r.LeaseOwner, micros(r.LeaseUntil), encode(r.Delivery))
		}
		switch {
		case err != nil:
			return err
		case n == 0:
			return lost()
		}
		r.CancelBy, err = value[string](t, `SELECT cancel_by FROM run WHERE id = $1`, r.ID)
		return err
	})
}

// writeRun replaces what changes while a run lives, if it is still in that state and attempt. cancel_by is not touched:
// it comes from another side.
func (t *tx) writeRun(r *store.Run, state store.RunState, attempt int) (int64, error) {
	c := r.Counts
	return t.affect(`UPDATE run SET state = $4, reason = $5, reason_args = $6, stage = $7, attempt = $8, n_read = $9,
		n_loaded = $10, n_unchanged = $11, n_merged = $12, n_filtered = $13, n_quarantined = $14, n_blocked = $15,
		quarantined_by = $16, scope_hash = $17, approval_id = $18, mapping_no = $19, delivery = $20, ended_at = $21,
		lease_owner = $22, lease_until = $23, start_at = $24, tries = $25, losses = $26, waited = $27 WHERE id = $1 AND state = $2 AND attempt = $3`,
		r.ID, state, attempt, r.State, r.Reason, encode(r.ReasonArgs), r.Stage, r.Attempt, c.Read, c.Loaded, c.Unchanged,
		c.Merged, c.Filtered, c.Quarantined, c.Blocked, encode(r.QuarantinedBy), r.ScopeHash, r.ApprovalID, r.MappingNo,
		encode(r.Delivery), micros(r.EndedAt), r.LeaseOwner, micros(r.LeaseUntil), micros(r.StartAt), r.Tries,
		r.Losses, r.Waited.Microseconds())
}

// Outcome is how a run ends, or how it waits for a person.
type Outcome struct {
	State  store.RunState
	Reason store.Code
	Args   store.Args
	// DeliveryDone says that r.Delivery is not to be read again by this integration.
	DeliveryDone bool
}

// FinishRun ends a run, with what r says of it as in ProgressRun, or settles one that was held or unknown. The move
// must be legal from the stored state ("run.transition"; "run.unbalanced" when the counts do not add up), and r.Attempt
// and r.LeaseOwner the stored ones ("run.lost"). A due run can be ended without being started: refused, skipped, cancelled.
func (d *DB) FinishRun(ctx context.Context, r *store.Run, o Outcome, by store.Actor) error {
	n := *r
	err := d.update(ctx, func(t *tx) error {
		was, err := t.lockRun(r.ID)
		if err != nil {
			return err
		}
		if was.Attempt != r.Attempt || was.LeaseOwner != r.LeaseOwner {
			return lost()
		}
		n.State, n.CancelBy = was.State, was.CancelBy
		if err := n.Move(o.State, o.Reason, o.Args); err != nil {
			return err
		}
		n.EndedAt, n.LeaseOwner, n.LeaseUntil = t.now, "", time.Time{}
		if was.State != store.RunDue {
			n.Stage = store.StageDone
		}
		count, err := t.writeRun(&n, was.State, r.Attempt)
		switch {
		case err != nil:
			return err
		case count == 0:
			return lost()
		}
		found := strings.ToLower(" " + n.Delivery.Name + " " + string(n.Reason))
		if err := t.exec(`UPDATE run SET search = search || $2 WHERE id = $1`, n.ID, found); err != nil {
			return err
		}
		if o.DeliveryDone && !n.DryRun && n.Delivery.SHA256 != "" {
			if err := t.markDelivery(&n); err != nil {
				return err
			}
		}
		e := aboutRun("run.end", &n)
		e.Details = store.Args{"no": n.No, "integration": n.IntegrationID, "state": string(n.State), "read": n.Counts.Read,
			"loaded": n.Counts.Loaded, "quarantined": n.Counts.Quarantined}
		if n.State == store.RunRefused {
			e.Result = string(n.Reason)
		} else if n.Reason != "" {
			e.Details["reason"] = string(n.Reason)
		}
		if n.ApprovalID != "" { // what it ran under, so that evidence can be held against the log
			e.Details["approval"], e.Details["scope_hash"] = n.ApprovalID, n.ScopeHash
		}
		return t.audit(by, e)
	})
	if err == nil {
		*r = n
	}
	return err
}

// CancelRun stops a run: one that is due or waits at once, one at work as soon as its worker looks (see ProgressRun). A
// run that has ended is "run.transition"; one that is held is decided with FinishRun.
func (d *DB) CancelRun(ctx context.Context, id string, by store.Actor) (*store.Run, error) {
	return d.cancelRun(ctx, id, Outcome{State: store.RunCancelled, Reason: "run.cancelled", Args: store.Args{"name": by.Name}}, by)
}

// CancelSending is CancelRun of a run that has n records with a receiver that nobody knows the fate of: when it waits it ends
// as unknown, for a person to reconcile.
func (d *DB) CancelSending(ctx context.Context, id string, n int64, by store.Actor) (*store.Run, error) {
	return d.cancelRun(ctx, id, Outcome{State: store.RunUnknown, Reason: "run.unanswered", Args: store.Args{"n": n}}, by)
}

// cancelRun stops a run. One that is at no work ends as o says.
func (d *DB) cancelRun(ctx context.Context, id string, o Outcome, by store.Actor) (*store.Run, error) {
	var r *store.Run
	err := d.update(ctx, func(t *tx) (err error) {
		if r, err = t.lockRun(id); err != nil {
			return err
		}
		was := *r
		switch {
		case was.State == store.RunDue || was.Waiting():
			if err := r.Move(o.State, o.Reason, o.Args); err != nil {
				return err
			}
			r.EndedAt, r.LeaseOwner, r.LeaseUntil = t.now, "", time.Time{}
		case was.State == store.RunRunning:
		default:
			return transition("run.transition", "state.run.", was.State, store.RunCancelled)
		}
		r.CancelBy = by.Name
		if err := t.exec(`UPDATE run SET cancel_by = $2 WHERE id = $1`, id, r.CancelBy); err != nil {
			return err
		}
		if _, err := t.writeRun(r, was.State, was.Attempt); err != nil {
			return err
		}
		e := aboutRun("run.cancel", r)
		e.Details = store.Args{"no": r.No, "integration": r.IntegrationID}
		return t.audit(by, e)
	})
	return r, err
}

// BeginUndo has this process hold a run that succeeded while its load is taken back, so that one that ends in the middle
// is found lost, see LostRuns. Another that is at it is "run.deciding". UndoneRun and LeaveRun let go of it.
func (d *DB) BeginUndo(ctx context.Context, id string) (*store.Run, error) {
	var r *store.Run
	err := d.update(ctx, func(t *tx) (err error) {
		if r, err = t.lockRun(id); err != nil {
			return err
		}
		switch {
		case r.State != store.RunSucceeded:
			return transition("run.transition", "state.run.", r.State, store.RunSucceeded)
		case r.Held(t.now, d.owner):
			return store.E(store.Conflict, "run.deciding", nil)
		}
		d.lease(t, r)
		return t.exec(`UPDATE run SET lease_owner = $2, lease_until = $3 WHERE id = $1`, id, r.LeaseOwner, micros(r.LeaseUntil))
	})
	return r, err
}

// UndoneRun notes on a run that succeeded that its load was taken back, which the registry's file has done by then. To
// one of which that is noted it does nothing.
func (d *DB) UndoneRun(ctx context.Context, id string, rows int64, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		r, err := t.lockRun(id)
		if err != nil {
			return err
		}
		if r.Reason == "run.undone" {
			return nil
		}
		n, err := t.affect(`UPDATE run SET reason = $2, reason_args = $3, lease_owner = '', lease_until = 0
			WHERE id = $1 AND state = 'succeeded'`, id, store.Code("run.undone"), encode(store.Args{"name": by.Name}))
		switch {
		case err != nil:
			return err
		case n == 0:
			return transition("run.transition", "state.run.", r.State, store.RunSucceeded)
		}
		e := aboutRun("run.undo", r)
		e.Details = store.Args{"no": r.No, "rows": rows}
		return t.audit(by, e)
	})
}

// ReconciledRun notes on a run that succeeded with records without an answer that a person has found out about all of
// them, with what r counts since. To any other it does nothing.
func (d *DB) ReconciledRun(ctx context.Context, r *store.Run, args store.Args, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		c := r.Counts
		n, err := t.affect(`UPDATE run SET reason = 'run.reconciled', reason_args = $2, n_loaded = $3, n_quarantined = $4,
			quarantined_by = $5 WHERE id = $1 AND state = 'succeeded' AND reason = 'run.unanswered'`, r.ID, encode(args), c.Loaded,
			c.Quarantined, encode(r.QuarantinedBy))
		if err != nil || n == 0 {
			return err
		}
		e := aboutRun("run.reconciled", r)
		e.Details = store.Args{"no": r.No, "loaded": c.Loaded, "quarantined": c.Quarantined}
		return t.audit(by, e)
	})
}

// DueRuns returns the runs that are due, or wait for their next attempt, and whose time to start has come, in the order
// they should start.
func (d *DB) DueRuns(ctx context.Context, now time.Time) ([]store.Run, error) {
	return read(ctx, d, func(t *tx) ([]store.Run, error) {
		return all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE start_at <= $1
			AND (state = 'due' OR state = 'running' AND stage = 'waiting') ORDER BY start_at, no`, micros(now))
	})
}

// NextDue returns the run of an integration whose turn it is, the earliest due of those whose time to start has come, or
// "run.not_found". Slots that are caught up start in the order they were due, also before one that came in time.
func (d *DB) NextDue(ctx context.Context, integrationID string, now time.Time) (*store.Run, error) {
	return read(ctx, d, func(t *tx) (*store.Run, error) {
		return one(t, "run.not_found", scanRun, `SELECT `+runColumns+` FROM run
			WHERE integration_id = $1 AND state = 'due' AND start_at <= $2 ORDER BY at, no LIMIT 1`, integrationID, micros(now))
	})
}

// RunsInTheWay returns what can keep a slot that is due from starting now: the runs of its integration that are at work,
// and the slots before it that should have started, of which the first 200 do.
func (d *DB) RunsInTheWay(ctx context.Context, r *store.Run, now time.Time) ([]store.Run, error) {
	return read(ctx, d, func(t *tx) ([]store.Run, error) {
		busy, err := all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE integration_id = $1 AND state = 'running'`, r.IntegrationID)
		if err != nil {
			return nil, err
		}
		ahead, err := all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE integration_id = $1 AND state = 'due'
			AND started_as = 'schedule' AND due_at < $2 AND start_at <= $3 LIMIT 200`, r.IntegrationID, micros(r.DueAt), micros(now))
		return append(busy, ahead...), err
	})
}

// OpenRuns returns the runs that are due or running, in order of number.
func (d *DB) OpenRuns(ctx context.Context) ([]store.Run, error) {
	return read(ctx, d, func(t *tx) ([]store.Run, error) {
		return all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE state IN ('due', 'running') ORDER BY no`)
	})
}
