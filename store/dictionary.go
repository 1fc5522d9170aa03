package store

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Dictionary is what a file of definitions says, as it says it: a REDCap data dictionary, an ODM study, a workbook of
// the MRS platform. A registry's Codebook is made from it. What the file gets wrong without making it unreadable is in
// Defects.
type Dictionary struct {
	Format    string       `json:"format"`
	Title     string       `json:"title,omitempty"`
	Version   string       `json:"version,omitempty"` // in the file's own words
	Variables []Definition `json:"variables"`
	Defects   []Defect     `json:"defects"`
	// Unlisted counts the defects after the first MaxDefects.
	Unlisted int `json:"unlisted_defects,omitempty"`

	codes int // in all lists together
}

// Need says whether a variable must be filled in. Some formats say nothing of it that can be trusted.
type Need string

const (
	NeedYes     Need = "yes"
	NeedNo      Need = "no"
	NeedIf      Need = "if" // under Definition.Condition
	NeedUnknown Need = "unknown"
)

// Definition is one variable of a dictionary. Within a dictionary the pair of Form and Name is what names it: formats
// use the same name in several forms, sometimes with another type.
type Definition struct {
	Form     string  `json:"form"` // what the file calls the form or sheet; "" when it has none
	Section  string  `json:"section,omitempty"`
	Name     string  `json:"name"`
	Label    string  `json:"label,omitempty"`
	Help     string  `json:"help,omitempty"`
	Type     VarType `json:"type"`
	Original string  `json:"original_type,omitempty"` // the type in the file's own words
	Unit     string  `json:"unit,omitempty"`
	// Min and Max are the hard limits of a number, PlausibleMin and PlausibleMax those that only raise a question. From
	// and To are the limits of a date or a time, as ISO 8601.
	Min          *float64 `json:"min,omitempty"`
	Max          *float64 `json:"max,omitempty"`
	PlausibleMin *float64 `json:"plausible_min,omitempty"`
	PlausibleMax *float64 `json:"plausible_max,omitempty"`
	From         string   `json:"from,omitempty"`
	To           string   `json:"to,omitempty"`
	Decimals     *int     `json:"decimals,omitempty"`
	Required     Need     `json:"required"`
	Condition    string   `json:"condition,omitempty"` // when it applies, in the file's own language
	Formula      string   `json:"formula,omitempty"`
	// Computed tells that the registry works it out itself: never a target of a mapping.
	Computed   bool `json:"computed,omitempty"`
	Multiple   bool `json:"multiple,omitempty"`   // several codes may be chosen at once
	Identifier bool `json:"identifier,omitempty"` // the file marks it as naming a person
	// Class is what the file says the variable is to a person's privacy; "" when it says nothing.
	Class FieldClass   `json:"class,omitempty"`
	Codes []CodeOption `json:"codes,omitempty"`
	// System is the code system that the codes are from, when the file lists none itself.
	System    string `json:"system,omitempty"`
	Valid     string `json:"valid,omitempty"` // a label such as "v14 (2024)"
	ValidYear int    `json:"valid_year,omitempty"`
	// Exportable tells whether the variable may leave the registry for other use; nil when the file doesn't say.
	Exportable *bool `json:"exportable,omitempty"`
	// Path is where the value stands in a message, from the root, where the file is about messages.
	Path string `json:"path,omitempty"`
	// Disputed tells that parts of the file contradict each other about it: nothing should be mapped to it before
	// somebody has decided.
	Disputed bool `json:"disputed,omitempty"`
	Row      int  `json:"row,omitempty"` // where it stands in its sheet or file, from 1
}

// Defect is something that a file gets wrong. The text "defect.<code>" says it with Args.
type Defect struct {
	Form   string `json:"form,omitempty"`
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
	Code   Code   `json:"code"`
	Args   Args   `json:"args,omitempty"`
}

// Limits of a dictionary. MaxDefinitions is how many variables it may have before it is refused as no dictionary, and
// MaxOptions how many codes in all lists together; a list that several variables share counts for each of them.
const (
	MaxDefinitions = 20_000
	MaxOptions     = 1_000_000
	MaxDefects     = 1_000
)

// Defect notes something that the file gets wrong.
func (d *Dictionary) Defect(form string, row int, column string, code Code, args Args) {
	if len(d.Defects) == MaxDefects {
		d.Unlisted++
		return
	}
	d.Defects = append(d.Defects, Defect{Form: form, Row: row, Column: column, Code: code, Args: args})
}

// Add appends a variable. Its error is Invalid, dictionary.variables or dictionary.options, when there are too many:
// reading should stop then.
func (d *Dictionary) Add(v Definition) error {
	if len(d.Variables) == MaxDefinitions {
		return E(Invalid, "dictionary.variables", Args{"max": MaxDefinitions})
	}
	if d.codes += len(v.Codes); d.codes > MaxOptions {
		return E(Invalid, "dictionary.options", Args{"max": MaxOptions})
	}
	for _, s := range []*string{&v.Form, &v.Section, &v.Name, &v.Label, &v.Help, &v.Original, &v.Unit, &v.Condition, &v.Formula, &v.Valid} {
		if len(*s) > maxWords {
			*s = strings.ToValidUTF8((*s)[:maxWords], "") + "…"
		}
	}
	d.Variables = append(d.Variables, v)
	return nil
}

// maxWords is how much is kept of each text about a variable, in bytes: formulas of questionnaires are the longest.
const maxWords = 16 << 10

// UnknownType is the error that stops an import: guessing the type of a variable would spoil its values in silence.
// Sheet is what the file calls the sheet or form, "" when there is none; row counts from 1.
func UnknownType(sheet string, row int, name, original string) error {
	a := Args{"sheet": hideWritten(sheet), "row": row, "name": hideWritten(name), "type": Shorten(original)}
	if sheet == "" {
		a["sheet"] = Code("dictionary.file")
	}
	return E(Invalid, "dictionary.type", a)
}

// Shorten keeps what is shown of a file's own words within a line, and person numbers out of it.
func Shorten(s string) string {
	s = hideWritten(s)
	if r := []rune(s[:min(len(s), 400)]); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}

// Check ends the reading of a file of any format. It notes what is wrong with each variable and mends it as far as the
// file goes on making sense: variables without a name and those that stand twice are left out, limits that cross each
// other are forgotten, and no person number that the file holds is kept. The error
// is a NoVariables when nothing is left.
func (d *Dictionary) Check() error {
	d.hidePersons()
	d.Variables = slices.DeleteFunc(d.Variables, func(v Definition) bool {
		if v.Name == "" {
			d.Defect(v.Form, v.Row, "", "dictionary.name", nil)
		}
		return v.Name == ""
	})
	for i := range d.Variables {
		v := &d.Variables[i]
		if v.Label == "" {
			d.Defect(v.Form, v.Row, "", "dictionary.label", Args{"name": Shorten(v.Name)})
		}
		if v.Min != nil && v.Max != nil && *v.Min > *v.Max || v.From != "" && v.To != "" && v.From > v.To {
			d.Defect(v.Form, v.Row, "", "dictionary.range", Args{"name": Shorten(v.Name)})
			v.Min, v.Max, v.From, v.To = nil, nil, "", ""
		}
		if v.PlausibleMin != nil && v.PlausibleMax != nil && *v.PlausibleMin > *v.PlausibleMax {
			d.Defect(v.Form, v.Row, "", "dictionary.range", Args{"name": Shorten(v.Name)})
			v.PlausibleMin, v.PlausibleMax = nil, nil
		}
		for _, limit := range []*float64{v.Min, v.Max, v.PlausibleMin, v.PlausibleMax} {
			if v.Type == VarInteger && limit != nil && *limit != math.Trunc(*limit) {
				d.Defect(v.Form, v.Row, "", "dictionary.part_limit", Args{"name": Shorten(v.Name)})
				break
			}
		}
		if v.Type == VarCode && len(v.Codes) == 0 && v.System == "" {
			d.Defect(v.Form, v.Row, "", "dictionary.no_codes", Args{"name": Shorten(v.Name)})
		}
	}
	d.CheckTwice()
	if len(d.Variables) == 0 {
		return &NoVariables{Defects: d.Defects, Unlisted: d.Unlisted}
	}
	return nil
}

// NoVariables is the error of a file in which no variable could be read: Invalid, dictionary.empty, with what the file
// gets wrong, which may be why.
type NoVariables struct {
	Defects  []Defect
	Unlisted int // defects after those, only counted
}

// Error gives the text for logs.
func (e *NoVariables) Error() string { return e.Unwrap().Error() }

// Unwrap gives the error that says it in words.
func (e *NoVariables) Unwrap() error { return E(Invalid, "dictionary.empty", nil) }

// CheckTwice notes the variables that stand twice in the same form, and the codes that stand twice in a list, and
// leaves out the later ones.
func (d *Dictionary) CheckTwice() {
	seen := map[[2]string]bool{}
	d.Variables = slices.DeleteFunc(d.Variables, func(v Definition) bool {
		key := [2]string{v.Form, v.Name}
		if seen[key] {
			d.Defect(v.Form, v.Row, "", "dictionary.twice", Args{"name": Shorten(v.Name)})
			return true
		}
		seen[key] = true
		return false
	})
	codes := map[string]bool{}
	for i := range d.Variables {
		v := &d.Variables[i]
		clear(codes)
		var once []CodeOption // made only when needed: variables may share a list
		for n, o := range v.Codes {
			switch {
			case codes[o.Code]:
				d.Defect(v.Form, v.Row, "", "dictionary.code_twice", Args{"name": Shorten(v.Name), "code": Shorten(o.Code)})
				if once == nil {
					once = slices.Clone(v.Codes[:n])
				}
			case once != nil:
				once = append(once, o)
			}
			codes[o.Code] = true
		}
		if once != nil {
			v.Codes = once
		}
	}
}

// VariableName makes the name of a codebook's variable out of a file's: lower case with underscores between words, æ, ø
// and å as ae, oe and aa, other letters without their marks. It gives "" when nothing is left.
func VariableName(name string) string {
	var b strings.Builder
	var before rune
	runes := []rune(name)
	for i, r := range runes {
		lower := unicode.ToLower(r)
		switch {
		case unicode.IsUpper(r) && (unicode.IsLower(before) || unicode.IsDigit(before) ||
			unicode.IsUpper(before) && i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			b.WriteByte('_')
		}
		before = r
		switch {
		case lower >= 'a' && lower <= 'z', lower >= '0' && lower <= '9':
			b.WriteRune(lower)
		case plain[lower] != "":
			b.WriteString(plain[lower])
		default:
			b.WriteByte('_')
		}
	}
	s := strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == '_' }), "_")
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		s = "v_" + s
	}
	return strings.TrimRight(s[:min(len(s), 63)], "_")
}

// plain are the letters of Nordic and neighbouring languages that names have.
var plain = map[rune]string{'æ': "ae", 'ø': "oe", 'å': "aa", 'ä': "ae", 'ö': "oe", 'ü': "u", 'é': "e", 'è': "e", 'ê': "e",
	'ô': "o", 'ò': "o", 'ó': "o", 'à': "a", 'á': "a", 'ç': "c", 'ñ': "n", 'š': "s", 'č': "c", 'ž': "z", 'ŋ': "ng", 'đ': "d", 'ŧ': "t"}

// UniqueNames gives each definition a name for a codebook, in their order: the file's own where it is the only one,
// with the form before it where several forms use it, with a number after it as the last resort.
func UniqueNames(list []Definition) []string {
	uses := map[string]int{}
	for _, v := range list {
		uses[VariableName(v.Name)]++
	}
	names, taken := make([]string, len(list)), map[string]bool{}
	for i, v := range list {
		n := VariableName(v.Name)
		if n == "" || uses[n] > 1 && v.Form != "" {
			n = VariableName(v.Form + " " + v.Name)
		}
		if n == "" {
			n = "variable"
		}
		n = freeName(n, taken)
		taken[n], names[i] = true, n
	}
	return names
}

// freeName gives a name that is neither taken nor reserved: base itself, else base with a number after it.
func freeName(base string, taken map[string]bool) string {
	n := base
	for k := 2; taken[n] || n == "pseudonym"; k++ {
		tail := "_" + strconv.Itoa(k)
		n = base[:min(len(base), 63-len(tail))] + tail
	}
	return n
}
