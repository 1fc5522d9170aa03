package store

import (
	"strings"
	"testing"
)

// TestFieldStillRead: a field that leaves the scope narrows it only when nothing reads the field any more.
func TestFieldStillRead(t *testing.T) {
	was := &Scope{Fields: map[string]string{"nyha": "health"}}
	for name, rules := range map[string]map[string]string{
		"copy":       {"v": canonical([]Step{{Kind: StepCopy, From: []string{"nyha"}}})},
		"expression": {"v": canonical([]Step{{Kind: StepExpr, Code: `"x" + nyha`}})},
		"correction": {"(correction:k)": canonical(Correction{If: &Condition{Field: "nyha", Op: OpPresent}})},
		"keep":       {"(keep)": canonical(Condition{Field: "nyha", Op: OpPresent})},
	} {
		was.Rules = rules
		if len((&Scope{Rules: rules}).Uncovered(was)) != 1 {
			t.Errorf("%s: covered, though nyha is read and is gone", name)
		}
	}
	was.Rules = map[string]string{"v": canonical([]Step{{Kind: StepConstant, Value: "nyha"}})}
	if ds := (&Scope{Rules: was.Rules}).Uncovered(was); len(ds) != 0 {
		t.Errorf("nothing reads nyha, and yet %+v", ds)
	}
}

// TestOrderOfNewChecks: a check that comes is no change in the order of the others, and is not covered.
func TestOrderOfNewChecks(t *testing.T) {
	was := &Scope{Checks: map[string]string{"a": "1", "b": "2", "(order)": "a, b"}}
	for order, want := range map[string]int{"c, a, b": 1, "b, a, c": 2} {
		is := &Scope{Checks: map[string]string{"a": "1", "b": "2", "c": "3", "(order)": order}}
		if ds := is.Uncovered(was); len(ds) != want {
			t.Errorf("%s: %+v", order, ds)
		}
	}
}

// TestTurnsOfCorrections: two corrections of one variable give another value the other way round, so an approval covers
// their order; one that comes, goes or corrects something else has a line of its own.
func TestTurnsOfCorrections(t *testing.T) {
	of := func(names ...string) *Scope {
		var m Mapping
		for _, n := range names {
			m.Corrections = append(m.Corrections, Correction{Name: n, Variable: n[:1]})
		}
		return &Scope{Rules: map[string]string{"(turns)": strings.Join(m.turns(), ", ")}}
	}
	if ds := of("a1", "b1", "a2").Diff(of("a2", "a1")); len(ds) != 1 || ds[0].Name != "(turns)" || ds[0].Narrowing {
		t.Errorf("moved: %+v", ds)
	}
	if ds := of("a1", "a2", "b1").Diff(of("a1", "a3", "a2")); len(ds) != 0 {
		t.Errorf("taken out: %+v", ds)
	}
}
