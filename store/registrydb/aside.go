package registrydb

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"math"

	"samband/store"
	"samband/store/internal/spill"
)

// aside holds the rows of a load that can't be put as they come: because the mapping settles single variables over all
// rows of a key (Resolve.Fields), or because the engine takes one row a key. Rows are sorted by key, person and content,
// and put when all are there: one row a key. Memory does not grow with the rows, neither of the load nor of a key.
//
// What the mapping settles gets the hash of what was settled, so that the same delivery again is unchanged. Rows of
// another person than the winner's lose and lend no value.
type aside struct {
	settle *store.Settler // of the person at hand; nil when whole rows are settled
	sort   spill.Sorter
	record []byte
	values []store.Value
}

func newAside(o TxOptions, settles bool, dir string) *aside {
	a := &aside{sort: spill.Sorter{Dir: dir}, values: make([]store.Value, len(o.Codebook.Variables))}
	if settles {
		a.settle = store.NewSettler(o.Resolve, o.Codebook)
	}
	if dir == "" { // a registry in memory leaves nothing on disk
		a.sort.Most = math.MaxInt
	}
	return a
}

// setAside keeps a row until Settle. In the order of the layout's columns: the key, the pseudonym and the rest; then the
// hash. Identical rows become neighbours.
func (t *Tx) setAside(row []driver.NamedValue, hash int64) error {
	a := t.aside
	b := a.record[:0]
	for i, c := range t.layout.Columns[:t.layout.Hash()] {
		b = value(row[i].Value, c.Kind).AppendCanonical(b)
	}
	a.record = binary.BigEndian.AppendUint64(b, uint64(hash))
	return a.sort.Add(a.record)
}

// errRecord is a row set aside that can't be read back.
var errRecord = errors.New("registrydb: a row that was set aside is broken")

// asideRow is a row read back.
type asideRow struct {
	whole     string
	key       string // the key's part of whole
	pseudonym string
	hash      int64
}

// readAside reads a row back, and its values into t.aside.values.
func (t *Tx) readAside(record []byte) (a asideRow, err error) {
	a.whole = string(record)
	rest := a.whole
	for i, c := range t.layout.Columns[:t.layout.Hash()] {
		v, after, ok := store.ReadCanonical(rest)
		if !ok {
			return a, errRecord
		}
		if rest = after; c.Slot >= 0 {
			t.aside.values[c.Slot] = v
		} else {
			a.pseudonym = v.Text()
		}
		if i == t.layout.Keys-1 {
			a.key = a.whole[:len(a.whole)-len(rest)]
		}
	}
	if len(rest) != 8 {
		return a, errRecord
	}
	a.hash = int64(binary.BigEndian.Uint64([]byte(rest)))
	return a, nil
}

// settleAside puts what stands of each key that rows were set aside for.
func (t *Tx) settleAside(ctx context.Context) error {
	var group keyGroup = &bestGroup{t: t, row: t.layout.NewRow()}
	if t.aside.settle != nil {
		group = &pickGroup{t: t}
	}
	var last asideRow
	rows, all := int64(0), 0 // like last, and of the load
	flush := func() error {
		if rows == 0 {
			return nil
		}
		return group.add(last, rows)
	}
	err := t.aside.sort.Each(func(record []byte) error {
		if all++; all%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if string(record) == last.whole { // a double
			rows++
			return nil
		}
		if err := flush(); err != nil {
			return err
		}
		before := last.key
		var err error
		if last, err = t.readAside(record); err != nil {
			return err
		}
		if rows > 0 && last.key != before {
			if err := group.end(ctx); err != nil {
				return err
			}
		}
		rows = 1
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err == nil && rows > 0 {
		err = group.end(ctx)
	}
	return err
}

// keyGroup takes the rows of one key, sorted by person, those of t.aside.values n times; end puts what stands.
type keyGroup interface {
	add(a asideRow, n int64) error
	end(ctx context.Context) error
}

// version gives what decides about a row of values.
func (t *Tx) version(values []store.Value, hash int64) store.Version {
	v := store.Version{Hash: hash}
	if t.latest >= 0 {
		v.Latest, v.Least = values[t.layout.Columns[t.latest].Slot], t.least
	}
	if t.source >= 0 {
		v.Rank = t.order.Rank(values[t.layout.Columns[t.source].Slot])
	}
	return v
}

// fill lays out a row of values.
func (t *Tx) fill(row []driver.NamedValue, values []store.Value, pseudonym string, hash int64) {
	l := t.layout
	for i, c := range l.Columns {
		if c.Slot >= 0 {
			row[i].Value = DriverValue(values[c.Slot])
		}
	}
	row[l.Pseudonym()].Value, row[l.Hash()].Value, row[l.Run()].Value = pseudonym, hash, t.runNo
}

// bestGroup puts the row of a key that wins, and tells of those that lose.
type bestGroup struct {
	t    *Tx
	row  []driver.NamedValue // the best so far
	best store.Version
	n    int64 // how often it came; 0 before the first row
}

func (g *bestGroup) add(a asideRow, n int64) error {
	t := g.t
	v := t.version(t.aside.values, a.hash)
	if g.n > 0 && !v.Newer(g.best) {
		return t.load.lost(g.row[:t.layout.Keys], a.hash, n)
	}
	if g.n > 0 {
		if err := t.load.lost(g.row[:t.layout.Keys], g.best.Hash, g.n); err != nil {
			return err
		}
	}
	g.best, g.n = v, n
	t.fill(g.row, t.aside.values, a.pseudonym, a.hash)
	return nil
}

func (g *bestGroup) end(ctx context.Context) error {
	if _, err := g.t.load.put(ctx, g.row, g.best); err != nil {
		return err
	}
	again := g.n - 1
	if g.n = 0; again == 0 {
		return nil
	}
	return g.t.load.lost(g.row[:g.t.layout.Keys], g.best.Hash, again)
}

// pickGroup settles a key's variables and puts the result: of the person whose row wins.
type pickGroup struct {
	t         *Tx
	rows      int64
	pseudonym string // of the person at hand

	best   store.Version // of the person who stands so far
	whose  string
	values []store.Value // nil before the first person
}

func (g *pickGroup) add(a asideRow, n int64) error {
	s := g.t.aside.settle
	if g.rows == 0 {
		s.Reset()
	} else if a.pseudonym != g.pseudonym {
		g.person()
	}
	g.pseudonym = a.pseudonym
	g.rows += n
	s.Add(g.t.aside.values, g.t.version(g.t.aside.values, a.hash))
	return nil
}

// person ends a person's rows.
func (g *pickGroup) person() {
	s := g.t.aside.settle
	if b := s.Best(); g.values == nil || b.Newer(g.best) {
		values, _ := s.Result()
		g.best, g.whose, g.values = b, g.pseudonym, append([]store.Value{}, values...)
	}
	s.Reset()
}

// end puts what stands. Its hash is over what was settled and the person's pseudonym.
func (g *pickGroup) end(ctx context.Context) error {
	g.person()
	t := g.t
	content := append(t.aside.record[:0], g.whose...)
	for i := range g.values {
		content = g.values[i].AppendCanonical(content)
	}
	t.aside.record = content
	sum := sha256.Sum256(content)
	v := t.version(g.values, int64(binary.BigEndian.Uint64(sum[:])))
	row := t.layout.NewRow()
	t.fill(row, g.values, g.whose, v.Hash)
	stood, err := t.load.put(ctx, row, v)
	if err != nil {
		return err
	}
	t.counts.Merged += g.rows - 1
	if stood && t.Stands != nil && len(t.watch) > 0 {
		for i, w := range t.watch {
			t.values[i] = g.values[t.layout.Columns[w].Slot]
		}
		t.Stands(t.values)
	}
	g.rows, g.values = 0, nil
	return nil
}
