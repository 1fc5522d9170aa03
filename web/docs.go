package web

import (
	"net/http"

	"samband/views/docs"
)

// docsIndex shows the front page of the operator's manual.
func (s *Server) docsIndex(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, docs.Index(s.ctx(w, r)))
}

// docsRunBook shows what to do about each code.
func (s *Server) docsRunBook(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, docs.RunBook(s.ctx(w, r)))
}
