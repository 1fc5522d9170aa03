package db

import (
	"context"
	"time"

	"samband/store"
)

const noticeColumns = `id, event, user_id, kind, topic, urgent, registry_id, path, args, at, read_at`

func scanNotice(r row) (n store.Notice, err error) {
	err = r.Scan(&n.ID, &n.Event, &n.UserID, &n.Kind, &n.Topic, &n.Urgent, &n.Registry, &n.Path, decode{&n.Args},
		moment{&n.At}, moment{&n.ReadAt})
	return n, err
}

// Notices returns the last n notices of a user, newest first.
func (d *DB) Notices(ctx context.Context, userID string, n int) ([]store.Notice, error) {
	return read(ctx, d, func(t *tx) ([]store.Notice, error) {
		return all(t, scanNotice, `SELECT `+noticeColumns+` FROM notice WHERE user_id = $1 ORDER BY at DESC, id LIMIT $2`,
			userID, limit(n, 200))
	})
}

// UnreadNotices counts the notices that a user has not read.
func (d *DB) UnreadNotices(ctx context.Context, userID string) (int64, error) {
	return read(ctx, d, func(t *tx) (int64, error) {
		return value[int64](t, `SELECT COUNT(*) FROM notice WHERE user_id = $1 AND read_at = 0`, userID)
	})
}

// ReadNotices marks a user's notices up to a moment as read.
func (d *DB) ReadNotices(ctx context.Context, userID string, until time.Time) error {
	return d.update(ctx, func(t *tx) error {
		return t.exec(`UPDATE notice SET read_at = $3 WHERE user_id = $1 AND read_at = 0 AND at <= $2`,
			userID, micros(until), micros(t.now))
	})
}

// MailedNotices returns the notices that a mail carries, newest first.
func (d *DB) MailedNotices(ctx context.Context, outgoingID string) ([]store.Notice, error) {
	return read(ctx, d, func(t *tx) ([]store.Notice, error) {
		return all(t, scanNotice, `SELECT `+noticeColumns+` FROM notice WHERE outbox_id = $1 ORDER BY at DESC, id`, outgoingID)
	})
}

const noticeSettingColumns = `user_id, address, pending, pending_at, muted, lang, version`

func scanNoticeSetting(r row) (s store.NoticeSetting, err error) {
	err = r.Scan(&s.UserID, &s.Address, &s.Pending, moment{&s.PendingAt}, decode{&s.Muted}, &s.Lang, &s.Version)
	return s, err
}

// NoticeSetting returns where and of what a user wants to be told; Version 0 when nothing was ever said.
func (d *DB) NoticeSetting(ctx context.Context, userID string) (*store.NoticeSetting, error) {
	return read(ctx, d, func(t *tx) (*store.NoticeSetting, error) { return t.noticeSetting(userID) })
}

func (t *tx) noticeSetting(userID string) (*store.NoticeSetting, error) {
	s, err := found(one(t, "user.not_found", scanNoticeSetting, `SELECT `+noticeSettingColumns+`
		FROM notice_setting WHERE user_id = $1`, userID))
	if s == nil && err == nil {
		s = &store.NoticeSetting{UserID: userID}
	}
	return s, err
}

// SaveNoticeSetting stores what a user wants. It takes Muted, Lang and Pending from s: an address counts when it is
// confirmed, and a new one waits for that in Pending, for which a mail is put in the outbox. dropped takes the
// confirmed address away. The log holds no address.
func (d *DB) SaveNoticeSetting(ctx context.Context, s *store.NoticeSetting, dropped bool, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	n := *s
	err := d.update(ctx, func(t *tx) error {
		was, err := t.noticeSetting(s.UserID)
		if err != nil {
			return err
		}
		if was.Version != s.Version {
			return changed()
		}
		n.Address, n.PendingAt = was.Address, was.PendingAt
		e := about("notice.setting", s.UserID, "")
		if dropped {
			n.Address = ""
			e.Details = store.Args{"changed": []string{"address"}}
		}
		if n.Pending == n.Address {
			n.Pending = ""
		}
		switch {
		case n.Pending == "":
			n.PendingAt = time.Time{}
		case n.Pending != was.Pending || was.PendingAt.Add(time.Minute).Before(t.now): // asked again: another mail
			n.PendingAt = t.now
			if err := t.confirmable(s.UserID); err != nil {
				return err
			}
			if err := t.post(store.ViaConfirm, s.UserID, encode(confirmBody{n.Pending, n.PendingAt.UnixMicro()})); err != nil {
				return err
			}
			e.Details = store.Args{"changed": []string{"address"}}
		}
		n.Version++
		return t.saveNoticeSetting(&n, by, e)
	})
	if err == nil {
		*s = n
	}
	return err
}

// How many mails that confirm an address may be asked for in an hour, by one person and by all: nobody uses the portal
// to write to strangers.
const (
	confirmsOne = 3
	confirmsAll = 20
)

// confirmable refuses, at the field, to send one more mail that confirms an address.
func (t *tx) confirmable(userID string) error {
	list, err := all(t, scanText, `SELECT target FROM outbox WHERE via = 'confirm' AND created_at > $1`,
		micros(t.now.Add(-time.Hour)))
	if err != nil {
		return err
	}
	own := 0
	for _, target := range list {
		if target == userID {
			own++
		}
	}
	if own >= confirmsOne || len(list) >= confirmsAll {
		return store.FieldError("address", "notice.too_many", nil)
	}
	return nil
}

// confirmBody is what the mail that confirms an address is made from.
type confirmBody struct {
	Address string `json:"address"`
	At      int64  `json:"at"` // microseconds since 1970
}

func (t *tx) saveNoticeSetting(n *store.NoticeSetting, by store.Actor, e store.AuditEntry) error {
	return t.created(t.write(`INSERT INTO notice_setting (`+noticeSettingColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (user_id) DO UPDATE SET address = excluded.address, pending = excluded.pending,
			pending_at = excluded.pending_at, muted = excluded.muted, lang = excluded.lang, version = excluded.version`,
		n.UserID, n.Address, n.Pending, micros(n.PendingAt), encode(n.Muted), n.Lang, n.Version), by, e)
}

// ConfirmTime is how long an address can be confirmed after it was asked for.
const ConfirmTime = 24 * time.Hour

// ConfirmAddress makes the address that waits since asked the one that mail goes to. It works once: NotFound
// "notice.code" when nothing waits since then, or for too long.
func (d *DB) ConfirmAddress(ctx context.Context, userID string, asked time.Time, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		s, err := t.noticeSetting(userID)
		if err != nil {
			return err
		}
		if s.Pending == "" || !s.PendingAt.Equal(asked) || t.now.Sub(asked) > ConfirmTime {
			return notFound("notice.code")
		}
		s.Address, s.Pending, s.PendingAt, s.Version = s.Pending, "", time.Time{}, s.Version+1
		return t.saveNoticeSetting(s, by, about("notice.confirm", userID, ""))
	})
}
