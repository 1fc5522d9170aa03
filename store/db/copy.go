package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"samband/store"
	"samband/store/internal/pg"
)

// Copy is a server that an embedded installation is being moved to. Until Finish it is marked as incomplete, and nothing
// opens it.
type Copy struct {
	to    *DB
	url   string
	vault *sql.DB // the database that the vault has to itself; nil when it has none
}

// mark is the table that marks a server as incomplete. Its row names the move, so that what stands in the vault's own
// database is known to be of the same: another installation may have its vault there.
const mark = "samband_move"

// ours finds what an installation keeps in a database: schemas of registries and of the vault, and the portal's tables.
const (
	ourSchemas = `SELECT nspname FROM pg_namespace WHERE nspname LIKE 'registry\_%' OR nspname='vault' ORDER BY nspname`
	ourVault   = `SELECT nspname FROM pg_namespace WHERE nspname='vault'`
	ourTables  = `SELECT tablename FROM pg_tables WHERE schemaname=current_schema() AND tablename<>'` + mark + `' ORDER BY tablename`
)

// BeginCopy takes the empty database at url, and the one at vaultURL when that is another, for a move. What a move that was
// cut off left there is taken away. A database that holds anything else is refused, "dbmove.not_empty".
func BeginCopy(ctx context.Context, url, vaultURL string, o Options) (*Copy, error) {
	c := &Copy{to: &DB{clock: o.Clock, ids: o.IDs}, url: url}
	err := c.to.openPostgres(url, usualConns)
	if err == nil {
		err = c.begin(ctx, url, vaultURL)
	}
	if err != nil {
		c.Close()
		return nil, openError(err)
	}
	return c, nil
}

func (c *Copy) begin(ctx context.Context, url, vaultURL string) error {
	marked, name, err := moveOf(ctx, c.to.write)
	if err != nil {
		return err
	}
	left, err := dropsOf(ctx, c.to.write, ourSchemas, ourTables)
	if err != nil {
		return err
	}
	if vaultURL != url {
		if c.vault, err = sql.Open("pgx", vaultURL); err != nil {
			return err
		}
		begun, itsName, err := moveOf(ctx, c.vault)
		if err != nil {
			return err
		}
		its, err := dropsOf(ctx, c.vault, ourVault) // which may hold what it likes beside the vault
		switch {
		case err != nil:
			return err
		case len(its) > 0 && !(marked && begun && name == itsName && name != ""):
			return store.E(store.Refused, "dbmove.not_empty", nil)
		}
		if err := run(ctx, c.vault, its); err != nil {
			return err
		}
	}
	if len(left) > 0 && !marked {
		return store.E(store.Refused, "dbmove.not_empty", nil)
	}
	if err := run(ctx, c.to.write, left); err != nil {
		return err
	}
	name = c.to.ids.New()
	for _, place := range []*sql.DB{c.to.write, c.vault} {
		if place == nil {
			continue
		}
		if err := run(ctx, place, []string{"CREATE TABLE IF NOT EXISTS " + mark + " (since TEXT)", "DELETE FROM " + mark}); err != nil {
			return err
		}
		if _, err := place.ExecContext(ctx, "INSERT INTO "+mark+" (since) VALUES ($1)", name); err != nil {
			return err
		}
	}
	return nil
}

// dropsOf gives the statements that take away what the queries find: schemas but for ourTables.
func dropsOf(ctx context.Context, place *sql.DB, queries ...string) (drops []string, err error) {
	for _, q := range queries {
		names, err := textsOf(ctx, place, q)
		if err != nil {
			return nil, err
		}
		what := "DROP SCHEMA IF EXISTS "
		if q == ourTables {
			what = "DROP TABLE IF EXISTS "
		}
		for _, n := range names {
			drops = append(drops, what+pg.Quoted(n)+" CASCADE")
		}
	}
	return drops, nil
}

func run(ctx context.Context, place *sql.DB, statements []string) error {
	for _, s := range statements {
		if _, err := place.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// moveOf tells whether a database is marked, and by which move.
func moveOf(ctx context.Context, place *sql.DB) (marked bool, name string, err error) {
	if marked, err = incomplete(ctx, place); err != nil || !marked {
		return marked, "", err
	}
	names, err := textsOf(ctx, place, `SELECT since FROM `+mark)
	if err == nil && len(names) > 0 {
		name = names[0]
	}
	return marked, name, err
}

func incomplete(ctx context.Context, db *sql.DB) (marked bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT to_regclass($1) IS NOT NULL`, mark).Scan(&marked)
	return marked, err
}

// whole refuses a server that is marked.
func (d *DB) whole(ctx context.Context) error {
	marked, err := incomplete(ctx, d.write)
	if err == nil && marked {
		err = store.E(store.Refused, "dbmove.incomplete", nil)
	}
	return err
}

type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func textsOf(ctx context.Context, q queryer, query string) (list []string, err error) {
	rows, err := q.QueryContext(ctx, query)
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

// Portal copies every table of a portal in a file, as it is at one moment, and tells of each. That the log is the same
// shows in the root of its tree, which it gives.
func (c *Copy) Portal(ctx context.Context, from *DB) (moved []store.MovedTable, root string, err error) {
	if err := c.to.migrate(ctx, Options{URL: c.url}); err != nil {
		return nil, "", openError(err)
	}
	err = from.view(ctx, func(t *tx) error {
		conn, err := pg.Begin(ctx, c.to.write, "move", "samband move")
		if err != nil {
			return err
		}
		if moved, err = copyPortal(ctx, t, conn); err != nil {
			pg.Discard(conn)
			return err
		}
		_, err = pg.Commit(conn)
		return err
	})
	if err != nil {
		return nil, "", fail(err)
	}
	was, err := from.Tree(ctx)
	if err != nil {
		return nil, "", err
	}
	is, err := c.to.Tree(ctx)
	if err != nil {
		return nil, "", err
	}
	if was != is {
		return nil, "", store.E(store.Internal, "dbmove.differs", store.Args{"table": "portal.audit_entry"})
	}
	return moved, is.Root.String(), nil
}

// copyPortal copies the tables with what guards them set aside: rows come table by table, so that what they refer to may
// come later, and the log's guards let nobody write but at its end. References are checked again, all at once.
func copyPortal(ctx context.Context, from *tx, conn *sql.Conn) (moved []store.MovedTable, err error) {
	tables, err := pg.Tables(ctx, from)
	if err != nil {
		return nil, err
	}
	tables = slices.DeleteFunc(tables, func(t string) bool { return t == "goose_db_version" })
	run := func(statements []string) error {
		for _, s := range statements {
			if _, err := conn.ExecContext(ctx, s); err != nil {
				return err
			}
		}
		return nil
	}
	references, err := textsOf(ctx, conn, `SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
		pg_get_constraintdef(oid)) FROM pg_constraint WHERE contype='f' AND connamespace=current_schema()::regnamespace ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	without, err := textsOf(ctx, conn, `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
		FROM pg_constraint WHERE contype='f' AND connamespace=current_schema()::regnamespace`)
	if err != nil {
		return nil, err
	}
	if err := run(without); err != nil {
		return nil, err
	}
	for _, t := range tables {
		name := pg.Quoted(t)
		if err := run([]string{"ALTER TABLE " + name + " DISABLE TRIGGER USER", "TRUNCATE " + name}); err != nil {
			return nil, err
		}
		m, err := pg.Copy(ctx, from, conn, "portal", t, t)
		if err != nil {
			return nil, err
		}
		moved = append(moved, m)
		if err := run([]string{"ALTER TABLE " + name + " ENABLE TRIGGER USER"}); err != nil {
			return nil, err
		}
	}
	return moved, run(references)
}

// Finish says in the log that the installation was moved, and takes the mark away: from now on the server is the truth.
// One that stays in the vault's own database, because its server has gone away, names a move that nobody goes on with.
func (c *Copy) Finish(ctx context.Context, e store.AuditEntry, by store.Actor) error {
	err := c.to.update(ctx, func(t *tx) error {
		if err := t.exec(`DROP TABLE ` + mark); err != nil {
			return err
		}
		return t.audit(by, e)
	})
	if err == nil && c.vault != nil {
		c.vault.ExecContext(ctx, "DROP TABLE IF EXISTS "+mark)
	}
	return err
}

// Close lets go of the server.
func (c *Copy) Close() error {
	err := c.to.Close()
	if c.vault != nil {
		err = errors.Join(err, c.vault.Close())
	}
	return err
}
