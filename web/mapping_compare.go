package web

import (
	"net/http"
	"strconv"

	"samband/store/text"
	"samband/views/ds"
	"samband/views/mapping"
)

// mappingCompare says in words in what two versions differ.
func (s *Server) mappingCompare(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	from, err1 := strconv.Atoi(r.URL.Query().Get("from"))
	to, err2 := strconv.Atoi(r.URL.Query().Get("to"))
	if err1 != nil || err2 != nil || from < 1 || to < 1 {
		return errNotFound
	}
	was, err := s.DB.MappingVersion(r.Context(), b.Integration.ID, from)
	if err != nil {
		return err
	}
	is, err := s.DB.MappingVersion(r.Context(), b.Integration.ID, to)
	if err != nil {
		return err
	}
	versions, err := s.DB.MappingVersions(r.Context(), b.Integration.ID)
	if err != nil {
		return err
	}
	c := s.ctx(w, r)
	m := mapping.CompareModel{Base: b.Base, From: from, To: to, Changes: text.Changes(c.Lang, &was.Mapping, &is.Mapping)}
	for _, v := range versions {
		no := strconv.Itoa(v.No)
		m.Versions = append(m.Versions, ds.Option{Value: no, Text: no + " – " + v.Message})
	}
	return s.page(w, r, mapping.Compare(c, m))
}
