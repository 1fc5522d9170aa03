package store

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// madeUp is a synthetic person number: 80 is added to the month.
const madeUp = "13929948089"

// TestDictionaryHidesPersons: wherever a file has a person number, nothing that comes of it has, and the defect says
// where without repeating it.
func TestDictionaryHidesPersons(t *testing.T) {
	split := "139299-480 89"
	codes := []CodeOption{{Code: "1", Label: "Ja, " + split}, {Code: madeUp, Label: "Nei"}, {Code: "2", Label: "Vet ikke"}}
	d := &Dictionary{Title: "Liste for " + madeUp, Version: split, Variables: []Definition{
		{Form: "A", Name: "id", Label: "Id", Type: VarText, Row: 2}, {Form: "A", Name: "x" + madeUp, Label: "X", Type: VarText, Row: 3},
		{Form: "Skjema " + madeUp, Name: "y", Label: "Spør " + split, Help: madeUp, Type: VarCode, Codes: codes, Condition: madeUp,
			Formula: madeUp, Unit: madeUp, Section: madeUp, Row: 4}}}
	d.Defect("Ark "+madeUp, 9, madeUp, "dictionary.choice", Args{"name": "y", "value": "verdi " + madeUp})
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	c, defects := d.Codebook(nil)
	all, err := json.Marshal([]any{d, c, defects})
	if err != nil || ScanWritten(string(all)) > 0 {
		t.Errorf("%s, %v", all, err)
	}
	if len(c.Variables) != 2 || len(c.Variables[1].Codes) != 2 || c.Variables[1].Codes[0].Label != Mask || c.Variables[1].Codes[1].Label != "Vet ikke" {
		t.Errorf("%+v", c.Variables)
	}
	if codes[0].Label == Mask {
		t.Error("a shared list of codes was changed")
	}
	for row, code := range map[int]Code{3: "dictionary.person_name", 4: "dictionary.person_text"} {
		if !slices.ContainsFunc(defects, func(x Defect) bool { return x.Row == row && x.Code == code }) {
			t.Errorf("row %d: no %s in %+v", row, code, defects)
		}
	}
	if e := UnknownType("A", 2, "x "+madeUp, madeUp).Error(); strings.Contains(e, madeUp) {
		t.Error(e)
	}
}

func TestNamesPerson(t *testing.T) {
	for _, s := range []string{"pnr", "Fødselsnummer", "Fødselsnummer (11 siffer)", "navn", "Navn", "Pasientens navn", "Person-ID", "PatientID",
		"Pasientens fødselsnummer", "Etternavn", "For- og etternavn", "Navn på pasienten", "Fødselsnummer til mor", "E-post", "Telefonnummer"} {
		if !namesPerson(s) {
			t.Errorf("%s does not name a person", s)
		}
	}
	for _, s := range []string{"record_id", "Id", "Navn på legemiddel", "Skjemanavn", "Pasientens vekt", "Antall barn", "Barn nr", "Luftvei", "Mobilisering",
		"Personlig assistanse", "Nummer", "Sykehusnavn", "Fødselsdato", ""} {
		if namesPerson(s) {
			t.Errorf("%s names a person", s)
		}
	}
}

// TestDictionaryMends: what contradicts the type is left out and told of, so that the codebook is sound.
func TestDictionaryMends(t *testing.T) {
	n := func(f float64) *float64 { return &f }
	d := &Dictionary{Variables: []Definition{
		{Name: "id", Type: VarText}, {Name: "a", Type: VarText, Codes: []CodeOption{{Code: "1"}}}, {Name: "b", Type: VarCode},
		{Name: "c", Type: VarText, Max: n(9)}, {Name: "d", Type: VarInteger, Min: n(0.5), Max: n(9.5)},
		{Name: "e", Type: VarDecimal, Max: n(9), PlausibleMax: n(10)}, {Name: "f", Type: VarCode, Codes: []CodeOption{{Label: "Ja"}, {Code: "2"}}},
		{Name: "g", Type: VarCode, System: "icd-10"}, {Name: "h", Label: "Pasientens navn", Type: VarText}}}
	c, notes := d.Codebook(nil)
	c.ID, c.Key = "bok", []string{"id"}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	var codes []Code
	for _, x := range notes {
		codes = append(codes, x.Code)
	}
	want := []Code{"dictionary.identifier", "dictionary.codes", "dictionary.as_text", "dictionary.no_limits", "dictionary.plausible", "dictionary.empty_code"}
	if !slices.Equal(codes, want) {
		t.Errorf("%v, want %v", codes, want)
	}
	if v := c.Variable("d"); *v.Min != 1 || *v.Max != 9 {
		t.Errorf("%v to %v", *v.Min, *v.Max)
	}
	if c.Variable("g").System != "icd-10" || c.Variable("h") != nil {
		t.Errorf("%+v", c.Variables)
	}
}
