package strict

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"samband/jobs/format/csv"
	"samband/store"
)

// maxColumns is far more than any table of definitions has.
const maxColumns = 1000

// Table gives the rows of a table in text (jobs/format/csv says how it may be written) one after the other, the header
// first. Rows are counted from 1 as spreadsheets do, lines without a character not at all. The cells are trimmed of
// space at both ends; the slice is used again for the next row. Rows that can't be cut into cells are noted in d and
// left out. An error of row ends the reading and is given.
func Table(data []byte, d *store.Dictionary, row func(n int, cells []string) error) error {
	if err := sized(data); err != nil {
		return err
	}
	r, err := csv.NewReader(bytes.NewReader(data), csv.Options{AnyHeader: true})
	switch code := store.CodeOf(err); {
	case code == "csv.utf16":
		return store.E(store.Invalid, "dictionary.utf16", nil)
	case code == "csv.line_ends":
		return store.E(store.Invalid, "dictionary.line_ends", nil)
	case err != nil:
		return &store.Error{Class: store.Invalid, Code: "dictionary.not_table", Err: err}
	case len(r.Header()) > maxColumns:
		return store.E(store.Invalid, "dictionary.not_table", nil)
	}
	cells := make([]string, len(r.Header()))
	for i, c := range r.Header() {
		cells[i] = strings.TrimSpace(c)
	}
	if err := row(1, cells); err != nil {
		return err
	}
	for rows := new(csv.Rows); ; {
		if err := r.Read(rows); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		bad := rows.Bad
		for i := range len(rows.Cells) / rows.Width {
			n := int(rows.First) + i + 1
			if len(bad) > 0 && bad[0].Row == i {
				d.Defect("", n, "", "dictionary.row", store.Args{"reason": "reason." + bad[0].Reason})
				bad = bad[1:]
				continue
			}
			for k, c := range rows.Cells[i*rows.Width : (i+1)*rows.Width] {
				cells[k] = strings.Clone(strings.TrimSpace(c))
			}
			if err := row(n, cells); err != nil {
				return err
			}
		}
	}
}

// Head gives the names in the first row of a table, in lower case, or nothing when it isn't one. It looks at the
// beginning of the file only: what recognises a format is cheap.
func Head(data []byte) []string {
	data = data[:min(len(data), 64<<10)]
	r, err := csv.NewReader(bytes.NewReader(data), csv.Options{AnyHeader: true})
	if err != nil {
		return nil
	}
	names := make([]string, len(r.Header()))
	for i, n := range r.Header() {
		names[i] = strings.ToLower(strings.TrimSpace(n))
	}
	return names
}
