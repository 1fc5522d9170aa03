// Package oqr reads «Klokeboken», the codebook of registers on OpenQReg: a CSV with `;` between cells, one row for each
// variable, and one more for each further option of a list (contracts/register-solutions.md section 3).
//
// What the registration form calls a form (skjemanavn) and where a value is stored (tabell) differ. Extracts have one
// file for each table, so the table names the form here; the name of the form is the section. A variable that is shown
// in several forms of one table stands once for each of them in the file and once in the dictionary.
package oqr

import (
	"slices"
	"strconv"
	"strings"

	"samband/jobs/format/strict"
	"samband/store"
)

// needed are the columns without which the file can't be understood.
var needed = []string{"skjemanavn", "ledetekst", "obligatorisk", "type", "listeverdier", "listetekst", "tabell", "fysisk_feltnavn"}

// types are the types that the file's documentation names. A list of the kind «Dynamisk» has its values elsewhere.
var types = map[string]store.VarType{
	"listevariabel": store.VarCode, "statusvariabel": store.VarCode, "tekstvariabel": store.VarText,
	"stor tekstvariabel": store.VarText, "skjult variabel": store.VarText, "dynamisk listevariabel": store.VarText,
	"tidsvariabel": store.VarText, "avkrysningsboks": store.VarBoolean, "datovariabel": store.VarDate,
	"timestamp": store.VarDateTime, "tallvariabel": store.VarDecimal,
}

// states are the values of a form's state, which the file doesn't list.
var states = []store.CodeOption{{Code: "-1", Label: "Opprettet"}, {Code: "0", Label: "Lagret"}, {Code: "1", Label: "Ferdigstilt"}}

// Looks tells whether a file looks like Klokeboken.
func Looks(_ string, data []byte) bool {
	head := strict.Head(data)
	return !slices.ContainsFunc(needed, func(name string) bool { return !slices.Contains(head, name) })
}

// Read reads a codebook.
func Read(data []byte) (*store.Dictionary, error) {
	r := reader{d: &store.Dictionary{Format: "oqr", Defects: []store.Defect{}}, known: map[[2]string]place{}, listed: map[[3]string]int{}}
	if err := strict.Table(data, r.d, r.row); err != nil {
		return nil, err
	}
	if err := r.end(); err != nil {
		return nil, err
	}
	return r.d, nil
}

type reader struct {
	d      *store.Dictionary
	at     map[string]int
	cells  []string
	known  map[[2]string]place // by table and field
	listed map[[3]string]int   // options by table, field and code: the row they stand in
	list   []store.Definition
	codes  int
}

// place is where a variable was defined first.
type place struct {
	index int
	form  string // skjemanavn
	kind  string
}

func (r *reader) cell(name string) string {
	if i, ok := r.at[name]; ok {
		return r.cells[i]
	}
	return ""
}

func (r *reader) row(n int, cells []string) error {
	if n == 1 {
		return r.header(cells)
	}
	r.cells = cells
	if !slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
		return nil
	}
	form, name, original := r.cell("tabell"), r.cell("fysisk_feltnavn"), r.cell("type")
	if form == "" {
		form = r.cell("skjemanavn")
	}
	kind := strings.ToLower(strings.Join(strings.Fields(original), " "))
	typ, ok := types[kind]
	if !ok {
		return store.UnknownType(r.cell("skjemanavn"), n, store.Shorten(name), original)
	}
	p, ok := r.known[[2]string{form, name}]
	if !ok || name == "" {
		if len(r.list) == store.MaxDefinitions {
			return r.d.Add(store.Definition{}) // too many: it says so
		}
		r.known[[2]string{form, name}] = place{len(r.list), r.cell("skjemanavn"), kind}
		r.list = append(r.list, r.define(n, form, name, original, typ))
		if kind == "statusvariabel" {
			r.list[len(r.list)-1].Codes = states
			return nil
		}
		return r.option(n, len(r.list)-1, false)
	}
	v := &r.list[p.index]
	again := p.form != r.cell("skjemanavn") // another form shows it: only what is new of its list counts
	switch {
	case p.kind != kind:
		r.d.Defect(form, n, "type", "dictionary.other_type", store.Args{"name": store.Shorten(name), "type": store.Shorten(original)})
		return nil
	case v.Type != store.VarCode || r.cell("listeverdier") == "" && r.cell("listetekst") == "":
		if !again {
			r.d.Defect(form, n, "fysisk_feltnavn", "dictionary.twice", store.Args{"name": store.Shorten(name)})
		}
		return nil
	case kind == "statusvariabel":
		return nil
	}
	return r.option(n, p.index, again)
}

func (r *reader) header(cells []string) error {
	r.at = map[string]int{}
	for i, c := range cells {
		c = strings.ToLower(c)
		if _, twice := r.at[c]; twice && c != "" {
			return store.E(store.Invalid, "dictionary.column_twice", store.Args{"name": store.Shorten(c)})
		}
		r.at[c] = i
	}
	missing := slices.DeleteFunc(slices.Clone(needed), func(name string) bool { _, ok := r.at[name]; return ok })
	if len(missing) > 0 {
		return store.E(store.Invalid, "dictionary.columns", store.Args{"n": len(missing), "names": missing})
	}
	return nil
}

func (r *reader) define(n int, form, name, original string, typ store.VarType) store.Definition {
	v := store.Definition{Form: form, Section: r.cell("skjemanavn"), Name: name, Label: r.cell("ledetekst"), Help: r.cell("hjelpetekst"),
		Type: typ, Original: original, Required: r.need(), Row: n, Valid: r.valid()}
	if typ == store.VarDecimal {
		r.decimals(&v)
		v.Unit = strict.Unit(v.Label, v.Help)
	}
	kind := "dato"
	if typ == store.VarDecimal || typ == store.VarInteger {
		kind = "numerisk"
	}
	if typ == store.VarDecimal || typ == store.VarInteger || typ == store.VarDate || typ == store.VarDateTime {
		limit := func(column string, upper, plausible bool) strict.Limit {
			return strict.Limit{Column: column + kind, Text: r.cell(column + kind), Upper: upper, Plausible: plausible}
		}
		strict.SetLimits(r.d, &v, limit("maksintervall_start_", false, false), limit("maksintervall_slutt_", true, false),
			limit("normalintervall_start_", false, true), limit("normalintervall_slutt_", true, true))
	}
	return v
}

// need reads whether a variable is mandatory. The file states it for a variable that is shown, and one below a question
// (underspoersmaal) may be hidden. Files without that column say only of questions that open others
// (aktiveringsspoersmaal) that they are always shown.
func (r *reader) need() store.Need {
	switch strings.ToLower(r.cell("obligatorisk")) {
	case "nei":
		return store.NeedNo
	case "ja":
		below := strings.ToLower(r.cell("underspoersmaal"))
		if below == "nei" || below == "" && strings.EqualFold(r.cell("aktiveringsspoersmaal"), "ja") {
			return store.NeedYes
		}
		return store.NeedIf
	}
	return store.NeedUnknown
}

func (r *reader) decimals(v *store.Definition) {
	s := r.cell("desimaler")
	if s == "" {
		return
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 20 {
		r.d.Defect(v.Form, v.Row, "desimaler", "dictionary.value", store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(s)})
		return
	}
	if v.Decimals = &n; n == 0 {
		v.Type = store.VarInteger
	}
}

// valid says from when to when a variable is in use, in the file's words.
func (r *reader) valid() string {
	from, to := r.cell("innfoert_dato"), r.cell("utfaset_dato")
	if from == "" && to == "" {
		return ""
	}
	return from + "–" + to
}

// option adds the option of the row to the list of a code variable.
func (r *reader) option(n, index int, again bool) error {
	v := &r.list[index]
	code, label := r.cell("listeverdier"), r.cell("listetekst")
	if v.Type != store.VarCode || code == "" && label == "" {
		return nil
	}
	if code == "" {
		r.d.Defect(v.Form, n, "listeverdier", "dictionary.choice", store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(label)})
		return nil
	}
	key := [3]string{v.Form, v.Name, code}
	if r.listed[key] > 0 {
		if !again {
			r.d.Defect(v.Form, n, "listeverdier", "dictionary.code_twice",
				store.Args{"name": store.Shorten(v.Name), "code": store.Shorten(code)})
		}
		return nil
	}
	r.listed[key] = n
	if r.codes++; r.codes > store.MaxOptions {
		return store.E(store.Invalid, "dictionary.options", store.Args{"max": store.MaxOptions})
	}
	v.Codes = append(v.Codes, store.CodeOption{Code: code, Label: label, Missing: store.MissingOption(code, label)})
	return nil
}

func (r *reader) end() error {
	for _, v := range r.list {
		if err := r.d.Add(v); err != nil {
			return err
		}
	}
	return r.d.Check()
}
