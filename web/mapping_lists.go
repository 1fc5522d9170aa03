package web

import (
	"context"
	"net/http"
	"slices"

	"samband/store"
	"samband/views/mapping"
)

// mappingLists shows which versions of national lists the mapping rests on, and what is new since.
func (s *Server) mappingLists(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	m := mapping.ListsModel{Base: b.Base}
	for _, system := range b.Mapping.Systems(&b.Codebook) {
		use, err := s.listUse(r.Context(), system, b.Mapping.List(system))
		if err != nil {
			return err
		}
		m.Uses = append(m.Uses, *use)
	}
	return s.page(w, r, mapping.Lists(s.ctx(w, r), m))
}

func (s *Server) listUse(ctx context.Context, system, pinned string) (*mapping.ListUse, error) {
	u := &mapping.ListUse{System: system, Name: system, Pinned: pinned}
	for _, k := range store.KnownSystems {
		if k.System == system {
			u.Name = k.Name
		}
	}
	var err error
	if u.Versions, err = s.DB.CodeSystems(ctx, system); err != nil || pinned == "" {
		return u, err
	}
	u.Missing = !slices.ContainsFunc(u.Versions, func(v store.CodeSystem) bool { return v.Version == pinned })
	if u.Missing || u.Versions[0].Version == pinned {
		return u, nil
	}
	was, err := s.DB.CodeSystem(ctx, system, pinned)
	if err != nil {
		return nil, err
	}
	is, err := s.DB.CodeSystem(ctx, system, u.Versions[0].Version)
	if err != nil {
		return nil, err
	}
	u.Changes = is.Since(was)
	return u, nil
}

// mappingPin writes into the draft that the mapping rests on another version of a national list.
func (s *Server) mappingPin(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
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
	list, err := s.DB.CodeSystem(r.Context(), f.value("system"), f.value("version"))
	if err != nil {
		return err
	}
	if f.value("version") == "" || !slices.Contains(b.Mapping.Systems(&b.Codebook), list.System) {
		return errNotFound
	}
	next := b.Mapping
	next.Lists = b.Mapping.Pinned(store.ListPin{System: list.System, Version: list.Version})
	if err := s.keepDraft(r, b, f, next, store.DraftStep{What: "list", Args: store.Args{"name": list.Name}}); err != nil {
		return err
	}
	return s.done(w, r, "lists.pinned_now", store.Args{"name": list.Name, "version": list.Version}, b.Href("national-lists"))
}
