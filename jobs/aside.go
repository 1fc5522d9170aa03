package jobs

import (
	"context"
	"slices"

	"samband/jobs/connector"
	"samband/store"
)

// SetAside sets the delivery aside that a run ended at, on a person's word: it is sealed and taken away from where it lies, so
// that the next run reads what comes after it. Nothing of it is loaded, and the same content is read if it is delivered
// again. Conflict "delivery.gone": the run didn't end at a delivery that still lies there.
func (j *Jobs) SetAside(ctx context.Context, runID, reason string, by store.Actor) error {
	r, err := j.DB.Run(ctx, runID)
	if err != nil {
		return err
	}
	src, err := j.stuck(ctx, r)
	if err != nil {
		return err
	}
	s, ok := src.(connector.Setter)
	if !ok {
		return store.E(store.Conflict, "delivery.gone", store.Args{"name": r.Delivery.Name})
	}
	return s.SetAside(ctx, r.Delivery.Name, r.Delivery.SHA256, func() error { return j.DB.SetDeliveryAside(ctx, r, reason, by) })
}

// MaySetAside tells whether a run ended at a delivery that lies where it lay, by its name, and can be set aside.
func (j *Jobs) MaySetAside(ctx context.Context, r *store.Run) (bool, error) {
	src, err := j.stuck(ctx, r)
	if err != nil {
		return false, err
	}
	_, ok := src.(connector.Setter)
	dated, lists := src.(connector.Dated)
	if !ok || !lists {
		return false, nil
	}
	waiting, err := dated.Waiting(ctx)
	if store.ClassOf(err) == store.Unavailable {
		return false, nil // a folder that is away stops no page
	}
	return slices.ContainsFunc(waiting, func(d store.Delivery) bool { return d.Name == r.Delivery.Name }), err
}

// Kept tells whether what a run read can be read again: it was put away, or still lies where it lay. What a run sends is in
// the registry.
func (j *Jobs) Kept(ctx context.Context, r *store.Run) (bool, error) {
	if out, err := j.goesOut(ctx, r.IntegrationID); err != nil || out {
		return out, err
	}
	src, err := j.sourceOf(ctx, r)
	if err != nil || src == nil {
		return false, err
	}
	k, ok := src.(connector.Keeper)
	if !ok || k.Kept(r.Delivery.SHA256) {
		return ok, nil
	}
	if _, lists := src.(connector.Dated); !lists {
		return r.Trigger != store.TriggerShell, nil // pages are spooled until they are put away
	}
	d, err := src.(connector.Dated).Waiting(ctx)
	if store.ClassOf(err) == store.Unavailable {
		return false, nil
	}
	return slices.ContainsFunc(d, func(d store.Delivery) bool {
		return d.Name == r.Delivery.Name && d.Bytes == r.Delivery.Bytes
	}), err
}

// stuck opens the source of a run that ended at what it was to read; nil for any other.
func (j *Jobs) stuck(ctx context.Context, r *store.Run) (connector.Source, error) {
	if !r.Stuck() {
		return nil, nil
	}
	return j.sourceOf(ctx, r)
}

// sourceOf opens the source of a run's integration; nil when it has no connection any more.
func (j *Jobs) sourceOf(ctx context.Context, r *store.Run) (connector.Source, error) {
	i, err := j.DB.Integration(ctx, r.IntegrationID)
	if err != nil || i.ConnectionID == "" {
		return nil, err
	}
	c, err := found(j.DB.Connection(ctx, i.ConnectionID))
	if err != nil || c == nil {
		return nil, err
	}
	return j.sourceFor(c, r.IntegrationID, r, nil)
}
