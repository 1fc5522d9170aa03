package db

import (
	"context"

	"samband/store"
)

const emergencyColumns = `id, salt, hash, role, sealed_by, sealed_at`

func scanEmergency(r row) (e store.EmergencyCode, err error) {
	err = r.Scan(&e.ID, &e.Salt, &e.Hash, &e.Role, &e.SealedBy, moment{&e.SealedAt})
	return e, err
}

// SealEmergency keeps a code of the emergency account and sets its ID, SealedBy and SealedAt. An earlier code that
// nobody used is worth nothing from then on.
func (d *DB) SealEmergency(ctx context.Context, e *store.EmergencyCode, by store.Actor) error {
	n := *e
	err := d.update(ctx, func(t *tx) error {
		n.ID, n.SealedBy, n.SealedAt = t.ids.New(), by.Name, t.now
		if err := t.exec(`UPDATE emergency_code SET ended_at = $1 WHERE ended_at = 0`, micros(t.now)); err != nil {
			return err
		}
		err := t.write(`INSERT INTO emergency_code (`+emergencyColumns+`, ended_at) VALUES ($1, $2, $3, $4, $5, $6, 0)`,
			n.ID, n.Salt, n.Hash, n.Role, n.SealedBy, micros(n.SealedAt))
		return t.created(err, by, store.AuditEntry{Action: "emergency.seal", Kind: "emergency", Object: n.ID,
			Details: store.Args{"role": string(n.Role)}})
	})
	if err == nil {
		*e = n
	}
	return err
}

// SealedEmergency returns the code that is sealed, or "emergency.not_found".
func (d *DB) SealedEmergency(ctx context.Context) (*store.EmergencyCode, error) {
	return read(ctx, d, func(t *tx) (*store.EmergencyCode, error) {
		return one(t, "emergency.not_found", scanEmergency, `SELECT `+emergencyColumns+` FROM emergency_code WHERE ended_at = 0`)
	})
}

// OpenEmergency uses a sealed code up: it makes a user of that name, who has the code's role for store.EmergencyLife.
// The entry in the log is theirs and carries the reason. Of two who come at once, one gets Conflict "emergency.used".
func (d *DB) OpenEmergency(ctx context.Context, id, name, reason, request string) (u store.User, g store.Grant, err error) {
	err = d.update(ctx, func(t *tx) error {
		n, err := t.affect(`UPDATE emergency_code SET ended_at = $2 WHERE id = $1 AND ended_at = 0`, id, micros(t.now))
		if err != nil {
			return err
		}
		if n == 0 {
			return store.E(store.Conflict, "emergency.used", nil)
		}
		e, err := one(t, "emergency.not_found", scanEmergency, `SELECT `+emergencyColumns+` FROM emergency_code WHERE id = $1`, id)
		if err != nil {
			return err
		}
		u = store.User{ID: t.ids.New(), Issuer: store.EmergencyIssuer, Subject: id, Name: name, LastSeen: t.now}
		err = t.write(`INSERT INTO portal_user (id, issuer, subject, name, last_seen) VALUES ($1, $2, $3, $4, $5)`,
			u.ID, u.Issuer, u.Subject, u.Name, micros(u.LastSeen))
		if err != nil {
			return err
		}
		g = store.Grant{UserID: u.ID, Role: e.Role, RegistryID: store.AllRegistries, Source: store.SourceEmergency,
			GrantedBy: e.SealedBy, Until: t.now.Add(store.EmergencyLife)}
		if err := t.grant(&g); err != nil {
			return err
		}
		return t.audit(store.UserActor(u, request), store.AuditEntry{Action: "session.emergency", Kind: "session",
			Object: u.ID, Reason: reason, Details: store.Args{"role": string(e.Role), "until": g.Until}})
	})
	return u, g, err
}
