package registrydb

import (
	"context"
	"database/sql"
	"strings"

	"samband/store"
	"samband/store/internal/pg"
)

// CopyTo copies a registry in a file to a server, where it must not be yet, and tells of each table. Nothing of it is
// there when it fails.
func (d *DB) CopyTo(ctx context.Context, o Options) (moved []store.MovedTable, err error) {
	to, err := openPostgres(ctx, o)
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "registry.open", nil)
	}
	defer to.Close()
	err = d.write(ctx, func(from *sql.Tx) error {
		conn, err := pg.Begin(ctx, to.db, to.engine.(*server).lock(), "samband move")
		if err != nil {
			return err
		}
		if moved, err = to.take(ctx, o.Registry, from, conn); err != nil {
			pg.Discard(conn)
			return err
		}
		_, err = pg.Commit(conn)
		return err
	})
	return moved, err
}

// take copies every table that from has.
func (d *DB) take(ctx context.Context, registry string, from *sql.Tx, conn *sql.Conn) (moved []store.MovedTable, err error) {
	tables, err := pg.Tables(ctx, from)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if strings.HasPrefix(t, "data_") || strings.HasPrefix(t, "history_") {
			if err := d.like(ctx, t, from, conn); err != nil {
				return nil, err
			}
		}
		m, err := pg.Copy(ctx, from, conn, registry, t, d.engine.name(t))
		if err != nil {
			return nil, err
		}
		moved = append(moved, m)
	}
	return moved, nil
}

// like makes a codebook's table as the file has it, also the columns that no codebook has any more.
func (d *DB) like(ctx context.Context, table string, from *sql.Tx, conn *sql.Conn) error {
	rows, err := from.QueryContext(ctx, "SELECT name, type, pk FROM pragma_table_info("+quoted(table)+") ORDER BY cid")
	if err != nil {
		return err
	}
	defer rows.Close()
	kinds := map[string]store.ValueKind{"INTEGER": store.Integer, "REAL": store.Decimal, "TEXT": store.Text}
	var columns []string
	keys := map[int]string{}
	for rows.Next() {
		var name, typ string
		var pk int
		if err := rows.Scan(&name, &typ, &pk); err != nil {
			return err
		}
		columns = append(columns, quoted(name)+" "+d.engine.typeOf(kinds[typ]))
		if pk > 0 {
			keys[pk] = quoted(name)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(columns) > d.engine.widest() {
		return store.E(store.Refused, "registry.too_wide", store.Args{"codebook": table, "max": d.engine.widest() - 4})
	}
	var key []string
	for i := range len(keys) {
		key = append(key, keys[i+1])
	}
	_, err = conn.ExecContext(ctx, "CREATE TABLE "+quoted(d.engine.name(table))+"("+strings.Join(columns, ",")+", PRIMARY KEY("+
		strings.Join(key, ",")+"))")
	return err
}
