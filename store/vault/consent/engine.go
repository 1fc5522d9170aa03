package consent

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"samband/store/internal/lite"
	"samband/store/internal/pg"
)

// engine is what differs between a file and a server.
type engine interface {
	// begin starts a transaction when the registry's turn has come: nobody else writes its choices until it ends.
	begin(ctx context.Context, registry string) (session, error)
	checkpoint(ctx context.Context)
}

// session is such a transaction.
type session interface {
	asker
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	// insert writes rows that are not there yet.
	insert(ctx context.Context, into rows, each func(put func(...any) error) error) error
	commit() error
	// rollback lets go of everything and gives the turn up. After it, and after commit, it does nothing.
	rollback()
}

// file is a file. One transaction writes at a time.
type file struct {
	db   *sql.DB
	turn chan struct{}
}

func (e *file) checkpoint(ctx context.Context) { lite.Checkpoint(ctx, e.db) }

func (e *file) begin(ctx context.Context, _ string) (session, error) {
	select {
	case e.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	conn, err := lite.Begin(ctx, e.db, "8192")
	if err != nil {
		<-e.turn
		return nil, err
	}
	return &fileSession{conn, e}, nil
}

type fileSession struct {
	*sql.Conn
	e *file
}

// rows are the rows of one table, as they are written: the statement is what a file needs, the columns what a server does.
type rows struct {
	table   string
	columns []string
	insert  string
}

var (
	choiceRows = rows{"choice", []string{"list", "idx", "active", "unclear", "legal", "as_of", "from_at", "until_at", "floor", "seq"},
		`INSERT INTO choice(list, idx, active, unclear, legal, as_of, from_at, until_at, floor, seq) VALUES(?,?,?,?,?,?,?,?,?,?)`}
	historyRows = rows{"history", []string{"list", "n", "idx", "was", "state", "legal", "known", "seq", "snapshot"},
		`INSERT INTO history(list, n, idx, was, state, legal, known, seq, snapshot) VALUES(?,?,?,?,?,?,?,?,?)`}
	heldRows = rows{"held", []string{"list", "idx", "active", "unclear", "legal", "from_at", "until_at", "seq"},
		`INSERT INTO held(list, idx, active, unclear, legal, from_at, until_at, seq) VALUES(?,?,?,?,?,?,?,?)`}
	withdrawalRows = rows{"withdrawal", []string{"list", "n", "idx", "state"},
		`INSERT INTO withdrawal(list, n, idx, state) VALUES(?,?,?,?)`}
)

func (s *fileSession) insert(_ context.Context, into rows, each func(func(...any) error) error) error {
	p := lite.Prepare(s.Conn)
	put := p.Stmt(into.insert, len(into.columns))
	defer put.Close()
	if p.Err != nil {
		return p.Err
	}
	row := make([]driver.Value, len(into.columns))
	return each(func(cells ...any) error {
		for i, c := range cells {
			row[i] = c
		}
		_, err := put.Exec(row...)
		return err
	})
}

func (s *fileSession) commit() error {
	err := lite.Commit(s.Conn)
	s.Conn = nil
	s.rollback()
	return err
}

func (s *fileSession) rollback() {
	if s.Conn != nil {
		lite.Discard(s.Conn)
		s.Conn = nil
	}
	if s.e != nil {
		<-s.e.turn
		s.e = nil
	}
}

// server is a schema on a server. Registries take turns by themselves, whichever processes they are in.
type server struct{ db *sql.DB }

func (e *server) checkpoint(context.Context) {} // the server's own affair

func (e *server) begin(ctx context.Context, registry string) (session, error) {
	conn, err := pg.Begin(ctx, e.db, "consent "+registry, "samband consent")
	if err != nil {
		return nil, err
	}
	return &serverSession{conn}, nil
}

type serverSession struct{ *sql.Conn }

func (s *serverSession) insert(ctx context.Context, into rows, each func(func(...any) error) error) error {
	c := pg.NewCopier(s.Conn, into.columns, schemaName, into.table)
	if err := each(func(cells ...any) error {
		row, err := c.Next(ctx)
		if err == nil {
			copy(row, cells)
		}
		return err
	}); err != nil {
		return err
	}
	return c.Flush(ctx)
}

func (s *serverSession) commit() error {
	conn := s.Conn
	s.Conn = nil
	_, err := pg.Commit(conn)
	return err
}

func (s *serverSession) rollback() {
	if s.Conn != nil {
		pg.Discard(s.Conn)
		s.Conn = nil
	}
}
