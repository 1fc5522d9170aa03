package web

import (
	"encoding/json"
	"net/http"
	"time"
)

// sessionEnds tells an open page when the session ends, so that it can warn its reader in time. By /session/use the
// asking itself counts as use.
func (s *Server) sessionEnds(w http.ResponseWriter, r *http.Request) error {
	session := visitOf(r).session
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(struct {
		Ends time.Time `json:"ends"` // unless it is used before
		Last time.Time `json:"last"` // however much it is used
	}{session.Ends(), session.Last()})
}
