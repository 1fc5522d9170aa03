package web

import (
	"net/http"

	"samband/views/docs"
)

// docsIndex shows the front page of the operator's manual.
func (s *Server) docsIndex(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, docs.Index(s.ctx(w, r)))
}

// docsRunBook shows what to do about each code, or about those that a search finds.
func (s *Server) docsRunBook(w http.ResponseWriter, r *http.Request) error {
	f := &form{values: r.URL.Query()}
	return s.page(w, r, docs.RunBook(s.ctx(w, r), f.text("q", 100)))
}

// docsWatch shows how the dashboard and the alert rules are taken into use.
func (s *Server) docsWatch(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, docs.Watch(s.ctx(w, r)))
}

// docsPackets shows how identity and health that are sent apart are received and joined.
func (s *Server) docsPackets(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, docs.Packets(s.ctx(w, r)))
}
