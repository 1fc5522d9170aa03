package web

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"samband/store"
)

// trailEvery is for how long the same page, shown again to the same person, is the same reading: an open page that
// fetches itself, or somebody who goes back and forth, is one line in the log and not hundreds. It is as long as the
// log goes without a signature.
const trailEvery = 10 * time.Minute

// trail remembers what was written lately about reading and about refusals. It is lost when the process ends, and then
// a line is written that could have been spared.
type trail struct {
	mu    sync.Mutex
	shown map[reading]time.Time
	tries map[string]*tries
}

// reading is one person looking at one thing.
type reading struct{ user, action, object, registry string }

// tries is what one person, or everybody who isn't logged in, was refused.
type tries struct {
	limit   *rate.Limiter
	dropped int
}

// maxReadings bounds the memory of a trail.
const maxReadings = 10_000

// again tells whether this reading is in the log already. The caller says with note when it is.
func (t *trail) again(k reading, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, ok := t.shown[k]
	return ok && now.Sub(at) >= 0 && now.Sub(at) < trailEvery
}

func (t *trail) note(k reading, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.shown == nil || len(t.shown) >= maxReadings {
		t.shown = map[reading]time.Time{}
	}
	t.shown[k] = now
}

// try tells whether a refusal goes to the log, and how many before it did not: thirty at once, then three a minute. What
// fills the log would push out of sight what matters in it.
func (t *trail) try(who string, now time.Time) (ok bool, dropped int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tries == nil || len(t.tries) >= maxReadings {
		t.tries = map[string]*tries{}
	}
	x := t.tries[who]
	if x == nil {
		x = &tries{limit: rate.NewLimiter(rate.Every(20*time.Second), 30)}
		t.tries[who] = x
	}
	if !x.limit.AllowN(now, 1) {
		x.dropped++
		return false, 0
	}
	dropped, x.dropped = x.dropped, 0
	return true, dropped
}

// witness is the answer to a request for something sensitive: the line in the log comes before the first byte of it.
// When the line can't be written, nothing is shown.
type witness struct {
	http.ResponseWriter
	record func() error
	begun  bool
	err    error
}

func (w *witness) WriteHeader(status int) {
	if !w.begun && status >= 200 {
		w.begun = true
		if status < 300 {
			w.err = w.record()
		}
	}
	if w.err != nil {
		w.Header().Del("Content-Disposition")
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *witness) Write(b []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	if w.err != nil {
		return 0, w.err
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *witness) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// show lets the handler answer, and writes down who was shown what when the route says that this is to be known.
func (s *Server) show(rt *route, w http.ResponseWriter, r *http.Request) error {
	if rt.reading == "" {
		return rt.handle(s, w, r)
	}
	k := reading{person(r).User.ID, rt.reading, objectOf(rt, r), visitOf(r).registry}
	watched := &witness{ResponseWriter: w, record: func() error {
		if s.trail.again(k, s.now()) {
			return nil
		}
		kind, _, _ := strings.Cut(k.action, ".")
		e := store.AuditEntry{Action: k.action, Kind: kind, Object: k.object, Registry: k.registry}
		if err := s.DB.Record(r.Context(), e, actor(r)); err != nil {
			return err
		}
		s.trail.note(k, s.now())
		return nil
	}}
	err := rt.handle(s, watched, r)
	if watched.err != nil {
		return watched.err
	}
	return err
}

// objectOf names what a page is about: what fills the wildcards of its address, or the address of a list. Never what
// stands after the question mark, for people type there.
func objectOf(rt *route, r *http.Request) string {
	var parts []string
	for rest := rt.path; ; {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			break
		}
		name, after, _ := strings.Cut(after, "}")
		if v := r.PathValue(strings.TrimSuffix(name, "...")); v != "" {
			parts = append(parts, v)
		}
		rest = after
	}
	if len(parts) == 0 {
		return rt.path
	}
	return strings.Join(parts, "/")
}

// refused writes down that somebody who is logged in was refused, and gives err back. What isn't there is no refusal;
// what is there and is none of theirs is.
func (s *Server) refused(rt *route, r *http.Request, err error) error {
	p, v := person(r), visitOf(r)
	if err == nil || p == nil || !v.foreign && statusOf(err) != http.StatusForbidden {
		return err
	}
	e := store.AuditEntry{Action: "page.denied", Kind: "page", Object: rt.method + " " + rt.path, Registry: v.registry,
		Result: string(store.CodeOf(err))}
	s.try(r, p.User.ID, e, actor(r))
	return err
}

// signInFailed writes down that a login came to nothing. Who it was is never said: people write passwords where the name
// should be.
func (s *Server) signInFailed(r *http.Request, err error) {
	e := store.AuditEntry{Action: "user.sign_in_failed", Kind: "user", Object: "-", Result: string(store.CodeOf(err))}
	s.try(r, "", e, store.Actor{Name: "nobody", Request: visitOf(r).id})
}

// try writes an entry about something that came to nothing. That it can't be written doesn't let anybody in.
func (s *Server) try(r *http.Request, who string, e store.AuditEntry, by store.Actor) {
	ok, dropped := s.trail.try(who, s.now())
	if !ok {
		return
	}
	if dropped > 0 {
		e.Details = store.Args{"dropped": dropped}
	}
	if err := s.DB.Record(r.Context(), e, by); err != nil {
		s.Log.ErrorContext(r.Context(), "a refusal is not in the log", "request", visitOf(r).id, "error", err)
	}
}
