package pipeline

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// This file computes what the workload of testdata/episodes.yaml has to give, on its own: its own generator, and the
// rules written down again as plainly as can be, a map per row and everything in memory. It shares nothing with the
// engine.

var columns = strings.Split("fnr;fornavn;etternavn;postnr;kjonn;fodselsdato;episode_id;avdeling;inn_dato;ut_dato;hoveddiagnose;"+
	"bidiagnose;prosedyre;hoyde;vekt;kreatinin;kreatinin_enhet;royker;asa;oppdatert", ";")

// variables are the codebook's, in its order; the key is the first.
var variables = strings.Split("episode_id;kjonn;fodselsdato;avdeling;inn_dato;ut_dato;hoveddiagnose;bidiagnose;prosedyre;hoyde;vekt;"+
	"kreatinin;royker;asa;oppdatert", ";")

// syntheticNumber makes a valid number of somebody born on a day, month + 80.
func syntheticNumber(r *rand.Rand, born time.Time) string {
	for {
		s := fmt.Sprintf("%02d%02d%02d%03d", born.Day(), int(born.Month())+80, born.Year()%100, r.IntN(500))
		for _, weights := range [][]int{{3, 7, 6, 1, 8, 9, 4, 5, 2}, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}} {
			sum := 0
			for i, w := range weights {
				sum += w * int(s[i]-'0')
			}
			s += strconv.Itoa((11 - sum%11) % 11)
		}
		if len(s) == 11 { // a control digit of 10 gives one more
			return s
		}
	}
}

// extract generates rows of a hospital extract with faults of every kind.
func extract(seed uint64, n int) [][]string {
	r := rand.New(rand.NewPCG(seed, 7))
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	dmy := func(t time.Time) string { return t.Format("02.01.2006") }
	type human struct{ fnr, first, last, postal, sex, born string }
	people := make([]human, n/3+1)
	for i := range people {
		born := time.Date(1930, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(25000))
		people[i] = human{syntheticNumber(r, born), pick("Kari", "Åse", `Knut "Knutten"`), pick("Berg", "Lie; født Dahl", "Ødegård"),
			fmt.Sprintf("%04d", r.IntN(9990)), pick("1", "2"), dmy(born)}
	}
	missing := func(p int, s string) string {
		if r.IntN(100) < p {
			return pick("", "-9", "999", "UKJENT")
		}
		return s
	}
	number := func(lo, hi float64, decimals int) string {
		s := strconv.FormatFloat(lo+r.Float64()*(hi-lo), 'f', decimals, 64)
		if r.IntN(2) == 0 {
			s = strings.Replace(s, ".", ",", 1)
		}
		return s
	}
	var rows [][]string
	for i := range n {
		if i > 10 && r.IntN(15) == 0 { // another version of an earlier episode, older or newer, or the same once more
			old := slices.Clone(rows[r.IntN(len(rows))])
			if r.IntN(4) > 0 {
				old[14] = number(40, 120, 1)
				old[19] = time.Date(2024, 1, 1+r.IntN(400), 10, r.IntN(60), i%60, 0, time.UTC).Format("02.01.2006 15:04:05")
			}
			rows = append(rows, old)
			continue
		}
		p := people[r.IntN(len(people))]
		in := time.Date(2020, 1, 1+r.IntN(1500), 0, 0, 0, 0, time.UTC)
		row := []string{p.fnr, p.first, p.last, p.postal, missing(3, p.sex), p.born, fmt.Sprintf("%s-%06d", pick("OUS", "HUS"), i),
			missing(5, pick("Øre-nese-hals", "Akutt\nmottak", "Kreftavd; dagpost", `"A"`)), dmy(in), missing(3, dmy(in.AddDate(0, 0, r.IntN(20)))),
			missing(3, pick("I21.9", "C61")), missing(50, pick("I10", "I10;C61")), missing(50, "NFB20"),
			missing(3, number(145, 200, r.IntN(2))), missing(3, number(45, 120, 1)), missing(3, number(45, 345, r.IntN(3))), "umol/L",
			missing(3, pick("0", "1", "2", "9")), missing(3, pick("1", "2", "3", "4", "5")),
			time.Date(2024, 6, 1+r.IntN(100), r.IntN(24), r.IntN(60), i%60, 0, time.UTC).Format("02.01.2006 15:04:05")}
		if r.IntN(10) == 0 {
			row[13] = number(1.45, 2.5, 2) // metres
		}
		if r.IntN(3) == 0 {
			row[15], row[16] = number(0.5, 4, 2), "mg/dL"
		}
		for range max(0, r.IntN(14)-11) { // none, mostly; one or two
			switch r.IntN(7) {
			case 0:
				row[0] = pick("12345678901", "1783713015", "", row[0]+" ", "x"+row[0][min(1, len(row[0])):], "00000000001")
			case 1:
				row[r.IntN(2)+8] = pick("31.02.2023", "2023-05-01", "1.5.2023", "29.02.2021", "ukjent dato", "01.13.2022", " 01.01.2022")
			case 2:
				row[5] = pick("31.04.1950", "", "999", "01.01.50")
			case 3:
				i := r.IntN(3)
				row[[]int{4, 17, 16}[i]] = pick("7", "X", "m", "umol/l", "") // an empty code is missing, an empty unit unknown
			case 4:
				row[[]int{13, 14, 15, 18}[r.IntN(4)]] = pick("ca 80", "72,5kg", "1,7,2", "høy", ",5", "-", "1e2", "5,")
			case 5:
				row[[]int{13, 14, 15, 18}[r.IntN(4)]] = pick("285", "720,5", "4500", "-3", "0", "39.9", "99999999999999999999999")
			case 6:
				row[9] = dmy(in.AddDate(0, 0, -1-r.IntN(5)))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

var (
	elevenRE  = regexp.MustCompile(`^[0-9]{11}$`)
	dayRE     = regexp.MustCompile(`^([0-9]{2})\.([0-9]{2})\.([0-9]{4})$`)
	momentRE  = regexp.MustCompile(`^([0-9]{2})\.([0-9]{2})\.([0-9]{4}) ([0-9]{2}:[0-9]{2}:[0-9]{2})$`)
	decimalRE = regexp.MustCompile(`^-?[0-9]+([.,][0-9]+)?$`)
	wholeRE   = regexp.MustCompile(`^-?[0-9]+$`)
)

// judge gives the reason a row is held back for, or its variables as the dump writes them; a null isn't there.
func judge(row []string) (reason string, out map[string]string) {
	f, out := map[string]string{}, map[string]string{}
	has := map[string]bool{}
	for i, c := range columns {
		always := slices.Contains([]string{"fnr", "fornavn", "etternavn", "postnr", "fodselsdato", "episode_id", "inn_dato", "oppdatert"}, c)
		f[c] = row[i]
		has[c] = always || !slices.Contains([]string{"", "-9", "999", "UKJENT"}, row[i])
	}
	if !elevenRE.MatchString(f["fnr"]) {
		return "bad_fnr", nil
	}
	for _, weights := range [][]int{{3, 7, 6, 1, 8, 9, 4, 5, 2, 1}, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}} {
		sum := 0
		for i, w := range weights {
			sum += w * int(f["fnr"][i]-'0')
		}
		if sum%11 != 0 {
			return "bad_fnr", nil
		}
	}
	for _, c := range []string{"fodselsdato", "inn_dato", "ut_dato"} {
		if has[c] {
			t, err := time.Parse("02.01.2006", f[c])
			if !dayRE.MatchString(f[c]) || err != nil {
				return "bad_date", nil
			}
			out[c] = t.Format("2006-01-02")
		}
	}
	t, err := time.Parse("02.01.2006 15:04:05", f["oppdatert"])
	if !momentRE.MatchString(f["oppdatert"]) || err != nil {
		return "bad_date", nil
	}
	out["oppdatert"] = t.Format("2006-01-02T15:04:05")
	for c, table := range map[string]map[string]string{"kjonn": {"1": "M", "2": "F"}, "royker": {"0": "never", "1": "former", "2": "current", "9": ""}} {
		if has[c] {
			to, ok := table[f[c]]
			if !ok {
				return "unknown_code", nil
			}
			if to != "" {
				out[c] = to
			}
		}
	}
	if has["kreatinin"] && f["kreatinin_enhet"] != "umol/L" && f["kreatinin_enhet"] != "mg/dL" {
		return "unknown_code", nil
	}
	numbers := map[string]float64{}
	for _, c := range []string{"hoyde", "vekt", "kreatinin", "asa"} {
		if has[c] {
			if form := map[bool]*regexp.Regexp{true: wholeRE, false: decimalRE}[c == "asa"]; !form.MatchString(f[c]) {
				return "bad_number", nil
			}
			numbers[c], _ = strconv.ParseFloat(strings.Replace(f[c], ",", ".", 1), 64)
		}
	}
	if h, ok := numbers["hoyde"]; ok && h < 3 {
		numbers["hoyde"] = h * 100
	}
	if k, ok := numbers["kreatinin"]; ok && f["kreatinin_enhet"] == "mg/dL" {
		k = k * 88.42
		k = k * 10
		numbers["kreatinin"] = math.Floor(k+0.5) / 10
	}
	for c, v := range numbers {
		limits := map[string][2]float64{"hoyde": {40, 230}, "vekt": {1, 350}, "kreatinin": {10, 2000}, "asa": {1, 5}}[c]
		if v < limits[0] || v > limits[1] {
			return "out_of_range", nil
		}
		out[c] = strconv.FormatFloat(v, 'f', -1, 64)
	}
	if has["ut_dato"] && out["ut_dato"] < out["inn_dato"] {
		return "date_order", nil
	}
	for _, c := range []string{"episode_id", "avdeling", "hoveddiagnose", "bidiagnose", "prosedyre"} {
		if has[c] {
			out[c] = f[c]
		}
	}
	return "", out
}

// expected is what a delivery has to leave in an empty registry.
type expected struct {
	accepted, doubles int64
	reasons           map[int64]string             // by position
	by                map[string]int64             // rows by reason
	health            map[string]map[string]string // by episode, with the number of the person as "fnr"
	persons           map[string][]string          // by number: the direct fields
	complete          map[string]int64
}

func expect(rows [][]string) *expected {
	x := &expected{reasons: map[int64]string{}, by: map[string]int64{}, health: map[string]map[string]string{},
		persons: map[string][]string{}, complete: map[string]int64{}}
	for i, row := range rows {
		reason, out := judge(row)
		if reason != "" {
			x.reasons[int64(i+1)] = reason
			x.by[reason]++
			continue
		}
		x.accepted++
		out["fnr"] = row[0]
		x.persons[row[0]] = row[:4]
		if old, ok := x.health[row[6]]; ok {
			x.doubles++
			if old["oppdatert"] > out["oppdatert"] {
				continue
			}
			if old["oppdatert"] == out["oppdatert"] && fmt.Sprint(old) != fmt.Sprint(out) {
				panic("the generator made two versions of one moment: the rules don't say which stands")
			}
		}
		x.health[row[6]] = out
	}
	kept := map[string][]string{} // persons whose rows all gave way to another person's show nowhere
	for _, h := range x.health {
		kept[h["fnr"]] = x.persons[h["fnr"]]
		for _, v := range variables {
			if _, ok := h[v]; ok {
				x.complete[v]++
			}
		}
	}
	x.persons = kept
	return x
}
