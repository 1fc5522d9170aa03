package jobs

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"samband/store"
)

// Reload puts a run in the queue that reads the delivery of an earlier one again, from where it was put away, and gives
// it. "run.no_reload": that run's delivery isn't one of those; "run.newer_loaded": what came later would be overwritten.
func (j *Jobs) Reload(ctx context.Context, runID string, by store.Actor) (*store.Run, error) {
	was, err := j.DB.Run(ctx, runID)
	if err != nil {
		return nil, err
	}
	if !was.Reloads() {
		return nil, store.E(store.Conflict, "run.no_reload", nil)
	}
	q, err := j.Question(ctx, was.IntegrationID, store.AtRun)
	if err != nil {
		return nil, err
	}
	if err := store.Gate(q).Err(); err != nil {
		return nil, err
	}
	if err := j.stillNewest(ctx, was, &q); err != nil {
		return nil, err
	}
	d, err := j.openSealed(ctx, &q, was.Delivery.SHA256)
	if err != nil {
		return nil, err
	}
	d.Close()
	r := &store.Run{IntegrationID: was.IntegrationID, Trigger: store.TriggerPerson, Reads: store.Reads{Mark: was.Delivery.SHA256}}
	if err := j.DB.CreateRun(ctx, r, by); err != nil {
		return nil, err
	}
	j.log(ctx, r, store.LogInfo, store.StageGate, "run.reload", store.Args{"run": was.No})
	j.enqueue(ctx, r)
	return r, nil
}

// sweepSealed removes deliveries that were put away before a moment, none when it is zero, and counts. Those of runs that
// wait for a decision, or that are to be read again, stay.
func (j *Jobs) sweepSealed(ctx context.Context, before time.Time, s *store.Swept) error {
	if before.IsZero() {
		return nil
	}
	keep, err := j.DB.DeliveriesInUse(ctx)
	if err != nil {
		return err
	}
	list, err := filepath.Glob(filepath.Join(j.Dir.Sealed("*"), "*.age"))
	if err != nil {
		return store.Wrap(err, store.Internal, "internal", nil)
	}
	for _, path := range list {
		mark, _, _ := strings.Cut(filepath.Base(path), ".")
		info, err := os.Stat(path)
		if err != nil || keep[mark] || !info.ModTime().Before(before) {
			continue // another process was quicker, or it stays
		}
		if err := os.Remove(path); err != nil {
			return store.Wrap(err, store.Unavailable, "delivery.seal", store.Args{"name": filepath.Base(path)})
		}
		s.Deliveries++
	}
	return nil
}
