package web

import (
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"samband/store"
	"samband/store/text"
	"samband/views/mapping"
)

// newTable stands in the address where the name of a table would; no name has a hyphen.
const newTable = "new-table"

// maxTableBody is how many bytes of a table a form may carry; as a field, text can take three times its size.
const maxTableBody = 8 << 20

// mappingTables lists the tables that lookup steps read.
func (s *Server) mappingTables(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	return s.page(w, r, mapping.Tables(s.ctx(w, r), mapping.TablesModel{Base: b.Base}))
}

// tableModel collects what the form of the table {table} shows.
func (s *Server) tableModel(r *http.Request) (*workbench, *mapping.TableModel, error) {
	b, err := s.workbench(r)
	if err != nil {
		return nil, nil, err
	}
	if err := b.mapped(); err != nil {
		return nil, nil, err
	}
	name := r.PathValue("table")
	m := &mapping.TableModel{Base: b.Base, New: name == newTable}
	if m.New {
		return b, m, nil
	}
	t := b.Mapping.Table(name)
	if t == nil {
		return nil, nil, errNotFound
	}
	m.Name, m.Rows = t.Name, tableText(t)
	return b, m, nil
}

// tableText gives a table as people edit it: CSV with semicolons.
func tableText(t *store.LookupTable) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = ';'
	w.WriteAll(append([][]string{t.Columns}, t.Rows...)) // a strings.Builder takes everything
	return b.String()
}

// mappingTable shows the form of a table.
func (s *Server) mappingTable(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.tableModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, mapping.Table(s.ctx(w, r), *m))
}

// mappingTableEdit writes a table, pasted or from a file, to the person's draft.
func (s *Server) mappingTableEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, m, err := s.tableModel(r)
	if err != nil {
		return err
	}
	m.From = f.basis()
	m.Rows = strings.ReplaceAll(f.value("rows"), "\r\n", "\n")
	if content, err := uploaded(r, "file"); err != nil {
		return err
	} else if content != "" {
		m.Rows = content
	}
	t := store.LookupTable{Name: m.Name}
	if m.New {
		m.Name = strings.TrimSpace(f.value("name"))
		if t.Name = f.need("name", 63); t.Name != "" && !store.ValidName(t.Name) {
			f.fault("name", "mapping.table_name", store.Args{"name": t.Name})
		}
		if b.Mapping.Table(t.Name) != nil {
			f.fault("name", "mapping.table_twice", store.Args{"name": t.Name})
		}
	}
	f.tableRows("rows", m.Rows, &t)
	for _, variable := range b.Mapping.LooksUp(t.Name) {
		for _, column := range lookedUp(&b.Mapping, variable, t.Name) {
			if f.ok() && !slices.Contains(t.Columns, column) {
				f.fault("rows", "mapping.column_used", store.Args{"column": column, "variable": variable})
			}
		}
	}
	if f.ok() {
		next := b.Mapping
		next.Tables = slices.Clone(next.Tables)
		if old := next.Table(t.Name); old != nil {
			*old = t
		} else {
			next.Tables = append(next.Tables, t)
		}
		err := s.keepDraft(r, b, f, next, store.DraftStep{What: "table", Args: store.Args{"name": t.Name}})
		if store.CodeOf(err) != "db.changed" {
			if err != nil {
				return err
			}
			return s.done(w, r, "tables.kept", store.Args{"name": t.Name, "n": len(t.Rows)}, b.Href("lookup-tables"))
		}
		m.Stale = true
	}
	m.Errors = f.errors
	return s.pageStatus(w, r, formStatus(m.Stale), mapping.Table(s.ctx(w, r), *m))
}

// uploaded gives the text of a small file that came with a form; "" when none did.
func uploaded(r *http.Request, name string) (string, error) {
	if r.MultipartForm == nil || len(r.MultipartForm.File[name]) == 0 {
		return "", nil
	}
	file, err := r.MultipartForm.File[name][0].Open()
	if err != nil {
		return "", err
	}
	defer file.Close()
	b, err := io.ReadAll(file)
	return strings.ReplaceAll(strings.TrimPrefix(string(b), "\ufeff"), "\r\n", "\n"), err
}

// tableRows reads CSV, parted by what its first line has most of, and notes the first row that can't be taken.
func (f *form) tableRows(name, content string, t *store.LookupTable) {
	if strings.TrimSpace(content) == "" {
		f.fault(name, "form.required", nil)
		return
	}
	if !utf8.ValidString(content) {
		f.fault(name, "form.characters", nil)
		return
	}
	head, _, _ := strings.Cut(content, "\n")
	in := csv.NewReader(strings.NewReader(content))
	for _, sign := range []rune{';', '\t', ','} {
		if strings.Count(head, string(sign)) > strings.Count(head, string(in.Comma)) || sign == ';' {
			in.Comma = sign
		}
	}
	in.FieldsPerRecord = -1
	rows, err := in.ReadAll()
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		f.fault(name, "mapping.table_unreadable", store.Args{"line": parse.Line})
		return
	}
	for i, row := range rows {
		for j := range row {
			row[j] = strings.TrimSpace(row[j])
		}
		switch no := (store.Args{"name": t.Name, "no": i}); {
		case i == 0 && (len(row) < 2 || slices.Contains(row, "")):
			f.fault(name, "mapping.table_columns", no)
		case i > store.MaxTableRows:
			f.fault(name, "mapping.table_long", store.Args{"max": store.MaxTableRows})
		case len(row) != len(rows[0]):
			f.fault(name, "mapping.table_row", no)
		case slices.ContainsFunc(row, func(cell string) bool { return utf8.RuneCountInString(cell) > store.MaxTableCell }):
			f.fault(name, "mapping.table_cell", store.Args{"no": i, "max": store.MaxTableCell})
		case !f.fits(name, store.MaxTableCell, row...):
		default:
			continue
		}
		return
	}
	t.Columns, t.Rows = rows[0], rows[1:]
	columns := slices.Sorted(slices.Values(t.Columns))
	if len(slices.Compact(columns)) < len(t.Columns) {
		f.fault(name, "mapping.table_columns", store.Args{"name": t.Name})
	}
	keys := map[string]bool{}
	for i, row := range t.Rows {
		if keys[row[0]] {
			f.fault(name, "mapping.table_key", store.Args{"name": t.Name, "no": i + 1, "key": row[0]})
			return
		}
		keys[row[0]] = true
	}
}

// lookedUp gives the columns of a table that the rule or a correction of a variable takes.
func lookedUp(m *store.Mapping, variable, table string) []string {
	var columns []string
	var walk func([]store.Step)
	walk = func(steps []store.Step) {
		for _, x := range steps {
			if x.Kind == store.StepLookup && x.Table == table {
				columns = append(columns, x.Column)
			}
			walk(x.Then)
			walk(x.Else)
		}
	}
	if rule := m.Rule(variable); rule != nil {
		walk(rule.Steps)
	}
	for _, k := range m.Corrections {
		if k.Variable == variable && k.Undone == nil {
			walk(k.Steps)
		}
	}
	return columns
}

// mappingTableRemove takes a table that nothing reads out of the person's draft.
func (s *Server) mappingTableRemove(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, m, err := s.tableModel(r)
	if err != nil {
		return err
	}
	if m.New {
		return errNotFound
	}
	if names := b.Mapping.LooksUp(m.Name); len(names) > 0 {
		problem := store.E(store.Conflict, "mapping.table_used", store.Args{"name": m.Name, "variables": strings.Join(names, ", ")})
		return s.pageStatus(w, r, http.StatusConflict, mapping.Tables(s.ctx(w, r),
			mapping.TablesModel{Base: b.Base, Problem: text.Error(langOf(s, r), problem)}))
	}
	next := b.Mapping
	next.Tables = slices.DeleteFunc(slices.Clone(next.Tables), func(t store.LookupTable) bool { return t.Name == m.Name })
	err = s.keepDraft(r, b, f, next, store.DraftStep{What: "table", Args: store.Args{"name": m.Name}})
	switch {
	case store.CodeOf(err) == "db.changed":
		m.Stale = true
		return s.pageStatus(w, r, http.StatusConflict, mapping.Table(s.ctx(w, r), *m))
	case err != nil:
		return err
	}
	return s.done(w, r, "tables.removed", store.Args{"name": m.Name}, b.Href("lookup-tables"))
}
