package vault

import (
	"context"
	"slices"

	"samband/store"
)

// revealAtOnce is how many pseudonyms one reading of a registry's persons looks for.
const revealAtOnce = 20

// Reveal calls f with each of these persons that the registry has, opened; those whose data key is gone are left out. What calls it belongs to the identity side and
// has a reason on record.
//
// No index leads from a pseudonym to its person: it would cost every load a page for each person, and the persons of a
// registry are read through in less time than people take to press a button.
func (v *Vault) Reveal(ctx context.Context, registry string, wanted []store.Pseudonym, f func(store.Pseudonym, Attributes) error) error {
	for part := range slices.Chunk(wanted, revealAtOnce) {
		if err := v.reveal(ctx, registry, part, f); err != nil {
			return err
		}
	}
	return nil
}

// What a query for persons ends with.
const (
	someOf = ` AND pseudonym IN ($2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)`

	inOrder = ` ORDER BY pseudonym`
)

// some gives the arguments of a query with someOf. The places that are left stand for the last one again.
func some(registry int64, only []store.Pseudonym) []any {
	args := make([]any, 1, 1+revealAtOnce)
	args[0] = registry
	for i := range revealAtOnce {
		args = append(args, only[min(i, len(only)-1)][:])
	}
	return args
}
