package web

import (
	"net/http"

	"samband/store"
	"samband/views/ds"
	"samband/views/runs"
)

// runStart puts a run of the integration {id} in the queue and leads to its page.
func (s *Server) runStart(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	run, err := s.Runs.StartNow(r.Context(), r.PathValue("id"), f.checked("dry"), actor(r))
	if err != nil {
		return err
	}
	return redirect(w, r, runs.Href(run.No))
}

// runCancel asks the run {no} to stop.
func (s *Server) runCancel(w http.ResponseWriter, r *http.Request) error {
	run, err := s.run(r)
	if err != nil {
		return err
	}
	if err := s.Runs.Cancel(r.Context(), run.ID, actor(r)); err != nil {
		return err
	}
	return redirect(w, r, runs.Href(run.No))
}

// runDecide releases the held run {no} once, releases it and calls its delivery normal from now on, or rejects it, with a
// reason.
func (s *Server) runDecide(w http.ResponseWriter, r *http.Request) error {
	run, err := s.run(r)
	if err != nil {
		return err
	}
	f, err := s.form(r)
	if err != nil {
		return err
	}
	reason := f.need("reason", 500)
	decision := f.choice("decision", "release", "accept", "reject")
	if !f.ok() {
		m, err := s.runModel(r)
		if err != nil {
			return err
		}
		m.Reason, m.Errors = f.value("reason"), f.errors
		return s.again(w, r, runs.Show(s.ctx(w, r), *m))
	}
	if decision == "reject" {
		err = s.Runs.Reject(r.Context(), run.ID, reason, actor(r))
	} else {
		err = s.Runs.StartRelease(r.Context(), run.ID, reason, decision == "accept", actor(r))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, runs.Href(run.No))
}

// runSetAside sets the delivery aside that the run {no} ended at, with a reason.
func (s *Server) runSetAside(w http.ResponseWriter, r *http.Request) error {
	run, err := s.run(r)
	if err != nil {
		return err
	}
	f, err := s.form(r)
	if err != nil {
		return err
	}
	reason := f.need("reason", 500)
	if !f.ok() {
		m, err := s.runModel(r)
		if err != nil {
			return err
		}
		m.Reason, m.Errors = f.value("reason"), f.errors
		return s.again(w, r, runs.Show(s.ctx(w, r), *m))
	}
	if err := s.Runs.SetAside(r.Context(), run.ID, reason, actor(r)); err != nil {
		return err
	}
	if err := s.flash(w, r, ds.Success, "run.was_set_aside", store.Args{"file": run.Delivery.Name}); err != nil {
		return err
	}
	return redirect(w, r, runs.Href(run.No))
}

// runUndo takes the load of the run {no} back.
func (s *Server) runUndo(w http.ResponseWriter, r *http.Request) error {
	run, err := s.run(r)
	if err != nil {
		return err
	}
	n, err := s.Runs.Undo(r.Context(), run.ID, actor(r))
	if err != nil {
		return err
	}
	if err := s.flash(w, r, ds.Success, "run.undone", store.Args{"n": n}); err != nil {
		return err
	}
	return redirect(w, r, runs.Href(run.No))
}

// runReload reads the sealed delivery of the run {no} again, in a run of its own.
func (s *Server) runReload(w http.ResponseWriter, r *http.Request) error {
	run, err := s.run(r)
	if err != nil {
		return err
	}
	next, err := s.Runs.Reload(r.Context(), run.ID, actor(r))
	if err != nil {
		return err
	}
	return redirect(w, r, runs.Href(next.No))
}
