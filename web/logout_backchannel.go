package web

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"samband/store"
)

// logoutBucket lets the identity provider, which comes from one address, log out a whole shift at once.
func logoutBucket() *bucket { return newBucket(50*time.Millisecond, 200) }

// logoutBackchannel is where the identity provider tells that somebody logged out there (OpenID Connect Back-Channel
// Logout 1.0 section 2.8): 200 when it is done, also when there was nothing to end, 400 for a token that doesn't hold.
func (s *Server) logoutBackchannel(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	var n int
	if err == nil {
		n, err = s.Auth.ProviderLogout(r.Context(), f.value("logout_token"), visitOf(r).id)
	}
	switch {
	case err == nil:
		s.Log.LogAttrs(r.Context(), slog.LevelInfo, "logged out by the identity provider",
			slog.String("request", visitOf(r).id), slog.Int("sessions", n))
		return nil
	case store.ClassOf(err) == store.Invalid, store.CodeOf(err) == "session.replayed":
		s.logFailure(r, http.StatusBadRequest, err)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		return json.NewEncoder(w).Encode(map[string]string{"error": "invalid_request"})
	}
	return err
}
