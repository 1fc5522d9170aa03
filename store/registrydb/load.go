package registrydb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"hash/maphash"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/internal/lite"
	"samband/store/internal/spill"
)

// Tx is one load: one transaction, whose commit is the switch. Not safe for several goroutines.
type Tx struct {
	d      *DB
	load   load
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
	// Stands is told the watched values of each row that Settle puts: when the mapping settles single variables, and on
	// a server, where no row stands before.
	Stands func([]store.Value)

	values  []store.Value // watched
	counts  store.Counts  // loaded, unchanged and merged
	changed int64         // keys with an image in the history

	aside    *aside // nil when rows are settled as they come
	seed     maphash.Seed
	findings spill.File
	open     openFindings
	text     []byte
	record   string // what Prepare or Hold wrote
	settled  bool
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
	t := &Tx{d: d, layout: NewLayout(o.Codebook), runNo: o.RunNo, runID: o.RunID, token: o.Token, latest: -1, source: -1, seed: maphash.MakeSeed(),
		findings: spill.File{Dir: d.engine.spools()}}
	if o.Resolve != nil {
		var by string
		if by, t.least = o.Resolve.By(); by != "" {
			t.latest = t.layout.column(by)
		}
		if p := o.Resolve.Priority; p != nil {
			t.source, t.order = t.layout.column(p.Variable), p
		}
	}
	for _, w := range o.Watch {
		t.watch = append(t.watch, t.layout.column(w))
	}
	t.values = make([]store.Value, len(t.watch))
	if err := t.begin(ctx, o); err != nil {
		t.Rollback()
		if ctx.Err() != nil { // nobody waits any more
			return nil, ctx.Err()
		}
		return nil, store.Wrap(err, store.Unavailable, "registry.write", nil)
	}
	return t, nil
}

func (t *Tx) begin(ctx context.Context, o TxOptions) (err error) {
	if t.load, err = t.d.engine.begin(ctx, t); err != nil {
		return err
	}
	if settles := o.Resolve != nil && len(o.Resolve.Fields) > 0; settles || t.load.bySets() {
		t.aside = newAside(o, settles, t.d.engine.spools())
	}
	var state string
	err = t.load.QueryRowContext(ctx, `SELECT state FROM load WHERE run_no=$1`, t.runNo).Scan(&state)
	if err == nil && LoadState(state) != Held {
		return store.E(store.Conflict, "registry.loaded_already", store.Args{"run": t.runNo})
	} else if err != nil && err != sql.ErrNoRows {
		return err
	}
	migration, err := t.d.migration(ctx, t.load, t.layout)
	if err != nil {
		return err
	}
	if err = t.open.read(ctx, t.load, t.layout.Codebook, t.runNo, t.seed); err != nil {
		return err
	}
	return t.load.ready(ctx, migration)
}

// Layout says how rows lie.
func (t *Tx) Layout() *Layout { return t.layout }

// Put settles one accepted row against what the registry holds under its key and counts it. row is laid out as Layout
// says, with the hash and the run's number in place; v is what decides between versions. It tells whether the row
// stands for now. A row of a load that settles single variables, or of one on a server, is set aside until Settle.
func (t *Tx) Put(row []driver.NamedValue, v store.Version) (stands bool, err error) {
	if t.open.any() {
		t.open.meet(t.keyText(row), t.seed)
	}
	if t.aside != nil {
		return false, t.setAside(row, v.Hash)
	}
	return t.load.put(context.Background(), row, v)
}

// Settle ends the load's rows: what was set aside is settled and put, and what can only be told when all rows are there
// is told. Call it once, after the last Put.
func (t *Tx) Settle(ctx context.Context) error {
	t.settled = true
	var err error
	if t.aside != nil {
		err = t.settleAside(ctx)
	}
	if err == nil {
		err = t.load.settle(ctx)
	}
	return store.Wrap(err, store.Unavailable, "registry.write", nil)
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

// Counts gives the rows put so far: loaded, unchanged and merged. They are final after Settle.
func (t *Tx) Counts() store.Counts { return t.counts }

// Changed gives how many of the loaded rows took the place of another that the registry held; the others have new keys.
// Call it after Settle.
func (t *Tx) Changed() int64 { return t.changed }

// Completeness counts over all rows the registry would hold after this load.
func (t *Tx) Completeness(ctx context.Context, c *store.Codebook) (rows int64, out []store.Completeness, err error) {
	terms := []string{"count(*)"}
	var args []any
	for _, v := range c.Variables {
		terms = append(terms, "count("+quoted(v.Name)+")")
		codes, has := missingCodes(&v)
		if has {
			args = append(args, codes...)
			terms = append(terms, "count(*) FILTER (WHERE "+quoted(v.Name)+" IN (NULL"+strings.Repeat(",?", len(codes))+"))")
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
		q := numbered("SELECT " + strings.Join(part, ",") + " FROM " + t.d.data(t.layout.Codebook))
		if err := t.load.QueryRowContext(ctx, q, args[:marks]...).Scan(to...); err != nil {
			return 0, nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
		}
		counts, args = append(counts, got...), args[marks:]
	}
	rows, counts = counts[0], counts[1:]
	for _, v := range c.Variables {
		x := store.Completeness{Variable: v.Name, Rows: rows, Filled: counts[0]}
		counts = counts[1:]
		if _, has := missingCodes(&v); has {
			x.Unknown, counts = counts[0], counts[1:]
		}
		x.Filled -= x.Unknown
		out = append(out, x)
	}
	return rows, out, nil
}

// missingCodes gives the codes for missing as the variable's column holds them, and whether it has any.
func missingCodes(v *store.Variable) (codes []any, has bool) {
	for _, o := range v.Codes {
		if !o.Missing {
			continue
		}
		has = true
		switch v.Type.Kind() {
		case store.Integer, store.Boolean:
			if n, err := strconv.ParseInt(o.Code, 10, 64); err == nil {
				codes = append(codes, n)
			}
		case store.Decimal:
			if x, err := strconv.ParseFloat(o.Code, 64); err == nil {
				codes = append(codes, x)
			}
		default:
			codes = append(codes, o.Code)
		}
	}
	return codes, has
}

// errUnsettled is a load whose rows may still lie aside.
var errUnsettled = errors.New("registrydb: Prepare before Settle")

// Prepare writes the findings and the record, so that nothing but the commit itself is left to fail. A load whose run was
// taken over is Conflict "run.lost", here or at Commit.
func (t *Tx) Prepare(ctx context.Context, r Record) error {
	if !t.settled {
		return store.Wrap(errUnsettled, store.Internal, "registry.write", nil)
	}
	r.State = Loaded
	err := lite.Fenced(ctx, t.load, t.runID, t.token)
	if err == nil {
		err = t.writeFindings(ctx)
	}
	if err == nil {
		err = t.open.supersede(ctx, t.load, t.layout.Codebook, t.runNo)
	}
	if err == nil {
		err = t.writeRecord(ctx, r)
	}
	return store.Wrap(err, store.Unavailable, "registry.write", nil)
}

// Commit commits what Prepare made ready. An error means that nothing of the load took place, but for
// "registry.commit_unknown": the server went away in the middle and could not be asked again.
func (t *Tx) Commit() error {
	err := t.load.commit(context.Background())
	t.Rollback()
	return store.Wrap(err, store.Unavailable, "registry.write", nil)
}

// Hold rolls the load back and keeps the findings and the record for the person who decides.
func (t *Tx) Hold(ctx context.Context, r Record) error {
	r.State = Held
	defer t.Rollback()
	err := t.load.again(ctx)
	if err == nil {
		err = lite.Fenced(ctx, t.load, t.runID, t.token)
	}
	if err == nil {
		err = t.writeFindings(ctx)
	}
	if err == nil {
		err = t.writeRecord(ctx, r)
	}
	if err == nil {
		err = t.load.commit(ctx)
	}
	return store.Wrap(err, store.Unavailable, "registry.write", nil)
}

func (t *Tx) writeRecord(ctx context.Context, r Record) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	t.record = string(text)
	_, err = t.load.ExecContext(ctx, `INSERT INTO load(seq, run_no, run_id, integration_id, state, codebook, changed, at, record)
		VALUES((SELECT coalesce(max(seq),0)+1 FROM load), $1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT(run_no) DO UPDATE SET seq=excluded.seq, run_id=excluded.run_id, integration_id=excluded.integration_id,
		state=excluded.state, codebook=excluded.codebook, changed=excluded.changed, at=excluded.at, record=excluded.record`,
		r.RunNo, r.RunID, r.IntegrationID, string(r.State), r.CodebookID, r.Counts.Loaded, timeText(r.At), t.record)
	return err
}

// Rollback lets go of everything. After Commit and Hold it does nothing.
func (t *Tx) Rollback() {
	if t.load != nil {
		t.load.rollback()
	}
	t.findings.Close()
	if t.aside != nil {
		t.aside.sort.Close()
	}
}
