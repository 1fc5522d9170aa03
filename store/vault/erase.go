package vault

import (
	"context"
	"database/sql"
	"encoding/hex"
	"slices"
	"time"

	"samband/store"
)

// Tombstone says that a person was erased from a registry. It names nobody: Person is the keyed index. It holds for what was
// drawn before it; who comes again later, because they have consented anew, is somebody new.
type Tombstone struct {
	N        int64 // counts all tombstones of an installation, from 1
	Registry string
	Person   Index
	At       time.Time
	Why      string // a code
}

// String gives the index in hexadecimal.
func (i Index) String() string { return hex.EncodeToString(i[:]) }

// Same gives every index under which the vault knows the person in the registry, i among them.
func (v *Vault) Same(ctx context.Context, registry string, i Index) ([]Index, error) {
	number, err := numberOf(ctx, v.db, registry)
	if err != nil || number == 0 {
		return []Index{i}, store.Wrap(err, store.Unavailable, "vault.read", nil)
	}
	all, err := aliasesOf(ctx, v.db, number)
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "vault.read", nil)
	}
	same := []Index{i}
	if a, ok := all[i]; ok {
		for other, b := range all {
			if b.person == a.person && other != i {
				same = append(same, other)
			}
		}
	}
	slices.SortFunc(same[1:], func(a, b Index) int { return slices.Compare(a[:], b[:]) })
	return same, nil
}

// LastTombstone gives the number of the newest tombstone, 0 when there is none.
func (v *Vault) LastTombstone(ctx context.Context) (int64, error) {
	n, err := v.lastTombstone(ctx)
	return n, store.Wrap(err, store.Unavailable, "vault.read", nil)
}

func (v *Vault) lastTombstone(ctx context.Context) (n int64, err error) {
	err = v.wraps.QueryRowContext(ctx, `SELECT coalesce(max(n), 0) FROM tombstone`).Scan(&n)
	return n, err
}

// Tombstones gives those after the n-th, in order.
func (v *Vault) Tombstones(ctx context.Context, after int64) (list []Tombstone, err error) {
	fail := func(err error) ([]Tombstone, error) {
		return nil, store.Wrap(err, store.Unavailable, "vault.read", nil)
	}
	rows, err := v.wraps.QueryContext(ctx, `SELECT n, registry, idx, at, why FROM tombstone WHERE n>$1 ORDER BY n`, after)
	if err != nil {
		return fail(err)
	}
	defer rows.Close()
	for rows.Next() {
		var t Tombstone
		var i []byte
		var at string
		if err := rows.Scan(&t.N, &t.Registry, &i, &at, &t.Why); err != nil {
			return fail(err)
		}
		copy(t.Person[:], i)
		if t.At, err = time.Parse(time.RFC3339, at); err != nil {
			return fail(err)
		}
		list = append(list, t)
	}
	if err := rows.Err(); err != nil {
		return fail(err)
	}
	return list, nil
}

// Bury erases the persons that tombstones name, as far as they were drawn before them, and tells of how many there was
// anything. The data key goes first, and waits for no load: with it the person can be read by nobody, in no copy of the
// persons. Then goes their row with the pseudonym, when no load of the registry is going on. What is buried already costs
// a look. Write them where they outlast the databases first, see Graves.
func (v *Vault) Bury(ctx context.Context, list []Tombstone) (n int64, err error) {
	byRegistry := map[string][]Tombstone{}
	for _, t := range list {
		byRegistry[t.Registry] = append(byRegistry[t.Registry], t)
	}
	for registry, list := range byRegistry {
		k, err := v.bury(ctx, registry, list)
		if n += k; err != nil {
			return n, store.Wrap(err, store.Unavailable, "vault.write", nil)
		}
	}
	return n, nil
}

func (v *Vault) bury(ctx context.Context, registry string, list []Tombstone) (int64, error) {
	number, err := numberOf(ctx, v.db, registry)
	if err != nil {
		return 0, err
	}
	gone, err := v.shred(ctx, number, list)
	if err != nil {
		return 0, err
	}
	left, err := v.leftOf(ctx, number, list)
	if err != nil || !left {
		return int64(len(gone)), err
	}
	if err := v.engine.alone(ctx, registry, false, func(tx *sql.Tx, _ int64) error {
		for _, t := range list {
			done, err := tx.ExecContext(ctx, `DELETE FROM person WHERE registry=$1 AND idx=$2 AND born<$3`, number, t.Person[:], t.N)
			if err != nil {
				return err
			}
			if k, err := done.RowsAffected(); err != nil {
				return err
			} else if k > 0 {
				gone[t.Person] = true
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM alias WHERE registry=$1 AND (idx=$2 OR person=$2)
				AND NOT EXISTS(SELECT 1 FROM person p WHERE p.registry=$1 AND p.idx=alias.person)`, number, t.Person[:]); err != nil {
				return err
			}
		}
		return countChange(ctx, tx, number)
	}); err != nil {
		return int64(len(gone)), err
	}
	// A load that was going on when the keys went may have brought some of them since.
	again, err := v.shred(ctx, number, list)
	for i := range again {
		gone[i] = true
	}
	v.Checkpoint(ctx)
	return int64(len(gone)), err
}

// shred destroys the data keys, keeps the tombstones beside them, and tells whose keys there were.
func (v *Vault) shred(ctx context.Context, number int64, list []Tombstone) (map[Index]bool, error) {
	gone := map[Index]bool{}
	none := make([]byte, wrapSize)
	err := v.engine.apart(ctx, func(tx *sql.Tx) error {
		for _, t := range list {
			// Overwritten first: a place that is only given up may be read until something else takes it.
			done, err := tx.ExecContext(ctx, `UPDATE personkey SET wrapped=$4 WHERE registry=$1 AND idx=$2 AND born<$3`,
				number, t.Person[:], t.N, none)
			if err != nil {
				return err
			}
			if k, err := done.RowsAffected(); err != nil {
				return err
			} else if k > 0 {
				gone[t.Person] = true
				if _, err := tx.ExecContext(ctx, `DELETE FROM personkey WHERE registry=$1 AND idx=$2 AND born<$3`,
					number, t.Person[:], t.N); err != nil {
					return err
				}
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO tombstone(n, registry, idx, at, why) VALUES($1,$2,$3,$4,$5)
				ON CONFLICT DO NOTHING`, t.N, t.Registry, t.Person[:], t.At.UTC().Format(time.RFC3339), t.Why); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && len(gone) > 0 {
		v.Checkpoint(ctx)
	}
	return gone, err
}

// leftOf tells whether the vault still has anything of persons that tombstones name.
func (v *Vault) leftOf(ctx context.Context, number int64, list []Tombstone) (left bool, err error) {
	ask, err := v.db.PrepareContext(ctx, `SELECT EXISTS(SELECT 1 FROM person WHERE registry=$1 AND idx=$2 AND born<$3)
		OR EXISTS(SELECT 1 FROM alias WHERE registry=$1 AND idx=$2
			AND NOT EXISTS(SELECT 1 FROM person p WHERE p.registry=$1 AND p.idx=alias.person))`)
	if err != nil {
		return false, err
	}
	defer ask.Close()
	for _, t := range list {
		if err := ask.QueryRowContext(ctx, number, t.Person[:], t.N).Scan(&left); err != nil || left {
			return left, err
		}
	}
	return false, nil
}
