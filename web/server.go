// Package web serves the pages. routes.go is the one table of what can be asked for and which right it needs; each
// user action has a file of its own with its handler; what all of them need lies here: the checks before a handler
// (middleware.go, authorise.go), reading a form (form.go), drawing a page (page.go) and answering with an error
// (problem.go).
package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/web/auth"
)

// Deps is what the pages stand on. Each page area adds an interface of its own.
type Deps struct {
	Log      *slog.Logger
	Clock    store.Clock
	IDs      store.IDs
	Auth     *auth.Auth
	DB       *db.DB
	Runs     Runner
	Outgoing Outgoing
	Consents Consenter
	Doctor   Doctor

	Gate       Gatekeeper
	Connectors Connectors
	Mapper     Mapper
	Codebooks  Codebooks
	Sources    Sources
	Held       HeldRows
	Moves      Mover
	Evidence   Evidence
	Keeper     LogKeeper
	Keys       KeyKeeper
	Notices    Notifier
	Identities Identities
	// CSV starts a CSV file that is meant for people: what a spreadsheet would take for a formula is guarded.
	CSV func(io.Writer) RowWriter

	// Ready tells whether the portal can do its work, for /readyz.
	Ready func(context.Context) error
	// Stopped tells why nothing runs in the whole installation, for /readyz; none when it does.
	Stopped func() []*store.Error
	// Metrics answers /metrics. Without MetricsToken only to this machine, with it to whoever shows the token.
	Metrics      http.Handler
	MetricsToken string

	// Publisher is who the catalogue names as its publisher; the portal itself when empty.
	Publisher Publisher

	// Proxies are the addresses of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.
	Proxies []netip.Prefix
}

// Publisher is who stands behind the installation, for data catalogues: name and public page.
type Publisher struct{ Name, Page string }

// Server answers every request to the portal.
type Server struct {
	Deps
	mux            *http.ServeMux
	byPath         map[string]*route // by ServeMux pattern
	handler        http.Handler
	trail          trail
	emergencyTries *bucket
	streams        *streams
	build          string // differs between programs, so that no ETag outlives the pages it was made for
}

// New builds the server from the routes table. It panics when the table contradicts itself, which its test finds.
func New(d Deps) *Server { return newServer(d, routes()) }

func newServer(d Deps, table []*route) *Server {
	s := &Server{Deps: d, mux: http.NewServeMux(), byPath: map[string]*route{}, build: d.IDs.New(),
		emergencyTries: emergencyBucket(), streams: newStreams()}
	for _, rt := range table {
		pattern := rt.method + " " + rt.path
		s.mux.Handle(pattern, s.enter(rt))
		s.byPath[pattern] = rt
	}
	s.handler = s.observe(s.protect(http.HandlerFunc(s.dispatch)))
	return s
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// now is the present moment.
func (s *Server) now() time.Time { return s.Clock.Now() }

// dispatch hands the request to its route, or says that there is none.
func (s *Server) dispatch(w http.ResponseWriter, r *http.Request) {
	h, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	session, err := s.Auth.Load(r, false) // the page that says no still knows its reader
	if err != nil {
		s.fail(w, r, err)
		return
	}
	visitOf(r).session = session
	// The mux answers by itself, in plain text: only its verdict is of use.
	verdict := &verdict{header: http.Header{}}
	h.ServeHTTP(verdict, r)
	if verdict.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", verdict.header.Get("Allow"))
		s.fail(w, r, errMethod)
		return
	}
	s.fail(w, r, errNotFound)
}

// verdict is a response that nobody sees.
type verdict struct {
	header http.Header
	status int
}

func (v *verdict) Header() http.Header         { return v.header }
func (v *verdict) WriteHeader(status int)      { v.status = status }
func (v *verdict) Write(b []byte) (int, error) { return len(b), nil }

// HTTPServer gives the server that carries h, with limits on how long and how much a client may talk. Its own
// complaints go to log.
func HTTPServer(h http.Handler, log *slog.Logger) *http.Server {
	srv := &http.Server{
		Handler:                      h,
		ReadHeaderTimeout:            5 * time.Second,
		ReadTimeout:                  time.Minute,
		WriteTimeout:                 time.Minute,
		IdleTimeout:                  time.Minute,
		MaxHeaderBytes:               16 << 10,
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	if s, ok := h.(*Server); ok {
		srv.RegisterOnShutdown(s.endStreams)
	}
	return srv
}
