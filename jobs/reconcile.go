package jobs

import (
	"context"

	"samband/store"
	"samband/store/db"
	"samband/store/registrydb"
)

// Reconcile settles the runs that an earlier process left at work. What the registry's file says decides: when it holds
// the run's load the run took place, and its row is completed; when it doesn't, nothing of it took place, and the run
// starts over. A run from the shell read a file that may be gone, so it ends.
func (j *Jobs) Reconcile(ctx context.Context) error {
	open, err := j.DB.OpenRuns(ctx)
	if err != nil {
		return err
	}
	for i := range open {
		r := &open[i]
		switch {
		case r.State == store.RunRunning:
			err = j.reconcile(ctx, r)
		case r.Trigger == store.TriggerShell: // nobody carries it out any more
			err = j.finish(ctx, r, db.Outcome{State: store.RunCancelled, Reason: "run.interrupted"}, store.SystemActor())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (j *Jobs) reconcile(ctx context.Context, r *store.Run) error {
	by := store.SystemActor()
	health, err := j.registry(ctx, r.RegistryID)
	if err != nil {
		return err
	}
	rec, err := health.Load(ctx, r.ID)
	if err != nil {
		return err
	}
	if r, err = j.DB.TakeRun(ctx, r.ID, r.Attempt, by); err != nil {
		return err
	}
	if rec == nil {
		if r.Trigger == store.TriggerShell {
			r.Stage = store.StageExtract
			j.log(ctx, r, store.LogError, store.StageExtract, "run.interrupted", nil)
			return j.finish(ctx, r, db.Outcome{State: store.RunFailed, Reason: "run.interrupted"}, by)
		}
		j.log(ctx, r, store.LogWarn, store.StageGate, "run.again", nil)
		j.again = append(j.again, r.ID)
		return nil
	}
	r.Counts, r.QuarantinedBy, r.Delivery, r.ScopeHash, r.MappingNo = rec.Counts, rec.QuarantinedBy, rec.Delivery, rec.ScopeHash, rec.MappingNo
	r.Stage = store.StageDone
	if err := j.DB.SaveReport(ctx, &rec.Report); err != nil {
		return err
	}
	j.log(ctx, r, store.LogWarn, store.StageCommit, "run.settled", nil)
	o := db.Outcome{State: store.RunSucceeded, DeliveryDone: true}
	if rec.State == registrydb.Held {
		o = db.Outcome{State: store.RunHeld, Reason: rec.Reason, Args: rec.ReasonArgs}
	}
	// The delivery may still lie where it was; the next run finds it known and puts it away.
	return j.finish(ctx, r, o, by)
}

// resume carries on the runs that Reconcile took for another attempt.
func (j *Jobs) resume(ctx context.Context) {
	for _, id := range j.again {
		r, err := j.DB.Run(ctx, id)
		if err == nil {
			err = j.over(ctx, r)
		}
		if err != nil && ctx.Err() == nil {
			j.Log.Error("a run could not be started over", "run", id, "error", err)
		}
	}
	j.again = nil
}

// over starts a run over that is at work already, in an attempt this process holds. The gate is asked again.
func (j *Jobs) over(ctx context.Context, r *store.Run) error {
	by := actorOf(r)
	q, err := j.Question(ctx, r.IntegrationID, store.AtRun)
	if err != nil {
		return err
	}
	answer := store.Gate(q)
	r.ScopeHash, r.MappingNo, r.Stage = answer.ScopeHash, q.Integration.MappingNo, store.StageGate
	if q.Approval != nil {
		r.ApprovalID = q.Approval.ID
	}
	if !answer.OK() {
		e := answer.Refusals[0]
		return j.finish(ctx, r, db.Outcome{State: store.RunRefused, Reason: e.Code, Args: e.Args}, by)
	}
	_, err = j.attempt(ctx, &attempt{j: j, run: r, q: q, by: by, warnings: answer.Warnings})
	return err
}
