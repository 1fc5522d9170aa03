package db

import (
	"context"

	"samband/store"
)

// Workload returns how the work stands.
func (d *DB) Workload(ctx context.Context) (*store.Workload, error) {
	return read(ctx, d, func(t *tx) (*store.Workload, error) {
		f := &store.Workload{Runs: map[store.RunState]int64{}, Alerts: map[store.AlertKind]int64{},
			Circuits: map[store.CircuitState]int64{}, Unsent: map[store.OutgoingState]int64{}}
		for _, q := range []struct {
			take  func(name string, n int64)
			query string
		}{
			{func(name string, n int64) { f.Runs[store.RunState(name)] = n },
				`SELECT state, COUNT(*) FROM run WHERE state IN ('due', 'running', 'held', 'unknown') GROUP BY state`},
			{func(name string, n int64) { f.Alerts[store.AlertKind(name)] = n },
				`SELECT kind, COUNT(*) FROM alert WHERE closed_at = 0 GROUP BY kind`},
			{func(name string, n int64) { f.Unsent[store.OutgoingState(name)] = n },
				`SELECT state, COUNT(*) FROM outbox WHERE state IN ('waiting', 'dead') GROUP BY state`},
		} {
			list, err := all(t, func(r row) (c struct {
				name string
				n    int64
			}, err error) {
				err = r.Scan(&c.name, &c.n)
				return c, err
			}, q.query)
			if err != nil {
				return nil, err
			}
			for _, c := range list {
				q.take(c.name, c.n)
			}
		}
		circuits, err := all(t, scanCircuit, `SELECT `+circuitColumns+` FROM circuit`)
		if err != nil {
			return nil, err
		}
		for i := range circuits {
			f.Circuits[circuits[i].State(t.now)]++
		}
		if f.Waiting, err = value[int64](t, `SELECT COUNT(*) FROM run WHERE state = 'running' AND stage = 'waiting'`); err != nil {
			return nil, err
		}
		if f.Untaken, err = value[int64](t, `SELECT COUNT(*) FROM alert WHERE closed_at = 0
			AND (taken_by = '' OR until_at <> 0 AND until_at <= $1)`, micros(t.now)); err != nil {
			return nil, err
		}
		oldest, err := value[int64](t, `SELECT COALESCE(MIN(start_at), 0) FROM run WHERE state = 'due' AND start_at <= $1`,
			micros(t.now))
		f.OldestDue = fromMicros(oldest)
		return f, err
	})
}
