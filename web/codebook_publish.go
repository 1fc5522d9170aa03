package web

import (
	"net/http"

	"samband/store"
	"samband/views/codebook"
)

// codebookPublish makes an immutable version of the draft. What it breaks is named on the page, and nothing is published
// before somebody has said yes to that.
func (s *Server) codebookPublish(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	d, stale, err := s.bookDraft(r, f)
	if err != nil {
		return err
	}
	m, err := s.bookModel(r, d)
	if err != nil {
		return err
	}
	next := d.Codebook
	next.Version, next.Message = d.Codebook.Version+1, f.need("message", 300)
	switch {
	case len(m.Problems) > 0:
		f.fault("", "codebook.unsound", store.Args{"n": len(m.Problems)})
	case m.Newest != nil && m.Newest.Version > d.Codebook.Version:
		stale = true
	case m.Newest != nil && m.Changes.Count() == 0:
		f.fault("", "codebook.unchanged", store.Args{"no": m.Newest.Version})
	case m.Breaks() > 0 && !f.checked("accept"):
		f.fault("accept", "codebook.accept", store.Args{"n": m.Breaks()})
	}
	if f.ok() && !stale {
		err := s.DB.SaveCodebook(ctx, &next, actor(r))
		if store.CodeOf(err) != "db.changed" {
			if err == nil { // what somebody wrote in the meantime stays a draft
				if err = s.DB.DropCodebookDraft(ctx, next.ID, d.Edits); store.CodeOf(err) == "db.changed" {
					err = nil
				}
			}
			if err != nil {
				return err
			}
			return s.done(w, r, "book.published", store.Args{"no": next.Version}, "/codebooks/"+next.ID+"#versions")
		}
		stale = true
	}
	m.Values, m.Errors, m.Stale = f.values, f.errors, stale
	if stale { // as it stands now
		return s.showBook(w, r, http.StatusConflict, f)
	}
	return s.pageStatus(w, r, http.StatusUnprocessableEntity, codebook.Draft(s.ctx(w, r), *m))
}
