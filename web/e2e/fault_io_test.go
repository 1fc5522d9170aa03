package e2e

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"samband/store"
	"samband/web/e2e/portal"
)

// TestFaultIO has the n-th call on the installation's files fail, in turn with an error of the disk, once, and with no
// room left, from there on until the run has ended. A run that fails says so and has loaded nothing; the portal lives, and
// the same delivery loads once the disk is well.
//
// In the long form n goes from 1 until a run comes through untouched, in steps where the disk stays full; the short one
// draws some on the way.
func TestFaultIO(t *testing.T) {
	if !long {
		t.Parallel()
	}
	for _, f := range []struct {
		name  string
		errno syscall.Errno
		lasts bool
		match func(*portal.Call) bool
	}{
		{"write once", syscall.EIO, false, changes},
		{"read once", syscall.EIO, false, func(c *portal.Call) bool { return !changes(c) }},
		{"no room", syscall.ENOSPC, true, func(c *portal.Call) bool { return c.Name == "write" || c.Name == "pwrite" }},
	} {
		t.Run(f.name, func(t *testing.T) {
			r := seeded(t)
			var p *patient
			failed, struck, died := 0, 0, 0
			fails := func(*portal.Call) syscall.Errno { return f.errno }
			for n := 1; ; n++ {
				if p == nil || len(p.list) > 20 {
					if p != nil {
						p.Stop()
					}
					p = patientOf(t, r)
					p.tryOnce()
					p.watch()
					p.point.match = f.match
					p.Start()
					p.deliver(400)
					p.loads()
				}
				p.deliver(400)
				c := p.as("ine")
				before := p.last().No
				do := fails
				if !f.lasts {
					met := false
					do = func(c *portal.Call) syscall.Errno {
						if met {
							return 0
						}
						met = true
						return fails(c)
					}
				}
				p.point.arm(n, do)
				if p.ask(c, "/integrations/episodes/run") || p.last().No > before {
					p.ended(before)
				}
				_, met := p.point.disarm()
				if met == "" {
					p.loads()
					check(t, p.Portal, p.list)
					break
				}
				struck++
				if p.gone() { // it may end rather than guess, and comes back
					died++
					p.Kill()
					p.Start()
				}
				p.idle(time.Minute)
				if now := p.last(); now.No > before && now.State != store.RunSucceeded {
					failed++
					if now.Reason == "" || now.Counts.Loaded > 0 {
						t.Errorf("call %d, %s: the run ended as %+v", n, met, now)
					}
				}
				p.loads()
				check(t, p.Portal, p.list)
				if t.Failed() {
					t.Fatalf("after call %d, %s\n%s", n, met, p.story())
				}
				switch {
				case !long:
					n += r.IntN(250)
				case f.lasts: // each takes as long as the run waits for room
					n += r.IntN(25)
				}
			}
			measured(t, "calls that failed, "+f.name, fmt.Sprintf("%d; %d runs failed of it, %d times the process ended", struck, failed, died))
		})
	}
}

// ended waits until a run after the one of that number has ended, or can't: the portal is gone, or nobody begins one.
func (p *patient) ended(before int64) {
	p.t.Helper()
	for deadline := time.Now().Add(4 * time.Second); time.Now().Before(deadline) && !p.gone(); time.Sleep(10 * time.Millisecond) {
		if r := p.last(); r.No > before && r.State.Ended() {
			time.Sleep(50 * time.Millisecond) // what comes after the end: the delivery is put away
			return
		}
	}
}

// gone tells whether the process has ended by itself.
func (p *patient) gone() bool { return !p.Alive() }
