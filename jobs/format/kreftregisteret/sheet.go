package kreftregisteret

import (
	"slices"
	"strings"

	"samband/jobs/format/xlsx"
	"samband/store"
)

// pathColumn is the column that ties a row to the schema.
const pathColumn = "XML Schema"

// columns are how the columns of a workbook begin, without regard to case, space and hyphens: people add a few words of
// their own after. The first five are needed.
var columns = []string{"feltnavn", "visningsverdier", "lagringsverdi", "obligatorisk", "xmlschema", "datatype", "betinget", "regler", "hjelpetekst"}

const needed = 5

// names are what the needed columns are called where people read it.
var names = []string{"Feltnavn", "Visningsverdier", "Lagringsverdi", "Obligatorisk", pathColumn}

// titles is how many rows may stand above the header, and itself.
const titles = 10

// LooksWorkbook tells whether a workbook is one of a package's: alone it is none, but nothing else either.
func LooksWorkbook(b *xlsx.Book) bool {
	return slices.ContainsFunc(b.Sheets(), func(s *xlsx.Sheet) bool {
		_, _, missing := header(s.Top(titles))
		return !s.Hidden && len(missing) == 0
	})
}

// field is what a workbook says of one element.
type field struct {
	sheet                            string
	row                              int
	path, label, section, condition  string
	dataType, rules, mandatory, help string
	readOnly, disputed               bool
	options                          []option
}

type option struct {
	code, label string
	row         int
}

// workbook reads every sheet that has the columns of a requirement workbook.
func (p *reader) workbook(f File) error {
	b, err := xlsx.Open(f.Data)
	if err != nil {
		return err
	}
	for _, s := range b.Sheets() {
		if s.Hidden {
			p.d.Defect(s.Name, 0, "", "dictionary.sheet", nil)
			continue
		}
		t, err := s.Table()
		if err != nil {
			return err
		}
		head, at, missing := header(t.Rows)
		switch {
		case head == 0:
			p.d.Defect(s.Name, 0, "", "dictionary.sheet", nil)
			continue
		case len(missing) > 0:
			return store.E(store.Invalid, "dictionary.sheet_columns",
				store.Args{"sheet": s.Name, "n": len(missing), "names": strings.Join(missing, ", ")})
		}
		r := sheetReader{p: p, t: t, at: at, sheet: s.Name, forms: map[*form]bool{}}
		for row := head + 1; row <= len(t.Rows); row++ {
			r.read(row)
		}
		r.end()
		for form := range r.forms {
			form.sheets++
		}
	}
	return nil
}

// header finds the row of names among the first rows, above which a title may stand: the one with the most of them, two
// at least.
func header(rows [][]string) (row int, at map[string]int, missing []string) {
	for n := 1; n <= min(titles, len(rows)); n++ {
		found := map[string]int{}
		for i, cell := range rows[n-1] {
			name := strings.ReplaceAll(strings.ReplaceAll(xlsx.ColumnName(cell), "-", ""), " ", "")
			for _, c := range columns {
				if strings.HasPrefix(name, c) && found[c] == 0 {
					found[c] = i + 1
				}
			}
		}
		if len(found) >= 2 && len(found) > len(at) {
			row, at = n, found
		}
	}
	for i, c := range columns[:needed] {
		if at[c] == 0 {
			missing = append(missing, names[i])
		}
	}
	return row, at, missing
}

// sheetReader goes down one sheet.
type sheetReader struct {
	p     *reader
	t     *xlsx.Table
	at    map[string]int
	sheet string
	heading
	above  heading // the one before
	f      *field  // whose options are being read
	fields []*field
	forms  map[*form]bool
}

// heading is a row that only names what follows, and sometimes says when it is shown. Workbooks don't tell how far that
// reaches, so a condition of a heading carries the heading's name with it for people to judge.
type heading struct{ section, condition string }

func (r *sheetReader) text(row int, column string) string {
	return strings.TrimSpace(r.t.Cell(row, r.at[column]))
}

// read reads a row: a heading, a field, or one more of a field's options.
func (r *sheetReader) read(row int) {
	name, path := r.text(row, "feltnavn"), strings.Trim(r.text(row, "xmlschema"), "/ ")
	shown, stored := r.text(row, "visningsverdier"), r.text(row, "lagringsverdi")
	switch {
	case path != "":
		r.begin(row, name, path)
		r.option(row, shown, stored)
	case shown != "" || stored != "":
		switch {
		case name != "":
			r.end()
			r.p.d.Defect(r.sheet, row, pathColumn, "package.no_path", store.Args{"name": store.Shorten(name)})
		case r.f == nil:
			r.p.d.Defect(r.sheet, row, "", "dictionary.stray_option", store.Args{"value": store.Shorten(shown + " " + stored)})
		default:
			r.option(row, shown, stored)
		}
	case name != "":
		r.end()
		r.above, r.heading = r.heading, heading{name, r.text(row, "betinget")}
	}
}

func (r *sheetReader) begin(row int, name, path string) {
	r.end()
	f := &field{sheet: r.sheet, row: row, path: path, label: name, section: r.section, dataType: r.text(row, "datatype"),
		rules: r.text(row, "regler"), mandatory: r.text(row, "obligatorisk"), help: r.text(row, "hjelpetekst")}
	own := r.text(row, "betinget")
	f.readOnly = strings.Contains(strings.ToLower(own), "skrivebeskyttet")
	f.condition = own
	switch {
	case name == "":
		// The question is asked in the heading, which is no heading of what follows.
		f.label, f.condition = r.section, strings.TrimPrefix(own+"; "+r.condition, "; ")
		r.heading = r.above
	case r.condition != "":
		f.condition = strings.TrimSuffix(r.section+": "+r.condition+"; "+own, "; ")
	}
	f.condition = strings.TrimSuffix(f.condition, "; ")
	r.f = f
}

// end ends a field, which now has all its options.
func (r *sheetReader) end() {
	f := r.f
	r.f = nil
	if f == nil {
		return
	}
	root, _, _ := strings.Cut(f.path, "/")
	if form := r.p.form(root); form != nil {
		r.forms[form] = true
	}
	r.fields = append(r.fields, f)
	r.p.match(f)
}

// near is how far back a field looks for the one whose values it shares: its twin stands beside it.
const near = 50

// like gives the last field whose label begins so.
func (r *sheetReader) like(label string) *field {
	for _, f := range slices.Backward(r.fields[max(0, len(r.fields)-near):]) {
		if strings.HasPrefix(xlsx.ColumnName(f.label), label) {
			return f
		}
	}
	return nil
}

// option reads a stored value and how it is shown. «blank» is how workbooks write the empty value, åååå-mm-dd how a
// date is stored.
func (r *sheetReader) option(row int, shown, stored string) {
	const twin = "samme visnings- og lagringsverdier som "
	if of, ok := strings.CutPrefix(xlsx.ColumnName(shown), twin); ok {
		if same := r.like(of); same != nil {
			r.f.options = append(r.f.options, same.options...)
		} else {
			r.p.d.Defect(r.sheet, row, "", "dictionary.reference", store.Args{"name": store.Shorten(r.f.label), "target": store.Shorten(shown[min(len(twin), len(shown)):])})
		}
		return
	}
	switch {
	case strings.EqualFold(stored, "blank"), strings.EqualFold(stored, "åååå-mm-dd"):
	case stored == "" && (shown == "" || store.MissingOption("", shown)):
	case stored == "":
		r.p.d.Defect(r.sheet, row, "", "dictionary.choice", store.Args{"name": store.Shorten(r.f.label), "value": store.Shorten(shown)})
	default:
		r.f.options = append(r.f.options, option{code: stored, label: shown, row: row})
	}
}
