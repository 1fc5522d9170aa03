package web

import (
	"net/http"

	"github.com/a-h/templ"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/system"
)

// methodFields are the fields of a method's form.
func methodFields(x *store.Method, kinds []store.Kind, all []store.System) []bound {
	return []bound{
		bindName("name", &x.Name),
		bindOne("kind", &x.Kind, idsOf(kinds, func(k *store.Kind) string { return k.Name })),
		bindLine("handover", &x.Handover, 100),
		bindChoice("highest", &x.Highest, "sensitivity.", store.Sensitivities),
		bindChoice("route", &x.Route, "route.", store.Routes),
		bindOne("instead", &x.Instead, idsOf(all, func(y *store.System) string { return y.ID })),
		bindLine("note", &x.Note, 4000),
	}
}

// methodPage is what the forms of a system's methods share: the system of the address, all systems, and the frame. The
// method is nil for a new one.
type methodPage struct {
	system *store.System
	method *store.Method
	all    []store.System
	model  system.EditModel
}

func (s *Server) methodPage(r *http.Request) (*methodPage, error) {
	ctx := r.Context()
	p := &methodPage{}
	var err error
	if p.system, err = s.DB.System(ctx, r.PathValue("id")); err != nil {
		return nil, err
	}
	if p.all, err = s.DB.Systems(ctx); err != nil {
		return nil, err
	}
	at := system.Href(p.system.ID)
	p.model = system.EditModel{Form: edit.Form{Area: "method", Action: at + "/methods", Back: at, New: true}}
	if id := r.PathValue("method"); id != "" {
		if p.method, err = s.DB.Method(ctx, id); err != nil {
			return nil, err
		}
		if p.method.SystemID != p.system.ID {
			return nil, errNotFound
		}
		p.model.Name = p.method.Name
		p.model.Form.Action, p.model.Form.New = at+"/methods/"+id, false
	}
	p.model.System, p.model.Others = p.system, systemOptions(p.all, p.system.ID)
	for _, k := range s.Connectors.Kinds() {
		p.model.Kinds = append(p.model.Kinds, ds.Option{Value: k.Name, Text: text.T(langOf(s, r), "kind."+k.Name)})
	}
	return p, nil
}

// methodNew shows the form of a new method of a system.
func (s *Server) methodNew(w http.ResponseWriter, r *http.Request) error {
	p, err := s.methodPage(r)
	if err != nil {
		return err
	}
	x := &store.Method{Highest: store.NotSensitive, Route: store.RoutePlatform}
	p.model.Form.Values = shown(0, methodFields(x, s.Connectors.Kinds(), p.all))
	return s.page(w, r, system.Method(s.ctx(w, r), p.model))
}

// methodCreate makes a method of a system.
func (s *Server) methodCreate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	p, err := s.methodPage(r)
	if err != nil {
		return err
	}
	x := &store.Method{SystemID: p.system.ID}
	f.fill(append(methodFields(x, s.Connectors.Kinds(), p.all), bindID(&x.ID)))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.CreateMethod(r.Context(), x, actor(r)) },
		form: p.model.Form,
		again: func(e edit.Form) templ.Component {
			p.model.Form = e
			return system.Method(s.ctx(w, r), p.model)
		},
		said: "form.created", args: store.Args{"name": x.Name}, to: system.Href(p.system.ID),
	})
}

// methodEdit shows the form of a method.
func (s *Server) methodEdit(w http.ResponseWriter, r *http.Request) error {
	p, err := s.methodPage(r)
	if err != nil {
		return err
	}
	p.model.Form.Values = shown(p.method.Version, methodFields(p.method, s.Connectors.Kinds(), p.all))
	return s.page(w, r, system.Method(s.ctx(w, r), p.model))
}

// methodUpdate saves a method.
func (s *Server) methodUpdate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	p, err := s.methodPage(r)
	if err != nil {
		return err
	}
	x := p.method
	x.Version = f.fill(methodFields(x, s.Connectors.Kinds(), p.all))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.UpdateMethod(r.Context(), x, actor(r)) },
		newest: func() (int, []bound, error) {
			is, err := s.DB.Method(r.Context(), x.ID)
			if err != nil {
				return 0, nil, err
			}
			return is.Version, methodFields(is, s.Connectors.Kinds(), p.all), nil
		},
		form: p.model.Form,
		again: func(e edit.Form) templ.Component {
			p.model.Form = e
			return system.Method(s.ctx(w, r), p.model)
		},
		said: "form.saved", to: system.Href(p.system.ID),
	})
}
