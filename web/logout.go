package web

import (
	"net/http"

	"samband/store"
	"samband/views/entry"
)

// logout ends the session here, and at the identity provider when it has a place for that.
func (s *Server) logout(w http.ResponseWriter, r *http.Request) error {
	who := person(r)
	to, err := s.Auth.Logout(w, r, string(langOf(s, r)))
	if err != nil {
		return err
	}
	if who != nil {
		e := store.AuditEntry{Action: "user.sign_out", Kind: "user", Object: who.User.ID}
		if err := s.DB.Record(r.Context(), e, actor(r)); err != nil {
			return err
		}
	}
	if to == "" {
		return redirect(w, r, "/signed-out")
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// signedOut is the page after a logout.
func (s *Server) signedOut(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, entry.SignedOutPage(s.ctx(w, r)))
}
