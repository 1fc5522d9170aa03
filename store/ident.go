package store

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// IdentKind is the kind of a person's number, by its code in the Volven code lists 8116 and 8327.
type IdentKind string

const (
	FNR IdentKind = "FNR" // fødselsnummer
	DNR IdentKind = "DNR" // D-number: a temporary stay, day + 40; the person may get a fødselsnummer later
	FHN IdentKind = "FHN" // felles hjelpenummer: shared number for unidentified patients, first digit 8 or 9, no date
	HNR IdentKind = "HNR" // H-number: made by one hospital or system and only unique there, month + 40
)

// OID gives the kind's object identifier, "" for the H-number, which has none.
func (k IdentKind) OID() string {
	switch k {
	case FNR:
		return "2.16.578.1.12.4.1.4.1"
	case DNR:
		return "2.16.578.1.12.4.1.4.2"
	case FHN:
		return "2.16.578.1.12.4.1.4.3"
	}
	return ""
}

// IdentSeries says which population a number belongs to; the offset on the month tells it.
type IdentSeries string

const (
	SeriesNone   IdentSeries = ""       // FH-numbers have none
	SeriesReal   IdentSeries = "real"   // month 01–12
	SeriesPlus40 IdentSeries = "plus40" // month + 40: an H-number, or a person made up by a test tool
	SeriesNHN    IdentSeries = "nhn"    // month + 65: made up by Norsk helsenett
	SeriesTenor  IdentSeries = "tenor"  // month + 80: made up by Skatteetaten, in Tenor
)

// Sex is what the ninth digit of a number says. It is derived, never source data.
type Sex string

const (
	SexUnknown Sex = ""
	Male       Sex = "male"
	Female     Sex = "female"
)

// Why a person number was refused. IdentSynthetic and IdentReal are about the installation, the others the number.
const (
	IdentLength    Code = "ident.length"
	IdentNonDigit  Code = "ident.non_digit"
	IdentDate      Code = "ident.date"
	IdentChecksum1 Code = "ident.checksum1"
	IdentChecksum2 Code = "ident.checksum2"
	IdentSynthetic Code = "ident.synthetic_in_production"
	IdentReal      Code = "ident.real_in_test"
)

// Why a PersonKey was refused, beside IdentLength.
const (
	IdentIssuer      Code = "ident.issuer" // an H-number without its issuer
	IdentUnknownKind Code = "ident.kind"
)

// IdentWarnings is a set of things to know about an accepted number.
type IdentWarnings uint8

const (
	// WarnExtended: the number keeps only to the rule from 2032.
	WarnExtended IdentWarnings = 1 << iota
	// WarnExtendedEarly: as WarnExtended, for a real number before such numbers are given out.
	WarnExtendedEarly
	// WarnCentury: the number does not tell the century, so birth date and sex are unknown.
	WarnCentury
	// WarnAge: the derived birth date lies ahead, or more than 120 years back.
	WarnAge
	// WarnPlus40: an H-number, or a person made up by a test tool; the digits can't tell.
	WarnPlus40
	// WarnPadded: RepairPerson put a lost zero back.
	WarnPadded
)

var warningCodes = [...]Code{"ident.extended_series", "ident.extended_before_start", "ident.century_undetermined",
	"ident.implausible_age", "ident.ambiguous_plus40", "ident.padded"}

// Has tells whether all of v is in w.
func (w IdentWarnings) Has(v IdentWarnings) bool { return w&v == v }

// Codes lists the warnings; their sentences are "warning." + code in package text.
func (w IdentWarnings) Codes() []Code {
	var codes []Code
	for i, c := range warningCodes {
		if w.Has(1 << i) {
			codes = append(codes, c)
		}
	}
	return codes
}

// Environment says which persons an installation may hold: a production refuses made-up ones, a test real ones.
type Environment uint8

const (
	EnvProduction Environment = iota
	EnvTest
)

// IdentRules says how person numbers are checked. The zero value is a production under the rules of Folkeregisteret.
type IdentRules struct {
	Environment Environment
	// ExtendedFrom is the first day numbers are given out by the extended rule; empty means 2032-01-01.
	ExtendedFrom Date
	// ExtendedHelp lets the extended rule hold for FH- and H-numbers too, for which it is not announced.
	ExtendedHelp bool
	// TestPersons are fictitious persons with numbers that look real: let into a test, kept out of a production.
	// Nil means the published ones.
	TestPersons []PersonNumber
	// Classic holds a number to eleven digits, as they stand, and both control digits by the ordinary rule, and to
	// nothing else: no date, no environment, and the kind is what the digits suggest.
	Classic bool
}

// DefaultExtendedFrom is the day from which Skatteetaten has announced to give out numbers by the extended rule.
const DefaultExtendedFrom Date = "2032-01-01"

// publishedTestPersons are Line Danser, Gry Telokk, Roland Gundersen and Folke Danser, fictitious patients of the
// health sector's published test messages (HL7Norway/NILAR). Their numbers lie in the ordinary series.
var publishedTestPersons = []PersonNumber{
	knownNumber("13116900216"), knownNumber("12057900499"), knownNumber("15076500565"), knownNumber("14019800513"),
}

func knownNumber(digits string) PersonNumber {
	p, ok := PersonNumberOf(digits)
	if !ok {
		panic("store: a listed test person's number is not eleven digits")
	}
	return p
}

func (r *IdentRules) isTestPerson(p PersonNumber) bool {
	list := r.TestPersons
	if list == nil {
		list = publishedTestPersons
	}
	return slices.Contains(list, p)
}

// extended tells whether numbers of the kind and series may keep to the extended rule.
func (r *IdentRules) extended(k IdentKind, s IdentSeries) bool {
	return r.ExtendedHelp || k != FHN && s != SeriesPlus40
}

func (r *IdentRules) extendedFrom() int {
	if day := r.ExtendedFrom.ymd(); day != 0 {
		return day
	}
	return DefaultExtendedFrom.ymd()
}

// IdentResult is what a check found. It prints masked, because the birth date says something of the person.
type IdentResult struct {
	masked
	Number    PersonNumber // zero when refused
	Kind      IdentKind    // "" when the digits could not be read or belong to no series
	Series    IdentSeries
	Remainder int // of the first control sum: 0 by the ordinary rule, 1 to 3 by the extended; -1 when the sums fail
	Sex       Sex // derived; SexUnknown when the number does not tell
	Warnings  IdentWarnings
	Err       Code // "" when accepted

	birth int // yyyymmdd, 0 = none
}

// Birth gives the derived birth date; empty when the number has none or does not tell the century.
func (r IdentResult) Birth() Date { return dateOfYMD(r.birth) }

// ParsePerson reads a person's number and checks it: digits, series, date, control digits, environment; the first that
// fails is the reason. White space anywhere, no-break spaces too, is left out. Nothing is guessed: a number that lost
// its leading zero is refused (see RepairPerson), as are non-ASCII digits and what a spreadsheet made of the number.
//
// The control digits are held to the extended rule, under which old numbers stay valid (Skatteetaten, "Nytt
// fødselsnummer fra 2032"). That rule weakens them: of the hundred endings of a stem up to four pass, so that a number
// which passes need not exist. Birth date and sex are derived only where the number must have been given out by the
// ordinary rule: at lies before rules.ExtendedFrom and the remainder is 0.
func ParsePerson(s string, rules IdentRules, at time.Time) IdentResult {
	d, n, ok := readDigits(s)
	switch {
	case !ok || rules.Classic && n == len(d) && len(s) != n:
		return refuse(IdentNonDigit)
	case n != len(d):
		return refuse(IdentLength)
	}
	return parseDigits(&d, &rules, at)
}

// RepairPerson is ParsePerson for columns that have been through a spreadsheet: ten digits get the leading zero back
// and are checked with it. An accepted number that was repaired carries WarnPadded; nothing else is repaired.
func RepairPerson(s string, rules IdentRules, at time.Time) IdentResult {
	d, n, ok := readDigits(s)
	if !ok || n != len(d)-1 {
		return ParsePerson(s, rules, at)
	}
	copy(d[1:], d[:n])
	d[0] = 0
	r := parseDigits(&d, &rules, at)
	if r.Err == "" {
		r.Warnings |= WarnPadded
	}
	return r
}

func refuse(code Code) IdentResult { return IdentResult{Remainder: -1, Err: code} }

// readDigits gives the digits of s by value and how many there are (12 for more than 11). It is not ok when s holds
// anything but ASCII digits and white space.
func readDigits(s string) (d elevenDigits, n int, ok bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < '0' || c > '9' {
			r, size := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsSpace(r) {
				return d, n, false
			}
			i += size
			continue
		}
		if n == len(d) {
			return d, n + 1, true
		}
		d[n] = c - '0'
		n++
		i++
	}
	return d, n, true
}

func parseClassic(d *elevenDigits) IdentResult {
	r1, r2 := d.remainders()
	switch {
	case r1 != 0:
		return refuse(IdentChecksum1)
	case r2 != 0:
		return refuse(IdentChecksum2)
	}
	c := d.classify()
	if c.kind == "" {
		c.kind = FNR
	}
	return IdentResult{Number: d.number(), Kind: c.kind, Series: c.series}
}

func parseDigits(d *elevenDigits, rules *IdentRules, at time.Time) IdentResult {
	if rules.Classic {
		return parseClassic(d)
	}
	y, m, day := at.In(Oslo).Date()
	r := examine(d, rules, y*10000+int(m)*100+day)
	if r.Err != "" {
		return r
	}
	p, made := d.number(), r.Series == SeriesTenor || r.Series == SeriesNHN
	// An H-number has no day offset, so day + 40 with month + 40 can only be a test tool's D-number.
	made = made || r.Series == SeriesPlus40 && r.Kind == DNR
	switch {
	case rules.Environment == EnvProduction && (made || rules.isTestPerson(p)):
		r.Err = IdentSynthetic
	case rules.Environment == EnvTest && r.Series == SeriesReal && !rules.isTestPerson(p):
		r.Err = IdentReal
	default:
		r.Number = p
		return r
	}
	return IdentResult{Kind: r.Kind, Series: r.Series, Remainder: r.Remainder, Err: r.Err}
}

// examine checks everything about a number but the environment, as of today (yyyymmdd).
func examine(d *elevenDigits, rules *IdentRules, today int) IdentResult {
	c := d.classify()
	if c.kind == "" {
		return refuse(IdentDate)
	}
	r1, r2 := d.remainders()
	start, extended := rules.extendedFrom(), rules.extended(c.kind, c.series)
	r := IdentResult{Kind: c.kind, Series: c.series, Remainder: r1}
	if c.kind != FHN {
		// Given out by the extended rule: certainly when the remainder says so, possibly once there are such numbers.
		maybe := extended && (r1 != 0 || today >= start)
		if !r.derive(d, &c, maybe, today) {
			return IdentResult{Kind: c.kind, Series: c.series, Remainder: -1, Err: IdentDate}
		}
	}
	switch {
	case r1 > 3 || r1 != 0 && !extended:
		return IdentResult{Kind: c.kind, Series: c.series, Remainder: -1, Err: IdentChecksum1}
	case r2 != 0:
		return IdentResult{Kind: c.kind, Series: c.series, Remainder: -1, Err: IdentChecksum2}
	case r1 != 0 && c.series == SeriesReal && today < start:
		r.Warnings |= WarnExtendedEarly
	case r1 != 0:
		r.Warnings |= WarnExtended
	}
	if c.kind == HNR {
		r.Warnings |= WarnPlus40
	}
	return r
}

// derive takes birth date and sex from the digits where they tell, and is false when there is no such day.
func (r *IdentResult) derive(d *elevenDigits, c *class, extended bool, today int) bool {
	century := 0
	if !extended {
		century = centuryOf(c.year, d.individual())
	}
	if !validDay(century, c.year, c.month, c.day) {
		return false
	}
	if century == 0 {
		r.Warnings |= WarnCentury
		return true
	}
	r.birth = (century+c.year)*10000 + c.month*100 + c.day
	r.Sex = Female
	if d[8]%2 == 1 {
		r.Sex = Male
	}
	if r.birth > today || today-r.birth > 120*10000 {
		r.Warnings |= WarnAge
	}
	return true
}

// class is what the first six digits of a number say: its kind and series, and the date without the offsets.
type class struct {
	kind             IdentKind // "" when the month belongs to no series or the day to no kind
	series           IdentSeries
	day, month, year int // year is the last two digits
}

func (d *elevenDigits) classify() class {
	if d[0] >= 8 {
		return class{kind: FHN}
	}
	two := func(i int) int { return int(d[i])*10 + int(d[i+1]) }
	c := class{kind: FNR, series: SeriesReal, day: two(0), month: two(2), year: two(4)}
	if c.day > 40 {
		c.kind, c.day = DNR, c.day-40
	}
	switch m := c.month; {
	case m > 80:
		c.series, c.month = SeriesTenor, m-80
	case m > 65:
		c.series, c.month = SeriesNHN, m-65
	case m > 40:
		c.series, c.month = SeriesPlus40, m-40
		if c.kind == FNR {
			c.kind = HNR
		}
	}
	if c.day < 1 || c.day > 31 || c.month < 1 || c.month > 12 {
		return class{}
	}
	return c
}

func (d *elevenDigits) individual() int { return int(d[6])*100 + int(d[7])*10 + int(d[8]) }

// centuryOf gives the century (1800, 1900, 2000) of a number given out by the ordinary rule, from the two digits of
// the year and the individual number; 0 for the combinations the table has no century for (Skatteetaten).
func centuryOf(year, individual int) int {
	switch {
	case individual < 500:
		return 1900
	case individual < 750 && year >= 54:
		return 1800
	case year < 40:
		return 2000
	case individual >= 900:
		return 1900
	}
	return 0
}

// validDay tells whether the day exists. With no century 29 February exists when it does in one of the three.
func validDay(century, year, month, day int) bool {
	if month == 2 && day == 29 {
		leap := func(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }
		if century == 0 {
			return leap(1800+year) || leap(1900+year) || leap(2000+year)
		}
		return leap(century + year)
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	return day <= days[month-1]
}

// remainders gives both control sums modulo 11. The weights include the control digits', which is 1.
func (d *elevenDigits) remainders() (r1, r2 int) {
	weights1 := [...]uint{3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0}
	weights2 := [...]uint{5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}
	var sum1, sum2 uint
	for i, c := range d {
		sum1 += weights1[i] * uint(c)
		sum2 += weights2[i] * uint(c)
	}
	return int(sum1 % 11), int(sum2 % 11)
}

// CheckDigits gives the remainders of both control sums of a person number; ok tells that s is exactly eleven ASCII
// digits. The ordinary rule wants 0 and 0, the extended one 0 to 3 and 0. No date and no series is looked at, nothing
// is normalised and nothing allocated.
func CheckDigits[T string | []byte](s T) (r1, r2 int, ok bool) {
	d, ok := readEleven(s)
	if !ok {
		return 0, 0, false
	}
	r1, r2 = d.remainders()
	return r1, r2, true
}

// PassesClassic tells whether s is exactly eleven ASCII digits with both control digits right by the ordinary rule.
func PassesClassic[T string | []byte](s T) bool {
	r1, r2, ok := CheckDigits(s)
	return ok && r1 == 0 && r2 == 0
}

// SyntheticNumber makes the number of a person who does not exist: birth date with month + 80, as in Skatteetaten's
// Tenor, individual number 0 to 999, control digits by the ordinary rule. It is not ok when the individual number gives
// another century than the birth date's, or when a control digit would be 10.
func SyntheticNumber(birth Date, individual int) (PersonNumber, bool) {
	n := birth.ymd()
	century, year, month, day := n/1_00_00_00*100, n/1_00_00%100, n/1_00%100, n%100
	switch {
	case individual < 0 || individual > 999 || century == 0 || centuryOf(year, individual) != century,
		month < 1 || month > 12 || day < 1 || !validDay(century, year, month, day):
		return PersonNumber{}, false
	}
	return composeNumber(day, month+80, year, individual, 0)
}

// composeNumber joins the parts of a number, offsets already added, with control digits that leave the remainder.
func composeNumber(day, month, year, individual, remainder int) (PersonNumber, bool) {
	var d elevenDigits
	for i, part := range [...]int{day, month, year} {
		d[2*i], d[2*i+1] = byte(part/10), byte(part%10)
	}
	d[6], d[7], d[8] = byte(individual/100), byte(individual/10%10), byte(individual%10)
	r1, _ := d.remainders()
	k1 := (11 + remainder - r1) % 11
	if k1 == 10 {
		return PersonNumber{}, false
	}
	d[9] = byte(k1)
	_, r2 := d.remainders()
	k2 := (11 - r2) % 11
	if k2 == 10 {
		return PersonNumber{}, false
	}
	d[10] = byte(k2)
	return d.number(), true
}

// PersonKey is what a person is found by: the kind of number, who gave it out where that matters, and the number. Equal
// keys (==, and as map keys) are the same person; one person may have had several. It prints as [skjult].
type PersonKey struct {
	masked
	kind   IdentKind
	issuer string
	number PersonNumber
}

// NewPersonKey makes the key. The issuer (organisation number, RESH-id or OID of the hospital or system) is part of it
// for an H-number only, which is unique nowhere else and must not be used across institutions; all others are national.
// Callers pass the issuer they have. The error is Invalid with IdentIssuer, IdentUnknownKind or IdentLength.
func NewPersonKey(kind IdentKind, issuer string, number PersonNumber) (PersonKey, error) {
	switch {
	case number.IsZero():
		return PersonKey{}, E(Invalid, IdentLength, nil)
	case kind == HNR:
		if issuer = strings.TrimSpace(issuer); issuer == "" {
			return PersonKey{}, E(Invalid, IdentIssuer, nil)
		}
	case kind == FNR || kind == DNR || kind == FHN:
		issuer = ""
	default:
		return PersonKey{}, E(Invalid, IdentUnknownKind, nil)
	}
	return PersonKey{kind: kind, issuer: issuer, number: number}, nil
}

// Kind gives the kind of number.
func (k PersonKey) Kind() IdentKind { return k.kind }

// Issuer gives who gave the number out; "" for the national kinds.
func (k PersonKey) Issuer() string { return k.issuer }

// Number gives the number.
func (k PersonKey) Number() PersonNumber { return k.number }

// AppendReveal appends the canonical form to b: kind, issuer and number with | between. No two keys share one, since
// the kind holds no | and the number has a fixed length. It is what a keyed hash over the person is made from.
func (k PersonKey) AppendReveal(b []byte) []byte {
	b = append(b, k.kind...)
	b = append(b, '|')
	b = append(b, k.issuer...)
	b = append(b, '|')
	return k.number.AppendReveal(b)
}
