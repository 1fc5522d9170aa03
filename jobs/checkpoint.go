package jobs

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"samband/jobs/witness"
	"samband/store"
	"samband/store/auditlog"
)

// A checkpoint is signed when there are this many new entries, or any new one and this long since the last.
const (
	checkpointEntries = 100
	checkpointEvery   = 10 * time.Minute
)

// witnessed is what the installation knows of its log from outside the database.
type witnessed struct {
	folder  witness.Folder
	problem atomic.Pointer[store.Error]
}

// openWitness holds the log against the last checkpoint outside the database. A log that is shorter or another keeps
// nothing from starting but runs: what stands there can be read, and whoever must look into it gets in.
func (j *Jobs) openWitness(ctx context.Context, path string) error {
	j.witness.folder = witness.Folder{Path: path}
	err := j.witness.folder.Make()
	if err == nil {
		var unlock func()
		if unlock, err = j.witness.folder.Lock(ctx); err == nil {
			defer unlock()
			_, err = j.checkLog(ctx)
		}
	}
	return j.suspect(err)
}

// suspect keeps what is wrong with the log; other failures are given back.
func (j *Jobs) suspect(err error) error {
	var e *store.Error
	if err != nil && (!errors.As(err, &e) || !strings.HasPrefix(string(e.Code), "audit.")) {
		return err
	}
	if was := j.witness.problem.Swap(e); e != nil && (was == nil || was.Code != e.Code) {
		j.Log.Error("the audit log is not what was signed; nothing runs", "code", e.Code, "error", e)
	}
	return nil
}

// LogProblem tells why the audit log can't be trusted, nil when it is what was signed last.
func (j *Jobs) LogProblem() *store.Error { return j.witness.problem.Load() }

// checkLog holds the log against the last checkpoint outside, and gives that. The folder must be locked.
func (j *Jobs) checkLog(ctx context.Context) (last auditlog.Checkpoint, err error) {
	if last, err = j.compareLog(ctx); err == nil {
		err = j.DB.AuditSound(ctx)
	}
	return last, err
}

func (j *Jobs) compareLog(ctx context.Context) (last auditlog.Checkpoint, err error) {
	note, err := j.witness.folder.Last()
	if err != nil {
		return last, err
	}
	inside, err := j.DB.LastCheckpoint(ctx)
	if err != nil {
		return last, err
	}
	if note == "" {
		if inside != nil {
			err = store.E(store.Refused, "audit.no_outside", store.Args{"path": j.witness.folder.Path})
		}
		return last, err
	}
	size, _, err := j.DB.AuditSize(ctx)
	if err != nil {
		return last, err
	}
	err = auditlog.Behind(note, j.Verifier(), size, func(n int64) (auditlog.Tree, error) { return j.DB.TreeAt(ctx, n) })
	if err != nil {
		return last, err
	}
	if last, err = j.Verifier().Checkpoint([]byte(note)); err != nil {
		return last, err
	}
	switch {
	case inside == nil || inside.Size < last.Size: // a crash came between the two places
		err = j.DB.SaveCheckpoint(ctx, auditlog.Saved{Size: last.Size, At: last.At, Note: note})
	case inside.Size > last.Size:
		err = store.E(store.Refused, "audit.no_outside", store.Args{"path": j.witness.folder.Path})
	}
	return last, err
}

// checkpoint signs the log as it stands, when there is reason to: as a chore when it is due, at the end and after an
// acceptance always. A log that isn't what was signed last is never signed.
func (j *Jobs) checkpoint(ctx context.Context, always bool) error {
	unlock, err := j.witness.folder.TryLock()
	if errors.Is(err, witness.ErrBusy) {
		return nil // somebody signs, or reads; there is a next time
	}
	if err != nil {
		return j.suspect(err)
	}
	defer unlock()
	last, err := j.checkLog(ctx)
	if e := j.suspect(err); e != nil || err != nil {
		return e
	}
	size, _, err := j.DB.AuditSize(ctx)
	if err != nil {
		return err
	}
	since := j.Clock.Now().Sub(last.At)
	if size == last.Size || !always && size < last.Size+checkpointEntries && since >= 0 && since < checkpointEvery {
		return nil
	}
	return j.sign(ctx)
}

// sign signs the log as it stands and keeps the checkpoint in three places: outside, which counts, in the database, and
// in the stream of log lines, which goes to yet another machine. The folder must be locked.
func (j *Jobs) sign(ctx context.Context) error {
	t, err := j.DB.Tree(ctx)
	if err != nil {
		return err
	}
	now := j.Clock.Now()
	note, err := j.signer.Checkpoint(t, now)
	if err != nil {
		return err
	}
	if err := j.witness.folder.Append(string(note), now); err != nil {
		return err
	}
	j.Log.Info("the audit log is signed", "size", t.Size, "root", t.Root.String(), "checkpoint", string(note))
	c, err := j.Verifier().Checkpoint(note)
	if err != nil {
		return err
	}
	return j.DB.SaveCheckpoint(ctx, auditlog.Saved{Size: c.Size, At: c.At, Note: string(note)})
}

func (j *Jobs) dueCheckpoint(ctx context.Context) error { return j.checkpoint(ctx, false) }

// lastCheckpoint signs what was written since the last checkpoint before the database closes.
func (j *Jobs) lastCheckpoint() {
	if j.witness.folder.Path == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(j.ctx), 10*time.Second)
	defer cancel()
	if err := j.checkpoint(ctx, true); err != nil {
		j.Log.Error("the end of the audit log is not signed", "error", err)
	}
}

// VerifyLog walks the whole log and writes down that this was done and how it ended.
func (j *Jobs) VerifyLog(ctx context.Context, by store.Actor) (*auditlog.Report, error) {
	unlock, err := j.witness.folder.Lock(ctx) // so that nobody signs in the middle
	if err != nil {
		return nil, err
	}
	defer unlock()
	notes, err := j.witness.folder.Notes()
	if err != nil {
		return nil, err
	}
	r, err := auditlog.Verify(ctx, j.DB, notes, j.Verifier())
	if err != nil {
		return nil, err
	}
	e := store.AuditEntry{Action: "audit.verify", Kind: "audit", Object: "log",
		Details: store.Args{"size": r.Size, "findings": len(r.Findings)}}
	if !r.OK {
		f := r.Findings[0]
		e.Result = "audit.found." + f.Kind
		e.Details["from"], e.Details["to"], e.Details["where"] = f.From, f.To, f.Where
		j.Log.Error("the audit log does not hold", "kind", f.Kind, "from", f.From, "to", f.To, "where", f.Where)
	}
	err = j.DB.Record(ctx, e, by)
	if err != nil {
		j.suspect(err)
	}
	return r, err // what was found is told also when it can't be written down
}

// AcceptLog takes the log as it stands for the one that counts from now on, as after a backup was restored: an entry
// says who accepted what and why, and a signed checkpoint closes it in. The former checkpoints stay where they are.
func (j *Jobs) AcceptLog(ctx context.Context, reason string, by store.Actor) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return store.E(store.Invalid, "audit.no_reason", nil)
	}
	unlock, err := j.witness.folder.Lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	_, err = j.checkLog(ctx)
	if e := j.suspect(err); e != nil {
		return e
	}
	p := j.LogProblem()
	switch {
	case p == nil:
		return store.E(store.Conflict, "audit.nothing_to_accept", nil)
	case p.Class != store.Refused: // the folder can't be read: that is no history to accept
		return p
	}
	notes, err := j.witness.folder.Notes()
	if err != nil {
		return err
	}
	err = j.DB.Record(ctx, store.AuditEntry{Action: auditlog.AcceptAction, Kind: "audit", Object: "log", Reason: reason,
		Details: store.Args{"outside": len(notes), "digest": auditlog.Digest(notes), "problem": p.Code}}, by)
	if err == nil {
		err = j.sign(ctx)
	}
	if err == nil {
		j.witness.problem.Store(nil)
	}
	return err
}

// verifyEvery is how often the whole log is walked without anybody asking.
const verifyEvery = 24 * time.Hour

// dueVerification walks the log once a day.
func (j *Jobs) dueVerification(ctx context.Context) error {
	last, err := j.DB.Audit(ctx, store.AuditFilter{All: true, Action: "audit.verify", Limit: 1})
	if err != nil {
		return err
	}
	if len(last) == 0 { // a log that began today is walked tomorrow
		if last, err = j.DB.AuditFirst(ctx); err != nil {
			return err
		}
	}
	if len(last) == 0 || j.Clock.Now().Sub(last[0].At) < verifyEvery {
		return nil
	}
	_, err = j.VerifyLog(ctx, store.SystemActor())
	return err
}
