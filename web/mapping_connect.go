package web

import (
	"net/http"
	"slices"
	"strings"

	"samband/store"
	"samband/store/suggest"
	"samband/views/layout"
	"samband/views/mapping"
)

// mappingConnect writes the sources of variables to the person's draft, as the table of the mapping page holds them:
// "f.<variable>" names the fields, with commas between, and nothing takes the rule away. What says the same as the draft
// changes nothing, so that a form can send the whole table. "drop" names a variable whose rule goes, "how" is the kind of
// step that several fields are put together by.
func (s *Server) mappingConnect(w http.ResponseWriter, r *http.Request) error {
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
	profile, err := found(s.DB.SourceProfile(r.Context(), b.Integration.ID))
	if err != nil {
		return err
	}
	was, next := b.Base, b.Mapping
	changed := f.connect(&next, &b.Codebook, profile)
	switch {
	case !f.ok():
		return s.notConnected(w, r, f, b)
	case len(changed) > 0:
		err := s.keepDraft(r, b, f, next, connectStep(b, &next, changed))
		if store.CodeOf(err) == "db.changed" {
			return s.tableStale(w, r, b)
		}
		if err != nil {
			return err
		}
	}
	return s.remapped(w, r, f, was, b, changed, "map.rows.kept", nil)
}

// connect carries out in m what the form asks, and gives the variables that it changed. What can't be is noted.
func (f *form) connect(m *store.Mapping, book *store.Codebook, profile *store.SourceProfile) (changed []string) {
	how := store.StepKind(f.value("how"))
	if how != "" && !slices.Contains(store.SourceSteps, how) {
		f.fault("how", "form.choice", nil)
		return nil
	}
	for i := range book.Variables {
		v := &book.Variables[i]
		name, rule := "f."+v.Name, m.Rule(v.Name)
		dropped := rule != nil && f.value("drop") == v.Name
		if !dropped && (!f.has(name) || f.value(name) == mapping.SourceText(rule.Sources())) {
			continue
		}
		var fields []string
		if !dropped {
			fields = mapping.SourceNames(m, f.text(name, maxSources))
		}
		switch {
		case f.errors.Of(name) != nil:
		case len(fields) > 0 && f.takes(m, v, name, fields):
			fresh := suggest.Rule(v, *m.Field(fields[0]), profile, m.Source)
			m.Rules = m.With(rule.Reading(fields, how, fresh), book)
			changed = append(changed, v.Name)
		case len(fields) == 0 && rule != nil:
			m.Rules = m.Without(v.Name)
			changed = append(changed, v.Name)
		}
	}
	if gone := f.value("drop"); book.Variable(gone) == nil && m.Rule(gone) != nil { // of a variable that an earlier codebook had
		m.Rules = m.Without(gone)
		changed = append(changed, gone)
	}
	return changed
}

const maxSources = 2000 // characters of the names of fields

// takes notes what keeps a variable from having these sources.
func (f *form) takes(m *store.Mapping, v *store.Variable, name string, fields []string) bool {
	for _, n := range fields {
		switch field := m.Field(n); {
		case field == nil:
			f.fault(name, "mapping.unknown_field", store.Args{"field": n})
			return false
		case field.Class == store.Direct:
			f.fault(name, "mapping.direct_to_health", store.Args{"field": n})
			return false
		}
	}
	if v.Computed {
		f.fault(name, "mapping.computed", store.Args{"variable": v.Name})
		return false
	}
	return true
}

// connectStep says what an edit at the table did.
func connectStep(b *workbench, next *store.Mapping, changed []string) store.DraftStep {
	if len(changed) > 1 {
		return store.DraftStep{What: "connect_many", Args: store.Args{"n": len(changed)}}
	}
	args := store.Args{"variable": nameIn(&b.Codebook, changed[0])}
	rule := next.Rule(changed[0])
	if rule == nil {
		return store.DraftStep{What: "clear", Args: args}
	}
	args["fields"] = mapping.SourceText(rule.Sources())
	return store.DraftStep{What: "connect", Args: args}
}

// nameIn gives what people call a variable, which an older codebook than this may have had.
func nameIn(c *store.Codebook, variable string) string {
	if v := c.Variable(variable); v != nil {
		return mapping.NameOf(v)
	}
	return variable
}

// saySources says what became of variables that were given other sources.
func saySources(c layout.Ctx, b *workbench, changed []string, done string) string {
	if len(changed) != 1 {
		return c.T("map.said.many", "n", len(changed), "done", done)
	}
	r := b.Mapping.Rule(changed[0])
	if r == nil {
		return c.T("map.said.none", "name", nameIn(&b.Codebook, changed[0]), "done", done)
	}
	return c.T("map.said.from", "fields", mapping.SourceText(r.Sources()), "variable", changed[0],
		"rule", strings.Join(mapping.Chips(c, r), ", "), "done", done)
}

// notConnected shows at the rows what is wrong with what was written, which stands there still. Nothing of it is kept.
func (s *Server) notConnected(w http.ResponseWriter, r *http.Request, f *form, b *workbench) error {
	if byScript(r) {
		return s.changedPart(w, r, f, b.Base, b, func(c layout.Ctx, _ string) string {
			return c.Error(f.errors[0]) + " " + c.T("map.said.not")
		})
	}
	m, err := s.mappingModel(r, b)
	if err != nil {
		return err
	}
	m.Known.Written, m.Known.WrittenIn = f.sources(), f.errors
	c := s.ctx(w, r)
	m.Errors, m.Sheet = f.errors, mapping.MakeSheet(c, &m.Mapping, &m.Codebook, m.Known)
	return s.again(w, r, mapping.Show(c, *m))
}

// tableStale answers an edit that was made at a table which another window, or somebody else, has changed since. Nothing
// of it is kept, and the reader is led to what now stands.
func (s *Server) tableStale(w http.ResponseWriter, r *http.Request, b *workbench) error {
	if byScript(r) {
		return s.pageStatus(w, r, http.StatusConflict, mapping.Stale(s.frame(r), &b.Base))
	}
	m, err := s.mappingModel(r, b)
	if err != nil {
		return err
	}
	m.Stale = true
	return s.pageStatus(w, r, http.StatusConflict, mapping.Show(s.ctx(w, r), *m))
}
