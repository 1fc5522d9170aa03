package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/mapping"
)

const maxExamples = 100 // of a rule

// inputs gives the source fields that decide what a rule gives; no name of a person's identity, which no rule may read.
func inputs(m *store.Mapping, rule *store.Rule) []string {
	return slices.DeleteFunc(rule.Fields(), func(name string) bool {
		f := m.Field(name)
		return f == nil || f.Class == store.Direct
	})
}

// showExamples gives examples as their form shows them.
func showExamples(inputs []string, list []store.Example) []mapping.ExampleForm {
	var out []mapping.ExampleForm
	for _, x := range list {
		e := mapping.ExampleForm{Outcome: mapping.OutcomeValue, Out: x.Out}
		switch {
		case x.Fault != "":
			e.Outcome = string(x.Fault)
		case x.Null:
			e.Outcome = mapping.OutcomeNull
		}
		for _, name := range inputs {
			e.In = append(e.In, x.In[name])
		}
		out = append(out, e)
	}
	return out
}

// readExamples reads the examples of a form by the fields that the rule now reads. A row with nothing in it is none.
func readExamples(f *form, inputs []string) []mapping.ExampleForm {
	were := f.list("x.f")
	var out []mapping.ExampleForm
	for i := range f.count("x", maxExamples) {
		if e, ok := readExample(f, "x", i, were, inputs); ok {
			out = append(out, e)
		}
	}
	return out
}

func readExample(f *form, list string, i int, were, inputs []string) (mapping.ExampleForm, bool) {
	e := mapping.ExampleForm{Outcome: f.value(rowName(list, i, "outcome")), Out: f.value(rowName(list, i, "out"))}
	said := e.Outcome != "" || e.Out != ""
	written := f.list(rowName(list, i, "in"))
	for _, name := range inputs {
		value := ""
		if at := slices.Index(were, name); at >= 0 && at < len(written) {
			value = written[at]
		}
		said = said || value != ""
		e.In = append(e.In, value)
	}
	return e, said
}

// examples makes examples of what was written, and notes at the fields what can't be read.
func (f *form) examples(m *mapping.RuleModel) []store.Example {
	var out []store.Example
	options := append([]string{mapping.OutcomeValue, mapping.OutcomeNull}, texts(store.FaultChecks)...)
	for i, e := range m.Examples {
		x := store.Example{In: map[string]string{}}
		for j, name := range m.Inputs {
			x.In[name] = e.In[j]
			f.fits(rowName("x", i, "in"), 1000, e.In[j])
		}
		f.fits(rowName("x", i, "out"), 1000, e.Out)
		switch {
		case e.Outcome == "":
			f.fault(rowName("x", i, "outcome"), "form.required", nil)
		case !slices.Contains(options, e.Outcome):
			f.fault(rowName("x", i, "outcome"), "form.choice", nil)
		case e.Outcome == mapping.OutcomeValue:
			x.Out = e.Out
		case e.Outcome == mapping.OutcomeNull:
			x.Null = true
		default:
			x.Fault = store.CheckKind(e.Outcome)
		}
		out = append(out, x)
	}
	return out
}

// exampleChosen takes an example from a sample, or takes one away, when that is what the button asks.
func (s *Server) exampleChosen(r *http.Request, f *form, m *mapping.RuleModel) bool {
	action, which, _ := strings.Cut(f.value("do"), " ")
	i, err := strconv.Atoi(which)
	if err != nil || i < 0 {
		return false
	}
	switch action {
	case "forget":
		m.Examples = mapping.Move(m.Examples, i, "remove")
	case "take":
		if e, ok := readExample(f, "p", i, f.list("p.f"), m.Inputs); ok && len(m.Examples) < maxExamples {
			m.Examples = append(m.Examples, e)
		}
	default:
		return false
	}
	m.Said = text.T(langOf(s, r), "rule.said."+action)
	return true
}

// runExamples tries the examples of a rule, which stands alone in its mapping, and tells how many don't hold. Where the
// rule itself can't run, no example is tried.
func (s *Server) runExamples(r *http.Request, m *mapping.RuleModel, alone *store.Mapping, book *store.Codebook) (failing int, err error) {
	if len(m.Examples) == 0 {
		return 0, nil
	}
	faults, err := s.mappingProblems(r.Context(), alone, book)
	if err != nil {
		return 0, err
	}
	results := make([]*mapping.ExampleResult, len(m.Examples))
	for i := range results {
		results[i] = &mapping.ExampleResult{OK: true}
	}
	for _, x := range faults {
		no, ok := x.Args["no"].(int)
		if x.Code != "mapping.example_fails" || !ok || no < 1 || no > len(results) {
			return 0, nil
		}
		*results[no-1] = mapping.ExampleResult{Got: text.Fill(langOf(s, r), "rule.example.got", store.Args{"got": x.Args["got"]})}
	}
	for i := range results {
		m.Examples[i].Result = results[i]
	}
	return len(faults), nil
}
