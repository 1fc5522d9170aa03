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

// chores are all of them. None waits for another.
var chores = []chore{
	{"the audit log is signed", tick, (*Jobs).dueCheckpoint},
	{"the audit log is verified", time.Hour, (*Jobs).dueVerification},
	{"approvals past their last day expire", 5 * time.Minute, (*Jobs).expireApprovals},
	{"requests to know who persons are come to an end", time.Minute, (*Jobs).keepReidentifications},
	{"access runs out and is gone through", time.Hour, (*Jobs).keepAccess},
	{"risk analyses past their last day expire", 5 * time.Minute, (*Jobs).expireAssessments},
	{"solution designs that nothing rests on give way", 5 * time.Minute, (*Jobs).supersedeDesigns},
	{"people are reminded of last days and late data", 5 * time.Minute, (*Jobs).remindNotices},
	{"samples that nobody may read any more are removed", time.Minute, (*Jobs).sweepSamples},
	{"the newest backup is read", time.Hour, (*Jobs).dueBackupReading},
	{"due times are held against their runs", slotsEvery, (*Jobs).dueSlotCheck},
	{"alerts about runs open and close", time.Minute, (*Jobs).settleAlerts},
	{"alerts about the installation open and close", 5 * time.Minute, (*Jobs).settleParts},
	{"backfills end with their last run", tick, (*Jobs).settleBackfills},
	{"extracts of runs that are over are removed", time.Hour, (*Jobs).sweepSpools},
	{"what is older than it is kept is removed", 6 * time.Hour, (*Jobs).sweepOld},
	{"lists of people's choices are read", time.Minute, (*Jobs).syncConsents},
	{"data keys of persons follow the vault's key", 5 * time.Minute, (*Jobs).dueRewrap},
	{"what happened is told", tick, (*Jobs).tellNotices},
}

// keepHouse does each chore when its time has come, and once at the start, until ctx ends. Each has a loop of its own:
// one that waits for another machine, or for the disk, delays none of the others.
func (j *Jobs) keepHouse(ctx context.Context, chores []chore) {
	for _, c := range chores {
		j.done.Go(func() { j.keep(ctx, c) })
	}
}

func (j *Jobs) keep(ctx context.Context, c chore) {
	var next time.Time
	t := time.NewTicker(tick)
	defer t.Stop()
	for {
		now := j.Clock.Now()
		if !now.Before(next) || next.Sub(now) > c.every { // a clock that was set back doesn't stop it
			next = now.Add(c.every)
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
