package db

import (
	"context"
	"encoding/json"
	"time"

	"samband/store"
)

const outgoingColumns = `id, via, target, body, state, attempts, next_at, lease, code, created_at, ended_at`

func scanOutgoing(r row) (o store.Outgoing, err error) {
	err = r.Scan(&o.ID, &o.Via, &o.Target, &o.Body, &o.State, &o.Attempts, moment{&o.NextAt}, moment{&o.Lease}, &o.Code,
		moment{&o.CreatedAt}, moment{&o.EndedAt})
	return o, err
}

// post puts something in the outbox, to be sent at once.
func (t *tx) post(via store.OutgoingVia, target, body string) error {
	return t.write(`INSERT INTO outbox (`+outgoingColumns+`, event) VALUES ($1, $2, $3, $4, 'waiting', 0, $5, 0, '', $5, 0, '')`,
		t.ids.New(), via, target, body, micros(t.now))
}

// CollectMail puts the notices that are to go by mail now together in one mail a person, by store.MailNow. digest is how
// long notices that are not urgent are collected.
func (d *DB) CollectMail(ctx context.Context, digest time.Duration) error {
	return d.update(ctx, func(t *tx) error {
		list, err := all(t, scanNotice, `SELECT `+noticeColumns+` FROM notice WHERE outbox_id = '' ORDER BY user_id, at, id`)
		if err != nil {
			return err
		}
		for len(list) > 0 {
			n := 1
			for n < len(list) && list[n].UserID == list[0].UserID {
				n++
			}
			if err := t.collect(list[:n], digest); err != nil {
				return err
			}
			list = list[n:]
		}
		return nil
	})
}

// collect makes the mail of one person's unsent notices, if there is to be one now.
func (t *tx) collect(unsent []store.Notice, digest time.Duration) error {
	user := unsent[0].UserID
	before := store.MailedBefore{Topics: map[string]time.Time{}}
	_, err := all(t, func(r row) (n store.Notice, err error) {
		if err = r.Scan(&n.Kind, &n.Topic, &n.Urgent, moment{&n.At}); err == nil {
			before.Topics[n.MailTopic()] = n.At
			if !n.Urgent && n.At.After(before.Digest) {
				before.Digest = n.At
			}
		}
		return n, err
	}, `SELECT n.kind, n.topic, n.urgent, MAX(o.created_at) FROM notice n JOIN outbox o ON o.id = n.outbox_id
		WHERE n.user_id = $1 AND o.created_at > $2 GROUP BY n.kind, n.topic, n.urgent`,
		user, micros(t.now.Add(-max(store.RepeatAfter, digest)-time.Second)))
	if err != nil {
		return err
	}
	now := store.MailNow(unsent, before, t.now, digest)
	if len(now) == 0 {
		return nil
	}
	id := t.ids.New()
	for _, n := range now {
		touched, err := t.affect(`UPDATE notice SET outbox_id = $2 WHERE id = $1 AND outbox_id = ''`, n.ID, id)
		if err != nil {
			return err
		}
		if touched == 0 { // another process has collected it
			return changed()
		}
	}
	return t.write(`INSERT INTO outbox (`+outgoingColumns+`, event)
		VALUES ($1, 'mail', $2, '', 'waiting', 0, $3, 0, '', $3, 0, '')`, id, user, micros(t.now))
}

// ClaimOutgoing takes at most n messages that are due, for as long as lease says: nobody else gets them before that.
// Each claim counts as an attempt, so that one that ends its process is given up in time too.
func (d *DB) ClaimOutgoing(ctx context.Context, n int, lease time.Duration) ([]store.Outgoing, error) {
	var claimed []store.Outgoing
	err := d.update(ctx, func(t *tx) error {
		list, err := all(t, scanOutgoing, `SELECT `+outgoingColumns+` FROM outbox
			WHERE state = 'waiting' AND next_at <= $1 AND lease <= $1 ORDER BY next_at, id LIMIT $2`, micros(t.now), n)
		if err != nil {
			return err
		}
		for _, o := range list {
			was := o.Attempts
			o.Attempts, o.Lease = was+1, t.now.Add(lease)
			touched, err := t.affect(`UPDATE outbox SET attempts = $3, lease = $4
				WHERE id = $1 AND attempts = $2 AND state = 'waiting'`, o.ID, was, o.Attempts, micros(o.Lease))
			if err != nil {
				return err
			}
			if touched == 1 {
				claimed = append(claimed, o)
			}
		}
		return nil
	})
	return claimed, err
}

// SettleOutgoing says what came of a claimed message: sent when code is empty; else tried again at next, or given up
// when next is zero. A claim that is over changes nothing: whoever has the message now will settle it. A webhook keeps
// what came of its last one.
func (d *DB) SettleOutgoing(ctx context.Context, o *store.Outgoing, code store.Code, next time.Time) error {
	return d.update(ctx, func(t *tx) error {
		state, ended := store.OutWaiting, int64(0)
		switch {
		case code == "":
			state, ended = store.OutSent, micros(t.now)
		case next.IsZero():
			state, ended = store.OutDead, micros(t.now)
		}
		if next.IsZero() {
			next = t.now
		}
		n, err := t.affect(`UPDATE outbox SET state = $3, code = $4, next_at = $5, lease = 0, ended_at = $6
			WHERE id = $1 AND attempts = $2 AND state = 'waiting'`, o.ID, o.Attempts, state, code, micros(next), ended)
		if err != nil || n == 0 || o.Via != store.ViaWebhook {
			return err
		}
		return t.exec(`UPDATE webhook SET last_at = $2, last_code = $3 WHERE id = $1`, o.Target, micros(t.now), code)
	})
}

// OutboxState is how the outbox is.
type OutboxState struct {
	Counts map[store.OutgoingState]int64
	// Stuck are the messages that failed and are tried again, or were given up in the last month; newest first.
	Stuck []store.Outgoing
}

// Outbox tells how the outbox is.
func (d *DB) Outbox(ctx context.Context) (*OutboxState, error) {
	return read(ctx, d, func(t *tx) (*OutboxState, error) {
		s := &OutboxState{Counts: map[store.OutgoingState]int64{}}
		_, err := all(t, func(r row) (st store.OutgoingState, err error) {
			var n int64
			err = r.Scan(&st, &n)
			s.Counts[st] = n
			return st, err
		}, `SELECT state, COUNT(*) FROM outbox GROUP BY state`)
		if err != nil {
			return nil, err
		}
		s.Stuck, err = all(t, scanOutgoing, `SELECT `+outgoingColumns+` FROM outbox
			WHERE code <> '' AND (state = 'waiting' OR state = 'dead' AND created_at > $1) ORDER BY created_at DESC, id LIMIT 50`,
			micros(t.now.AddDate(0, -1, 0)))
		return s, err
	})
}

// SweepNotices removes what nobody needs any more: what was sent, after 90 days, and notices after 400, when no last day
// that they spoke of can be told again.
func (d *DB) SweepNotices(ctx context.Context) error {
	return d.update(ctx, func(t *tx) error {
		if err := t.exec(`DELETE FROM outbox WHERE state <> 'waiting' AND created_at < $1`, micros(t.now.AddDate(0, 0, -90))); err != nil {
			return err
		}
		return t.exec(`DELETE FROM notice WHERE at < $1`, micros(t.now.AddDate(0, 0, -400)))
	})
}

// ParseConfirm reads the body of a message that confirms an address: where to, and since when the address waits.
func ParseConfirm(body string) (address string, asked time.Time, err error) {
	var c confirmBody
	err = json.Unmarshal([]byte(body), &c)
	return c.Address, fromMicros(c.At), err
}
