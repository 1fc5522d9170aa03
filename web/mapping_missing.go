package web

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"

	"samband/store"
	"samband/views/mapping"
)

// missingModel collects what the page of missing values shows: variables that say something counts as missing, or whose
// source does; with ?show=all every variable that has a rule.
func (s *Server) missingModel(r *http.Request) (*workbench, *mapping.MissingModel, error) {
	b, err := s.workbench(r)
	if err != nil {
		return nil, nil, err
	}
	if err := b.mapped(); err != nil {
		return nil, nil, err
	}
	m := &mapping.MissingModel{Editor: mapping.Editor{Base: b.Base}, All: r.URL.Query().Get("show") == "all"}
	if m.Profile, err = found(s.DB.SourceProfile(r.Context(), b.Integration.ID)); err != nil {
		return nil, nil, err
	}
	for i := range b.Mapping.Rules {
		rule := &b.Mapping.Rules[i]
		v := b.Codebook.Variable(rule.Variable)
		if v == nil {
			continue
		}
		row := mapping.MissingRow{Variable: *v}
		if from := rule.Sources(); len(from) == 1 {
			row.Field = from[0]
		}
		if at := missingStep(rule.Steps); at >= 0 {
			row.Empty, row.Lines = mapping.ShowMissing(&rule.Steps[at])
		}
		p := m.Profile.Field(row.Field)
		speaks := row.Empty != "" || len(row.Lines) > 0 || p != nil && (len(p.Sentinels) > 0 || p.Empty > 0)
		m.More = m.More || !speaks
		if speaks || m.All {
			m.Rows = append(m.Rows, row)
		}
	}
	return b, m, nil
}

// missingStep is the place of the step that says what is missing; -1 when there is none.
func missingStep(steps []store.Step) int {
	return slices.IndexFunc(steps, func(x store.Step) bool { return x.Kind == store.StepMissing })
}

// mappingMissing shows for each variable what counts as missing.
func (s *Server) mappingMissing(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.missingModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, mapping.Missing(s.ctx(w, r), *m))
}

// mappingMissingEdit writes what counts as missing into the rules of the person's draft, as one step.
func (s *Server) mappingMissingEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, m, err := s.missingModel(r)
	if err != nil {
		return err
	}
	next, shown := b.Mapping, m.Rows
	m.Rows, m.From = nil, f.basis() // in the order of the form
	for i := range f.count("m", len(b.Codebook.Variables)) {
		path := "m." + strconv.Itoa(i)
		rule := next.Rule(f.value(path + ".variable"))
		if rule == nil || b.Codebook.Variable(rule.Variable) == nil { // somebody took it away: what was written is not for this draft
			return store.E(store.Conflict, "db.changed", nil)
		}
		lines, empty := mapping.ReadMissingLines(f.values, path), f.value(path+".empty")
		row := mapping.MissingRow{Variable: *b.Codebook.Variable(rule.Variable)}
		if at := slices.IndexFunc(shown, func(x mapping.MissingRow) bool { return x.Variable.Name == rule.Variable }); at >= 0 {
			row = shown[at]
		}
		row.Empty, row.Lines = empty, lines
		m.Rows = append(m.Rows, row)
		var step *store.Step
		if empty != "" || len(lines) > 0 {
			made := f.missing(path)
			step = &made
		}
		next.Rules = next.With(withMissing(*rule, step), &b.Codebook)
	}
	if f.value("do") != "save" { // more lines
		return s.page(w, r, mapping.Missing(s.ctx(w, r), *m))
	}
	if f.ok() && !reflect.DeepEqual(next.Rules, b.Mapping.Rules) {
		if err := s.missingFaults(r, f, &next, b, m); err != nil {
			return err
		}
	}
	if f.ok() {
		err := s.keepDraft(r, b, f, next, store.DraftStep{What: "missing"})
		if store.CodeOf(err) != "db.changed" {
			if err != nil {
				return err
			}
			return s.done(w, r, "map.rows.kept", nil, b.Href("missing-values"))
		}
		m.Stale = true
	}
	m.Errors = f.errors
	return s.pageStatus(w, r, formStatus(m.Stale), mapping.Missing(s.ctx(w, r), *m))
}

// withMissing gives a rule whose missing step is another; nil for none. A new one stands behind the first step.
func withMissing(rule store.Rule, step *store.Step) store.Rule {
	rule.Steps = slices.Clone(rule.Steps)
	switch at := missingStep(rule.Steps); {
	case at >= 0 && step != nil:
		rule.Steps[at] = *step
	case at >= 0:
		rule.Steps = slices.Delete(rule.Steps, at, at+1)
	case step != nil:
		rule.Steps = slices.Insert(rule.Steps, min(1, len(rule.Steps)), *step)
	}
	return rule
}

// missingFaults notes at a variable what is wrong with its missing values.
func (s *Server) missingFaults(r *http.Request, f *form, next *store.Mapping, b *workbench, m *mapping.MissingModel) error {
	faults, err := s.mappingProblems(r.Context(), next, &b.Codebook)
	if err != nil {
		return err
	}
	for _, e := range faults {
		if e.Code != "mapping.missing_code" && e.Code != "mapping.missing_reason" {
			continue // it is not about these lines: the table tells of it
		}
		for i, row := range m.Rows {
			if e.Field == "rules."+row.Variable.Name {
				at := *e
				at.Field = "m." + strconv.Itoa(i) + ".missing"
				f.errors = append(f.errors, &at)
			}
		}
	}
	return nil
}
