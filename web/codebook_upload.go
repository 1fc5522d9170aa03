package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"samband/store"
	"samband/views/codebook"
	"samband/views/edit"
)

// codebookLimit is what a request with files of definitions may carry.
const codebookLimit = 32<<20 + 64<<10

// codebookNew shows the form of a new codebook.
func (s *Server) codebookNew(w http.ResponseWriter, r *http.Request) error {
	m, err := s.newBook(r)
	if err != nil {
		return err
	}
	return s.page(w, r, codebook.Upload(s.ctx(w, r), *m))
}

func (s *Server) newBook(r *http.Request) (*codebook.UploadModel, error) {
	g, err := s.DB.Registry(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return &codebook.UploadModel{Registry: *g, Formats: s.Codebooks.CodebookFormats(), Limit: codebookLimit >> 20,
		Form: edit.Form{Area: "book", Action: "/registries/" + g.ID + "/codebooks", Back: "/registries/" + g.ID, New: true}}, nil
}

// codebookCreate begins the draft of a new codebook, of files or of nothing.
func (s *Server) codebookCreate(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, err := s.upload(r)
	if err != nil {
		return err
	}
	m, err := s.newBook(r)
	if err != nil {
		return err
	}
	b := &store.Codebook{RegistryID: m.Registry.ID, Title: u.text("title", 200)}
	bindID(&b.ID).read(u.form)
	if u.ok() {
		there, err := found(s.DB.Codebook(ctx, b.ID, 0))
		if err != nil {
			return err
		}
		draft, err := found(s.DB.CodebookDraft(ctx, b.ID))
		if err != nil {
			return err
		}
		if there != nil || draft != nil {
			u.fault("id", "db.exists", store.Args{"value": b.ID})
		}
	}
	d := &store.CodebookDraft{Codebook: *b}
	if err := s.readBook(u, d, m); err != nil {
		return err
	}
	return s.keepUpload(w, r, u, d, m)
}

// codebookUploadPage shows the form that takes the next version of a codebook.
func (s *Server) codebookUploadPage(w http.ResponseWriter, r *http.Request) error {
	m, _, err := s.uploadModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, codebook.Upload(s.ctx(w, r), *m))
}

// uploadModel collects what the page shows, and gives the draft that the files go over: the one that is there, or one of
// the newest version.
func (s *Server) uploadModel(r *http.Request) (*codebook.UploadModel, *store.CodebookDraft, error) {
	ctx, id := r.Context(), r.PathValue("id")
	draft, err := found(s.DB.CodebookDraft(ctx, id))
	if err != nil {
		return nil, nil, err
	}
	m := &codebook.UploadModel{Draft: draft, Formats: s.Codebooks.CodebookFormats(), Limit: codebookLimit >> 20,
		Form: edit.Form{Area: "book", Action: "/codebooks/" + id + "/upload", Back: "/codebooks/" + id}}
	if draft == nil {
		newest, err := s.DB.Codebook(ctx, id, 0)
		if err != nil {
			return nil, nil, err
		}
		draft = &store.CodebookDraft{Codebook: *newest}
	} else {
		m.Form.Back = codebook.DraftHref(id, "")
	}
	m.Codebook = &draft.Codebook
	m.Form.Values = map[string][]string{"version": {strconv.Itoa(draft.Edits)}}
	g, err := s.DB.Registry(ctx, draft.Codebook.RegistryID)
	if err != nil {
		return nil, nil, err
	}
	m.Registry = *g
	return m, draft, nil
}

// codebookUpload makes a draft of files, over what people have decided before.
func (s *Server) codebookUpload(w http.ResponseWriter, r *http.Request) error {
	u, err := s.upload(r)
	if err != nil {
		return err
	}
	m, d, err := s.uploadModel(r)
	if err != nil {
		return err
	}
	d.Edits = atoi(u.value("version"))
	if len(u.files) == 0 {
		u.fault("file", "form.required", nil)
	}
	if err := s.readBook(u, d, m); err != nil {
		return err
	}
	return s.keepUpload(w, r, u, d, m)
}

// readBook reads the files that were sent into the draft, if there are any. What is wrong with files that no variable
// could be read from is shown by the form.
func (s *Server) readBook(u *upload, d *store.CodebookDraft, m *codebook.UploadModel) error {
	format := u.value("format")
	if format != "" && !slices.Contains(s.Codebooks.CodebookFormats(), format) {
		u.fault("format", "form.choice", nil)
	}
	if len(u.files) == 0 || !u.ok() {
		return nil
	}
	dictionary, err := s.Codebooks.ReadCodebook(format, u.files)
	switch {
	case err != nil && store.ClassOf(err) == store.Invalid:
		var e *store.Error
		if errors.As(err, &e) {
			u.fault("file", e.Code, e.Args)
		}
		var none *store.NoVariables
		if errors.As(err, &none) {
			m.Defects = none.Defects
		}
		return nil
	case err != nil:
		return err
	}
	before := d.Codebook
	book, defects := dictionary.Codebook(&before)
	book.Source = store.SourceOf(dictionary, u.files)
	book.Title = cmp.Or(before.Title, dictionary.Title)
	d.Codebook, d.Defects = *book, defects
	return nil
}

// keepUpload writes the draft and leads to it, or shows the form again.
func (s *Server) keepUpload(w http.ResponseWriter, r *http.Request, u *upload, d *store.CodebookDraft, m *codebook.UploadModel) error {
	stale := false
	if u.ok() {
		var err error
		if stale, err = s.keepBook(r, d); err != nil {
			return err
		}
		if !stale {
			return s.done(w, r, "book.draft.made", store.Args{"n": len(d.Codebook.Variables)}, codebook.DraftHref(d.Codebook.ID, ""))
		}
		u.fault("", "codebook.stale", nil)
	}
	values := u.values
	if m.Codebook != nil {
		values.Set("version", m.Form.Value("version"))
	}
	m.Form.Values, m.Form.Errors = values, u.errors
	return s.pageStatus(w, r, formStatus(stale), codebook.Upload(s.ctx(w, r), *m))
}
