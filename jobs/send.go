package jobs

import (
	"context"
	"errors"
	"slices"
	"time"

	"samband/jobs/connector"
	"samband/jobs/outgoing"
	"samband/jobs/pipeline"
	"samband/store"
	"samband/store/db"
	"samband/store/registrydb"
)

// outgoing tells whether the run sends what the registry holds.
func (a *attempt) outgoing() bool { return a.q.System != nil && a.q.System.Role == store.Destination }

// goesOut tells that of an integration.
func (j *Jobs) goesOut(ctx context.Context, integrationID string) (bool, error) {
	i, err := j.DB.Integration(ctx, integrationID)
	if err != nil {
		return false, err
	}
	m, err := j.DB.Method(ctx, i.MethodID)
	if err != nil {
		return false, err
	}
	x, err := j.DB.System(ctx, m.SystemID)
	return err == nil && x.Role == store.Destination, err
}

// OwnCodebooks gives the codebooks of a registry but for those that are a receiver's: what is only sent by them lies in no
// registry.
func (j *Jobs) OwnCodebooks(ctx context.Context, registryID string) ([]store.Codebook, error) {
	books, err := j.DB.Codebooks(ctx, registryID)
	if err != nil {
		return nil, err
	}
	list, err := j.DB.Integrations(ctx, db.IntegrationFilter{RegistryID: registryID})
	if err != nil {
		return nil, err
	}
	sent, own := map[string]bool{}, map[string]bool{}
	for i := range list {
		out, err := j.goesOut(ctx, list[i].ID)
		if err != nil {
			return nil, err
		}
		if out {
			sent[list[i].CodebookID] = true
		} else {
			own[list[i].CodebookID] = true
		}
	}
	return slices.DeleteFunc(books, func(c store.Codebook) bool { return sent[c.ID] && !own[c.ID] }), nil
}

// destination opens the destination of a connection.
func (j *Jobs) destination(c *store.Connection) (connector.Destination, error) {
	if k, ok := j.connectors[c.Kind]; ok && k.OpenDestination != nil {
		return k.OpenDestination(connector.Settings{Values: c.Settings, Clock: j.Clock, Network: j.network()})
	}
	return nil, store.E(store.Refused, "connection.kind", store.Args{"kind": c.Kind})
}

// sending gives what a sending of an integration needs to know, as it stands now.
func (j *Jobs) sending(ctx context.Context, q *store.GateQuestion) (outgoing.Job, error) {
	job := outgoing.Job{IntegrationID: q.Integration.ID, Mapping: q.Mapping.Mapping, Receiver: *q.Codebook,
		Limits: q.Integration.Limits, Tier: q.Kind.Tier, Clock: j.Clock}
	if q.Kind.Identity == store.LeavesApart {
		var err error
		if job.Halves, err = j.halves(q); err != nil {
			return job, err
		}
	}
	from, err := j.readBook(ctx, q.Registry.ID, &job.Mapping)
	if err != nil {
		return job, err
	}
	job.From = *from
	if job.Lists, err = j.lists(ctx, &job.Mapping); err != nil {
		return job, err
	}
	job.Registry, err = j.registry(ctx, q.Registry.ID)
	return job, err
}

// send carries what the registry holds to the receiver.
func (a *attempt) send(ctx context.Context) (pipeline.Result, error) {
	j, r := a.j, a.run
	if err := a.maySend(ctx); err != nil {
		return pipeline.Result{}, err
	}
	if err := a.enter(ctx); err != nil {
		return pipeline.Result{}, err
	}
	job, err := j.sending(ctx, &a.q)
	if err == nil { // what was sent stands in the registry
		err = j.checkBase(ctx, r.RegistryID)
	}
	if err != nil {
		return pipeline.Result{}, err
	}
	if r.Loads() {
		if job.Destination, err = j.destination(a.q.Connection); err != nil {
			return pipeline.Result{}, err
		}
	}
	reads, err := j.DB.NormalReads(ctx, r.IntegrationID, normalOf)
	if err != nil {
		return pipeline.Result{}, err
	}
	a.detail.Normal = store.NormalOn(r.When(), reads)
	if job.Halves != nil {
		job.Halves.ScopeHash, job.Halves.Mapping = r.ScopeHash, r.MappingNo
		if job.Halves.Consent, err = a.asks(ctx, job.Halves.Identities); err != nil {
			return pipeline.Result{}, err
		}
	}
	job.RunID, job.RunNo, job.Attempt, job.Made, job.DryRun = r.ID, r.No, r.Attempt, r.CreatedAt, !r.Loads()
	job.Normal, job.Approved, job.Guard = a.detail.Normal, a.approved, a.guard
	job.Observer = func(p store.Progress) { a.observe(Progress(p)) }
	job.Delivered = func(ctx context.Context, d store.Delivery) error {
		var now store.Run
		a.note(func() { r.Delivery = d; now = *r })
		return j.insist(func() error { return j.DB.ProgressRun(ctx, &now) })
	}
	res, err := outgoing.Run(ctx, job)
	if res.Transport != nil {
		a.note(func() { a.detail.Transport = res.Transport })
	}
	if res.Gone > 0 {
		j.log(ctx, r, store.LogInfo, store.StageExtract, "run.gone", store.Args{"n": res.Gone})
	}
	if res.Left != nil {
		j.Log.Error("a receiver's receipt was left", "run", r.ID, "error", res.Left)
		j.log(ctx, r, store.LogWarn, store.StageReport, "run.receipt_left", nil)
	}
	if a.approved && res.State == store.RunUnknown { // what was held can't end so; its reason has its records wait all the same
		res.State = store.RunSucceeded
	}
	return pipeline.Result{State: res.State, Reason: res.Reason, ReasonArgs: res.ReasonArgs, Counts: res.Counts,
		QuarantinedBy: res.QuarantinedBy, Delivery: res.Delivery, Would: res.Would}, db.Trouble(err)
}

// tellSent writes the line of the run's log about what was sent.
func (a *attempt) tellSent(ctx context.Context, c *store.Counts) {
	if a.run.Loads() {
		a.j.log(ctx, a.run, store.LogInfo, store.StageCommit, "run.sent", store.Args{"sent": c.Loaded, "unchanged": c.Unchanged})
	}
}

// unanswered lets a run that is to end with records that nobody knows the fate of end as unknown: a person reconciles it.
func (j *Jobs) unanswered(ctx context.Context, r *store.Run, o *db.Outcome) error {
	if r.State != store.RunRunning || o.State != store.RunFailed && o.State != store.RunRefused && o.State != store.RunCancelled {
		return nil
	}
	n, err := j.openOf(ctx, r)
	if err == nil && n > 0 {
		o.State, o.Reason, o.Args = store.RunUnknown, "run.unanswered", store.Args{"n": n}
	}
	return err
}

// openOf counts the records of a run that nobody knows the fate of; none of a run that loads.
func (j *Jobs) openOf(ctx context.Context, r *store.Run) (int64, error) {
	out, err := j.goesOut(ctx, r.IntegrationID)
	if err != nil || !out {
		return 0, err
	}
	health, err := j.registry(ctx, r.RegistryID)
	if err != nil {
		return 0, err
	}
	return health.CountOpen(ctx, r.IntegrationID, r.No)
}

// PreviewOutgoing tells what a run of an integration would send now.
func (j *Jobs) PreviewOutgoing(ctx context.Context, integrationID string) (*store.OutgoingPreview, error) {
	q, err := j.Question(ctx, integrationID, store.AtSave)
	if err != nil {
		return nil, err
	}
	if q.System == nil || q.System.Role != store.Destination || q.Mapping == nil || q.Codebook == nil || q.Kind == nil {
		return nil, store.E(store.Refused, "gate.no_mapping", nil)
	}
	job, err := j.sending(ctx, &q)
	if err != nil {
		return nil, err
	}
	job.DryRun = true
	res, err := outgoing.Run(ctx, job)
	if err != nil {
		return nil, err
	}
	p := &store.OutgoingPreview{Counts: res.Counts, QuarantinedBy: res.QuarantinedBy, Gone: res.Gone, Rows: res.Rows, At: j.Clock.Now()}
	for _, v := range job.Receiver.Variables {
		if job.Mapping.Rule(v.Name) != nil {
			p.Fields = append(p.Fields, v.Name)
		}
	}
	return p, nil
}

// refusedShown is how many refused and held-back records a page shows.
const refusedShown = 100

// Outbox tells where the records of an integration stand with its receiver.
func (j *Jobs) Outbox(ctx context.Context, integrationID string) (*store.Outbox, error) {
	i, err := j.DB.Integration(ctx, integrationID)
	if err != nil {
		return nil, err
	}
	health, err := j.registry(ctx, i.RegistryID)
	if err != nil {
		return nil, err
	}
	return health.Outbox(ctx, i.ID, refusedShown)
}

// askFor is how long a receiver is given to say what it holds: somebody waits for the page.
const askFor = 10 * time.Second

// OpenRecords gives the records of a run that nobody knows the fate of, and what the receiver says of the first of them
// when it can be asked. That it can't, or does not answer, is no error: people can ask it too.
func (j *Jobs) OpenRecords(ctx context.Context, r *store.Run) (*store.OpenRecords, error) {
	health, err := j.registry(ctx, r.RegistryID)
	if err != nil {
		return nil, err
	}
	list, err := health.OpenSent(ctx, r.IntegrationID, r.No)
	if err != nil || len(list) == 0 {
		return &store.OpenRecords{}, err
	}
	o := &store.OpenRecords{Total: len(list), First: list[:min(len(list), store.OpenShown)]}
	q, err := j.Question(ctx, r.IntegrationID, store.AtSave)
	if err != nil || q.Connection == nil {
		return o, err
	}
	says, err := j.lookup(ctx, q.Connection, o.First)
	switch {
	case err != nil:
		j.Log.Warn("a receiver could not be asked what it holds", "run", r.ID, "error", err)
		o.Problem = err
		if store.ClassOf(err) == store.Internal {
			o.Problem = store.E(store.Unavailable, "reconcile.no_answer", nil)
		}
	case says != nil:
		o.Held = make(map[string]bool, len(says))
		for i := range o.First {
			hash, there := says[o.First[i].Key]
			o.Held[o.First[i].Key] = there && (hash == "" || hash == o.First[i].Hash)
		}
	}
	return o, nil
}

// lookup asks the receiver of a connection under which hash it holds some records; nil when it can't be asked.
func (j *Jobs) lookup(ctx context.Context, c *store.Connection, list []store.Sent) (map[string]string, error) {
	to, err := j.destination(c)
	if err != nil {
		return nil, err
	}
	asker, ok := to.(connector.Asker)
	if !ok {
		return nil, nil
	}
	keys := make([]string, len(list))
	for i := range list {
		keys[i] = list[i].Key
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	says, err := asker.Lookup(ctx, keys)
	if says == nil && err == nil {
		says = map[string]string{}
	}
	return says, err
}

// ReconcileRecords settles records of a run by what a person found out: by key, and the others by rest, which may be ""
// for none. When none is left without an answer the run ends. The log has the reason and the numbers first.
func (j *Jobs) ReconcileRecords(ctx context.Context, runID string, found map[string]store.Reconciled, rest store.Reconciled,
	reason string, by store.Actor) error {
	r, err := j.DB.Run(ctx, runID)
	if err != nil {
		return err
	}
	if !r.State.Ended() {
		return store.E(store.Conflict, "reconcile.running", store.Args{"run": r.No})
	}
	health, err := j.registry(ctx, r.RegistryID)
	if err != nil {
		return err
	}
	list, err := health.OpenSent(ctx, r.IntegrationID, r.No)
	if err != nil {
		return err
	}
	n := map[store.Reconciled]int64{}
	var settled []store.Sent
	for _, s := range list {
		how := rest
		if f, ok := found[s.Key]; ok {
			how = f
		}
		if how == "" {
			continue
		}
		s.Reconcile(how)
		n[how]++
		settled = append(settled, s)
	}
	if len(settled) == 0 {
		return store.E(store.Conflict, "reconcile.nothing", store.Args{"run": r.No})
	}
	unknown := r.State == store.RunUnknown
	if unknown {
		if r, err = j.DB.TakeRun(ctx, r.ID, r.Attempt, by); err != nil {
			return err // somebody else is at it
		}
	}
	err = j.reconciled(ctx, r, health, settled, n, len(list) == len(settled), reason, by)
	if unknown && r.State == store.RunUnknown {
		err = errors.Join(err, j.DB.LeaveRun(context.WithoutCancel(ctx), r))
	}
	return err
}

func (j *Jobs) reconciled(ctx context.Context, r *store.Run, health *registrydb.DB, settled []store.Sent,
	n map[store.Reconciled]int64, all bool, reason string, by store.Actor) error {
	args := store.Args{"no": r.No, "integration": r.IntegrationID, "arrived": n[store.Arrived], "not_arrived": n[store.NotArrived],
		"send_again": n[store.SendAgain], "reason": reason}
	if err := j.DB.Record(ctx, store.AuditEntry{Action: "run.reconcile", Kind: "run", Object: r.ID, Registry: r.RegistryID,
		Result: "ok", Details: args}, by); err != nil {
		return err
	}
	if err := health.PutSent(ctx, registrydb.Sender{RunID: r.ID, Token: r.Attempt, IntegrationID: r.IntegrationID}, settled); err != nil {
		return err
	}
	missing := n[store.NotArrived] + n[store.SendAgain]
	j.log(ctx, r, store.LogWarn, store.StageReport, "run.reconcile", store.Args{"name": by.Name, "arrived": n[store.Arrived], "missing": missing})
	if !r.AwaitsReceiver() || !all {
		return nil
	}
	due, err := health.CountDue(ctx, r.IntegrationID, r.No)
	if err != nil {
		return err
	}
	state, code, args := r.Settle(due)
	if r.State == store.RunSucceeded { // it was held and released, and stays what it is
		return j.DB.ReconciledRun(ctx, r, args, by)
	}
	return j.finish(ctx, r, db.Outcome{State: state, Reason: code, Args: args}, by)
}
