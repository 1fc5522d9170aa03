package web

import (
	"net/http"
	"time"

	"samband/store"
	"samband/views/ds"
	"samband/views/schedule"
)

// schedulePause stops a schedule for a while, with a reason. A pause is not put over another: that one is to be ended first.
func (s *Server) schedulePause(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.scheduleModel(r)
	if err != nil {
		return err
	}
	if m.Schedule == nil {
		return store.E(store.NotFound, "schedule.not_found", nil)
	}
	reason, until := f.need("pause_reason", 300), f.date("paused_until")
	sch := *m.Schedule
	if sch.Version != f.int("version", 0, 1<<30) || m.Paused { // a pause that somebody else has set stands
		return store.E(store.Conflict, "db.changed", nil)
	}
	if f.ok() {
		var end time.Time
		if until != "" {
			end = until.StartIn(m.Zone)
		}
		sch = sch.Pause(s.now(), end, person(r).User.Name, reason)
		if err := f.take(s.Runs.SaveSchedule(r.Context(), &sch, actor(r))); err != nil {
			return err
		}
	}
	if !f.ok() {
		m.Pause = schedule.PauseForm{Reason: f.value("pause_reason"), Until: f.value("paused_until"), Errors: f.errors}
		return s.again(w, r, schedule.Schedule(s.ctx(w, r), *m))
	}
	if err := s.flash(w, r, ds.Success, "plan.was_paused", nil); err != nil {
		return err
	}
	return redirect(w, r, "/integrations/"+m.Integration.ID+"/schedule")
}

// scheduleResumePage shows what was skipped in the pause, before it is ended: none of it is run afterwards by itself.
func (s *Server) scheduleResumePage(w http.ResponseWriter, r *http.Request) error {
	m, err := s.scheduleModel(r)
	if err != nil {
		return err
	}
	if !m.Paused {
		return redirect(w, r, "/integrations/"+m.Integration.ID+"/schedule")
	}
	runs, err := s.DB.Runs(r.Context(), store.RunFilter{All: true, IntegrationID: m.Integration.ID, States: []store.RunState{store.RunSkipped},
		Triggers: []store.Trigger{store.TriggerSchedule}, From: m.Schedule.PausedAt, Limit: 1000})
	if err != nil {
		return err
	}
	for _, run := range runs {
		if run.Reason == store.ReasonPaused {
			m.Skipped = append(m.Skipped, run)
		}
	}
	c := s.ctx(w, r)
	m.MayBackfill = c.MaySee("/integrations/" + m.Integration.ID + "/backfill")
	return s.page(w, r, schedule.Resume(c, *m))
}

// scheduleResume ends a pause now. What fell due in it stays skipped.
func (s *Server) scheduleResume(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	sch, err := s.DB.Schedule(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if sch.Paused(s.now()) {
		if sch.Version != f.int("version", 0, 1<<30) { // another pause than the one that was shown
			return store.E(store.Conflict, "db.changed", nil)
		}
		resumed := sch.Resume(s.now())
		if err := s.Runs.SaveSchedule(r.Context(), &resumed, actor(r)); err != nil {
			return err
		}
	}
	if err := s.flash(w, r, ds.Success, "plan.was_resumed", nil); err != nil {
		return err
	}
	return redirect(w, r, "/integrations/"+sch.IntegrationID+"/schedule")
}
