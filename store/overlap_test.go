package store

import (
	"testing"
	"time"
)

func TestTurn(t *testing.T) {
	now := utc("2027-01-11T09:00")
	due := func(id string, ago time.Duration, reason Code) Run {
		return Run{ID: id, IntegrationID: "i1", State: RunDue, Trigger: TriggerSchedule, Reason: reason, DueAt: now.Add(-ago),
			StartAt: now.Add(-ago)}
	}
	running := func(ago time.Duration) Run {
		r := due("busy", ago, "")
		r.State = RunRunning
		return r
	}
	person := running(0)
	person.Trigger, person.DueAt = TriggerPerson, time.Time{}
	asked := running(time.Hour)
	asked.CancelBy = "tidsplanen"
	other, dry := running(time.Hour), running(time.Hour)
	other.IntegrationID, dry.DryRun = "i2", true
	later := due("later", -time.Hour, ReasonOnTime)
	caught := due("caught", 3*time.Hour, ReasonCaughtUp)
	for _, c := range []struct {
		name    string
		overlap Overlap
		r       Run
		open    []Run
		want    Turn
	}{
		{"nothing else", OverlapSkip, due("r", 0, ReasonOnTime), nil, Turn{Do: TurnStart}},
		{"another integration, a dry run, a later slot", OverlapSkip, due("r", 0, ReasonOnTime), []Run{other, dry, later},
			Turn{Do: TurnStart}},
		{"skip", OverlapSkip, due("r", 0, ReasonOnTime), []Run{running(time.Hour)}, Turn{Do: TurnSkip, Reason: ReasonOverlap}},
		{"skip behind a person's", OverlapSkip, due("r", 0, ReasonOnTime), []Run{person}, Turn{Do: TurnSkip, Reason: ReasonOverlap}},
		{"skip behind one that has not begun", OverlapSkip, due("r", 0, ReasonOnTime), []Run{due("a", time.Hour, ReasonOnTime)},
			Turn{Do: TurnSkip, Reason: ReasonOverlap}},
		{"one waits", OverlapQueue, due("r", 0, ReasonOnTime), []Run{running(time.Hour)}, Turn{Do: TurnWait}},
		{"up to the last minute", OverlapQueue, due("r", 29*time.Minute, ReasonOnTime), []Run{running(time.Hour)}, Turn{Do: TurnWait}},
		{"no longer", OverlapQueue, due("r", 30*time.Minute, ReasonOnTime), []Run{running(time.Hour)},
			Turn{Do: TurnSkip, Reason: ReasonWaited, Args: Args{"wait": 30 * time.Minute}}},
		{"it starts late where the way is free", OverlapQueue, due("r", 2*time.Hour, ReasonOnTime), nil, Turn{Do: TurnStart}},
		{"a second doesn't wait", OverlapQueue, due("r", 0, ReasonOnTime), []Run{running(2 * time.Hour), due("a", time.Hour, ReasonOnTime)},
			Turn{Do: TurnSkip, Reason: ReasonOverlap}},
		{"one waits behind those caught up", OverlapQueue, due("r", 0, ReasonOnTime), []Run{running(4 * time.Hour), caught},
			Turn{Do: TurnWait}},
		{"the first asks the one before to stop", OverlapCancel, due("r", 0, ReasonOnTime), []Run{running(time.Hour)},
			Turn{Do: TurnCancel}},
		{"and asks once", OverlapCancel, due("r", 0, ReasonOnTime), []Run{asked}, Turn{Do: TurnWait}},
		{"those caught up go in order", OverlapSkip, due("r", time.Hour, ReasonCaughtUp), []Run{running(4 * time.Hour), caught},
			Turn{Do: TurnWait}},
		{"and cancel none of each other", OverlapCancel, due("r", time.Hour, ReasonCaughtUp), []Run{running(4 * time.Hour)},
			Turn{Do: TurnWait}},
		{"but don't wait for a person", OverlapSkip, due("r", time.Hour, ReasonCaughtUp), []Run{person},
			Turn{Do: TurnSkip, Reason: ReasonOverlap}},
	} {
		s := NewSchedule("i1", "0 * * * *")
		s.Overlap, s.Wait = c.overlap, 30*time.Minute
		got := s.Turn(&c.r, append(c.open, c.r), now)
		if got.Do != c.want.Do || got.Reason != c.want.Reason || got.Args["wait"] != c.want.Args["wait"] ||
			(got.Before != nil) != (got.Do == TurnCancel) {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}
