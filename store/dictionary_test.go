package store

import (
	"testing"

	"pgregory.net/rapid"
)

func TestVariableName(t *testing.T) {
	for in, want := range map[string]string{
		"FormDate": "form_date", "PasientGUID": "pasient_guid", "MRSFormId": "mrs_form_id", "Høyde (cm)": "hoeyde_cm",
		"fødselsår": "foedselsaar", "  x  ": "x", "1. besøk": "v_1_besoek", "___": "", "日本": "", "SAPS2Score": "saps2_score",
		"a--b__c": "a_b_c", "Årsak": "aarsak", "ÅRSAK": "aarsak",
	} {
		if got := VariableName(in); got != want {
			t.Errorf("%q is %q, not %q", in, got, want)
		}
	}
}

func TestUniqueNames(t *testing.T) {
	got := UniqueNames([]Definition{{Form: "A", Name: "Date"}, {Form: "B", Name: "Date"}, {Name: "Høyde"}, {Name: "hoeyde"},
		{Name: "%"}, {Name: "pseudonym"}})
	for i, want := range []string{"a_date", "b_date", "hoeyde", "hoeyde_2", "variable", "pseudonym_2"} {
		if got[i] != want {
			t.Errorf("name %d is %q, not %q", i, got[i], want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Definition {
			return Definition{Form: rapid.StringN(0, 40, 80).Draw(t, "form"), Name: rapid.StringN(0, 80, 160).Draw(t, "name")}
		})).Draw(t, "list")
		seen := map[string]bool{}
		for _, n := range UniqueNames(list) {
			if !ValidName(n) || n == "pseudonym" || seen[n] {
				t.Fatalf("%q is no name of its own", n)
			}
			seen[n] = true
		}
	})
}

func TestCheckTwice(t *testing.T) {
	d := Dictionary{Variables: []Definition{
		{Form: "A", Name: "x", Row: 2, Codes: []CodeOption{{Code: "1"}, {Code: "2"}, {Code: "1", Label: "again"}}},
		{Form: "B", Name: "x", Row: 3}, {Form: "A", Name: "x", Row: 4},
	}}
	d.CheckTwice()
	if len(d.Variables) != 2 || len(d.Variables[0].Codes) != 2 || d.Variables[0].Codes[0].Label != "" {
		t.Errorf("what is left: %+v", d.Variables)
	}
	if len(d.Defects) != 2 || d.Defects[0].Row != 4 || d.Defects[1].Code != "dictionary.code_twice" {
		t.Errorf("the defects are %+v", d.Defects)
	}
}

// A whole number with a limit between two of them is a mistake in the file, and somebody should hear of it.
func TestPartLimit(t *testing.T) {
	limit := func(f float64) *float64 { return &f }
	d := Dictionary{Variables: []Definition{
		{Name: "a", Label: "A", Type: VarInteger, Min: limit(1.5), PlausibleMax: limit(2.5)},
		{Name: "b", Label: "B", Type: VarInteger, Min: limit(1), Max: limit(300)},
		{Name: "c", Label: "C", Type: VarDecimal, Min: limit(1.5)},
	}}
	if err := d.Check(); err != nil || len(d.Defects) != 1 || d.Defects[0].Code != "dictionary.part_limit" || d.Defects[0].Args["name"] != "a" ||
		*d.Variables[0].Min != 1.5 {
		t.Errorf("%v %+v", err, d)
	}
}
