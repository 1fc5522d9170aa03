package quality

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

var spreadBook = &store.Codebook{Key: []string{"id"}, Variables: []store.Variable{
	{Name: "id", Type: store.VarText},
	{Name: "sex", Type: store.VarCode, Codes: []store.CodeOption{{Code: "M"}, {Code: "F"}}},
	{Name: "ward", Type: store.VarText},
	{Name: "ok", Type: store.VarBoolean},
	{Name: "weight", Type: store.VarDecimal},
	{Name: "admitted", Type: store.VarDateTime},
}}

func spreadRow(r *rand.Rand, wards, weights int) []store.Value {
	null := func(v store.Value) store.Value {
		if r.IntN(10) == 0 {
			return store.Value{}
		}
		return v
	}
	return []store.Value{store.TextValue(fmt.Sprint("e", r.Int())), null(store.TextValue([]string{"M", "F"}[r.IntN(2)])),
		null(store.TextValue(fmt.Sprint("w", r.IntN(wards)))), null(store.BoolValue(r.IntN(3) == 0)),
		null(store.DecimalValue(float64(r.IntN(weights)-weights/4) / 10)),
		null(store.DateTimeValue(fmt.Sprintf("20%02d-%02d-%02dT10:00:00", r.IntN(30), 1+r.IntN(12), 1+r.IntN(28))))}
}

// TestSpreadOrder: the order of the rows and who counted them never matters, on either side of the bounds.
func TestSpreadOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		wards, weights := rapid.SampledFrom([]int{3, maxTexts - 1, maxTexts + 5}).Draw(t, "wards"), rapid.SampledFrom([]int{20, 5000}).Draw(t, "weights")
		r := rand.New(rand.NewPCG(seed, 1))
		rows := make([][]store.Value, rapid.SampledFrom([]int{0, 1, 40, 2500}).Draw(t, "rows"))
		for i := range rows {
			rows[i] = spreadRow(r, wards, weights)
		}
		result := func(mappers int) string {
			all := make([]*Spreads, mappers)
			for i := range all {
				all[i] = NewSpreads(spreadBook)
			}
			for _, row := range rows {
				all[r.IntN(mappers)].Add(row)
			}
			for _, s := range all[1:] {
				all[0].Merge(s)
			}
			b, err := json.Marshal(all[0].Result())
			if err != nil || all[0].Rows() != int64(len(rows)) {
				t.Fatal(err, all[0].Rows())
			}
			return string(b)
		}
		want := result(1)
		for mappers := range 4 {
			r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			if got := result(mappers + 1); got != want {
				t.Fatalf("got  %s\nwant %s", got, want)
			}
		}
	})
}

// TestSpreadFigures holds the figures against a plain count over all values.
func TestSpreadFigures(t *testing.T) {
	for _, weights := range []int{50, 900, 60_000} {
		r := rand.New(rand.NewPCG(7, uint64(weights)))
		s := NewSpreads(spreadBook)
		var numbers []float64
		sex := map[string]int64{}
		var missing int64
		for range 9_001 {
			row := spreadRow(r, 3, weights)
			s.Add(row)
			if row[4].IsNull() {
				missing++
			} else {
				numbers = append(numbers, row[4].Float())
			}
			if !row[1].IsNull() {
				sex[row[1].Text()]++
			}
		}
		slices.Sort(numbers)
		by := map[string]store.Spread{}
		for _, x := range s.Result() {
			by[x.Variable] = x
			if x.Filled+x.Missing != 9_001 {
				t.Errorf("%s: %d + %d rows", x.Variable, x.Filled, x.Missing)
			}
		}
		w, n := by["weight"], len(numbers)
		if w.Missing != missing || w.Min != numbers[0] || w.Max != numbers[n-1] || w.Rough != (weights > 1000) {
			t.Errorf("%d: %+v", weights, w)
		}
		for q, got := range []float64{w.P25, w.Median, w.P75} {
			want := numbers[((q+1)*n+3)/4-1]
			if math.Abs(got-want) > math.Abs(want)*store.QuartileError+1e-12 || !w.Rough && got != want {
				t.Errorf("%d: quartile %d is %g, want %g", weights, q+1, got, want)
			}
		}
		if id := by["id"]; id.Kind != store.SpreadFilled || id.Values != nil || id.Filled != 9_001 {
			t.Errorf("a key is told: %+v", id)
		}
		if got := by["sex"].Values; got["M"] != sex["M"] || got["F"] != sex["F"] {
			t.Errorf("%v, want %v", got, sex)
		}
		if d := by["admitted"]; d.Kind != store.SpreadDays || store.DayOf(d.Min) < "2000-01-01" || store.DayOf(d.Max) > "2029-12-28" ||
			d.Min != math.Trunc(d.Min) {
			t.Errorf("%+v", d)
		}
	}
}

// TestSpreadKeepsNoRareText: a text that fewer than five rows share is counted and forgotten, a code of the list is not.
func TestSpreadKeepsNoRareText(t *testing.T) {
	s := NewSpreads(spreadBook)
	row := make([]store.Value, len(spreadBook.Variables))
	for i, n := range []int{4, 5} {
		row[2] = store.TextValue([]string{"sjelden", "vanlig"}[i])
		for range n {
			s.Add(row)
		}
	}
	row[2], row[1] = store.Value{}, store.TextValue("M")
	s.Add(row)
	r := s.Result()
	if ward := r[2]; ward.Pooled != 4 || len(ward.Values) != 1 || ward.Values["vanlig"] != 5 || ward.Missing != 1 {
		t.Errorf("%+v", ward)
	}
	if sex := r[1]; sex.Values["M"] != 1 || sex.Pooled != 0 {
		t.Errorf("%+v", sex)
	}
	row[2] = store.TextValue(strings.Repeat("x", maxText+1)) // prose
	s.Add(row)
	if ward := s.Result()[2]; ward.Kind != store.SpreadFilled || ward.Values != nil || ward.Filled != 10 {
		t.Errorf("%+v", ward)
	}
}

func BenchmarkSpread(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	rows := make([][]store.Value, 10_000)
	for i := range rows {
		rows[i] = spreadRow(r, 30, 4000)
	}
	s := NewSpreads(spreadBook)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.Add(rows[i%len(rows)])
	}
}
