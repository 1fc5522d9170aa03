package web

import (
	"log/slog"
	"math"
	"net/http"
	"time"

	"samband/store"
	"samband/store/text"
	"samband/views/entry"
)

// emergencyBucket lets a client try three codes, and then one in five minutes: also the right one waits.
func emergencyBucket() *bucket { return newBucket(5*time.Minute, 3) }

// emergencyPage asks for the sealed code. There is no such page when none is sealed.
func (s *Server) emergencyPage(w http.ResponseWriter, r *http.Request) error {
	if sealed, err := s.Auth.EmergencySealed(r.Context()); err != nil {
		return err
	} else if !sealed {
		return errNotFound
	}
	return s.page(w, r, entry.EmergencyPage(s.ctx(w, r), entry.Emergency{}))
}

// loginEmergency lets in whoever has the code, once. Each try is in the log of who did what, which alerts listen to.
func (s *Server) loginEmergency(w http.ResponseWriter, r *http.Request) error {
	if sealed, err := s.Auth.EmergencySealed(r.Context()); err != nil {
		return err
	} else if !sealed {
		return errNotFound
	}
	f, err := s.form(r)
	if err != nil {
		return err
	}
	name, reason, code := f.need("name", 100), f.need("reason", reasonLimit), f.value("code")
	if code == "" {
		f.fault("code", "form.required", nil)
	}
	if !f.ok() {
		return s.emergencyAgain(w, r, f)
	}
	// Only a code counts as a try, not a form that lacks something.
	if wait := s.emergencyTries.take(visitOf(r).client, s.now()); wait > 0 {
		w.Header().Set("Retry-After", seconds(wait))
		f.fault("code", "auth.emergency_wait", store.Args{"minutes": int(math.Ceil(wait.Minutes()))})
		return s.emergencyAnswer(w, r, http.StatusTooManyRequests, f)
	}
	id := visitOf(r).id
	u, err := s.Auth.LoginEmergency(w, r, code, text.T(text.NB, "emergency.user", "name", name), reason, id)
	if store.CodeOf(err) == "auth.emergency_code" {
		s.Log.LogAttrs(r.Context(), slog.LevelWarn, "a wrong code was tried on the emergency account",
			slog.String("request", id), slog.String("client", visitOf(r).client.String()))
		e := store.AuditEntry{Action: "session.emergency", Kind: "session", Object: store.EmergencyIssuer,
			Result: string(store.CodeOf(err))}
		by := store.SystemActor()
		by.Request = id
		if err := s.DB.Record(r.Context(), e, by); err != nil {
			return err
		}
	}
	if err := f.take(err); err != nil {
		return err
	}
	if !f.ok() {
		return s.emergencyAgain(w, r, f)
	}
	s.Log.LogAttrs(r.Context(), slog.LevelWarn, "the emergency account was opened",
		slog.String("request", id), slog.String("user", u.ID))
	return redirect(w, r, "/")
}

func (s *Server) emergencyAgain(w http.ResponseWriter, r *http.Request, f *form) error {
	return s.emergencyAnswer(w, r, http.StatusUnprocessableEntity, f)
}

func (s *Server) emergencyAnswer(w http.ResponseWriter, r *http.Request, status int, f *form) error {
	return s.pageStatus(w, r, status,
		entry.EmergencyPage(s.ctx(w, r), entry.Emergency{Values: f.values, Errors: f.errors}))
}
