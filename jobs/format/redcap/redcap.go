// Package redcap reads a REDCap data dictionary: the CSV with eighteen columns that a project's «Data Dictionary» page
// gives, in English, or with the names of columns that the API uses.
//
// A checkbox becomes one boolean for each of its choices, named as REDCap exports it (symptom___1). Descriptive fields
// hold no data and are left out. The missing data codes of a project stand in its settings, not in this file; an
// option that says so itself («Ukjent») is taken for one.
package redcap

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"samband/jobs/format/strict"
	"samband/store"
)

// columns are the columns of the file, with the API's names for them.
var columns = []struct{ name, api string }{
	{"Variable / Field Name", "field_name"},
	{"Form Name", "form_name"},
	{"Section Header", "section_header"},
	{"Field Type", "field_type"},
	{"Field Label", "field_label"},
	{"Choices, Calculations, OR Slider Labels", "select_choices_or_calculations"},
	{"Field Note", "field_note"},
	{"Text Validation Type OR Show Slider Number", "text_validation_type_or_show_slider_number"},
	{"Text Validation Min", "text_validation_min"},
	{"Text Validation Max", "text_validation_max"},
	{"Identifier?", "identifier"},
	{"Branching Logic (Show field only if...)", "branching_logic"},
	{"Required Field?", "required_field"},
	{"Custom Alignment", "custom_alignment"},
	{"Question Number (surveys only)", "question_number"},
	{"Matrix Group Name", "matrix_group_name"},
	{"Matrix Ranking?", "matrix_ranking"},
	{"Field Annotation", "field_annotation"},
}

// The columns that are read, as indexes of columns.
const (
	colName = iota
	colForm
	colSection
	colType
	colLabel
	colChoices
	colNote
	colValidation
	colMin
	colMax
	colIdentifier
	colBranching
	colRequired
	colAnnotation = 17
)

// needed are the columns without which the file can't be understood.
var needed = []int{colName, colForm, colType, colLabel, colChoices, colValidation}

// Looks tells whether a file looks like a REDCap data dictionary.
func Looks(_ string, data []byte) bool {
	head := strict.Head(data)
	has := func(name string) bool { return slices.Contains(head, strings.ToLower(name)) }
	for _, i := range []int{colName, colForm, colType} {
		if !has(columns[i].name) && !has(columns[i].api) {
			return false
		}
	}
	return true
}

// Read reads a data dictionary.
func Read(data []byte) (*store.Dictionary, error) {
	r := reader{d: &store.Dictionary{Format: "redcap", Defects: []store.Defect{}}, seen: map[string]bool{},
		asked: map[string]int{}}
	if err := strict.Table(data, r.d, r.row); err != nil {
		return nil, err
	}
	r.references()
	if err := r.d.Check(); err != nil {
		return nil, err
	}
	return r.d, nil
}

type reader struct {
	d       *store.Dictionary
	at      []int // where each of columns stands, -1 for none
	cells   []string
	form    string // of the row before
	section string
	seen    map[string]bool // fields and what is exported of them
	asked   map[string]int  // the last row that asked for a field
	refs    []reference
}

// maxReferences is how many references are followed up.
const maxReferences = 200_000

// reference is a field that another one's logic or formula asks for.
type reference struct {
	form, name, column, target string
	row                        int
}

func (r *reader) cell(col int) string {
	if i := r.at[col]; i >= 0 {
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
	form, name := r.cell(colForm), r.cell(colName)
	if form != r.form {
		r.form, r.section = form, ""
		r.seen[form+"_complete"] = true
	}
	if s := plain(r.cell(colSection)); s != "" {
		r.section = s
	}
	if name != "" && r.seen[name] {
		r.d.Defect(form, n, columns[colName].name, "dictionary.twice", store.Args{"name": store.Shorten(name)})
		return nil
	}
	r.seen[name] = true
	kind := strings.ToLower(r.cell(colType))
	v := store.Definition{Form: form, Section: r.section, Name: name, Label: plain(r.cell(colLabel)), Help: plain(r.cell(colNote)),
		Original: kind, Identifier: yes(r.cell(colIdentifier)), Condition: r.cell(colBranching), Required: r.need(), Row: n}
	r.refer(&v, colBranching, v.Condition)
	return r.add(v, kind)
}

func (r *reader) header(cells []string) error {
	at := map[string]int{}
	for i, c := range cells {
		key := strings.ToLower(c)
		if _, twice := at[key]; twice && c != "" {
			return store.E(store.Invalid, "dictionary.column_twice", store.Args{"name": store.Shorten(c)})
		}
		at[key] = i
	}
	var missing []string
	for i, c := range columns {
		col, ok := at[strings.ToLower(c.name)]
		if !ok {
			col, ok = at[c.api]
		}
		if !ok {
			if col = -1; slices.Contains(needed, i) {
				missing = append(missing, c.name)
			}
		}
		r.at = append(r.at, col)
	}
	if len(missing) > 0 {
		return store.E(store.Invalid, "dictionary.columns", store.Args{"n": len(missing), "names": missing})
	}
	return nil
}

func (r *reader) need() store.Need {
	switch {
	case r.at[colRequired] < 0:
		return store.NeedUnknown
	case !yes(r.cell(colRequired)):
		return store.NeedNo
	case r.cell(colBranching) != "":
		return store.NeedIf
	}
	return store.NeedYes
}

func yes(s string) bool { return strings.EqualFold(s, "y") || s == "1" }

// add adds what a field of the kind exports.
func (r *reader) add(v store.Definition, kind string) error {
	choices := r.cell(colChoices)
	switch kind {
	case "descriptive":
		return nil
	case "file", "signature":
		r.d.Defect(v.Form, v.Row, columns[colType].name, "dictionary.upload", store.Args{"name": store.Shorten(v.Name)})
		return nil
	case "text":
		if err := r.text(&v); err != nil {
			return err
		}
	case "notes":
		v.Type = store.VarText
	case "calc":
		v.Type, v.Computed, v.Formula = store.VarDecimal, true, choices
		v.Unit = strict.Unit(v.Help, v.Label)
		r.refer(&v, colChoices, choices)
	case "slider":
		v.Type = store.VarInteger
		v.Help = strings.TrimSpace(strings.Join(strings.Fields(v.Help+" "+strings.ReplaceAll(plain(choices), "|", " – ")), " "))
		low, high := 0.0, 100.0 // REDCap's own ends of a slider
		v.Min, v.Max = &low, &high
		r.limits(&v)
	case "yesno", "truefalse":
		v.Type = store.VarBoolean
	case "sql":
		v.Type = store.VarCode
	case "dropdown", "radio":
		v.Type, v.Codes = store.VarCode, r.choices(&v, choices)
	case "checkbox":
		return r.boxes(v, choices)
	default:
		return store.UnknownType(v.Form, v.Row, store.Shorten(v.Name), r.cell(colType))
	}
	return r.d.Add(v)
}

var (
	decimalsRE = regexp.MustCompile(`^number_([1-9])dp(_comma_decimal)?$`)
	textRE     = regexp.MustCompile(`^(email|ssn|vmrn|(alpha_only|mrn|phone|postalcode|zipcode|time|national_id)(_[a-z0-9_]+)?)$`)
	markRE     = regexp.MustCompile(`(?i)@(CALCTEXT|CALCDATE)\b\s*`)
)

// text types a text field by its validation.
func (r *reader) text(v *store.Definition) error {
	valid := strings.ToLower(r.cell(colValidation))
	if valid != "" {
		v.Original += " " + valid
	}
	switch {
	case valid == "", textRE.MatchString(valid):
		v.Type = store.VarText
	case valid == "integer":
		v.Type = store.VarInteger
	case valid == "number", valid == "number_comma_decimal":
		v.Type = store.VarDecimal
	case decimalsRE.MatchString(valid):
		n := int(decimalsRE.FindStringSubmatch(valid)[1][0] - '0')
		v.Type, v.Decimals = store.VarDecimal, &n
	case slices.Contains([]string{"date_dmy", "date_mdy", "date_ymd"}, valid):
		v.Type = store.VarDate
	case slices.Contains([]string{"datetime_dmy", "datetime_mdy", "datetime_ymd", "datetime_seconds_dmy", "datetime_seconds_mdy",
		"datetime_seconds_ymd"}, valid):
		v.Type = store.VarDateTime
	default:
		return store.UnknownType(v.Form, v.Row, store.Shorten(v.Name), r.cell(colValidation))
	}
	if v.Type == store.VarInteger || v.Type == store.VarDecimal {
		v.Unit = strict.Unit(v.Help, v.Label)
	}
	if note := r.cell(colAnnotation); strings.Contains(note, "@") {
		if m := markRE.FindStringIndex(note); m != nil {
			v.Computed, v.Formula = true, inParentheses(note[m[1]:])
			r.refer(v, colAnnotation, v.Formula)
		}
	}
	r.limits(v)
	return nil
}

func (r *reader) limits(v *store.Definition) {
	strict.SetLimits(r.d, v, strict.Limit{Column: columns[colMin].name, Text: r.cell(colMin)},
		strict.Limit{Column: columns[colMax].name, Text: r.cell(colMax), Upper: true})
}

// inParentheses gives what stands in the parentheses that s begins with.
func inParentheses(s string) string {
	depth := 0
	for i, c := range s {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return strings.TrimSpace(s[1:i])
			}
		}
		if depth == 0 {
			break
		}
	}
	return ""
}

// choices reads «1, Ja | 2, Nei».
func (r *reader) choices(v *store.Definition, s string) []store.CodeOption {
	if s == "" {
		return nil
	}
	var list []store.CodeOption
	for part := range strings.SplitSeq(s, "|") {
		code, label, ok := strings.Cut(part, ",")
		code, label = strings.TrimSpace(code), plain(label)
		if !ok || code == "" {
			if strings.TrimSpace(part) != "" || ok {
				r.d.Defect(v.Form, v.Row, columns[colChoices].name, "dictionary.choice",
					store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(strings.TrimSpace(part))})
			}
			continue
		}
		list = append(list, store.CodeOption{Code: code, Label: label, Missing: store.MissingOption(code, label)})
		if len(list) > store.MaxOptions {
			break // Add refuses it
		}
	}
	return list
}

var boxRE = regexp.MustCompile(`[^a-z0-9_]`)

// boxes adds the boolean of each choice of a checkbox.
func (r *reader) boxes(v store.Definition, s string) error {
	v.Type = store.VarBoolean
	list := r.choices(&v, s)
	if len(list) == 0 {
		r.d.Defect(v.Form, v.Row, columns[colChoices].name, "dictionary.no_codes", store.Args{"name": store.Shorten(v.Name)})
	}
	codes := map[string]bool{}
	for _, o := range list {
		if codes[o.Code] {
			r.d.Defect(v.Form, v.Row, columns[colChoices].name, "dictionary.code_twice",
				store.Args{"name": store.Shorten(v.Name), "code": store.Shorten(o.Code)})
			continue
		}
		codes[o.Code] = true
		box := v
		box.Name = v.Name + "___" + boxRE.ReplaceAllString(strings.ToLower(o.Code), "_")
		box.Label = joined(v.Label, o.Label)
		r.seen[box.Name] = true
		if err := r.d.Add(box); err != nil {
			return err
		}
	}
	return nil
}

// joined gives the label of one choice of a question.
func joined(question, choice string) string {
	switch {
	case question == "":
		return choice
	case strings.HasSuffix(question, "?"), strings.HasSuffix(question, ":"):
		return question + " " + choice
	}
	return question + ": " + choice
}

var refRE = regexp.MustCompile(`\[([a-z][a-z0-9_]*)(?:\([^()\]]*\))?(?::[a-z0-9_:-]+)?\](\[)?`)

// refer notes the fields that logic asks for. A name in brackets right before another is an event's.
func (r *reader) refer(v *store.Definition, col int, logic string) {
	if !strings.Contains(logic, "[") {
		return
	}
	for rest := logic; len(r.refs) < maxReferences; {
		m := refRE.FindStringSubmatchIndex(rest)
		if m == nil {
			return
		}
		target := rest[m[2]:m[3]]
		if m[4] < 0 && r.asked[target] != v.Row {
			r.asked[target] = v.Row
			r.refs = append(r.refs, reference{v.Form, v.Name, columns[col].name, target, v.Row})
		}
		end := m[1]
		if m[4] >= 0 {
			end = m[4]
		}
		rest = rest[end:]
	}
}

func (r *reader) references() {
	for _, x := range r.refs {
		if !r.seen[x.target] {
			r.d.Defect(x.form, x.row, x.column, "dictionary.reference",
				store.Args{"name": store.Shorten(x.name), "target": store.Shorten(x.target)})
		}
	}
}

var tagRE = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// plain takes the mark-up out of a text, which REDCap's editor of rich text leaves there.
func plain(s string) string {
	if strings.ContainsAny(s, "<&") {
		s = html.UnescapeString(tagRE.ReplaceAllString(s, " "))
	}
	return strings.Join(strings.Fields(s), " ")
}
