package registrydb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"slices"
	"strconv"
	"strings"

	"samband/store"
)

// Layout says how a codebook's rows lie in its table: the key first, then the pseudonym, then the other variables in
// the codebook's order, then two columns of ours.
type Layout struct {
	Codebook string
	Columns  []Column
	Keys     int // the first so many columns are the key
}

// Column is one column. Slot is the variable's place in the codebook, -1 for a column of ours.
type Column struct {
	Name string
	Slot int
	Kind store.ValueKind
}

const (
	pseudonymColumn = "pseudonym"
	hashColumn      = "_hash" // 64 bits of a hash over the content and the person
	runColumn       = "_run"  // number of the run that put it there
)

// NewLayout lays a codebook out.
func NewLayout(c *store.Codebook) *Layout {
	l := &Layout{Codebook: c.ID, Keys: len(c.Key)}
	add := func(i int) {
		v := &c.Variables[i]
		l.Columns = append(l.Columns, Column{v.Name, i, v.Type.Kind()})
	}
	for _, k := range c.Key {
		add(slices.IndexFunc(c.Variables, func(v store.Variable) bool { return v.Name == k }))
	}
	l.Columns = append(l.Columns, Column{pseudonymColumn, -1, store.Text})
	for i := range c.Variables {
		if !slices.Contains(c.Key, c.Variables[i].Name) {
			add(i)
		}
	}
	l.Columns = append(l.Columns, Column{hashColumn, -1, store.Integer}, Column{runColumn, -1, store.Integer})
	return l
}

// Width is the number of arguments of a row.
func (l *Layout) Width() int { return len(l.Columns) }

// Pseudonym, Hash and Run are the places of our own columns.
func (l *Layout) Pseudonym() int { return l.Keys }
func (l *Layout) Hash() int      { return len(l.Columns) - 2 }
func (l *Layout) Run() int       { return len(l.Columns) - 1 }

// column gives the place of a variable; -1 when there is none.
func (l *Layout) column(name string) int {
	return slices.IndexFunc(l.Columns, func(c Column) bool { return c.Name == name })
}

// NewRow gives a row of arguments with their ordinals set.
func (l *Layout) NewRow() []driver.NamedValue {
	row := make([]driver.NamedValue, l.Width())
	for i := range row {
		row[i].Ordinal = i + 1
	}
	return row
}

// DriverValue gives a value as the database keeps it.
func DriverValue(v store.Value) driver.Value {
	switch v.Kind() {
	case store.Null:
		return nil
	case store.Integer, store.Boolean:
		return v.Int()
	case store.Decimal:
		return v.Float()
	}
	return v.Text()
}

// value undoes DriverValue for a column of kind.
func value(x driver.Value, kind store.ValueKind) store.Value {
	switch x := x.(type) {
	case int64:
		switch kind {
		case store.Boolean:
			return store.BoolValue(x != 0)
		case store.Decimal:
			return store.DecimalValue(float64(x))
		}
		return store.IntValue(x)
	case float64:
		return store.DecimalValue(x)
	case string:
		switch kind {
		case store.Day:
			return store.DayValue(x)
		case store.DateTime:
			return store.DateTimeValue(x)
		}
		return store.TextValue(x)
	}
	return store.Value{}
}

// quoted makes an identifier of a name. Names come from validated codebooks only; quoting keeps words of SQL apart.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func dataTable(codebook string) string    { return quoted("data_" + codebook) }
func historyTable(codebook string) string { return quoted("history_" + codebook) }

// names lists the columns, quoted, with a prefix before each.
func (l *Layout) names(prefix string) string {
	var s []string
	for _, c := range l.Columns {
		s = append(s, prefix+quoted(c.Name))
	}
	return strings.Join(s, ",")
}

func (l *Layout) keyNames() string {
	var s []string
	for _, c := range l.Columns[:l.Keys] {
		s = append(s, quoted(c.Name))
	}
	return strings.Join(s, ",")
}

// whereKey compares the key with parameters, in order.
func (l *Layout) whereKey() string {
	var s []string
	for _, c := range l.Columns[:l.Keys] {
		s = append(s, quoted(c.Name)+"=?")
	}
	return strings.Join(s, " AND ")
}

func sqlType(k store.ValueKind) string {
	switch k {
	case store.Integer, store.Boolean:
		return "INTEGER"
	case store.Decimal:
		return "REAL"
	}
	return "TEXT"
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// columns gives the columns of a table with their types, and which of them make the key; none when there is no table.
func columns(ctx context.Context, q querier, table string) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT name, type, pk FROM pragma_table_info("+table+")")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	m := map[string]string{}
	for rows.Next() {
		var name, typ string
		var pk int
		if err := rows.Scan(&name, &typ, &pk); err != nil {
			return nil, err
		}
		if pk > 0 {
			typ += "/" + strconv.Itoa(pk)
		}
		m[name] = typ
	}
	return m, rows.Err()
}

// migrate makes the codebook's tables, or adds the columns that a new version brings. A variable that is dropped keeps
// its column. Another key or another type can't be had in place and is refused.
func (l *Layout) migrate(ctx context.Context, q querier) error {
	have, err := columns(ctx, q, dataTable(l.Codebook))
	if err != nil {
		return err
	}
	if len(have) == 0 {
		var cols []string
		for _, c := range l.Columns {
			cols = append(cols, quoted(c.Name)+" "+sqlType(c.Kind))
		}
		body := strings.Join(cols, ", ")
		if _, err := q.ExecContext(ctx, "CREATE TABLE "+dataTable(l.Codebook)+"("+body+", PRIMARY KEY("+l.keyNames()+
			")) WITHOUT ROWID"); err != nil {
			return err
		}
		// The image of each key as it was before the first change a run made to it.
		_, err := q.ExecContext(ctx, "CREATE TABLE "+historyTable(l.Codebook)+`("_at" INTEGER, `+body+
			`, PRIMARY KEY("_at",`+l.keyNames()+")) WITHOUT ROWID")
		return err
	}
	keys := 0
	for _, typ := range have {
		if strings.Contains(typ, "/") {
			keys++
		}
	}
	for i, c := range l.Columns {
		want := sqlType(c.Kind)
		if i < l.Keys {
			want += "/" + strconv.Itoa(i+1)
		}
		switch typ, ok := have[c.Name]; {
		case i < l.Keys && typ != want || keys != l.Keys:
			return store.E(store.Refused, "registry.key_changed", store.Args{"codebook": l.Codebook})
		case ok && typ != want:
			return store.E(store.Refused, "registry.type_changed", store.Args{"codebook": l.Codebook, "variable": c.Name})
		case !ok:
			for _, t := range []string{dataTable(l.Codebook), historyTable(l.Codebook)} {
				if _, err := q.ExecContext(ctx, "ALTER TABLE "+t+" ADD COLUMN "+quoted(c.Name)+" "+want); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
