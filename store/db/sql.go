package db

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"samband/store"
)

// row is what *sql.Row and *sql.Rows have in common.
type row interface{ Scan(dest ...any) error }

// exec runs a statement.
func (t *tx) exec(query string, args ...any) error {
	_, err := t.ExecContext(t.ctx, query, args...)
	return err
}

// affect runs a statement and gives the number of rows it touched.
func (t *tx) affect(query string, args ...any) (int64, error) {
	r, err := t.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// write runs a statement that inserts or updates. What it refers to must be there, else "db.reference".
func (t *tx) write(query string, args ...any) error {
	n, err := t.affect(query, args...)
	switch {
	case store.CodeOf(fail(err)) == "db.in_use":
		return &store.Error{Class: store.Invalid, Code: "db.reference", Err: err}
	case err != nil:
		return err
	case n == 0: // the version in its WHERE is not the stored one any more
		return changed()
	}
	return nil
}

// one reads one row; missing is the code when there is none.
func one[T any](t *tx, missing store.Code, scan func(row) (T, error), query string, args ...any) (*T, error) {
	v, err := scan(t.QueryRowContext(t.ctx, query, args...))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, notFound(missing)
	case err != nil:
		return nil, err
	}
	return &v, nil
}

// all reads every row.
func all[T any](t *tx, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := t.QueryContext(t.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// value reads one column of one row.
func value[T any](t *tx, query string, args ...any) (v T, err error) {
	err = t.QueryRowContext(t.ctx, query, args...).Scan(&v)
	return v, err
}

// found tells apart "there is none" from failure: nil and no error for the first.
func found[T any](v *T, err error) (*T, error) {
	if store.ClassOf(err) == store.NotFound {
		return nil, nil
	}
	return v, err
}

// byID sorts by a text in byte order. The database doesn't sort texts, for its order depends on how it was set up.
func byID[T any](list []T, id func(*T) string) []T {
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(id(&a), id(&b)) })
	return list
}

// micros is a time as it is stored: microseconds since 1970, 0 for none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment reads a stored time into *t.
type moment struct{ t *time.Time }

// Scan implements sql.Scanner.
func (m moment) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("a time is stored as %T", src)
	}
	*m.t = fromMicros(n)
	return nil
}

func fromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// encode gives v as it is stored in a JSON column.
func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain data of ours always marshal; numbers are checked to be finite when they come in
	}
	return string(b)
}

// decode reads a JSON column into v.
type decode struct{ v any }

// Scan implements sql.Scanner.
func (d decode) Scan(src any) error {
	switch s := src.(type) {
	case string:
		return json.Unmarshal([]byte(s), d.v)
	case []byte:
		return json.Unmarshal(s, d.v)
	}
	return fmt.Errorf("JSON is stored as %T", src)
}

// orNull is an empty reference as it is stored.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// list gives names as conditions take them.
func list[T ~string](names []T) []any {
	out := make([]any, len(names))
	for i, n := range names {
		out[i] = string(n)
	}
	return out
}

// where collects conditions and their arguments. Each question mark becomes the next placeholder.
type where struct {
	conds []string
	args  []any
}

func (w *where) and(cond string, args ...any) {
	var b strings.Builder
	for _, a := range args {
		before, after, _ := strings.Cut(cond, "?")
		w.args = append(w.args, a)
		b.WriteString(before + "$" + strconv.Itoa(len(w.args)))
		cond = after
	}
	w.conds = append(w.conds, b.String()+cond)
}

// in asks that column is one of the values; with none of them nothing is found.
func (w *where) in(column string, values []any) {
	if len(values) == 0 {
		w.and("FALSE")
		return
	}
	w.and(column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", values...)
}

// anyOf asks that column is one of the values, or begins with one that ends in a dot; with none of them nothing is asked.
func (w *where) anyOf(column string, values []string) {
	var conds []string
	var args []any
	for _, v := range values {
		if strings.HasSuffix(v, ".") {
			conds, args = append(conds, "substr("+column+", 1, ?) = ?"), append(args, len(v), v)
		} else {
			conds, args = append(conds, column+" = ?"), append(args, v)
		}
	}
	if len(conds) > 0 {
		w.and("("+strings.Join(conds, " OR ")+")", args...)
	}
}

// contains asks that column, which holds lower-case text, has text in it.
func (w *where) contains(column, text string) {
	w.and(column+` LIKE ? ESCAPE '\'`, like(text))
}

// like gives the pattern of what holds a text, for LIKE with ESCAPE '\' on a column in lower case.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + "%"
}

// String gives the WHERE clause, or nothing.
func (w *where) String() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// limit gives the number of rows to read: usual when n is not set.
func limit(n, usual int) int {
	if n <= 0 {
		return usual
	}
	return n
}

// last gives the placeholder of the last argument.
func (w *where) last() string { return "$" + strconv.Itoa(len(w.args)) }
