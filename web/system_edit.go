package web

import (
	"net/http"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/system"
)

// systemFields are the fields of a system's form.
func systemFields(x *store.System, all []store.System) []bound {
	return []bound{
		bindName("name", &x.Name),
		bindChoice("role", &x.Role, "catalogue.", []store.Role{store.Source, store.Destination}),
		bindLine("owner", &x.Owner, 200), bindLines("content", &x.Content, 4000),
		bindChoice("phase", &x.Phase, "phase.", store.Phases), bindDate("ends_on", &x.EndsOn),
		bindOne("successor", &x.Successor, idsOf(all, func(y *store.System) string { return y.ID })),
		bindLine("note", &x.Note, 4000),
	}
}

// systemForm is the frame of the form of a system, or of a new one.
func systemForm(x *store.System, all []store.System) system.EditModel {
	m := system.EditModel{Form: edit.Form{Area: "system", Action: "/systems", Back: "/systems", New: true}}
	id := ""
	if x != nil {
		id, m.Name = x.ID, x.Name
		m.Form = edit.Form{Area: "system", Action: system.Href(x.ID), Back: system.Href(x.ID)}
	}
	m.Others = systemOptions(all, id)
	return m
}

// systemOptions offers the systems, but for one.
func systemOptions(all []store.System, but string) []ds.Option {
	var options []ds.Option
	for _, y := range byName(all, func(y *store.System) string { return y.Name }) {
		if y.ID != but {
			options = append(options, ds.Option{Value: y.ID, Text: y.Name})
		}
	}
	return options
}

// systemNew shows the form of a new system.
func (s *Server) systemNew(w http.ResponseWriter, r *http.Request) error {
	all, err := s.DB.Systems(r.Context())
	if err != nil {
		return err
	}
	m := systemForm(nil, all)
	m.Form.Values = shown(0, systemFields(&store.System{Role: store.Source, Phase: store.PhaseProposed}, all))
	return s.page(w, r, system.Edit(s.ctx(w, r), m))
}

// systemCreate makes a system.
func (s *Server) systemCreate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	all, err := s.DB.Systems(r.Context())
	if err != nil {
		return err
	}
	x, m := &store.System{}, systemForm(nil, all)
	f.fill(append(systemFields(x, all), bindID(&x.ID)))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.CreateSystem(r.Context(), x, actor(r)) },
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return system.Edit(s.ctx(w, r), m)
		},
		said: "form.created", args: store.Args{"name": x.Name}, to: system.Href(x.ID),
	})
}

// systemEdit shows the form of a system.
func (s *Server) systemEdit(w http.ResponseWriter, r *http.Request) error {
	x, err := s.DB.System(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	all, err := s.DB.Systems(r.Context())
	if err != nil {
		return err
	}
	m := systemForm(x, all)
	m.Form.Values = shown(x.Version, systemFields(x, all))
	return s.page(w, r, system.Edit(s.ctx(w, r), m))
}

// systemUpdate saves a system.
func (s *Server) systemUpdate(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	x, err := s.DB.System(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	all, err := s.DB.Systems(ctx)
	if err != nil {
		return err
	}
	m := systemForm(x, all)
	x.Version = f.fill(systemFields(x, all))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.UpdateSystem(ctx, x, actor(r)) },
		newest: func() (int, []bound, error) {
			is, err := s.DB.System(ctx, x.ID)
			if err != nil {
				return 0, nil, err
			}
			return is.Version, systemFields(is, all), nil
		},
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return system.Edit(s.ctx(w, r), m)
		},
		said: "form.saved", to: system.Href(x.ID),
	})
}
