package db

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"samband/store"
)

const reidentColumns = `id, registry_id, purpose, legal_basis, ld_id, ld_version, reason, broken, state, asked_by, asked_at,
	decided_by, decided_at, answer, open_until, used_at, shown, overdue_at, version`

func scanReident(r row) (q store.Reidentification, err error) {
	err = r.Scan(&q.ID, &q.RegistryID, &q.Purpose, &q.LegalBasis, &q.LD.ID, &q.LD.Version, &q.Reason, &q.Break, &q.State,
		&q.AskedBy, moment{&q.AskedAt}, &q.DecidedBy, moment{&q.DecidedAt}, &q.Answer, moment{&q.OpenUntil},
		moment{&q.UsedAt}, &q.Shown, moment{&q.OverdueAt}, &q.Version)
	return q, err
}

// Reidentification returns a request to know who persons are, or "reident.not_found".
func (d *DB) Reidentification(ctx context.Context, id string) (*store.Reidentification, error) {
	return read(ctx, d, func(t *tx) (*store.Reidentification, error) { return t.reident(id) })
}

func (t *tx) reident(id string) (*store.Reidentification, error) {
	q, err := one(t, "reident.not_found", scanReident, `SELECT `+reidentColumns+` FROM reidentification WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	q.Pseudonyms, err = all(t, scanPseudonym, `SELECT pseudonym FROM reidentification_person WHERE request_id = $1 ORDER BY no`, id)
	return q, err
}

func scanPseudonym(r row) (store.Pseudonym, error) {
	var s string
	if err := r.Scan(&s); err != nil {
		return store.Pseudonym{}, err
	}
	p, ok := store.ParsePseudonym(s)
	if !ok {
		return p, store.E(store.Internal, "internal", nil)
	}
	return p, nil
}

// Reidentifications returns all requests, the newest first, without their pseudonyms.
func (d *DB) Reidentifications(ctx context.Context) ([]store.Reidentification, error) {
	return read(ctx, d, func(t *tx) ([]store.Reidentification, error) {
		return all(t, scanReident, `SELECT `+reidentColumns+` FROM reidentification ORDER BY asked_at DESC, id`)
	})
}

// someone gives a user with what holds for them as the transaction sees it, nil for what is no user.
func (t *tx) someone(id string) (*store.Person, error) {
	u, err := t.user(id)
	if store.ClassOf(err) == store.NotFound && err != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	p := &store.Person{User: u}
	p.Grants, err = t.grants(id)
	return p, err
}

// AskReidentification stores a request and sets ID, State, AskedBy, AskedAt, OpenUntil and Version. The one who asks must
// be allowed to, as the database knows them. With Break it is open at once, as often as the rules say, and others are told
// before anything is shown. More than the rules allow is Conflict "reident.too_many" or "reident.too_many_breaks"; a
// registry that has ended, Forbidden "reident.registry_ended".
func (d *DB) AskReidentification(ctx context.Context, q *store.Reidentification, by store.Actor) error {
	rules, err := d.ReidentRules(ctx)
	if err != nil {
		return err
	}
	n := *q
	err = d.update(ctx, func(t *tx) error {
		if err := n.Validate(rules); err != nil {
			return err
		}
		n.ID, n.State, n.AskedBy, n.AskedAt, n.Version = t.ids.New(), store.ReidentAsked, by.UserID, t.now, 1
		p, err := t.someone(by.UserID)
		if err != nil {
			return err
		}
		if err := n.MayUse(p, t.now); err != nil {
			return err
		}
		if err := t.identifiable(n.RegistryID); err != nil {
			return err
		}
		if _, err := t.ld(n.LD); err != nil {
			return err
		}
		what := "asked"
		if n.Break {
			what, n.State, n.OpenUntil = "break", store.ReidentBroken, t.now.Add(time.Duration(rules.Minutes)*time.Minute)
		}
		err = t.write(`INSERT INTO reidentification (id, registry_id, purpose, legal_basis, ld_id, ld_version, reason, broken,
				state, asked_by, asked_at, decided_by, decided_at, answer, open_until, token, used_at, shown, overdue_at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', 0, '', $12, '', 0, 0, 0, 1)`,
			n.ID, n.RegistryID, n.Purpose, n.LegalBasis, n.LD.ID, n.LD.Version, n.Reason, n.Break, n.State, n.AskedBy,
			micros(n.AskedAt), micros(n.OpenUntil))
		if err != nil {
			return err
		}
		for i, p := range n.Pseudonyms {
			if err := t.write(`INSERT INTO reidentification_person (request_id, no, pseudonym) VALUES ($1, $2, $3)`,
				n.ID, i+1, p.String()); err != nil {
				return err
			}
		}
		e := reidentEntry(what, &n)
		e.Reason = n.Reason
		e.Details["persons"], e.Details["purpose"], e.Details["basis"] = len(n.Pseudonyms), string(n.Purpose), n.LegalBasis
		e.Details["ld"] = n.LD.ID + "@" + strconv.Itoa(n.LD.Version)
		if err := t.audit(by, e); err != nil { // whoever asks at the same moment waits here, and is counted after
			return err
		}
		return t.calm(&n, rules)
	})
	if err == nil {
		*q = n
	}
	return err
}

// calm refuses more requests than one person may make, this one among them.
func (t *tx) calm(q *store.Reidentification, rules store.ReidentRules) error {
	n, err := value[int64](t, `SELECT COUNT(*) FROM reidentification WHERE asked_by = $1 AND asked_at > $2`, q.AskedBy,
		micros(t.now.Add(-time.Hour)))
	if err != nil {
		return err
	}
	if n > int64(rules.PerHour) {
		return store.E(store.Conflict, "reident.too_many", store.Args{"n": rules.PerHour})
	}
	if !q.Break {
		return nil
	}
	n, err = value[int64](t, `SELECT COUNT(*) FROM reidentification WHERE asked_by = $1 AND asked_at > $2 AND broken`,
		q.AskedBy, micros(t.now.Add(-24*time.Hour)))
	if err == nil && n > int64(rules.BreaksPerDay) {
		err = store.E(store.Conflict, "reident.too_many_breaks", store.Args{"n": rules.BreaksPerDay})
	}
	return err
}

func (t *tx) identifiable(registryID string) error {
	r, err := t.registry(registryID)
	if err != nil {
		return err
	}
	return r.Identifiable(t.now)
}

// reidentEntry is about a request; never about who the persons are.
func reidentEntry(what string, q *store.Reidentification) store.AuditEntry {
	return store.AuditEntry{Action: "reident." + what, Kind: "reidentification", Object: q.ID, Registry: q.RegistryID,
		Details: store.Args{}}
}

// DecideReidentification approves or refuses a request, or says of a look without an approval whether it was right, and
// gives the request as it is then. Version must be the stored one. An approval opens it for as long as the rules say.
// Whoever is not somebody else in another role, as the database knows them at that moment, is Forbidden.
func (d *DB) DecideReidentification(ctx context.Context, id string, version int, to store.ReidentState, answer string,
	by store.Actor) (*store.Reidentification, error) {
	if err := store.ReidentAnswer(answer); err != nil {
		return nil, err
	}
	rules, err := d.ReidentRules(ctx)
	if err != nil {
		return nil, err
	}
	return d.moveReident(ctx, id, version, to, by, func(t *tx, q *store.Reidentification) error {
		p, err := t.someone(by.UserID)
		if err != nil {
			return err
		}
		if err := q.MayDecide(p, t.now); err != nil {
			return err
		}
		if q.State == store.ReidentAsked && q.Lapsed(t.now) {
			return store.E(store.Conflict, "reident.lapsed", nil)
		}
		if to == store.ReidentApproved {
			if err := t.identifiable(q.RegistryID); err != nil {
				return err
			}
			q.OpenUntil = t.now.Add(time.Duration(rules.Minutes) * time.Minute)
		}
		q.DecidedBy, q.DecidedAt, q.Answer = by.UserID, t.now, answer
		return nil
	})
}

// WithdrawReidentification takes a request back that was not used. Only who asked may: Forbidden "reident.not_yours".
func (d *DB) WithdrawReidentification(ctx context.Context, id string, version int, by store.Actor) error {
	_, err := d.moveReident(ctx, id, version, store.ReidentWithdrawn, by, func(t *tx, q *store.Reidentification) error {
		if by.UserID == "" || by.UserID != q.AskedBy {
			return store.E(store.Forbidden, "reident.not_yours", nil)
		}
		q.DecidedBy, q.DecidedAt = by.UserID, t.now
		return nil
	})
	return err
}

// ExpireReidentification ends a request that nobody decided, or used, in time. Another stays as it is.
func (d *DB) ExpireReidentification(ctx context.Context, id string, by store.Actor) error {
	q, err := d.Reidentification(ctx, id)
	if err != nil || !q.Lapsed(d.clock.Now()) {
		return err
	}
	_, err = d.moveReident(ctx, id, q.Version, store.ReidentExpired, by, func(*tx, *store.Reidentification) error { return nil })
	return err
}

// moveReident takes a request to a state, after check has filled in what comes with it. Whether somebody may is asked
// before how the request stands: who may not learns nothing of it.
func (d *DB) moveReident(ctx context.Context, id string, version int, to store.ReidentState, by store.Actor,
	check func(*tx, *store.Reidentification) error) (*store.Reidentification, error) {
	var q *store.Reidentification
	err := d.update(ctx, func(t *tx) (err error) {
		if q, err = t.reident(id); err != nil {
			return err
		}
		if err := check(t, q); err != nil {
			return err
		}
		if err := q.Move(to); err != nil {
			return err
		}
		if q.Version != version {
			return changed()
		}
		q.Version++
		err = t.write(`UPDATE reidentification SET state = $3, decided_by = $4, decided_at = $5, answer = $6, open_until = $7,
			token = '', version = version + 1 WHERE id = $1 AND version = $2`, id, version, to, q.DecidedBy, micros(q.DecidedAt),
			q.Answer, micros(q.OpenUntil))
		if err != nil {
			return err
		}
		what := string(to)
		if to == store.ReidentWithdrawn { // the word of a request for access
			what = "retracted"
		}
		e := reidentEntry(what, q)
		e.Reason = q.Answer
		return t.audit(by, e)
	})
	if err != nil {
		return nil, err
	}
	return q, nil
}

// OpenReidentification draws the token that shows the persons of an open request once, to the one who asked. A token
// drawn before is worth nothing from then on.
func (d *DB) OpenReidentification(ctx context.Context, id string, version int, by store.Actor) (token store.ReidentToken,
	q *store.Reidentification, err error) {
	token = store.NewReidentToken()
	err = d.update(ctx, func(t *tx) error {
		if q, err = t.usable(id, by); err != nil {
			return err
		}
		err := t.write(`UPDATE reidentification SET token = $3, version = version + 1 WHERE id = $1 AND version = $2`, id, version,
			token.Hash(q.ID, by.UserID))
		if err != nil {
			return err
		}
		q.Version = version + 1
		return t.audit(by, reidentEntry("opened", q))
	})
	if err != nil {
		return store.ReidentToken{}, nil, err
	}
	return token, q, nil
}

// usable gives a request that somebody may use at this moment. It asks all anew: a role that was lost meanwhile, by the
// one who asked or the one who approved, and a registry that has ended, close it.
func (t *tx) usable(id string, by store.Actor) (*store.Reidentification, error) {
	q, err := t.reident(id)
	if err != nil {
		return nil, err
	}
	p, err := t.someone(by.UserID)
	if err != nil {
		return nil, err
	}
	if err := q.MayUse(p, t.now); err != nil {
		return nil, err
	}
	if err := q.Usable(t.now); err != nil {
		return nil, err
	}
	if !q.Break {
		p, err := t.someone(q.DecidedBy)
		if err != nil {
			return nil, err
		}
		if q.MayDecide(p, t.now) != nil {
			return nil, store.E(store.Forbidden, "reident.approver_gone", nil)
		}
	}
	return q, t.identifiable(q.RegistryID)
}

// MayReidentify tells whether a token would show the persons of a request to somebody at this moment, and changes
// nothing: for what has to be read before UseReidentification.
func (d *DB) MayReidentify(ctx context.Context, id string, token store.ReidentToken, by store.Actor) (*store.Reidentification, error) {
	return read(ctx, d, func(t *tx) (*store.Reidentification, error) { return t.opened(id, token, by) })
}

func (t *tx) opened(id string, token store.ReidentToken, by store.Actor) (*store.Reidentification, error) {
	// Before the rest: whoever uses it up meanwhile has taken the token away, too.
	hash, err := value[string](t, `SELECT COALESCE(MAX(token), '') FROM reidentification WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	q, err := t.usable(id, by)
	if err == nil && !token.Opens(id, by.UserID, hash) {
		err = store.E(store.Forbidden, "reident.token", nil)
	}
	return q, err
}

// UseReidentification uses a request up, and with it its token, and writes down of each pseudonym that its person is
// shown, or was not found: one entry each. Nobody may be shown anything before it has succeeded. Of several at once, one
// wins; the others are Forbidden "reident.used".
func (d *DB) UseReidentification(ctx context.Context, id string, token store.ReidentToken, found map[store.Pseudonym]bool,
	by store.Actor) (*store.Reidentification, error) {
	var q *store.Reidentification
	err := d.update(ctx, func(t *tx) (err error) {
		if q, err = t.opened(id, token, by); err != nil {
			return err
		}
		to := store.ReidentUsed
		if q.Break {
			to = store.ReidentShown
		}
		if err := q.Move(to); err != nil {
			return err
		}
		q.UsedAt, q.Shown = t.now, 0
		for _, p := range q.Pseudonyms {
			if found[p] {
				q.Shown++
			}
		}
		n, err := t.affect(`UPDATE reidentification SET state = $3, used_at = $4, shown = $5, token = '', version = version + 1
			WHERE id = $1 AND version = $2 AND used_at = 0`, id, q.Version, q.State, micros(t.now), q.Shown)
		if err != nil {
			return err
		}
		if n == 0 {
			return store.E(store.Forbidden, "reident.used", nil)
		}
		q.Version++
		for _, p := range q.Pseudonyms {
			e := reidentEntry("person", q)
			e.Kind, e.Object = "pseudonym", p.String()
			e.Details = store.Args{"request": q.ID, "purpose": string(q.Purpose), "found": found[p]}
			if err := t.audit(by, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return q, nil
}

// OverdueReidentification writes down, once, that nobody has said in time whether a look without an approval was right.
// Another request stays as it is.
func (d *DB) OverdueReidentification(ctx context.Context, id string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		q, err := t.reident(id)
		if err != nil || !q.Overdue(t.now) || !q.OverdueAt.IsZero() {
			return err
		}
		if err := t.write(`UPDATE reidentification SET overdue_at = $3, version = version + 1 WHERE id = $1 AND version = $2`, id,
			q.Version, micros(t.now)); err != nil {
			return err
		}
		return t.audit(by, reidentEntry("overdue", q))
	})
}

const reidentRules = "reident.rules"

// ReidentRules returns the rules about requests to know who persons are.
func (d *DB) ReidentRules(ctx context.Context) (store.ReidentRules, error) {
	rules := store.DefaultReidentRules
	s, err := d.Setting(ctx, reidentRules)
	if err == nil && s != "" {
		err = store.Wrap(json.Unmarshal([]byte(s), &rules), store.Internal, "internal", nil)
	}
	return rules, err
}

// PutReidentRules stores them.
func (d *DB) PutReidentRules(ctx context.Context, r store.ReidentRules, by store.Actor) error {
	if err := r.Validate(); err != nil {
		return err
	}
	return d.PutSetting(ctx, reidentRules, encode(r), by)
}
