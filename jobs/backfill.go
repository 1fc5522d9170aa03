package jobs

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"

	"samband/jobs/connector"
	"samband/store"
)

// maxSealed is how many earlier deliveries a plan looks at.
const maxSealed = 10_000

// PlanBackfill makes the plan of loading what an integration's source has of a period, keeps it, and gives it as a backfill
// that nobody has said yes to. Nothing else is done. "backfill.no_dates": the source can't say which days it has.
func (j *Jobs) PlanBackfill(ctx context.Context, integrationID string, of store.Period, dry bool, by store.Actor) (*store.Backfill, error) {
	if err := of.Validate(); err != nil {
		return nil, err
	}
	p, err := j.backfillPlan(ctx, integrationID, of, dry)
	if err != nil {
		return nil, err
	}
	return j.DB.KeepBackfillPlan(ctx, *p, by)
}

func (j *Jobs) backfillPlan(ctx context.Context, integrationID string, of store.Period, dry bool) (*store.BackfillPlan, error) {
	q, err := j.Question(ctx, integrationID, store.AtRun)
	if err != nil {
		return nil, err
	}
	answer := store.Gate(q)
	p := &store.BackfillPlan{IntegrationID: integrationID, Period: of, DryRun: dry, ScopeHash: answer.ScopeHash,
		MappingNo: q.Integration.MappingNo}
	for _, e := range answer.Refusals {
		p.Gate = append(p.Gate, e.Code)
	}
	if q.Connection == nil {
		return p, nil // which the gate refuses
	}
	if q.System != nil && q.System.Role == store.Destination {
		return nil, store.E(store.Conflict, "backfill.no_dates", nil)
	}
	src, err := j.source(q.Connection, integrationID)
	if err != nil {
		return nil, err
	}
	switch s := src.(type) {
	case *paged:
		for _, month := range of.Months() {
			p.Steps = append(p.Steps, store.BackfillStep{Kind: store.BackfillPeriod, Period: month})
		}
		return p, nil
	case connector.Dated:
		if err := j.datedSteps(ctx, p, s); err != nil {
			return nil, err
		}
	default:
		return nil, store.E(store.Conflict, "backfill.no_dates", nil)
	}
	if err := j.newerLoaded(ctx, p, &q); err != nil {
		return nil, err
	}
	return p, nil
}

// datedSteps lists the deliveries of the plan's period: those that were put away, and those that lie ready.
func (j *Jobs) datedSteps(ctx context.Context, p *store.BackfillPlan, src connector.Dated) error {
	before, err := j.DB.Deliveries(ctx, p.IntegrationID, maxSealed)
	if err != nil {
		return err
	}
	for _, d := range before {
		of, ok := src.Period(d.Name)
		if !ok || !of.Overlaps(p.Period) {
			continue
		}
		kept, err := filepath.Glob(filepath.Join(j.Dir.Sealed(p.IntegrationID), d.Mark+".*"))
		if err != nil || len(kept) == 0 {
			continue // removed when it had been kept long enough
		}
		r, err := j.DB.RunByNo(ctx, d.RunNo)
		if err != nil {
			return err
		}
		p.Steps = append(p.Steps, store.BackfillStep{Kind: store.BackfillSealed, Name: d.Name, Mark: d.Mark, Period: of,
			Bytes: r.Delivery.Bytes, Rows: r.Counts.Read, Loaded: r.No})
	}
	waiting, err := src.Waiting(ctx)
	if err != nil {
		return err
	}
	for _, d := range waiting {
		if of, ok := src.Period(d.Name); ok && of.Overlaps(p.Period) {
			s := store.BackfillStep{Kind: store.BackfillWaiting, Name: d.Name, Period: of}
			if s.Mark, s.Bytes, err = contentOf(ctx, src, d.Name); errors.Is(err, connector.ErrNothing) {
				continue // taken away, or still being written
			} else if err != nil {
				return err
			}
			p.Steps = append(p.Steps, s)
		}
	}
	slices.SortStableFunc(p.Steps, func(a, b store.BackfillStep) int {
		return cmp.Or(cmp.Compare(a.Period.From, b.Period.From), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Mark, b.Mark))
	})
	return nil
}

// contentOf gives the SHA-256 and the size of a delivery that lies ready. Neither its name nor its size tells what is in it.
func contentOf(ctx context.Context, src connector.Dated, name string) (sum string, bytes int64, err error) {
	d, err := src.OpenNamed(ctx, name)
	if err != nil {
		return "", 0, err
	}
	return d.Info().SHA256, d.Info().Bytes, d.Close()
}

// newerLoaded notes that a plan would put older values over newer ones: the mapping lets the delivery that came last win,
// and the one loaded last is not the last of the plan.
func (j *Jobs) newerLoaded(ctx context.Context, p *store.BackfillPlan, q *store.GateQuestion) error {
	if p.DryRun || len(p.Steps) == 0 || q.Mapping == nil || q.Mapping.Mapping.Resolve.Latest != "" {
		return nil
	}
	last, err := j.DB.Runs(ctx, store.RunFilter{All: true, IntegrationID: p.IntegrationID,
		States: []store.RunState{store.RunSucceeded}, Limit: 50})
	if err != nil {
		return err
	}
	for _, r := range last {
		if r.Brought() {
			if end := p.Steps[len(p.Steps)-1]; end.Kind == store.BackfillSealed && end.Mark != r.Delivery.SHA256 {
				p.Gate = append(p.Gate, "backfill.newer")
			}
			break
		}
	}
	return nil
}

// StartBackfill sets a plan going that was shown. When what it would do is another by now nothing is set going: the new
// plan is kept and given, with how it differs. A plan with something against it is refused.
func (j *Jobs) StartBackfill(ctx context.Context, id string, by store.Actor) (*store.Backfill, *store.PlanDiff, error) {
	b, err := j.DB.Backfill(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if b.State != store.BackfillPlanned {
		return nil, nil, store.E(store.Conflict, "backfill.state", nil)
	}
	now, err := j.backfillPlan(ctx, b.Plan.IntegrationID, b.Plan.Period, b.Plan.DryRun)
	if err != nil {
		return nil, nil, err
	}
	if diff := now.Differs(&b.Plan); diff != nil {
		b, err = j.DB.KeepBackfillPlan(ctx, *now, by)
		return b, diff, err
	}
	if len(now.Gate) > 0 {
		answer, err := j.Gate(ctx, b.Plan.IntegrationID, store.AtRun)
		if err == nil {
			err = answer.Err()
		}
		if err == nil {
			err = store.E(store.Refused, "backfill.newer", nil)
		}
		return nil, nil, err
	}
	if len(now.Steps) == 0 {
		return nil, nil, store.E(store.Conflict, "backfill.nothing", nil)
	}
	if b, err = j.DB.StartBackfill(ctx, id, by); err != nil {
		return nil, nil, err
	}
	j.Wake()
	return b, nil, nil
}

// CancelBackfill ends a backfill: the run that goes on stops, and those after it don't begin.
func (j *Jobs) CancelBackfill(ctx context.Context, id string, by store.Actor) error {
	if err := j.DB.EndBackfill(ctx, id, store.BackfillCancelled, by); err != nil {
		return err
	}
	runs, err := j.DB.BackfillRuns(ctx, id)
	if err != nil {
		return err
	}
	for _, r := range runs {
		if r.State == store.RunRunning {
			if err := j.Cancel(ctx, r.ID, by); err != nil && store.ClassOf(err) != store.Conflict { // it ended meanwhile
				return err
			}
		}
	}
	return nil
}

// inTurn tells whether a run of a backfill may begin: those before it have ended for good.
func (j *Jobs) inTurn(ctx context.Context, r *store.Run) (bool, error) {
	if r.BackfillID == "" {
		return true, nil
	}
	runs, err := j.DB.BackfillRuns(ctx, r.BackfillID)
	for _, before := range runs {
		if before.No < r.No && before.State != store.RunSucceeded {
			return false, err
		}
	}
	return true, err
}

// settleBackfills ends the backfills whose runs are over: done when all went well, else stopped. One that waits for a
// person's decision about a run goes on when that is made.
func (j *Jobs) settleBackfills(ctx context.Context) error {
	open, err := j.DB.OpenBackfills(ctx)
	if err != nil {
		return err
	}
	for _, b := range open {
		runs, err := j.DB.BackfillRuns(ctx, b.ID)
		if err != nil {
			return err
		}
		state := store.BackfillDone
		for _, r := range runs {
			if r.State.Final() && r.State != store.RunSucceeded {
				state = store.BackfillStopped
				break
			}
			if r.State != store.RunSucceeded {
				state = store.BackfillRunning
			}
		}
		if state == store.BackfillRunning {
			continue
		}
		if err := j.DB.EndBackfill(ctx, b.ID, state, store.SystemActor()); err != nil && store.ClassOf(err) != store.Conflict {
			return err
		}
	}
	return nil
}
