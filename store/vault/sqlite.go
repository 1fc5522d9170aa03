package vault

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"samband/store"
	"samband/store/internal/lite"
)

// file is a vault in a file, or in memory. One transaction writes at a time.
type file struct {
	db   *sql.DB
	dir  string // of the file, "" for memory
	turn chan struct{}
}

func newFile(ctx context.Context, db *sql.DB, dir string) (*file, error) {
	_, err := db.ExecContext(ctx, tables)
	return &file{db, dir, make(chan struct{}, 1)}, err
}

func (e *file) checkpoint(ctx context.Context) { lite.Checkpoint(ctx, e.db) }

func (e *file) worthReading(persons int64) int64 { return 1000 + persons/8 }

func (e *file) take(ctx context.Context) error {
	select {
	case e.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *file) fence(ctx context.Context, runID string, token int) error {
	if err := e.take(ctx); err != nil {
		return err
	}
	defer func() { <-e.turn }()
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := lite.Fence(ctx, tx, runID, token); err != nil {
		return err
	}
	return tx.Commit()
}

func (e *file) begin(ctx context.Context, o *TxOptions) (session, int64, error) {
	if err := e.take(ctx); err != nil {
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

	finding, getting, putting *lite.Stmt
	row                       [4]driver.Value
}

func (s *fileSession) begin(ctx context.Context, slug string) (err error) {
	if s.Conn, err = lite.Begin(ctx, s.e.db, "32768"); err != nil {
		return err
	}
	if _, err = s.ExecContext(ctx, addRegistry, slug); err != nil {
		return err
	}
	if err = s.QueryRowContext(ctx, `SELECT id FROM registry WHERE slug=$1`, slug).Scan(&s.registry); err != nil {
		return err
	}
	p := lite.Prepare(s.Conn)
	s.finding = p.Stmt(`SELECT tag, pseudonym FROM person WHERE registry=? AND idx=?`, 2)
	s.getting = p.Stmt(`SELECT tag, pseudonym, kv, sealed FROM person WHERE registry=? AND idx=?`, 2)
	s.putting = p.Stmt(`INSERT INTO person(registry, idx, pseudonym, tag, kv, sealed) VALUES(?,?,?,?,?,?)
		ON CONFLICT(registry, idx) DO UPDATE SET tag=excluded.tag, kv=excluded.kv, sealed=excluded.sealed`, 6)
	return p.Err
}

func (s *fileSession) find(i *Index) (tag int64, p store.Pseudonym, found bool, err error) {
	if found, err = s.finding.Row(s.row[:2], s.registry, i[:]); found {
		tag, p = s.row[0].(int64), store.Pseudonym(s.row[1].([]byte))
	}
	return tag, p, found, err
}

func (s *fileSession) get(i *Index) (r row, found bool, err error) {
	if found, err = s.getting.Row(s.row[:], s.registry, i[:]); found {
		r = row{*i, store.Pseudonym(s.row[1].([]byte)), s.row[0].(int64), int(s.row[2].(int64)), s.row[3].([]byte)}
	}
	return r, found, err
}

func (s *fileSession) write(_ context.Context, each func(func(*row) error) error) error {
	return each(func(r *row) error {
		_, err := s.putting.Exec(s.registry, r.index[:], r.pseudonym[:], r.tag, int64(r.kv), r.sealed)
		return err
	})
}

func (s *fileSession) dir() string { return s.e.dir }

func (s *fileSession) commit() error {
	err := lite.Commit(s.release())
	s.rollback()
	return err
}

func (s *fileSession) rollback() {
	if s.Conn != nil {
		lite.Discard(s.release())
	}
	if s.e != nil {
		<-s.e.turn
		s.e = nil
	}
}

// release closes the statements and gives the connection up.
func (s *fileSession) release() *sql.Conn {
	for _, x := range []*lite.Stmt{s.finding, s.getting, s.putting} {
		x.Close()
	}
	c := s.Conn
	s.Conn = nil
	return c
}
