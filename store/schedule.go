package store

import (
	"hash/fnv"
	"slices"
	"strings"
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
	OverlapQueue  Overlap = "queue"  // one slot waits, no longer than Wait; further ones are skipped
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
	// Wait is how long a slot waits for the run before it with OverlapQueue; then it is skipped.
	Wait time.Duration
	// Calendars are the ids of those in which nothing is started, in order and without doubles; see Calendar.
	Calendars []string
	// Jitter is the most that a start is put off, to spread the load. How much is fixed for each schedule.
	Jitter  time.Duration
	Version int
}

// NewSchedule gives a schedule with the defaults: Oslo time, on, the latest slot caught up within 24 hours, skipped
// while the run before lasts.
func NewSchedule(integrationID, expr string) Schedule {
	return Schedule{
		IntegrationID: integrationID, Expr: expr, Zone: DefaultZone, Enabled: true,
		CatchUp: CatchUpLatest, CatchUpWindow: 24 * time.Hour, CatchUpMax: 10, Overlap: OverlapSkip, Wait: DefaultWait,
	}
}

// The limits that Validate holds.
const (
	MinEvery         = time.Minute
	MaxEvery         = 366 * 24 * time.Hour
	MaxCatchUpWindow = 31 * 24 * time.Hour
	MaxCatchUp       = 100
	MaxJitter        = time.Hour
	MinWait          = time.Minute
	MaxWait          = 7 * 24 * time.Hour
	MaxCalendars     = 20
)

// DefaultWait is how long a slot waits in line where nothing else is said.
const DefaultWait = 6 * time.Hour

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
	if s.Overlap == OverlapQueue && (s.Wait < MinWait || s.Wait > MaxWait) {
		f.Add("wait", "schedule.wait", Args{"days": int(MaxWait.Hours()) / 24})
	}
	if !slices.IsSorted(s.Calendars) || len(slices.Compact(slices.Clone(s.Calendars))) != len(s.Calendars) ||
		len(s.Calendars) > MaxCalendars {
		f.Add("calendars", "schedule.calendars", Args{"most": MaxCalendars})
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

// Location gives the zone of the schedule. No zone and what the zone files hold beside the names of IANA are refused,
// the machine's own zone ("Local", "localtime") and clocks with leap seconds ("right/…") among them: the same schedule
// must mean the same everywhere.
func (s Schedule) Location() (*time.Location, error) {
	if s.Zone == DefaultZone {
		return Oslo, nil
	}
	zone, err := time.LoadLocation(s.Zone)
	folder, _, _ := strings.Cut(s.Zone, "/")
	if err != nil || slices.Contains([]string{"", "Local", "localtime", "posixrules", "Factory", "posix", "right"}, folder) {
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

// SamePause tells whether the schedules have the same pause: by the same person, for the same reason and time.
func (s *Schedule) SamePause(o *Schedule) bool {
	return s.PausedAt.Equal(o.PausedAt) && s.PausedUntil.Equal(o.PausedUntil) && s.PausedBy == o.PausedBy && s.PauseReason == o.PauseReason
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

// Timetable is a schedule ready for arithmetic: checked, its expression read, its zone and calendars found. Package
// planner makes it.
type Timetable struct {
	Schedule  Schedule
	Rule      Recurrence
	Zone      *time.Location
	Calendars []Calendar // those that the schedule names, in its order
}

// Why a slot became a run that is due, missed or skipped. ReasonOverlap and ReasonWaited are given when the run before
// still goes as the slot is to start, the others when it is planned.
const (
	ReasonOnTime     Code = "slot.on_time"    // due
	ReasonCaughtUp   Code = "slot.caught_up"  // due, late
	ReasonDown       Code = "slot.down"       // missed: this schedule does not catch up
	ReasonTooOld     Code = "slot.too_old"    // missed: older than the catch-up window
	ReasonSuperseded Code = "slot.superseded" // missed: a later slot runs for it
	ReasonOverLimit  Code = "slot.over_limit" // missed: more than CatchUpMax
	ReasonPaused     Code = "slot.paused"     // skipped
	ReasonCalendar   Code = "slot.calendar"   // skipped; Args name the calendar and its entry
	ReasonOverlap    Code = "slot.overlap"    // skipped
	ReasonWaited     Code = "slot.waited"     // skipped: it waited in line for longer than Wait
)

// Planned is a slot with what is decided about it: one durable row.
type Planned struct {
	Slot
	State  RunState // RunDue, RunMissed or RunSkipped
	Reason Code
	Args   Args // of the reason
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
//   - Slots in a calendar of the schedule are skipped.
//   - A slot no more than OnTime late is run.
//   - A later one is run or missed as the catch-up rule says. One that is caught up while a calendar lets nothing start
//     begins when that has passed.
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
			default:
				if args, ok := t.kept(slot.At); ok {
					p.State, p.Reason, p.Args = RunSkipped, ReasonCalendar, args
				} else if s.CatchUp == CatchUpNone {
					p.Reason = ReasonDown
				}
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
		args, kept := t.kept(p.At)
		switch {
		case s.Paused(p.At), s.Paused(now), beforeResume && !onTime:
			p.State, p.Reason = RunSkipped, ReasonPaused
		case kept:
			p.State, p.Reason, p.Args = RunSkipped, ReasonCalendar, args
		case onTime:
			p.State, p.Reason, p.Start = RunDue, ReasonOnTime, p.At.Add(s.Delay())
			runs++
		case s.CatchUp == CatchUpNone:
		case s.CatchUp == CatchUpLatest && runs > 0:
			p.Reason = ReasonSuperseded
		case s.CatchUp == CatchUpAll && late == s.CatchUpMax:
			p.Reason = ReasonOverLimit
		default:
			p.State, p.Reason, p.Start = RunDue, ReasonCaughtUp, t.clear(now).Add(s.Delay())
			runs++
			late++
		}
	}
}

// kept tells whether a calendar of the schedule lets nothing start at a moment, and which.
func (t Timetable) kept(at time.Time) (Args, bool) { return calendarsCover(t.Calendars, at.In(t.Zone)) }

// clear gives the first moment from at on, to the minute, when no calendar keeps a start back: at most a month later.
func (t Timetable) clear(at time.Time) time.Time {
	for u := at; u.Before(at.Add(31 * 24 * time.Hour)); u = u.Add(time.Minute) {
		if _, kept := t.kept(u); !kept {
			return u
		}
		u = u.Truncate(time.Minute)
	}
	return at.Add(31 * 24 * time.Hour)
}

// Coming is a slot that is to come, and why it will be skipped; nil when it will run.
type Coming struct {
	Slot
	Skip *Error
}

// Next gives the next n slots after a moment with what the schedule's pause and calendars will make of them.
func (t Timetable) Next(after time.Time, n int) []Coming {
	var out []Coming
	for _, s := range Next(t.Rule, t.Zone, after, n) {
		c := Coming{Slot: s}
		if t.Schedule.Paused(s.At) {
			c.Skip = E(Refused, ReasonPaused, nil)
		} else if args, kept := t.kept(s.At); kept {
			c.Skip = E(Refused, ReasonCalendar, args)
		}
		out = append(out, c)
	}
	return out
}
