package db

import (
	"context"

	"samband/store"
)

// DeliveryDone tells whether a delivery is not to be read again, and by which run it was read: one that is done with, or
// that waits for a person to decide.
func (d *DB) DeliveryDone(ctx context.Context, integrationID, mark string) (done bool, runNo int64, err error) {
	p, err := read(ctx, d, func(t *tx) (*store.ProcessedDelivery, error) {
		held, err := all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE integration_id = $1 AND state IN ('held', 'unknown')
			ORDER BY no`, integrationID)
		if err != nil {
			return nil, err
		}
		for i := range held {
			if held[i].Delivery.SHA256 == mark {
				return &store.ProcessedDelivery{RunNo: held[i].No}, nil
			}
		}
		return one(t, "delivery.not_found", scanDelivery, `SELECT integration_id, mark, name, run_no, at FROM delivery
			WHERE integration_id = $1 AND mark = $2`, integrationID, mark)
	})
	if p, err = found(p, err); p == nil {
		return false, 0, err
	}
	return true, p.RunNo, nil
}

func scanDelivery(r row) (p store.ProcessedDelivery, err error) {
	err = r.Scan(&p.IntegrationID, &p.Mark, &p.Name, &p.RunNo, moment{&p.At})
	return p, err
}

// Deliveries returns the last n deliveries of an integration that are not to be read again, newest first.
func (d *DB) Deliveries(ctx context.Context, integrationID string, n int) ([]store.ProcessedDelivery, error) {
	return read(ctx, d, func(t *tx) ([]store.ProcessedDelivery, error) {
		return all(t, scanDelivery, `SELECT integration_id, mark, name, run_no, at FROM delivery
			WHERE integration_id = $1 ORDER BY run_no DESC, mark LIMIT $2`, integrationID, n)
	})
}

func (t *tx) markDelivery(r *store.Run) error {
	return t.exec(`INSERT INTO delivery (integration_id, mark, name, run_no, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (integration_id, mark) DO NOTHING`, r.IntegrationID, r.Delivery.SHA256, r.Delivery.Name, r.No,
		micros(t.now))
}

// DeliveriesInUse returns the marks of the deliveries that a run still needs from where they were put away: of those that
// wait for a decision, and of those that are to be read again.
func (d *DB) DeliveriesInUse(ctx context.Context) (map[string]bool, error) {
	runs, err := read(ctx, d, func(t *tx) ([]store.Run, error) {
		return all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE state IN ('due', 'running', 'held', 'unknown')`)
	})
	marks := map[string]bool{}
	for _, r := range runs {
		marks[r.Delivery.SHA256], marks[r.Reads.Mark] = true, true
	}
	return marks, err
}

// SetDeliveryAside stores that a person sets the delivery aside that r ended at, and tells it in the log of r.
func (d *DB) SetDeliveryAside(ctx context.Context, r *store.Run, reason string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		line := store.LogLine{Level: store.LogWarn, Stage: r.Stage, Code: "run.set_aside", Args: store.Args{"file": r.Delivery.Name,
			"name": by.Name, "reason": reason}}
		if err := t.appendLog(r.No, []store.LogLine{line}); err != nil {
			return err
		}
		e := aboutRun("run.set_aside", r)
		e.Reason = reason
		e.Details = store.Args{"no": r.No, "integration": r.IntegrationID, "file": r.Delivery.Name, "sha256": r.Delivery.SHA256}
		return t.audit(by, e)
	})
}
