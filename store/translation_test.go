package store_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

var sexes = store.Variable{Name: "kjonn", Type: store.VarCode, Codes: []store.CodeOption{{Code: "M"}, {Code: "K"}}}

func TestCodeQueueStates(t *testing.T) {
	p := &store.SourceProfile{Fields: []store.FieldProfile{{Name: "f", Hidden: 4, Top: []store.ValueCount{{Text: "1", Rows: 50}, {Text: " 2", Rows: 40},
		{Text: "2", Rows: 5}, {Text: "9", Rows: 30}, {Text: "M", Rows: 20}, {Text: "x", Rows: 10}, {Text: "y", Rows: 9}, {Text: "z", Rows: 8}}}}}
	decided := []store.CodeDecision{
		{Value: "1", Verdict: store.VerdictApproved, Code: "M", Relation: store.RelEquivalent},
		{Value: "2", Verdict: store.VerdictApproved, Code: "K", Relation: store.RelEquivalent},
		{Value: "x", Verdict: store.VerdictFlagged, Note: "?"}, {Value: "y", Verdict: store.VerdictIgnored},
		{Value: "z", Verdict: store.VerdictApproved, Relation: store.RelNoMatch, To: "2020-12-31"},
		{Value: "gone", Verdict: store.VerdictApproved, Relation: store.RelNoMatch},
	}
	table := store.Step{Kind: store.StepCodes, Map: map[string]string{"1": "M", "7": "K"}, Null: []string{"gone"}, Otherwise: store.OtherCode, Value: "K"}
	r := &store.Rule{Steps: []store.Step{{Kind: store.StepCopy, From: []string{"f"}}, {Kind: store.StepTrim},
		{Kind: store.StepMissing, Values: []string{"9"}}, table}}
	q := store.NewCodeQueue(&sexes, r, p, decided, "2026-01-01")
	type line struct {
		value string
		rows  int64
		state store.CodeState
	}
	var got []line
	for _, x := range q.Rows {
		got = append(got, line{x.Value, x.Rows, x.State})
	}
	want := []line{{"M", 20, store.CodeUndecided}, {"x", 10, store.CodeFlagged}, {"2", 45, store.CodeWaiting}, {"z", 8, store.CodeOutside},
		{"7", 0, store.CodeInRule}, {"1", 50, store.CodeApproved}, {"gone", 0, store.CodeApproved}, {"y", 9, store.CodeIgnored}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if q.Field != "f" || q.Hidden != 4 || q.Otherwise != store.OtherCode || q.Value != "K" || !q.HasStep {
		t.Errorf("%+v", q)
	}
	r.Steps = r.Steps[:3] // without a table a legal code passes as it is
	if q := store.NewCodeQueue(&sexes, r, p, nil, "2026-01-01"); q.Count(store.CodeSame) != 1 || q.HasStep {
		t.Errorf("%+v", q)
	}
	if q := store.NewCodeQueue(&sexes, nil, nil, decided, "2026-01-01"); len(q.Rows) != len(decided) {
		t.Errorf("%+v", q)
	}
}

func TestDecisionsInARule(t *testing.T) {
	values := []string{"1", "2", "3", "x", "y"}
	rapid.Check(t, func(t *rapid.T) {
		r := store.Rule{Variable: "kjonn", Steps: []store.Step{{Kind: store.StepCopy, From: []string{"f"}}, {Kind: store.StepTrim}}}
		if rapid.Bool().Draw(t, "table") {
			r.Steps = append(r.Steps, store.Step{Kind: store.StepCodes, Map: map[string]string{"1": "M"}, Null: []string{"x"}, Otherwise: store.OtherNull})
		}
		before := r.Steps[len(r.Steps)-1]
		var decided []store.CodeDecision
		for _, v := range values {
			d := store.CodeDecision{Variable: "kjonn", Value: v, Verdict: rapid.SampledFrom(store.Verdicts).Draw(t, "verdict"), Note: "n"}
			if d.Verdict == store.VerdictApproved {
				if d.Relation = rapid.SampledFrom(store.Relations).Draw(t, "relation"); d.Relation != store.RelNoMatch {
					d.Code = rapid.SampledFrom([]string{"M", "K"}).Draw(t, "code")
				}
			}
			if err := d.Validate(&sexes); err != nil {
				t.Fatal(err)
			}
			if rapid.Bool().Draw(t, "decided") {
				decided = append(decided, d)
			}
		}
		next := r.WithDecisions(decided, "2026-01-01")
		if !reflect.DeepEqual(r.Steps[len(r.Steps)-1], before) {
			t.Fatal("the rule it began from has changed")
		}
		if again := next.WithDecisions(decided, "2026-01-01"); !reflect.DeepEqual(again, next) {
			t.Fatalf("again\n%+v\nonce\n%+v", again, next)
		}
		if i := slices.IndexFunc(next.Steps, func(s store.Step) bool { return s.Kind == store.StepCodes }); i >= 0 {
			if s := next.Steps[i]; len(s.Map)+len(s.Null) == 0 {
				t.Fatal("an empty table stands")
			}
		}
		q := store.NewCodeQueue(&sexes, &next, nil, decided, "2026-01-01")
		for _, x := range q.Rows {
			if x.State == store.CodeWaiting || x.State == store.CodeUndecided && x.Decision != nil {
				t.Fatalf("%+v", x)
			}
			if x.State == store.CodeIgnored && (x.Code != "" || x.Null) {
				t.Fatalf("ignored and in the table: %+v", x)
			}
		}
	})
}

func TestCodeSystemSince(t *testing.T) {
	v := func(codes ...store.SystemCode) *store.CodeSystem {
		s := &store.CodeSystem{System: store.SystemICD10, Codes: codes}
		s.Sort()
		return s
	}
	was := v(store.SystemCode{Code: "A00", Text: "a"}, store.SystemCode{Code: "B00", Text: "b"}, store.SystemCode{Code: "C00", Text: "c", Inactive: true},
		store.SystemCode{Code: "D00", Text: "d"}, store.SystemCode{Code: "E00", Text: "e"})
	is := v(store.SystemCode{Code: "A00", Text: "a ny"}, store.SystemCode{Code: "C00", Text: "c"}, store.SystemCode{Code: "D00", Text: "d", Inactive: true},
		store.SystemCode{Code: "E.00", Text: "e"}, store.SystemCode{Code: "F00", Text: "f"})
	want := []store.CodeChange{{Kind: store.CodeRenamed, Code: "A00", Was: "a", Is: "a ny"}, {Kind: store.CodeRemoved, Code: "B00", Was: "b"},
		{Kind: store.CodeReactivated, Code: "C00", Was: "c", Is: "c"}, {Kind: store.CodeRemoved, Code: "D00", Was: "d", Is: "d"},
		{Kind: store.CodeAdded, Code: "F00", Is: "f"}}
	if got := is.Since(was); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := is.Since(is); got != nil {
		t.Errorf("since itself: %+v", got)
	}
}

func TestCodeSystemSearch(t *testing.T) {
	s := &store.CodeSystem{System: store.SystemICD10, Codes: []store.SystemCode{{Code: "I21.4", Text: "Akutt infarkt"},
		{Code: "I21.9", Text: "Infarkt, uspesifisert", Inactive: true}, {Code: "I22", Text: "Nytt infarkt"}, {Code: "Z99", Text: "Etter i21"}}}
	s.Sort()
	for text, want := range map[string]string{"i21": "I21.4 Z99 I21.9 ", "I21.4": "I21.4 ", "infarkt akutt": "I21.4 ", "infarkt": "I21.4 I22 I21.9 ", "": "", "@": ""} {
		got := ""
		for _, c := range s.Search(text, 10) {
			got += c.Code + " "
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
	if n := len(s.Search("i", 2)); n != 2 {
		t.Errorf("%d hits of at most 2", n)
	}
}
