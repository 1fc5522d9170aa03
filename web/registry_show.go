package web

import (
	"net/http"

	"samband/store"
	"samband/store/db"
	"samband/views/registry"
)

// registryByPath is the registry that an address names, for the routes table.
func registryByPath(s *Server, r *http.Request) (string, error) {
	g, err := s.DB.Registry(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", err
	}
	return g.ID, nil
}

const stripLength = 14

// registryShow shows one registry: what it rests on, its integrations, what came when, what is late and what to do.
func (s *Server) registryShow(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	g, err := s.DB.Registry(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	solution, err := s.DB.Solution(ctx, g.SolutionID)
	if err != nil {
		return err
	}
	m := registry.ShowModel{Registry: *g, Solution: *solution, At: s.now(), MayEdit: s.can(r, store.EditRegistry, g.ID)}
	if m.Codebooks, err = s.DB.Codebooks(ctx, g.ID); err != nil {
		return err
	}
	if m.MayEdit {
		if m.Drafts, err = s.DB.CodebookDrafts(ctx, g.ID); err != nil {
			return err
		}
	}
	if m.Runs, err = s.DB.Runs(ctx, store.RunFilter{Registries: []string{g.ID}, Limit: 10}); err != nil {
		return err
	}
	of := db.IntegrationFilter{RegistryID: g.ID}
	integrations, err := s.DB.Integrations(ctx, of)
	if err != nil {
		return err
	}
	waiting := store.RunFilter{Registries: []string{g.ID}, States: []store.RunState{store.RunHeld}}
	if m.Held, err = s.DB.Runs(ctx, waiting); err != nil {
		return err
	}
	standings, err := s.DB.Standings(ctx, of)
	if err != nil {
		return err
	}
	strips, err := s.DB.Strips(ctx, of, stripLength)
	if err != nil {
		return err
	}
	systems, err := s.systemsByMethod(ctx)
	if err != nil {
		return err
	}
	for _, i := range byName(integrations, func(i *store.Integration) string { return i.Name }) {
		m.Integrations = append(m.Integrations, registry.Integration{
			Integration: i, System: systems[i.MethodID], Standing: standings[i.ID], Strip: strips[i.ID],
		})
	}
	if m.People, err = s.people(r, g.ID); err != nil {
		return err
	}
	return s.page(w, r, registry.Show(s.ctx(w, r), m))
}
