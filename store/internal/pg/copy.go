package pg

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strings"

	"samband/store"
)

// Reader is a snapshot of a SQLite file.
type Reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Tables gives the tables of a file.
func Tables(ctx context.Context, from Reader) ([]string, error) {
	return texts(ctx, from, `SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`)
}

func texts(ctx context.Context, from Reader, query string, args ...any) (list []string, err error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// Copy copies the rows of a table of a file into the empty table of a server that has the same columns, in the order the
// file gives them (that of the key, where a table has no row ids), and reads them back: what it gives was the same on both
// sides. The table is in the schema that conn sees; place says in the result where it is.
func Copy(ctx context.Context, from Reader, conn *sql.Conn, place, source, target string) (m store.MovedTable, err error) {
	names, types, err := columnsOf(ctx, conn, target)
	if err != nil {
		return m, err
	}
	have, err := texts(ctx, from, "SELECT name FROM pragma_table_info("+Quoted(source)+")")
	if err != nil {
		return m, err
	}
	if len(have) != len(names) {
		return m, fmt.Errorf("pg: %s.%s has %d columns and not %d", place, source, len(names), len(have))
	}
	var quoted []string
	for _, n := range names {
		quoted = append(quoted, Quoted(n))
	}
	list := strings.Join(quoted, ",")
	m = store.MovedTable{Place: place, Table: source}
	c := NewCopier(conn, names, target)
	sent, err := eachRow(ctx, from, "SELECT "+list+" FROM "+Quoted(source), types, func(row []any) error {
		to, err := c.Next(ctx)
		copy(to, row)
		m.Rows++
		return err
	})
	if err == nil {
		err = c.Flush(ctx)
	}
	if err != nil {
		return m, err
	}
	var n int64
	got, err := eachRow(ctx, conn, "SELECT "+list+" FROM "+Quoted(target), types, func([]any) error { n++; return nil })
	if err != nil {
		return m, err
	}
	if m.Hash = hex.EncodeToString(sent[:]); n != m.Rows || got != sent {
		return m, store.E(store.Internal, "dbmove.differs", store.Args{"table": place + "." + source})
	}
	return m, nil
}

func columnsOf(ctx context.Context, conn *sql.Conn, table string) (names, types []string, err error) {
	rows, err := conn.QueryContext(ctx, `SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
		WHERE attrelid=to_regclass($1) AND attnum>0 AND NOT attisdropped ORDER BY attnum`, Quoted(table))
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, typ string
		if err := rows.Scan(&name, &typ); err != nil {
			return nil, nil, err
		}
		names, types = append(names, name), append(types, typ)
	}
	return names, types, rows.Err()
}

// sum is over the rows of a table, in whatever order: each row's SHA-256, added up.
type sum [32]byte

func (s *sum) add(row [32]byte) {
	for i := 0; i < len(s); i += 8 {
		binary.BigEndian.PutUint64(s[i:], binary.BigEndian.Uint64(s[i:])+binary.BigEndian.Uint64(row[i:]))
	}
}

// eachRow reads rows with their values as the server's types are.
func eachRow(ctx context.Context, from Reader, query string, types []string, f func(row []any) error) (total sum, err error) {
	rows, err := from.QueryContext(ctx, query)
	if err != nil {
		return total, err
	}
	defer rows.Close()
	row, to := make([]any, len(types)), make([]any, len(types))
	for i := range to {
		to[i] = &row[i]
	}
	var text []byte
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return total, err
		}
		text = text[:0]
		for i, typ := range types {
			if row[i], err = fit(row[i], typ); err != nil {
				return total, err
			}
			text = canonical(text, row[i])
		}
		total.add(sha256.Sum256(text))
		if err := f(row); err != nil {
			return total, err
		}
	}
	return total, rows.Err()
}

// fit gives a value of a file, whose columns take any type, as the server's column takes it.
func fit(v any, typ string) (any, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case int64:
		switch typ {
		case "bigint", "integer":
			return x, nil
		case "boolean":
			return x != 0, nil
		case "double precision":
			return float64(x), nil
		}
	case float64:
		if typ == "double precision" {
			return x, nil
		}
	case bool:
		if typ == "boolean" {
			return x, nil
		}
	case string:
		switch typ {
		case "text":
			return x, nil
		case "bytea":
			return []byte(x), nil
		}
	case []byte:
		switch typ {
		case "bytea":
			return x, nil
		case "text":
			return string(x), nil
		}
	}
	return nil, fmt.Errorf("pg: a value of type %T stands in a column of type %s", v, typ)
}

// canonical appends the one form of a value that sums are made over.
func canonical(b []byte, v any) []byte {
	text := func(kind byte, s string) []byte {
		return append(binary.BigEndian.AppendUint64(append(b, kind), uint64(len(s))), s...)
	}
	switch x := v.(type) {
	case int64:
		return binary.BigEndian.AppendUint64(append(b, 'i'), uint64(x))
	case float64:
		return binary.BigEndian.AppendUint64(append(b, 'f'), math.Float64bits(x))
	case bool:
		if x {
			return append(b, 't')
		}
		return append(b, 'u')
	case string:
		return text('s', x)
	case []byte:
		return text('b', string(x))
	}
	return append(b, 'n')
}
