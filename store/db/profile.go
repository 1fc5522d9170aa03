package db

import (
	"context"
	"slices"

	"samband/store"
)

// SourceSchema returns what an integration's source was last seen to offer, or "source.no_profile".
func (d *DB) SourceSchema(ctx context.Context, integrationID string) (*store.Schema, error) {
	return read(ctx, d, func(t *tx) (*store.Schema, error) {
		return one(t, "source.no_profile", func(r row) (s store.Schema, err error) {
			err = r.Scan(decode{&s})
			return s, err
		}, `SELECT fields FROM source_profile WHERE integration_id = $1`, integrationID)
	})
}

// SourceProfile returns the profile of an integration's source, or "source.no_profile". Of the fields that a draft or a
// version of the mapping calls direct nothing but emptiness is told, whenever they were classed.
func (d *DB) SourceProfile(ctx context.Context, integrationID string) (*store.SourceProfile, error) {
	return read(ctx, d, func(t *tx) (*store.SourceProfile, error) { return t.profile(integrationID) })
}

func (t *tx) profile(integrationID string) (*store.SourceProfile, error) {
	p, err := one(t, "source.no_profile", func(r row) (p *store.SourceProfile, err error) {
		err = r.Scan(decode{&p})
		return p, err
	}, `SELECT profile FROM source_profile WHERE integration_id = $1`, integrationID)
	if err == nil && *p == nil {
		err = notFound("source.no_profile")
	}
	if err != nil {
		return nil, err
	}
	return *p, nil
}

// SaveSourceProfile stores what a source offers and what its values look like, in place of what was there. Without a
// profile, because the source has no rows to look at, the one that is there stays.
func (d *DB) SaveSourceProfile(ctx context.Context, integrationID string, s *store.Schema, p *store.SourceProfile,
	by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		i, err := t.integration(integrationID)
		if err != nil {
			return err
		}
		e := about("source.profile", i.ID, i.RegistryID)
		e.Details = store.Args{"fields": len(s.Fields)}
		if p == nil {
			if p, err = found(t.profile(i.ID)); err != nil {
				return err
			}
		} else {
			e.Details["rows"] = p.Rows
		}
		if p, err = t.withoutDirect(i.ID, p); err != nil {
			return err
		}
		err = t.exec(`INSERT INTO source_profile (integration_id, fields, profile, direct, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (integration_id) DO UPDATE SET fields = $2, profile = $3, direct = $4, at = $5`,
			i.ID, encode(s), encode(p), encode(directOf(p)), micros(t.now))
		if err != nil {
			return err
		}
		return t.audit(by, e)
	})
}

// withoutDirect takes out of a profile what it tells of fields that the newest version of the mapping, or somebody's
// draft, calls direct.
func (t *tx) withoutDirect(integrationID string, p *store.SourceProfile) (*store.SourceProfile, error) {
	if p == nil {
		return nil, nil
	}
	mappings, err := all(t, func(r row) (m store.Mapping, err error) {
		err = r.Scan(decode{&m})
		return m, err
	}, `SELECT mapping FROM mapping_draft WHERE integration_id = $1
		UNION ALL SELECT mapping FROM mapping_version WHERE integration_id = $1
			AND no = (SELECT MAX(no) FROM mapping_version WHERE integration_id = $1)`, integrationID)
	for i := range mappings {
		if less := p.Without(mappings[i].Source); less != nil {
			p = less
		}
	}
	return p, err
}

// directOf names the fields of which a profile tells nothing.
func directOf(p *store.SourceProfile) []string {
	names := []string{}
	if p != nil {
		for _, f := range p.Fields {
			if f.Direct {
				names = append(names, f.Name)
			}
		}
	}
	return names
}

// hideDirect takes out of the profile what it tells of fields that somebody has now classed as direct.
func (t *tx) hideDirect(integrationID string, source []store.Field) error {
	hidden, err := one(t, "source.no_profile", func(r row) (names []string, err error) {
		err = r.Scan(decode{&names})
		return names, err
	}, `SELECT direct FROM source_profile WHERE integration_id = $1`, integrationID)
	if hidden, err = found(hidden, err); hidden == nil {
		return err
	}
	if !slices.ContainsFunc(source, func(f store.Field) bool {
		return f.Class == store.Direct && !slices.Contains(*hidden, f.Name)
	}) {
		return nil
	}
	p, err := found(t.profile(integrationID))
	if p == nil {
		return err
	}
	if p = p.Without(source); p == nil {
		return nil
	}
	return t.write(`UPDATE source_profile SET profile = $2, direct = $3 WHERE integration_id = $1`, integrationID, encode(p),
		encode(directOf(p)))
}
