package store

import (
	"slices"
	"testing"
)

func TestUsualChecks(t *testing.T) {
	low := 1.0
	book := &Codebook{Key: []string{"id"}, Variables: []Variable{{Name: "id", Type: VarText}, {Name: "day", Type: VarDate},
		{Name: "sex", Type: VarCode, Codes: []CodeOption{{Code: "1"}}}, {Name: "weight", Type: VarDecimal, Min: &low}}}
	plain := &Codebook{Variables: []Variable{{Name: "yes", Type: VarBoolean}}}
	expression := Rule{Variable: "yes", Steps: []Step{{Kind: StepExpr, Code: "true"}}}
	for name, x := range map[string]struct {
		m    Mapping
		book *Codebook
		want []string
	}{
		"none": {book: book, want: []string{"invalid_person", "invalid_date", "unknown_code", "not_a_number", "out_of_range",
			"required_missing", "person_in_text"}},
		"nothing that can fail":  {book: plain, want: []string{"invalid_person"}},
		"a rule with expression": {m: Mapping{Rules: []Rule{expression}}, book: plain, want: []string{"invalid_person", "expression_failed"}},
		"some are there": {m: Mapping{Checks: []Check{{Reason: "a", Kind: CheckPerson}, {Reason: "b", Kind: CheckRange, Warn: true},
			{Reason: "c", Kind: CheckDate, Variables: []string{"day"}}, {Reason: "person_in_text", Kind: CheckRule, Code: "true"}}},
			book: book, want: []string{"invalid_date", "unknown_code", "not_a_number", "required_missing", "person_in_text_2"}},
		"a needed one that only warns": {m: Mapping{Checks: []Check{{Reason: "a", Kind: CheckPerson, Warn: true}}}, book: plain,
			want: []string{"invalid_person"}},
	} {
		var got []string
		for _, k := range UsualChecks(&x.m, x.book) {
			got = append(got, k.Reason)
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, not %v", name, got, x.want)
		}
		x.m.Checks = append(x.m.Checks, UsualChecks(&x.m, x.book)...)
		if left := UsualChecks(&x.m, x.book); len(left) > 0 {
			t.Errorf("%s: then %v are missing", name, left)
		}
		if left := Uncaught(&x.m, x.book); len(left) > 0 {
			t.Errorf("%s: %v is not caught", name, left)
		}
	}
}
