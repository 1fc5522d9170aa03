package vault

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"samband/store"
	"samband/store/internal/lite"
)

// Tx is the vault's side of one load: it finds or draws the pseudonym of each person and keeps their attributes
// current. Not safe for several goroutines.
type Tx struct {
	v        *Vault
	s        session
	registry int64
	names    []store.Attribute
	cache    *cache
	ask      bool // persons may be in the vault that aren't in the cache
	scanned  bool
	persons  int64
	misses   int64
	changed  bool // a person came or changed
	seal     personSealer

	pending []pending // new persons, inserted in order of index, which the tables are sorted by
	place   map[Index]int32
	arena   []byte // their sealed attributes
	text    []byte
}

type pending struct {
	index     Index
	pseudonym store.Pseudonym
	tag       int64
	from, to  int  // in arena
	known     bool // the person is in the vault, with another registry
}

const maxPending = 1 << 16

// Person is what a row says of its person.
type Person struct {
	Index  Index
	Tag    int64
	Values []string // by the names the transaction was begun with
	// Version is the row's place among the versions of its fact, see VersionKey: of two rows of one run that differ
	// on a person the newer one holds.
	Version uint64
}

// TxOptions say whose persons a transaction is about.
type TxOptions struct {
	Registry string
	RunID    string
	Token    int               // the run's attempt: see Vault.Fence
	Names    []store.Attribute // what the source delivers
	Expect   int64             // about how many persons may come, 0 when nobody knows
}

// Begin starts a transaction for a registry and waits for its turn.
func (v *Vault) Begin(ctx context.Context, o TxOptions) (*Tx, error) {
	t := &Tx{v: v, names: o.Names, place: map[Index]int32{}}
	if err := t.begin(ctx, o); err != nil {
		t.Rollback()
		if ctx.Err() != nil { // nobody waits any more
			return nil, ctx.Err()
		}
		return nil, store.Wrap(err, store.Unavailable, "vault.write", nil)
	}
	return t, nil
}

func (t *Tx) begin(ctx context.Context, o TxOptions) (err error) {
	if t.s, t.registry, err = t.v.engine.begin(ctx, &o); err != nil {
		return err
	}
	err = t.s.QueryRowContext(ctx, `SELECT count(*) FROM person WHERE registry=$1`, t.registry).Scan(&t.persons)
	if err != nil {
		return err
	}
	t.ask = t.persons > 0
	if o.Expect > 0 {
		o.Expect += t.persons
	}
	t.cache = newCache(o.Expect)
	t.seal = personSealer{kek: t.v.kek, version: t.v.keys.Current()}
	t.seal.current, err = t.v.kek.cipher(t.seal.version)
	return err
}

// Persons gives how many persons the registry has in the vault, those of this transaction among them.
func (t *Tx) Persons() int64 { return t.persons }

// Pseudonym gives the person's pseudonym in the registry, drawn now if there is none, and takes the person's attributes
// in if they are new or have changed: a later delivery's hold over an earlier's; within one, the row of the newest
// version's, ties by mark, so that the order of rows does not matter.
func (t *Tx) Pseudonym(p *Person) (store.Pseudonym, error) {
	e, err := t.lookUp(p)
	if err != nil {
		return store.Pseudonym{}, store.Wrap(err, store.Unavailable, "vault.write", nil)
	}
	if e.tag != p.Tag && (e.seen == 0 || p.Version > e.seen || p.Version == e.seen && p.Tag > e.tag) {
		if err := t.change(p); err != nil {
			return store.Pseudonym{}, store.Wrap(err, store.Unavailable, "vault.write", nil)
		}
		e.tag, e.seen = p.Tag, p.Version
	}
	if e.tag == p.Tag {
		e.seen = max(e.seen, p.Version)
	}
	return e.pseudonym, nil
}

// VersionKey gives an order-preserving number of a version; greater than 0. Texts go by their digits when they are days
// and times, and by their first eight bytes otherwise.
func VersionKey(v store.Value) uint64 {
	switch v.Kind() {
	case store.Integer, store.Boolean:
		return max(1, uint64(v.Int())^1<<63)
	case store.Decimal:
		b := math.Float64bits(v.Float())
		if b>>63 != 0 {
			return max(1, ^b)
		}
		return b | 1<<63
	case store.Day, store.DateTime:
		var n uint64
		for _, c := range []byte(v.Text()) {
			if d := c - '0'; d <= 9 {
				n = n*10 + uint64(d)
			}
		}
		return max(1, n)
	case store.Text:
		var b [8]byte
		copy(b[:], v.Text())
		return max(1, binary.BigEndian.Uint64(b[:]))
	}
	return 1
}

// miss finds a person that the cache does not have in the vault, or takes a new one in.
func (t *Tx) miss(p *Person) (*entry, error) {
	if !t.ask && !t.cache.forgot(&p.Index) {
		return t.add(p)
	}
	if t.misses++; t.ask && !t.scanned && t.misses >= t.v.engine.worthReading(t.persons) {
		// So many questions cost more than reading all once.
		if err := t.scan(); err != nil {
			return nil, err
		}
		return t.lookUp(p)
	}
	if i, ok := t.place[p.Index]; ok {
		w := &t.pending[i]
		return t.cache.add(&p.Index, entry{tag: w.tag, pseudonym: w.pseudonym}), nil
	}
	tag, pseudonym, found, err := t.s.find(&p.Index)
	if err != nil {
		return nil, err
	}
	if !found {
		return t.add(p)
	}
	return t.cache.add(&p.Index, entry{tag: tag, pseudonym: pseudonym}), nil
}

// lookUp gives a person's entry.
func (t *Tx) lookUp(p *Person) (*entry, error) {
	if e := t.cache.find(&p.Index); e != nil {
		return e, nil
	}
	return t.miss(p)
}

// add takes a new person in.
func (t *Tx) add(p *Person) (*entry, error) {
	n := pending{index: p.Index, tag: p.Tag, from: len(t.arena)}
	t.seal.random.read(n.pseudonym[:])
	t.text = appendAttributes(t.text[:0], t.names, p.Values)
	var err error
	t.arena, err = t.seal.seal(t.arena, t.registry, p.Index, t.text)
	clear(t.text)
	if err != nil {
		return nil, err
	}
	n.to = len(t.arena)
	t.place[p.Index] = int32(len(t.pending))
	t.pending = append(t.pending, n)
	t.persons++
	e := t.cache.add(&p.Index, entry{tag: p.Tag, pseudonym: n.pseudonym})
	if len(t.pending) == maxPending {
		if err := t.flush(); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// Flush writes what waits to be inserted, so that Commit has less to do.
func (t *Tx) Flush() error { return store.Wrap(t.flush(), store.Unavailable, "vault.write", nil) }

// flush inserts the new persons in order of index: neighbours share pages.
func (t *Tx) flush() error {
	t.changed = t.changed || len(t.pending) > 0
	slices.SortFunc(t.pending, func(a, b pending) int { return bytes.Compare(a.index[:], b.index[:]) })
	if err := t.s.insert(t.pending, t.arena, t.seal.version); err != nil {
		return err
	}
	t.pending, t.arena = t.pending[:0], t.arena[:0]
	clear(t.place)
	return nil
}

// change gives a person that the vault has other attributes.
func (t *Tx) change(p *Person) error {
	if _, waits := t.place[p.Index]; waits {
		if err := t.flush(); err != nil {
			return err
		}
	}
	old, err := t.open(p.Index)
	if err != nil {
		return err
	}
	merged := merge(old, Attributes{t.names, p.Values})
	if slices.Equal(merged.Names, old.Names) && slices.Equal(merged.Values, old.Values) {
		return nil // this source delivers less, or in another order, and all of it agrees
	}
	t.text = appendAttributes(t.text[:0], merged.Names, merged.Values)
	sealed, err := t.seal.seal(nil, t.registry, p.Index, t.text)
	clear(t.text)
	if err != nil {
		return err
	}
	t.changed = true
	return t.s.set(&p.Index, p.Tag, t.seal.version, sealed)
}

func (t *Tx) open(i Index) (Attributes, error) {
	kv, sealed, found, err := t.s.get(&i)
	if err != nil {
		return Attributes{}, err
	}
	if !found {
		return Attributes{}, errors.New("vault: a person is gone in the middle of a load")
	}
	text, err := openPerson(t.v.kek, kv, t.registry, i, sealed)
	if err != nil {
		return Attributes{}, err
	}
	return parseAttributes(text)
}

// scan reads all persons of the registry into the cache. Only those for whom there is no room have to be asked for
// after that.
func (t *Tx) scan() error {
	t.scanned = true
	if err := t.flush(); err != nil {
		return err
	}
	rows, err := t.s.QueryContext(context.Background(), `SELECT idx, tag, pseudonym FROM person WHERE registry=$1`, t.registry)
	if err != nil {
		return err
	}
	defer rows.Close()
	var idx, s sql.RawBytes
	var tag int64
	for rows.Next() {
		if err := rows.Scan(&idx, &tag, &s); err != nil {
			return err
		}
		i := Index(idx)
		if t.cache.find(&i) == nil {
			t.cache.add(&i, entry{tag: tag, pseudonym: store.Pseudonym(s)})
		}
	}
	t.ask = false
	return rows.Err()
}

// Fenced tells Conflict "run.lost" when a later attempt at the run than token has put its fence up. The answer holds until
// the transaction ends.
func (t *Tx) Fenced(ctx context.Context, runID string, token int) error {
	return store.Wrap(lite.Fenced(ctx, t.s, runID, token), store.Unavailable, "vault.write", nil)
}

// Commit makes the new persons and changes last.
func (t *Tx) Commit() error {
	err := t.flush()
	if err == nil && t.changed {
		err = t.count()
	}
	if err == nil {
		err = t.s.commit()
	}
	t.Rollback()
	return store.Wrap(err, store.Unavailable, "vault.write", nil)
}

// Rollback lets go of everything. After Commit it does nothing.
func (t *Tx) Rollback() {
	if t.s != nil {
		t.s.rollback()
	}
	t.cache, t.arena, t.pending, t.place = nil, nil, nil, nil
}
