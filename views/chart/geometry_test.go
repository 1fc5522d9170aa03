package chart

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWithin(t *testing.T) {
	for _, c := range []struct{ v, lo, hi, want float64 }{
		{5, 0, 10, 0.5},
		{-1, 0, 10, 0},
		{11, 0, 10, 1},
		{3, 3, 3, 0},
		{1, 5, 2, 0},
		{math.NaN(), 0, 1, 0},
		{math.Inf(1), 0, 1, 1},
	} {
		if got := within(c.v, c.lo, c.hi); got != c.want {
			t.Errorf("within(%v, %v, %v) = %v, want %v", c.v, c.lo, c.hi, got, c.want)
		}
	}
}

func TestShares(t *testing.T) {
	for _, c := range []struct {
		name  string
		parts []int64
		want  []float64
	}{
		{"nothing", nil, []float64{}},
		{"only zeros", []int64{0, 0}, []float64{0, 0}},
		{"one", []int64{0, 7, 0}, []float64{0, 1, 0}},
		{"even", []int64{5, 5}, []float64{0.5, 0.5}},
		{"one in a million is seen", []int64{999_999, 1}, []float64{0.99, 0.01}},
	} {
		got := shares(c.parts, 0.01)
		if len(got) != len(c.want) {
			t.Fatalf("%s: %v", c.name, got)
		}
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 1e-9 {
				t.Errorf("%s: got %v, want %v", c.name, got, c.want)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.Int64Range(0, 1e12), 6, 6).Draw(t, "parts")
		var sum, total float64
		for i, s := range shares(parts, seen) {
			if (s > 0) != (parts[i] > 0) || parts[i] > 0 && s < seen-1e-9 {
				t.Fatalf("part %d of %v got %v", i, parts, s)
			}
			sum += s
			total += float64(parts[i])
		}
		if total > 0 && math.Abs(sum-1) > 1e-9 {
			t.Fatalf("%v sum to %v", parts, sum)
		}
	})
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		want   []float64
	}{
		{0, 100, []float64{0, 25, 50, 75, 100}},
		{91.8, 96.4, []float64{90, 92, 94, 96, 98}},
		{0, 402, []float64{0, 200, 400, 600}},
		{0, 0, []float64{0, 0.25, 0.5, 0.75, 1}},
		{7, 7, []float64{0, 2, 4, 6, 8}},
		{-3, -3, []float64{-3, -2, -1, 0}},
		{math.Inf(1), math.Inf(-1), []float64{0, 0.25, 0.5, 0.75, 1}},
	} {
		got := ticks(c.lo, c.hi)
		if len(got) != len(c.want) {
			t.Errorf("ticks(%v, %v) = %v, want %v", c.lo, c.hi, got, c.want)
			continue
		}
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 1e-9 {
				t.Errorf("ticks(%v, %v) = %v, want %v", c.lo, c.hi, got, c.want)
				break
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Float64Range(-1e9, 1e9).Draw(t, "lo")
		hi := lo + rapid.Float64Range(0, 1e9).Draw(t, "span")
		got := ticks(lo, hi)
		slack := (got[1] - got[0]) * 1e-6
		if len(got) < 2 || len(got) > 7 || got[0] > lo+slack || got[len(got)-1] < hi-slack {
			t.Fatalf("ticks(%v, %v) = %v", lo, hi, got)
		}
	})
}

func TestDecimals(t *testing.T) {
	for step, want := range map[float64]int{1: 0, 200: 0, 0.5: 1, 0.25: 2, 2.5: 1, 0.001: 3} {
		if got := decimals(step); got != want {
			t.Errorf("decimals(%v) = %d, want %d", step, got, want)
		}
	}
}

// TestLabelClass holds that labels fit and are evenly spaced at each width, and that the last one always stands.
func TestLabelClass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 400).Draw(t, "n")
		widest := rapid.IntRange(0, 150).Draw(t, "widest")
		var wide, middle, narrow []int
		for i := range n {
			class, ok := labelClass(i, n, widest)
			if !ok {
				continue
			}
			wide = append(wide, i)
			if class != "c-roomy" {
				middle = append(middle, i)
			}
			if class == "" {
				narrow = append(narrow, i)
			}
		}
		for width, at := range map[int][]int{plotWide: wide, plotMiddle: middle, plotNarrow: narrow} {
			if len(at) == 0 || at[len(at)-1] != n-1 {
				t.Fatalf("at %d px %v does not end with the last of %d", width, at, n)
			}
			if len(at) > 1 && len(at)*(widest+labelGap) > width {
				t.Fatalf("at %d px %d labels of %d px stand", width, len(at), widest)
			}
			for i := 2; i < len(at); i++ {
				if at[i]-at[i-1] != at[1]-at[0] {
					t.Fatalf("at %d px %v is not even", width, at)
				}
			}
		}
	})
	for i := range 12 {
		if _, ok := labelClass(i, 12, labelWidth("april")); !ok {
			t.Errorf("month %d has no label on a wide sheet", i)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"", 9, ""}, {"åtte tegn", 9, "åtte tegn"}, {"ni æøå tegn", 9, "ni æøå t…"}, {"Gestasjonsalder", 6, "Gesta…"},
	} {
		if got := shorten(c.in, c.n); got != c.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestPaths(t *testing.T) {
	pts := func(vs ...float64) []Point {
		var out []Point
		for _, v := range vs {
			out = append(out, Point{Value: v})
		}
		return out
	}
	gap := pts(1, 2, 3, 4, 5)
	gap[2].Missing = true
	broken := pts(1, 2, 3, 4)
	broken[2].Break = "Mapping 7"
	for _, c := range []struct {
		name   string
		points []Point
		lines  int
	}{
		{"none", nil, 0},
		{"one is a dot, not a line", pts(4), 0},
		{"two", pts(1, 2), 1},
		{"all equal", pts(3, 3, 3), 1},
		{"a gap", gap, 2},
		{"a break", broken, 2},
		{"no number", pts(1, math.NaN(), math.Inf(1)), 0},
	} {
		p := SeriesProps{Points: c.points}
		got := p.paths(p.axis(false))
		if len(got) != c.lines {
			t.Errorf("%s: %v", c.name, got)
		}
		for _, d := range got {
			if !strings.HasPrefix(d, "M") || strings.Contains(d, "NaN") || strings.Contains(d, "Inf") {
				t.Errorf("%s: path %q", c.name, d)
			}
		}
	}
}

func TestBand(t *testing.T) {
	if m, w := band(0, 0); m != 0 || w != 0 {
		t.Errorf("no bands: %v %v", m, w)
	}
	if m, w := band(3, 4); m != 0.875 || w != 0.25 {
		t.Errorf("the last of four: %v %v", m, w)
	}
}

func TestPercentIsNeverRoundedToTheEnds(t *testing.T) {
	for share, want := range map[float64]string{
		1: "100,0\u00a0%", 0.99999: "99,9\u00a0%", 0: "0,0\u00a0%", 0.00001: "0,1\u00a0%", 0.978: "97,8\u00a0%",
	} {
		if got := percent("nb", share); got != want {
			t.Errorf("percent(%v) = %q, want %q", share, got, want)
		}
	}
}

func TestHeatBand(t *testing.T) {
	p := HeatProps{Lang: "nb", Bad: 0.8, Warn: 0.9}
	for _, c := range []struct {
		share        float64
		band, number string
	}{
		{-1, "0", "–"}, {0, "1", "0,0"}, {0.799, "1", "79,9"}, {0.8, "2", "80,0"}, {0.9, "3", "90,0"}, {0.95, "4", "95,0"},
		{0.9999, "5", "99,9"}, {1, "5", "100"},
	} {
		if b, n := p.bandOf(c.share), p.number(c.share); b != c.band || n != c.number {
			t.Errorf("%v: band %s, number %q; want %s, %q", c.share, b, n, c.band, c.number)
		}
	}
}

func TestLane(t *testing.T) {
	if d := lane(1, 40); d != "" {
		t.Errorf("one stop has a way: %q", d)
	}
	for n := 2; n < 8; n++ {
		if d := lane(n, 40); !strings.HasPrefix(d, "M") || !strings.Contains(d, "125.0") {
			t.Errorf("%d stops: %q", n, d)
		}
	}
}
