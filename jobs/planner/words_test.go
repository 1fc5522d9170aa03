package planner

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/store"
	"samband/store/text"
)

var wordsTable = []struct{ expr, nb, nn, en string }{
	{"30 2 * * *", "hver natt kl. 02.30", "kvar natt kl. 02.30", "every night at 02:30"},
	{"0 6,18 * * *", "hver dag kl. 06.00 og 18.00", "kvar dag kl. 06.00 og 18.00", "every day at 06:00 and 18:00"},
	{"0 6 * * 1,4", "hver mandag og torsdag kl. 06.00", "kvar måndag og torsdag kl. 06.00",
		"every Monday and Thursday at 06:00"},
	{"30 2 * * 7", "hver søndag kl. 02.30", "kvar søndag kl. 02.30", "every Sunday at 02:30"},
	{"0 6 * * 0,6", "hver lørdag og søndag kl. 06.00", "kvar laurdag og søndag kl. 06.00",
		"every Saturday and Sunday at 06:00"},
	{"0 6 * * 1-5", "hver ukedag (mandag til fredag) kl. 06.00", "kvar vekedag (måndag til fredag) kl. 06.00",
		"every weekday (Monday to Friday) at 06:00"},
	{"0 12 * * 5-7", "hver dag fra fredag til søndag kl. 12.00", "kvar dag frå fredag til søndag kl. 12.00",
		"every day from Friday to Sunday at 12:00"},
	{"* * * * *", "hvert minutt", "kvart minutt", "every minute"},
	{"*/10 * * * *", "hvert 10. minutt", "kvart 10. minutt", "every 10 minutes"},
	{"5-59/15 * * * *", "hvert 15. minutt, fra 5 minutter over hel time", "kvart 15. minutt, frå 5 minutt over heil time",
		"every 15 minutes, from 5 minutes past the hour"},
	{"0 * * * *", "hver time", "kvar time", "every hour"},
	{"15 * * * *", "hver time, 15 minutter over", "kvar time, 15 minutt over", "every hour at 15 minutes past"},
	{"1 * * * *", "hver time, 1 minutt over", "kvar time, 1 minutt over", "every hour at 1 minute past"},
	{"*/25 * * * *", "hver time, 0, 25 og 50 minutter over", "kvar time, 0, 25 og 50 minutt over",
		"every hour at 0, 25 and 50 minutes past"},
	{"0 */2 * * *", "hver 2. time fra kl. 00.00", "kvar 2. time frå kl. 00.00", "every 2 hours from 00:00"},
	{"0 */5 * * *", "hver dag kl. 00.00, 05.00, 10.00, 15.00 og 20.00",
		"kvar dag kl. 00.00, 05.00, 10.00, 15.00 og 20.00",
		"every day at 00:00, 05:00, 10:00, 15:00 and 20:00"},
	{"15 7-16 * * *", "hver time fra kl. 07.15 til 16.15", "kvar time frå kl. 07.15 til 16.15",
		"every hour from 07:15 to 16:15"},
	{"*/15 7-16 * * 1-5", "hvert 15. minutt fra kl. 07.00 til 16.45, hver ukedag (mandag til fredag)",
		"kvart 15. minutt frå kl. 07.00 til 16.45, kvar vekedag (måndag til fredag)",
		"every 15 minutes from 07:00 to 16:45, every weekday (Monday to Friday)"},
	{"0 4 1 * *", "den 1. i hver måned kl. 04.00", "den 1. i kvar månad kl. 04.00", "on the 1st of every month at 04:00"},
	{"0 4 1,15 1,7 *", "den 1. og 15. i januar og juli kl. 04.00", "den 1. og 15. i januar og juli kl. 04.00",
		"on the 1st and 15th of January and July at 04:00"},
	{"0 4 31 * *", "den 31. i hver måned (der dagen finnes) kl. 04.00",
		"den 31. i kvar månad (der dagen finst) kl. 04.00",
		"on the 31st of every month (where the day exists) at 04:00"},
	{"30 2 29 3 *", "den 29. mars hvert år kl. 02.30", "den 29. mars kvart år kl. 02.30",
		"on 29 March every year at 02:30"},
	{"0 0 29 2 *", "den 29. februar i skuddår kl. 00.00", "den 29. februar i skotår kl. 00.00",
		"on 29 February in leap years at 00:00"},
	{"0 4 */2 * *", "hver 2. dag fra den 1. i hver måned kl. 04.00", "kvar 2. dag frå den 1. i kvar månad kl. 04.00",
		"every 2 days from the 1st of every month at 04:00"},
	{"0 12 * 6-8 *", "hver dag fra juni til august kl. 12.00", "kvar dag frå juni til august kl. 12.00",
		"every day from June to August at 12:00"},
	{"0 2 * 1,7 1", "hver mandag i januar og juli kl. 02.00", "kvar måndag i januar og juli kl. 02.00",
		"every Monday in January and July at 02:00"},
	{"0 4 13 * 5", "den 13. i hver måned og i tillegg hver fredag kl. 04.00 (datoen og ukedagen gjelder hver for seg)",
		"den 13. i kvar månad og i tillegg kvar fredag kl. 04.00 (datoen og vekedagen gjeld kvar for seg)",
		"on the 13th of every month and also every Friday at 04:00 (either the date or the weekday is enough)"},
	{"0 4 */15 * 1", "hver mandag, men bare den 1., 16. og 31. i måneden, kl. 04.00",
		"kvar måndag, men berre den 1., 16. og 31. i månaden, kl. 04.00",
		"every Monday, but only on the 1st, 16th and 31st of the month, at 04:00"},
	{"0 4 1-31 * 1", "hver natt kl. 04.00", "kvar natt kl. 04.00", "every night at 04:00"},
	{"5,10,45 2,5-8 * * 0", "5, 10 og 45 minutter over kl. 02 og 05 til 08, hver søndag",
		"5, 10 og 45 minutt over kl. 02 og 05 til 08, kvar søndag",
		"5, 10 and 45 minutes past 02 and 05 to 08, every Sunday"},
}

func TestWords(t *testing.T) {
	for _, c := range wordsTable {
		parsed, err := Parse(c.expr)
		if err != nil {
			t.Errorf("%q: %v", c.expr, err)
			continue
		}
		for lang, want := range map[text.Lang]string{text.NB: c.nb, text.NN: c.nn, text.EN: c.en} {
			if got := text.Schedule(lang, parsed); got != want {
				t.Errorf("%s in %s\ngot  %s\nwant %s", c.expr, lang, got, want)
			}
		}
		if help := text.ScheduleHelp(text.NB, parsed); (help != "") != strings.Contains(c.nb, "i tillegg") {
			t.Errorf("%s is explained as %q", c.expr, help)
		}
	}
}

// Two expressions with the same words must be due at the same times: the words leave nothing out.
func TestWordsSayEverything(t *testing.T) {
	element := func(t *rapid.T, min, max int) string {
		a := rapid.IntRange(min, max).Draw(t, "a")
		switch b := rapid.IntRange(a, max).Draw(t, "b"); rapid.IntRange(0, 4).Draw(t, "element") {
		case 0:
			return "*"
		case 1:
			return fmt.Sprintf("*/%d", rapid.IntRange(1, min+(max-min)*9/10).Draw(t, "step"))
		case 2:
			return fmt.Sprintf("%d-%d", a, b)
		case 3:
			return fmt.Sprintf("%d,%d,%d", a, b, rapid.IntRange(min, max).Draw(t, "c"))
		default:
			return fmt.Sprint(a)
		}
	}
	meaning := map[string]store.Cron{}
	rapid.Check(t, func(t *rapid.T) {
		expr := strings.Join([]string{element(t, 0, 59), element(t, 0, 23), element(t, 1, 31), element(t, 1, 12),
			element(t, 0, 7)}, " ")
		c, err := Parse(expr)
		if err != nil {
			if store.CodeOf(err) != "schedule.never" {
				t.Fatalf("%q: %v", expr, err)
			}
			return
		}
		for _, lang := range []text.Lang{text.NB, text.NN, text.EN} {
			words := string(lang) + text.Schedule(lang, c)
			before, known := meaning[words]
			if known && !same(before, c) {
				t.Fatalf("%s and %s are both %q", before.Text, expr, words)
			}
			meaning[words] = c
		}
	})
}

// same tells whether two expressions are due at the same times.
func same(a, b store.Cron) bool {
	if a.Minute != b.Minute || a.Hour != b.Hour {
		return false
	}
	if a.Text = b.Text; a == b {
		return true
	}
	for d := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2052; d = d.AddDate(0, 0, 1) {
		if a.OnDay(d.Month(), d.Day(), d.Weekday()) != b.OnDay(d.Month(), d.Day(), d.Weekday()) {
			return false
		}
	}
	return true
}
