package db

import (
	"context"
	"slices"
	"time"

	"samband/store"
)

const grantColumns = `id, user_id, role, registry_id, source, asked_by, reason, deputy_for, granted_by, granted_at, begins,
	until, ended_by, end_reason`

// grantOf are grantColumns of role_grant g.
const grantOf = `g.id, g.user_id, g.role, g.registry_id, g.source, g.asked_by, g.reason, g.deputy_for, g.granted_by,
	g.granted_at, g.begins, g.until, g.ended_by, g.end_reason`

func grantInto(g *store.Grant) []any {
	return []any{&g.ID, &g.UserID, &g.Role, &g.RegistryID, &g.Source, &g.AskedBy, &g.Reason, &g.DeputyFor, &g.GrantedBy,
		moment{&g.GrantedAt}, moment{&g.From}, moment{&g.Until}, &g.EndedBy, &g.EndReason}
}

func scanGrant(r row) (g store.Grant, err error) {
	err = r.Scan(grantInto(&g)...)
	return g, err
}

// scanAccess reads a user and a grant.
func scanAccess(r row) (a store.Access, err error) {
	u := &a.User
	err = r.Scan(append([]any{&u.ID, &u.Issuer, &u.Subject, &u.Name, moment{&u.LastSeen}, moment{&u.BlockedAt}},
		grantInto(&a.Grant)...)...)
	return a, err
}

func byUser(list []store.Access) []store.Access {
	return byID(list, func(a *store.Access) string { return a.User.ID + " " + a.Grant.ID })
}

// Grants returns every grant of a user, also those that have ended, their Until has passed, and those to come.
func (d *DB) Grants(ctx context.Context, userID string) ([]store.Grant, error) {
	return read(ctx, d, func(t *tx) ([]store.Grant, error) { return t.grants(userID) })
}

func (t *tx) grants(userID string) ([]store.Grant, error) {
	return all(t, scanGrant, `SELECT `+grantColumns+` FROM role_grant WHERE user_id = $1 ORDER BY granted_at, id`, userID)
}

// GrantByID returns one grant, or "grant.not_found".
func (d *DB) GrantByID(ctx context.Context, id string) (*store.Grant, error) {
	return read(ctx, d, func(t *tx) (*store.Grant, error) { return t.grantByID(id) })
}

func (t *tx) grantByID(id string) (*store.Grant, error) {
	return one(t, "grant.not_found", scanGrant, `SELECT `+grantColumns+` FROM role_grant WHERE id = $1`, id)
}

// Access returns who had access at a moment, now or in the past, and by which grant; in order of user. Who was blocked
// then is marked so.
func (d *DB) Access(ctx context.Context, at time.Time) ([]store.Access, error) {
	return read(ctx, d, func(t *tx) ([]store.Access, error) { return t.access(at) })
}

func (t *tx) access(at time.Time) ([]store.Access, error) {
	list, err := all(t, scanAccess, `SELECT `+userColumns+`, `+grantOf+`
		FROM role_grant g JOIN portal_user u ON u.id = g.user_id
		WHERE g.granted_at <= $1 AND g.begins <= $1 AND (g.until = 0 OR g.until > $1)`, micros(at))
	if err != nil {
		return nil, err
	}
	blocked, err := all(t, scanText, `SELECT user_id FROM user_block
		WHERE blocked_at <= $1 AND (lifted_at = 0 OR lifted_at > $1)`, micros(at))
	for i := range list {
		list[i].Blocked = slices.Contains(blocked, list[i].User.ID)
	}
	return byUser(list), err
}

// AccessToCome returns the grants that have been given and haven't begun, in order of user.
func (d *DB) AccessToCome(ctx context.Context) ([]store.Access, error) {
	return read(ctx, d, func(t *tx) ([]store.Access, error) {
		list, err := all(t, scanAccess, `SELECT `+userColumns+`, `+grantOf+`
			FROM role_grant g JOIN portal_user u ON u.id = g.user_id
			WHERE g.begins > $1 AND (g.until = 0 OR g.until > $1)`, micros(t.now))
		return byUser(list), err
	})
}

// AccessEnding returns the grants that hold now and end by themselves from one moment until another: what people are
// warned of. In order of user.
func (d *DB) AccessEnding(ctx context.Context, from, to time.Time) ([]store.Access, error) {
	return read(ctx, d, func(t *tx) ([]store.Access, error) {
		list, err := all(t, scanAccess, `SELECT `+userColumns+`, `+grantOf+`
			FROM role_grant g JOIN portal_user u ON u.id = g.user_id
			WHERE g.begins <= $1 AND g.until > $1 AND g.until >= $2 AND g.until < $3`, micros(t.now), micros(from), micros(to))
		return byUser(list), err
	})
}

// Grant gives a user a role and sets ID, GrantedBy and GrantedAt. The user's sessions end, so that what they may do is
// never a mixture of before and after. Two people's agreement is not asked for here: that is DecideAccess.
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
		if err := t.grantable(&n); err != nil {
			return err
		}
		n.GrantedBy = author(by)
		if err := t.grant(&n); err != nil {
			return err
		}
		return t.accessChanged(by, grantEntry("grant", &n), n.UserID, []store.Grant{n}, nil)
	})
	if err == nil {
		*g = n
	}
	return err
}

// grantable refuses a grant whose user or registry isn't there, one that nobody may have beside what they have, and a
// deputy's that goes beyond the one who is away.
func (t *tx) grantable(g *store.Grant) error {
	if _, err := t.user(g.UserID); err != nil {
		return err
	}
	if g.RegistryID != store.AllRegistries {
		if _, err := t.registry(g.RegistryID); err != nil {
			return err
		}
	}
	have, err := t.open(g.UserID)
	if err == nil {
		err = store.Separate(have, *g)
	}
	if err != nil || g.DeputyFor == "" {
		return err
	}
	away, err := t.backing(g.DeputyFor)
	if err == nil && !g.Backed(away, t.now) {
		err = store.FieldError("deputy_for", "access.beyond", nil)
	}
	return err
}

// open gives the grants of a user that hold now or will.
func (t *tx) open(userID string) ([]store.Grant, error) {
	have, err := t.grants(userID)
	return slices.DeleteFunc(have, func(g store.Grant) bool { return !g.Until.IsZero() && !t.now.Before(g.Until) }), err
}

// backing gives what deputies of a user can stand on: nothing while the user is blocked.
func (t *tx) backing(userID string) ([]store.Grant, error) {
	u, err := t.user(userID)
	if err != nil || !u.BlockedAt.IsZero() {
		return nil, err
	}
	return t.open(userID)
}

// grantEntry is about the user, who is what people look for.
func grantEntry(what string, g *store.Grant) store.AuditEntry {
	e := store.AuditEntry{Action: "access." + what, Kind: "user", Object: g.UserID,
		Details: store.Args{"role": string(g.Role), "registry": g.RegistryID, "source": g.Source}}
	if !g.From.IsZero() {
		e.Details["from"] = g.From
	}
	if !g.Until.IsZero() {
		e.Details["until"] = g.Until
	}
	if g.DeputyFor != "" {
		e.Details["deputy_for"] = g.DeputyFor
	}
	e.Registry = registryOf(g.RegistryID)
	return e
}

// registryOf is the registry that an entry in the log concerns.
func registryOf(id string) string {
	if id == store.AllRegistries {
		return ""
	}
	return id
}

func (t *tx) grant(g *store.Grant) error {
	g.ID, g.GrantedAt = t.ids.New(), t.now
	return t.write(`INSERT INTO role_grant (`+grantColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '')`,
		g.ID, g.UserID, g.Role, g.RegistryID, g.Source, g.AskedBy, g.Reason, g.DeputyFor, g.GrantedBy, micros(g.GrantedAt),
		micros(g.From), micros(g.Until))
}

// endGrant ends a grant now; one that has ended stays as it is.
func (t *tx) endGrant(id, reason string, by store.Actor) error {
	return t.exec(`UPDATE role_grant SET until = $2, ended_by = $3, end_reason = $4
		WHERE id = $1 AND (until = 0 OR until > $2)`, id, micros(t.now), author(by), reason)
}

// accessChanged ends what follows from a change of what a user may do, and writes the entry: the user's sessions, and
// what deputies of theirs have lost the ground for. Given and ended are the grants that the change made and took.
func (t *tx) accessChanged(by store.Actor, e store.AuditEntry, userID string, given, ended []store.Grant) error {
	if slices.ContainsFunc(given, func(g store.Grant) bool { return g.Holds(t.now) }) || given == nil {
		if err := t.endSessions(userID); err != nil { // what begins later is seen at the first request after it has
			return err
		}
	}
	deputies, err := t.endDeputies(userID, by)
	if err != nil {
		return err
	}
	if e.Details == nil {
		e.Details = store.Args{}
	}
	name := func(key string, grants []store.Grant) {
		if grants == nil {
			return
		}
		var ids []string
		for _, g := range grants {
			ids = append(ids, g.ID)
		}
		e.Details[key] = ids
	}
	name("given_ids", given)
	name("ended_ids", ended)
	name("deputies_ended", deputies)
	return t.audit(by, e)
}

// endDeputies ends the grants of those who stand in for a user as far as the user's own no longer carry them, and their
// sessions.
func (t *tx) endDeputies(userID string, by store.Actor) ([]store.Grant, error) {
	list, err := all(t, scanGrant, `SELECT `+grantColumns+` FROM role_grant
		WHERE deputy_for = $1 AND (until = 0 OR until > $2) ORDER BY granted_at, id`, userID, micros(t.now))
	if err != nil || list == nil {
		return nil, err
	}
	away, err := t.backing(userID)
	if err != nil {
		return nil, err
	}
	var ended []store.Grant
	for _, g := range list {
		if g.Backed(away, t.now) {
			continue
		}
		if err := t.endGrant(g.ID, "", by); err != nil {
			return nil, err
		}
		if err := t.endSessions(g.UserID); err != nil {
			return nil, err
		}
		ended = append(ended, g)
	}
	return ended, nil
}

// RevokeGrant ends a grant now, and the user's sessions with it. One that is over: Conflict "access.over". One that the
// login gives: Conflict "access.from_login", for it would be back after the next.
func (d *DB) RevokeGrant(ctx context.Context, id, reason string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		g, err := t.grantByID(id)
		switch {
		case err != nil:
			return err
		case !g.EndsHere():
			return store.E(store.Conflict, "access.from_login", nil)
		case !g.Until.IsZero() && !t.now.Before(g.Until):
			return store.E(store.Conflict, "access.over", nil)
		}
		if err := t.endGrant(id, reason, by); err != nil {
			return err
		}
		e := grantEntry("revoke", g)
		e.Reason = reason
		return t.accessChanged(by, e, g.UserID, nil, []store.Grant{*g})
	})
}

// ReplaceGrants puts grants in place of those the user has from a source, at login: equal ones stay as they are, the
// others end. When something changes, the user's earlier sessions end and the log says so.
func (d *DB) ReplaceGrants(ctx context.Context, userID, source string, grants []store.Grant) error {
	by := store.Actor{Name: source}
	return d.update(ctx, func(t *tx) error {
		have, err := t.open(userID)
		if err != nil {
			return err
		}
		have = slices.DeleteFunc(have, func(g store.Grant) bool { return g.Source != source })
		same := func(a store.Grant) func(store.Grant) bool {
			return func(b store.Grant) bool {
				return a.Role == b.Role && a.RegistryID == b.RegistryID && a.Until.Equal(b.Until)
			}
		}
		var given, ended []store.Grant
		for _, g := range have {
			if !slices.ContainsFunc(grants, same(g)) {
				if err := t.endGrant(g.ID, "", by); err != nil {
					return err
				}
				ended = append(ended, g)
			}
		}
		for _, g := range grants {
			if !slices.ContainsFunc(have, same(g)) {
				g.UserID, g.Source, g.GrantedBy = userID, source, author(by)
				if err := t.grant(&g); err != nil {
					return err
				}
				given = append(given, g)
			}
		}
		if given == nil && ended == nil {
			return nil
		}
		e := store.AuditEntry{Action: "access.replace", Kind: "user", Object: userID, Details: store.Args{"source": source}}
		if given != nil {
			e.Details["given"] = roles(given)
		}
		if ended != nil {
			e.Details["ended"] = roles(ended)
		}
		return t.accessChanged(by, e, userID, given, ended)
	})
}

// roles names grants by role and registry, for the log.
func roles(grants []store.Grant) []string {
	names := make([]string, len(grants))
	for i, g := range grants {
		names[i] = string(g.Role) + ":" + g.RegistryID
	}
	return names
}

// Inactive returns those who haven't logged in since a moment and hold grants of the portal's that are older.
func (d *DB) Inactive(ctx context.Context, since time.Time) ([]store.User, error) {
	return read(ctx, d, func(t *tx) ([]store.User, error) {
		list, err := all(t, scanUser, `SELECT `+userColumns+` FROM portal_user u WHERE u.last_seen < $1 AND EXISTS (
			SELECT 1 FROM role_grant g WHERE g.user_id = u.id AND `+inactive+`)`, micros(since), store.SourcePortal, micros(t.now))
		return byID(list, func(u *store.User) string { return u.ID }), err
	})
}

// inactive picks the grants g from source $2 that hold at $3 and began before $1.
const inactive = `g.source = $2 AND g.granted_at < $1 AND g.begins < $1 AND (g.until = 0 OR g.until > $3)`

// EndInactive ends what the portal has granted somebody who hasn't logged in since a moment, and nothing when they
// have, or when nothing was granted before it.
func (d *DB) EndInactive(ctx context.Context, userID string, since time.Time, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		u, err := t.user(userID)
		if err != nil || !u.LastSeen.Before(since) {
			return err
		}
		list, err := all(t, scanGrant, `SELECT `+grantOf+` FROM role_grant g WHERE g.user_id = $4 AND `+inactive+`
			ORDER BY g.granted_at, g.id`, micros(since), store.SourcePortal, micros(t.now), userID)
		if err != nil || list == nil {
			return err
		}
		for _, g := range list {
			if err := t.endGrant(g.ID, "", by); err != nil {
				return err
			}
		}
		e := store.AuditEntry{Action: "access.inactive", Kind: "user", Object: userID,
			Details: store.Args{"ended": roles(list), "last_seen": u.LastSeen}}
		return t.accessChanged(by, e, userID, nil, list)
	})
}
