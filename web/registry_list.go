package web

import (
	"net/http"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/views/registry"
)

// registryList shows the registries that the person may see: what arrived last, what is late and what is held.
func (s *Server) registryList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	registries, err := s.DB.Registries(ctx)
	if err != nil {
		return err
	}
	solutions, err := s.DB.Solutions(ctx)
	if err != nil {
		return err
	}
	integrations, err := s.DB.Integrations(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	standings, err := s.DB.Standings(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	names := byID(solutions, func(x *store.Solution) string { return x.ID })
	visible := s.visible(r)
	var lines []registry.Line
	for _, g := range byName(registries, func(g *store.Registry) string { return g.Name }) {
		if !visible(g.ID) {
			continue
		}
		l := registry.Line{Registry: g}
		if x := names[g.SolutionID]; x != nil {
			l.Solution = x.Name
		}
		for i := range integrations {
			if integrations[i].RegistryID == g.ID {
				standIn(&l, &integrations[i], standings[integrations[i].ID], s.now())
			}
		}
		lines = append(lines, l)
	}
	m := registry.ListModel{Lines: lines, MayEdit: s.can(r, store.EditRegistry, "")}
	return s.page(w, r, registry.List(s.ctx(w, r), m))
}

// standIn counts an integration and where it stands into the line of its registry.
func standIn(l *registry.Line, i *store.Integration, at store.Standing, now time.Time) {
	l.Integrations++
	if ok := at.Succeeded; ok != nil {
		if ok.EndedAt.After(l.Last) {
			l.Last = ok.EndedAt
		}
		if late := i.Late(ok.EndedAt, now); !late.IsZero() && (l.Late.IsZero() || late.Before(l.Late)) {
			l.Late = late
		}
	}
	if at.Latest == nil {
		return
	}
	switch at.Latest.State {
	case store.RunHeld:
		l.Held++
	case store.RunFailed, store.RunRefused, store.RunUnknown:
		l.Failing++
	}
}
