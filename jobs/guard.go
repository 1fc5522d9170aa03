package jobs

import (
	"context"
	"slices"

	"samband/jobs/pipeline"
	"samband/store"
)

// reach notes when the run comes to a stage.
func (a *attempt) reach(s store.Stage) {
	if a.stage == s {
		return
	}
	a.stage = s
	a.detail.Stages = append(a.detail.Stages, store.StageMark{Attempt: a.run.Attempt, Stage: s, At: a.j.Clock.Now()})
}

// remember keeps what the run runs with, as it stands now. What earlier attempts left stays in the list of stages. It is
// for people to read: a run goes on without it.
func (a *attempt) remember(ctx context.Context) {
	j, r := a.j, a.run
	if was, err := found(j.DB.RunDetail(ctx, r.No)); err == nil && was != nil {
		a.detail = *was
		a.detail.Shape = nil
	}
	c := store.RunConfig{Limits: a.q.Integration.Limits, Retry: a.retry}
	if x := a.q.Connection; x != nil {
		c.Connection, c.Kind, c.Settings = x.Name, x.Kind, x.Settings
	}
	a.detail.Config = c
	a.reach(store.StageGate)
	a.keep(ctx)
}

// keep writes what is known of the run besides its row.
func (a *attempt) keep(ctx context.Context) {
	if err := a.j.DB.SaveRunDetail(ctx, a.run, &a.detail); err != nil {
		a.j.Log.Error("the details of a run could not be kept", "run", a.run.ID, "error", err)
	}
}

// seen keeps what the delivery looked like, and what a person said of it, before anything of it is loaded: whoever takes the
// run over after the commit can then teach the baseline.
func (a *attempt) seen(ctx context.Context, res *pipeline.Result) error {
	a.look(res)
	return a.j.insist(func() error { return a.j.DB.SaveRunDetail(ctx, a.run, &a.detail) })
}

// look notes what became of the delivery.
func (a *attempt) look(res *pipeline.Result) {
	loaded := res.State == store.RunSucceeded && a.run.Loads()
	x := &a.detail
	x.Shape, x.Once, x.Accepted = res.Shape, loaded && a.approved && !a.accept, nil
	if loaded && a.accept {
		x.Accepted = &store.Acceptance{By: a.by, Why: a.release}
	}
	x.New, x.Changed = 0, 0
	if res.State == store.RunSucceeded || res.State == store.RunHeld {
		x.New, x.Changed = res.Counts.Loaded-res.Changed, res.Changed
	}
}

// learn moves the baseline by a run that ended, and keeps what is known of one that came to nothing.
func (a *attempt) learn(ctx context.Context, res *pipeline.Result) error {
	a.look(res)
	if err := a.j.insist(func() error { return a.j.DB.SaveRunDetail(ctx, a.run, &a.detail) }); err != nil {
		return err
	}
	if res.State != store.RunSucceeded {
		return nil
	}
	return a.j.teach(ctx, a.run, &a.detail)
}

// teach moves the baseline after a load that nobody had to help, and when a person has called a held one the new normal.
// One that was let through once teaches nothing, and one that has taught already nothing more.
func (j *Jobs) teach(ctx context.Context, r *store.Run, x *store.RunDetail) error {
	if !r.Loads() || x.Shape == nil || x.Once {
		return nil
	}
	b, err := found(j.DB.Baseline(ctx, r.IntegrationID))
	switch {
	case err != nil:
		return err
	case b != nil && b.RunNo >= r.No:
		return nil
	case x.Accepted != nil:
		next := b.Accept(r.IntegrationID, r.No, x.Shape, x.Accepted.By.Name, x.Accepted.Why)
		j.log(ctx, r, store.LogWarn, store.StageDecide, "run.accepted", store.Args{"name": x.Accepted.By.Name})
		return j.insist(func() error { return j.DB.AcceptBaseline(ctx, r, next, x.Accepted.By) })
	}
	next := b.Learn(r.IntegrationID, r.No, x.Shape)
	return j.insist(func() error { return j.DB.LearnBaseline(ctx, next) })
}

// tellDrift writes the lines of the run's log about how the delivery differs from the usual. No code is told: the page
// has them, for those who may see them.
func (a *attempt) tellDrift(ctx context.Context, d *store.ShapeDrift) {
	j, r := a.j, a.run
	if len(d.Gone) > 0 {
		j.log(ctx, r, store.LogWarn, store.StageExtract, "run.columns_gone", store.Args{"columns": d.Gone})
	}
	if len(d.Added) > 0 {
		j.log(ctx, r, store.LogWarn, store.StageExtract, "run.columns_added", store.Args{"columns": d.Added})
	}
	if names := slices.Concat(d.Left, d.Lacks); len(names) > 0 {
		j.log(ctx, r, store.LogWarn, store.StageExtract, "run.columns_unlike", store.Args{"columns": names})
	}
	if len(d.Types) > 0 {
		var names []string
		for _, t := range d.Types {
			names = append(names, t.Field)
		}
		slices.Sort(names)
		j.log(ctx, r, store.LogWarn, store.StageExtract, "run.types_changed", store.Args{"columns": names})
	}
	for i := range d.Codes {
		n := &d.Codes[i]
		j.log(ctx, r, store.LogWarn, store.StageExtract, "run.new_codes",
			store.Args{"column": n.Field, "codes": len(n.Codes), "rows": n.Rows})
	}
}
