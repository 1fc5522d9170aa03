package jobs

import (
	"context"
	"errors"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/store/registrydb"
)

// Reconcile takes over the runs whose process has gone without a word, also from processes on other machines. What the
// registry says decides: when it holds the run's load the run took place, and its row is completed; when it doesn't,
// nothing of it took place, and the run waits for whoever is free to start it over. A run from the shell read a file
// that may be gone, so it ends. One run that can't be settled keeps none of the others from it.
func (j *Jobs) Reconcile(ctx context.Context) error {
	lost, err := j.DB.LostRuns(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for i := range lost {
		r := &lost[i]
		if j.running.has(r.ID) { // this process was stopped for a while, and says so itself in a moment
			continue
		}
		if err := j.takeOver(ctx, r); err != nil && store.ClassOf(err) != store.Conflict { // another was quicker
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// watchLost reconciles again and again until ctx ends, often enough that a lost run is taken over soon after its lease
// has run out.
func (j *Jobs) watchLost(ctx context.Context) {
	t := time.NewTicker(min(j.leaseOf()/6, 5*time.Second))
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if err := j.Reconcile(ctx); err != nil && ctx.Err() == nil {
			j.Log.Error("lost runs could not be taken over", "error", err)
		}
	}
}

func (j *Jobs) takeOver(ctx context.Context, r *store.Run) error {
	by, place := store.SystemActor(), r.LeaseOwner.Place()
	if r.State == store.RunDue { // from the shell: nobody carries it out any more
		return j.finish(ctx, r, db.Outcome{State: store.RunCancelled, Reason: "run.interrupted"}, by)
	}
	if r.State == store.RunSucceeded { // somebody was taking its load back
		return j.settleUndo(ctx, r)
	}
	r, err := j.DB.TakeRun(ctx, r.ID, r.Attempt, by)
	if err != nil {
		return err
	}
	j.log(ctx, r, store.LogWarn, store.StageGate, "run.worker_lost", store.Args{"place": place})
	if err := j.settleLost(ctx, r, by); err != nil {
		// Not taken again until the lease has run out, so that what doesn't work isn't tried without pause.
		j.Log.Error("a run could not be settled", "run", r.ID, "error", err)
		return err
	}
	return nil
}

// settleLost brings a run that this process has taken in line with what the registry holds. Nothing that the one before
// has not committed by now can be committed any more.
func (j *Jobs) settleLost(ctx context.Context, r *store.Run, by store.Actor) error {
	health, err := j.registry(ctx, r.RegistryID)
	if err != nil {
		return err
	}
	if err := j.vault.Fence(ctx, r.ID, r.Attempt); err != nil {
		return err
	}
	if err := health.Fence(ctx, r.ID, r.Attempt); err != nil {
		return err
	}
	rec, err := health.Load(ctx, r.ID)
	switch {
	case err != nil:
		return err
	case rec != nil && (r.State == store.RunRunning || rec.State == registrydb.Loaded):
		return j.complete(ctx, r, rec, by)
	case r.State != store.RunRunning: // somebody decided about it, and it did not come to anything
		return j.DB.LeaveRun(ctx, r)
	case r.CancelBy != "":
		return j.finish(ctx, r, db.Outcome{State: store.RunCancelled, Reason: "run.cancelled",
			Args: store.Args{"name": r.CancelBy}}, by)
	case r.Trigger == store.TriggerShell:
		j.log(ctx, r, store.LogError, store.StageExtract, "run.interrupted", nil)
		return j.finish(ctx, r, db.Outcome{State: store.RunFailed, Reason: "run.interrupted"}, by)
	}
	r.Losses++
	wait, again := store.AfterLoss(r.Losses)
	if !again {
		args := store.Args{"n": r.Losses}
		j.log(ctx, r, store.LogError, store.StageGate, "run.lost_often", args)
		return j.finish(ctx, r, db.Outcome{State: store.RunFailed, Reason: "run.lost_often", Args: args}, by)
	}
	until := j.Clock.Now().Add(wait)
	if wait == 0 {
		j.log(ctx, r, store.LogWarn, store.StageGate, "run.again", nil)
	} else {
		j.log(ctx, r, store.LogWarn, store.StageWaiting, "run.again_later", store.Args{"n": r.Losses, "of": store.MaxLosses, "at": until})
	}
	if err := j.DB.ReturnRun(ctx, r, until, "run.worker_lost", nil); err != nil {
		return err
	}
	time.AfterFunc(wait, j.Wake)
	return nil
}

// settleUndo brings a run whose load somebody was taking back in line with what the registry says of it.
func (j *Jobs) settleUndo(ctx context.Context, r *store.Run) error {
	health, err := j.registry(ctx, r.RegistryID)
	if err != nil {
		return err
	}
	rec, err := health.Load(ctx, r.ID)
	switch {
	case err != nil:
		return err
	case rec != nil && rec.State == registrydb.Undone:
		return j.undone(ctx, r, rec.UndoneRows, rec.UndoneBy)
	}
	return j.DB.LeaveRun(ctx, r)
}

// complete writes in the run's row what the registry knows of it.
func (j *Jobs) complete(ctx context.Context, r *store.Run, rec *registrydb.Record, by store.Actor) error {
	r.Counts, r.QuarantinedBy, r.Delivery, r.ScopeHash, r.MappingNo = rec.Counts, rec.QuarantinedBy, rec.Delivery, rec.ScopeHash, rec.MappingNo
	if err := j.DB.SaveReport(ctx, &rec.Report); err != nil {
		return err
	}
	j.log(ctx, r, store.LogWarn, store.StageCommit, "run.settled", nil)
	o := db.Outcome{State: store.RunSucceeded, DeliveryDone: true}
	if rec.State == registrydb.Held {
		o = db.Outcome{State: store.RunHeld, Reason: rec.Reason, Args: rec.ReasonArgs}
	} else if x, err := found(j.DB.RunDetail(ctx, r.No)); err != nil {
		return err
	} else if x != nil {
		if err := j.teach(ctx, r, x); err != nil {
			return err
		}
	}
	// The delivery may still lie where it was; the next run finds it known and puts it away.
	return j.finish(ctx, r, o, by)
}
