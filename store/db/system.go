package db

import (
	"context"

	"samband/store"
)

const systemColumns = `id, name, owner, role, content, phase, ends_on, successor, note, version`

func scanSystem(r row) (s store.System, err error) {
	err = r.Scan(&s.ID, &s.Name, &s.Owner, &s.Role, decode{&s.Content}, &s.Phase, &s.EndsOn, &s.Successor, &s.Note,
		&s.Version)
	return s, err
}

// System returns an outside system, or "system.not_found".
func (d *DB) System(ctx context.Context, id string) (*store.System, error) {
	return read(ctx, d, func(t *tx) (*store.System, error) { return t.system(id) })
}

func (t *tx) system(id string) (*store.System, error) {
	return one(t, "system.not_found", scanSystem, `SELECT `+systemColumns+` FROM system WHERE id = $1`, id)
}

// Systems returns every system, in order of id.
func (d *DB) Systems(ctx context.Context) ([]store.System, error) { return read(ctx, d, (*tx).systems) }

func (t *tx) systems() ([]store.System, error) {
	list, err := all(t, scanSystem, `SELECT `+systemColumns+` FROM system`)
	return byID(list, func(s *store.System) string { return s.ID }), err
}

// CreateSystem inserts a system and sets its Version.
func (d *DB) CreateSystem(ctx context.Context, s *store.System, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO system (`+systemColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`,
			s.ID, s.Name, s.Owner, s.Role, encode(s.Content), s.Phase, s.EndsOn, s.Successor, s.Note)
		if taken(err) {
			return exists("id", s.ID)
		}
		return t.created(err, by, about("system.create", s.ID, ""))
	})
	return done(err, &s.Version, 1)
}

// UpdateSystem replaces a system; versions as in UpdateSolution.
func (d *DB) UpdateSystem(ctx context.Context, s *store.System, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	return amend(ctx, d, about("system.update", s.ID, ""), s, &s.Version, (*tx).system, by, func(t *tx) error {
		return t.write(`UPDATE system SET name = $3, owner = $4, role = $5, content = $6, phase = $7, ends_on = $8,
			successor = $9, note = $10, version = version + 1 WHERE id = $1 AND version = $2`,
			s.ID, s.Version, s.Name, s.Owner, s.Role, encode(s.Content), s.Phase, s.EndsOn, s.Successor, s.Note)
	})
}

// DeleteSystem removes a system that nothing refers to; otherwise Conflict "db.in_use".
func (d *DB) DeleteSystem(ctx context.Context, id string, version int, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if _, err := t.system(id); err != nil {
			return err
		}
		return t.remove(about("system.delete", id, ""), version, by)
	})
}

const methodColumns = `id, system_id, name, kind, handover, highest, route, instead, note, version`

func scanMethod(r row) (m store.Method, err error) {
	err = r.Scan(&m.ID, &m.SystemID, &m.Name, &m.Kind, &m.Handover, &m.Highest, &m.Route, &m.Instead, &m.Note, &m.Version)
	return m, err
}

// Method returns a way of reaching a system, or "method.not_found".
func (d *DB) Method(ctx context.Context, id string) (*store.Method, error) {
	return read(ctx, d, func(t *tx) (*store.Method, error) { return t.method(id) })
}

func (t *tx) method(id string) (*store.Method, error) {
	return one(t, "method.not_found", scanMethod, `SELECT `+methodColumns+` FROM method WHERE id = $1`, id)
}

// Methods returns the methods of a system, or of all when systemID is empty, in order of id.
func (d *DB) Methods(ctx context.Context, systemID string) ([]store.Method, error) {
	var w where
	if systemID != "" {
		w.and("system_id = ?", systemID)
	}
	return read(ctx, d, func(t *tx) ([]store.Method, error) {
		list, err := all(t, scanMethod, `SELECT `+methodColumns+` FROM method`+w.String(), w.args...)
		return byID(list, func(m *store.Method) string { return m.ID }), err
	})
}

// CreateMethod inserts a method and sets its Version.
func (d *DB) CreateMethod(ctx context.Context, m *store.Method, by store.Actor) error {
	if err := m.Validate(); err != nil {
		return err
	}
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO method (`+methodColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`,
			m.ID, m.SystemID, m.Name, m.Kind, m.Handover, m.Highest, m.Route, m.Instead, m.Note)
		if taken(err) {
			return exists("id", m.ID)
		}
		return t.created(err, by, about("method.create", m.ID, ""))
	})
	return done(err, &m.Version, 1)
}

// UpdateMethod replaces a method; versions as in UpdateSolution.
func (d *DB) UpdateMethod(ctx context.Context, m *store.Method, by store.Actor) error {
	if err := m.Validate(); err != nil {
		return err
	}
	return amend(ctx, d, about("method.update", m.ID, ""), m, &m.Version, (*tx).method, by, func(t *tx) error {
		return t.write(`UPDATE method SET system_id = $3, name = $4, kind = $5, handover = $6, highest = $7, route = $8,
			instead = $9, note = $10, version = version + 1 WHERE id = $1 AND version = $2`,
			m.ID, m.Version, m.SystemID, m.Name, m.Kind, m.Handover, m.Highest, m.Route, m.Instead, m.Note)
	})
}

// DeleteMethod removes a method that no integration uses; otherwise Conflict "db.in_use".
func (d *DB) DeleteMethod(ctx context.Context, id string, version int, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if _, err := t.method(id); err != nil {
			return err
		}
		return t.remove(about("method.delete", id, ""), version, by)
	})
}
