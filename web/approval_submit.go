package web

import (
	"net/http"

	"samband/store"
	"samband/views/integration"
)

// approvalSubmit asks for the approval of an integration as it stands. What the gate would refuse is not sent, nor is
// something else than what the person saw.
func (s *Server) approvalSubmit(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	q, err := s.Gate.Question(ctx, r.PathValue("id"), store.AtSubmit)
	if err != nil {
		return err
	}
	i := q.Integration
	if !i.State.CanMove(store.IntEnded) { // an ended integration is over
		return store.E(store.Conflict, "integration.transition", store.Args{
			"from": store.Code("state.integration." + i.State), "to": store.Code("state.integration." + store.IntInAssessment)})
	}
	answer := store.Gate(q)
	if answer.OK() && f.value("hash") != answer.ScopeHash {
		f.fault("", "db.changed", nil)
	}
	if !answer.OK() || !f.ok() {
		return s.approvalAgain(w, r, http.StatusConflict, i.ID, "submit", f)
	}
	all, err := s.DB.Approvals(ctx, i.ID)
	if err != nil {
		return err
	}
	a := &store.Approval{IntegrationID: i.ID, Scope: answer.Scope.Canonical(), ROS: i.ROS, LD: i.LD,
		MappingNo: i.MappingNo}
	if open := inState(all, store.AppDraft, store.AppChangeRequested); open != nil {
		a.ID, a.Version = open.ID, open.Version
	}
	if err := s.DB.SubmitApproval(ctx, a, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "assess.submitted", nil, integration.Href(i.ID)+"/approval")
}
