package jobs

import (
	"context"
	"errors"

	"samband/store"
)

// Question collects everything the gate needs to know of an integration, as it stands now. What does not exist is
// left nil; only a database that fails is an error.
func (j *Jobs) Question(ctx context.Context, integrationID string, moment store.Moment) (q store.GateQuestion, err error) {
	q = store.GateQuestion{At: j.Clock.Now(), Moment: moment, Production: j.conf.OIDC,
		Log: j.LogProblem()}
	if q.Integration, err = j.DB.Integration(ctx, integrationID); err != nil {
		return q, err
	}
	i := q.Integration
	if q.Registry, err = found(j.DB.Registry(ctx, i.RegistryID)); err != nil {
		return q, err
	}
	if q.Method, err = found(j.DB.Method(ctx, i.MethodID)); err != nil {
		return q, err
	}
	if q.Method != nil {
		if q.System, err = found(j.DB.System(ctx, q.Method.SystemID)); err != nil {
			return q, err
		}
		if c, ok := j.connectors[q.Method.Kind]; ok {
			q.Kind = &c.Kind
		}
	}
	if q.System != nil && q.System.PhasingOut() {
		if q.ApprovedBefore, err = j.DB.ApprovedBefore(ctx, i.ID); err != nil {
			return q, err
		}
	}
	if i.ConnectionID != "" {
		if q.Connection, err = found(j.DB.Connection(ctx, i.ConnectionID)); err != nil {
			return q, err
		}
	}
	if i.MappingNo > 0 {
		if q.Mapping, err = found(j.DB.MappingVersion(ctx, i.ID, i.MappingNo)); err != nil {
			return q, err
		}
	}
	if q.Mapping != nil {
		if q.Codebook, err = found(j.DB.Codebook(ctx, q.Mapping.CodebookID, q.Mapping.CodebookVersion)); err != nil {
			return q, err
		}
	}
	if !i.ROS.IsZero() {
		if q.ROS, err = found(j.DB.RiskAssessment(ctx, i.ROS)); err != nil {
			return q, err
		}
	}
	if !i.LD.IsZero() {
		if q.LD, err = found(j.DB.SolutionDesign(ctx, i.LD)); err != nil {
			return q, err
		}
	}
	q.Approval, err = found(j.DB.CurrentApproval(ctx, i.ID))
	return q, err
}

// found turns "not found" into nil without error.
func found[T any](v *T, err error) (*T, error) {
	var e *store.Error
	if errors.As(err, &e) && e.Class == store.NotFound {
		return nil, nil
	}
	return v, err
}

// Gate asks whether the integration may be saved, submitted, approved, scheduled or run as it stands.
func (j *Jobs) Gate(ctx context.Context, integrationID string, moment store.Moment) (*store.GateAnswer, error) {
	q, err := j.Question(ctx, integrationID, moment)
	if err != nil {
		return nil, err
	}
	return store.Gate(q), nil
}
