package db

import (
	"context"

	"samband/store"
)

const solutionColumns = `id, name, kind, owner, platform, hosting, controller, phase, ends_on, successor, url, note,
	version`

func scanSolution(r row) (s store.Solution, err error) {
	err = r.Scan(&s.ID, &s.Name, &s.Kind, &s.Owner, &s.Platform, &s.Hosting, &s.Controller, &s.Phase, &s.EndsOn,
		&s.Successor, &s.URL, &s.Note, &s.Version)
	return s, err
}

// Solution returns a registry solution, or "solution.not_found".
func (d *DB) Solution(ctx context.Context, id string) (*store.Solution, error) {
	return read(ctx, d, func(t *tx) (*store.Solution, error) { return t.solution(id) })
}

func (t *tx) solution(id string) (*store.Solution, error) {
	return one(t, "solution.not_found", scanSolution, `SELECT `+solutionColumns+` FROM solution WHERE id = $1`, id)
}

// Solutions returns every solution, in order of id.
func (d *DB) Solutions(ctx context.Context) ([]store.Solution, error) {
	return read(ctx, d, (*tx).solutions)
}

func (t *tx) solutions() ([]store.Solution, error) {
	list, err := all(t, scanSolution, `SELECT `+solutionColumns+` FROM solution`)
	return byID(list, func(s *store.Solution) string { return s.ID }), err
}

// CreateSolution inserts a solution and sets its Version.
func (d *DB) CreateSolution(ctx context.Context, s *store.Solution, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO solution (`+solutionColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)`,
			s.ID, s.Name, s.Kind, s.Owner, s.Platform, s.Hosting, s.Controller, s.Phase, s.EndsOn, s.Successor, s.URL, s.Note)
		if taken(err) {
			return exists("id", s.ID)
		}
		return t.created(err, by, about("solution.create", s.ID, ""))
	})
	return done(err, &s.Version, 1)
}

// UpdateSolution replaces a solution. Version must be the stored one and is set to the next. Nothing different:
// nothing is written.
func (d *DB) UpdateSolution(ctx context.Context, s *store.Solution, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	return amend(ctx, d, about("solution.update", s.ID, ""), s, &s.Version, (*tx).solution, by, func(t *tx) error {
		return t.write(`UPDATE solution SET name = $3, kind = $4, owner = $5, platform = $6, hosting = $7, controller = $8,
			phase = $9, ends_on = $10, successor = $11, url = $12, note = $13, version = version + 1
			WHERE id = $1 AND version = $2`,
			s.ID, s.Version, s.Name, s.Kind, s.Owner, s.Platform, s.Hosting, s.Controller, s.Phase, s.EndsOn, s.Successor,
			s.URL, s.Note)
	})
}

// DeleteSolution removes a solution that nothing refers to; otherwise Conflict "db.in_use".
func (d *DB) DeleteSolution(ctx context.Context, id string, version int, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if _, err := t.solution(id); err != nil {
			return err
		}
		return t.remove(about("solution.delete", id, ""), version, by)
	})
}
