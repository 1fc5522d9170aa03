package registrydb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"samband/store"
)

// Undo takes a load back: keys it brought go, keys it changed get the image from before. It is refused when a later load
// by the same codebook was built on it, see builtOn, and still stands: then the later one has to be undone first. It gives
// how many rows were put back or taken away. Who did it is kept with the load, for whoever comes after a process that ended
// before it could tell the portal.
func (d *DB) Undo(ctx context.Context, runNo int64, by store.Actor) (rows int64, err error) {
	err = d.change(ctx, func(tx *sql.Tx) error {
		var seq int64
		var state, text string
		err := tx.QueryRowContext(ctx, `SELECT seq, state, record FROM load WHERE run_no=$1`, runNo).Scan(&seq, &state, &text)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return store.E(store.NotFound, "undo.nothing", store.Args{"run": runNo})
		case err != nil:
			return err
		case LoadState(state) != Loaded:
			return store.E(store.Conflict, "undo.nothing", store.Args{"run": runNo})
		}
		var r Record
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			return err
		}
		if later, err := builtOn(ctx, tx, r.CodebookID, seq); err != nil {
			return err
		} else if later > 0 {
			return store.E(store.Refused, "undo.built_on", store.Args{"run": runNo, "later": later})
		}
		if rows, err = d.restore(ctx, tx, r.CodebookID, runNo); err != nil {
			return err
		}
		r.State, r.UndoneAt, r.UndoneBy, r.UndoneRows = Undone, d.clock.Now(), by, rows
		out, err := json.Marshal(r)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE load SET state='undone', record=$1 WHERE run_no=$2`, string(out), runNo)
		return err
	})
	return rows, err
}

// restore takes away what a run put there, and puts back what it found under the keys that it changed. What the run put
// there is all that bears its number: nothing later has been built on it.
func (d *DB) restore(ctx context.Context, tx *sql.Tx, codebook string, runNo int64) (int64, error) {
	data, history, run := d.data(codebook), d.history(codebook), strconv.FormatInt(runNo, 10)
	have, err := d.engine.columns(ctx, tx, data)
	if err != nil {
		return 0, err
	}
	var all []string
	keys := make([]string, len(have))
	for name, typ := range have {
		all = append(all, quoted(name))
		if _, place, isKey := strings.Cut(typ, "/"); isKey {
			n, err := strconv.Atoi(place)
			if err != nil {
				return 0, err
			}
			keys[n-1] = quoted(name)
		}
	}
	keys = slices.DeleteFunc(keys, func(k string) bool { return k == "" })
	cols := strings.Join(all, ",")
	r, err := tx.ExecContext(ctx, "DELETE FROM "+data+` WHERE "_run"=`+run)
	if err != nil {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO "+data+"("+cols+") SELECT "+cols+" FROM "+history+` WHERE "_at"=`+run+
		" ORDER BY "+strings.Join(keys, ",")); err != nil {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM "+history+` WHERE "_at"=`+run); err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// MayUndo tells whether Undo would take the load back now.
func (d *DB) MayUndo(ctx context.Context, runNo int64) (bool, error) {
	var seq int64
	var codebook string
	err := d.db.QueryRowContext(ctx, `SELECT seq, codebook FROM load WHERE run_no=$1 AND state='loaded'`, runNo).Scan(&seq, &codebook)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	var later int64
	if err == nil {
		later, err = builtOn(ctx, d.db, codebook, seq)
	}
	return err == nil && later == 0, store.Wrap(err, store.Unavailable, "registry.read", nil)
}

// builtOn gives the latest run whose load came after seq, by the same codebook, and settled rows against what was held by
// then; 0 when none that stands did. Rows that were unchanged or merged count: what they say is in the registry only as
// long as the earlier load is.
func builtOn(ctx context.Context, q interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}, codebook string, seq int64) (runNo int64, err error) {
	rows, err := q.QueryContext(ctx, `SELECT run_no, record FROM load WHERE codebook=$1 AND state='loaded' AND seq>$2
		ORDER BY seq DESC`, codebook, seq)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		var r Record
		if err := rows.Scan(&runNo, &text); err != nil {
			return 0, err
		}
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			return 0, err
		}
		if r.Counts.Settled() > 0 {
			return runNo, nil
		}
	}
	return 0, rows.Err()
}
