package web

import (
	"net/http"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/registry"
)

// registryFields are the fields of a registry's form.
func registryFields(g *store.Registry, solutions []store.Solution) []bound {
	b := &g.Basis
	return []bound{
		bindName("name", &g.Name),
		bindPick("solution", &g.SolutionID, idsOf(solutions, func(x *store.Solution) string { return x.ID })),
		bindChoice("kind", &g.Kind, "registrykind.", store.RegistryKinds),
		bindLine("unit", &g.Unit, 200), bindLine("contact", &g.Contact, 200),
		bindDate("starts_on", &g.StartsOn), bindDate("ends_on", &g.EndsOn), bindLine("note", &g.Note, 4000),
		bindLine("purpose", &b.Purpose, 4000), bindLine("legal_basis", &b.LegalBasis, 2000),
		bindLine("exemption", &b.Exemption, 500), bindDate("exemption_until", &b.ExemptionUntil),
		bindChoice("consent", &b.Consent, "consent.", append([]store.ConsentRegime{""}, store.ConsentRegimes...)),
		bindLine("rek", &b.REK, 100), bindDate("rek_until", &b.REKUntil),
		bindLine("pvo", &b.PVO, 100), bindDate("pvo_on", &b.PVOOn),
		bindLine("controller", &b.Controller, 500), bindLine("joint_controllers", &b.JointControllers, 1000),
		bindLine("processor", &b.Processor, 500),
		bindLine("agreement", &b.Agreement, 200), bindDate("agreement_ends", &b.AgreementEnds),
		bindLine("dpia", &b.DPIA, 500), bindDate("dpia_on", &b.DPIAOn), bindLine("dpia_result", &b.DPIAResult, 1000),
		bindLine("dpia_not_needed", &b.DPIANotNeeded, 2000),
		bindLine("persons", &b.Persons, 2000), bindLine("categories", &b.Categories, 2000),
		bindChoice("sensitivity", &b.Sensitivity, "sensitivity.", append([]store.Sensitivity{""}, store.Sensitivities...)),
		bindLine("recipients", &b.Recipients, 2000), bindLine("retention", &b.Retention, 2000),
		bindLine("kept", &b.Kept, 2000), bindLine("kept_basis", &b.KeptBasis, 2000),
		bindLine("security_class", &b.SecurityClass, 200),
		bindLine("citizen_contact", &b.CitizenInfo, 200),
	}
}

// registryNew shows the form of a new registry.
func (s *Server) registryNew(w http.ResponseWriter, r *http.Request) error {
	if !s.can(r, store.EditRegistry, "") { // who edits one registry can't make another
		return errForbidden
	}
	solutions, err := s.DB.Solutions(r.Context())
	if err != nil {
		return err
	}
	m := registryForm(nil, solutions)
	m.Form.Values = shown(0, registryFields(&store.Registry{Kind: store.KindQuality}, solutions))
	return s.page(w, r, registry.Edit(s.ctx(w, r), m))
}

// registryCreate makes a registry.
func (s *Server) registryCreate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	solutions, err := s.DB.Solutions(r.Context())
	if err != nil {
		return err
	}
	g, m := &store.Registry{}, registryForm(nil, solutions)
	f.fill(append(registryFields(g, solutions), bindID(&g.ID)))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.CreateRegistry(r.Context(), g, actor(r)) },
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return registry.Edit(s.ctx(w, r), m)
		},
		said: "form.created", args: store.Args{"name": g.Name}, to: registry.Href(g.ID),
	})
}

// registryEdit shows the form of a registry.
func (s *Server) registryEdit(w http.ResponseWriter, r *http.Request) error {
	g, err := s.DB.Registry(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	solutions, err := s.DB.Solutions(r.Context())
	if err != nil {
		return err
	}
	m := registryForm(g, solutions)
	m.Form.Values = shown(g.Version, registryFields(g, solutions))
	return s.page(w, r, registry.Edit(s.ctx(w, r), m))
}

// registryUpdate saves a registry.
func (s *Server) registryUpdate(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	g, err := s.DB.Registry(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	solutions, err := s.DB.Solutions(ctx)
	if err != nil {
		return err
	}
	m := registryForm(g, solutions)
	g.Version = f.fill(registryFields(g, solutions))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.UpdateRegistry(ctx, g, actor(r)) },
		newest: func() (int, []bound, error) {
			is, err := s.DB.Registry(ctx, g.ID)
			if err != nil {
				return 0, nil, err
			}
			return is.Version, registryFields(is, solutions), nil
		},
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return registry.Edit(s.ctx(w, r), m)
		},
		said: "form.saved", to: registry.Href(g.ID),
	})
}

// registryForm is the frame of the form of a registry, or of a new one.
func registryForm(g *store.Registry, solutions []store.Solution) registry.EditModel {
	m := registry.EditModel{Form: edit.Form{Area: "registry", Action: "/registries", Back: "/registries", New: true}}
	if g != nil {
		m.Name = g.Name
		m.Form = edit.Form{Area: "registry", Action: registry.Href(g.ID), Back: registry.Href(g.ID)}
	}
	for _, x := range byName(solutions, func(x *store.Solution) string { return x.Name }) {
		m.Solutions = append(m.Solutions, ds.Option{Value: x.ID, Text: x.Name})
	}
	return m
}
