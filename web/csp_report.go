package web

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
)

var directiveName = regexp.MustCompile(`^[a-z-]{1,40}$`)

// cspReport notes that a browser held something back on one of our pages: a fault of ours or an attempt to plant
// something. Addresses are left out of the log, apart from the origin of what was held back.
func (s *Server) cspReport(w http.ResponseWriter, r *http.Request) error {
	var body struct {
		Report struct {
			Directive string `json:"effective-directive"`
			Blocked   string `json:"blocked-uri"`
		} `json:"csp-report"`
	}
	if json.NewDecoder(r.Body).Decode(&body) == nil && directiveName.MatchString(body.Report.Directive) {
		s.Log.LogAttrs(r.Context(), slog.LevelWarn, "content held back by the security policy",
			slog.String("request", visitOf(r).id), slog.String("directive", body.Report.Directive),
			slog.String("origin", blockedOrigin(body.Report.Blocked)))
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// blockedOrigin gives "inline", "eval" or the like, or scheme and host.
func blockedOrigin(blocked string) string {
	if directiveName.MatchString(blocked) {
		return blocked
	}
	if u, err := url.Parse(blocked); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host
	}
	return "-"
}
