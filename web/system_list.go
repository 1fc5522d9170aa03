package web

import (
	"net/http"

	"samband/store"
	"samband/store/db"
	"samband/views/system"
)

// systemList shows the outside systems, in both directions.
func (s *Server) systemList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	systems, err := s.DB.Systems(ctx)
	if err != nil {
		return err
	}
	methods, err := s.DB.Methods(ctx, "")
	if err != nil {
		return err
	}
	integrations, err := s.DB.Integrations(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	visible, uses := s.visible(r), map[string]int{}
	for _, i := range integrations {
		if visible(i.RegistryID) {
			uses[i.MethodID]++
		}
	}
	known := byID(systems, func(x *store.System) string { return x.ID })
	m := system.ListModel{MayEdit: s.can(r, store.EditSystems, "")}
	for _, x := range systems {
		l := system.Line{System: x}
		if next := known[x.Successor]; next != nil {
			l.Successor = next.Name
		}
		for _, y := range methods {
			if y.SystemID == x.ID {
				l.Methods = append(l.Methods, y)
				l.Integrations += uses[y.ID]
			}
		}
		m.Lines = append(m.Lines, l)
	}
	byName(m.Lines, func(l *system.Line) string { return l.System.Name })
	return s.page(w, r, system.List(s.ctx(w, r), m))
}
