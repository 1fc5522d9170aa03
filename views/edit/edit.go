// Package edit draws a form over one thing of the portal: its fields with what is in them and what is wrong, and the
// buttons that save it or give up. The words of a field are the texts "<area>.field.<name>" and, where there is one,
// "<area>.field.<name>.help".
package edit

import (
	"net/url"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/layout"
)

// Form is a form as a page shows it.
type Form struct {
	Area   string // of the texts
	Action string // where it posts
	Back   string // where giving up leads
	New    bool   // the thing is not saved yet
	Values url.Values
	Errors store.FieldErrors
	// Stale says that somebody else saved the thing in the meantime. Errors then tells what they wrote, at the fields
	// that differ, and saving again overwrites it.
	Stale bool
}

// Value is what stands in a field.
func (f Form) Value(name string) string { return f.Values.Get(name) }

// Field gives a field with its words, its value and what is wrong with it.
func (f Form) Field(c layout.Ctx, name string) ds.Field {
	key := f.Area + ".field." + name
	d := ds.Field{Name: name, Label: c.T(key), Value: f.Values.Get(name), Error: c.FieldError(f.Errors, name)}
	if text.Has(key + ".help") {
		d.Hint = c.T(key + ".help")
	}
	return d
}

// Optional is Field for what may stay empty where most must not.
func (f Form) Optional(c layout.Ctx, name string) ds.Field {
	d := f.Field(c, name)
	d.Optional = c.T("form.optional")
	return d
}

// Date is Optional for a day.
func (f Form) Date(c layout.Ctx, name string) ds.Field {
	d := f.Optional(c, name)
	d.Type = "date"
	return d
}

// Lines is Optional for a text of so many lines.
func (f Form) Lines(c layout.Ctx, name string, rows int) ds.Field {
	d := f.Optional(c, name)
	d.Rows = rows
	return d
}

// Choice is Field for a choice between options. With empty set, the first option is none, in those words.
func (f Form) Choice(c layout.Ctx, name string, options []ds.Option, empty string) ds.Field {
	d := f.Field(c, name)
	if empty != "" {
		d.Options = append(d.Options, ds.Option{Text: c.T(empty)})
	}
	d.Options = append(d.Options, options...)
	return d
}

// Words gives the options of a closed list; the words are the texts prefix + value.
func Words[T ~string](c layout.Ctx, prefix string, values []T) []ds.Option {
	options := make([]ds.Option, len(values))
	for i, v := range values {
		options[i] = ds.Option{Value: string(v), Text: c.T(prefix + string(v))}
	}
	return options
}

// Problems are the lines above the form: each names its field, for «Fyll ut feltet» alone says too little there. An
// error without a field of its own is said there only.
func (f Form) Problems(c layout.Ctx) []ds.Problem {
	ps := c.Problems(f.Errors)
	for i, p := range ps {
		if key := f.Area + ".field." + p.Field; text.Has(key) {
			ps[i].Text = strings.TrimSuffix(c.T(key), "?") + ": " + p.Text
		}
	}
	return ps
}

func (f Form) title(c layout.Ctx) string {
	if f.Stale {
		return c.T("form.stale")
	}
	return c.T("form.errors")
}
