package db

import (
	"context"
	"time"

	"samband/store"
)

// userColumns are those of portal_user u, and since when the user is blocked.
const userColumns = `u.id, u.issuer, u.subject, u.name, u.last_seen,
	COALESCE((SELECT b.blocked_at FROM user_block b WHERE b.user_id = u.id AND b.lifted_at = 0), 0)`

func scanUser(r row) (u store.User, err error) {
	err = r.Scan(&u.ID, &u.Issuer, &u.Subject, &u.Name, moment{&u.LastSeen}, moment{&u.BlockedAt})
	return u, err
}

// SignIn finds the user (issuer, subject) or makes it, and notes name and time. The person signs in, so the entry in
// the log is theirs.
func (d *DB) SignIn(ctx context.Context, issuer, subject, name string, at time.Time) (store.User, error) {
	var u store.User
	err := d.update(ctx, func(t *tx) error {
		id, err := value[string](t, `INSERT INTO portal_user (id, issuer, subject, name, last_seen)
			VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name, last_seen = excluded.last_seen
			RETURNING id`, t.ids.New(), issuer, subject, name, micros(at))
		if err != nil {
			return err
		}
		if u, err = t.user(id); err != nil {
			return err
		}
		return t.audit(store.UserActor(u, ""), about("user.sign_in", u.ID, ""))
	})
	return u, err
}

// User returns a user by our id, or "user.not_found".
func (d *DB) User(ctx context.Context, id string) (store.User, error) {
	return read(ctx, d, func(t *tx) (store.User, error) { return t.user(id) })
}

func (t *tx) user(id string) (store.User, error) {
	u, err := one(t, "user.not_found", scanUser, `SELECT `+userColumns+` FROM portal_user u WHERE u.id = $1`, id)
	if err != nil {
		return store.User{}, err
	}
	return *u, nil
}

// Users returns everybody who has logged in, in order of id.
func (d *DB) Users(ctx context.Context) ([]store.User, error) {
	return read(ctx, d, func(t *tx) ([]store.User, error) {
		list, err := all(t, scanUser, `SELECT `+userColumns+` FROM portal_user u`)
		return byID(list, func(u *store.User) string { return u.ID }), err
	})
}

const blockColumns = `id, user_id, blocked_by, blocked_at, reason, lifted_by, lifted_at`

func scanBlock(r row) (b store.Block, err error) {
	err = r.Scan(&b.ID, &b.UserID, &b.BlockedBy, moment{&b.BlockedAt}, &b.Reason, &b.LiftedBy, moment{&b.LiftedAt})
	return b, err
}

// Blocks returns every block of a user there has been, the oldest first.
func (d *DB) Blocks(ctx context.Context, userID string) ([]store.Block, error) {
	return read(ctx, d, func(t *tx) ([]store.Block, error) {
		return all(t, scanBlock, `SELECT `+blockColumns+` FROM user_block WHERE user_id = $1 ORDER BY blocked_at, id`, userID)
	})
}

// BlockUser takes every right from a user at once, ends their sessions and what deputies do in their place. Lifting the
// block needs a request and somebody else's yes. A user who is blocked already: Conflict "access.blocked_already".
func (d *DB) BlockUser(ctx context.Context, userID, reason string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		u, err := t.user(userID)
		switch {
		case err != nil:
			return err
		case !u.BlockedAt.IsZero():
			return store.E(store.Conflict, "access.blocked_already", store.Args{"name": u.Name})
		}
		err = t.write(`INSERT INTO user_block (`+blockColumns+`) VALUES ($1, $2, $3, $4, $5, '', 0)`,
			t.ids.New(), userID, author(by), micros(t.now), reason)
		if err != nil {
			return err
		}
		e := store.AuditEntry{Action: "access.block", Kind: "user", Object: userID, Reason: reason}
		return t.accessChanged(by, e, userID, nil, nil)
	})
}

// lift ends the block of a user.
func (t *tx) lift(userID string, by store.Actor) error {
	n, err := t.affect(`UPDATE user_block SET lifted_by = $2, lifted_at = $3 WHERE user_id = $1 AND lifted_at = 0`,
		userID, author(by), micros(t.now))
	if err == nil && n == 0 {
		err = store.E(store.Conflict, "access.not_blocked", nil)
	}
	return err
}
