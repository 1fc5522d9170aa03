package questionnaire

import (
	"strings"
	"testing"

	"samband/jobs/format/formattest"
	"samband/store"
)

func TestFixtures(t *testing.T) {
	d := formattest.File(t, "questionnaire.json", Read, formattest.Counts{
		Variables: 20, Codes: 11, Missing: 1, Computed: 2, Identifiers: 2, Units: 2, Limits: 2, Conditions: 3,
		Types: map[store.VarType]int{store.VarText: 7, store.VarInteger: 1, store.VarDecimal: 3, store.VarDate: 1,
			store.VarDateTime: 1, store.VarCode: 6, store.VarBoolean: 1},
		Required: map[store.Need]int{store.NeedYes: 5, store.NeedNo: 13, store.NeedIf: 2},
		Defects: map[store.Code]int{"dictionary.choice": 1, "dictionary.code_twice": 1, "dictionary.label": 1, "dictionary.limit": 1,
			"dictionary.name": 1, "dictionary.no_codes": 1, "dictionary.open_choice": 1, "dictionary.range": 1,
			"dictionary.reference": 2, "dictionary.twice": 1, "dictionary.upload": 1},
	})
	const title = "Oppfølging etter hofteoperasjon"
	if d.Title != title || d.Version != "1.2" {
		t.Errorf("it is %q, version %q", d.Title, d.Version)
	}
	if v := formattest.Variable(t, d, title, "1.5.2"); v.Condition != "1.3 = true AND (1.2 = 1 OR 9.9 exists true)" ||
		v.Section != "Mer om ny operasjon" || v.Required != store.NeedIf {
		t.Errorf("1.5.2 is %+v", v)
	}
	if v := formattest.Variable(t, d, title, "1.2"); v.Help != "Den siden som ble operert sist." || len(v.Codes) != 3 || !v.Codes[2].Missing {
		t.Errorf("1.2 is %+v", v)
	}
	if v := formattest.Variable(t, d, title, "2.1"); v.Unit != "kg" || *v.Min != 30 || *v.Max != 300.5 || *v.Decimals != 1 || v.Row != 16 {
		t.Errorf("2.1 is %+v", v)
	}
	// The codes of a value set that takes a contained code system whole; its address ends with a space in one of them.
	if v := formattest.Variable(t, d, title, "2.4"); len(v.Codes) != 3 || v.Codes[2].Label != "Sterk" {
		t.Errorf("2.4 is %+v", v)
	}
	if v := formattest.Variable(t, d, title, "2.5"); !v.Multiple || len(v.Codes) != 2 {
		t.Errorf("2.5 is %+v", v)
	}
	if v := formattest.Variable(t, d, title, "2.6"); v.System != "urn:oid:2.16.578.1.12.4.1.1.7110" {
		t.Errorf("2.6 is %+v", v)
	}

	d = formattest.File(t, "questionnaire-bundle.json", Read, formattest.Counts{Variables: 1,
		Types: map[store.VarType]int{store.VarBoolean: 1}, Required: map[store.Need]int{store.NeedNo: 1}})
	if d.Variables[0].Label != "Sover du godt?" {
		t.Errorf("of the languages it takes %q", d.Variables[0].Label)
	}
}

func form(items string) string {
	return `{"resourceType":"Questionnaire","title":"F","item":[` + items + `]}`
}

func TestTypes(t *testing.T) {
	for name, want := range types {
		d, err := Read([]byte(form(`{"linkId":"a","text":"A","type":"` + name + `"}`)))
		if err != nil || d.Variables[0].Type != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := Read([]byte(form(`{"type":"group","item":[{"linkId":"x","type":"coding"}]}`)))
	if e, _ := err.(*store.Error); e == nil || e.Code != "dictionary.type" || e.Args["row"] != 2 || e.Args["sheet"] != "F" || e.Args["name"] != "x" {
		t.Errorf("an unknown type gives %v", err)
	}
}

func TestRefused(t *testing.T) {
	levels := func(n int) string {
		return form(strings.Repeat(`{"linkId":"a","type":"group","item":[`, n-1) + `{"linkId":"b","type":"string"}` + strings.Repeat(`]}`, n-1))
	}
	if d, err := Read([]byte(levels(maxLevels))); err != nil || len(d.Variables) != 1 {
		t.Errorf("as deep as can be: %v", err)
	}
	deep := strings.Repeat(`{"linkId":"a","type":"group","item":[`, 100) + strings.Repeat(`]}`, 100)
	formattest.Refused(t, Read, map[string]store.Code{
		"": "dictionary.empty", "[]": "dictionary.other_format", `{"resourceType":"Patient"}`: "dictionary.other_format",
		`{"resourceType":"Bundle","entry":[]}`: "dictionary.other_format", `{"resourceType":1}`: "dictionary.other_format", form(""): "dictionary.empty",
		`{"resourceType":"Questionnaire","item":{}}`: "dictionary.empty", form(`1,null,"x"`): "dictionary.empty", form(deep): "dictionary.deep",
		levels(maxLevels + 1): "dictionary.levels",
		form(`{"linkId":"a","type":"choice","option":[{"valueString":"x"}]}`):  "dictionary.fhir_r3",
		form(`{"linkId":"a","type":"choice","options":{"reference":"#x"}}`):    "dictionary.fhir_r3",
		form(`{"linkId":"a","type":"string","enableWhen":[{"question":"b"}]}`): "dictionary.fhir_r3",
		form(`{"linkId":"a","linkId":"b","type":"string"}`):                    "dictionary.json_twice",
		form(`{"linkId":"a"}`): "dictionary.type",
		form(strings.Repeat(`{"linkId":"","type":"string"},`, store.MaxDefinitions) + "{}"): "dictionary.type",
	})
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, Read, Looks, form(`{"linkId":"a","type":"choice","answerOption":[{"valueCoding":{"code":"-1"}},{"valueString":"x"}]}`))
}
