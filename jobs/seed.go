package jobs

import (
	"context"
	"time"

	"samband/jobs/planner"
	"samband/store"
	"samband/store/seed"
)

// seeded is the setting that tells that the catalogue has its first content: what staff delete stays deleted.
const seeded = "seeded"

// SeedCatalogue gives a new installation its catalogue. Nothing in it is approved.
func (j *Jobs) SeedCatalogue(ctx context.Context) error {
	return j.DB.Alone(ctx, "seed", func() error { return j.seedCatalogue(ctx) })
}

func (j *Jobs) seedCatalogue(ctx context.Context) error {
	by := store.SystemActor()
	have, err := j.DB.Setting(ctx, seeded)
	if err != nil || have != "" {
		return err
	}
	if _, err := j.Import(ctx, seed.Catalogue(), ImportMode{Accept: true}, by); err != nil {
		return err
	}
	return j.DB.PutSetting(ctx, seeded, "catalogue", by)
}

// Seed gives a new installation its catalogue, and in demonstration mode the synthetic demonstration. Nothing but that
// is ever seeded as approved.
func (j *Jobs) Seed(ctx context.Context) error {
	return j.DB.Alone(ctx, "seed", func() error { return j.seed(ctx) })
}

func (j *Jobs) seed(ctx context.Context) error {
	if err := j.seedCatalogue(ctx); err != nil {
		return err
	}
	by := store.SystemActor()
	have, err := j.DB.Setting(ctx, seeded)
	if err != nil || !j.Demo || have == "catalogue demo" {
		return err
	}
	if err := j.dropFolder(); err != nil {
		return err
	}
	docs := [][]byte{seed.Demo(), seed.Outgoing()}
	if _, ok := j.connectors["packets"]; ok {
		halves, err := j.demoHalves()
		if err != nil {
			return err
		}
		docs = append(docs, halves)
	}
	for _, doc := range docs {
		if _, err := j.Import(ctx, doc, ImportMode{Demo: true, Accept: true}, by); err != nil {
			return err
		}
	}
	// The schedule counts from just before its latest due time, so that the first delivery is fetched at once.
	s := store.NewSchedule(seed.DemoIntegration, seed.DemoSchedule)
	t, err := planner.Timetable(s, nil)
	if err != nil {
		return err
	}
	now := j.Clock.Now()
	from := now
	if past := store.Slots(t.Rule, t.Zone, now.Add(-24*time.Hour), now); len(past) > 0 {
		from = past[len(past)-1].At.Add(-time.Second)
	}
	if err := j.DB.CreateScheduleFrom(ctx, &s, from, by); err != nil {
		return err
	}
	return j.DB.PutSetting(ctx, seeded, "catalogue demo", by)
}

// approveDemo registers an integration of the demonstration as approved, and puts it in operation. It covers what the
// integration is now.
func (j *Jobs) approveDemo(ctx context.Context, integrationID string, by store.Actor) error {
	q, err := j.Question(ctx, integrationID, store.AtApprove)
	if err != nil {
		return err
	}
	now := q.Approval
	q.Approval = nil // what is asked about is a new one
	answer := store.Gate(q)
	if err := answer.Err(); err != nil {
		return err
	}
	if now != nil && now.State == store.AppApproved && now.ScopeHash == answer.ScopeHash {
		return nil
	}
	before := []store.IntegrationState{store.IntInAnalysis, store.IntInAssessment}
	if q.Replaced() { // it can be approved, and stays where the move put it
		before = nil
	}
	for _, to := range before {
		i, err := j.DB.Integration(ctx, integrationID)
		if err == nil && i.State.CanMove(to) {
			err = j.DB.MoveIntegration(ctx, integrationID, i.Version, to, "", by)
		}
		if err != nil {
			return err
		}
	}
	err = j.DB.RegisterDemoApproval(ctx, &store.Approval{IntegrationID: integrationID, Scope: answer.Scope.Canonical(),
		ROS: q.Integration.ROS, LD: q.Integration.LD, MappingNo: q.Integration.MappingNo, ValidTo: q.ROS.ValidTo}, by)
	if err != nil {
		return err
	}
	i, err := j.DB.Integration(ctx, integrationID)
	if err != nil || i.State == store.IntInOperation || q.Replaced() {
		return err
	}
	return j.DB.MoveIntegration(ctx, integrationID, i.Version, store.IntInOperation, "", by)
}
