package web

import (
	"context"
	"net/http"

	"samband/store"
	"samband/views/admin"
)

// KeyKeeper knows the master keys, by name and never what they are.
type KeyKeeper interface {
	// Keys lists them, and who has asked for a new version of the vault's; nil: nobody.
	Keys(ctx context.Context) ([]store.MasterKey, *store.KeyRequest, error)
	// RequestKey asks for one.
	RequestKey(ctx context.Context, by store.Actor) error
	// ConfirmKey makes what somebody else asked for: Conflict "key.no_request", Forbidden "key.same_person".
	ConfirmKey(ctx context.Context, by store.Actor) error
}

// keyList shows the master keys.
func (s *Server) keyList(w http.ResponseWriter, r *http.Request) error {
	m := admin.KeysModel{}
	var err error
	if m.Keys, m.Asked, err = s.Keys.Keys(r.Context()); err != nil {
		return err
	}
	m.MayAsk = s.can(r, store.EditSettings, "")
	m.MayConfirm = m.Asked != nil && s.can(r, store.Approve, "") && m.Asked.By != person(r).User.ID
	return s.page(w, r, admin.Keys(s.ctx(w, r), m))
}

// keyRequest asks for a new version of the vault's key.
func (s *Server) keyRequest(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(r); err != nil {
		return err
	}
	if err := s.Keys.RequestKey(r.Context(), actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "keys.ask.done", nil, "/admin/keys")
}

// keyConfirm makes it, when somebody else asked.
func (s *Server) keyConfirm(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(r); err != nil {
		return err
	}
	if err := s.Keys.ConfirmKey(r.Context(), actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "keys.made.done", nil, "/admin/keys")
}
