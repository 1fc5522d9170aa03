package web

import (
	"errors"
	"io"
	"net/http"

	"samband/store"
	"samband/views/evidence"
)

// maxPack is the greatest pack that the page takes, in bytes, with what a form adds to it.
const maxPack = 50<<20 + 4<<10

// evidenceVerifyPage shows the form that takes a pack.
func (s *Server) evidenceVerifyPage(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, evidence.Verify(s.ctx(w, r), evidence.VerifyModel{}))
}

// evidenceVerify checks a pack that somebody hands in, and says what holds and what doesn't. The pack isn't kept.
func (s *Server) evidenceVerify(w http.ResponseWriter, r *http.Request) error {
	var m evidence.VerifyModel
	parts, err := r.MultipartReader()
	if err != nil {
		return &store.Error{Class: store.Invalid, Code: "form.unreadable", Err: err}
	}
	for m.Report == nil {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		var big *http.MaxBytesError
		switch {
		case errors.As(err, &big):
			return errTooLarge
		case err != nil:
			return &store.Error{Class: store.Invalid, Code: "form.unreadable", Err: err}
		case part.FormName() != "pack" || part.FileName() == "":
			continue
		}
		if m.Report, err = s.Evidence.VerifyEvidence(r.Context(), part); err != nil {
			return err
		}
	}
	if m.Report == nil {
		m.Errors.Add("pack", "form.required", nil)
		return s.again(w, r, evidence.Verify(s.ctx(w, r), m))
	}
	return s.page(w, r, evidence.Verify(s.ctx(w, r), m))
}
