package web

import (
	"net/http"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/runs"
)

// runShow shows one run. While the run goes on the page asks for itself.
func (s *Server) runShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.runModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, runs.Show(s.ctx(w, r), *m))
}

// runModel collects what the page of the run {no} shows.
func (s *Server) runModel(r *http.Request) (*runs.ShowModel, error) {
	ctx := r.Context()
	run, err := s.run(r)
	if err != nil {
		return nil, err
	}
	m := &runs.ShowModel{Run: *run, Reasons: map[string]string{}}
	i, err := s.DB.Integration(ctx, run.IntegrationID)
	if err != nil {
		return nil, err
	}
	g, err := s.DB.Registry(ctx, run.RegistryID)
	if err != nil {
		return nil, err
	}
	method, err := s.DB.Method(ctx, i.MethodID)
	if err != nil {
		return nil, err
	}
	system, err := s.DB.System(ctx, method.SystemID)
	if err != nil {
		return nil, err
	}
	m.Integration, m.Registry, m.System = *i, *g, *system
	if system.Role == store.Destination && run.Stopped() {
		if m.Unanswered, err = s.leftOpen(ctx, run); err != nil {
			return nil, err
		}
	}
	if err := s.runLog(r, m); err != nil {
		return nil, err
	}
	if m.Before, err = found(s.DB.RunBefore(ctx, run)); err != nil {
		return nil, err
	}
	if m.Before != nil {
		m.BeforeBy = m.Before.QuarantinedBy
	}
	lang := langOf(s, r)
	var v *store.MappingVersion
	if run.MappingNo > 0 {
		if v, err = s.DB.MappingVersion(ctx, i.ID, run.MappingNo); err != nil {
			return nil, err
		}
		for _, k := range v.Mapping.Checks {
			m.Reasons[k.Reason] = k.Text
		}
	}
	for reason := range run.QuarantinedBy {
		if store.OwnReason(reason) {
			m.Reasons[reason] = text.T(lang, "reason."+reason)
		}
	}
	if err := s.runCompared(r, m, v); err != nil {
		return nil, err
	}
	if _, err := s.DB.Report(ctx, run.No); err == nil {
		m.HasReport = true
	} else if store.ClassOf(err) != store.NotFound {
		return nil, err
	}
	m.MayCancel = !run.State.Ended() && run.CancelBy == "" && s.can(r, store.StartRun, g.ID)
	m.MayDecide = run.State == store.RunHeld && s.can(r, store.DecideRun, g.ID)
	if run.State == store.RunHeld || run.Reloads() {
		if m.Kept, err = s.Runs.Kept(ctx, run); err != nil {
			return nil, err
		}
	}
	m.MaySeeRows, m.MayMap = s.can(r, store.SeeRows, g.ID), s.can(r, store.EditMapping, g.ID)
	if run.State.Ended() && s.can(r, store.StartRun, g.ID) { // what would be refused is not offered
		q, err := s.Gate.Question(ctx, i.ID, store.AtRun)
		if err != nil {
			return nil, err
		}
		m.MayStart = store.Gate(q).OK()
		m.MayReload = m.MayStart && m.Kept && run.Reloads() && s.can(r, store.DecideRun, g.ID)
	}
	if s.can(r, store.DecideRun, g.ID) {
		if m.MayUndo, err = s.Runs.MayUndo(ctx, run); err != nil {
			return nil, err
		}
	}
	if run.Stuck() {
		if m.Stuck, err = s.Runs.MaySetAside(ctx, run); err != nil {
			return nil, err
		}
		m.MaySetAside = m.Stuck && s.can(r, store.DecideRun, g.ID)
	}
	m.Progress = ds.ProgressProps{ID: "progress", Label: text.T(lang, "run.progress")}
	if p, ok := s.Runs.Progress(run.ID); ok {
		m.Run.Counts, m.Run.Stage = p.Counts, p.Stage
		m.Progress.Value, m.Progress.Max = p.Bytes, p.Size
		switch n := p.Spool; {
		case n.Slices > 0 && n.Left > 0:
			m.Progress.Text = text.T(lang, "run.progress.resumed", "n", n.Slices, "rows", n.Rows, "left", n.Left)
		case n.Slices > 0:
			m.Progress.Text = text.T(lang, "run.progress.spooled", "n", n.Slices, "rows", n.Rows)
		default:
			m.Progress.Text = text.T(lang, "run.progress.rows", "n", p.Counts.Read)
		}
	}
	return m, nil
}
