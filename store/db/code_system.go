package db

import (
	"context"

	"samband/store"
)

const codeSystemColumns = `system, version, name, day, sha256, size, imported_by, imported_at`

func scanCodeSystem(r row) (s store.CodeSystem, err error) {
	err = r.Scan(&s.System, &s.Version, &s.Name, &s.Day, &s.SHA256, &s.Size, &s.ReadBy, moment{&s.ReadAt})
	return s, err
}

// CodeSystems returns every version of the code systems, or of one when system is given: by system, the newest version
// first, without their codes.
func (d *DB) CodeSystems(ctx context.Context, system string) ([]store.CodeSystem, error) {
	var w where
	if system != "" {
		w.and("system = ?", system)
	}
	return read(ctx, d, func(t *tx) ([]store.CodeSystem, error) {
		return all(t, scanCodeSystem, `SELECT `+codeSystemColumns+` FROM code_system`+w.String()+` ORDER BY system, no DESC`, w.args...)
	})
}

// CodeSystem returns a version of a code system with its codes, the one read in last when version is empty, or
// "code_system.not_found".
func (d *DB) CodeSystem(ctx context.Context, system, version string) (*store.CodeSystem, error) {
	return read(ctx, d, func(t *tx) (*store.CodeSystem, error) { return t.codeSystem(system, version) })
}

func (t *tx) codeSystem(system, version string) (*store.CodeSystem, error) {
	scan := func(r row) (s store.CodeSystem, err error) {
		err = r.Scan(&s.System, &s.Version, &s.Name, &s.Day, &s.SHA256, &s.Size, &s.ReadBy, moment{&s.ReadAt}, decode{&s.Codes})
		return s, err
	}
	const query = `SELECT ` + codeSystemColumns + `, codes FROM code_system WHERE system = $1`
	if version == "" {
		return one(t, "code_system.not_found", scan, query+` ORDER BY no DESC LIMIT 1`, system)
	}
	return one(t, "code_system.not_found", scan, query+` AND version = $2`, system, version)
}

// SaveCodeSystem stores a new version of a code system and sets what the database knows of it. A version is never
// changed: the same file again writes nothing, another one is Conflict "code_system.version_taken".
func (d *DB) SaveCodeSystem(ctx context.Context, s *store.CodeSystem, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	saved := *s
	err := d.update(ctx, func(t *tx) error {
		old, err := found(t.codeSystem(s.System, s.Version))
		if err != nil {
			return err
		}
		if old != nil {
			if old.SHA256 != s.SHA256 {
				return store.E(store.Conflict, "code_system.version_taken", store.Args{"name": s.Name, "version": s.Version})
			}
			saved = *old
			return nil
		}
		last, err := value[int](t, `SELECT COALESCE(MAX(no), 0) FROM code_system WHERE system = $1`, s.System)
		if err != nil {
			return err
		}
		saved.Size, saved.ReadBy, saved.ReadAt = len(s.Codes), by.Name, t.now
		err = t.write(`INSERT INTO code_system (`+codeSystemColumns+`, codes, no) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			s.System, s.Version, s.Name, s.Day, s.SHA256, saved.Size, saved.ReadBy, micros(saved.ReadAt), encode(s.Codes), last+1)
		if taken(err) {
			return changed()
		}
		e := about("code_system.import", s.System, "")
		e.Details = store.Args{"name": s.Name, "version": s.Version, "n": saved.Size}
		return t.created(err, by, e)
	})
	if err == nil {
		*s = saved
	}
	return err
}
