package hospital

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/store"
)

func delivery(t testing.TB, o Options) ([][]string, Planted, []byte) {
	t.Helper()
	var b bytes.Buffer
	p, err := Write(&b, o)
	if err != nil {
		t.Fatal(err)
	}
	data := bytes.Clone(b.Bytes())
	r := csv.NewReader(&b)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0], Fields) {
		t.Fatalf("header %q", rows[0])
	}
	return rows[1:], p, data
}

var (
	dayRE    = regexp.MustCompile(`^[0-9]{2}\.[0-9]{2}\.[0-9]{4}$`)
	numberRE = regexp.MustCompile(`^-?[0-9]+([.,][0-9]+)?$`)
)

func date(s string) (time.Time, bool) {
	t, err := time.Parse("02.01.2006", s)
	return t, err == nil && dayRE.MatchString(s)
}

func num(s string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return f, err == nil && numberRE.MatchString(s)
}

// reason judges a row by itself, in the order that the demonstration's mapping states.
func reason(row []string) string {
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	is := func(f int) bool { return !slices.Contains([]string{"", "-9", "999", "UKJENT"}, row[f]) }
	if store.ParsePerson(row[fFnr], store.IdentRules{Environment: store.EnvTest}, now).Err != "" {
		return "ugyldig_fnr"
	}
	for _, f := range []int{fBorn, fIn, fOut, fOperated} {
		if _, ok := date(row[f]); !ok && (is(f) || f != fOut) {
			return "umulig_dato"
		}
	}
	for f, codes := range map[int]string{fSex: "12", fNYHA: "12349", fSmoker: "0129"} {
		if is(f) && (len(row[f]) != 1 || !strings.Contains(codes, row[f])) {
			return "ukjent_kode"
		}
	}
	if is(fCreatinine) && row[fCreatinineUnit] != "umol/L" && row[fCreatinineUnit] != "mg/dL" {
		return "ukjent_kode"
	}
	value := map[int]float64{}
	for _, f := range []int{fHeight, fWeight, fCreatinine, fEF, fScore} {
		v, ok := num(row[f])
		if is(f) && !ok {
			return "ikke_tall"
		}
		value[f] = v
	}
	if value[fHeight] < 3 {
		value[fHeight] *= 100
	}
	if row[fCreatinineUnit] == "mg/dL" {
		value[fCreatinine] *= 88.42
	}
	for f, limits := range map[int][2]float64{fHeight: {40, 230}, fWeight: {1, 350}, fCreatinine: {10, 2000}, fEF: {5, 85}, fScore: {0, 100}} {
		if is(f) && (value[f] < limits[0] || value[f] > limits[1]) {
			return "utenfor_grensene"
		}
	}
	in, _ := date(row[fIn])
	if out, _ := date(row[fOut]); is(fOut) && out.Before(in) {
		return "ut_foer_inn"
	}
	return ""
}

// TestPlanted counts again, from the rows alone, what a delivery says that it holds.
func TestPlanted(t *testing.T) {
	for _, o := range []Options{{Seed: 1}, {Seed: 2026, Delivery: 3}, {Seed: 7, Delivery: 40, Stays: 5000, New: 100}} {
		rows, p, _ := delivery(t, o)
		got := Planted{Rows: int64(len(rows)), Faults: map[string]int64{}}
		type sound struct{ updated, line string }
		stays := map[string][]sound{}
		for i, row := range rows {
			if _, seen := stays[row[fEpisode]]; !seen {
				got.Stays++
				stays[row[fEpisode]] = nil
			}
			why := reason(row)
			if why != "" {
				got.Faults[why]++
			} else {
				u, err := time.Parse("02.01.2006 15:04:05", row[fUpdated])
				if err != nil {
					t.Fatalf("row %d is updated %q", i+1, row[fUpdated])
				}
				x := sound{u.Format(time.DateTime), strings.Join(row, ";")}
				switch before := stays[row[fEpisode]]; {
				case slices.Contains(before, x):
					got.Doubles++
				case len(before) > 0:
					got.Older++
					if before[0].updated == x.updated {
						t.Errorf("row %d: two versions of a stay were updated at once", i+1)
					}
				}
				stays[row[fEpisode]] = append(stays[row[fEpisode]], x)
			}
			if h, ok := num(row[fHeight]); ok && h > 0 && h < 3 {
				got.Metres++
			}
			if _, ok := num(row[fCreatinine]); ok && row[fCreatinineUnit] == "mg/dL" && row[fCreatinine] != "-9" && row[fCreatinine] != "999" {
				got.MgPerDL++
			}
			for _, f := range optional {
				if slices.Contains([]string{"", "-9", "999", "UKJENT"}, row[f]) {
					got.Missing++
				}
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(p) {
			t.Errorf("%+v holds\n%+v, says\n%+v", o, got, p)
		}
		for _, why := range []string{"ugyldig_fnr", "umulig_dato", "ukjent_kode", "ikke_tall", "utenfor_grensene", "ut_foer_inn"} {
			if p.Faults[why] == 0 {
				t.Errorf("%+v has no %s", o, why)
			}
		}
		var faults int64
		for _, n := range p.Faults {
			faults += n
		}
		if p.Older == 0 || p.Doubles == 0 || p.Metres == 0 || p.MgPerDL == 0 || p.Missing == 0 || 100*faults > 4*p.Rows {
			t.Errorf("%+v holds %+v", o, p)
		}
		if o.Stays == 0 && p.Rows < 10_000 {
			t.Errorf("%d rows", p.Rows)
		}
	}
}

// TestNobodyIsReal holds that each number is one that is given to nobody, and that a person is the same everywhere.
func TestNobodyIsReal(t *testing.T) {
	rows, _, _ := delivery(t, Options{Seed: 3})
	names := map[string]string{}
	for i, row := range rows {
		month, err := strconv.Atoi(row[fFnr][2:4])
		if err != nil || month < 81 || month > 92 {
			t.Fatalf("row %d has a number that could be somebody's", i+1)
		}
		if reason(row) == "ugyldig_fnr" {
			continue
		}
		name := strings.Join(row[fFirst:fSex+1], "|")
		if before, seen := names[row[fFnr]]; seen && before != name {
			t.Errorf("row %d: one number, two persons", i+1)
		}
		names[row[fFnr]] = name
	}
	if len(names) < 5000 {
		t.Errorf("%d persons", len(names))
	}
}

// TestDeliveries holds that the same options give the same bytes, and that each further delivery brings new stays and
// corrections that are newer than what they correct, none of it in the future.
func TestDeliveries(t *testing.T) {
	today := store.Date("2026-11-23")
	o := Options{Seed: 5}
	o.From = store.Date(today.Time().AddDate(0, 0, -o.Days()-Longest).Format(time.DateOnly))
	type version struct{ updated, weight string }
	var before map[string]version
	for n := 1; n <= 4; n++ {
		o.Delivery = n
		rows, _, data := delivery(t, o)
		if _, _, again := delivery(t, o); !bytes.Equal(data, again) {
			t.Fatal("the same options give other bytes")
		}
		now := map[string]version{}
		var fresh, corrected int
		for _, row := range rows {
			u, err := time.Parse("02.01.2006 15:04:05", row[fUpdated])
			if err != nil || u.After(today.Time()) {
				t.Fatalf("updated %q, today is %s", row[fUpdated], today)
			}
			v := version{u.Format(time.DateTime), row[fWeight]}
			if v.updated > now[row[fEpisode]].updated {
				now[row[fEpisode]] = v
			}
		}
		for e, v := range now {
			was, known := before[e]
			switch {
			case !known:
				fresh++
			case v.updated > was.updated:
				corrected++
			case v != was:
				t.Errorf("delivery %d: %s went back to an older version", n, e)
			}
		}
		if n > 1 && (fresh != 400 || corrected < 100) {
			t.Errorf("delivery %d: %d new stays, %d corrected", n, fresh, corrected)
		}
		before = now
	}
}

func TestDeliver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "drop")
	at := time.Date(2026, 11, 23, 10, 4, 5, 0, store.Oslo)
	name, p, err := Deliver(dir, Options{Seed: 1, Stays: 600, From: "2026-10-01"}, at)
	if err != nil {
		t.Fatal(err)
	}
	if name != "episode_20261001_20261010_20261123T090405.csv" {
		t.Error(name)
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	control, err := os.ReadFile(filepath.Join(dir, name+".control"))
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("rows=%d\nsha256=%x\n", p.Rows, sha256.Sum256(data)); string(control) != want {
		t.Errorf("%q, want %q", control, want)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("%d files", len(entries))
	}
	if _, _, err := Deliver(filepath.Join(dir, name), Options{}, at); err == nil {
		t.Error("delivered into a file")
	}
}

func BenchmarkWrite(b *testing.B) {
	var rows int64
	for b.Loop() {
		p, err := Write(io.Discard, Options{Seed: 1, Delivery: 20})
		if err != nil {
			b.Fatal(err)
		}
		rows += p.Rows
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}
