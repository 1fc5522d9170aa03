package web

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"time"

	"samband/store"
	"samband/views/ds"
	"samband/views/notices"
)

// Notifier is what the portal tells people and other systems with.
type Notifier interface {
	// SendsMail tells whether the installation has a mail server.
	SendsMail() bool
	// ConfirmAddress makes the address that waits the one that mail goes to, by the code that was sent there.
	ConfirmAddress(ctx context.Context, userID, code string, by store.Actor) error
	// CreateWebhook stores a webhook and gives the secret that is shown once.
	CreateWebhook(ctx context.Context, w *store.Webhook, by store.Actor) (secret string, err error)
	// TestWebhook sends a message to a webhook and says what went wrong.
	TestWebhook(ctx context.Context, id string, by store.Actor) error
}

// unread counts the notices that wait for a person. A page without the count is better than none.
func (s *Server) unread(r *http.Request, userID string) int64 {
	n, err := s.DB.UnreadNotices(r.Context(), userID)
	if err != nil {
		s.Log.LogAttrs(r.Context(), slog.LevelError, "notices are not counted", slog.String("request", visitOf(r).id),
			slog.String("error", err.Error()))
	}
	return n
}

// noticesShown is how many notices are read for the page; repeated ones are one line there.
const noticesShown = 200

func (s *Server) noticeModel(r *http.Request) (notices.Model, error) {
	m := notices.Model{SendsMail: s.Notices.SendsMail()}
	id := person(r).User.ID
	list, err := s.DB.Notices(r.Context(), id, noticesShown)
	if err != nil {
		return m, err
	}
	if len(list) > 0 {
		m.Newest = strconv.FormatInt(list[0].At.UnixMicro(), 10)
	}
	m.Groups = store.GroupNotices(list)
	setting, err := s.DB.NoticeSetting(r.Context(), id)
	if err != nil {
		return m, err
	}
	if setting.Lang == "" {
		setting.Lang = string(langOf(s, r))
	}
	m.Setting, m.Address = *setting, setting.Address
	if setting.Pending != "" {
		m.Address = setting.Pending
	}
	for _, k := range store.NoticeKinds {
		if !slices.Contains(setting.Muted, k) {
			m.Wanted = append(m.Wanted, string(k))
		}
	}
	return m, nil
}

// noticeList shows a person's notices, and where they want to be told.
func (s *Server) noticeList(w http.ResponseWriter, r *http.Request) error {
	m, err := s.noticeModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, notices.Page(s.ctx(w, r), m))
}

// noticeRead marks what was shown as read: what came since stays.
func (s *Server) noticeRead(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	until, err := strconv.ParseInt(f.value("until"), 10, 64)
	if err != nil {
		return store.FieldError("until", "form.number", nil)
	}
	if err := s.DB.ReadNotices(r.Context(), person(r).User.ID, time.UnixMicro(until)); err != nil {
		return err
	}
	return redirect(w, r, "/notices")
}

// noticeSetting keeps where and of what a person wants to be told. A new address waits until it is confirmed.
func (s *Server) noticeSetting(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.noticeModel(r)
	if err != nil {
		return err
	}
	was := m.Setting
	set := &m.Setting
	set.Lang = f.choice("lang", languages...)
	address := f.text("address", 254)
	m.Address, m.Wanted = f.value("address"), f.list("kinds")
	wanted := f.choices("kinds", kindIDs()...)
	set.Muted = nil
	for _, k := range store.NoticeKinds {
		if !slices.Contains(wanted, string(k)) {
			set.Muted = append(set.Muted, k)
		}
	}
	if v, err := strconv.Atoi(f.value("version")); err != nil || v != set.Version {
		return store.E(store.Conflict, "db.changed", nil)
	}
	set.Pending = address
	if address == was.Address {
		set.Pending = ""
	}
	if f.ok() {
		if err := f.take(s.DB.SaveNoticeSetting(r.Context(), set, address == "", actor(r))); err != nil {
			return err
		}
	}
	if !f.ok() {
		m.Errors, set.Pending = f.errors, was.Pending
		return s.again(w, r, notices.Page(s.ctx(w, r), m))
	}
	key := "notices.saved"
	if set.Pending != "" {
		key = "notices.mailed"
	}
	if err := s.flash(w, r, ds.Success, key, nil); err != nil {
		return err
	}
	return redirect(w, r, "/notices")
}

func kindIDs() []string {
	var ids []string
	for _, k := range store.NoticeKinds {
		ids = append(ids, string(k))
	}
	return ids
}

// noticeConfirmAsk is where the link in a mail leads. It changes nothing: mail servers open links too.
func (s *Server) noticeConfirmAsk(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, notices.Confirm(s.ctx(w, r), r.URL.Query().Get("code")))
}

// noticeConfirm makes the address that waits the one that mail goes to.
func (s *Server) noticeConfirm(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	if err := s.Notices.ConfirmAddress(r.Context(), person(r).User.ID, f.value("code"), actor(r)); err != nil {
		return err
	}
	if err := s.flash(w, r, ds.Success, "notices.confirmed", nil); err != nil {
		return err
	}
	return redirect(w, r, "/notices")
}
