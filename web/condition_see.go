package web

import (
	"net/http"
	"strconv"

	"samband/views/integration"
)

// conditionSee notes that the security officer has seen that a condition is said to be met.
func (s *Server) conditionSee(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	no, _ := strconv.Atoi(r.PathValue("no"))
	version, _ := strconv.Atoi(f.value("version"))
	a, err := s.DB.SeeCondition(r.Context(), r.PathValue("id"), version, no, actor(r))
	if err != nil {
		return err
	}
	return s.done(w, r, "assess.condition.noted", nil, integration.Href(a.IntegrationID)+"/approval")
}
