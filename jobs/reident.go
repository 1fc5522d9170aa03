package jobs

import (
	"context"

	"samband/jobs/identity"
	"samband/store"
)

// Identities gives what opens the vault for the one page that shows who persons are.
func (j *Jobs) Identities() identity.Reader { return identity.Reader{Vault: j.vault} }

// keepReidentifications ends the requests that nobody decided or used in time, and tells of looks without an approval
// that nobody has reviewed in time. Nothing is shown any longer for being written down late: that is asked at each use.
func (j *Jobs) keepReidentifications(ctx context.Context) error {
	list, err := j.DB.Reidentifications(ctx)
	if err != nil {
		return err
	}
	now := j.Clock.Now()
	for i := range list {
		q := &list[i]
		switch {
		case q.Lapsed(now):
			err = j.DB.ExpireReidentification(ctx, q.ID, store.SystemActor())
		case q.Overdue(now) && q.OverdueAt.IsZero():
			err = j.DB.OverdueReidentification(ctx, q.ID, store.SystemActor())
		}
		if err != nil && store.ClassOf(err) != store.Conflict { // somebody was faster
			return err
		}
	}
	return nil
}
