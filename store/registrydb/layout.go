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
	hashColumn = "_hash" // 64 bits of a hash over the content and the person
	runColumn  = "_run"  // number of the run that put it there
)

// PseudonymColumn is whose a row is: Snapshot.Each gives it like a variable.
const PseudonymColumn = "pseudonym"

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
	l.Columns = append(l.Columns, Column{PseudonymColumn, -1, store.Text})
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

// data and history give the names of a codebook's tables, quoted.
func (d *DB) data(codebook string) string    { return quoted(d.engine.name("data_" + codebook)) }
func (d *DB) history(codebook string) string { return quoted(d.engine.name("history_" + codebook)) }

// names lists the columns, quoted, with a prefix before each.
func (l *Layout) names(prefix string) string {
	var s []string
	for _, c := range l.Columns {
		s = append(s, prefix+quoted(c.Name))
	}
	return strings.Join(s, ",")
}

func (l *Layout) keyNames(prefix string) string {
	var s []string
	for _, c := range l.Columns[:l.Keys] {
		s = append(s, prefix+quoted(c.Name))
	}
	return strings.Join(s, ",")
}

// sameKey compares the keys of two tables.
func (l *Layout) sameKey(a, b string) string {
	var s []string
	for _, c := range l.Columns[:l.Keys] {
		s = append(s, a+quoted(c.Name)+"="+b+quoted(c.Name))
	}
	return strings.Join(s, " AND ")
}

// whereKey compares the key with parameters, in order.
func (l *Layout) whereKey() string {
	var s []string
	for _, c := range l.Columns[:l.Keys] {
		s = append(s, quoted(c.Name)+"=?")
	}
	return strings.Join(s, " AND ")
}

// sqlType names the type of a column as columns does.
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
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// numbered turns each question mark into the next placeholder. There is none in names and texts of ours.
func numbered(query string) string {
	var b strings.Builder
	for n := 1; ; n++ {
		before, after, more := strings.Cut(query, "?")
		b.WriteString(before)
		if !more {
			return b.String()
		}
		b.WriteString("$" + strconv.Itoa(n))
		query = after
	}
}

// migration gives the statements that make the codebook's tables, or add the columns that a new version brings. A variable
// that is dropped keeps its column. Another key or another type can't be had in place and is refused.
func (d *DB) migration(ctx context.Context, q querier, l *Layout) (statements []string, err error) {
	have, err := d.engine.columns(ctx, q, d.data(l.Codebook))
	if err != nil {
		return nil, err
	}
	if len(have) == 0 {
		if most := d.engine.widest(); len(l.Columns) >= most { // the history has one more
			return nil, store.E(store.Refused, "registry.too_wide", store.Args{"codebook": l.Codebook, "max": most - 4})
		}
		var cols []string
		for _, c := range l.Columns {
			cols = append(cols, quoted(c.Name)+" "+d.engine.typeOf(c.Kind))
		}
		body := strings.Join(cols, ", ")
		return []string{
			"CREATE TABLE " + d.data(l.Codebook) + "(" + body + ", PRIMARY KEY(" + l.keyNames("") + "))" + d.engine.tail(),
			// The image of each key as it was before the first change a run made to it.
			"CREATE TABLE " + d.history(l.Codebook) + `("_at" ` + d.engine.typeOf(store.Integer) + ", " + body +
				`, PRIMARY KEY("_at",` + l.keyNames("") + "))" + d.engine.tail(),
		}, nil
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
			return nil, store.E(store.Refused, "registry.key_changed", store.Args{"codebook": l.Codebook})
		case ok && typ != want:
			return nil, store.E(store.Refused, "registry.type_changed", store.Args{"codebook": l.Codebook, "variable": c.Name})
		case !ok:
			for _, t := range []string{d.data(l.Codebook), d.history(l.Codebook)} {
				statements = append(statements, "ALTER TABLE "+t+" ADD COLUMN "+quoted(c.Name)+" "+d.engine.typeOf(c.Kind))
			}
		}
	}
	return statements, nil
}
