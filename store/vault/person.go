package vault

import (
	"context"

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

// Each calls f with every person of a registry, in order of pseudonym, opened. What calls it belongs to the identity
// side and has a reason on record.
func (v *Vault) Each(ctx context.Context, registry string, f func(store.Pseudonym, Attributes) error) error {
	rows, err := v.db.QueryContext(ctx, `SELECT pseudonym, registry, idx, kv, sealed FROM person
		WHERE registry=(SELECT id FROM registry WHERE slug=$1) ORDER BY pseudonym`, registry)
	if err != nil {
		return store.Wrap(err, store.Unavailable, "vault.read", nil)
	}
	defer rows.Close()
	for rows.Next() {
		var pseudonym, index, sealed []byte
		var id int64
		var kv int
		if err := rows.Scan(&pseudonym, &id, &index, &kv, &sealed); err != nil {
			return store.Wrap(err, store.Unavailable, "vault.read", nil)
		}
		text, err := openPerson(v.kek, kv, id, Index(index), sealed)
		if err != nil {
			return store.Wrap(err, store.Internal, "vault.sealed", nil)
		}
		a, err := parseAttributes(text)
		clear(text)
		if err != nil {
			return store.Wrap(err, store.Internal, "vault.sealed", nil)
		}
		if err := f(store.Pseudonym(pseudonym), a); err != nil {
			return err
		}
	}
	return store.Wrap(rows.Err(), store.Unavailable, "vault.read", nil)
}
