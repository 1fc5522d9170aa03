package web

import (
	"net/http"
	"slices"

	"samband/store"
	"samband/views/catalogue"
)

// catalogue shows which integrations each register solution has. It is for anybody.
func (s *Server) catalogue(w http.ResponseWriter, r *http.Request) error {
	all, err := s.DB.Catalogue(r.Context())
	if err != nil {
		return err
	}
	q := r.URL.Query()
	f := store.CatalogueFilter{Text: q.Get("q"), System: q.Get("system"), Direction: store.Direction(q.Get("direction")),
		State: store.IntegrationState(q.Get("state"))}
	m := catalogue.Model{Filter: f, Shown: all.Apply(f), All: all}
	for _, x := range all.Systems {
		if !slices.Contains(m.Names, x.Name) {
			m.Names = append(m.Names, x.Name)
		}
	}
	return s.page(w, r, catalogue.Catalogue(s.ctx(w, r), m))
}
