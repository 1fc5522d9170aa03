package web

import (
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/text"
	"samband/views/mapping"
)

// mappingVersions shows every version of a mapping, which are in use and approved, and the steps of the person's draft.
func (s *Server) mappingVersions(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	m, err := s.versionsModel(r, b)
	if err != nil {
		return err
	}
	return s.page(w, r, mapping.Versions(s.ctx(w, r), *m))
}

func (s *Server) versionsModel(r *http.Request, b *workbench) (*mapping.VersionsModel, error) {
	ctx := r.Context()
	m := &mapping.VersionsModel{Base: b.Base, Approved: map[int]string{}}
	var err error
	if m.Versions, err = s.DB.MappingVersions(ctx, b.Integration.ID); err != nil {
		return nil, err
	}
	if m.Names, err = s.userNames(ctx); err != nil {
		return nil, err
	}
	a, err := found(s.DB.CurrentApproval(ctx, b.Integration.ID))
	if err != nil {
		return nil, err
	}
	if a != nil && a.Holds(s.now()) == nil {
		m.Approved[a.MappingNo] = a.ID
	}
	if b.Newest > 0 && b.Newest != b.Integration.MappingNo {
		if m.Effect, err = s.effect(r, b, b.Newest, nil); err != nil {
			return nil, err
		}
	}
	if b.Draft != nil {
		if m.Steps, err = s.DB.MappingDraftSteps(ctx, b.Integration.ID, person(r).User.ID); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// shownVersion is the version ?version=N of the mapping, or with nothing asked the person's draft, as a version without a
// number, or else the newest; with the codebook it is made for.
func (s *Server) shownVersion(r *http.Request, b *workbench) (*store.MappingVersion, *store.Codebook, error) {
	if q := r.URL.Query().Get("version"); q != "" {
		no, err := strconv.Atoi(q)
		if err != nil || no < 1 {
			return nil, nil, errNotFound
		}
		v, err := s.DB.MappingVersion(r.Context(), b.Integration.ID, no)
		if err != nil {
			return nil, nil, err
		}
		c, err := s.DB.Codebook(r.Context(), v.CodebookID, v.CodebookVersion)
		return v, c, err
	}
	if err := b.mapped(); err != nil {
		return nil, nil, err
	}
	v := &store.MappingVersion{IntegrationID: b.Integration.ID, CodebookID: b.Codebook.ID,
		CodebookVersion: b.Codebook.Version, Mapping: b.Mapping}
	if b.Draft == nil && b.newest != nil {
		v = b.newest
	}
	return v, &b.Codebook, nil
}

// mappingDocument shows the account of the mapping for the appendix to the solution design.
func (s *Server) mappingDocument(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	d, err := s.mappingAccount(r, b)
	if err != nil {
		return err
	}
	m := mapping.DocumentModel{Base: b.Base, Document: d}
	if r.URL.RawQuery != "" {
		m.Query = "?version=" + r.URL.Query().Get("version")
	}
	return s.page(w, r, mapping.Document(s.ctx(w, r), m))
}

// mappingMarkdown gives the account as Markdown.
func (s *Server) mappingMarkdown(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	d, err := s.mappingAccount(r, b)
	if err != nil {
		return err
	}
	return s.file(w, r, "text/markdown; charset=utf-8", "mapping-"+b.Integration.ID+".md", d.Markdown())
}

func (s *Server) mappingAccount(r *http.Request, b *workbench) (*text.Document, error) {
	v, c, err := s.shownVersion(r, b)
	if err != nil {
		return nil, err
	}
	a, err := found(s.DB.CurrentApproval(r.Context(), b.Integration.ID))
	if err != nil {
		return nil, err
	}
	hash := ""
	if a != nil && v.No > 0 && a.MappingNo == v.No && a.Holds(s.now()) == nil {
		hash = a.ScopeHash
	}
	return text.MappingDocument(langOf(s, r), b.Integration.Name, v, c, hash), nil
}
