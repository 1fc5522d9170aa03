package web

import (
	"net/http"

	"samband/store"
	"samband/store/db"
	"samband/views/docs"
)

// docsPolicy shows the hospital's rules, and which of the integrations that the person may see break them as they stand.
func (s *Server) docsPolicy(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	list, err := s.DB.Integrations(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	visible := s.visible(r)
	m := docs.PolicyModel{Broken: map[string][]docs.Broken{}}
	for _, i := range list {
		if i.State == store.IntEnded || !visible(i.RegistryID) {
			continue
		}
		q, err := s.Gate.Question(ctx, i.ID, store.AtRun)
		if err != nil {
			return err
		}
		if !i.State.Runnable() { // it is being prepared: what it must keep before it can be submitted
			q.Moment = store.AtSubmit
		}
		answer := store.Gate(q)
		note := func(errs []*store.Error) {
			for _, e := range errs {
				if p := store.PolicyFor(e.Code); p != nil {
					m.Broken[p.ID] = append(m.Broken[p.ID], docs.Broken{Integration: i, Said: e})
				}
			}
		}
		note(answer.Refusals)
		note(answer.Warnings)
	}
	return s.page(w, r, docs.Policy(s.ctx(w, r), m))
}
