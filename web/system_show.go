package web

import (
	"net/http"
	"slices"

	"samband/store"
	"samband/store/db"
	"samband/views/system"
)

// systemShow shows one outside system: its phase and successor, how it is reached, and what uses it of what the person
// may see.
func (s *Server) systemShow(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	x, err := s.DB.System(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	systems, err := s.DB.Systems(ctx)
	if err != nil {
		return err
	}
	m := system.ShowModel{System: *x, MayEdit: s.can(r, store.EditSystems, ""), Detours: map[string]string{}}
	for i := range systems {
		m.Detours[systems[i].ID] = systems[i].Name
		if systems[i].ID == x.Successor {
			m.Successor = &systems[i]
		}
	}
	if m.Methods, err = s.DB.Methods(ctx, x.ID); err != nil {
		return err
	}
	for _, y := range m.Methods {
		if s.kind(y.Kind) != nil && !slices.Contains(m.Kinds, y.Kind) {
			m.Kinds = append(m.Kinds, y.Kind)
		}
	}
	if m.Connections, err = s.DB.Connections(ctx, x.ID); err != nil {
		return err
	}
	m.Now = s.now()
	if m.Circuits, err = s.circuits(ctx, m.Connections); err != nil {
		return err
	}
	if m.Registries, err = s.registryNames(ctx); err != nil {
		return err
	}
	integrations, err := s.DB.Integrations(ctx, db.IntegrationFilter{SystemID: x.ID})
	if err != nil {
		return err
	}
	if m.Moves, err = s.moves(ctx); err != nil {
		return err
	}
	visible := s.visible(r)
	for _, i := range integrations {
		if visible(i.RegistryID) {
			m.Integrations = append(m.Integrations, i)
		}
	}
	return s.page(w, r, system.Show(s.ctx(w, r), m))
}
