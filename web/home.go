package web

import (
	"net/http"

	"samband/store"
)

// home is the front page: the day's work for who is logged in, what they can ask for when they have no role yet, the
// public catalogue for everyone else.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	if p := person(r); p != nil {
		if p.Can(store.SignedIn, "", s.now()) && !p.CanSomewhere(store.SeeRegistry, s.now()) {
			return redirect(w, r, "/access/mine")
		}
		return redirect(w, r, "/today")
	}
	return redirect(w, r, "/catalogue")
}
