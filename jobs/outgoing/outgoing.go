// Package outgoing carries what a registry holds to a receiver: select, map, check, compare with what the receiver has
// acknowledged, mark, send, acknowledge. Only what differs is sent. What is no longer in the registry is counted and never
// deleted at the receiver: no connector can.
//
// A record is marked before it is sent and acknowledged after, each in a transaction of the registry. Whatever moment the
// machine stops at, the next attempt knows of each record that it was not sent, or was taken, or that nobody knows; what
// it then does follows from what the destination promises (store.Tier).
//
// Memory grows with the number of records by about a hundred bytes each, whatever they hold.
package outgoing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"samband/jobs/connector"
	"samband/jobs/mapping"
	"samband/store"
	"samband/store/registrydb"
)

// Job is what a sending needs to know, as plain values.
type Job struct {
	RunID         string
	RunNo         int64
	Attempt       int // what is written in its name is refused once a later one has taken the run over
	Made          time.Time
	IntegrationID string
	Mapping       store.Mapping
	From          store.Codebook // whose variables the mapping reads
	Receiver      store.Codebook // whose variables it makes
	Lists         mapping.Lists
	Limits        store.Limits
	Normal        int64 // normal row count
	Approved      bool  // a person has looked at a held run and lets it send
	// DryRun selects and sends nothing. The result then has the first rows.
	DryRun bool

	Registry    *registrydb.DB
	Tier        store.Tier
	Destination connector.Destination // nil for a dry run
	Halves      *connector.Halves     // of a destination that identity leaves by; nil for the others
	Clock       store.Clock
	Observer    func(store.Progress) // nil for nobody
	// Delivered keeps what was handed over with the run, before the receiver's side may forget that it was; nil for nobody.
	Delivered func(context.Context, store.Delivery) error
	Guard     func(context.Context) error // as in pipeline.Job; nil for none

	persons map[store.Pseudonym]bool // there is an identity of
}

// Result is what became of a sending. It is whole for every state.
type Result struct {
	State         store.RunState // succeeded, held, unknown, refused, failed or cancelled
	Reason        store.Code
	ReasonArgs    store.Args
	Counts        store.Counts
	QuarantinedBy map[string]int64
	Gone          int64 // records that the receiver has and the registry doesn't hold
	Delivery      store.Delivery
	Rows          [][]string       // of a dry run
	Transport     *store.Transport // of what went out in two halves, as far as it came
	// Left is why the receiver's side still keeps what tells that the run took place, and can no longer matter: what was
	// sent is on record. nil when nothing is left.
	Left error
	// Would is why a real run would be held, in words of its own; nil when it would not, and for a run that sends.
	Would *store.Error
}

// batchOf is how many records are marked, sent and acknowledged at a time.
const batchOf = 500

// Run sends. The error is the cause when the state is refused, failed or cancelled: records may be without an answer then,
// which registrydb.CountOpen tells. When ctx ends it stops within 2 s.
func Run(ctx context.Context, j Job) (Result, error) {
	r := &run{job: &j, by: registrydb.Sender{RunID: j.RunID, Token: j.Attempt, IntegrationID: j.IntegrationID},
		known: map[mark]*record{}, held: map[string]int64{}}
	err := safely(func() error { return r.run(ctx) })
	res := Result{State: store.RunSucceeded, Counts: r.counts, QuarantinedBy: r.held, Gone: r.gone, Delivery: r.info, Rows: r.rows,
		Left: r.left, Would: r.would.Would(), Transport: r.transport}
	switch {
	case err == nil && r.stop != nil && r.unanswered:
		res.State, res.Reason, res.ReasonArgs = store.RunUnknown, r.stop.Code, r.stop.Args
	case err == nil && r.stop != nil:
		res.State, res.Reason, res.ReasonArgs = store.RunHeld, r.stop.Code, r.stop.Args
	case err == nil:
	default:
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
	}
	return res, err
}

// safely turns a panic into an error. Its text could hold a value of a row, so only its type is kept.
func safely(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("outgoing: panic of type %T", p)
		}
	}()
	return f()
}

// mark stands for a key.
type mark [16]byte

func markOf(key string) mark {
	sum := sha256.Sum256([]byte(key))
	return mark(sum[:16])
}

// record is what is known of a key: what stands in the ledger, and the version that the registry's rows give.
type record struct {
	sent    store.Sent // Key is empty: it is in the rows
	ledger  bool       // sent says something
	version store.Version
	hash    mark // of the content of that version
	wanted  bool // some row gives it
	broken  bool // some row gives it that is held back
	counted bool // in the second reading
}

func (r *record) was() *store.Sent {
	if !r.ledger {
		return nil
	}
	return &r.sent
}

type run struct {
	job       *Job
	by        registrydb.Sender
	snap      *registrydb.Snapshot
	rowsOf    *rows
	known     map[mark]*record
	counts    store.Counts
	held      map[string]int64
	notes     []store.Sent // what a check holds back, to be written
	gone      int64
	dropped   []string // keys of which nothing is left
	to        connector.Sending
	info      store.Delivery
	transport *store.Transport
	rows      [][]string
	stage     store.Stage
	shown     time.Time

	left       error        // that the receiver's side could not let go of
	idle       bool         // nothing is sent, only counted
	staged     bool         // something was handed over
	stop       *store.Error // why it ends before its end
	would      *store.Error // why a real run would
	unanswered bool
}

func (r *run) run(ctx context.Context) (err error) {
	j := r.job
	if r.rowsOf, err = newRows(j); err != nil {
		return err
	}
	if j.Halves != nil {
		if j.persons, err = j.Halves.Identities.Known(ctx); err != nil {
			return err
		}
	}
	if !j.DryRun {
		if err := r.open(ctx); err != nil {
			return err
		}
		defer func() { err = r.end(ctx, err) }()
	}
	if r.snap, err = j.Registry.Snapshot(ctx); err != nil {
		return err
	}
	defer r.snap.Close()
	r.enter(store.StageExtract)
	if err := r.look(ctx); err != nil {
		return err
	}
	r.enter(store.StageDecide)
	if err := r.guard(ctx); err != nil {
		return err
	}
	switch held := j.Limits.Hold(r.counts, j.Normal); {
	case j.DryRun:
		r.would = held
	case !j.Approved:
		r.stop = held
	}
	if r.idle = j.DryRun || r.stop != nil; !r.idle {
		r.enter(store.StageCommit)
	}
	if err := r.send(ctx); err != nil {
		return err
	}
	if r.idle {
		return r.count()
	}
	if err := r.commit(ctx); err != nil {
		return err
	}
	if err := r.note(ctx); err != nil {
		return err
	}
	n, err := j.Registry.CountOpen(ctx, j.IntegrationID, j.RunNo)
	if err != nil {
		return err
	}
	if r.unanswered = n > 0; r.unanswered {
		r.stop = store.E(store.Unavailable, "run.unanswered", store.Args{"n": n})
	}
	r.enter(store.StageDone)
	return r.count()
}

// open begins with the receiver, and settles what an earlier attempt at the run left.
func (r *run) open(ctx context.Context) (err error) {
	j := r.job
	if r.to, err = j.Destination.Open(ctx, connector.Shipment{RunID: j.RunID, Made: j.Made, Fields: r.rowsOf.fields, Halves: j.Halves}); err != nil {
		return err
	}
	if j.Tier != store.TierTransactional {
		return nil
	}
	if err := j.Registry.CloseSent(ctx, r.by, j.RunNo, r.to.Taken()); err != nil {
		r.to.Close()
		return err
	}
	return nil
}

// end lets go of the receiver. What was marked of a transactional one is taken back, unless the switch was tried.
func (r *run) end(ctx context.Context, err error) error {
	if r.to == nil {
		return err
	}
	if t, ok := r.to.(connector.Transporter); ok {
		r.transport = t.Transport()
	}
	switch closed := r.to.Close(); {
	case closed != nil && r.stage == store.StageDone: // all is on record
		r.left = errors.Join(r.left, closed)
	case err == nil:
		err = closed
	}
	if err != nil && r.job.Tier == store.TierTransactional && r.stage == store.StageCommit {
		err = errors.Join(err, r.job.Registry.CloseSent(context.WithoutCancel(ctx), r.by, r.job.RunNo, false))
	}
	return err
}

// look reads the ledger and then every row, and finds of each key the version that stands.
func (r *run) look(ctx context.Context) error {
	j := r.job
	if err := j.Registry.EachSent(ctx, j.IntegrationID, func(s store.Sent) error {
		k := markOf(s.Key)
		gone := s.Key
		s.Key = ""
		r.known[k] = &record{sent: s, ledger: true}
		if s.Acked == "" && !s.Open() {
			r.dropped = append(r.dropped, gone) // unless a row gives it
		}
		return nil
	}); err != nil {
		return err
	}
	err := r.each(ctx, func(x *row) error {
		r.counts.Read++
		switch {
		case x.filtered:
			r.counts.Filtered++
		case x.reason != "":
			r.holdBack(x)
		default:
			k := r.known[x.mark]
			if k == nil {
				k = &record{}
				r.known[x.mark] = k
			}
			if !k.wanted || x.version.Newer(k.version) {
				k.version, k.hash = x.version.Clone(), x.hash
			}
			k.wanted = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, k := range r.known {
		if k.ledger && k.sent.Acked != "" && !k.wanted && !k.broken {
			r.gone++
		}
	}
	return nil
}

// holdBack notes a row that a check found something in. What the receiver has under its key stays there.
func (r *run) holdBack(x *row) {
	r.counts.Quarantined++
	r.held[x.reason]++
	s := store.Sent{Key: x.key, State: store.SentHeldBack, Reason: x.reason, Variable: x.variable, RunNo: r.job.RunNo}
	k := r.known[x.mark]
	if k == nil {
		k = &record{}
		r.known[x.mark] = k
	}
	k.broken = true
	if s.Acked = k.sent.Acked; x.key != "" && !(k.ledger && k.sent.Open()) { // first what became of what was sent
		r.notes = append(r.notes, s)
	}
}

// each reads every row at the moment the run is about.
func (r *run) each(ctx context.Context, f func(*row) error) error {
	n := 0
	return r.snap.Each(ctx, &r.job.From, r.rowsOf.reads, func(cells []string, nulls []bool) error {
		if n++; n%1000 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			r.show()
		}
		return f(r.rowsOf.make(cells, nulls))
	})
}

// send reads the rows again, and sends those that stand and that the receiver hasn't got.
func (r *run) send(ctx context.Context) error {
	j := r.job
	var records []connector.Record
	var marks []*record
	err := r.each(ctx, func(x *row) error {
		if x.filtered || x.reason != "" {
			return nil
		}
		k := r.known[x.mark]
		if k.counted || k.hash != x.hash {
			r.counts.Merged++
			return nil
		}
		k.counted = true
		hash := hex.EncodeToString(x.hash[:])
		switch d := j.Tier.Dispatch(k.was(), hash, j.RunNo); {
		case d == store.DispatchSame:
			r.counts.Unchanged++
			if s := k.sent; s.State != store.SentAcked { // what was refused or held back is back to what it was
				r.notes = append(r.notes, store.Sent{Key: x.key, Hash: hash, Acked: hash, State: store.SentAcked, RunNo: s.RunNo})
			}
			return nil
		case d == store.DispatchDone:
			r.counts.Loaded++
			return nil
		case d == store.DispatchAwaits && k.sent.RunNo == j.RunNo:
			r.counts.Loaded++ // as far as anybody knows
			return nil
		case d == store.DispatchAwaits:
			r.hold(store.OutgoingAwaits)
			return nil
		case r.unanswered || r.to != nil && r.to.Taken():
			r.hold(store.OutgoingNotSent)
			return nil
		case r.idle:
			r.counts.Loaded++
			if j.DryRun && len(r.rows) < store.PreviewRows {
				r.rows = append(r.rows, x.values())
			}
			return nil
		}
		records = append(records, connector.Record{Key: x.key, Hash: hash, Values: x.values(), Person: x.person})
		marks = append(marks, k)
		if len(records) < batchOf {
			return nil
		}
		err := r.batch(ctx, records, marks)
		records, marks = records[:0], marks[:0]
		return err
	})
	if err == nil && len(records) > 0 {
		err = r.batch(ctx, records, marks)
	}
	return err
}

func (r *run) hold(reason string) {
	r.counts.Quarantined++
	r.held[reason]++
}

// batch marks records, sends them, and writes down what the receiver says.
func (r *run) batch(ctx context.Context, records []connector.Record, of []*record) error {
	j := r.job
	if r.unanswered {
		for range records {
			r.hold(store.OutgoingNotSent)
		}
		return nil
	}
	if err := r.guard(ctx); err != nil {
		return err
	}
	list := make([]store.Sent, len(records))
	for i := range records {
		list[i] = store.Sent{Key: records[i].Key, Hash: records[i].Hash, Acked: of[i].sent.Acked, State: store.SentPending, RunNo: j.RunNo}
	}
	if err := j.Registry.PutSent(ctx, r.by, list); err != nil {
		return err
	}
	r.staged = true
	answers, err := r.to.Send(ctx, records)
	switch {
	case j.Tier == store.TierTransactional:
		r.counts.Loaded += int64(len(records))
		return err
	case err != nil:
		return errors.Join(err, r.takeBack(ctx, list, of))
	}
	if len(answers) != len(records) {
		return fmt.Errorf("outgoing: %d answers to %d records", len(answers), len(records))
	}
	for i, a := range answers {
		s := &list[i]
		switch s.State = a.State; a.State {
		case store.SentAcked:
			s.Acked = s.Hash
			r.counts.Loaded++
		case store.SentRefused:
			s.Reason = a.Reason
			r.hold(string(store.SentRefused))
		default:
			s.State, r.unanswered = store.SentUnknown, true
			r.counts.Loaded++ // as far as anybody knows
		}
	}
	if err := j.Registry.PutSent(context.WithoutCancel(ctx), r.by, list); err != nil {
		return err
	}
	r.show()
	if !r.unanswered {
		return nil
	}
	if j.Tier == store.TierKeyed { // the next attempt sends them again, and that changes nothing
		return store.E(store.Unavailable, "outgoing.unanswered", nil)
	}
	return nil
}

// takeBack lets the ledger say what it said before some records were marked: none of them was taken.
func (r *run) takeBack(ctx context.Context, list []store.Sent, of []*record) error {
	for i := range list {
		key := list[i].Key
		list[i] = store.Sent{Key: key}
		if of[i].ledger {
			list[i] = of[i].sent
			list[i].Key = key
		}
	}
	return r.job.Registry.PutSent(context.WithoutCancel(ctx), r.by, list)
}

// commit turns the switch of a transactional destination, and writes down that it was turned. An attempt that has nothing
// to send turns nothing.
func (r *run) commit(ctx context.Context) error {
	j := r.job
	if j.Tier == store.TierTransactional && r.staged {
		if err := r.guard(ctx); err != nil {
			return err
		}
		r.stage = store.StageReport // from here on nothing is taken back
		if err := r.to.Commit(ctx); err != nil {
			return err
		}
		if err := j.Registry.CloseSent(context.WithoutCancel(ctx), r.by, j.RunNo, true); err != nil {
			return err
		}
	}
	ctx = context.WithoutCancel(ctx)
	if r.info = r.to.Info(); r.info.Name != "" && j.Delivered != nil {
		if err := j.Delivered(ctx, r.info); err != nil {
			return err
		}
	}
	r.left = r.to.Acknowledged(ctx)
	return nil
}

// note writes down what the checks held back, and forgets what neither the registry nor the receiver has.
func (r *run) note(ctx context.Context) error {
	r.notes = slices.DeleteFunc(r.notes, func(s store.Sent) bool { // another row of the key passed
		return s.State == store.SentHeldBack && r.known[markOf(s.Key)].wanted
	})
	for _, key := range r.dropped {
		if k := r.known[markOf(key)]; !k.wanted && !k.broken {
			r.notes = append(r.notes, store.Sent{Key: key})
		}
	}
	for part := range slices.Chunk(r.notes, batchOf) {
		if err := r.job.Registry.PutSent(ctx, r.by, part); err != nil {
			return err
		}
	}
	return nil
}

// count holds that every row that was read has one outcome.
func (r *run) count() error {
	if !r.counts.Balanced() {
		return store.E(store.Internal, "run.unbalanced", nil)
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

// enter begins a stage and tells.
func (r *run) enter(s store.Stage) {
	r.stage, r.shown = s, time.Time{}
	r.show()
}

const showEvery = 100 * time.Millisecond

func (r *run) show() {
	if r.job.Observer == nil {
		return
	}
	if now := r.job.Clock.Now(); now.Sub(r.shown) >= showEvery {
		r.shown = now
		r.job.Observer(store.Progress{Stage: r.stage, Counts: r.counts})
	}
}
