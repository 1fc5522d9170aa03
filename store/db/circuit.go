package db

import (
	"context"
	"time"

	"samband/store"
)

const circuitColumns = `host, failures, code, opened_at, until_at, at`

func scanCircuit(r row) (c store.Circuit, err error) {
	err = r.Scan(&c.Host, &c.Failures, &c.Code, moment{&c.OpenedAt}, moment{&c.Until}, moment{&c.At})
	return c, err
}

// Circuits returns the hosts that failed lately, in order of host.
func (d *DB) Circuits(ctx context.Context) ([]store.Circuit, error) {
	return read(ctx, d, func(t *tx) ([]store.Circuit, error) {
		list, err := all(t, scanCircuit, `SELECT `+circuitColumns+` FROM circuit`)
		return byID(list, func(c *store.Circuit) string { return c.Host }), err
	})
}

// lockCircuit reads the circuit of a host, made when there is none, that no other transaction can change before this one
// ends.
func (t *tx) lockCircuit(host string) (*store.Circuit, error) {
	return one(t, "circuit.not_found", scanCircuit, `INSERT INTO circuit (`+circuitColumns+`) VALUES ($1, 0, '', 0, 0, 0)
		ON CONFLICT (host) DO UPDATE SET host = excluded.host RETURNING `+circuitColumns, host)
}

func (t *tx) writeCircuit(c *store.Circuit) error {
	return t.exec(`UPDATE circuit SET failures = $2, code = $3, opened_at = $4, until_at = $5, at = $6 WHERE host = $1`,
		c.Host, c.Failures, c.Code, micros(c.OpenedAt), micros(c.Until), micros(c.At))
}

// EnterCircuit lets a run through to a host, or tells until when it waits; see store.Circuit. Of all who ask a half-open
// circuit one is let through.
func (d *DB) EnterCircuit(ctx context.Context, host string) (ok bool, until time.Time, err error) {
	c, err := read(ctx, d, func(t *tx) (*store.Circuit, error) {
		return found(one(t, "circuit.not_found", scanCircuit, `SELECT `+circuitColumns+` FROM circuit WHERE host = $1`, host))
	})
	now := d.clock.Now()
	if err != nil || c == nil || c.State(now) == store.CircuitClosed {
		return err == nil, time.Time{}, err
	}
	err = d.update(ctx, func(t *tx) error {
		c, err := t.lockCircuit(host)
		if err != nil {
			return err
		}
		ok, until = c.Enter(t.now)
		return t.writeCircuit(c)
	})
	return ok, until, err
}

// FailedCircuit counts that a host failed, and gives its circuit.
func (d *DB) FailedCircuit(ctx context.Context, host string, code store.Code, after time.Duration) (*store.Circuit, error) {
	var c *store.Circuit
	err := d.update(ctx, func(t *tx) (err error) {
		if c, err = t.lockCircuit(host); err != nil {
			return err
		}
		c.Failed(t.now, code, after)
		return t.writeCircuit(c)
	})
	return c, err
}

// AnsweredCircuit closes the circuit of a host that has answered.
func (d *DB) AnsweredCircuit(ctx context.Context, host string) error {
	return d.update(ctx, func(t *tx) error { return t.exec(`DELETE FROM circuit WHERE host = $1`, host) })
}

// ResetCircuit closes the circuit of a host on a person's word. "circuit.not_found": it has not failed lately.
func (d *DB) ResetCircuit(ctx context.Context, host string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		n, err := t.affect(`DELETE FROM circuit WHERE host = $1`, host)
		switch {
		case err != nil:
			return err
		case n == 0:
			return notFound("circuit.not_found")
		}
		// Whoever waits for the host may try at once.
		if err := t.exec(`UPDATE run SET start_at = $1 WHERE state = 'running' AND stage = 'waiting'
			AND reason = 'run.circuit' AND start_at > $1`, micros(t.now)); err != nil {
			return err
		}
		return t.audit(by, about("circuit.reset", host, ""))
	})
}
