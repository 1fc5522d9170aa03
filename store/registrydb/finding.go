package registrydb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
	"time"

	"samband/store"
)

// FindingID makes the lasting id of a finding from the run's number, the row's position in the delivery and the place
// among the row's own findings (0 to 15). It is known before anything is written, so that the sealed row can be bound
// to it.
func FindingID(runNo, position int64, n int) int64 { return runNo<<38 | position<<4 | int64(n) }

func positionOf(id int64) int64 { return id >> 4 & (1<<34 - 1) }

// MaxWarnings is the most findings kept of one row that is let through.
const MaxWarnings = 15

// Add keeps a finding until the load ends. f has its ID; Sealed may be used again after the call.
func (t *Tx) Add(f *store.Finding) error {
	b := binary.BigEndian.AppendUint64(t.text[:0], uint64(f.ID))
	if f.Warn {
		b = append(b, 1)
	} else {
		b = append(b, 0)
		if t.open.any() && f.Key != "" {
			t.open.meet([]byte(f.Key), t.seed)
		}
	}
	for _, s := range []string{f.Key, f.Reason, f.Variable} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b = append(b, f.Sealed...)
	t.text = b
	return t.findings.Add(b)
}

func (t *Tx) writeFindings(ctx context.Context) error {
	// A held run that a person lets through finds the same again.
	if _, err := t.load.ExecContext(ctx, `DELETE FROM finding WHERE id>=$1 AND id<$2`, FindingID(t.runNo, 0, 0),
		FindingID(t.runNo+1, 0, 0)); err != nil {
		return err
	}
	at := timeText(t.d.clock.Now())
	var s [3]string // key, reason and variable
	return t.load.insert(ctx, "finding", []string{"id", "codebook", "key", "reason", "variable", "warn", "status", "at", "sealed"},
		func(add func(...driver.Value) error) error {
			return t.findings.Each(func(b []byte) error {
				id, warn := int64(binary.BigEndian.Uint64(b)), int64(b[8])
				b = b[9:]
				for i := range s {
					n, w := binary.Uvarint(b)
					s[i] = string(b[w : w+int(n)])
					b = b[w+int(n):]
				}
				var sealed driver.Value
				if len(b) > 0 {
					sealed = b
				}
				return add(id, t.layout.Codebook, s[0], s[1], s[2], warn, "open", at, sealed)
			})
		})
}

// openFindings knows the keys of earlier runs' open findings, and which of them this run met again.
type openFindings struct {
	keys []uint64 // hashes, sorted
	met  map[string]bool
}

// maxOpen bounds the memory: of more open findings than this, the oldest stay open until a person closes them.
const maxOpen = 1 << 20

func (o *openFindings) any() bool { return len(o.keys) > 0 }

func (o *openFindings) read(ctx context.Context, q querier, codebook string, runNo int64, seed maphash.Seed) error {
	rows, err := q.QueryContext(ctx, `SELECT key FROM finding WHERE codebook=$1 AND status='open' AND key<>'' AND warn=0
		AND NOT (id>=$2 AND id<$3) ORDER BY id DESC LIMIT $4`, codebook, FindingID(runNo, 0, 0), FindingID(runNo+1, 0, 0), maxOpen)
	if err != nil {
		return err
	}
	defer rows.Close()
	var key sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&key); err != nil {
			return err
		}
		o.keys = append(o.keys, maphash.Bytes(seed, key))
	}
	slices.Sort(o.keys)
	o.met = map[string]bool{}
	return rows.Err()
}

func (o *openFindings) meet(key []byte, seed maphash.Seed) {
	if _, ok := slices.BinarySearch(o.keys, maphash.Bytes(seed, key)); ok {
		o.met[string(key)] = true
	}
}

// supersede closes the open findings of earlier runs whose key this run brought again: the row is through now, or held
// back anew with a finding of its own. The source row of the old one is let go.
func (o *openFindings) supersede(ctx context.Context, l load, codebook string, runNo int64) error {
	keys := slices.Collect(maps.Keys(o.met))
	const atOnce = 500
	for part := range slices.Chunk(keys, atOnce) {
		args := []any{codebook, FindingID(runNo, 0, 0), FindingID(runNo+1, 0, 0)}
		for _, k := range part {
			args = append(args, k)
		}
		if _, err := l.ExecContext(ctx, numbered(`UPDATE finding SET status='superseded', sealed=NULL WHERE codebook=? AND
			NOT (id>=? AND id<?) AND status='open' AND key<>'' AND warn=0 AND key IN (?`+strings.Repeat(",?", len(part)-1)+")"),
			args...); err != nil {
			return err
		}
	}
	return nil
}

// FindingFilter chooses findings; empty fields choose all.
type FindingFilter struct {
	RunNo         int64
	IntegrationID string
	Reason        string
	Variable      string
	Key           string
	Status        store.FindingStatus
	Warn          *bool
	// After continues a listing behind the finding with that id; Limit is 100 when 0, at most 1000.
	After int64
	Limit int
}

func (f *FindingFilter) where() (string, []any) {
	var terms []string
	var args []any
	add := func(term string, values ...any) { terms, args = append(terms, term), append(args, values...) }
	if f.RunNo != 0 {
		add("id>=? AND id<?", FindingID(f.RunNo, 0, 0), FindingID(f.RunNo+1, 0, 0))
	}
	if f.IntegrationID != "" {
		add("id>>38 IN (SELECT run_no FROM load WHERE integration_id=?)", f.IntegrationID)
	}
	for _, t := range [][2]string{{"reason", f.Reason}, {"variable", f.Variable}, {"key", f.Key}, {"status", string(f.Status)}} {
		if t[1] != "" {
			add(t[0]+"=?", t[1])
		}
	}
	if f.Warn != nil {
		warn := 0
		if *f.Warn {
			warn = 1
		}
		add("warn=?", warn)
	}
	if terms == nil {
		return "TRUE", nil
	}
	return strings.Join(terms, " AND "), args
}

// Findings lists findings, newest run first and in order of position within a run, and tells how many there are in
// all. Sealed is not read; see Finding.
func (d *DB) Findings(ctx context.Context, f FindingFilter) (list []store.Finding, total int64, err error) {
	where, args := f.where()
	if err := d.db.QueryRowContext(ctx, numbered("SELECT count(*) FROM finding WHERE "+where), args...).Scan(&total); err != nil {
		return nil, 0, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	if f.After != 0 {
		run := f.After >> 38
		where += " AND (id>? AND id<? OR id<?)"
		args = append(args, f.After, FindingID(run+1, 0, 0), FindingID(run, 0, 0))
	}
	limit := 100
	if f.Limit > 0 {
		limit = min(f.Limit, 1000)
	}
	rows, err := d.db.QueryContext(ctx, numbered("SELECT id, key, reason, variable, warn, status, at, NULL FROM finding WHERE "+where+
		" ORDER BY id>>38 DESC, id LIMIT ?"), append(args, limit)...)
	if err != nil {
		return nil, 0, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	defer rows.Close()
	for rows.Next() {
		x, err := scanFinding(rows)
		if err != nil {
			return nil, 0, store.Wrap(err, store.Unavailable, "registry.read", nil)
		}
		list = append(list, x)
	}
	return list, total, store.Wrap(rows.Err(), store.Unavailable, "registry.read", nil)
}

// FailedVariables tells how many rows a run held back, by the variable that was the reason. A field of the source that
// was the reason stands under its own name.
func (d *DB) FailedVariables(ctx context.Context, runNo int64) (map[string]int64, error) {
	rows, err := d.db.QueryContext(ctx, `SELECT variable, count(*) FROM finding WHERE id>=$1 AND id<$2 AND warn=0
		AND variable<>'' GROUP BY variable`, FindingID(runNo, 0, 0), FindingID(runNo+1, 0, 0))
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	defer rows.Close()
	failed := map[string]int64{}
	for rows.Next() {
		var variable string
		var n int64
		if err := rows.Scan(&variable, &n); err != nil {
			return nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
		}
		failed[variable] = n
	}
	return failed, store.Wrap(rows.Err(), store.Unavailable, "registry.read", nil)
}

func scanFinding(row interface{ Scan(...any) error }) (x store.Finding, err error) {
	var at string
	if err := row.Scan(&x.ID, &x.Key, &x.Reason, &x.Variable, &x.Warn, &x.Status, &at, &x.Sealed); err != nil {
		return x, err
	}
	x.RunNo, x.Position = x.ID>>38, positionOf(x.ID)
	x.At, err = time.Parse(timeLayout, at)
	return x, err
}

// Finding gives one finding with its sealed row, which vault.OpenRow opens, and the columns the row follows.
func (d *DB) Finding(ctx context.Context, id int64) (*store.Finding, []string, error) {
	x, err := scanFinding(d.db.QueryRowContext(ctx, `SELECT id, key, reason, variable, warn, status, at, sealed FROM finding
		WHERE id=$1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, store.E(store.NotFound, "finding.none", nil)
	}
	if err != nil {
		return nil, nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	err = d.db.QueryRowContext(ctx, `SELECT run_id FROM load WHERE run_no=$1`, x.RunNo).Scan(&x.RunID)
	if err != nil {
		return nil, nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	r, err := d.Load(ctx, x.RunID)
	if err != nil {
		return nil, nil, err
	}
	return &x, r.Fields, nil
}

// SetFinding closes or opens a finding, when it stands as the person saw it.
func (d *DB) SetFinding(ctx context.Context, id int64, from, to store.FindingStatus) error {
	return d.change(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, `UPDATE finding SET status=$1 WHERE id=$2 AND status=$3`, string(to), id, string(from))
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, store.E(store.Conflict, "finding.changed", nil))
		}
		return nil
	})
}

// Sweep removes findings that are closed, and sealed rows of such, when they are older than a moment; a zero moment
// removes none. Remarks on rows that were let through count as closed. It looks at a bounded number of findings with an id
// above after, and gives the last: 0 when there are no more.
func (d *DB) Sweep(ctx context.Context, after int64, findings, sealed time.Time) (gone, opened, last int64, err error) {
	const closed = ` FROM finding WHERE id>$1 AND id<=$2 AND (status<>'open' OR warn=1) AND at<$3`
	err = d.change(ctx, func(tx *sql.Tx) error {
		var n int64
		if err := tx.QueryRowContext(ctx, `SELECT count(*), coalesce(max(id),0) FROM (SELECT id FROM finding WHERE id>$1 ORDER BY id LIMIT $2) x`,
			after, sweepBatch).Scan(&n, &last); err != nil || n == 0 {
			return err
		}
		var failed error
		change := func(query string, before time.Time) int64 {
			if failed != nil || before.IsZero() {
				return 0
			}
			r, err := tx.ExecContext(ctx, query, after, last, timeText(before))
			if err != nil {
				failed = err
				return 0
			}
			n, err := r.RowsAffected()
			failed = err
			return n
		}
		gone = change(`DELETE`+closed, findings)
		opened = change(`UPDATE finding SET sealed=NULL WHERE id IN (SELECT id`+closed+` AND sealed IS NOT NULL)`, sealed)
		if n < sweepBatch {
			last = 0
		}
		return failed
	})
	return gone, opened, last, err
}

// sweepBatch is how many findings a sweep looks at in one transaction.
const sweepBatch = 5_000

// SealedBy counts the sealed rows by the version of the vault's key that seals them, which they begin with.
func (d *DB) SealedBy(ctx context.Context) (map[int]int64, error) {
	rows, err := d.db.QueryContext(ctx, `SELECT substr(sealed, 1, 4), count(*) FROM finding WHERE sealed IS NOT NULL GROUP BY 1`)
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	defer rows.Close()
	by := map[int]int64{}
	for rows.Next() {
		var version []byte
		var n int64
		if err := rows.Scan(&version, &n); err != nil {
			return nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
		}
		if len(version) == 4 {
			by[int(binary.BigEndian.Uint32(version))] = n
		}
	}
	return by, store.Wrap(rows.Err(), store.Unavailable, "registry.read", nil)
}
