package db

import (
	"context"
	"encoding/json"

	"samband/store"
)

const requestColumns = `id, kind, user_id, role, registry_id, deputy_for, first_day, last_day, reason, state, asked_by,
	asked_at, decided_by, decided_at, answer, COALESCE(grant_id, ''), version`

func scanRequest(r row) (q store.AccessRequest, err error) {
	err = r.Scan(&q.ID, &q.Kind, &q.UserID, &q.Role, &q.RegistryID, &q.DeputyFor, &q.From, &q.Until, &q.Reason, &q.State,
		&q.AskedBy, moment{&q.AskedAt}, &q.DecidedBy, moment{&q.DecidedAt}, &q.Answer, &q.GrantID, &q.Version)
	return q, err
}

// AccessRequest returns a request for access, or "access.not_found".
func (d *DB) AccessRequest(ctx context.Context, id string) (*store.AccessRequest, error) {
	return read(ctx, d, func(t *tx) (*store.AccessRequest, error) { return t.request(id) })
}

func (t *tx) request(id string) (*store.AccessRequest, error) {
	return one(t, "access.not_found", scanRequest, `SELECT `+requestColumns+` FROM access_request WHERE id = $1`, id)
}

// RequestFilter picks requests for access. The zero value picks all of them.
type RequestFilter struct {
	UserID   string // whom they are for
	Concerns string // user id: who asked or would get it
	Waiting  bool   // only those that wait for a decision
}

// AccessRequests returns requests for access, the newest first.
func (d *DB) AccessRequests(ctx context.Context, f RequestFilter) ([]store.AccessRequest, error) {
	var w where
	if f.UserID != "" {
		w.and("user_id = ?", f.UserID)
	}
	if f.Concerns != "" {
		w.and("(user_id = ? OR asked_by = ?)", f.Concerns, f.Concerns)
	}
	if f.Waiting {
		w.and("state = ?", store.ReqAsked)
	}
	return read(ctx, d, func(t *tx) ([]store.AccessRequest, error) {
		return all(t, scanRequest, `SELECT `+requestColumns+` FROM access_request`+w.String()+` ORDER BY asked_at DESC, id`,
			w.args...)
	})
}

// AskAccess stores a request and sets ID, State, AskedBy, AskedAt and Version. What could never be granted is refused
// at once, and what waits already: Conflict "access.asked_already".
func (d *DB) AskAccess(ctx context.Context, q *store.AccessRequest, by store.Actor) error {
	n := *q
	err := d.update(ctx, func(t *tx) error {
		if err := n.Validate(t.now); err != nil {
			return err
		}
		if err := t.askable(&n); err != nil {
			return err
		}
		n.ID, n.State, n.AskedBy, n.AskedAt, n.Version = t.ids.New(), store.ReqAsked, author(by), t.now, 1
		err := t.write(`INSERT INTO access_request (id, kind, user_id, role, registry_id, deputy_for, first_day, last_day,
				reason, state, asked_by, asked_at, decided_by, decided_at, answer, grant_id, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', 0, '', NULL, 1)`,
			n.ID, n.Kind, n.UserID, n.Role, n.RegistryID, n.DeputyFor, n.From, n.Until, n.Reason, n.State, n.AskedBy,
			micros(n.AskedAt))
		if taken(err) {
			return store.E(store.Conflict, "access.asked_already", nil)
		}
		e := requestEntry("ask", &n)
		e.Reason = n.Reason
		return t.created(err, by, e)
	})
	if err == nil {
		*q = n
	}
	return err
}

// askable refuses a request that a yes couldn't carry out.
func (t *tx) askable(q *store.AccessRequest) error {
	if q.Kind != store.RequestLift {
		g := q.Grant(t.now)
		return t.grantable(&g)
	}
	u, err := t.user(q.UserID)
	if err == nil && u.BlockedAt.IsZero() {
		err = store.E(store.Conflict, "access.not_blocked", nil)
	}
	return err
}

// requestEntry is about the user whom a request is for.
func requestEntry(what string, q *store.AccessRequest) store.AuditEntry {
	e := store.AuditEntry{Action: "access." + what, Kind: "user", Object: q.UserID, Registry: registryOf(q.RegistryID),
		Details: store.Args{"request": q.ID, "kind": string(q.Kind)}}
	if q.Kind != store.RequestLift {
		e.Details["role"], e.Details["registry"] = string(q.Role), q.RegistryID
		e.Details["until"] = q.Until
	}
	if q.From != "" {
		e.Details["from"] = q.From
	}
	if q.DeputyFor != "" {
		e.Details["deputy_for"] = q.DeputyFor
	}
	return e
}

// DecideAccess grants or declines a request and gives it as it is then. Version must be the stored one. Who asked, or
// would get it, is refused: Forbidden "access.four_eyes". A yes gives the grant, or lifts the block, in the same
// transaction, and what could no longer be asked for is refused.
func (d *DB) DecideAccess(ctx context.Context, id string, version int, to store.RequestState, answer string,
	by store.Actor) (*store.AccessRequest, error) {
	return d.moveRequest(ctx, id, version, to, answer, by, func(t *tx, q *store.AccessRequest) error {
		if err := q.MayDecide(by.UserID); err != nil {
			return err
		}
		e := requestEntry(string(to), q)
		e.Reason = answer
		switch {
		case to != store.ReqGranted:
			return t.audit(by, e)
		case q.Lapsed(t.now):
			return store.E(store.Conflict, "access.lapsed", nil)
		case q.Kind == store.RequestLift:
			e.Action = "access.lift"
			if err := t.lift(q.UserID, by); err != nil {
				return err
			}
			return t.accessChanged(by, e, q.UserID, nil, nil)
		}
		g := q.Grant(t.now)
		if err := t.grantable(&g); err != nil {
			return err
		}
		g.GrantedBy = author(by)
		if err := t.grant(&g); err != nil {
			return err
		}
		q.GrantID = g.ID
		if err := t.exec(`UPDATE access_request SET grant_id = $2 WHERE id = $1`, q.ID, g.ID); err != nil {
			return err
		}
		of := grantEntry("granted", &g)
		of.Reason, of.Details["request"], of.Details["kind"] = answer, q.ID, string(q.Kind)
		return t.accessChanged(by, of, g.UserID, []store.Grant{g}, nil)
	})
}

// WithdrawAccess takes a request back. Only who asked, or would get it, may: Forbidden "access.not_yours".
func (d *DB) WithdrawAccess(ctx context.Context, id string, version int, by store.Actor) error {
	_, err := d.moveRequest(ctx, id, version, store.ReqWithdrawn, "", by, func(t *tx, q *store.AccessRequest) error {
		if by.UserID == "" || !q.Concerns(by.UserID) {
			return store.E(store.Forbidden, "access.not_yours", nil)
		}
		return t.audit(by, requestEntry("withdrawn", q))
	})
	return err
}

// LapseAccess ends a request that nobody decided in time. One that can still be decided, or is, stays as it is.
func (d *DB) LapseAccess(ctx context.Context, id string, by store.Actor) error {
	q, err := d.AccessRequest(ctx, id)
	if err != nil || !q.Lapsed(d.clock.Now()) {
		return err
	}
	_, err = d.moveRequest(ctx, id, q.Version, store.ReqLapsed, "", by, func(t *tx, q *store.AccessRequest) error {
		return t.audit(by, requestEntry("lapsed", q))
	})
	return err
}

// moveRequest takes a request to a state and leaves the rest, with the entry in the log, to then.
func (d *DB) moveRequest(ctx context.Context, id string, version int, to store.RequestState, answer string,
	by store.Actor, then func(*tx, *store.AccessRequest) error) (*store.AccessRequest, error) {
	var q *store.AccessRequest
	err := d.update(ctx, func(t *tx) (err error) {
		if q, err = t.request(id); err != nil {
			return err
		}
		if err := q.Move(to); err != nil {
			return err
		}
		if q.Version != version {
			return changed()
		}
		q.DecidedBy, q.DecidedAt, q.Answer, q.Version = author(by), t.now, answer, version+1
		err = t.write(`UPDATE access_request SET state = $3, decided_by = $4, decided_at = $5, answer = $6,
			version = version + 1 WHERE id = $1 AND version = $2`, id, version, to, q.DecidedBy, micros(t.now), answer)
		if err != nil {
			return err
		}
		return then(t, q)
	})
	if err != nil {
		return nil, err
	}
	return q, nil
}

// accessRules is the setting that holds the rules about how long access lasts.
const accessRules = "access.rules"

// AccessRules returns the rules about how long access lasts.
func (d *DB) AccessRules(ctx context.Context) (store.AccessRules, error) {
	rules := store.DefaultAccessRules
	s, err := d.Setting(ctx, accessRules)
	if err == nil && s != "" {
		err = store.Wrap(json.Unmarshal([]byte(s), &rules), store.Internal, "internal", nil)
	}
	return rules, err
}

// PutAccessRules stores the rules about how long access lasts.
func (d *DB) PutAccessRules(ctx context.Context, r store.AccessRules, by store.Actor) error {
	if err := r.Validate(); err != nil {
		return err
	}
	return d.PutSetting(ctx, accessRules, encode(r), by)
}
