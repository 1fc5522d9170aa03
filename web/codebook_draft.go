package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/codebook"
	"samband/views/ds"
)

// Codebooks reads files of definitions, and tells what a codebook means for those who use it. It writes nothing.
type Codebooks interface {
	// CodebookFormats names the formats that ReadCodebook knows. With no format it finds it; what can't be read is Invalid
	// and says where.
	CodebookFormats() []string
	ReadCodebook(format string, files []store.SentFile) (*store.Dictionary, error)
	// FormatCodebook writes a version as the YAML that import reads.
	FormatCodebook(c *store.Codebook) ([]byte, error)
	// CodebookEffect tells what the next version means for the integrations that map to the codebook.
	CodebookEffect(ctx context.Context, next *store.Codebook) ([]store.BookEffect, error)
}

// draftRegistry finds the registry of the draft of the codebook {id}, or of the codebook itself.
func draftRegistry(s *Server, r *http.Request) (string, error) {
	d, err := found(s.DB.CodebookDraft(r.Context(), r.PathValue("id")))
	if err != nil {
		return "", err
	}
	if d != nil {
		return d.Codebook.RegistryID, nil
	}
	return codebookRegistry(s, r)
}

// bookDraft is the draft of the codebook {id} for a form that changes it: none is a Conflict, for there was one when the
// form was drawn. stale tells that somebody wrote since.
func (s *Server) bookDraft(r *http.Request, f *form) (d *store.CodebookDraft, stale bool, err error) {
	d, err = s.DB.CodebookDraft(r.Context(), r.PathValue("id"))
	if store.CodeOf(err) == "codebook.no_draft" {
		return nil, false, store.E(store.Conflict, "codebook.no_draft", nil)
	}
	return d, err == nil && f.value("version") != strconv.Itoa(d.Edits), err
}

// keepBook writes the draft as the person left it; stale tells that somebody else was first.
func (s *Server) keepBook(r *http.Request, d *store.CodebookDraft) (stale bool, err error) {
	d.UserID = person(r).User.ID
	err = s.DB.KeepCodebookDraft(r.Context(), d)
	if store.CodeOf(err) == "db.changed" {
		return true, nil
	}
	return false, err
}

// codebookDraft shows the draft of a codebook.
func (s *Server) codebookDraft(w http.ResponseWriter, r *http.Request) error {
	return s.showBook(w, r, http.StatusOK, nil)
}

// showBook draws the draft as it stands; with a form, what was written in it and what is wrong with it.
func (s *Server) showBook(w http.ResponseWriter, r *http.Request, status int, f *form) error {
	d, err := s.DB.CodebookDraft(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	m, err := s.bookModel(r, d)
	if err != nil {
		return err
	}
	if f != nil {
		m.Values, m.Errors, m.Stale = f.values, f.errors, status == http.StatusConflict
	}
	return s.pageStatus(w, r, status, codebook.Draft(s.ctx(w, r), *m))
}

// bookModel collects what the page of a draft shows.
func (s *Server) bookModel(r *http.Request, d *store.CodebookDraft) (*codebook.DraftModel, error) {
	ctx, lang, b := r.Context(), langOf(s, r), &d.Codebook
	m := &codebook.DraftModel{Draft: *d, Window: codebook.NewWindow(b, codebook.DraftHref(b.ID, ""), r.URL.Query()),
		TooWide: len(b.Variables) > store.MaxVariables}
	g, err := s.DB.Registry(ctx, b.RegistryID)
	if err != nil {
		return nil, err
	}
	m.Registry = *g
	names, err := s.userNames(ctx)
	if err != nil {
		return nil, err
	}
	name := func(user string) string {
		if n := names[user]; n != "" {
			return n
		}
		return user
	}
	m.Writer = name(d.UserID)
	for _, e := range fieldErrors(b.Validate()) {
		m.Problems = append(m.Problems, text.Error(lang, e))
	}
	if m.Newest, err = found(s.DB.Codebook(ctx, b.ID, 0)); err != nil || m.Newest == nil {
		return m, err
	}
	m.Changes, m.By = text.CodebookChanges(lang, m.Newest, b), name(m.Newest.CreatedBy)
	if m.Newest.Version > b.Version {
		base, err := s.DB.Codebook(ctx, b.ID, b.Version)
		if err != nil {
			return nil, err
		}
		m.Theirs = text.CodebookChanges(lang, base, m.Newest)
	}
	m.Effects, err = s.bookEffects(r, b, name)
	return m, err
}

// bookEffects tells in words what the draft means for those who use the codebook.
func (s *Server) bookEffects(r *http.Request, b *store.Codebook, name func(string) string) ([]codebook.Effect, error) {
	list, err := s.Codebooks.CodebookEffect(r.Context(), b)
	if err != nil {
		return nil, err
	}
	effects := make([]codebook.Effect, len(list))
	for i := range list {
		effects[i] = codebook.Effect{Integration: list[i].Integration, Approved: list[i].Approved,
			Lines: text.BookEffect(langOf(s, r), &list[i], name)}
	}
	return effects, nil
}

// codebookBegin makes a draft of the version that is shown. One that is there already is not written over.
func (s *Server) codebookBegin(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	newest, err := s.DB.Codebook(ctx, r.PathValue("id"), 0)
	if err != nil {
		return err
	}
	b, err := s.DB.Codebook(ctx, newest.ID, max(atoi(f.value("version")), 0))
	if err != nil {
		return err
	}
	d := &store.CodebookDraft{Codebook: *b}
	d.Codebook.Version, d.Codebook.Source = newest.Version, nil
	switch stale, err := s.keepBook(r, d); {
	case err != nil:
		return err
	case stale: // somebody began before
		if err := s.flash(w, r, ds.Info, "book.draft.is", nil); err != nil {
			return err
		}
	}
	return redirect(w, r, codebook.DraftHref(b.ID, ""))
}

// changeBook carries out a change of the draft that a form of its page asks for, and leads back to a part of the page.
func (s *Server) changeBook(w http.ResponseWriter, r *http.Request, part string, change func(f *form, b *store.Codebook)) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	d, stale, err := s.bookDraft(r, f)
	if err != nil {
		return err
	}
	change(f, &d.Codebook)
	if f.ok() && !stale {
		if stale, err = s.keepBook(r, d); err != nil {
			return err
		}
		if !stale {
			return s.done(w, r, "form.saved", nil, codebook.DraftHref(d.Codebook.ID, "")+part)
		}
	}
	return s.showBook(w, r, formStatus(stale), f)
}

// codebookKey sets the title of the draft, and the variables that together name a row.
func (s *Server) codebookKey(w http.ResponseWriter, r *http.Request) error {
	return s.changeBook(w, r, "#about", func(f *form, b *store.Codebook) {
		b.Title, b.Key = f.text("title", 200), nil
		for _, k := range strings.FieldsFunc(f.text("key", 1000), func(c rune) bool { return c == ',' || c == ' ' || c == '\n' }) {
			switch v := b.Variable(k); {
			case v == nil:
				f.fault("key", "codebook.unknown_key", store.Args{"name": k})
			case v.Computed:
				f.fault("key", "codebook.computed", store.Args{"name": k})
			case !slices.Contains(b.Key, k):
				b.Key = append(b.Key, k)
			}
		}
	})
}

// codebookForms leaves out the forms that the registry is to have no data for.
func (s *Server) codebookForms(w http.ResponseWriter, r *http.Request) error {
	return s.changeBook(w, r, "#forms", func(f *form, b *store.Codebook) {
		keep := map[string]bool{}
		for _, v := range f.list("forms") {
			keep[strings.TrimPrefix(v, "f")] = true
		}
		rest := slices.DeleteFunc(slices.Clone(b.Variables), func(v store.Variable) bool { return !keep[v.Form] })
		if len(rest) == 0 {
			f.fault("forms", "codebook.empty", nil)
			return
		}
		b.Variables = rest
		b.Key = slices.DeleteFunc(slices.Clone(b.Key), func(k string) bool { return b.Variable(k) == nil })
	})
}

// codebookKeep lets the draft stand over the newest version, which the person has been shown: what somebody else changed
// there is undone by it when it is published.
func (s *Server) codebookKeep(w http.ResponseWriter, r *http.Request) error {
	newest, err := s.DB.Codebook(r.Context(), r.PathValue("id"), 0)
	if err != nil {
		return err
	}
	return s.changeBook(w, r, "#publish", func(f *form, b *store.Codebook) {
		if f.value("newest") != strconv.Itoa(newest.Version) {
			f.fault("", "db.changed", nil)
		}
		b.Version = newest.Version
	})
}

// codebookDiscard throws the draft away.
func (s *Server) codebookDiscard(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	d, stale, err := s.bookDraft(r, f)
	if err != nil {
		return err
	}
	if !stale {
		switch err = s.DB.DropCodebookDraft(r.Context(), d.Codebook.ID, d.Edits); {
		case store.CodeOf(err) == "db.changed":
			stale = true
		case err != nil:
			return err
		}
	}
	if stale {
		return s.showBook(w, r, http.StatusConflict, f)
	}
	if err := s.flash(w, r, ds.Info, "book.draft.discarded", nil); err != nil {
		return err
	}
	if d.Codebook.Version == 0 {
		return redirect(w, r, "/registries/"+d.Codebook.RegistryID)
	}
	return redirect(w, r, "/codebooks/"+d.Codebook.ID)
}
