package store

import "testing"

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
