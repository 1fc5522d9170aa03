package jobs

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"samband/jobs/planner"
	"samband/store"
	"samband/store/seed"
)

// walk takes one schedule through random edits, pauses, outages, and a clock that jumps, and keeps its own account of
// the due times there should be.
type walk struct {
	*house
	rnd    *rand.Rand
	due    map[int64]string // the due times so far, with the step that planned them
	upTo   time.Time        // due times up to here are in
	s      *store.Schedule  // nil when there is none
	steps  []string
	latest time.Time
}

func (w *walk) fatal(format string, args ...any) {
	w.t.Helper()
	w.t.Fatalf("%s\nafter %v", fmt.Sprintf(format, args...), w.steps[max(0, len(w.steps)-12):])
}

// planned puts what fell due until now in the account: by the schedule as it is, before it changes.
func (w *walk) planned() {
	w.t.Helper()
	now := w.clock.Now()
	if !now.After(w.upTo) {
		return
	}
	if w.s != nil && w.s.Enabled {
		t, err := planner.Timetable(*w.s, nil)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, slot := range store.Slots(t.Rule, t.Zone, w.upTo.Add(1), now.Add(1)) {
			w.due[slot.At.UnixMicro()] = w.steps[len(w.steps)-1]
		}
	}
	w.upTo = now
}

func (w *walk) change(do func(s *store.Schedule)) {
	w.t.Helper()
	n := *w.s
	if do(&n); reflect.DeepEqual(n, *w.s) {
		return // nothing is planned by a change that is none
	}
	w.planned()
	if _, err := w.DB.UpdateSchedule(w.t.Context(), &n, w.plan(), by); err != nil {
		w.fatal("%v", err)
	}
	w.s = &n
}

func (w *walk) calendar(id string) *store.Calendar {
	w.t.Helper()
	c, err := w.DB.Calendar(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

var (
	walkRules = []string{"0 * * * *", "*/20 * * * *", "30 2 * * *", "0 2,3 * * *", "15 1-4 * * 0,6", "45 */2 * * *"}
	walkZones = []string{"Europe/Oslo", "UTC", "America/New_York", "Australia/Lord_Howe"}
)

func (w *walk) step() {
	w.t.Helper()
	ctx, r := w.t.Context(), w.rnd
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	kind := r.IntN(16)
	w.steps = append(w.steps, fmt.Sprintf("%d at %s", kind, w.clock.Now().Format("01-02T15:04:05")))
	switch {
	case kind < 4: // the planner comes round
		w.clock.Advance(time.Duration(r.IntN(3000)+15) * time.Second)
		w.planned()
		if err := w.Plan(ctx); err != nil {
			w.fatal("%v", err)
		}
	case kind == 4: // an outage
		w.clock.Advance(time.Duration(r.IntN(60*60)+60) * time.Minute)
	case kind == 5: // the machine sleeps
		w.clock.Advance(8 * time.Hour)
	case kind == 6: // the clock is set
		w.clock.Advance([]time.Duration{-time.Hour, time.Hour, -24 * time.Hour, 24 * time.Hour}[r.IntN(4)])
	case w.s == nil || kind == 7: // another schedule in place of it
		if w.s != nil && !w.s.Enabled && w.clock.Now().Before(w.upTo) { // nothing was due, so a new one may begin at once
			w.clock.Advance(w.upTo.Sub(w.clock.Now()))
		}
		w.planned()
		if w.s != nil {
			if err := w.DB.DeleteSchedule(ctx, w.s.ID, w.s.Version, w.plan(), by); err != nil {
				w.fatal("%v", err)
			}
			if w.s.Enabled {
				w.clock.Advance(time.Duration(r.IntN(7200)-1800) * time.Second)
			}
			w.s = nil
			w.planned()
		}
		s := store.NewSchedule(seed.DemoIntegration, pick(walkRules))
		s.Zone = pick(walkZones)
		if err := w.DB.CreateSchedule(ctx, &s, by); err != nil {
			w.fatal("%v", err)
		}
		w.s = &s
	case kind == 8:
		w.change(func(s *store.Schedule) { s.Expr, s.Every = pick(walkRules), 0 })
	case kind == 9:
		w.change(func(s *store.Schedule) { s.Zone = pick(walkZones) })
	case kind == 10:
		w.change(func(s *store.Schedule) {
			s.Expr, s.Every, s.Anchor = "", time.Duration(r.IntN(200)+20)*time.Minute, time.Time{}
		})
	case kind == 11:
		w.change(func(s *store.Schedule) { s.Enabled = !s.Enabled })
	case kind == 12:
		w.change(func(s *store.Schedule) {
			if now := w.clock.Now(); s.Paused(now) {
				*s = s.Resume(now)
			} else {
				*s = s.Pause(now, now.Add(time.Duration(r.IntN(3000)+1)*time.Minute), "Kaja", "Vedlikehold")
			}
		})
	case kind == 13:
		w.change(func(s *store.Schedule) {
			s.CatchUp = []store.CatchUp{store.CatchUpNone, store.CatchUpLatest, store.CatchUpAll}[r.IntN(3)]
		})
	case kind == 14:
		w.change(func(s *store.Schedule) { s.Calendars = [][]string{nil, {"helg"}, {"helg", "natt"}}[r.IntN(3)] })
	default:
		c := w.calendar("natt")
		was := c.Windows
		c.Windows = []store.Blackout{{Reason: "Vedlikehold", Start: fmt.Sprintf("%02d:00", r.IntN(12)), End: "14:30"}}
		if !slices.Equal(was, c.Windows) && c.UsedBy(w.s) {
			w.planned()
		}
		if err := w.DB.UpdateCalendar(ctx, c, w.plan(), by); err != nil {
			w.fatal("%v", err)
		}
	}
	if now := w.clock.Now(); now.After(w.latest) {
		w.latest = now
	}
}

// check holds that every due time of the account has exactly one row and that there is no other, and that what the
// portal says of itself is the same.
func (w *walk) check(begin time.Time) {
	w.t.Helper()
	if err := w.Plan(w.t.Context()); err != nil {
		w.fatal("%v", err)
	}
	w.planned()
	rows, err := w.DB.Slots(w.t.Context(), begin, w.latest)
	if err != nil {
		w.fatal("%v", err)
	}
	got := map[int64]int{}
	for _, at := range rows.Recorded[seed.DemoIntegration] {
		got[at.UnixMicro()]++
	}
	for at, step := range w.due {
		if got[at] != 1 {
			w.fatal("%s has %d rows; it was planned by step %s", time.UnixMicro(at).UTC(), got[at], step)
		}
	}
	if len(got) != len(w.due) {
		w.fatal("%d due times have a row, %d should", len(got), len(w.due))
	}
	checks, err := w.CheckSlots(w.t.Context(), begin, w.latest)
	if err != nil {
		w.fatal("%v", err)
	}
	i := slices.IndexFunc(checks, func(c store.SlotCheck) bool { return c.IntegrationID == seed.DemoIntegration })
	if i < 0 && len(w.due) == 0 { // switched off ever since
		return
	}
	if i < 0 || !checks[i].OK() || checks[i].Expected != len(w.due) {
		w.fatal("%d due times; the portal's own check: %+v", len(w.due), checks)
	}
}

// TestEverySlotHasOneRow: whatever is done to a schedule and to the clock, every due time becomes exactly one row, and
// the portal can work out again which there were. SAMBAND_LONG=1 walks further.
func TestEverySlotHasOneRow(t *testing.T) {
	walks, length := 2, 120
	if os.Getenv("SAMBAND_LONG") != "" {
		walks, length = 40, 400
	}
	for n := range walks {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			h := open(t)
			begin := h.clock.Now()
			s, err := h.DB.Schedule(t.Context(), seed.DemoIntegration)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := h.DB.PlanSchedule(t.Context(), s.ID, h.plan()); err != nil { // what the demonstration begins with
				t.Fatal(err)
			}
			for _, c := range []store.Calendar{{ID: "helg", Name: "Helg", Holidays: true, Weekends: true}, {ID: "natt", Name: "Natt"}} {
				if err := h.DB.CreateCalendar(t.Context(), &c, by); err != nil {
					t.Fatal(err)
				}
			}
			w := &walk{house: h, rnd: rand.New(rand.NewPCG(5, uint64(n))), due: map[int64]string{}, upTo: begin, s: s, latest: begin,
				steps: []string{"the beginning"}}
			for i := range length {
				if w.step(); i%20 == 19 {
					w.check(begin)
				}
			}
			w.check(begin)
			if len(w.due) == 0 {
				t.Error("nothing was ever due")
			}
		})
	}
}

// What is missing, doubled or of no schedule is found, told the doctor, and counted for the machines that watch.
func TestSlotsThatDontAgreeAreFound(t *testing.T) {
	h := open(t)
	h.hourly(store.OverlapSkip)
	h.clock.Advance(5 * time.Hour)
	h.settleDue()
	problem := func() store.Code {
		h.t.Helper()
		for _, p := range h.Health(t.Context()) {
			if p.Part == "planner" {
				return store.CodeOf(errOf(p.Problem))
			}
		}
		t.Fatal("the doctor says nothing about the planner")
		return ""
	}
	if code := problem(); code != "" {
		t.Fatalf("all is well, and the doctor says %s", code)
	}
	if sum := h.slots.Load(); sum.expected < 5 || sum.expected != sum.recorded || sum.wrong != 0 {
		t.Errorf("%+v", sum)
	}
	h.around(`DELETE FROM run WHERE slot <> '' AND due_at = (SELECT MAX(due_at) FROM run)`)
	if code := problem(); code != "doctor.slots" {
		t.Errorf("a row is gone, and the doctor says %q", code)
	}
	if sum := h.slots.Load(); sum.wrong != 1 {
		t.Errorf("%+v", sum)
	}

	ahead := open(t)
	ahead.hourly(store.OverlapSkip)
	ahead.clock.Advance(-24 * time.Hour)
	before, err := ahead.DB.LastRun(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ahead.settleDue()
	if after, err := ahead.DB.LastRun(t.Context()); err != nil || after != before {
		t.Errorf("%d runs became %d when the clock was set back a day, %v", before, after, err)
	}
	for _, p := range ahead.Health(t.Context()) {
		if p.Part == "planner" && store.CodeOf(errOf(p.Problem)) != "doctor.planner_ahead" {
			t.Errorf("the doctor says %v", p.Problem)
		}
	}
}

func errOf(e *store.Error) error {
	if e == nil {
		return nil
	}
	return e
}
