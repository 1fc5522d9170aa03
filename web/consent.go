package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/registry"
)

// Consenter is what people can do about the lists of other people's choices.
type Consenter interface {
	// ConsentStates gives the rules of a registry, each with its list.
	ConsentStates(ctx context.Context, registryID string) ([]store.ConsentStanding, error)
	// SyncConsent reads a rule's list now.
	SyncConsent(ctx context.Context, ruleID string, by store.Actor) (store.ConsentSnapshot, error)
	// DecideConsent takes in the list that waits, or lets go of it.
	DecideConsent(ctx context.Context, ruleID string, no int64, accept bool, reason string, by store.Actor) error
}

func (s *Server) consentModel(r *http.Request) (*registry.ConsentModel, error) {
	g, err := s.DB.Registry(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	m := &registry.ConsentModel{Registry: *g, Connections: map[string]string{}, MayEdit: s.can(r, store.EditRegistry, g.ID),
		MayFetch: s.can(r, store.StartRun, g.ID), Masked: !s.can(r, store.SeeRows, g.ID)}
	if m.List, err = s.Consents.ConsentStates(r.Context(), g.ID); err != nil {
		return nil, err
	}
	list, err := s.DB.Connections(r.Context(), "")
	for _, c := range list {
		m.Connections[c.ID] = c.Name
	}
	return m, err
}

// consentShow shows whose choices decide over a registry's data.
func (s *Server) consentShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.consentModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, registry.Consent(s.ctx(w, r), *m))
}

// consentRule is the rule {rule} of the registry {id}.
func (s *Server) consentRule(r *http.Request) (*store.ConsentRule, error) {
	x, err := s.DB.ConsentRule(r.Context(), r.PathValue("rule"))
	if err != nil {
		return nil, err
	}
	if x.RegistryID != r.PathValue("id") {
		return nil, errNotFound
	}
	return x, nil
}

// consentSync reads a list now, and says how it went.
func (s *Server) consentSync(w http.ResponseWriter, r *http.Request) error {
	x, err := s.consentRule(r)
	if err != nil {
		return err
	}
	back := registry.ConsentHref(x.RegistryID)
	list, failed := s.Consents.SyncConsent(r.Context(), x.ID, actor(r))
	var known *store.Error
	switch {
	case failed == nil && list.Why == nil:
		return s.done(w, r, "consents.synced", nil, back)
	case failed == nil:
		return redirect(w, r, back) // the page says what waits
	case !errors.As(failed, &known) || store.ClassOf(failed) == store.Internal:
		return failed
	}
	if err := s.flash(w, r, ds.Danger, "error."+string(known.Code), known.Args); err != nil {
		return err
	}
	return redirect(w, r, back)
}

// consentDecide takes in the list that waits, or lets go of it.
func (s *Server) consentDecide(w http.ResponseWriter, r *http.Request) error {
	x, err := s.consentRule(r)
	if err != nil {
		return err
	}
	f, err := s.form(r)
	if err != nil {
		return err
	}
	no, err := strconv.ParseInt(f.value("list"), 10, 64)
	if err != nil {
		return store.E(store.Conflict, "consent.not_held", nil)
	}
	reason, decision := f.need("reason", 2000), f.choice("decision", "accept", "refuse")
	if f.ok() {
		if err := s.Consents.DecideConsent(r.Context(), x.ID, no, decision == "accept", reason, actor(r)); err != nil {
			return err
		}
		return s.done(w, r, "consents.decided", nil, registry.ConsentHref(x.RegistryID))
	}
	m, err := s.consentModel(r)
	if err != nil {
		return err
	}
	m.Errors, m.At = f.errors, x.ID
	return s.again(w, r, registry.Consent(s.ctx(w, r), *m))
}

// consentFields are the fields of a rule's form.
func consentFields(x *store.ConsentRule, connections []string) []bound {
	return []bound{bindName("name", &x.Name), bindChoice("type", &x.Type, "consenttype.", store.ConsentTypes),
		bindPick("connection", &x.ConnectionID, connections), bindLine("definition", &x.Definition, 50), bindLine("party", &x.Party, 50),
		bindNumber("wait_days", &x.WaitDays, 10_000), bindNumber("every_hours", &x.Every, 10_000), bindNumber("max_age_hours", &x.MaxAge, 10_000),
		bindShare("fall_share", &x.FallShare), bindNumber("fall_count", &x.FallCount, 10_000_000),
		bindShare("turn_share", &x.TurnShare), bindNumber("turn_count", &x.TurnCount, 10_000_000), bindLines("recipients", &x.Recipients, 2000)}
}

// consentForm is the frame of the form of a rule, or of a new one, and the connections that it may be read by.
func (s *Server) consentForm(r *http.Request, x *store.ConsentRule) (m registry.ConsentEditModel, ids []string, err error) {
	g, err := s.DB.Registry(r.Context(), r.PathValue("id"))
	if err != nil {
		return m, nil, err
	}
	at := registry.ConsentHref(g.ID)
	m = registry.ConsentEditModel{Registry: *g, Form: edit.Form{Area: "consentrule", Action: at, Back: at, New: true}}
	if x != nil {
		m.Name, m.Form.Action, m.Form.New = x.Name, at+"/"+x.ID, false
	}
	list, err := s.DB.Connections(r.Context(), "")
	for _, c := range list {
		if k := s.kind(c.Kind); k != nil && k.Consents {
			ids = append(ids, c.ID)
			m.Connections = append(m.Connections, ds.Option{Value: c.ID, Text: c.Name})
		}
	}
	return m, ids, err
}

// consentNew shows the form of a new rule, with what is usual.
func (s *Server) consentNew(w http.ResponseWriter, r *http.Request) error {
	m, ids, err := s.consentForm(r, nil)
	if err != nil {
		return err
	}
	x := store.NewConsentRule(m.Registry.Basis.Consent.Needs())
	m.Form.Values = shown(0, consentFields(&x, ids))
	return s.page(w, r, registry.ConsentEdit(s.ctx(w, r), m))
}

// consentCreate makes a rule.
func (s *Server) consentCreate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, ids, err := s.consentForm(r, nil)
	if err != nil {
		return err
	}
	x := &store.ConsentRule{RegistryID: m.Registry.ID}
	f.fill(append(consentFields(x, ids), bindID(&x.ID)))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.CreateConsentRule(r.Context(), x, actor(r)) },
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return registry.ConsentEdit(s.ctx(w, r), m)
		},
		said: "form.created", args: store.Args{"name": x.Name}, to: registry.ConsentHref(m.Registry.ID),
	})
}

// consentEdit shows the form of a rule.
func (s *Server) consentEdit(w http.ResponseWriter, r *http.Request) error {
	x, err := s.consentRule(r)
	if err != nil {
		return err
	}
	m, ids, err := s.consentForm(r, x)
	if err != nil {
		return err
	}
	m.Form.Values = shown(x.Version, consentFields(x, ids))
	return s.page(w, r, registry.ConsentEdit(s.ctx(w, r), m))
}

// consentUpdate saves a rule.
func (s *Server) consentUpdate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	x, err := s.consentRule(r)
	if err != nil {
		return err
	}
	m, ids, err := s.consentForm(r, x)
	if err != nil {
		return err
	}
	x.Version = f.fill(consentFields(x, ids))
	return s.submit(w, r, f, submission{
		save: func() error { return s.DB.UpdateConsentRule(r.Context(), x, actor(r)) },
		newest: func() (int, []bound, error) {
			is, err := s.DB.ConsentRule(r.Context(), x.ID)
			if err != nil {
				return 0, nil, err
			}
			return is.Version, consentFields(is, ids), nil
		},
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return registry.ConsentEdit(s.ctx(w, r), m)
		},
		said: "form.saved", to: registry.ConsentHref(x.RegistryID),
	})
}
