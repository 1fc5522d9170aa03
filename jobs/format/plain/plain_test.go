package plain

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"samband/jobs/format/csv"
	"samband/jobs/format/formattest"
	"samband/store"
	"samband/store/text"
)

var counts = formattest.Counts{
	Variables: 13, Codes: 13, Missing: 2, Units: 3, Limits: 5,
	Types: map[store.VarType]int{store.VarText: 3, store.VarInteger: 1, store.VarDecimal: 2, store.VarDate: 1,
		store.VarDateTime: 1, store.VarCode: 4, store.VarBoolean: 1},
	Required: map[store.Need]int{store.NeedYes: 5, store.NeedNo: 7, store.NeedUnknown: 1},
	Defects: map[store.Code]int{"dictionary.code_twice": 1, "dictionary.column_unknown": 1, "dictionary.label": 1,
		"dictionary.limit": 1, "dictionary.twice": 1, "dictionary.value": 1},
}

func TestFixture(t *testing.T) {
	d := formattest.File(t, "plain.csv", Read, counts)
	if v := formattest.Variable(t, d, "Inklusjon", "vekt"); *v.Min != 30.5 || v.Unit != "kg" || v.Row != 7 {
		t.Errorf("vekt is %+v", v)
	}
	if v := formattest.Variable(t, d, "Inklusjon", "royk"); !v.Codes[3].Missing || v.Codes[1].Label != "Ja, daglig" {
		t.Errorf("royk is %+v", v)
	}
	if v := formattest.Variable(t, d, "Inklusjon", "inkl_dato"); v.From != "2020-01-01" || v.To != "2030-12-31" {
		t.Errorf("inkl_dato is %+v", v)
	}
}

func table(t *testing.T) [][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/plain.csv")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	r, err := csv.NewReader(bytes.NewReader(data), csv.Options{AnyHeader: true})
	if err != nil {
		t.Fatal(err)
	}
	rows = append(rows, r.Header())
	for b := new(csv.Rows); r.Read(b) == nil; b = new(csv.Rows) {
		for row := range slices.Chunk(b.Cells, b.Width) {
			rows = append(rows, slices.Clone(row))
		}
	}
	return rows
}

// TestSheets: the rows of a sheet read as the same file does.
func TestSheets(t *testing.T) {
	rows := table(t)
	if !LooksLike(rows) || LooksLike(rows[3:]) || LooksLike(nil) {
		t.Error("the rows are recognised wrongly")
	}
	d, err := FromSheets(Sheet{Name: "Kodebok", Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	formattest.Whole(t, d, nil)
	want := formattest.File(t, "plain.csv", Read, counts)
	if len(d.Variables) != len(want.Variables) || len(d.Defects) != len(want.Defects) || d.Variables[2].Row != want.Variables[2].Row {
		t.Errorf("as rows it has %d variables and %d defects", len(d.Variables), len(d.Defects))
	}
	d, err = FromSheets(Sheet{Name: "A", Rows: [][]string{{"Navn", "Type"}, {"x", "tekst"}}}, Sheet{Name: "Om"},
		Sheet{Name: "Endringer", Rows: [][]string{{"Dato", "Hva"}}}, Sheet{Name: "B", Rows: [][]string{{"Type", "Name"}, {"Date", "x"}}})
	if err != nil || len(d.Variables) != 2 || d.Variables[1].Form != "B" || formattest.Of(d).Defects["dictionary.no_header"] != 1 {
		t.Errorf("of several sheets it makes %+v (%v)", d, err)
	}
	_, err = FromSheets(Sheet{Name: "A", Rows: [][]string{{"Navn", "Type"}, {"x", "bilde"}}})
	if e, _ := err.(*store.Error); e == nil || e.Code != "dictionary.type" || e.Args["sheet"] != "A" || e.Args["row"] != 2 {
		t.Errorf("an unknown type gives %v", err)
	}
	if _, err = FromSheets(Sheet{Name: "Om", Rows: [][]string{{"a"}}}); store.CodeOf(err) != "dictionary.columns" {
		t.Errorf("no header gives %v", err)
	}
}

// TestReadsWhatThePortalWrites: the columns of codebookCSV (package web), in all languages.
func TestReadsWhatThePortalWrites(t *testing.T) {
	for _, lang := range []text.Lang{text.NB, text.NN, text.EN} {
		var b bytes.Buffer
		w := csv.NewWriter(&b, csv.Format{CRLF: true, Guard: true})
		row := func(cells ...string) {
			if err := w.Row(cells...); err != nil {
				t.Fatal(err)
			}
		}
		var head []string
		for _, k := range []string{"form", "name", "label", "type", "unit", "min", "max", "required", "class", "codes"} {
			head = append(head, text.T(lang, "book."+k))
		}
		row(head...)
		for i, typ := range store.VarTypes {
			codes := ""
			if typ == store.VarCode {
				codes = "-1 = Velg, 1 = Tung pust, i hvile, 2 = Ja; nei, 7 = Spurt (" + text.T(lang, "book.code.missing") + ")"
			}
			row("Skjema", "v"+string(typ), "=Ledetekst", text.T(lang, "vartype."+string(typ)), "kg", "", "", text.T(lang, "book.yes"),
				text.T(lang, "fclass."+string(store.FieldClasses[i%len(store.FieldClasses)])), codes)
		}
		row("Skjema", "grenser", "Grenser", text.T(lang, "vartype.decimal"), "kg", "-1,5", "2,5", text.T(lang, "book.no"), "", "")
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		d, err := Read(b.Bytes())
		if err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		formattest.Whole(t, d, nil)
		if len(d.Defects) > 0 || len(d.Variables) != len(store.VarTypes)+1 {
			t.Errorf("%s: %d variables, defects %v", lang, len(d.Variables), d.Defects)
		}
		for i, typ := range store.VarTypes {
			v := d.Variables[i]
			if v.Type != typ || v.Label != "=Ledetekst" || v.Unit != "kg" || v.Required != store.NeedYes || v.Class != store.FieldClasses[i%len(store.FieldClasses)] {
				t.Errorf("%s: %s reads as %+v", lang, typ, v)
			}
			if typ == store.VarCode && !slices.Equal(v.Codes, []store.CodeOption{{Code: "-1", Label: "Velg", Missing: true},
				{Code: "1", Label: "Tung pust, i hvile"}, {Code: "2", Label: "Ja; nei"}, {Code: "7", Label: "Spurt", Missing: true}}) {
				t.Errorf("%s: the codes are %+v", lang, v.Codes)
			}
		}
		if v := d.Variables[len(store.VarTypes)]; *v.Min != -1.5 || *v.Max != 2.5 || v.Required != store.NeedNo {
			t.Errorf("%s: limits are %+v", lang, v)
		}
	}
}

func TestCodes(t *testing.T) {
	for in, want := range map[string]string{
		"1=Mann; 2=Kvinne": "1 Mann,2 Kvinne", "1=Mann|2=Kvinne|": "1 Mann,2 Kvinne", "1 = Mann\n2 = Kvinne": "1 Mann,2 Kvinne",
		"1=Ja, nå;2=Nei": "1 Ja, nå,2 Nei", "A;B": "A ,B ", "A, B": "A ,B ", "1: Ja, 2: Nei": "1 Ja,2 Nei", "1=a=b;2=c": "1 a=b,2 c",
		"ja = Ja, nei = Nei": "ja Ja,nei Nei", "": "", ";;": "", "=Ja": "=Ja ", "1=": "1 ", "I21.9 = Hjerteinfarkt": "I21.9 Hjerteinfarkt",
	} {
		d, err := FromSheets(Sheet{Rows: [][]string{{"name", "type", "codes"}, {"x", "code", in}}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range d.Variables[0].Codes {
			got = append(got, o.Code+" "+o.Label)
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%q reads as %q, not %q", in, got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	formattest.Refused(t, Read, map[string]store.Code{
		"": "dictionary.empty", "a;b\n1;2\n": "dictionary.columns", "Navn;Type\n": "dictionary.empty", "\xff\xfeN\x00": "dictionary.utf16",
		"Navn;Type\nx;bilde\n": "dictionary.type", "Navn;Type;Koder\nx;;\n": "dictionary.type", "Tittel\n\nNavn;Type\nx;tekst\n": "",
		"Navn;Type\n" + strings.Repeat("x;tekst\n", store.MaxDefinitions+1):                   "dictionary.variables",
		"Navn;Type;Koder\n" + strings.Repeat("x;kode;"+strings.Repeat("a|", 300_000)+"\n", 4): "dictionary.options",
		"Navn;Type\n\"x;tekst\n": "dictionary.empty",
	})
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, Read, Looks, "Navn;Type;Koder\nx;kode;1=a, 2=b\n", "Name,Type,Codes,Min\nx,integer,,abc\n")
}

func TestShortTypeWord(t *testing.T) {
	d, err := Read([]byte("Navn;Type\nvekt;desimal\n"))
	if err != nil || len(d.Variables) != 1 || d.Variables[0].Type != store.VarDecimal {
		t.Errorf("%v %+v", err, d)
	}
}
