package web

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"samband/store"
	"samband/views/mapping"
)

// mappingLimit is what a request with a mapping's file may carry.
const mappingLimit = 8 << 20

// mappingYAML gives the mapping as a file: the person's draft, the newest version, or ?version=N.
func (s *Server) mappingYAML(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	v, _, err := s.shownVersion(r, b)
	if err != nil {
		return err
	}
	doc, err := s.Mapper.FormatMapping(&v.Mapping)
	if err != nil {
		return err
	}
	name := "mapping-" + b.Integration.ID
	if v.No > 0 {
		name += "-" + strconv.Itoa(v.No)
	}
	return s.file(w, r, "application/yaml", name+".yaml", doc)
}

// mappingFromYAML writes a mapping that somebody has as a file to the person's draft, as one step.
func (s *Server) mappingFromYAML(w http.ResponseWriter, r *http.Request) error {
	u, err := s.upload(r)
	if err != nil {
		return err
	}
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	var read *store.Mapping
	if u.content == nil {
		u.fault("file", "form.required", nil)
	} else if store.ScanWritten(u.name) > 0 { // the name is kept with the step
		u.fault("file", "form.person_number", nil)
	} else if read, err = s.Mapper.ParseMapping(u.content); err != nil {
		var e *store.Error
		if !errors.As(err, &e) || e.Class != store.Invalid {
			return err
		}
		u.fault("file", e.Code, e.Args)
	}
	if u.ok() {
		read.Stamp(&b.Mapping, person(r).User.ID, s.now())
		return s.kept(w, r, b, u.form, *read, store.DraftStep{What: "import", Args: store.Args{"name": u.name}})
	}
	m, err := s.versionsModel(r, b)
	if err != nil {
		return err
	}
	m.Errors = u.errors
	return s.pageStatus(w, r, http.StatusUnprocessableEntity, mapping.Versions(s.ctx(w, r), *m))
}

// kept writes to the person's draft and leads back to what it changed.
func (s *Server) kept(w http.ResponseWriter, r *http.Request, b *workbench, f *form, next store.Mapping, what store.DraftStep) error {
	if err := s.keepDraft(r, b, f, next, what); err != nil {
		return err
	}
	return s.done(w, r, "map.rows.kept", nil, b.Href("")+"#draft")
}

// file answers with a file to keep.
func (s *Server) file(w http.ResponseWriter, r *http.Request, kind, name string, content []byte) error {
	attach(w, kind, name)
	if _, err := w.Write(content); err != nil {
		s.Log.LogAttrs(r.Context(), slog.LevelDebug, "the reader left", slog.String("request", visitOf(r).id))
	}
	return nil
}
