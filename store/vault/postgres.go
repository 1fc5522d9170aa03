package vault

import (
	"bytes"
	"context"
	"database/sql"
	"errors"

	"samband/store"
	"samband/store/internal/pg"
)

// schemaName is where the vault lies on a server: apart from the portal and the registries, and in a database of its own
// where the operator says so.
const schemaName = "vault"

// server is a vault in a schema on a server. Loads into one registry take turns, whichever process they are in: the
// second sees the persons of the first, so nobody gets two pseudonyms there. Loads into different registries share no
// rows.
//
// A row's place would tell when a person first came, so what a load brings lies in a temporary table until the commit,
// and is written in order of the index, which says nothing to those without the key.
type server struct {
	db   *sql.DB
	temp string
}

func openServer(ctx context.Context, o Options) (*server, error) {
	db, err := pg.Open(o.URL, schemaName, o.Limit)
	if err != nil {
		return nil, err
	}
	err = pg.OwnSessions(ctx, db)
	if err == nil {
		err = pg.Make(ctx, db, schemaName, schemaOf(serverTables))
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return &server{db, o.Temp}, nil
}

func (e *server) checkpoint(context.Context) {} // the server's own affair

// worthReading knows that a question takes a way there and back.
func (e *server) worthReading(persons int64) int64 { return 100 + persons/128 }

func (e *server) fence(ctx context.Context, runID string, token int) error {
	return pg.Fence(ctx, e.db, runID, token)
}

func (e *server) begin(ctx context.Context, o *TxOptions) (session, int64, error) {
	s := &serverSession{e: e}
	var err error
	if s.registry, err = e.number(ctx, o.Registry); err != nil {
		return nil, 0, err
	}
	if s.Conn, err = pg.Begin(ctx, e.db, personsOf(o.Registry), pg.Session(o.RunID, o.Token)); err != nil {
		return nil, 0, err
	}
	if _, err = s.ExecContext(ctx, `CREATE TEMPORARY TABLE draft(idx BYTEA NOT NULL, pseudonym BYTEA NOT NULL,
		tag BIGINT NOT NULL, kv BIGINT NOT NULL, born BIGINT NOT NULL, sealed BYTEA NOT NULL,
		key_version BIGINT NOT NULL, key BYTEA) ON COMMIT DROP`); err != nil {
		s.rollback()
		return nil, 0, err
	}
	return s, s.registry, nil
}

// number gives the number of a registry, in a transaction of its own: loads into others need not wait for this one.
func (e *server) number(ctx context.Context, slug string) (id int64, err error) {
	if id, err = numberOf(ctx, e.db, slug); err != nil || id > 0 {
		return id, err
	}
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback() // does nothing after Commit
	if err = pg.Lock(ctx, tx, "vault registries"); err != nil {
		return 0, err
	}
	if _, err = tx.ExecContext(ctx, addRegistry, slug); err != nil {
		return 0, err
	}
	if id, err = numberOf(ctx, tx, slug); err != nil {
		return 0, err
	}
	return id, tx.Commit()
}

func (e *server) alone(ctx context.Context, registry string, add bool, f func(*sql.Tx, int64) error) (err error) {
	var number int64
	if add {
		number, err = e.number(ctx, registry)
	} else {
		number, err = numberOf(ctx, e.db, registry)
	}
	if err != nil {
		return err
	}
	return e.apart(ctx, func(tx *sql.Tx) error {
		if err := pg.Lock(ctx, tx, personsOf(registry)); err != nil {
			return err
		}
		return f(tx, number)
	})
}

func (e *server) apart(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (e *server) each(ctx context.Context, registry int64, only []store.Pseudonym, f func(*row) error) error {
	const persons = `SELECT pseudonym, p.idx, p.kv, sealed, coalesce(k.kv, 0), k.wrapped
		FROM person p LEFT JOIN personkey k ON k.registry=p.registry AND k.idx=p.idx WHERE p.registry=$1`
	var rows *sql.Rows
	var err error
	if only == nil {
		rows, err = e.db.QueryContext(ctx, persons+inOrder, registry)
	} else {
		rows, err = e.db.QueryContext(ctx, persons+someOf+inOrder, some(registry, only)...)
	}
	return eachRow(rows, err, f)
}

// personsOf is the lock that loads into a registry take turns at.
func personsOf(registry string) string { return "persons " + registry }

type serverSession struct {
	*sql.Conn
	e        *server
	registry int64
	drafted  bool // something lies in the table draft
}

func (s *serverSession) find(i *Index) (tag int64, p store.Pseudonym, found bool, err error) {
	var b []byte
	err = s.QueryRowContext(context.Background(), `SELECT tag, pseudonym FROM person WHERE registry=$1 AND idx=$2`,
		s.registry, i[:]).Scan(&tag, &b)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, p, false, nil
	}
	copy(p[:], b)
	return tag, p, err == nil, err
}

func (s *serverSession) get(i *Index) (r row, found bool, err error) {
	var b []byte
	err = s.QueryRowContext(context.Background(), `SELECT tag, pseudonym, p.kv, p.born, sealed, coalesce(k.kv, 0), k.wrapped
		FROM person p LEFT JOIN personkey k ON k.registry=p.registry AND k.idx=p.idx WHERE p.registry=$1 AND p.idx=$2`,
		s.registry, i[:]).Scan(&r.tag, &b, &r.kv, &r.born, &r.sealed, &r.keyVersion, &r.key)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	r.index = *i
	copy(r.pseudonym[:], b)
	return r, err == nil, err
}

func (s *serverSession) write(ctx context.Context, each func(func(*row) error) error) error {
	c := pg.NewCopier(s.Conn, []string{"idx", "pseudonym", "tag", "kv", "born", "sealed", "key_version", "key"}, "pg_temp", "draft")
	if err := each(func(r *row) error {
		to, err := c.Next(ctx)
		if err != nil {
			return err
		}
		to[0], to[1], to[2], to[3] = bytes.Clone(r.index[:]), bytes.Clone(r.pseudonym[:]), r.tag, int64(r.kv)
		to[4], to[5], to[6], to[7] = r.born, bytes.Clone(r.sealed), int64(r.keyVersion), nil
		if len(r.key) > 0 {
			to[7] = bytes.Clone(r.key)
		}
		s.drafted = true
		return nil
	}); err != nil {
		return err
	}
	return c.Flush(ctx)
}

func (s *serverSession) dir() string { return s.e.temp }

// commit writes what was drafted, in order of the index.
func (s *serverSession) commit() error {
	ctx := context.Background()
	if s.drafted {
		if _, err := s.ExecContext(ctx, `ANALYZE draft`); err != nil {
			return err
		}
		if _, err := s.ExecContext(ctx, `DELETE FROM person p USING draft d WHERE p.registry=$1 AND p.idx=d.idx`,
			s.registry); err != nil {
			return err
		}
		if _, err := s.ExecContext(ctx, `INSERT INTO person(registry, idx, pseudonym, tag, kv, born, sealed)
			SELECT $1, idx, pseudonym, tag, kv, born, sealed FROM draft ORDER BY idx`, s.registry); err != nil {
			return err
		}
		if _, err := s.ExecContext(ctx, `INSERT INTO personkey(registry, idx, kv, born, wrapped)
			SELECT $1, idx, key_version, born, key FROM draft WHERE key IS NOT NULL ORDER BY idx
			ON CONFLICT(registry, idx) DO UPDATE SET kv=excluded.kv, born=excluded.born, wrapped=excluded.wrapped`,
			s.registry); err != nil {
			return err
		}
	}
	c := s.Conn
	s.Conn = nil
	_, err := pg.Commit(c) // when the server did not say: persons without rows show nowhere
	return err
}

func (s *serverSession) rollback() {
	if s.Conn != nil {
		pg.Discard(s.Conn)
		s.Conn = nil
	}
}
