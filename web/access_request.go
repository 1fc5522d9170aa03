package web

import (
	"net/http"
	"slices"
	"strconv"

	"samband/store"
	"samband/views/access"
	"samband/views/edit"
)

// requestOf is the request that an address names. It doesn't exist for who neither sees access nor is concerned.
func (s *Server) requestOf(r *http.Request) (*store.AccessRequest, error) {
	q, err := s.DB.AccessRequest(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !s.can(r, store.SeeAccess, "") && !q.Concerns(person(r).User.ID) {
		return nil, errNotFound
	}
	return q, nil
}

// accessRequest shows one request for access.
func (s *Server) accessRequest(w http.ResponseWriter, r *http.Request) error {
	q, err := s.requestOf(r)
	if err != nil {
		return err
	}
	return s.requestPage(w, r, http.StatusOK, q, &form{values: map[string][]string{}})
}

func (s *Server) requestPage(w http.ResponseWriter, r *http.Request, status int, q *store.AccessRequest, f *form) error {
	ctx := r.Context()
	self := person(r).User.ID
	f.values.Set("version", strconv.Itoa(q.Version))
	m := access.RequestModel{Request: *q, MayDecide: s.can(r, store.GrantAccess, ""), Own: q.MayDecide(self) != nil,
		MayWithdraw: q.Concerns(self), Form: edit.Form{Area: "access", Values: f.values, Errors: f.errors}}
	var err error
	if m.Names, err = s.accessNames(ctx); err != nil {
		return err
	}
	officers, err := s.DB.Officers(ctx)
	if err != nil {
		return err
	}
	m.Others = len(slices.DeleteFunc(officers, func(id string) bool { return q.MayDecide(id) != nil }))
	return s.pageStatus(w, r, status, access.Request(s.ctx(w, r), m))
}

// accessDecide carries out what a security officer decides about a request.
func (s *Server) accessDecide(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	q, err := s.requestOf(r)
	if err != nil {
		return err
	}
	if err := q.MayDecide(person(r).User.ID); err != nil {
		return err
	}
	to := store.RequestState(f.choice("decision", string(store.ReqGranted), string(store.ReqDeclined)))
	answer := f.text("answer", reasonLimit)
	if to == store.ReqDeclined {
		answer = f.need("answer", reasonLimit)
	}
	if to != "" {
		moved := *q
		if err := moved.Move(to); err != nil {
			return err
		}
	}
	status := http.StatusUnprocessableEntity
	if f.ok() {
		version, _ := strconv.Atoi(f.value("version")) // what is no number is no version of anything
		_, err := s.DB.DecideAccess(r.Context(), q.ID, version, to, answer, actor(r))
		switch {
		case store.CodeOf(err) == "db.changed":
			return err
		case store.ClassOf(err) == store.Invalid && err != nil: // what was possible when it was asked for no longer is
			status = http.StatusConflict
			for _, e := range fieldErrors(err) {
				f.fault("", e.Code, e.Args)
			}
		case err != nil:
			return err
		}
	}
	if !f.ok() {
		return s.requestPage(w, r, status, q, f)
	}
	return s.done(w, r, "request.decided", store.Args{"state": store.Code("request." + to)}, access.RequestHref(q.ID))
}

// accessWithdraw takes a request back, for who asked or would get it.
func (s *Server) accessWithdraw(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	q, err := s.requestOf(r)
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(f.value("version"))
	if err := s.DB.WithdrawAccess(r.Context(), q.ID, version, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "request.withdrawn.done", nil, access.RequestHref(q.ID))
}
