package store

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func pickBook() *Codebook {
	return &Codebook{ID: "c", Key: []string{"k"}, Variables: []Variable{{Name: "k", Type: VarText}, {Name: "x", Type: VarDecimal},
		{Name: "code", Type: VarCode, Codes: []CodeOption{{Code: "a"}, {Code: "b"}, {Code: "?", Missing: true}}},
		{Name: "at", Type: VarDateTime}, {Name: "in", Type: VarDate}}}
}

type fact struct {
	values []Value
	v      Version
}

// settled settles facts in an order and shows the values and where they are from.
func settled(r *Resolve, facts []fact) string {
	s := NewSettler(r, pickBook())
	s.Reset()
	for _, f := range facts {
		s.Add(f.values, f.v)
	}
	values, from := s.Result()
	out := ""
	for i, v := range values {
		where := "-"
		if from[i] >= 0 {
			where = fmt.Sprint(facts[from[i]].v.Hash)
		}
		out += fmt.Sprintf("%v(%s) ", v.Text(), where)
	}
	return out
}

// naive picks one value as the rule reads: keep the rows that count, and take the first in the order of the rule.
func naive(p Pick, facts []fact, winner fact, slot, by int) (Value, bool) {
	var rows []fact
	for _, f := range facts {
		v := f.values[slot]
		in := p.Window == nil || !f.values[3].IsNull() && !f.values[4].IsNull() && p.Window.holds(f.values[3], f.values[4])
		if !v.IsNull() && v.Text() != "?" && in {
			rows = append(rows, f)
		}
	}
	if len(rows) == 0 {
		if p.Window != nil {
			return Value{}, true
		}
		return winner.values[slot], true
	}
	if p.How == PickMean {
		sum := new(big.Float).SetPrec(3000)
		for _, f := range rows {
			sum.Add(sum, new(big.Float).SetPrec(3000).SetFloat64(f.values[slot].Float()))
		}
		x, _ := sum.Quo(sum, big.NewFloat(float64(len(rows))).SetPrec(3000)).Float64()
		return DecimalValue(x), false
	}
	slices.SortFunc(rows, func(a, b fact) int {
		c := 0
		switch p.How {
		case PickMax:
			c = Compare(b.values[slot], a.values[slot])
		case PickMin:
			c = Compare(a.values[slot], b.values[slot])
		case PickLatest:
			c = Compare(b.values[by], a.values[by])
		case PickFirst:
			x, y := a.values[by], b.values[by]
			switch {
			case x.IsNull() != y.IsNull():
				c = map[bool]int{true: 1, false: -1}[x.IsNull()]
			default:
				c = Compare(x, y)
			}
		}
		if c == 0 {
			c = int(b.v.Hash - a.v.Hash)
		}
		return c
	})
	return rows[0].values[slot], true
}

// What stands is what the rule says, whatever the order of the rows, for every way to settle versions and values.
func TestSettlerIsOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		picks := []Pick{{Variable: "x", How: rapid.SampledFrom(PickHows).Draw(t, "how x"), By: "at"},
			{Variable: "code", How: rapid.SampledFrom([]PickHow{PickLatest, PickFirst}).Draw(t, "how code"), By: "at"}}
		if rapid.Bool().Draw(t, "window") {
			picks[0].Window = &Window{Anchor: "in", From: -1, To: 24}
		}
		r := &Resolve{Fields: picks}
		switch rapid.IntRange(0, 3).Draw(t, "mode") {
		case 0:
			r.Latest = "at"
		case 1:
			r.First = "at"
		case 2:
			r.Priority = &Priority{Variable: "code", Order: []string{"b", "a"}, Latest: "at"}
		}
		n := rapid.IntRange(1, 7).Draw(t, "rows")
		var facts []fact
		for i := range n {
			v := []Value{TextValue("1"), {}, {}, {}, {}}
			if x := rapid.SampledFrom([]float64{0, 0.1, 0.2, 1e16, -1e16, 1e308, 3, math.NaN()}).Draw(t, "x"); x == x {
				v[1] = DecimalValue(x)
			}
			if c := rapid.SampledFrom([]string{"a", "b", "?", ""}).Draw(t, "code"); c != "" {
				v[2] = TextValue(c)
			}
			if h := rapid.IntRange(-1, 30).Draw(t, "at"); h >= 0 {
				v[3] = DateTimeValue(fmt.Sprintf("2026-03-%02dT%02d:00:00", 1+h/24, h%24))
			}
			if rapid.IntRange(0, 4).Draw(t, "in") > 0 {
				v[4] = DayValue("2026-03-01")
			}
			f := fact{v, Version{Hash: int64(i)}}
			by, least := r.By()
			if by != "" {
				f.v.Latest, f.v.Least = v[3], least
			}
			if r.Priority != nil {
				f.v.Rank = r.Priority.Rank(v[2])
			}
			facts = append(facts, f)
		}
		winner := facts[0]
		for _, f := range facts {
			if f.v.Newer(winner.v) {
				winner = f
			}
		}
		want := settled(r, facts)
		for range 4 {
			if got := settled(r, rapid.Permutation(facts).Draw(t, "order")); got != want {
				t.Fatalf("%s in another order %s", want, got)
			}
		}
		s := NewSettler(r, pickBook())
		s.Reset()
		for _, f := range facts {
			s.Add(f.values, f.v)
		}
		values, _ := s.Result()
		for i, p := range picks {
			v, exact := naive(p, facts, winner, i+1, 3)
			got := values[i+1]
			if exact && got != v || !exact && math.Abs(got.Float()-v.Float()) > 1e-15*math.Abs(v.Float()) {
				t.Fatalf("%s of %s: %s, by the rule %s", p.How, p.Variable, got.Text(), v.Text())
			}
		}
		for _, i := range []int{0, 3, 4} {
			if values[i] != winner.values[i] {
				t.Fatalf("variable %d is not of the row that wins", i)
			}
		}
	})
}

// The row that stands is the same however the rows are split into deliveries, as long as the mapping tells all of them
// apart: between equals a later delivery wins.
func TestResolveOverDeliveries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.IntRange(0, 2).Draw(t, "mode")
		var rows []Version
		for i, n := range rapid.Permutation([]int64{1, 2, 3, 4, 5, 6, 7}).Draw(t, "rows") {
			v := Version{Hash: int64(i), Latest: IntValue(n)}
			if mode == 1 {
				v.Least = true
			}
			if mode == 2 {
				v.Rank = int(n) % 3
			}
			rows = append(rows, v)
		}
		want, _ := settle(nil, rows)
		var held *Version
		for len(rows) > 0 {
			n := rapid.IntRange(1, len(rows)).Draw(t, "delivery")
			o := one{now: held}
			for _, v := range rows[:n] {
				o.put(v)
			}
			o.end()
			held, rows = o.now, rows[n:]
		}
		if *held != want {
			t.Fatalf("%v, want %v", *held, want)
		}
	})
}

func TestExactMean(t *testing.T) {
	for _, x := range []struct {
		of   []float64
		want float64
	}{{slices.Repeat([]float64{0.1}, 10), 0.1}, {[]float64{1e308, 1e308, 1e308}, 1e308}, {[]float64{1e100, 1, -1e100}, 1.0 / 3}, {[]float64{7}, 7}} {
		var s exactSum
		for _, f := range x.of {
			s.add(f)
		}
		if got := s.mean(len(x.of)); got != x.want {
			t.Errorf("mean of %v is %v", x.of, got)
		}
	}
}

func TestReadCanonical(t *testing.T) {
	values := []Value{{}, TextValue(""), TextValue("æ|"), IntValue(-1), DecimalValue(2.5), DayValue("2026-03-01"),
		DateTimeValue("2026-03-01T00:00:00"), BoolValue(true), BoolValue(false)}
	var b []byte
	for _, v := range values {
		b = v.AppendCanonical(b)
	}
	rest := string(b)
	for _, want := range values {
		v, after, ok := ReadCanonical(rest)
		if rest = after; !ok || v != want {
			t.Fatalf("%v, want %v", v, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) { // what is broken is told, never a panic
		s := string(rapid.SliceOfN(rapid.Byte(), 0, 12).Draw(t, "bytes"))
		if v, rest, ok := ReadCanonical(s); ok && string(v.AppendCanonical(nil))+rest != s && v.Kind() != Boolean {
			t.Fatalf("%q gave %v", s, v)
		}
	})
}
