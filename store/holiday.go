package store

import "time"

// The public holidays of Norway, each the key of its name. They are computed, so that no list runs out: the movable ones
// from Easter, the fixed ones from their date (lov om helligdager og helligdagsfred § 2; lov om 1 og 17 mai).
const (
	HolidayNewYear      Code = "holiday.new_year"
	HolidayMaundy       Code = "holiday.maundy_thursday"
	HolidayGoodFriday   Code = "holiday.good_friday"
	HolidayEaster       Code = "holiday.easter"
	HolidayEasterMonday Code = "holiday.easter_monday"
	HolidayLabour       Code = "holiday.labour_day"
	HolidayConstitution Code = "holiday.constitution_day"
	HolidayAscension    Code = "holiday.ascension"
	HolidayWhitSunday   Code = "holiday.whit_sunday"
	HolidayWhitMonday   Code = "holiday.whit_monday"
	HolidayChristmas    Code = "holiday.christmas"
	HolidayBoxing       Code = "holiday.boxing_day"
)

// fixedHolidays come on the same date each year.
var fixedHolidays = map[string]Code{"01-01": HolidayNewYear, "05-01": HolidayLabour, "05-17": HolidayConstitution,
	"12-25": HolidayChristmas, "12-26": HolidayBoxing}

// movableHolidays are counted in days from Easter Sunday.
var movableHolidays = map[int]Code{-3: HolidayMaundy, -2: HolidayGoodFriday, 0: HolidayEaster, 1: HolidayEasterMonday,
	39: HolidayAscension, 49: HolidayWhitSunday, 50: HolidayWhitMonday}

// Holiday gives the public holiday that a date is in Norway, "" when it is none. A date that is two (17 May can be Whit
// Monday) gives the fixed one.
func Holiday(d Date) Code {
	if len(d) != len(time.DateOnly) {
		return ""
	}
	if h := fixedHolidays[string(d[5:])]; h != "" {
		return h
	}
	day := d.Time()
	return movableHolidays[int(day.Sub(easter(day.Year()))/(24*time.Hour))]
}

// easter gives Easter Sunday of a year in the Gregorian calendar, at midnight UTC (Meeus, Astronomical Algorithms,
// chapter 8).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e, f := b/4, b%4, (b+8)/25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(year, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}
