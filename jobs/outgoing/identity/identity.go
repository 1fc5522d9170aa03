// Package identity is the identity side of what goes out in two halves: it reads the vault and never sees a health value.
package identity

import (
	"context"

	"samband/jobs/connector"
	"samband/store"
	"samband/store/vault"
)

// Side gives the persons of a registry.
type Side struct {
	Vault    *vault.Vault
	Registry string
	// Choices reads what people have chosen, and gives who may go out, by number. nil, or nothing given: everybody.
	Choices func(context.Context) (func(number string) bool, error)
}

var _ connector.Identities = (*Side)(nil)

// each calls f with the persons that there is an identity of and whose choice lets them go out. Those who are erased are not
// among them.
func (s *Side) each(ctx context.Context, f func(store.Pseudonym, *vault.Attributes) error) error {
	var may func(string) bool
	if s.Choices != nil {
		var err error
		if may, err = s.Choices(ctx); err != nil {
			return err
		}
	}
	return s.Vault.Each(ctx, s.Registry, func(p store.Pseudonym, a vault.Attributes) error {
		if may != nil && !may(a.Value(store.AttrNumber, 0)) {
			return nil
		}
		return f(p, &a)
	})
}

// Known gives the persons that may go out.
func (s *Side) Known(ctx context.Context) (map[store.Pseudonym]bool, error) {
	known := map[store.Pseudonym]bool{}
	return known, s.each(ctx, func(p store.Pseudonym, _ *vault.Attributes) error {
		known[p] = true
		return nil
	})
}

// Write writes the wanted persons, each once, asking for their choice once more. A value that isn't there is null.
func (s *Side) Write(ctx context.Context, wanted map[store.Pseudonym]bool, attributes []store.Attribute, to connector.IdentityHalf) error {
	values, nulls := make([]string, len(attributes)), make([]bool, len(attributes))
	return s.each(ctx, func(p store.Pseudonym, a *vault.Attributes) error {
		if !wanted[p] {
			return nil
		}
		for i, name := range attributes {
			values[i] = a.Value(name, 0)
			nulls[i] = values[i] == ""
		}
		return to.Person(p[:], values, nulls)
	})
}
