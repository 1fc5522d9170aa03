package db

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"samband/store"
)

const rosColumns = `id, version, title, link, covers, performed_on, state, decided_by, decided_on, valid_to, demo,
	revision`

func scanROS(r row) (a store.RiskAssessment, err error) {
	err = r.Scan(&a.ID, &a.Version, &a.Title, &a.Link, &a.Covers, &a.PerformedOn, &a.State, &a.DecidedBy, &a.DecidedOn,
		&a.ValidTo, &a.Demo, &a.Revision)
	return a, err
}

// RiskAssessment returns one version of a ROS, or "ros.not_found".
func (d *DB) RiskAssessment(ctx context.Context, ref store.Ref) (*store.RiskAssessment, error) {
	return read(ctx, d, func(t *tx) (*store.RiskAssessment, error) { return t.ros(ref) })
}

func (t *tx) ros(ref store.Ref) (*store.RiskAssessment, error) {
	return one(t, "ros.not_found", scanROS, `SELECT `+rosColumns+` FROM risk_assessment WHERE id = $1 AND version = $2`,
		ref.ID, ref.Version)
}

// RiskAssessments returns every version of every ROS, in order of id, newest version first.
func (d *DB) RiskAssessments(ctx context.Context) ([]store.RiskAssessment, error) {
	return read(ctx, d, func(t *tx) ([]store.RiskAssessment, error) {
		list, err := all(t, scanROS, `SELECT `+rosColumns+` FROM risk_assessment`)
		return byVersion(list, func(a *store.RiskAssessment) (string, int) { return a.ID, a.Version }), err
	})
}

// CreateRiskAssessment inserts one version of a ROS and sets its Revision. The document and its decision live outside
// the portal, so any state may be registered; no approval follows from it.
func (d *DB) CreateRiskAssessment(ctx context.Context, a *store.RiskAssessment, by store.Actor) error {
	if a.State == "" {
		a.State = store.ROSDraft
	}
	if err := a.Validate(); err != nil {
		return err
	}
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO risk_assessment (`+rosColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`,
			a.ID, a.Version, a.Title, a.Link, a.Covers, a.PerformedOn, a.State, a.DecidedBy, a.DecidedOn, a.ValidTo, a.Demo)
		if taken(err) {
			return exists("version", a.ID)
		}
		return t.documented(err, by, "ros.create", a.ID, a.Version, a.State, nil)
	})
	return done(err, &a.Revision, 1)
}

// UpdateRiskAssessment replaces one version of a ROS. Revision must be the stored one and is set to the next. A changed
// State must be a legal move, else Conflict "ros.transition". Once it is decided nothing but the state can change, else
// Conflict "ros.decided": approvals rest on it, so what is new goes into a new version.
func (d *DB) UpdateRiskAssessment(ctx context.Context, a *store.RiskAssessment, by store.Actor) error {
	if err := a.Validate(); err != nil {
		return err
	}
	next := a.Revision
	err := d.update(ctx, func(t *tx) error {
		was, err := t.ros(store.Ref{ID: a.ID, Version: a.Version})
		if err != nil {
			return err
		}
		diff := differing(was, a)
		onlyState := *a
		onlyState.State = was.State
		switch {
		case was.Revision != a.Revision:
			return changed()
		case diff == nil:
			return nil
		case a.State != was.State && !was.State.CanMove(a.State):
			return transition("ros.transition", "rosstate.", was.State, a.State)
		case was.State.Decided() && !was.Demo && differing(was, &onlyState) != nil:
			return store.E(store.Conflict, "ros.decided", store.Args{"id": a.ID, "version": a.Version})
		}
		next++
		err = t.write(`UPDATE risk_assessment SET title = $4, link = $5, covers = $6, performed_on = $7, state = $8,
			decided_by = $9, decided_on = $10, valid_to = $11, demo = $12, revision = revision + 1
			WHERE id = $1 AND version = $2 AND revision = $3`,
			a.ID, a.Version, a.Revision, a.Title, a.Link, a.Covers, a.PerformedOn, a.State, a.DecidedBy, a.DecidedOn, a.ValidTo,
			a.Demo)
		return t.documented(err, by, "ros.update", a.ID, a.Version, a.State, diff)
	})
	return done(err, &a.Revision, next)
}

const ldColumns = `id, version, title, link, overview, state, decided_by, decided_on, valid_to, exempt_route_until,
	exempt_route_reason, demo, revision`

func scanLD(r row) (s store.SolutionDesign, err error) {
	err = r.Scan(&s.ID, &s.Version, &s.Title, &s.Link, &s.Overview, &s.State, &s.DecidedBy, &s.DecidedOn, &s.ValidTo,
		&s.ExemptRouteUntil, &s.ExemptRouteReason, &s.Demo, &s.Revision)
	return s, err
}

// SolutionDesign returns one version of an LD, or "ld.not_found".
func (d *DB) SolutionDesign(ctx context.Context, ref store.Ref) (*store.SolutionDesign, error) {
	return read(ctx, d, func(t *tx) (*store.SolutionDesign, error) { return t.ld(ref) })
}

func (t *tx) ld(ref store.Ref) (*store.SolutionDesign, error) {
	return one(t, "ld.not_found", scanLD, `SELECT `+ldColumns+` FROM solution_design WHERE id = $1 AND version = $2`,
		ref.ID, ref.Version)
}

// SolutionDesigns returns every version of every LD, in order of id, newest version first.
func (d *DB) SolutionDesigns(ctx context.Context) ([]store.SolutionDesign, error) {
	return read(ctx, d, func(t *tx) ([]store.SolutionDesign, error) {
		list, err := all(t, scanLD, `SELECT `+ldColumns+` FROM solution_design`)
		return byVersion(list, func(s *store.SolutionDesign) (string, int) { return s.ID, s.Version }), err
	})
}

// CreateSolutionDesign inserts one version of an LD and sets its Revision; states as in CreateRiskAssessment.
func (d *DB) CreateSolutionDesign(ctx context.Context, s *store.SolutionDesign, by store.Actor) error {
	if s.State == "" {
		s.State = store.LDDraft
	}
	if err := s.Validate(); err != nil {
		return err
	}
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO solution_design (`+ldColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)`,
			s.ID, s.Version, s.Title, s.Link, s.Overview, s.State, s.DecidedBy, s.DecidedOn, s.ValidTo, s.ExemptRouteUntil,
			s.ExemptRouteReason, s.Demo)
		if taken(err) {
			return exists("version", s.ID)
		}
		return t.documented(err, by, "ld.create", s.ID, s.Version, s.State, nil)
	})
	return done(err, &s.Revision, 1)
}

// UpdateSolutionDesign replaces one version of an LD; rules as in UpdateRiskAssessment, with "ld.transition" and
// "ld.decided".
func (d *DB) UpdateSolutionDesign(ctx context.Context, s *store.SolutionDesign, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	next := s.Revision
	err := d.update(ctx, func(t *tx) error {
		was, err := t.ld(store.Ref{ID: s.ID, Version: s.Version})
		if err != nil {
			return err
		}
		diff := differing(was, s)
		onlyState := *s
		onlyState.State = was.State
		switch {
		case was.Revision != s.Revision:
			return changed()
		case diff == nil:
			return nil
		case s.State != was.State && !was.State.CanMove(s.State):
			return transition("ld.transition", "ldstate.", was.State, s.State)
		case was.State.Decided() && !was.Demo && differing(was, &onlyState) != nil:
			return store.E(store.Conflict, "ld.decided", store.Args{"id": s.ID, "version": s.Version})
		}
		next++
		err = t.write(`UPDATE solution_design SET title = $4, link = $5, overview = $6, state = $7, decided_by = $8,
			decided_on = $9, valid_to = $10, exempt_route_until = $11, exempt_route_reason = $12, demo = $13, revision = revision + 1
			WHERE id = $1 AND version = $2 AND revision = $3`,
			s.ID, s.Version, s.Revision, s.Title, s.Link, s.Overview, s.State, s.DecidedBy, s.DecidedOn, s.ValidTo,
			s.ExemptRouteUntil, s.ExemptRouteReason, s.Demo)
		return t.documented(err, by, "ld.update", s.ID, s.Version, s.State, diff)
	})
	return done(err, &s.Revision, next)
}

// documented ends a transaction that wrote a ROS or an LD.
func (t *tx) documented(err error, by store.Actor, action, id string, version int, state any, diff []string) error {
	if err != nil {
		return err
	}
	e := about(action, id, "")
	e.Details = store.Args{"version": version, "state": fmt.Sprint(state)}
	if diff != nil {
		e.Details["changed"] = diff
	}
	return t.audit(by, e)
}

// transition refuses a move. The states are named by the texts that begin with words.
func transition[S ~string](code store.Code, words string, from, to S) error {
	return store.E(store.Conflict, code,
		store.Args{"from": store.Code(words + string(from)), "to": store.Code(words + string(to))})
}

// byVersion sorts by id and, within one, the newest version first.
func byVersion[T any](list []T, key func(*T) (string, int)) []T {
	slices.SortFunc(list, func(a, b T) int {
		idA, a1 := key(&a)
		idB, b1 := key(&b)
		return cmp.Or(cmp.Compare(idA, idB), cmp.Compare(b1, a1))
	})
	return list
}
