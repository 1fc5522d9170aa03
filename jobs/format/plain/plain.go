// Package plain reads a codebook that is just a table: one row for each variable, and a header with names that people
// give such columns in Norwegian and English. What the portal itself exports is one. It may be a CSV or the rows of a
// workbook's sheets.
//
// Codes stand in one cell: «1=Mann; 2=Kvinne», with `;`, `|`, line ends or commas between them. A comma only separates
// when a code follows it, so «2 = Tung pust, i hvile» is one option.
package plain

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"samband/jobs/format/strict"
	"samband/store"
)

// Sheet is the rows of one sheet, from the first.
type Sheet struct {
	Name string
	Rows [][]string
	// Note adds what is wrong with the sheet itself, whose header stands in that row; may be nil.
	Note func(d *store.Dictionary, form string, header int)
}

// headWithin is how far down the header may stand: titles and remarks come before it.
const headWithin = 10

// Looks tells whether a file looks like a table of definitions.
func Looks(_ string, data []byte) bool {
	_, _, ok := start(data)
	return ok
}

// start finds the header: where it begins, and how many lines stand before it.
func start(data []byte) (offset, before int, ok bool) {
	for before < headWithin {
		if _, ok := columns(strict.Head(data[offset:])); ok {
			return offset, before, true
		}
		i := bytes.IndexByte(data[offset:], '\n')
		if i < 0 {
			break
		}
		offset, before = offset+i+1, before+1
	}
	return 0, 0, false
}

// LooksLike tells whether the rows of a sheet do.
func LooksLike(rows [][]string) bool {
	return slices.ContainsFunc(rows[:min(len(rows), headWithin)], func(row []string) bool {
		_, ok := columns(row)
		return ok
	})
}

// Read reads a CSV.
func Read(data []byte) (*store.Dictionary, error) {
	r := reader{d: dictionary()}
	offset, before, _ := start(data)
	row := func(n int, cells []string) error { return r.row(n+before, cells) }
	if err := strict.Table(data[offset:], r.d, row); err != nil {
		return nil, err
	}
	if r.at == nil {
		return nil, noHeader()
	}
	return r.end()
}

// FromSheets reads the sheets of a workbook. A sheet without a header is noted and left out; its name is the form of
// variables that name none when there are several sheets.
func FromSheets(sheets ...Sheet) (*store.Dictionary, error) {
	d, found := dictionary(), false
	for _, s := range sheets {
		r := reader{d: d}
		if r.sheet = s.Name; len(sheets) > 1 {
			r.form = s.Name
		}
		for i, cells := range s.Rows {
			if err := r.row(i+1, cells); err != nil {
				return nil, err
			}
		}
		switch {
		case r.at == nil && len(s.Rows) > 0:
			d.Defect(s.Name, 1, "", "dictionary.no_header", nil)
		case r.at != nil && s.Note != nil:
			s.Note(d, s.Name, r.head)
		}
		found = found || r.at != nil
	}
	if !found {
		return nil, noHeader()
	}
	return (&reader{d: d}).end()
}

func dictionary() *store.Dictionary {
	return &store.Dictionary{Format: "plain", Defects: []store.Defect{}}
}

func noHeader() error {
	return store.E(store.Invalid, "dictionary.columns", store.Args{"n": 2, "names": []string{"navn", "type"}})
}

// columns gives what the columns of a header say, and whether it is one.
func columns(cells []string) (map[column]int, bool) {
	at := map[column]int{}
	for i, c := range cells {
		if col, ok := headings[key(c)]; ok {
			if _, twice := at[col]; !twice {
				at[col] = i
			}
		}
	}
	_, name := at[colName]
	_, kind := at[colType]
	return at, name && kind
}

type reader struct {
	d     *store.Dictionary
	sheet string
	form  string // of variables that name none
	at    map[column]int
	heads []string
	head  int // the row they stand in
	cells []string
}

func (r *reader) end() (*store.Dictionary, error) {
	if err := r.d.Check(); err != nil {
		return nil, err
	}
	return r.d, nil
}

// cell gives a cell without the mark that keeps a spreadsheet from taking it for a formula.
func (r *reader) cell(col column) string {
	i, ok := r.at[col]
	if !ok || i >= len(r.cells) {
		return ""
	}
	s := strings.TrimSpace(r.cells[i])
	if rest, marked := strings.CutPrefix(s, "'"); marked && strings.IndexAny(rest, "=+-@") == 0 {
		return rest
	}
	return s
}

func (r *reader) heading(col column) string {
	if i, ok := r.at[col]; ok {
		return strings.TrimSpace(r.heads[i])
	}
	return ""
}

func (r *reader) row(n int, cells []string) error {
	if r.at == nil {
		if n <= headWithin {
			r.header(n, cells)
		}
		return nil
	}
	r.cells = cells
	if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
		return nil
	}
	v := store.Definition{Form: r.cell(colForm), Section: r.cell(colSection), Name: r.cell(colName), Label: r.cell(colLabel),
		Help: r.cell(colHelp), Original: r.cell(colType), Unit: r.cell(colUnit), Condition: r.cell(colCondition),
		Formula: r.cell(colFormula), Row: n}
	if v.Form == "" {
		v.Form = r.form
	}
	v.Computed = v.Formula != ""
	if s := r.cell(colComputed); s != "" {
		v.Computed = needWords[key(s)] == store.NeedYes
	}
	v.System = r.cell(colSystem)
	codes := r.cell(colCodes)
	t, ok := typeWords[key(v.Original)]
	switch {
	case v.Original == "" && codes != "":
		t = store.VarCode
	case !ok:
		return store.UnknownType(store.Shorten(first(r.sheet, v.Form)), n, store.Shorten(v.Name), v.Original)
	case t == store.VarText && codes != "":
		t = store.VarCode // its codes say that it is one
	}
	v.Type = t
	r.need(&v)
	r.class(&v)
	if t == store.VarCode {
		r.codes(&v, codes)
	}
	if s := r.cell(colDecimals); s != "" {
		if n, err := strconv.Atoi(s); err == nil && n >= 0 && n <= 20 {
			v.Decimals = &n
		} else {
			r.value(&v, colDecimals, s)
		}
	}
	strict.SetLimits(r.d, &v, r.limit(colMin, false, false), r.limit(colMax, true, false), r.limit(colPlausibleMin, false, true),
		r.limit(colPlausibleMax, true, true))
	if v.Unit == "" && (t == store.VarInteger || t == store.VarDecimal) {
		v.Unit = strict.Unit(v.Label)
	}
	return r.d.Add(v)
}

func (r *reader) header(n int, cells []string) {
	at, ok := columns(cells)
	if !ok {
		return
	}
	r.at, r.heads, r.head = at, slices.Clone(cells), n
	used := map[int]bool{}
	for _, i := range at {
		used[i] = true
	}
	for i, c := range cells {
		if c = strings.TrimSpace(c); c != "" && !used[i] {
			r.d.Defect(r.sheet, n, store.Shorten(c), "dictionary.column_unknown", store.Args{"name": store.Shorten(c)})
		}
	}
}

func (r *reader) limit(col column, upper, plausible bool) strict.Limit {
	return strict.Limit{Column: r.heading(col), Text: r.cell(col), Upper: upper, Plausible: plausible}
}

func (r *reader) value(v *store.Definition, col column, s string) {
	r.d.Defect(v.Form, v.Row, r.heading(col), "dictionary.value", store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(s)})
}

func (r *reader) need(v *store.Definition) {
	v.Required = store.NeedUnknown
	if _, ok := r.at[colRequired]; !ok {
		return
	}
	s := r.cell(colRequired)
	need, ok := needWords[key(s)]
	switch {
	case !ok:
		r.value(v, colRequired, s)
	case need == store.NeedYes && v.Condition != "":
		v.Required = store.NeedIf
	default:
		v.Required = need
	}
}

func (r *reader) class(v *store.Definition) {
	s := r.cell(colClass)
	class, ok := classWords[key(s)]
	if !ok && s != "" {
		r.value(v, colClass, s)
	}
	v.Class = class
	v.Identifier = class == store.Direct || needWords[key(r.cell(colIdentifier))] == store.NeedYes
}

var (
	optionRE = regexp.MustCompile(`(?:^|[;|\n,])[ \t]*([^\s=;|,][^=;|,\n]{0,60}?)[ \t]*=`)
	colonRE  = regexp.MustCompile(`(?:^|[;|\n,])[ \t]*([^\s:;|,]{1,20})[ \t]*:`)
)

// codes reads the options of a code. Without a sign between code and text each part is a code of its own.
func (r *reader) codes(v *store.Definition, s string) {
	also := map[string]bool{}
	for _, c := range strings.FieldsFunc(r.cell(colMissing), func(c rune) bool { return strings.ContainsRune(";|,\n", c) }) {
		also[strings.TrimSpace(c)] = true
	}
	add := func(code, label string) {
		label = strings.Join(strings.Fields(strings.Trim(label, " \t\r\n;|,")), " ")
		missing := also[code]
		for _, note := range missingNotes {
			if rest, ok := strings.CutSuffix(label, note); ok {
				label, missing = strings.TrimSpace(rest), true
			}
		}
		v.Codes = append(v.Codes, store.CodeOption{Code: code, Label: label, Missing: missing || store.MissingOption(code, label)})
	}
	at := optionRE.FindAllStringSubmatchIndex(s, store.MaxOptions+1)
	if at == nil {
		at = colonRE.FindAllStringSubmatchIndex(s, store.MaxOptions+1)
	}
	if at == nil {
		for part := range strings.FieldsFuncSeq(s, func(c rune) bool { return strings.ContainsRune(";|,\n", c) }) {
			if part = strings.TrimSpace(part); part != "" && len(v.Codes) <= store.MaxOptions {
				add(part, "")
			}
		}
		return
	}
	if before := strings.Trim(s[:at[0][0]], " \t\r\n;|,"); before != "" {
		r.d.Defect(v.Form, v.Row, r.heading(colCodes), "dictionary.choice", store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(before)})
	}
	for i, m := range at {
		end := len(s)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		add(strings.TrimSpace(s[m[2]:m[3]]), s[m[1]:end])
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
