package web

import (
	"context"
	"crypto/subtle"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"samband/store"
	"samband/web/auth"
)

// healthz says that the process lives.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) error {
	return plain(w, http.StatusOK, "ok\n")
}

// readyz says whether the portal can do its work. Why it can't is for the log. That nothing runs until a person has looked
// into something is said, by its code. It is no reason to keep people from the pages where they do so: to a load balancer
// the status is 200. Who asks with ?runs wants to know about the runs, and is told 503.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.Ready(ctx); err != nil {
		s.Log.LogAttrs(ctx, slog.LevelError, "not ready", slog.String("request", visitOf(r).id),
			slog.String("error", err.Error()))
		return plain(w, http.StatusServiceUnavailable, "not ready\n")
	}
	var stopped []*store.Error
	if s.Stopped != nil {
		stopped = s.Stopped()
	}
	if len(stopped) == 0 {
		return plain(w, http.StatusOK, "ready\n")
	}
	status, body := http.StatusOK, "pages only\n"
	for _, e := range stopped {
		body += "nothing runs: " + string(e.Code) + "\n"
	}
	if r.URL.Query().Has("runs") {
		status = http.StatusServiceUnavailable
	}
	return plain(w, status, body)
}

func plain(w http.ResponseWriter, status int, body string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	io.WriteString(w, body)
	return nil
}

// metrics answers Prometheus. To anyone else there is no such page.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request) error {
	if s.Metrics == nil || !s.mayMeasure(r) {
		return errNotFound
	}
	s.Metrics.ServeHTTP(w, r)
	return nil
}

func (s *Server) mayMeasure(r *http.Request) bool {
	if s.MetricsToken == "" {
		return auth.Local(r)
	}
	shown, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && subtle.ConstantTimeCompare([]byte(shown), []byte(s.MetricsToken)) == 1
}
