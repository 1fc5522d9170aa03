// Package mrs reads the codebook workbooks of registers on the MRS platform (contracts/mrs.md section 3): one sheet for
// each form, in the four generations of headers that have been in use since 2018. What the workbook says of being
// mandatory can't be trusted, so every variable's Required is unknown.
package mrs

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"samband/jobs/format/xlsx"
	"samband/store"
)

// Format is the name of the format.
const Format = "mrs"

// Columns of the workbook. Which of them a sheet has tells its generation.
const (
	fieldName   = "Feltnavn"
	displayName = "Visningsnavn"
	codeName    = "Navn i kode"
	uniqueName  = "Unik teknisk referanse"
	name        = "Variabelnavn"
	options     = "Mulige verdier"
	fieldType   = "Felttype"
	valid       = "Gyldighet"
	help        = "Hjelpetekst"
	description = "Beskrivelse"
	theme       = "Tema"
	exported    = "SkalEksporteresHapHelseData"
	source      = "Feltkilde"
)

// shared stand in every generation, added came with that of 2021.
var (
	shared = []string{name, options, fieldType, valid, help}
	added  = []string{"GammeltNavn", description, "PatientFriendlyTerm", theme, "Kommentar", "Intern kommentar",
		"SkalVisesRegisteruttrekk", exported, source, "VisningsTekst"}
)

// generations lists the sets of columns, the richest first.
var generations = []struct {
	name    string
	columns []string
}{
	{"2025", slices.Concat([]string{displayName, uniqueName}, shared, added)},
	{"2021", slices.Concat([]string{fieldName, codeName}, shared, added)},
	{"2018", slices.Concat([]string{fieldName, codeName}, shared)},
	{"2025, kort", slices.Concat([]string{displayName}, shared)},
}

// types are the field types of all generations. Tall took the place of both kinds of number, so that a variable that
// was a whole number before may still be one.
var types = map[string]store.VarType{
	"enum": store.VarCode, "enkeltvalg": store.VarCode,
	"tekst": store.VarText, "text": store.VarText,
	"avkrysning": store.VarBoolean,
	"dato/tid":   store.VarDateTime, "dato": store.VarDate,
	"id (guid)":          store.VarText,
	"numerisk (heltall)": store.VarInteger, "numerisk (flyttall)": store.VarDecimal, "tall": store.VarDecimal,
}

// Looks tells whether a sheet of the workbook is headed as those of a codebook are, whatever else it lacks.
func Looks(b *xlsx.Book) bool {
	return slices.ContainsFunc(b.Sheets(), func(s *xlsx.Sheet) bool { return !s.Hidden && isForm(s.Header()) })
}

// isForm tells whether a sheet is meant as a form: it has two of the columns that all generations share.
func isForm(c xlsx.Columns) bool { return len(c.Missing(shared...)) <= len(shared)-2 }

// Read reads a codebook workbook. It stops with an Invalid error at a sheet whose columns are those of no generation
// and at a type it doesn't know; what else is wrong is in the dictionary's defects.
func Read(b *xlsx.Book) (*store.Dictionary, error) {
	d := &store.Dictionary{Format: Format}
	for _, s := range b.Sheets() {
		if err := readSheet(d, s); err != nil {
			return nil, err
		}
	}
	if d.Version == "" {
		_, err := generationOf(b.Sheets()[0].Name, b.Sheets()[0].Header())
		return nil, err
	}
	if err := d.Check(); err != nil {
		return nil, err
	}
	return d, nil
}

func readSheet(d *store.Dictionary, s *xlsx.Sheet) error {
	t, err := s.Table()
	if err != nil {
		return err
	}
	columns, err := t.Columns(1)
	if err != nil {
		return err
	}
	form := strings.TrimSpace(s.Name)
	if s.Hidden || !isForm(columns) {
		d.Defect(form, 0, "", "dictionary.sheet", nil)
		return nil
	}
	generation, err := generationOf(s.Name, columns)
	if err != nil {
		return err
	}
	t.NoteMerged(d, form, 1)
	if !slices.Contains(strings.Split(d.Version, " + "), generation) {
		d.Version = strings.TrimPrefix(d.Version+" + "+generation, " + ")
	}
	if len([]rune(s.Name)) == 31 {
		d.Defect(form, 0, "", "dictionary.title_cut", nil)
	}
	r := reader{d: d, t: t, columns: columns, form: form}
	for row := 2; row <= len(t.Rows); row++ {
		if err := r.row(row); err != nil {
			return err
		}
	}
	if err := r.end(); err != nil {
		return err
	}
	if r.whole > 0 {
		d.Defect(form, 0, fieldType, "dictionary.whole_or_not", store.Args{"n": r.whole})
	}
	return nil
}

// generationOf gives the generation all of whose columns are there. A sheet that has some of the columns that came with
// a later one and not the others is of none: the error names those it lacks of the generation it is nearest to.
func generationOf(sheet string, c xlsx.Columns) (string, error) {
	rich := len(c.Missing(added...)) < len(added) || len(c.Missing(uniqueName)) == 0
	var fewest []string
	for _, g := range generations {
		if rich != slices.Contains(g.columns, theme) {
			continue
		}
		m := c.Missing(g.columns...)
		if len(m) == 0 {
			return g.name, nil
		}
		if fewest == nil || len(m) < len(fewest) {
			fewest = m
		}
	}
	return "", store.E(store.Invalid, "dictionary.sheet_columns",
		store.Args{"sheet": sheet, "n": len(fewest), "names": strings.Join(fewest, ", ")})
}

// reader goes down one sheet.
type reader struct {
	d       *store.Dictionary
	t       *xlsx.Table
	columns xlsx.Columns
	form    string
	v       *store.Definition // whose rows are being read
	untyped string            // the name on the last row that lacks a type
	whole   int               // numbers of which the file no longer tells whether they are whole
}

func (r *reader) text(row int, column string) string { return r.t.Text(r.columns, row, column) }

// row reads a row: a variable's first, one option more, or nothing.
func (r *reader) row(row int) error {
	kind, own, option := r.text(row, fieldType), r.text(row, name), r.text(row, options)
	if kind != "" {
		if err := r.begin(row, own, kind); err != nil {
			return err
		}
	} else if own != "" && (r.v == nil || own != r.v.Name) {
		// A row of another name doesn't belong to the variable above it, and without a type it is none either.
		if own != r.untyped {
			r.d.Defect(r.form, row, fieldType, "dictionary.no_type", store.Args{"name": store.Shorten(own)})
		}
		r.untyped = own
		return r.end()
	}
	if option == "" {
		return nil
	}
	if r.v == nil {
		r.d.Defect(r.form, row, options, "dictionary.stray_option", store.Args{"value": store.Shorten(option)})
		return nil
	}
	r.option(row, option)
	return nil
}

func (r *reader) begin(row int, own, kind string) error {
	if err := r.end(); err != nil {
		return err
	}
	t, ok := types[xlsx.ColumnName(kind)]
	if !ok {
		return store.UnknownType(r.form, row, store.Shorten(own), kind)
	}
	v := &store.Definition{Form: r.form, Row: row, Name: own, Type: t, Original: kind, Required: store.NeedUnknown,
		Section: r.text(row, theme), Valid: r.text(row, valid), Help: r.text(row, help)}
	v.Label = r.text(row, displayName)
	if v.Label == "" {
		v.Label = r.text(row, fieldName)
	}
	if more := r.text(row, description); more != "" && more != v.Help {
		v.Help = strings.TrimSpace(v.Help + "\n" + more)
	}
	v.ValidYear = yearOf(v.Valid)
	v.Identifier = strings.EqualFold(kind, "Id (Guid)")
	if strings.EqualFold(kind, "Tall") {
		r.whole++
	}
	switch s := r.text(row, source); {
	case s == "", strings.EqualFold(s, "Direkte fra skjema"):
	case strings.HasPrefix(strings.ToLower(s), "beregnet"):
		v.Computed = true
	default:
		r.d.Defect(r.form, row, source, "dictionary.value", store.Args{"name": store.Shorten(own), "value": store.Shorten(s)})
	}
	switch s := r.text(row, exported); strings.ToLower(s) {
	case "":
	case "ja", "nei":
		v.Exportable = new(strings.EqualFold(s, "Ja"))
	default:
		r.d.Defect(r.form, row, exported, "dictionary.value", store.Args{"name": store.Shorten(own), "value": store.Shorten(s)})
	}
	r.v = v
	return nil
}

// end adds the variable that has been read.
func (r *reader) end() error {
	if r.v == nil {
		return nil
	}
	v := *r.v
	r.v = nil
	return r.d.Add(v)
}

var optionRE = regexp.MustCompile(`^(-?\d{1,18})\s*=\s*(.*)$`)

// option reads «2 = Delvis». Only what is chosen from a list has codes; what stands here for others is noted.
func (r *reader) option(row int, s string) {
	m := optionRE.FindStringSubmatch(s)
	if m == nil || r.v.Type != store.VarCode {
		r.d.Defect(r.form, row, options, "dictionary.choice", store.Args{"name": store.Shorten(r.v.Name), "value": store.Shorten(s)})
		return
	}
	r.v.Codes = append(r.v.Codes, store.CodeOption{Code: m[1], Label: m[2], Missing: store.MissingOption(m[1], m[2])})
}

var yearRE = regexp.MustCompile(`\b(19|20)\d\d\b`)

// yearOf gives the year of a label such as v14 (2024), or 0.
func yearOf(label string) int {
	year, _ := strconv.Atoi(yearRE.FindString(label))
	return year
}
