// Package episodes makes the extract that the integration of jobs/pipeline/testdata/episodes.yaml reads, with planted
// faults, and works out what must come of it: a plain second reading of the workload's rules that shares nothing with
// the engine. Only tests import it. Persons are synthetic: their numbers have the month plus 80.
package episodes

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// Fields are the columns of the extract.
var Fields = []string{"fnr", "fornavn", "etternavn", "postnr", "kjonn", "fodselsdato", "episode_id", "avdeling", "inn_dato",
	"ut_dato", "hoveddiagnose", "bidiagnose", "prosedyre", "hoyde", "vekt", "kreatinin", "kreatinin_enhet", "royker", "asa",
	"oppdatert"}

const (
	fnr = iota
	firstName
	lastName
	postal
	sex
	born
	episode
	unit
	admitted
	discharged
	diagnosis
	second
	procedure
	height
	weight
	creatinine
	creatinineUnit
	smoker
	asa
	updated
	columns
)

var (
	firstNames = []string{"Åshild", "Bjørnar", "Cato", "Dagrun", "Eskil", "Frøydis", `Gunn "Nusse"`, "Máret", "Jo Even"}
	lastNames  = []string{"Aas", "Bø; født Hæge", "Dæhlie", "Evjen", "Følling", "Gåsvær", "Holm", "Ø"}
	units      = []string{"Medisinsk avd", "Kirurgisk; post 2", "Føde/barsel", "Akutt\nmottak", "Øyeavdelingen", `"Dag"post`}
	icd        = []string{"I10", "I21.9", "C61", "N18.5", "J44.1", "S72.0", "E11.9"}
	nothing    = []string{"", "-9", "999", "UKJENT"}
	bornFrom   = time.Date(1931, 3, 1, 0, 0, 0, 0, time.UTC)
	admits     = time.Date(2020, 2, 1, 0, 0, 0, 0, time.UTC)
)

// bornDays is how many days of birth there are: to 1999, so that every number is of the same series.
const bornDays = 25_000

// Write writes n rows to w: some 4 % with a planted fault, 6 % second versions of an earlier row, newer or older, the
// older ones often later in the file. The same n and seed give the same bytes; other seeds give other versions of the same
// stays, partly of other persons. What must come of the rows is added to want, unless that is nil.
func Write(w io.Writer, n int, seed uint64, want *Want) error {
	out := bufio.NewWriterSize(w, 1<<18)
	out.WriteString(strings.Join(Fields, ";") + "\n")
	own := rand.New(rand.NewPCG(seed, 7))
	var rec [columns]string
	stays, again := 0, map[int]bool{}
	for range n {
		stay, minutes := stays, 0
		if stays > 20 && own.IntN(16) == 0 {
			if s := stays - 1 - own.IntN(min(stays, 5000)); !again[s] {
				again[s], stay = true, s
				minutes = 1 + own.IntN(9000)
				if own.IntN(2) == 0 {
					minutes = -minutes
				}
			}
		}
		if stay == stays {
			stays++
			delete(again, stay-5001) // out of reach
		}
		fill(&rec, seed, stay, max(n*2/5, 1), minutes, own)
		plant(&rec, own)
		for i, s := range rec {
			if i > 0 {
				out.WriteByte(';')
			}
			if strings.ContainsAny(s, ";\"\n") {
				s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
			}
			out.WriteString(s)
		}
		out.WriteByte('\n')
		if want != nil {
			want.Row(rec[:])
		}
	}
	return out.Flush()
}

func pick(r *rand.Rand, s []string) string { return s[r.IntN(len(s))] }

func decimal(r *rand.Rand, v float64, decimals int) string {
	s := fmt.Sprintf("%.*f", decimals, v)
	if r.IntN(4) > 0 {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

const day = "02.01.2006"

// fill makes a version of a stay. What the versions share comes from the stay alone, and what a person's stays share
// from the person.
func fill(rec *[columns]string, seed uint64, stay, persons, minutes int, own *rand.Rand) {
	r := rand.New(rand.NewPCG(seed^0x5743, uint64(stay)))
	person := r.IntN(persons)
	who := rand.New(rand.NewPCG(0x9e50, uint64(person))) // of the person alone, whatever the seed
	birth := bornFrom.AddDate(0, 0, person*7907%bornDays)
	in := admits.AddDate(0, 0, r.IntN(1800))
	out := in.AddDate(0, 0, r.IntN(15))
	rec[fnr] = number(birth, person/bornDays)
	rec[firstName], rec[lastName], rec[postal] = pick(who, firstNames), pick(who, lastNames), fmt.Sprintf("%04d", 1+who.IntN(9990))
	rec[sex], rec[born] = []string{"1", "2"}[who.IntN(2)], birth.Format(day)
	rec[episode], rec[unit] = fmt.Sprintf("%s%07d", []string{"B-", "A-", "Æ-"}[stay%3], stay), pick(r, units)
	rec[admitted], rec[discharged] = in.Format(day), out.Format(day)
	rec[diagnosis], rec[second], rec[procedure] = pick(r, icd), "", ""
	if r.IntN(3) == 0 {
		rec[second] = pick(r, icd) + ";" + pick(r, icd)
	}
	if r.IntN(2) == 0 {
		rec[procedure] = "NFB20"
	}
	cm := 140 + r.IntN(60)
	rec[height] = fmt.Sprint(cm)
	if r.IntN(50) == 0 { // in metres
		rec[height] = decimal(r, float64(cm)/100, 2)
	}
	rec[weight] = decimal(own, 40+own.Float64()*80, 1)
	if umol := 40 + r.Float64()*250; r.IntN(3) == 0 {
		rec[creatinine], rec[creatinineUnit] = decimal(r, umol/88.42, 2), "mg/dL"
	} else {
		rec[creatinine], rec[creatinineUnit] = decimal(r, umol, r.IntN(3)), "umol/L"
	}
	rec[smoker], rec[asa] = []string{"0", "1", "2", "9"}[r.IntN(4)], fmt.Sprint(1+r.IntN(5))
	at := out.Add(time.Duration(7*3600+r.IntN(9*3600))*time.Second + time.Duration(minutes)*time.Minute)
	rec[updated] = at.Format(day + " 15:04:05")
	for _, f := range []int{sex, unit, discharged, diagnosis, height, weight, creatinine, smoker, asa} {
		if r.IntN(40) == 0 {
			rec[f] = pick(r, nothing)
		}
	}
}

// plant puts a fault in some 4 of 100 rows. Which reason it leads to is found by reading the row, not remembered: two
// faults can meet, and a fault can fall where nothing is known.
func plant(rec *[columns]string, own *rand.Rand) {
	switch own.IntN(300) {
	case 0, 1, 2:
		rec[fnr] = rec[fnr][:10] + string('0'+(rec[fnr][10]-'0'+byte(1+own.IntN(9)))%10)
	case 3:
		rec[fnr] = pick(own, []string{"", "12345", rec[fnr] + "0", " " + rec[fnr][1:], "1234567890x"})
	case 4, 5:
		rec[[]int{born, admitted, discharged}[own.IntN(3)]] =
			pick(own, []string{"31.02.2023", "2023-05-01", "1.5.2023", "29.02.2021", "00.01.2022", "ukjent dato", "01.13.2022"})
	case 6:
		rec[[]int{sex, smoker}[own.IntN(2)]] = pick(own, []string{"X", "7", "M"})
	case 7:
		rec[creatinine], rec[creatinineUnit] = "88", pick(own, []string{"g/L", "UKJENT"})
	case 8:
		rec[[]int{height, weight, creatinine, asa}[own.IntN(4)]] = pick(own, []string{"ca 80", "72,5kg", "1,7,2", "høy", ",5", "5,"})
	case 9:
		f := own.IntN(4)
		rec[[]int{height, weight, creatinine, asa}[f]] = []string{"285", "720,5", "45000", "7"}[f]
	case 10:
		in, err := time.Parse(day, rec[admitted])
		if err == nil {
			rec[discharged] = in.AddDate(0, 0, -1-own.IntN(4)).Format(day)
		}
	}
}

// number gives the k-th valid synthetic number of a day of birth before 2000.
func number(birth time.Time, k int) string {
	d := [11]int{birth.Day() / 10, birth.Day() % 10, (int(birth.Month()) + 80) / 10, int(birth.Month()) % 10,
		birth.Year() / 10 % 10, birth.Year() % 10}
	for individual := range 500 {
		d[6], d[7], d[8] = individual/100, individual/10%10, individual%10
		if !control(&d, 9, 3, 7, 6, 1, 8, 9, 4, 5, 2) || !control(&d, 10, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) {
			continue
		}
		if k--; k < 0 {
			break
		}
	}
	if k >= 0 {
		panic("episodes: too many persons born on one day")
	}
	var s [11]byte
	for i := range d {
		s[i] = byte('0' + d[i])
	}
	return string(s[:])
}

// control sets digit i to the control digit over those before it; false when that would be 10.
func control(d *[11]int, i int, weights ...int) bool {
	sum := 0
	for k, w := range weights {
		sum += d[k] * w
	}
	d[i] = (11 - sum%11) % 11
	return d[i] < 10
}
