package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/mapping"
)

// ruleModel collects what the page of the rule of {variable} shows.
func (s *Server) ruleModel(r *http.Request) (*workbench, *mapping.RuleModel, error) {
	b, err := s.workbench(r)
	if err != nil {
		return nil, nil, err
	}
	vs := b.Codebook.Variables
	i := slices.IndexFunc(vs, func(v store.Variable) bool { return v.Name == r.PathValue("variable") })
	if i < 0 {
		return nil, nil, errNotFound
	}
	m := &mapping.RuleModel{Editor: mapping.Editor{Base: b.Base, Variable: vs[i]}}
	if i > 0 {
		m.Before = vs[i-1].Name
	}
	if i+1 < len(vs) {
		m.After = vs[i+1].Name
	}
	for n := range len(vs) - 1 { // from here to the end, then from the beginning
		if v := &vs[(i+1+n)%len(vs)]; b.Mapping.Rule(v.Name) == nil && !v.Computed {
			m.Unmapped = v.Name
			break
		}
	}
	if rule := b.Mapping.Rule(m.Variable.Name); rule != nil {
		m.Steps = mapping.ShowSteps("s", rule.Steps)
		mapping.Say(langOf(s, r), m.Steps, rule.Steps, nil)
		m.Inputs = inputs(&b.Mapping, rule)
		m.Examples = showExamples(m.Inputs, rule.Examples)
	}
	if m.MayEdit {
		var steps []store.Step
		if rule := b.Mapping.Rule(m.Variable.Name); rule != nil {
			steps = rule.Steps
		}
		m.Words = s.words(r, &m.Editor, steps)
	}
	m.Profile, err = found(s.DB.SourceProfile(r.Context(), b.Integration.ID))
	return b, m, err
}

// ruleKept tells that the rule is in the draft, and stays with it as long as its examples don't hold.
func (s *Server) ruleKept(w http.ResponseWriter, r *http.Request, b *workbench, m *mapping.RuleModel) error {
	alone, book := b.Mapping.Alone(&b.Codebook, m.Variable.Name)
	failing, err := s.runExamples(r, m, &alone, &book)
	if err != nil {
		return err
	}
	if failing == 0 {
		return s.done(w, r, "map.kept", store.Args{"name": mapping.NameOf(&m.Variable)}, b.Href("")+"#variables")
	}
	if err := s.flash(w, r, ds.Warning, "rule.kept.failing", store.Args{"n": failing}); err != nil {
		return err
	}
	return redirect(w, r, b.Href(m.Variable.Name)+"#examples")
}

// mappingRule shows the rule of one variable.
func (s *Server) mappingRule(w http.ResponseWriter, r *http.Request) error {
	b, m, err := s.ruleModel(r)
	if err != nil {
		return err
	}
	if b.Mapping.Rule(m.Variable.Name) != nil {
		cover, err := s.covers(r, b)
		if err != nil {
			return err
		}
		m.Cover = cover(m.Variable.Name)
		alone, book := b.Mapping.Alone(&b.Codebook, m.Variable.Name)
		if _, err := s.runExamples(r, m, &alone, &book); err != nil {
			return err
		}
	}
	return s.page(w, r, mapping.Rule(s.ctx(w, r), *m))
}

// covers tells for a line of the mapping's rules, as store.Scope names it, whether the approval in force covers it as the
// draft has it.
func (s *Server) covers(r *http.Request, b *workbench) (func(line string) mapping.Cover, error) {
	q, err := s.Gate.Question(r.Context(), b.Integration.ID, store.AtRun)
	if err != nil || q.Approval == nil || q.Approval.Holds(q.At) != nil {
		return func(string) mapping.Cover { return mapping.CoverUnknown }, err
	}
	q.Codebook = &b.Codebook
	q.Mapping = &store.MappingVersion{IntegrationID: b.Integration.ID, CodebookID: b.Codebook.ID,
		CodebookVersion: b.Codebook.Version, Mapping: b.Mapping}
	uncovered := map[string]bool{}
	for _, d := range store.Gate(q).Uncovered {
		if d.Area == "rules" {
			uncovered[d.Name] = true
		}
	}
	return func(line string) mapping.Cover {
		if uncovered[line] {
			return mapping.Uncovered
		}
		return mapping.Covered
	}, nil
}

// words gives what an expression among the steps can hold: names with what they are, and functions with what they do.
func (s *Server) words(r *http.Request, e *mapping.Editor, steps []store.Step) []mapping.Word {
	lang := langOf(s, r)
	at := store.ExprPlace{Variable: e.Variable.Name, Correction: e.Correct, Before: steps}
	if i := slices.IndexFunc(steps, func(x store.Step) bool { return x.Kind == store.StepExpr }); i >= 0 {
		at.Before = steps[:i]
	}
	var list []mapping.Word
	known := s.Mapper.Completion(&e.Mapping, &e.Codebook, at)
	for _, n := range known.Names {
		w := mapping.Word{Name: n.Name, Help: n.Label, Insert: n.Insert}
		if n.Type != "" {
			w.Type = text.T(lang, "vartype."+string(n.Type))
		}
		list = append(list, w)
	}
	for _, f := range known.Functions {
		list = append(list, mapping.Word{Name: f.Name, Type: f.Signature, Help: text.FunctionHelp(lang, f.Name), Insert: f.Insert})
	}
	return list
}

// readRule takes what was written of steps and examples, and says it in words as far as it can be read.
func (s *Server) readRule(r *http.Request, f *form, m *mapping.RuleModel) {
	s.readSteps(r, f, &m.Editor)
	read := (&form{values: f.values}).steps(m.Steps)
	m.Inputs = inputs(&m.Mapping, &store.Rule{Steps: read})
	m.Examples = readExamples(f, m.Inputs)
}

// readSteps takes what was written of steps.
func (s *Server) readSteps(r *http.Request, f *form, e *mapping.Editor) {
	e.From = f.basis()
	e.Steps = mapping.ReadSteps(f.values, "s")
	tried := &form{values: f.values}
	read := tried.steps(e.Steps)
	mapping.Say(langOf(s, r), e.Steps, read, tried.errors)
	e.Words = s.words(r, e, read)
}

// rearranged carries out what a button among the steps asks, and tells whether one did.
func (s *Server) rearranged(r *http.Request, f *form, e *mapping.Editor) bool {
	do := f.value("do")
	action, rest, _ := strings.Cut(do, " ")
	path, _, _ := strings.Cut(rest, " ")
	if !slices.Contains([]string{"add", "up", "down", "remove", "move", "more"}, action) {
		return false
	}
	kind := store.StepKind(f.value(path + ".add"))
	if action == "add" && !slices.Contains(store.StepKinds, kind) {
		kind = store.StepCopy
	}
	e.Steps = mapping.Rearrange(e.Steps, "s", do, kind)
	e.Unsaved = true
	e.Said = text.T(langOf(s, r), "rule.said."+action)
	return true
}

// mappingRuleEdit rearranges the steps in the form, or writes the rule to the person's draft.
func (s *Server) mappingRuleEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, m, err := s.ruleModel(r)
	if err != nil {
		return err
	}
	s.readRule(r, f, m)
	if s.rearranged(r, f, &m.Editor) || s.exampleChosen(r, f, m) {
		return s.page(w, r, mapping.Rule(s.ctx(w, r), *m)) // nothing is kept before it is saved
	}
	next, step := b.Mapping, store.DraftStep{What: "clear", Args: store.Args{"variable": mapping.NameOf(&m.Variable)}}
	if f.value("do") == "clear" {
		next.Rules = b.Mapping.Without(m.Variable.Name)
	} else {
		step.What = "rule"
		next.Rules = b.Mapping.With(store.Rule{Variable: m.Variable.Name, Steps: f.steps(m.Steps), Examples: f.examples(m)}, &b.Codebook)
		if err := s.ruleFaults(r.Context(), f, &next, &b.Codebook, m); err != nil {
			return err
		}
	}
	if f.checked("auto") {
		return s.autosaved(w, r, b, f, next, step, b.Href(m.Variable.Name))
	}
	if f.ok() {
		err := s.keepDraft(r, b, f, next, step)
		if store.CodeOf(err) != "db.changed" {
			if err != nil {
				return err
			}
			return s.ruleKept(w, r, b, m)
		}
		m.Stale = true
	}
	m.Errors = f.errors
	return s.pageStatus(w, r, formStatus(m.Stale), mapping.Rule(s.ctx(w, r), *m))
}

// ruleFaults notes what is wrong with the rule, at its fields where it can be told which.
func (s *Server) ruleFaults(ctx context.Context, f *form, next *store.Mapping, c *store.Codebook, m *mapping.RuleModel) error {
	if len(m.Steps) == 0 {
		f.fault("s.add", "mapping.no_steps", store.Args{"variable": mapping.NameOf(&m.Variable)})
	}
	return s.stepFaults(ctx, f, next, c, &m.Editor, "rules."+m.Variable.Name)
}

// stepFaults notes at the steps what the whole mapping has to say of them, which is what it says at place.
func (s *Server) stepFaults(ctx context.Context, f *form, next *store.Mapping, c *store.Codebook, e *mapping.Editor, place string) error {
	if !f.ok() {
		return nil
	}
	faults, err := s.mappingProblems(ctx, next, c)
	if err != nil {
		return err
	}
	for _, x := range faults {
		if x.Field != place || x.Code == "mapping.example_fails" {
			continue // it is not about these steps: the table tells of it, and the examples of theirs
		}
		at := *x
		at.Field = "s.0"
		if code, ok := x.Args["code"].(string); ok {
			if path := stepWithCode(e.Steps, code); path != "" {
				at.Field = path + ".code"
			}
		}
		f.errors = append(f.errors, &at)
	}
	return nil
}
