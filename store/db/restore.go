package db

import (
	"context"
	"slices"

	"samband/store"
)

// LastRun gives the number of the newest run, 0 when there is none.
func (d *DB) LastRun(ctx context.Context) (int64, error) {
	return read(ctx, d, func(t *tx) (int64, error) {
		return value[int64](t, `SELECT value FROM counter WHERE name = 'run'`)
	})
}

// broughtRows picks the runs that brought rows into a registry; what is sent to a receiver is in none.
const broughtRows = `state = 'succeeded' AND dry_run = FALSE AND shadow = FALSE AND n_loaded > 0
	AND integration_id IN (SELECT i.id FROM integration i JOIN method m ON m.id = i.method_id JOIN system s ON s.id = m.system_id
		WHERE s.role = 'source')`

// BroughtRuns returns the runs that, by the ledger, brought rows into a registry, oldest first; those whose load was taken
// back or is known to be lost are left out.
func (d *DB) BroughtRuns(ctx context.Context, registryID string) ([]store.Run, error) {
	return read(ctx, d, func(t *tx) ([]store.Run, error) {
		return all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE `+broughtRows+` AND registry_id = $1
			AND reason <> 'run.undone' AND reason <> 'run.load_lost' ORDER BY no`, registryID)
	})
}

// LoseLoads notes on runs of a registry that it holds their loads no more: it was put back from before them.
func (d *DB) LoseLoads(ctx context.Context, registryID string, runs []store.Run, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		var numbers []int64
		for _, r := range runs {
			numbers = append(numbers, r.No)
			if err := t.exec(`UPDATE run SET reason = $2, reason_args = $3, search = search || $4 WHERE id = $1 AND state = 'succeeded'`,
				r.ID, store.Code("run.load_lost"), encode(store.Args{"at": t.now}), " run.load_lost"); err != nil {
				return err
			}
		}
		e := about("mark.lose", "installation", registryID)
		e.Details = store.Args{"runs": numbers}
		return t.audit(by, e)
	})
}

// LostLoads returns the runs whose loads a registry has lost, oldest first, without those whose delivery was loaded again
// since.
func (d *DB) LostLoads(ctx context.Context) ([]store.Run, error) {
	return read(ctx, d, func(t *tx) (left []store.Run, err error) {
		list, err := all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE reason = 'run.load_lost' ORDER BY no`)
		if err != nil || len(list) == 0 {
			return nil, err
		}
		again, err := all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE no > $1 AND state = 'succeeded' AND dry_run = FALSE
			AND shadow = FALSE AND reason <> 'run.undone' AND reason <> 'run.load_lost'
			AND integration_id IN (SELECT integration_id FROM run WHERE reason = 'run.load_lost')`, list[0].No)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			if !slices.ContainsFunc(again, func(a store.Run) bool {
				return a.No > r.No && a.IntegrationID == r.IntegrationID && a.Delivery.SHA256 == r.Delivery.SHA256
			}) {
				left = append(left, r)
			}
		}
		return left, nil
	})
}

// LastLoaded gives for each registry the number of the newest run that, by the ledger, brought rows into it.
func (d *DB) LastLoaded(ctx context.Context) (map[string]int64, error) {
	return read(ctx, d, func(t *tx) (map[string]int64, error) {
		type load struct {
			registry string
			no       int64
		}
		list, err := all(t, func(r row) (l load, err error) { err = r.Scan(&l.registry, &l.no); return l, err },
			`SELECT registry_id, MAX(no) FROM run WHERE `+broughtRows+` GROUP BY registry_id`)
		last := map[string]int64{}
		for _, l := range list {
			last[l.registry] = l.no
		}
		return last, err
	})
}

// Schema gives the number of the newest migration that the database has.
func (d *DB) Schema(ctx context.Context) (int64, error) {
	return read(ctx, d, func(t *tx) (int64, error) {
		return value[int64](t, `SELECT MAX(version_id) FROM goose_db_version`)
	})
}

// Hold runs f while nobody writes to the database; what was being written is finished first. It is for taking images of
// several files at one moment, and must be short. Only for an embedded database.
func (d *DB) Hold(ctx context.Context, f func() error) error {
	return d.update(ctx, func(*tx) error { return f() })
}

// AcceptRestore writes down that somebody has looked into what a restored or shortened database lacks, and that work
// goes on from here. Runs are numbered from after lastRun on, so that none gets the number of one that is lost.
func (d *DB) AcceptRestore(ctx context.Context, lastRun int64, reason string, details store.Args, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if err := t.exec(`UPDATE counter SET value = $1 WHERE name = 'run' AND value < $1`, lastRun); err != nil {
			return err
		}
		e := about("mark.accept", "installation", "")
		e.Reason, e.Details = reason, details
		return t.audit(by, e)
	})
}
