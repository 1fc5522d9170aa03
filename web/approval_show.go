package web

import (
	"net/http"
	"slices"

	"samband/store"
	"samband/views/assess"
	"samband/views/edit"
)

// approvalRegistry finds the registry of the approval {id}.
func approvalRegistry(s *Server, r *http.Request) (string, error) {
	a, err := s.DB.Approval(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", err
	}
	i, err := s.DB.Integration(r.Context(), a.IntegrationID)
	if err != nil {
		return "", err
	}
	return i.RegistryID, nil
}

// approvalShow shows the approval of an integration.
func (s *Server) approvalShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.approvalModel(r, r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.page(w, r, assess.Approval(s.ctx(w, r), *m))
}

// approvalAgain shows the page again, with a form that can't be carried out.
func (s *Server) approvalAgain(w http.ResponseWriter, r *http.Request, status int, integrationID, which string,
	f *form) error {
	m, err := s.approvalModel(r, integrationID)
	if err != nil {
		return err
	}
	m.Which, m.Form = which, edit.Form{Area: "assess", Values: f.values, Errors: f.errors}
	return s.pageStatus(w, r, status, assess.Approval(s.ctx(w, r), *m))
}

func (s *Server) approvalModel(r *http.Request, integrationID string) (*assess.ApprovalModel, error) {
	ctx := r.Context()
	q, err := s.Gate.Question(ctx, integrationID, store.AtSubmit)
	if err != nil {
		return nil, err
	}
	i := q.Integration
	m := &assess.ApprovalModel{Integration: *i, Registry: *q.Registry, System: *q.System, ROS: q.ROS, LD: q.LD,
		Latest: latest(&q), MaySubmit: s.can(r, store.Submit, i.RegistryID) && i.State != store.IntEnded,
		MayDecide: s.can(r, store.Approve, i.RegistryID), MayRevoke: s.can(r, store.Approve, i.RegistryID)}
	if m.All, err = s.DB.Approvals(ctx, i.ID); err != nil {
		return nil, err
	}
	m.Holding = inState(m.All, store.AppApproved)
	m.Open = inState(m.All, store.AppSubmitted, store.AppChangeRequested, store.AppDraft)
	waits := m.Open != nil && m.Open.State == store.AppSubmitted
	switch {
	case waits:
		q.Moment, q.Approval = store.AtApprove, m.Open
		m.Own = m.Open.MayDecide(person(r).User.ID) != nil
	case i.State.Runnable():
		q.Moment = store.AtRun
	}
	answer := store.Gate(q)
	m.NowHash = answer.ScopeHash
	if i.State != store.IntEnded {
		m.Refusals, m.Warnings = answer.Refusals, answer.Warnings
	}
	m.Scope, m.ScopeHash = answer.Scope, answer.ScopeHash
	if waits {
		if m.Scope, err = store.ParseScope(m.Open.Scope); err != nil {
			return nil, err
		}
		m.ScopeHash = m.Open.ScopeHash
		if answer.Scope != nil {
			m.Since = answer.Scope.Diff(m.Scope)
		}
	}
	if m.Holding != nil && m.Scope != nil {
		approved, err := store.ParseScope(m.Holding.Scope)
		if err != nil {
			return nil, err
		}
		m.Changes = m.Scope.Diff(approved)
	}
	return m, nil
}

// inState gives the newest approval that is in one of the states, nil when none is.
func inState(all []store.Approval, states ...store.ApprovalState) *store.Approval {
	for i := range all {
		if slices.Contains(states, all[i].State) {
			return &all[i]
		}
	}
	return nil
}

// latest is the last day that an approval may hold: when the first of ROS and LD runs out.
func latest(q *store.GateQuestion) store.Date {
	var days []store.Date
	if q.ROS != nil && !q.ROS.ValidTo.IsZero() {
		days = append(days, q.ROS.ValidTo)
	}
	if q.LD != nil && !q.LD.ValidTo.IsZero() {
		days = append(days, q.LD.ValidTo)
	}
	if len(days) == 0 {
		return ""
	}
	return slices.Min(days)
}
