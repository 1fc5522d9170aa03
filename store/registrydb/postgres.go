package registrydb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"os"
	"time"

	"samband/store"
	"samband/store/internal/pg"
	"samband/store/internal/spill"
)

// server is a registry in a schema of its own on a server. Loads and other writers of a registry take turns through a
// lock of the server, whichever process they are in.
type server struct {
	db     *sql.DB
	schema string
	temp   string
}

func openPostgres(ctx context.Context, o Options) (*DB, error) {
	if !store.ValidSlug(o.Registry) {
		return nil, store.E(store.Invalid, "slug", store.Args{"value": o.Registry})
	}
	e := &server{schema: pg.Name("registry_" + o.Registry), temp: o.Temp}
	if e.temp == "" {
		e.temp = os.TempDir()
	}
	var err error
	if e.db, err = pg.Open(o.URL, e.schema, o.Limit); err != nil {
		return nil, err
	}
	if err := pg.Make(ctx, e.db, e.schema, tables); err != nil {
		e.db.Close()
		return nil, err
	}
	return &DB{db: e.db, clock: o.Clock, engine: e}, nil
}

func (e *server) name(s string) string       { return pg.Name(s) }
func (e *server) tail() string               { return "" }
func (e *server) widest() int                { return 1600 }
func (e *server) spools() string             { return e.temp }
func (e *server) checkpoint(context.Context) {} // the server's own affair

func (e *server) typeOf(k store.ValueKind) string {
	switch sqlType(k) {
	case "INTEGER":
		return "BIGINT"
	case "REAL":
		return "DOUBLE PRECISION"
	}
	return `TEXT COLLATE "C"` // ordered by bytes
}

func (e *server) columns(ctx context.Context, q querier, table string) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT a.attname, CASE a.atttypid WHEN 'bigint'::regtype THEN 'INTEGER'
			WHEN 'double precision'::regtype THEN 'REAL' WHEN 'text'::regtype THEN 'TEXT' ELSE format_type(a.atttypid, NULL) END,
			coalesce(array_position(i.indkey::int2[], a.attnum)+1, 0)
		FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid=a.attrelid AND i.indisprimary
		WHERE a.attrelid=to_regclass($1) AND a.attnum>0 AND NOT a.attisdropped`, table)
	if err != nil {
		return nil, err
	}
	return scanColumns(rows)
}

func (e *server) lock() string { return "load " + e.schema }

func (e *server) write(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := pg.Lock(ctx, tx, e.lock()); err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (e *server) fence(ctx context.Context, runID string, token int) error {
	return pg.Fence(ctx, e.db, runID, token)
}

func (e *server) begin(ctx context.Context, t *Tx) (load, error) {
	conn, err := pg.Begin(ctx, e.db, e.lock(), pg.Session(t.runID, t.token))
	if err != nil {
		return nil, err
	}
	l := &serverLoad{Conn: conn, e: e, t: t, losers: spill.File{Dir: e.temp}}
	if _, err := conn.ExecContext(ctx, "SAVEPOINT begun"); err != nil {
		l.rollback()
		return nil, err
	}
	return l, nil
}

func (s *serverLoad) again(ctx context.Context) error {
	_, err := s.ExecContext(ctx, "ROLLBACK TO SAVEPOINT begun")
	return err
}

// lookFor is how long a server that went away in the middle of a commit is asked what became of it.
const lookFor = 30 * time.Second

func (s *serverLoad) commit(ctx context.Context) error {
	conn := s.Conn
	s.Conn = nil
	known, err := pg.Commit(conn)
	s.rollback()
	if known {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookFor)
	defer cancel()
	for {
		there, err2 := s.committed(ctx)
		switch {
		case err2 == nil && there:
			return nil
		case err2 == nil:
			return err
		case ctx.Err() != nil:
			return store.Wrap(errors.Join(err, err2), store.Unavailable, "registry.commit_unknown", store.Args{"run": s.t.runNo})
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

// committed looks whether the load took place. The turn comes when the session that was cut off has ended.
func (s *serverLoad) committed(ctx context.Context) (there bool, err error) {
	conn, err := pg.Begin(ctx, s.e.db, s.e.lock(), "samband")
	if err != nil {
		return false, err
	}
	defer pg.Discard(conn)
	err = conn.QueryRowContext(ctx, `SELECT EXISTS(SELECT 1 FROM load WHERE run_no=$1 AND record=$2)`, s.t.runNo,
		s.t.record).Scan(&there)
	return there, err
}

func (s *serverLoad) rollback() {
	if s.Conn != nil {
		pg.Discard(s.Conn)
		s.Conn = nil
	}
	s.losers.Close()
}

func (s *serverLoad) insert(ctx context.Context, table string, columns []string,
	each func(func(...driver.Value) error) error) error {
	c := pg.NewCopier(s.Conn, columns, table)
	if err := each(func(row ...driver.Value) error {
		to, err := c.Next(ctx)
		for i, v := range row {
			if b, ok := v.([]byte); ok {
				v = append([]byte(nil), b...) // the caller uses it again
			}
			to[i] = v
		}
		return err
	}); err != nil {
		return err
	}
	return c.Flush(ctx)
}
