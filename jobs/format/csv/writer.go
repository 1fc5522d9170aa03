package csv

import (
	"io"
	"strings"
	"unicode/utf8"
)

// Format says how a Writer writes. The zero value is what programs read: `;`, LF, fields exactly as given.
type Format struct {
	Comma byte // 0 means `;`
	CRLF  bool
	// Guard is for files meant for people: a text that a spreadsheet would take for a formula gets a ' in front
	// (OWASP ASVS 1.2.10), numbers stay as they are. Such a file no longer holds exactly what was written.
	Guard bool
}

// Writer writes rows as RFC 4180: fields are quoted where they must be. What it wrote, a Reader reads back as it was,
// unless Guard is set or a text holds NUL or isn't UTF-8.
type Writer struct {
	w   io.Writer
	f   Format
	buf []byte
	err error
}

const writeAt = 64 << 10

// NewWriter makes a Writer. Flush must be called at the end.
func NewWriter(w io.Writer, f Format) *Writer {
	if f.Comma == 0 {
		f.Comma = ';'
	}
	return &Writer{w: w, f: f}
}

// Row writes one row. An error of the underlying writer is given by every call after it, Flush included.
func (w *Writer) Row(cells ...string) error {
	if w.err != nil {
		return w.err
	}
	for i, s := range cells {
		if i > 0 {
			w.buf = append(w.buf, w.f.Comma)
		}
		if w.f.Guard && isFormula(s) {
			s = "'" + s
		}
		if w.mustQuote(s) || len(cells) == 1 && s == "" { // an empty line would be no row
			w.buf = append(w.buf, '"')
			w.buf = append(w.buf, strings.ReplaceAll(s, `"`, `""`)...)
			w.buf = append(w.buf, '"')
		} else {
			w.buf = append(w.buf, s...)
		}
	}
	if w.f.CRLF {
		w.buf = append(w.buf, '\r')
	}
	w.buf = append(w.buf, '\n')
	if len(w.buf) >= writeAt {
		return w.Flush()
	}
	return nil
}

// Flush writes out what is held.
func (w *Writer) Flush() error {
	if w.err == nil && len(w.buf) > 0 {
		_, w.err = w.w.Write(w.buf)
		w.buf = w.buf[:0]
	}
	return w.err
}

func (w *Writer) mustQuote(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c == w.f.Comma, c == '"', c == '\n', c == '\r':
			return true
		case w.f.Guard && (c == ',' || c == ';' || c == '\t'): // a spreadsheet with another delimiter cuts there
			return true
		}
	}
	return strings.HasPrefix(s, bom) // or the file's first field would lose it
}

// isFormula tells whether a spreadsheet may take s for a formula.
func isFormula(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	switch c {
	case '=', '+', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		return true
	case '-':
		return !isNumber(s[1:])
	}
	return false
}

// isNumber tells whether s is digits, with at most one comma or point among them.
func isNumber(s string) bool {
	whole, part, has := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	return digits(whole) && (!has || digits(part))
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
