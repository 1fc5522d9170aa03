package jobs

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"samband/jobs/connector"
	"samband/jobs/pipeline"
	"samband/jobs/planner"
	"samband/store"
	"samband/store/db"
)

// StartNow puts a run in the queue on a person's word and gives it.
func (j *Jobs) StartNow(ctx context.Context, integrationID string, dry bool, by store.Actor) (*store.Run, error) {
	open, err := j.DB.OpenRuns(ctx)
	if err != nil {
		return nil, err
	}
	for i := range open { // a second click leads to the run of the first
		if o := &open[i]; o.IntegrationID == integrationID && o.State == store.RunDue && o.Trigger == store.TriggerPerson && o.DryRun == dry && o.Reads.IsZero() {
			return o, nil
		}
	}
	r := &store.Run{IntegrationID: integrationID, Trigger: store.TriggerPerson, DryRun: dry}
	if err := j.DB.CreateRun(ctx, r, by); err != nil {
		return nil, err
	}
	j.enqueue(ctx, r)
	return r, nil
}

// enqueue hands a run to whoever is free. One that can't be waits for the planner, which looks for due runs.
func (j *Jobs) enqueue(ctx context.Context, r *store.Run) {
	if err := j.queue.Enqueue(ctx, r.ID, r.Attempt); err != nil {
		j.Log.Error("the run waits for the planner", "run", r.ID, "error", err)
	}
}

// Cancel stops a run: one that waits at once, one that goes on within two seconds and with nothing loaded.
func (j *Jobs) Cancel(ctx context.Context, runID string, by store.Actor) error {
	r, err := j.DB.Run(ctx, runID)
	if err != nil {
		return err
	}
	open, err := j.openOf(ctx, r)
	if err != nil {
		return err
	}
	if open > 0 {
		r, err = j.DB.CancelSending(ctx, runID, open, by)
	} else {
		r, err = j.DB.CancelRun(ctx, runID, by)
	}
	if err != nil {
		return err
	}
	if r.State == store.RunRunning {
		j.running.stop(runID, ErrCancelled)
	}
	return nil
}

// StartRelease lets a held run load on a person's word. The delivery is read again from where it was sealed, and loaded
// whatever the limits say; everything else is checked as for any run. What can be refused at once is; the work itself
// goes on after this returns. With accept the delivery is how they look from now on, once it has loaded.
func (j *Jobs) StartRelease(ctx context.Context, runID, reason string, accept bool, by store.Actor) error {
	a, d, err := j.prepareRelease(ctx, runID, reason, by)
	if err != nil {
		return err
	}
	a.accept = accept
	ctx = j.life()
	j.done.Go(func() {
		if d != nil {
			defer d.Close()
		}
		if _, err := j.attempt(ctx, a); err != nil && ctx.Err() == nil {
			j.Log.Error("a held run could not be released", "run", runID, "error", err)
		}
	})
	return nil
}

func (j *Jobs) prepareRelease(ctx context.Context, runID, reason string, by store.Actor) (*attempt, connector.Delivery, error) {
	r, err := j.DB.Run(ctx, runID)
	if err != nil {
		return nil, nil, err
	}
	if r.State != store.RunHeld {
		return nil, nil, decided(r)
	}
	q, err := j.Question(ctx, r.IntegrationID, store.AtRun)
	if err != nil {
		return nil, nil, err
	}
	answer := store.Gate(q)
	if err := answer.Err(); err != nil {
		return nil, nil, err
	}
	if err := mayLoad(&q, r); err != nil {
		return nil, nil, err
	}
	var d connector.Delivery // none where data go out: what the registry holds is there
	if q.System.Role == store.Source {
		if err := j.stillNewest(ctx, r, &q); err != nil {
			return nil, nil, err
		}
		if d, err = j.openHeld(ctx, &q, r); err != nil {
			return nil, nil, err
		}
	}
	if r, err = j.DB.TakeRun(ctx, r.ID, r.Attempt, by); err != nil {
		if d != nil {
			d.Close()
		}
		return nil, nil, err
	}
	r.ScopeHash, r.MappingNo, r.ApprovalID = answer.ScopeHash, q.Integration.MappingNo, q.Approval.ID
	a := &attempt{j: j, run: r, q: q, by: by, input: d, approved: true, release: reason}
	a.again = func(ctx context.Context) (connector.Delivery, error) { return j.openHeld(ctx, &q, r) }
	return a, d, nil
}

// stillNewest refuses to release a delivery over a newer one that is loaded, when the mapping says that the newest
// delivery wins. Where a variable tells which version is newest, the order of loading doesn't matter.
func (j *Jobs) stillNewest(ctx context.Context, r *store.Run, q *store.GateQuestion) error {
	if q.Mapping.Mapping.Resolve.Latest != "" {
		return nil
	}
	later, err := j.DB.Runs(ctx, store.RunFilter{All: true, IntegrationID: r.IntegrationID,
		States: []store.RunState{store.RunSucceeded}, Limit: 50})
	if err != nil {
		return err
	}
	for _, l := range later {
		if l.No > r.No && l.Brought() {
			return store.E(store.Conflict, "run.newer_loaded", store.Args{"later": l.No})
		}
	}
	return nil
}

// decided tells that a run isn't held, so that there is nothing to decide any more.
func decided(r *store.Run) error {
	return store.E(store.Conflict, "run.decided", store.Args{"state": store.Code("state.run." + r.State)})
}

// Reject ends a held run: nothing of it is loaded. The delivery stays sealed and is not read again. One that nobody kept
// is read when it comes: it was a file that somebody named.
func (j *Jobs) Reject(ctx context.Context, runID, reason string, by store.Actor) error {
	r, err := j.DB.Run(ctx, runID)
	if err != nil {
		return err
	}
	if r.State != store.RunHeld {
		return decided(r)
	}
	kept, err := j.Kept(ctx, r)
	if err != nil {
		return err
	}
	if r, err = j.DB.TakeRun(ctx, r.ID, r.Attempt, by); err != nil {
		return err // somebody is releasing it, in this process or another
	}
	return j.finish(ctx, r, db.Outcome{State: store.RunCancelled, Reason: "run.rejected",
		Args: store.Args{"name": by.Name, "reason": reason}, DeliveryDone: kept}, by)
}

// Undo takes a run's load back, as long as nothing later was built on it.
func (j *Jobs) Undo(ctx context.Context, runID string, by store.Actor) (rows int64, err error) {
	r, err := j.DB.Run(ctx, runID)
	if err != nil {
		return 0, err
	}
	if out, err := j.goesOut(ctx, r.IntegrationID); err != nil {
		return 0, err
	} else if out {
		return 0, store.E(store.Refused, "undo.sent", store.Args{"run": r.No})
	}
	if r, err = j.DB.BeginUndo(ctx, runID); err != nil {
		return 0, err
	}
	ctx = context.WithoutCancel(ctx)
	health, err := j.registry(ctx, r.RegistryID)
	if err == nil {
		rows, err = health.Undo(ctx, r.No, by)
	}
	if err != nil {
		return 0, errors.Join(err, j.DB.LeaveRun(ctx, r))
	}
	return rows, j.undone(ctx, r, rows, by)
}

// undone writes down that a run's load was taken back.
func (j *Jobs) undone(ctx context.Context, r *store.Run, rows int64, by store.Actor) error {
	j.log(ctx, r, store.LogWarn, store.StageDone, "run.undone", store.Args{"name": by.Name, "rows": rows})
	return j.insist(func() error { return j.DB.UndoneRun(ctx, r.ID, rows, by) })
}

// MayUndo tells whether a run's load can be taken back now.
func (j *Jobs) MayUndo(ctx context.Context, r *store.Run) (bool, error) {
	if r.State != store.RunSucceeded || !r.Loads() || r.Counts.Settled() == 0 {
		return false, nil
	}
	health, err := j.registry(ctx, r.RegistryID)
	if err != nil {
		return false, err
	}
	return health.MayUndo(ctx, r.No)
}

// SaveSchedule makes or changes the schedule of an integration. What fell due until now is judged by the schedule as it
// was. One that is on must pass the gate, also to be resumed; switching off and pausing are always allowed.
func (j *Jobs) SaveSchedule(ctx context.Context, s *store.Schedule, by store.Actor) error {
	if err := s.Validate(); err != nil {
		return err
	}
	if s.Expr != "" {
		if _, err := planner.Parse(s.Expr); err != nil {
			return err
		}
	}
	for _, id := range s.Calendars {
		if c, err := found(j.DB.Calendar(ctx, id)); err != nil {
			return err
		} else if c == nil {
			return store.FieldError("calendars", "calendar.not_found", nil)
		}
	}
	was, err := found(j.DB.Schedule(ctx, s.IntegrationID))
	if err != nil {
		return err
	}
	if pauses := was != nil && was.Enabled && s.Paused(j.Clock.Now()); s.Enabled && !pauses {
		answer, err := j.Gate(ctx, s.IntegrationID, store.AtSchedule)
		if err != nil {
			return err
		}
		if err := answer.Err(); err != nil {
			return err
		}
	}
	if s.ID == "" {
		err = j.DB.CreateSchedule(ctx, s, by)
	} else {
		_, err = j.DB.UpdateSchedule(ctx, s, j.plan(), by)
	}
	if err == nil {
		j.Wake()
	}
	return err
}

// SaveCalendar makes a calendar, or changes it when it has a Version. What fell due until now in the schedules that ask
// for it is judged by the calendar as it was.
func (j *Jobs) SaveCalendar(ctx context.Context, c *store.Calendar, by store.Actor) error {
	if c.Version == 0 {
		return j.DB.CreateCalendar(ctx, c, by)
	}
	err := j.DB.UpdateCalendar(ctx, c, j.plan(), by)
	if err == nil {
		j.Wake()
	}
	return err
}

// Kinds gives the kinds of outside systems there are connectors for, in the order of their table.
func (j *Jobs) Kinds() []store.Kind {
	var kinds []store.Kind
	for _, c := range j.conf.Connectors {
		kinds = append(kinds, c.Kind)
	}
	return kinds
}

// CheckConnection finds what is wrong with a connection's settings, by field: what its kind says, and that a folder
// that others write to lies beside the installation's own data, never in or around them.
func (j *Jobs) CheckConnection(c *store.Connection) error {
	k, ok := j.connectors[c.Kind]
	if !ok {
		return store.FieldError("kind", "connection.kind", store.Args{"kind": c.Kind})
	}
	if err := k.Kind.Validate(c.Settings); err != nil {
		return err
	}
	var bad store.FieldErrors
	for _, o := range k.Kind.Options {
		path := c.Settings[o.Name]
		if o.Kind != store.OptionPath || path == "" {
			continue
		}
		if !filepath.IsAbs(path) {
			bad.Add(o.Name, "connection.relative", nil)
		} else if within(j.Dir.Root, path) || within(path, j.Dir.Root) {
			bad.Add(o.Name, "connection.own_folder", nil)
		}
	}
	return bad.OrNil()
}

// within tells whether a path lies in a folder, or is it.
func within(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, "../")
}

// TestConnection tries a connection and says what is wrong with it, or nil.
func (j *Jobs) TestConnection(ctx context.Context, id string) error {
	c, err := j.DB.Connection(ctx, id)
	if err != nil {
		return err
	}
	if k := j.connectors[c.Kind]; k.OpenConsents != nil {
		src, err := k.OpenConsents(connector.Settings{Values: c.Settings, Clock: j.Clock, Network: j.network()})
		if err != nil {
			return err
		}
		return src.Test(ctx)
	}
	x, err := j.DB.System(ctx, c.SystemID)
	if err != nil {
		return err
	}
	if x.Role == store.Destination {
		to, err := j.destination(c)
		if err != nil {
			return err
		}
		return to.Test(ctx)
	}
	src, err := j.source(c, c.ID)
	if err != nil {
		return err
	}
	return src.Test(ctx)
}

// Dumped counts what a dump wrote.
type Dumped struct {
	Rows    int64 `json:"rows"`
	Persons int64 `json:"persons"`
}

// Dump writes what a registry holds now: its health data, and the persons that have rows, as two CSV files.
func (j *Jobs) Dump(ctx context.Context, registryID string, health, identity io.Writer, by store.Actor) (n Dumped, err error) {
	g, err := j.DB.Registry(ctx, registryID)
	if err != nil {
		return n, err
	}
	books, err := j.OwnCodebooks(ctx, registryID)
	if err != nil {
		return n, err
	}
	if len(books) == 0 {
		return n, store.E(store.NotFound, "codebook.not_found", nil)
	}
	// The log first: what leaves is known to have left, even if the file then fails.
	if err := j.DB.Record(ctx, store.AuditEntry{Action: "registry.dump", Kind: "registry", Object: g.ID, Registry: g.ID,
		Result: "ok"}, by); err != nil {
		return n, err
	}
	d, err := j.registry(ctx, g.ID)
	if err != nil {
		return n, err
	}
	fields, err := j.identityFields(ctx, g.ID)
	if err != nil {
		return n, err
	}
	var ids []string
	for _, c := range books {
		ids = append(ids, c.ID)
	}
	if n.Rows, err = d.Dump(ctx, health, &books[0]); err != nil {
		return n, err
	}
	n.Persons, err = pipeline.DumpIdentity(ctx, identity, j.vault, g.ID, d, ids, fields)
	return n, err
}

// identityFields gives the direct fields of the registry's mappings in use, by the names the source gives them.
func (j *Jobs) identityFields(ctx context.Context, registryID string) ([]store.Field, error) {
	list, err := j.DB.Integrations(ctx, db.IntegrationFilter{RegistryID: registryID})
	if err != nil {
		return nil, err
	}
	var fields []store.Field
	seen := map[store.Attribute]bool{}
	for _, i := range list {
		if i.MappingNo == 0 {
			continue
		}
		m, err := j.DB.MappingVersion(ctx, i.ID, i.MappingNo)
		if err != nil {
			return nil, err
		}
		for _, f := range m.Mapping.Source {
			if f.Is != "" && !seen[f.Is] {
				seen[f.Is] = true
				fields = append(fields, f)
			}
		}
	}
	return fields, nil
}
