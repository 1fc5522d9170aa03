package store

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestCodebookValidate(t *testing.T) {
	wide := func(c *Codebook) {
		for i := len(c.Variables); i <= MaxVariables; i++ {
			c.Variables = append(c.Variables, Variable{Name: fmt.Sprint("v", i), Type: VarText, Class: Health})
		}
	}
	// contradictions may be in what was stored before they were refused: it runs on.
	contradictions := []string{"range turned", "code twice", "codes of a text", "a code without codes", "an empty code", "limits of a code",
		"half a whole number", "plausible outside", "plausible turned", "called as a person is", "named as a person is", "called so in the file",
		"a number in a label", "a number in a code", "a number in the title", "no key", "computed, in the key", "computed and required"}
	first := func(change func(v *Variable)) func(*Codebook) { return func(c *Codebook) { change(&c.Variables[1]) } }
	weight := func(change func(v *Variable)) func(*Codebook) {
		return func(c *Codebook) { change(c.Variable("weight")) }
	}
	for name, x := range map[string]struct {
		change func(*Codebook)
		want   []Code
	}{
		"nothing wrong":         {func(*Codebook) {}, nil},
		"id":                    {func(c *Codebook) { c.ID = "Heart book" }, []Code{"slug"}},
		"no variables":          {func(c *Codebook) { c.Variables, c.Key = nil, nil }, []Code{"codebook.empty", "codebook.no_key"}},
		"as wide as can be":     {func(c *Codebook) { wide(c); c.Variables = c.Variables[:MaxVariables] }, nil},
		"too wide":              {wide, []Code{"codebook.too_wide"}},
		"name":                  {first(func(v *Variable) { v.Name = "Vekt i kg" }), []Code{"codebook.name"}},
		"reserved":              {first(func(v *Variable) { v.Name = "pseudonym" }), []Code{"codebook.reserved"}},
		"name twice":            {first(func(v *Variable) { v.Name = "weight" }), []Code{"codebook.twice"}},
		"type":                  {first(func(v *Variable) { v.Type, v.Codes = "blob", nil }), []Code{"codebook.type"}},
		"no class":              {first(func(v *Variable) { v.Class = "" }), []Code{"codebook.class"}},
		"a direct identifier":   {first(func(v *Variable) { v.Class = Direct }), []Code{"codebook.class"}},
		"range turned":          {weight(func(v *Variable) { v.Min, v.Max = ptr(2.0), ptr(1.0) }), []Code{"codebook.range"}},
		"range of one":          {weight(func(v *Variable) { v.Min, v.Max = ptr(1.0), ptr(1.0) }), nil},
		"limit not a number":    {weight(func(v *Variable) { v.Min = ptr(math.NaN()) }), []Code{"codebook.range"}},
		"limit without end":     {weight(func(v *Variable) { v.Max = ptr(math.Inf(1)) }), []Code{"codebook.range"}},
		"code twice":            {first(func(v *Variable) { v.Codes = append(v.Codes, CodeOption{Code: "M"}) }), []Code{"codebook.code_twice"}},
		"codes of a text":       {first(func(v *Variable) { v.Type = VarText }), []Code{"codebook.codes_of"}},
		"a code without codes":  {first(func(v *Variable) { v.Codes = nil }), []Code{"codebook.no_codes"}},
		"codes of a system":     {first(func(v *Variable) { v.Codes, v.System = nil, "icd-10" }), nil},
		"an empty code":         {first(func(v *Variable) { v.Codes = append(v.Codes, CodeOption{Label: "Ja"}) }), []Code{"codebook.empty_code"}},
		"limits of a code":      {first(func(v *Variable) { v.Max = ptr(2.0) }), []Code{"codebook.limits_of"}},
		"half a whole number":   {weight(func(v *Variable) { v.Type, v.Min = VarInteger, ptr(0.5) }), []Code{"codebook.fraction"}},
		"plausible outside":     {weight(func(v *Variable) { v.PlausibleMax = ptr(351.0) }), []Code{"codebook.plausible"}},
		"plausible turned":      {weight(func(v *Variable) { v.PlausibleMin, v.PlausibleMax = ptr(90.0), ptr(40.0) }), []Code{"codebook.plausible"}},
		"called as a person is": {weight(func(v *Variable) { v.Label = "Fødselsnummer" }), []Code{"codebook.direct"}},
		"named as a person is":  {weight(func(v *Variable) { v.Name = "pnr" }), []Code{"codebook.direct"}},
		"called so in the file": {weight(func(v *Variable) { v.Origin = "Person-ID" }), []Code{"codebook.direct"}},
		"seems so, and is not":  {weight(func(v *Variable) { v.Label, v.Class = "Navn", Indirect }), nil},
		"a number in a name":    {weight(func(v *Variable) { v.Name = "v" + madeUp }), []Code{"codebook.person_number"}},
		"a number in a label":   {weight(func(v *Variable) { v.Label = "Vekt " + madeUp }), []Code{"codebook.person_number"}},
		"a number in a code":    {first(func(v *Variable) { v.Codes = append(v.Codes, CodeOption{Code: madeUp}) }), []Code{"codebook.person_number"}},
		"a number in the title": {func(c *Codebook) { c.Title = madeUp }, []Code{"form.person_number"}},
		"no key":                {func(c *Codebook) { c.Key = nil }, []Code{"codebook.no_key"}},
		"key elsewhere":         {func(c *Codebook) { c.Key = []string{"visit"} }, []Code{"codebook.unknown_key"}},
		"key of two":            {func(c *Codebook) { c.Key = []string{"episode", "admitted"} }, nil},
		"computed, in the key":  {func(c *Codebook) { c.Variable("episode").Computed = true }, []Code{"codebook.computed"}},
		"computed and required": {first(func(v *Variable) { v.Computed, v.Required = true, true }), []Code{"codebook.computed"}},
		"key names one twice":   {func(c *Codebook) { c.Key = []string{"episode", "episode"} }, []Code{"codebook.key_twice"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := world().Codebook
			x.change(c)
			wantCodes(t, c.Validate(), x.want...)
			if slices.Contains(contradictions, name) {
				wantCodes(t, c.ValidateRun())
				return
			}
			wantCodes(t, c.ValidateRun(), slices.DeleteFunc(x.want, func(c Code) bool { return c == "codebook.no_key" })...)
		})
	}
}

func TestNamesAndSlugs(t *testing.T) {
	for s, want := range map[string]struct{ name, slug bool }{
		"a": {true, true}, "asa_5": {true, false}, "rdap-files": {false, true}, "": {}, "5a": {}, "_a": {}, "-a": {}, "Vekt": {},
		"høyde": {}, "a b": {}, "a;drop": {}, `a"`: {}, "a\n": {}, "a/b": {}, "..": {},
		strings.Repeat("a", 63): {true, true}, strings.Repeat("a", 64): {},
	} {
		if ValidName(s) != want.name || ValidSlug(s) != want.slug {
			t.Errorf("%q: name %v, slug %v; want %v", s, ValidName(s), ValidSlug(s), want)
		}
	}
}

func TestHasCode(t *testing.T) {
	v := world().Codebook.Variable("sex")
	if !v.HasCode("M") || !v.HasCode("U") || v.HasCode("X") || v.HasCode("") {
		t.Error("the list is not what decides")
	}
	if v.Codes = nil; !v.HasCode("X") {
		t.Error("without a list every code is legal")
	}
}

func TestVariableTypesHaveKinds(t *testing.T) {
	want := map[VarType]ValueKind{VarText: Text, VarInteger: Integer, VarDecimal: Decimal, VarDate: Day,
		VarDateTime: DateTime, VarCode: Text, VarBoolean: Boolean}
	if len(want) != len(VarTypes) {
		t.Fatal("a type is missing from this table")
	}
	for _, v := range VarTypes {
		if v.Kind() != want[v] {
			t.Errorf("%s holds kind %d, want %d", v, v.Kind(), want[v])
		}
	}
}
