// Package pipeline carries one delivery into a registry: read, split, map, check, resolve, hold or load, report. Memory
// does not grow with the delivery, every row has one counted outcome, and the load is one transaction per file, whose
// commits are the switch: the vault's first, then the registry's. Until then nothing has taken place.
//
// The work runs in stages with bounded channels between: one reader, mappers, one goroutine that asks the vault, and
// one that writes health data. Batches are used again.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"samband/jobs/connector"
	"samband/jobs/mapping"
	"samband/jobs/privacy"
	"samband/jobs/quality"
	"samband/store"
	"samband/store/registrydb"
	"samband/store/vault"
	"samband/store/vault/consent"
)

// Job is what a run needs to know, as plain values.
type Job struct {
	RunID         string
	RunNo         int64
	Attempt       int // what is written in its name is refused once a later one has taken the run over
	IntegrationID string
	RegistryID    string
	ScopeHash     string
	MappingNo     int
	Mapping       store.Mapping
	Codebook      store.Codebook
	Lists         mapping.Lists // the national lists that the mapping pins
	Limits        store.Limits
	Normal        int64 // normal row count, see store.NormalOn
	// Baseline is what deliveries usually look like; nil when there is nothing to hold this one against.
	Baseline *store.Baseline
	// Approved tells that a person has looked at a held run and lets it load: limits do not hold it again.
	Approved bool
	// DryRun goes all the way and then rolls back; nothing is kept, findings neither. There is nothing to decide about then,
	// so limits hold it never: Result.Would says that they would.
	DryRun bool
	// Spread asks for the distribution of the accepted rows' values. It costs time, so only runs that are compared with
	// another integration's ask.
	Spread bool
	// Idents says how person numbers are checked; the mapping's PersonRule can make it classic. Issuer gave out the
	// H-numbers of this source.
	Idents store.IdentRules
	Issuer string

	Delivery connector.Delivery
	Registry *registrydb.DB
	Vault    *vault.Vault
	// Consent is what people's choices say of the registry's data, and Consents where they are asked again before the
	// commit; nil where none has a say. Unavailable "consent.changed" tells that somebody in the delivery has withdrawn
	// meanwhile: nothing was loaded, and the delivery is to be read again.
	Consent  *consent.View
	Consents *consent.Store
	Clock    store.Clock
	// Observer is told how far the run is, at most ten times a second and at each new stage; nil for nobody.
	Observer func(Progress)
	// Guard, when set, is asked before each batch is written, before a run is held and last before the commit: an error
	// ends the run with nothing loaded (an approval that was revoked). It is asked often, so it must be quick when
	// nothing has changed.
	Guard func(context.Context) error
	// Seen, when set, is told what the run came to right before it is held or loaded: who dies after that has then not
	// taken along what the delivery looked like. An error ends the run with nothing loaded.
	Seen func(context.Context, *Result) error
}

// Progress is how far a run is.
type Progress = store.Progress

// Result is what became of a run. It is whole for every state.
type Result struct {
	State         store.RunState // succeeded, held, refused, failed or cancelled
	Reason        store.Code
	ReasonArgs    store.Args
	Counts        store.Counts
	QuarantinedBy map[string]int64
	Report        store.QualityReport
	Delivery      store.Delivery
	// Unused names the columns that are delivered and classed but that no rule reads.
	Unused []string
	// Shape is what the delivery looked like, and Drift how that differs from the baseline; nil and empty when no column of
	// it was read.
	Shape *store.Shape
	Drift store.ShapeDrift
	// Would is why a real run would be held, in words of its own; nil when it would not, and for a run that may load.
	Would *store.Error
	// Changed counts the loaded rows that took the place of another.
	Changed int64
	// Spread is the distribution that the job asked for, of Rows accepted rows.
	Spread []store.Spread
	Rows   int64
}

// Run carries the delivery into the registry. The error is the cause when the state is refused, failed or cancelled;
// nothing was loaded then. The delivery is neither told that it is loaded nor closed: the caller does both, once the
// run's own row is written.
//
// When ctx ends the run stops within 2 s, unless it is already committing.
func Run(ctx context.Context, j Job) (Result, error) {
	r := &run{job: &j, began: j.Clock.Now(), broken: map[string]int64{}, missed: map[missed]int64{}}
	err := safely(func() error { return r.run(ctx) })
	r.rollback()
	res := r.result()
	if err != nil {
		var e *store.Error
		if !errors.As(err, &e) {
			e = &store.Error{Class: store.Internal, Code: "run.failed", Err: err}
		}
		res.State, res.Reason, res.ReasonArgs = store.RunFailed, e.Code, e.Args
		switch {
		case ctx.Err() != nil:
			res.State, res.Reason, res.ReasonArgs = store.RunCancelled, "run.cancelled", nil
		case e.Class == store.Refused || e.Class == store.Forbidden:
			res.State = store.RunRefused
		}
		return res, err
	}
	return res, nil
}

// safely turns a panic into an error: nothing here may take the process down. The text of a panic could hold a value of
// a row, so only its type is kept.
func safely(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("pipeline: panic of type %T", p)
		}
	}()
	return f()
}

type run struct {
	job     *Job
	began   time.Time
	split   *privacy.Splitter
	program *mapping.Program
	rules   store.IdentRules
	health  *registrydb.Tx
	persons *vault.Tx
	layout  *registrydb.Layout
	events  []int // slots of the event dates
	days    []*quality.Days
	clock   quality.Clock

	collecting sync.Mutex
	spreads    []*quality.Spreads // of each mapper; drawn together in spread, of so many rows, when the result is asked for
	spread     []store.Spread
	accepted   int64
	shapes     []*quality.Shapes    // of each mapper
	checks     []*privacy.SelfCheck // of each mapper
	translated []store.CodeField
	columns    []string  // of the delivery, as it came
	narrowed   *narrowed // nil when the mapping classes all of them
	shape      *store.Shape
	drift      store.ShapeDrift
	changed    int64

	counts         store.Counts
	choices        *consent.Held
	unseen         int64            // blocked before anything of the row was looked at
	broken         map[string]int64 // by reason
	failed, warned []int64          // by check
	missed         map[missed]int64
	held, would    *store.Error
	stage          store.Stage
	report         store.QualityReport
	shown          time.Time
}

func (r *run) run(ctx context.Context) error {
	j := r.job
	var err error
	r.columns = j.Delivery.Fields()
	if err := unnamed(&j.Mapping, r.columns); err != nil {
		return err
	}
	left, lacks := store.ColumnDrift(&j.Mapping, r.columns)
	r.shape = columnsOf(r.columns, left, lacks)
	r.drift = store.DriftOf(&j.Mapping, &j.Codebook, j.Baseline, r.shape)
	if len(left) > 0 {
		r.narrowed = narrow(j.Delivery, left)
		j.Delivery = r.narrowed
	}
	classes := slices.DeleteFunc(slices.Clone(j.Mapping.Source), func(f store.Field) bool { return slices.Contains(lacks, f.Name) })
	if r.split, err = privacy.NewSplitter(classes, j.Delivery.Fields()); err != nil {
		return err
	}
	if r.program, err = mapping.Compile(j.Mapping, j.Codebook, r.split.Fields(), j.Lists); err != nil {
		return err
	}
	r.rules = j.Idents
	r.rules.Classic = r.rules.Classic || j.Mapping.Person.Classic
	r.failed, r.warned = make([]int64, len(j.Mapping.Checks)), make([]int64, len(j.Mapping.Checks))
	r.translated = j.Mapping.CodeFields(&j.Codebook)
	r.clock = quality.NewClock(r.began)
	watch := quality.EventVariables(&j.Codebook)
	for _, name := range watch {
		r.days = append(r.days, quality.NewDays(name))
	}
	for i := range j.Codebook.Variables {
		for _, name := range watch {
			if j.Codebook.Variables[i].Name == name {
				r.events = append(r.events, i)
			}
		}
	}
	if r.persons, err = j.Vault.Begin(ctx, vault.TxOptions{Registry: j.RegistryID, RunID: j.RunID, Token: j.Attempt,
		Names: r.split.Attributes(), Expect: j.Delivery.Size() / bytesPerPerson}); err != nil {
		return err
	}
	r.health, err = j.Registry.Begin(ctx, registrydb.TxOptions{RunNo: j.RunNo, RunID: j.RunID, Token: j.Attempt,
		Codebook: &j.Codebook, Resolve: &j.Mapping.Resolve, Watch: watch})
	if err != nil {
		return err
	}
	r.layout = r.health.Layout()
	r.health.Superseded = func(values []store.Value) {
		for i, v := range values {
			r.days[i].Add(r.clock.DaysSince(v), -1)
		}
	}
	r.health.Stands = func(values []store.Value) {
		for i, v := range values {
			r.days[i].Add(r.clock.DaysSince(v), 1)
		}
	}
	if err := r.load(ctx); err != nil {
		return err
	}
	return r.decide(ctx)
}

// bytesPerPerson is what a delivery is thought to hold of each person, when their number is guessed from its size: two
// rows of a hundred bytes and some. A wrong guess costs memory or time, nothing else.
const bytesPerPerson = 250

// decide settles what is left, computes the report, and holds or commits.
func (r *run) decide(ctx context.Context) error {
	j := r.job
	r.enter(store.StageDecide)
	if err := r.health.Settle(ctx); err != nil {
		return err
	}
	r.tally()
	if !r.counts.Balanced() {
		return store.E(store.Internal, "run.unbalanced", nil)
	}
	if err := r.apart(); err != nil {
		return err
	}
	if err := r.measure(ctx); err != nil {
		return err
	}
	r.look()
	switch {
	case j.DryRun:
		r.would = r.limits()
	case !j.Approved:
		r.held = r.limits()
	}
	if err := r.guard(ctx); err != nil {
		return err
	}
	if j.DryRun {
		r.enter(store.StageDone)
		return nil
	}
	record := registrydb.Record{RunID: j.RunID, RunNo: j.RunNo, IntegrationID: j.IntegrationID, CodebookID: j.Codebook.ID,
		CodebookVersion: j.Codebook.Version, MappingNo: j.MappingNo, ScopeHash: j.ScopeHash, Delivery: j.Delivery.Info(),
		Fields: j.Delivery.Fields(), Counts: r.counts, QuarantinedBy: r.quarantinedBy(), Report: r.report, At: j.Clock.Now()}
	if j.Seen != nil {
		res := r.result()
		if err := j.Seen(ctx, &res); err != nil {
			return err
		}
	}
	release, err := r.holdConsent(ctx)
	if err != nil {
		return err
	}
	defer release()
	if r.held != nil {
		r.persons.Rollback()
		record.Reason, record.ReasonArgs = r.held.Code, r.held.Args
		if err := r.health.Hold(ctx, record); err != nil {
			return err
		}
		r.enter(store.StageDone)
		return nil
	}
	r.enter(store.StageCommit)
	if err := r.health.Prepare(ctx, record); err != nil {
		return err
	}
	if err := r.guard(ctx); err != nil {
		return err
	}
	if err := r.persons.Fenced(ctx, j.RunID, j.Attempt); err != nil {
		return err
	}
	if err := r.consentHeld(ctx); err != nil {
		return err
	}
	// The vault first: persons without rows show nowhere, rows without persons would.
	if err := r.persons.Commit(); err != nil {
		return err
	}
	if err := r.health.Commit(); err != nil {
		return err
	}
	release()
	// The load has taken place, whatever becomes of this.
	var done sync.WaitGroup
	done.Go(func() { j.Vault.Checkpoint(context.WithoutCancel(ctx)) })
	j.Registry.Checkpoint(context.WithoutCancel(ctx))
	done.Wait()
	r.enter(store.StageDone)
	return nil
}

// limits gives the reason to hold what was read, or nil.
func (r *run) limits() *store.Error {
	held := r.job.Limits.Hold(r.counts, r.job.Normal)
	if d := r.drift.Hold(r.job.Limits); d != nil && (held == nil || held.Code == "hold.quarantined") {
		return d // it is why rows are held back
	}
	return held
}

// unnamed gives the reason why columns can't be taken for names, or nil. Where a person number can be read in one, or none
// is a name that the mapping knows, they may be the first row of a delivery without a header: nothing of it is told then.
func unnamed(m *store.Mapping, columns []string) error {
	switch {
	case slices.ContainsFunc(columns, func(name string) bool { return store.ScanWritten(name) > 0 }):
		return store.E(store.Refused, "source.no_header", nil)
	case !slices.ContainsFunc(columns, func(name string) bool { return m.Field(name) != nil }):
		return store.E(store.Refused, "delivery.columns_unknown", store.Args{"column": m.Source[0].Name})
	}
	return nil
}

// columnsOf is the shape of a delivery of which no row is read yet.
func columnsOf(columns, left, lacks []string) *store.Shape {
	s := &store.Shape{Lacks: lacks}
	for _, name := range columns {
		s.Fields = append(s.Fields, store.ShapeField{Name: name})
	}
	for _, name := range left {
		s.Left = append(s.Left, store.FieldProfile{Name: name})
	}
	return s
}

// look draws together what the mappers saw, and holds it against the baseline.
func (r *run) look() {
	j := r.job
	if len(r.shapes) > 0 {
		for _, s := range r.shapes[1:] {
			r.shapes[0].Merge(s)
		}
		lacks := r.shape.Lacks
		r.shape = r.shapes[0].Result(r.columns, r.split.Fields(), &j.Codebook, r.counts.Read-r.unseen)
		r.shape.Lacks = lacks
		if r.narrowed != nil {
			r.shape.Left = r.narrowed.told()
		}
	}
	r.drift = store.DriftOf(&j.Mapping, &j.Codebook, j.Baseline, r.shape)
}

// apart refuses a delivery with a column of person numbers that the mapping takes for other numbers.
func (r *run) apart() error {
	if len(r.checks) == 0 {
		return nil
	}
	for _, c := range r.checks[1:] {
		r.checks[0].Merge(c)
	}
	if list := r.checks[0].Columns(); len(list) > 0 {
		return store.E(store.Refused, "delivery.person_numbers", store.Args{"column": r.split.Fields()[list[0]]})
	}
	return nil
}

// guard asks whether the run may go on.
func (r *run) guard(ctx context.Context) error {
	if err := ctx.Err(); err != nil || r.job.Guard == nil {
		return err
	}
	return r.job.Guard(ctx)
}

// measure makes the report.
func (r *run) measure(ctx context.Context) error {
	j := r.job
	rows, complete, err := r.health.Completeness(ctx, &j.Codebook)
	if err != nil {
		return err
	}
	c := r.counts
	r.report = store.QualityReport{RunID: j.RunID, RunNo: j.RunNo, RegistryID: j.RegistryID, IntegrationID: j.IntegrationID,
		CodebookVersion: j.Codebook.Version, MappingNo: j.MappingNo, At: j.Clock.Now(), Rows: rows,
		Persons: r.persons.Persons(), Completeness: complete,
		Checks:     quality.Checks(&j.Mapping, c, r.brokenRows(), r.failed, r.warned),
		Doubles:    store.Fraction{Num: c.Merged, Den: c.Loaded + c.Unchanged + c.Merged},
		Timeliness: quality.Timeliness(r.days), Missing: r.missing()}
	return nil
}

// missing lists why values are missing, by variable in the codebook's order.
func (r *run) missing() []store.Missing {
	var out []store.Missing
	for i := range r.job.Codebook.Variables {
		for _, why := range store.MissingReasons {
			if n := r.missed[missed{i, why}]; n > 0 {
				out = append(out, store.Missing{Variable: r.job.Codebook.Variables[i].Name, Reason: why, Rows: n})
			}
		}
	}
	return out
}

// tally takes over what the registry has counted.
func (r *run) tally() {
	c := r.health.Counts()
	r.counts.Loaded, r.counts.Unchanged, r.counts.Merged = c.Loaded, c.Unchanged, c.Merged
	r.changed = r.health.Changed()
}

// brokenRows counts the rows that could not be cut into cells, which no check of the mapping sees.
func (r *run) brokenRows() (n int64) {
	for _, k := range r.broken {
		n += k
	}
	return n
}

func (r *run) quarantinedBy() map[string]int64 {
	by := map[string]int64{}
	for i, n := range r.failed {
		if n > 0 {
			by[r.job.Mapping.Checks[i].Reason] += n
		}
	}
	maps.Copy(by, r.broken)
	return by
}

func (r *run) rollback() {
	if r.persons != nil {
		r.persons.Rollback()
	}
	if r.health != nil {
		r.health.Rollback()
	}
}

func (r *run) result() Result {
	res := Result{State: store.RunSucceeded, Counts: r.counts, QuarantinedBy: r.quarantinedBy(), Report: r.report,
		Delivery: r.job.Delivery.Info(), Shape: r.shape, Drift: r.drift, Would: r.would.Would(), Changed: r.changed}
	if len(r.spreads) > 0 {
		for _, s := range r.spreads[1:] {
			r.spreads[0].Merge(s)
		}
		r.spread, r.accepted, r.spreads = r.spreads[0].Result(), r.spreads[0].Rows(), nil
	}
	res.Spread, res.Rows = r.spread, r.accepted
	if r.program != nil {
		res.Unused = r.program.Unused()
	}
	if r.held != nil {
		res.State, res.Reason, res.ReasonArgs = store.RunHeld, r.held.Code, r.held.Args
	}
	return res
}

// enter begins a stage and tells.
func (r *run) enter(s store.Stage) {
	r.stage, r.shown = s, time.Time{}
	r.show()
}

const showEvery = 100 * time.Millisecond

// show tells how far the run is, if it is time to.
func (r *run) show() {
	if r.job.Observer == nil {
		return
	}
	now := r.job.Clock.Now()
	if now.Sub(r.shown) < showEvery {
		return
	}
	r.shown = now
	r.job.Observer(Progress{Stage: r.stage, Counts: r.counts, Bytes: r.job.Delivery.Progress(), Size: r.job.Delivery.Size()})
}
