package store

import "time"

// Turn is what comes of a slot when its time to start has come.
type Turn struct {
	// Do is one of the Turn values.
	Do TurnDo
	// Reason and Args say why it is skipped.
	Reason Code
	Args   Args
	// Before is the run that is to be cancelled.
	Before *Run
}

// TurnDo is what is to be done with a slot.
type TurnDo string

const (
	TurnStart  TurnDo = "start"
	TurnWait   TurnDo = "wait"   // it stays due, and is looked at again when something has ended
	TurnSkip   TurnDo = "skip"   // it ends as skipped
	TurnCancel TurnDo = "cancel" // the run before is asked to stop; then it is looked at again
)

// Turn decides about the slot r, which is due, when others of its integration are due or running. Slots start in the
// order of their due times, and none while another run of the integration is at work:
//
//   - Slots that are caught up after an outage wait for those before them: each of them is to run.
//   - Others are dealt with as Overlap says. With OverlapQueue one waits, no longer than Wait from its start.
//   - With OverlapCancel the run at work is asked to stop, once.
func (s Schedule) Turn(r *Run, open []Run, now time.Time) Turn {
	var busy, ahead *Run
	waits := false // another slot that is not caught up waits already
	for i := range open {
		switch o := &open[i]; {
		case o.ID == r.ID || o.IntegrationID != r.IntegrationID || o.DryRun:
		case o.State == RunRunning:
			busy = o
		case o.State == RunDue && o.Trigger == TriggerSchedule && o.DueAt.Before(r.DueAt) && !o.StartAt.After(now):
			ahead = o
			waits = waits || o.Reason != ReasonCaughtUp
		}
	}
	chain := r.Reason == ReasonCaughtUp && (busy == nil || busy.Trigger == TriggerSchedule && busy.DueAt.Before(r.DueAt))
	switch {
	case busy == nil && ahead == nil:
		return Turn{Do: TurnStart}
	case chain:
		return Turn{Do: TurnWait}
	case s.Overlap == OverlapQueue && !waits:
		if now.Sub(r.StartAt) >= s.Wait {
			return Turn{Do: TurnSkip, Reason: ReasonWaited, Args: Args{"wait": s.Wait}}
		}
		return Turn{Do: TurnWait}
	case s.Overlap == OverlapCancel && busy != nil && busy.CancelBy == "":
		return Turn{Do: TurnCancel, Before: busy}
	case s.Overlap == OverlapCancel:
		return Turn{Do: TurnWait}
	}
	return Turn{Do: TurnSkip, Reason: ReasonOverlap}
}
