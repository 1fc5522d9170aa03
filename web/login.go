package web

import (
	"log/slog"
	"net/http"

	"samband/store"
	"samband/views/entry"
	"samband/web/auth"
)

// loginPage offers the ways to log in. Who is logged in already goes on to where they were headed, unless they are to
// prove again who they are (?fresh=1).
func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) error {
	return s.offerLogin(w, r, r.URL.Query().Get("return"), r.URL.Query().Get("fresh") == "1", nil)
}

func (s *Server) offerLogin(w http.ResponseWriter, r *http.Request, back string, fresh bool, errs store.FieldErrors) error {
	m := entry.Login{Return: auth.ReturnPath(back), Fresh: fresh, Errors: errs}
	if person(r) != nil && !fresh && len(errs) == 0 {
		return redirect(w, r, m.Return)
	}
	var err error
	if m.Kept, err = s.Auth.Keeps(r); err != nil {
		return err
	}
	if m.Sealed, err = s.Auth.EmergencySealed(r.Context()); err != nil {
		return err
	}
	if s.Auth.Demo() {
		for _, p := range auth.Personas {
			m.Personas = append(m.Personas, entry.Persona{ID: p.ID, Name: p.Name, Role: p.Role})
		}
	}
	if len(errs) > 0 {
		return s.again(w, r, entry.LoginPage(s.ctx(w, r), m))
	}
	return s.page(w, r, entry.LoginPage(s.ctx(w, r), m))
}

// loginBegin sends the reader to the identity provider. It is a link and not a form, because browsers hold the way
// that a form takes, over all redirects between identity providers, against our security policy.
func (s *Server) loginBegin(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	to, err := s.Auth.Begin(w, r, q.Get("return"), q.Get("fresh") == "1")
	if err != nil {
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// loginCallback is where the identity provider sends the reader back.
func (s *Server) loginCallback(w http.ResponseWriter, r *http.Request) error {
	back, err := s.Auth.Complete(w, r)
	if err != nil {
		s.signInFailed(r, err)
		return err
	}
	s.Log.LogAttrs(r.Context(), slog.LevelInfo, "logged in", slog.String("request", visitOf(r).id))
	return redirect(w, r, back)
}

// loginDemo logs in as an invented person.
func (s *Server) loginDemo(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	if err := f.take(s.Auth.LoginAs(w, r, f.value("persona"))); err != nil {
		return err
	}
	if !f.ok() {
		s.signInFailed(r, f.errors[0])
		return s.offerLogin(w, r, f.value("return"), f.checked("fresh"), f.errors)
	}
	return redirect(w, r, auth.ReturnPath(f.value("return")))
}
