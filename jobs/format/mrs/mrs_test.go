package mrs_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"samband/jobs/format/formattest"
	"samband/jobs/format/mrs"
	"samband/jobs/format/xlsx"
	"samband/jobs/format/xlsx/xlsxtest"
	"samband/store"
)

// The columns of the four generations, as their workbooks head them.
var (
	of2018 = []any{"Feltnavn", "Navn i kode", "Variabelnavn", "Mulige verdier", "Felttype", "Gyldighet", "Hjelpetekst"}
	extras = []any{"GammeltNavn", "Beskrivelse", "PatientFriendlyTerm", "Tema", "Kommentar", "Intern kommentar", "SkalVisesRegisteruttrekk",
		"SkalEksporteresHapHelseData", "Feltkilde", "VisningsTekst"}
	of2021  = slices.Concat(of2018, extras)
	of2025  = slices.Concat([]any{"Visningsnavn", "Unik teknisk referanse"}, of2018[2:], extras)
	inShort = []any{"Visningsnavn", "Variabelnavn", "Mulige verdier", "Felttype", "Gyldighet", "Hjelpetekst"}
)

// field is a variable of the invented register for intensive care, in the words of the workbook.
type field struct {
	label, code, name, kind, valid, help string
	options                              []string
	theme, exported, source, description string
}

// rows writes fields under a header, whatever its generation: the first option on the field's own row, the others on
// rows that repeat what the field says, as the platform writes them.
func rows(header []any, fields ...field) [][]any {
	all := [][]any{header}
	for _, f := range fields {
		for i := range max(1, len(f.options)) {
			row := make([]any, len(header))
			for c, h := range header {
				switch h {
				case "Feltnavn", "Visningsnavn":
					row[c] = f.label
				case "Navn i kode", "Unik teknisk referanse":
					row[c] = f.code
				case "Variabelnavn":
					row[c] = f.name
				case "Mulige verdier":
					if i < len(f.options) {
						row[c] = f.options[i]
					}
				case "Felttype":
					if i == 0 {
						row[c] = f.kind
					}
				case "Gyldighet":
					row[c] = f.valid
				case "Hjelpetekst":
					row[c] = f.help
				case "Beskrivelse":
					row[c] = f.description
				case "Tema":
					row[c] = f.theme
				case "SkalEksporteresHapHelseData":
					row[c] = f.exported
				case "Feltkilde":
					row[c] = f.source
				}
			}
			all = append(all, row)
		}
	}
	return all
}

const (
	direct   = "Direkte fra skjema"
	computed = "Beregnet (feks en formel)"
)

func intake(enum, text, dateTime, whole, decimal string) []field {
	return []field{
		{label: "Pasient", code: "PatientInRegistryGuid", name: "PasientGUID", kind: "Id (Guid)", valid: "v1", exported: "Nei", source: direct},
		{label: "Innlagt tidspunkt ", code: "DateAdmittedIntensive", name: "InnlagtTid", kind: dateTime, valid: "v10", help: "Når pasienten kom.",
			exported: "Ja", source: direct, theme: "Opphold"},
		{label: "Type opphold", code: "AdmissionType", name: "TypeOpphold", kind: enum, valid: "v11 (2020)", help: "Planlagt er over 24 timer.",
			options: []string{"-1 = Velg verdi", "1 = Planlagt operasjon", "2 = Akutt operasjon ", "3= Medisinsk"}, exported: "Ja", source: direct, theme: "Opphold"},
		{label: "Respirator", code: "Respirator", name: "Respirator", kind: "Avkrysning", valid: "v10", exported: "Ja", source: direct},
		{label: "Kreatinin (µmol/l)", code: "Creatinine", name: "Kreatinin", kind: whole, valid: "v14 (2024)", exported: "Ja", source: direct,
			description: "Høyeste verdi første døgn."},
		{label: "Temperatur", code: "Temperature", name: "Temperatur", kind: decimal, exported: "Nei", source: direct},
		{label: "SAPS II", code: "Saps2", name: "Saps2Skaar", kind: decimal, valid: "v10", exported: "Ja", source: computed},
		{label: "Merknad", code: "Comment", name: "Merknad", kind: text, valid: "v10", exported: "Nei", source: direct},
		{label: "Merknad", code: "Comment", name: "Merknad", kind: text, valid: "v14 (2024)", exported: "Nei", source: direct},
	}
}

func followUp(enum, date string) []field {
	return []field{
		{label: "Dato for oppfølging", code: "FollowUpDate", name: "OppfolgingDato", kind: date, valid: "v12 (2021)", exported: "Ja", source: direct},
		// The same name as in the other form, with another type.
		{label: "Respirator etter utskrivning", code: "Respirator", name: "Respirator", kind: enum, valid: "v12 (2021)",
			options: []string{"0 = Nei", "1 = Ja", "9 = Ukjent"}, exported: "Ja", source: direct},
		{label: "Funksjon", code: "Function_v2", name: "Funksjon_v2", kind: enum, exported: "Kanskje", source: "Hentet fra folkeregisteret",
			options: []string{"0 = ---", "1 = Selvhjulpen", "2 = Trenger hjelp", "2 = Pleietrengende", "ukjent valg"}},
		{label: "Ordningsverdi", code: "Order", name: "Ordning", kind: enum, options: []string{"-1 = Nedsatt", "0 = Uendret", "1 = Bedre"}},
	}
}

const (
	cut  = "1. InklusjonSkjema skjematyp" + "ever" // 31 characters: the limit
	next = "2. Oppfølging"
)

var fixtures = []struct {
	file, version string
	sheets        []xlsxtest.Sheet
	whole         int
}{
	{file: "mrs-2018.xlsx", version: "2018", sheets: []xlsxtest.Sheet{
		{Name: cut[:31], Rows: rows(of2018, intake("Enum", "Tekst", "Dato/tid", "Numerisk (heltall)", "Numerisk (flyttall)")...)},
		{Name: next, Rows: headed(rows(of2018, followUp("Enum", "Dato")...)), Merged: [][2]string{{"A2", "G2"}, {"E4", "E6"}}}}},
	{file: "mrs-2021.xlsx", version: "2021", sheets: []xlsxtest.Sheet{
		{Name: cut[:31], Rows: rows(of2021, intake("Enkeltvalg", "Tekst", "Dato/Tid", "Numerisk (heltall)", "Numerisk (flyttall)")...)},
		{Name: next, Rows: rows(of2021, followUp("Enkeltvalg", "Dato")...)},
		{Name: "Endringslogg", Rows: [][]any{{"Versjon", "Endring"}, {"v14", "Nye felt"}}},
		{Name: "Lister", Hidden: true, Rows: rows(of2021, field{label: "x", name: "x", kind: "Enum"})}}},
	{file: "mrs-2025-full.xlsx", version: "2025", whole: 3, sheets: []xlsxtest.Sheet{
		{Name: cut[:31], Rows: rows(of2025, intake("Enkeltvalg", "Text", "Dato/Tid", "Tall", "Tall")...)},
		{Name: next, Rows: rows(of2025, followUp("Enkeltvalg", "Dato")...)}}},
	{file: "mrs-2025-short.xlsx", version: "2025, kort", whole: 3, sheets: []xlsxtest.Sheet{
		{Name: cut[:31], Rows: rows(inShort, intake("Enkeltvalg", "Text", "Dato/Tid", "Tall", "Tall")...)},
		{Name: next, Rows: rows(inShort, followUp("Enkeltvalg", "Dato")...)}}},
}

// headed puts a heading over all columns after the header, as people do by hand.
func headed(rows [][]any) [][]any { return slices.Insert(rows, 1, []any{"Etter utskrivning"}) }

func read(data []byte) (*store.Dictionary, error) {
	b, err := xlsx.Open(data)
	if err != nil {
		return nil, err
	}
	return mrs.Read(b)
}

func TestGenerations(t *testing.T) {
	for _, x := range fixtures {
		t.Run(x.file, func(t *testing.T) {
			d, err := read(xlsxtest.File(t, x.file, xlsxtest.Book(t, x.sheets...)))
			if err != nil {
				t.Fatal(err)
			}
			formattest.Whole(t, d, nil)
			got := formattest.Of(d)
			forms := map[string]int{}
			for _, v := range d.Variables {
				forms[v.Form]++
			}
			rich := strings.Contains(x.file, "2021") || strings.Contains(x.file, "full")
			want := map[store.VarType]int{store.VarText: 2, store.VarDateTime: 1, store.VarCode: 4, store.VarBoolean: 1, store.VarInteger: 1,
				store.VarDecimal: 2, store.VarDate: 1}
			if x.whole > 0 {
				want[store.VarDecimal] = 3
				delete(want, store.VarInteger)
			}
			if !maps.Equal(got.Types, want) {
				t.Errorf("types %v, not %v", got.Types, want)
			}
			if got.Variables != 12 || got.Codes != 13 || got.Missing != 3 || got.Identifiers != 1 || d.Version != x.version || len(forms) != 2 || forms[next] != 4 {
				t.Errorf("%+v, version %q, forms %v", got, d.Version, forms)
			}
			if want := map[bool]int{true: 1}[rich]; got.Computed != want {
				t.Errorf("%d are computed, not %d", got.Computed, want)
			}
			if got.Required[store.NeedUnknown] != 12 {
				t.Errorf("required: %v", got.Required)
			}
			wantDefects := map[store.Code]int{"dictionary.title_cut": 1, "dictionary.twice": 1, "dictionary.code_twice": 1, "dictionary.choice": 1}
			if x.file == "mrs-2018.xlsx" {
				wantDefects["dictionary.merged"] = 2
			}
			if rich {
				wantDefects["dictionary.value"] = 2 // Kanskje; Hentet fra folkeregisteret
			}
			if x.whole > 0 {
				wantDefects["dictionary.whole_or_not"] = 1
			}
			if len(x.sheets) > 2 {
				wantDefects["dictionary.sheet"] = 2
			}
			if !maps.Equal(got.Defects, wantDefects) {
				t.Errorf("defects %v, not %v", got.Defects, wantDefects)
			}
		})
	}
}

func TestVariable(t *testing.T) {
	d, err := read(xlsxtest.Book(t, fixtures[1].sheets...))
	if err != nil {
		t.Fatal(err)
	}
	find := func(form, name string) store.Definition {
		i := slices.IndexFunc(d.Variables, func(v store.Definition) bool { return v.Form == form && v.Name == name })
		if i < 0 {
			t.Fatalf("%s is not there", name)
		}
		return d.Variables[i]
	}
	v := find(cut[:31], "TypeOpphold")
	want := store.Definition{Form: cut[:31], Section: "Opphold", Name: "TypeOpphold", Label: "Type opphold", Help: "Planlagt er over 24 timer.",
		Type: store.VarCode, Original: "Enkeltvalg", Required: store.NeedUnknown, Valid: "v11 (2020)", ValidYear: 2020, Exportable: new(true), Row: 4,
		Codes: []store.CodeOption{{Code: "-1", Label: "Velg verdi", Missing: true}, {Code: "1", Label: "Planlagt operasjon"}, {Code: "2", Label: "Akutt operasjon"},
			{Code: "3", Label: "Medisinsk"}}}
	if fmt.Sprintf("%+v", deref(v)) != fmt.Sprintf("%+v", deref(want)) {
		t.Errorf("got  %+v\nwant %+v", v, want)
	}
	if v := find(cut[:31], "Kreatinin"); v.Help != "Høyeste verdi første døgn." || v.ValidYear != 2024 || v.Type != store.VarInteger {
		t.Errorf("%+v", v)
	}
	if v := find(cut[:31], "PasientGUID"); *v.Exportable || !v.Identifier || v.ValidYear != 0 {
		t.Errorf("%+v", v)
	}
	if v := find(next, "Ordning"); v.Codes[0].Missing || v.Exportable != nil {
		t.Errorf("-1 is a real answer here: %+v", v)
	}
	if a, b := find(cut[:31], "Respirator"), find(next, "Respirator"); a.Type != store.VarBoolean || b.Type != store.VarCode || !b.Codes[2].Missing {
		t.Errorf("the same name in two forms: %+v, %+v", a, b)
	}
}

// deref gives v with what it points to as text, to compare.
func deref(v store.Definition) [2]any {
	var e any
	if v.Exportable != nil {
		e = *v.Exportable
	}
	v.Exportable = nil
	return [2]any{v, e}
}

func TestStops(t *testing.T) {
	without := func(header []any, names ...any) []any {
		return slices.DeleteFunc(slices.Clone(header), func(h any) bool { return slices.Contains(names, h) })
	}
	one := field{label: "Alder", name: "Alder", kind: "Tall"}
	for _, x := range []struct {
		name  string
		rows  [][]any
		code  store.Code
		names string
	}{
		{"2018 without type", rows(without(of2018, "Felttype"), one), "dictionary.sheet_columns", "Felttype"},
		{"2021 without some", rows(without(of2021, "Tema", "Feltkilde"), one), "dictionary.sheet_columns", "Tema, Feltkilde"},
		{"2025 without two", rows(without(inShort, "Gyldighet", "Hjelpetekst"), one), "dictionary.sheet_columns", "Gyldighet, Hjelpetekst"},
		{"2025 full without name", rows(without(of2025, "Variabelnavn"), one), "dictionary.sheet_columns", "Variabelnavn"},
		{"no form", [][]any{{"a", "b"}}, "dictionary.sheet_columns", "Visningsnavn, Variabelnavn, Mulige verdier, Felttype, Gyldighet, Hjelpetekst"},
		{"column twice", rows(append(slices.Clone(of2018), " feltnavn "), one), "dictionary.column_twice", ""},
		{"unknown type", rows(of2018, one, field{name: "Bilde", kind: "Bilde"}), "dictionary.type", ""},
		{"nothing", rows(of2018), "dictionary.empty", ""},
	} {
		_, err := read(xlsxtest.Book(t, xlsxtest.Sheet{Name: "1. Skjema", Rows: x.rows}))
		var e *store.Error
		if !errors.As(err, &e) || e.Code != x.code || e.Class != store.Invalid {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		if x.names != "" && (e.Args["names"] != x.names || e.Args["sheet"] != "1. Skjema" || e.Args["n"] != strings.Count(x.names, ",")+1) {
			t.Errorf("%s: %v", x.name, e.Args)
		}
		if x.code == "dictionary.type" && (e.Args["row"] != 3 || e.Args["sheet"] != "1. Skjema" || e.Args["name"] != "Bilde") {
			t.Errorf("%s: %v", x.name, e.Args)
		}
	}
}

func TestRowsOfNoVariable(t *testing.T) {
	d, err := read(xlsxtest.Book(t, xlsxtest.Sheet{Name: "Skjema", Rows: [][]any{inShort,
		{"", "", "1 = Løst valg"},
		{"Kjønn", "Kjonn", "0 = Ukjent", "Enkeltvalg"}, {"Kjønn", "Kjonn", "1 = Mann"}, {"", "", "2 = Kvinne"},
		{"Alder", "Alder", "", ""}, {"Alder", "Alder", "3 = Annet"},
		nil,
		{"Høyde", "Hoyde", "1 = en", "Tall"},
	}}))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Variables) != 2 || len(d.Variables[0].Codes) != 3 || len(d.Variables[1].Codes) != 0 {
		t.Errorf("%+v", d.Variables)
	}
	var got []string
	for _, f := range d.Defects {
		got = append(got, fmt.Sprint(f.Row, f.Code))
	}
	want := []string{"2dictionary.stray_option", "6dictionary.no_type", "9dictionary.choice", "0dictionary.whole_or_not"}
	if !slices.Equal(got, want) {
		t.Errorf("defects %q", got)
	}
}

// large gives a form of n variables with an option each.
func large(t testing.TB, n int) []byte {
	fields := make([]field, n)
	for i := range fields {
		fields[i] = field{label: fmt.Sprint("Felt ", i), code: "X", name: fmt.Sprint("Felt", i), kind: "Enum", options: []string{"1 = Ja"}}
	}
	return xlsxtest.Book(t, xlsxtest.Sheet{Name: "Stort", Rows: rows(of2018, fields...)})
}

func TestMany(t *testing.T) {
	d, err := read(large(t, store.MaxDefinitions))
	if err != nil || len(d.Variables) != store.MaxDefinitions {
		t.Errorf("%v", err)
	}
	if _, err := read(large(t, store.MaxDefinitions+1)); store.CodeOf(err) != "dictionary.variables" {
		t.Errorf("one too many: %v", err)
	}
}

func BenchmarkRead(b *testing.B) {
	for _, n := range []int{5_000, 10_000, 20_000} {
		data := large(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := read(data); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "variables/s")
		})
	}
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, read, func(_ string, data []byte) bool {
		b, err := xlsx.Open(data)
		return err == nil && mrs.Looks(b)
	})
}

// FuzzRows does the same with what stands in the cells.
func FuzzRows(f *testing.F) {
	for _, x := range fixtures {
		for _, s := range x.sheets {
			f.Add(xlsxtest.Text(s.Rows))
		}
	}
	f.Fuzz(func(t *testing.T, lines string) {
		d, err := read(xlsxtest.Lines(t, lines))
		formattest.Whole(t, d, err)
	})
}
