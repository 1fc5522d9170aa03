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

// place is one of the two that a world has: the vault, or the registry.
type place struct{ file, schema string }

var (
	inVault    = place{"vault.db", "vault"}
	inRegistry = place{"registry.db", "registry_episodes"}
)

// exec changes a place behind the engine's back.
func (w *world) exec(at place, statements ...string) {
	w.t.Helper()
	driver, source := "sqlite", "file:"+filepath.Join(w.dir, at.file)+"?_pragma=busy_timeout(5000)"
	if w.url != "" {
		driver, source = "pgx", w.url
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if w.url != "" {
		statements = append([]string{"SET search_path TO " + at.schema}, statements...)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			w.t.Fatal(err)
		}
	}
}

// fault makes a table take no more rows, or none of which the condition holds.
func (w *world) fault(at place, table, condition string) {
	w.t.Helper()
	if w.url == "" {
		w.exec(at, "CREATE TRIGGER fault BEFORE INSERT ON "+table+" WHEN "+condition+" BEGIN SELECT RAISE(ABORT, 'injected'); END")
		return
	}
	w.exec(at, "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'injected'; END $$",
		"CREATE TRIGGER fault BEFORE INSERT ON "+table+" FOR EACH ROW WHEN ("+condition+") EXECUTE FUNCTION fault()")
}

// mend takes the fault away.
func (w *world) mend(at place, table string) {
	w.t.Helper()
	if w.url == "" {
		w.exec(at, "DROP TRIGGER fault")
		return
	}
	w.exec(at, "DROP TRIGGER fault ON "+table)
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
		"the vault takes no more": {arrange: func(w *world) { w.fault(inVault, "person", "NEW.tag % 7 = 0") },
			repair: func(w *world) { w.mend(inVault, "person") }, state: store.RunFailed, code: "vault.write"},
		"the registry takes no more": {arrange: func(w *world) { w.fault(inRegistry, "data_episodes", "NEW.episode_id LIKE '%-0012%'") },
			repair: func(w *world) { w.mend(inRegistry, "data_episodes") }, state: store.RunFailed, code: "registry.write"},
		"the history can't be kept": {arrange: func(w *world) { w.fault(inRegistry, "history_episodes", "TRUE") },
			repair: func(w *world) { w.mend(inRegistry, "history_episodes") }, state: store.RunFailed, code: "registry.write"},
		"the findings can't be kept": {arrange: func(w *world) { w.fault(inRegistry, "finding", "TRUE") },
			repair: func(w *world) { w.mend(inRegistry, "finding") }, state: store.RunFailed, code: "registry.write"},
		"the record can't be kept": {arrange: func(w *world) { w.fault(inRegistry, "load", "TRUE") },
			repair: func(w *world) { w.mend(inRegistry, "load") }, state: store.RunFailed, code: "registry.write"},
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
			each(t, func(t *testing.T, w *world) {
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
	each(t, func(t *testing.T, w *world) {
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
	})
}
