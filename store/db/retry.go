package db

import (
	"context"

	"samband/store"
)

const retryColumns = `integration_id, attempts, first_ns, factor, most_ns, timeout_ns, version`

func scanRetry(r row) (p store.RetryPolicy, err error) {
	err = r.Scan(&p.IntegrationID, &p.Attempts, &p.First, &p.Factor, &p.Most, &p.Timeout, &p.Version)
	return p, err
}

// RetryPolicy returns the policy of an integration: the defaults, with Version 0, when nobody has said anything.
func (d *DB) RetryPolicy(ctx context.Context, integrationID string) (*store.RetryPolicy, error) {
	return read(ctx, d, func(t *tx) (*store.RetryPolicy, error) { return t.retryPolicy(integrationID) })
}

func (t *tx) retryPolicy(integrationID string) (*store.RetryPolicy, error) {
	p, err := found(one(t, "integration.not_found", scanRetry, `SELECT `+retryColumns+` FROM retry_policy
		WHERE integration_id = $1`, integrationID))
	if p == nil && err == nil {
		defaults := store.DefaultRetry(integrationID)
		p = &defaults
	}
	return p, err
}

// RetryPolicies returns the policies that somebody has set, in order of integration.
func (d *DB) RetryPolicies(ctx context.Context) ([]store.RetryPolicy, error) {
	return read(ctx, d, func(t *tx) ([]store.RetryPolicy, error) {
		list, err := all(t, scanRetry, `SELECT `+retryColumns+` FROM retry_policy`)
		return byID(list, func(p *store.RetryPolicy) string { return p.IntegrationID }), err
	})
}

// SaveRetryPolicy stores the policy of an integration, made from p.Version: "db.changed" when it is another by now.
func (d *DB) SaveRetryPolicy(ctx context.Context, p *store.RetryPolicy, by store.Actor) error {
	if err := p.Validate(); err != nil {
		return err
	}
	next := p.Version
	err := d.update(ctx, func(t *tx) error {
		i, err := t.integration(p.IntegrationID)
		if err != nil {
			return err
		}
		was, err := t.retryPolicy(p.IntegrationID)
		switch {
		case err != nil:
			return err
		case was.Version != p.Version:
			return changed()
		}
		diff := differing(was, p)
		if diff == nil {
			return nil
		}
		next++
		err = t.write(`INSERT INTO retry_policy (`+retryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (integration_id) DO UPDATE SET attempts = excluded.attempts, first_ns = excluded.first_ns,
			factor = excluded.factor, most_ns = excluded.most_ns, timeout_ns = excluded.timeout_ns, version = excluded.version
			WHERE retry_policy.version = excluded.version - 1`,
			p.IntegrationID, p.Attempts, int64(p.First), p.Factor, int64(p.Most), int64(p.Timeout), next)
		if err != nil {
			return err
		}
		e := about("integration.retry", i.ID, i.RegistryID)
		e.Details = store.Args{"changed": diff}
		return t.audit(by, e)
	})
	return done(err, &p.Version, next)
}
