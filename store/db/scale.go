package db

import (
	"context"

	"samband/store"
)

// Scale returns one version of the scale of risks, the newest for 0, or "scale.not_found".
func (d *DB) Scale(ctx context.Context, version int) (*store.Scale, error) {
	return read(ctx, d, func(t *tx) (*store.Scale, error) { return t.scale(version) })
}

// Scales returns every version, newest first.
func (d *DB) Scales(ctx context.Context) ([]store.Scale, error) {
	return read(ctx, d, func(t *tx) ([]store.Scale, error) { return t.scales() })
}

func scanScale(r row) (s store.Scale, err error) {
	err = r.Scan(decode{&s})
	return s, err
}

func (t *tx) scales() ([]store.Scale, error) {
	list, err := all(t, scanScale, `SELECT scale FROM risk_scale ORDER BY version DESC`)
	return append(list, *store.DefaultScale()), err
}

func (t *tx) scale(version int) (*store.Scale, error) {
	list, err := t.scales()
	if err != nil {
		return nil, err
	}
	for i := range list {
		if version == 0 || list[i].Version == version {
			return &list[i], nil
		}
	}
	return nil, notFound("scale.not_found")
}

// SaveScale saves the next version of the scale. Version must be the one after the newest, else Conflict "db.changed".
// Analyses that exist keep the version they were scored with.
func (d *DB) SaveScale(ctx context.Context, s *store.Scale, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	return d.update(ctx, func(t *tx) error {
		newest, err := t.scale(0)
		if err != nil {
			return err
		}
		if s.Version != newest.Version+1 {
			return changed()
		}
		err = t.write(`INSERT INTO risk_scale (version, scale, created_by, created_at) VALUES ($1, $2, $3, $4)`,
			s.Version, encode(s), by.Name, micros(t.now))
		if taken(err) {
			return changed()
		}
		e := about("scale.save", "risk", "")
		e.Details = store.Args{"version": s.Version, "changed": differing(newest, s)}
		return t.created(err, by, e)
	})
}
