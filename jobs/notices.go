package jobs

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"time"

	"samband/jobs/notify"
	"samband/store"
	"samband/store/db"
	"samband/store/secrets"
	"samband/store/text"
)

// DefaultDigest is how long notices that are not urgent are collected before they go by mail.
const DefaultDigest = 15 * time.Minute

// tellNotices tells of what has happened since it last looked, puts what is to go by mail now in the outbox, and sends
// what lies there.
func (j *Jobs) tellNotices(ctx context.Context) error {
	for more := true; more; {
		var err error
		if more, err = j.DB.TellNotices(ctx, 200); err != nil {
			return err
		}
	}
	if j.conf.SMTP.Enabled() {
		digest := j.conf.Digest
		if digest == 0 {
			digest = DefaultDigest
		}
		if err := j.DB.CollectMail(ctx, digest); err != nil && store.CodeOf(err) != "db.changed" {
			return err
		}
	}
	return j.sendOutgoing(ctx)
}

// remindNotices tells of last days that come near and of data that are late, and clears what is old.
func (j *Jobs) remindNotices(ctx context.Context) error {
	if err := j.DB.RemindNotices(ctx); err != nil {
		return err
	}
	return j.DB.SweepNotices(ctx)
}

// A claim lasts longer than any message can take to send. One round sends few, so that what has happened meanwhile is
// told between two rounds.
const (
	sendLease = 5 * time.Minute
	sendRound = 10
	sendTime  = time.Minute // of a round, after which no new message is begun
)

func (j *Jobs) sendOutgoing(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	for range sendRound {
		list, err := j.DB.ClaimOutgoing(ctx, 1, sendLease)
		if err != nil || len(list) == 0 {
			return err
		}
		o := &list[0]
		err = j.dispatch(ctx, o)
		if err != nil && ctx.Err() != nil {
			return nil // the claim runs out, and it is tried again
		}
		var next time.Time
		if err != nil && store.ClassOf(err) != store.Refused && o.Attempts < store.MaxAttempts {
			next = j.Clock.Now().Add(store.Backoff(o.Attempts, mathrand.Float64()))
		}
		code := store.CodeOf(err)
		if err != nil {
			j.Log.Warn("a message was not delivered", "message", o.ID, "via", string(o.Via), "attempt", o.Attempts,
				"code", string(code), "given_up", next.IsZero())
		}
		if err := j.DB.SettleOutgoing(ctx, o, code, next); err != nil {
			return err
		}
	}
	return nil
}

// dispatch sends one message, or tells why it was not taken.
func (j *Jobs) dispatch(ctx context.Context, o *store.Outgoing) error {
	if o.Via == store.ViaWebhook {
		w, err := j.DB.Webhook(ctx, o.Target)
		if err != nil {
			return err
		}
		if !w.Enabled {
			return store.E(store.Refused, "notify.webhook_off", nil)
		}
		return j.postWebhook(ctx, w, o.ID, []byte(o.Body))
	}
	if !j.conf.SMTP.Enabled() {
		return store.E(store.Unavailable, "notify.smtp_off", nil)
	}
	s, err := j.DB.NoticeSetting(ctx, o.Target)
	if err != nil {
		return err
	}
	m := notify.Mail{ID: o.ID, To: s.Address, Lang: s.Lang, At: o.CreatedAt}
	lang := text.Lang(s.Lang)
	if o.Via == store.ViaConfirm {
		var asked time.Time
		if m.To, asked, err = db.ParseConfirm(o.Body); err != nil {
			return store.Wrap(err, store.Internal, "internal", nil)
		}
		m.Subject, m.Body = notify.Confirm(lang, j.conf.BaseURL, j.confirmCode(o.Target, m.To, asked))
		return j.conf.SMTP.Send(ctx, m)
	}
	if m.To == "" {
		return store.E(store.Refused, "notify.no_address", nil)
	}
	notices, err := j.DB.MailedNotices(ctx, o.ID)
	if err != nil {
		return err
	}
	m.Subject, m.Body = notify.Compose(lang, j.conf.BaseURL, notices)
	return j.conf.SMTP.Send(ctx, m)
}

func (j *Jobs) postWebhook(ctx context.Context, w *store.Webhook, id string, body []byte) error {
	sealed, err := j.DB.WebhookSecret(ctx, w.ID)
	if err != nil {
		return err
	}
	secret, err := secrets.Open(j.secretsKey, sealed, "webhook "+w.ID)
	if err != nil {
		return err
	}
	return notify.Post(ctx, j.webhooks, w.URL, secret, id, body, j.Clock.Now())
}

// confirmCode gives the code that proves that a mail to an address was read. It is made from a key and not stored.
func (j *Jobs) confirmCode(userID, address string, asked time.Time) string {
	h := hmac.New(sha256.New, j.secretsKey)
	fmt.Fprintf(h, "confirm %q %q %d", userID, address, asked.UnixMicro())
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
}

// SendsMail tells whether the installation has a mail server.
func (j *Jobs) SendsMail() bool { return j.conf.SMTP.Enabled() }

// ConfirmAddress makes the address that waits the one that mail goes to, when code is the one that was sent there:
// NotFound "notice.code" otherwise. A code works once and for a day.
func (j *Jobs) ConfirmAddress(ctx context.Context, userID, code string, by store.Actor) error {
	s, err := j.DB.NoticeSetting(ctx, userID)
	if err != nil {
		return err
	}
	if s.Pending == "" || !hmac.Equal([]byte(code), []byte(j.confirmCode(userID, s.Pending, s.PendingAt))) {
		return store.E(store.NotFound, "notice.code", nil)
	}
	return j.DB.ConfirmAddress(ctx, userID, s.PendingAt, by)
}

// CreateWebhook stores a webhook under a fresh ID and gives the secret that its receiver checks signatures with. It is
// sealed here and can't be shown again.
func (j *Jobs) CreateWebhook(ctx context.Context, w *store.Webhook, by store.Actor) (secret string, err error) {
	raw := make([]byte, 32)
	rand.Read(raw)
	secret = "whsec_" + hex.EncodeToString(raw)
	w.ID = j.IDs.New()
	sealed, err := secrets.Seal(j.secretsKey, []byte(secret), "webhook "+w.ID)
	if err != nil {
		return "", err
	}
	if err := j.DB.CreateWebhook(ctx, w, sealed, by); err != nil {
		return "", err
	}
	return secret, nil
}

// TestWebhook sends a message that says that it is a test, and gives what went wrong. The result is kept either way.
func (j *Jobs) TestWebhook(ctx context.Context, id string, by store.Actor) error {
	w, err := j.DB.Webhook(ctx, id)
	if err != nil {
		return err
	}
	now := j.Clock.Now()
	body, err := json.Marshal(map[string]any{"id": "test:" + j.IDs.New(), "kind": "test", "at": now.UTC()})
	if err != nil {
		return store.Wrap(err, store.Internal, "internal", nil)
	}
	failed := j.postWebhook(ctx, w, j.IDs.New(), body)
	if err := j.DB.TestedWebhook(ctx, id, store.CodeOf(failed), by); err != nil {
		return err
	}
	return failed
}
