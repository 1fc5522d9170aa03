package vault

import (
	"context"
	"database/sql"
)

// atOnce is how many persons a transaction takes that goes through all of them while loads run.
const atOnce = 1000

// setApart takes the data keys out of the rows of a vault that kept them there. One that is cut off goes on where it was.
func (v *Vault) setApart(ctx context.Context) error {
	var done bool
	if err := v.db.QueryRowContext(ctx, `SELECT EXISTS(SELECT 1 FROM meta WHERE name='apart')`).Scan(&done); err != nil || done {
		return err
	}
	type old struct {
		registry   int64
		index, key []byte
		kv         int
	}
	last := old{index: []byte{}}
	for {
		rows, err := v.db.QueryContext(ctx, `SELECT registry, idx, kv, substr(sealed, 1, $4) FROM person
			WHERE (registry, idx) > ($1, $2) AND born<0 ORDER BY registry, idx LIMIT $3`, last.registry, last.index, atOnce, wrapSize)
		if err != nil {
			return err
		}
		var list []old
		for rows.Next() {
			var o old
			if err := rows.Scan(&o.registry, &o.index, &o.kv, &o.key); err != nil {
				rows.Close()
				return err
			}
			list = append(list, o)
		}
		if err := rows.Close(); err != nil {
			return err
		}
		if len(list) == 0 {
			break
		}
		last = list[len(list)-1]
		if err := v.engine.apart(ctx, func(tx *sql.Tx) error {
			for _, o := range list {
				if _, err := tx.ExecContext(ctx, `INSERT INTO personkey(registry, idx, kv, born, wrapped) VALUES($1,$2,$3,0,$4)
					ON CONFLICT(registry, idx) DO UPDATE SET kv=excluded.kv, born=0, wrapped=excluded.wrapped`,
					o.registry, o.index, o.kv, o.key); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
		if err := v.inPersons(ctx, func(tx *sql.Tx) error {
			for _, o := range list {
				if _, err := tx.ExecContext(ctx, `UPDATE person SET sealed=substr(sealed, $3), born=0
					WHERE registry=$1 AND idx=$2 AND born<0`, o.registry, o.index, wrapSize+1); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	_, err := v.db.ExecContext(ctx, `INSERT INTO meta(name, value) VALUES('apart', $1) ON CONFLICT DO NOTHING`, []byte{1})
	if err == nil && last.registry > 0 {
		v.Checkpoint(ctx)
	}
	return err
}

// inPersons runs f in a transaction on the persons, before any load can begin.
func (v *Vault) inPersons(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := v.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}
