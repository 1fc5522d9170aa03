package store

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var alertStart = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func failing(id string, n int64, at time.Time) AlertCause {
	return AlertCause{Kind: AlertFailed, Subject: id, Registry: "hjerte", Code: "run.failed", RunNo: n, Count: n, Since: alertStart,
		Last: at}
}

// book keeps alerts as the database does.
type book struct {
	list []Alert
	told int
	nags int
}

func (b *book) settle(causes []AlertCause, place string, now time.Time) {
	known := slices.DeleteFunc(slices.Clone(b.list), func(a Alert) bool { return !a.Open() && now.Sub(a.ClosedAt) >= AlertAgain })
	for _, x := range SettleAlerts(known, causes, place, now) {
		if x.Tell {
			b.told++
		}
		if x.Nag {
			b.nags++
		}
		if x.New {
			x.Alert.ID = fmt.Sprint(len(b.list))
			b.list = append(b.list, x.Alert)
			continue
		}
		i := slices.IndexFunc(b.list, func(a Alert) bool { return a.ID == x.Alert.ID })
		b.list[i] = x.Alert
	}
}

func (b *book) open() (n int) {
	for i := range b.list {
		if b.list[i].Open() {
			n++
		}
	}
	return n
}

func TestAlertLife(t *testing.T) {
	var b book
	now := alertStart
	b.settle([]AlertCause{failing("a", 1, now)}, "", now)
	if b.open() != 1 || b.told != 1 {
		t.Fatalf("%+v", b)
	}
	b.settle([]AlertCause{failing("a", 1, now)}, "", now.Add(time.Minute))
	b.settle([]AlertCause{failing("a", 2, now.Add(2*time.Minute))}, "", now.Add(2*time.Minute))
	if a := b.list[0]; b.told != 1 || a.Total() != 2 || !a.Since.Equal(alertStart) || !a.Last.Equal(now.Add(2*time.Minute)) {
		t.Fatalf("a second failure: %+v", a)
	}
	b.settle(nil, "", now.Add(3*time.Minute))
	if b.open() != 0 {
		t.Fatal("still open when the cause is gone")
	}

	// It flaps: the same alert, without a word, and what went before counts.
	b.settle([]AlertCause{failing("a", 1, now.Add(4*time.Minute))}, "", now.Add(4*time.Minute))
	if len(b.list) != 1 || b.open() != 1 || b.told != 1 || b.list[0].Total() != 3 {
		t.Fatalf("flapping: %+v", b)
	}
	b.settle(nil, "", now.Add(5*time.Minute))
	late := now.Add(5*time.Minute + AlertAgain)
	b.settle([]AlertCause{failing("a", 1, late)}, "", late)
	if len(b.list) != 2 || b.told != 2 {
		t.Fatalf("long after: %+v", b)
	}
}

func TestAlertsOfManyIntegrations(t *testing.T) {
	var b book
	var causes []AlertCause
	for i := range 200 {
		causes = append(causes, failing(fmt.Sprint(i), 1, alertStart), failing(fmt.Sprint(i), 1, alertStart)) // each twice
	}
	for m := range 10 {
		b.settle(causes, "", alertStart.Add(time.Duration(m)*time.Minute))
	}
	if b.open() != 200 || b.told != 200 {
		t.Errorf("%d open, told %d times", b.open(), b.told)
	}
}

func TestAlertEscalates(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*Alert)
		kind   AlertKind
		after  time.Duration
		nags   int
	}{
		"too early":              {nil, AlertFailed, EscalateAfter - time.Second, 0},
		"nobody took it":         {nil, AlertFailed, EscalateAfter, 1},
		"taken":                  {func(a *Alert) { a.TakenBy = "Ola" }, AlertFailed, EscalateAfter, 0},
		"put off":                {func(a *Alert) { a.TakenBy, a.Until = "Ola", alertStart.Add(24*time.Hour) }, AlertFailed, EscalateAfter, 0},
		"put off until now":      {func(a *Alert) { a.TakenBy, a.Until = "Ola", alertStart.Add(EscalateAfter) }, AlertFailed, EscalateAfter, 1},
		"not grave":              {nil, AlertLate, EscalateAfter, 0},
		"held for a while":       {nil, AlertHeld, EscalateAfter, 0},
		"held for too long":      {nil, AlertHeld, HeldGrace, 1},
		"the clock was set back": {nil, AlertFailed, -EscalateAfter, 0},
	} {
		t.Run(name, func(t *testing.T) {
			var b book
			c := failing("a", 1, alertStart)
			c.Kind = x.kind
			b.settle([]AlertCause{c}, "", alertStart)
			if x.change != nil {
				x.change(&b.list[0])
			}
			for range 3 {
				b.settle([]AlertCause{c}, "", alertStart.Add(x.after))
			}
			if b.nags != x.nags {
				t.Errorf("told %d times that nobody took it, want %d", b.nags, x.nags)
			}
		})
	}
}

func TestAlertsOfSeveralProcesses(t *testing.T) {
	var b book
	disk := func(place string, at time.Time) AlertCause {
		return AlertCause{Kind: AlertPart, Subject: "space", Place: place, Code: "doctor.space", Count: 1, Since: at, Last: at}
	}
	b.settle([]AlertCause{disk("a", alertStart)}, "a", alertStart)
	b.settle(nil, "b", alertStart.Add(time.Minute))
	if b.open() != 1 {
		t.Fatal("a process closed what only another one sees")
	}
	b.settle([]AlertCause{disk("a", alertStart.Add(50*time.Minute))}, "a", alertStart.Add(50*time.Minute))
	b.settle(nil, "b", alertStart.Add(100*time.Minute))
	if b.open() != 1 {
		t.Fatal("closed although its process was heard of lately")
	}
	b.settle(nil, "b", alertStart.Add(3*time.Hour))
	if b.open() != 0 {
		t.Fatal("open although its process is gone")
	}
	b.settle([]AlertCause{disk("a", alertStart.Add(3*time.Hour))}, "a", alertStart.Add(3*time.Hour))
	b.settle(nil, "a", alertStart.Add(3*time.Hour+time.Minute))
	if b.open() != 0 {
		t.Fatal("its own process does not close it")
	}
}

// TestAlertsFollowTheirCauses: whatever comes and goes, and whatever the clock does, what is open is what is wrong, each
// once, and no moment of an alert goes back.
func TestAlertsFollowTheirCauses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b book
		now := alertStart
		for step := range rapid.IntRange(1, 30).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(-120, 240).Draw(t, "minutes")) * time.Minute)
			var causes []AlertCause
			want := map[string]bool{}
			for _, id := range []string{"a", "b", "c"} {
				if rapid.Bool().Draw(t, id) {
					c := failing(id, int64(step), now)
					causes, want[c.Key()] = append(causes, c), true
				}
			}
			before := slices.Clone(b.list)
			b.settle(causes, "", now)
			if b.open() != len(want) {
				t.Fatalf("%d open of %d causes", b.open(), len(want))
			}
			for i := range b.list {
				a := &b.list[i]
				if a.Open() && !want[a.Key()] {
					t.Fatalf("%s is open without a cause", a.Key())
				}
				if i < len(before) && (a.Last.Before(before[i].Last) || !a.OpenedAt.Equal(before[i].OpenedAt)) {
					t.Fatalf("%+v goes back from %+v", a, before[i])
				}
			}
			b2 := book{list: slices.Clone(b.list)}
			if b2.settle(causes, "", now); b2.told+b2.nags > 0 || len(b2.list) != len(b.list) {
				t.Fatal("settling again says something")
			}
		}
	})
}

func TestSortAlerts(t *testing.T) {
	a := func(id string, k AlertKind, since time.Duration, taken string) Alert {
		return Alert{ID: id, AlertCause: AlertCause{Kind: k, Since: alertStart.Add(-since)}, TakenBy: taken}
	}
	list := []Alert{a("late", AlertLate, 0, ""), a("taken", AlertPart, 0, "Ola"), a("new", AlertFailed, 0, ""),
		a("old", AlertFailed, time.Hour, ""), a("held", AlertHeld, time.Hour, ""), a("held long", AlertHeld, HeldGrace, ""),
		a("unknown", AlertUnknown, 0, "")}
	SortAlerts(list, alertStart)
	var ids []string
	for _, x := range list {
		ids = append(ids, x.ID)
	}
	if want := []string{"unknown", "old", "new", "held long", "held", "late", "taken"}; !slices.Equal(ids, want) {
		t.Errorf("%v, want %v", ids, want)
	}
}

func TestSlow(t *testing.T) {
	minutes := func(list ...int) (ds []time.Duration) {
		for _, m := range list {
			ds = append(ds, time.Duration(m)*time.Minute)
		}
		return ds
	}
	for _, x := range []struct {
		took   int
		before []time.Duration
		want   bool
	}{{30, nil, false}, {31, nil, true}, {31, minutes(1, 2, 3), true}, {60, minutes(1, 20, 90), false}, {61, minutes(1, 20, 90), true}} {
		if got := Slow(alertStart, alertStart.Add(time.Duration(x.took)*time.Minute), x.before); got != x.want {
			t.Errorf("%d minutes after %v: %v", x.took, x.before, got)
		}
	}
}

func TestAlertValidate(t *testing.T) {
	for name, x := range map[string]struct {
		reason string
		until  time.Duration
		want   string
	}{
		"said":      {"Ringer kilden", 0, ""},
		"nothing":   {" ", 0, "reason"},
		"past":      {"x", -time.Hour, "until"},
		"too long":  {"x", MaxSnooze + time.Hour, "until"},
		"two weeks": {"x", MaxSnooze, ""},
	} {
		a := Alert{Reason: x.reason}
		if x.until != 0 {
			a.Until = alertStart.Add(x.until)
		}
		var bad FieldErrors
		errors.As(a.Validate(alertStart), &bad)
		if got := len(bad); x.want == "" && got != 0 || x.want != "" && (got != 1 || bad[0].Field != x.want) {
			t.Errorf("%s: %v", name, bad)
		}
	}
}

// TestOpenNow holds that what is told as open is what is stored as open right after it is settled.
func TestOpenNow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC)
		subject := rapid.SampledFrom([]string{"a", "b", "c"})
		kind := rapid.SampledFrom([]AlertKind{AlertFailed, AlertHeld, AlertLate})
		var causes []AlertCause
		var known []Alert
		taken := map[string]bool{}
		for range rapid.IntRange(0, 6).Draw(t, "causes") {
			causes = append(causes, AlertCause{Kind: kind.Draw(t, "kind"), Subject: subject.Draw(t, "subject"), Count: 1, Since: now, Last: now})
		}
		for n := range rapid.IntRange(0, 6).Draw(t, "known") {
			a := Alert{ID: strconv.Itoa(n), OpenedAt: now.Add(-5 * time.Hour),
				AlertCause: AlertCause{Kind: kind.Draw(t, "kind"), Subject: subject.Draw(t, "subject"), Since: now.Add(-5 * time.Hour), Last: now}}
			if taken[a.Key()] {
				continue
			}
			taken[a.Key()] = true
			if rapid.Bool().Draw(t, "closed") {
				a.ClosedAt = now.Add(-time.Minute)
			}
			known = append(known, a)
		}
		told := map[string]bool{}
		for _, a := range OpenNow(known, causes, now) {
			if !a.Open() || told[a.Key()] {
				t.Fatalf("%+v is told", a)
			}
			told[a.Key()] = true
		}
		for _, c := range causes {
			if !told[c.Key()] {
				t.Fatalf("%s is not told", c.Key())
			}
		}
		for key := range told {
			if !slices.ContainsFunc(causes, func(c AlertCause) bool { return c.Key() == key }) {
				t.Fatalf("%s is told and not wrong", key)
			}
		}
	})
}

func TestAlertFilterPicks(t *testing.T) {
	own := Alert{AlertCause: AlertCause{Kind: AlertPart}}
	one := Alert{AlertCause: AlertCause{Kind: AlertFailed, Registry: "a"}}
	for name, c := range map[string]struct {
		f        AlertFilter
		own, one bool
	}{
		"nobody":               {AlertFilter{}, false, false},
		"of the registry":      {AlertFilter{Registries: []string{"b", "a"}}, false, true},
		"of another":           {AlertFilter{Registries: []string{"b"}}, false, false},
		"of all":               {AlertFilter{All: true}, false, true},
		"of the installation":  {AlertFilter{Own: true}, true, false},
		"that kind":            {AlertFilter{All: true, Own: true, Kind: AlertFailed}, false, true},
		"that registry":        {AlertFilter{All: true, Own: true, Registry: "a"}, false, true},
		"another one is asked": {AlertFilter{All: true, Registry: "b"}, false, false},
	} {
		if c.f.Picks(&own) != c.own || c.f.Picks(&one) != c.one {
			t.Errorf("%s: %t, %t", name, c.f.Picks(&own), c.f.Picks(&one))
		}
	}
}
