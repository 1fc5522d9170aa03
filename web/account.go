package web

import (
	"net/http"
	"slices"

	"samband/store"
	"samband/views/account"
	"samband/views/ds"
	"samband/views/layout"
)

// account shows people what they may do and where they are logged in.
func (s *Server) account(w http.ResponseWriter, r *http.Request) error {
	p := person(r)
	now := s.now()
	m := account.Model{Name: p.User.Name, Grants: slices.DeleteFunc(slices.Clone(p.Grants), func(g store.Grant) bool {
		return !g.Holds(now)
	})}
	var err error
	if m.Names, err = s.registryNames(r.Context()); err != nil {
		return err
	}
	if m.Logins, err = s.logins(r, p.User); err != nil {
		return err
	}
	m.Logins.MayEnd = true
	m.Logins.At, m.Logins.All = layout.AccountPath+"/sessions", layout.AccountPath+"/sessions/end-others"
	return s.page(w, r, account.Page(s.ctx(w, r), m))
}

// logins gives where a user is logged in. Where its forms post is for the caller to say.
func (s *Server) logins(r *http.Request, u store.User) (m account.LoginsModel, err error) {
	open, err := s.Auth.OpenSessions(r.Context(), u.ID, visitOf(r).session)
	if err != nil {
		return m, err
	}
	switch {
	case u.Issuer == store.EmergencyIssuer:
		m.How = account.ByEmergency
	case s.Auth.Demo():
		m.How = account.ByPersona
	default:
		m.How = account.ByProvider
	}
	for _, o := range open {
		m.Logins = append(m.Logins, account.Login{Ref: o.Ref, Began: o.Began, Used: o.Used, Ends: o.Ends, ACR: o.ACR,
			Browser: o.Browser, Current: o.Current})
	}
	return m, nil
}

// loginsOf is logins of somebody else's, for their page under /access: who may grant access may end them.
func (s *Server) loginsOf(r *http.Request, u store.User) (account.LoginsModel, error) {
	m, err := s.logins(r, u)
	m.MayEnd = s.can(r, store.GrantAccess, "")
	m.At = "/access/users/" + u.ID + "/sessions"
	m.All = m.At + "/end"
	return m, err
}

// accountEnd ends one of the reader's own logins.
func (s *Server) accountEnd(w http.ResponseWriter, r *http.Request) error {
	return s.endSession(w, r, person(r).User.ID, layout.AccountPath)
}

// accountEndOthers ends all of the reader's own logins but this one.
func (s *Server) accountEndOthers(w http.ResponseWriter, r *http.Request) error {
	n, err := s.Auth.EndOthers(r.Context(), visitOf(r).session, actor(r))
	if err != nil {
		return err
	}
	return s.done(w, r, "account.ended", store.Args{"n": n}, layout.AccountPath)
}

// accessEnd ends one login of somebody.
func (s *Server) accessEnd(w http.ResponseWriter, r *http.Request) error {
	u, err := s.DB.User(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.endSession(w, r, u.ID, "/access/users/"+u.ID)
}

// accessEndAll ends every login of somebody.
func (s *Server) accessEndAll(w http.ResponseWriter, r *http.Request) error {
	u, err := s.DB.User(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	n, err := s.DB.RevokeSessions(r.Context(), u.ID, "", actor(r))
	if err != nil {
		return err
	}
	return s.done(w, r, "account.ended", store.Args{"n": n}, "/access/users/"+u.ID)
}

// endSession ends the login {ref} of a user. One that is over already is as good as ended.
func (s *Server) endSession(w http.ResponseWriter, r *http.Request, userID, back string) error {
	err := s.DB.RevokeSession(r.Context(), userID, r.PathValue("ref"), actor(r))
	if store.ClassOf(err) == store.NotFound {
		if err := s.flash(w, r, ds.Info, "account.over", nil); err != nil {
			return err
		}
		return redirect(w, r, back)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "account.ended", store.Args{"n": 1}, back)
}
