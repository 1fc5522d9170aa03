package db

import (
	"context"

	"samband/store"
)

const mappingColumns = `integration_id, no, codebook_id, codebook_version, mapping, message, created_by, created_at`

func scanMapping(r row) (m store.MappingVersion, err error) {
	err = r.Scan(&m.IntegrationID, &m.No, &m.CodebookID, &m.CodebookVersion, decode{&m.Mapping}, &m.Message, &m.CreatedBy,
		moment{&m.CreatedAt})
	return m, err
}

// MappingVersion returns a version of an integration's mapping, the newest when no is 0, or "mapping.not_found".
func (d *DB) MappingVersion(ctx context.Context, integrationID string, no int) (*store.MappingVersion, error) {
	return read(ctx, d, func(t *tx) (*store.MappingVersion, error) { return t.mapping(integrationID, no) })
}

func (t *tx) mapping(integrationID string, no int) (*store.MappingVersion, error) {
	return one(t, "mapping.not_found", scanMapping, `SELECT `+mappingColumns+` FROM mapping_version
		WHERE integration_id = $1 AND (no = $2 OR $2 = 0) ORDER BY no DESC LIMIT 1`, integrationID, no)
}

// MappingVersions returns every version of an integration's mapping, newest first.
func (d *DB) MappingVersions(ctx context.Context, integrationID string) ([]store.MappingVersion, error) {
	return read(ctx, d, func(t *tx) ([]store.MappingVersion, error) {
		return all(t, scanMapping, `SELECT `+mappingColumns+` FROM mapping_version
			WHERE integration_id = $1 ORDER BY no DESC`, integrationID)
	})
}

// MappingsInUse returns the version in use of each integration that has one, in no order.
func (d *DB) MappingsInUse(ctx context.Context) ([]store.MappingVersion, error) {
	return read(ctx, d, func(t *tx) ([]store.MappingVersion, error) {
		return all(t, scanMapping, `SELECT `+mappingColumns+` FROM mapping_version v
			WHERE no = (SELECT mapping_no FROM integration i WHERE i.id = v.integration_id)`)
	})
}

// SaveMapping stores a new version of a mapping and sets CreatedBy and CreatedAt. No must be one more than the newest,
// as whoever edited saw it: "db.changed" tells that somebody saved in the meantime. The mapping must be sound against
// its version of the codebook. It is not in use before UseMapping.
func (d *DB) SaveMapping(ctx context.Context, m *store.MappingVersion, by store.Actor) error {
	saved := *m
	err := d.update(ctx, func(t *tx) error {
		i, err := t.integration(m.IntegrationID)
		if err != nil {
			return err
		}
		c, err := t.codebook(m.CodebookID, m.CodebookVersion)
		if err != nil {
			return err
		}
		if c.RegistryID != i.RegistryID {
			return store.FieldError("codebook", "codebook.other_registry", store.Args{"registry": c.RegistryID})
		}
		saved.CodebookVersion = c.Version
		if err := m.Mapping.Validate(c); err != nil {
			return err
		}
		newest, err := value[int](t, `SELECT COALESCE(MAX(no), 0) FROM mapping_version WHERE integration_id = $1`, i.ID)
		if err != nil {
			return err
		}
		if m.No != newest+1 {
			return changed()
		}
		saved.CreatedBy, saved.CreatedAt = author(by), t.now
		err = t.write(`INSERT INTO mapping_version (`+mappingColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			i.ID, m.No, c.ID, c.Version, encode(m.Mapping), m.Message, saved.CreatedBy, micros(saved.CreatedAt))
		if taken(err) { // two saved at once
			return changed()
		}
		if err == nil {
			err = t.hideDirect(i.ID, m.Mapping.Source)
		}
		if err != nil {
			return err
		}
		e := about("mapping.save", i.ID, i.RegistryID)
		e.Reason, e.Details = m.Message, store.Args{"no": m.No, "codebook": c.ID, "codebook_version": c.Version}
		return t.audit(by, e)
	})
	if err == nil {
		*m = saved
	}
	return err
}

// UseMapping puts a saved version in use. version is the integration's.
func (d *DB) UseMapping(ctx context.Context, integrationID string, version, no int, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		i, err := t.integration(integrationID)
		if err != nil {
			return err
		}
		if i.Version != version {
			return changed()
		}
		m, err := t.mapping(integrationID, no)
		if err != nil {
			return err
		}
		if m.No == i.MappingNo {
			return nil
		}
		err = t.write(`UPDATE integration SET mapping_no = $3, codebook_id = $4, version = version + 1
			WHERE id = $1 AND version = $2`, i.ID, version, m.No, m.CodebookID)
		if err != nil {
			return err
		}
		e := about("mapping.use", i.ID, i.RegistryID)
		e.Details = store.Args{"no": m.No, "before": i.MappingNo}
		return t.audit(by, e)
	})
}
