package jobs

import (
	"context"

	"samband/store"
)

// expireApprovals ends the approvals whose last day has passed. The gate refuses runs from that midnight on; this
// writes it down and suspends the integrations.
func (j *Jobs) expireApprovals(ctx context.Context) error {
	list, err := j.DB.Approvals(ctx, "", store.AppApproved)
	if err != nil {
		return err
	}
	now := j.Clock.Now()
	for _, a := range list {
		if !a.ValidTo.Lapsed(now) {
			continue
		}
		done, err := j.DB.ExpireApproval(ctx, a.ID, store.SystemActor())
		if err != nil {
			return err
		}
		if done {
			j.Log.Info("an approval has expired", "approval", a.ID, "integration", a.IntegrationID)
		}
	}
	return nil
}

// supersedeDesigns takes the solution designs that a newer version replaces to superseded, once nothing rests on them.
func (j *Jobs) supersedeDesigns(ctx context.Context) error {
	superseded, err := j.DB.SupersedeSolutionDesigns(ctx, store.SystemActor())
	for _, d := range superseded {
		j.Log.Info("a solution design is superseded", "ld", d.ID, "version", d.Version)
	}
	return err
}

// expireAssessments takes the risk analyses whose last day has passed to expired. The gate has refused runs on them from
// that midnight on; this writes it down, so that everybody sees it.
func (j *Jobs) expireAssessments(ctx context.Context) error {
	expired, err := j.DB.ExpireRiskAssessments(ctx, store.SystemActor())
	for _, r := range expired {
		j.Log.Info("a risk analysis has expired", "ros", r.ID, "version", r.Version)
	}
	return err
}
