package web

import (
	"net/http"
	"strconv"

	"samband/store"
)

// mappingUse puts a saved version in use. The hospital's rules are asked first, for the classes of its fields; whether it
// may run is the gate's to say, at the next run.
func (s *Server) mappingUse(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	no, err1 := strconv.Atoi(f.value("no"))
	version, err2 := strconv.Atoi(f.value("version"))
	if err1 != nil || err2 != nil || no < 1 {
		return errNotFound
	}
	v, err := s.DB.MappingVersion(r.Context(), b.Integration.ID, no)
	if err != nil {
		return err
	}
	if err := s.mayBeSavedWith(r.Context(), &b.Integration, v); err != nil {
		return err
	}
	if err := s.DB.UseMapping(r.Context(), b.Integration.ID, version, no, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "map.used.flash", store.Args{"no": no}, b.Href("all-versions"))
}
