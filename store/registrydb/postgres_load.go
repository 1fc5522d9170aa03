package registrydb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/internal/pg"
	"samband/store/internal/spill"
)

// serverLoad settles by sets: the one row of each key that stands in the delivery goes to a temporary table with COPY, in
// order of the keys, and a handful of statements settle them all against what is held. What a row of the delivery that
// lost was, beyond its key and its hash, never leaves this process.
type serverLoad struct {
	*sql.Conn
	e *server
	t *Tx

	migration []string
	copier    *pg.Copier // nil before the first row
	losers    spill.File // canonical key, hash and number of the rows that lost within the delivery
	rows      int64      // put and lost
	text      []byte
}

func (s *serverLoad) bySets() bool { return true }

// ready keeps the statements until settle: those that widen a table keep readers out until the commit.
func (s *serverLoad) ready(_ context.Context, migration []string) error {
	s.migration = migration
	return nil
}

const (
	incoming = "pg_temp.incoming" // the winner of each key in the delivery; after settle the rows that were loaded
	losing   = "pg_temp.losing"
)

func (s *serverLoad) put(ctx context.Context, row []driver.NamedValue, _ store.Version) (bool, error) {
	l := s.t.layout
	if s.copier == nil {
		if err := s.temporary(ctx, incoming, l.Columns); err != nil {
			return false, err
		}
		names := make([]string, len(l.Columns))
		for i, c := range l.Columns {
			names[i] = c.Name
		}
		s.copier = pg.NewCopier(s.Conn, names, strings.Split(incoming, ".")...)
	}
	to, err := s.copier.Next(ctx)
	for i := range row {
		to[i] = row[i].Value
	}
	s.rows++
	return false, err
}

func (s *serverLoad) temporary(ctx context.Context, table string, columns []Column) error {
	var cols []string
	for _, c := range columns {
		cols = append(cols, quoted(c.Name)+" "+s.e.typeOf(c.Kind))
	}
	_, err := s.ExecContext(ctx, "CREATE TABLE "+table+"("+strings.Join(cols, ",")+") ON COMMIT DROP")
	return err
}

func (s *serverLoad) lost(key []driver.NamedValue, hash, n int64) error {
	b := s.text[:0]
	for i := range key {
		b = value(key[i].Value, s.t.layout.Columns[i].Kind).AppendCanonical(b)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(hash))
	s.text = binary.BigEndian.AppendUint64(b, uint64(n))
	s.rows += n
	return s.losers.Add(s.text)
}

// copyLosers writes what lost within the delivery, and settles nothing.
func (s *serverLoad) copyLosers(ctx context.Context) error {
	keys := s.t.layout.Columns[:s.t.layout.Keys]
	columns := append(append([]Column(nil), keys...), Column{hashColumn, -1, store.Integer}, Column{"_n", -1, store.Integer})
	if err := s.temporary(ctx, losing, columns); err != nil {
		return err
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	c := pg.NewCopier(s.Conn, names, strings.Split(losing, ".")...)
	if err := s.losers.Each(func(record []byte) error {
		to, err := c.Next(ctx)
		if err != nil {
			return err
		}
		rest := string(record)
		for i := range keys {
			v, after, ok := store.ReadCanonical(rest)
			if !ok {
				return errRecord
			}
			to[i], rest = DriverValue(v), after
		}
		to[len(keys)] = int64(binary.BigEndian.Uint64([]byte(rest)))
		to[len(keys)+1] = int64(binary.BigEndian.Uint64([]byte(rest[8:])))
		return nil
	}); err != nil {
		return err
	}
	return c.Flush(ctx)
}

// settle does for all keys at once what store.ResolveRow and store.Contested say of each: of the delivery's rows of a key
// the winner stands unless what is held is the same or stands before it; rows identical to what was held are unchanged,
// whether they won or lost in the delivery; all others have merged.
func (s *serverLoad) settle(ctx context.Context) error {
	for _, q := range s.migration {
		if _, err := s.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	if s.copier == nil {
		return nil
	}
	if err := s.copier.Flush(ctx); err != nil {
		return err
	}
	t, l := s.t, s.t.layout
	data, history, run := t.d.data(l.Codebook), t.d.history(l.Codebook), strconv.FormatInt(t.runNo, 10)
	same := l.sameKey("i.", "d.")
	if _, err := s.ExecContext(ctx, "ANALYZE "+incoming); err != nil {
		return err
	}
	var unchanged int64
	if s.losers.Len() > 0 {
		if err := s.copyLosers(ctx); err != nil {
			return err
		}
		if err := s.QueryRowContext(ctx, "SELECT coalesce(sum(i._n),0)::bigint FROM "+losing+" i JOIN "+data+" d ON "+same+
			" AND i._hash=d._hash").Scan(&unchanged); err != nil {
			return err
		}
	}
	behind, args := s.behind()
	affect := func(query string, args ...any) (int64, error) {
		r, err := s.ExecContext(ctx, query, args...)
		if err != nil {
			return 0, err
		}
		return r.RowsAffected()
	}
	n, err := affect("DELETE FROM " + incoming + " i USING " + data + " d WHERE " + same + " AND i._hash=d._hash")
	if err != nil {
		return err
	}
	unchanged += n
	if _, err := affect("DELETE FROM "+incoming+" i USING "+data+" d WHERE "+same+" AND ("+behind+")", args...); err != nil {
		return err
	}
	kept, err := affect("INSERT INTO " + history + `("_at",` + l.names("") + ") SELECT " + run + "," + l.names("d.") + " FROM " +
		data + " d JOIN " + incoming + " i ON " + same + " ORDER BY " + l.keyNames("d."))
	if err != nil {
		return err
	}
	if kept > 0 {
		if _, err := affect("DELETE FROM " + data + " d USING " + incoming + " i WHERE " + same); err != nil {
			return err
		}
	}
	loaded, err := affect("INSERT INTO " + data + "(" + l.names("") + ") SELECT " + l.names("") + " FROM " + incoming +
		" ORDER BY " + l.keyNames(""))
	if err != nil {
		return err
	}
	t.counts.Loaded += loaded
	t.changed += kept
	t.counts.Unchanged += unchanged
	t.counts.Merged += s.rows - loaded - unchanged
	return s.tell(ctx)
}

// behind gives the condition that the row i stands behind the row d by what the mapping says, hashes apart, see
// store.Version.
func (s *serverLoad) behind() (condition string, args []any) {
	t := s.t
	condition = "FALSE"
	if t.latest >= 0 {
		name, than := quoted(t.layout.Columns[t.latest].Name), "<"
		if t.least {
			than = ">"
		}
		condition = "d." + name + " IS NOT NULL AND (i." + name + " IS NULL OR i." + name + than + "d." + name + ")"
	}
	if t.source >= 0 {
		rank := func(table string) string {
			q := "CASE " + table + quoted(t.layout.Columns[t.source].Name) + "::text"
			for i := range t.order.Order {
				q += " WHEN $" + strconv.Itoa(i+1) + " THEN " + strconv.Itoa(i)
			}
			return q + " ELSE " + strconv.Itoa(len(t.order.Order)) + " END"
		}
		for _, o := range t.order.Order {
			args = append(args, o)
		}
		condition = rank("i.") + ">" + rank("d.") + " OR " + rank("i.") + "=" + rank("d.") + " AND (" + condition + ")"
	}
	return condition, args
}

// tell tells the watched values of the rows that were loaded.
func (s *serverLoad) tell(ctx context.Context) error {
	t := s.t
	if t.Stands == nil || len(t.watch) == 0 {
		return nil
	}
	names := make([]string, len(t.watch))
	cells, to := make([]any, len(t.watch)), make([]any, len(t.watch)+1)
	for i, w := range t.watch {
		names[i], to[i] = quoted(t.layout.Columns[w].Name), &cells[i]
	}
	var n int64
	to[len(t.watch)] = &n
	list := strings.Join(names, ",")
	rows, err := s.QueryContext(ctx, "SELECT "+list+", count(*) FROM "+incoming+" GROUP BY "+list)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return err
		}
		for i, w := range t.watch {
			t.values[i] = value(cells[i], t.layout.Columns[w].Kind)
		}
		for range n {
			t.Stands(t.values)
		}
	}
	return rows.Err()
}
