package jobs

import (
	"context"
	"encoding/json"
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
	folder   witness.Folder
	problem  atomic.Pointer[store.Error]
	head     atomic.Int64 // size of the log when its head was written outside
	headless atomic.Bool  // it couldn't be
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
	return j.suspect(ctx, err)
}

// suspect keeps what is wrong with the log; other failures are given back. The log itself says so once, as far as it
// can, so that people are told.
func (j *Jobs) suspect(ctx context.Context, err error) error {
	var e *store.Error
	if err != nil && (!errors.As(err, &e) || !strings.HasPrefix(string(e.Code), "audit.")) {
		return err
	}
	if was := j.witness.problem.Swap(e); e != nil && (was == nil || was.Code != e.Code) {
		j.Log.Error("the audit log is not what was signed; nothing runs", "code", e.Code, "error", e)
		if err := j.logProblem(ctx, e); err != nil {
			j.Log.Error("that the audit log is not what was signed is not written down", "error", err)
		}
	}
	return nil
}

// logProblem writes down that something is wrong with the log, unless that is the last thing that was said of it.
func (j *Jobs) logProblem(ctx context.Context, e *store.Error) error {
	last, err := j.DB.Audit(ctx, store.AuditFilter{All: true, Actions: []string{auditSuspect, auditlog.AcceptAction}, Limit: 1})
	if err != nil || len(last) > 0 && last[0].Action == auditSuspect && last[0].Result == string(e.Code) {
		return err
	}
	return j.DB.Record(ctx, store.AuditEntry{Action: auditSuspect, Kind: "audit", Object: "log", Result: string(e.Code)},
		store.SystemActor())
}

const auditSuspect = "audit.suspect"

// LogProblem tells why the audit log can't be trusted, nil when it is what was signed last.
func (j *Jobs) LogProblem() *store.Error { return j.witness.problem.Load() }

// checkLog holds the log against the last checkpoint outside, and gives that. The folder must be locked.
func (j *Jobs) checkLog(ctx context.Context) (last auditlog.Checkpoint, err error) {
	if last, err = j.compareLog(ctx); err != nil {
		return last, err
	}
	if err := j.DB.AuditSound(ctx); err != nil {
		return last, err
	}
	text, err := j.witness.folder.Found()
	if err != nil || text == "" {
		return last, err
	}
	var f auditlog.Finding
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return last, store.Wrap(err, store.Unavailable, "audit.folder", store.Args{"path": j.witness.folder.Path})
	}
	return last, foundError(f)
}

// foundError is a finding as what keeps runs from starting.
func foundError(f auditlog.Finding) error {
	return store.E(store.Refused, "audit.found", store.Args{"what": store.Code("audit.found." + f.Kind), "from": f.From, "to": f.To})
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
	if err := j.behind(ctx, note, size); err != nil {
		return last, err
	}
	if err := j.behindHead(ctx, size); err != nil {
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

func (j *Jobs) behind(ctx context.Context, note string, size int64) error {
	return auditlog.Behind(note, j.Verifier(), size, func(n int64) (auditlog.Tree, error) { return j.DB.TreeAt(ctx, n) })
}

// behindHead holds the log against the head that lies outside, if there is one.
func (j *Jobs) behindHead(ctx context.Context, size int64) error {
	head, err := j.witness.folder.Head()
	if err != nil || head == "" {
		return err
	}
	return j.behind(ctx, head, size)
}

// headEvery is the longest that an entry is in the database alone, where whoever holds that could take it away unseen.
const headEvery = time.Second

// keepHead signs the newest tree and puts it outside in place of the last, again and again until ctx ends.
func (j *Jobs) keepHead(ctx context.Context) {
	t := time.NewTicker(headEvery)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			if err := j.signHead(ctx); err != nil && ctx.Err() == nil {
				j.Log.Error("the head of the audit log is not signed", "error", err)
			}
		}
	}
}

// signHead signs the head when the log has grown out of the last one. It needs no lock: whichever of two processes
// comes last, a tree that was is what it writes.
func (j *Jobs) signHead(ctx context.Context) error {
	if p := j.LogProblem(); p != nil {
		if p.Class != store.Unavailable {
			return nil
		}
		return j.checkpoint(ctx, false) // what could not be read may be there again
	}
	size, _, err := j.DB.AuditSize(ctx)
	if err != nil || size == j.witness.head.Load() {
		return err
	}
	if last, err := j.witness.folder.Last(); err != nil || last == "" { // before the first checkpoint there is no head
		return j.suspect(ctx, err)
	}
	if err := j.behindHead(ctx, size); err != nil {
		return j.suspect(ctx, err)
	}
	t, err := j.DB.Tree(ctx)
	if err != nil {
		return err
	}
	note, err := j.signer.Checkpoint(t, j.Clock.Now())
	if err != nil {
		return err
	}
	j.putHead(string(note), t.Size)
	return nil
}

// putHead keeps the head. A folder where nothing can be replaced takes none: the checkpoints count all the same, and
// verifying says how much they don't cover.
func (j *Jobs) putHead(note string, size int64) {
	if err := j.witness.folder.PutHead(note); err != nil {
		if !j.witness.headless.Swap(true) {
			j.Log.Warn("the head of the audit log is not kept outside the database", "error", err)
		}
		return
	}
	j.witness.headless.Store(false)
	j.witness.head.Store(size)
}

// checkpoint signs the log as it stands, when there is reason to: as a chore when it is due, at the end and after an
// acceptance always. A log that isn't what was signed last is never signed.
func (j *Jobs) checkpoint(ctx context.Context, always bool) error {
	unlock, err := j.witness.folder.TryLock()
	if errors.Is(err, witness.ErrBusy) {
		return nil // somebody signs, or reads; there is a next time
	}
	if err != nil {
		return j.suspect(ctx, err)
	}
	defer unlock()
	last, err := j.checkLog(ctx)
	if e := j.suspect(ctx, err); e != nil || err != nil {
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
	j.putHead(string(note), t.Size)
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

// walkLog verifies the log against what lies outside. The folder must be locked, so that nobody signs in the middle.
func (j *Jobs) walkLog(ctx context.Context) (r *auditlog.Report, notes []string, err error) {
	if notes, err = j.witness.folder.Notes(); err != nil {
		return nil, nil, err
	}
	head, err := j.witness.folder.Head()
	if err != nil {
		return nil, nil, err
	}
	r, err = auditlog.Verify(ctx, j.DB, notes, head, j.Verifier())
	return r, notes, err
}

// VerifyLog walks the whole log and writes down that this was done and how it ended. What it finds keeps runs from
// starting until somebody accepts it. The report is given also when the entry can't be written.
func (j *Jobs) VerifyLog(ctx context.Context, by store.Actor) (*auditlog.Report, error) {
	unlock, err := j.witness.folder.Lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	return j.verifyLog(ctx, by)
}

// verifyLog is VerifyLog with the folder locked.
func (j *Jobs) verifyLog(ctx context.Context, by store.Actor) (*auditlog.Report, error) {
	r, _, err := j.walkLog(ctx)
	if err != nil {
		return nil, err
	}
	standing := r.Standing()
	e := store.AuditEntry{Action: "audit.verify", Kind: "audit", Object: "log",
		Details: store.Args{"size": r.Size, "findings": len(r.Findings)}}
	if !r.OK {
		f := r.Findings[0]
		e.Result = "audit.found." + f.Kind
		e.Details["from"], e.Details["to"], e.Details["where"] = f.From, f.To, f.Where
		e.Details["accepted"] = len(r.Findings) - len(standing)
		j.Log.Error("the audit log does not hold", "kind", f.Kind, "from", f.From, "to", f.To, "where", f.Where)
	}
	if len(standing) > 0 {
		b, err := json.Marshal(standing[0])
		if err != nil {
			return r, store.Wrap(err, store.Internal, "audit.encode", nil)
		}
		if err := j.witness.folder.PutFound(string(b)); err != nil {
			return r, err
		}
		if _, err := j.checkLog(ctx); err != nil { // what was found, or what is worse
			j.suspect(ctx, err)
		}
	}
	err = j.DB.Record(ctx, e, by)
	if err != nil {
		j.suspect(ctx, err)
	}
	return r, err // what was found is told also when it can't be written down
}

// AcceptLog takes the log as it stands for the one that counts from now on, as after a backup was restored, or after what
// was found in it has been looked into: an entry names what is accepted, first of all the first finding, and says who accepted what and why, and a signed checkpoint closes it in. The former checkpoints stay where they are.
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
	if e := j.suspect(ctx, err); e != nil {
		return e
	}
	p := j.LogProblem()
	switch {
	case p == nil:
		return store.E(store.Conflict, "audit.nothing_to_accept", nil)
	case p.Class != store.Refused: // the folder can't be read: that is no history to accept
		return p
	}
	r, notes, err := j.walkLog(ctx)
	if err != nil {
		return err
	}
	details := auditlog.Acceptance(r.Standing(), j.signer)
	details["problem"] = p.Code
	if p.Code != "audit.found" { // what lies outside is another history from here on
		details["outside"], details["digest"] = len(notes), auditlog.Digest(notes)
	}
	err = j.DB.Record(ctx, store.AuditEntry{Action: auditlog.AcceptAction, Kind: "audit", Object: "log", Reason: reason,
		Details: details}, by)
	if err == nil {
		err = j.sign(ctx)
	}
	if err == nil {
		err = j.witness.folder.PutFound("")
	}
	if err == nil {
		j.witness.problem.Store(nil)
	}
	return err
}

// verifyEvery is how often the whole log is walked without anybody asking.
const verifyEvery = 24 * time.Hour

// dueVerification walks the log once a day. Of several processes with the same folder one does.
func (j *Jobs) dueVerification(ctx context.Context) error {
	unlock, err := j.witness.folder.TryLock()
	if errors.Is(err, witness.ErrBusy) {
		return nil
	}
	if err != nil {
		return err
	}
	defer unlock()
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
	_, err = j.verifyLog(ctx, store.SystemActor())
	return err
}
