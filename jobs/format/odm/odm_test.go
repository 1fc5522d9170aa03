package odm

import (
	"fmt"
	"strings"
	"testing"

	"samband/jobs/format/formattest"
	"samband/store"
)

func TestFixtures(t *testing.T) {
	d := formattest.File(t, "odm-1.3.xml", Read, formattest.Counts{
		Variables: 23, Codes: 7, Missing: 1, Computed: 2, Units: 9, Limits: 6, Conditions: 2,
		Types: map[store.VarType]int{store.VarText: 5, store.VarInteger: 6, store.VarDecimal: 6, store.VarDate: 1, store.VarCode: 3,
			store.VarBoolean: 2},
		Required: map[store.Need]int{store.NeedYes: 11, store.NeedNo: 10, store.NeedIf: 2},
		Defects: map[store.Code]int{"dictionary.choice": 1, "dictionary.code_twice": 1, "dictionary.label": 1, "dictionary.outside": 1,
			"dictionary.reference": 5, "dictionary.upload": 1, "dictionary.value": 2},
	})
	if d.Title != "Hjertesviktregisteret" || d.Version != "Versjon 2" || d.Variables[0].Name != "InklDato" {
		t.Errorf("%s, %s, %s first", d.Title, d.Version, d.Variables[0].Name)
	}
	height := formattest.Variable(t, d, "Inklusjon", "Hoyde")
	if *height.Min != 100 || *height.Max != 230 || *height.PlausibleMin != 140 || *height.PlausibleMax != 205 || height.Unit != "cm" ||
		height.Section != "Mål" {
		t.Errorf("Hoyde is %+v", height)
	}
	if v := formattest.Variable(t, d, "Inklusjon", "Termin"); v.Condition != "NOT (Kjonn = 1) AND NOT (Ikke gravid)" {
		t.Errorf("Termin applies when %s", v.Condition)
	}
	if v := formattest.Variable(t, d, "Inklusjon", "InklDato"); v.Label != "Dato for inklusjon" || v.Section != "Om pasienten" || v.From != "2020-01-01" {
		t.Errorf("InklDato is %+v", v)
	}
	if v := formattest.Variable(t, d, "Inklusjon", "Diagnose"); v.System != "ICD-10 2026" {
		t.Errorf("Diagnose has its codes from %q", v.System)
	}
	formattest.Variable(t, d, "Kontroll", "Medisiner.Vekt")

	d = formattest.File(t, "odm-2.0.xml", Read, formattest.Counts{
		Variables: 6, Codes: 3, Missing: 1, Computed: 1, Units: 2, Limits: 1, Conditions: 3,
		Types:    map[store.VarType]int{store.VarText: 1, store.VarInteger: 2, store.VarDecimal: 1, store.VarDateTime: 1, store.VarCode: 1},
		Required: map[store.Need]int{store.NeedYes: 2, store.NeedNo: 2, store.NeedIf: 2},
	})
	if v := formattest.Variable(t, d, "Akuttskjema", "DorTilNaal"); v.Label != "Dør til nål (min)" || v.Formula != "difftime(Trombolysetid, Ankomst)" {
		t.Errorf("DorTilNaal is %+v", v)
	}

	d = formattest.File(t, "odm-1.3-redcap.xml", Read, formattest.Counts{
		Variables: 7, Codes: 5, Computed: 1, Identifiers: 1, Units: 1, Conditions: 1,
		Types:    map[store.VarType]int{store.VarText: 2, store.VarDecimal: 1, store.VarDate: 1, store.VarCode: 2, store.VarBoolean: 1},
		Required: map[store.Need]int{store.NeedYes: 1, store.NeedNo: 5, store.NeedIf: 1},
		Defects:  map[store.Code]int{"dictionary.upload": 1, "dictionary.soft_date": 1},
	})
	if v := formattest.Variable(t, d, "Inklusjon", "opert"); v.Condition != "[side] = '1'" || v.Required != store.NeedIf {
		t.Errorf("opert is %+v", v)
	}
}

// study writes a file with one form of one group.
func study(refs, defs string) string {
	return `<ODM><Study OID="s"><MetaDataVersion OID="v"><FormDef OID="f" Name="F"><ItemGroupRef ItemGroupOID="g"/></FormDef>` +
		`<ItemGroupDef OID="g" Name="G">` + refs + `</ItemGroupDef>` + defs + `</MetaDataVersion></Study></ODM>`
}

const oneItem = `<ItemRef ItemOID="i" Mandatory="Yes"/>`

func TestTypes(t *testing.T) {
	for name, want := range types {
		d, err := Read([]byte(study(oneItem, `<ItemDef OID="i" Name="x" DataType="`+name+`"/>`)))
		if err != nil || d.Variables[0].Type != want || d.Variables[0].Original != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := Read([]byte("\n" + study(oneItem, "\n"+`<ItemDef OID="i" Name="x" DataType="tekst"/>`)))
	if e, _ := err.(*store.Error); e == nil || e.Code != "dictionary.type" || e.Args["row"] != 3 || e.Args["sheet"] != "F" || e.Args["type"] != "tekst" {
		t.Errorf("an unknown type gives %v", err)
	}
}

func TestRefused(t *testing.T) {
	formattest.Refused(t, Read, map[string]store.Code{
		"": "dictionary.empty", "<Questionnaire/>": "dictionary.other_format", "<ODM/>": "dictionary.empty", "<ODM><Study/></ODM>": "dictionary.empty",
		study("", ""): "dictionary.empty", study(oneItem, ""): "dictionary.empty", `<!DOCTYPE ODM SYSTEM "http://x/y.dtd"><ODM/>`: "dictionary.xml_entities",
		study(oneItem, `<ItemDef OID="i" Name="x" DataType="text"/>`)[:200]: "dictionary.xml",
	})
}

// TestTwiceInAForm: the same item in two groups is two variables.
func TestTwiceInAForm(t *testing.T) {
	d, err := Read([]byte(`<ODM><Study OID="s"><MetaDataVersion OID="v"><FormDef OID="f" Name="F"><ItemGroupRef ItemGroupOID="g"/>` +
		`<ItemGroupRef ItemGroupOID="h"/><ItemGroupRef ItemGroupOID="g"/></FormDef><FormDef OID="f2" Name="F"><ItemGroupRef ItemGroupOID="h"/></FormDef>` +
		`<ItemGroupDef OID="g" Name="G">` + oneItem + oneItem + oneItem + `</ItemGroupDef><ItemGroupDef OID="h" Name="H">` + oneItem + `</ItemGroupDef>` +
		`<ItemDef OID="i" Name="x" DataType="text"><Question><TranslatedText>X</TranslatedText></Question></ItemDef></MetaDataVersion></Study></ODM>`))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, v := range d.Variables {
		names = append(names, v.Form+":"+v.Name)
	}
	if got := strings.Join(names, " "); got != "F:x F:G.x F:H.x f2:x" || len(d.Defects) != 1 || d.Defects[0].Code != "dictionary.twice" {
		t.Errorf("they are %s, with %v", got, d.Defects)
	}
}

// TestBombs: what is short in a file and long when followed is refused, or costs no more than its length.
func TestBombs(t *testing.T) {
	var deep strings.Builder // each group holds the next two: 2^60 ways
	for i := range 60 {
		fmt.Fprintf(&deep, `<ItemGroupDef OID="g%d" Name="G" Type="Form"><ItemGroupRef ItemGroupOID="g%d"/><ItemGroupRef ItemGroupOID="g%d"/></ItemGroupDef>`, i, i+1, i+1)
	}
	var wide strings.Builder // each of many groups holds one that holds many
	for i := range 30_000 {
		fmt.Fprintf(&wide, `<ItemGroupDef OID="g%d" Name="G" Type="Form"><ItemGroupRef ItemGroupOID="x"/></ItemGroupDef>`, i)
	}
	wide.WriteString(`<ItemGroupDef OID="x" Name="X">` + strings.Repeat(`<ItemGroupRef ItemGroupOID="y"/>`, 30_000) + `</ItemGroupDef>` +
		`<ItemGroupDef OID="y" Name="Y"/>`)
	long := strings.Repeat("lang ", 200_000)
	shared := study(strings.Repeat(`<ItemRef ItemOID="i" Mandatory="Yes" CollectionExceptionConditionOID="c"/>`, 2),
		`<ItemDef OID="i" Name="x" DataType="text"><Question><TranslatedText>`+long+`</TranslatedText></Question></ItemDef>`+
			`<ConditionDef OID="c"><FormalExpression>`+long+`</FormalExpression></ConditionDef>`)
	formattest.Refused(t, Read, map[string]store.Code{study("", deep.String()): "dictionary.empty",
		strings.Replace(study("", wide.String()), "FormDef", "NoForm", 2): "dictionary.parts", shared: ""})
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, Read, Looks, study(oneItem, `<ItemDef OID="i" Name="x" DataType="text"><CodeListRef CodeListOID="c"/></ItemDef>`+
		`<CodeList OID="c"><EnumeratedItem CodedValue="-1"/></CodeList>`))
}
