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
