package jobs

import (
	"context"

	"samband/store"
	"samband/store/db"
)

// keepAccess does what time does to access: requests that nobody decided lapse, what the portal granted somebody who no
// longer logs in ends, and reviews are opened, told overdue and closed.
func (j *Jobs) keepAccess(ctx context.Context) error {
	by := store.SystemActor()
	waiting, err := j.DB.AccessRequests(ctx, db.RequestFilter{Waiting: true})
	if err != nil {
		return err
	}
	for _, q := range waiting {
		if err := j.DB.LapseAccess(ctx, q.ID, by); err != nil {
			return err
		}
	}
	rules, err := j.DB.AccessRules(ctx)
	if err != nil {
		return err
	}
	since := j.Clock.Now().AddDate(0, -rules.InactiveMonths, 0)
	inactive, err := j.DB.Inactive(ctx, since)
	if err != nil {
		return err
	}
	for _, u := range inactive {
		if err := j.DB.EndInactive(ctx, u.ID, since, by); err != nil {
			return err
		}
	}
	return j.keepReviews(ctx, rules, by)
}

func (j *Jobs) keepReviews(ctx context.Context, rules store.AccessRules, by store.Actor) error {
	reviews, err := j.DB.AccessReviews(ctx)
	if err != nil {
		return err
	}
	for _, v := range reviews {
		if v.State == store.ReviewClosed {
			continue
		}
		if err := j.DB.LateReview(ctx, v.ID, rules.EndUnconfirmed, by); err != nil {
			return err
		}
		if err := j.DB.CloseReview(ctx, v.ID, by); err != nil {
			return err
		}
	}
	due, err := j.DB.ReviewsDue(ctx, rules.ReviewMonths)
	if err != nil {
		return err
	}
	for _, registry := range due {
		err := j.DB.OpenReview(ctx, &store.AccessReview{RegistryID: registry}, by)
		if err != nil && store.CodeOf(err) != "access.review_open" { // another process was first
			return err
		}
	}
	return nil
}
