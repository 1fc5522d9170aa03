package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestConsentDecision holds the decision table, cell by cell.
func TestConsentDecision(t *testing.T) {
	const in, later, out, wait = ConsentInclude, ConsentLater, ConsentExclude, ConsentWait
	states := []ChoiceState{ChoiceNone, ChoiceActive, ChoiceInactive, ChoiceUnclear}
	for kind, want := range map[ConsentType][]ConsentVerdict{
		TypeConsent:     {out, in, out, out},
		TypeReservation: {later, out, in, out},
		TypeRestriction: {in, out, in, out},
		"noe annet":     {out, out, out, out},
	} {
		for i, s := range states {
			if got := ConsentDecision(kind, s, ListWhole); got != want[i] {
				t.Errorf("%s %q: %s, want %s", kind, s, got, want[i])
			}
			for _, l := range []ConsentListState{ListOld, ListMissing, ListHeld, ""} {
				if got := ConsentDecision(kind, s, l); got != wait {
					t.Errorf("%s %q with the list %q: %s, want %s", kind, s, l, got, wait)
				}
			}
		}
	}
}

func TestConsentJudge(t *testing.T) {
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	consent, reservation, restriction := NewConsentRule(TypeConsent), NewConsentRule(TypeReservation), NewConsentRule(TypeRestriction)
	for name, c := range map[string]struct {
		rule  ConsentRule
		is    *Choice
		met   time.Time
		in    bool
		floor time.Time
	}{
		"no consent":                         {consent, nil, day(-90), false, time.Time{}},
		"consent":                            {consent, &Choice{Active: true, At: day(-1)}, noon, true, time.Time{}},
		"consent from tomorrow":              {consent, &Choice{Active: true, At: day(1)}, noon, false, time.Time{}},
		"consent for a period to come":       {consent, &Choice{Active: true, From: day(1)}, noon, false, time.Time{}},
		"consent for a period":               {consent, &Choice{Active: true, From: day(-5), Until: day(5)}, noon, true, day(-5)},
		"consent that has run out":           {consent, &Choice{Active: true, Until: noon}, noon, false, time.Time{}},
		"consent that can't be read":         {consent, &Choice{Active: true, Unclear: true}, noon, false, time.Time{}},
		"withdrawn":                          {consent, &Choice{At: day(-1)}, noon, false, time.Time{}},
		"given again":                        {consent, &Choice{Active: true, At: day(-2), Floor: day(-2)}, noon, true, day(-2)},
		"never asked, met long ago":          {reservation, nil, day(-30), true, time.Time{}},
		"never asked, met lately":            {reservation, nil, day(-29), false, time.Time{}},
		"never asked, met now":               {reservation, nil, time.Time{}, false, time.Time{}},
		"reserved":                           {reservation, &Choice{Active: true, At: day(-1)}, day(-90), false, time.Time{}},
		"reserved from tomorrow":             {reservation, &Choice{Active: true, At: day(1), From: day(1)}, day(-90), false, time.Time{}},
		"reserved, and the period is over":   {reservation, &Choice{Active: true, Until: day(-1)}, day(-90), true, time.Time{}},
		"reservation that can't be read":     {reservation, &Choice{Unclear: true}, day(-90), false, time.Time{}},
		"reservation lifted":                 {reservation, &Choice{Floor: day(-1)}, noon, true, day(-1)},
		"no restriction":                     {restriction, nil, noon, true, time.Time{}},
		"restricted":                         {restriction, &Choice{Active: true}, noon, false, time.Time{}},
		"restriction lifted":                 {restriction, &Choice{}, noon, true, time.Time{}},
		"restriction that can't be read":     {restriction, &Choice{Unclear: true}, noon, false, time.Time{}},
		"reservation, and no days to wait":   {ConsentRule{Type: TypeReservation}, nil, time.Time{}, true, time.Time{}},
		"a type that this program lacks":     {ConsentRule{Type: "nytt"}, &Choice{Active: true}, day(-90), false, time.Time{}},
		"a type that it lacks, and nothing":  {ConsentRule{Type: "nytt"}, nil, day(-90), false, time.Time{}},
		"consent with a floor and a period":  {consent, &Choice{Active: true, From: day(-1), Floor: day(-3)}, noon, true, day(-1)},
		"reservation to come, and no longer": {reservation, &Choice{Active: true, From: day(3), Until: day(9)}, day(-90), false, time.Time{}},
	} {
		if in, floor := c.rule.Judge(c.is, c.met, noon); in != c.in || !floor.Equal(c.floor) {
			t.Errorf("%s: %v from %v, want %v from %v", name, in, floor, c.in, c.floor)
		}
	}
}

func drawChoice(t *rapid.T, name string) Choice {
	at := func(what string) time.Time {
		return noon.AddDate(0, 0, rapid.IntRange(-3, 3).Draw(t, name+what))
	}
	c := Choice{Active: rapid.Bool().Draw(t, name+"active"), Unclear: rapid.IntRange(0, 4).Draw(t, name+"unclear") == 0,
		At: at("at"), AsOf: at("asof"), Seq: rapid.Int64Range(0, 4).Draw(t, name+"seq")}
	for _, p := range []*time.Time{&c.From, &c.Until, &c.Floor} {
		if rapid.Bool().Draw(t, name+"set") {
			*p = at("set to")
		}
	}
	return c
}

// TestLastChoiceHoldsInAnyOrder: duplicates and messages out of order lead to the same choice, the last, and of two
// from one moment to the stricter.
func TestLastChoiceHoldsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(ConsentTypes).Draw(t, "type")
		a, b, c := drawChoice(t, "a"), drawChoice(t, "b"), drawChoice(t, "c")
		if LastChoice(kind, a, b) != LastChoice(kind, b, a) || LastChoice(kind, a, a) != a {
			t.Fatalf("order matters: %+v, %+v", a, b)
		}
		one := LastChoice(kind, LastChoice(kind, a, b), c)
		if other := LastChoice(kind, a, LastChoice(kind, b, c)); one != other {
			t.Fatalf("%+v, or %+v", one, other)
		}
		for _, x := range []Choice{a, b, c} {
			if one.AsOf.Before(x.AsOf) || one.AsOf.Equal(x.AsOf) && one.At.Before(x.At) ||
				one.AsOf.Equal(x.AsOf) && one.At.Equal(x.At) && one.stricter(kind) < x.stricter(kind) {
				t.Fatalf("%+v holds over %+v", one, x)
			}
		}
	})
}

// TestUnknownIsNeverYes: whatever is known of a person, a consent that isn't given keeps the rows out, and so does all
// that can't be read.
func TestUnknownIsNeverYes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(append([]ConsentType{"", "nytt"}, ConsentTypes...)).Draw(t, "type")
		r := NewConsentRule(kind)
		c := drawChoice(t, "c")
		met := noon.AddDate(0, 0, -rapid.IntRange(0, 60).Draw(t, "met"))
		in, _ := r.Judge(&c, met, noon)
		open := c.Active && (c.Until.IsZero() || noon.Before(c.Until))
		switch {
		case in && c.Unclear, in && kind == TypeConsent && (!open || noon.Before(c.From)), in && kind != TypeConsent && open,
			in && !slices.Contains(ConsentTypes, kind):
			t.Fatalf("%s takes %+v in", kind, c)
		}
		if _, none := r.Judge(nil, met, noon); kind == TypeConsent && !none.IsZero() {
			t.Fatal("a floor for nobody")
		}
	})
}

func TestNewPeriod(t *testing.T) {
	for name, c := range map[string]struct {
		kind    ConsentType
		was     *Choice
		is      Choice
		resumes bool
	}{
		"the first":                      {TypeConsent, nil, Choice{Active: true, Seq: 1}, false},
		"given again":                    {TypeConsent, &Choice{Seq: 2}, Choice{Active: true, Seq: 3}, true},
		"withdrawn and given in between": {TypeConsent, &Choice{Active: true, Seq: 1}, Choice{Active: true, Seq: 3}, true},
		"changed in between":             {TypeConsent, &Choice{Active: true, Seq: 1}, Choice{Active: true, Seq: 2}, false},
		"a list that lacked the person":  {TypeConsent, &Choice{Seq: 3}, Choice{Active: true, Seq: 3}, false},
		"a source without numbers":       {TypeConsent, &Choice{}, Choice{Active: true}, true},
		"reserved all along":             {TypeReservation, &Choice{Active: true, Seq: 1}, Choice{Active: true, Seq: 5}, false},
		"taken back":                     {TypeConsent, &Choice{Active: true, Seq: 1}, Choice{Seq: 2}, false},
	} {
		if got := NewPeriod(c.kind, c.was, c.is); got != c.resumes {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestGICS(t *testing.T) {
	for status, want := range map[string]bool{"ACCEPTED": true, "DECLINED": false, "WITHDRAWN": false, "INVALIDATED": false,
		"UNKNOWN": false, "NOT_ASKED": false, "NOT_CHOSEN": false, "REFUSED": false, "EXPIRED": false, "": false, "accepted": false} {
		if GICS(status) != want {
			t.Errorf("%s: %v", status, !want)
		}
	}
}

func TestConsentBrake(t *testing.T) {
	for name, c := range map[string]struct {
		turn  ConsentTurn
		first bool
		want  Code
	}{
		"the first list":         {ConsentTurn{Active: 31118, New: 31118}, true, ""},
		"a first, empty list":    {ConsentTurn{}, true, ""},
		"the same":               {ConsentTurn{Before: 31118, Active: 31118}, false, ""},
		"empty and was":          {ConsentTurn{Before: 1, Withdrawn: 1}, false, "consent.held_empty"},
		"empty still":            {ConsentTurn{}, false, ""},
		"the first persons":      {ConsentTurn{Active: 19, New: 19}, false, ""},
		"50 fewer":               {ConsentTurn{Before: 2000, Active: 1950, Withdrawn: 50}, false, ""},
		"51 fewer":               {ConsentTurn{Before: 31118, Active: 31067, Withdrawn: 51}, false, "consent.held_fall"},
		"5 %":                    {ConsentTurn{Before: 100, Active: 95, Withdrawn: 5}, false, ""},
		"6 %":                    {ConsentTurn{Before: 100, Active: 94, Withdrawn: 6}, false, "consent.held_fall"},
		"turned, 10 %":           {ConsentTurn{Before: 200, Active: 200, New: 10, Withdrawn: 10}, false, ""},
		"turned, over 10 %":      {ConsentTurn{Before: 200, Active: 201, New: 11, Withdrawn: 10}, false, "consent.held_turn"},
		"turned, but few":        {ConsentTurn{Before: 50, Active: 67, New: 18, Withdrawn: 1}, false, ""},
		"turned in a large list": {ConsentTurn{Before: 31118, Active: 31118, New: 60, Withdrawn: 60}, false, ""},
	} {
		r := NewConsentRule(TypeReservation)
		var got Code
		if e := r.Brake(c.turn, c.first); e != nil {
			got = e.Code
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestConsentFreshness(t *testing.T) {
	r := NewConsentRule(TypeConsent)
	at := func(d time.Duration) ConsentSnapshot { return ConsentSnapshot{No: 1, Legal: noon.Add(d)} }
	for name, c := range map[string]struct {
		s    ConsentSnapshot
		held bool
		want ConsentListState
		due  bool
	}{
		"none":               {ConsentSnapshot{}, false, ListMissing, true},
		"now":                {at(0), false, ListWhole, false},
		"12 hours":           {at(-12 * time.Hour), false, ListWhole, true},
		"26 hours":           {at(-26 * time.Hour), false, ListWhole, true},
		"older":              {at(-26*time.Hour - time.Second), false, ListOld, true},
		"of a clock ahead":   {at(clockSkew), false, ListWhole, false},
		"of tomorrow":        {at(24 * time.Hour), false, ListOld, true},
		"held":               {at(0), true, ListHeld, false},
		"held, and none yet": {ConsentSnapshot{}, true, ListHeld, true},
	} {
		if got := r.ListState(c.s, c.held, noon); got != c.want || r.Due(c.s, noon) != c.due {
			t.Errorf("%s: %s, want %s; due %v", name, got, c.want, !c.due)
		}
		if missing := c.want.Missing("r", noon); (missing == nil) != (c.want == ListWhole) {
			t.Errorf("%s: %v", name, missing)
		}
	}
}

func consentRule() ConsentRule {
	r := NewConsentRule(TypeReservation)
	r.ID, r.RegistryID, r.Name, r.ConnectionID = "heart-reservasjon", "heart", "Reservasjon mot Hjerte", "pvk"
	r.Definition, r.Party = "0f1e2d3c-4b5a-4697-8877-665544332211", "heart"
	return r
}

func TestConsentRuleIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*ConsentRule)
		field  string
	}{
		"as it is":                {func(*ConsentRule) {}, ""},
		"braces and capitals":     {func(r *ConsentRule) { r.Definition = "{0F1E2D3C-4B5A-4697-8877-665544332211}" }, ""},
		"no GUID":                 {func(r *ConsentRule) { r.Definition = "0f1e2d3c4b5a46978877665544332211" }, "definition"},
		"a GUID with letters":     {func(r *ConsentRule) { r.Definition = "zf1e2d3c-4b5a-4697-8877-665544332211" }, "definition"},
		"no party":                {func(r *ConsentRule) { r.Party = " " }, "party"},
		"a party in two words":    {func(r *ConsentRule) { r.Party = "to ord" }, "party"},
		"no connection":           {func(r *ConsentRule) { r.ConnectionID = "" }, "connection"},
		"no registry":             {func(r *ConsentRule) { r.RegistryID = "" }, "registry"},
		"another type":            {func(r *ConsentRule) { r.Type = "nytt" }, "type"},
		"waits for consent":       {func(r *ConsentRule) { r.Type = TypeConsent }, "wait_days"},
		"no age":                  {func(r *ConsentRule) { r.MaxAge = 0 }, "max_age_hours"},
		"a list of last month":    {func(r *ConsentRule) { r.MaxAge = 1000 }, "max_age_hours"},
		"read too seldom":         {func(r *ConsentRule) { r.Every = 27 }, "every_hours"},
		"no brake":                {func(r *ConsentRule) { r.FallShare = 0 }, "fall_share"},
		"a brake above all":       {func(r *ConsentRule) { r.TurnShare = 1.1 }, "turn_share"},
		"no persons":              {func(r *ConsentRule) { r.FallCount = 0 }, "fall_count"},
		"recipients":              {func(r *ConsentRule) { r.Recipients = []string{"hus"} }, "recipients"},
		"recipients where it may": {func(r *ConsentRule) { r.Type, r.WaitDays, r.Recipients = TypeRestriction, 0, []string{"hus"} }, ""},
	} {
		r := consentRule()
		c.change(&r)
		err := r.Validate()
		var bad FieldErrors
		errors.As(err, &bad)
		if c.field == "" && err != nil || c.field != "" && (len(bad) != 1 || bad[0].Field != c.field) {
			t.Errorf("%s: %v, want %q", name, err, c.field)
		}
	}
}

func TestConsentListIsItsDefinition(t *testing.T) {
	r := consentRule()
	same, other := r, r
	same.ID, same.Definition, same.Party = "en-annen", "{0F1E2D3C-4B5A-4697-8877-665544332211}", "HEART"
	if same.List() != r.List() {
		t.Errorf("%s is not %s", same.List(), r.List())
	}
	for _, change := range []func(*ConsentRule){func(r *ConsentRule) { r.RegistryID = "x" }, func(r *ConsentRule) { r.Type = TypeConsent },
		func(r *ConsentRule) { r.Definition = "1" + r.Definition[1:] }, func(r *ConsentRule) { r.Party = "x" }} {
		other = r
		if change(&other); other.List() == r.List() {
			t.Errorf("%+v has the list of %+v", other, r)
		}
	}
	if !r.Covers("") || !r.Covers("hus") {
		t.Error("a reservation doesn't hold everywhere")
	}
	r.Type = TypeRestriction
	if !r.Covers("") || !r.Covers("hus") {
		t.Error("a restriction that names nobody doesn't shut everybody out")
	}
	r.Recipients = []string{"hus"}
	if r.Covers("") || !r.Covers("hus") || r.Covers("annet") {
		t.Error("a restriction doesn't keep to those it names")
	}
}
