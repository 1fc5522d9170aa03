package jobs

import (
	"cmp"
	"context"
	"time"

	"samband/store"
	"samband/store/registrydb"
)

// leaseOf is how long a run counts as held after its process last said so.
func (j *Jobs) leaseOf() time.Duration { return cmp.Or(j.conf.Lease, store.DefaultLease) }

// insist does something that must not be lost to a database that is away for a moment: again and again while it is, as
// long as a lease. Whoever takes the run over after that settles it by what the registry holds.
func (j *Jobs) insist(do func() error) error {
	give := time.NewTimer(j.leaseOf())
	defer give.Stop()
	for {
		err := do()
		if store.ClassOf(err) != store.Unavailable {
			return err
		}
		select {
		case <-give.C:
			return err
		case <-j.ctx.Done():
			return err
		case <-time.After(followEvery):
		}
	}
}

// awayPause is how long a run waits that a database server's going away has cut off: about as long as a restart takes.
const awayPause = 5 * time.Second

// giveBack lets go of a run that is cut off because the process closes, or because the database server went away: it
// waits for whoever is free. One that the shell asked for nobody else can carry out, and one that is held is to be decided
// about anew.
func (a *attempt) giveBack(ctx context.Context, why store.Code, pause time.Duration) {
	j, r := a.j, a.run
	j.progress.remove(r.ID)
	if r.State != store.RunRunning || r.Trigger == store.TriggerShell {
		if err := j.insist(func() error { return j.DB.LeaveRun(ctx, r) }); err != nil {
			j.Log.Error("a run could not be left", "run", r.ID, "error", err)
		}
		return
	}
	err := j.insist(func() error { return j.DB.WaitRun(ctx, r, j.Clock.Now().Add(pause), why, nil) })
	if err != nil { // it is found lost when its lease has run out
		j.Log.Error("a run could not be given back", "run", r.ID, "error", err)
		return
	}
	j.log(ctx, r, store.LogWarn, a.stage, why, nil)
	time.AfterFunc(pause, j.Wake)
}

// committed finds out whether a load took place whose commit gave no clear answer, or that is there already. When it did, or when nobody can tell
// now, the run is settled as far as can be; when it did not, failed is given back, and nothing of it can come to be
// later.
func (a *attempt) committed(ctx context.Context, failed error) (settled bool, err error) {
	j, r := a.j, a.run
	health, err := j.registry(ctx, r.RegistryID)
	if err == nil {
		err = j.insist(func() error { return health.Fence(ctx, r.ID, r.Attempt+1) })
	}
	if err != nil {
		return true, err // whoever finds the run lost asks again
	}
	rec, err := health.Load(ctx, r.ID)
	switch {
	case err != nil:
		return true, err
	case rec == nil || rec.State != registrydb.Loaded:
		return false, failed
	}
	return true, j.complete(ctx, r, rec, a.by)
}
