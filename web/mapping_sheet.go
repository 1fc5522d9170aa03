package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"samband/store"
	"samband/views/layout"
	"samband/views/mapping"
)

// byScript tells whether the script of a page asks, and not a form.
func byScript(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }

// sheetModel adds the table and the list of source fields to the model of the page.
func (s *Server) sheetModel(r *http.Request, b *workbench, m *mapping.Model, faults store.FieldErrors) error {
	q := r.URL.Query()
	m.Show, m.Find = mapping.Sort(q.Get("show")), q.Get("q")
	k, err := s.known(r, b, m)
	if err != nil {
		return err
	}
	k.Faults = faults
	if k.Typical, err = s.Mapper.TypicalMapping(r.Context(), &m.Mapping, &m.Codebook, k.Profile); err != nil {
		return err
	}
	m.Known = k
	m.Sheet = mapping.MakeSheet(s.frame(r), &m.Mapping, &m.Codebook, k)
	return nil
}

// known collects what the table is drawn from beside the mapping: what the source's values look like, what is proposed,
// what was approved, and what went wrong in the last run.
func (s *Server) known(r *http.Request, b *workbench, m *mapping.Model) (*mapping.Known, error) {
	ctx, i := r.Context(), &b.Integration
	k := &mapping.Known{}
	schema, err := found(s.DB.SourceSchema(ctx, i.ID))
	if err != nil {
		return nil, err
	}
	k.Gone = store.SchemaDrift(&m.Mapping, schema).Gone
	if b.MayEdit {
		if k.Tips, k.Profile, err = s.suggestions(ctx, b, b.open()); err == nil {
			k.Choices = choices(b, k.Tips)
		}
	} else {
		k.Profile, err = found(s.DB.SourceProfile(ctx, i.ID))
	}
	if err != nil {
		return nil, err
	}
	approval, err := found(s.DB.CurrentApproval(ctx, i.ID))
	if err != nil {
		return nil, err
	}
	if approval != nil && approval.MappingNo > 0 {
		v, err := s.DB.MappingVersion(ctx, i.ID, approval.MappingNo)
		if err != nil {
			return nil, err
		}
		k.Approved, k.Touched = v.No, m.Mapping.Touched(&v.Mapping)
	}
	runs, err := s.DB.Runs(ctx, store.RunFilter{All: true, IntegrationID: i.ID, States: []store.RunState{store.RunSucceeded, store.RunHeld}, Limit: 1})
	if err != nil || len(runs) == 0 {
		return k, err
	}
	k.Failed, err = s.Mapper.FailedVariables(ctx, i.RegistryID, runs[0].No)
	return k, err
}

// remapped answers an edit of these variables that was made at the table, when b holds the draft as it now stands. Whoever
// sent a form is told with flash.
func (s *Server) remapped(w http.ResponseWriter, r *http.Request, f *form, was mapping.Base, b *workbench, changed []string,
	flash string, args store.Args) error {
	if byScript(r) {
		return s.changedPart(w, r, f, was, b, func(c layout.Ctx, done string) string { return saySources(c, b, changed, done) })
	}
	anchor := "#variables"
	if len(changed) == 1 && b.Codebook.Variable(changed[0]) != nil {
		anchor = "#v-" + changed[0]
	}
	return s.done(w, r, flash, args, b.Href("")+anchor)
}

// changedPart answers the page's script with what differs between was and b, and with what is wrong with the form. say
// gives the words for the live line; done tells how much is covered.
func (s *Server) changedPart(w http.ResponseWriter, r *http.Request, f *form, was mapping.Base, b *workbench,
	say func(c layout.Ctx, done string) string) error {
	now := &mapping.Model{Base: b.Base, Show: mapping.Sort(f.value("show")), Find: f.value("q")}
	k, err := s.known(r, b, now)
	if err != nil {
		return err
	}
	had := *k
	if k.Approved > 0 {
		v, err := s.DB.MappingVersion(r.Context(), b.Integration.ID, k.Approved)
		if err != nil {
			return err
		}
		had.Touched = was.Mapping.Touched(&v.Mapping)
	}
	if had.Faults, err = s.mappingProblems(r.Context(), &was.Mapping, &was.Codebook); err != nil {
		return err
	}
	if k.Faults, err = s.mappingProblems(r.Context(), &b.Mapping, &b.Codebook); err != nil {
		return err
	}
	alone, book := b.Mapping.Alone(&b.Codebook, slices.Collect(maps.Keys(b.Mapping.Touched(&was.Mapping)))...)
	if k.Typical, err = s.Mapper.TypicalMapping(r.Context(), &alone, &book, k.Profile); err != nil {
		return err
	}
	k.Written, k.WrittenIn = f.sources(), f.errors
	c := s.frame(r)
	before := mapping.MakeSheet(c, &was.Mapping, &was.Codebook, &had)
	now.Known, now.Sheet = k, mapping.MakeSheet(c, &b.Mapping, &b.Codebook, k)
	if b.Draft != nil {
		if now.Names, err = s.userNames(r.Context()); err != nil {
			return err
		}
		if err := s.draftModel(r, b, now); err != nil {
			return err
		}
	}
	if now.Effect, err = s.effect(r, b, 0, k.Faults); err != nil {
		return err
	}
	p := now.Sheet.Since(before)
	p.Say = say(c, c.T("map.covered", "n", now.Sheet.Counts.Covered, "all", now.Sheet.Counts.Required))
	status := http.StatusOK
	if !f.ok() {
		status = http.StatusUnprocessableEntity
	}
	return s.pageStatus(w, r, status, mapping.Changed(c, now, p))
}

// sources gives what was written as the sources of variables, by variable.
func (f *form) sources() map[string]string {
	written := map[string]string{}
	for name := range f.values {
		if v, ok := strings.CutPrefix(name, "f."); ok {
			written[v] = f.value(name)
		}
	}
	return written
}
