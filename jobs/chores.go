package jobs

import (
	"context"
	"time"
)

// chore is something that an installation does now and then, beside its runs. Each is told from its own rows what is
// left to do, so that a chore that is cut off, comes late, or comes in two processes at once does no harm.
type chore struct {
	name  string
	every time.Duration
	do    func(*Jobs, context.Context) error
}

// chores are all of them, in the order in which they are done.
var chores = []chore{
	{"the audit log is signed", tick, (*Jobs).dueCheckpoint},
	{"the audit log is verified", time.Hour, (*Jobs).dueVerification},
	{"approvals past their last day expire", 5 * time.Minute, (*Jobs).expireApprovals},
	{"access runs out and is gone through", time.Hour, (*Jobs).keepAccess},
	{"risk analyses past their last day expire", 5 * time.Minute, (*Jobs).expireAssessments},
	{"people are reminded of last days and late data", 5 * time.Minute, (*Jobs).remindNotices},
	{"what happened is told", tick, (*Jobs).tellNotices},
}

// keepHouse does the chores when their time has come, and once at the start, until ctx ends.
func (j *Jobs) keepHouse(ctx context.Context) {
	next := make([]time.Time, len(chores))
	t := time.NewTicker(tick)
	defer t.Stop()
	for {
		for i, c := range chores {
			now := j.Clock.Now()
			if now.Before(next[i]) && next[i].Sub(now) <= c.every { // a clock that was set back doesn't stop it
				continue
			}
			next[i] = now.Add(c.every)
			if err := c.do(j, ctx); err != nil && ctx.Err() == nil {
				j.Log.Error("a chore failed", "chore", c.name, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}
