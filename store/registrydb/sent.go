package registrydb

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"samband/store"
	"samband/store/internal/lite"
)

// What an integration has sent is kept beside the data it was made of, so that a backup has both or neither. There are
// keys and hashes in it, and no value.

const sentColumns = `key, hash, acked, state, reason, variable, run_no, at`

// EachSent gives all that is known of the records of an integration, in order of their keys.
func (d *DB) EachSent(ctx context.Context, integrationID string, f func(store.Sent) error) error {
	return d.sent(ctx, f, `SELECT `+sentColumns+` FROM sent WHERE integration_id=$1 ORDER BY key`, integrationID)
}

// OpenSent gives the records of a run that nobody knows the fate of, in order of their keys.
func (d *DB) OpenSent(ctx context.Context, integrationID string, runNo int64) (list []store.Sent, err error) {
	err = d.sent(ctx, func(s store.Sent) error { list = append(list, s); return nil }, `SELECT `+sentColumns+` FROM sent
		WHERE integration_id=$1 AND run_no=$2 AND state IN ('sent', 'unknown') ORDER BY key`, integrationID, runNo)
	return list, err
}

// CountOpen counts those records.
func (d *DB) CountOpen(ctx context.Context, integrationID string, runNo int64) (n int64, err error) {
	err = d.db.QueryRowContext(ctx, `SELECT count(*) FROM sent WHERE integration_id=$1 AND run_no=$2
		AND state IN ('sent', 'unknown')`, integrationID, runNo).Scan(&n)
	return n, store.Wrap(err, store.Unavailable, "registry.read", nil)
}

// CountDue counts the records of a run that a person says did not arrive, or are to be sent again.
func (d *DB) CountDue(ctx context.Context, integrationID string, runNo int64) (n int64, err error) {
	err = d.db.QueryRowContext(ctx, `SELECT count(*) FROM sent WHERE integration_id=$1 AND run_no=$2 AND state='due'`,
		integrationID, runNo).Scan(&n)
	return n, store.Wrap(err, store.Unavailable, "registry.read", nil)
}

// Outbox tells where the records of an integration stand, with at most limit of those that are refused or held back, the
// newest first.
func (d *DB) Outbox(ctx context.Context, integrationID string, limit int) (*store.Outbox, error) {
	o := &store.Outbox{By: map[store.SentState]int64{}}
	rows, err := d.db.QueryContext(ctx, `SELECT state, count(*), max(CASE WHEN acked<>'' THEN at ELSE '' END) FROM sent
		WHERE integration_id=$1 GROUP BY state`, integrationID)
	err = scanEach(rows, err, func() error {
		var state store.SentState
		var n int64
		var at string
		if err := rows.Scan(&state, &n, &at); err != nil {
			return err
		}
		o.By[state] = n
		if t, err := time.Parse(timeLayout, at); err == nil && t.After(o.LastSent) {
			o.LastSent = t
		}
		return nil
	})
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	rows, err = d.db.QueryContext(ctx, `SELECT run_no, count(*) FROM sent WHERE integration_id=$1
		AND state IN ('sent', 'unknown') GROUP BY run_no ORDER BY run_no`, integrationID)
	err = scanEach(rows, err, func() error {
		var x store.OpenSending
		err := rows.Scan(&x.RunNo, &x.N)
		o.Open = append(o.Open, x)
		return err
	})
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	return o, d.sent(ctx, func(s store.Sent) error { o.Refused = append(o.Refused, s); return nil }, `SELECT `+sentColumns+`
		FROM sent WHERE integration_id=$1 AND state IN ('refused', 'held_back') ORDER BY at DESC, key LIMIT $2`,
		integrationID, limit)
}

func scanEach(rows *sql.Rows, err error, f func() error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (d *DB) sent(ctx context.Context, f func(store.Sent) error, query string, args ...any) error {
	rows, err := d.db.QueryContext(ctx, query, args...)
	err = scanEach(rows, err, func() error {
		var s store.Sent
		var at string
		if err := rows.Scan(&s.Key, &s.Hash, &s.Acked, &s.State, &s.Reason, &s.Variable, &s.RunNo, &at); err != nil {
			return err
		}
		var err error
		if s.At, err = time.Parse(timeLayout, at); err != nil {
			return err
		}
		return f(s)
	})
	return store.Wrap(err, store.Unavailable, "registry.read", nil)
}

// Sender is who writes what was sent: an attempt at a run. Once a later one has taken the run over, what it writes is
// Conflict "run.lost".
type Sender struct {
	RunID         string
	Token         int
	IntegrationID string
}

// PutSent writes what is known of some records now, all or none. A record without a state is forgotten.
func (d *DB) PutSent(ctx context.Context, by Sender, list []store.Sent) error {
	if len(list) == 0 {
		return nil
	}
	return d.change(ctx, func(tx *sql.Tx) error {
		if err := lite.Fenced(ctx, tx, by.RunID, by.Token); err != nil {
			return err
		}
		put, err := tx.PrepareContext(ctx, `INSERT INTO sent(integration_id, `+sentColumns+`)
			VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT(integration_id, key) DO UPDATE SET hash=excluded.hash,
			acked=excluded.acked, state=excluded.state, reason=excluded.reason, variable=excluded.variable,
			run_no=excluded.run_no, at=excluded.at`)
		if err != nil {
			return err
		}
		defer put.Close()
		for i := range list {
			s := &list[i]
			if s.State == "" {
				_, err = tx.ExecContext(ctx, `DELETE FROM sent WHERE integration_id=$1 AND key=$2`, by.IntegrationID, s.Key)
			} else {
				_, err = put.ExecContext(ctx, by.IntegrationID, s.Key, s.Hash, s.Acked, string(s.State), s.Reason, s.Variable,
					s.RunNo, timeText(d.clock.Now()))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// CloseSent settles the records of a run that wait for an answer at once: acknowledged when the receiver has them all, or
// as they were before when it has none of them.
func (d *DB) CloseSent(ctx context.Context, by Sender, runNo int64, taken bool) error {
	return d.change(ctx, func(tx *sql.Tx) error {
		if err := lite.Fenced(ctx, tx, by.RunID, by.Token); err != nil {
			return err
		}
		if taken {
			_, err := tx.ExecContext(ctx, `UPDATE sent SET state='acked', acked=hash, at=$3
				WHERE integration_id=$1 AND run_no=$2 AND state='sent'`, by.IntegrationID, runNo, timeText(d.clock.Now()))
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM sent WHERE integration_id=$1 AND run_no=$2 AND state='sent' AND acked=''`,
			by.IntegrationID, runNo)
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE sent SET state='acked', hash=acked WHERE integration_id=$1 AND run_no=$2
				AND state='sent'`, by.IntegrationID, runNo)
		}
		return err
	})
}

// Snapshot is what a registry holds at one moment, whatever is loaded meanwhile.
type Snapshot struct {
	d  *DB
	tx *sql.Tx
}

// Snapshot gives what the registry holds now. Close it.
func (d *DB) Snapshot(ctx context.Context) (*Snapshot, error) {
	tx, err := d.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	return &Snapshot{d, tx}, nil
}

// Close lets go.
func (s *Snapshot) Close() error { return s.tx.Rollback() }

// Each gives some variables of every row by a codebook, in order of its key. Cells and nulls are valid until the next.
// A variable that nothing was loaded of yet is null.
func (s *Snapshot) Each(ctx context.Context, c *store.Codebook, variables []string, f func(cells []string, nulls []bool) error) error {
	have, err := s.d.engine.columns(ctx, s.tx, s.d.data(c.ID))
	if err != nil || len(have) == 0 {
		return store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	l := NewLayout(c)
	names, kinds := make([]string, len(variables)), make([]store.ValueKind, len(variables))
	for i, v := range variables {
		names[i] = "NULL"
		if _, ok := have[v]; ok {
			names[i] = quoted(v)
		}
		if at := l.column(v); at >= 0 {
			kinds[i] = l.Columns[at].Kind
		}
	}
	rows, err := s.tx.QueryContext(ctx, "SELECT "+strings.Join(names, ",")+" FROM "+s.d.data(c.ID)+" ORDER BY "+l.keyNames(""))
	if err != nil {
		return store.Wrap(err, store.Unavailable, "registry.read", nil)
	}
	defer rows.Close()
	raw, to := make([]any, len(variables)), make([]any, len(variables))
	cells, nulls := make([]string, len(variables)), make([]bool, len(variables))
	for i := range raw {
		to[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return store.Wrap(err, store.Unavailable, "registry.read", nil)
		}
		for i := range raw {
			v := value(raw[i], kinds[i])
			cells[i], nulls[i] = v.Text(), v.IsNull()
		}
		if err := f(cells, nulls); err != nil {
			return err
		}
	}
	return store.Wrap(rows.Err(), store.Unavailable, "registry.read", nil)
}
