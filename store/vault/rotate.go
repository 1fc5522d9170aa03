package vault

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"

	"samband/store"
)

// KeyUse tells how many data keys of persons a version of the master key wraps.
type KeyUse struct {
	Version int
	Persons int64
}

// KeyUse gives the versions in use, the oldest first.
func (v *Vault) KeyUse(ctx context.Context) (list []KeyUse, err error) {
	rows, err := v.wraps.QueryContext(ctx, `SELECT kv, count(*) FROM personkey GROUP BY kv ORDER BY kv`)
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "vault.read", nil)
	}
	defer rows.Close()
	for rows.Next() {
		var u KeyUse
		if err := rows.Scan(&u.Version, &u.Persons); err != nil {
			return nil, store.Wrap(err, store.Unavailable, "vault.read", nil)
		}
		list = append(list, u)
	}
	return list, store.Wrap(rows.Err(), store.Unavailable, "vault.read", nil)
}

// Rewrap wraps every data key that an older version of the master key wraps with the current one, some at a time, while
// loads run, and tells how many; of a person nothing else is touched. One that is cut off is begun again, and finds what
// is left. A load that was going on when the current version was made may leave some: call it until KeyUse has none.
func (v *Vault) Rewrap(ctx context.Context) (n int64, err error) {
	var from wrapped
	for {
		last, k, err := v.rewrapSome(ctx, from)
		n += k
		if err != nil || last == nil {
			return n, store.Wrap(err, store.Unavailable, "vault.write", nil)
		}
		from = *last
	}
}

// Release readies the vault for doing without a version of the master key, and all before it. Refused
// "vault.key_in_use" while it is the current one or wraps data keys.
func (v *Vault) Release(ctx context.Context, version int) error {
	use, err := v.KeyUse(ctx)
	if err != nil {
		return err
	}
	for _, u := range use {
		if u.Version <= version {
			return store.E(store.Refused, "vault.key_in_use", store.Args{"version": u.Version, "persons": u.Persons})
		}
	}
	if version >= v.keys.Current() {
		return store.E(store.Refused, "vault.key_in_use", store.Args{"version": version, "persons": int64(0)})
	}
	return store.Wrap(v.carryIndex(ctx), store.Unavailable, "vault.write", nil)
}

type wrapped struct {
	registry int64
	index    Index
	kv       int
	key      []byte
}

// rewrapSome wraps the next keys after one anew and gives the last of them, nil when there are no more.
func (v *Vault) rewrapSome(ctx context.Context, after wrapped) (last *wrapped, n int64, err error) {
	version := v.keys.Current()
	seal := personSealer{kek: v.kek, version: version}
	if seal.current, err = v.kek.cipher(version); err != nil {
		return nil, 0, err
	}
	err = v.engine.apart(ctx, func(tx *sql.Tx) error {
		list, err := olderThan(ctx, tx, version, after)
		if err != nil || len(list) == 0 {
			return err
		}
		put, err := tx.PrepareContext(ctx, `UPDATE personkey SET kv=$1, wrapped=$2
			WHERE registry=$3 AND idx=$4 AND kv=$5 AND wrapped=$6`) // who is erased meanwhile stays so
		if err != nil {
			return err
		}
		defer put.Close()
		for _, w := range list {
			dek, err := unwrap(v.kek, w.kv, w.registry, w.index, w.key)
			if err != nil {
				return err
			}
			done, err := put.ExecContext(ctx, version, seal.wrap(dek, w.registry, w.index), w.registry, w.index[:], w.kv, w.key)
			clear(dek)
			if err != nil {
				return err
			}
			k, err := done.RowsAffected()
			if err != nil {
				return err
			}
			n += k
		}
		last = &list[len(list)-1]
		return nil
	})
	return last, n, err
}

func olderThan(ctx context.Context, tx *sql.Tx, version int, after wrapped) (list []wrapped, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT registry, idx, kv, wrapped FROM personkey
		WHERE (registry, idx) > ($1, $2) AND kv<$3 ORDER BY registry, idx LIMIT $4`, after.registry, after.index[:], version, atOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w wrapped
		var i []byte
		if err := rows.Scan(&w.registry, &i, &w.kv, &w.key); err != nil {
			return nil, err
		}
		copy(w.index[:], i)
		list = append(list, w)
	}
	return list, rows.Err()
}

// wrap wraps a data key.
func (s *personSealer) wrap(dek []byte, registry int64, index Index) []byte {
	b := grow(nil, nonceSize)
	s.random.read(b)
	s.aad = personData(s.aad[:0], registry, index, "key", s.version)
	return s.current.Seal(b, b, dek, s.aad)
}

// indexKeys takes the keys of the index and of the tags: those of the version that is pinned, or, when that version was
// replaced, what was carried over from it. They never change while the vault lives: everybody would be somebody new.
func (v *Vault) indexKeys(ctx context.Context, pinned int) (err error) {
	var carried []byte
	switch err = v.db.QueryRowContext(ctx, `SELECT value FROM meta WHERE name='carried'`).Scan(&carried); {
	case err == nil && len(carried) > 4:
		version := int(binary.BigEndian.Uint32(carried))
		c, err := newSealer(v.keys, "carried").cipher(version)
		if err != nil {
			return err
		}
		both, err := c.Open(nil, carried[4:4+nonceSize], carried[4+nonceSize:], additional(nil, "meta", nil, "carried", version))
		if err != nil || len(both) != 2*dekSize {
			return store.E(store.Refused, "vault.wrong_key", nil)
		}
		v.index, v.tag = both[:dekSize], both[dekSize:]
		return nil
	case err != nil && err != sql.ErrNoRows:
		return err
	}
	if v.index, err = derive(v.keys, pinned, "index"); err == nil {
		v.tag, err = derive(v.keys, pinned, "tag")
	}
	return err
}

// carryIndex seals the keys of the index with the current version of the master key, so that the version they come from
// can be done without.
func (v *Vault) carryIndex(ctx context.Context) error {
	version := v.keys.Current()
	c, err := newSealer(v.keys, "carried").cipher(version)
	if err != nil {
		return err
	}
	b := binary.BigEndian.AppendUint32(nil, uint32(version))
	var random pool
	b = grow(b, nonceSize)
	random.read(b[4:])
	b = c.Seal(b, b[4:4+nonceSize], append(bytes.Clone(v.index), v.tag...), additional(nil, "meta", nil, "carried", version))
	return v.engine.alone(ctx, "", false, func(tx *sql.Tx, _ int64) error {
		var have []byte
		err := tx.QueryRowContext(ctx, `SELECT value FROM meta WHERE name='carried'`).Scan(&have)
		if err == nil && len(have) > 4 && int(binary.BigEndian.Uint32(have)) >= version {
			return nil
		}
		if err != nil && err != sql.ErrNoRows {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO meta(name, value) VALUES('carried', $1)
			ON CONFLICT(name) DO UPDATE SET value=excluded.value`, b)
		return err
	})
}

// markOfIndex is what the index key is recognised by.
func (v *Vault) markOfIndex(version int) []byte {
	m := hmac.New(sha256.New, v.index)
	m.Write([]byte("samband vault"))
	return m.Sum(binary.BigEndian.AppendUint32(nil, uint32(version)))
}
