package store

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestCompareOrder: the order in which variables and values come never matters to what is judged.
func TestCompareOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		a, b := someDistribution(r), someDistribution(r)
		want := CompareRuns(a, b, Tolerance{0.01, 0.01})
		for _, d := range []*Distribution{a, b} {
			r.Shuffle(len(d.Variables), func(i, j int) { d.Variables[i], d.Variables[j] = d.Variables[j], d.Variables[i] })
		}
		got := CompareRuns(a, b, Tolerance{0.01, 0.01})
		byName := func(x, y VariableLine) int { return compareText(x.Variable, y.Variable) }
		slices.SortFunc(want.Variables, byName)
		slices.SortFunc(got.Variables, byName)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
		if same := CompareRuns(a, a, Tolerance{}); same.Outside != 0 {
			t.Fatalf("a run differs from itself in %d figures", same.Outside)
		}
	})
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func someDistribution(r *rand.Rand) *Distribution {
	n := r.Int64N(200)
	d := &Distribution{Rows: n, Counts: Counts{Read: n + 3, Loaded: n, Quarantined: 3}}
	for i := range 4 {
		s := Spread{Variable: fmt.Sprint("v", i), Kind: []SpreadKind{SpreadValues, SpreadNumbers, SpreadDays, SpreadFilled}[(i+r.IntN(2))%4]}
		s.Filled = r.Int64N(n + 1)
		s.Missing = n - s.Filled
		if s.Kind == SpreadValues {
			s.Values = map[string]int64{}
			for left := s.Filled; left > 0; {
				k := 1 + r.Int64N(left)
				s.Values[fmt.Sprint(r.IntN(5))] += k
				left -= k
			}
		} else {
			s.Min, s.P25, s.Median, s.P75, s.Max = 1, 2+r.Float64(), 4, 6+r.Float64(), 9
		}
		d.Variables = append(d.Variables, s)
	}
	return d
}

func TestCompareCounts(t *testing.T) {
	old := Counts{Read: 1000, Loaded: 900, Unchanged: 50, Quarantined: 50}
	now := Counts{Read: 1000, Unchanged: 950, Quarantined: 50} // it came second: the same rows are there already
	if c := CompareRuns(&Distribution{Counts: old}, &Distribution{Counts: now}, Tolerance{0.01, 0.01}); c.Outside != 0 {
		t.Errorf("%+v", c.Counts)
	}
	now.Quarantined, now.Unchanged = 60, 940 // exactly 1 %
	if c := CompareRuns(&Distribution{Counts: old}, &Distribution{Counts: now}, Tolerance{0.01, 0.01}); c.Outside != 0 {
		t.Errorf("%+v", c.Counts)
	}
	now.Quarantined, now.Unchanged = 61, 939
	c := CompareRuns(&Distribution{Counts: old}, &Distribution{Counts: now}, Tolerance{0.01, 0.01})
	var outside []string
	for _, l := range c.Counts {
		if l.Outside {
			outside = append(outside, l.Name)
		}
	}
	if !slices.Equal(outside, []string{"accepted", "quarantined"}) || c.Outside != 2 {
		t.Errorf("%v outside", outside)
	}
}

func TestCompareSpreads(t *testing.T) {
	values := func(m, f, missing int64) Spread {
		return Spread{Variable: "x", Kind: SpreadValues, Filled: m + f, Missing: missing, Values: map[string]int64{"M": m, "F": f}}
	}
	numbers := func(median float64, rough bool) Spread {
		return Spread{Variable: "x", Kind: SpreadNumbers, Filled: 100, Min: 40, P25: 60, Median: median, P75: 80, Max: 120, Rough: rough}
	}
	for _, x := range []struct {
		name     string
		old, now Spread
		outside  int
	}{
		{"the same", values(60, 40, 0), values(60, 40, 0), 0},
		{"one point more and less", values(60, 40, 0), values(61, 39, 0), 0},
		{"two points", values(60, 40, 0), values(62, 38, 0), 2},
		{"fewer filled in", values(60, 40, 0), values(60, 35, 5), 2},
		{"a code the old one never had", values(60, 40, 0), Spread{Variable: "x", Kind: SpreadValues, Filled: 100,
			Values: map[string]int64{"M": 60, "F": 35, "U": 5}}, 2},
		{"grams for kilos", numbers(70, false), numbers(70_000, false), 1},
		{"within the tolerance of the middle half", numbers(70, false), numbers(70.2, false), 0},
		{"just beyond it", numbers(70, false), numbers(70.3, false), 1},
		{"within what rough quartiles may be wrong", numbers(70, true), numbers(70.3, true), 0},
		{"another kind", values(60, 40, 0), numbers(70, false), 0},
		{"another kind, and empty", values(60, 40, 0), Spread{Variable: "x", Kind: SpreadNumbers, Missing: 100}, 2},
	} {
		a := &Distribution{Rows: 100, Variables: []Spread{x.old}}
		b := &Distribution{Rows: 100, Variables: []Spread{x.now}}
		if c := CompareRuns(a, b, Tolerance{0.01, 0.01}); c.Outside != x.outside {
			t.Errorf("%s: %d outside, want %d: %+v", x.name, c.Outside, x.outside, c.Variables)
		}
	}
	gone := CompareRuns(&Distribution{Rows: 100, Variables: []Spread{values(60, 40, 0)}}, &Distribution{Rows: 100}, Tolerance{0.01, 0.01})
	if gone.Outside == 0 || gone.Variables[0].Kind != SpreadFilled {
		t.Errorf("a variable that is gone: %+v", gone)
	}
}

// TestMaskLeaksNothing plays the reader who knows how masking is done, sees everything that is shown, and knows the sums:
// of all counts that would have given the same page, no small one may be the only one possible.
func TestMaskLeaksNothing(t *testing.T) {
	t.Run("both alike", func(t *testing.T) { leaks(t, 4, 13, false) })
	t.Run("each its own", func(t *testing.T) { leaks(t, 3, 7, true) })
}

// leaks looks through every count up to most of so many values, in two runs that are alike or each its own.
func leaks(t *testing.T, values, most int, two bool) {
	cells := make([]ValueCell, values)
	each := func(f func()) {
		of := pow(most+1, values)
		times := 1
		if two {
			times = of
		}
		for old := range of {
			for now := range times {
				for i, a, b := 0, old, now; i < values; i, a, b = i+1, a/(most+1), b/(most+1) {
					cells[i] = ValueCell{Value: string(rune('a' + i)), Is: CellValue, Old: int64(a % (most + 1)), New: int64(b % (most + 1))}
					if !two {
						cells[i].New = cells[i].Old
					}
				}
				f()
			}
		}
	}
	show := func() string {
		var rows, now int64
		for _, c := range cells {
			rows, now = rows+c.Old, now+c.New
		}
		shown, hidden := maskCells(cells)
		p := fmt.Sprint(rows, " ", now)
		for _, c := range shown {
			if c.Old+c.New > 0 { // a value that nobody has isn't on the page
				p += fmt.Sprint("|", c.Value, c.Old, " ", c.New)
			}
		}
		if hidden != nil {
			p += fmt.Sprint("+", hidden.Old, " ", hidden.New)
		}
		return p
	}
	// For each page: which counts each value may have had, as bits.
	pages := map[string][]uint32{}
	each(func() {
		p := show()
		may := pages[p]
		if may == nil {
			may = make([]uint32, 2*values)
			pages[p] = may
		}
		for i, c := range cells {
			may[2*i] |= 1 << c.Old
			may[2*i+1] |= 1 << c.New
		}
	})
	n := 0
	each(func() {
		may := pages[show()]
		for i, c := range cells {
			for k, x := range []int64{c.Old, c.New} {
				if x > 0 && x < SmallCell && bits.OnesCount32(may[2*i+k]) < 2 {
					if n++; n < 10 {
						t.Errorf("%v: value %s must be %d", cells, c.Value, x)
					}
				}
			}
		}
	})
	t.Logf("%d leaks on %d pages", n, len(pages))
}

func pow(b, e int) int {
	p := 1
	for range e {
		p *= b
	}
	return p
}

// TestMask: what is shown to those without the right to rows has no small cell, keeps the sums, and no figure that stands
// for a single row.
func TestMask(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		tol := Tolerance{0.01, 0.01}
		whole := CompareRuns(someDistribution(r), someDistribution(r), tol)
		masked := whole.Mask(tol)
		if !reflect.DeepEqual(masked.Counts, whole.Counts) {
			t.Fatal("the counts of the run are masked")
		}
		for i, l := range masked.Variables {
			if l.Ends != nil {
				t.Fatalf("%s tells its ends", l.Variable)
			}
			var was, is ValueCell
			for _, c := range whole.Variables[i].Cells {
				was.Old, was.New = was.Old+c.Old, was.New+c.New
			}
			for _, c := range l.Cells {
				is.Old, is.New = is.Old+c.Old, is.New+c.New
				if c.Is != CellHidden && (c.Old > 0 && c.Old < SmallCell || c.New > 0 && c.New < SmallCell) {
					t.Fatalf("%s shows %+v", l.Variable, c)
				}
			}
			if was != is {
				t.Fatalf("%s has %+v rows, and shows %+v", l.Variable, was, is)
			}
			if filled, now := l.filled(); l.Figures != nil && !enough(filled, now) {
				t.Fatalf("%s shows quartiles of %d and %d rows", l.Variable, filled, now)
			}
		}
	})
}
