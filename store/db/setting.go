package db

import (
	"context"

	"samband/store"
)

// Setting returns a setting of the installation, or "" when it was never set.
func (d *DB) Setting(ctx context.Context, name string) (string, error) {
	s, err := read(ctx, d, func(t *tx) (*string, error) {
		return one(t, "setting.not_found", scanText, `SELECT value FROM setting WHERE name = $1`, name)
	})
	if s, err = found(s, err); s == nil {
		return "", err
	}
	return *s, nil
}

// PutSetting stores a setting. The log names it, and not its value.
func (d *DB) PutSetting(ctx context.Context, name, value string, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		err := t.exec(`INSERT INTO setting (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
		if err != nil {
			return err
		}
		return t.audit(by, about("setting.update", name, ""))
	})
}
