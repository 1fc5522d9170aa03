package vault

import (
	"context"
	"database/sql"

	"samband/store"
)

// alias is one of several numbers of a person.
type alias struct {
	person  Index // of the row
	current bool  // the number that holds now
}

// aliasesOf gives every number of those in a registry who have several, that of the row among them.
func aliasesOf(ctx context.Context, q interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, registry int64) (map[Index]alias, error) {
	rows, err := q.QueryContext(ctx, `SELECT idx, person, current FROM alias WHERE registry=$1`, registry)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all map[Index]alias
	for rows.Next() {
		var i, p []byte
		var current int
		if err := rows.Scan(&i, &p, &current); err != nil {
			return nil, err
		}
		if all == nil {
			all = map[Index]alias{}
		}
		person := Index(p)
		all[Index(i)] = alias{person, current == 1}
		own, ok := all[person]
		all[person] = alias{person, (own.current || !ok) && current == 0}
	}
	return all, rows.Err()
}

// Pair is two numbers of one person: the one that held before, and the one that holds now.
type Pair struct{ Former, Current Index }

// Linked is what linking numbers has become, or would.
type Linked struct {
	Linked  int64 // pairs that are new, or whose current number was another
	Already int64
	Unknown int64 // of Linked: the registry has nobody yet with either number
	// Conflicts are the places in the list, counted from 0, of those where both numbers have persons of their own: what
	// the registry has of the two would have to become one person's, and that is for people to decide.
	Conflicts []int
}

// Link makes each pair one person in a registry: what comes under either number gets the same pseudonym. With a conflict, or
// with dry, nothing is changed.
func (v *Vault) Link(ctx context.Context, registry string, pairs []Pair, dry bool) (l Linked, err error) {
	err = v.engine.alone(ctx, registry, true, func(tx *sql.Tx, number int64) error {
		k := linker{ctx: ctx, tx: tx, registry: number}
		if k.all, err = aliasesOf(ctx, tx, number); err != nil {
			return err
		}
		if k.all == nil {
			k.all = map[Index]alias{}
		}
		for n, p := range pairs {
			if err := k.link(p, n, &l); err != nil {
				return err
			}
		}
		if dry || len(l.Conflicts) > 0 {
			return errNothing
		}
		if l.Linked > 0 {
			return countChange(ctx, tx, number)
		}
		return nil
	})
	if err == errNothing {
		err = nil
	}
	return l, store.Wrap(err, store.Unavailable, "vault.write", nil)
}

var errNothing = store.E(store.Refused, "vault.write", nil) // ends a transaction that is to change nothing

type linker struct {
	ctx      context.Context
	tx       *sql.Tx
	registry int64
	all      map[Index]alias
}

func (k *linker) link(p Pair, n int, l *Linked) error {
	from, to := k.row(p.Former), k.row(p.Current)
	if from == to {
		if p.Former == p.Current || k.all[p.Current].current {
			l.Already++
			return nil
		}
		l.Linked++
		return k.makeCurrent(from, p.Current)
	}
	hasFrom, err := k.has(from)
	if err != nil {
		return err
	}
	hasTo, err := k.has(to)
	if err != nil {
		return err
	}
	switch {
	case hasFrom && hasTo:
		l.Conflicts = append(l.Conflicts, n)
		return nil
	case hasTo:
		from, to = to, from
	case !hasFrom:
		l.Unknown++
	}
	l.Linked++
	// to's numbers become those of from's row.
	for i, a := range k.all {
		if a.person == to && i != to {
			if err := k.put(i, from, false); err != nil {
				return err
			}
		}
	}
	if err := k.put(to, from, false); err != nil {
		return err
	}
	return k.makeCurrent(from, p.Current)
}

// row gives the index of the row that a number leads to.
func (k *linker) row(i Index) Index {
	if a, ok := k.all[i]; ok {
		return a.person
	}
	return i
}

func (k *linker) has(i Index) (there bool, err error) {
	err = k.tx.QueryRowContext(k.ctx, `SELECT EXISTS(SELECT 1 FROM person WHERE registry=$1 AND idx=$2)`,
		k.registry, i[:]).Scan(&there)
	return there, err
}

// makeCurrent makes one of the numbers of a row the one that holds now.
func (k *linker) makeCurrent(row, current Index) error {
	for i, a := range k.all {
		if a.person == row && i != row && a.current && i != current {
			if err := k.put(i, row, false); err != nil {
				return err
			}
		}
	}
	k.all[row] = alias{row, row == current}
	if row == current {
		return nil
	}
	return k.put(current, row, true)
}

func (k *linker) put(i, row Index, current bool) error {
	k.all[i] = alias{row, current}
	n := 0
	if current {
		n = 1
	}
	_, err := k.tx.ExecContext(k.ctx, `INSERT INTO alias(registry, idx, person, current) VALUES($1,$2,$3,$4)
		ON CONFLICT(registry, idx) DO UPDATE SET person=excluded.person, current=excluded.current`, k.registry, i[:], row[:], n)
	return err
}
