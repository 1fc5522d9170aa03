package jobs

import (
	"bytes"
	"context"
	"iter"

	"samband/store"
	"samband/store/vault"
)

// LinkPersons makes one person in a registry of each who has two numbers: lines with the former one and the one that holds now,
// with ; between. Every line is checked before anything is linked. Its errors name lines and never what stands in them: Invalid
// "person.line", Conflict "person.both_known" when the registry has a person for either number of a pair.
func (j *Jobs) LinkPersons(ctx context.Context, registry string, lines iter.Seq[[]byte], dry bool, by store.Actor) (l vault.Linked, err error) {
	g, err := j.DB.Registry(ctx, registry)
	if err != nil {
		return l, err
	}
	rules := j.persons
	if g.Demo {
		rules.Environment = store.EnvTest
	}
	var pairs []vault.Pair
	var at []int // line of each pair
	x, now, n := j.vault.NewIndexer(nil), j.Clock.Now(), 0
	for line := range lines {
		n++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		former, current, ok := bytes.Cut(line, []byte(";"))
		var p vault.Pair
		for _, side := range []struct {
			number []byte
			to     *vault.Index
		}{{former, &p.Former}, {current, &p.Current}} {
			key, valid := personKey(store.NewSecret(string(bytes.TrimSpace(side.number))), rules, now)
			if ok = ok && valid; ok {
				*side.to = x.Index(key)
			}
		}
		if !ok {
			return l, store.E(store.Invalid, "person.line", store.Args{"line": n})
		}
		pairs, at = append(pairs, p), append(at, n)
	}
	if l, err = j.vault.Link(ctx, registry, pairs, dry); err != nil {
		return l, err
	}
	if len(l.Conflicts) > 0 {
		return l, store.E(store.Conflict, "person.both_known", store.Args{"n": len(l.Conflicts), "line": at[l.Conflicts[0]]})
	}
	if dry {
		return l, nil
	}
	return l, j.DB.Record(ctx, store.AuditEntry{Action: "vault.link", Kind: "vault", Object: registry, Registry: registry,
		Details: store.Args{"n": l.Linked}}, by)
}
