package jobs

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"samband/jobs/connector"
	"samband/jobs/mapping"
	"samband/jobs/pipeline"
	"samband/store"
	"samband/store/db"
	"samband/store/registrydb"
)

// Progress is how far a run has come.
type Progress = pipeline.Progress

// running knows the runs at work in this process, so that they can be cancelled.
type running struct {
	mu     sync.Mutex
	cancel map[string]context.CancelCauseFunc
}

func (r *running) add(id string, cancel context.CancelCauseFunc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cancel[id] = cancel
}

func (r *running) remove(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.cancel, id)
}

func (r *running) has(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cancel[id] != nil
}

func (r *running) stop(id string, why error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if cancel := r.cancel[id]; cancel != nil {
		cancel(why)
	}
}

// Why a run's context ended. ErrCancelled is the cause when somebody asked it to stop, or whoever waited for it has gone.
// A process that closes ends runs without a word: they start over when it opens again.
var (
	ErrCancelled = store.E(store.Refused, "run.cancelled", nil)
	errLost      = store.E(store.Conflict, "run.lost", nil)
)

// registries are the open files of registries. A file has one writer at a time; runs into the same registry take turns.
type registries struct {
	mu   sync.Mutex
	open map[string]*registrydb.DB
}

func (j *Jobs) registry(ctx context.Context, id string) (*registrydb.DB, error) {
	j.registries.mu.Lock()
	defer j.registries.mu.Unlock()
	if d := j.registries.open[id]; d != nil {
		return d, nil
	}
	d, err := registrydb.Open(context.WithoutCancel(ctx), j.registryAt(id, j.conf.DatabaseURL))
	if err != nil {
		return nil, db.Trouble(err)
	}
	j.registries.open[id] = d
	return d, nil
}

// registryAt says where a registry is on the server at url, or in its file when that is empty.
func (j *Jobs) registryAt(id, url string) registrydb.Options {
	return registrydb.Options{Path: j.Dir.Registry(id), URL: url, Registry: id, Temp: j.Dir.Temp(), Clock: j.Clock, Limit: j.limit}
}

func (r *registries) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, d := range r.open {
		d.Close()
	}
}

// Execute carries out a run that the queue hands over. Whatever comes of it stands in the run's own row; an error means
// that not even that could be written, or that the process is closing.
func (j *Jobs) Execute(ctx context.Context, runID string) error {
	r, err := j.DB.Run(ctx, runID)
	if err != nil || r.State != store.RunDue && !r.Waiting() {
		return err // nothing left to do: a job that came twice, or a run that was cancelled
	}
	_, err = j.execute(ctx, r, attempt{})
	if code := store.CodeOf(err); code == "run.transition" || code == "run.lost" {
		return nil // another process was quicker, or somebody cancelled it
	}
	return err
}

// RunRequest asks for a run now, outside the queue.
type RunRequest struct {
	IntegrationID string
	// Input is a file to read in place of the source's delivery; "" for the source's own.
	Input    string
	DryRun   bool
	By       store.Actor
	Progress func(Progress) // told how far the run is; nil for nobody
}

// RunNow carries out a run at once and gives it as it ended. A run that is refused or fails is no error. When ctx ends
// with ErrCancelled as its cause the run is cancelled.
func (j *Jobs) RunNow(ctx context.Context, req RunRequest) (*store.Run, error) {
	i, err := j.DB.Integration(ctx, req.IntegrationID)
	if err != nil {
		return nil, err
	}
	var input connector.Delivery
	open := func(ctx context.Context) (connector.Delivery, error) { return j.openInput(ctx, req.Input) }
	if req.Input != "" {
		if input, err = open(ctx); err != nil {
			return nil, err
		}
		defer input.Close()
	}
	r := &store.Run{IntegrationID: i.ID, Trigger: store.TriggerShell, DryRun: req.DryRun}
	if err := j.DB.CreateRun(ctx, r, req.By); err != nil {
		return nil, err
	}
	return j.execute(ctx, r, attempt{input: input, again: open, watch: req.Progress})
}

// execute takes a run that is due, or waits for its next attempt, from the gate to its end. a says what it reads and who
// watches.
func (j *Jobs) execute(ctx context.Context, r *store.Run, a attempt) (*store.Run, error) {
	by := actorOf(r)
	if turn, err := j.inTurn(ctx, r); err != nil || !turn {
		return r, err
	}
	q, err := j.Question(ctx, r.IntegrationID, store.AtRun)
	if err != nil {
		return nil, err
	}
	answer := store.Gate(q)
	r.ScopeHash = answer.ScopeHash
	if q.Approval != nil {
		r.ApprovalID = q.Approval.ID
	}
	r.MappingNo = q.Integration.MappingNo
	if !answer.OK() {
		e := answer.Refusals[0]
		return r, j.finish(ctx, r, db.Outcome{State: store.RunRefused, Reason: e.Code, Args: e.Args}, by)
	}
	if r.Trigger == store.TriggerSchedule && r.State == store.RunDue {
		if start, err := j.turn(ctx, r, by); !start {
			return r, err
		}
	}
	started, err := j.DB.StartRun(ctx, r.ID, by)
	if store.CodeOf(err) == "run.overlap" {
		return j.overlap(ctx, r, by)
	}
	if store.ClassOf(err) == store.Refused { // a move has come between the question and the start
		return r, j.finish(ctx, r, db.Outcome{State: store.RunRefused, Reason: store.CodeOf(err), Args: argsOf(err)}, by)
	}
	if err != nil {
		return nil, err
	}
	started.ScopeHash, started.ApprovalID, started.MappingNo, started.Stage = r.ScopeHash, r.ApprovalID, r.MappingNo, store.StageGate
	r = started
	a.j, a.run, a.q, a.by, a.warnings = j, r, q, by, answer.Warnings
	return j.attempt(ctx, &a)
}

// actorOf names who a run is carried out for in the log.
func actorOf(r *store.Run) store.Actor {
	if r.Trigger == store.TriggerSchedule {
		return store.ScheduleActor()
	}
	return store.Actor{Name: r.Actor}
}

// overlap settles a run that was not started because the one before still goes. One that waits stays due, and is handed
// over again when that has ended.
func (j *Jobs) overlap(ctx context.Context, r *store.Run, by store.Actor) (*store.Run, error) {
	if r.Trigger == store.TriggerShell { // nobody carries it out later: whoever asked is told
		return r, j.finish(ctx, r, db.Outcome{State: store.RunSkipped, Reason: store.ReasonOverlap}, by)
	}
	return r, nil
}

// attempt is one attempt at a run that this process holds.
type attempt struct {
	j        *Jobs
	run      *store.Run
	q        store.GateQuestion
	by       store.Actor
	input    connector.Delivery
	again    func(context.Context) (connector.Delivery, error) // opens input once more; nil without input
	watch    func(Progress)
	approved bool   // a person has looked at what was held and lets it load
	release  string // the person's reason
	outcome  *db.Outcome
	accept   bool // what was held is the new normal
	baseline *store.Baseline
	detail   store.RunDetail
	warnings []*store.Error

	retry   *store.RetryPolicy
	entered []string // hosts that were let through to

	stage store.Stage // last told
	head  int64       // of the log, when guard last found everything as it should be
}

// attempt carries out what an attempt is for and settles the run. When the process is closing the run is left as it
// is: it goes on in another process, or at the next start.
func (j *Jobs) attempt(ctx context.Context, a *attempt) (*store.Run, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	j.running.add(a.run.ID, cancel)
	defer j.running.remove(a.run.ID)
	j.log(ctx, a.run, store.LogInfo, store.StageGate, "run.started", store.Args{"scope": brief(a.run.ScopeHash)})
	for _, w := range a.warnings {
		j.log(ctx, a.run, store.LogWarn, store.StageGate, w.Code, w.Args)
	}
	inTime, err := a.limit(ctx, cancel)
	if err != nil {
		return a.run, err
	}
	a.remember(ctx)
	stop := j.follow(ctx, a.run, cancel)
	res, d, err := a.load(ctx)
	stop()
	inTime()
	end := context.WithoutCancel(ctx)
	cause := context.Cause(ctx)
	if errors.Is(cause, errTimeout) && res.State != store.RunSucceeded && res.State != store.RunHeld {
		late := store.E(store.Unavailable, "run.timeout", store.Args{"limit": a.retry.Timeout})
		res.State, res.Reason, res.ReasonArgs = store.RunFailed, late.Code, late.Args
	} else if errors.Is(cause, ErrCancelled) && err != nil && res.State == "" { // before the pipeline took over
		res.State = store.RunCancelled
	} else if ctx.Err() != nil && !errors.Is(cause, ErrCancelled) && res.State != store.RunSucceeded && res.State != store.RunHeld {
		if d != nil {
			d.Close()
		}
		if !errors.Is(cause, errLost) {
			a.giveBack(end, "run.paused", 0)
		}
		return a.run, cause
	}
	settled := false
	if code := store.CodeOf(err); code == "registry.commit_unknown" || code == "registry.loaded_already" {
		if settled, err = a.committed(end, err); settled && err != nil {
			return a.run, err
		}
	}
	if !settled && j.conf.DatabaseURL != "" && res.State == store.RunFailed && a.run.Trigger != store.TriggerShell && db.Away(err) {
		if d != nil {
			d.Close()
		}
		a.giveBack(end, "run.database_away", awayPause)
		return a.run, nil
	}
	if ctx.Err() == nil {
		a.answered(end, err)
	}
	if err != nil && ctx.Err() == nil && !settled {
		off, err := a.putOff(end, err)
		if off && d != nil {
			d.Close()
		}
		if off || err != nil {
			return a.run, err
		}
	}
	if !settled {
		if err := a.settle(end, res, err); err != nil {
			return a.run, err
		}
	}
	if d != nil {
		a.putAway(end, d)
	}
	j.dropSpool(a.run)
	return a.run, nil
}

// followEvery is how often a run looks whether somebody has asked it to stop, and tells how far it is.
const followEvery = 500 * time.Millisecond

// follow writes the run's progress to its row while it goes on, by which it keeps its lease, and stops it when its row
// says so.
func (j *Jobs) follow(ctx context.Context, r *store.Run, cancel context.CancelCauseFunc) (stop func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		t := time.NewTicker(followEvery)
		defer t.Stop()
		until := r.LeaseUntil
		for {
			select {
			case <-done:
				return
			case <-ctx.Done():
				return
			case <-t.C:
			}
			j.running.mu.Lock()
			now := *r // the observer writes under the same lock
			j.running.mu.Unlock()
			err := j.DB.ProgressRun(ctx, &now)
			if err == nil {
				until = now.LeaseUntil
			}
			switch {
			case store.CodeOf(err) == "run.lost", err != nil && !j.Clock.Now().Before(until):
				cancel(errLost) // taken by another, or free to be: this process can't say that it is at work
			case err == nil && now.CancelBy != "":
				j.running.mu.Lock()
				r.CancelBy = now.CancelBy
				j.running.mu.Unlock()
				cancel(ErrCancelled)
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

// load finds the delivery and carries it through the pipeline. The delivery is open when it is given.
func (a *attempt) load(ctx context.Context) (pipeline.Result, connector.Delivery, error) {
	j, r := a.j, a.run
	d := a.input
	a.reach(store.StageExtract)
	a.note(func() { r.Stage = store.StageExtract })
	if a.outgoing() {
		res, err := a.send(ctx)
		return res, nil, err
	}
	if d == nil {
		err := a.enter(ctx)
		if err == nil {
			d, err = a.find(ctx)
		}
		if err != nil || d == nil {
			return pipeline.Result{}, nil, err
		}
	}
	info := d.Info()
	a.note(func() { r.Delivery = info })
	j.log(ctx, r, store.LogInfo, store.StageExtract, "run.delivery",
		store.Args{"name": info.Name, "bytes": info.Bytes, "encoding": info.Encoding})
	health, err := j.registry(ctx, r.RegistryID)
	if err == nil {
		err = j.checkBase(ctx, r.RegistryID)
	}
	if err != nil {
		return pipeline.Result{}, d, err
	}
	reads, err := j.DB.NormalReads(ctx, r.IntegrationID, normalOf)
	if err != nil {
		return pipeline.Result{}, d, err
	}
	a.detail.Normal = store.NormalOn(r.When(), reads)
	if a.baseline, err = found(j.DB.Baseline(ctx, r.IntegrationID)); err != nil {
		return pipeline.Result{}, d, err
	}
	if a.baseline != nil {
		a.detail.Against = a.baseline.RunNo
	}
	spread, err := j.compared(ctx, r)
	if err != nil {
		return pipeline.Result{}, d, err
	}
	lists, err := j.lists(ctx, &a.q.Mapping.Mapping)
	if err != nil {
		return pipeline.Result{}, d, err
	}
	var res pipeline.Result
	for tries := 1; ; tries++ {
		res, err = a.carry(ctx, d, health, lists, spread)
		if store.CodeOf(err) != "consent.changed" || tries == consentTries {
			break
		}
		j.log(ctx, r, store.LogWarn, store.StageDecide, "run.consent_changed", nil)
		again, err := a.reopen(ctx)
		if err != nil || again == nil {
			return pipeline.Result{}, d, err
		}
		d.Close()
		d = again
	}
	if err = db.Trouble(err); res.State == store.RunFailed {
		res.Reason, res.ReasonArgs = store.CodeOf(err), argsOf(err)
		if res.Reason == "internal" { // no error of ours: the pipeline has the word for it
			res.Reason = "run.failed"
		}
	}
	return res, d, err
}

// carry takes a delivery through the pipeline, with people's choices as they stand now.
func (a *attempt) carry(ctx context.Context, d connector.Delivery, health *registrydb.DB, lists mapping.Lists, spread bool) (pipeline.Result, error) {
	j, r := a.j, a.run
	view, err := a.choices(ctx)
	if err != nil {
		return pipeline.Result{}, err
	}
	return pipeline.Run(ctx, pipeline.Job{RunID: r.ID, RunNo: r.No, Attempt: r.Attempt, IntegrationID: r.IntegrationID,
		RegistryID: r.RegistryID, ScopeHash: r.ScopeHash, MappingNo: r.MappingNo, Mapping: a.q.Mapping.Mapping,
		Codebook: *a.q.Codebook, Lists: lists, Limits: a.q.Integration.Limits, Normal: a.detail.Normal,
		Baseline: a.baseline, Approved: a.approved,
		DryRun: !r.Loads(), Spread: spread, Idents: j.idents(&a.q), Issuer: a.q.System.ID, Delivery: d, Registry: health, Vault: j.vault,
		Consent: view, Consents: j.consents, Clock: j.Clock, Observer: a.observe, Guard: a.guard, Seen: a.seen})
}

// normalOf is how many successful runs are looked at to tell the normal row count: enough that each day of the week is
// there for a month and more when there is a run a day.
const normalOf = 60

// note changes the run's row in memory; follow reads it from another goroutine.
func (a *attempt) note(change func()) {
	a.j.running.mu.Lock()
	defer a.j.running.mu.Unlock()
	change()
}

func (a *attempt) observe(p Progress) {
	a.note(func() { a.run.Stage, a.run.Counts = p.Stage, p.Counts })
	if a.watch != nil {
		a.watch(p)
	}
	a.reach(p.Stage)
	a.j.progress.set(a.run.ID, p)
}

// mayLoad refuses a run that was to load when it began and whose integration has become a shadow, because the switch of
// its move was undone.
func mayLoad(q *store.GateQuestion, r *store.Run) error {
	if q.Move != nil && q.Move.ShadowOf(r.IntegrationID) && r.Loads() {
		return store.E(store.Refused, "run.move_undone", nil)
	}
	return nil
}

// guard refuses to go on when the approval that the run started under no longer stands, or something else that the gate
// asks about has changed. Nothing changes without an entry in the log, so the whole is asked only when the log has grown.
// Days are judged as at the start: a run that was let in may finish.
//
// A database that is away is waited for, as long as the lease lasts: follow ends ctx then.
func (a *attempt) guard(ctx context.Context) error {
	for {
		err := a.stands(ctx)
		if store.ClassOf(err) != store.Unavailable {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(followEvery):
		}
	}
}

func (a *attempt) stands(ctx context.Context) error {
	j := a.j
	head, err := j.DB.AuditHead(ctx)
	if err != nil || head == a.head {
		return err
	}
	now, err := j.DB.Run(ctx, a.run.ID)
	switch {
	case err != nil:
		return err
	case now.Attempt != a.run.Attempt || now.State.Final():
		return errLost
	}
	p, err := found(j.DB.Approval(ctx, a.run.ApprovalID))
	if err != nil {
		return err
	}
	if p != nil && p.State == store.AppRevoked {
		return store.E(store.Refused, "run.approval_revoked", store.Args{"name": p.DecidedName, "at": p.DecidedAt})
	}
	q, err := j.Question(ctx, a.run.IntegrationID, store.AtRun)
	if err != nil {
		return err
	}
	q.At = a.q.At
	answer := store.Gate(q)
	if err := answer.Err(); err != nil {
		return err
	}
	if err := mayLoad(&q, a.run); err != nil {
		return err
	}
	if answer.ScopeHash != a.run.ScopeHash {
		return store.E(store.Refused, "run.scope_changed", nil)
	}
	a.head = head
	return nil
}

// settle writes how the run ended. Whatever is in res is whole, also after an error.
func (a *attempt) settle(ctx context.Context, res pipeline.Result, err error) error {
	j, r := a.j, a.run
	defer j.progress.remove(r.ID)
	if a.outcome != nil { // no delivery: find has said what comes of the run
		return j.finish(ctx, r, *a.outcome, a.by)
	}
	if err != nil && res.State == "" { // before the pipeline took over
		res.State, res.Reason, res.ReasonArgs = store.RunFailed, store.CodeOf(err), argsOf(err)
		if store.ClassOf(err) == store.Refused {
			res.State = store.RunRefused
		}
		var b *connector.Broken
		if errors.As(err, &b) {
			r.Delivery = b.Delivery
		}
	}
	if err != nil && store.ClassOf(err) == store.Internal {
		j.Log.Error("run failed", "run", r.ID, "no", r.No, "error", err)
	}
	if res.State == store.RunCancelled {
		res.Reason, res.ReasonArgs = "run.cancelled", store.Args{"name": cmp.Or(r.CancelBy, a.by.Name)}
	}
	counts, by := r.Counts, r.QuarantinedBy
	r.Counts, r.QuarantinedBy = res.Counts, res.QuarantinedBy
	a.tell(ctx, &res)
	if err := a.learn(ctx, &res); err != nil {
		return err
	}
	if a.approved && res.State != store.RunSucceeded { // it came to nothing: the run is held as before
		r.Counts, r.QuarantinedBy = counts, by
		return errors.Join(err, j.DB.LeaveRun(ctx, r))
	}
	if !a.outgoing() && (res.State == store.RunSucceeded && !r.DryRun || res.State == store.RunHeld) {
		res.Report.RunID, res.Report.RunNo = r.ID, r.No
		if err := j.insist(func() error { return j.DB.SaveReport(ctx, &res.Report) }); err != nil {
			return err
		}
	}
	if res.Spread != nil && res.State == store.RunSucceeded {
		if err := j.insist(func() error { return j.DB.SaveDistribution(ctx, distributionOf(r, &res)) }); err != nil {
			return err
		}
	}
	if a.approved && res.State == store.RunSucceeded && res.Reason == "" {
		res.Reason, res.ReasonArgs = "run.released", store.Args{"name": a.by.Name, "reason": a.release}
	}
	o := db.Outcome{State: res.State, Reason: res.Reason, Args: res.ReasonArgs,
		DeliveryDone: !a.outgoing() && !r.DryRun && res.State == store.RunSucceeded}
	if r.DryRun && res.State == store.RunSucceeded {
		o.Reason = "run.dry"
	}
	if r.Shadow && res.State == store.RunSucceeded {
		o.Reason = "run.shadow"
	}
	if res.Would != nil && res.State == store.RunSucceeded {
		o.Reason, o.Args = res.Would.Code, res.Would.Args
	}
	r.Stage = store.StageDone
	switch {
	case res.State == store.RunHeld:
		r.Stage = store.StageDecide
	case res.State != store.RunSucceeded && a.stage != "":
		r.Stage = a.stage
	}
	return j.finish(ctx, r, o, a.by)
}

// tell writes the lines of the run's log that come from what it found.
func (a *attempt) tell(ctx context.Context, res *pipeline.Result) {
	j, r := a.j, a.run
	if len(res.Unused) > 0 {
		j.log(ctx, r, store.LogInfo, store.StageExtract, "run.columns", store.Args{"columns": res.Unused})
	}
	for _, k := range a.q.Mapping.Mapping.Checks {
		if n := res.QuarantinedBy[k.Reason]; n > 0 {
			words := k.Text
			if words == "" {
				words = k.Reason
			}
			j.log(ctx, r, store.LogWarn, store.StageExtract, "run.reason", store.Args{"n": n, "reason": words})
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(res.QuarantinedBy)) {
		if store.OwnReason(reason) {
			j.log(ctx, r, store.LogWarn, store.StageExtract, "run.reason",
				store.Args{"n": res.QuarantinedBy[reason], "reason": store.Code("reason." + reason)})
		}
	}
	a.tellDrift(ctx, &res.Drift)
	if n := res.Counts.Merged; n > 0 {
		j.log(ctx, r, store.LogInfo, store.StageDecide, "run.merged", store.Args{"n": n})
	}
	switch res.State {
	case store.RunSucceeded:
		if r.Shadow {
			j.log(ctx, r, store.LogInfo, store.StageDecide, "run.shadow", nil)
		}
		if res.Would != nil {
			j.log(ctx, r, store.LogWarn, store.StageDecide, res.Would.Code, res.Would.Args)
		}
		if a.outgoing() {
			a.tellSent(ctx, &res.Counts)
		} else if r.Loads() {
			j.log(ctx, r, store.LogInfo, store.StageCommit, "run.loaded",
				store.Args{"loaded": res.Counts.Loaded, "unchanged": res.Counts.Unchanged})
		}
	case store.RunHeld:
		j.log(ctx, r, store.LogWarn, store.StageDecide, res.Reason, res.ReasonArgs)
	default:
		j.log(ctx, r, store.LogError, a.stage, res.Reason, res.ReasonArgs)
		if a.input == nil && r.Delivery.Name != "" && !a.outgoing() {
			j.log(ctx, r, store.LogWarn, a.stage, "run.stays", store.Args{"name": r.Delivery.Name})
		}
	}
}

// finish ends a run, and counts it.
func (j *Jobs) finish(ctx context.Context, r *store.Run, o db.Outcome, by store.Actor) error {
	if err := j.unanswered(ctx, r, &o); err != nil {
		return err
	}
	if err := j.insist(func() error { return j.DB.FinishRun(ctx, r, o, by) }); err != nil {
		return err
	}
	j.metrics.ended(r)
	if r.BackfillID != "" {
		if err := j.settleBackfills(ctx); err != nil {
			j.Log.Error("a backfill was not settled", "run", r.ID, "error", err) // the chore will
		}
		j.Wake()
	}
	if !r.StartedAt.IsZero() && !r.DryRun {
		j.next(ctx, r)
	}
	return nil
}

// log writes a line to the run's own log. A line that can't be written must not fail the run.
func (j *Jobs) log(ctx context.Context, r *store.Run, level store.LogLevel, stage store.Stage, code store.Code, args store.Args) {
	l := store.LogLine{Level: level, Stage: stage, Code: code, Args: args}
	if err := j.DB.AppendLog(context.WithoutCancel(ctx), r.No, l); err != nil {
		j.Log.Error("a line of a run's log is lost", "run", r.ID, "code", code, "error", err)
	}
}

func argsOf(err error) store.Args {
	var e *store.Error
	if errors.As(err, &e) {
		return e.Args
	}
	return nil
}

// brief gives the first digits of a hash, for people.
func brief(hash string) string { return hash[:min(12, len(hash))] }
