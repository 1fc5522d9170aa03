package db

import (
	"context"

	"samband/store"
)

func scanConsentRule(r row) (c store.ConsentRule, err error) {
	err = r.Scan(decode{&c}, &c.Version)
	return c, err
}

// ConsentRules returns the rules of a registry, or of all when registryID is empty, in order of id.
func (d *DB) ConsentRules(ctx context.Context, registryID string) ([]store.ConsentRule, error) {
	var w where
	if registryID != "" {
		w.and("registry_id = ?", registryID)
	}
	return read(ctx, d, func(t *tx) ([]store.ConsentRule, error) {
		list, err := all(t, scanConsentRule, `SELECT body, version FROM consent_rule`+w.String(), w.args...)
		return byID(list, func(c *store.ConsentRule) string { return c.ID }), err
	})
}

// ConsentRule returns a rule, or "consent_rule.not_found".
func (d *DB) ConsentRule(ctx context.Context, id string) (*store.ConsentRule, error) {
	return read(ctx, d, func(t *tx) (*store.ConsentRule, error) { return t.consentRule(id) })
}

func (t *tx) consentRule(id string) (*store.ConsentRule, error) {
	return one(t, "consent_rule.not_found", scanConsentRule, `SELECT body, version FROM consent_rule WHERE id = $1`, id)
}

// CreateConsentRule inserts a rule and sets its Version.
func (d *DB) CreateConsentRule(ctx context.Context, c *store.ConsentRule, by store.Actor) error {
	if err := c.Validate(); err != nil {
		return err
	}
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO consent_rule (id, registry_id, connection_id, body, version) VALUES ($1, $2, $3, $4, 1)`,
			c.ID, c.RegistryID, c.ConnectionID, encode(c))
		if taken(err) {
			return exists("id", c.ID)
		}
		return t.created(err, by, about("consent_rule.create", c.ID, c.RegistryID))
	})
	return done(err, &c.Version, 1)
}

// UpdateConsentRule replaces a rule; versions as in UpdateSolution. It stays with its registry: "consent.registry".
func (d *DB) UpdateConsentRule(ctx context.Context, c *store.ConsentRule, by store.Actor) error {
	if err := c.Validate(); err != nil {
		return err
	}
	return amend(ctx, d, about("consent_rule.update", c.ID, c.RegistryID), c, &c.Version, (*tx).consentRule, by, func(t *tx) error {
		was, err := t.consentRule(c.ID)
		if err == nil && was.RegistryID != c.RegistryID {
			err = store.FieldError("registry", "consent.registry", nil)
		}
		if err != nil {
			return err
		}
		return t.write(`UPDATE consent_rule SET connection_id = $3, body = $4, version = version + 1
			WHERE id = $1 AND version = $2`, c.ID, c.Version, c.ConnectionID, encode(c))
	})
}

// DeleteConsentRule removes a rule. What people have chosen stays where it is.
func (d *DB) DeleteConsentRule(ctx context.Context, id string, version int, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		c, err := t.consentRule(id)
		if err != nil {
			return err
		}
		return t.remove(about("consent_rule.delete", id, c.RegistryID), version, by)
	})
}
