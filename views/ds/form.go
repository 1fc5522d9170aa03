package ds

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Field describes one form field, whichever component draws it.
type Field struct {
	Name  string // as the form sends it
	Label string // the legend for Radios and Checks
	Hint  string // how to fill it in
	Error string // what is wrong, already a sentence
	Value string
	// ID is FieldID(Name) when empty; a name that stands in several forms of a page needs ids of its own.
	ID string

	Type     string   // of Input: "text" when empty
	Options  []Option // of Select, Radios and Checks
	Values   []string // of Checks: those that are on
	Checked  bool     // of Checkbox
	Rows     int      // of Textarea: 3 when 0
	Suggest  []string // of Input: values to choose from or type past
	Size     int      // of Input: width in characters
	Code     bool     // set in the code face
	Hidden   bool     // the label is read aloud only
	Optional string   // the word that says that it may be empty: «valgfritt»
	Required bool
	Disabled bool
	ReadOnly bool
	Attrs    templ.Attributes // more attributes of the control
}

// Option is one choice.
type Option struct {
	Value    string
	Text     string
	Hint     string // of Radios and Checks
	Group    string // of Select: options in a row with the same group stand under it
	Disabled bool
}

// FieldID gives the id of the control of a field, for links to it.
func FieldID(name string) string { return "f-" + name }

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return FieldID(f.Name)
}

func (f Field) option(i int) string { return f.id() + "-" + strconv.Itoa(i) }

// describedBy lists the ids of what explains the field, the error first.
func (f Field) describedBy() string {
	var ids []string
	if f.Error != "" {
		ids = append(ids, f.id()+"-error")
	}
	if f.Hint != "" {
		ids = append(ids, f.id()+"-hint")
	}
	return strings.Join(ids, " ")
}

// control gives the attributes that all controls share.
func (f Field) control() templ.Attributes {
	a := templ.Attributes{"id": f.id(), "name": f.Name}
	if d := f.describedBy(); d != "" {
		a["aria-describedby"] = d
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	a["required"] = f.Required
	a["disabled"] = f.Disabled
	a["readonly"] = f.ReadOnly
	if f.Size > 0 {
		a["size"] = strconv.Itoa(f.Size)
	}
	if f.Code {
		a["spellcheck"] = "false"
		a["autocapitalize"] = "off"
	}
	for k, v := range f.Attrs {
		a[k] = v
	}
	return a
}

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() string {
	if f.Rows == 0 {
		return "3"
	}
	return strconv.Itoa(f.Rows)
}

func (f Field) on(value string) bool { return slices.Contains(f.Values, value) }

// labelClass hides the label from sight when Hidden; it is always read aloud.
func (f Field) labelClass() string { return classes("ds-label", when(f.Hidden, "ds-sr-only")) }

type optionGroup struct {
	name    string
	options []Option
}

func grouped(options []Option) []optionGroup {
	var gs []optionGroup
	for _, o := range options {
		if n := len(gs); n > 0 && gs[n-1].name == o.Group {
			gs[n-1].options = append(gs[n-1].options, o)
			continue
		}
		gs = append(gs, optionGroup{o.Group, []Option{o}})
	}
	return gs
}

// Problem is one line of an error summary.
type Problem struct {
	Field string // name of the field, or "" when it belongs to none
	Href  string // where it is put right, when that is no field of the form
	Text  string
}
