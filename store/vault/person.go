package vault

import (
	"context"
	"database/sql"

	"samband/store"
)

// Value gives the n-th value (0 = first) of a name; "" when there are not so many.
func (a *Attributes) Value(name store.Attribute, n int) string {
	for i := range a.Names {
		if a.Names[i] == name {
			if n == 0 {
				return a.Values[i]
			}
			n--
		}
	}
	return ""
}

// Each calls f with every person of a registry, in order of pseudonym, opened; those whose data key is gone are left out. What
// calls it belongs to the identity side and has a reason on record.
func (v *Vault) Each(ctx context.Context, registry string, f func(store.Pseudonym, Attributes) error) error {
	return v.reveal(ctx, registry, nil, f)
}

// reveal is Each for some persons, or for all with nil.
func (v *Vault) reveal(ctx context.Context, registry string, only []store.Pseudonym, f func(store.Pseudonym, Attributes) error) error {
	number, err := numberOf(ctx, v.db, registry)
	if err != nil {
		return store.Wrap(err, store.Unavailable, "vault.read", nil)
	}
	err = v.engine.each(ctx, number, only, func(r *row) error {
		if len(r.key) == 0 {
			return nil
		}
		dek, text, err := openPerson(v.kek, number, r)
		if err != nil {
			return store.Wrap(err, store.Internal, "vault.sealed", nil)
		}
		a, err := parseAttributes(text)
		clear(text)
		clear(dek)
		if err != nil {
			return store.Wrap(err, store.Internal, "vault.sealed", nil)
		}
		return f(r.pseudonym, a)
	})
	return store.Wrap(err, store.Unavailable, "vault.read", nil)
}

// eachRow calls f with the rows of a query for pseudonym, idx, kv and sealed, and for the data key when its columns follow.
func eachRow(rows *sql.Rows, err error, f func(*row) error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		var r row
		var pseudonym, index []byte
		to := []any{&pseudonym, &index, &r.kv, &r.sealed, &r.keyVersion, &r.key}
		if err := rows.Scan(to[:len(columns)]...); err != nil {
			return err
		}
		copy(r.pseudonym[:], pseudonym)
		copy(r.index[:], index)
		if err := f(&r); err != nil {
			return err
		}
	}
	return rows.Err()
}
