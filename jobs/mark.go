package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"samband/jobs/witness"
	"samband/store"
	"samband/store/db"
)

// marked is what the installation knows of how far it had come, from outside its databases.
type marked struct {
	folder  witness.Folder
	problem atomic.Pointer[store.Error]
	mu      sync.Mutex // one writes at a time
	last    store.Mark // written last
	quiet   bool       // the log had not grown when it was measured
}

// markHead begins what is signed, so that a mark never passes for a checkpoint.
const markHead = "samband high-water mark v1\n"

// Lost tells why nothing may run: what was there before isn't, or a backup was put back and nobody has said that work
// goes on from there. nil when nothing is lost.
func (j *Jobs) Lost() *store.Error { return j.mark.problem.Load() }

// Stopped tells everything that keeps all runs of the installation from starting.
func (j *Jobs) Stopped() (why []*store.Error) {
	for _, e := range []*store.Error{j.Lost(), j.LogProblem()} {
		if e != nil {
			why = append(why, e)
		}
	}
	return why
}

// openMark holds the databases against the mark outside them. One that is behind keeps nothing from starting but runs.
// size is how many entries the log had when the database was opened: a line about what was found in it is none of those.
// note is the mark as it was before that; when another process has moved it on since, size says nothing of it.
func (j *Jobs) openMark(ctx context.Context, note string, size int64) error {
	if err := j.mark.folder.Make(); err != nil {
		return j.lose(err)
	}
	return j.lose(j.withMark(ctx, func() error {
		if now, err := j.mark.folder.Mark(); err == nil && now != note {
			size = math.MaxInt64
		}
		return j.checkMark(ctx, size)
	}))
}

// apart refuses one folder for the mark and for the checkpoints: each keeps what was found there in a file of the same name.
func apart(mark, checkpoints string) error {
	a, err := filepath.Abs(mark)
	b, err2 := filepath.Abs(checkpoints)
	same := err == nil && err2 == nil && a == b
	if x, err := os.Stat(mark); err == nil {
		if y, err := os.Stat(checkpoints); err == nil {
			same = same || os.SameFile(x, y)
		}
	}
	if same {
		return store.E(store.Invalid, "witness.same_folder", store.Args{"path": mark})
	}
	return nil
}

// markWait is how long a process waits for another that is at the mark.
const markWait = 10 * time.Second

// withMark runs f while no other process reads and writes the mark: what one has measured never takes the place of what
// another measured later, however long it was stopped in between.
func (j *Jobs) withMark(ctx context.Context, f func() error) error {
	wait, cancel := context.WithTimeout(ctx, markWait)
	defer cancel()
	unlock, err := j.mark.folder.Lock(wait)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return store.Wrap(err, store.Unavailable, "audit.folder", store.Args{"path": j.mark.folder.Path})
	case err != nil:
		return err
	}
	defer unlock()
	return f()
}

// lose keeps what was found to be lost; other failures are given back. A folder that can't be used is found, too: it
// may hold what tells of a loss.
func (j *Jobs) lose(err error) error {
	var e *store.Error
	if err != nil && (!errors.As(err, &e) || !strings.HasPrefix(string(e.Code), "mark.")) {
		if !errors.As(err, &e) || e.Code != "audit.folder" {
			return err
		}
		e = &store.Error{Class: store.Unavailable, Code: "mark.folder", Args: e.Args, Err: e.Err}
	}
	if was := j.mark.problem.Swap(e); e != nil && (was == nil || was.Code != e.Code) {
		j.Log.Error("the databases are not what they were; nothing runs", "code", e.Code, "error", e)
	}
	return nil
}

// foundIn tells an error that says what is the matter with the databases, or with the mark itself.
func foundIn(err error) bool { return strings.HasPrefix(string(store.CodeOf(err)), "mark.") }

// checkMark holds what is there against the mark outside, and writes one where there is none. Of the log at most size
// entries count.
func (j *Jobs) checkMark(ctx context.Context, size int64) error {
	outside, err := j.readMark()
	if err != nil {
		return err
	}
	found, err := j.readFound()
	if err != nil {
		return err
	}
	note, err := j.Dir.Restored()
	if err != nil {
		return err
	}
	if outside != nil {
		j.mark.last = *outside
	}
	now, err := j.measure(ctx)
	if err != nil {
		return err
	}
	if err := j.rebury(ctx, &now); err != nil { // before anything else: no backup brings back who was erased
		return err
	}
	now.Audit = min(now.Audit, size)
	switch {
	case note != nil:
		var r restoredNote
		if err := json.Unmarshal(note, &r); err != nil {
			return store.Wrap(err, store.Refused, "mark.broken", store.Args{"path": j.Dir.Root})
		}
		return store.E(store.Refused, "mark.restored", store.Args{"set": r.Set, "at": r.At})
	case found != nil:
		return found.Lost.Err(found.At)
	case outside == nil && now.Audit > 0:
		return j.beginMark(ctx, now)
	case outside == nil:
		return nil
	}
	if err := j.holdAgainst(*outside, now); err != nil {
		return err
	}
	return j.writeMark(now)
}

// holdAgainst gives an error, and keeps what is missing, when now is behind a mark.
func (j *Jobs) holdAgainst(m, now store.Mark) error {
	if l := m.Lost(now); !l.None() {
		return j.keepFound(foundLost{At: m.At, Lost: l})
	}
	return nil
}

// nextMark writes what was measured in place of the mark outside, unless it is behind it: databases are put back under a
// process that works, too. It tells what it wrote. A mark that somebody took away is the one that was written here last.
func (j *Jobs) nextMark(ctx context.Context) (now store.Mark, err error) {
	found, err := j.readFound()
	if err == nil && found != nil {
		err = found.Lost.Err(found.At)
	}
	if err != nil {
		return now, err
	}
	outside, err := j.readMark()
	if err != nil {
		return now, err
	}
	if outside != nil {
		j.mark.last = *outside
	}
	if now, err = j.measure(ctx); err != nil {
		return now, err
	}
	if err := j.holdAgainst(j.mark.last, now); err != nil {
		return now, err
	}
	return now, j.writeMark(now)
}

// checkBase refuses to build on a registry, or on the vault, that is behind the mark: a load would soon bring it past it.
func (j *Jobs) checkBase(ctx context.Context, registry string) error {
	if e := j.Lost(); e != nil {
		return e
	}
	err := j.withMark(ctx, func() error {
		outside, err := j.readMark()
		if err != nil || outside == nil {
			return err
		}
		now := *outside
		now.Registries = maps.Clone(outside.Registries)
		if seq, _, err := j.lastLoad(ctx, registry); err != nil {
			return err
		} else if seq < outside.Registries[registry] {
			now.Registries[registry] = seq
		}
		if now.Vault, err = j.vault.Last(ctx); err != nil {
			return err
		}
		if now.Consent, err = j.consents.Last(ctx); err != nil {
			return err
		}
		return j.holdAgainst(*outside, now)
	})
	switch {
	case foundIn(err):
		return errors.Join(err, j.lose(err))
	case store.CodeOf(err) == "audit.folder": // the next mark is held against the one that this process wrote last
		return nil
	}
	return db.Trouble(err)
}

// beginMark makes a mark where there is none, and writes that down: whoever took the old one away took with it what told
// of a loss. What the databases say of each other must still agree.
func (j *Jobs) beginMark(ctx context.Context, now store.Mark) error {
	j.Log.Warn("there is no high-water mark; a new one is made from what is there", "folder", j.mark.folder.Path)
	l := store.Mark{}.Lost(now)
	loaded, err := j.DB.LastLoaded(ctx)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(loaded)) {
		last := int64(0)
		if there, err := j.hasRegistry(id); err == nil && there {
			if _, last, err = j.lastLoad(ctx, id); err != nil {
				continue // that is said where it is used
			}
		}
		if last < loaded[id] {
			l.Registries = append(l.Registries, id)
		}
	}
	if !l.None() {
		return j.keepFound(foundLost{At: now.At, Lost: l})
	}
	e := store.AuditEntry{Action: "mark.anew", Kind: "mark", Object: "installation", Details: store.Args{"folder": j.mark.folder.Path}}
	if err := j.DB.Record(ctx, e, store.SystemActor()); err != nil { // a log that takes no more lines is told of elsewhere
		j.Log.Error("the new high-water mark is not in the log", "error", err)
	}
	if now, err = j.measure(ctx); err != nil {
		return err
	}
	return j.writeMark(now)
}

// keepFound keeps what is lost until somebody confirms it, and gives it as an error.
func (j *Jobs) keepFound(f foundLost) error {
	b, err := json.Marshal(f)
	if err != nil {
		return store.Wrap(err, store.Internal, "internal", nil)
	}
	if err := j.mark.folder.PutFound(string(b)); err != nil {
		return err
	}
	return f.Lost.Err(f.At)
}

// foundLost is what was found to be lost against the mark of a moment. It stands until somebody confirms it: a database
// that is behind grows past the mark soon enough.
type foundLost struct {
	At   time.Time  `json:"at"`
	Lost store.Lost `json:"lost"`
}

// readFound gives what was found to be lost and nobody has confirmed, nil when there is nothing.
func (j *Jobs) readFound() (*foundLost, error) {
	text, err := j.mark.folder.Found()
	if err != nil || text == "" {
		return nil, err
	}
	f := &foundLost{}
	if err := json.Unmarshal([]byte(text), f); err != nil || f.Lost.None() {
		return nil, &store.Error{Class: store.Refused, Code: "mark.broken", Args: store.Args{"path": j.mark.folder.Path}, Err: err}
	}
	return f, nil
}

// readMark gives the mark outside, nil when there is none. Refused "mark.broken" when this installation didn't sign it.
func (j *Jobs) readMark() (*store.Mark, error) {
	note, err := j.mark.folder.Mark()
	if err != nil || note == "" {
		return nil, err
	}
	args := store.Args{"path": j.mark.folder.Path}
	signed, err := j.Verifier().Open([]byte(note))
	if err != nil {
		return nil, &store.Error{Class: store.Refused, Code: "mark.broken", Args: args, Err: err}
	}
	text, ok := strings.CutPrefix(signed, markHead)
	m := &store.Mark{}
	if err := json.Unmarshal([]byte(text), m); err != nil || !ok {
		return nil, &store.Error{Class: store.Refused, Code: "mark.broken", Args: args, Err: err}
	}
	return m, nil
}

// writeMark signs a mark and puts it in place of the last.
func (j *Jobs) writeMark(m store.Mark) error {
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	note, err := j.signer.Sign(markHead + string(b) + "\n")
	if err != nil {
		return err
	}
	if err := j.mark.folder.PutMark(string(note)); err != nil {
		return err
	}
	j.mark.last = m
	return nil
}

// measure tells how far the databases have come.
func (j *Jobs) measure(ctx context.Context) (m store.Mark, err error) {
	m = store.Mark{At: j.Clock.Now().UTC().Truncate(time.Second), Registries: map[string]int64{}}
	list, err := j.DB.Registries(ctx)
	if err != nil {
		return m, err
	}
	for _, g := range list {
		if there, err := j.hasRegistry(g.ID); err != nil || !there {
			continue // nothing was loaded into it yet
		}
		seq, run, err := j.lastLoad(ctx, g.ID)
		if ctx.Err() != nil {
			return m, ctx.Err()
		}
		if err != nil { // that is said where it is used; what it held the mark still says
			j.Log.Error("a registry can't be read", "registry", g.ID, "error", err)
			seq = j.mark.last.Registries[g.ID]
		}
		if seq > 0 {
			m.Registries[g.ID] = seq
		}
		m.Loaded = max(m.Loaded, run)
	}
	if m.Vault, err = j.vault.Last(ctx); err != nil {
		if ctx.Err() != nil {
			return m, ctx.Err()
		}
		j.Log.Error("the vault can't be read", "error", err)
		m.Vault = j.mark.last.Vault
	}
	if m.Tombstones, err = j.vault.LastTombstone(ctx); err != nil {
		if ctx.Err() != nil {
			return m, ctx.Err()
		}
		j.Log.Error("the vault can't be read", "error", err)
	}
	m.Tombstones = max(m.Tombstones, j.mark.last.Tombstones)
	if m.Consent, err = j.consents.Last(ctx); err != nil {
		if ctx.Err() != nil {
			return m, ctx.Err()
		}
		j.Log.Error("the consents can't be read", "error", err)
		m.Consent = j.mark.last.Consent
	}
	// The registries before the ledger: a run is in the ledger before anything of it is loaded.
	if m.Run, err = j.DB.LastRun(ctx); err != nil {
		return m, err
	}
	m.Audit, _, err = j.DB.AuditSize(ctx)
	return m, err
}

func (j *Jobs) lastLoad(ctx context.Context, registry string) (seq, run int64, err error) {
	d, err := j.registry(ctx, registry)
	if err != nil {
		return 0, 0, err
	}
	return d.Last(ctx)
}

// hasRegistry tells whether a registry has a file; opening it would make one. On a server each has its place.
func (j *Jobs) hasRegistry(id string) (bool, error) {
	if j.conf.DatabaseURL != "" {
		return true, nil
	}
	_, err := os.Stat(j.Dir.Registry(id))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// markEvery is the longest that something committed is not covered by the mark.
const markEvery = time.Second

// keepMark moves the mark on when something was committed, again and again until ctx ends.
func (j *Jobs) keepMark(ctx context.Context) {
	t := time.NewTicker(markEvery)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			if err := j.moveMark(ctx); err != nil && ctx.Err() == nil {
				j.Log.Error("the high-water mark is not moved on", "error", err)
			}
		}
	}
}

// moveMark writes the mark when the log has grown, and once more after that: nothing is committed without an entry there,
// before or after it. What is lost is never covered by a new mark; another process may have settled it, or the folder
// may be back.
func (j *Jobs) moveMark(ctx context.Context) error {
	j.mark.mu.Lock()
	defer j.mark.mu.Unlock()
	if j.Lost() != nil {
		return j.lose(j.withMark(ctx, func() error { return j.checkMark(ctx, math.MaxInt64) }))
	}
	size, _, err := j.DB.AuditSize(ctx)
	still := size == j.mark.last.Audit
	if err != nil || still && j.mark.quiet {
		return err
	}
	var m store.Mark
	err = j.withMark(ctx, func() (err error) {
		m, err = j.nextMark(ctx)
		return err
	})
	if foundIn(err) {
		return j.lose(err)
	}
	j.mark.quiet = err == nil && still && m.Audit == size
	return err
}

// lastMark moves the mark on before the databases close.
func (j *Jobs) lastMark() {
	if j.mark.folder.Path == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(j.ctx), 10*time.Second)
	defer cancel()
	if err := j.moveMark(ctx); err != nil {
		j.Log.Error("the high-water mark is not moved on", "error", err)
	}
}

// Missing tells what the mark says was there and isn't. Conflict "mark.nothing" when nothing is lost.
func (j *Jobs) Missing(ctx context.Context) (l store.Lost, problem *store.Error, err error) {
	if problem = j.Lost(); problem == nil {
		return l, nil, store.E(store.Conflict, "mark.nothing", nil)
	}
	if problem.Class != store.Refused { // nothing is known while the folder can't be used
		return l, problem, nil
	}
	if found, err := j.readFound(); err == nil && found != nil {
		return found.Lost, problem, nil
	}
	outside, err := j.readMark()
	if err != nil && store.CodeOf(err) != "mark.broken" {
		return l, problem, err
	}
	now, err := j.measure(ctx)
	if err != nil || outside == nil {
		return l, problem, err
	}
	return outside.Lost(now), problem, nil
}

// ConfirmRestore takes what is there for what work goes on from. Somebody has looked into what is missing, and says why.
// When the audit log, too, is another than the one that was signed last, that is accepted with it. Runs whose loads the
// registries have lost are told so, see Lacking.
func (j *Jobs) ConfirmRestore(ctx context.Context, reason string, by store.Actor) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return store.E(store.Invalid, "audit.no_reason", nil)
	}
	j.mark.mu.Lock()
	defer j.mark.mu.Unlock()
	l, problem, err := j.Missing(ctx)
	if err != nil {
		return err
	}
	if problem.Class != store.Refused { // the folder can't be used: that is nothing to say yes to
		return problem
	}
	if p := j.LogProblem(); p != nil && p.Class == store.Refused {
		if err := j.AcceptLog(ctx, reason, by); err != nil {
			return err
		}
	}
	now, err := j.measure(ctx)
	if err != nil {
		return err
	}
	last := now.Loaded
	if outside, err := j.readMark(); err == nil && outside != nil {
		last = max(last, outside.Run)
	}
	details := store.Args{"problem": problem.Code, "entries": l.Entries, "lost_runs": l.Runs, "registries": l.Registries,
		"lost_persons": l.Vault, "lost_choices": l.Consent}
	if err := j.DB.AcceptRestore(ctx, last, reason, details, by); err != nil {
		return err
	}
	if err := j.loseLoads(ctx, by); err != nil {
		return err
	}
	if err := j.withMark(ctx, func() error {
		if err := j.settleGraves(ctx); err != nil {
			return err
		}
		if now, err = j.measure(ctx); err != nil {
			return err
		}
		if err := j.writeMark(now); err != nil {
			return err
		}
		return j.mark.folder.PutFound("")
	}); err != nil {
		return err
	}
	if err := j.Dir.ConfirmRestored(); err != nil {
		return err
	}
	j.mark.problem.Store(nil)
	j.Wake()
	return nil
}
