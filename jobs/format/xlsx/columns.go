package xlsx

import (
	"slices"
	"strings"

	"samband/store"
)

// Columns are the places of named columns in a sheet, counted from 1. Names are compared without regard to case and
// space, since people write them by hand.
type Columns map[string]int

// ColumnName gives a column's name as Columns keeps it: lower case, one space between words.
func ColumnName(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// Columns reads a header row; row counts from 1. A name that stands twice is Invalid, dictionary.column_twice: nobody
// can tell which of the two is meant. Columns without a name are left out.
func (t *Table) Columns(row int) (Columns, error) {
	c := Columns{}
	if row > len(t.Rows) {
		return c, nil
	}
	for i, cell := range t.Rows[row-1] {
		name := ColumnName(cell)
		if name == "" {
			continue
		}
		if c[name] != 0 {
			return nil, store.E(store.Invalid, "dictionary.column_twice", store.Args{"name": store.Shorten(strings.TrimSpace(cell))})
		}
		c[name] = i + 1
	}
	return c, nil
}

// Missing gives those of names that c lacks.
func (c Columns) Missing(names ...string) []string {
	var missing []string
	for _, n := range names {
		if c[ColumnName(n)] == 0 {
			missing = append(missing, n)
		}
	}
	return missing
}

// Text gives the cell of a row, counted from 1, in a named column, without the space around it; "" when there is no
// such column.
func (t *Table) Text(c Columns, row int, name string) string {
	return strings.TrimSpace(t.Cell(row, c[ColumnName(name)]))
}

// Header gives the names in the first row of a sheet, or nothing when it is empty or can't be read.
func (s *Sheet) Header() Columns {
	c := Columns{}
	for _, row := range s.Top(1) {
		for i, cell := range row {
			if name := ColumnName(cell); name != "" {
				c[name] = i + 1
			}
		}
	}
	return c
}

// Top gives the first n rows of a sheet and reads little further: enough to tell what it is. It ends where the sheet
// can't be read; Table says why.
func (s *Sheet) Top(n int) [][]string {
	var rows [][]string
	_ = s.Each(func(row int, cells []string) error {
		if row > n {
			return ErrStop
		}
		for len(rows) < row-1 {
			rows = append(rows, nil)
		}
		rows = append(rows, slices.Clone(cells))
		return nil
	})
	return rows
}
