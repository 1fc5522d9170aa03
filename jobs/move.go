package jobs

import (
	"context"

	"samband/jobs/connector"
	"samband/jobs/pipeline"
	"samband/store"
)

// compared tells whether a run's values are compared with those of another integration: both go side by side.
func (j *Jobs) compared(ctx context.Context, r *store.Run) (bool, error) {
	if r.DryRun {
		return false, nil
	}
	m, err := found(j.DB.IntegrationMove(ctx, r.IntegrationID))
	return m != nil && m.State == store.MoveSideBySide, err
}

func distributionOf(r *store.Run, res *pipeline.Result) *store.Distribution {
	return &store.Distribution{RunNo: r.No, IntegrationID: r.IntegrationID, At: r.When(), Counts: res.Counts,
		Rows: res.Rows, Variables: res.Spread}
}

// Delivered gives the names of the fields in the newest delivery of an integration that can be looked at; "delivery.nothing"
// when there is none.
func (j *Jobs) Delivered(ctx context.Context, integrationID string) ([]string, error) {
	q, err := j.Question(ctx, integrationID, store.AtSave)
	if err != nil {
		return nil, err
	}
	if q.Connection == nil {
		return nil, store.E(store.Refused, "gate.no_connection", nil)
	}
	if q.System != nil && q.System.Role == store.Destination { // nothing is delivered where data go out
		return nil, connector.ErrNothing
	}
	d, _, err := j.sample(ctx, &q)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.Fields(), nil
}

// StartMove lets both integrations of a move run side by side on its terms. What the gate would not let run, doesn't. With
// schedule the copy runs when the old one does.
func (j *Jobs) StartMove(ctx context.Context, m *store.Move, schedule bool, by store.Actor) error {
	answer, err := j.Gate(ctx, m.ToID, store.AtSchedule)
	if err != nil {
		return err
	}
	if err := answer.Err(); err != nil {
		return err
	}
	var s *store.Schedule
	if schedule {
		if s, err = found(j.DB.Schedule(ctx, m.FromID)); err != nil {
			return err
		}
	}
	if err := j.DB.StartMove(ctx, m, s, by); err != nil {
		return err
	}
	j.Wake()
	return nil
}

// SwitchMove lets the copy take over. The gate must let it run, enough runs must have been compared, and the latest pair
// must agree or reason say why not.
func (j *Jobs) SwitchMove(ctx context.Context, m *store.Move, reason string, by store.Actor) error {
	pairs, err := j.DB.RunPairs(ctx, m)
	if err != nil {
		return err
	}
	within := false
	if n := len(pairs); n > 0 {
		c, err := j.DB.Comparison(ctx, m, pairs[n-1])
		if err != nil {
			return err
		}
		within = c.Outside == 0
	}
	if e := m.MaySwitch(len(pairs), within, store.DateOf(j.Clock.Now()), reason); e != nil {
		return e
	}
	answer, err := j.Gate(ctx, m.ToID, store.AtRun)
	if err != nil {
		return err
	}
	if err := answer.Err(); err != nil {
		return err
	}
	if err := j.DB.SwitchMove(ctx, m, reason, j.plan(), by); err != nil {
		return err
	}
	j.Wake()
	return nil
}

// UndoMove takes a switch back. The old integration must be one that the gate would let run.
func (j *Jobs) UndoMove(ctx context.Context, m *store.Move, reason string, by store.Actor) error {
	q, err := j.Question(ctx, m.FromID, store.AtSchedule)
	if err != nil {
		return err
	}
	if q.Integration.State.CanMove(store.IntInOperation) {
		then := *q.Integration // as it would stand
		then.State = store.IntInOperation
		q.Integration, q.Move = &then, nil
		if err := store.Gate(q).Err(); err != nil {
			return err
		}
	}
	if err := j.DB.UndoMove(ctx, m, reason, j.plan(), by); err != nil {
		return err
	}
	j.Wake()
	return nil
}

// AbandonMove gives a move up: the copy is ended.
func (j *Jobs) AbandonMove(ctx context.Context, m *store.Move, reason string, by store.Actor) error {
	return j.DB.AbandonMove(ctx, m, reason, j.plan(), by)
}
