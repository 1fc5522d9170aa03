package web

import (
	"context"
	"net/http"
	"strconv"

	"samband/store"
)

// Runner is what people can do about runs and schedules.
type Runner interface {
	// StartNow puts a run in the queue.
	StartNow(ctx context.Context, integrationID string, dry bool, by store.Actor) (*store.Run, error)
	// Cancel stops a run that waits or goes on; Conflict when it has ended.
	Cancel(ctx context.Context, runID string, by store.Actor) error
	// StartRelease lets a held run load. It answers when the work has begun. With accept the delivery is how they look from
	// now on.
	StartRelease(ctx context.Context, runID, reason string, accept bool, by store.Actor) error
	// Reject ends a held run with nothing loaded.
	Reject(ctx context.Context, runID, reason string, by store.Actor) error
	// Undo takes a load back and tells how many rows that changed; MayUndo tells whether it can be.
	Undo(ctx context.Context, runID string, by store.Actor) (int64, error)
	MayUndo(ctx context.Context, r *store.Run) (bool, error)
	// Reload starts a run that reads the sealed delivery of one that was rejected, undone or a shadow.
	Reload(ctx context.Context, runID string, by store.Actor) (*store.Run, error)
	// SetAside takes the delivery away that a run ended at and that those after it wait for; MaySetAside tells whether it
	// lies there. Kept tells whether what a run read can be read again.
	SetAside(ctx context.Context, runID, reason string, by store.Actor) error
	MaySetAside(ctx context.Context, r *store.Run) (bool, error)
	Kept(ctx context.Context, r *store.Run) (bool, error)
	// PlanBackfill makes the plan of a backfill, StartBackfill carries out just that plan or gives a new one with how it
	// differs, CancelBackfill ends one that goes on.
	PlanBackfill(ctx context.Context, integrationID string, of store.Period, dry bool, by store.Actor) (*store.Backfill, error)
	StartBackfill(ctx context.Context, id string, by store.Actor) (*store.Backfill, *store.PlanDiff, error)
	CancelBackfill(ctx context.Context, id string, by store.Actor) error
	// Progress tells how far a run that is at work has come.
	Progress(runID string) (store.Progress, bool)

	SaveSchedule(ctx context.Context, s *store.Schedule, by store.Actor) error
	// NextSlots gives the due times of a saved schedule that will run, PreviewSlots all of one that may not be saved.
	// ClockChanges gives the coming ones that touch it.
	NextSlots(ctx context.Context, integrationID string, n int) ([]store.Slot, error)
	PreviewSlots(ctx context.Context, s store.Schedule, n int) ([]store.Coming, error)
	ClockChanges(ctx context.Context, s store.Schedule, n int) ([]store.Slot, error)
	// SaveCalendar makes or changes a calendar: what fell due until now is judged by it as it was.
	SaveCalendar(ctx context.Context, c *store.Calendar, by store.Actor) error
	// ReadSchedule reads an expression, or says at its field what is wrong with it.
	ReadSchedule(expr string) (store.Cron, error)
}

// integrationRegistry finds the registry of the integration {id}.
func integrationRegistry(s *Server, r *http.Request) (string, error) {
	i, err := s.DB.Integration(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", err
	}
	return i.RegistryID, nil
}

// runRegistry finds the registry of the run {no}.
func runRegistry(s *Server, r *http.Request) (string, error) {
	run, err := s.run(r)
	if err != nil {
		return "", err
	}
	return run.RegistryID, nil
}

// run is the run {no}.
func (s *Server) run(r *http.Request) (*store.Run, error) {
	no, err := strconv.ParseInt(r.PathValue("no"), 10, 64)
	if err != nil {
		return nil, store.E(store.NotFound, "run.not_found", nil)
	}
	return s.DB.RunByNo(r.Context(), no)
}
