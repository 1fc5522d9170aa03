package db

import (
	"context"

	"samband/store"
)

const sampleColumns = `id, integration_id, user_id, format, bytes, at, until`

func scanSample(r row) (s store.Sample, err error) {
	err = r.Scan(&s.ID, &s.IntegrationID, &s.UserID, &s.Format, &s.Bytes, moment{&s.At}, moment{&s.Until})
	return s, err
}

// OwnSample returns the sample that a user has for an integration, or "sample.not_found". One whose time has passed is
// not found, whether or not it has been removed yet.
func (d *DB) OwnSample(ctx context.Context, integrationID, userID string) (*store.Sample, error) {
	return read(ctx, d, func(t *tx) (*store.Sample, error) {
		s, err := t.ownSample(integrationID, userID)
		if err == nil && s.Gone(t.now) {
			err = notFound("sample.not_found")
		}
		return s, err
	})
}

func (t *tx) ownSample(integrationID, userID string) (*store.Sample, error) {
	return one(t, "sample.not_found", scanSample, `SELECT `+sampleColumns+` FROM mapping_sample
		WHERE integration_id = $1 AND user_id = $2`, integrationID, userID)
}

// Samples returns every sample there is, in no order.
func (d *DB) Samples(ctx context.Context) ([]store.Sample, error) {
	return read(ctx, d, func(t *tx) ([]store.Sample, error) {
		return all(t, scanSample, `SELECT `+sampleColumns+` FROM mapping_sample`)
	})
}

// SpentSamples returns the samples whose time has passed, and those of people who are blocked.
func (d *DB) SpentSamples(ctx context.Context) ([]store.Sample, error) {
	return read(ctx, d, func(t *tx) ([]store.Sample, error) {
		return all(t, scanSample, `SELECT `+sampleColumns+` FROM mapping_sample
			WHERE until <= $1 OR user_id IN (SELECT user_id FROM user_block WHERE lifted_at = 0)`, micros(t.now))
	})
}

// AddSample keeps that there is a sample, in place of the one that its owner had for the integration, and sets At and
// Until. ID is the caller's: the rows lie sealed under it already.
func (d *DB) AddSample(ctx context.Context, s *store.Sample, by store.Actor) error {
	saved := *s
	err := d.update(ctx, func(t *tx) error {
		i, err := t.integration(s.IntegrationID)
		if err != nil {
			return err
		}
		saved.At, saved.Until = t.now, t.now.Add(store.SampleLife)
		err = t.exec(`DELETE FROM mapping_sample WHERE integration_id = $1 AND user_id = $2`, s.IntegrationID, s.UserID)
		if err == nil {
			err = t.write(`INSERT INTO mapping_sample (`+sampleColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
				s.ID, s.IntegrationID, s.UserID, s.Format, s.Bytes, micros(saved.At), micros(saved.Until))
		}
		if err != nil {
			return err
		}
		e := about("sample.upload", s.ID, i.RegistryID)
		e.Details = store.Args{"integration": i.ID, "format": s.Format, "bytes": s.Bytes}
		return t.audit(by, e)
	})
	if err == nil {
		*s = saved
	}
	return err
}

// DropSample forgets a user's sample for an integration, because they ask for it: "sample.not_found" when there is none.
func (d *DB) DropSample(ctx context.Context, integrationID, userID string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		s, err := t.ownSample(integrationID, userID)
		if err != nil {
			return err
		}
		return t.dropSample(s, "sample.delete", by)
	})
}

// ExpireSample forgets a sample whose time has passed or whose owner is blocked. One that is gone is as good.
func (d *DB) ExpireSample(ctx context.Context, id string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		s, err := found(one(t, "sample.not_found", scanSample, `SELECT `+sampleColumns+` FROM mapping_sample WHERE id = $1`, id))
		if s == nil {
			return err
		}
		return t.dropSample(s, "sample.expire", by)
	})
}

func (t *tx) dropSample(s *store.Sample, action string, by store.Actor) error {
	i, err := t.integration(s.IntegrationID)
	if err != nil {
		return err
	}
	if err := t.write(`DELETE FROM mapping_sample WHERE id = $1`, s.ID); err != nil {
		return err
	}
	e := about(action, s.ID, i.RegistryID)
	e.Details = store.Args{"integration": i.ID}
	return t.audit(by, e)
}
