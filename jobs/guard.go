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

// learn keeps what the delivery looked like, and moves the baseline: after a load that nobody had to help, and when a
// person has called a held one the new normal. One that was let through once teaches nothing.
func (a *attempt) learn(ctx context.Context, res *pipeline.Result) error {
	j, r, x := a.j, a.run, &a.detail
	loaded := res.State == store.RunSucceeded && r.Loads()
	x.Shape, x.Once = res.Shape, loaded && a.approved && !a.accept
	x.New, x.Changed = 0, 0
	if res.State == store.RunSucceeded || res.State == store.RunHeld {
		x.New, x.Changed = res.Counts.Loaded-res.Changed, res.Changed
	}
	if err := j.insist(func() error { return j.DB.SaveRunDetail(ctx, r, x) }); err != nil {
		return err
	}
	switch {
	case !loaded || res.Shape == nil || x.Once:
		return nil
	case a.accept:
		next := a.baseline.Accept(r.IntegrationID, r.No, res.Shape, a.by.Name, a.release)
		j.log(ctx, r, store.LogWarn, store.StageDecide, "run.accepted", store.Args{"name": a.by.Name})
		return j.insist(func() error { return j.DB.AcceptBaseline(ctx, r, next, a.by) })
	}
	next := a.baseline.Learn(r.IntegrationID, r.No, res.Shape)
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
