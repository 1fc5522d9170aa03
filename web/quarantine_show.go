package web

import (
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/text"
	"samband/views/quarantine"
)

// quarantineShow opens one row that was held back. That is logged.
func (s *Server) quarantineShow(w http.ResponseWriter, r *http.Request) error {
	return s.showFinding(w, r, http.StatusOK, quarantine.Form{})
}

func (s *Server) showFinding(w http.ResponseWriter, r *http.Request, status int, f quarantine.Form) error {
	ctx, registryID := r.Context(), r.PathValue("id")
	id, err := findingID(r)
	if err != nil {
		return err
	}
	o, err := s.Held.OpenFinding(ctx, registryID, id, actor(r))
	if store.ClassOf(err) == store.NotFound {
		return errNotFound
	}
	if err != nil {
		return err
	}
	m := quarantine.ShowModel{Opened: *o, Form: f, MayDecide: s.can(r, store.DecideRun, registryID),
		MayMap: s.can(r, store.EditMapping, registryID)}
	g, err := s.DB.Registry(ctx, registryID)
	if err != nil {
		return err
	}
	m.Registry = *g
	i, err := s.DB.Integration(ctx, o.IntegrationID)
	if err != nil {
		return err
	}
	m.Integration = *i
	v, err := s.DB.MappingVersion(ctx, o.IntegrationID, o.MappingNo)
	if err != nil {
		return err
	}
	lang := langOf(s, r)
	m.Words = text.Reason(lang, &v.Mapping, o.Reason)
	c, err := s.DB.Codebook(ctx, v.CodebookID, v.CodebookVersion)
	if err != nil {
		return err
	}
	if x := c.Variable(o.Variable); x != nil {
		m.Words = text.ReasonOf(lang, &v.Mapping, o.Reason, x.Type)
	}
	if k := v.Mapping.Check(o.Reason); k != nil {
		m.Check, m.Kind = text.Check(lang, k), k.Kind
	}
	if rule := v.Mapping.Rule(o.Variable); rule != nil {
		m.Rule, m.Blamed = text.Steps(lang, rule.Steps), v.Mapping.Reads(o.Variable)
	}
	m.History, err = s.DB.Audit(ctx, store.AuditFilter{Registries: []string{registryID}, Kind: "finding",
		Object: store.FindingObject(registryID, id), Limit: 20})
	if err != nil {
		return err
	}
	return s.pageStatus(w, r, status, quarantine.Show(s.ctx(w, r), m))
}

func findingID(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("row"), 10, 64)
	if err != nil || id < 1 {
		return 0, errNotFound
	}
	return id, nil
}

// quarantineDismiss closes a row: it stays out of the registry, and somebody has said why.
func (s *Server) quarantineDismiss(w http.ResponseWriter, r *http.Request) error {
	return s.setFinding(w, r, store.FindingOpen, store.FindingDismissed, "held.dismissed")
}

// quarantineReopen puts a row that was closed back among those to look at.
func (s *Server) quarantineReopen(w http.ResponseWriter, r *http.Request) error {
	return s.setFinding(w, r, store.FindingDismissed, store.FindingOpen, "held.reopened")
}

func (s *Server) setFinding(w http.ResponseWriter, r *http.Request, from, to store.FindingStatus, said string) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	id, err := findingID(r)
	if err != nil {
		return err
	}
	reason := f.need("reason", 500)
	if !f.ok() {
		return s.showFinding(w, r, http.StatusUnprocessableEntity, quarantine.Form{Reason: f.value("reason"), Errors: f.errors})
	}
	err = s.Held.SetFinding(r.Context(), r.PathValue("id"), id, from, to, reason, actor(r))
	if store.ClassOf(err) == store.NotFound {
		return errNotFound
	}
	if err != nil {
		return err
	}
	return s.done(w, r, said, nil, quarantine.Href(r.PathValue("id"), id))
}
