package e2e

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"samband/store"
	"samband/web/e2e/episodes"
	"samband/web/e2e/portal"
)

// SAMBAND_LONG=1 makes the kills many: 50 at 1 000 000 rows, in place of a few at 100 000. It takes an hour:
//
//	SAMBAND_LONG=1 go test -run Kill -v -timeout 2h ./web/e2e
var long = os.Getenv("SAMBAND_LONG") == "1"

// kills gives how many rows the runs that are killed have, and how many kills there are.
func kills(t *testing.T, short int) (rows, n int) {
	if long {
		return 1_000_000, 25
	}
	t.Parallel()
	return 100_000, short
}

// settled checks what must hold when nothing is at work: every run has ended, and its counts balance.
func settled(t *testing.T, list []row) {
	t.Helper()
	for _, r := range list {
		if !r.State.Final() || !r.Counts.Balanced() {
			t.Errorf("run %d is left as %+v", r.No, r)
		}
	}
}

// soon gives a random moment within a run that takes this long, or just after it. One of four comes in its first
// twentieth, where much happens in a short time.
func soon(whole time.Duration) time.Duration {
	if rand.IntN(4) == 0 {
		return rand.N(whole / 20)
	}
	return rand.N(whole + whole/10)
}

func ms(d time.Duration) time.Duration { return d.Round(time.Millisecond) }

// TestKillCommand kills `samband run` at random moments. The next command finds the folder in order: the run has ended,
// as failed when nothing of it was loaded and as succeeded when all of it was, and never anything between. What was
// killed is then run again, and gives what a run gives that nobody disturbed.
func TestKillCommand(t *testing.T) {
	rows, n := kills(t, 4)
	p := withEpisodes(t)
	in, want := extract(t, p, rows, 11)
	began := time.Now()
	run(t, p, 0, "episodes", "--input", in)
	whole := time.Since(began)
	holds(t, p, want.Dump())
	for range n {
		p := withEpisodes(t)
		c := p.Command("run", "episodes", "--input", in, "--json")
		moment := soon(whole)
		time.Sleep(moment)
		c.Process.Kill()
		c.Wait()
		began := time.Now()
		ok(t, p, "doctor") // whatever command comes next
		took := time.Since(began)
		list := runs(t, portalDB(t, p), "episodes")
		settled(t, list)
		met := "no run"
		if len(list) > 0 {
			met = string(list[0].State)
		}
		switch {
		case len(list) > 1:
			t.Errorf("one command made %d runs", len(list))
		case met == "succeeded":
			holds(t, p, want.Dump())
		case met == "no run", met != "held" && list[0].Reason == "run.interrupted":
			holds(t, p, episodes.Dump{})
		default:
			t.Errorf("killed after %v, the run is %+v", moment, list[0])
		}
		t.Logf("killed after %v of some %v: %s; in order after %v", ms(moment), ms(whole), met, ms(took))
		if took > 5*time.Second {
			t.Errorf("the folder was in order only after %v", took)
		}
		if r := run(t, p, 0, "episodes", "--input", in); r.Counts.Loaded+r.Counts.Unchanged != want.Rows() {
			t.Errorf("after a kill at %v the run gave %+v", moment, r.Counts)
		}
		holds(t, p, want.Dump())
		os.RemoveAll(filepath.Dir(p.Data))
	}
}

// TestKillPortal kills the portal at random moments of runs that read the drop folder, one delivery of new versions
// after the other, and opens it again on the same folders: within five seconds the run goes on by itself, it succeeds,
// and the registry holds what the deliveries hold, nothing lost and nothing twice.
func TestKillPortal(t *testing.T) {
	rows, n := kills(t, 4)
	p := withEpisodes(t)
	folder := filepath.Join(p.Drop, "episodes")
	p.Start()
	db := portalDB(t, p)
	want := &episodes.Want{}
	var whole time.Duration
	for k := 0; k <= n; k++ {
		bad := deliver(t, p, folder, k, rows, want)
		began := time.Now()
		login(t, p, "ine").post("/integrations/episodes/run", nil)
		if k > 0 { // the first tells how long they take
			moment := soon(whole)
			time.Sleep(moment)
			p.Kill()
			last := latest(t, db)
			killed := time.Now()
			p.Start()
			opened := time.Since(killed)
			until(t, 5*time.Second, "the run to go on", func() bool {
				now := latest(t, db)
				return now.State.Ended() || now.State == store.RunRunning && now.Counts.Read > 0 && now.Attempt > last.Attempt
			})
			t.Logf("killed after %v of some %v: %s, attempt %d, %d rows read; opened after %v, went on after %v", ms(moment),
				ms(whole), last.State, last.Attempt, last.Counts.Read, ms(opened), ms(time.Since(killed)))
		}
		until(t, 5*time.Minute, "the end of the run", func() bool { return latest(t, db).State.Ended() })
		if whole = max(whole, time.Since(began)); k > 0 {
			whole = min(whole, 30*time.Second)
		}
		r := latest(t, db)
		if r.State != store.RunSucceeded || r.Counts.Read != int64(rows) || r.Counts.Quarantined != bad || r.Counts.Loaded == 0 {
			t.Errorf("the run ended as %+v", r)
		}
		settled(t, runs(t, db, "episodes"))
		holds(t, p, want.Dump())
	}
	if len(runs(t, db, "episodes")) != n+1 {
		t.Errorf("of %d deliveries there are %d runs", n+1, len(runs(t, db, "episodes")))
	}
	run(t, p, 0, "episodes") // puts away what a kill left between a load and its sealing
	if left := files(t, folder); len(left) > 0 {
		t.Errorf("%v was left", left)
	}
	holds(t, p, want.Dump())
	if code := p.Stop(); code != 0 {
		t.Errorf("the portal ended with %d", code)
	}
}

// deliver puts a delivery of rows in the folder, with versions of its own, and gives how many of them must be held back.
func deliver(t *testing.T, p *portal.Portal, folder string, k, rows int, want *episodes.Want) (bad int64) {
	t.Helper()
	before := want.Quarantined
	path := filepath.Join(p.Dir, "delivery.csv")
	f, err := os.Create(path)
	if err == nil {
		err = episodes.Write(f, rows, uint64(1000+k), want)
	}
	if err == nil {
		err = f.Close()
	}
	content, err2 := os.ReadFile(path)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	put(t, folder, named(k), content, int64(rows))
	return want.Quarantined - before
}

// TestStop holds that a portal which is asked to end does so soon and well, also in the middle of a run, and that the
// run goes on when the portal opens again.
func TestStop(t *testing.T) {
	t.Parallel()
	p, folder := drops(t)
	db := portalDB(t, p)
	want := &episodes.Want{}
	bad := deliver(t, p, folder, 0, 100_000, want)
	login(t, p, "ine").post("/integrations/episodes/run", nil)
	until(t, 20*time.Second, "the run", func() bool { return latest(t, db).Counts.Read > 0 })
	began := time.Now()
	if code := p.Stop(); code != 0 {
		t.Errorf("the portal ended with %d\n%s", code, p.Log())
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the portal took %v to end", took)
	}
	if r := latest(t, db); r.State != store.RunRunning {
		t.Fatalf("the run was not cut off: %+v", r)
	}
	holds(t, p, episodes.Dump{}) // the command settles nothing that a portal is to go on with
	p.Start()
	until(t, time.Minute, "the end of the run", func() bool { return latest(t, db).State.Ended() })
	if r := latest(t, db); r.State != store.RunSucceeded || r.Counts.Quarantined != bad || r.Attempt < 2 {
		t.Errorf("the run ended as %+v", r)
	}
	holds(t, p, want.Dump())
}

// TestCancel holds that a run stops within two seconds of a person's word, with nothing loaded, and that its delivery
// is there for the next.
func TestCancel(t *testing.T) {
	t.Parallel()
	p, folder := drops(t)
	db := portalDB(t, p)
	want := &episodes.Want{}
	deliver(t, p, folder, 0, 100_000, want)
	ine := login(t, p, "ine")
	ine.post("/integrations/episodes/run", nil)
	until(t, 20*time.Second, "the run", func() bool { return latest(t, db).Counts.Read > 0 })
	began := time.Now()
	ine.post(fmt.Sprintf("/runs/%d/cancel", latest(t, db).No), nil)
	until(t, 20*time.Second, "the end of the run", func() bool { return latest(t, db).State.Ended() })
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the run took %v to stop", took)
	}
	if r := latest(t, db); r.State != store.RunCancelled || r.Counts.Loaded > 0 && !r.Counts.Balanced() {
		t.Errorf("cancelled, the run is %+v", r)
	}
	holds(t, p, episodes.Dump{})
	if r := run(t, p, 0, "episodes"); r.Counts.Loaded != want.Rows() {
		t.Errorf("the next run gave %+v", r.Counts)
	}
	holds(t, p, want.Dump())
}

// TestInterrupt holds that Ctrl+C cancels the run of a command, whether the command does the work itself or has handed
// it over.
func TestInterrupt(t *testing.T) {
	for _, owned := range []bool{false, true} {
		t.Run(map[bool]string{false: "alone", true: "handed over"}[owned], func(t *testing.T) {
			t.Parallel()
			p := withEpisodes(t)
			if owned {
				p.Start()
			}
			db := portalDB(t, p)
			in, _ := extract(t, p, 100_000, 77)
			c := p.Command("run", "episodes", "--input", in, "--json")
			until(t, 20*time.Second, "the run", func() bool { return latest(t, db).Counts.Read > 0 })
			began := time.Now()
			c.Process.Signal(os.Interrupt)
			out := c.Wait()
			until(t, 5*time.Second, "the end of the run", func() bool { return latest(t, db).State.Ended() })
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("the run took %v to stop", took)
			}
			if r := latest(t, db); r.State != store.RunCancelled || r.Reason != "run.cancelled" || out.Code != 1 {
				t.Errorf("interrupted with %d, the run is %+v\n%s", out.Code, r, out.Stderr)
			}
			holds(t, p, episodes.Dump{})
		})
	}
}
