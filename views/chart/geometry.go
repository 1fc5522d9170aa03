package chart

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// within gives where v lies between lo and hi as a share from 0 to 1. When they are equal, or v is no number, it
// gives 0.
func within(v, lo, hi float64) float64 {
	if hi <= lo || math.IsNaN(v) {
		return 0
	}
	return min(max((v-lo)/(hi-lo), 0), 1)
}

// pct writes a share as a length in percent, with two decimals.
func pct(share float64) string { return strconv.FormatFloat(share*100, 'f', 2, 64) + "%" }

// px writes a length in pixels, with one decimal.
func px(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// band gives the share across at which the middle of band i of n lies, and the share that a band takes.
func band(i, n int) (middle, width float64) {
	if n <= 0 {
		return 0, 0
	}
	width = 1 / float64(n)
	return (float64(i) + 0.5) * width, width
}

// shares gives the share of each part in their sum. A part that is not 0 gets at least least, taken from the largest,
// so that one row of a million can be seen; a part of 0 gets nothing.
func shares(parts []int64, least float64) []float64 {
	out := make([]float64, len(parts))
	var sum float64
	for _, p := range parts {
		sum += float64(max(p, 0))
	}
	if sum == 0 {
		return out
	}
	largest, owed := 0, 0.0
	for i, p := range parts {
		if p <= 0 {
			continue
		}
		out[i] = float64(p) / sum
		if p > parts[largest] {
			largest = i
		}
		if out[i] < least {
			owed += least - out[i]
			out[i] = least
		}
	}
	out[largest] -= owed
	return out
}

// ticks gives three to six round values that span lo to hi, with the same step between them. Equal or unusable ends
// are widened, so that one value, or only zeros, still makes an axis; ends that differ by less than a millionth count as
// equal, for neither the labels nor the arithmetic could tell their steps apart.
func ticks(lo, hi float64) []float64 {
	if math.IsNaN(lo) || math.IsNaN(hi) || math.IsInf(lo, 0) || math.IsInf(hi, 0) {
		lo, hi = 0, 1
	}
	if lo > hi {
		lo, hi = hi, lo
	}
	if hi-lo <= 1e-6*max(math.Abs(lo), math.Abs(hi)) {
		switch {
		case lo == 0:
			hi = 1
		case lo > 0:
			lo = 0
		default:
			hi = 0
		}
	}
	step := roundStep((hi - lo) / 4)
	first, last := math.Floor(lo/step+1e-9), math.Ceil(hi/step-1e-9)
	var out []float64
	for k := first; k <= last; k++ {
		out = append(out, k*step)
	}
	return out
}

// roundStep gives the smallest of 1, 2, 2.5, 5 times a power of ten that is at least x.
func roundStep(x float64) float64 {
	mag := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*mag >= x*(1-1e-9) {
			return m * mag
		}
	}
	return 10 * mag
}

// decimals gives how many decimals a scale with this step needs.
func decimals(step float64) int {
	for d := range 4 {
		p := math.Pow(10, float64(d))
		if math.Abs(step*p-math.Round(step*p)) < 1e-6 {
			return d
		}
	}
	return 4
}

// Widths of a plot, in px, that labels must fit at: with all of them, without "c-roomy", without "c-spare" too.
const (
	plotWide   = 432
	plotMiddle = 290
	plotNarrow = 190

	labelGap = 6
)

// labelWidth gives about how wide a label is, in px.
func labelWidth(label string) int {
	w := 0
	for _, r := range label {
		switch {
		case unicode.IsDigit(r):
			w += 9
		case unicode.IsSpace(r) || strings.ContainsRune(".,:;'ijlrtf", r):
			w += 4
		default:
			w += 8
		}
	}
	return w
}

// labelClass says how early the label of band i of n gives way when there is less room, so that what stays is evenly
// spaced and the last one always stands. widest is the width of the widest label in px. ok is false for labels that
// never have room.
func labelClass(i, n, widest int) (class string, ok bool) {
	room := func(width int) int { return max(1, width/(widest+labelGap)) }
	every := func(width, start int) int {
		e := start
		for (n+e-1)/e > room(width) {
			e *= 2
		}
		return e
	}
	most := room(plotWide)
	wide := (n + most - 1) / most
	middle := every(plotMiddle, wide)
	narrow := every(plotNarrow, middle)
	switch back := n - 1 - i; {
	case back%wide != 0:
		return "", false
	case back%narrow == 0:
		return "", true
	case back%middle == 0:
		return "c-spare", true
	}
	return "c-roomy", true
}

// shorten cuts s to at most n characters, with an ellipsis in place of what it leaves out.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
