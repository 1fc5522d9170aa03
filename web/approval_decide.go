package web

import (
	"net/http"
	"strconv"

	"samband/store"
	"samband/store/db"
	"samband/views/assess"
	"samband/views/integration"
)

const reasonLimit = 2000

// approvalDecide carries out what the security officer decides about an approval that waits. Nobody decides what they
// submitted or edited, and the gate must let through what is approved.
func (s *Server) approvalDecide(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	a, err := s.DB.Approval(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := a.MayDecide(person(r).User.ID); err != nil {
		return err
	}
	states := make([]string, len(assess.Decisions))
	for i, d := range assess.Decisions {
		states[i] = string(d)
	}
	v := db.Verdict{State: store.ApprovalState(f.choice("decision", states...)), Reason: f.need("reason", reasonLimit)}
	version, _ := strconv.Atoi(f.value("version"))
	if v.State != "" {
		moved := *a
		if err := moved.Move(v.State); err != nil {
			return err
		}
	}
	q, err := s.Gate.Question(ctx, a.IntegrationID, store.AtApprove)
	if err != nil {
		return err
	}
	q.Approval = a
	if v.State == store.AppApproved {
		v.ValidTo = f.date("valid_to")
		switch last, today := latest(&q), store.DateOf(s.now()); {
		case f.errors.Of("valid_to") != nil:
		case v.ValidTo.IsZero():
			f.fault("valid_to", "form.required", nil)
		case v.ValidTo.Before(today):
			f.fault("valid_to", "assess.past", store.Args{"date": today})
		case !last.IsZero() && last.Before(v.ValidTo):
			f.fault("valid_to", "assess.beyond", store.Args{"date": last})
		}
	}
	switch {
	case !f.ok():
		return s.approvalAgain(w, r, http.StatusUnprocessableEntity, a.IntegrationID, "decide", f)
	case v.State == store.AppApproved && !store.Gate(q).OK(): // the page says why
		return s.approvalAgain(w, r, http.StatusConflict, a.IntegrationID, "decide", f)
	}
	_, err = s.DB.DecideApproval(ctx, a.ID, version, v, actor(r))
	if store.CodeOf(err) == "db.changed" {
		f.fault("", "db.changed", nil)
		return s.approvalAgain(w, r, http.StatusConflict, a.IntegrationID, "decide", f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "assess.decided", store.Args{"state": store.Code("approval." + v.State)},
		integration.Href(a.IntegrationID)+"/approval")
}

// approvalRevoke takes an approval back. Nothing more runs under it.
func (s *Server) approvalRevoke(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	a, err := s.DB.Approval(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	moved := *a
	if err := moved.Move(store.AppRevoked); err != nil {
		return err
	}
	v := db.Verdict{State: store.AppRevoked, Reason: f.need("reason", reasonLimit)}
	version, _ := strconv.Atoi(f.value("version"))
	if !f.ok() {
		return s.approvalAgain(w, r, http.StatusUnprocessableEntity, a.IntegrationID, "revoke", f)
	}
	if _, err := s.DB.DecideApproval(r.Context(), a.ID, version, v, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "assess.revoked", nil, integration.Href(a.IntegrationID)+"/approval")
}
