package web

import (
	"encoding/json"
	"net/http"
)

// sessionEnds tells an open page in how many seconds the session ends, so that it can warn its reader in time. By
// /session/use the asking itself counts as use.
func (s *Server) sessionEnds(w http.ResponseWriter, r *http.Request) error {
	session, now := visitOf(r).session, s.now()
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(struct {
		Ends int `json:"ends"` // unless it is used before
		Last int `json:"last"` // however much it is used
	}{int(session.Ends().Sub(now).Seconds()), int(session.Last().Sub(now).Seconds())})
}
