package web

import (
	"net/http"
	"strconv"

	"samband/views/assess"
	"samband/views/integration"
)

// conditionMeet notes that a condition of an approval is met, on a person's word and with what shows it.
func (s *Server) conditionMeet(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	a, err := s.DB.Approval(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	no, _ := strconv.Atoi(r.PathValue("no"))
	version, _ := strconv.Atoi(f.value("version"))
	evidence := f.need("evidence", reasonLimit)
	if !f.ok() {
		return s.approvalAgain(w, r, http.StatusUnprocessableEntity, a.IntegrationID, assess.MeetForm(no), f)
	}
	if _, err := s.DB.MeetCondition(r.Context(), a.ID, version, no, evidence, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "assess.condition.said", nil, integration.Href(a.IntegrationID)+"/approval")
}
