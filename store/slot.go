package store

import (
	"iter"
	"math"
	"math/bits"
	"strings"
	"time"
)

// Recurrence is a rule that gives due times: a Cron or an Interval.
type Recurrence interface {
	// slots yields the slots with from ≤ At < to, in Unix seconds, in order.
	slots(zone *time.Location, from, to int64) iter.Seq[Slot]
}

// Cron is a five-field expression, read. Each set has one bit per value: minutes 0–59, hours 0–23, days of the month
// 1–31, months 1–12 and weekdays 0–6 from Sunday. Package planner makes it from text and refuses what never happens.
//
// What happens when the clock changes depends on which of two classes the expression is in; see EveryHour.
type Cron struct {
	Minute uint64
	Hour   uint32
	DOM    uint32
	Month  uint16
	DOW    uint8
	// DOMStar and DOWStar tell whether the field begins with a star (a step over a star counts, as in Vixie cron).
	// When neither does, a day is due when either field matches; otherwise both must match.
	DOMStar, DOWStar bool
	// Text is the expression as it was written, fields parted by one space.
	Text string
}

// Each of these has every bit of its field.
const (
	AllMinutes uint64 = 1<<60 - 1
	AllHours   uint32 = 1<<24 - 1
	AllDOM     uint32 = 1<<32 - 2
	AllMonths  uint16 = 1<<13 - 2
	AllDOW     uint8  = 1<<7 - 1
)

// EveryHour tells the class of the expression:
//
//   - It names every hour of the day (all 24, however that is written: *, */1 or 0-23). Then it is due whenever the
//     clock shows a minute it names, so it runs in every real hour: 23 hours in the spring, 25 in the autumn.
//   - It names some hours. Then each local time it names is due once per local date, at the first instant when the
//     clock has reached it: after the gap in the spring (Moved), the first of the two in the autumn. Due times that
//     fall on the same instant that way are one.
//
// A step such as */2 is of the second class: it names twelve hours, and none of them is lost or doubled.
func (c Cron) EveryHour() bool { return c.Hour == AllHours }

// OnDay tells whether the expression is due on a date of this month, day of the month and weekday.
func (c Cron) OnDay(month time.Month, day int, weekday time.Weekday) bool {
	if c.Month>>month&1 == 0 {
		return false
	}
	dom, dow := c.DOM>>day&1 == 1, c.DOW>>weekday&1 == 1
	if c.DOMStar || c.DOWStar {
		return dom && dow
	}
	return dom || dow
}

// Interval is due at Anchor and then each Every, in real time: a clock change moves its local times. A zero Anchor
// means 1970-01-01T00:00Z. Every is whole minutes and at least one; seconds of the Anchor are cut.
type Interval struct {
	Every  time.Duration
	Anchor time.Time
}

// Slot is one due time.
type Slot struct {
	// At is the instant it is due, in UTC.
	At time.Time
	// Local is the date and time on the zone's clock that the slot stands for, as 2027-03-28T02:30. The second time an
	// hour is shown in the autumn, the offset is added: 2027-10-31T02:30+01:00.
	Local string
	// Moved tells that the local time does not exist on its date; At is the first instant after the gap.
	Moved bool
	// Note tells how a clock change touches the slot; empty for almost all.
	Note Code
}

// What a clock change does to a slot. The code is also the key of its sentence.
const (
	NoteGap        Code = "slot.gap"         // the local time does not exist, At is right after the gap
	NoteGapJoined  Code = "slot.gap_joined"  // a local time in the gap falls on this slot and is one with it
	NoteGapSkipped Code = "slot.gap_skipped" // first slot after a gap that an every-hour rule passes over
	NoteFoldOnce   Code = "slot.fold_once"   // the local time comes twice, only this first one is due
	NoteFoldFirst  Code = "slot.fold_first"  // the local time comes twice, both are due, this is the first
	NoteFoldSecond Code = "slot.fold_second" // as above, this is the second
)

// Key tells the slots of an integration apart: Local, with the name of the zone unless it is DefaultZone, so that a
// schedule that is moved to another zone has the same local time again, at another instant, as a slot of its own.
func (s Slot) Key(zone string) string {
	if zone == DefaultZone {
		return s.Local
	}
	return s.Local + " " + zone
}

// DueIn gives the zone of the schedule that the run was due by, as Key wrote it: Oslo for any other run.
func (r *Run) DueIn() *time.Location {
	_, name, _ := strings.Cut(r.Slot, " ")
	if zone, err := (Schedule{Zone: name}).Location(); err == nil {
		return zone
	}
	return Oslo
}

// Date gives the local date of the slot.
func (s Slot) Date() Date { return Date(s.Local[:len(time.DateOnly)]) }

// Slots gives the slots with from ≤ At < to, in order. A rule that is due each minute has half a million a year.
func Slots(r Recurrence, zone *time.Location, from, to time.Time) []Slot {
	var out []Slot
	for s := range r.slots(zone, ceil(from), ceil(to)) {
		out = append(out, s)
	}
	return out
}

// Next gives the n first slots after a moment; fewer when the rule is never due again.
func Next(r Recurrence, zone *time.Location, after time.Time, n int) []Slot {
	// 29 February on a named weekday is the rarest day that comes again: up to 40 years pass around 2100.
	const horizon = 41 * 366 * 24 * 3600
	var out []Slot
	for from, last := ceil(after.Add(1)), -1; len(out) < n && len(out) > last; from += horizon {
		last = len(out)
		for s := range r.slots(zone, from, from+horizon) {
			if out = append(out, s); len(out) == n {
				break
			}
		}
	}
	return out
}

// ClockChanges gives one slot for each of the next n clock changes that touch the rule, looking two years ahead: the
// first slot with a note around that change.
func ClockChanges(r Recurrence, zone *time.Location, after time.Time, n int) []Slot {
	var out []Slot
	for p := range periods(zone, ceil(after), ceil(after.AddDate(2, 0, 0))) {
		if p.off == p.before || len(out) == n {
			continue
		}
		around := max(p.off-p.before, p.before-p.off, 3600)
		for s := range r.slots(zone, max(p.start-around, ceil(after)), p.start+around) {
			if s.Note != "" {
				out = append(out, s)
				break
			}
		}
	}
	return out
}

// ceil gives Unix seconds, part of a second counted as a whole one.
func ceil(t time.Time) int64 {
	if t.Nanosecond() > 0 {
		return t.Unix() + 1
	}
	return t.Unix()
}

// period is a stretch of time, start ≤ u < end in Unix seconds, in which a zone keeps one offset from UTC. The clock
// shows u+off in it, a "wall" below: seconds since 1970 on the zone's own clock.
type period struct {
	start, end         int64
	before, off, after int64 // offsets just before start, within, and from end on
}

// periods yields the periods that overlap from ≤ u < to. Offsets of neighbours may be equal (Go cuts at new year).
func periods(zone *time.Location, from, to int64) iter.Seq[period] {
	return func(yield func(period) bool) {
		for u := from; u < to; {
			p := periodAt(zone, u)
			if !yield(p) {
				return
			}
			u = p.end
		}
	}
}

func periodAt(zone *time.Location, u int64) period {
	off := offset(zone, u)
	p := period{start: math.MinInt64 / 2, end: math.MaxInt64 / 2, before: off, off: off, after: off}
	start, end := time.Unix(u, 0).In(zone).ZoneBounds()
	if !start.IsZero() {
		p.start = start.Unix()
		p.before = offset(zone, p.start-1)
	}
	if !end.IsZero() {
		p.end = end.Unix()
		p.after = offset(zone, p.end)
		// In years past its table of changes Go cuts at new year, and in a leap year a day too early: on the last day
		// of 2040 the end it gives has passed (go1.26, time.tzset).
		if p.after == p.off && end.UTC().YearDay() == 366 {
			p.end += 24 * 3600
			p.after = offset(zone, p.end)
		}
	}
	return p
}

func offset(zone *time.Location, u int64) int64 {
	_, off := time.Unix(u, 0).In(zone).Zone()
	return int64(off)
}

// slot gives the slot of an instant that is due in every real hour.
func (p period) slot(u int64) Slot {
	w := u + p.off
	s := Slot{At: time.Unix(u, 0).UTC(), Local: wallText(w)}
	switch {
	case w < p.start+p.before:
		s.Note = NoteFoldSecond
		s.Local = s.At.In(time.FixedZone("", int(p.off))).Format("2006-01-02T15:04-07:00")
	case w >= p.end+p.after:
		s.Note = NoteFoldFirst
	}
	return s
}

func wallText(w int64) string { return time.Unix(w, 0).UTC().Format("2006-01-02T15:04") }

func (c Cron) slots(zone *time.Location, from, to int64) iter.Seq[Slot] {
	each := c.slotsOfNamedHours
	if c.EveryHour() {
		each = c.slotsOfEveryHour
	}
	return func(yield func(Slot) bool) {
		for p := range periods(zone, from, to) {
			if !each(p, max(from, p.start), min(to, p.end), yield) {
				return
			}
		}
	}
}

// slotsOfEveryHour yields each instant of from ≤ u < to when the clock shows a wall of the expression.
func (c Cron) slotsOfEveryHour(p period, from, to int64, yield func(Slot) bool) bool {
	marked, skipped := int64(0), false
	if _, missing := c.first(p.start+p.before, p.start+p.off); missing {
		marked, skipped = c.first(p.start+p.off, p.start+p.off+3600)
	}
	for w := range c.walls(from+p.off, to+p.off) {
		s := p.slot(w - p.off)
		if skipped && w == marked {
			s.Note = NoteGapSkipped
		}
		if !yield(s) {
			return false
		}
	}
	return true
}

// slotsOfNamedHours yields the first instant when the clock has reached each wall of the expression.
func (c Cron) slotsOfNamedHours(p period, from, to int64, yield func(Slot) bool) bool {
	missing, gap := c.first(p.start+p.before, p.start+p.off)
	if gap && from == p.start {
		if _, same := c.first(p.start+p.off, p.start+p.off+1); !same {
			s := Slot{At: time.Unix(p.start, 0).UTC(), Local: wallText(missing), Moved: true, Note: NoteGap}
			if !yield(s) {
				return false
			}
		}
	}
	// Walls before start+before were shown, and due, before the clock was set back.
	for w := range c.walls(max(from+p.off, p.start+p.before), to+p.off) {
		s := p.slot(w - p.off)
		switch {
		case s.Note == NoteFoldFirst:
			s.Note = NoteFoldOnce
		case gap && w == p.start+p.off:
			s.Note = NoteGapJoined
		}
		if !yield(s) {
			return false
		}
	}
	return true
}

// first gives the first wall of the expression in from ≤ w < to.
func (c Cron) first(from, to int64) (int64, bool) {
	for w := range c.walls(from, to) {
		return w, true
	}
	return 0, false
}

// walls yields the local times of the expression in from ≤ w < to, as if no clock were ever changed.
func (c Cron) walls(from, to int64) iter.Seq[int64] {
	const day = 24 * 3600
	return func(yield func(int64) bool) {
		if from >= to {
			return
		}
		for midnight := from - mod(from, day); midnight < to; midnight += day {
			date := time.Unix(midnight, 0).UTC()
			_, month, dom := date.Date()
			if c.Month>>month&1 == 0 {
				midnight = date.AddDate(0, 1, -dom).Unix() // its last day
				continue
			}
			if !c.OnDay(month, dom, date.Weekday()) {
				continue
			}
			for h := c.Hour; h != 0; h &= h - 1 {
				hour := midnight + int64(bits.TrailingZeros32(h))*3600
				for m := c.Minute; m != 0; m &= m - 1 {
					w := hour + int64(bits.TrailingZeros64(m))*60
					if w >= to {
						return
					}
					if w >= from && !yield(w) {
						return
					}
				}
			}
		}
	}
}

func (i Interval) slots(zone *time.Location, from, to int64) iter.Seq[Slot] {
	every := int64(i.Every / time.Minute * 60)
	var anchor int64
	if !i.Anchor.IsZero() {
		anchor = i.Anchor.Unix()
		anchor -= mod(anchor, 60)
	}
	return func(yield func(Slot) bool) {
		if every <= 0 {
			return
		}
		u := max(from, anchor)
		u += mod(anchor-u, every)
		for p := range periods(zone, u, to) {
			for ; u < min(p.end, to); u += every {
				s := p.slot(u)
				if s.Note == NoteFoldFirst && (p.off-p.after)%every != 0 || s.Note == NoteFoldSecond && (p.before-p.off)%every != 0 {
					s.Note = "" // of the two times the clock shows it, only this one is due
				}
				if !yield(s) {
					return
				}
			}
		}
	}
}

// mod is the remainder that is never negative.
func mod(a, b int64) int64 { return (a%b + b) % b }
