package text

import (
	"strings"
	"testing"
	"time"

	"samband/store"
)

func TestSlotNote(t *testing.T) {
	nightly := store.Cron{Minute: 1 << 30, Hour: 1 << 2, DOM: store.AllDOM, Month: store.AllMonths, DOW: store.AllDOW,
		DOMStar: true, DOWStar: true}
	hourly := nightly
	hourly.Minute, hourly.Hour = 1, store.AllHours
	both := nightly
	both.Minute, both.Hour = 1, 1<<2|1<<3
	after := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		rule store.Cron
		lang Lang
		want []string
	}{
		{"nightly", nightly, NB, []string{
			"Natt til 28. mars 2027 finnes ikke kl. 02.30, fordi klokken stilles fram. Da starter kjøringen kl. 03.00.",
			"Natt til 31. oktober 2027 kommer kl. 02.30 to ganger, fordi klokken stilles tilbake. Da kjører den bare den " +
				"første gangen.",
		}},
		{"hourly", hourly, NN, []string{
			"Natt til 28. mars 2027 blir klokka stilt fram frå kl. 02.00 til kl. 03.00. Tidene mellom dei finst ikkje, så " +
				"neste køyring er kl. 03.00.",
			"Natt til 31. oktober 2027 kjem kl. 02.00 to gonger, fordi klokka blir stilt tilbake. Ho køyrer begge gongene; " +
				"dette er den første.",
		}},
		{"02:00 and 03:00", both, EN, []string{
			"On 28 March 2027 the clock goes forward from 02:00 to 03:00. Due times between them are joined with the one at " +
				"03:00.",
			"On 31 October 2027 02:00 comes twice, because the clock goes back. It then runs only the first time.",
		}},
	} {
		for i, s := range store.ClockChanges(c.rule, store.Oslo, after, 2) {
			if got := SlotNote(c.lang, store.Oslo, s); got != c.want[i] {
				t.Errorf("%s\ngot  %s\nwant %s", c.name, got, c.want[i])
			}
		}
	}
	if got := SlotNote(NB, store.Oslo, store.Next(nightly, store.Oslo, after, 1)[0]); got != "" {
		t.Errorf("an ordinary night has the note %q", got)
	}
}

func TestTimesInAZone(t *testing.T) {
	at := time.Date(2027, 3, 28, 1, 0, 0, 0, time.UTC)
	kathmandu, err := time.LoadLocation("Asia/Kathmandu")
	if err != nil {
		t.Fatal(err)
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, want string }{
		{Day(NB, store.Oslo, at), "søndag 28. mars 2027"},
		{Day(NN, newYork, at), "laurdag 27. mars 2027"},
		{Day(EN, store.Oslo, at), "Sunday 28 March 2027"},
		{ClockIn(NB, store.Oslo, at), "03.00"},
		{ClockIn(EN, kathmandu, at), "06:45"},
		{Offset(NB, store.Oslo, at), "UTC+2"},
		{Offset(NB, store.Oslo, at.Add(-1)), "UTC+1"},
		{Offset(NB, newYork, at), "UTC−4"},
		{Offset(NB, kathmandu, at), "UTC+5.45"},
		{Offset(EN, kathmandu, at), "UTC+5:45"},
		{Offset(NB, time.UTC, at), "UTC+0"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestInterval(t *testing.T) {
	anchor := time.Date(2027, 1, 1, 5, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		every      time.Duration
		nb, nn, en string
	}{
		{time.Minute, "hvert minutt", "kvart minutt", "every minute"},
		{90 * time.Minute, "hvert 90. minutt, regnet fra 1. januar 2027 kl. 06.00",
			"kvart 90. minutt, rekna frå 1. januar 2027 kl. 06.00", "every 90 minutes, counted from 1 January 2027, 06:00"},
		{time.Hour, "hver time, regnet fra 1. januar 2027 kl. 06.00", "kvar time, rekna frå 1. januar 2027 kl. 06.00",
			"every hour, counted from 1 January 2027, 06:00"},
		{6 * time.Hour, "hver 6. time, regnet fra 1. januar 2027 kl. 06.00",
			"kvar 6. time, rekna frå 1. januar 2027 kl. 06.00", "every 6 hours, counted from 1 January 2027, 06:00"},
		{24 * time.Hour, "hvert døgn, regnet fra 1. januar 2027 kl. 06.00",
			"kvart døgn, rekna frå 1. januar 2027 kl. 06.00", "every 24 hours, counted from 1 January 2027, 06:00"},
		{48 * time.Hour, "hvert 2. døgn, regnet fra 1. januar 2027 kl. 06.00",
			"kvart 2. døgn, rekna frå 1. januar 2027 kl. 06.00",
			"every 2 days of 24 hours, counted from 1 January 2027, 06:00"},
	} {
		for lang, want := range map[Lang]string{NB: c.nb, NN: c.nn, EN: c.en} {
			if got := Interval(lang, store.Oslo, store.Interval{Every: c.every, Anchor: anchor}); got != want {
				t.Errorf("%v: got %q, want %q", c.every, got, want)
			}
		}
	}
}

// A zone is said with what stands in its time, unless it is Oslo.
func TestInZone(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2027, 1, 1, 5, 0, 0, 0, time.UTC)
	for got, want := range map[string]string{
		DateTimeIn(NB, store.Oslo, at): "1. januar 2027 kl. 06.00",
		DateTimeIn(NB, newYork, at):    "1. januar 2027 kl. 00.00 (America/New_York)",
		InZone(newYork, Interval(EN, newYork, store.Interval{Every: time.Hour, Anchor: at})): "every hour, counted from 1 January 2027, 00:00 (America/New_York)",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestEveryScheduleCodeHasASentence(t *testing.T) {
	for _, code := range []store.Code{store.NoteGap, store.NoteGapJoined, store.NoteGapSkipped, store.NoteFoldOnce,
		store.NoteFoldFirst, store.NoteFoldSecond} {
		if !Has(string(code)) {
			t.Errorf("no text for the note %s", code)
		}
	}
	for _, code := range []store.Code{store.ReasonOnTime, store.ReasonCaughtUp, store.ReasonDown, store.ReasonTooOld,
		store.ReasonSuperseded, store.ReasonOverLimit, store.ReasonPaused, store.ReasonOverlap} {
		if !Has("error." + string(code)) {
			t.Errorf("no text for the reason %s", code)
		}
	}
	bad := store.Schedule{Expr: "x", Every: time.Second, CatchUpWindow: -1, Jitter: -1, PausedAt: time.Unix(2, 0),
		PausedUntil: time.Unix(1, 0)}
	for _, change := range []func(*store.Schedule){
		func(*store.Schedule) {},
		func(s *store.Schedule) { s.Expr = "" },
		func(s *store.Schedule) { s.Expr, s.Every = "", 0 },
		func(s *store.Schedule) { s.CatchUp = store.CatchUpAll },
	} {
		s := bad
		change(&s)
		for _, e := range s.Validate().(store.FieldErrors) {
			for _, lang := range []Lang{NB, NN, EN} {
				if got := Error(lang, e); got == T(lang, "error.internal") || strings.ContainsAny(got, "⟨{") {
					t.Errorf("%s in %s: %q", e.Code, lang, got)
				}
			}
		}
	}
	for key, m := range schedule {
		if m.NB == "" || m.NN == "" || m.EN == "" {
			t.Errorf("%s lacks a language", key)
		}
	}
}
