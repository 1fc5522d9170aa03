package web

import (
	"net/http"
	"slices"

	"samband/store"
	"samband/store/db"
	"samband/views/access"
	"samband/views/edit"
)

// accessUser shows everything about one person's access.
func (s *Server) accessUser(w http.ResponseWriter, r *http.Request) error {
	m, err := s.userModel(r, r.PathValue("id"))
	if err != nil {
		return err
	}
	if m.Logins, err = s.loginsOf(r, m.User); err != nil {
		return err
	}
	return s.page(w, r, access.User(s.ctx(w, r), *m))
}

// accessMine shows the reader's own access, also to who has none.
func (s *Server) accessMine(w http.ResponseWriter, r *http.Request) error {
	m, err := s.userModel(r, person(r).User.ID)
	if err != nil {
		return err
	}
	return s.page(w, r, access.Mine(s.ctx(w, r), *m))
}

func (s *Server) userModel(r *http.Request, id string) (*access.UserModel, error) {
	ctx := r.Context()
	u, err := s.DB.User(ctx, id)
	if err != nil {
		return nil, err
	}
	m := &access.UserModel{User: u, At: s.now(), Own: u.ID == person(r).User.ID, MayGrant: s.can(r, store.GrantAccess, "")}
	if m.Names, err = s.accessNames(ctx); err != nil {
		return nil, err
	}
	if m.Grants, err = s.DB.Grants(ctx, u.ID); err != nil {
		return nil, err
	}
	p := store.Person{User: u, Grants: m.Grants}
	m.Torn = p.Torn(m.At)
	slices.Reverse(m.Grants)
	if m.Blocks, err = s.DB.Blocks(ctx, u.ID); err != nil {
		return nil, err
	}
	of := db.RequestFilter{UserID: u.ID}
	if m.Own {
		of = db.RequestFilter{Concerns: u.ID}
	}
	m.Requests, err = s.DB.AccessRequests(ctx, of)
	return m, err
}

// userAgain shows the page with a form of it that can't be carried out.
func (s *Server) userAgain(w http.ResponseWriter, r *http.Request, userID, which string, f *form) error {
	m, err := s.userModel(r, userID)
	if err != nil {
		return err
	}
	m.Which, m.Form = which, edit.Form{Values: f.values, Errors: f.errors}
	page := access.User
	if m.Own {
		page = access.Mine
	} else if m.Logins, err = s.loginsOf(r, m.User); err != nil {
		return err
	}
	return s.again(w, r, page(s.ctx(w, r), *m))
}

// accessBlock takes every right from a person at once.
func (s *Server) accessBlock(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	u, err := s.DB.User(r.Context(), r.PathValue("id"))
	switch {
	case err != nil:
		return err
	case u.ID == person(r).User.ID: // what they should do is end their own grants
		return errForbidden
	}
	reason := f.need("reason", reasonLimit)
	if !f.ok() {
		return s.userAgain(w, r, u.ID, "block", f)
	}
	if err := s.DB.BlockUser(r.Context(), u.ID, reason, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "access.block.done", store.Args{"name": u.Name}, access.UserHref(u.ID))
}

// accessLift asks that a block be lifted. Another security officer decides.
func (s *Server) accessLift(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	u, err := s.DB.User(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	q := &store.AccessRequest{Kind: store.RequestLift, UserID: u.ID, Reason: f.need("reason", reasonLimit)}
	if !f.ok() {
		return s.userAgain(w, r, u.ID, "lift", f)
	}
	if err := s.DB.AskAccess(r.Context(), q, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "request.sent", nil, access.RequestHref(q.ID))
}

// accessGrantEnd ends somebody's grant now.
func (s *Server) accessGrantEnd(w http.ResponseWriter, r *http.Request) error {
	g, err := s.DB.GrantByID(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.endGrant(w, r, g, access.UserHref(g.UserID))
}

// accessGiveUp ends a grant of the reader's own. Those of others don't exist here.
func (s *Server) accessGiveUp(w http.ResponseWriter, r *http.Request) error {
	g, err := s.DB.GrantByID(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if g.UserID != person(r).User.ID {
		return errNotFound
	}
	return s.endGrant(w, r, g, "/access/mine")
}

func (s *Server) endGrant(w http.ResponseWriter, r *http.Request, g *store.Grant, to string) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	reason := f.need("reason", reasonLimit)
	if !f.ok() {
		return s.userAgain(w, r, g.UserID, "end-"+g.ID, f)
	}
	if err := s.DB.RevokeGrant(r.Context(), g.ID, reason, actor(r)); err != nil {
		return err
	}
	// Whoever ended their own grant has no session left to be told in: the page leads to the login.
	return s.done(w, r, "access.end.done", nil, to)
}
