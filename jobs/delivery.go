package jobs

import (
	"context"
	"errors"

	"samband/jobs/connector"
	"samband/jobs/connector/files"
	"samband/jobs/spool"
	"samband/store"
	"samband/store/db"
)

// source opens the source of a connection.
func (j *Jobs) source(c *store.Connection, sealedUnder string) (connector.Source, error) {
	return j.sourceFor(c, sealedUnder, &store.Run{}, nil)
}

// sourceFor opens the source of a connection for a run. note is told how much of a paged source is put aside; nil for nobody.
func (j *Jobs) sourceFor(c *store.Connection, sealedUnder string, r *store.Run, note func(store.Spooled)) (connector.Source, error) {
	k, ok := j.connectors[c.Kind]
	s := connector.Settings{Values: c.Settings, SealDir: j.Dir.Sealed(sealedUnder), SealKey: j.sealKey, Clock: j.Clock, Network: j.network()}
	switch {
	case ok && k.OpenSource != nil:
		return k.OpenSource(s)
	case ok && k.OpenPager != nil:
		p, err := k.OpenPager(s)
		return &paged{p, spool.Options{Dir: j.Dir.Spool(r.ID), SealDir: s.SealDir, Key: s.SealKey, Name: sealedUnder,
			Period: r.Reads.Period, Clock: j.Clock, Note: note}}, err
	}
	return nil, store.E(store.Refused, "connection.kind", store.Args{"kind": c.Kind})
}

// openInput opens a file that stands in for the source's delivery. It is read where it lies and never copied.
func (j *Jobs) openInput(ctx context.Context, path string) (connector.Delivery, error) {
	return files.OpenFile(ctx, path)
}

// openSealed opens a delivery that was put away, by its SHA-256.
func (j *Jobs) openSealed(ctx context.Context, q *store.GateQuestion, sha string) (connector.Delivery, error) {
	src, err := j.source(q.Connection, q.Integration.ID)
	if err != nil {
		return nil, err
	}
	k, ok := src.(connector.Keeper)
	if !ok {
		return nil, store.E(store.Refused, "delivery.not_kept", nil)
	}
	return k.OpenSealed(ctx, sha)
}

// openHeld opens the delivery of a run that is held. When the process ended before it could put the delivery away, that
// is done now: it lies where it was. Conflict "delivery.not_kept": it is nowhere.
func (j *Jobs) openHeld(ctx context.Context, q *store.GateQuestion, r *store.Run) (connector.Delivery, error) {
	d, sealed := j.openSealed(ctx, q, r.Delivery.SHA256)
	if store.ClassOf(sealed) != store.NotFound {
		return d, sealed
	}
	sealed = &store.Error{Class: store.Conflict, Code: "delivery.not_kept", Err: sealed}
	src, err := j.sourceFor(q.Connection, r.IntegrationID, r, nil)
	if err != nil {
		return nil, err
	}
	if dated, ok := src.(connector.Dated); ok {
		d, err = dated.OpenNamed(ctx, r.Delivery.Name)
	} else {
		d, err = src.Next(ctx, func(mark string) (bool, error) { return mark != r.Delivery.SHA256, nil })
	}
	if err != nil {
		return nil, sealed
	}
	defer d.Close()
	if d.Info().SHA256 != r.Delivery.SHA256 {
		return nil, sealed
	}
	if err := d.Loaded(ctx); err != nil {
		return nil, err
	}
	return j.openSealed(ctx, q, r.Delivery.SHA256)
}

// find gives the delivery that waits. None, or only one that is known already, is a run that succeeds with a note.
func (a *attempt) find(ctx context.Context) (connector.Delivery, error) {
	j, r := a.j, a.run
	if mark := r.Reads.Mark; mark != "" {
		return j.openSealed(ctx, &a.q, mark)
	}
	src, err := j.sourceFor(a.q.Connection, r.IntegrationID, r, func(n store.Spooled) {
		a.observe(Progress{Stage: store.StageExtract, Counts: r.Counts, Spool: n})
	})
	if err != nil {
		return nil, err
	}
	var known int64
	done := func(mark string) (bool, error) {
		done, no, err := j.DB.DeliveryDone(ctx, r.IntegrationID, mark)
		if done {
			known = no
		}
		return done, err
	}
	var d connector.Delivery
	if dated, ok := src.(connector.Dated); ok && r.Reads.Name != "" {
		d, err = named(ctx, dated, r.Reads, done)
	} else {
		d, err = src.Next(ctx, done)
	}
	switch {
	case err == nil:
		return d, nil
	case errors.Is(err, connector.ErrNothing) && known > 0:
		a.outcome = &db.Outcome{State: store.RunSucceeded, Reason: "delivery.known", Args: store.Args{"run": known}}
		return nil, nil
	case errors.Is(err, connector.ErrNothing):
		var note *store.Error // which nothing it is: none lies there, or none that is finished
		errors.As(err, &note)
		a.outcome = &db.Outcome{State: store.RunSucceeded, Reason: note.Code, Args: note.Args}
		return nil, nil
	}
	return nil, err
}

// named opens a delivery that lies ready, by its name. One with other content than was asked for is refused and stays
// where it is; one whose content is known already is put away.
func named(ctx context.Context, src connector.Dated, reads store.Reads, done func(string) (bool, error)) (connector.Delivery, error) {
	d, err := src.OpenNamed(ctx, reads.Name)
	if err != nil {
		return nil, err
	}
	if reads.Content != "" && d.Info().SHA256 != reads.Content {
		d.Close()
		return nil, store.E(store.Refused, "backfill.content", store.Args{"name": reads.Name})
	}
	known, err := done(d.Info().SHA256)
	if err == nil && !known {
		return d, nil
	}
	defer d.Close()
	if err == nil {
		err = d.Loaded(ctx)
	}
	if err == nil {
		err = connector.ErrNothing
	}
	return nil, err
}

// putAway seals a delivery whose run has ended well or waits for a person, so that no clear copy is left in the drop
// folder. It was read once and is known by its mark: failing to put it away costs nothing but a warning.
func (a *attempt) putAway(ctx context.Context, d connector.Delivery) {
	j, r := a.j, a.run
	defer d.Close()
	if a.input != nil || r.DryRun || r.State != store.RunSucceeded && r.State != store.RunHeld {
		return
	}
	if err := d.Loaded(ctx); err != nil {
		j.Log.Error("a delivery could not be sealed", "run", r.ID, "error", err)
		j.log(ctx, r, store.LogWarn, store.StageReport, "run.seal_failed", nil)
		return
	}
	j.log(ctx, r, store.LogInfo, store.StageReport, "run.sealed", nil)
}
