package web

import (
	"net/http"

	"samband/views/mapping"
)

// mappingProfile shows what the values of the source look like: of all fields, or all that is told of ?field=.
func (s *Server) mappingProfile(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	m := mapping.ProfileModel{Base: b.Base}
	if m.Profile, err = found(s.DB.SourceProfile(r.Context(), b.Integration.ID)); err != nil {
		return err
	}
	if name := r.URL.Query().Get("field"); name != "" {
		if m.Field = m.Profile.Field(name); m.Field == nil {
			return errNotFound
		}
		m.Used = b.Mapping.Readers()[name]
	}
	return s.page(w, r, mapping.Profile(s.ctx(w, r), m))
}
