package web

import (
	"net/http"
	"slices"
	"time"

	"samband/store"
	"samband/views/access"
	"samband/views/ds"
	"samband/views/edit"
)

// accessAsk shows the form that asks for access: for the reader or, for who may ask for others, for anybody who has
// logged in. ?kind=deputy asks for somebody to stand in; ?user= and ?registry= fill in.
func (s *Server) accessAsk(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	kind := store.RequestOrdinary
	today := store.DateOf(s.now())
	until := store.Date(today.Time().AddDate(0, store.GrantMonths, 0).Format(time.DateOnly))
	if q.Get("kind") == string(store.RequestDeputy) {
		kind, until = store.RequestDeputy, today.AddDays(store.DeputyDays)
	}
	f := &form{values: map[string][]string{"kind": {string(kind)}, "user": {q.Get("user")},
		"registry": {q.Get("registry")}, "until": {string(until)}}}
	if kind == store.RequestDeputy {
		f.values.Set("deputy_for", person(r).User.ID)
	} else if q.Get("user") == "" {
		f.values.Set("user", person(r).User.ID)
	}
	return s.askPage(w, r, http.StatusOK, kind, f)
}

func (s *Server) askPage(w http.ResponseWriter, r *http.Request, status int, kind store.RequestKind, f *form) error {
	m := access.AskModel{Deputy: kind == store.RequestDeputy, Form: edit.Form{Area: "access", Values: f.values, Errors: f.errors}}
	mayAsk := person(r).CanSomewhere(store.AskAccess, s.now())
	if m.Deputy && !mayAsk {
		return errForbidden
	}
	if mayAsk {
		users, err := s.DB.Users(r.Context())
		if err != nil {
			return err
		}
		users = slices.DeleteFunc(users, func(u store.User) bool {
			return u.Issuer == store.EmergencyIssuer || !u.BlockedAt.IsZero()
		})
		m.People = access.PersonOptions(byName(users, func(u *store.User) string { return u.Name }))
	}
	names, err := s.registryNames(r.Context())
	if err != nil {
		return err
	}
	for id, name := range names {
		m.Registries = append(m.Registries, ds.Option{Value: id, Text: name})
	}
	m.Registries = byName(m.Registries, func(o *ds.Option) string { return o.Text })
	return s.pageStatus(w, r, status, access.Ask(s.ctx(w, r), m))
}

// accessAskSend sends a request for access. Who has no right to ask for others there asks for themselves.
func (s *Server) accessAskSend(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	self := person(r).User.ID
	q := &store.AccessRequest{Kind: store.RequestKind(f.value("kind")), UserID: f.value("user"),
		Role: store.PortalRole(f.value("role")), RegistryID: f.value("registry"), DeputyFor: f.value("deputy_for"),
		From: f.date("from"), Until: f.date("until"), Reason: f.text("reason", reasonLimit)}
	if q.Kind != store.RequestDeputy { // a block is not lifted from here
		q.Kind = store.RequestOrdinary
	}
	if !f.has("user") {
		q.UserID = self
	}
	if (q.Kind == store.RequestDeputy || q.UserID != self) && !person(r).CanSomewhere(store.AskAccess, s.now()) {
		return errForbidden
	}
	if q.UserID == "" {
		f.fault("user", "form.required", nil)
	}
	if f.ok() {
		if err := f.take(q.Validate(s.now())); err != nil {
			return err
		}
	}
	if f.ok() && (q.Kind == store.RequestDeputy || q.UserID != self) && !s.can(r, store.AskAccess, q.RegistryID) {
		return errForbidden
	}
	status := http.StatusUnprocessableEntity
	if f.ok() {
		err := s.DB.AskAccess(r.Context(), q, actor(r))
		switch store.CodeOf(err) {
		case "user.not_found":
			f.fault("user", "form.choice", nil)
		case "registry.not_found":
			f.fault("registry", "form.choice", nil)
		case "access.asked_already":
			status = http.StatusConflict
			f.fault("", "access.asked_already", nil)
		default:
			if err := f.take(err); err != nil {
				return err
			}
		}
	}
	if !f.ok() {
		return s.askPage(w, r, status, q.Kind, f)
	}
	return s.done(w, r, "request.sent", nil, access.RequestHref(q.ID))
}
