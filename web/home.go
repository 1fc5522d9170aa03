package web

import "net/http"

// home is the front page: the day's work for who is logged in, the public catalogue for everyone else.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	if person(r) != nil {
		return redirect(w, r, "/today")
	}
	return redirect(w, r, "/catalogue")
}
