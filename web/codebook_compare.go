package web

import (
	"net/http"
	"strconv"

	"samband/store/text"
	"samband/views/codebook"
	"samband/views/ds"
)

// codebookCompare says in words in what two versions of a codebook differ.
func (s *Server) codebookCompare(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	from, err1 := strconv.Atoi(r.URL.Query().Get("from"))
	to, err2 := strconv.Atoi(r.URL.Query().Get("to"))
	if err1 != nil || err2 != nil || from < 1 || to < 1 {
		return errNotFound
	}
	was, err := s.DB.Codebook(ctx, r.PathValue("id"), from)
	if err != nil {
		return err
	}
	is, err := s.DB.Codebook(ctx, was.ID, to)
	if err != nil {
		return err
	}
	g, err := s.DB.Registry(ctx, is.RegistryID)
	if err != nil {
		return err
	}
	versions, err := s.DB.CodebookVersions(ctx, is.ID)
	if err != nil {
		return err
	}
	c := s.ctx(w, r)
	m := codebook.CompareModel{Codebook: *is, Registry: *g, From: from, To: to, Changes: text.CodebookChanges(c.Lang, was, is)}
	for _, v := range versions {
		no := strconv.Itoa(v.Version)
		o := ds.Option{Value: no, Text: no}
		if v.Message != "" {
			o.Text += " – " + v.Message
		}
		m.Versions = append(m.Versions, o)
	}
	return s.page(w, r, codebook.Compare(c, m))
}
