package db

import (
	"context"
	"slices"

	"samband/store"
)

const reviewColumns = `id, registry_id, state, opened_at, due_on, closed_at, version`

func scanReview(r row) (v store.AccessReview, err error) {
	err = r.Scan(&v.ID, &v.RegistryID, &v.State, moment{&v.OpenedAt}, &v.DueOn, moment{&v.ClosedAt}, &v.Version)
	return v, err
}

// AccessReview returns a review with its lines in order of user, or "access_review.not_found".
func (d *DB) AccessReview(ctx context.Context, id string) (*store.AccessReview, error) {
	return read(ctx, d, func(t *tx) (*store.AccessReview, error) { return t.review(id) })
}

func (t *tx) review(id string) (*store.AccessReview, error) {
	v, err := one(t, "access_review.not_found", scanReview, `SELECT `+reviewColumns+` FROM access_review WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	v.Lines, err = t.lines(id)
	return v, err
}

func (t *tx) lines(reviewID string) ([]store.ReviewLine, error) {
	list, err := all(t, func(r row) (l store.ReviewLine, err error) {
		u := &l.User
		err = r.Scan(append(append([]any{&u.ID, &u.Issuer, &u.Subject, &u.Name, moment{&u.LastSeen}, moment{&u.BlockedAt}},
			grantInto(&l.Grant)...), &l.Answer, &l.Reason, &l.AnsweredBy, moment{&l.AnsweredAt})...)
		return l, err
	}, `SELECT `+userColumns+`, `+grantOf+`, l.answer, l.reason, l.answered_by, l.answered_at
		FROM access_review_line l JOIN role_grant g ON g.id = l.grant_id JOIN portal_user u ON u.id = g.user_id
		WHERE l.review_id = $1`, reviewID)
	return byID(list, func(l *store.ReviewLine) string { return l.User.ID + " " + l.Grant.ID }), err
}

// AccessReviews returns every review with its lines, the newest first.
func (d *DB) AccessReviews(ctx context.Context) ([]store.AccessReview, error) {
	return read(ctx, d, func(t *tx) ([]store.AccessReview, error) {
		list, err := all(t, scanReview, `SELECT `+reviewColumns+` FROM access_review ORDER BY opened_at DESC, id`)
		for i := range list {
			if err == nil {
				list[i].Lines, err = t.lines(list[i].ID)
			}
		}
		return list, err
	})
}

// ReviewsDue returns the registries, and AllRegistries, whose grants should be gone through again: something is granted
// there, no review is under way, and so long has passed since the last one was opened, or since the oldest grant when
// there was none. In order.
func (d *DB) ReviewsDue(ctx context.Context, months int) ([]string, error) {
	return read(ctx, d, func(t *tx) ([]string, error) {
		before := t.now.AddDate(0, -months, 0)
		due, err := all(t, scanText, `SELECT g.registry_id FROM role_grant g
			WHERE g.begins <= $1 AND (g.until = 0 OR g.until > $1)
				AND NOT EXISTS (SELECT 1 FROM access_review v WHERE v.registry_id = g.registry_id
					AND (v.closed_at = 0 OR v.opened_at > $2))
			GROUP BY g.registry_id
			HAVING MIN(g.granted_at) <= $2
				OR EXISTS (SELECT 1 FROM access_review w WHERE w.registry_id = g.registry_id)`,
			micros(t.now), micros(before))
		slices.Sort(due)
		return due, err
	})
}

// OpenReview opens a review of the grants that hold in a registry, or of those that hold for all, and sets everything
// but RegistryID. One that is under way already: Conflict "access.review_open".
func (d *DB) OpenReview(ctx context.Context, v *store.AccessReview, by store.Actor) error {
	n := store.AccessReview{RegistryID: v.RegistryID, State: store.ReviewOpen, Version: 1}
	err := d.update(ctx, func(t *tx) error {
		n.ID, n.OpenedAt, n.DueOn = t.ids.New(), t.now, store.DateOf(t.now).AddDays(store.ReviewDays)
		err := t.write(`INSERT INTO access_review (`+reviewColumns+`) VALUES ($1, $2, $3, $4, $5, 0, 1)`,
			n.ID, n.RegistryID, n.State, micros(n.OpenedAt), n.DueOn)
		if taken(err) {
			return store.E(store.Conflict, "access.review_open", nil)
		}
		if err != nil {
			return err
		}
		lines, err := t.affect(`INSERT INTO access_review_line (review_id, grant_id, answer, reason, answered_by,
				answered_at)
			SELECT $1, id, '', '', '', 0 FROM role_grant
			WHERE registry_id = $2 AND begins <= $3 AND (until = 0 OR until > $3)`, n.ID, n.RegistryID, micros(t.now))
		if err != nil {
			return err
		}
		if n.Lines, err = t.lines(n.ID); err != nil {
			return err
		}
		e := reviewEntry("review_open", &n)
		e.Details = store.Args{"lines": lines, "due": n.DueOn}
		return t.audit(by, e)
	})
	if err == nil {
		*v = n
	}
	return err
}

func reviewEntry(what string, v *store.AccessReview) store.AuditEntry {
	return store.AuditEntry{Action: "access." + what, Kind: "access_review", Object: v.ID,
		Registry: registryOf(v.RegistryID)}
}

// ReviewAnswer is what somebody says to a line of a review.
type ReviewAnswer struct {
	GrantID string
	Answer  store.LineAnswer
	Reason  string
}

// AnswerReview stores answers to lines of a review, ends what is to end, and closes the review when nothing is left.
// Version must be the stored one. Nobody answers for their own grant: Forbidden "access.own_line". A grant that was
// ended can't be kept: Conflict "access.over". What says the same as before changes nothing.
func (d *DB) AnswerReview(ctx context.Context, id string, version int, answers []ReviewAnswer, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		v, err := t.review(id)
		switch {
		case err != nil:
			return err
		case v.State == store.ReviewClosed:
			return store.E(store.Conflict, "access.review_closed", nil)
		case v.Version != version:
			return changed()
		}
		var kept, ended []store.Grant
		for _, a := range answers {
			l := v.Line(a.GrantID)
			switch {
			case l == nil:
				return notFound("grant.not_found")
			case !slices.Contains(store.LineAnswers, a.Answer):
				return store.FieldError("line-"+a.GrantID, "field.choice", nil)
			case l.Answer == a.Answer && l.Reason == a.Reason:
				continue
			case by.UserID == "" || l.Mine(by.UserID):
				return store.E(store.Forbidden, "access.own_line", nil)
			case !l.Grant.Until.IsZero() && !t.now.Before(l.Grant.Until):
				return store.E(store.Conflict, "access.over", nil)
			}
			l.Answer = a.Answer
			if a.Answer == store.LineEnd {
				ended = append(ended, l.Grant)
			} else {
				kept = append(kept, l.Grant)
			}
			err := t.exec(`UPDATE access_review_line SET answer = $3, reason = $4, answered_by = $5, answered_at = $6
				WHERE review_id = $1 AND grant_id = $2`, id, a.GrantID, a.Answer, a.Reason, author(by), micros(t.now))
			if err != nil {
				return err
			}
		}
		if kept == nil && ended == nil {
			return nil
		}
		e := reviewEntry("review_answer", v)
		e.Details = store.Args{"kept": len(kept), "ended": len(ended)}
		if err := t.stepReview(v); err != nil {
			return err
		}
		return t.endLines(ended, by, e)
	})
}

// stepReview counts a change of a review, and closes it when nothing is left to answer.
func (t *tx) stepReview(v *store.AccessReview) error {
	if v.Waiting(t.now) == 0 {
		v.State, v.ClosedAt = store.ReviewClosed, t.now
	}
	return t.write(`UPDATE access_review SET state = $3, closed_at = $4, version = version + 1
		WHERE id = $1 AND version = $2`, v.ID, v.Version, v.State, micros(v.ClosedAt))
}

// endLines ends those of the grants that can be ended here, with what follows from it, and writes the entry.
func (t *tx) endLines(grants []store.Grant, by store.Actor, e store.AuditEntry) error {
	var ended, deputies []string
	for _, g := range grants {
		if !g.EndsHere() {
			continue
		}
		if err := t.endGrant(g.ID, "", by); err != nil {
			return err
		}
		ended = append(ended, g.ID)
	}
	for _, g := range grants {
		if !slices.Contains(ended, g.ID) {
			continue
		}
		if err := t.endSessions(g.UserID); err != nil {
			return err
		}
		lost, err := t.endDeputies(g.UserID, by)
		if err != nil {
			return err
		}
		for _, l := range lost {
			deputies = append(deputies, l.ID)
		}
	}
	if ended != nil {
		e.Details["ended_ids"] = ended
	}
	if deputies != nil {
		e.Details["deputies_ended"] = deputies
	}
	return t.audit(by, e)
}

// LateReview notes that the deadline of a review has passed; end also ends what the portal granted and nobody has
// confirmed, except the last security officer: a portal that nobody can let anybody into helps no one. A review whose
// deadline hasn't passed, or that was noted already, stays as it is.
func (d *DB) LateReview(ctx context.Context, id string, end bool, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		v, err := t.review(id)
		if err != nil || v.State != store.ReviewOpen || !v.DueOn.Lapsed(t.now) {
			return err
		}
		e := reviewEntry("review_overdue", v)
		e.Details = store.Args{"waiting": v.Waiting(t.now)}
		var ended []store.Grant
		if end {
			officers, err := t.officers()
			if err != nil {
				return err
			}
			for _, l := range v.Lines {
				if l.Settled(t.now) || !l.Grant.EndsHere() {
					continue
				}
				if l.Grant.Role == store.RoleSecurity {
					others := slices.DeleteFunc(slices.Clone(officers), func(id string) bool { return id == l.Grant.UserID })
					if len(others) == 0 {
						continue
					}
					officers = others
				}
				ended = append(ended, l.Grant)
			}
		}
		v.State = store.ReviewOverdue
		for _, g := range ended {
			v.Line(g.ID).Grant.Until = t.now
		}
		if err := t.stepReview(v); err != nil {
			return err
		}
		return t.endLines(ended, by, e)
	})
}

// CloseReview closes a review whose lines are all settled by what happened elsewhere. One with lines left stays open.
func (d *DB) CloseReview(ctx context.Context, id string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		v, err := t.review(id)
		if err != nil || v.State == store.ReviewClosed || v.Waiting(t.now) > 0 {
			return err
		}
		if err := t.stepReview(v); err != nil {
			return err
		}
		return t.audit(by, reviewEntry("review_close", v))
	})
}

// Officers returns the ids of those who may say yes to requests now, in order.
func (d *DB) Officers(ctx context.Context) ([]string, error) {
	return read(ctx, d, (*tx).officers)
}

func (t *tx) officers() ([]string, error) {
	ids, err := all(t, scanText, `SELECT DISTINCT g.user_id FROM role_grant g
		WHERE g.role = $1 AND g.begins <= $2 AND (g.until = 0 OR g.until > $2)
			AND NOT EXISTS (SELECT 1 FROM user_block b WHERE b.user_id = g.user_id AND b.lifted_at = 0)
			AND NOT EXISTS (SELECT 1 FROM role_grant a WHERE a.user_id = g.user_id AND a.role = $3 AND a.begins <= $2
				AND (a.until = 0 OR a.until > $2))`,
		store.RoleSecurity, micros(t.now), store.RoleAdmin)
	slices.Sort(ids)
	return ids, err
}
