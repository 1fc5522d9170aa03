package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"samband/store"
)

// uploadLimit is what a request with a document may carry: the document, and the fields and frames around it.
const uploadLimit = store.DocumentLimit + 64<<10

// upload is a form with files in the field "file".
type upload struct {
	*form
	name    string // of the last file, as it was called where it came from
	content []byte // nil when no file was chosen
	files   []store.SentFile
}

// upload reads a form with files in the field "file", as a stream and within the route's limit.
func (s *Server) upload(r *http.Request) (*upload, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, &store.Error{Class: store.Invalid, Code: "form.unreadable", Err: err}
	}
	u := &upload{form: &form{values: url.Values{}}}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return u, nil
		}
		var content []byte
		if err == nil {
			content, err = io.ReadAll(part)
		}
		var big *http.MaxBytesError
		switch {
		case errors.As(err, &big):
			return nil, errTooLarge
		case err != nil:
			return nil, &store.Error{Class: store.Invalid, Code: "form.unreadable", Err: err}
		case part.FormName() != "file":
			u.values.Add(part.FormName(), string(content))
		case part.FileName() != "": // browsers send an empty part when nothing was chosen
			u.name, u.content = part.FileName(), content
			u.files = append(u.files, store.SentFile{Name: u.name, Data: content})
		}
	}
}

// documentUpload keeps a PDF with one version of a ROS or an LD.
func documentUpload(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		u, err := s.upload(r)
		if err != nil {
			return err
		}
		d, err := s.documentOf(r, kind)
		if err != nil {
			return err
		}
		if u.content == nil {
			u.fault("file", "form.required", nil)
		} else {
			ref, at := store.Ref{ID: r.PathValue("id"), Version: d.view().Version}, atoi(u.value("version"))
			if kind == "ros" {
				_, err = s.DB.PutROSDocument(r.Context(), ref, at, u.name, u.content, actor(r))
			} else {
				_, err = s.DB.PutLDDocument(r.Context(), ref, at, u.name, u.content, actor(r))
			}
			if err = u.take(err); err != nil {
				return err
			}
		}
		if !u.ok() {
			return s.showDocument(w, r, kind, http.StatusUnprocessableEntity, "file", u.form)
		}
		return s.done(w, r, "document.file.saved", nil, d.view().Href()+"#document")
	}
}

// documentDrop takes the PDF away from a draft.
func documentDrop(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		f, err := s.form(r)
		if err != nil {
			return err
		}
		d, err := s.documentOf(r, kind)
		if err != nil {
			return err
		}
		ref, at := store.Ref{ID: r.PathValue("id"), Version: d.view().Version}, atoi(f.value("version"))
		if kind == "ros" {
			_, err = s.DB.DropROSDocument(r.Context(), ref, at, actor(r))
		} else {
			_, err = s.DB.DropLDDocument(r.Context(), ref, at, actor(r))
		}
		if err != nil {
			return err
		}
		return s.done(w, r, "document.file.dropped", nil, d.view().Href()+"#document")
	}
}

// documentGet gives the PDF of one version, always as a file to keep: what others have written never runs as a page of
// the portal.
func documentGet(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		d, err := s.documentOf(r, kind)
		if err != nil {
			return err
		}
		file := d.view().File
		if file == nil {
			return errNotFound
		}
		content, err := s.documentFile(r.Context(), file.SHA256)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
		w.Header().Set("Content-Length", strconv.Itoa(len(*content)))
		return s.give(w, r, "application/pdf", *content)
	}
}

// documentFile gives the bytes of a PDF by their hash, or "document.not_found".
func (s *Server) documentFile(ctx context.Context, sha256 string) (*[]byte, error) {
	content, err := s.DB.Document(ctx, sha256)
	if err != nil {
		return nil, err
	}
	return &content, nil
}

// atoi reads a number that a form of ours carries; what is none is the version of nothing.
func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
