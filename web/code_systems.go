package web

import (
	"errors"
	"net/http"

	"samband/store"
	"samband/store/codelist"
	"samband/views/codesystem"
)

// most is how many codes and changes a page of a code system shows: tens of thousands are for searching.
const mostCodes = 50

func (s *Server) codeSystemsModel(r *http.Request) (codesystem.ListModel, error) {
	list, err := s.DB.CodeSystems(r.Context(), "")
	return codesystem.ListModel{Systems: list, MayEdit: s.can(r, store.EditSystems, ""), Limit: codelist.MaxBytes >> 20,
		Form: codesystem.Form{Day: string(store.DateOf(s.now()))}}, err
}

// codeSystems shows the code systems that the portal has copies of.
func (s *Server) codeSystems(w http.ResponseWriter, r *http.Request) error {
	m, err := s.codeSystemsModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, codesystem.List(s.ctx(w, r), m))
}

// codeSystemImport reads a version in from a file. It changes no mapping: each names the version it rests on.
func (s *Server) codeSystemImport(w http.ResponseWriter, r *http.Request) error {
	u, err := s.upload(r)
	if err != nil {
		return err
	}
	m, err := s.codeSystemsModel(r)
	if err != nil {
		return err
	}
	m.Form = codesystem.Form{System: u.value("system"), Name: u.value("name"), Version: u.value("version"), Day: u.value("day")}
	var read *store.CodeSystem
	if u.content == nil {
		u.fault("file", "form.required", nil)
	} else if read, err = codelist.Read(u.content); err != nil {
		if err := u.take(err); err != nil {
			return err
		}
	}
	day := u.date("day")
	system, name, version := u.text("system", 200), u.text("name", 200), u.text("version", 63)
	if u.ok() {
		if system != "" {
			read.System = store.CanonicalSystem(system)
		}
		if name != "" {
			read.Name = name
		}
		if version != "" {
			read.Version = version
		}
		read.Day = string(day)
		read.Sort() // as the system that it turned out to be compares them
		err := s.DB.SaveCodeSystem(r.Context(), read, actor(r))
		var e *store.Error
		switch {
		case err == nil:
			return s.done(w, r, "lists.imported", store.Args{"name": read.Name, "version": read.Version, "n": read.Size}, codesystem.Href(read))
		case errors.As(err, &e) && e.Code == "code_system.version_taken":
			u.fault("version", e.Code, e.Args)
			m.Errors = u.errors
			return s.pageStatus(w, r, http.StatusConflict, codesystem.List(s.ctx(w, r), m))
		default:
			if err := u.take(err); err != nil {
				return err
			}
		}
	}
	m.Errors = u.errors
	return s.again(w, r, codesystem.List(s.ctx(w, r), m))
}

// codeSystem shows a version of a code system: what a search finds in it, and what is new since the version before.
func (s *Server) codeSystem(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if q.Get("system") == "" {
		return errNotFound
	}
	x, err := s.DB.CodeSystem(r.Context(), store.CanonicalSystem(q.Get("system")), q.Get("version"))
	if err != nil {
		return err
	}
	m := codesystem.ShowModel{System: *x, Query: q.Get("q"), Most: mostCodes}
	m.Hits = x.Search(m.Query, mostCodes)
	versions, err := s.DB.CodeSystems(r.Context(), x.System)
	if err != nil {
		return err
	}
	for i := range versions {
		if versions[i].Version == x.Version && i+1 < len(versions) {
			before, err := s.DB.CodeSystem(r.Context(), x.System, versions[i+1].Version)
			if err != nil {
				return err
			}
			m.Before, m.Changes = before.Version, x.Since(before)
		}
	}
	return s.page(w, r, codesystem.Show(s.ctx(w, r), m))
}
