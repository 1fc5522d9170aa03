package vault

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"math"

	"samband/store"
	"samband/store/internal/lite"
	"samband/store/internal/spill"
)

// Tx is the vault's side of one load: it finds or draws the pseudonym of each person and keeps their attributes
// current. Not safe for several goroutines.
//
// What rows say of persons who are new or have changed is set aside, sealed, and written by Settle in order of the index,
// which the tables are sorted by: each page is visited once, however many persons come in whatever order.
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
	settled  bool
	seal     personSealer
	draw     cipher.Block
	born     int64 // tombstones there were at the beginning
	aliases  map[Index]alias

	said   spill.Sorter // see remark
	record []byte
	text   []byte
}

// saidAtOnce bounds the memory that sorting what rows say of persons takes.
const saidAtOnce = 12 << 20

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
	t := &Tx{v: v, names: o.Names}
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
	if t.said = (spill.Sorter{Dir: t.s.dir(), Most: saidAtOnce}); t.said.Dir == "" {
		t.said.Most = math.MaxInt // a vault in memory leaves nothing on disk
	}
	var dice [32]byte
	rand.Read(dice[:])
	if t.draw, err = aes.NewCipher(dice[:]); err != nil {
		return err
	}
	err = t.s.QueryRowContext(ctx, `SELECT count(*) FROM person WHERE registry=$1`, t.registry).Scan(&t.persons)
	if err != nil {
		return err
	}
	t.ask = t.persons > 0
	if t.aliases, err = aliasesOf(ctx, t.s, t.registry); err != nil {
		return err
	}
	if t.born, err = t.v.lastTombstone(ctx); err != nil {
		return err
	}
	if o.Expect > 0 {
		o.Expect += t.persons
	}
	t.cache = newCache(o.Expect)
	t.seal = personSealer{kek: t.v.kek, version: t.v.keys.Current()}
	t.seal.current, err = t.v.kek.cipher(t.seal.version)
	return err
}

// Persons gives how many persons the registry has in the vault, those of this transaction among them. Call it after
// Settle.
func (t *Tx) Persons() int64 { return t.persons }

// Pseudonym gives the person's pseudonym in the registry, drawn now if there is none, and takes the person's attributes
// in if they are new or have changed: a later delivery's hold over an earlier's; within one, the row of the newest
// version's, ties by mark, so that the order of rows does not matter.
//
// A person who is known by several numbers is one. What comes under another than the one that holds now counts as older
// than anything that comes under that.
func (t *Tx) Pseudonym(p *Person) (store.Pseudonym, error) {
	former := false
	if a, ok := t.aliases[p.Index]; ok {
		q := *p
		q.Index, q.Version, former = a.person, max(2, q.Version), !a.current
		if former {
			q.Version = 1
		}
		p = &q
	}
	e := t.cache.find(&p.Index)
	var err error
	if e == nil {
		e, err = t.miss(p)
	}
	if err == nil && e.tag != p.Tag && (e.seen == 0 || p.Version > e.seen || p.Version == e.seen && p.Tag > e.tag) {
		known := e.pseudonym != t.drawn(&p.Index)
		if known && former {
			return e.pseudonym, nil
		}
		err = t.set(p, known)
		e.tag, e.seen = p.Tag, p.Version
	}
	if err != nil {
		return store.Pseudonym{}, store.Wrap(err, store.Unavailable, "vault.write", nil)
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

// drawn gives the pseudonym of a person who is new to the registry. It is drawn at random as generators of random numbers
// do it: a cipher whose key is random, of this transaction alone and written nowhere, over what sets one draw apart from
// another. With the key gone it says nothing of the person; until then whoever is met again need not be remembered.
func (t *Tx) drawn(i *Index) (p store.Pseudonym) {
	t.draw.Encrypt(p[:], i[:])
	return p
}

// miss finds a person that the cache does not have in the vault, or takes a new one in.
func (t *Tx) miss(p *Person) (*entry, error) {
	if t.persons > 0 && (t.ask || t.cache.forgot(&p.Index)) {
		if t.misses++; t.ask && !t.scanned && t.misses >= t.v.engine.worthReading(t.persons) {
			// So many questions cost more than reading all once.
			if err := t.scan(); err != nil {
				return nil, err
			}
			if e := t.cache.find(&p.Index); e != nil {
				return e, nil
			}
			return t.miss(p)
		}
		tag, pseudonym, found, err := t.s.find(&p.Index)
		if err != nil {
			return nil, err
		}
		if found {
			return t.keep(entry{index: p.Index, tag: tag, pseudonym: pseudonym})
		}
	}
	if err := t.set(p, false); err != nil {
		return nil, err
	}
	return t.keep(entry{index: p.Index, tag: p.Tag, seen: p.Version, pseudonym: t.drawn(&p.Index)})
}

// keep puts an entry into the cache. What rows said of the person who leaves for it is not forgotten.
func (t *Tx) keep(e entry) (*entry, error) {
	in, out := t.cache.add(e)
	return in, t.remind(&out)
}

// remind sets aside how new the newest row was that said of a person what the entry holds.
func (t *Tx) remind(e *entry) error {
	if e.seen == 0 {
		return nil
	}
	t.record = appendRemark(t.record[:0], remark{index: e.index, tag: e.tag, version: e.seen,
		known: e.pseudonym != t.drawn(&e.index)})
	return t.said.Add(t.record)
}

// set takes in what a row says of a person; known when the person is in the vault already.
func (t *Tx) set(p *Person, known bool) (err error) {
	t.record = appendRemark(t.record[:0], remark{index: p.Index, tag: p.Tag, version: p.Version, known: known})
	t.text = appendAttributes(t.text[:0], t.names, p.Values)
	t.record, err = t.seal.seal(t.record, t.registry, p.Index, t.text)
	clear(t.text)
	if err != nil {
		return err
	}
	return t.said.Add(t.record)
}

// scan reads the persons of the registry into the cache. Only those for whom there is no room have to be asked for after
// that.
func (t *Tx) scan() error {
	t.scanned = true
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
			t.cache.offer(entry{index: i, tag: tag, pseudonym: store.Pseudonym(s)})
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
	err := t.settle(context.Background())
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
	t.said.Close()
	t.cache, t.draw = nil, nil
}
