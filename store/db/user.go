package db

import (
	"context"
	"slices"
	"time"

	"samband/store"
)

const userColumns = `id, issuer, subject, name, last_seen`

func scanUser(r row) (u store.User, err error) {
	err = r.Scan(&u.ID, &u.Issuer, &u.Subject, &u.Name, moment{&u.LastSeen})
	return u, err
}

// SignIn finds the user (issuer, subject) or makes it, and notes name and time. The person signs in, so the entry in
// the log is theirs.
func (d *DB) SignIn(ctx context.Context, issuer, subject, name string, at time.Time) (store.User, error) {
	var u *store.User
	err := d.update(ctx, func(t *tx) (err error) {
		u, err = one(t, "user.not_found", scanUser, `INSERT INTO portal_user (`+userColumns+`) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name, last_seen = excluded.last_seen
			RETURNING `+userColumns, t.ids.New(), issuer, subject, name, micros(at))
		if err != nil {
			return err
		}
		return t.audit(store.UserActor(*u, ""), about("user.sign_in", u.ID, ""))
	})
	if err != nil {
		return store.User{}, err
	}
	return *u, nil
}

// User returns a user by our id, or "user.not_found".
func (d *DB) User(ctx context.Context, id string) (store.User, error) {
	return read(ctx, d, func(t *tx) (store.User, error) { return t.user(id) })
}

func (t *tx) user(id string) (store.User, error) {
	u, err := one(t, "user.not_found", scanUser, `SELECT `+userColumns+` FROM portal_user WHERE id = $1`, id)
	if err != nil {
		return store.User{}, err
	}
	return *u, nil
}

// Users returns everybody who has logged in, in order of id.
func (d *DB) Users(ctx context.Context) ([]store.User, error) {
	return read(ctx, d, func(t *tx) ([]store.User, error) {
		list, err := all(t, scanUser, `SELECT `+userColumns+` FROM portal_user`)
		return byID(list, func(u *store.User) string { return u.ID }), err
	})
}

const grantColumns = `id, user_id, role, registry_id, source, granted_by, granted_at, until`

func scanGrant(r row) (g store.Grant, err error) {
	err = r.Scan(&g.ID, &g.UserID, &g.Role, &g.RegistryID, &g.Source, &g.GrantedBy, moment{&g.GrantedAt}, moment{&g.Until})
	return g, err
}

// Grants returns every grant of a user, also those that have ended: their Until has passed.
func (d *DB) Grants(ctx context.Context, userID string) ([]store.Grant, error) {
	return read(ctx, d, func(t *tx) ([]store.Grant, error) { return t.grants(userID) })
}

func (t *tx) grants(userID string) ([]store.Grant, error) {
	return all(t, scanGrant, `SELECT `+grantColumns+` FROM role_grant WHERE user_id = $1 ORDER BY granted_at, id`, userID)
}

// Access returns who had access at a moment, now or in the past, and by which grant; in order of user.
func (d *DB) Access(ctx context.Context, at time.Time) ([]store.Access, error) {
	return read(ctx, d, func(t *tx) ([]store.Access, error) {
		list, err := all(t, func(r row) (a store.Access, err error) {
			u, g := &a.User, &a.Grant
			err = r.Scan(&u.ID, &u.Issuer, &u.Subject, &u.Name, moment{&u.LastSeen}, &g.ID, &g.UserID, &g.Role, &g.RegistryID,
				&g.Source, &g.GrantedBy, moment{&g.GrantedAt}, moment{&g.Until})
			return a, err
		}, `SELECT u.id, u.issuer, u.subject, u.name, u.last_seen, g.id, g.user_id, g.role, g.registry_id, g.source,
				g.granted_by, g.granted_at, g.until
			FROM role_grant g JOIN portal_user u ON u.id = g.user_id
			WHERE g.granted_at <= $1 AND (g.until = 0 OR g.until > $1)`, micros(at))
		return byID(list, func(a *store.Access) string { return a.User.ID + " " + a.Grant.ID }), err
	})
}

// Grant gives a user a role and sets ID, GrantedBy and GrantedAt. The user's sessions end, so that what they may do is
// never a mixture of before and after.
func (d *DB) Grant(ctx context.Context, g *store.Grant, by store.Actor) error {
	var bad store.FieldErrors
	if !slices.Contains(store.PortalRoles, g.Role) {
		bad.Add("role", "field.choice", nil)
	}
	if g.RegistryID == "" || g.Role.PortalWide() && g.RegistryID != store.AllRegistries {
		bad.Add("registry", "field.choice", nil)
	}
	if err := bad.OrNil(); err != nil {
		return err
	}
	n := *g
	err := d.update(ctx, func(t *tx) error {
		if _, err := t.user(g.UserID); err != nil {
			return err
		}
		if g.RegistryID != store.AllRegistries {
			if _, err := t.registry(g.RegistryID); err != nil {
				return err
			}
		}
		n.GrantedBy = author(by)
		if err := t.grant(&n); err != nil {
			return err
		}
		if err := t.endSessions(n.UserID); err != nil {
			return err
		}
		return t.audit(by, grantEntry("grant", &n))
	})
	if err == nil {
		*g = n
	}
	return err
}

// grantEntry is about the user, who is what people look for.
func grantEntry(what string, g *store.Grant) store.AuditEntry {
	e := store.AuditEntry{Action: "access." + what, Kind: "user", Object: g.UserID,
		Details: store.Args{"role": string(g.Role), "registry": g.RegistryID, "source": g.Source}}
	if g.RegistryID != store.AllRegistries {
		e.Registry = g.RegistryID
	}
	return e
}

func (t *tx) grant(g *store.Grant) error {
	g.ID, g.GrantedAt = t.ids.New(), t.now
	return t.write(`INSERT INTO role_grant (`+grantColumns+`, ended_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')`,
		g.ID, g.UserID, g.Role, g.RegistryID, g.Source, g.GrantedBy, micros(g.GrantedAt), micros(g.Until))
}

// endGrant ends a grant now; one that has ended stays as it is.
func (t *tx) endGrant(id string, by store.Actor) error {
	return t.exec(`UPDATE role_grant SET until = $2, ended_by = $3 WHERE id = $1 AND (until = 0 OR until > $2)`,
		id, micros(t.now), author(by))
}

// RevokeGrant ends a grant now, and the user's sessions with it.
func (d *DB) RevokeGrant(ctx context.Context, id, reason string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		g, err := one(t, "grant.not_found", scanGrant, `SELECT `+grantColumns+` FROM role_grant WHERE id = $1`, id)
		if err != nil {
			return err
		}
		if err := t.endGrant(id, by); err != nil {
			return err
		}
		if err := t.endSessions(g.UserID); err != nil {
			return err
		}
		e := grantEntry("revoke", g)
		e.Reason = reason
		return t.audit(by, e)
	})
}

// ReplaceGrants puts grants in place of those the user has from a source, at login: equal ones stay as they are, the
// others end. When something changes, the user's earlier sessions end and the log says so.
func (d *DB) ReplaceGrants(ctx context.Context, userID, source string, grants []store.Grant) error {
	by := store.Actor{Name: source}
	return d.update(ctx, func(t *tx) error {
		have, err := t.grants(userID)
		if err != nil {
			return err
		}
		have = slices.DeleteFunc(have, func(g store.Grant) bool {
			return g.Source != source || !g.Until.IsZero() && !t.now.Before(g.Until)
		})
		same := func(a store.Grant) func(store.Grant) bool {
			return func(b store.Grant) bool {
				return a.Role == b.Role && a.RegistryID == b.RegistryID && a.Until.Equal(b.Until)
			}
		}
		var given, ended []string
		for _, g := range have {
			if !slices.ContainsFunc(grants, same(g)) {
				if err := t.endGrant(g.ID, by); err != nil {
					return err
				}
				ended = append(ended, string(g.Role)+":"+g.RegistryID)
			}
		}
		for _, g := range grants {
			if !slices.ContainsFunc(have, same(g)) {
				g.UserID, g.Source, g.GrantedBy = userID, source, author(by)
				if err := t.grant(&g); err != nil {
					return err
				}
				given = append(given, string(g.Role)+":"+g.RegistryID)
			}
		}
		if given == nil && ended == nil {
			return nil
		}
		if err := t.endSessions(userID); err != nil {
			return err
		}
		e := store.AuditEntry{Action: "access.replace", Kind: "user", Object: userID, Details: store.Args{"source": source}}
		if given != nil {
			e.Details["given"] = given
		}
		if ended != nil {
			e.Details["ended"] = ended
		}
		return t.audit(by, e)
	})
}
