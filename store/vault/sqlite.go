package vault

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"samband/store"
	"samband/store/internal/lite"
)

// file is a vault in two files, or in memory. One transaction writes to each at a time; who needs both takes the turn of
// the persons first.
//
// A load commits the data keys before the persons: a key that no person came of is overwritten when they come, where a
// person without a key could not be read. A data key that is there never changes but in how it is wrapped.
type file struct {
	db, wraps *sql.DB
	dir       string // of the files, "" for memory
	turn      chan struct{}
	wrapTurn  chan struct{}
}

func newFile(ctx context.Context, db, wraps *sql.DB, dir string) (*file, error) {
	e := &file{db, wraps, dir, make(chan struct{}, 1), make(chan struct{}, 1)}
	if err := lite.Make(ctx, db, schemaOf(tables)); err != nil {
		return nil, err
	}
	var there bool
	err := db.QueryRowContext(ctx, `SELECT EXISTS(SELECT 1 FROM pragma_table_info('person') WHERE name='born')`).Scan(&there)
	if err == nil && !there {
		_, err = db.ExecContext(ctx, addBorn)
	}
	if err == nil {
		err = lite.Make(ctx, wraps, schemaOf(keyTables))
	}
	return e, err
}

func (e *file) checkpoint(ctx context.Context) {
	lite.Checkpoint(ctx, e.db)
	lite.Checkpoint(ctx, e.wraps)
}

func (e *file) worthReading(persons int64) int64 { return 1000 + persons/8 }

func take(ctx context.Context, turn chan struct{}) error {
	select {
	case turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *file) alone(ctx context.Context, registry string, add bool, f func(*sql.Tx, int64) error) error {
	return inTurn(ctx, e.turn, e.db, func(tx *sql.Tx) error {
		if add {
			if _, err := tx.ExecContext(ctx, addRegistry, registry); err != nil {
				return err
			}
		}
		number, err := numberOf(ctx, tx, registry)
		if err != nil {
			return err
		}
		return f(tx, number)
	})
}

func (e *file) apart(ctx context.Context, f func(*sql.Tx) error) error {
	return inTurn(ctx, e.wrapTurn, e.wraps, f)
}

func (e *file) each(ctx context.Context, registry int64, only []store.Pseudonym, f func(*row) error) error {
	conn, err := e.wraps.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	p := lite.Prepare(conn)
	key := p.Stmt(`SELECT kv, wrapped FROM personkey WHERE registry=? AND idx=?`, 2)
	defer key.Close()
	if p.Err != nil {
		return p.Err
	}
	var to [2]driver.Value
	const persons = `SELECT pseudonym, idx, kv, sealed FROM person p WHERE p.registry=$1`
	var rows *sql.Rows
	if only == nil {
		rows, err = e.db.QueryContext(ctx, persons+inOrder, registry)
	} else {
		rows, err = e.db.QueryContext(ctx, persons+someOf+inOrder, some(registry, only)...)
	}
	return eachRow(rows, err, func(r *row) error {
		found, err := key.Row(to[:], registry, r.index[:])
		if err != nil {
			return err
		}
		if found {
			r.keyVersion, r.key = int(to[0].(int64)), to[1].([]byte)
		}
		return f(r)
	})
}

func inTurn(ctx context.Context, turn chan struct{}, db *sql.DB, f func(*sql.Tx) error) error {
	if err := take(ctx, turn); err != nil {
		return err
	}
	defer func() { <-turn }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (e *file) fence(ctx context.Context, runID string, token int) error {
	return inTurn(ctx, e.turn, e.db, func(tx *sql.Tx) error { return lite.Fence(ctx, tx, runID, token) })
}

func (e *file) begin(ctx context.Context, o *TxOptions) (session, int64, error) {
	if err := take(ctx, e.turn); err != nil {
		return nil, 0, err
	}
	s := &fileSession{e: e}
	if err := s.begin(ctx, o.Registry); err != nil {
		s.rollback()
		return nil, 0, err
	}
	return s, s.registry, nil
}

type fileSession struct {
	*sql.Conn
	e        *file // nil when it has ended
	registry int64
	wraps    *sql.Conn // nil until something is written

	finding, getting, putting *lite.Stmt
	gettingKey, puttingKey    *lite.Stmt
	row                       [6]driver.Value
}

func (s *fileSession) begin(ctx context.Context, slug string) (err error) {
	if s.Conn, err = lite.Begin(ctx, s.e.db, "32768"); err != nil {
		return err
	}
	if _, err = s.ExecContext(ctx, addRegistry, slug); err != nil {
		return err
	}
	if s.registry, err = numberOf(ctx, s, slug); err != nil {
		return err
	}
	p := lite.Prepare(s.Conn)
	s.finding = p.Stmt(`SELECT tag, pseudonym FROM person WHERE registry=? AND idx=?`, 2)
	s.getting = p.Stmt(`SELECT tag, pseudonym, kv, born, sealed FROM person WHERE registry=? AND idx=?`, 2)
	s.putting = p.Stmt(`INSERT INTO person(registry, idx, pseudonym, tag, kv, born, sealed) VALUES(?,?,?,?,?,?,?)
		ON CONFLICT(registry, idx) DO UPDATE SET tag=excluded.tag, kv=excluded.kv, born=excluded.born, sealed=excluded.sealed`, 7)
	return p.Err
}

func (s *fileSession) find(i *Index) (tag int64, p store.Pseudonym, found bool, err error) {
	if found, err = s.finding.Row(s.row[:2], s.registry, i[:]); found {
		tag, p = s.row[0].(int64), store.Pseudonym(s.row[1].([]byte))
	}
	return tag, p, found, err
}

func (s *fileSession) get(i *Index) (r row, found bool, err error) {
	if found, err = s.getting.Row(s.row[:5], s.registry, i[:]); !found {
		return r, false, err
	}
	r = row{index: *i, tag: s.row[0].(int64), pseudonym: store.Pseudonym(s.row[1].([]byte)), kv: int(s.row[2].(int64)),
		born: s.row[3].(int64), sealed: s.row[4].([]byte)}
	if found, err = s.gettingKey.Row(s.row[:2], s.registry, i[:]); found {
		r.keyVersion, r.key = int(s.row[0].(int64)), s.row[1].([]byte)
	}
	return r, err == nil, err
}

func (s *fileSession) write(ctx context.Context, each func(func(*row) error) error) (err error) {
	if err = take(ctx, s.e.wrapTurn); err != nil {
		return err
	}
	if s.wraps, err = lite.Begin(ctx, s.e.wraps, "8192"); err != nil {
		<-s.e.wrapTurn
		return err
	}
	p := lite.Prepare(s.wraps)
	s.gettingKey = p.Stmt(`SELECT kv, wrapped FROM personkey WHERE registry=? AND idx=?`, 2)
	s.puttingKey = p.Stmt(`INSERT INTO personkey(registry, idx, kv, born, wrapped) VALUES(?,?,?,?,?)
		ON CONFLICT(registry, idx) DO UPDATE SET kv=excluded.kv, born=excluded.born, wrapped=excluded.wrapped`, 5)
	if p.Err != nil {
		return p.Err
	}
	return each(func(r *row) error {
		if len(r.key) > 0 {
			if _, err := s.puttingKey.Exec(s.registry, r.index[:], int64(r.keyVersion), r.born, r.key); err != nil {
				return err
			}
		}
		_, err := s.putting.Exec(s.registry, r.index[:], r.pseudonym[:], r.tag, int64(r.kv), r.born, r.sealed)
		return err
	})
}

func (s *fileSession) dir() string { return s.e.dir }

func (s *fileSession) commit() error {
	defer s.rollback()
	if s.wraps != nil {
		c := s.releaseWraps()
		err := lite.Commit(c)
		<-s.e.wrapTurn
		if err != nil {
			return err
		}
	}
	return lite.Commit(s.release())
}

func (s *fileSession) rollback() {
	if s.wraps != nil {
		lite.Discard(s.releaseWraps())
		<-s.e.wrapTurn
	}
	if s.Conn != nil {
		lite.Discard(s.release())
	}
	if s.e != nil {
		<-s.e.turn
		s.e = nil
	}
}

// release closes the statements and gives the connection up, and releaseWraps those of the data keys.
func (s *fileSession) release() *sql.Conn {
	for _, x := range []*lite.Stmt{s.finding, s.getting, s.putting} {
		x.Close()
	}
	c := s.Conn
	s.Conn = nil
	return c
}

func (s *fileSession) releaseWraps() *sql.Conn {
	s.gettingKey.Close()
	s.puttingKey.Close()
	c := s.wraps
	s.wraps = nil
	return c
}
