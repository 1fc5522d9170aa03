package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"samband/store"
)

const approvalColumns = `id, integration_id, state, scope, scope_hash, ros_id, ros_version, ld_id, ld_version,
	mapping_no, submitted_by, submitted_name, submitted_at, edited_by, decided_by, decided_name, decided_at, reason, valid_to, conditions,
	demo, created_at, version`

func scanApproval(r row) (a store.Approval, err error) {
	err = r.Scan(&a.ID, &a.IntegrationID, &a.State, &a.Scope, &a.ScopeHash, &a.ROS.ID, &a.ROS.Version, &a.LD.ID,
		&a.LD.Version, &a.MappingNo, &a.SubmittedBy, &a.SubmittedName, moment{&a.SubmittedAt}, decode{&a.EditedBy},
		&a.DecidedBy, &a.DecidedName, moment{&a.DecidedAt}, &a.Reason, &a.ValidTo, decode{&a.Conditions}, &a.Demo, moment{&a.CreatedAt}, &a.Version)
	return a, err
}

// Approval returns an approval, or "approval.not_found".
func (d *DB) Approval(ctx context.Context, id string) (*store.Approval, error) {
	return read(ctx, d, func(t *tx) (*store.Approval, error) { return t.approval(id) })
}

func (t *tx) approval(id string) (*store.Approval, error) {
	return one(t, "approval.not_found", scanApproval, `SELECT `+approvalColumns+` FROM approval WHERE id = $1`, id)
}

// Approvals returns the approvals of an integration, or of all when integrationID is empty, that are in one of the
// states, or in any when none is given; newest first.
func (d *DB) Approvals(ctx context.Context, integrationID string,
	states ...store.ApprovalState) ([]store.Approval, error) {
	var w where
	if integrationID != "" {
		w.and("integration_id = ?", integrationID)
	}
	if len(states) > 0 {
		w.in("state", list(states))
	}
	return read(ctx, d, func(t *tx) ([]store.Approval, error) {
		return all(t, scanApproval, `SELECT `+approvalColumns+` FROM approval`+w.String()+` ORDER BY created_at DESC, id`,
			w.args...)
	})
}

// CurrentApproval returns the approval that holds for an integration, else its newest, or "approval.not_found".
func (d *DB) CurrentApproval(ctx context.Context, integrationID string) (*store.Approval, error) {
	return read(ctx, d, func(t *tx) (*store.Approval, error) {
		return one(t, "approval.not_found", scanApproval, `SELECT `+approvalColumns+` FROM approval
			WHERE integration_id = $1 ORDER BY CASE state WHEN 'approved' THEN 0 ELSE 1 END, created_at DESC, id LIMIT 1`,
			integrationID)
	})
}

// DraftApproval stores what is to be asked for: a new draft when a.ID is empty, else a change of a draft or of one that
// was sent back. It takes IntegrationID, Scope, ROS, LD, MappingNo, ValidTo and EditedBy from a, notes the actor among
// those who edited, and fills in the rest. An integration has one approval on its way at a time: "approval.open" tells
// that there is one already.
func (d *DB) DraftApproval(ctx context.Context, a *store.Approval, by store.Actor) error {
	return d.prepareApproval(ctx, a, by, "approval.draft", func(*store.Approval, *tx) error { return nil })
}

// SubmitApproval stores it likewise and asks for the decision. Everybody who, since the approval that holds, edited
// something it covers or rests on (store.Edits), or made the version of the mapping, counts among those who edited. The
// integration moves on to in_assessment when its state allows.
func (d *DB) SubmitApproval(ctx context.Context, a *store.Approval, by store.Actor) error {
	return d.prepareApproval(ctx, a, by, "approval.submitted", func(n *store.Approval, t *tx) error {
		if err := n.Move(store.AppSubmitted); err != nil {
			return err
		}
		n.SubmittedBy, n.SubmittedName, n.SubmittedAt = by.UserID, by.Name, t.now
		i, err := t.integration(n.IntegrationID)
		if err != nil {
			return err
		}
		if n.EditedBy, err = t.editedBy(n, i); err != nil {
			return err
		}
		if replaced, err := t.replaced(i.ID); err != nil || replaced { // it stays where the move put it
			return err
		}
		if i.State == store.IntCandidate {
			if err := t.moveIntegration(i, store.IntInAnalysis); err != nil {
				return err
			}
		}
		if i.State == store.IntInAnalysis || i.State == store.IntSuspended {
			return t.moveIntegration(i, store.IntInAssessment)
		}
		return nil
	})
}

func (d *DB) prepareApproval(ctx context.Context, a *store.Approval, by store.Actor, action string,
	finish func(*store.Approval, *tx) error) error {
	var n store.Approval
	err := d.update(ctx, func(t *tx) error {
		i, err := t.integration(a.IntegrationID)
		if err != nil {
			return err
		}
		n = store.Approval{ID: t.ids.New(), IntegrationID: i.ID, State: store.AppDraft, CreatedAt: t.now}
		if a.ID != "" {
			was, err := t.approval(a.ID)
			switch {
			case err != nil:
				return err
			case was.Version != a.Version || was.IntegrationID != i.ID:
				return changed()
			}
			n = *was
			if err := was.Move(store.AppSubmitted); err != nil { // only what can be submitted can be changed
				return err
			}
		}
		n.Scope, n.ROS, n.LD, n.MappingNo, n.ValidTo = a.Scope, a.ROS, a.LD, a.MappingNo, a.ValidTo
		n.ScopeHash = scopeHash(n.Scope)
		n.EditedBy = joined(joined(n.EditedBy, a.EditedBy...), by.UserID)
		if err := finish(&n, t); err != nil {
			return err
		}
		if err := t.putApproval(&n); err != nil {
			return err
		}
		if n.State == store.AppSubmitted {
			if err := t.keepSubmission(&n); err != nil {
				return err
			}
		}
		e := about(action, n.ID, i.RegistryID)
		e.Details = store.Args{"integration": i.ID, "scope_hash": n.ScopeHash}
		return t.audit(by, e)
	})
	if err == nil {
		*a = n
	}
	return err
}

// Verdict is what is decided about an approval.
type Verdict struct {
	State   store.ApprovalState // change_requested, approved, rejected, revoked or expired
	Reason  string
	ValidTo store.Date // for approved: last day it holds; empty for no end
	// Conditions, for approved: their Text and DueOn; the rest is filled in.
	Conditions []store.Term
}

// DecideApproval carries a decision out. Nobody decides what they submitted or edited ("approval.four_eyes"); that an
// approval is revoked or has expired may be said by anyone with the right. Approving supersedes the approval before and
// moves the integration to approved when its state allows; revoking and expiring suspend it. What a move has put another
// integration in place of can be approved, and stays suspended.
func (d *DB) DecideApproval(ctx context.Context, id string, version int, v Verdict,
	by store.Actor) (*store.Approval, error) {
	var a *store.Approval
	err := d.update(ctx, func(t *tx) (err error) {
		if a, err = t.approval(id); err != nil {
			return err
		}
		if a.Version != version {
			return changed()
		}
		switch v.State {
		case store.AppRevoked, store.AppExpired:
		case store.AppChangeRequested, store.AppApproved, store.AppRejected:
			i, err := t.integration(a.IntegrationID)
			if err != nil {
				return err
			}
			if a.State == store.AppSubmitted { // whoever edited after it was submitted, edited it too
				if a.EditedBy, err = t.editedBy(a, i); err != nil {
					return err
				}
			}
			if err := a.MayDecide(by.UserID); err != nil {
				return err
			}
		default:
			return store.FieldError("state", "field.choice", nil)
		}
		if err := a.Move(v.State); err != nil {
			return err
		}
		a.DecidedBy, a.DecidedName, a.DecidedAt, a.Reason = by.UserID, by.Name, t.now, v.Reason
		if v.State == store.AppApproved {
			a.ValidTo = v.ValidTo
			a.Conditions = nil
			for n, c := range v.Conditions {
				a.Conditions = append(a.Conditions, store.Term{No: n + 1, Text: c.Text, DueOn: c.DueOn})
			}
		}
		return t.decide(a, by)
	})
	return a, err
}

// MeetCondition notes that a condition of an approval that holds is met, and what shows it. It is said once: a condition
// that is met stays so, "approval.condition_met".
func (d *DB) MeetCondition(ctx context.Context, id string, version, no int, evidence string,
	by store.Actor) (*store.Approval, error) {
	e := store.AuditEntry{Action: "approval.condition", Reason: evidence}
	return d.changeCondition(ctx, id, version, no, e, by, func(t *tx, c *store.Term) error {
		if c.Met() {
			return store.E(store.Conflict, "approval.condition_met", store.Args{"name": c.MetName, "at": c.MetAt})
		}
		c.MetAt, c.MetBy, c.MetName, c.Evidence = t.now, by.UserID, by.Name, evidence
		return nil
	})
}

// SeeCondition notes that somebody who may approve has seen that a condition is said to be met. What is not, or has been
// seen already, is refused: "approval.condition_unseen".
func (d *DB) SeeCondition(ctx context.Context, id string, version, no int, by store.Actor) (*store.Approval, error) {
	e := store.AuditEntry{Action: "approval.condition_seen"}
	return d.changeCondition(ctx, id, version, no, e, by, func(t *tx, c *store.Term) error {
		if !c.Unseen() {
			return store.E(store.Conflict, "approval.condition_unseen", nil)
		}
		c.SeenAt, c.SeenBy, c.SeenName = t.now, by.UserID, by.Name
		return nil
	})
}

// changeCondition changes one condition of an approval that holds, and writes e about it.
func (d *DB) changeCondition(ctx context.Context, id string, version, no int, e store.AuditEntry, by store.Actor,
	change func(*tx, *store.Term) error) (*store.Approval, error) {
	var a *store.Approval
	err := d.update(ctx, func(t *tx) (err error) {
		if a, err = t.approval(id); err != nil {
			return err
		}
		if a.Version != version {
			return changed()
		}
		c := a.Condition(no)
		switch {
		case c == nil:
			return notFound("approval.no_condition")
		case a.State != store.AppApproved:
			return store.E(store.Conflict, "gate.not_approved", store.Args{"state": store.Code("approval." + a.State)})
		}
		if err := change(t, c); err != nil {
			return err
		}
		i, err := t.integration(a.IntegrationID)
		if err != nil {
			return err
		}
		if err := t.putApproval(a); err != nil {
			return err
		}
		said := about(e.Action, a.ID, i.RegistryID)
		said.Reason, said.Details = e.Reason, store.Args{"integration": i.ID, "no": no}
		return t.audit(by, said)
	})
	return a, err
}

// ExpireApproval ends an approval whose last day has passed, as DecideApproval does, and tells whether it did. While a
// run that started in time is at work the approval stays as it is: that run may finish, and the gate lets no other begin.
func (d *DB) ExpireApproval(ctx context.Context, id string, by store.Actor) (done bool, err error) {
	err = d.update(ctx, func(t *tx) error {
		done = false
		a, err := t.approval(id)
		if err != nil || a.State != store.AppApproved || !a.ValidTo.Lapsed(t.now) {
			return err
		}
		busy, err := value[int](t, `SELECT COUNT(*) FROM run WHERE integration_id = $1 AND state = 'running'`,
			a.IntegrationID)
		if err != nil || busy > 0 {
			return err
		}
		if err := a.Move(store.AppExpired); err != nil {
			return err
		}
		done = true
		a.DecidedBy, a.DecidedName, a.DecidedAt, a.Reason = by.UserID, by.Name, t.now, ""
		return t.decide(a, by)
	})
	return done, err
}

// RegisterDemoApproval stores an approval of the synthetic demonstration, approved by no person. Integration, registry,
// ROS and LD must all be marked as the demonstration's, else Refused "approval.not_demo".
func (d *DB) RegisterDemoApproval(ctx context.Context, a *store.Approval, by store.Actor) error {
	var n store.Approval
	err := d.update(ctx, func(t *tx) error {
		i, err := t.integration(a.IntegrationID)
		if err != nil {
			return err
		}
		g, err := t.registry(i.RegistryID)
		if err != nil {
			return err
		}
		ros, err := t.ros(a.ROS)
		if err != nil {
			return err
		}
		ld, err := t.ld(a.LD)
		if err != nil {
			return err
		}
		if !i.Demo || !g.Demo || !ros.Demo || !ld.Demo {
			return store.E(store.Refused, "approval.not_demo", nil)
		}
		n = store.Approval{ID: t.ids.New(), IntegrationID: i.ID, State: store.AppApproved, Scope: a.Scope,
			ScopeHash: scopeHash(a.Scope), ROS: a.ROS, LD: a.LD, MappingNo: a.MappingNo, SubmittedName: by.Name,
			SubmittedAt: t.now, DecidedName: by.Name, DecidedAt: t.now, Reason: a.Reason, ValidTo: a.ValidTo, Demo: true,
			CreatedAt: t.now}
		return t.decide(&n, by)
	})
	if err == nil {
		*a = n
	}
	return err
}

// decide stores an approval that has just been decided, with what follows from it, and the entry in the log.
func (t *tx) decide(a *store.Approval, by store.Actor) error {
	i, err := t.integration(a.IntegrationID)
	if err != nil {
		return err
	}
	e := about("approval."+string(a.State), a.ID, i.RegistryID)
	e.Reason, e.Details = a.Reason, store.Args{"integration": i.ID, "scope_hash": a.ScopeHash}
	var next store.IntegrationState
	switch a.State {
	case store.AppApproved:
		old, err := found(one(t, "approval.not_found", scanApproval, `SELECT `+approvalColumns+` FROM approval
			WHERE integration_id = $1 AND state = 'approved'`, i.ID))
		if err != nil {
			return err
		}
		if old != nil {
			if err := old.Move(store.AppSuperseded); err != nil {
				return err
			}
			if err := t.putApproval(old); err != nil {
				return err
			}
			e.Details["supersedes"] = old.ID
		}
		next = store.IntApproved
	case store.AppRevoked, store.AppExpired:
		next = store.IntSuspended
	}
	replaced, err := t.replaced(i.ID)
	if err != nil {
		return err
	}
	if replaced && next == store.IntApproved && i.State == store.IntInAssessment { // decided after the switch
		if err := t.setIntegration(i, store.IntSuspended); err != nil {
			return err
		}
		e.Details["integration_state"] = string(store.IntSuspended)
	}
	if next != "" && !replaced && i.State.CanMove(next) {
		if err := t.moveIntegration(i, next); err != nil {
			return err
		}
		e.Details["integration_state"] = string(next)
	}
	first := a.Version == 0 // the demonstration's: asked for and decided in one
	if err := t.putApproval(a); err != nil {
		return err
	}
	if first {
		if err := t.keepSubmission(a); err != nil {
			return err
		}
	}
	return t.audit(by, e)
}

// putApproval inserts an approval that has no Version yet, else replaces the stored one, and sets Version to the next.
func (t *tx) putApproval(a *store.Approval) error {
	args := []any{a.ID, a.Version, a.IntegrationID, a.State, bytesOf(a.Scope), a.ScopeHash, a.ROS.ID, a.ROS.Version,
		a.LD.ID, a.LD.Version, a.MappingNo, a.SubmittedBy, a.SubmittedName, micros(a.SubmittedAt), encode(a.EditedBy), a.DecidedBy,
		a.DecidedName, micros(a.DecidedAt), a.Reason, a.ValidTo, encode(a.Conditions), a.Demo, micros(a.CreatedAt)}
	var err error
	if a.Version == 0 {
		err = t.write(`INSERT INTO approval (id, version, integration_id, state, scope, scope_hash, ros_id, ros_version,
			ld_id, ld_version, mapping_no, submitted_by, submitted_name, submitted_at, edited_by, decided_by, decided_name,
			decided_at, reason, valid_to, conditions, demo, created_at)
			VALUES ($1, $2 + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
				$23)`,
			args...)
	} else {
		err = t.write(`UPDATE approval SET version = version + 1, integration_id = $3, state = $4, scope = $5,
			scope_hash = $6, ros_id = $7, ros_version = $8, ld_id = $9, ld_version = $10, mapping_no = $11, submitted_by = $12,
			submitted_name = $13, submitted_at = $14, edited_by = $15, decided_by = $16, decided_name = $17, decided_at = $18,
			reason = $19, valid_to = $20, conditions = $21, demo = $22, created_at = $23 WHERE id = $1 AND version = $2`, args...)
	}
	if taken(err) {
		return store.E(store.Conflict, "approval.open", nil)
	}
	if err == nil {
		a.Version++
	}
	return err
}

func scopeHash(scope []byte) string {
	h := sha256.Sum256(scope)
	return hex.EncodeToString(h[:])
}

// joined adds the names that are not there yet and not empty.
func joined(names []string, more ...string) []string {
	names = slices.Clone(names)
	for _, n := range more {
		if n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}
