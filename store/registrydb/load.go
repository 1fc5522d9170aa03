package registrydb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/maphash"
	"math"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/internal/lite"
)

// Tx is one load: one transaction, whose commit is the switch. Not safe for several goroutines.
type Tx struct {
	d      *DB
	conn   *sql.Conn
	layout *Layout
	runNo  int64
	runID  string
	token  int
	latest int // column of the variable that Resolve.By names, -1 when there is none
	least  bool
	source int // column of Priority.Variable, -1 when sources aren't ranked
	order  *store.Priority
	watch  []int // columns whose values Superseded is told

	// Superseded is told the watched values of a row of this run that another took the place of.
	Superseded func([]store.Value)
	// Stands is told the watched values of each row that Settle puts, when the mapping settles single variables.
	Stands func([]store.Value)

	insert, replace, held, keep, before *lite.Stmt

	row    []driver.Value // what held reads
	values []store.Value
	counts store.Counts // loaded, unchanged and merged
	kept   int64        // keys with an image in the history
	score  int          // above 0 when rows mostly exist: looking first is cheaper then

	picks    *picks // nil when the mapping settles no single variables
	seed     maphash.Seed
	seen     spool // hashes of the keys of unchanged rows
	findings spool
	open     openFindings
	text     []byte
}

// TxOptions say what a load is.
type TxOptions struct {
	RunNo    int64
	RunID    string
	Token    int // the run's attempt: see DB.Fence
	Codebook *store.Codebook
	Resolve  *store.Resolve // of the mapping; nil when nothing decides
	Watch    []string       // variables whose values Superseded is told
}

// Begin starts a load and waits for its turn. The tables are made or widened within it.
func (d *DB) Begin(ctx context.Context, o TxOptions) (*Tx, error) {
	select {
	case d.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	t := &Tx{d: d, layout: NewLayout(o.Codebook), runNo: o.RunNo, runID: o.RunID, token: o.Token, latest: -1, source: -1, seed: maphash.MakeSeed(),
		seen: newSpool(d.path), findings: newSpool(d.path)}
	if o.Resolve != nil {
		var by string
		if by, t.least = o.Resolve.By(); by != "" {
			t.latest = t.layout.column(by)
		}
		if p := o.Resolve.Priority; p != nil {
			t.source, t.order = t.layout.column(p.Variable), p
		}
		if len(o.Resolve.Fields) > 0 {
			t.picks = newPicks(o.Resolve, o.Codebook, t.seen.dir)
			if d.path == "" { // a scratch registry leaves nothing on disk
				t.picks.sort.most = math.MaxInt
			}
		}
	}
	for _, w := range o.Watch {
		t.watch = append(t.watch, t.layout.column(w))
	}
	if err := t.begin(ctx); err != nil {
		t.Rollback()
		return nil, store.Wrap(err, store.Unavailable, "registry.write", nil)
	}
	return t, nil
}

func (t *Tx) begin(ctx context.Context) (err error) {
	if t.conn, err = lite.Begin(ctx, t.d.db, "65536"); err != nil {
		return err
	}
	var state string
	err = t.conn.QueryRowContext(ctx, `SELECT state FROM load WHERE run_no=$1`, t.runNo).Scan(&state)
	if err == nil && LoadState(state) != Held {
		return store.E(store.Conflict, "registry.loaded_already", store.Args{"run": t.runNo})
	} else if err != nil && err != sql.ErrNoRows {
		return err
	}
	if err = t.layout.migrate(ctx, t.conn); err != nil {
		return err
	}
	if err = t.open.read(ctx, t.conn, t.layout.Codebook, t.runNo, t.seed); err != nil {
		return err
	}
	l := t.layout
	data, history, run := dataTable(l.Codebook), historyTable(l.Codebook), strconv.FormatInt(t.runNo, 10)
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
	t.row, t.values = make([]driver.Value, len(read)), make([]store.Value, len(t.watch))
	marks := "(?" + strings.Repeat(",?", l.Width()-1) + ")"
	p := lite.Prepare(t.conn)
	t.insert = p.Stmt("INSERT INTO "+data+"("+l.names("")+") VALUES"+marks+" ON CONFLICT DO NOTHING", 0)
	t.replace = p.Stmt("INSERT OR REPLACE INTO "+data+"("+l.names("")+") VALUES"+marks, 0)
	t.held = p.Stmt("SELECT "+strings.Join(read, ",")+" FROM "+data+" WHERE "+l.whereKey(), 0)
	t.keep = p.Stmt("INSERT INTO "+history+`("_at",`+l.names("")+") SELECT "+run+","+l.names("")+" FROM "+data+
		" WHERE "+l.whereKey(), 0)
	t.before = p.Stmt("SELECT "+quoted(hashColumn)+" FROM "+history+` WHERE "_at"=`+run+" AND "+l.whereKey(), 0)
	return p.Err
}

// Layout says how rows lie.
func (t *Tx) Layout() *Layout { return t.layout }

// Put settles one accepted row against what the registry holds under its key and counts it. row is laid out as Layout
// says, with the hash and the run's number in place; v is what decides between versions. It tells whether the row
// stands for now. A row of a load that settles single variables is set aside until Settle.
func (t *Tx) Put(row []driver.NamedValue, v store.Version) (stands bool, err error) {
	if t.open.any() {
		t.open.meet(t.keyText(row), t.seed)
	}
	if t.picks != nil {
		return false, t.setAside(row, v.Hash)
	}
	return t.put(row, v)
}

func (t *Tx) put(row []driver.NamedValue, v store.Version) (stands bool, err error) {
	key := row[:t.layout.Keys]
	if t.score > 0 {
		found, err := t.held.RowNamed(t.row, key)
		if err != nil {
			return false, err
		}
		if found {
			t.score = min(t.score+1, 64)
			return t.settle(row, v)
		}
	}
	n, err := t.insert.ExecNamed(row)
	if err != nil {
		return false, err
	}
	if n == 1 {
		t.score = max(t.score-1, -64)
		t.counts.Loaded++
		return true, nil
	}
	t.score = min(t.score+4, 64)
	if found, err := t.held.RowNamed(t.row, key); err != nil || !found {
		return false, errors.Join(err, errGone)
	}
	return t.settle(row, v)
}

// errGone is a row that was there a statement ago.
var errGone = errors.New("registrydb: a row is gone in the middle of a load")

// settle decides between row and what t.row says is held.
func (t *Tx) settle(row []driver.NamedValue, v store.Version) (stands bool, err error) {
	key := row[:t.layout.Keys]
	h := store.Held{Version: store.Version{Hash: t.row[0].(int64)}, Mine: t.row[1].(int64) == t.runNo}
	if t.latest >= 0 {
		h.Latest, h.Least = value(t.row[2], t.layout.Columns[t.latest].Kind), t.least
	}
	if t.source >= 0 {
		h.Rank = t.order.Rank(value(t.row[len(t.row)-1], t.layout.Columns[t.source].Kind))
	}
	if h.Mine && t.kept > 0 {
		var before [1]driver.Value
		if h.HadBefore, err = t.before.RowNamed(before[:], key); err != nil {
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
		return false, t.seen.add(b[:])
	case store.Merged:
		t.counts.Merged++
		return false, nil
	case store.Replaces:
		if _, err := t.keep.ExecNamed(key); err != nil {
			return false, err
		}
		t.kept++
		t.counts.Loaded++
	case store.Supersedes:
		t.superseded()
		t.counts.Merged++
	}
	_, err = t.replace.ExecNamed(row)
	return err == nil, err
}

func (t *Tx) superseded() {
	if t.Superseded == nil || len(t.watch) == 0 {
		return
	}
	for i, w := range t.watch {
		t.values[i] = value(t.row[3+i], t.layout.Columns[w].Kind)
	}
	t.Superseded(t.values)
}

// keyText gives the key as mapping.Evaluator.Key does.
func (t *Tx) keyText(row []driver.NamedValue) []byte {
	t.text = t.text[:0]
	for i := range row[:t.layout.Keys] {
		if i > 0 {
			t.text = append(t.text, '|')
		}
		t.text = append(t.text, value(row[i].Value, t.layout.Columns[i].Kind).Text()...)
	}
	return t.text
}

func (t *Tx) keyHash(row []driver.NamedValue) uint64 { return maphash.Bytes(t.seed, t.keyText(row)) }

// contestedAtOnce bounds the memory that settling contested keys takes.
const contestedAtOnce = 1 << 20

// Settle ends the load's rows: it gives back the keys that this run changed although a row identical to what was held
// before came too and stands before the one that won, see store.Contested. What was set aside is settled and put. Call
// it once, after the last Put.
func (t *Tx) Settle(ctx context.Context) error {
	if t.picks != nil {
		return t.settlePicks(ctx) // one row a key, so nothing is contested
	}
	if t.kept == 0 || t.seen.n == 0 {
		return nil
	}
	l := t.layout
	join := " FROM " + historyTable(l.Codebook) + " h JOIN " + dataTable(l.Codebook) + " d ON "
	for i, c := range l.Columns[:l.Keys] {
		if i > 0 {
			join += " AND "
		}
		join += "h." + quoted(c.Name) + "=d." + quoted(c.Name)
	}
	join += ` WHERE h."_at"=` + strconv.FormatInt(t.runNo, 10) + ` AND d."_hash"<h."_hash"`
	if t.latest >= 0 {
		name := quoted(l.Columns[t.latest].Name)
		join += " AND d." + name + " IS h." + name
	}
	var ranks []any
	if t.source >= 0 {
		join += " AND " + t.rank("d.") + "=" + t.rank("h.")
		for _, o := range t.order.Order {
			ranks = append(ranks, o)
		}
	}
	var n int64
	if err := t.conn.QueryRowContext(ctx, "SELECT count(*)"+join, ranks...).Scan(&n); err != nil || n == 0 {
		return err
	}
	var keys []string
	for _, c := range l.Columns[:l.Keys] {
		keys = append(keys, "d."+quoted(c.Name))
	}
	query := "SELECT " + strings.Join(keys, ",") + join
	for part, parts := uint64(0), uint64(n/contestedAtOnce)+1; part < parts; part++ {
		contested, back := map[uint64]bool{}, [][]driver.NamedValue(nil)
		if err := t.eachKey(ctx, query, ranks, func(key []driver.NamedValue) {
			if h := t.keyHash(key); h%parts == part {
				contested[h] = false
			}
		}); err != nil {
			return err
		}
		if err := t.seen.each(func(b []byte) error {
			if h := binary.LittleEndian.Uint64(b); h%parts == part {
				if _, ok := contested[h]; ok {
					contested[h] = true
				}
			}
			return nil
		}); err != nil {
			return err
		}
		if err := t.eachKey(ctx, query, ranks, func(key []driver.NamedValue) {
			if contested[t.keyHash(key)] {
				back = append(back, append([]driver.NamedValue(nil), key...))
			}
		}); err != nil {
			return err
		}
		if err := t.giveBack(back); err != nil {
			return err
		}
	}
	return nil
}

// rank gives what Priority.Rank gives as SQL over a table's column, with the order as parameters.
func (t *Tx) rank(table string) string {
	s := "CASE " + table + quoted(t.layout.Columns[t.source].Name)
	for i := range t.order.Order {
		n := strconv.Itoa(i + 1)
		s += " WHEN ?" + n + " THEN " + n
	}
	return s + " ELSE 0 END"
}

func (t *Tx) eachKey(ctx context.Context, query string, args []any, f func([]driver.NamedValue)) error {
	rows, err := t.conn.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	key := t.layout.NewRow()[:t.layout.Keys]
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
		f(key)
	}
	return rows.Err()
}

// giveBack puts the image from before the run back under the keys.
func (t *Tx) giveBack(keys [][]driver.NamedValue) error {
	l := t.layout
	p := lite.Prepare(t.conn)
	restore := p.Stmt("INSERT OR REPLACE INTO "+dataTable(l.Codebook)+"("+l.names("")+") SELECT "+l.names("")+" FROM "+
		historyTable(l.Codebook)+` WHERE "_at"=`+strconv.FormatInt(t.runNo, 10)+" AND "+l.whereKey(), 0)
	defer restore.Close()
	forget := p.Stmt("DELETE FROM "+historyTable(l.Codebook)+` WHERE "_at"=`+strconv.FormatInt(t.runNo, 10)+" AND "+
		l.whereKey(), 0)
	defer forget.Close()
	if p.Err != nil {
		return p.Err
	}
	for _, key := range keys {
		if found, err := t.held.RowNamed(t.row, key); err != nil || !found {
			return errors.Join(err, errGone)
		}
		t.superseded()
		for _, s := range []*lite.Stmt{restore, forget} {
			if _, err := s.ExecNamed(key); err != nil {
				return err
			}
		}
		t.counts.Loaded--
		t.counts.Merged++
		t.kept--
	}
	return nil
}

// Counts gives the rows put so far: loaded, unchanged and merged. They are final after Settle.
func (t *Tx) Counts() store.Counts { return t.counts }

// Completeness counts over all rows the registry would hold after this load.
func (t *Tx) Completeness(ctx context.Context, c *store.Codebook) (rows int64, out []store.Completeness, err error) {
	terms := []string{"count(*)"}
	var args []any
	for _, v := range c.Variables {
		terms = append(terms, "count("+quoted(v.Name)+")")
		var missing []string
		for _, o := range v.Codes {
			if o.Missing {
				args = append(args, o.Code)
				missing = append(missing, "?")
			}
		}
		if missing != nil {
			terms = append(terms, "coalesce(sum("+quoted(v.Name)+" IN ("+strings.Join(missing, ",")+")),0)")
		}
	}
	// Thousands of variables with missing codes would pass the bound on columns of a result: asked in slices.
	counts := make([]int64, 0, len(terms))
	const atOnce = 1000
	for from := 0; from < len(terms); from += atOnce {
		part := terms[from:min(from+atOnce, len(terms))]
		marks := strings.Count(strings.Join(part, ""), "?")
		to := make([]any, len(part))
		got := make([]int64, len(part))
		for i := range to {
			to[i] = &got[i]
		}
		q := "SELECT " + strings.Join(part, ",") + " FROM " + dataTable(t.layout.Codebook)
		if err := t.conn.QueryRowContext(ctx, q, args[:marks]...).Scan(to...); err != nil {
			return 0, nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
		}
		counts, args = append(counts, got...), args[marks:]
	}
	rows, counts = counts[0], counts[1:]
	for _, v := range c.Variables {
		x := store.Completeness{Variable: v.Name, Rows: rows, Filled: counts[0]}
		counts = counts[1:]
		for _, o := range v.Codes {
			if o.Missing {
				x.Unknown, counts = counts[0], counts[1:]
				break
			}
		}
		x.Filled -= x.Unknown
		out = append(out, x)
	}
	return rows, out, nil
}

// Prepare writes the findings and the record, so that nothing but the commit itself is left to fail.
// A load whose run was taken over is Conflict "run.lost", here or at Commit.
func (t *Tx) Prepare(ctx context.Context, r Record) error {
	r.State = Loaded
	err := lite.Fenced(ctx, t.conn, t.runID, t.token)
	if err == nil {
		err = t.writeFindings(ctx, t.conn)
	}
	if err == nil {
		err = t.open.supersede(ctx, t.conn, t.layout.Codebook, t.runNo)
	}
	if err == nil {
		err = writeRecord(ctx, t.conn, r)
	}
	return store.Wrap(err, store.Unavailable, "registry.write", nil)
}

// Commit commits what Prepare made ready. An error means that nothing of the load took place.
func (t *Tx) Commit() error {
	err := lite.Commit(t.release())
	t.Rollback()
	return store.Wrap(err, store.Unavailable, "registry.write", nil)
}

// Hold rolls the load back and keeps the findings and the record for the person who decides.
func (t *Tx) Hold(ctx context.Context, r Record) error {
	r.State = Held
	lite.Discard(t.release())
	defer t.Rollback()
	conn, err := lite.Begin(ctx, t.d.db, "8192")
	if err == nil {
		if err = lite.Fenced(ctx, conn, t.runID, t.token); err == nil {
			err = t.writeFindings(ctx, conn)
		}
		if err == nil {
			err = writeRecord(ctx, conn, r)
		}
		if err == nil {
			err = lite.Commit(conn)
		} else {
			lite.Discard(conn)
		}
	}
	return store.Wrap(err, store.Unavailable, "registry.write", nil)
}

func writeRecord(ctx context.Context, q querier, r Record) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, `INSERT INTO load(seq, run_no, run_id, integration_id, state, codebook, changed, at, record)
		VALUES((SELECT coalesce(max(seq),0)+1 FROM load), $1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT(run_no) DO UPDATE SET seq=excluded.seq, run_id=excluded.run_id, integration_id=excluded.integration_id,
		state=excluded.state, codebook=excluded.codebook, changed=excluded.changed, at=excluded.at, record=excluded.record`,
		r.RunNo, r.RunID, r.IntegrationID, string(r.State), r.CodebookID, r.Counts.Loaded, timeText(r.At), string(text))
	return err
}

// Rollback lets go of everything. After Commit and Hold it does nothing.
func (t *Tx) Rollback() {
	if t.conn != nil {
		lite.Discard(t.release())
	}
	t.seen.close()
	t.findings.close()
	if t.picks != nil {
		t.picks.sort.close()
	}
	if t.d != nil {
		<-t.d.turn
		t.d = nil
	}
}

// release closes the statements and gives the connection up.
func (t *Tx) release() *sql.Conn {
	for _, s := range []*lite.Stmt{t.insert, t.replace, t.held, t.keep, t.before} {
		s.Close()
	}
	c := t.conn
	t.conn = nil
	return c
}
