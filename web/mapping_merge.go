package web

import (
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/text"
	"samband/views/mapping"
)

// merge sets the person's draft beside the newest version, which somebody saved after the draft was begun.
func (s *Server) merge(r *http.Request) (*workbench, *store.MappingMerge, error) {
	b, err := s.workbench(r)
	if err != nil {
		return nil, nil, err
	}
	if err := b.mapped(); err != nil {
		return nil, nil, err
	}
	if b.Draft == nil || b.newest == nil || b.Newest <= b.Draft.BasedOn {
		return nil, nil, store.E(store.Conflict, "mapping.nothing_to_merge", nil)
	}
	var base store.Mapping
	if b.Draft.BasedOn > 0 {
		v, err := s.DB.MappingVersion(r.Context(), b.Integration.ID, b.Draft.BasedOn)
		if err != nil {
			return nil, nil, err
		}
		base = v.Mapping
	}
	return b, store.MergeMappings(&base, &b.Draft.Mapping, &b.newest.Mapping), nil
}

// mappingMerge shows what both changed beside each other.
func (s *Server) mappingMerge(w http.ResponseWriter, r *http.Request) error {
	b, g, err := s.merge(r)
	if err != nil {
		return err
	}
	return s.mergePage(w, r, http.StatusOK, b, g, &form{})
}

func (s *Server) mergePage(w http.ResponseWriter, r *http.Request, status int, b *workbench, g *store.MappingMerge, f *form) error {
	names, err := s.userNames(r.Context())
	if err != nil {
		return err
	}
	m := mapping.MergeModel{Base: b.Base, Version: *b.newest, By: names[b.newest.CreatedBy], Errors: f.errors}
	if m.By == "" {
		m.By = b.newest.CreatedBy
	}
	c := s.ctx(w, r)
	m.Theirs, m.Mine = text.Differences(c.Lang, g.Theirs), text.Differences(c.Lang, g.Mine)
	for i, x := range g.Conflicts {
		mine := text.Differences(c.Lang, []store.Difference{{Area: x.Area, Name: x.Name, Kind: store.Changed, Old: x.Base, New: x.Mine}})[0]
		theirs := text.Differences(c.Lang, []store.Difference{{Area: x.Area, Name: x.Name, Kind: store.Changed, New: x.Theirs}})[0]
		m.Conflicts = append(m.Conflicts, mapping.MergeChoice{Name: choiceName(i), Title: mine.Title, Base: mine.Was, Mine: mine.Is,
			Theirs: theirs.Is, Choice: f.value(choiceName(i))})
	}
	return s.pageStatus(w, r, status, mapping.Merge(c, m))
}

func choiceName(i int) string { return "choice." + strconv.Itoa(i) }

// mappingMerged writes the merged mapping to the person's draft, which then stands on the newest version.
func (s *Server) mappingMerged(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, g, err := s.merge(r)
	if err != nil {
		return err
	}
	if f.value("newest") != strconv.Itoa(b.Newest) || f.value("edits") != strconv.Itoa(b.Draft.Edits) {
		return store.E(store.Conflict, "db.changed", nil)
	}
	theirs := map[store.Line]bool{}
	for i, x := range g.Conflicts {
		theirs[x.Line] = f.choice(choiceName(i), "mine", "theirs") == "theirs"
	}
	if !f.ok() {
		return s.mergePage(w, r, http.StatusUnprocessableEntity, b, g, f)
	}
	d := *b.Draft
	d.BasedOn, d.Mapping = b.Newest, *g.Result(&b.Codebook, func(at store.Line) bool { return theirs[at] })
	step := store.DraftStep{What: "merge", Args: store.Args{"no": b.Newest}}
	if err := s.DB.KeepMappingDraft(r.Context(), &d, step); err != nil {
		return err
	}
	return s.done(w, r, "merge.done", store.Args{"no": b.Newest}, b.Href("")+"#draft")
}
