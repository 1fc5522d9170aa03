package registrydb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"path/filepath"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/internal/lite"
	"samband/store/internal/spill"
)

// file is a registry in a file, or in memory.
type file struct {
	db   *sql.DB
	dir  string // of the file, "" for memory
	turn chan struct{}
}

func openSQLite(ctx context.Context, o Options) (*DB, error) {
	db, err := lite.Open(o.Path)
	if err != nil {
		return nil, err
	}
	return newSQLite(ctx, db, filepath.Dir(o.Path), o.Clock)
}

// Scratch opens an empty registry in memory, for one load that is rolled back.
func Scratch(ctx context.Context, clock store.Clock) (*DB, error) {
	db, err := lite.Scratch()
	if err == nil {
		var d *DB
		if d, err = newSQLite(ctx, db, "", clock); err == nil {
			return d, nil
		}
	}
	return nil, store.Wrap(err, store.Unavailable, "registry.open", nil)
}

func newSQLite(ctx context.Context, db *sql.DB, dir string, clock store.Clock) (*DB, error) {
	if err := lite.Make(ctx, db, tables); err != nil {
		db.Close()
		return nil, err
	}
	return &DB{db: db, clock: clock, engine: &file{db, dir, make(chan struct{}, 1)}}, nil
}

func (e *file) name(s string) string            { return s }
func (e *file) typeOf(k store.ValueKind) string { return sqlType(k) }
func (e *file) tail() string                    { return " WITHOUT ROWID" }
func (e *file) widest() int                     { return 2000 }
func (e *file) spools() string                  { return e.dir }
func (e *file) checkpoint(ctx context.Context)  { lite.Checkpoint(ctx, e.db) }

func (e *file) columns(ctx context.Context, q querier, table string) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT name, type, pk FROM pragma_table_info("+table+")")
	if err != nil {
		return nil, err
	}
	return scanColumns(rows)
}

// scanColumns reads names, types and places in the key, 0 for none.
func scanColumns(rows *sql.Rows) (map[string]string, error) {
	defer rows.Close()
	m := map[string]string{}
	for rows.Next() {
		var name, typ string
		var pk int
		if err := rows.Scan(&name, &typ, &pk); err != nil {
			return nil, err
		}
		if pk > 0 {
			typ += "/" + strconv.Itoa(pk)
		}
		m[name] = typ
	}
	return m, rows.Err()
}

func (e *file) take(ctx context.Context) error {
	select {
	case e.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *file) write(ctx context.Context, f func(*sql.Tx) error) error {
	if err := e.take(ctx); err != nil {
		return err
	}
	defer func() { <-e.turn }()
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (e *file) fence(ctx context.Context, runID string, token int) error {
	return e.write(ctx, func(tx *sql.Tx) error { return lite.Fence(ctx, tx, runID, token) })
}

func (e *file) begin(ctx context.Context, t *Tx) (load, error) {
	if err := e.take(ctx); err != nil {
		return nil, err
	}
	l := &fileLoad{e: e, t: t, seen: spill.File{Dir: e.dir}}
	var err error
	if l.Conn, err = lite.Begin(ctx, e.db, "49152"); err != nil {
		l.rollback()
		return nil, err
	}
	return l, nil
}

// fileLoad settles row by row: a statement on an embedded database costs about a microsecond.
type fileLoad struct {
	*sql.Conn
	e *file // nil when it has ended
	t *Tx

	insertRow, replace, held, keep, before *lite.Stmt

	row   []driver.Value // what held reads
	score int            // above 0 when rows mostly exist: looking first is cheaper then
	seen  spill.File     // hashes of the keys of unchanged rows
}

func (f *fileLoad) bySets() bool { return false }

// lost is never called: rows are put as they come.
func (f *fileLoad) lost([]driver.NamedValue, int64, int64) error { return nil }

func (f *fileLoad) ready(ctx context.Context, migration []string) error {
	for _, q := range migration {
		if _, err := f.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	t, l := f.t, f.t.layout
	data, history, run := t.d.data(l.Codebook), t.d.history(l.Codebook), strconv.FormatInt(t.runNo, 10)
	read := []string{quoted(hashColumn), quoted(runColumn), "NULL"}
	if t.latest >= 0 {
		read[2] = quoted(l.Columns[t.latest].Name)
	}
	for _, w := range t.watch {
		read = append(read, quoted(l.Columns[w].Name))
	}
	if t.source >= 0 {
		read = append(read, quoted(l.Columns[t.source].Name))
	}
	f.row = make([]driver.Value, len(read))
	marks := "(?" + strings.Repeat(",?", l.Width()-1) + ")"
	p := lite.Prepare(f.Conn)
	f.insertRow = p.Stmt("INSERT INTO "+data+"("+l.names("")+") VALUES"+marks+" ON CONFLICT DO NOTHING", 0)
	f.replace = p.Stmt("INSERT OR REPLACE INTO "+data+"("+l.names("")+") VALUES"+marks, 0)
	f.held = p.Stmt("SELECT "+strings.Join(read, ",")+" FROM "+data+" WHERE "+l.whereKey(), 0)
	f.keep = p.Stmt("INSERT INTO "+history+`("_at",`+l.names("")+") SELECT "+run+","+l.names("")+" FROM "+data+
		" WHERE "+l.whereKey(), 0)
	f.before = p.Stmt("SELECT "+quoted(hashColumn)+" FROM "+history+` WHERE "_at"=`+run+" AND "+l.whereKey(), 0)
	return p.Err
}

func (f *fileLoad) put(_ context.Context, row []driver.NamedValue, v store.Version) (stands bool, err error) {
	key := row[:f.t.layout.Keys]
	if f.score > 0 {
		found, err := f.held.RowNamed(f.row, key)
		if err != nil {
			return false, err
		}
		if found {
			f.score = min(f.score+1, 64)
			return f.meet(row, v)
		}
	}
	n, err := f.insertRow.ExecNamed(row)
	if err != nil {
		return false, err
	}
	if n == 1 {
		f.score = max(f.score-1, -64)
		f.t.counts.Loaded++
		return true, nil
	}
	f.score = min(f.score+4, 64)
	if found, err := f.held.RowNamed(f.row, key); err != nil || !found {
		return false, errors.Join(err, errGone)
	}
	return f.meet(row, v)
}

// errGone is a row that was there a statement ago.
var errGone = errors.New("registrydb: a row is gone in the middle of a load")

// meet decides between row and what f.row says is held.
func (f *fileLoad) meet(row []driver.NamedValue, v store.Version) (stands bool, err error) {
	t := f.t
	key := row[:t.layout.Keys]
	h := store.Held{Version: store.Version{Hash: f.row[0].(int64)}, Mine: f.row[1].(int64) == t.runNo}
	if t.latest >= 0 {
		h.Latest, h.Least = value(f.row[2], t.layout.Columns[t.latest].Kind), t.least
	}
	if t.source >= 0 {
		h.Rank = t.order.Rank(value(f.row[len(f.row)-1], t.layout.Columns[t.source].Kind))
	}
	if h.Mine && f.t.changed > 0 {
		var before [1]driver.Value
		if h.HadBefore, err = f.before.RowNamed(before[:], key); err != nil {
			return false, err
		}
		if h.HadBefore {
			h.Before = before[0].(int64)
		}
	}
	switch store.ResolveRow(v, h) {
	case store.Unchanged:
		t.counts.Unchanged++
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], t.keyHash(row))
		return false, f.seen.Add(b[:])
	case store.Merged:
		t.counts.Merged++
		return false, nil
	case store.Replaces:
		if _, err := f.keep.ExecNamed(key); err != nil {
			return false, err
		}
		f.t.changed++
		t.counts.Loaded++
	case store.Supersedes:
		f.superseded()
		t.counts.Merged++
	}
	_, err = f.replace.ExecNamed(row)
	return err == nil, err
}

func (f *fileLoad) superseded() {
	t := f.t
	if t.Superseded == nil || len(t.watch) == 0 {
		return
	}
	for i, w := range t.watch {
		t.values[i] = value(f.row[3+i], t.layout.Columns[w].Kind)
	}
	t.Superseded(t.values)
}

// contestedAtOnce bounds the memory that settling contested keys takes.
const contestedAtOnce = 1 << 20

// settle gives back the keys that this run changed although a row identical to what was held before came too and stands
// before the one that won, see store.Contested.
func (f *fileLoad) settle(ctx context.Context) error {
	t, l := f.t, f.t.layout
	if t.aside != nil || f.t.changed == 0 || f.seen.Len() == 0 { // one row a key can't be contested
		return nil
	}
	join := " FROM " + t.d.history(l.Codebook) + " h JOIN " + t.d.data(l.Codebook) + " d ON " + l.sameKey("h.", "d.") +
		` WHERE h."_at"=` + strconv.FormatInt(t.runNo, 10) + ` AND d."_hash"<h."_hash"`
	if t.latest >= 0 {
		name := quoted(l.Columns[t.latest].Name)
		join += " AND d." + name + " IS h." + name
	}
	var ranks []any
	if t.source >= 0 {
		join += " AND " + f.rank("d.") + "=" + f.rank("h.")
		for _, o := range t.order.Order {
			ranks = append(ranks, o)
		}
	}
	var n int64
	if err := f.QueryRowContext(ctx, "SELECT count(*)"+join, ranks...).Scan(&n); err != nil || n == 0 {
		return err
	}
	query := "SELECT " + l.keyNames("d.") + join
	for part, parts := uint64(0), uint64(n/contestedAtOnce)+1; part < parts; part++ {
		contested, back := map[uint64]bool{}, [][]driver.NamedValue(nil)
		if err := f.eachKey(ctx, query, ranks, func(key []driver.NamedValue) {
			if h := t.keyHash(key); h%parts == part {
				contested[h] = false
			}
		}); err != nil {
			return err
		}
		if err := f.seen.Each(func(b []byte) error {
			if h := binary.LittleEndian.Uint64(b); h%parts == part {
				if _, ok := contested[h]; ok {
					contested[h] = true
				}
			}
			return nil
		}); err != nil {
			return err
		}
		if err := f.eachKey(ctx, query, ranks, func(key []driver.NamedValue) {
			if contested[t.keyHash(key)] {
				back = append(back, append([]driver.NamedValue(nil), key...))
			}
		}); err != nil {
			return err
		}
		if err := f.giveBack(back); err != nil {
			return err
		}
	}
	return nil
}

// rank gives what tells two ranks apart (see Priority.Rank) as SQL over a table's column, the order as parameters.
func (f *fileLoad) rank(table string) string {
	s := "CASE " + table + quoted(f.t.layout.Columns[f.t.source].Name)
	for i := range f.t.order.Order {
		n := strconv.Itoa(i + 1)
		s += " WHEN ?" + n + " THEN " + n
	}
	return s + " ELSE 0 END"
}

func (f *fileLoad) eachKey(ctx context.Context, query string, args []any, do func([]driver.NamedValue)) error {
	rows, err := f.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	key := f.t.layout.NewRow()[:f.t.layout.Keys]
	to := make([]any, len(key))
	cells := make([]any, len(key))
	for i := range to {
		to[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return err
		}
		for i := range key {
			key[i].Value = cells[i]
		}
		do(key)
	}
	return rows.Err()
}

// giveBack puts the image from before the run back under the keys.
func (f *fileLoad) giveBack(keys [][]driver.NamedValue) error {
	t, l := f.t, f.t.layout
	history, run := t.d.history(l.Codebook), strconv.FormatInt(t.runNo, 10)
	p := lite.Prepare(f.Conn)
	restore := p.Stmt("INSERT OR REPLACE INTO "+t.d.data(l.Codebook)+"("+l.names("")+") SELECT "+l.names("")+" FROM "+
		history+` WHERE "_at"=`+run+" AND "+l.whereKey(), 0)
	defer restore.Close()
	forget := p.Stmt("DELETE FROM "+history+` WHERE "_at"=`+run+" AND "+l.whereKey(), 0)
	defer forget.Close()
	if p.Err != nil {
		return p.Err
	}
	for _, key := range keys {
		if found, err := f.held.RowNamed(f.row, key); err != nil || !found {
			return errors.Join(err, errGone)
		}
		f.superseded()
		for _, s := range []*lite.Stmt{restore, forget} {
			if _, err := s.ExecNamed(key); err != nil {
				return err
			}
		}
		t.counts.Loaded--
		t.counts.Merged++
		f.t.changed--
	}
	return nil
}

func (f *fileLoad) insert(ctx context.Context, table string, columns []string,
	each func(func(...driver.Value) error) error) error {
	p := lite.Prepare(f.Conn)
	s := p.Stmt("INSERT INTO "+table+"("+strings.Join(columns, ",")+") VALUES(?"+strings.Repeat(",?", len(columns)-1)+")",
		len(columns))
	defer s.Close()
	if p.Err != nil {
		return p.Err
	}
	n := 0
	return each(func(row ...driver.Value) error {
		if n++; n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		_, err := s.Exec(row...)
		return err
	})
}

func (f *fileLoad) again(ctx context.Context) (err error) {
	lite.Discard(f.release())
	f.Conn, err = lite.Begin(ctx, f.e.db, "8192")
	return err
}

func (f *fileLoad) commit(context.Context) error {
	err := lite.Commit(f.release())
	f.rollback()
	return err
}

func (f *fileLoad) rollback() {
	if f.Conn != nil {
		lite.Discard(f.release())
	}
	f.seen.Close()
	if f.e != nil {
		<-f.e.turn
		f.e = nil
	}
}

// release closes the statements and gives the connection up.
func (f *fileLoad) release() *sql.Conn {
	for _, s := range []*lite.Stmt{f.insertRow, f.replace, f.held, f.keep, f.before} {
		s.Close()
	}
	c := f.Conn
	f.Conn = nil
	return c
}
