package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/views/mapping"
)

// ruleModel collects what the page of the rule of {variable} shows.
func (s *Server) ruleModel(r *http.Request) (*workbench, *mapping.RuleModel, error) {
	b, err := s.workbench(r)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(b.Codebook.Variables, func(v store.Variable) bool { return v.Name == r.PathValue("variable") })
	if i < 0 {
		return nil, nil, errNotFound
	}
	m := &mapping.RuleModel{Base: b.Base, Variable: b.Codebook.Variables[i]}
	if i > 0 {
		m.Before = b.Codebook.Variables[i-1].Name
	}
	if i+1 < len(b.Codebook.Variables) {
		m.After = b.Codebook.Variables[i+1].Name
	}
	if rule := b.Mapping.Rule(m.Variable.Name); rule != nil {
		m.Steps = mapping.ShowSteps("s", rule.Steps)
	}
	return b, m, nil
}

// mappingRule shows the rule of one variable.
func (s *Server) mappingRule(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.ruleModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, mapping.Rule(s.ctx(w, r), *m))
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
	m.Steps = mapping.ReadSteps(f.values, "s")
	do := f.value("do")
	if action, path, _ := strings.Cut(do, " "); path != "" {
		kind := store.StepKind(f.value(path + ".add"))
		if action == "add" && !slices.Contains(store.StepKinds, kind) {
			kind = store.StepCopy
		}
		m.Steps = mapping.Rearrange(m.Steps, "s", do, kind)
		return s.page(w, r, mapping.Rule(s.ctx(w, r), *m)) // nothing is kept before it is saved
	}
	next := b.Mapping
	next.Rules = withRule(&b.Mapping, &b.Codebook, m.Variable.Name, f.steps(m.Steps))
	if do != "clear" {
		if err := s.ruleFaults(f, &next, &b.Codebook, m); err != nil {
			return err
		}
	}
	if f.ok() {
		what := store.DraftStep{What: "rule", Args: store.Args{"variable": mapping.NameOf(&m.Variable)}}
		if do == "clear" {
			what.What = "clear"
		}
		err := s.keepDraft(r, b, f, next, what)
		if store.CodeOf(err) != "db.changed" {
			if err != nil {
				return err
			}
			return s.done(w, r, "map.kept", store.Args{"name": mapping.NameOf(&m.Variable)}, b.Href("")+"#variables")
		}
		m.Stale = true
	}
	m.Errors = f.errors
	return s.pageStatus(w, r, formStatus(m.Stale), mapping.Rule(s.ctx(w, r), *m))
}

// withRule gives the rules with one of them replaced, added or, without steps, taken out; in the codebook's order.
func withRule(m *store.Mapping, c *store.Codebook, variable string, steps []store.Step) []store.Rule {
	var rules []store.Rule
	for _, v := range c.Variables {
		switch old := m.Rule(v.Name); {
		case v.Name == variable && len(steps) > 0:
			rules = append(rules, store.Rule{Variable: variable, Steps: steps})
		case v.Name != variable && old != nil:
			rules = append(rules, *old)
		}
	}
	return rules
}

// ruleFaults notes what is wrong with the rule, at its fields where it can be told which.
func (s *Server) ruleFaults(f *form, next *store.Mapping, c *store.Codebook, m *mapping.RuleModel) error {
	if len(m.Steps) == 0 {
		f.fault("s.add", "mapping.no_steps", store.Args{"variable": mapping.NameOf(&m.Variable)})
	}
	if !f.ok() {
		return nil
	}
	faults, err := s.mappingProblems(next, c)
	if err != nil {
		return err
	}
	for _, e := range faults {
		if e.Field != "rules."+m.Variable.Name {
			continue // it is not about this rule: the table tells of it
		}
		at := *e
		at.Field = "s.0"
		if code, ok := e.Args["code"].(string); ok {
			if path := stepWithCode(m.Steps, code); path != "" {
				at.Field = path + ".code"
			}
		}
		f.errors = append(f.errors, &at)
	}
	return nil
}

// stepWithCode finds the step that holds an expression.
func stepWithCode(list []mapping.StepForm, code string) string {
	for i := range list {
		if list[i].Kind == store.StepExpr && strings.TrimSpace(list[i].Code) == code {
			return list[i].Path
		}
		for _, inner := range [][]mapping.StepForm{list[i].Then, list[i].Else} {
			if path := stepWithCode(inner, code); path != "" {
				return path
			}
		}
	}
	return ""
}

// steps makes steps of what was written, and notes at the fields what can't be read.
func (f *form) steps(list []mapping.StepForm) []store.Step {
	var steps []store.Step
	for i := range list {
		steps = append(steps, f.step(&list[i]))
	}
	return steps
}

const maxRuleText = 100_000 // characters of a list of codes, which may be long

func (f *form) step(p *mapping.StepForm) store.Step {
	s := store.Step{Kind: p.Kind}
	switch p.Kind {
	case store.StepCopy, store.StepUnit:
		if from := f.need(p.Name("from"), 200); from != "" {
			s.From = []string{from}
		}
		if p.Kind == store.StepUnit {
			s.Units = f.units(p.Name("units"))
		}
	case store.StepConstant:
		s.Value = f.text(p.Name("value"), 1000)
	case store.StepMissing:
		s.Values = f.lines(p.Name("values"))
		if p.Empty {
			s.Values = append([]string{""}, s.Values...)
		}
		if len(s.Values) == 0 {
			f.fault(p.Name("values"), "form.required", nil)
		}
	case store.StepCodes:
		s.Map, s.Null = f.codes(p.Name("codes")), f.lines(p.Name("null"))
		if len(s.Map)+len(s.Null) == 0 {
			f.fault(p.Name("codes"), "form.required", nil)
		}
	case store.StepDate:
		s.Layout = f.choice(p.Name("layout"), store.DateLayouts...)
	case store.StepNumber:
		s.Whole = p.Whole
		if p.Decimal != "" {
			s.Decimal = f.choice(p.Name("decimal"), ",", ".")
		}
	case store.StepScale:
		if s.Factor = f.decimal(p.Name("factor"), -1e12, 1e12); s.Factor == 0 && f.errors.Of(p.Name("factor")) == nil {
			f.fault(p.Name("factor"), "mapping.zero_factor", nil)
		}
	case store.StepExpr:
		s.Code = f.need(p.Name("code"), store.MaxExpression)
	case store.StepJoin:
		if s.From = f.lines(p.Name("from")); len(s.From) == 0 {
			f.fault(p.Name("from"), "form.required", nil)
		}
		s.Separator = f.separator(p.Name("separator"))
	case store.StepSplit:
		if s.Separator = f.separator(p.Name("separator")); s.Separator == "" {
			f.fault(p.Name("separator"), "form.required", nil)
		}
		s.Part = f.int(p.Name("part"), 1, 1000)
	case store.StepWhen:
		s.If = f.condition(p, true)
		s.Then, s.Else = f.steps(p.Then), f.steps(p.Else)
		if len(s.Then)+len(s.Else) == 0 {
			f.fault(p.Path, "mapping.no_branch", nil)
		}
	}
	return s
}

// condition reads what is compared, how, and with what.
func (f *form) condition(p *mapping.StepForm, inRule bool) *store.Condition {
	operators := make([]string, len(store.Operators))
	for i, o := range store.Operators {
		operators[i] = string(o)
	}
	c := &store.Condition{Field: f.text(p.Name("field"), 200), Op: store.Operator(f.choice(p.Name("op"), operators...))}
	if c.Field == "" && !inRule {
		f.fault(p.Name("field"), "form.required", nil)
	}
	switch than := f.text(p.Name("than"), 2000); c.Op {
	case store.OpMissing, store.OpPresent:
	case store.OpIn:
		for v := range strings.SplitSeq(than, ",") {
			c.Values = append(c.Values, strings.TrimSpace(v))
		}
	default:
		c.Value = than
		if n := strings.Replace(than, ",", ".", 1); n != than {
			if _, err := strconv.ParseFloat(n, 64); err == nil {
				c.Value = n // 2,5 as people here write it
			}
		}
	}
	return c
}

// lines gives the lines that hold something.
func (f *form) lines(name string) []string {
	var lines []string
	for line := range strings.Lines(f.text(name, maxRuleText)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// separator is a text in which space counts.
func (f *form) separator(name string) string {
	if f.text(name, 20); f.errors.Of(name) != nil {
		return ""
	}
	return f.value(name)
}

// codes reads «from = to», one a line.
func (f *form) codes(name string) map[string]string {
	codes := map[string]string{}
	for i, line := range f.lines(name) {
		from, to, ok := strings.Cut(line, "=")
		from, to = strings.TrimSpace(from), strings.TrimSpace(to)
		_, twice := codes[from]
		switch {
		case !ok || to == "":
			f.fault(name, "mapping.code_line", store.Args{"n": i + 1, "line": line})
			return codes
		case twice:
			f.fault(name, "mapping.code_twice", store.Args{"n": i + 1, "code": from})
			return codes
		}
		codes[from] = to
	}
	return codes
}

// units reads «unit = factor» or «unit = factor; decimals», one a line.
func (f *form) units(name string) []store.UnitFactor {
	var units []store.UnitFactor
	for i, line := range f.lines(name) {
		unit, rest, ok := strings.Cut(line, "=")
		factor, decimals, rounded := strings.Cut(rest, ";")
		u := store.UnitFactor{Unit: strings.TrimSpace(unit)}
		n, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(factor), ",", ".", 1), 64)
		u.Factor = n
		ok = ok && u.Unit != "" && err == nil && n != 0
		if rounded {
			d, err := strconv.Atoi(strings.TrimSpace(decimals))
			ok = ok && err == nil && d >= 0 && d <= 15
			u.Decimals = &d
		}
		if !ok {
			f.fault(name, "mapping.unit_line", store.Args{"n": i + 1, "line": line})
			return units
		}
		units = append(units, u)
	}
	if len(units) == 0 && f.errors.Of(name) == nil {
		f.fault(name, "form.required", nil)
	}
	return units
}
