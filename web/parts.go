package web

import (
	"context"
	"slices"

	"samband/store"
	"samband/store/db"
)

// Gatekeeper answers for the gate: whether an integration may be submitted, approved, scheduled or run as it stands.
type Gatekeeper interface {
	// Question collects what the gate needs to know. What doesn't exist is nil.
	Question(ctx context.Context, integrationID string, moment store.Moment) (store.GateQuestion, error)
	// Questions collects it for every integration at once, in order of id.
	Questions(ctx context.Context, moment store.Moment) ([]store.GateQuestion, error)
}

// Connectors is what the portal can reach outside systems with.
type Connectors interface {
	// Kinds are the connectors there are, in order of name.
	Kinds() []store.Kind
	// CheckConnection finds what is wrong with a connection's settings on this installation, by field.
	CheckConnection(c *store.Connection) error
	// TestConnection tries a connection without moving anything, and says what is wrong with it.
	TestConnection(ctx context.Context, connectionID string) error
}

// kind gives a connector by name, nil when there is none.
func (s *Server) kind(name string) *store.Kind {
	kinds := s.Connectors.Kinds()
	if i := slices.IndexFunc(kinds, func(k store.Kind) bool { return k.Name == name }); i >= 0 {
		return &kinds[i]
	}
	return nil
}

// systemsByMethod gives the system that each method reaches, by the method's id.
func (s *Server) systemsByMethod(ctx context.Context) (map[string]store.System, error) {
	systems, err := s.DB.Systems(ctx)
	if err != nil {
		return nil, err
	}
	methods, err := s.DB.Methods(ctx, "")
	if err != nil {
		return nil, err
	}
	system := byID(systems, func(x *store.System) string { return x.ID })
	by := make(map[string]store.System, len(methods))
	for _, m := range methods {
		if x := system[m.SystemID]; x != nil {
			by[m.ID] = *x
		}
	}
	return by, nil
}

// registryNames gives the names of the registries by id.
func (s *Server) registryNames(ctx context.Context) (map[string]string, error) {
	registries, err := s.DB.Registries(ctx)
	names := make(map[string]string, len(registries))
	for _, g := range registries {
		names[g.ID] = g.Name
	}
	return names, err
}

// integrationNames gives the names of the integrations by id.
func (s *Server) integrationNames(ctx context.Context) (map[string]string, error) {
	list, err := s.DB.Integrations(ctx, db.IntegrationFilter{})
	names := make(map[string]string, len(list))
	for _, i := range list {
		names[i.ID] = i.Name
	}
	return names, err
}
