package web

import (
	"net/http"
	"strconv"

	"samband/store"
	"samband/views/ds"
	"samband/views/mapping"
)

// mappingSave makes an immutable version of the person's draft. It is not in use before mappingUse.
func (s *Server) mappingSave(w http.ResponseWriter, r *http.Request) error {
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
	if b.Draft == nil {
		return store.E(store.Conflict, "mapping.no_draft", nil)
	}
	v := &store.MappingVersion{IntegrationID: b.Integration.ID, No: b.Draft.BasedOn + 1, CodebookID: b.Codebook.ID,
		CodebookVersion: b.Codebook.Version, Mapping: b.Draft.Mapping, Message: f.need("message", 300)}
	stale := f.value("edits") != strconv.Itoa(b.Draft.Edits)
	if f.ok() && !stale {
		faults, err := s.mappingProblems(r.Context(), &v.Mapping, &b.Codebook)
		if err != nil {
			return err
		}
		if faults = b.unread(&v.Mapping, faults); len(faults) > 0 {
			f.fault("", "mapping.unsound", store.Args{"n": len(faults)})
		}
	}
	if f.ok() && !stale {
		err := s.DB.SaveMapping(r.Context(), v, actor(r))
		if store.CodeOf(err) != "db.changed" {
			if err == nil {
				err = s.DB.DropMappingDraft(r.Context(), b.Integration.ID, person(r).User.ID)
			}
			if err != nil {
				return err
			}
			return s.done(w, r, "map.saved.flash", store.Args{"no": v.No}, b.Href("all-versions"))
		}
		stale = true // the page tells who was first, and asks
	}
	if stale {
		f.fault("", "mapping.stale", nil)
	}
	if b, err = s.workbench(r); err != nil {
		return err
	}
	m, err := s.mappingModel(r, b)
	if err != nil {
		return err
	}
	m.Message, m.Errors = f.value("message"), f.errors
	return s.pageStatus(w, r, formStatus(stale), mapping.Show(s.ctx(w, r), *m))
}

// mappingDiscard throws the person's draft away.
func (s *Server) mappingDiscard(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := s.DB.DropMappingDraft(r.Context(), b.Integration.ID, person(r).User.ID); err != nil {
		return err
	}
	if err := s.flash(w, r, ds.Info, "map.discarded", nil); err != nil {
		return err
	}
	return redirect(w, r, b.Href(""))
}

// mappingRestore brings an earlier version back into the person's draft, as one step.
func (s *Server) mappingRestore(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	no, err := strconv.Atoi(f.value("no"))
	if err != nil || no < 1 {
		return errNotFound
	}
	v, err := s.DB.MappingVersion(r.Context(), b.Integration.ID, no)
	if err != nil {
		return err
	}
	return s.kept(w, r, b, f, v.Mapping, store.DraftStep{What: "restore", Args: store.Args{"no": no}})
}
