package web

import (
	"net/http"
	"strconv"

	"samband/store"
	"samband/views/ds"
	"samband/views/notices"
)

func (s *Server) webhookModel(r *http.Request) (notices.WebhookModel, error) {
	var m notices.WebhookModel
	list, err := s.DB.Registries(r.Context())
	if err != nil {
		return m, err
	}
	for _, g := range list {
		m.Registries = append(m.Registries, ds.Option{Value: g.ID, Text: g.Name})
	}
	m.List, err = s.DB.Webhooks(r.Context())
	m.Form.Enabled = true
	return m, err
}

// webhookForm reads the form of a webhook into m.
func (s *Server) webhookForm(r *http.Request, m *notices.WebhookModel) (*form, error) {
	f, err := s.form(r)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, o := range m.Registries {
		ids = append(ids, o.Value)
	}
	x := &m.Form
	x.Name, x.URL, x.Enabled = f.need("name", 200), f.address("url"), f.checked("enabled")
	x.Registries, x.Kinds = f.choices("registries", ids...), nil
	for _, k := range f.choices("kinds", kindIDs()...) {
		x.Kinds = append(x.Kinds, store.NoticeKind(k))
	}
	return f, nil
}

// asWritten keeps what was written where it could not be read.
func asWritten(f *form, x *store.Webhook) {
	x.Name, x.URL = f.value("name"), f.value("url")
}

// webhookList shows the webhooks and the form for a new one.
func (s *Server) webhookList(w http.ResponseWriter, r *http.Request) error {
	m, err := s.webhookModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, notices.Webhooks(s.ctx(w, r), m))
}

// webhookCreate makes a webhook. Its secret is in the answer and nowhere else.
func (s *Server) webhookCreate(w http.ResponseWriter, r *http.Request) error {
	m, err := s.webhookModel(r)
	if err != nil {
		return err
	}
	f, err := s.webhookForm(r, &m)
	if err != nil {
		return err
	}
	var secret string
	if f.ok() {
		secret, err = s.Notices.CreateWebhook(r.Context(), &m.Form, actor(r))
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		asWritten(f, &m.Form)
		m.Errors = f.errors
		return s.again(w, r, notices.Webhooks(s.ctx(w, r), m))
	}
	if m, err = s.webhookModel(r); err != nil {
		return err
	}
	m.Secret = secret
	return s.page(w, r, notices.Webhooks(s.ctx(w, r), m))
}

// webhookEdit shows the form of a webhook.
func (s *Server) webhookEdit(w http.ResponseWriter, r *http.Request) error {
	m, err := s.webhookModel(r)
	if err != nil {
		return err
	}
	x, err := s.DB.Webhook(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	m.Form = *x
	return s.page(w, r, notices.Webhook(s.ctx(w, r), m))
}

// webhookUpdate changes what a webhook is told of, and where.
func (s *Server) webhookUpdate(w http.ResponseWriter, r *http.Request) error {
	m, err := s.webhookModel(r)
	if err != nil {
		return err
	}
	x, err := s.DB.Webhook(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	m.Form = *x
	f, err := s.webhookForm(r, &m)
	if err != nil {
		return err
	}
	if m.Form.Version, err = strconv.Atoi(f.value("version")); err != nil {
		return store.E(store.Conflict, "db.changed", nil)
	}
	if f.ok() {
		if err := f.take(s.DB.UpdateWebhook(r.Context(), &m.Form, actor(r))); err != nil {
			return err
		}
	}
	if !f.ok() {
		asWritten(f, &m.Form)
		m.Errors = f.errors
		return s.again(w, r, notices.Webhook(s.ctx(w, r), m))
	}
	return s.webhooksDone(w, r, ds.Success, "webhooks.saved")
}

// webhookDelete removes a webhook, and what waits to be sent to it.
func (s *Server) webhookDelete(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(f.value("version"))
	if err != nil {
		return store.E(store.Conflict, "db.changed", nil)
	}
	if err := s.DB.DeleteWebhook(r.Context(), r.PathValue("id"), version, actor(r)); err != nil {
		return err
	}
	return s.webhooksDone(w, r, ds.Success, "webhooks.deleted")
}

// webhookTest sends a test. What went wrong is said on the page, and kept as the webhook's last result.
func (s *Server) webhookTest(w http.ResponseWriter, r *http.Request) error {
	err := s.Notices.TestWebhook(r.Context(), r.PathValue("id"), actor(r))
	switch {
	case err == nil:
		return s.webhooksDone(w, r, ds.Success, "webhooks.tested")
	case store.ClassOf(err) == store.Unavailable, store.ClassOf(err) == store.Refused:
		return s.webhooksDone(w, r, ds.Warning, "error."+string(store.CodeOf(err)))
	}
	return err
}

func (s *Server) webhooksDone(w http.ResponseWriter, r *http.Request, tone ds.Tone, key string) error {
	if err := s.flash(w, r, tone, key, nil); err != nil {
		return err
	}
	return redirect(w, r, "/admin/webhooks")
}
