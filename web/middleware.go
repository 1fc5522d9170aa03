package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"samband/static"
	"samband/store"
	"samband/web/auth"
)

// visit is what the portal knows of a request while it answers it.
type visit struct {
	id       string // the reference that people can quote and the log holds
	began    time.Time
	client   netip.Addr
	route    *route        // nil until one is found
	session  *auth.Session // nil when nobody is logged in
	registry string        // of the object that is asked for
	foreign  bool          // there is such an object, and the person may not know
	kept     *auth.Kept    // a form that waits to be shown again on this page; nil when none does
}

type visitKey struct{}

func visitOf(r *http.Request) *visit { return r.Context().Value(visitKey{}).(*visit) }

// pattern is the address as the table has it: the log must not hold what people typed.
func (v *visit) pattern() string {
	if v.route == nil {
		return "-"
	}
	return v.route.path
}

// observe gives the request its reference, recovers from a panic, and writes the access log.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{id: reference(s.IDs.New()), began: s.now()}
		v.client = s.clientOf(r)
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		rec := &recorder{ResponseWriter: w, elapsed: func() time.Duration { return s.now().Sub(v.began) }}
		s.setHeaders(rec.Header())
		rec.Header().Set("X-Request-Id", v.id)
		defer func() {
			broken := recover()
			if broken != nil && broken != http.ErrAbortHandler {
				s.Log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.String("request", v.id),
					slog.String("path", v.pattern()), slog.String("panic", fmt.Sprint(broken)),
					slog.String("stack", string(debug.Stack())))
				if rec.status == 0 {
					broken = nil
					s.fail(rec, r, errPanic)
				}
			}
			s.logVisit(r, v, rec)
			if broken != nil {
				panic(http.ErrAbortHandler) // the answer is half written: the client must see that it broke off
			}
		}()
		next.ServeHTTP(rec, r)
	})
}

// reference cuts an id to what can be read aloud over the telephone: 48 bits, three groups.
func reference(id string) string {
	if len(id) < 12 {
		return id
	}
	return id[:4] + "-" + id[4:8] + "-" + id[8:12]
}

func (s *Server) logVisit(r *http.Request, v *visit, rec *recorder) {
	level := slog.LevelInfo
	if v.route != nil && v.route.isBare {
		level = slog.LevelDebug
	}
	attrs := []slog.Attr{
		slog.String("request", v.id), slog.String("method", method(r)), slog.String("path", v.pattern()),
		slog.Int("status", rec.status), slog.Int64("bytes", rec.bytes),
		slog.Float64("ms", float64(rec.elapsed().Microseconds())/1000), slog.String("client", v.client.String()),
	}
	if v.session != nil {
		attrs = append(attrs, slog.String("user", v.session.Person.User.ID))
	}
	s.Log.LogAttrs(r.Context(), level, "request", attrs...)
}

// method keeps made-up methods out of the log.
func method(r *http.Request) string {
	if allowedMethod(r.Method) {
		return r.Method
	}
	return "other"
}

func allowedMethod(m string) bool {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
		return true
	}
	return false
}

// setHeaders sets what holds for every answer; a handler may loosen Cache-Control for what is public.
func (s *Server) setHeaders(h http.Header) {
	policy := static.ContentSecurityPolicy
	if targets := s.Auth.FormTargets(); len(targets) > 0 {
		policy = strings.Replace(policy, "form-action 'self'", "form-action 'self' "+strings.Join(targets, " "), 1)
	}
	h.Set("Content-Security-Policy", policy+"; report-uri /csp-report")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	if s.Auth.Secure() {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

// protect turns away what no route should have to think of: other methods, a demonstration asked from elsewhere, plain
// HTTP through the proxy, and requests that another site's page makes.
func (s *Server) protect(next http.Handler) http.Handler {
	sameOrigin := http.NewCrossOriginProtection()
	if err := sameOrigin.AddTrustedOrigin(s.Auth.PublicURL().Scheme + "://" + s.Auth.PublicURL().Host); err != nil {
		panic(err) // auth.New has checked the address
	}
	sameOrigin.AddInsecureBypassPattern("POST /csp-report") // browsers send reports in ways of their own
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, errCrossOrigin)
	}))
	guarded := sameOrigin.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !allowedMethod(r.Method):
			w.Header().Set("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE")
			s.fail(w, r, errMethod)
		case s.Auth.Demo() && !auth.Local(r):
			s.fail(w, r, errNotLocal)
		case s.Auth.Secure() && s.forwardedPlain(r):
			s.toTLS(w, r)
		default:
			guarded.ServeHTTP(w, r)
		}
	})
}

// toTLS sends a reader to the same page over TLS. What would have been sent in clear is not repeated.
func (s *Server) toTLS(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		s.fail(w, r, errPlain)
		return
	}
	to := *s.Auth.PublicURL()
	to.Path, to.RawQuery = r.URL.Path, r.URL.RawQuery
	http.Redirect(w, r, to.String(), http.StatusPermanentRedirect)
}

// recorder notes what was answered and tells the browser how long it took.
type recorder struct {
	http.ResponseWriter
	elapsed func() time.Duration
	status  int
	bytes   int64
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
		ms := float64(w.elapsed().Microseconds()) / 1000
		w.Header().Set("Server-Timing", "app;dur="+strconv.FormatFloat(ms, 'f', 1, 64))
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

var errPanic = store.E(store.Internal, "internal", nil)
