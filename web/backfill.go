package web

import (
	"net/http"

	"samband/store"
	"samband/views/integration"
)

// backfillModel collects what every page of the backfills of the integration {id} shows.
func (s *Server) backfillModel(r *http.Request) (*integration.BackfillModel, error) {
	i, err := s.DB.Integration(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	m := &integration.BackfillModel{Integration: *i, MayStart: s.can(r, store.StartRun, i.RegistryID)}
	m.Earlier, err = s.DB.Backfills(r.Context(), i.ID)
	return m, err
}

// backfillShow asks for the days of a backfill.
func (s *Server) backfillShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.backfillModel(r)
	if err != nil {
		return err
	}
	m.From, m.To = r.URL.Query().Get("from"), r.URL.Query().Get("to") // a link may say which
	return s.page(w, r, integration.Backfill(s.ctx(w, r), *m))
}

// backfillPlan makes the plan of a backfill and leads to it. Nothing is carried out.
func (s *Server) backfillPlan(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.backfillModel(r)
	if err != nil {
		return err
	}
	of := store.Period{From: f.needDate("from"), To: f.needDate("to")}
	var b *store.Backfill
	if f.ok() {
		b, err = s.Runs.PlanBackfill(r.Context(), m.Integration.ID, of, f.checked("dry"), actor(r))
		if err := f.take(err); err != nil {
			return err
		}
	}
	if !f.ok() {
		m.From, m.To, m.DryRun, m.Errors = f.value("from"), f.value("to"), f.checked("dry"), f.errors
		return s.again(w, r, integration.Backfill(s.ctx(w, r), *m))
	}
	return redirect(w, r, integration.Href(m.Integration.ID)+"/backfill/"+b.ID)
}

// backfill is the backfill {backfill} of the integration {id}.
func (s *Server) backfill(r *http.Request) (*store.Backfill, error) {
	b, err := s.DB.Backfill(r.Context(), r.PathValue("backfill"))
	if err == nil && b.Plan.IntegrationID != r.PathValue("id") {
		err = store.E(store.NotFound, "backfill.not_found", nil)
	}
	return b, err
}

// backfillOne shows a plan, or how one goes that is carried out.
func (s *Server) backfillOne(w http.ResponseWriter, r *http.Request) error {
	b, err := s.backfill(r)
	if err != nil {
		return err
	}
	m, err := s.backfillModel(r)
	if err != nil {
		return err
	}
	if err := s.fillBackfill(r, m, b); err != nil {
		return err
	}
	return s.page(w, r, integration.BackfillOne(s.ctx(w, r), *m))
}

func (s *Server) fillBackfill(r *http.Request, m *integration.BackfillModel, b *store.Backfill) (err error) {
	m.One = b
	if m.Runs, err = s.DB.BackfillRuns(r.Context(), b.ID); err != nil {
		return err
	}
	if b.State != store.BackfillPlanned || len(b.Plan.Gate) == 0 {
		return nil
	}
	q, err := s.Gate.Question(r.Context(), m.Integration.ID, store.AtRun)
	if err != nil {
		return err
	}
	m.Refusals = store.Gate(q).Refusals
	for _, code := range b.Plan.Gate {
		if code == "backfill.newer" {
			m.Refusals = append(m.Refusals, store.E(store.Refused, "backfill.newer", nil))
		}
	}
	return nil
}

// backfillStart carries out just the plan that was shown. When it would do something else by now, the new plan is shown
// with the difference, and nothing is done.
func (s *Server) backfillStart(w http.ResponseWriter, r *http.Request) error {
	b, err := s.backfill(r)
	if err != nil {
		return err
	}
	b, diff, err := s.Runs.StartBackfill(r.Context(), b.ID, actor(r))
	if err != nil {
		return err
	}
	if diff == nil {
		return redirect(w, r, integration.Href(b.Plan.IntegrationID)+"/backfill/"+b.ID)
	}
	m, err := s.backfillModel(r)
	if err != nil {
		return err
	}
	if err := s.fillBackfill(r, m, b); err != nil {
		return err
	}
	m.Diff = diff
	return s.pageStatus(w, r, http.StatusConflict, integration.BackfillOne(s.ctx(w, r), *m))
}

// backfillCancel ends a backfill: the run that goes on stops, and those after it don't begin.
func (s *Server) backfillCancel(w http.ResponseWriter, r *http.Request) error {
	b, err := s.backfill(r)
	if err != nil {
		return err
	}
	if err := s.Runs.CancelBackfill(r.Context(), b.ID, actor(r)); err != nil {
		return err
	}
	return redirect(w, r, integration.Href(b.Plan.IntegrationID)+"/backfill/"+b.ID)
}
