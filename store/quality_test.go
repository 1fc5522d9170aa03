package store

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestWilson has the vectors of contracts/data-quality.md section 10.
func TestWilson(t *testing.T) {
	for _, x := range []struct {
		f              Fraction
		share          float64
		low, high      float64
		shown, bounded bool
	}{
		{Fraction{18, 20}, 0.9, 0.699, 0.972, true, true},
		{Fraction{0, 20}, 0, 0, 0.161, true, true},
		{Fraction{20, 20}, 1, 0.839, 1, true, true},
		{Fraction{5, 8}, 0.625, 0.306, 0.863, true, true},
		{Fraction{0, 0}, 0, 0, 0, false, false},
		{Fraction{3, 2}, 1.5, 0, 0, true, false}, // more than there are: the figure is withheld
	} {
		share, shown := x.f.Share()
		low, high, bounded := x.f.Wilson()
		third := func(f float64) float64 { return math.Round(f*1000) / 1000 }
		if share != x.share || shown != x.shown || third(low) != x.low || third(high) != x.high || bounded != x.bounded {
			t.Errorf("%v: share %v %v, interval %v–%v %v", x.f, share, shown, low, high, bounded)
		}
	}
}

func TestWilsonHoldsTheShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		den := rapid.Int64Range(1, 1e9).Draw(t, "of")
		f := Fraction{rapid.Int64Range(0, den).Draw(t, "n"), den}
		p, _ := f.Share()
		low, high, ok := f.Wilson()
		const tiny = 1e-12
		if !ok || low < 0 || high > 1 || low > p+tiny || high < p-tiny {
			t.Fatalf("%v: %v not in %v–%v", f, p, low, high)
		}
	})
}
