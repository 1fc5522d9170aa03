package jobs

import (
	"context"
	"slices"

	"samband/store"
)

// BreakingError refuses a document whose codebooks break mappings or approvals in use. Effects is all that the document
// breaks.
type BreakingError struct{ Effects []store.BookEffect }

func (e *BreakingError) Error() string { return e.Unwrap().Error() }

// Unwrap gives the error that people are told: Refused, import.breaks.
func (e *BreakingError) Unwrap() error {
	return store.E(store.Refused, "import.breaks", store.Args{"n": len(e.Effects)})
}

// bundleEffects tells what a document breaks of what is here, and whether it has to be accepted: when its codebooks break
// something. A mapping that the document replaces is not counted: the new one is checked with the new codebook. Nor are
// the approvals of what a demonstration brings: they are made anew with it.
func (j *Jobs) bundleEffects(ctx context.Context, b *store.Bundle, demo bool) (effects []store.BookEffect, accept bool, err error) {
	books := map[string]*store.Codebook{} // those that get a next version
	users := map[string]store.BookEffect{}
	for _, c := range b.Codebooks {
		newest, err := found(j.DB.Codebook(ctx, c.ID, 0))
		if err != nil {
			return nil, false, err
		}
		if nextCodebook(&c, newest) || newest == nil {
			continue
		}
		books[c.ID] = &c
		list, err := j.CodebookEffect(ctx, &c)
		if err != nil {
			return nil, false, err
		}
		for _, e := range list {
			if replaced, err := j.replaces(ctx, b, &e.Integration); err != nil {
				return nil, false, err
			} else if replaced {
				e.Broken = slices.DeleteFunc(e.Broken, func(m store.MappingBreak) bool { return m.No > 0 })
			}
			users[e.Integration.ID] = e
		}
	}
	qs, err := j.Questions(ctx, store.AtRun)
	if err != nil {
		return nil, false, err
	}
	for _, q := range qs {
		user, x := users[q.Integration.ID], bundled(b, q.Integration.ID)
		e := store.BookEffect{Integration: *q.Integration, Broken: user.Broken}
		if q.Approval != nil && q.Approval.Holds(q.At) == nil && (x == nil || !demo) {
			if err := j.beyond(ctx, b, books, q, &e); err != nil {
				return nil, false, err
			}
		}
		if e.Breaks() {
			effects = append(effects, e)
			accept = accept || user.Breaks()
		}
	}
	return effects, accept, nil
}

// beyond finds what a document changes in an integration beyond its approval, which holds. What was beyond it before and
// stands as it is, is not the document's doing.
func (j *Jobs) beyond(ctx context.Context, b *store.Bundle, books map[string]*store.Codebook, q store.GateQuestion, e *store.BookEffect) error {
	e.Approved = true
	was := store.Gate(q)
	next, err := j.withBundle(ctx, b, books, q)
	if err != nil {
		return err
	}
	if is := store.Gate(next); is.ScopeHash != was.ScopeHash {
		e.Uncovered = is.Uncovered
	}
	ros, ld := q.Integration.ROS, q.Integration.LD
	e.Rebased = next.Integration.ROS != ros && next.Integration.ROS != q.Approval.ROS ||
		next.Integration.LD != ld && next.Integration.LD != q.Approval.LD
	return nil
}

// withBundle gives the question of an integration as it will be when a document is taken in and the mapping is made for
// the newest of its codebooks.
func (j *Jobs) withBundle(ctx context.Context, b *store.Bundle, books map[string]*store.Codebook, q store.GateQuestion) (store.GateQuestion, error) {
	x, i := bundled(b, q.Integration.ID), *q.Integration
	if x != nil {
		i = x.Integration
		i.Version, i.State, i.MappingNo, i.Demo = q.Integration.Version, q.Integration.State, q.Integration.MappingNo, q.Integration.Demo
	}
	q.Integration = &i
	var err error
	if q.Registry, err = one(ctx, b.Registries, i.RegistryID, func(g *store.Registry) string { return g.ID }, j.DB.Registry); err != nil {
		return q, err
	}
	if q.Method, err = one(ctx, b.Methods, i.MethodID, func(m *store.Method) string { return m.ID }, j.DB.Method); err != nil {
		return q, err
	}
	if q.System, err = one(ctx, b.Systems, q.Method.SystemID, func(s *store.System) string { return s.ID }, j.DB.System); err != nil {
		return q, err
	}
	if q.Consents, err = j.bundleConsents(ctx, b, i.RegistryID); err != nil {
		return q, err
	}
	q.Kind, q.Connection = nil, nil
	if c, ok := j.connectors[q.Method.Kind]; ok {
		q.Kind = &c.Kind
	}
	if i.ConnectionID != "" {
		q.Connection, err = one(ctx, b.Connections, i.ConnectionID, func(c *store.Connection) string { return c.ID }, j.DB.Connection)
		if err != nil {
			return q, err
		}
	}
	if x != nil && x.Mapping != nil {
		if q.Codebook = books[i.CodebookID]; q.Codebook == nil {
			if q.Codebook, err = j.bundleCodebook(ctx, b, i.CodebookID); err != nil {
				return q, err
			}
		}
		if q.Mapping == nil || !sameMapping(&q.Mapping.Mapping, x.Mapping) {
			q.Mapping = &store.MappingVersion{IntegrationID: i.ID, Mapping: *x.Mapping}
		}
	} else if q.Mapping != nil && books[q.Mapping.CodebookID] != nil {
		q.Codebook = books[q.Mapping.CodebookID]
	}
	if q.Mapping != nil && q.Codebook != nil {
		m := *q.Mapping
		m.CodebookID, m.CodebookVersion = q.Codebook.ID, q.Codebook.Version
		q.Mapping = &m
	}
	return q, nil
}

// one gives what a document has under an id, or else what is stored.
func one[T any](ctx context.Context, list []T, id string, idOf func(*T) string, get func(context.Context, string) (*T, error)) (*T, error) {
	for n := range list {
		if idOf(&list[n]) == id {
			return &list[n], nil
		}
	}
	return get(ctx, id)
}

func bundled(b *store.Bundle, integrationID string) *store.BundleIntegration {
	for n := range b.Integrations {
		if x := &b.Integrations[n]; x.ID == integrationID {
			return x
		}
	}
	return nil
}

// replaces tells whether a document has another mapping for an integration than the one in use.
func (j *Jobs) replaces(ctx context.Context, b *store.Bundle, i *store.Integration) (bool, error) {
	x := bundled(b, i.ID)
	if x == nil || x.Mapping == nil || i.MappingNo == 0 {
		return false, nil
	}
	v, err := j.DB.MappingVersion(ctx, i.ID, i.MappingNo)
	if err != nil {
		return false, err
	}
	return !sameMapping(&v.Mapping, x.Mapping), nil
}
