package store

import "testing"

func TestAlone(t *testing.T) {
	book := Codebook{ID: "bok", RegistryID: "r", Version: 1, Key: []string{"nr"}, Variables: []Variable{
		{Name: "nr", Type: VarText, Required: true, Class: Technical}, {Name: "vekt", Type: VarInteger, Class: Health},
		{Name: "inn", Type: VarDate, Required: true, Class: Health}, {Name: "kjonn", Type: VarCode, Class: Health,
			Codes: []CodeOption{{Code: "1"}}}}}
	m := Mapping{
		Source: []Field{{Name: "fnr", Class: Direct, Is: AttrNumber}, {Name: "k_vekt", Class: Health}, {Name: "k_inn", Class: Health}},
		Rules: []Rule{{Variable: "vekt", Steps: []Step{{Kind: StepCopy, From: []string{"k_vekt"}}, {Kind: StepNumber}}},
			{Variable: "inn", Steps: []Step{{Kind: StepCopy, From: []string{"finnes_ikke"}}}}},
		Checks: []Check{{Reason: "number", Kind: CheckRange, Variables: []string{"vekt", "inn"}},
			{Reason: "rekke", Kind: CheckOrder, Earlier: "inn", Later: "ut"}, {Reason: "sant", Kind: CheckRule, Code: "ut > inn"},
			{Reason: "kode", Kind: CheckCode}, {Reason: "bare_inn", Kind: CheckDate, Variables: []string{"inn"}}},
		Corrections: []Correction{{Name: "vekta", Variable: "vekt", At: "inn"}},
		Resolve:     Resolve{Latest: "inn"},
	}
	if m.Validate(&book) == nil {
		t.Fatal("the whole is sound, so that this shows nothing")
	}
	alone, part := m.Alone(&book, "vekt")
	if err := alone.Validate(&part); err != nil {
		t.Errorf("a sound rule in an unfinished mapping can't be tried: %v", err)
	}
	if len(alone.Rules) != 1 || len(part.Variables) != 1 || len(alone.Corrections) != 0 || alone.Resolve.Latest != "" {
		t.Errorf("more than the rule is tried: %+v", alone)
	}
	if got := alone.Check("number"); got == nil || len(got.Variables) != 1 {
		t.Errorf("the check of the variable itself is %+v", got)
	}
	for _, reason := range []string{"rekke", "sant", "bare_inn"} {
		if alone.Check(reason) != nil {
			t.Errorf("%s needs a variable that is not there", reason)
		}
	}
	if alone.Check("number_") == nil || alone.Check("date") == nil || alone.Check("code") != nil {
		t.Errorf("faults are not caught once each: %+v", alone.Checks)
	}
	if len(m.Checks[0].Variables) != 2 || !book.Variables[2].Required {
		t.Error("the mapping itself is changed")
	}
	if both, part := m.Alone(&book, "vekt", "inn"); len(both.Corrections) != 1 || both.Validate(&part) == nil {
		t.Errorf("a rule that can't run is hidden, or its correction lost: %+v", both.Corrections)
	}
	if none, part := m.Alone(&book, "ukjent"); len(none.Rules) != 0 || len(part.Variables) != 0 {
		t.Error("a variable that isn't there is tried")
	}
}
