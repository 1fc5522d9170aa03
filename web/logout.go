package web

import (
	"net/http"

	"samband/views/entry"
)

// logout ends the session here, and at the identity provider when it has a place for that.
func (s *Server) logout(w http.ResponseWriter, r *http.Request) error {
	to, err := s.Auth.Logout(w, r, string(langOf(s, r)))
	if err != nil {
		return err
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
