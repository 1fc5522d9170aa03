package web

import (
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/text"
	"samband/views/evidence"
)

// dossier collects what the appendix to an approval is made from: of the submission that ?submission=N names, the
// newest when nothing is asked.
func (s *Server) dossier(r *http.Request) (*store.Dossier, error) {
	no := 0
	if v := r.URL.Query().Get("submission"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			return nil, store.E(store.NotFound, "approval.not_found", nil)
		}
		no = n
	}
	return s.DB.Dossier(r.Context(), r.PathValue("id"), no)
}

// appendixShow shows the appendix to the solution design of an approval.
func (s *Server) appendixShow(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	o, err := s.dossier(r)
	if err != nil {
		return err
	}
	a, err := s.DB.Approval(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	i, err := s.DB.Integration(ctx, a.IntegrationID)
	if err != nil {
		return err
	}
	m := evidence.AppendixModel{Approval: *a, Integration: *i, No: o.Submission.No,
		MayPack: s.can(r, store.SeeAudit, i.RegistryID)}
	if m.Submissions, err = s.DB.Submissions(ctx, a.ID); err != nil {
		return err
	}
	c := s.ctx(w, r)
	m.Document = text.Appendix(c.Lang, o)
	return s.page(w, r, evidence.Appendix(c, m))
}

// appendixMarkdown gives the appendix as Markdown.
func (s *Server) appendixMarkdown(w http.ResponseWriter, r *http.Request) error {
	o, err := s.dossier(r)
	if err != nil {
		return err
	}
	b := text.Appendix(langOf(s, r), o).Markdown()
	attach(w, "text/markdown; charset=utf-8", appendixName(o)+".md")
	if _, err := w.Write(b); err != nil {
		s.Log.LogAttrs(r.Context(), slog.LevelDebug, "the reader left", slog.String("request", visitOf(r).id))
	}
	return nil
}

// appendixCSV gives the appendix's account of the variables as a file.
func (s *Server) appendixCSV(w http.ResponseWriter, r *http.Request) error {
	o, err := s.dossier(r)
	if err != nil {
		return err
	}
	rows := text.MappingRows(langOf(s, r), o)
	return s.csv(w, r, appendixName(o)+".csv", func(row func(...string)) {
		for _, cells := range rows {
			row(cells...)
		}
	})
}

// appendixName is what a file of the appendix is called, without its ending.
func appendixName(o *store.Dossier) string {
	return "ld-" + o.IntegrationID + "-" + o.Submission.ScopeHash[:store.LeastHash]
}

// attach says that the answer is a file to keep.
func attach(w http.ResponseWriter, kind, name string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}

// stream copies a file to whoever asked.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, from io.Reader) {
	if _, err := io.Copy(w, from); err != nil {
		s.Log.LogAttrs(r.Context(), slog.LevelDebug, "the reader left", slog.String("request", visitOf(r).id))
	}
}
