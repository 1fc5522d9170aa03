package profile

import (
	"math"
	"math/bits"
	"slices"
	"strings"

	"samband/store"
)

// lowest gives the place of a trait's bit.
func lowest(t traits) int { return bits.TrailingZeros32(uint32(t)) }

// guess says what type the texts have, what stands for a missing value, and between what most numbers lie.
func (f *field) guess(out *store.FieldProfile) {
	left := f.filled - f.counts[lowest(isSentinel)] // words for a missing value fit any type
	if left <= 0 {
		return
	}
	has := func(t traits) int64 { return f.counts[lowest(t)] }
	nearly := func(n, of int64) bool { return n > 0 && 100*n >= 99*of } // sources hold a few values of another kind
	whole, point, comma := has(isWhole), has(isPoint), has(isComma)
	switch {
	case nearly(has(isBoolean), left):
		out.Type = store.VarBoolean
	case f.layout(out, func(n int64) bool { return nearly(n, left-has(isNines)) }):
	case nearly(whole, left) && point+comma == 0:
		out.Type = store.VarInteger
	case nearly(whole+point, left) && comma == 0:
		out.Type, out.Decimal = store.VarDecimal, "."
	case nearly(whole+comma, left) && point == 0:
		out.Type, out.Decimal = store.VarDecimal, ","
	case nearly(whole+point+comma, left): // both signs: a number all the same
		out.Type = store.VarDecimal
	case !f.many && out.Distinct <= 100 && has(isProse) == 0 && f.filled >= store.SmallCell*out.Distinct:
		out.Type = store.VarCode
	default:
		out.Type = store.VarText
	}
	number := out.Type == store.VarInteger || out.Type == store.VarDecimal
	day := out.Layout != ""
	var odd []float64
	if number {
		odd = f.oddNumbers()
	}
	for _, x := range out.Top {
		word := sentinels[strings.ToLower(x.Text)]
		if word || day && traitsOf(x.Text)&isNines != 0 || number && slices.Contains(odd, valueOf(x.Text)) {
			out.Sentinels = append(out.Sentinels, x.Text)
		}
	}
	if number {
		f.ends(out, odd)
	}
}

// layout finds the layout that enough texts have: of days before of times, in the order of the list.
func (f *field) layout(out *store.FieldProfile, enough func(int64) bool) bool {
	for i, l := range store.DateLayouts {
		if enough(f.counts[lowest(isLayout<<i)]) {
			out.Layout, out.Type = l, store.VarDate
			if strings.Contains(l, "H") {
				out.Type = store.VarDateTime
			}
			return true
		}
	}
	return false
}

// oddNumbers gives the numbers that look like codes for a missing value: nothing but nines, or below zero, and well
// apart from all others.
func (f *field) oddNumbers() []float64 {
	sorted := slices.Compact(slices.Sorted(slices.Values(f.numbers)))
	var odd []float64
	for len(sorted) > 1 { // from above: 999 among ages
		last, next := sorted[len(sorted)-1], sorted[len(sorted)-2]
		if !nines(last) || next >= 0.7*last {
			break
		}
		odd, sorted = append(odd, last), sorted[:len(sorted)-1]
	}
	for len(sorted) > 1 { // from below: -9 and -1 where all else is above zero
		first := sorted[0]
		if i, _ := slices.BinarySearch(sorted, 0); first >= 0 || first != -1 && !nines(-first) || i > 3 {
			break
		}
		odd, sorted = append(odd, first), sorted[1:]
	}
	return odd
}

func nines(n float64) bool {
	for _, x := range []float64{9, 99, 999, 9999, 99999, 999999, 9999999, 99999999} {
		if n == x || n == x+0.9 || n == x+0.99 {
			return true
		}
	}
	return false
}

// ends gives the 5th and the 95th percentile of the numbers that are none of odd, when enough rows lie beyond each.
func (f *field) ends(out *store.FieldProfile, odd []float64) {
	var kept []float64
	for _, n := range f.numbers {
		if !slices.Contains(odd, n) {
			kept = append(kept, n)
		}
	}
	beyond := len(kept) / 20
	if beyond < store.SmallCell {
		return
	}
	slices.Sort(kept)
	low, high := kept[beyond], kept[len(kept)-1-beyond]
	if !math.IsInf(low, 0) && !math.IsInf(high, 0) {
		out.Low, out.High = &low, &high
	}
}
