package web

import (
	"net/http"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/system"
)

// solutionFields are the fields of a solution's form.
func solutionFields(x *store.Solution, all []store.Solution) []bound {
	return []bound{
		bindName("name", &x.Name), bindLine("kind", &x.Kind, 200), bindLine("owner", &x.Owner, 200),
		bindLine("platform", &x.Platform, 200), bindLine("hosting", &x.Hosting, 200),
		bindLine("controller", &x.Controller, 200),
		bindChoice("phase", &x.Phase, "phase.", store.Phases), bindDate("ends_on", &x.EndsOn),
		bindOne("successor", &x.Successor, idsOf(all, func(y *store.Solution) string { return y.ID })),
		bindLine("url", &x.URL, 500), bindLine("note", &x.Note, 4000),
	}
}

// solutionForm is the frame of the form of a solution, or of a new one.
func solutionForm(x *store.Solution, all []store.Solution) system.EditModel {
	m := system.EditModel{Form: edit.Form{Area: "solution", Action: "/solutions", Back: "/catalogue", New: true}}
	id := ""
	if x != nil {
		id, m.Name = x.ID, x.Name
		m.Form = edit.Form{Area: "solution", Action: "/solutions/" + x.ID, Back: "/solutions/" + x.ID}
	}
	for _, y := range byName(all, func(y *store.Solution) string { return y.Name }) {
		if y.ID != id {
			m.Others = append(m.Others, ds.Option{Value: y.ID, Text: y.Name})
		}
	}
	return m
}

// solutionNew shows the form of a new solution.
func (s *Server) solutionNew(w http.ResponseWriter, r *http.Request) error {
	all, err := s.DB.Solutions(r.Context())
	if err != nil {
		return err
	}
	m := solutionForm(nil, all)
	m.Form.Values = shown(0, solutionFields(&store.Solution{Phase: store.PhaseProposed}, all))
	return s.page(w, r, system.Solution(s.ctx(w, r), m))
}

// solutionCreate makes a solution.
func (s *Server) solutionCreate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	all, err := s.DB.Solutions(r.Context())
	if err != nil {
		return err
	}
	x, m := &store.Solution{}, solutionForm(nil, all)
	f.fill(append(solutionFields(x, all), bindID(&x.ID)))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.CreateSolution(r.Context(), x, actor(r)) },
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return system.Solution(s.ctx(w, r), m)
		},
		said: "form.created", args: store.Args{"name": x.Name}, to: "/solutions/" + x.ID,
	})
}

// solutionEdit shows the form of a solution.
func (s *Server) solutionEdit(w http.ResponseWriter, r *http.Request) error {
	x, err := s.DB.Solution(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	all, err := s.DB.Solutions(r.Context())
	if err != nil {
		return err
	}
	m := solutionForm(x, all)
	m.Form.Values = shown(x.Version, solutionFields(x, all))
	return s.page(w, r, system.Solution(s.ctx(w, r), m))
}

// solutionUpdate saves a solution.
func (s *Server) solutionUpdate(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	x, err := s.DB.Solution(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	all, err := s.DB.Solutions(ctx)
	if err != nil {
		return err
	}
	m := solutionForm(x, all)
	x.Version = f.fill(solutionFields(x, all))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.UpdateSolution(ctx, x, actor(r)) },
		newest: func() (int, []bound, error) {
			is, err := s.DB.Solution(ctx, x.ID)
			if err != nil {
				return 0, nil, err
			}
			return is.Version, solutionFields(is, all), nil
		},
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return system.Solution(s.ctx(w, r), m)
		},
		said: "form.saved", to: "/solutions/" + x.ID,
	})
}
