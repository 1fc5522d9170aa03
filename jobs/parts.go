package jobs

import (
	"context"
	"errors"

	"samband/store"
	"samband/store/db"
)

// Question collects everything the gate needs to know of an integration, as it stands now. What does not exist is
// left nil; only a database that fails is an error.
func (j *Jobs) Question(ctx context.Context, integrationID string, moment store.Moment) (q store.GateQuestion, err error) {
	q = store.GateQuestion{At: j.Clock.Now(), Moment: moment, Production: j.conf.OIDC,
		Log: j.LogProblem(), Lost: j.Lost()}
	if q.Integration, err = j.DB.Integration(ctx, integrationID); err != nil {
		return q, err
	}
	i := q.Integration
	if q.Registry, err = found(j.DB.Registry(ctx, i.RegistryID)); err != nil {
		return q, err
	}
	if q.Method, err = found(j.DB.Method(ctx, i.MethodID)); err != nil {
		return q, err
	}
	if q.Method != nil {
		if q.System, err = found(j.DB.System(ctx, q.Method.SystemID)); err != nil {
			return q, err
		}
		if c, ok := j.connectors[q.Method.Kind]; ok {
			q.Kind = &c.Kind
		}
	}
	if q.System != nil && q.System.PhasingOut() {
		if q.ApprovedBefore, err = j.DB.ApprovedBefore(ctx, i.ID); err != nil {
			return q, err
		}
	}
	if q.Method != nil {
		if q.Instead, err = found(j.DB.System(ctx, q.Method.Instead)); err != nil {
			return q, err
		}
	}
	if q.System != nil {
		if q.Successor, err = found(j.DB.System(ctx, q.System.Successor)); err != nil {
			return q, err
		}
	}
	if q.Move, err = found(j.DB.OpenMove(ctx, i.ID)); err != nil {
		return q, err
	}
	if q.Consents, err = j.consentParts(ctx, i.RegistryID); err != nil {
		return q, err
	}
	if i.ConnectionID != "" {
		if q.Connection, err = found(j.DB.Connection(ctx, i.ConnectionID)); err != nil {
			return q, err
		}
	}
	if i.MappingNo > 0 {
		if q.Mapping, err = found(j.DB.MappingVersion(ctx, i.ID, i.MappingNo)); err != nil {
			return q, err
		}
	}
	if q.Mapping != nil {
		if q.Codebook, err = found(j.DB.Codebook(ctx, q.Mapping.CodebookID, q.Mapping.CodebookVersion)); err != nil {
			return q, err
		}
	}
	if !i.ROS.IsZero() {
		if q.ROS, err = found(j.DB.RiskAssessment(ctx, i.ROS)); err != nil {
			return q, err
		}
	}
	if !i.LD.IsZero() {
		if q.LD, err = found(j.DB.SolutionDesign(ctx, i.LD)); err != nil {
			return q, err
		}
	}
	q.Approval, err = found(j.DB.CurrentApproval(ctx, i.ID))
	return q, err
}

// Questions is Question for every integration, in order of id, in a few reads for all of them. Of approvals it finds
// those that hold, that wait and that were sent back, and ApprovedBefore tells of the first only. The questions share
// parts: they are for reading.
func (j *Jobs) Questions(ctx context.Context, moment store.Moment) ([]store.GateQuestion, error) {
	var p allParts
	for _, read := range []func() error{
		func() (err error) { p.integrations, err = j.DB.Integrations(ctx, db.IntegrationFilter{}); return err },
		func() error {
			return index(&p.registries, func(g *store.Registry) string { return g.ID })(j.DB.Registries(ctx))
		},
		func() error {
			return index(&p.methods, func(m *store.Method) string { return m.ID })(j.DB.Methods(ctx, ""))
		},
		func() error {
			return index(&p.systems, func(s *store.System) string { return s.ID })(j.DB.Systems(ctx))
		},
		func() error {
			return index(&p.connections, func(c *store.Connection) string { return c.ID })(j.DB.Connections(ctx, ""))
		},
		func() error {
			return index(&p.mappings, func(m *store.MappingVersion) string { return m.IntegrationID })(j.DB.MappingsInUse(ctx))
		},
		func() error {
			return index(&p.codebooks, func(c *store.Codebook) store.Ref { return store.Ref{ID: c.ID, Version: c.Version} })(
				j.DB.CodebooksInUse(ctx))
		},
		func() (err error) { p.consents, err = j.DB.ConsentRules(ctx, ""); return err },
		func() error { return index(&p.ros, (*store.RiskAssessment).Ref)(j.DB.RiskAssessments(ctx)) },
		func() error {
			return index(&p.ld, func(d *store.SolutionDesign) store.Ref { return store.Ref{ID: d.ID, Version: d.Version} })(
				j.DB.SolutionDesigns(ctx))
		},
		func() (err error) {
			p.approvals, err = j.DB.Approvals(ctx, "", store.AppApproved, store.AppSubmitted, store.AppChangeRequested)
			return err
		},
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	moves, err := j.DB.IntegrationMoves(ctx)
	if err != nil {
		return nil, err
	}
	p.moves = make(map[string]*store.Move, 2*len(moves))
	for i := range moves {
		p.moves[moves[i].ToID] = &moves[i]
	}
	for i := range moves { // what was moved to, and is moved on, is the old one
		p.moves[moves[i].FromID] = &moves[i]
	}
	holding := map[string]*store.Approval{}
	for i := range p.approvals {
		if a := &p.approvals[i]; a.State == store.AppApproved || holding[a.IntegrationID] == nil {
			holding[a.IntegrationID] = a
		}
	}
	log, lost := j.LogProblem(), j.Lost()
	qs := make([]store.GateQuestion, len(p.integrations))
	for n := range p.integrations {
		i := &p.integrations[n]
		q := store.GateQuestion{At: j.Clock.Now(), Moment: moment, Production: j.conf.OIDC, Log: log, Lost: lost, Approval: holding[i.ID],
			ROS: p.ros[i.ROS], LD: p.ld[i.LD]}
		q.Integration, q.Registry, q.Method = i, p.registries[i.RegistryID], p.methods[i.MethodID]
		for _, r := range p.consents {
			if r.RegistryID == i.RegistryID {
				q.Consents = append(q.Consents, j.consentPart(r, p.connections[r.ConnectionID]))
			}
		}
		q.Connection, q.Mapping = p.connections[i.ConnectionID], p.mappings[i.ID]
		if q.Method != nil {
			q.System, q.Instead = p.systems[q.Method.SystemID], p.systems[q.Method.Instead]
			if c, ok := j.connectors[q.Method.Kind]; ok {
				q.Kind = &c.Kind
			}
		}
		if q.System != nil {
			q.Successor = p.systems[q.System.Successor]
		}
		q.Move = p.moves[i.ID]
		if m := q.Mapping; m != nil {
			q.Codebook = p.codebooks[store.Ref{ID: m.CodebookID, Version: m.CodebookVersion}]
		}
		q.ApprovedBefore = q.Approval != nil && q.Approval.State == store.AppApproved
		qs[n] = q
	}
	return qs, nil
}

// allParts are the parts of every integration.
type allParts struct {
	integrations []store.Integration
	registries   map[string]*store.Registry
	methods      map[string]*store.Method
	systems      map[string]*store.System
	connections  map[string]*store.Connection
	mappings     map[string]*store.MappingVersion // by integration
	codebooks    map[store.Ref]*store.Codebook
	ros          map[store.Ref]*store.RiskAssessment
	ld           map[store.Ref]*store.SolutionDesign
	approvals    []store.Approval
	moves        map[string]*store.Move // by both sides
	consents     []store.ConsentRule
}

// consentParts gives the rules of people's choices of a registry, each with the way to its list.
func (j *Jobs) consentParts(ctx context.Context, registryID string) (list []store.ConsentPart, err error) {
	rules, err := j.DB.ConsentRules(ctx, registryID)
	if err != nil {
		return nil, err
	}
	for _, r := range rules {
		c, err := found(j.DB.Connection(ctx, r.ConnectionID))
		if err != nil {
			return nil, err
		}
		list = append(list, j.consentPart(r, c))
	}
	return list, nil
}

func (j *Jobs) consentPart(r store.ConsentRule, c *store.Connection) store.ConsentPart {
	p := store.ConsentPart{Rule: r, Connection: c}
	if c != nil {
		if k, ok := j.connectors[c.Kind]; ok {
			p.Kind = &k.Kind
		}
	}
	return p
}

// index gives what takes a list as it was read and puts it into a map.
func index[K comparable, T any](into *map[K]*T, key func(*T) K) func([]T, error) error {
	return func(list []T, err error) error {
		*into = make(map[K]*T, len(list))
		for i := range list {
			(*into)[key(&list[i])] = &list[i]
		}
		return err
	}
}

// found turns "not found" into nil without error.
func found[T any](v *T, err error) (*T, error) {
	var e *store.Error
	if errors.As(err, &e) && e.Class == store.NotFound {
		return nil, nil
	}
	return v, err
}

// Gate asks whether the integration may be saved, submitted, approved, scheduled or run as it stands.
func (j *Jobs) Gate(ctx context.Context, integrationID string, moment store.Moment) (*store.GateAnswer, error) {
	q, err := j.Question(ctx, integrationID, moment)
	if err != nil {
		return nil, err
	}
	return store.Gate(q), nil
}
