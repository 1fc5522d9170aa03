package episodes

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Columns are those of the health side, in the order of a dump; the pseudonym is not foretold and stands for its person.
var Columns = []string{"episode_id", "pseudonym", "kjonn", "fodselsdato", "avdeling", "inn_dato", "ut_dato", "hoveddiagnose",
	"bidiagnose", "prosedyre", "hoyde", "vekt", "kreatinin", "royker", "asa", "oppdatert"}

// Want is what must come of extracts in a registry that was empty. The zero value is ready to be written to.
type Want struct {
	Read, Merged, Quarantined int64
	By                        map[string]int64 // quarantined, by reason
	stands                    map[string]version
	persons                   map[string]digest // by number
}

type version struct {
	updated, number string
	complete        uint16 // bit i: Columns[i] holds a value
	row             digest
}

// digest tells rows apart: the start of a SHA-256.
type digest [2]uint64

func digestOf(cells []string) digest {
	h := sha256.New()
	for _, c := range cells {
		fmt.Fprintf(h, "%d:%s", len(c), c)
	}
	sum := h.Sum(nil)
	return digest{binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])}
}

// add makes the digest of a set of rows, in whatever order they come.
func (d *digest) add(o digest) { d[0], d[1] = d[0]+o[0], d[1]+o[1] }

// Row reads a row by the rules. It has as many cells as Fields.
func (w *Want) Row(cells []string) {
	rec := (*[columns]string)(cells)
	if w.By == nil {
		w.By, w.stands, w.persons = map[string]int64{}, map[string]version{}, map[string]digest{}
	}
	w.Read++
	out, reason := read(rec)
	if reason != "" {
		w.Quarantined++
		w.By[reason]++
		return
	}
	person := strings.Clone(rec[fnr])
	w.persons[person] = digestOf(rec[fnr : postal+1])
	had, ok := w.stands[out[0]]
	if ok {
		w.Merged++
		if had.updated >= out[15] {
			return
		}
	}
	v := version{updated: out[15], number: person, row: digestOf(out[:])}
	for i, cell := range out {
		if cell != "" {
			v.complete |= 1 << i
		}
	}
	w.stands[out[0]] = v
}

// Stands tells whether the registry must hold that stay.
func (w *Want) Stands(episode string) bool {
	_, ok := w.stands[episode]
	return ok
}

// Rows is how many rows the registry must hold.
func (w *Want) Rows() int64 { return int64(len(w.stands)) }

// Complete counts the rows that hold a value, by variable.
func (w *Want) Complete() map[string]int64 {
	n := map[string]int64{}
	for _, v := range w.stands {
		for i, name := range Columns {
			if v.complete&(1<<i) != 0 {
				n[name]++
			}
		}
	}
	return n
}

// Persons is how many persons have had a row that was accepted, whether it stands or not.
func (w *Want) Persons() int64 { return int64(len(w.persons)) }

// Held holds the rows of a registry's own table against what it must hold: each key once, each cell as foretold, one
// pseudonym for each person and one person for each. next gives a row as Columns says, and io.EOF after the last.
func (w *Want) Held(next func() ([]string, error)) error {
	seen, pseudonym, person := map[string]bool{}, map[string]string{}, map[string]string{}
	for {
		row, err := next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		v, ok := w.stands[row[0]]
		switch {
		case !ok:
			return fmt.Errorf("%q is held, and was never accepted", row[0])
		case seen[row[0]]:
			return fmt.Errorf("%q is held twice", row[0])
		}
		seen[row[0]] = true
		p := row[1]
		if had, ok := pseudonym[v.number]; ok && had != p {
			return fmt.Errorf("the person of %q has two pseudonyms", row[0])
		}
		if had, ok := person[p]; ok && had != v.number {
			return fmt.Errorf("the pseudonym of %q is that of two persons", row[0])
		}
		pseudonym[v.number], person[p] = p, v.number
		cells := slices.Clone(row)
		if cells[1] = v.number; digestOf(cells) != v.row {
			return fmt.Errorf("%q is not as it was delivered", row[0])
		}
	}
	if len(seen) != len(w.stands) {
		return fmt.Errorf("%d rows are held, %d must be", len(seen), len(w.stands))
	}
	return nil
}

// Dump is what a registry holds, as it was dumped, in a form that can be compared: nothing in it depends on which
// pseudonyms were drawn.
type Dump struct {
	Rows, Persons    int64
	health, identity digest
}

// Dump gives what the registry must hold.
func (w *Want) Dump() Dump {
	d := Dump{Rows: w.Rows()}
	persons := map[string]bool{} // who have rows
	for _, v := range w.stands {
		d.health.add(v.row)
		persons[v.number] = true
	}
	for n := range persons {
		d.Persons++
		d.identity.add(w.persons[n])
	}
	return d
}

var pseudonymRE = regexp.MustCompile(`^P-[0-9A-HJKMNP-TV-Z]{28}$`)

// ReadDump reads the two files of a dump, and checks their form: header, order, one line per key and person, and
// pseudonyms that stand in both.
func ReadDump(health, identity io.Reader) (d Dump, err error) {
	number := map[string]string{} // by pseudonym
	if d.Persons, err = each(identity, append([]string{"pseudonym"}, Fields[:postal+1]...), func(row []string) error {
		if !pseudonymRE.MatchString(row[0]) {
			return fmt.Errorf("%q is no pseudonym", row[0])
		}
		number[strings.Clone(row[0])] = strings.Clone(row[1])
		d.identity.add(digestOf(row[1:]))
		return nil
	}); err != nil {
		return d, fmt.Errorf("identity: %w", err)
	}
	seen := map[string]bool{}
	if d.Rows, err = each(health, Columns, func(row []string) error {
		n, ok := number[row[1]]
		if !ok {
			return fmt.Errorf("nobody has pseudonym %s", row[1])
		}
		seen[n] = true
		row[1] = n
		d.health.add(digestOf(row))
		return nil
	}); err != nil {
		return d, fmt.Errorf("health: %w", err)
	}
	if len(seen) != len(number) {
		return d, fmt.Errorf("%d persons are dumped, %d have rows", len(number), len(seen))
	}
	return d, nil
}

// each reads a file of a dump, which must be sorted by its first column, with each value of it once.
func each(in io.Reader, header []string, f func([]string) error) (n int64, err error) {
	r := csv.NewReader(in)
	r.Comma, r.ReuseRecord, r.FieldsPerRecord = ';', true, len(header)
	got, err := r.Read()
	if err != nil || !slices.Equal(got, header) {
		return 0, fmt.Errorf("header is %q: %w", got, err)
	}
	last := ""
	for ; ; n++ {
		row, err := r.Read()
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		if n > 0 && row[0] <= last {
			return n, fmt.Errorf("%q stands after %q", row[0], last)
		}
		last = strings.Clone(row[0])
		if err := f(row); err != nil {
			return n, err
		}
	}
}

var (
	numberRE = regexp.MustCompile(`^-?[0-9]+([.,][0-9]+)?$`)
	wholeRE  = regexp.MustCompile(`^-?[0-9]+$`)
)

// read maps a row to the columns of a dump, with its person's number for the pseudonym, or gives the reason it is held
// back. All of a row is mapped before anything is judged; the first reason in this order counts.
func read(rec *[columns]string) (out [16]string, reason string) {
	failed := map[string]bool{}
	known := func(f int) string {
		if slices.Contains(nothing, rec[f]) {
			return ""
		}
		return rec[f]
	}
	date := func(s string) string {
		t, err := time.Parse(day, s)
		if err != nil || len(s) != len(day) {
			failed["bad_date"] = true
			return ""
		}
		return t.Format(time.DateOnly)
	}
	code := func(f int, codes map[string]string) string {
		s := known(f)
		if s == "" {
			return ""
		}
		to, ok := codes[s]
		if !ok {
			failed["unknown_code"] = true
		}
		return to
	}
	measure := func(f int, low, high float64, convert func(float64) float64) string {
		s := known(f)
		if s == "" {
			return ""
		}
		v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		if err != nil || !numberRE.MatchString(s) {
			failed["bad_number"] = true
			return ""
		}
		if v = convert(v); v < low || v > high {
			failed["out_of_range"] = true
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	if !valid(rec[fnr]) {
		failed["bad_fnr"] = true
	}
	out[0], out[1] = rec[episode], rec[fnr]
	out[2] = code(sex, map[string]string{"1": "M", "2": "F"})
	out[3] = date(rec[born])
	out[4] = known(unit)
	out[5] = date(rec[admitted])
	if known(discharged) != "" {
		out[6] = date(rec[discharged])
	}
	out[7], out[8], out[9] = known(diagnosis), known(second), known(procedure)
	out[10] = measure(height, 40, 230, func(v float64) float64 {
		if v < 3 {
			return v * 100
		}
		return v
	})
	out[11] = measure(weight, 1, 350, func(v float64) float64 { return v })
	out[12] = measure(creatinine, 10, 2000, func(v float64) float64 {
		if rec[creatinineUnit] == "mg/dL" {
			return math.Floor(v*88.42*10+0.5) / 10
		}
		return v
	})
	if u := rec[creatinineUnit]; known(creatinine) != "" && u != "mg/dL" && u != "umol/L" {
		failed["unknown_code"] = true
	}
	out[13] = code(smoker, map[string]string{"0": "never", "1": "former", "2": "current", "9": ""})
	if s := known(asa); s != "" {
		v, err := strconv.Atoi(s)
		switch {
		case err != nil || !wholeRE.MatchString(s):
			failed["bad_number"] = true
		case v < 1 || v > 5:
			failed["out_of_range"] = true
		}
		out[14] = s
	}
	at, err := time.Parse(day+" 15:04:05", rec[updated])
	if err != nil {
		failed["bad_date"] = true
	}
	out[15] = at.Format("2006-01-02T15:04:05")
	if out[6] != "" && out[6] < out[5] {
		failed["date_order"] = true
	}
	for _, r := range []string{"bad_fnr", "bad_date", "unknown_code", "bad_number", "out_of_range", "date_order"} {
		if failed[r] {
			return out, r
		}
	}
	return out, ""
}

// valid checks a number by its form and both control digits.
func valid(s string) bool {
	if len(s) != 11 || strings.Trim(s, "0123456789") != "" {
		return false
	}
	var d [11]int
	for i := range d {
		d[i] = int(s[i] - '0')
	}
	had := d
	return control(&d, 9, 3, 7, 6, 1, 8, 9, 4, 5, 2) && d[9] == had[9] &&
		control(&d, 10, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) && d[10] == had[10]
}
