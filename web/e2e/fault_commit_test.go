package e2e

import (
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"samband/store"
	"samband/store/storetest/postgres"
	"samband/web/e2e/portal"
)

// commits watches what a process says to the server, and finds the moment between the commit of the vault and that of
// the registry: the registry's commit waits to be sent.
type commits struct {
	mu       sync.Mutex
	registry map[string]bool // connections to the registry
	load     string          // the one that has written its load's record
	reached  chan struct{}
	at       func(*portal.Call) syscall.Errno // asked at the moment, once
	cut      bool                             // nothing reaches the registry
}

func newCommits() *commits {
	return &commits{registry: map[string]bool{}, reached: make(chan struct{})}
}

func (x *commits) judge(c *portal.Call) syscall.Errno {
	if c.Name != "write" && c.Name != "read" || !strings.HasPrefix(c.Path, "socket:") {
		return 0
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if c.Name == "read" {
		if x.cut && x.registry[c.Path] {
			return syscall.ECONNRESET
		}
		return 0
	}
	said := c.Data()
	if strings.Contains(said, `search_path TO "registry_episodes"`) {
		x.registry[c.Path] = true
	}
	if x.registry[c.Path] && strings.Contains(said, "INSERT INTO load(") {
		x.load = c.Path
	}
	if x.cut && x.registry[c.Path] {
		return syscall.ECONNRESET
	}
	if at := x.at; at != nil && c.Path == x.load && strings.Contains(said, "COMMIT") {
		x.at = nil
		close(x.reached)
		return at(c)
	}
	return 0
}

func (x *commits) set(cut bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.cut = cut
}

// onServer gives the settings of processes that share a server.
func onServer(t *testing.T) []string {
	return []string{"SAMBAND_DATABASE_URL=" + postgres.URL(t), "SAMBAND_SHARED=" + filepath.Join(t.TempDir(), "shared")}
}

// lastOn gives the newest run as the server has it.
func (p *patient) lastOn() row {
	p.t.Helper()
	c := &checker{t: p.t}
	defer c.close()
	db := c.open("pgx", p.Setting("SAMBAND_DATABASE_URL"))
	return latest(p.t, db)
}

// TestFaultPausedBetweenCommits stops a portal just between the commit of the vault and that of the registry, for longer
// than its lease. Another takes the run over and brings it to its end; the first, when it wakes, can write nothing.
func TestFaultPausedBetweenCommits(t *testing.T) {
	t.Parallel()
	env := onServer(t)
	first := patientOf(t, seeded(t), env...)
	x := newCommits()
	first.Watch(x.judge)
	first.Start()
	pid := first.Pid()
	x.at = func(*portal.Call) syscall.Errno {
		syscall.Kill(pid, syscall.SIGSTOP)
		time.Sleep(200 * time.Millisecond) // it stands still before it hears that it may go on
		return 0
	}
	first.deliver(1500)
	first.ask(first.as("ine"), "/integrations/episodes/run")
	select {
	case <-x.reached:
	case <-time.After(30 * time.Second):
		t.Fatalf("the moment did not come: %+v", first.lastOn())
	}
	stopped := time.Now()
	second := portal.New(t, append(env, "SAMBAND_DROP="+first.Drop)...)
	second.Start()
	until(t, 90*time.Second, "the end of the run", func() bool { return first.lastOn().State.Ended() })
	measured(t, "paused between two commits: the run had ended after", ms(time.Since(stopped)))
	if r := first.lastOn(); r.State != store.RunSucceeded || r.Attempt < 2 {
		t.Errorf("the run ended as %+v", r)
	}
	check(t, first.Portal, first.list)
	if long {
		time.Sleep(2*time.Minute - time.Since(stopped))
	}
	if err := syscall.Kill(pid, syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	time.Sleep(3 * time.Second)
	check(t, first.Portal, first.list)
	if t.Failed() {
		t.Log(first.Log())
	}
	for _, p := range []*portal.Portal{first.Portal, second} {
		if code := p.Stop(); code != 0 {
			t.Errorf("a portal ended with %d\n%s", code, p.Log())
		}
	}
	check(t, first.Portal, first.list)
}

// TestFaultCommitUnknown breaks the connection to the registry in the middle of its commit, so that nobody can tell for
// longer than the process asks whether the load took place: once it had reached the server, once it had not. Either way
// it has one effect in the end.
func TestFaultCommitUnknown(t *testing.T) {
	for name, reaches := range map[string]bool{"the server has it": true, "the server has it not": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := patientOf(t, seeded(t), onServer(t)...)
			x := newCommits()
			p.Watch(x.judge)
			p.Start()
			x.at = func(*portal.Call) syscall.Errno {
				x.cut = true // under the lock
				if reaches {
					return 0
				}
				return syscall.ECONNRESET
			}
			p.deliver(1500)
			p.ask(p.as("ine"), "/integrations/episodes/run")
			select {
			case <-x.reached:
			case <-time.After(30 * time.Second):
				t.Fatalf("the moment did not come: %+v", p.lastOn())
			}
			began := time.Now()
			time.Sleep(33 * time.Second) // the process asks for 30 s
			if r := p.lastOn(); r.State != store.RunRunning {
				t.Errorf("before anybody can tell, the run is %+v", r)
			}
			x.set(false)
			until(t, 3*time.Minute, "the end of the run", func() bool { return p.lastOn().State.Ended() })
			r := p.lastOn()
			measured(t, "commit unknown, "+name+": the run had ended after", ms(time.Since(began)))
			if r.State != store.RunSucceeded || reaches != (r.Attempt == 1) {
				t.Errorf("the run ended as %+v", r)
			}
			check(t, p.Portal, p.list)
		})
	}
}
