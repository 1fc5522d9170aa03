// Package identity reads who persons are: it is the one place, beside the joiner, where the vault is opened, and it knows
// nothing of what a registry holds about anybody. What calls it has a reason on record.
package identity

import (
	"context"

	"samband/store"
	"samband/store/vault"
)

// Reader reads persons from a vault.
type Reader struct{ Vault *vault.Vault }

// Persons gives the persons behind pseudonyms of a registry, in the order asked for. One that the vault doesn't have, or
// no longer, is there and not Found.
func (r Reader) Persons(ctx context.Context, registry string, wanted []store.Pseudonym) ([]store.Identity, error) {
	list := make([]store.Identity, len(wanted))
	at := make(map[store.Pseudonym]int, len(wanted))
	for i, p := range wanted {
		list[i].Pseudonym = p
		at[p] = i
	}
	err := r.Vault.Reveal(ctx, registry, wanted, func(p store.Pseudonym, a vault.Attributes) error {
		person := &list[at[p]]
		person.Found, person.Parts = true, person.Parts[:0]
		for i, name := range a.Names {
			if a.Values[i] != "" {
				person.Parts = append(person.Parts, store.IdentityPart{Is: name, Value: store.NewSecret(a.Values[i])})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}
