package db

import (
	"context"
	"slices"
	"time"

	"samband/store"
)

const sessionColumns = `hash, COALESCE(user_id, ''), sid, created, last_seen, expires, data`

func scanSession(r row) (s store.Session, err error) {
	err = r.Scan(&s.Hash, &s.UserID, &s.SID, moment{&s.Created}, moment{&s.LastSeen}, moment{&s.Expires}, &s.Data)
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
	return read(ctx, d, func(t *tx) ([]store.Session, error) { return t.sessions(userID) })
}

func (t *tx) sessions(userID string) ([]store.Session, error) {
	return all(t, scanSession, `SELECT `+sessionColumns+` FROM portal_session WHERE user_id = $1 AND expires > $2
		ORDER BY last_seen DESC, created DESC`, userID, micros(t.now))
}

// CreateSession inserts a session with a new hash. Logging in is SignIn's entry in the log.
func (d *DB) CreateSession(ctx context.Context, s store.Session) error {
	return d.update(ctx, func(t *tx) error {
		return t.write(`INSERT INTO portal_session (hash, user_id, sid, created, last_seen, expires, data)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			s.Hash, orNull(s.UserID), s.SID, micros(s.Created), micros(s.LastSeen), micros(s.Expires), bytesOf(s.Data))
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

// RevokeSession ends the session of a user that has this Ref, or "session.not_found".
func (d *DB) RevokeSession(ctx context.Context, userID, ref string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		list, err := t.sessions(userID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(s store.Session) bool { return s.Ref() == ref })
		if i < 0 {
			return notFound("session.not_found")
		}
		if err := t.exec(`DELETE FROM portal_session WHERE hash = $1`, list[i].Hash); err != nil {
			return err
		}
		return t.audit(by, store.AuditEntry{Action: "session.revoke", Kind: "user", Object: userID})
	})
}

// RevokeSessions ends every session of a user but the one with the hash keep ("" for none), and tells how many.
func (d *DB) RevokeSessions(ctx context.Context, userID, keep string, by store.Actor) (n int, err error) {
	err = d.update(ctx, func(t *tx) error {
		ended, err := t.affect(`DELETE FROM portal_session WHERE user_id = $1 AND hash <> $2`, userID, keep)
		if err != nil {
			return err
		}
		n = int(ended)
		return t.audit(by, store.AuditEntry{Action: "session.revoke_all", Kind: "user", Object: userID,
			Details: store.Args{"sessions": n}})
	})
	return n, err
}

// EndProviderSessions ends the sessions that the identity provider says are over, and tells how many: those of SID,
// those of Subject, and with both those of Subject that are of SID or of a session we were never told the name of. A
// token counts once: again it is Conflict "session.replayed".
func (d *DB) EndProviderSessions(ctx context.Context, l store.ProviderLogout, by store.Actor) (n int, err error) {
	err = d.update(ctx, func(t *tx) error {
		if err := t.exec(`DELETE FROM logout_token WHERE expires <= $1`, micros(t.now)); err != nil {
			return err
		}
		first, err := t.affect(`INSERT INTO logout_token (issuer, jti, expires) VALUES ($1, $2, $3)
			ON CONFLICT (issuer, jti) DO NOTHING`, l.Issuer, l.TokenID, micros(l.Expires))
		if err != nil {
			return err
		}
		if first == 0 {
			return store.E(store.Conflict, "session.replayed", nil)
		}
		w := where{}
		switch {
		case l.Subject == "":
			w.and(`sid = ? AND user_id IN (SELECT id FROM portal_user WHERE issuer = ?)`, l.SID, l.Issuer)
		case l.SID == "":
			w.and(`user_id IN (SELECT id FROM portal_user WHERE issuer = ? AND subject = ?)`, l.Issuer, l.Subject)
		default:
			w.and(`user_id IN (SELECT id FROM portal_user WHERE issuer = ? AND subject = ?) AND (sid = ? OR sid = '')`,
				l.Issuer, l.Subject, l.SID)
		}
		ended, err := all(t, scanText, `DELETE FROM portal_session`+w.String()+` RETURNING user_id`, w.args...)
		if err != nil {
			return err
		}
		n = len(ended)
		slices.Sort(ended)
		return t.audit(by, store.AuditEntry{Action: "session.provider_logout", Kind: "session", Object: l.Issuer,
			Details: store.Args{"sessions": n, "users": slices.Compact(ended)}})
	})
	return n, err
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
