package registrydb

import (
	"bufio"
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"iter"
	"strings"

	"samband/store"
)

// Dump writes what the registry holds by a codebook as CSV: `;`, a header, UTF-8 without BOM, null empty, decimal
// point, sorted by key, streaming. The columns are the key, the pseudonym and the other variables in the codebook's
// order. It gives the number of rows.
func (d *DB) Dump(ctx context.Context, w io.Writer, c *store.Codebook) (n int64, err error) {
	l := NewLayout(c)
	cols := l.Columns[:l.Hash()]
	out := bufio.NewWriterSize(w, 1<<16)
	var names []string
	for i, col := range cols {
		if i > 0 {
			out.WriteByte(';')
		}
		writeField(out, col.Name)
		names = append(names, quoted(col.Name))
	}
	out.WriteByte('\n')
	have, err := d.engine.columns(ctx, d.db, d.data(c.ID))
	if err != nil {
		return 0, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	if len(have) > 0 {
		for i, col := range cols {
			if _, ok := have[col.Name]; !ok { // nothing was loaded by this version yet
				names[i] = "NULL"
			}
		}
		if n, err = d.dumpRows(ctx, out, "SELECT "+strings.Join(names, ",")+" FROM "+d.data(c.ID)+" ORDER BY "+l.keyNames(""),
			cols); err != nil {
			return n, err
		}
	}
	return n, store.Wrap(out.Flush(), store.Unavailable, "dump.write", nil)
}

func (d *DB) dumpRows(ctx context.Context, out *bufio.Writer, query string, cols []Column) (n int64, err error) {
	rows, err := d.db.QueryContext(ctx, query)
	if err != nil {
		return 0, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	defer rows.Close()
	cells, to := make([]any, len(cols)), make([]any, len(cols))
	for i := range to {
		to[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return n, store.Wrap(err, store.Unavailable, "registry.read", nil)
		}
		for i, col := range cols {
			if i > 0 {
				out.WriteByte(';')
			}
			writeField(out, value(driver.Value(cells[i]), col.Kind).Text())
		}
		if err := out.WriteByte('\n'); err != nil {
			return n, store.Wrap(err, store.Unavailable, "dump.write", nil)
		}
		n++
	}
	return n, store.Wrap(rows.Err(), store.Unavailable, "registry.read", nil)
}

func writeField(w *bufio.Writer, s string) {
	if !strings.ContainsAny(s, ";\"\n\r") {
		w.WriteString(s)
		return
	}
	w.WriteByte('"')
	w.WriteString(strings.ReplaceAll(s, `"`, `""`))
	w.WriteByte('"')
}

// Pseudonyms gives each pseudonym that has rows by any of the codebooks, in order, once. It ends with the first error.
func (d *DB) Pseudonyms(ctx context.Context, codebooks []string) iter.Seq2[store.Pseudonym, error] {
	return func(yield func(store.Pseudonym, error) bool) {
		if err := d.pseudonyms(ctx, codebooks, func(p store.Pseudonym) bool { return yield(p, nil) }); err != nil {
			yield(store.Pseudonym{}, store.Wrap(err, store.Unavailable, "registry.read", nil))
		}
	}
}

func (d *DB) pseudonyms(ctx context.Context, codebooks []string, yield func(store.Pseudonym) bool) error {
	var parts []string
	for _, c := range codebooks {
		have, err := d.engine.columns(ctx, d.db, d.data(c))
		if err != nil {
			return err
		}
		if len(have) > 0 {
			parts = append(parts, "SELECT pseudonym FROM "+d.data(c))
		}
	}
	if parts == nil {
		return nil
	}
	rows, err := d.db.QueryContext(ctx, "SELECT DISTINCT pseudonym FROM ("+strings.Join(parts, " UNION ALL ")+") AS p ORDER BY 1")
	if err != nil {
		return err
	}
	defer rows.Close()
	var text string
	for rows.Next() {
		if err := rows.Scan(&text); err != nil {
			return err
		}
		p, ok := store.ParsePseudonym(text)
		if !ok {
			return errors.New("registrydb: a row has no pseudonym")
		}
		if !yield(p) {
			return nil
		}
	}
	return rows.Err()
}
