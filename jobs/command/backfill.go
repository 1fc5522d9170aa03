package command

import (
	"context"
	"flag"
	"fmt"
	"time"

	"samband/jobs"
	"samband/store"
	"samband/store/text"
)

// backfillRecord is what `backfill --json` prints.
type backfillRecord struct {
	Backfill string              `json:"backfill"`
	State    store.BackfillState `json:"state"`
	Hash     string              `json:"hash"`
	Plan     store.BackfillPlan  `json:"plan"`
	Runs     []runRecord         `json:"runs"`
}

func backfill(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("backfill", flag.ContinueOnError)
	from := fs.String("from", "", "")
	to := fs.String("to", "", "")
	plan := fs.Bool("plan", false, "")
	dry := fs.Bool("dry-run", false, "")
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 1)
	if err != nil {
		return err
	}
	by := store.ShellActor(env.Actor)
	b, err := env.Jobs.PlanBackfill(ctx, names[0], store.Period{From: store.Date(*from), To: store.Date(*to)}, *dry, by)
	if err != nil {
		return err
	}
	if !*asJSON {
		tellPlan(env, b)
	}
	var runs []store.Run
	if !*plan {
		started, diff, err := env.Jobs.StartBackfill(ctx, b.ID, by)
		if err == nil && diff != nil {
			err = store.E(store.Conflict, "backfill.changed", nil)
		}
		if err != nil {
			return err
		}
		if b, runs, err = follow(ctx, env.Jobs, started.ID); err != nil {
			return err
		}
	}
	if *asJSON {
		rec := backfillRecord{Backfill: b.ID, State: b.State, Hash: b.Hash, Plan: b.Plan, Runs: []runRecord{}}
		for i := range runs {
			rec.Runs = append(rec.Runs, record(env.Lang, &runs[i]))
		}
		if err := printJSON(env.Stdout, rec); err != nil {
			return err
		}
	} else {
		for i := range runs {
			fmt.Fprint(env.Stdout, Summary(env.Lang, &runs[i]))
		}
	}
	switch {
	case b.State == store.BackfillPlanned && len(b.Plan.Gate) > 0:
		return exit(ExitRefused)
	case b.State == store.BackfillPlanned, b.State == store.BackfillDone:
		return nil
	case b.State == store.BackfillRunning: // a run waits for a decision
		return exit(ExitHeld)
	}
	return exit(ExitFailed)
}

func tellPlan(env *Env, b *store.Backfill) {
	for _, s := range b.Plan.Steps {
		what := text.T(env.Lang, "backfill.period", "from", s.Period.From, "to", s.Period.To)
		fmt.Fprintf(env.Stdout, "%s  %s %s\n", what, text.T(env.Lang, "backfill.kind."+string(s.Kind)), s.Name)
	}
	if len(b.Plan.Steps) == 0 {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "backfill.empty"))
	}
}

// follow carries out the runs of a backfill in order, beside whoever else is free to, until all are over or one waits for
// a person.
func follow(ctx context.Context, j *jobs.Jobs, id string) (*store.Backfill, []store.Run, error) {
	for {
		runs, err := j.DB.BackfillRuns(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		waits := false
		for _, r := range runs {
			if r.State == store.RunDue || r.Waiting() && !r.StartAt.After(j.Clock.Now()) {
				if err := j.Execute(ctx, r.ID); err != nil {
					return nil, nil, err
				}
				break
			}
			waits = waits || r.State == store.RunHeld
		}
		b, err := j.DB.Backfill(ctx, id)
		if err != nil || !b.State.Open() || waits {
			runs, _ := j.DB.BackfillRuns(ctx, id)
			return b, runs, err
		}
		select {
		case <-ctx.Done():
			if err := j.CancelBackfill(context.WithoutCancel(ctx), id, store.SystemActor()); err != nil {
				return nil, nil, err
			}
			return nil, nil, context.Cause(ctx)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
