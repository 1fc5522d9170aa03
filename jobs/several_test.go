package jobs

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"samband/store"
	"samband/store/secrets"
	"samband/store/seed"
	"samband/store/seed/hospital"
	"samband/store/storetest/postgres"
)

// shortLease is the lease of these tests' processes: long enough for a machine that is busy.
const shortLease = 3 * time.Second

// hall is an installation on PostgreSQL for several processes, and this process among them, which starts no runs.
type hall struct {
	*house
	shared string
}

func openHall(t *testing.T) *hall {
	t.Helper()
	dir := t.TempDir()
	h := &hall{house: &house{t: t}, shared: filepath.Join(dir, "shared")}
	h.conf = processConf{Data: filepath.Join(dir, "here"), Drop: filepath.Join(dir, "drop"), Shared: h.shared,
		URL: postgres.URL(t), Lease: shortLease}.config()
	h.conf.Demo = true
	h.reopen()
	t.Cleanup(func() { h.Close() })
	if err := h.Seed(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := h.DB.Schedule(t.Context(), seed.DemoIntegration) // nothing runs but what the test asks for
	if err == nil {
		err = h.DB.DeleteSchedule(t.Context(), s.ID, s.Version, h.plan(), by)
	}
	if err != nil {
		t.Fatal(err)
	}
	h.drain()
	return h
}

// drain ends the runs that are due.
func (h *hall) drain() {
	h.t.Helper()
	open, err := h.DB.OpenRuns(h.t.Context())
	for i := range open {
		if err == nil {
			_, err = h.DB.CancelRun(h.t.Context(), open[i].ID, by)
		}
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// another gives what another process of the installation is told. With hold its deliveries stand still.
func (h *hall) another(name string, hold bool) processConf {
	h.t.Helper()
	p := processConf{Data: filepath.Join(filepath.Dir(h.shared), name), Drop: h.conf.Drop, Shared: h.shared,
		URL: h.conf.DatabaseURL, Lease: shortLease, Workers: 2}
	if hold {
		p.Hold = filepath.Join(filepath.Dir(h.shared), name+".hold")
		if err := os.WriteFile(p.Hold, nil, 0o600); err != nil {
			h.t.Fatal(err)
		}
	}
	return p
}

// until waits for what must come to be.
func (h *hall) until(what string, most time.Duration, is func() bool) time.Duration {
	h.t.Helper()
	began := time.Now()
	for !is() {
		if time.Since(began) > most {
			h.t.Fatalf("%s did not come in %v", what, most)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(began)
}

func (h *hall) now(r *store.Run) *store.Run {
	h.t.Helper()
	now, err := h.DB.Run(h.t.Context(), r.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return now
}

// begin leaves a new delivery, asks for a run of it, and waits until a process with held deliveries is at work with it.
func (h *hall) begin(n int) *store.Run {
	h.t.Helper()
	os.RemoveAll(h.demoFolder())
	if _, _, err := hospital.Deliver(h.demoFolder(), hospital.Options{Seed: 1, Delivery: n, Stays: 300, New: 20}, h.Clock.Now()); err != nil {
		h.t.Fatal(err)
	}
	r, err := h.StartNow(h.t.Context(), seed.DemoIntegration, false, by)
	if err != nil {
		h.t.Fatal(err)
	}
	h.until("a worker's start", 20*time.Second, func() bool {
		now := h.now(r)
		return now.Stage == store.StageExtract && now.Delivery.Name != ""
	})
	return h.now(r)
}

func (h *hall) lines(r *store.Run) (codes []string) {
	h.t.Helper()
	log, err := h.DB.Log(h.t.Context(), r.No, store.LogFilter{})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, l := range log {
		codes = append(codes, string(l.Code))
	}
	return codes
}

// whole checks that a run took place once, in the attempt that is meant, and all of it.
func (h *hall) whole(r *store.Run, attempt int) {
	h.t.Helper()
	if r.State != store.RunSucceeded || r.Attempt != attempt || r.Counts.Loaded == 0 || !r.Counts.Balanced() ||
		r.LeaseOwner != "" {
		h.t.Errorf("%s %s, attempt %d held by %q: %+v", r.State, r.Reason, r.Attempt, r.LeaseOwner, r.Counts)
	}
}

// Workers that are stopped, killed, told to end or cut off from the database in the middle of a run: another takes it
// over, it takes place once, and what the first one does when it wakes counts for nothing.
func TestLostWorkers(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	slow := h.another("slow", true)
	first := startProcess(t, slow)
	r := h.begin(1)
	if r.LeaseOwner.Place() == h.Dir.Place || r.Attempt != 1 {
		t.Fatalf("held by %q in attempt %d", r.LeaseOwner, r.Attempt)
	}
	owner := r.LeaseOwner

	// Stopped, as a machine that stands still. Another takes the run over, and nothing sooner than its lease has run out.
	first.signal(syscall.SIGSTOP)
	stopped := time.Now()
	second := startProcess(t, h.another("quick", false))
	h.until("the take-over", shortLease+15*time.Second, func() bool { return h.now(r).LeaseOwner != owner })
	t.Logf("measured: taken over after the worker stood still: %v; the lease is %v", time.Since(stopped).Round(time.Millisecond), shortLease)
	h.until("the end of the run", 20*time.Second, func() bool { return h.now(r).State.Ended() })
	r = h.now(r)
	h.whole(r, 2)
	if said := strings.Join(h.lines(r), " "); !strings.Contains(said, "run.worker_lost") || strings.Count(said, "run.loaded") != 1 {
		t.Error(said)
	}
	loaded := h.dump()

	// It wakes, reads to its end, and can write nothing.
	os.Remove(slow.Hold)
	first.signal(syscall.SIGCONT)
	time.Sleep(4 * followEvery)
	if now := h.now(r); now.Attempt != r.Attempt || now.Counts != r.Counts || !now.EndedAt.Equal(r.EndedAt) {
		t.Errorf("the late worker wrote: %+v", now)
	}
	if h.dump() != loaded {
		t.Error("the late worker changed the registry")
	}
	if code := first.end(syscall.SIGTERM); code != 0 {
		t.Errorf("the late worker ended with %d", code)
	}

	// Killed.
	if code := second.end(syscall.SIGTERM); code != 0 {
		t.Errorf("a worker with nothing to do ended with %d", code)
	}
	first = startProcess(t, h.another("slow", true))
	r = h.begin(2)
	first.end(syscall.SIGKILL)
	second = startProcess(t, h.another("quick", false))
	took := h.until("the end of the killed worker's run", shortLease+25*time.Second, func() bool { return h.now(r).State.Ended() })
	t.Logf("the killed worker's run ended %v after another opened", took.Round(time.Millisecond))
	h.whole(h.now(r), 2)
	second.end(syscall.SIGTERM)

	// Told to end: it gives the run back, and another need not wait for the lease.
	first = startProcess(t, h.another("slow", true))
	r = h.begin(3)
	began := time.Now()
	if code := first.end(syscall.SIGTERM); code != 0 || time.Since(began) > 30*time.Second {
		t.Errorf("it ended with %d after %v", code, time.Since(began))
	}
	if now := h.now(r); !now.Waiting() || now.Reason != "run.paused" {
		t.Errorf("left as %s %s %s", now.State, now.Stage, now.Reason)
	}
	second = startProcess(t, h.another("quick", false))
	h.until("the end of the run given back", 20*time.Second, func() bool { return h.now(r).State.Ended() })
	h.whole(h.now(r), 2)
	if said := strings.Join(h.lines(r), " "); strings.Contains(said, "run.worker_lost") {
		t.Error(said)
	}
	second.end(syscall.SIGTERM)

	// Cancelled from another process.
	first = startProcess(t, h.another("slow", true))
	r = h.begin(4)
	if err := h.Cancel(t.Context(), r.ID, by); err != nil {
		t.Fatal(err)
	}
	if took := h.until("the end of the cancelled run", 10*time.Second, func() bool { return h.now(r).State.Ended() }); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	if now := h.now(r); now.State != store.RunCancelled || now.Counts.Loaded > 0 {
		t.Errorf("%s %+v", now.State, now.Counts)
	}
	first.end(syscall.SIGTERM)
}

// A database that goes away in the middle of a run, for a moment or for longer than a lease: the process goes on, says
// that it isn't ready, and the run takes place by itself once the database is there again.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w, over := newWire(t, h.conf.DatabaseURL)
	p := h.another("far", true)
	p.URL = over
	x := startProcess(t, p)
	c := h.another("asked", false).config()
	c.DatabaseURL = over
	asked, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer asked.Close()
	long := shortLease + 2*time.Second
	if os.Getenv("SAMBAND_LONG") == "1" {
		long = 40 * time.Second
	}
	for n, away := range []time.Duration{300 * time.Millisecond, long} {
		if err := os.WriteFile(p.Hold, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		r := h.begin(n + 1)
		if err := asked.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.set(true)
		os.Remove(p.Hold) // it reads on while the database is away
		if err := asked.Ready(t.Context()); err == nil {
			t.Error("ready without a database")
		}
		time.Sleep(away)
		select {
		case <-x.ended:
			t.Fatalf("the process ended: %s", x.said)
		default:
		}
		w.set(false)
		h.until("readiness", 15*time.Second, func() bool { return asked.Ready(t.Context()) == nil })
		took := h.until("the end of the run", shortLease+30*time.Second, func() bool { return h.now(r).State.Ended() })
		now := h.now(r)
		t.Logf("measured: database away for %v, the run ended after it was back: %v, in attempt %d", away, took.Round(time.Millisecond), now.Attempt)
		h.whole(now, now.Attempt)
	}
	if code := x.end(syscall.SIGTERM); code != 0 {
		t.Errorf("the process ended with %d: %s", code, x.said)
	}
}

// Two processes plan the same due times and carry out their runs: each due time has one record, each run that started
// did so once, and all end.
func TestDueTimesOfTwoProcesses(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	ctx := t.Context()
	slots := 300
	if os.Getenv("SAMBAND_LONG") == "1" {
		slots = 10_000
	}
	from := h.Clock.Now()
	many := store.NewSchedule(seed.DemoIntegration, "* * * * *")
	many.CatchUp, many.CatchUpWindow, many.CatchUpMax = store.CatchUpAll, 24*time.Hour, store.MaxCatchUp
	many.Overlap = store.OverlapQueue
	if err := h.DB.CreateSchedule(ctx, &many, by); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"north", "south"} {
		p := h.another(name, false)
		p.Ahead = time.Duration(slots) * time.Minute // nobody was there meanwhile
		x := startProcess(t, p)
		t.Cleanup(func() {
			if t.Failed() {
				t.Log(x.said)
			}
		})
	}
	t.Cleanup(func() { // what a failure has to say, before the processes end
		if t.Failed() {
			runs, err := h.DB.Runs(context.WithoutCancel(ctx), store.RunFilter{All: true, From: from, States: []store.RunState{store.RunDue, store.RunRunning}, Limit: 20})
			t.Logf("not ended: %+v, %v", runs, err)
		}
	})
	all := func() []store.Run {
		runs, err := h.DB.Runs(ctx, store.RunFilter{All: true, IntegrationID: seed.DemoIntegration, From: from, Limit: 2 * slots,
			Triggers: []store.Trigger{store.TriggerSchedule}})
		if err != nil {
			t.Fatal(err)
		}
		return runs
	}
	h.until("the end of all runs", 5*time.Minute, func() bool {
		runs, ended := all(), 0
		for _, r := range runs {
			if r.State.Ended() {
				ended++
			}
		}
		return ended >= slots && ended == len(runs)
	})
	seen, succeeded := map[string]bool{}, 0
	for _, r := range all() {
		if seen[r.Slot] {
			t.Errorf("%s has two records", r.Slot)
		}
		seen[r.Slot] = true
		if r.State == store.RunSucceeded {
			succeeded++
			if r.Attempt != 1 {
				t.Errorf("run %d took %d attempts", r.No, r.Attempt)
			}
		}
	}
	for n := range slots {
		at := from.Truncate(time.Minute).Add(time.Duration(n+1) * time.Minute)
		if slot := at.In(store.Oslo).Format("2006-01-02T15:04"); !seen[slot] {
			t.Errorf("%s has no record", slot)
		}
	}
	begun, err := h.DB.Audit(ctx, store.AuditFilter{All: true, Action: "run.start", Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("measured: due times of two processes: %d, each with one record; %d were carried out", len(seen), succeeded)
	if succeeded < store.MaxCatchUp || len(begun) != succeeded {
		t.Errorf("%d runs took place, %d starts are in the log, of %d due times", succeeded, len(begun), len(seen))
	}
}

// What others seal and sign must be open to all: a process with keys of its own is refused, and so is one without.
func TestOtherKeys(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	c := h.another("stranger", false).config()
	c.Shared = ""
	refused := func(want store.Code) {
		t.Helper()
		if j, err := Open(t.Context(), c); store.CodeOf(err) != want {
			if err == nil {
				j.Close()
			}
			t.Errorf("%v, want %s", err, want)
		}
	}
	refused("key.missing")
	folder := filepath.Join(c.Data, "keys")
	for _, name := range secrets.Names {
		if _, made, err := (secrets.Keys{Dir: folder}).Key(name, true); err != nil || !made {
			t.Fatal(made, err) // there must be none yet
		}
	}
	refused("key.other")
}
