package db

import (
	"context"

	"samband/store"
)

const webhookColumns = `id, name, url, kinds, registries, enabled, last_at, last_code, version`

func scanWebhook(r row) (w store.Webhook, err error) {
	err = r.Scan(&w.ID, &w.Name, &w.URL, decode{&w.Kinds}, decode{&w.Registries}, &w.Enabled, moment{&w.LastAt}, &w.LastCode,
		&w.Version)
	return w, err
}

// Webhooks returns the webhooks in order of id.
func (d *DB) Webhooks(ctx context.Context) ([]store.Webhook, error) {
	return read(ctx, d, func(t *tx) ([]store.Webhook, error) { return t.webhooks() })
}

func (t *tx) webhooks() ([]store.Webhook, error) {
	list, err := all(t, scanWebhook, `SELECT `+webhookColumns+` FROM webhook`)
	return byID(list, func(w *store.Webhook) string { return w.ID }), err
}

// Webhook returns a webhook, or "webhook.not_found".
func (d *DB) Webhook(ctx context.Context, id string) (*store.Webhook, error) {
	return read(ctx, d, func(t *tx) (*store.Webhook, error) { return t.webhook(id) })
}

func (t *tx) webhook(id string) (*store.Webhook, error) {
	return one(t, "webhook.not_found", scanWebhook, `SELECT `+webhookColumns+` FROM webhook WHERE id = $1`, id)
}

// CreateWebhook stores a webhook, which has its ID already, with its sealed secret, and sets Version.
func (d *DB) CreateWebhook(ctx context.Context, w *store.Webhook, sealed []byte, by store.Actor) error {
	if err := w.Validate(); err != nil {
		return err
	}
	err := d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO webhook (`+webhookColumns+`, secret) VALUES ($1, $2, $3, $4, $5, $6, 0, '', 1, $7)`,
			w.ID, w.Name, w.URL, encode(w.Kinds), encode(w.Registries), w.Enabled, bytesOf(sealed))
		return t.created(err, by, about("webhook.create", w.ID, ""))
	})
	return done(err, &w.Version, 1)
}

// UpdateWebhook replaces what a webhook is told of, and where.
func (d *DB) UpdateWebhook(ctx context.Context, w *store.Webhook, by store.Actor) error {
	if err := w.Validate(); err != nil {
		return err
	}
	return amend(ctx, d, about("webhook.update", w.ID, ""), w, &w.Version, (*tx).webhook, by, func(t *tx) error {
		return t.write(`UPDATE webhook SET name = $3, url = $4, kinds = $5, registries = $6, enabled = $7, version = version + 1
			WHERE id = $1 AND version = $2`,
			w.ID, w.Version, w.Name, w.URL, encode(w.Kinds), encode(w.Registries), w.Enabled)
	})
}

// DeleteWebhook removes a webhook, and what waits to be sent to it.
func (d *DB) DeleteWebhook(ctx context.Context, id string, version int, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if _, err := t.webhook(id); err != nil {
			return err
		}
		if err := t.exec(`DELETE FROM outbox WHERE target = $1 AND via = 'webhook' AND state = 'waiting'`, id); err != nil {
			return err
		}
		return t.remove(about("webhook.delete", id, ""), version, by)
	})
}

// WebhookSecret returns the sealed secret of a webhook.
func (d *DB) WebhookSecret(ctx context.Context, id string) ([]byte, error) {
	return read(ctx, d, func(t *tx) ([]byte, error) {
		b, err := one(t, "webhook.not_found", func(r row) (b []byte, err error) {
			err = r.Scan(&b)
			return b, err
		},
			`SELECT secret FROM webhook WHERE id = $1`, id)
		if err != nil {
			return nil, err
		}
		return *b, nil
	})
}

// TestedWebhook notes what came of a message that a person sent to try a webhook.
func (d *DB) TestedWebhook(ctx context.Context, id string, code store.Code, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		if _, err := t.webhook(id); err != nil {
			return err
		}
		if err := t.exec(`UPDATE webhook SET last_at = $2, last_code = $3 WHERE id = $1`, id, micros(t.now), code); err != nil {
			return err
		}
		e := about("webhook.test", id, "")
		e.Result = string(code)
		return t.audit(by, e)
	})
}
