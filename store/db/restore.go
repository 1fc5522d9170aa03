package db

import (
	"context"

	"samband/store"
)

// LastRun gives the number of the newest run, 0 when there is none.
func (d *DB) LastRun(ctx context.Context) (int64, error) {
	return read(ctx, d, func(t *tx) (int64, error) {
		return value[int64](t, `SELECT value FROM counter WHERE name = 'run'`)
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
			`SELECT registry_id, MAX(no) FROM run WHERE state = 'succeeded' AND dry_run = FALSE AND shadow = FALSE AND n_loaded > 0
				GROUP BY registry_id`)
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
