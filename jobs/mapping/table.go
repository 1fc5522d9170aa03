package mapping

import (
	"slices"
	"strings"

	"samband/store"
)

// codes looks a text up; one that is not there goes as miss says. A short table, which nearly all are, is searched from
// the front: faster than hashing.
func codes(table map[string]string, null []string, miss func(store.Value) (store.Value, Fault)) step {
	all := make(map[string]store.Value, len(table)+len(null))
	for from, to := range table {
		all[from] = store.TextValue(to)
	}
	for _, from := range null {
		all[from] = store.Value{}
	}
	type pair struct {
		from string
		to   store.Value
	}
	var short []pair
	if len(all) <= 8 {
		for from, to := range all {
			short = append(short, pair{from, to})
		}
		slices.SortFunc(short, func(a, b pair) int { return strings.Compare(a.from, b.from) })
	}
	return func(_ *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad != 0 || v.IsNull() {
			return v, bad
		}
		t := v.Text()
		if short != nil {
			for i := range short {
				if short[i].from == t {
					return short[i].to, 0
				}
			}
		} else if to, ok := all[t]; ok {
			return to, 0
		}
		return miss(v)
	}
}

// outside gives what becomes of a text that a step's table does not have.
func outside(s *store.Step) func(store.Value) (store.Value, Fault) {
	switch s.Otherwise {
	case store.OtherNull:
		return func(store.Value) (store.Value, Fault) { return store.Value{}, 0 }
	case store.OtherCode:
		to := store.TextValue(s.Value)
		return func(store.Value) (store.Value, Fault) { return to, 0 }
	case store.OtherKeep:
		return func(v store.Value) (store.Value, Fault) { return v, 0 }
	}
	return func(store.Value) (store.Value, Fault) { return store.Value{}, FaultCode }
}

// column gives one column of a table by its key.
func column(t *store.LookupTable, name string) map[string]string {
	at := slices.Index(t.Columns, name)
	out := make(map[string]string, len(t.Rows))
	for _, row := range t.Rows {
		out[row[0]] = row[at]
	}
	return out
}

// normalise writes a code as its system does; what only holds a place is null.
func normalise(system string) step {
	return onValue(func(v store.Value) store.Value {
		if t := store.NormaliseCode(system, v.Text()); t != "" {
			return store.TextValue(t)
		}
		return store.Value{}
	})
}
