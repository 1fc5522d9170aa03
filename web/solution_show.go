package web

import (
	"net/http"
	"slices"

	"samband/store"
	"samband/views/catalogue"
)

// solutionShow shows one register solution. Who has logged in also sees its registries, and who may see systems what is
// known of owner, operation and note.
func (s *Server) solutionShow(w http.ResponseWriter, r *http.Request) error {
	solution, err := s.DB.Solution(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !s.can(r, store.SeeSystems, "") {
		*solution = solution.Public()
	}
	m := catalogue.SolutionModel{Solution: *solution, SignedIn: person(r) != nil, MayEdit: s.can(r, store.EditSystems, "")}
	if m.All, err = s.DB.Catalogue(r.Context()); err != nil {
		return err
	}
	m.All = s.shownOf(r, m.All)
	if m.SignedIn {
		list, err := s.DB.Registries(r.Context())
		if err != nil {
			return err
		}
		m.Registries = slices.DeleteFunc(list, func(g store.Registry) bool {
			return g.SolutionID != solution.ID || !s.can(r, store.SeeRegistry, g.ID)
		})
	}
	return s.page(w, r, catalogue.Solution(s.ctx(w, r), m))
}
