package oqr

import (
	"strings"
	"testing"

	"samband/jobs/format/formattest"
	"samband/store"
)

func TestFixture(t *testing.T) {
	d := formattest.File(t, "oqr-klokeboken.csv", Read, formattest.Counts{
		Variables: 17, Codes: 11, Missing: 2, Units: 2, Limits: 5,
		Types: map[store.VarType]int{store.VarText: 5, store.VarInteger: 2, store.VarDecimal: 2, store.VarDate: 2,
			store.VarDateTime: 1, store.VarCode: 4, store.VarBoolean: 1},
		Required: map[store.Need]int{store.NeedYes: 5, store.NeedNo: 10, store.NeedIf: 1, store.NeedUnknown: 1},
		Defects: map[store.Code]int{"dictionary.choice": 1, "dictionary.code_twice": 1, "dictionary.label": 1, "dictionary.limit": 2,
			"dictionary.name": 1, "dictionary.no_codes": 1, "dictionary.other_type": 1, "dictionary.soft_date": 1,
			"dictionary.twice": 1, "dictionary.value": 1},
	})
	height := formattest.Variable(t, d, "pasient", "HEIGHT")
	if *height.Min != 50 || *height.Max != 250 || *height.PlausibleMin != 140 || *height.PlausibleMax != 205 || height.Unit != "cm" ||
		height.Section != "Pasientskjema" || height.Help != `Målt uten sko; avrund til nærmeste "hele" cm` {
		t.Errorf("HEIGHT is %+v", height)
	}
	// The later form adds an option to the list, and says nothing new of the others.
	if v := formattest.Variable(t, d, "prosedyre", "COMPL"); len(v.Codes) != 5 || v.Codes[4].Label != "Død" || v.Required != store.NeedIf {
		t.Errorf("COMPL is %+v", v)
	}
	if v := formattest.Variable(t, d, "prosedyre", "STATUS"); len(v.Codes) != 3 || v.Codes[0].Missing {
		t.Errorf("STATUS is %+v", v)
	}
	if v := formattest.Variable(t, d, "pasient", "DEATHDATE"); v.From != "1980-01-01" || v.To != "" {
		t.Errorf("DEATHDATE goes from %q to %q", v.From, v.To)
	}
}

const head = "skjemanavn;ledetekst;obligatorisk;type;listeverdier;listetekst;tabell;fysisk_feltnavn\n"

func TestTypes(t *testing.T) {
	for name, want := range types {
		d, err := Read([]byte(head + "S;L;Ja;" + strings.ToUpper(name) + ";1;En;t;X\n"))
		if err != nil || d.Variables[0].Type != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := Read([]byte(head + "S;L;Ja;Tekstvariabel;;;t;X\nS;L;Ja;Kartvariabel;;;t;Y\n"))
	if e, _ := err.(*store.Error); e == nil || e.Code != "dictionary.type" || e.Args["row"] != 3 || e.Args["sheet"] != "S" || e.Args["name"] != "Y" {
		t.Errorf("an unknown type gives %v", err)
	}
}

func TestRefused(t *testing.T) {
	formattest.Refused(t, Read, map[string]store.Code{
		"": "dictionary.empty", head: "dictionary.empty", "skjemanavn;type\n": "dictionary.columns", "type;" + head: "dictionary.column_twice",
		head + strings.Repeat("S;L;Ja;Tekstvariabel;;;t;\n", store.MaxDefinitions+1): "dictionary.variables",
		head + strings.Repeat("S;L;Ja;;;;t;X\n", 2):                                  "dictionary.type",
	})
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, Read, Looks, head+"S;L;Ja;Listevariabel;1;En;t;X\nS;L;Ja;Statusvariabel;1;En;t;X\n")
}
