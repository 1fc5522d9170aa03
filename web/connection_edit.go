package web

import (
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/system"
)

// connectionFields are the fields of a connection's form: its name, and the options of its kind but for secrets, which
// are written with the command and never come here.
func connectionFields(x *store.Connection, k *store.Kind) []bound {
	fields := []bound{bindName("name", &x.Name)}
	for _, o := range k.Options {
		if o.Kind == store.OptionSecret {
			continue
		}
		fields = append(fields, bound{name: system.OptionField(o.Name), show: func() string { return x.Settings[o.Name] },
			read: func(f *form) {
				v := f.text(system.OptionField(o.Name), 2000)
				if o.Kind == store.OptionBool && v == "" {
					v = "false"
				}
				if v == "" {
					delete(x.Settings, o.Name)
					return
				}
				x.Settings[o.Name] = v
			}})
	}
	return fields
}

// checkConnection holds the settings against the kind and this installation, and names what is wrong as the fields of
// the form are named.
func (s *Server) checkConnection(x *store.Connection) error {
	var bad store.FieldErrors
	if err := s.Connectors.CheckConnection(x); !errors.As(err, &bad) {
		return err
	}
	named := make(store.FieldErrors, len(bad))
	for i, e := range bad {
		here := *e
		here.Field = system.OptionField(e.Field)
		named[i] = &here
	}
	return named
}

// connectionModel is the frame of the form of the connection of the address, or of a new one of a kind.
func (s *Server) connectionModel(r *http.Request, kind string) (*system.ConnectionModel, error) {
	ctx := r.Context()
	x, err := s.DB.System(ctx, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	at := system.Href(x.ID)
	m := &system.ConnectionModel{EditModel: system.EditModel{System: x,
		Form: edit.Form{Area: "connection", Action: at + "/connections", Back: at, New: true}}}
	if id := r.PathValue("connection"); id != "" {
		if m.Connection, err = s.DB.Connection(ctx, id); err != nil {
			return nil, err
		}
		if m.Connection.SystemID != x.ID {
			return nil, errNotFound
		}
		m.Name, kind = m.Connection.Name, m.Connection.Kind
		m.Form.Action, m.Form.New = system.ConnectionHref(m.Connection), false
		if m.Connection.Settings == nil {
			m.Connection.Settings = map[string]string{}
		}
	}
	k := s.kind(kind)
	if k == nil {
		return nil, errNotFound
	}
	m.Kind = k.As(x.Role)
	return m, nil
}

// connectionNew shows the form of a new connection of a kind (?kind=), with what the kind proposes.
func (s *Server) connectionNew(w http.ResponseWriter, r *http.Request) error {
	m, err := s.connectionModel(r, r.URL.Query().Get("kind"))
	if err != nil {
		return err
	}
	x := &store.Connection{Settings: map[string]string{}}
	for _, o := range m.Kind.Options {
		if o.Default != "" {
			x.Settings[o.Name] = o.Default
		}
	}
	m.Form.Values = shown(0, connectionFields(x, &m.Kind))
	return s.page(w, r, system.Connection(s.ctx(w, r), *m))
}

// connectionCreate makes a connection.
func (s *Server) connectionCreate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.connectionModel(r, f.value("kind"))
	if err != nil {
		return err
	}
	x := &store.Connection{SystemID: m.System.ID, Kind: m.Kind.Name, Settings: map[string]string{}}
	f.fill(append(connectionFields(x, &m.Kind), bindID(&x.ID)))
	return s.submit(w, r, f, submission{
		save: func() error {
			if err := s.checkConnection(x); err != nil {
				return err
			}
			return s.DB.CreateConnection(r.Context(), x, actor(r))
		},
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return system.Connection(s.ctx(w, r), *m)
		},
		said: "form.created", args: store.Args{"name": x.Name}, to: system.ConnectionHref(x) + "/edit",
	})
}

// connectionEdit shows the form of a connection.
func (s *Server) connectionEdit(w http.ResponseWriter, r *http.Request) error {
	m, err := s.connectionModel(r, "")
	if err != nil {
		return err
	}
	m.Form.Values = shown(m.Connection.Version, connectionFields(m.Connection, &m.Kind))
	return s.page(w, r, system.Connection(s.ctx(w, r), *m))
}

// connectionUpdate saves a connection.
func (s *Server) connectionUpdate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.connectionModel(r, "")
	if err != nil {
		return err
	}
	x := m.Connection
	x.Version = f.fill(connectionFields(x, &m.Kind))
	return s.submit(w, r, f, submission{
		save: func() error {
			if err := s.checkConnection(x); err != nil {
				return err
			}
			return s.DB.UpdateConnection(r.Context(), x, actor(r))
		},
		newest: func() (int, []bound, error) {
			is, err := s.DB.Connection(r.Context(), x.ID)
			if err != nil {
				return 0, nil, err
			}
			return is.Version, connectionFields(is, &m.Kind), nil
		},
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return system.Connection(s.ctx(w, r), *m)
		},
		said: "form.saved", to: system.ConnectionHref(x) + "/edit",
	})
}

// connectionTest tries a connection and says how it went. That it was tried stands in the log, for it reaches out.
func (s *Server) connectionTest(w http.ResponseWriter, r *http.Request) error {
	m, err := s.connectionModel(r, "")
	if err != nil {
		return err
	}
	back := system.ConnectionHref(m.Connection) + "/edit"
	e := store.AuditEntry{Action: "connection.test", Kind: "connection", Object: m.Connection.ID}
	failed := s.Connectors.TestConnection(r.Context(), m.Connection.ID)
	if failed != nil {
		e.Result = string(store.CodeOf(failed))
	}
	if err := s.DB.Record(r.Context(), e, actor(r)); err != nil {
		return err
	}
	if failed == nil {
		return s.done(w, r, "connection.works", store.Args{"name": m.Connection.Name}, back)
	}
	var known *store.Error
	if !errors.As(failed, &known) || store.ClassOf(failed) == store.Internal {
		return failed
	}
	if err := s.flash(w, r, ds.Danger, "error."+string(known.Code), known.Args); err != nil {
		return err
	}
	return redirect(w, r, back)
}
