package web

import (
	"errors"
	"math"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"samband/store"
)

// form is a form that somebody sent: what was written, and what is wrong with it so far. The getters note an error at
// the field and give the zero value; after all of them, errors tells whether to go on. A page that shows the form again
// draws values with value and list, and errors from errors.
type form struct {
	values url.Values
	errors store.FieldErrors
}

// form reads the body of a request, within the route's limit. Files are not forms: read them as a stream.
func (s *Server) form(r *http.Request) (*form, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	if kind == "multipart/form-data" {
		err = r.ParseMultipartForm(math.MaxInt64) // never to disk; the route's limit holds
	} else {
		err = r.ParseForm()
	}
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return nil, errTooLarge
	case err != nil:
		return nil, &store.Error{Class: store.Invalid, Code: "form.unreadable", Err: err}
	}
	return &form{values: r.PostForm}, nil
}

// has tells whether the form sent the field at all.
func (f *form) has(name string) bool { return f.values.Has(name) }

// value is what was written in a field, untouched.
func (f *form) value(name string) string { return f.values.Get(name) }

// list is what was chosen where several may be.
func (f *form) list(name string) []string { return f.values[name] }

// ok tells whether nothing is wrong so far.
func (f *form) ok() bool { return len(f.errors) == 0 }

// fault notes what is wrong with a field.
func (f *form) fault(name string, code store.Code, args store.Args) { f.errors.Add(name, code, args) }

// take notes the faults that a rule of the domain found in the fields. Any other error is given back.
func (f *form) take(err error) error {
	fields := fieldErrors(err)
	if fields == nil || store.ClassOf(err) != store.Invalid {
		return err
	}
	f.errors = append(f.errors, fields...)
	return nil
}

// text gives a line or more of text without space around, "" when it is empty. Limit is in characters.
func (f *form) text(name string, limit int) string {
	s := strings.TrimSpace(strings.ReplaceAll(f.value(name), "\r\n", "\n"))
	if code := unfit(s, limit); code != "" {
		f.fault(name, code, store.Args{"limit": limit})
		return ""
	}
	return s
}

// unfit says why a text can't be kept as somebody wrote it; "" when it can.
func unfit(s string, limit int) store.Code {
	switch {
	case !utf8.ValidString(s) || strings.ContainsFunc(s, badRune):
		return "form.characters"
	case utf8.RuneCountInString(s) > limit:
		return "form.too_long"
	case store.ScanWritten(s) > 0: // what people write is kept in the log and shown to others
		return "form.person_number"
	}
	return ""
}

// badRune tells whether a character can't have been written by hand: controls, and marks that turn text around.
func badRune(c rune) bool {
	return unicode.IsControl(c) && c != '\n' && c != '\t' || unicode.Is(unicode.Bidi_Control, c)
}

// need is text that can't be empty.
func (f *form) need(name string, limit int) string {
	if strings.TrimSpace(f.value(name)) == "" {
		f.fault(name, "form.required", nil)
		return ""
	}
	return f.text(name, limit)
}

// int gives a whole number from lowest to highest. An empty field is an error.
func (f *form) int(name string, lowest, highest int) int {
	s := f.need(name, 20)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.NewReplacer(" ", "", "\u00a0", "").Replace(s))
	switch {
	case err != nil:
		f.fault(name, "form.number", nil)
	case n < lowest || n > highest:
		f.fault(name, "form.range", store.Args{"lowest": lowest, "highest": highest})
	default:
		return n
	}
	return 0
}

// decimal gives a number from lowest to highest, with comma or point.
func (f *form) decimal(name string, lowest, highest float64) float64 {
	s := f.need(name, 40)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseFloat(strings.NewReplacer(" ", "", "\u00a0", "", ",", ".").Replace(s), 64)
	switch {
	case err != nil || math.IsNaN(n) || math.IsInf(n, 0):
		f.fault(name, "form.number", nil)
	case n < lowest || n > highest:
		f.fault(name, "form.range", store.Args{"lowest": lowest, "highest": highest})
	default:
		return n
	}
	return 0
}

// date gives a date as browsers send it (2026-11-23) or as people here write it (23.11.2026), "" when empty.
func (f *form) date(name string) store.Date {
	s := f.text(name, 20)
	if s == "" {
		return ""
	}
	if p := strings.Split(s, "."); len(p) == 3 && len(p[2]) == 4 {
		s = p[2] + "-" + pad(p[1]) + "-" + pad(p[0])
	}
	d, ok := store.ParseDate(s)
	if !ok {
		f.fault(name, "form.date", nil)
	}
	return d
}

// needDate is date of a field that must be filled in.
func (f *form) needDate(name string) store.Date {
	if f.need(name, 20) == "" {
		return ""
	}
	return f.date(name)
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// choice gives one of the options.
func (f *form) choice(name string, options ...string) string {
	s := f.value(name)
	switch {
	case slices.Contains(options, s):
		return s
	case s == "":
		f.fault(name, "form.required", nil)
	default:
		f.fault(name, "form.choice", nil)
	}
	return ""
}

// choices gives those of the options that were chosen, possibly none.
func (f *form) choices(name string, options ...string) []string {
	var chosen []string
	for _, s := range f.list(name) {
		if !slices.Contains(options, s) {
			f.fault(name, "form.choice", nil)
			return nil
		}
		if !slices.Contains(chosen, s) {
			chosen = append(chosen, s)
		}
	}
	return chosen
}

// checked tells whether a box is ticked.
func (f *form) checked(name string) bool { return f.value(name) != "" }

// address gives a web address, "" when empty.
func (f *form) address(name string) string {
	s := f.text(name, 2000)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		f.fault(name, "form.address", nil)
		return ""
	}
	return s
}
