package store

import (
	"strings"
	"time"
)

// DefaultLease is how long a process holds a run after it last said that it is at work with it. Whoever finds a lease
// that has run out takes the run over; the one before can write nothing then, however late it wakes: see Run.Attempt.
const DefaultLease = 30 * time.Second

// MaxLosses is how many attempts at a run may be lost. One that brings its process down each time would do so for ever,
// and all that shares the process with it.
const MaxLosses = 5

// lossWaits is how long a run waits after its first loss, its second …: at first not at all, since most processes end
// for reasons that have nothing to do with the run.
var lossWaits = [MaxLosses - 1]time.Duration{0, 10 * time.Second, time.Minute, 5 * time.Minute}

// AfterLoss says what becomes of a run whose attempts were lost so many times (1 = the first): it starts over after a
// wait that grows, or, at MaxLosses, not again.
func AfterLoss(losses int) (wait time.Duration, again bool) {
	if losses >= MaxLosses {
		return 0, false
	}
	return lossWaits[max(losses, 1)-1], true
}

// Owner names a process that holds runs, as "place/process". A place is a data folder on a machine, which one process
// owns at a time: whoever owns it knows that all earlier processes of it have ended.
type Owner string

// NewOwner names a process. Neither part may hold a slash.
func NewOwner(place, process string) Owner {
	clean := strings.NewReplacer("/", "-")
	return Owner(clean.Replace(place) + "/" + clean.Replace(process))
}

// Place gives the data folder that the process owns.
func (o Owner) Place() string { place, _, _ := strings.Cut(string(o), "/"); return place }

// Held tells whether somebody is at work with the run, as far as me can tell at a moment: the lease lasts, and isn't
// left over from an earlier process of the same data folder.
func (r *Run) Held(now time.Time, me Owner) bool {
	left := r.LeaseOwner != me && r.LeaseOwner.Place() == me.Place()
	return r.LeaseOwner != "" && !left && now.Before(r.LeaseUntil)
}

// Waiting tells whether the run waits for its next attempt, which may begin at StartAt. Nobody holds it then.
func (r *Run) Waiting() bool { return r.State == RunRunning && r.Stage == StageWaiting }

// Lost tells whether somebody was at work with the run and has gone without a word: it must be settled against what the
// registry holds. A run that the shell asked for has a holder from its making, for nobody else carries it out.
func (r *Run) Lost(now time.Time, me Owner) bool {
	switch {
	case r.Held(now, me):
		return false
	case r.State == RunRunning:
		return !r.Waiting()
	case r.State == RunDue:
		return r.Trigger == TriggerShell
	}
	return r.LeaseOwner != "" // held or unknown and being decided about, or being taken back
}
