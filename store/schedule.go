package store

import (
	"hash/fnv"
	"slices"
	"time"
)

// DefaultZone is the zone of a schedule unless somebody chose another.
const DefaultZone = "Europe/Oslo"

// OnTime is how late a slot can be planned and still count as on time. The planner wakes at least twice a minute, so
// a later slot means that the portal was not running, and the catch-up rule decides.
const OnTime = 2 * time.Minute

// CatchUp tells what to do with slots that fell due while the portal was not running.
type CatchUp string

const (
	CatchUpNone   CatchUp = "none"   // none is run
	CatchUpLatest CatchUp = "latest" // the last one is run, for all
	CatchUpAll    CatchUp = "all"    // the last CatchUpMax are run, in order
)

// Overlap tells what to do with a slot when the run before it has not ended.
type Overlap string

const (
	OverlapSkip   Overlap = "skip"   // the slot is skipped
	OverlapQueue  Overlap = "queue"  // one slot waits, further ones are skipped
	OverlapCancel Overlap = "cancel" // the run before is cancelled
)

// Schedule tells when an integration runs. It is either an expression (Expr) or an interval (Every). Times are
// outside the approval: anyone with the right may change them.
//
// The planner keeps, beside the schedule, the moment up to which all slots are recorded. Whoever changes a schedule
// in any way plans up to now with it as it was, first, in the same transaction; then no slot is ever judged by
// settings that came after it.
type Schedule struct {
	ID            string
	IntegrationID string

	Expr   string        // five fields, as package planner reads them
	Every  time.Duration // see Interval
	Anchor time.Time     // see Interval
	Zone   string        // name in the IANA database

	// Enabled is the switch. While it is off nothing is expected, and no slot is recorded.
	Enabled bool
	// A pause is from PausedAt until PausedUntil (zero: until somebody resumes), and set when PausedAt is. Its slots
	// are recorded as skipped. It stays here after it ended, so that a slot planned late is still known as paused.
	PausedAt    time.Time
	PausedUntil time.Time
	PausedBy    string
	PauseReason string

	CatchUp       CatchUp
	CatchUpWindow time.Duration // how old a slot may be and still be caught up
	CatchUpMax    int           // only for CatchUpAll
	Overlap       Overlap
	// Jitter is the most that a start is put off, to spread the load. How much is fixed for each schedule.
	Jitter  time.Duration
	Version int
}

// NewSchedule gives a schedule with the defaults: Oslo time, on, the latest slot caught up within 24 hours, skipped
// while the run before lasts.
func NewSchedule(integrationID, expr string) Schedule {
	return Schedule{
		IntegrationID: integrationID, Expr: expr, Zone: DefaultZone, Enabled: true,
		CatchUp: CatchUpLatest, CatchUpWindow: 24 * time.Hour, CatchUpMax: 10, Overlap: OverlapSkip,
	}
}

// The limits that Validate holds.
const (
	MinEvery         = time.Minute
	MaxEvery         = 366 * 24 * time.Hour
	MaxCatchUpWindow = 31 * 24 * time.Hour
	MaxCatchUp       = 100
	MaxJitter        = time.Hour
)

// Validate checks all but the expression, which package planner reads. The error is a FieldErrors.
func (s Schedule) Validate() error {
	var f FieldErrors
	if s.IntegrationID == "" {
		f.Add("integration", "schedule.integration", nil)
	}
	switch {
	case s.Expr != "" && s.Every != 0:
		f.Add("expr", "schedule.two_kinds", nil)
	case s.Expr == "" && s.Every == 0:
		f.Add("expr", "schedule.empty", nil)
	case s.Every != 0 && (s.Every < MinEvery || s.Every > MaxEvery || s.Every%time.Minute != 0):
		f.Add("every", "schedule.every", nil)
	}
	if _, err := s.Location(); err != nil {
		f = append(f, err.(*Error))
	}
	if !slices.Contains([]CatchUp{CatchUpNone, CatchUpLatest, CatchUpAll}, s.CatchUp) {
		f.Add("catch_up", "schedule.catch_up", nil)
	}
	if s.CatchUp != CatchUpNone && (s.CatchUpWindow < OnTime || s.CatchUpWindow > MaxCatchUpWindow) {
		f.Add("catch_up_window", "schedule.catch_up_window", Args{"days": int(MaxCatchUpWindow.Hours()) / 24})
	}
	if s.CatchUp == CatchUpAll && (s.CatchUpMax < 1 || s.CatchUpMax > MaxCatchUp) {
		f.Add("catch_up_max", "schedule.catch_up_max", Args{"max": MaxCatchUp})
	}
	if !slices.Contains([]Overlap{OverlapSkip, OverlapQueue, OverlapCancel}, s.Overlap) {
		f.Add("overlap", "schedule.overlap", nil)
	}
	if s.Jitter < 0 || s.Jitter > MaxJitter {
		f.Add("jitter", "schedule.jitter", nil)
	}
	if !s.PausedAt.IsZero() && s.PauseReason == "" {
		f.Add("pause_reason", "schedule.pause_reason", nil)
	}
	if !s.PausedUntil.IsZero() && (s.PausedAt.IsZero() || s.PausedUntil.Before(s.PausedAt)) {
		f.Add("paused_until", "schedule.paused_until", nil)
	}
	return f.OrNil()
}

// Location gives the zone of the schedule. The machine's own zone ("Local") and no zone are refused: the same
// schedule must mean the same everywhere.
func (s Schedule) Location() (*time.Location, error) {
	if s.Zone == DefaultZone {
		return Oslo, nil
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil || s.Zone == "" || s.Zone == "Local" {
		return nil, FieldError("zone", "schedule.zone", Args{"zone": s.Zone})
	}
	return zone, nil
}

// Paused tells whether the schedule is paused at a moment.
func (s Schedule) Paused(at time.Time) bool {
	return !s.PausedAt.IsZero() && !at.Before(s.PausedAt) && (s.PausedUntil.IsZero() || at.Before(s.PausedUntil))
}

// Pause gives the schedule paused from now until a moment; zero is until somebody resumes it.
func (s Schedule) Pause(now, until time.Time, by, reason string) Schedule {
	s.PausedAt, s.PausedUntil, s.PausedBy, s.PauseReason = now, until, by, reason
	return s
}

// Resume gives the schedule with its pause ended now. What fell due in the pause is not run.
func (s Schedule) Resume(now time.Time) Schedule {
	if s.Paused(now) {
		s.PausedUntil = now
	}
	return s
}

// Delay is how much the starts of this schedule are put off: between nothing and Jitter, in whole seconds.
func (s Schedule) Delay() time.Duration {
	h := fnv.New64a()
	h.Write([]byte(s.ID))
	return time.Duration(h.Sum64()%uint64(s.Jitter/time.Second+1)) * time.Second
}

// Timetable is a schedule ready for arithmetic: checked, its expression read, its zone found. Package planner makes it.
type Timetable struct {
	Schedule Schedule
	Rule     Recurrence
	Zone     *time.Location
}

// Why a slot became a run that is due, missed or skipped. ReasonOverlap is given when the run before still goes as
// the slot is to start, the others when it is planned.
const (
	ReasonOnTime     Code = "slot.on_time"    // due
	ReasonCaughtUp   Code = "slot.caught_up"  // due, late
	ReasonDown       Code = "slot.down"       // missed: this schedule does not catch up
	ReasonTooOld     Code = "slot.too_old"    // missed: older than the catch-up window
	ReasonSuperseded Code = "slot.superseded" // missed: a later slot runs for it
	ReasonOverLimit  Code = "slot.over_limit" // missed: more than CatchUpMax
	ReasonPaused     Code = "slot.paused"     // skipped
	ReasonOverlap    Code = "slot.overlap"    // skipped
)

// Planned is a slot with what is decided about it: one durable row.
type Planned struct {
	Slot
	State  RunState // RunDue, RunMissed or RunSkipped
	Reason Code
	// Start is when a slot that is due starts: At, or now when it is caught up, and the schedule's Delay.
	Start time.Time
}

// planBatch bounds the slots too old to run that one call of Due gives; tests lower it.
var planBatch = 10_000

// Due decides about every slot after planned up to and including now, in order of time, and tells how far it came:
// the planned of the next call. That is now, except after an outage so long that the slots come in several batches
// (call again until it is), or when the clock was set back (nothing is done until it passes planned again).
//
//   - Slots of a pause are skipped. Nothing from before a pause is caught up after it, and nothing runs within it.
//   - A slot no more than OnTime late is run.
//   - A later one is run or missed as the catch-up rule says.
func (t Timetable) Due(planned, now time.Time) ([]Planned, time.Time) {
	s := t.Schedule
	switch {
	case !now.After(planned):
		return nil, planned
	case !s.Enabled:
		return nil, now
	}
	window := OnTime
	if s.CatchUp != CatchUpNone {
		window = max(window, s.CatchUpWindow)
	}
	out, from := []Planned(nil), planned.Add(1)
	if reach := now.Add(-window); from.Before(reach) {
		for slot := range t.Rule.slots(t.Zone, ceil(from), ceil(reach)) {
			p := Planned{Slot: slot, State: RunMissed, Reason: ReasonTooOld}
			switch {
			case s.Paused(slot.At):
				p.State, p.Reason = RunSkipped, ReasonPaused
			case s.CatchUp == CatchUpNone:
				p.Reason = ReasonDown
			}
			if out = append(out, p); len(out) == planBatch {
				return out, slot.At
			}
		}
		from = reach
	}
	recent := len(out)
	for slot := range t.Rule.slots(t.Zone, ceil(from), ceil(now.Add(1))) {
		out = append(out, Planned{Slot: slot})
	}
	t.decide(out[recent:], now)
	return out, now
}

// decide settles slots that are not too old. It goes backwards, because a later run makes an earlier one needless.
func (t Timetable) decide(slots []Planned, now time.Time) {
	s := t.Schedule
	begun := !s.PausedAt.IsZero() && !s.PausedAt.After(now)
	runs, late := 0, 0
	for i := range slots {
		p := &slots[len(slots)-1-i]
		onTime := p.At.After(now.Add(-OnTime))
		beforeResume := begun && (s.PausedUntil.IsZero() || p.At.Before(s.PausedUntil))
		p.State, p.Reason = RunMissed, ReasonDown
		switch {
		case s.Paused(p.At), s.Paused(now), beforeResume && !onTime:
			p.State, p.Reason = RunSkipped, ReasonPaused
		case onTime:
			p.State, p.Reason, p.Start = RunDue, ReasonOnTime, p.At.Add(s.Delay())
			runs++
		case s.CatchUp == CatchUpNone:
		case s.CatchUp == CatchUpLatest && runs > 0:
			p.Reason = ReasonSuperseded
		case s.CatchUp == CatchUpAll && late == s.CatchUpMax:
			p.Reason = ReasonOverLimit
		default:
			p.State, p.Reason, p.Start = RunDue, ReasonCaughtUp, now.Add(s.Delay())
			runs++
			late++
		}
	}
}
