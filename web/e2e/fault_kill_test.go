package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"samband/store"
	"samband/web/e2e/portal"
)

// TestFaultKill kills the portal while it carries a run out, takes one back or makes a backup: half of the times before
// a system call on one of its files that is drawn among all that the work makes, half at a moment. It is opened again on
// the same folders, and what was asked for is there, whole and once.
func TestFaultKill(t *testing.T) {
	n := 15
	if long {
		n = 500
	} else {
		t.Parallel()
	}
	r := seeded(t)
	const perHouse = 15
	var opened, ended time.Duration
	kills, met := 0, map[string]int{}
	for kills < n {
		p := patientOf(t, r)
		p.watch()
		p.point.match = changes
		p.Start()
		p.deliver(1500)
		p.loads() // the tables are there
		for range min(perHouse, n-kills) {
			what := []string{"run", "run", "run", "run", "held", "release", "undo", "backup"}[r.IntN(8)]
			where, o, e := p.killed(what)
			kills++
			opened, ended = max(opened, o), max(ended, e)
			met[what+": "+where]++
			check(t, p.Portal, p.list)
			t.Log(kills, what, where)
			if t.Failed() {
				t.Fatalf("after kill %d, in %s at %s\n%s", kills, what, where, p.story())
			}
		}
		p.restores()
		if code := p.Stop(); code != 0 {
			t.Errorf("the portal ended with %d", code)
		}
		ok(t, p.Portal, "audit", "verify")
	}
	if opened > 5*time.Second || ended > 5*time.Second {
		t.Errorf("the portal answered after %v, and all runs had ended %v after that", opened, ended)
	}
	measured(t, "kills", kills)
	measured(t, "longest until the portal answered again", ms(opened))
	measured(t, "longest until all runs had ended after that", ms(ended))
	for where, n := range met {
		t.Logf("%4d × %s", n, where)
	}
}

// holds has the newest delivery read by a run that is held, or that stands by now.
func (p *patient) holds() {
	p.t.Helper()
	p.idle(time.Minute)
	for range 5 {
		if p.stands() || p.last().State == store.RunHeld {
			return
		}
		p.ask(p.as("ine"), "/integrations/episodes/run")
		p.idle(time.Minute)
	}
	p.t.Fatalf("the delivery is not held: %s", p.story())
}

// release lets a held run load, in the name of a person.
func (p *patient) release(no int64) {
	p.t.Helper()
	p.ask(p.as("kaja"), fmt.Sprintf("/runs/%d/decide?decision=release&reason=sett", no))
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline) && p.Alive(); time.Sleep(20 * time.Millisecond) {
		if p.stands() {
			return
		}
	}
}

// restores holds that a backup of all this, put back elsewhere, passes the checker too.
func (p *patient) restores() {
	p.t.Helper()
	var made struct{ Set string }
	only(p.t, ok(p.t, p.Portal, "backup", filepath.Join(p.Dir, "last"), "--json"), &made)
	other := portal.New(p.t)
	if err := os.CopyFS(filepath.Join(other.Data, "keys"), os.DirFS(filepath.Join(p.Data, "keys"))); err != nil {
		p.t.Fatal(err)
	}
	keys, _ := filepath.Glob(filepath.Join(other.Data, "keys", "*.key"))
	for _, path := range keys {
		os.Chmod(path, 0o400)
	}
	ok(p.t, other, "restore", made.Set)
	check(p.t, other, p.list)
}

// works is about how many calls each kind of work makes.
var works = map[string]*atomic.Int64{"run": {}, "held": {}, "release": {}, "undo": {}, "backup": {}}

// killed starts a work, kills the portal in the middle, opens it again and brings the work to its end.
func (p *patient) killed(what string) (where string, opened, ended time.Duration) {
	p.t.Helper()
	c := p.as("kaja")
	switch what {
	case "held", "release":
		p.deliver(300) // far fewer than usual
	}
	if what == "release" {
		p.holds()
	}
	before := p.last()
	undone := len(p.list) - 1
	backup := filepath.Join(p.Dir, fmt.Sprint("sets-", p.r.Uint32()))
	var begin func()
	switch what {
	case "run":
		p.deliver(1200 + p.r.IntN(800))
		begin = func() { p.ask(c, "/integrations/episodes/run") }
	case "held":
		begin = func() { p.ask(c, "/integrations/episodes/run") }
	case "release":
		begin = func() { p.release(before.No) }
	case "undo":
		begin = func() { p.ask(c, fmt.Sprintf("/runs/%d/undo", before.No)) }
	case "backup":
		begin = func() { p.Run("backup", backup) }
	}
	usual := works[what].Load()
	died := make(chan struct{})
	at := 0
	if usual == 0 {
		usual = 400
	}
	byCall := p.r.IntN(2) == 0
	if byCall {
		at = 1 + p.r.IntN(int(usual)*11/10)
	}
	var once atomic.Bool
	pid := p.Pid()
	p.point.arm(max(at, 1), func(*portal.Call) syscall.Errno {
		if at > 0 && once.CompareAndSwap(false, true) {
			syscall.Kill(pid, syscall.SIGKILL)
			close(died)
		}
		return 0
	})
	begun := make(chan struct{})
	go func() { begin(); close(begun) }()
	if byCall {
		select {
		case <-died:
		case <-time.After(1500 * time.Millisecond): // it had fewer calls this time
		}
	} else {
		time.Sleep(time.Duration(p.r.Int64N(int64(150 * time.Millisecond))))
	}
	seen, where := p.point.disarm()
	if !byCall {
		where = "a moment"
	} else if !once.Load() {
		where = "after its end"
		works[what].Store(int64(seen))
	}
	if byCall && once.Load() && int64(at) > usual {
		works[what].Store(int64(at))
	}
	p.Kill()
	<-begun // a command that finds no portal does the work itself
	began := time.Now()
	p.Start()
	opened = time.Since(began)
	ended = p.idle(30 * time.Second)
	switch what {
	case "run":
		p.loads()
	case "held", "release":
		for range 5 {
			if p.holds(); p.stands() {
				break
			}
			p.release(p.last().No)
			p.idle(time.Minute)
		}
	case "undo":
		c := p.as("kaja")
		for range 3 {
			if p.last().Reason != "run.undone" {
				p.ask(c, fmt.Sprintf("/runs/%d/undo", before.No))
			}
		}
		if now := p.last(); now.No == before.No && now.State == store.RunSucceeded && before.Reason != "run.undone" {
			p.list[undone].undone = true
		}
		p.deliver(1200) // so that there is something to take back
		p.loads()
	case "backup":
		ok(p.t, p.Portal, "backup", backup)
	}
	return where, opened, ended
}
