// Package hospital is the hospital of the demonstration: it makes up persons, stays and heart operations, and delivers
// them as the regional data platform might, with the faults that real deliveries have. All of it is synthetic; every
// national identity number has the month plus 80, so none can belong to anybody.
package hospital

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"samband/store"
)

// Fields are the columns of a delivery, in order.
var Fields = []string{"fnr", "fornavn", "etternavn", "postnr", "kjonn", "fodselsdato", "episode_id", "avdeling", "inn_dato",
	"ut_dato", "hoveddiagnose", "prosedyre", "operert_dato", "hoyde", "vekt", "kreatinin", "kreatinin_enhet",
	"ejeksjonsfraksjon", "nyha", "royker", "euroscore", "oppdatert"}

const (
	fFnr = iota
	fFirst
	fLast
	fPost
	fSex
	fBorn
	fEpisode
	fUnit
	fIn
	fOut
	fDiagnosis
	fProcedure
	fOperated
	fHeight
	fWeight
	fCreatinine
	fCreatinineUnit
	fEF
	fNYHA
	fSmoker
	fScore
	fUpdated
)

// Options say what to deliver. The same options give the same bytes.
type Options struct {
	Seed     uint64
	Delivery int // 1, 2, 3 …: each has new stays, and corrections of stays that came before
	// Stays is how many stays a delivery covers; 0 means 11 000. Rows are a few percent more: second versions, doubles.
	Stays int
	// New is how many stays come with each further delivery, while as many of the oldest leave; 0 means 400.
	New int
	// From is the day of the first stay of the first delivery; "" means 2024-01-01. The last of its stays begin
	// Stays/60 days later, and those of further deliveries as if there were one each hour.
	From store.Date
	// Choices counts the rows of those who have reserved (Reserved) apart in Planted, as a registry that heeds them does.
	Choices bool
}

func (o Options) filled() Options {
	o.Delivery, o.Stays = cmp.Or(o.Delivery, 1), cmp.Or(o.Stays, 11_000)
	o.New, o.From = cmp.Or(o.New, 400), cmp.Or(o.From, "2024-01-01")
	return o
}

// first gives the oldest stay of the delivery; Stays of them follow each other from there.
func (o Options) first() int { return (o.Delivery - 1) * o.New }

// day gives the day that a stay begins.
func (o Options) day(e int) time.Time {
	days := min(e, o.Stays) / perDay
	if e > o.Stays {
		days += (e - o.Stays) / (24 * o.New)
	}
	return o.From.Time().AddDate(0, 0, days)
}

// Longest is how many days after its first day the last that happened in a stay can be: discharge and correction.
const Longest = 20

// Days gives how many days the stays of a first delivery are spread over.
func (o Options) Days() int { return o.filled().Stays / perDay }

// Planted counts what a delivery holds, for checking what was made of it. Faults is by the reason that a sound mapping
// gives.
type Planted struct {
	Rows    int64
	Stays   int64
	Faults  map[string]int64
	Older   int64 // rows with an older version of a stay that is there in a newer one, both sound
	Doubles int64 // rows that are another row again, sound
	Metres  int64 // rows with the height in metres
	MgPerDL int64 // rows with creatinine in mg/dL
	Missing int64 // cells with one of the texts that mean that nothing is known
	// Reserved are the rows of those who have reserved, which count nowhere else but in Rows; with Options.Choices.
	Reserved int64
}

var (
	men        = []string{"Bjørn", "Lars", "Åge", "Øyvind", "Per Kåre", "Sæbjørn", "Jan", "Ole", "Mohammed", `Knut "Knutten"`}
	women      = []string{"Åse", "Kari", "Bjørg", "Ingrid", "Øydis", "Anne-Lise", "Sælaug", "Liv", "Fatima", "Máret"}
	last       = []string{"Hansen", "Bråten", "Øverås", "Sæther", "Ødegård", "Nygård", "Berg", "Åsen", "Lie; født Dahl", "Gaup"}
	units      = []string{"Thoraxkirurgisk avd", "Kardiologisk avd", "Hjertemedisinsk; sengepost 2", "Intensiv"}
	diagnoses  = []string{"I20.0", "I21.4", "I25.1", "I34.0", "I35.0", "I35.1", "I71.2"}
	procedures = []string{"FNC10", "FNC20", "FMD00", "FMD10", "FKD00", "FCA70"}
	missing    = []string{"", "-9", "999", "UKJENT"}
	born0      = time.Date(1928, 1, 1, 0, 0, 0, 0, time.UTC)
)

const (
	persons  = 9000
	bornDays = 29000 // birth dates 1928–2007, one person a day at most, so that numbers are unique
	perDay   = 60    // stays that begin on one day
)

// Write writes a delivery as CSV: UTF-8, `;`, a header line.
func Write(w io.Writer, o Options) (Planted, error) {
	o = o.filled()
	p := Planted{Faults: map[string]int64{}}
	out := bufio.NewWriterSize(w, 1<<16)
	out.WriteString(strings.Join(Fields, ";") + "\n")
	reserved := map[string]bool{}
	if o.Choices {
		for _, n := range Reserved(o.Seed) {
			reserved[n.Reveal()] = true
		}
	}
	add := func(rec *record, fault string) {
		if write(out, rec); reserved[rec[fFnr]] {
			p.Rows++
			p.Reserved++
			return
		}
		p.count(rec, fault)
	}
	for e := o.first(); e < o.first()+o.Stays; e++ {
		p.Stays++
		v := o.version(e)
		rec, fault := o.row(e, v)
		if v > 0 && rand.New(rand.NewPCG(o.Seed^0x0de, uint64(e))).IntN(3) == 0 {
			older, olderFault := o.row(e, v-1) // the source sends the version before too, first
			add(&older, olderFault)
			if fault == "" && olderFault == "" && !reserved[rec[fFnr]] {
				p.Older++
			}
		}
		add(&rec, fault)
		if e%211 == 7 {
			add(&rec, fault)
			if fault == "" && !reserved[rec[fFnr]] {
				p.Doubles++
			}
		}
	}
	return p, out.Flush()
}

func (p *Planted) count(rec *record, fault string) {
	p.Rows++
	if fault != "" {
		p.Faults[fault]++
	}
	if strings.HasPrefix(rec[fHeight], "1,") || strings.HasPrefix(rec[fHeight], "1.") {
		p.Metres++
	}
	if rec[fCreatinineUnit] == "mg/dL" && !slices.Contains(missing, rec[fCreatinine]) {
		p.MgPerDL++
	}
	for _, f := range optional {
		if slices.Contains(missing, rec[f]) {
			p.Missing++
		}
	}
}

// version gives how often a stay has been corrected: perhaps before it came, and perhaps with each delivery since.
func (o Options) version(e int) int {
	came := 1
	if e >= o.Stays {
		came = (e-o.Stays)/o.New + 2
	}
	v := 0
	for k := came - 1; k <= o.Delivery; k++ {
		if rand.New(rand.NewPCG(o.Seed^uint64(k+1)*0x9e3779b9, uint64(e))).IntN(40) == 0 {
			v++
		}
	}
	return v
}

func pick(r *rand.Rand, s []string) string { return s[r.IntN(len(s))] }

func day(t time.Time) string { return t.Format("02.01.2006") }

// number writes a measured number as sources do: mostly with a decimal comma.
func number(r *rand.Rand, v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if r.IntN(10) > 0 {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

type record = [fUpdated + 1]string

// optional are the fields that may hold a text for missing.
var optional = []int{fUnit, fOut, fDiagnosis, fProcedure, fHeight, fWeight, fCreatinine, fEF, fNYHA, fSmoker, fScore}

// row makes a version of a stay, and says which fault is planted in it. What all versions share comes from the stay
// alone; a correction changes the weight and the time it was updated, and has faults of its own.
func (o Options) row(e, v int) (rec record, fault string) {
	r := rand.New(rand.NewPCG(o.Seed, uint64(e)))
	own := rand.New(rand.NewPCG(o.Seed^0xc0ffee^uint64(v)<<32, uint64(e)))
	p := r.IntN(persons)
	who := rand.New(rand.NewPCG(o.Seed+1, uint64(p)))
	born := bornOf(p)
	fnr := person(born, who)
	rec[fFnr], rec[fBorn] = fnr, day(born)
	rec[fSex], rec[fFirst] = "1", pick(who, men)
	if (fnr[8]-'0')%2 == 0 {
		rec[fSex], rec[fFirst] = "2", pick(who, women)
	}
	rec[fLast], rec[fPost] = pick(who, last), fmt.Sprintf("%04d", 1+who.IntN(9990))
	in := o.day(e)
	operated := in.AddDate(0, 0, r.IntN(4))
	out := operated.AddDate(0, 0, 3+r.IntN(12))
	rec[fEpisode] = fmt.Sprintf("THX-%07d", e+1)
	rec[fUnit], rec[fIn], rec[fOut], rec[fOperated] = pick(r, units), day(in), day(out), day(operated)
	rec[fDiagnosis], rec[fProcedure] = pick(r, diagnoses), pick(r, procedures)
	height := 148 + r.IntN(50)
	rec[fHeight] = strconv.Itoa(height)
	if r.IntN(60) == 0 { // in metres
		rec[fHeight] = number(r, float64(height)/100, 2)
	}
	rec[fWeight] = number(own, 48+own.Float64()*70, 1)
	if umol := 45 + r.Float64()*160; r.IntN(5) == 0 {
		rec[fCreatinine], rec[fCreatinineUnit] = number(r, umol/88.42, 2), "mg/dL"
	} else {
		rec[fCreatinine], rec[fCreatinineUnit] = number(r, umol, r.IntN(2)), "umol/L"
	}
	rec[fEF], rec[fNYHA], rec[fSmoker] = strconv.Itoa(20+r.IntN(50)), strconv.Itoa(1+r.IntN(4)), strconv.Itoa(r.IntN(3))
	rec[fScore] = number(r, 0.5+r.ExpFloat64()*2, 2)
	if r.IntN(25) == 0 {
		rec[fNYHA] = "9"
	}
	if r.IntN(12) == 0 {
		rec[fSmoker] = "9"
	}
	updated := out.Add(time.Duration(8+v)*time.Hour + time.Duration(own.IntN(3600))*time.Second)
	rec[fUpdated] = updated.Format("02.01.2006 15:04:05")
	for _, f := range optional {
		if r.IntN(100) < 3 {
			rec[f] = pick(r, missing)
		}
	}
	return rec, plant(&rec, own, in)
}

// plant puts a fault in some rows and gives the reason that a sound mapping holds the row back for.
func plant(rec *record, own *rand.Rand, in time.Time) string {
	switch x := own.Float64(); {
	case x < .008:
		b := []byte(rec[fFnr])
		b[10] = '0' + (b[10]-'0'+byte(1+own.IntN(9)))%10
		rec[fFnr] = string(b)
		return "ugyldig_fnr"
	case x < .013:
		rec[[]int{fBorn, fIn}[own.IntN(2)]] = []string{"31.02.2024", "2024-05-01", "1.5.2024", "ukjent dato"}[own.IntN(4)]
		return "umulig_dato"
	case x < .017:
		if own.IntN(2) == 0 {
			rec[fSmoker] = "X"
		} else {
			rec[fCreatinine], rec[fCreatinineUnit] = "88", "g/L"
		}
		return "ukjent_kode"
	case x < .019:
		rec[[]int{fHeight, fWeight, fEF}[own.IntN(3)]] = []string{"ca 80", "72,5kg", "høy"}[own.IntN(3)]
		return "ikke_tall"
	case x < .022:
		rec[fWeight] = "720,5"
		return "utenfor_grensene"
	case x < .024:
		rec[fOut] = day(in.AddDate(0, 0, -1-own.IntN(5)))
		return "ut_foer_inn"
	}
	return ""
}

// Reserved gives some of the persons of Options.Seed: those who have said that they don't want to be in the registry.
func Reserved(seed uint64) (list []store.PersonNumber) {
	for p := 17; p < persons; p += persons / 12 {
		n, _ := store.PersonNumberOf(person(bornOf(p), rand.New(rand.NewPCG(seed+1, uint64(p)))))
		list = append(list, n)
	}
	return list
}

func bornOf(p int) time.Time { return born0.AddDate(0, 0, p*7919%bornDays) }

// person gives the number of a made-up person born that day.
func person(born time.Time, who *rand.Rand) string {
	d := store.Date(born.Format(time.DateOnly))
	low := 0 // individual numbers of those born 1900–1999
	if born.Year() >= 2000 {
		low = 500
	}
	for {
		if n, ok := store.SyntheticNumber(d, low+who.IntN(500)); ok {
			return n.Reveal()
		}
	}
}

func write(w *bufio.Writer, rec *record) {
	for i, s := range rec {
		if i > 0 {
			w.WriteByte(';')
		}
		if strings.ContainsAny(s, ";\"\n") {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		w.WriteString(s)
	}
	w.WriteByte('\n')
}
