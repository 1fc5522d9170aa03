package mapping

import (
	"strconv"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/layout"
)

// TraceModel is what the page of why a value is so shows.
type TraceModel struct {
	Look
	Row         int64 // 1 = first after the header
	Variable    store.Variable
	Explanation *store.Explanation // nil when there is nothing to show
	Run         store.Mapping      // what made it: the mapping, or the rule alone
	Names       map[string]string  // user → name
}

// traceStep is a line of the table of steps.
type traceStep struct {
	No    string // «2», and «2.1» in the branch that step 2 chose
	Words string
	store.ExplainedStep
}

// numbered gives steps with numbers, those of a branch under the step that chose it.
func numbered(c layout.Ctx, steps []store.ExplainedStep) []traceStep {
	var out []traceStep
	var at []int
	for i := range steps {
		depth := steps[i].Depth
		for len(at) <= depth {
			at = append(at, 0)
		}
		at = at[:depth+1]
		at[depth]++
		var parts []string
		for _, n := range at {
			parts = append(parts, strconv.Itoa(n))
		}
		out = append(out, traceStep{No: strings.Join(parts, "."), Words: text.Step(c.Lang, &steps[i].Step), ExplainedStep: steps[i]})
	}
	return out
}

// converted tells whether the rule's end made something else of what its last step gave: the variable's type.
func converted(x *store.Explanation) (last store.ExplainedStep, ok bool) {
	for _, s := range x.Steps {
		if s.Depth == 0 {
			last = s
		}
	}
	return last, len(x.Steps) > 0 && (last.After != x.Made || last.Fault != x.Fault)
}

func (m *TraceModel) title(c layout.Ctx) string {
	return c.T("trace.lead", "variable", NameOf(&m.Variable), "n", m.Row)
}

// facts say in short what became of the value.
func (m *TraceModel) facts(c layout.Ctx) []ds.Fact {
	x := m.Explanation
	f := []ds.Fact{{Term: c.T("trace.value"), Text: after(c, x.Value)}, {Term: c.T("trace.type"), Text: TypeOf(c, &m.Variable)}}
	if x.Missing != "" {
		f = append(f, ds.Fact{Term: c.T("trace.missing"), Text: c.T("missing." + string(x.Missing))})
	}
	return f
}

// correctionSays says when a correction applies, and who made it, why.
func (m *TraceModel) correctionSays(c layout.Ctx, name string) (what, who string) {
	for i := range m.Mapping.Corrections {
		k := &m.Mapping.Corrections[i]
		if k.Name != name {
			continue
		}
		by := m.Names[k.Author]
		if by == "" {
			by = k.Author
		}
		if by != "" && !k.Made.IsZero() {
			who = c.T("trace.made", "name", by, "at", k.Made)
		}
		return text.Correction(c.Lang, k), who
	}
	return name, ""
}

func faultState(c layout.Ctx, k store.CheckKind, t store.VarType) ds.State {
	return ds.State{Tone: ds.Warning, Icon: ds.IconWarning, Text: text.Fault(c.Lang, k, t)}
}
