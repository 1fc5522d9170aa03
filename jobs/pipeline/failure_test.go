package pipeline

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"samband/store"
	"samband/store/vault"
)

// exec changes a file behind the engine's back.
func (w *world) exec(file, query string) {
	w.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(w.dir, file)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		w.t.Fatal(err)
	}
}

// persons counts who is in the vault, with rows or without.
func (w *world) persons() (n int) {
	w.t.Helper()
	if err := w.vault.Each(ctx, "episodes", func(store.Pseudonym, vault.Attributes) error { n++; return nil }); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// keys gives no key once it is told to.
type keys struct{ broken bool }

func (k *keys) Current() int { return 1 }
func (k *keys) Master(int) ([]byte, error) {
	if k.broken {
		return nil, store.E(store.Unavailable, "vault.key_version", store.Args{"version": 1})
	}
	return make([]byte, 32), nil
}

// Whatever fails, wherever: the run says so, the registry is as it was to the byte of its dumps, and the next run
// works.
func TestFailureLoadsNothing(t *testing.T) {
	first, second := extract(8, 600), extract(9, 1800)
	x := expect(append(append([][]string(nil), first...), second...))
	trigger := func(table, when string) string {
		return `CREATE TRIGGER fault BEFORE INSERT ON ` + table + ` ` + when + ` BEGIN SELECT RAISE(ABORT, 'injected'); END`
	}
	injected := errors.New("injected")
	for name, c := range map[string]struct {
		arrange, repair func(*world)
		job             func(context.CancelFunc, *Job)
		state           store.RunState
		code            store.Code
	}{
		"the delivery ends wrong": {job: func(_ context.CancelFunc, j *Job) {
			d := j.Delivery.(*delivery)
			d.before = func(n int) error {
				if n == 3 {
					return store.E(store.Invalid, "delivery.checksum", nil)
				}
				return nil
			}
		}, state: store.RunFailed, code: "delivery.checksum"},
		"the delivery fails at once": {job: func(_ context.CancelFunc, j *Job) {
			j.Delivery.(*delivery).before = func(int) error { return injected }
		}, state: store.RunFailed, code: "run.failed"},
		"the reader panics": {job: func(_ context.CancelFunc, j *Job) {
			j.Delivery.(*delivery).before = func(n int) error {
				if n == 1 {
					panic("17837130158")
				}
				return nil
			}
		}, state: store.RunFailed, code: "run.failed"},
		"the observer panics": {job: func(_ context.CancelFunc, j *Job) {
			j.Observer = func(p Progress) {
				if p.Stage == store.StageCommit {
					panic("commit")
				}
			}
		}, state: store.RunFailed, code: "run.failed"},
		"the vault takes no more": {arrange: func(w *world) {
			w.exec("vault.db", trigger("person", "WHEN (SELECT count(*) FROM person) > 500"))
		}, repair: func(w *world) { w.exec("vault.db", "DROP TRIGGER fault") }, state: store.RunFailed, code: "vault.write"},
		"the registry takes no more": {arrange: func(w *world) {
			w.exec("registry.db", trigger("data_episodes", "WHEN NEW.episode_id LIKE '%-0012%'"))
		}, repair: func(w *world) { w.exec("registry.db", "DROP TRIGGER fault") }, state: store.RunFailed, code: "registry.write"},
		"the history can't be kept": {arrange: func(w *world) { w.exec("registry.db", trigger("history_episodes", "")) },
			repair: func(w *world) { w.exec("registry.db", "DROP TRIGGER fault") }, state: store.RunFailed, code: "registry.write"},
		"the findings can't be kept": {arrange: func(w *world) { w.exec("registry.db", trigger("finding", "")) },
			repair: func(w *world) { w.exec("registry.db", "DROP TRIGGER fault") }, state: store.RunFailed, code: "registry.write"},
		"the record can't be kept": {arrange: func(w *world) { w.exec("registry.db", trigger("load", "")) },
			repair: func(w *world) { w.exec("registry.db", "DROP TRIGGER fault") }, state: store.RunFailed, code: "registry.write"},
		"the approval is gone from the start": {job: func(_ context.CancelFunc, j *Job) {
			j.Guard = func(context.Context) error { return store.E(store.Refused, "gate.no_approval", nil) }
		}, state: store.RunRefused, code: "gate.no_approval"},
		"the approval is revoked while batches are written": {job: func(_ context.CancelFunc, j *Job) {
			asked := 0
			j.Guard = func(context.Context) error {
				if asked++; asked == 3 {
					return store.E(store.Refused, "gate.no_approval", nil)
				}
				return nil
			}
		}, state: store.RunRefused, code: "gate.no_approval"},
		"the approval is revoked last before the commit": {job: func(_ context.CancelFunc, j *Job) {
			stage := store.StageGate
			j.Observer = func(p Progress) { stage = p.Stage }
			j.Guard = func(context.Context) error {
				if stage == store.StageCommit {
					return store.E(store.Refused, "gate.no_approval", nil)
				}
				return nil
			}
		}, state: store.RunRefused, code: "gate.no_approval"},
		"cancelled while reading": {job: func(cancel context.CancelFunc, j *Job) {
			j.Delivery.(*delivery).before = func(n int) error {
				if n == 2 {
					cancel()
				}
				return nil
			}
		}, state: store.RunCancelled, code: "run.cancelled"},
		"cancelled before the commit": {job: func(cancel context.CancelFunc, j *Job) {
			j.Observer = func(p Progress) {
				if p.Stage == store.StageDecide {
					cancel()
				}
			}
		}, state: store.RunCancelled, code: "run.cancelled"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.run(first)
			health, identity := w.dumps()
			persons := w.persons()
			if c.arrange != nil {
				c.arrange(w)
			}
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			j := w.job(newDelivery(t, encode(t, second)))
			j.Limits.MaxQuarantined = 1
			if c.job != nil {
				c.job(cancel, &j)
			}
			res, err := Run(ctx, j)
			if err == nil || res.State != c.state || res.Reason != c.code {
				t.Fatalf("%s %s: %v, want %s %s", res.State, res.Reason, err, c.state, c.code)
			}
			if h, i := w.dumps(); h != health || i != identity || w.persons() != persons {
				t.Error("something was loaded")
			}
			if r, err := w.registry.Load(context.Background(), j.RunID); r != nil || err != nil {
				t.Error("a record was left", err)
			}
			if c.repair != nil {
				c.repair(w)
			}
			w.run(second)
			w.check(x)
		})
	}
}

// A key that can't be had ends the run too.
func TestNoKey(t *testing.T) {
	w := newWorld(t)
	k := &keys{}
	w.openVault(k)
	k.broken = true
	j := w.job(newDelivery(t, encode(t, extract(8, 100))))
	if res, err := Run(ctx, j); res.State != store.RunFailed || res.Reason != "vault.key_version" {
		t.Error(res.State, res.Reason, err)
	}
	k.broken = false
	w.run(extract(8, 100))
}

// A source that hangs does not hold a run that is cancelled, and no goroutine is left behind.
func TestCancelIsQuick(t *testing.T) {
	w := newWorld(t)
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(ctx)
	j := w.job(newDelivery(t, encode(t, extract(8, 2000))))
	j.Delivery.(*delivery).before = func(n int) error {
		if n == 1 {
			time.AfterFunc(20*time.Millisecond, cancel)
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}
	start := time.Now()
	res, err := Run(ctx, j)
	if res.State != store.RunCancelled || err == nil || time.Since(start) > 2*time.Second {
		t.Error(res.State, err, time.Since(start))
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error(fmt.Sprint(runtime.NumGoroutine()-before), "goroutines are left")
}
