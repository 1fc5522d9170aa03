package jobs

import (
	"context"
	"errors"
	"time"

	"samband/store"
)

// sweepOld removes what is older than the installation keeps it, a bounded batch at a time, and writes down what went:
// once for the whole, also when it was cut short.
func (j *Jobs) sweepOld(ctx context.Context) error {
	keep, err := j.DB.Retention(ctx)
	if err != nil {
		return err
	}
	now := j.Clock.Now()
	var s store.Swept
	err = errors.Join(
		batches(ctx, keep.Before(now, keep.Log), &s.Log, j.DB.SweepLogs),
		batches(ctx, keep.Before(now, keep.Reports), &s.Reports, j.DB.SweepReports),
		j.sweepFindings(ctx, keep.Before(now, keep.Findings), keep.Before(now, keep.Sealed), &s),
		j.sweepSealed(ctx, keep.Before(now, keep.Deliveries), &s))
	if s.Any() {
		err = errors.Join(err, j.DB.RecordSweep(context.WithoutCancel(ctx), s, store.SystemActor()))
	}
	return err
}

// batches calls sweep until there is nothing left, and counts. A zero moment removes nothing.
func batches(ctx context.Context, before time.Time, count *int64, sweep func(ctx context.Context, after int64, before time.Time) (int64, int64, error)) error {
	if before.IsZero() {
		return nil
	}
	for after := int64(0); ; {
		n, last, err := sweep(ctx, after, before)
		*count += n
		if err != nil || last == 0 {
			return err
		}
		after = last
	}
}

func (j *Jobs) sweepFindings(ctx context.Context, findings, sealed time.Time, s *store.Swept) error {
	if findings.IsZero() && sealed.IsZero() {
		return nil
	}
	list, err := j.DB.Registries(ctx)
	if err != nil {
		return err
	}
	for i := range list {
		there, err := j.hasRegistry(list[i].ID)
		if err != nil {
			return err
		}
		if !there {
			continue
		}
		d, err := j.registry(ctx, list[i].ID)
		if err != nil {
			return err
		}
		for after := int64(0); ; {
			gone, opened, last, err := d.Sweep(ctx, after, findings, sealed)
			s.Findings, s.Sealed = s.Findings+gone, s.Sealed+opened
			if err != nil {
				return err
			}
			if last == 0 {
				break
			}
			after = last
		}
	}
	return nil
}
