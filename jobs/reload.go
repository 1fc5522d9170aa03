package jobs

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
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

// KeepSealedSetting names the setting of how many days deliveries are kept that are put away.
const KeepSealedSetting = "sealed.days"

// sweepSealed removes deliveries that were put away longer ago than they are kept. Those of runs that wait for a decision,
// or that are to be read again, stay.
func (j *Jobs) sweepSealed(ctx context.Context) error {
	days, err := j.KeepSealed(ctx)
	if err != nil {
		return err
	}
	keep, err := j.DB.DeliveriesInUse(ctx)
	if err != nil {
		return err
	}
	list, err := filepath.Glob(j.Dir.Sealed("*") + "/*.age")
	if err != nil {
		return err
	}
	before := j.Clock.Now().Add(-time.Duration(days) * 24 * time.Hour)
	var failed []error
	for _, path := range list {
		mark, _, _ := strings.Cut(filepath.Base(path), ".")
		info, err := os.Stat(path)
		if err != nil || keep[mark] || !info.ModTime().Before(before) {
			continue
		}
		failed = append(failed, os.Remove(path))
	}
	return errors.Join(failed...)
}

// KeepSealed tells how many days deliveries are kept that are put away.
func (j *Jobs) KeepSealed(ctx context.Context) (int, error) {
	v, err := j.DB.Setting(ctx, KeepSealedSetting)
	if err != nil || v == "" {
		return store.KeepSealedDays, err
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		return 0, store.Wrap(err, store.Internal, "db.damaged", nil)
	}
	return n, nil
}

// SetKeepSealed says how many days deliveries are kept that are put away.
func (j *Jobs) SetKeepSealed(ctx context.Context, days int, by store.Actor) error {
	if days < 1 || days > store.MaxKeepSealedDays {
		return store.FieldError("days", "sealed.days", store.Args{"max": store.MaxKeepSealedDays})
	}
	return j.DB.PutSetting(ctx, KeepSealedSetting, strconv.Itoa(days), by)
}
