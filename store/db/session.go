package db

import (
	"context"
	"time"

	"samband/store"
)

const sessionColumns = `hash, COALESCE(user_id, ''), created, last_seen, expires, data`

func scanSession(r row) (s store.Session, err error) {
	err = r.Scan(&s.Hash, &s.UserID, moment{&s.Created}, moment{&s.LastSeen}, moment{&s.Expires}, &s.Data)
	return s, err
}

// Session returns a session, also one that has expired, or "session.not_found".
func (d *DB) Session(ctx context.Context, hash string) (store.Session, error) {
	s, err := read(ctx, d, func(t *tx) (*store.Session, error) {
		return one(t, "session.not_found", scanSession, `SELECT `+sessionColumns+` FROM portal_session WHERE hash = $1`, hash)
	})
	if err != nil {
		return store.Session{}, err
	}
	return *s, nil
}

// Sessions returns the sessions of a user that have not expired, the one used last first.
func (d *DB) Sessions(ctx context.Context, userID string) ([]store.Session, error) {
	return read(ctx, d, func(t *tx) ([]store.Session, error) {
		return all(t, scanSession, `SELECT `+sessionColumns+` FROM portal_session WHERE user_id = $1 AND expires > $2
			ORDER BY last_seen DESC, hash`, userID, micros(t.now))
	})
}

// CreateSession inserts a session with a new hash. Logging in is SignIn's entry in the log.
func (d *DB) CreateSession(ctx context.Context, s store.Session) error {
	return d.update(ctx, func(t *tx) error {
		return t.write(`INSERT INTO portal_session (hash, user_id, created, last_seen, expires, data)
			VALUES ($1, $2, $3, $4, $5, $6)`,
			s.Hash, orNull(s.UserID), micros(s.Created), micros(s.LastSeen), micros(s.Expires), bytesOf(s.Data))
	})
}

// UpdateSession replaces what a session remembers. It never brings back a session that is gone, which is no error.
func (d *DB) UpdateSession(ctx context.Context, hash string, data []byte) error {
	return d.update(ctx, func(t *tx) error {
		return t.exec(`UPDATE portal_session SET data = $2 WHERE hash = $1`, hash, bytesOf(data))
	})
}

// TouchSession notes that a session was used. One that is gone is no error.
func (d *DB) TouchSession(ctx context.Context, hash string, seen time.Time) error {
	return d.update(ctx, func(t *tx) error {
		return t.exec(`UPDATE portal_session SET last_seen = $2 WHERE hash = $1`, hash, micros(seen))
	})
}

// DeleteSession removes a session and tells whether it was there: of two that ask at once, one is told yes.
func (d *DB) DeleteSession(ctx context.Context, hash string) (was bool, err error) {
	err = d.update(ctx, func(t *tx) error {
		n, err := t.affect(`DELETE FROM portal_session WHERE hash = $1`, hash)
		was = n > 0
		return err
	})
	return was, err
}

// DeleteExpiredSessions removes the sessions whose Expires has passed.
func (d *DB) DeleteExpiredSessions(ctx context.Context, now time.Time) error {
	return d.update(ctx, func(t *tx) error {
		return t.exec(`DELETE FROM portal_session WHERE expires <= $1`, micros(now))
	})
}

// RevokeSession ends one session of a user, or "session.not_found".
func (d *DB) RevokeSession(ctx context.Context, userID, hash string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		n, err := t.affect(`DELETE FROM portal_session WHERE hash = $1 AND user_id = $2`, hash, userID)
		if err == nil && n == 0 {
			err = notFound("session.not_found")
		}
		if err != nil {
			return err
		}
		return t.audit(by, store.AuditEntry{Action: "session.revoke", Kind: "user", Object: userID})
	})
}

// RevokeSessions ends every session of a user.
func (d *DB) RevokeSessions(ctx context.Context, userID string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if err := t.endSessions(userID); err != nil {
			return err
		}
		return t.audit(by, store.AuditEntry{Action: "session.revoke_all", Kind: "user", Object: userID})
	})
}

func (t *tx) endSessions(userID string) error {
	return t.exec(`DELETE FROM portal_session WHERE user_id = $1`, userID)
}

// bytesOf is data as it is stored: never NULL.
func bytesOf(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
