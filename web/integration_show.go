package web

import (
	"net/http"
	"slices"

	"samband/store"
	"samband/store/db"
	"samband/views/integration"
)

// integrationShow shows the overview of one integration.
func (s *Server) integrationShow(w http.ResponseWriter, r *http.Request) error {
	return s.showIntegration(w, r, http.StatusOK, integration.Move{})
}

// showIntegration draws the overview, with a change of state that came back with a fault.
func (s *Server) showIntegration(w http.ResponseWriter, r *http.Request, status int, move integration.Move) error {
	m, err := s.integrationModel(r)
	if err != nil {
		return err
	}
	m.Move = move
	return s.pageStatus(w, r, status, integration.Show(s.ctx(w, r), *m))
}

func (s *Server) integrationModel(r *http.Request) (*integration.ShowModel, error) {
	ctx, id := r.Context(), r.PathValue("id")
	q, err := s.Gate.Question(ctx, id, store.AtRun)
	if err != nil {
		return nil, err
	}
	i := q.Integration
	m := &integration.ShowModel{Integration: *i, Registry: *q.Registry, System: *q.System, Method: *q.Method,
		Connection: q.Connection, ROS: q.ROS, LD: q.LD, Approval: q.Approval,
		MayEdit: s.can(r, store.EditRegistry, i.RegistryID), MayStart: s.can(r, store.StartRun, i.RegistryID),
		MayDecide: s.can(r, store.DecideRun, i.RegistryID), Replaced: q.Replaced(), Now: s.now()}
	m.Proof = store.FieldCoverage(&q)
	m.Footing = store.Gate(q).Footing(q.Approval)
	if !i.State.Runnable() {
		q.Moment = store.AtSubmit
	}
	if i.State != store.IntEnded {
		answer := store.Gate(q)
		m.Refusals, m.Warnings, m.ScopeHash = answer.Refusals, answer.Warnings, answer.ScopeHash
	}
	if m.Moving, err = found(s.DB.IntegrationMove(ctx, i.ID)); err != nil {
		return nil, err
	}
	if next := q.System.Successor; next != "" {
		successor, err := found(s.DB.System(ctx, next))
		if err != nil {
			return nil, err
		}
		if successor != nil {
			m.Successor = successor.Name
		}
	}
	solution, err := s.DB.Solution(ctx, q.Registry.SolutionID)
	if err != nil {
		return nil, err
	}
	m.Solution = *solution
	if i.State != store.IntEnded {
		if m.Outgrown, err = s.outgrown(ctx, i); err != nil {
			return nil, err
		}
	}
	if err := s.integrationRuns(r, m); err != nil {
		return nil, err
	}
	if i.CodebookID != "" {
		book, err := s.DB.Codebook(ctx, i.CodebookID, 0)
		if err != nil {
			return nil, err
		}
		m.Coverage = integration.Cover(book, q.Mapping)
	}
	m.Moves = slices.DeleteFunc(slices.Clone(store.IntegrationStates), func(to store.IntegrationState) bool {
		return to == store.IntApproved || !i.State.CanMove(to) || q.Move != nil && q.Move.Allows(i.ID, to) != nil
	})
	return m, nil
}

// integrationRuns adds when the integration runs, and how the last runs went.
func (s *Server) integrationRuns(r *http.Request, m *integration.ShowModel) error {
	ctx, i := r.Context(), &m.Integration
	schedule, err := found(s.DB.Schedule(ctx, i.ID))
	if err != nil {
		return err
	}
	if schedule != nil {
		if m.Words, err = s.scheduleWords(r, schedule); err != nil {
			return err
		}
		if m.Zone, err = schedule.Location(); err != nil {
			return err
		}
		m.Paused = schedule.Paused(s.now())
		if m.Next, err = s.Runs.NextSlots(ctx, i.ID, 5); err != nil {
			return err
		}
	}
	lastFour := store.RunFilter{Registries: []string{i.RegistryID}, IntegrationID: i.ID, Limit: 4}
	if m.Runs, err = s.DB.Runs(ctx, lastFour); err != nil {
		return err
	}
	of := db.IntegrationFilter{RegistryID: i.RegistryID}
	standings, err := s.DB.Standings(ctx, of)
	if err != nil {
		return err
	}
	m.Standing = standings[i.ID]
	if ok := m.Standing.Succeeded; ok != nil {
		m.Late = i.Late(ok.EndedAt, s.now())
	}
	strips, err := s.DB.Strips(ctx, of, stripLength)
	if err != nil {
		return err
	}
	since := s.now().AddDate(0, 0, -14)
	m.Strip = slices.DeleteFunc(strips[i.ID], func(r store.RunMark) bool { return r.At.Before(since) })
	return nil
}
