package db

import (
	"context"
	"time"

	"samband/store"
)

// lease gives the run to this process from now on, until the lease runs out or is given anew.
func (d *DB) lease(t *tx, r *store.Run) { r.LeaseOwner, r.LeaseUntil = d.owner, t.now.Add(d.length) }

// LostRuns returns the runs whose holder has gone without a word, in order of number: see store.Run.Lost. Those that
// this process holds are not among them as long as it says that it is at work with them.
func (d *DB) LostRuns(ctx context.Context) ([]store.Run, error) {
	return read(ctx, d, func(t *tx) ([]store.Run, error) {
		open, err := all(t, scanRun, `SELECT `+runColumns+` FROM run
			WHERE state = 'running' OR state = 'due' AND started_as = 'shell' OR lease_owner <> '' ORDER BY no`)
		var lost []store.Run
		for i := range open {
			if open[i].Lost(t.now, d.owner) {
				lost = append(lost, open[i])
			}
		}
		return lost, err
	})
}

// WaitRun ends the attempt of a running run that this process holds, for another to begin at until or later: the run
// stays running, nobody holds it, and DueRuns gives it when its time has come. reason tells people why it waits. What r
// says is stored as in ProgressRun; whoever goes on with the attempt that is over can write nothing. "run.lost" tells
// that it was over before.
func (d *DB) WaitRun(ctx context.Context, r *store.Run, until time.Time, reason store.Code, args store.Args) error {
	return d.wait(ctx, r, r.Attempt+1, until, reason, args)
}

// ReturnRun gives a running run that this process has taken, and has not been at work with, to whoever is free: as
// WaitRun, but the attempt that it was taken for is still to come.
func (d *DB) ReturnRun(ctx context.Context, r *store.Run, until time.Time, reason store.Code, args store.Args) error {
	return d.wait(ctx, r, r.Attempt, until, reason, args)
}

func (d *DB) wait(ctx context.Context, r *store.Run, next int, until time.Time, reason store.Code, args store.Args) error {
	n := *r
	n.Attempt, n.Stage, n.StartAt, n.Reason, n.ReasonArgs = next, store.StageWaiting, until, reason, args
	n.LeaseOwner, n.LeaseUntil = "", time.Time{}
	err := d.update(ctx, func(t *tx) error {
		count, err := t.affect(`UPDATE run SET lease_owner = '' WHERE id = $1 AND state = 'running' AND attempt = $2
			AND lease_owner = $3`, r.ID, r.Attempt, r.LeaseOwner)
		switch {
		case err != nil:
			return err
		case count == 0 || r.LeaseOwner == "":
			return lost()
		}
		_, err = t.writeRun(&n, store.RunRunning, r.Attempt)
		return err
	})
	if err == nil {
		*r = n
	}
	return err
}

// LeaveRun lets go of a run that this process holds and can't bring to an end: whoever comes next finds it lost, or, when
// it is held for a decision or was to be taken back, free for that.
func (d *DB) LeaveRun(ctx context.Context, r *store.Run) error {
	return d.update(ctx, func(t *tx) error {
		n, err := t.affect(`UPDATE run SET lease_until = 0, lease_owner = CASE WHEN state IN ('held', 'unknown', 'succeeded')
			THEN '' ELSE lease_owner END WHERE id = $1 AND attempt = $2 AND lease_owner = $3`, r.ID, r.Attempt, r.LeaseOwner)
		if err == nil && n == 0 {
			err = lost()
		}
		return err
	})
}

// Alone runs f while no other process that shares the database runs something of the same name. A file has one owner
// already, so nothing is waited for there.
func (d *DB) Alone(ctx context.Context, name string, f func() error) error {
	if d.read != d.write {
		return f()
	}
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return fail(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(hashtext($1))`, name); err != nil {
		return fail(err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(hashtext($1))`, name)
	return f()
}
