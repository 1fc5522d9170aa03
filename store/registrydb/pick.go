package registrydb

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"errors"

	"samband/store"
)

// picks settles the keys of a load whose mapping settles single variables over all rows of a key (Resolve.Fields). Rows
// are set aside as they come, sorted by key, person and content, and put when all are there: one row a key, with the
// hash of what was settled, so that the same delivery again is unchanged. Rows of another person than the winner's lose
// and lend no value. Memory does not grow with the rows, neither of the load nor of a key.
type picks struct {
	codebook *store.Codebook
	settle   *store.Settler // of the person at hand
	sort     sorter
	record   []byte
	values   []store.Value
}

func newPicks(r *store.Resolve, c *store.Codebook, dir string) *picks {
	return &picks{codebook: c, settle: store.NewSettler(r, c), sort: sorter{dir: dir}, values: make([]store.Value, len(c.Variables))}
}

// setAside keeps a row until Settle. In the order of the layout's columns: the key, the pseudonym and the rest; then the
// hash. Identical rows become neighbours.
func (t *Tx) setAside(row []driver.NamedValue, hash int64) error {
	p := t.picks
	b := p.record[:0]
	for i, c := range t.layout.Columns[:t.layout.Hash()] {
		b = value(row[i].Value, c.Kind).AppendCanonical(b)
	}
	p.record = binary.BigEndian.AppendUint64(b, uint64(hash))
	return p.sort.add(p.record)
}

// errRecord is a row set aside that can't be read back.
var errRecord = errors.New("registrydb: a row that was set aside is broken")

// aside is a row read back.
type aside struct {
	whole     string
	key       string // the key's part of whole
	pseudonym string
	hash      int64
}

func (t *Tx) readAside(record []byte) (a aside, err error) {
	a.whole = string(record)
	rest := a.whole
	for i, c := range t.layout.Columns[:t.layout.Hash()] {
		v, after, ok := store.ReadCanonical(rest)
		if !ok {
			return a, errRecord
		}
		if rest = after; c.Slot >= 0 {
			t.picks.values[c.Slot] = v
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

// stands is what stands of a key so far: of the person whose row wins.
type stands struct {
	best      store.Version
	pseudonym string
	values    []store.Value
}

// settlePicks puts what stands of each key that rows were set aside for.
func (t *Tx) settlePicks(ctx context.Context) error {
	p := t.picks
	var last aside
	var now stands
	rows, all := 0, 0 // of the key, and of the load
	person := func() {
		if b := p.settle.Best(); now.values == nil || b.Newer(now.best) {
			values, _ := p.settle.Result()
			now = stands{b, last.pseudonym, append(now.values[:0], values...)}
		}
		p.settle.Reset()
	}
	key := func() error {
		if rows == 0 {
			return nil
		}
		person()
		if err := t.putSettled(&now); err != nil {
			return err
		}
		t.counts.Merged += int64(rows - 1)
		now, rows = stands{}, 0
		return nil
	}
	p.settle.Reset()
	err := p.sort.each(func(record []byte) error {
		if all++; all%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		a, err := t.readAside(record)
		if err != nil {
			return err
		}
		switch {
		case a.whole == last.whole: // a double
			rows++
			return nil
		case a.key != last.key:
			if err := key(); err != nil {
				return err
			}
		case a.pseudonym != last.pseudonym:
			person()
		}
		last = a
		rows++
		p.settle.Add(p.values, t.version(p.values, a.hash))
		return nil
	})
	if err != nil {
		return err
	}
	return key()
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

// putSettled puts the row that stands of a key. Its hash is over what was settled and the person's pseudonym.
func (t *Tx) putSettled(s *stands) error {
	l := t.layout
	content := append(t.picks.record[:0], s.pseudonym...)
	for i := range s.values {
		content = s.values[i].AppendCanonical(content)
	}
	t.picks.record = content
	sum := sha256.Sum256(content)
	v := t.version(s.values, int64(binary.BigEndian.Uint64(sum[:])))
	row := l.NewRow()
	for i, c := range l.Columns {
		if c.Slot >= 0 {
			row[i].Value = DriverValue(s.values[c.Slot])
		}
	}
	row[l.Pseudonym()].Value, row[l.Hash()].Value, row[l.Run()].Value = s.pseudonym, v.Hash, t.runNo
	stood, err := t.put(row, v)
	if err != nil || !stood || t.Stands == nil || len(t.watch) == 0 {
		return err
	}
	for i, w := range t.watch {
		t.values[i] = s.values[l.Columns[w].Slot]
	}
	t.Stands(t.values)
	return nil
}
