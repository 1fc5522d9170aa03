package vault

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"samband/store"
)

// remark is what a row says of a person, as Tx sets it aside: in the order of its bytes the remarks of a person are
// neighbours, of those the ones with the same attributes, and of those the newest comes last.
type remark struct {
	index   Index
	tag     int64
	version uint64
	known   bool   // the person was in the vault before
	sealed  []byte // empty when another remark with this tag has it, or the vault
}

const remarkHead = len(Index{}) + 8 + 8 + 1

// appendRemark appends a remark without what is sealed, which may follow.
func appendRemark(b []byte, r remark) []byte {
	b = append(b, r.index[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(r.tag))
	b = binary.BigEndian.AppendUint64(b, r.version)
	if r.known {
		return append(b, 1)
	}
	return append(b, 0)
}

// readRemark undoes appendRemark; sealed is a part of b.
func readRemark(b []byte) (r remark, err error) {
	if len(b) < remarkHead {
		return r, errors.New("vault: what was set aside of a person is broken")
	}
	copy(r.index[:], b)
	b = b[len(r.index):]
	r.tag, r.version, r.known = int64(binary.BigEndian.Uint64(b)), binary.BigEndian.Uint64(b[8:]), b[16] == 1
	r.sealed = b[17:]
	return r, nil
}

// Settle writes the persons who came or changed. Call it once, after the last Pseudonym; Commit does when nobody has.
func (t *Tx) Settle(ctx context.Context) error {
	return store.Wrap(t.settle(ctx), store.Unavailable, "vault.write", nil)
}

func (t *Tx) settle(ctx context.Context) error {
	if t.settled {
		return nil
	}
	t.settled = true
	for i := range t.cache.sets { // of those who left before, other rows may say something else
		if s := &t.cache.sets[i]; s.evicted {
			for k := range s.entries {
				if err := t.remind(&s.entries[k]); err != nil {
					return err
				}
			}
		}
	}
	t.cache = nil // makes room
	return t.s.write(ctx, func(add func(*row) error) error {
		c := chooser{t: t, add: add}
		n := 0
		err := t.said.Each(func(b []byte) error {
			if n++; n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			r, err := readRemark(b)
			if err != nil {
				return err
			}
			return c.take(r)
		})
		if err == nil {
			err = c.end()
		}
		return err
	})
}

// chooser writes of each person what the newest of the remarks says, ties by mark.
type chooser struct {
	t    *Tx
	add  func(*row) error
	last remark // the newest of the attributes at hand
	best remark // the newest of the person's other attributes
	some bool   // last is set
	more bool   // best is, too
}

func (c *chooser) take(r remark) error {
	switch {
	case c.some && r.index == c.last.index && r.tag == c.last.tag:
		c.last.version = r.version
		if len(r.sealed) > 0 {
			c.last.sealed = append(c.last.sealed[:0], r.sealed...)
		}
		return nil
	case c.some && r.index == c.last.index:
		c.choose()
	case c.some:
		if err := c.end(); err != nil {
			return err
		}
	}
	r.sealed = append(c.last.sealed[:0], r.sealed...)
	c.last, c.some = r, true
	return nil
}

// choose makes the newer of last and best the best.
func (c *chooser) choose() {
	l, b := &c.last, &c.best
	if !c.more || l.version > b.version || l.version == b.version && l.tag > b.tag {
		*l, *b = *b, *l
	}
	c.more = true
}

// end writes the person at hand.
func (c *chooser) end() error {
	if !c.some {
		return nil
	}
	c.choose()
	c.more = false
	t, r := c.t, &c.best
	switch {
	case r.known && len(r.sealed) > 0:
		return t.change(r, c.add)
	case r.known: // as it was
		return nil
	}
	t.persons++
	t.changed = true
	return c.add(&row{index: r.index, pseudonym: t.drawn(&r.index), tag: r.tag, kv: t.seal.version, born: t.born,
		sealed: r.sealed[wrapSize:], key: r.sealed[:wrapSize], keyVersion: t.seal.version})
}

// change gives a person that the vault has other attributes.
func (t *Tx) change(r *remark, add func(*row) error) error {
	was, found, err := t.s.get(&r.index)
	if err != nil {
		return err
	}
	if !found {
		return errors.New("vault: a person is gone in the middle of a load")
	}
	new := row{index: r.index, pseudonym: was.pseudonym, tag: r.tag, kv: was.kv, born: was.born}
	dek, old, err := t.open(&was)
	if err != nil {
		return err
	}
	saidKey, said, err := t.open(&row{index: r.index, kv: t.seal.version, sealed: r.sealed[wrapSize:],
		key: r.sealed[:wrapSize], keyVersion: t.seal.version})
	if err != nil {
		return err
	}
	merged := merge(old, said)
	if dek != nil && slices.Equal(merged.Names, old.Names) && slices.Equal(merged.Values, old.Values) {
		return nil // this source delivers less, or in another order, and all of it agrees
	}
	if dek == nil { // with the key what was known is gone
		dek, new.kv, new.born, new.key, new.keyVersion = saidKey, t.seal.version, t.born, r.sealed[:wrapSize], t.seal.version
	}
	t.text = appendAttributes(t.text[:0], merged.Names, merged.Values)
	new.sealed, err = t.seal.under(nil, dek, new.kv, t.registry, r.index, t.text)
	clear(t.text)
	clear(dek)
	if err != nil {
		return err
	}
	t.changed = true
	return add(&new)
}

// open gives a person's data key and attributes; no key when there is none any more.
func (t *Tx) open(r *row) (dek []byte, a Attributes, err error) {
	if len(r.key) == 0 {
		return nil, a, nil
	}
	dek, text, err := openPerson(t.v.kek, t.registry, r)
	if err != nil {
		return nil, a, err
	}
	a, err = parseAttributes(text)
	clear(text)
	return dek, a, err
}
