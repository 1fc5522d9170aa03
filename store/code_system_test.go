package store_test

import (
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

func TestNormaliseCode(t *testing.T) {
	for _, c := range []struct{ system, text, want string }{
		{store.SystemICD10, " e70.2 ", "E702"},
		{store.SystemICD10, "E702", "E702"},
		{store.SystemICD10, "I 21.4", "I214"},
		{store.SystemICD10, "E10.2+N08.3*", "E102+N083*"},
		{"urn:oid:" + store.SystemICD10, "i48\u00a0", "I48"},
		{"http://ehelse.no/fhir/CodeSystem/no-kodeverk-7110", "i48.9", "I489"},
		{store.SystemNKPK, "fng 05", "FNG05"},
		{store.SystemICPC2, "-30", "-30"},
		{store.SystemICPC2, "k86", "K86"},
		{store.SystemNLK, "npu18016", "NPU18016"},
		{store.SystemNLK, "NPU 18016", "NPU 18016"}, // nothing is put right
		{store.SystemATC, "c07ab02", "C07AB02"},
		{store.SystemMunicipality, "301", "0301"},
		{store.SystemMunicipality, "0301", "0301"},
		{store.SystemMunicipality, "31", "31"},
		{store.SystemDistrict, "30101", "030101"},
		{store.SystemDRG, "(tom)", ""},
		{store.SystemDRG, "104A", "104A"},
		{"2.16.578.1.12.4.1.1.3101", " 1", "1"},
		{"https://example.org/x", "aB.c", "aB.c"},
	} {
		if got := store.NormaliseCode(c.system, c.text); got != c.want {
			t.Errorf("NormaliseCode(%q, %q) = %q, want %q", c.system, c.text, got, c.want)
		}
	}
}

func TestNormaliseCodeTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		system := rapid.SampledFrom(store.KnownSystems).Draw(t, "system").System
		text := rapid.OneOf(rapid.StringMatching(`[ ]?[A-Za-z0-9][0-9a-z .+*]{0,6}`), rapid.String()).Draw(t, "text")
		once := store.NormaliseCode(system, text)
		if twice := store.NormaliseCode(system, once); twice != once {
			t.Errorf("%q gives %q and then %q", text, once, twice)
		}
	})
}

func TestCanonicalSystem(t *testing.T) {
	const oid = "2.16.578.1.12.4.1.1.8212"
	for in, want := range map[string]string{
		"urn:oid:" + oid: oid, oid: oid, "8212": oid, " 8212 ": oid, "URN:OID:" + oid: oid,
		"http://helsedir.no/fhir/CodeSystem/no-kodeverk-8212": oid, "http://ehelse.no/fhir/CodeSystem/no-kodeverk-8212": oid,
		"http://hl7.org/fhir/sid/icpc-2": store.SystemICPC2, "2.16.840.1.113883.6.139": store.SystemICPC2, "ICD-10": store.SystemICD10,
		"https://example.org/Lists/A": "https://example.org/Lists/A", "": "",
	} {
		if got := store.CanonicalSystem(in); got != want {
			t.Errorf("CanonicalSystem(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCodeAtTheDayOfTheEvent(t *testing.T) {
	s := store.CodeSystem{System: store.SystemMunicipality, Codes: []store.SystemCode{
		{Code: "1103", Text: "Stavanger"},
		{Code: "0301", Text: "Oslo", From: "1964-01-01"},
		{Code: "0104", Text: "Moss (ny)", From: "2024-01-01"},
		{Code: "0104", Text: "Moss", To: "2019-12-31", Inactive: true},
	}}
	s.Sort()
	for _, c := range []struct{ code, day, want string }{
		{"0301", "2026-01-01", "Oslo"}, {"301", "2026-01-01", "Oslo"}, {"0301", "1963-12-31", ""},
		{"0104", "2019-12-31", "Moss"}, {"0104", "2020-01-01", ""}, {"104", "2024-01-01", "Moss (ny)"}, {"0104", "", "Moss (ny)"},
		{"1103", "1900-01-01", "Stavanger"}, {"9999", "2026-01-01", ""}, {"", "2026-01-01", ""},
	} {
		got, ok := s.At(c.code, c.day)
		if got.Text != c.want || ok != (c.want != "") {
			t.Errorf("At(%q, %q) = %q, %v, want %q", c.code, c.day, got.Text, ok, c.want)
		}
	}
}

func TestAtFindsWhatIsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := store.CodeSystem{System: store.SystemICD10}
		for _, c := range rapid.SliceOfDistinct(rapid.StringMatching(`[A-Z][0-9]{2}(\.[0-9])?`), rapid.ID[string]).Draw(t, "codes") {
			s.Codes = append(s.Codes, store.SystemCode{Code: c})
		}
		s.Sort()
		for _, c := range s.Codes {
			if got, ok := s.At(c.Code, ""); !ok || store.NormaliseCode(s.System, got.Code) != store.NormaliseCode(s.System, c.Code) {
				t.Errorf("%s is not found", c.Code)
			}
		}
		if _, ok := s.At("@", ""); ok {
			t.Error("a code that is not there is found")
		}
	})
}
