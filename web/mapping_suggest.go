package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"samband/store"
	"samband/store/suggest"
	"samband/store/text"
	"samband/views/layout"
	"samband/views/mapping"
)

// open tells of a variable whether it has no rule yet.
func (b *workbench) open() func(variable string) bool {
	ruled := make(map[string]bool, len(b.Mapping.Rules))
	for i := range b.Mapping.Rules {
		ruled[b.Mapping.Rules[i].Variable] = true
	}
	return func(variable string) bool { return !ruled[variable] }
}

// suggestions proposes source fields for the variables that are asked for. The profile is nil where nobody has looked at
// the source.
func (s *Server) suggestions(ctx context.Context, b *workbench, asked func(variable string) bool) (map[string][]store.Suggestion, *store.SourceProfile, error) {
	schema, err := found(s.DB.SourceSchema(ctx, b.Integration.ID))
	if err != nil {
		return nil, nil, err
	}
	profile, err := found(s.DB.SourceProfile(ctx, b.Integration.ID))
	if err != nil {
		return nil, nil, err
	}
	return suggest.Suggest(&b.Codebook, asked, b.Mapping.Source, schema, profile), profile, nil
}

// accept gives the rules with the first rule for a suggestion.
func accept(m *store.Mapping, c *store.Codebook, g *store.Suggestion, p *store.SourceProfile) []store.Rule {
	return m.With(suggest.Rule(c.Variable(g.Variable), *m.Field(g.Fields[0]), p, m.Source), c)
}

// scores are those that the page offers to accept all suggestions above, of 100.
var scores = []int{90, 80, 70, 60, 50}

// choices counts what accepting all above each score would take. A score that takes nothing is left out.
func choices(b *workbench, all map[string][]store.Suggestion) []mapping.Choice {
	var list []mapping.Choice
	for _, n := range scores {
		least := float64(n) / 100
		x := mapping.Choice{Score: n, Each: len(suggest.Choose(&b.Codebook, &b.Mapping, all, least, false)),
			Shared: len(suggest.Choose(&b.Codebook, &b.Mapping, all, least, true))}
		if x.Shared > 0 {
			list = append(list, x)
		}
	}
	return list
}

// suggestionAccept makes the rule that one suggestion proposes; "take" names it, as «variable field». A
// suggestion that is no longer made, because the variable has a rule by now or the source has changed, is told as what
// somebody else was first with.
func (s *Server) suggestionAccept(w http.ResponseWriter, r *http.Request) error {
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
	variable, field, _ := strings.Cut(f.value("take"), " ")
	open := b.open()
	all, profile, err := s.suggestions(r.Context(), b, func(name string) bool { return name == variable && open(name) })
	if err != nil {
		return err
	}
	list := all[variable]
	i := slices.IndexFunc(list, func(g store.Suggestion) bool { return g.Fields[0] == field })
	if i < 0 {
		return s.tableStale(w, r, b)
	}
	was, next := b.Base, b.Mapping
	next.Rules = accept(&b.Mapping, &b.Codebook, &list[i], profile)
	v := b.Codebook.Variable(list[i].Variable)
	args := store.Args{"field": list[i].Fields[0], "variable": mapping.NameOf(v)}
	switch err := s.keepDraft(r, b, f, next, store.DraftStep{What: "accept", Args: args}); {
	case store.CodeOf(err) == "db.changed":
		return s.tableStale(w, r, b)
	case err != nil:
		return err
	}
	return s.remapped(w, r, f, was, b, []string{variable}, "suggest.accepted", args)
}

// suggestionsAccept makes the rules of the best suggestions with at least a score, for variables without a rule, as one
// step. A field that feeds a variable already is left out unless several is asked for.
func (s *Server) suggestionsAccept(w http.ResponseWriter, r *http.Request) error {
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
	percent := f.int("score", 50, 100)
	if !f.ok() {
		return f.errors.OrNil()
	}
	all, profile, err := s.suggestions(r.Context(), b, b.open())
	if err != nil {
		return err
	}
	chosen := suggest.Choose(&b.Codebook, &b.Mapping, all, float64(percent)/100, f.checked("several"))
	was, next := b.Base, b.Mapping
	if len(chosen) == 0 {
		args := store.Args{"score": percent}
		if byScript(r) {
			return s.changedPart(w, r, f, was, b, func(c layout.Ctx, _ string) string { return text.Fill(c.Lang, "suggest.accepted_none", args) })
		}
		return s.done(w, r, "suggest.accepted_none", args, b.Href("")+"#variables")
	}
	var changed []string
	for i := range chosen {
		next.Rules = accept(&next, &b.Codebook, &chosen[i], profile)
		changed = append(changed, chosen[i].Variable)
	}
	args := store.Args{"n": len(chosen)}
	switch err := s.keepDraft(r, b, f, next, store.DraftStep{What: "accept_all", Args: args}); {
	case store.CodeOf(err) == "db.changed":
		return s.tableStale(w, r, b)
	case err != nil:
		return err
	}
	if byScript(r) {
		return s.changedPart(w, r, f, was, b, func(c layout.Ctx, done string) string {
			return text.Fill(c.Lang, "suggest.accepted_all", args) + " " + done
		})
	}
	return s.remapped(w, r, f, was, b, changed, "suggest.accepted_all", args)
}
