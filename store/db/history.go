package db

import (
	"context"
	"slices"
	"strconv"

	"samband/store"
)

func runWhere(f store.RunFilter) (w where) {
	if !f.All {
		w.in("registry_id", list(f.Registries))
	}
	if f.IntegrationID != "" {
		w.and("integration_id = ?", f.IntegrationID)
	}
	if len(f.States) > 0 {
		w.in("state", list(f.States))
	}
	if len(f.Triggers) > 0 {
		w.in("started_as", list(f.Triggers))
	}
	if f.Actor != "" {
		w.and("actor = ? AND actor <> ''", f.Actor) // as the index says
	}
	if !f.From.IsZero() {
		w.and("at >= ?", micros(f.From))
	}
	if !f.To.IsZero() {
		w.and("at < ?", micros(f.To))
	}
	if n := f.Number(); n > 0 {
		w.and(`(search LIKE ? ESCAPE '\' OR no = ?)`, like(f.Text), n)
	} else if f.Text != "" {
		w.contains("search", f.Text)
	}
	return w
}

// runsQuery gives a page: first the numbers, which come from an index alone where there is one, so that little is
// sorted.
func runsQuery(f store.RunFilter) (string, []any) {
	w, n := runWhere(f), f.Number()
	if n > 0 && f.Before == 0 { // that run first; the next pages are without it
		w.args = append(w.args, n)
		return `SELECT ` + runColumns + ` FROM run WHERE no IN (
			SELECT no FROM run` + w.String() + ` ORDER BY no = ` + w.last() + ` DESC, no DESC LIMIT ` + strconv.Itoa(limit(f.Limit, 50)) + `)
			ORDER BY no = ` + w.last() + ` DESC, no DESC`, w.args
	}
	if f.Before > 0 {
		w.and("no < ? AND no <> ?", f.Before, n)
	}
	w.args = append(w.args, limit(f.Limit, 50))
	return `SELECT ` + runColumns + ` FROM run WHERE no IN (
		SELECT no FROM run` + w.String() + ` ORDER BY no DESC LIMIT ` + w.last() + `) ORDER BY no DESC`, w.args
}

func countQuery(f store.RunFilter) (string, []any) {
	f.States = nil
	w := runWhere(f)
	return `SELECT state, COUNT(*) FROM run` + w.String() + ` GROUP BY state`, w.args
}

// Runs returns a page of the history, newest first. The next page begins before the last run's No.
func (d *DB) Runs(ctx context.Context, f store.RunFilter) ([]store.Run, error) {
	query, args := runsQuery(f)
	return read(ctx, d, func(t *tx) ([]store.Run, error) { return all(t, scanRun, query, args...) })
}

// RunCounts returns how many runs the filter picks in each state, whatever states and page it is at.
func (d *DB) RunCounts(ctx context.Context, f store.RunFilter) (map[store.RunState]int64, error) {
	query, args := countQuery(f)
	return read(ctx, d, func(t *tx) (map[store.RunState]int64, error) {
		type count struct {
			state store.RunState
			n     int64
		}
		counts, err := all(t, func(r row) (c count, err error) {
			err = r.Scan(&c.state, &c.n)
			return c, err
		}, query, args...)
		byState := map[store.RunState]int64{}
		for _, c := range counts {
			byState[c.state] = c.n
		}
		return byState, err
	})
}

// Standings returns where each integration stands that the filter picks, by id. One that never ran has an entry too. A
// shadow run is no success: no data came.
func (d *DB) Standings(ctx context.Context, f IntegrationFilter) (map[string]store.Standing, error) {
	w := f.where()
	return read(ctx, d, func(t *tx) (map[string]store.Standing, error) {
		ids, err := all(t, scanText, `SELECT id FROM integration`+w.String(), w.args...)
		if err != nil {
			return nil, err
		}
		standings := make(map[string]store.Standing, len(ids))
		for _, id := range ids {
			standings[id] = store.Standing{IntegrationID: id}
		}
		runs, err := all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE no IN (
			SELECT (SELECT no FROM run r WHERE r.integration_id = i.id AND r.dry_run = FALSE ORDER BY no DESC LIMIT 1)
				FROM integration i`+w.String()+`
			UNION
			SELECT (SELECT no FROM run r WHERE r.integration_id = i.id AND r.state = 'succeeded' AND r.dry_run = FALSE AND r.shadow = FALSE
				ORDER BY no DESC LIMIT 1) FROM integration i`+w.String()+`)`, w.args...)
		for i := range runs {
			r := &runs[i]
			s := standings[r.IntegrationID]
			if s.Latest == nil || s.Latest.No < r.No {
				s.Latest = r
			}
			if r.State == store.RunSucceeded && r.Loads() {
				s.Succeeded = r
			}
			standings[r.IntegrationID] = s
		}
		return standings, err
	})
}

func scanText(r row) (s string, err error) {
	err = r.Scan(&s)
	return s, err
}

// Strips returns the last n runs of each integration that the filter picks, newest first, by id of the integration.
func (d *DB) Strips(ctx context.Context, f IntegrationFilter, n int) (map[string][]store.RunMark, error) {
	w := f.where()
	return read(ctx, d, func(t *tx) (map[string][]store.RunMark, error) {
		ids, err := all(t, scanText, `SELECT id FROM integration`+w.String(), w.args...)
		if err != nil {
			return nil, err
		}
		// One small query each: no query for all of them is fast on both databases.
		strips := map[string][]store.RunMark{}
		for _, id := range ids {
			marks, err := all(t, scanMark, `SELECT id, no, state, at FROM run WHERE integration_id = $1
				ORDER BY no DESC LIMIT $2`, id, n)
			if err != nil {
				return nil, err
			}
			if marks != nil {
				strips[id] = marks
			}
		}
		return strips, nil
	})
}

func scanMark(r row) (m store.RunMark, err error) {
	err = r.Scan(&m.ID, &m.No, &m.State, moment{&m.At})
	return m, err
}

// NormalReads returns how many rows the last n successful runs of an integration read, newest first: what
// store.NormalOn takes. Dry runs, runs that found no delivery and loads that were undone don't count; after a new normal
// was accepted, only the runs from then on do.
func (d *DB) NormalReads(ctx context.Context, integrationID string, n int) ([]store.Reading, error) {
	return read(ctx, d, func(t *tx) ([]store.Reading, error) {
		return all(t, func(r row) (x store.Reading, err error) {
			err = r.Scan(&x.Rows, moment{&x.At}, &x.Once)
			return x, err
		}, `SELECT n_read, at,
			EXISTS (SELECT 1 FROM run_detail x WHERE x.integration_id = $1 AND x.run_no = run.no AND x.once)
			FROM run WHERE integration_id = $1 AND state = 'succeeded' AND dry_run = FALSE AND n_read > 0
			AND reason <> 'run.undone' AND reason <> 'run.load_lost'
			AND no >= COALESCE((SELECT counts_from FROM baseline WHERE integration_id = $1), 0)
			ORDER BY no DESC LIMIT $2`, integrationID, n)
	})
}

// Figures returns the last n runs of an integration before or at a number that read something, newest first: what the
// volume and the time of one are held against. Dry runs are left out.
func (d *DB) Figures(ctx context.Context, integrationID string, upTo int64, n int) ([]store.Run, error) {
	return read(ctx, d, func(t *tx) ([]store.Run, error) {
		return all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE integration_id = $1 AND no <= $2
			AND state IN ('succeeded', 'held') AND dry_run = FALSE AND n_read > 0 ORDER BY no DESC LIMIT $3`, integrationID, upTo, n)
	})
}

// RunBefore returns the run that one is held against: the newest earlier one of its integration that succeeded and read
// something. A dry run is none; a shadow run is held against shadow runs.
func (d *DB) RunBefore(ctx context.Context, r *store.Run) (*store.Run, error) {
	return read(ctx, d, func(t *tx) (*store.Run, error) {
		return one(t, "run.not_found", scanRun, `SELECT `+runColumns+` FROM run WHERE integration_id = $1 AND state = 'succeeded'
			AND dry_run = FALSE AND no < $2 AND n_read > 0 AND shadow = $3 ORDER BY no DESC LIMIT 1`, r.IntegrationID, r.No, r.Shadow)
	})
}

// RunPersons returns the names of those who started runs in the registries that the filter names, in order.
func (d *DB) RunPersons(ctx context.Context, f store.RunFilter) ([]string, error) {
	type start struct{ actor, registry string }
	return read(ctx, d, func(t *tx) ([]string, error) {
		// All of them, which an index has alone: there are few, and most of them for each that would be asked.
		list, err := all(t, func(r row) (x start, err error) {
			err = r.Scan(&x.actor, &x.registry)
			return x, err
		}, `SELECT DISTINCT actor, registry_id FROM run WHERE actor <> ''`)
		var names []string
		for _, x := range list {
			if (f.All || slices.Contains(f.Registries, x.registry)) && !slices.Contains(names, x.actor) {
				names = append(names, x.actor)
			}
		}
		return byID(names, func(s *string) string { return *s }), err
	})
}
