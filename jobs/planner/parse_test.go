package planner

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/text"
)

func bits(s uint64) string {
	var out []string
	for i := range 64 {
		if s>>i&1 == 1 {
			out = append(out, fmt.Sprint(i))
		}
	}
	return strings.Join(out, " ")
}

// sets gives an expression as its five sets, the whole ones as *.
func sets(c store.Cron) string {
	full := []uint64{store.AllMinutes, uint64(store.AllHours), uint64(store.AllDOM), uint64(store.AllMonths),
		uint64(store.AllDOW)}
	var out []string
	for i, s := range []uint64{c.Minute, uint64(c.Hour), uint64(c.DOM), uint64(c.Month), uint64(c.DOW)} {
		if s == full[i] {
			out = append(out, "*")
		} else {
			out = append(out, bits(s))
		}
	}
	return strings.Join(out, " | ")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ expr, want string }{
		{"30 2 * * *", "30 | 2 | * | * | *"},
		{"  30\t2 *  * * ", "30 | 2 | * | * | *"},
		{"0-59 0-23 1-31 1-12 0-6", "* | * | * | * | *"},
		{"*/15 * * * *", "0 15 30 45 | * | * | * | *"},
		{"5/20 8-16/4 * * *", "5 25 45 | 8 12 16 | * | * | *"},
		{"0,30,10-12 */8 * * *", "0 10 11 12 30 | 0 8 16 | * | * | *"},
		{"0 6 * * 1,4", "0 | 6 | * | * | 1 4"},
		{"0 6 * JAN,jul-Sep Mon-fri", "0 | 6 | * | 1 7 8 9 | 1 2 3 4 5"},
		{"0 6 * * 7", "0 | 6 | * | * | 0"},
		{"0 6 * * 6-7", "0 | 6 | * | * | 0 6"},
		{"0 6 * * 1,7", "0 | 6 | * | * | 0 1"},
		{"0 6 * * 0-7", "0 | 6 | * | * | *"},
		{"0 6 * * 1-7/2", "0 | 6 | * | * | 0 1 3 5"},
		{"0 6 * * fri-sun", "0 | 6 | * | * | 0 5 6"},
		{"0 6 * * sun-tue", "0 | 6 | * | * | 0 1 2"},
		{"0 6 * * */2", "0 | 6 | * | * | 0 2 4 6"},
		{"0 0 29 2 *", "0 | 0 | 29 | 2 | *"},
		{"0 0 31 * *", "0 | 0 | 31 | * | *"},
		{"0 0 30 2,4 *", "0 | 0 | 30 | 2 4 | *"},
		{"00 007 01 * *", "0 | 7 | 1 | * | *"},
	} {
		got, err := Parse(c.expr)
		if err != nil {
			t.Errorf("%q: %v", c.expr, err)
			continue
		}
		if sets(got) != c.want {
			t.Errorf("%q: got %s, want %s", c.expr, sets(got), c.want)
		}
		if want := strings.Join(strings.Fields(c.expr), " "); got.Text != want {
			t.Errorf("text %q, want %q", got.Text, want)
		}
	}
}

// The rule of Vixie cron: a field that begins with a star leaves the day to the other one.
func TestParseStars(t *testing.T) {
	monday1st := time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)
	monday2nd := time.Date(2027, 8, 2, 0, 0, 0, 0, time.UTC)
	tuesday1st := time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		expr string
		want [3]bool // on Monday the 1st, Monday the 2nd, Tuesday the 1st
	}{
		{"0 0 * * *", [3]bool{true, true, true}},
		{"0 0 1 * *", [3]bool{true, false, true}},
		{"0 0 * * 1", [3]bool{true, true, false}},
		{"0 0 1 * 1", [3]bool{true, true, true}},
		{"0 0 */2 * 1", [3]bool{true, false, false}},
		{"0 0 1 * */6", [3]bool{false, false, false}},
	} {
		parsed, err := Parse(c.expr)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range []time.Time{monday1st, monday2nd, tuesday1st} {
			if got := parsed.OnDay(d.Month(), d.Day(), d.Weekday()); got != c.want[i] {
				t.Errorf("%s on %s: %v", c.expr, d.Format("Mon 2 Jan"), got)
			}
		}
	}
}

var refused = map[string]store.Code{
	"":                                "schedule.empty",
	" \t ":                            "schedule.empty",
	"* * * *":                         "schedule.fields",
	"0 30 2 * * *":                    "schedule.fields",
	"30 2 * * * " + "2027":            "schedule.fields",
	"TZ=0":                            "schedule.zone_prefix",
	"TZ=Europe/Oslo":                  "schedule.zone_prefix",
	"CRON_TZ=Europe/Oslo":             "schedule.zone_prefix",
	"CRON_TZ= 0 2 * * *":              "schedule.zone_prefix",
	"tz=UTC 0 2 * *":                  "schedule.zone_prefix",
	"@daily":                          "schedule.descriptor",
	"@every 1h":                       "schedule.descriptor",
	"@reboot * * * *":                 "schedule.descriptor",
	"* * L * *":                       "schedule.number",
	"* * 15W * *":                     "schedule.number",
	"? * * * *":                       "schedule.number",
	"0 0 * * 5L":                      "schedule.name",
	"0 0 * * 5#2":                     "schedule.name",
	"0 0 * * man":                     "schedule.name",
	"0 0 * desember *":                "schedule.name",
	"+1 * * * *":                      "schedule.number",
	"-1 * * * *":                      "schedule.number",
	"1- * * * *":                      "schedule.number",
	"1-2-3 * * * *":                   "schedule.number",
	"*-5 * * * *":                     "schedule.number",
	"1,,2 * * * *":                    "schedule.number",
	", * * * *":                       "schedule.number",
	"1.5 * * * *":                     "schedule.number",
	"٣ * * * *":                       "schedule.number",
	"60 * * * *":                      "schedule.range",
	"99999999999999999999 * * * *":    "schedule.number",
	"* 24 * * *":                      "schedule.range",
	"* * 0 * *":                       "schedule.range",
	"* * 32 * *":                      "schedule.range",
	"* * * 13 *":                      "schedule.range",
	"* * * * 8":                       "schedule.range",
	"30-10 * * * *":                   "schedule.backwards",
	"0 22-2 * * *":                    "schedule.backwards",
	"0 0 * * fri-mon":                 "schedule.backwards",
	"*/0 * * * *":                     "schedule.step",
	"*/70 * * * *":                    "schedule.step",
	"*/60 * * * *":                    "schedule.step",
	"* */24 * * *":                    "schedule.step",
	"0-10/11 * * * *":                 "schedule.step",
	"*/ * * * *":                      "schedule.step",
	"*/2/3 * * * *":                   "schedule.step",
	"*/-2 * * * *":                    "schedule.step",
	"0 0 * * 7/2":                     "schedule.step",
	"0 0 30 2 *":                      "schedule.never",
	"0 0 31 4 *":                      "schedule.never",
	"0 0 31 2,4,6,9,11 *":             "schedule.never",
	"0 0 30-31 2 1":                   "schedule.never",
	strings.Repeat("1,", 300) + "1":   "schedule.too_long",
	"* * * * * " + "\x00\xff garbage": "schedule.fields",
}

func TestParseRefuses(t *testing.T) {
	for expr, want := range refused {
		c, err := Parse(expr)
		e, ok := err.(*store.Error)
		if !ok || e.Code != want || e.Class != store.Invalid || e.Field != "expr" {
			t.Errorf("%q: got %v, want %s", expr, err, want)
			continue
		}
		if c != (store.Cron{}) {
			t.Errorf("%q: refused, yet gives %+v", expr, c)
		}
		for _, lang := range []text.Lang{text.NB, text.NN, text.EN} {
			s := text.Error(lang, err)
			if strings.ContainsAny(s, "⟨{}") || s == text.T(lang, "error.internal") {
				t.Errorf("%q in %s: %s", expr, lang, s)
			}
		}
	}
	_, err := Parse("*/70 * * * *")
	want := "Steget i «*/70» passer ikke i feltet for minutt. Bruk et tall fra 1 til 59 etter skråstreken."
	if got := text.Error(text.NB, err); got != want {
		t.Errorf("got %q", got)
	}
}

// FuzzParse holds that nothing makes it panic, that what it accepts is due some day, reads back the same, and has
// words, and that what it refuses is a field error with a sentence.
func FuzzParse(f *testing.F) {
	for expr := range refused {
		f.Add(expr)
	}
	for _, w := range wordsTable {
		f.Add(w.expr)
	}
	from := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, expr string) {
		c, err := Parse(expr)
		if err != nil {
			e, ok := err.(*store.Error)
			if !ok || !text.Has("error."+string(e.Code)) {
				t.Fatalf("%q: %v", expr, err)
			}
			if e.Code == "schedule.unreadable" {
				t.Fatalf("%q passed our check and not the parser: %v", expr, err)
			}
			return
		}
		if len(store.Next(c, store.Oslo, from, 1)) == 0 {
			t.Fatalf("%q is never due", expr)
		}
		if again, err := Parse(c.Text); err != nil || again != c {
			t.Fatalf("%q reads back as %+v, %v; was %+v", c.Text, again, err, c)
		}
		for _, lang := range []text.Lang{text.NB, text.NN, text.EN} {
			if s := text.Schedule(lang, c); s == "" || strings.ContainsAny(s, "⟨{}") {
				t.Fatalf("%q in %s: %q", expr, lang, s)
			}
		}
	})
}

func TestTimetable(t *testing.T) {
	now := time.Date(2027, 3, 27, 12, 0, 0, 0, time.UTC)
	first := func(s store.Schedule) string {
		t.Helper()
		tt, err := Timetable(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		slot := store.Next(tt.Rule, tt.Zone, now, 1)[0]
		return slot.Local + " " + slot.At.Format("15:04")
	}
	s := store.NewSchedule("i1", "30 2 * * *")
	if got := first(s); got != "2027-03-28T02:30 01:00" {
		t.Error(got)
	}
	s.Zone = "America/New_York"
	if got := first(s); got != "2027-03-28T02:30 06:30" {
		t.Error(got)
	}
	s.Zone, s.Expr, s.Every, s.Anchor = store.DefaultZone, "", 5*time.Hour, now.Add(time.Hour)
	if got := first(s); got != "2027-03-27T14:00 13:00" {
		t.Error(got)
	}
	s.Expr, s.Every, s.Zone, s.Jitter = "*/70 * * * *", 0, "Oslo", -1
	_, err := Timetable(s, nil)
	var got []string
	for _, e := range err.(store.FieldErrors) {
		got = append(got, e.Field+" "+string(e.Code))
	}
	want := []string{"zone schedule.zone", "jitter schedule.jitter", "expr schedule.step"}
	if !slices.Equal(got, want) {
		t.Errorf("all that is wrong, at its field: got %v, want %v", got, want)
	}
}
