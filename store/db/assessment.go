package db

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"samband/store"
)

const rosColumns = `id, version, title, link, covers, method, participants, performed_on, coverage, scale, risks,
	measures, document_name, document_sha256, state, decided_by, decided_on, reason, conditions, valid_to, withdrawn_by,
	withdrawn_on, withdrawn_reason, replaced_by_id, replaced_by_version, demo, revision`

func scanROS(r row) (a store.RiskAssessment, err error) {
	var document store.DocumentRef
	err = r.Scan(&a.ID, &a.Version, &a.Title, &a.Link, &a.Covers, &a.Method, decode{&a.Participants}, &a.PerformedOn,
		decode{&a.Coverage}, &a.Scale, decode{&a.Risks}, decode{&a.Measures}, &document.Name, &document.SHA256, &a.State,
		&a.DecidedBy, &a.DecidedOn, &a.Reason, &a.Conditions, &a.ValidTo, &a.Withdrawal.By,
		&a.Withdrawal.On, &a.Withdrawal.Reason, &a.ReplacedBy.ID, &a.ReplacedBy.Version, &a.Demo, &a.Revision)
	a.Document = orNone(document)
	return a, err
}

// orNone gives a reference to a document, or nil when there is none.
func orNone(d store.DocumentRef) *store.DocumentRef {
	if d.SHA256 == "" {
		return nil
	}
	return &d
}

// orEmpty is orNone the other way.
func orEmpty(d *store.DocumentRef) store.DocumentRef {
	if d == nil {
		return store.DocumentRef{}
	}
	return *d
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

// CreateRiskAssessment inserts one version of a ROS and sets its Revision, and its Scale to the newest when it names
// none. What was decided outside the portal may be registered in any state, but never accepted against the scale; no
// approval follows from it.
func (d *DB) CreateRiskAssessment(ctx context.Context, a *store.RiskAssessment, by store.Actor) error {
	if a.State == "" {
		a.State = store.ROSDraft
	}
	if err := a.Validate(); err != nil {
		return err
	}
	made := *a
	err := d.update(ctx, func(t *tx) error {
		scale, err := t.scale(made.Scale)
		if err != nil {
			return err
		}
		made.Scale = scale.Version
		if made.State.Accepts() {
			if err := made.Acceptable(scale); err != nil {
				return err
			}
		}
		document := orEmpty(a.Document)
		err = t.write(`INSERT INTO risk_assessment (`+rosColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
			$12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, 1)`,
			a.ID, a.Version, a.Title, a.Link, a.Covers, a.Method, encode(a.Participants), a.PerformedOn, encode(a.Coverage),
			made.Scale, encode(a.Risks), encode(a.Measures), document.Name, document.SHA256, a.State, a.DecidedBy, a.DecidedOn,
			a.Reason, a.Conditions, a.ValidTo, a.Withdrawal.By, a.Withdrawal.On, a.Withdrawal.Reason, a.ReplacedBy.ID,
			a.ReplacedBy.Version, a.Demo)
		if taken(err) {
			return exists("version", a.ID)
		}
		return t.documented(err, by, "ros.create", a.ID, a.Version, a.State, nil)
	})
	if err == nil {
		a.Scale = made.Scale
	}
	return done(err, &a.Revision, 1)
}

// UpdateRiskAssessment replaces one version of a ROS. Revision must be the stored one and is set to the next. A changed
// State must be reached lawfully (RiskAssessment.Reached), else Conflict, and nobody decides about what they wrote:
// Forbidden "approval.four_eyes". Once it is decided nothing but the state can change, else Conflict "ros.decided":
// approvals rest on it, so what is new goes into a new version. An accepted version replaces those before it.
func (d *DB) UpdateRiskAssessment(ctx context.Context, a *store.RiskAssessment, by store.Actor) error {
	if err := a.Validate(); err != nil {
		return err
	}
	next := a.Revision
	err := d.update(ctx, func(t *tx) error {
		was, err := t.ros(a.Ref())
		if err != nil {
			return err
		}
		scale, err := t.scale(a.Scale)
		if err != nil {
			return err
		}
		diff := differing(was, a)
		onlyState := *a
		if onlyState.State = was.State; a.State == store.ROSWithdrawn && was.State != a.State {
			onlyState.Withdrawal = was.Withdrawal
		}
		switch {
		case was.Revision != a.Revision:
			return changed()
		case diff == nil:
			return nil
		case was.State.Decided() && !was.Demo && differing(was, &onlyState) != nil:
			return store.E(store.Conflict, "ros.decided", store.Args{"id": a.ID, "version": a.Version})
		case a.State != was.State:
			if err := a.Reached(was.State, scale, store.DateOf(t.now)); err != nil {
				return err
			}
			if was.State.Judges(a.State) {
				if err := t.mayJudge("ros", a.Ref(), diff, by); err != nil {
					return err
				}
			}
		case a.State.Accepts(): // the demonstration's own
			if err := a.Acceptable(scale); err != nil {
				return err
			}
		}
		next++
		if err := t.writeROS(a); err != nil {
			return err
		}
		if a.State != was.State && a.State.Accepts() {
			err = t.exec(`UPDATE risk_assessment SET replaced_by_id = id, replaced_by_version = $2, revision = revision + 1
				WHERE id = $1 AND version < $2 AND state IN ($3, $4)`, a.ID, a.Version, store.ROSAccepted, store.ROSConditional)
		}
		return t.documented(err, by, "ros.update", a.ID, a.Version, a.State, diff)
	})
	return done(err, &a.Revision, next)
}

// writeROS replaces the row of one version, when its revision is the stored one.
func (t *tx) writeROS(a *store.RiskAssessment) error {
	document := orEmpty(a.Document)
	return t.write(`UPDATE risk_assessment SET title = $4, link = $5, covers = $6, method = $7, participants = $8,
		performed_on = $9, coverage = $10, scale = $11, risks = $12, measures = $13, document_name = $14,
		document_sha256 = $15, state = $16, decided_by = $17, decided_on = $18, reason = $19, conditions = $20,
		valid_to = $21, withdrawn_by = $22, withdrawn_on = $23, withdrawn_reason = $24, demo = $25, revision = revision + 1
		WHERE id = $1 AND version = $2 AND revision = $3`,
		a.ID, a.Version, a.Revision, a.Title, a.Link, a.Covers, a.Method, encode(a.Participants), a.PerformedOn,
		encode(a.Coverage), a.Scale, encode(a.Risks), encode(a.Measures), document.Name, document.SHA256, a.State,
		a.DecidedBy, a.DecidedOn, a.Reason, a.Conditions, a.ValidTo, a.Withdrawal.By, a.Withdrawal.On, a.Withdrawal.Reason,
		a.Demo)
}

// UpdateMeasure says how far a measure has come, also after the analysis is decided: state, the day it was done, and
// where that can be seen. Nothing else of it can change here. Revision is the stored one of the analysis; the new one is
// returned. There is no such measure: NotFound "ros.measure_not_found".
func (d *DB) UpdateMeasure(ctx context.Context, of store.Ref, revision int, m store.Measure, by store.Actor) (int, error) {
	next := revision
	err := d.update(ctx, func(t *tx) error {
		a, err := t.ros(of)
		if err != nil {
			return err
		}
		is := a.Measure(m.No)
		switch {
		case is == nil:
			return notFound("ros.measure_not_found")
		case a.Revision != revision:
			return changed()
		}
		was := *is
		is.State, is.DoneOn, is.Evidence = m.State, m.DoneOn, m.Evidence
		if err := is.Validate(); err != nil {
			return err
		}
		diff := differing(&was, is)
		if diff == nil {
			return nil
		}
		if a.State.Accepts() { // a measure that is dropped may have been what the decision rests on
			scale, err := t.scale(a.Scale)
			if err != nil {
				return err
			}
			if err := a.Acceptable(scale); err != nil {
				return err
			}
		}
		next++
		if err := t.writeROS(a); err != nil {
			return err
		}
		e := about("ros.measure", a.ID, "")
		e.Details = store.Args{"version": a.Version, "no": m.No, "state": string(m.State), "changed": diff}
		return t.audit(by, e)
	})
	if err != nil {
		return revision, err
	}
	return next, nil
}

// ExpireRiskAssessments takes every accepted ROS whose last day has passed to expired, one transaction and one entry
// each, and gives them. One that a run at work rests on waits for its end: what began in time may finish. A solution
// design needs nothing of the kind: it lapses by its date alone.
func (d *DB) ExpireRiskAssessments(ctx context.Context, by store.Actor) ([]store.Ref, error) {
	list, err := d.RiskAssessments(ctx)
	if err != nil {
		return nil, err
	}
	var expired []store.Ref
	for i := range list {
		a := &list[i]
		if !a.State.Accepts() || !a.ValidTo.Lapsed(d.clock.Now()) {
			continue
		}
		var busy int
		err := d.update(ctx, func(t *tx) (err error) {
			busy, err = value[int](t, `SELECT COUNT(*) FROM run r JOIN integration i ON i.id = r.integration_id
				WHERE r.state = 'running' AND i.ros_id = $1 AND i.ros_version = $2`, a.ID, a.Version)
			if err != nil || busy > 0 {
				return err
			}
			err = t.write(`UPDATE risk_assessment SET state = $4, revision = revision + 1
				WHERE id = $1 AND version = $2 AND revision = $3`, a.ID, a.Version, a.Revision, store.ROSExpired)
			return t.documented(err, by, "ros.expired", a.ID, a.Version, store.ROSExpired, nil)
		})
		switch {
		case err == nil && busy > 0:
		case store.CodeOf(err) == "db.changed": // by somebody else in the meantime: the next time finds what is left
		case err != nil:
			return expired, err
		default:
			expired = append(expired, a.Ref())
		}
	}
	return expired, nil
}

const ldColumns = `id, version, title, link, overview, data_flow, systems, channels, protocols, authentication,
	encryption, storage, retention, logging, roles, separation, error_handling, dependencies, coverage, document_name,
	document_sha256, state, decided_by, decided_on, valid_to, exempt_route_until, exempt_route_reason, returned_by,
	returned_on, returned_reason, replaced_by_id, replaced_by_version, demo, revision`

func scanLD(r row) (s store.SolutionDesign, err error) {
	var document store.DocumentRef
	err = r.Scan(&s.ID, &s.Version, &s.Title, &s.Link, &s.Overview, &s.DataFlow, decode{&s.Systems}, decode{&s.Channels},
		decode{&s.Protocols}, &s.Authentication, &s.Encryption, decode{&s.Storage}, &s.Retention, &s.Logging,
		decode{&s.Roles}, &s.Separation, &s.ErrorHandling, &s.Dependencies, decode{&s.Coverage}, &document.Name,
		&document.SHA256, &s.State, &s.DecidedBy, &s.DecidedOn, &s.ValidTo, &s.ExemptRouteUntil,
		&s.ExemptRouteReason, &s.Returned.By, &s.Returned.On, &s.Returned.Reason, &s.ReplacedBy.ID, &s.ReplacedBy.Version,
		&s.Demo, &s.Revision)
	s.Document = orNone(document)
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

// CreateSolutionDesign inserts one version of an LD and sets its Revision; any state may be registered,
// as with CreateRiskAssessment.
func (d *DB) CreateSolutionDesign(ctx context.Context, s *store.SolutionDesign, by store.Actor) error {
	if s.State == "" {
		s.State = store.LDDraft
	}
	if err := s.Validate(); err != nil {
		return err
	}
	document := orEmpty(s.Document)
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO solution_design (`+ldColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
			$12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
			$31, $32, $33, 1)`,
			s.ID, s.Version, s.Title, s.Link, s.Overview, s.DataFlow, encode(s.Systems), encode(s.Channels),
			encode(s.Protocols), s.Authentication, s.Encryption, encode(s.Storage), s.Retention, s.Logging, encode(s.Roles),
			s.Separation, s.ErrorHandling, s.Dependencies, encode(s.Coverage), document.Name, document.SHA256, s.State,
			s.DecidedBy, s.DecidedOn, s.ValidTo, s.ExemptRouteUntil, s.ExemptRouteReason, s.Returned.By, s.Returned.On,
			s.Returned.Reason, s.ReplacedBy.ID, s.ReplacedBy.Version, s.Demo)
		if taken(err) {
			return exists("version", s.ID)
		}
		return t.documented(err, by, "ld.create", s.ID, s.Version, s.State, nil)
	})
	return done(err, &s.Revision, 1)
}

// UpdateSolutionDesign replaces one version of an LD; rules as in UpdateRiskAssessment, with
// SolutionDesign.Reached and "ld.decided". An approved version replaces those before it, which hold on for what rests on
// them until SupersedeSolutionDesigns.
func (d *DB) UpdateSolutionDesign(ctx context.Context, s *store.SolutionDesign, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	next := s.Revision
	err := d.update(ctx, func(t *tx) error {
		was, err := t.ld(s.Ref())
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
		case was.State.Decided() && !was.Demo && differing(was, &onlyState) != nil:
			return store.E(store.Conflict, "ld.decided", store.Args{"id": s.ID, "version": s.Version})
		case s.State != was.State:
			if err := s.Reached(was.State); err != nil {
				return err
			}
			if was.State.Judges(s.State) {
				if err := t.mayJudge("ld", s.Ref(), diff, by); err != nil {
					return err
				}
			}
		}
		next++
		document := orEmpty(s.Document)
		err = t.write(`UPDATE solution_design SET title = $4, link = $5, overview = $6, data_flow = $7, systems = $8,
			channels = $9, protocols = $10, authentication = $11, encryption = $12, storage = $13, retention = $14,
			logging = $15, roles = $16, separation = $17, error_handling = $18, dependencies = $19, coverage = $20,
			document_name = $21, document_sha256 = $22, state = $23, decided_by = $24, decided_on = $25, valid_to = $26,
			exempt_route_until = $27, exempt_route_reason = $28, returned_by = $29, returned_on = $30, returned_reason = $31,
			demo = $32, revision = revision + 1
			WHERE id = $1 AND version = $2 AND revision = $3`,
			s.ID, s.Version, s.Revision, s.Title, s.Link, s.Overview, s.DataFlow, encode(s.Systems), encode(s.Channels),
			encode(s.Protocols), s.Authentication, s.Encryption, encode(s.Storage), s.Retention, s.Logging, encode(s.Roles),
			s.Separation, s.ErrorHandling, s.Dependencies, encode(s.Coverage), document.Name, document.SHA256, s.State,
			s.DecidedBy, s.DecidedOn, s.ValidTo, s.ExemptRouteUntil, s.ExemptRouteReason, s.Returned.By, s.Returned.On,
			s.Returned.Reason, s.Demo)
		if err == nil && s.State != was.State && s.State == store.LDApproved {
			err = t.exec(`UPDATE solution_design SET replaced_by_id = id, replaced_by_version = $2, revision = revision + 1
				WHERE id = $1 AND version < $2 AND state = $3`, s.ID, s.Version, store.LDApproved)
		}
		return t.documented(err, by, "ld.update", s.ID, s.Version, s.State, diff)
	})
	return done(err, &s.Revision, next)
}

// SupersedeSolutionDesigns takes every approved LD that a newer version replaces and that no integration rests on any
// more to superseded, one transaction and one entry each, and gives them.
func (d *DB) SupersedeSolutionDesigns(ctx context.Context, by store.Actor) ([]store.Ref, error) {
	list, err := d.SolutionDesigns(ctx)
	if err != nil {
		return nil, err
	}
	var superseded []store.Ref
	for i := range list {
		s := &list[i]
		if s.State != store.LDApproved || s.ReplacedBy.IsZero() {
			continue
		}
		var uses int
		err := d.update(ctx, func(t *tx) (err error) {
			uses, err = value[int](t, `SELECT COUNT(*) FROM integration
				WHERE ld_id = $1 AND ld_version = $2 AND state <> 'ended'`, s.ID, s.Version)
			if err != nil || uses > 0 {
				return err
			}
			err = t.write(`UPDATE solution_design SET state = $4, revision = revision + 1
				WHERE id = $1 AND version = $2 AND revision = $3`, s.ID, s.Version, s.Revision, store.LDSuperseded)
			return t.documented(err, by, "ld.superseded", s.ID, s.Version, store.LDSuperseded, nil)
		})
		switch {
		case err == nil && uses > 0:
		case store.CodeOf(err) == "db.changed": // by somebody else in the meantime: the next time finds what is left
		case err != nil:
			return superseded, err
		default:
			superseded = append(superseded, s.Ref())
		}
	}
	return superseded, nil
}

// mayJudge refuses whoever wrote a version, as the log tells, or would write in it now.
func (t *tx) mayJudge(kind string, of store.Ref, diff []string, by store.Actor) error {
	entries, err := all(t, scanEntry, `SELECT entry FROM audit_entry WHERE kind = $1 AND object = $2 AND actor = $3`,
		kind, of.ID, by.UserID)
	if err != nil {
		return err
	}
	return store.MayJudge(entries, of.Version, diff, by.UserID)
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
