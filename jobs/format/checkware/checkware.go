// Package checkware reads the code book of CheckWare forms (contracts/checkware.md part D): a workbook or a CSV file
// with the columns assessment_id, code, option, text, kind and unit, one row for each question and one for each option.
// No operation of CheckWare gives question texts and option lists, so somebody keeps this file by hand.
//
// A question becomes one variable <assessment>.<code>, but a check box becomes one boolean for each option and a range
// its two ends. Calculations and flags are worked out by CheckWare. A row without an assessment or a code belongs with
// the row above it, as cells that were merged do.
package checkware

import (
	"slices"
	"strings"

	"samband/jobs/format/strict"
	"samband/jobs/format/xlsx"
	"samband/store"
)

// Format is the name of the format.
const Format = "checkware"

// needed are the columns of a code book; formName one that it may have besides.
var needed = []string{"assessment_id", "code", "option", "text", "kind", "unit"}

const formName = "assessment_name"

// kind is what a question asks for.
type kind int

const (
	unknown kind = iota
	choice
	boxes
	written
	number
	date
	dateTime
	clock
	span
	calculation
	flag
)

// kinds are the question kinds of the contract, in English and Norwegian.
var kinds = map[string]kind{
	"one choice": choice, "radio": choice, "drop-down": choice, "dropdown": choice, "enkeltvalg": choice,
	"several choices": boxes, "check box": boxes, "checkbox": boxes, "flervalg": boxes, "avkrysning": boxes,
	"text": written, "tekst": written, "number": number, "tall": number, "date": date, "dato": date,
	"date-time": dateTime, "datetime": dateTime, "dato/tid": dateTime, "time": clock, "klokkeslett": clock,
	"range": span, "intervall": span, "calculation": calculation, "score": calculation, "beregning": calculation, "skår": calculation,
	"flag": flag, "flagg": flag,
}

// Looks tells whether a sheet of the workbook has the columns of a code book.
func Looks(b *xlsx.Book) bool {
	return slices.ContainsFunc(b.Sheets(), func(s *xlsx.Sheet) bool { return !s.Hidden && len(s.Header().Missing(needed...)) == 0 })
}

// LooksCSV tells whether a CSV file has them.
func LooksCSV(_ string, data []byte) bool {
	head := strict.Head(data)
	return !slices.ContainsFunc(needed, func(c string) bool { return !slices.Contains(head, c) })
}

// Read reads a workbook. Sheets that are hidden or have none of the columns are left out. It stops with an Invalid
// error where columns are missing and at a kind it doesn't know.
func Read(b *xlsx.Book) (*store.Dictionary, error) {
	d := &store.Dictionary{Format: Format, Defects: []store.Defect{}}
	read := false
	for _, s := range b.Sheets() {
		if s.Hidden || len(s.Header().Missing(needed...)) > len(needed)-2 {
			d.Defect(s.Name, 0, "", "dictionary.sheet", nil)
			continue
		}
		read = true
		t, err := s.Table()
		if err != nil {
			return nil, err
		}
		at, err := t.Columns(1)
		if err != nil {
			return nil, err
		}
		if missing := at.Missing(needed...); len(missing) > 0 {
			return nil, lacking(s, missing)
		}
		t.NoteMerged(d, s.Name, 1)
		r := reader{d: d, sheet: s.Name}
		for row := 2; row <= len(t.Rows); row++ {
			if err := r.row(row, func(column string) string { return t.Text(at, row, column) }); err != nil {
				return nil, err
			}
		}
		if err := r.end(); err != nil {
			return nil, err
		}
	}
	if !read {
		return nil, lacking(b.Sheets()[0], needed)
	}
	return checked(d)
}

func lacking(s *xlsx.Sheet, columns []string) error {
	return store.E(store.Invalid, "dictionary.sheet_columns",
		store.Args{"sheet": s.Name, "n": len(columns), "names": strings.Join(columns, ", ")})
}

// ReadCSV reads a CSV file.
func ReadCSV(data []byte) (*store.Dictionary, error) {
	d := &store.Dictionary{Format: Format, Defects: []store.Defect{}}
	r := reader{d: d}
	at := xlsx.Columns{}
	err := strict.Table(data, d, func(n int, cells []string) error {
		if n == 1 {
			var err error
			if at, err = (&xlsx.Table{Rows: [][]string{cells}}).Columns(1); err != nil {
				return err
			}
			if missing := at.Missing(needed...); len(missing) > 0 {
				return store.E(store.Invalid, "dictionary.columns", store.Args{"n": len(missing), "names": strings.Join(missing, ", ")})
			}
			return nil
		}
		return r.row(n, func(column string) string {
			if i := at[column]; i > 0 {
				return cells[i-1]
			}
			return ""
		})
	})
	if err == nil {
		err = r.end()
	}
	if err != nil {
		return nil, err
	}
	return checked(d)
}

func checked(d *store.Dictionary) (*store.Dictionary, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	return d, nil
}

// question is a question whose rows are being read.
type question struct {
	store.Definition
	kind             kind
	assessment, code string
}

// reader goes down the rows of one sheet or file.
type reader struct {
	d                      *store.Dictionary
	sheet                  string
	assessment, form, code string // of the row above
	q                      *question
}

func (r *reader) row(n int, text func(column string) string) error {
	assessment, code, option := text("assessment_id"), text("code"), text("option")
	if assessment == "" && code == "" && option == "" && text("text") == "" {
		return nil
	}
	if assessment != "" && assessment != r.assessment {
		r.assessment, r.form, r.code = assessment, assessment, ""
	}
	if name := text(formName); name != "" {
		r.form = name
	}
	if code == "" && option != "" {
		code = r.code
	}
	if r.assessment == "" || code == "" {
		r.d.Defect(r.sheet, n, "code", "dictionary.no_code", store.Args{"value": store.Shorten(text("text") + option)})
		return nil
	}
	if code != r.code || option == "" {
		if err := r.begin(n, code, option, text); err != nil {
			return err
		}
	}
	r.code = code
	if option == "" || r.q == nil {
		return nil
	}
	if r.q.kind != choice && r.q.kind != boxes {
		r.d.Defect(r.q.Form, n, "option", "dictionary.choice", store.Args{"name": store.Shorten(r.q.Name), "value": store.Shorten(option)})
		return nil
	}
	r.q.Codes = append(r.q.Codes, store.CodeOption{Code: option, Label: text("text"), Missing: store.MissingOption(option, text("text"))})
	return nil
}

// begin begins a question. One without a kind is left out with all its rows.
func (r *reader) begin(n int, code, option string, text func(string) string) error {
	if err := r.end(); err != nil {
		return err
	}
	name := r.assessment + "." + code
	written := text("kind")
	if written == "" {
		r.d.Defect(r.form, n, "kind", "dictionary.no_type", store.Args{"name": store.Shorten(name)})
		return nil
	}
	k := kinds[xlsx.ColumnName(written)]
	if k == unknown {
		return store.UnknownType(r.sheet, n, store.Shorten(name), written)
	}
	r.q = &question{kind: k, assessment: r.assessment, code: code, Definition: store.Definition{Form: r.form, Row: n, Name: name, Original: written,
		Unit: text("unit"), Required: store.NeedUnknown}}
	if option == "" {
		r.q.Label = text("text")
	}
	return nil
}

// end turns the question that has been read into variables.
func (r *reader) end() error {
	q := r.q
	r.q = nil
	if q == nil {
		return nil
	}
	v := q.Definition
	switch q.kind {
	case choice:
		v.Type = store.VarCode
	case number:
		v.Type = store.VarDecimal
	case date:
		v.Type = store.VarDate
	case dateTime:
		v.Type = store.VarDateTime
	case written, clock:
		v.Type = store.VarText
	case calculation:
		v.Type, v.Computed, v.Name = store.VarDecimal, true, q.assessment+".calc."+q.code
	case flag:
		v.Type, v.Computed, v.Name = store.VarBoolean, true, q.assessment+".flagg."+q.code
	case span:
		v.Type = store.VarDecimal
		for _, end := range []string{"_fra", "_til"} {
			v.Name = q.Name + end
			if err := r.d.Add(v); err != nil {
				return err
			}
		}
		return nil
	case boxes:
		if len(v.Codes) == 0 {
			r.d.Defect(v.Form, v.Row, "option", "dictionary.no_codes", store.Args{"name": store.Shorten(v.Name)})
		}
		v.Type, v.Codes = store.VarBoolean, nil
		for _, o := range q.Codes {
			v.Name, v.Label = q.Name+"."+o.Code, strings.TrimSpace(q.Label+" "+o.Label)
			if err := r.d.Add(v); err != nil {
				return err
			}
		}
		return nil
	}
	return r.d.Add(v)
}
