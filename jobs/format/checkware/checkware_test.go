package checkware

import (
	"errors"
	"fmt"
	"testing"

	"samband/jobs/format/formattest"
	"samband/jobs/format/xlsx"
	"samband/jobs/format/xlsx/xlsxtest"
	"samband/store"
)

var head = []any{"assessment_id", "assessment_name", "code", "option", "text", "kind", "unit"}

// pain is an invented form with every kind of question and what people get wrong by hand.
var pain = xlsxtest.Sheet{Name: "Smerteskjema", Merged: [][2]string{{"A2", "A16"}, {"C3", "C5"}}, Rows: [][]any{head,
	{41, "Smerteskjema ", "Q1", nil, "Hvor sterk er smerten?", "Enkeltvalg"},
	{nil, nil, "Q1", 0, "Ingen smerte"},
	{nil, nil, nil, 1, " Noe smerte "},
	{nil, nil, nil, 9, "Vet ikke"},
	{nil, nil, "QT1", nil, "Hvor sitter smerten?", "check box"},
	{nil, nil, "QT1", "QT1-O1", "Rygg"},
	{nil, nil, "QT1", "QT1-O2", "Hofte"},
	{nil, nil, "QT1", "QT1-O3", "Kne"},
	{nil, nil, "Q2", nil, "Høyde", "number", "cm"},
	{nil, nil, "Q3", nil, "Smertens spenn", "range"},
	{nil, nil, "Q4", nil, "Når begynte den?", "Dato"},
	{nil, nil, "Q5", nil, "Når på dagen?", "time"},
	{nil, nil, "Q6", nil, "Sist målt", "date-time"},
	{nil, nil, "Q7", nil, "Fortell med egne ord", "Tekst"},
	{nil, nil, "Q7", "1", "Hører ikke hjemme her"},
	{41, "Smerteskjema ", "SUM", nil, "Samlet smerte", "calculation"},
	{41, nil, "ALARM", nil, "Trenger oppfølging", "flag"},
	{42, "Livskvalitet", "Q1", "1", "God", "radio"},
	{42, "Livskvalitet", "Q1", "2", "Dårlig", "radio"},
	{42, "Livskvalitet", "Q1", "2", "Dårlig igjen", "radio"},
	{42, nil, "Q8", nil, "Uten type"},
	{42, nil, "Q9", nil, "Ingen valg", "flervalg"},
	{42, nil, nil, nil, "Overskrift uten kode"},
}}

var counts = formattest.Counts{Variables: 14, Codes: 5, Missing: 1, Computed: 2, Units: 1,
	Types:    map[store.VarType]int{store.VarCode: 2, store.VarBoolean: 4, store.VarDecimal: 4, store.VarDate: 1, store.VarDateTime: 1, store.VarText: 2},
	Required: map[store.Need]int{store.NeedUnknown: 14},
	Defects: map[store.Code]int{"dictionary.choice": 1, "dictionary.code_twice": 1, "dictionary.no_type": 1, "dictionary.no_codes": 1,
		"dictionary.no_code": 1, "dictionary.merged": 2, "dictionary.label": 1, "dictionary.sheet": 1}}

func workbook(t testing.TB) []byte {
	return xlsxtest.Book(t, pain, xlsxtest.Sheet{Name: "Om skjemaet", Rows: [][]any{{"Laget av", "Ola Testesen"}}})
}

func read(data []byte) (*store.Dictionary, error) {
	if !xlsx.Looks(data) {
		return ReadCSV(data)
	}
	b, err := xlsx.Open(data)
	if err != nil {
		return nil, err
	}
	return Read(b)
}

func looks(name string, data []byte) bool {
	b, err := xlsx.Open(data)
	return err == nil && Looks(b) || LooksCSV(name, data)
}

func TestWorkbook(t *testing.T) {
	xlsxtest.File(t, "checkware.xlsx", workbook(t))
	d := formattest.File(t, "checkware.xlsx", read, counts)
	for _, x := range []struct {
		form, name, label string
		row               int
	}{
		{"Smerteskjema", "41.QT1.QT1-O3", "Hvor sitter smerten? Kne", 6}, {"Smerteskjema", "41.Q3_fra", "Smertens spenn", 11},
		{"Smerteskjema", "41.Q3_til", "Smertens spenn", 11}, {"Smerteskjema", "41.calc.SUM", "Samlet smerte", 17},
		{"Smerteskjema", "41.flagg.ALARM", "Trenger oppfølging", 18}, {"Livskvalitet", "42.Q1", "", 19},
	} {
		if v := formattest.Variable(t, d, x.form, x.name); v.Label != x.label || v.Row != x.row {
			t.Errorf("%+v", v)
		}
	}
	v := formattest.Variable(t, d, "Smerteskjema", "41.Q1")
	if fmt.Sprint(v.Codes) != "[{0 Ingen smerte false} {1 Noe smerte false} {9 Vet ikke true}]" || v.Original != "Enkeltvalg" {
		t.Errorf("%+v", v)
	}
}

func TestCSV(t *testing.T) {
	formattest.File(t, "checkware.csv", read, formattest.Counts{Variables: 5, Codes: 2, Missing: 0, Units: 1,
		Types:    map[store.VarType]int{store.VarCode: 1, store.VarBoolean: 2, store.VarDecimal: 1, store.VarText: 1},
		Required: map[store.Need]int{store.NeedUnknown: 5}, Defects: map[store.Code]int{}})
}

func TestStops(t *testing.T) {
	row := func(cells ...any) []any { return cells }
	for name, x := range map[string]struct {
		rows [][]any
		code store.Code
		args store.Args
	}{
		"unknown kind": {[][]any{head, row(1, nil, "Q1", nil, "?", "bilde")}, "dictionary.type", store.Args{"sheet": "S", "row": 2, "name": "1.Q1", "type": "bilde"}},
		"no unit":      {[][]any{head[:6], row(1)}, "dictionary.sheet_columns", store.Args{"sheet": "S", "n": 1, "names": "unit"}},
		"other": {[][]any{row("a", "b")}, "dictionary.sheet_columns", store.Args{"sheet": "S", "n": 6,
			"names": "assessment_id, code, option, text, kind, unit"}},
		"column twice": {[][]any{append(head[:7:7], "Unit")}, "dictionary.column_twice", store.Args{"name": "Unit"}},
		"nothing":      {[][]any{head}, "dictionary.empty", nil},
	} {
		_, err := read(xlsxtest.Book(t, xlsxtest.Sheet{Name: "S", Rows: x.rows}))
		var e *store.Error
		if !errors.As(err, &e) || e.Code != x.code || fmt.Sprint(e.Args) != fmt.Sprint(x.args) {
			t.Errorf("%s: %v", name, err)
		}
	}
	formattest.Refused(t, read, map[string]store.Code{
		"assessment_id;code;option;text;kind\n1;Q1;;?;text\n":             "dictionary.columns",
		"assessment_id;code;option;text;kind;unit\n1;Q1;;?;image;\n":      "dictionary.type",
		"assessment_id;code;option;text;kind;unit;Kind\n1;Q1;;?;text;;\n": "dictionary.column_twice",
		"assessment_id;code;option;text;kind;unit\n;;;;;\n":               "dictionary.empty",
	})
}

func TestMany(t *testing.T) {
	rows := [][]any{head}
	for i := range store.MaxDefinitions {
		rows = append(rows, []any{1, nil, fmt.Sprint("Q", i), nil, "?", "text"})
	}
	if d, err := read(xlsxtest.Book(t, xlsxtest.Sheet{Name: "S", Rows: rows})); err != nil || len(d.Variables) != store.MaxDefinitions {
		t.Errorf("%v", err)
	}
	rows = append(rows, []any{1, nil, "one more", nil, "?", "text"})
	if _, err := read(xlsxtest.Book(t, xlsxtest.Sheet{Name: "S", Rows: rows})); store.CodeOf(err) != "dictionary.variables" {
		t.Errorf("%v", err)
	}
}

func FuzzRead(f *testing.F) { formattest.Fuzz(f, read, looks) }

// FuzzRows does the same with what stands in the cells of a workbook.
func FuzzRows(f *testing.F) {
	f.Add(xlsxtest.Text(pain.Rows))
	f.Fuzz(func(t *testing.T, lines string) {
		d, err := read(xlsxtest.Lines(t, lines))
		formattest.Whole(t, d, err)
	})
}
