package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/integration"
)

// integrationChoices is what an integration can be put together from.
type integrationChoices struct {
	systems     []store.System
	methods     []store.Method
	connections []store.Connection
	ros         []store.RiskAssessment
	at          time.Time
	lds         []store.SolutionDesign
	codebooks   []store.Codebook // of the registry, or of all that the person may edit
	registries  []store.Registry // that the person may edit
}

func (s *Server) integrationChoices(r *http.Request, registryID string) (*integrationChoices, error) {
	ctx := r.Context()
	c := integrationChoices{at: s.now()}
	var err error
	if c.systems, err = s.DB.Systems(ctx); err != nil {
		return nil, err
	}
	if c.methods, err = s.DB.Methods(ctx, ""); err != nil {
		return nil, err
	}
	if c.connections, err = s.DB.Connections(ctx, ""); err != nil {
		return nil, err
	}
	if c.ros, err = s.DB.RiskAssessments(ctx); err != nil {
		return nil, err
	}
	if c.lds, err = s.DB.SolutionDesigns(ctx); err != nil {
		return nil, err
	}
	if c.codebooks, err = s.DB.Codebooks(ctx, registryID); err != nil {
		return nil, err
	}
	if c.registries, err = s.DB.Registries(ctx); err != nil {
		return nil, err
	}
	mayNot := func(registryID string) bool { return !s.can(r, store.EditRegistry, registryID) }
	c.registries = slices.DeleteFunc(c.registries, func(g store.Registry) bool { return mayNot(g.ID) })
	c.codebooks = slices.DeleteFunc(c.codebooks, func(b store.Codebook) bool { return mayNot(b.RegistryID) })
	return &c, nil
}

// integrationFields are the fields of an integration's form.
func integrationFields(i *store.Integration, c *integrationChoices) []bound {
	return []bound{
		bindName("name", &i.Name),
		bindPick("method", &i.MethodID, idsOf(c.methods, func(m *store.Method) string { return m.ID })),
		bindOne("connection", &i.ConnectionID, idsOf(c.connections, func(x *store.Connection) string { return x.ID })),
		bindLine("purpose", &i.Purpose, 2000),
		bindChoice("sensitivity", &i.Sensitivity, "sensitivity.", store.Sensitivities),
		bindRef("ros", &i.ROS, rosRefs(c.ros)), bindRef("ld", &i.LD, ldRefs(c.lds)),
		bindOne("codebook", &i.CodebookID, idsOf(c.codebooks, func(b *store.Codebook) string { return b.ID })),
		bindNumber("expected_hours", &i.ExpectedHours, 24*366),
		bindShare("max_quarantined", &i.Limits.MaxQuarantined), bindShare("min_volume", &i.Limits.MinVolume),
		bindShare("max_new_codes", &i.Limits.MaxNewCodes), bindCheck("allow_empty", &i.Limits.AllowEmpty),
		bindLine("owner", &i.Owner, 200), bindLine("note", &i.Note, 4000),
	}
}

func rosRefs(list []store.RiskAssessment) []store.Ref {
	refs := make([]store.Ref, len(list))
	for i, a := range list {
		refs[i] = store.Ref{ID: a.ID, Version: a.Version}
	}
	return refs
}

func ldRefs(list []store.SolutionDesign) []store.Ref {
	refs := make([]store.Ref, len(list))
	for i, d := range list {
		refs[i] = store.Ref{ID: d.ID, Version: d.Version}
	}
	return refs
}

// integrationForm is the frame of the form of an integration, or of a new one.
func (s *Server) integrationForm(r *http.Request, i *store.Integration, c *integrationChoices) integration.EditModel {
	lang := langOf(s, r)
	m := integration.EditModel{Form: edit.Form{Area: "integration", Action: "/integrations",
		Back: "/integrations", New: true}}
	if i != nil {
		at := integration.Href(i.ID)
		m.Name, m.Approved = i.Name, i.State.Runnable()
		m.Form = edit.Form{Area: "integration", Action: at, Back: at}
	}
	system := byID(c.systems, func(x *store.System) string { return x.ID })
	group := func(systemID string) string {
		if x := system[systemID]; x != nil {
			return text.T(lang, "catalogue.way."+string(x.Role), "system", x.Name)
		}
		return ""
	}
	for _, g := range byName(c.registries, func(g *store.Registry) string { return g.Name }) {
		m.Registries = append(m.Registries, ds.Option{Value: g.ID, Text: g.Name})
	}
	for _, x := range c.methods {
		m.Methods = append(m.Methods, ds.Option{Value: x.ID, Text: x.Name, Group: group(x.SystemID)})
	}
	for _, x := range c.connections {
		m.Connections = append(m.Connections, ds.Option{Value: x.ID, Text: x.Name, Group: group(x.SystemID)})
	}
	byGroup := func(a, b ds.Option) int { return cmp.Compare(a.Group, b.Group) }
	slices.SortStableFunc(m.Methods, byGroup)
	slices.SortStableFunc(m.Connections, byGroup)
	for _, a := range c.ros {
		m.ROS = append(m.ROS, ds.Option{Value: refValue(store.Ref{ID: a.ID, Version: a.Version}),
			Text: text.T(lang, "integration.document_option", "id", a.ID, "version", a.Version, "title", a.Title,
				"state", store.Code("rosstate."+a.StateAt(c.at)))})
	}
	for _, d := range c.lds {
		m.LD = append(m.LD, ds.Option{Value: refValue(store.Ref{ID: d.ID, Version: d.Version}),
			Text: text.T(lang, "integration.document_option", "id", d.ID, "version", d.Version, "title", d.Title,
				"state", store.Code("ldstate."+d.State))})
	}
	for _, b := range c.codebooks {
		m.Codebooks = append(m.Codebooks, ds.Option{Value: b.ID, Text: cmp.Or(b.Title, b.ID)})
	}
	return m
}

// integrationNew shows the form of a new integration, of the registry ?registry= when it is given.
func (s *Server) integrationNew(w http.ResponseWriter, r *http.Request) error {
	c, err := s.integrationChoices(r, "")
	if err != nil {
		return err
	}
	m := s.integrationForm(r, nil, c)
	m.Form.Values = shown(0, integrationFields(&store.Integration{Sensitivity: store.Sensitive}, c))
	m.Form.Values.Set("registry", r.URL.Query().Get("registry"))
	return s.page(w, r, integration.Edit(s.ctx(w, r), m))
}

// integrationCreate makes an integration: a candidate in one of the registries that the person may edit.
func (s *Server) integrationCreate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	c, err := s.integrationChoices(r, "")
	if err != nil {
		return err
	}
	i, m := &store.Integration{State: store.IntCandidate}, s.integrationForm(r, nil, c)
	f.fill(append(integrationFields(i, c), bindID(&i.ID),
		bindPick("registry", &i.RegistryID, idsOf(c.registries, func(g *store.Registry) string { return g.ID }))))
	return s.submit(w, r, f, submission{
		save: func() error {
			if err := s.mayBeSaved(r.Context(), i); err != nil {
				return err
			}
			return s.DB.CreateIntegration(r.Context(), i, actor(r))
		},
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return integration.Edit(s.ctx(w, r), m)
		},
		said: "form.created", args: store.Args{"name": i.Name}, to: integration.Href(i.ID),
	})
}

// integrationEdit shows the form of an integration.
func (s *Server) integrationEdit(w http.ResponseWriter, r *http.Request) error {
	i, err := s.DB.Integration(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	c, err := s.integrationChoices(r, i.RegistryID)
	if err != nil {
		return err
	}
	m := s.integrationForm(r, i, c)
	m.Form.Values = shown(i.Version, integrationFields(i, c))
	return s.page(w, r, integration.Edit(s.ctx(w, r), m))
}

// integrationUpdate saves an integration. What is brought out of its approval by that is stopped by the gate at the
// next run, not here.
func (s *Server) integrationUpdate(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	i, err := s.DB.Integration(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	c, err := s.integrationChoices(r, i.RegistryID)
	if err != nil {
		return err
	}
	m := s.integrationForm(r, i, c)
	i.Version = f.fill(integrationFields(i, c))
	return s.submit(w, r, f, submission{
		save: func() error {
			if err := s.mayBeSaved(ctx, i); err != nil {
				return err
			}
			return s.DB.UpdateIntegration(ctx, i, actor(r))
		},
		newest: func() (int, []bound, error) {
			is, err := s.DB.Integration(ctx, i.ID)
			if err != nil {
				return 0, nil, err
			}
			return is.Version, integrationFields(is, c), nil
		},
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return integration.Edit(s.ctx(w, r), m)
		},
		said: "form.saved", to: integration.Href(i.ID),
	})
}

// gateFields is the field at which a refusal of the gate is told in the form.
var gateFields = map[store.Code]string{
	"gate.too_sensitive": "sensitivity", "gate.connector_highest": "method", "gate.connector_route": "method", "gate.system_ended": "method", "gate.phasing_out_new": "method",
	"gate.registry_ended": "registry", "gate.mismatch": "connection", "gate.incomplete": "method",
}

// mayBeSaved checks the form and asks the gate, and gives what it refuses as faults of the form.
func (s *Server) mayBeSaved(ctx context.Context, i *store.Integration) error {
	if err := i.Validate(); err != nil {
		return err
	}
	if i.MappingNo == 0 {
		return s.mayBeSavedWith(ctx, i, nil)
	}
	v, err := found(s.DB.MappingVersion(ctx, i.ID, i.MappingNo))
	if err != nil {
		return err
	}
	return s.mayBeSavedWith(ctx, i, v)
}

// mayBeSavedWith asks the same of an integration with a version of its mapping in use, which it may not have yet.
func (s *Server) mayBeSavedWith(ctx context.Context, i *store.Integration, v *store.MappingVersion) error {
	q := store.GateQuestion{At: s.now(), Moment: store.AtSave}
	q.Integration, q.Mapping = i, v
	var err error
	if q.Registry, err = found(s.DB.Registry(ctx, i.RegistryID)); err != nil {
		return err
	}
	if q.Method, err = found(s.DB.Method(ctx, i.MethodID)); err != nil {
		return err
	}
	if q.Method != nil {
		if q.System, err = found(s.DB.System(ctx, q.Method.SystemID)); err != nil {
			return err
		}
		q.Kind = s.kind(q.Method.Kind)
	}
	if q.System != nil && q.System.PhasingOut() {
		if q.ApprovedBefore, err = s.DB.ApprovedBefore(ctx, i.ID); err != nil {
			return err
		}
	}
	if q.Method != nil {
		if q.Instead, err = found(s.DB.System(ctx, q.Method.Instead)); err != nil {
			return err
		}
	}
	if q.System != nil {
		if q.Successor, err = found(s.DB.System(ctx, q.System.Successor)); err != nil {
			return err
		}
	}
	if i.ConnectionID != "" {
		if q.Connection, err = found(s.DB.Connection(ctx, i.ConnectionID)); err != nil {
			return err
		}
	}
	if v != nil {
		if q.Codebook, err = found(s.DB.Codebook(ctx, v.CodebookID, v.CodebookVersion)); err != nil {
			return err
		}
	}
	var bad store.FieldErrors
	for _, e := range store.Gate(q).Refusals {
		bad.Add(gateFields[e.Code], e.Code, e.Args)
	}
	return bad.OrNil()
}
