package web

import (
	"io"
	"net/http"

	"samband/store"
	"samband/views/ds"
)

// enter is the door to a route: limits, session, right, and only then the handler.
func (s *Server) enter(rt *route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visitOf(r).route = rt
		body := r.Body
		if err := s.serve(rt, w, r); err != nil {
			if statusOf(err) == http.StatusRequestEntityTooLarge && r.Header.Get("Expect") == "" {
				drain(body)
			}
			s.fail(w, r, err)
		}
	})
}

// maxDrain is how much is read past of a body that is too large.
const maxDrain = 128 << 20

// drain reads past a body. Browsers read no answer before they have written what they send: closing the connection on
// them would show a fault of the network in place of the page that says what is wrong. The server's time limit holds, and
// whoever sends more than maxDrain is cut off all the same.
func drain(body io.Reader) {
	io.CopyN(io.Discard, body, maxDrain) // what is not read is no concern of the answer
}

func (s *Server) serve(rt *route, w http.ResponseWriter, r *http.Request) error {
	v := visitOf(r)
	if rt.limit != nil {
		if wait := rt.limit.take(v.client, s.now()); wait > 0 {
			return tooMany(w, wait)
		}
	}
	if r.ContentLength > rt.maxBody {
		return errTooLarge
	}
	r.Body = http.MaxBytesReader(w, r.Body, rt.maxBody)
	if !rt.isBare {
		var err error
		if v.session, err = s.Auth.Load(r, !polled(rt, r)); err != nil {
			return err
		}
	}
	if err := s.authorise(rt, r); err != nil {
		return s.refused(rt, r, err)
	}
	if err := s.lookForKept(rt, r); err != nil {
		return err
	}
	return s.refused(rt, r, s.show(rt, w, r))
}

// polled tells whether an open page asks by itself.
func polled(rt *route, r *http.Request) bool { return rt.isPoll || r.Header.Get(ds.PollHeader) != "" }

// authorise tells whether the request may reach the handler: by the right of the person, and then by how they logged in.
func (s *Server) authorise(rt *route, r *http.Request) error {
	if err := s.entitled(rt, r); err != nil {
		return err
	}
	if rt.calm() {
		if err := calm(r); err != nil {
			return err
		}
	}
	if rt.isFresh {
		return s.fresh(r)
	}
	return nil
}

// fresh refuses who did not prove a short while ago who they are, for what only some of the forms of a route decide.
// Nothing may have been changed before.
func (s *Server) fresh(r *http.Request) error {
	if !visitOf(r).session.Fresh(s.now()) {
		return errStale
	}
	return nil
}

// calm refuses who came in by an emergency code.
func calm(r *http.Request) error {
	if person(r).Emergency() {
		return errEmergency
	}
	return nil
}

// entitled tells whether the person has the right that the route needs. Who isn't logged in is told so before anything
// is looked up. Who can't see a registry is told that its objects don't exist, in the same words as for those that
// don't.
func (s *Server) entitled(rt *route, r *http.Request) error {
	if rt.right == store.Public {
		return nil
	}
	p := person(r)
	if p == nil {
		return errSignIn
	}
	now := s.now()
	switch {
	case rt.where.of != nil:
		registry, err := rt.where.of(s, r)
		if err != nil {
			if store.ClassOf(err) == store.NotFound {
				return errNotFound
			}
			return err
		}
		v := visitOf(r)
		v.registry = registry
		if registry == "" || !p.Can(store.SeeRegistry, registry, now) {
			v.foreign = registry != ""
			return errNotFound
		}
		if !p.Can(rt.right, registry, now) {
			return errForbidden
		}
	case rt.where.somewhere:
		if !p.CanSomewhere(rt.right, now) {
			return errForbidden
		}
	default:
		if !p.Can(rt.right, "", now) {
			return errForbidden
		}
	}
	return nil
}

// person is who asks, nil when nobody is logged in.
func person(r *http.Request) *store.Person {
	if s := visitOf(r).session; s != nil {
		return &s.Person
	}
	return nil
}

// can tells whether the person who asks has a right in a registry, for what a page offers.
func (s *Server) can(r *http.Request, right store.Right, registryID string) bool {
	return person(r).Can(right, registryID, s.now())
}

// maySee tells whether the person may open the page at path, from the routes table: the menu and the doors never
// disagree. For an object's page it tells whether the person has the right in some registry.
func (s *Server) maySee(p *store.Person, path string) bool {
	probe, err := http.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return false
	}
	_, pattern := s.mux.Handler(probe)
	rt := s.byPath[pattern]
	switch {
	case rt == nil:
		return false
	case rt.where.of != nil, rt.where.somewhere:
		return p.CanSomewhere(rt.right, s.now())
	}
	return p.Can(rt.right, "", s.now())
}
