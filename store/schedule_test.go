package store

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// hourly gives the timetable of a schedule that is due each hour on the hour.
func hourly(change func(*Schedule)) Timetable {
	s := NewSchedule("i1", "0 * * * *")
	s.ID = "s1"
	if change != nil {
		change(&s)
	}
	return Timetable{Schedule: s, Rule: everyHour(0), Zone: Oslo}
}

// brief gives decisions as "14:00 due caught_up", times in UTC.
func brief(planned []Planned) []string {
	out := []string{}
	for _, p := range planned {
		out = append(out, fmt.Sprintf("%s %s %s", p.At.Format("15:04"), p.State, p.Reason[len("slot."):]))
	}
	return out
}

func TestDue(t *testing.T) {
	day := func(clock string) time.Time { return utc("2027-01-11T" + clock) }
	all := func(n int) func(*Schedule) {
		return func(s *Schedule) { s.CatchUp, s.CatchUpMax = CatchUpAll, n }
	}
	paused := func(from, until string, catchUp CatchUp) func(*Schedule) {
		return func(s *Schedule) {
			s.CatchUp = catchUp
			*s = s.Pause(day(from), time.Time{}, "u1", "maintenance")
			if until != "" {
				s.PausedUntil = day(until)
			}
		}
	}
	for _, c := range []struct {
		name         string
		change       func(*Schedule)
		planned, now string
		want         []string
	}{
		{"on time", nil, "08:59", "09:00", []string{"09:00 due on_time"}},
		{"what is planned is not planned again", nil, "09:00", "09:01", []string{}},
		{"a little late is on time", nil, "08:59", "09:01", []string{"09:00 due on_time"}},
		{"clock set back", nil, "09:30", "08:30", []string{}},
		{"off", func(s *Schedule) { s.Enabled = false }, "08:00", "12:30", []string{}},

		{"down, latest", nil, "08:30", "11:30",
			[]string{"09:00 missed superseded", "10:00 missed superseded", "11:00 due caught_up"}},
		{"down, latest, up as the next is due", nil, "08:30", "11:01",
			[]string{"09:00 missed superseded", "10:00 missed superseded", "11:00 due on_time"}},
		{"down, none", func(s *Schedule) { s.CatchUp = CatchUpNone }, "08:30", "11:30",
			[]string{"09:00 missed down", "10:00 missed down", "11:00 missed down"}},
		{"down, none, up as the next is due", func(s *Schedule) { s.CatchUp = CatchUpNone }, "08:30", "11:00",
			[]string{"09:00 missed down", "10:00 missed down", "11:00 due on_time"}},
		{"down, all", all(10), "08:30", "11:30",
			[]string{"09:00 due caught_up", "10:00 due caught_up", "11:00 due caught_up"}},
		{"down, all up to two", all(2), "08:30", "12:00",
			[]string{"09:00 missed over_limit", "10:00 due caught_up", "11:00 due caught_up", "12:00 due on_time"}},
		{"down longer than the window", func(s *Schedule) { s.CatchUpWindow = 90 * time.Minute }, "08:30", "11:30",
			[]string{"09:00 missed too_old", "10:00 missed superseded", "11:00 due caught_up"}},
		{"nothing within the window", func(s *Schedule) { s.CatchUpWindow = 15 * time.Minute }, "08:30", "10:30",
			[]string{"09:00 missed too_old", "10:00 missed too_old"}},

		{"paused", paused("08:30", "", CatchUpLatest), "08:45", "11:00",
			[]string{"09:00 skipped paused", "10:00 skipped paused", "11:00 skipped paused"}},
		{"pause ends by itself", paused("08:30", "10:30", CatchUpLatest), "08:45", "11:00",
			[]string{"09:00 skipped paused", "10:00 skipped paused", "11:00 due on_time"}},
		{"resuming replays nothing", paused("08:30", "10:30", CatchUpAll), "08:45", "10:31",
			[]string{"09:00 skipped paused", "10:00 skipped paused"}},
		{"down before, during and after a pause", paused("09:30", "10:30", CatchUpAll), "08:45", "12:30",
			[]string{"09:00 skipped paused", "10:00 skipped paused", "11:00 due caught_up", "12:00 due caught_up"}},
		{"a slot from before a pause does not run in it", paused("09:01", "", CatchUpLatest), "08:45", "09:01",
			[]string{"09:00 skipped paused"}},
		{"a pause that has not begun", paused("11:30", "", CatchUpLatest), "09:45", "10:00",
			[]string{"10:00 due on_time"}},
		{"a pause too old to catch up", func(s *Schedule) {
			paused("08:30", "09:30", CatchUpLatest)(s)
			s.CatchUpWindow = 30 * time.Minute
		}, "08:45", "11:15", []string{"09:00 skipped paused", "10:00 missed too_old", "11:00 due caught_up"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, through := hourly(c.change).Due(day(c.planned), day(c.now))
			if !slices.Equal(brief(got), c.want) {
				t.Errorf("got  %q\nwant %q", brief(got), c.want)
			}
			if want := day(max(c.planned, c.now)); !through.Equal(want) {
				t.Errorf("planned through %v, want %v", through, want)
			}
		})
	}
}

func TestDueStarts(t *testing.T) {
	tt := hourly(func(s *Schedule) { s.Jitter = 10 * time.Minute })
	delay := tt.Schedule.Delay()
	if delay <= 0 || delay > 10*time.Minute {
		t.Fatalf("delay %v", delay)
	}
	now := utc("2027-01-11T11:01")
	got, _ := tt.Due(utc("2027-01-11T10:30"), now)
	if want := got[0].At.Add(delay); !got[0].Start.Equal(want) {
		t.Errorf("on time: starts %v, want %v", got[0].Start, want)
	}
	now = utc("2027-01-11T11:20")
	got, _ = tt.Due(utc("2027-01-11T10:30"), now)
	if want := now.Add(delay); !got[0].Start.Equal(want) {
		t.Errorf("caught up: starts %v, want %v", got[0].Start, want)
	}
	seen := map[time.Duration]bool{}
	for i := range 200 {
		s := Schedule{ID: fmt.Sprint(i), Jitter: 10 * time.Minute}
		if d := s.Delay(); d < 0 || d > s.Jitter {
			t.Errorf("delay %v", d)
		} else {
			seen[d/time.Minute] = true
		}
	}
	if len(seen) < 10 {
		t.Errorf("200 schedules start in only %d of 10 minutes", len(seen))
	}
	if d := (Schedule{ID: "s1"}).Delay(); d != 0 {
		t.Errorf("no jitter, delay %v", d)
	}
}

// A portal that runs, stops, pauses and resumes at random, with wrong clocks: each slot is decided exactly once.
func TestEverySlotIsDecidedOnce(t *testing.T) {
	defer func(n int) { planBatch = n }(planBatch)
	rapid.Check(t, func(t *rapid.T) {
		planBatch = rapid.IntRange(1, 50).Draw(t, "batch")
		tt := hourly(nil)
		tt.Rule = rapid.SampledFrom([]Recurrence{everyHour(0), everyHour(0, 20, 40), daily([]int{2, 3, 14}, []int{0, 30}),
			Interval{Every: 35 * time.Minute}}).Draw(t, "rule")
		s := &tt.Schedule
		s.CatchUp = rapid.SampledFrom([]CatchUp{CatchUpNone, CatchUpLatest, CatchUpAll}).Draw(t, "catch-up")
		s.CatchUpWindow = time.Duration(rapid.IntRange(2, 3000).Draw(t, "window")) * time.Minute
		s.CatchUpMax = rapid.IntRange(1, 5).Draw(t, "max")

		begin := rapid.SampledFrom([]time.Time{utc("2027-03-27T12:00"), utc("2027-10-30T12:00")}).Draw(t, "begin")
		now, planned := begin, begin
		var rows []Planned
		plan := func() {
			runs := 0
			for {
				got, through := tt.Due(planned, now)
				for _, p := range got {
					if p.At.After(now) || !p.At.After(planned) || p.At.After(through) {
						t.Fatalf("%v planned out of (%v, %v]", p.At, planned, through)
					}
					late := !p.At.After(now.Add(-OnTime))
					if p.State == RunDue && (s.Paused(now) || s.Paused(p.At)) {
						t.Fatalf("%v runs in a pause", p.Slot)
					}
					if p.State == RunDue && late {
						runs++
					}
					if p.State == RunMissed && !late {
						t.Fatalf("%v is missed on time", p.Slot)
					}
				}
				rows = append(rows, got...)
				if planned = through; !planned.Before(now) {
					break
				}
			}
			if most := map[CatchUp]int{CatchUpLatest: 1, CatchUpAll: s.CatchUpMax}[s.CatchUp]; runs > most {
				t.Fatalf("%d late slots run, at most %d may", runs, most)
			}
		}
		for range rapid.IntRange(4, 14).Draw(t, "steps") {
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0: // down
				now = now.Add(time.Duration(rapid.IntRange(20, 2000).Draw(t, "down")) * time.Minute)
			case 1: // clock set back
				now = now.Add(-time.Duration(rapid.IntRange(1, 90).Draw(t, "back")) * time.Minute)
			case 2:
				plan()
				until := now.Add(time.Duration(rapid.IntRange(1, 500).Draw(t, "pause")) * time.Minute)
				if rapid.Bool().Draw(t, "open") {
					until = time.Time{}
				}
				*s = s.Pause(now, until, "u1", "maintenance")
			case 3:
				plan()
				*s = s.Resume(now)
			case 4:
				for range rapid.IntRange(1, 60).Draw(t, "ticks") {
					now = now.Add(30 * time.Second)
					plan()
				}
			}
			plan()
		}
		want := Slots(tt.Rule, Oslo, begin.Add(1), planned.Add(1))
		var got []Slot
		for _, p := range rows {
			got = append(got, p.Slot)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("recorded %v, expected %v", got, want)
		}
	})
}

func TestPauseAndResume(t *testing.T) {
	now := utc("2027-01-11T09:00")
	s := NewSchedule("i1", "0 * * * *").Pause(now, time.Time{}, "u1", "maintenance")
	if s.Paused(now.Add(-1)) || !s.Paused(now) || !s.Paused(now.AddDate(1, 0, 0)) {
		t.Error("an open pause lasts from now on")
	}
	s = s.Resume(now.Add(time.Hour))
	if !s.Paused(now.Add(time.Hour-1)) || s.Paused(now.Add(time.Hour)) {
		t.Error("it ends when it is resumed")
	}
	if again := s.Resume(now.Add(2 * time.Hour)); !reflect.DeepEqual(again, s) {
		t.Error("resuming what is not paused changes nothing")
	}
	if err := s.Validate(); err != nil {
		t.Error(err)
	}
}

func TestScheduleValidate(t *testing.T) {
	if err := NewSchedule("i1", "30 2 * * *").Validate(); err != nil {
		t.Errorf("the defaults: %v", err)
	}
	now := utc("2027-01-11T09:00")
	for code, change := range map[Code]func(*Schedule){
		"schedule.integration":     func(s *Schedule) { s.IntegrationID = "" },
		"schedule.empty":           func(s *Schedule) { s.Expr = "" },
		"schedule.two_kinds":       func(s *Schedule) { s.Every = time.Hour },
		"schedule.every":           func(s *Schedule) { s.Expr, s.Every = "", 90*time.Second },
		"schedule.zone":            func(s *Schedule) { s.Zone = "Local" },
		"schedule.catch_up":        func(s *Schedule) { s.CatchUp = "some" },
		"schedule.catch_up_window": func(s *Schedule) { s.CatchUpWindow = 32 * 24 * time.Hour },
		"schedule.catch_up_max":    func(s *Schedule) { s.CatchUp, s.CatchUpMax = CatchUpAll, 0 },
		"schedule.overlap":         func(s *Schedule) { s.Overlap = "" },
		"schedule.wait":            func(s *Schedule) { s.Overlap, s.Wait = OverlapQueue, 0 },
		"schedule.calendars":       func(s *Schedule) { s.Calendars = []string{"b", "a"} },
		"schedule.jitter":          func(s *Schedule) { s.Jitter = -1 },
		"schedule.pause_reason":    func(s *Schedule) { s.PausedAt = now },
		"schedule.paused_until":    func(s *Schedule) { *s = s.Pause(now, now.Add(-1), "u1", "x") },
	} {
		s := NewSchedule("i1", "30 2 * * *")
		change(&s)
		var got []Code
		if f, ok := s.Validate().(FieldErrors); ok {
			for _, e := range f {
				got = append(got, e.Code)
			}
		}
		if !slices.Equal(got, []Code{code}) {
			t.Errorf("%s: got %v", code, got)
		}
	}
	for _, zone := range []string{"", "Oslo", "../etc/passwd", "localtime", "posixrules", "Factory", "posix/Europe/Oslo", "right/Europe/Oslo"} {
		if _, err := (Schedule{Zone: zone}).Location(); CodeOf(err) != "schedule.zone" {
			t.Errorf("zone %q: %v", zone, err)
		}
	}
}
