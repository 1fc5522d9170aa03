package xlsx

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"samband/store"
)

// Range is a block of merged cells, rows and columns counted from 1, ends included. Its value belongs to the cell at
// its top left; the others are empty.
type Range struct{ Top, Left, Bottom, Right int }

// Table is a whole sheet. Row 1 is Rows[0]; a row ends with its last filled cell, and the table with its last filled row.
type Table struct {
	Rows   [][]string
	Merged []Range
}

// Cell gives the text of a cell, rows and columns counted from 1; "" outside the table.
func (t *Table) Cell(row, column int) string {
	if row < 1 || row > len(t.Rows) || column < 1 || column > len(t.Rows[row-1]) {
		return ""
	}
	return t.Rows[row-1][column-1]
}

// Table reads the whole sheet.
func (s *Sheet) Table() (*Table, error) {
	t := &Table{}
	merged, err := s.read(func(row int, cells []string) error {
		for len(t.Rows) < row-1 {
			t.Rows = append(t.Rows, nil)
		}
		t.Rows = append(t.Rows, append([]string(nil), cells...))
		return nil
	})
	t.Merged = merged
	return t, err
}

// NoteMerged notes the merged cells that hide values from the rows after the header: those that span several rows, or
// stand below it.
func (t *Table) NoteMerged(d *store.Dictionary, form string, header int) {
	for _, m := range t.Merged {
		if m.Bottom > header && m.Top <= len(t.Rows) && t.Cell(m.Top, m.Left) != "" {
			d.Defect(form, m.Top, "", "dictionary.merged", store.Args{"row": m.Top, "last": m.Bottom})
		}
	}
}

// ErrStop ends Each without an error.
var ErrStop = errors.New("enough")

// Each reads the sheet row by row and calls do for each that has a filled cell, with the row's number from 1 and its
// cells up to the last filled one. The cells are do's only until it returns. Memory does not grow with the sheet.
func (s *Sheet) Each(do func(row int, cells []string) error) error {
	_, err := s.read(do)
	if errors.Is(err, ErrStop) {
		return nil
	}
	return err
}

// rows goes through a sheet; it holds what has been read of the row at hand.
type rows struct {
	sheet       *Sheet
	do          func(row int, cells []string) error
	row, column int // where the reader is
	last, total int // the last row given on; how many cells have been read
	cells       []string
	merged      []Range
}

var errOrder = errors.New("rows or cells out of order")

func (s *Sheet) read(do func(row int, cells []string) error) ([]Range, error) {
	r := rows{sheet: s, do: do}
	err := s.book.each(s.part, func(p *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			return r.begin(e)
		case "c":
			return r.cell(p, e)
		case "mergeCell":
			return r.merge(attr(e, "ref"))
		}
		return nil
	})
	if err == nil {
		err = wrap(s.part, r.end())
	}
	return r.merged, err
}

// begin ends the row before and begins the next. Rows must rise, as the standard says.
func (r *rows) begin(e xml.StartElement) (err error) {
	if err := r.end(); err != nil {
		return err
	}
	if r.row, err = number(attr(e, "r"), r.row+1); err != nil {
		return err
	}
	if r.row > MaxRows {
		return r.tooLarge("xlsx.rows", MaxRows)
	}
	r.column = 0
	return nil
}

// end gives on the row that was read, if a cell of it is filled.
func (r *rows) end() error {
	if len(r.cells) == 0 {
		return nil
	}
	if r.row <= r.last {
		return errOrder
	}
	r.last = r.row
	err := r.do(r.row, r.cells)
	r.cells = r.cells[:0]
	return err
}

func (r *rows) cell(p *part, e xml.StartElement) (err error) {
	if r.column, err = columnOf(attr(e, "r"), r.column+1); err != nil {
		return err
	}
	if r.column > MaxColumns {
		return r.tooLarge("xlsx.columns", MaxColumns)
	}
	value, err := r.sheet.book.cell(p, e)
	if err != nil || value == "" {
		return err
	}
	if utf8.RuneCountInString(value) > MaxCell {
		return r.tooLarge("xlsx.cell", MaxCell)
	}
	if r.row < 1 || r.column <= len(r.cells) {
		return errOrder
	}
	if r.total += r.column - len(r.cells); r.total > MaxCells {
		return r.tooLarge("xlsx.cells", MaxCells)
	}
	for len(r.cells) < r.column-1 {
		r.cells = append(r.cells, "")
	}
	r.cells = append(r.cells, value)
	return nil
}

func (r *rows) merge(ref string) error {
	m, err := rangeOf(ref)
	if err == nil && len(r.merged) == MaxMerged {
		err = r.tooLarge("xlsx.merged", MaxMerged)
	}
	r.merged = append(r.merged, m)
	return err
}

func (r *rows) tooLarge(code store.Code, most int) error {
	return store.E(store.Invalid, code, store.Args{"sheet": r.sheet.Name, "max": most})
}

// cell reads one cell to its end and gives its text.
func (b *Book) cell(p *part, e xml.StartElement) (string, error) {
	var raw, inline string
	for {
		t, err := p.next()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				raw, err = p.characters(plain)
			case "is":
				inline, err = p.characters(rich)
			default: // f: the formula; the value saved with it is in v
				_, err = p.characters(none)
			}
			if err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.value(attr(e, "t"), attr(e, "s"), raw, inline)
		}
	}
}

// value gives the text of a cell from what its element holds.
func (b *Book) value(kind, style, raw, inline string) (string, error) {
	switch kind {
	case "s":
		if raw == "" {
			return "", nil
		}
		i, err := number(raw, 0)
		if err != nil || i >= len(b.texts) {
			return "", errors.New("a shared text that is not there")
		}
		return b.texts[i], nil
	case "inlineStr":
		return unescape(inline), nil
	case "b":
		if raw == "" {
			return "", nil
		}
		return strconv.FormatBool(isTrue(raw)), nil
	case "str", "e":
		return unescape(raw), nil
	case "d":
		return strings.TrimSuffix(strings.TrimSuffix(raw, "Z"), ".000"), nil
	}
	if raw == "" {
		return "", nil
	}
	i, err := number(style, 0)
	if err != nil || i >= len(b.formats) {
		return general.show(raw, b.days), nil
	}
	return b.formats[i].show(raw, b.days), nil
}

// number reads a whole number from 0; otherwise is what an absent one means.
func number(s string, otherwise int) (int, error) {
	if s == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err == nil && n < 0 {
		err = strconv.ErrRange
	}
	return n, err
}

// columnOf gives the column of a reference such as AB12.
func columnOf(ref string, otherwise int) (int, error) {
	if ref == "" {
		return otherwise, nil
	}
	column, _, err := split(ref)
	return column, err
}

func split(ref string) (column, row int, err error) {
	i := 0
	for i < len(ref) && i < 4 && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z' {
		column = column*26 + int(ref[i]|0x20-'a') + 1
		i++
	}
	row, err = strconv.Atoi(ref[i:])
	if column == 0 || err != nil || row < 1 {
		return 0, 0, errors.New("a reference that is none")
	}
	return column, row, nil
}

func rangeOf(ref string) (r Range, err error) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		to = from
	}
	if r.Left, r.Top, err = split(from); err != nil {
		return r, err
	}
	if r.Right, r.Bottom, err = split(to); err == nil && (r.Right < r.Left || r.Bottom < r.Top) {
		err = errors.New("a range from its end")
	}
	return r, err
}

// unescape turns _x000D_ and the like into the characters they stand for.
func unescape(s string) string {
	for from := 0; ; {
		i := strings.Index(s[from:], "_x")
		if i < 0 {
			return s
		}
		i += from
		from = i + 2
		if i+7 > len(s) || s[i+6] != '_' {
			continue
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || !utf8.ValidRune(rune(n)) || n == 0 {
			continue
		}
		s = s[:i] + string(rune(n)) + s[i+7:]
		from = i + utf8.RuneLen(rune(n))
	}
}
