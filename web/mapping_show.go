package web

import (
	"context"
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/text"
	"samband/views/mapping"
)

// mappingShow shows the mapping of an integration: the reader's draft, the newest version, or ?version=N.
func (s *Server) mappingShow(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if b.Codebook.ID == "" {
		return s.page(w, r, mapping.Unready(s.ctx(w, r), b.Base))
	}
	m, err := s.mappingModel(r, b)
	if err != nil {
		return err
	}
	return s.page(w, r, mapping.Show(s.ctx(w, r), *m))
}

// mappingModel collects what the page shows.
func (s *Server) mappingModel(r *http.Request, b *workbench) (*mapping.Model, error) {
	ctx, q := r.Context(), r.URL.Query()
	m := &mapping.Model{Base: b.Base, AllChanges: q.Get("changes") == "all"}
	var err error
	if m.Versions, err = s.DB.MappingVersions(ctx, b.Integration.ID); err != nil {
		return nil, err
	}
	if m.Names, err = s.userNames(ctx); err != nil {
		return nil, err
	}
	if b.Draft == nil {
		m.No = b.Newest
	}
	if no, err := strconv.Atoi(q.Get("version")); err == nil && no > 0 {
		v, err := s.DB.MappingVersion(ctx, b.Integration.ID, no)
		if err != nil {
			return nil, err
		}
		book, err := s.DB.Codebook(ctx, v.CodebookID, v.CodebookVersion)
		if err != nil {
			return nil, err
		}
		m.No, m.Mapping, m.Codebook = no, v.Mapping, *book
	}
	if m.Faults, err = s.mappingProblems(r.Context(), &m.Mapping, &m.Codebook); err != nil {
		return nil, err
	}
	m.Faults = b.unread(&m.Mapping, m.Faults)
	if err := s.sheetModel(r, b, m, m.Faults); err != nil {
		return nil, err
	}
	if b.Draft != nil {
		if err := s.draftModel(r, b, m); err != nil {
			return nil, err
		}
	}
	if m.Outgrown, err = s.outgrown(ctx, &b.Integration); err != nil {
		return nil, err
	}
	if m.Effect, err = s.effect(r, b, m.No, m.Faults); err != nil {
		return nil, err
	}
	return m, nil
}

// draftModel tells what the draft changes, and whether somebody saved a version after it was begun. One that says what
// the newest version says already is in nobody's way.
func (s *Server) draftModel(r *http.Request, b *workbench, m *mapping.Model) error {
	ctx, lang := r.Context(), langOf(s, r)
	var base store.Mapping
	switch {
	case b.Draft.BasedOn == b.Newest && b.newest != nil:
		base = b.newest.Mapping
	case b.Draft.BasedOn > 0:
		v, err := s.DB.MappingVersion(ctx, b.Integration.ID, b.Draft.BasedOn)
		if err != nil {
			return err
		}
		base = v.Mapping
	}
	m.Changes = text.Changes(lang, &base, &b.Draft.Mapping)
	if b.Newest > b.Draft.BasedOn && len(b.Draft.Mapping.Diff(&b.newest.Mapping)) > 0 {
		by := m.Names[b.newest.CreatedBy]
		if by == "" {
			by = b.newest.CreatedBy
		}
		m.Conflict = &mapping.Conflict{Version: *b.newest, By: by, Changes: text.Changes(lang, &base, &b.newest.Mapping)}
	}
	return nil
}

// effect tells what the draft (no 0), of which the faults are known, or the newest version would mean for the approval,
// before it is made.
func (s *Server) effect(r *http.Request, b *workbench, no int, faults store.FieldErrors) (e mapping.Effect, err error) {
	v, drafted := b.newest, no == 0 && b.Draft != nil
	switch {
	case drafted:
		v = &store.MappingVersion{IntegrationID: b.Integration.ID, CodebookID: b.Codebook.ID,
			CodebookVersion: b.Codebook.Version, Mapping: b.Draft.Mapping}
	case b.newest == nil || b.newest.No == b.Integration.MappingNo:
		return e, nil
	}
	q, err := s.Gate.Question(r.Context(), b.Integration.ID, store.AtRun)
	if err != nil {
		return e, err
	}
	q.Mapping = v
	e.No, e.Known = v.No, true
	if q.Codebook = &b.Codebook; !drafted {
		if q.Codebook, err = s.DB.Codebook(r.Context(), v.CodebookID, v.CodebookVersion); err != nil {
			return e, err
		}
		if faults, err = s.mappingProblems(r.Context(), &v.Mapping, q.Codebook); err != nil {
			return e, err
		}
	}
	e.Unsound = len(faults) > 0
	if q.Approval == nil || q.Approval.Holds(q.At) != nil {
		return e, nil
	}
	e.Approved = true
	lang := langOf(s, r)
	for _, d := range store.Gate(q).Uncovered {
		e.Lines = append(e.Lines, text.Difference(lang, d))
	}
	return e, nil
}

// userNames gives the names of users by id.
func (s *Server) userNames(ctx context.Context) (map[string]string, error) {
	users, err := s.DB.Users(ctx)
	names := make(map[string]string, len(users))
	for _, u := range users {
		names[u.ID] = u.Name
	}
	return names, err
}
