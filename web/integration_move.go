package web

import (
	"net/http"
	"slices"
	"strconv"

	"samband/store"
	"samband/views/integration"
)

// integrationMove moves an integration along in its life. Into operation only what the gate would let run; out of it
// with a reason.
func (s *Server) integrationMove(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	to := store.IntegrationState(f.value("to"))
	if !slices.Contains(store.IntegrationStates, to) {
		return store.FieldError("to", "form.choice", nil)
	}
	version, _ := strconv.Atoi(f.value("version"))
	reason := f.text("reason", 1000)
	if reason == "" && f.ok() && (to == store.IntSuspended || to == store.IntEnded) {
		f.fault("reason", "form.required", nil)
	}
	if !f.ok() {
		return s.showIntegration(w, r, http.StatusUnprocessableEntity,
			integration.Move{To: to, Reason: f.value("reason"), Errors: f.errors})
	}
	q, err := s.Gate.Question(ctx, r.PathValue("id"), store.AtSchedule)
	if err != nil {
		return err
	}
	i := q.Integration
	if q.Move != nil { // it says what to do, which the gate doesn't
		if e := q.Move.Allows(i.ID, to); e != nil {
			return e
		}
	}
	if to == store.IntInOperation && i.State.CanMove(to) {
		then := *i // as it would stand
		then.State = to
		q.Integration = &then
		if err := store.Gate(q).Err(); err != nil {
			return err
		}
	}
	if err := s.DB.MoveIntegration(ctx, i.ID, version, to, reason, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "integration.moved", store.Args{"name": i.Name, "state": store.Code("state.integration." + to)},
		integration.Href(i.ID))
}
