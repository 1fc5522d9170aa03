package web

import (
	"net/http"

	"samband/views/admin"
)

// access shows everyone with access, and by which grant.
func (s *Server) access(w http.ResponseWriter, r *http.Request) error {
	m := admin.AccessModel{At: s.now()}
	var err error
	if m.Access, err = s.DB.Access(r.Context(), m.At); err != nil {
		return err
	}
	names, err := s.namesOf(r)
	if err != nil {
		return err
	}
	m.Names = names.registry
	return s.page(w, r, admin.Access(s.ctx(w, r), m))
}
