package kreftregisteret

import (
	"fmt"
	"strings"
	"testing"

	"samband/jobs/format/formattest"
	"samband/jobs/format/xlsx/xlsxtest"
	"samband/store"
)

// The elements of the invented packages: a name, and its type or what is inside it.
type element struct {
	name, of, attrs string
	inside          []element
}

const (
	text     = "xs:string"
	whole    = "xs:integer"
	yesNo    = `<xs:restriction base="xs:boolean"><xs:pattern value="true|false"/></xs:restriction>`
	day      = `<xs:union memberTypes="xs:date"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value=""/></xs:restriction></xs:simpleType></xs:union>`
	moment   = `<xs:union memberTypes="xs:dateTime"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value=""/></xs:restriction></xs:simpleType></xs:union>`
	optional = ` minOccurs="0"`
)

func pattern(p string) string {
	return `<xs:restriction base="xs:string"><xs:pattern value="` + p + `"/></xs:restriction>`
}

func codes(list ...string) string {
	var b strings.Builder
	for _, c := range list {
		fmt.Fprintf(&b, `<xs:enumeration value="%s"/>`, c)
	}
	return `<xs:restriction base="xs:string">` + b.String() + `</xs:restriction>`
}

func (e element) write(b *strings.Builder) {
	switch {
	case e.inside != nil:
		fmt.Fprintf(b, "<xs:element name=%q%s><xs:complexType><xs:sequence>\n", e.name, e.attrs)
		for _, x := range e.inside {
			x.write(b)
		}
		b.WriteString("</xs:sequence></xs:complexType></xs:element>\n")
	case strings.HasPrefix(e.of, "<"):
		fmt.Fprintf(b, "<xs:element name=%q%s><xs:simpleType>%s</xs:simpleType></xs:element>\n", e.name, e.attrs, e.of)
	default:
		fmt.Fprintf(b, "<xs:element name=%q type=%q%s/>\n", e.name, e.of, e.attrs)
	}
}

func schema(root element) []byte {
	var b strings.Builder
	space := "http://example.org/melding/" + root.name + "/v1_0"
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:m=%q targetNamespace=%[1]q elementFormDefault="qualified">
`, space)
	root.write(&b)
	b.WriteString("</xs:schema>\n")
	return []byte(b.String())
}

// study is the work-up form of an invented cancer: every type that packages use.
var study = element{name: "TestUtredning", inside: []element{
	{name: "Meldingsinformasjon", inside: []element{{name: "Skjema", of: codes("TestUtredning"), attrs: ` default="TestUtredning"`},
		{name: "VersjonIP", of: whole, attrs: ` default="0"`}, {name: "TidspunktSubmit", of: moment}, {name: "FeilSkjema", of: yesNo, attrs: optional}}},
	{name: "Navigering", inside: []element{{name: "MeldingsNr", of: pattern("(100|199)?")}}},
	{name: "StdInfo", inside: []element{{name: "PasientInstitusjon", inside: []element{
		{name: "FodselsnummerHF", of: pattern(`((0[1-9]|[1-2]\d|3[0-1])(0[1-9]|1[0-2])\d{7})?`)}, {name: "FodselnummerUtland", of: yesNo},
		{name: "NavnPasient", of: text}, {name: "Sykehuskode", of: codes("", "0101", "0402", "1")}}},
		{name: "FilmNr", of: pattern(`(\d{4})?`), attrs: optional}}},
	{name: "Utredning", inside: []element{{name: "Funn", of: codes("", "1", "3")}, {name: "Diagnosedato", of: day}, {name: "WHOStatus", of: codes("", "1", "2", "3", "99")},
		{name: "Prostatavolum", of: pattern(`([1-9]|[1-9]\d{1,2})?`)}, {name: "PSAVerdi", of: pattern(`([1-9]\d{0,5}|\d,\d|[1-9]\d{1,5},\d)?`)},
		{name: "PSAVerdiUkjent", of: codes("", "99")}, {name: "PIRADSHoyre", of: codes("", "4", "5")}, {name: "PIRADSVenstre", of: codes("", "4", "5")},
		{name: "Tumor", inside: []element{{name: "TotalVurderingKliniskT", of: codes("", "X", "0", "1a", "2")}, {name: "Metode", of: codes("", "1", "2")}}},
		{name: "Metastaser", inside: []element{{name: "Metode", of: codes("", "1", "2")}}},
		{name: "cT", of: text}, {name: "MeldeDato", of: day}}}}}

// treatment is a second form, whose workbook and file names say something else than its schema.
var treatment = element{name: "TestStraale", inside: []element{
	{name: "Doser", inside: []element{{name: "FRDoseGY", of: pattern(`([1-9]\d{0,1}|\d{0,2},\d{1,2})?`)}, {name: "AntallFR", of: pattern("([1-9])?")}}},
	{name: "Ekstern", of: codes("", "1", "0")}, {name: "Kommentar", of: text}}}

var head = []any{"Feltnavn", "Visningsverdier\n(hentes fra egen ressursfil)", "Lagrings-verdi", "Datatype", "Kontroller", "Betinget formattering (vis/skjul)",
	"Regler/valideringer", "Obligatorisk", "XML Schema", "Hjelpetekst"}

func studySheet() xlsxtest.Sheet {
	in := func(path string) string { return "TestUtredning/" + path }
	return xlsxtest.Sheet{Name: "Utredning", Merged: [][2]string{{"A1", "J1"}, {"A7", "A10"}, {"I7", "I10"}}, Rows: [][]any{
		{"Utredning\nMeldes etter avsluttet utredning"}, head,
		{"Pasient/behandlingsinstitusjon", nil, nil, nil, nil, nil, "Definert under Felt i alle meldinger"},
		{"Fødselsnummer", nil, nil, "string", "tekstfelt", "Vises når FodselnummerUtland = false", "Kun gyldig fødselsnummer aksepteres.", "Ja ", in("StdInfo/PasientInstitusjon/FodselsnummerHF")},
		{"Ikke norsk personnummer", "Ikke avkrysset", "false", "boolean", "avkrysningsboks", nil, nil, "Nei", in("StdInfo/PasientInstitusjon/FodselnummerUtland")},
		{nil, "Avkrysset", "true"},
		{"Sykehus", "Velg…", "blank", "string", "rullegardin", nil, nil, "ja", in("StdInfo/PasientInstitusjon/Sykehuskode"), "Sykehuset som meldte."},
		{nil, "Testsykehuset Moss", "0101 "}, {nil, "Testsykehuset Kongsvinger", "0402"}, {nil, "Annet", 1},
		{"Navn", nil, nil, "string", "tekstfelt", nil, nil, "Ja", in("StdInfo/PasientInstitusjon/NavnPasient")},
		nil,
		{"Funn i utredningen"},
		{nil, nil, "Blank", "string", "radikonapp", nil, nil, "Ja", in("Utredning/Funn")},
		{nil, "Primærtumor", "1"}, {nil, "Kun metastaser", "3"}, {nil, "Uavklart", "2"},
		{"Diagnosedato", nil, "åååå-mm-dd", "date/string", "datovelger", nil, "Dato kan ikke være etter dagens dato.", "Ja", in("Utredning/Diagnosedato")},
		{"Sykehistorie", nil, nil, nil, nil, "Viser når Funn = 1"},
		{"WHO-status", "Velg...", "blank", "String", "rullegardin", nil, nil, "Ja", in("Utredning/WHOStatus")},
		{nil, "0 – i vanlig arbeid", "1"}, {nil, "1 – begrenset", "2"}, {nil, "Ukjent", "99"},
		{"Prostatavolum", nil, nil, "string", "tekstfelt", nil, "Tillater heltall fra 1 til 999.", "Ja", in("Utredning/ProstataVolum")},
		{"PSA", nil, nil, "boolean", "tekstfelt", nil, nil, "Kanskje", in("Utredning/PSAVerdi")},
		{"Ukjent", "Ikke avkrysset", "blank", "string", "avkrysningsboks", nil, "Nullstiller PSAVerdi", nil, in("Utredning/PSAVerdiUkjent")},
		{nil, "Avkrysset", "99"},
		{"PI-RADS høyre side (laveste stadium velges ved tvil)", "Velg…", "blank", "string", "rullegardin", nil, nil, "ja", in("Utredning/PIRADSHoyre")},
		{nil, "PI-RADS 4", "4"}, {nil, "PI-RADS 5", "5"},
		{"PI-RADS venstre side", "Samme visnings- og lagringsverdier som PI-RADS høyre side ", nil, "string", "rullegardin", nil, nil, "ja", in("Utredning/PIRADSVenstre")},
		{"Samlet klinisk T", "Velg…", "blank", "string", "rullegardin", nil, nil, "ja", in("Utredning/Tumor/TotalVurderingKliniskT")},
		{nil, "TX", "X "}, {nil, "T0", "0"}, {nil, "T1a", "1a"}, {nil, "T2", "2"}, {nil, "T3", nil},
		{"Metode", nil, nil, "string", "rullegardin", nil, nil, "nei", in("Utredning/Tumor/Metode")},
		{nil, "CT", "1"}, {nil, "MR", "2"},
		{"Metode", "Samme visnings- og lagringsverdier som Ukjent felt", nil, "string", "rullegardin", nil, nil, "nei", in("Utredning/Metastaser/Metode")},
		{"cT", nil, nil, nil, "tekstfelt", "Skrivebeskyttet. Verdi vises når klinisk T er valgt", "Settes fra TotalVurderingKliniskT", nil, in("Utredning/cT")},
		{"Meldedato", nil, "åååå-mm-dd", "date/string", "datovelger", nil, nil, "Ja\n(alltid forhåndsutfylt)", in("Utredning/MeldeDato")},
		{"Meldedato igjen", nil, nil, "date/string", "datovelger", nil, nil, "Ja", in("Utredning/MeldeDato")},
		{"Gleason", nil, nil, "string", "tekstfelt", nil, nil, "Ja", in("Utredning/Gleason")},
		{"Uten plass", "Ja", "1"}, {nil, "Nei", "0"},
	}}
}

func treatmentSheet() xlsxtest.Sheet {
	return xlsxtest.Sheet{Name: "Strålebehandling", Rows: [][]any{head,
		{"Fraksjonsdose (Gy)", nil, nil, "string", "tekstfelt", nil, nil, "Ja", "TestStraale/Doser/FRDoseGY"},
		{"Antall fraksjoner", nil, nil, "string", "tekstfelt", "Vises når Ekstern = 1", nil, "Ja", "/TestStraale/Doser/AntallFR/"},
		{"Ekstern", nil, "Blank", "string", "radioknapp", nil, nil, "Ja", "TestStraale/Ekstern"}, {nil, "Ja", "1"}, {nil, "Nei", "0"},
		{"Kommentar", nil, nil, "fritekst", "tekstfelt", nil, nil, "Nei", "TestStraale/Kommentar"},
	}}
}

// parcel gives the package as a zip and as its files.
func parcel(t testing.TB) ([]byte, []File) {
	files := []File{
		{Name: "Kravspekk_TestUtredning_v1.0.xlsx", Data: xlsxtest.Book(t, studySheet(), xlsxtest.Sheet{Name: "Endringer", Rows: [][]any{{"Dato", "Hva"}}})},
		{Name: "TestUtredning_v1_0.xsd", Data: schema(study)},
		{Name: "Kravspekk_Straalebehandling_v1.0.xlsx", Data: xlsxtest.Book(t, treatmentSheet())},
		{Name: "TestStraalebehandling_v1_0.xsd", Data: schema(treatment)},
		{Name: "Eksempel.xml", Data: []byte("<TestUtredning/>")},
	}
	var names []string
	var data [][]byte
	for _, f := range files {
		names, data = append(names, f.Name), append(data, f.Data)
	}
	return xlsxtest.Zip(t, names, data...), files
}

func TestPackage(t *testing.T) {
	packed, files := parcel(t)
	xlsxtest.File(t, "kreftregisteret-v1_0.zip", packed)
	d := formattest.File(t, "kreftregisteret-v1_0.zip", func([]byte) (*store.Dictionary, error) { return Read(files) }, formattest.Counts{
		Variables: 27, Codes: 26, Missing: 2, Computed: 3, Identifiers: 2, Limits: 4, Conditions: 13,
		Types: map[store.VarType]int{store.VarText: 6, store.VarCode: 11, store.VarBoolean: 2, store.VarInteger: 3, store.VarDecimal: 2,
			store.VarDate: 2, store.VarDateTime: 1},
		Required: map[store.Need]int{store.NeedYes: 6, store.NeedNo: 4, store.NeedIf: 8, store.NeedUnknown: 9},
		Defects: map[store.Code]int{"dictionary.choice": 1, "dictionary.reference": 1, "dictionary.sheet": 1, "dictionary.stray_option": 1,
			"dictionary.value": 2, "package.code_not_in_schema": 1, "package.code_not_in_workbook": 2, "package.no_path": 1,
			"package.not_in_workbook": 6, "package.path": 1, "package.path_case": 1, "package.path_twice": 1, "package.type": 1},
	})
	if d.Version != "v1_0" {
		t.Errorf("version %q", d.Version)
	}
	var disputed, order []string
	for _, v := range d.Variables {
		if v.Disputed {
			disputed = append(disputed, v.Name)
		}
		if v.Form == "TestStraale" {
			order = append(order, v.Name)
		}
	}
	if got := strings.Join(disputed, " "); got != "Funn WHOStatus PSAVerdi Metastaser/Metode MeldeDato" {
		t.Errorf("disputed are %s", got)
	}
	if got := strings.Join(order, " "); got != "FRDoseGY AntallFR Ekstern Kommentar" {
		t.Errorf("the order of the schema is lost: %s", got)
	}
	of := func(name string) store.Definition { return formattest.Variable(t, d, "TestUtredning", name) }
	if v := of("Sykehuskode"); fmt.Sprint(v.Codes) != "[{0101 Testsykehuset Moss false} {0402 Testsykehuset Kongsvinger false} {1 Annet false}]" ||
		v.Section != "Pasient/behandlingsinstitusjon" || v.Help != "Sykehuset som meldte." || v.Path != "TestUtredning/StdInfo/PasientInstitusjon/Sykehuskode" {
		t.Errorf("%+v", v)
	}
	if v := of("WHOStatus"); v.Codes[0].Code != "1" || v.Codes[0].Label != "0 – i vanlig arbeid" || !v.Codes[3].Missing ||
		v.Condition != "Sykehistorie: Viser når Funn = 1" {
		t.Errorf("the shown number is no code: %+v", v)
	}
	if v := of("PSAVerdi"); *v.Min != 0 || *v.Max != 999999.9 || *v.Decimals != 1 {
		t.Errorf("%+v", v)
	}
	if v := of("Prostatavolum"); *v.Min != 1 || *v.Max != 999 || v.Help != "Tillater heltall fra 1 til 999." || v.Row != 24 {
		t.Errorf("%+v", v)
	}
	if v := of("Funn"); v.Label != "Funn i utredningen" || v.Condition != "" {
		t.Errorf("a question asked in a heading: %+v", v)
	}
	if v := of("Tumor/Metode"); len(v.Codes) != 2 || v.Codes[1].Label != "MR" {
		t.Errorf("%+v", v)
	}
	if v := of("PIRADSVenstre"); v.Codes[1].Label != "PI-RADS 5" || v.Disputed {
		t.Errorf("values like its twin's: %+v", v)
	}
	if v := of("cT"); !v.Computed || v.Formula != "Settes fra TotalVurderingKliniskT" {
		t.Errorf("%+v", v)
	}
}

func TestParts(t *testing.T) {
	_, files := parcel(t)
	d, err := Read(files[1:2])
	if err != nil || len(d.Variables) != 23 || d.Defects[0].Code != "package.no_workbook" || len(d.Defects) != 1 {
		t.Errorf("a schema alone: %v, %+v", err, d)
	}
	for name, x := range map[string]struct {
		files []File
		code  store.Code
	}{
		"workbook alone": {files[:1], "package.no_schema"}, "nothing": {nil, "package.no_schema"},
		"broken workbook": {[]File{files[1], {Name: "a.xlsx", Data: []byte("PK\x03\x04")}}, "xlsx.not"},
		"broken schema":   {[]File{files[1], {Name: "b.xsd", Data: []byte("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:import/></xs:schema>")}}, "xsd.construct"},
		"columns": {[]File{files[1], {Name: "a.xlsx", Data: xlsxtest.Book(t, xlsxtest.Sheet{Name: "S", Rows: [][]any{{"Feltnavn", "Obligatorisk", "XML Schema"}}})}},
			"dictionary.sheet_columns"},
	} {
		if _, err := Read(x.files); store.CodeOf(err) != x.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	d, err = Read(append(files[1:2:2], File{Name: "igjen.xsd", Data: files[1].Data}))
	if err != nil || d.Defects[0].Code != "package.form_twice" || len(d.Variables) != 23 {
		t.Errorf("the same form twice: %v", err)
	}
}

// TestNumbers: whether a text is a number, and which, stands in its pattern alone.
func TestNumbers(t *testing.T) {
	for _, x := range []struct{ pattern, want string }{
		{`([1-9])?`, "integer 1 9 -"}, {`([1-9]\d{0,2})?`, "integer 1 999 -"}, {`\d{1,2},\d{2}`, "decimal 0 99.99 2"}, {`([1-9]\d{0,1}|\d{0,2},\d{1,2})?`, "decimal 0 99.99 2"},
		{`(\d{4})?`, "text"}, {`[A-Z]\d`, "text"}, {`((0[1-9]|[1-2]\d|3[0-1])(0[1-9]|1[0-2])\d{7})?`, "text"}, {`0|[1-9]\d?`, "integer 0 99 -"},
		{`.*`, "text"}, {`(1|2)`, "code"}, {`(1)?`, "code"}, {`1|X|1a`, "code"}, {`(1|2`, ""}, {``, "text"},
	} {
		d, err := Read([]File{{Name: "a.xsd", Data: schema(element{name: "M", inside: []element{{name: "a", of: pattern(x.pattern)}}})}})
		if err != nil {
			if x.want != "" {
				t.Errorf("%s: %v", x.pattern, err)
			}
			continue
		}
		v := d.Variables[0]
		got := string(v.Type)
		if v.Min != nil {
			got += fmt.Sprint(" ", *v.Min, " ", *v.Max)
			if v.Decimals != nil {
				got += fmt.Sprint(" ", *v.Decimals)
			} else {
				got += " -"
			}
		}
		if got != x.want {
			t.Errorf("%s is %q, not %q", x.pattern, got, x.want)
		}
	}
}

func TestMany(t *testing.T) {
	of := func(n int) ([]byte, []byte) {
		list, rows := make([]element, n), [][]any{head}
		for i := range list {
			list[i] = element{name: fmt.Sprint("e", i), of: codes("", "1")}
			rows = append(rows, []any{fmt.Sprint("Felt ", i), "Ja", "1", "string", "radioknapp", nil, nil, "Ja", fmt.Sprint("M/e", i)})
		}
		return schema(element{name: "M", inside: list}), xlsxtest.Book(t, xlsxtest.Sheet{Name: "M", Rows: rows})
	}
	xsd, book := of(store.MaxDefinitions)
	if d, err := Read([]File{{"a.xsd", xsd}, {"a.xlsx", book}}); err != nil || len(d.Variables) != store.MaxDefinitions || len(d.Defects) != 0 {
		t.Errorf("%v", err)
	}
	xsd, _ = of(store.MaxDefinitions + 1)
	if _, err := Read([]File{{"a.xsd", xsd}}); store.CodeOf(err) != "dictionary.variables" {
		t.Errorf("one too many: %v", err)
	}
}

// FuzzRead holds that any schema with any rows of a workbook is refused with a code or read into whole variables.
func FuzzRead(f *testing.F) {
	rows, others := xlsxtest.Text(studySheet().Rows), xlsxtest.Text(treatmentSheet().Rows)
	f.Add(schema(study), rows)
	f.Add(schema(treatment), others)
	f.Add(schema(study), others)
	f.Add([]byte("<schema/>"), "")
	f.Fuzz(func(t *testing.T, schema []byte, lines string) {
		d, err := Read([]File{{"a.xsd", schema}, {"a.xlsx", xlsxtest.Lines(t, lines)}})
		formattest.Whole(t, d, err)
	})
}
