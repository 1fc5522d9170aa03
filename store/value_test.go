package store

import (
	"bytes"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func drawValue() *rapid.Generator[Value] {
	// Few texts and numbers, near each other, so that equal and nearly equal values meet.
	texts := rapid.OneOf(rapid.SampledFrom([]string{"", "a", "ab", "b", "2026-11-23", "\x00", "ø"}), rapid.String())
	ints := rapid.OneOf(rapid.Int64Range(-2, 2), rapid.Int64(),
		rapid.SampledFrom([]int64{1 << 53, 1<<53 + 1, math.MaxInt64, math.MinInt64}))
	floats := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-2, 2),
		rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, 1 << 53, 1 << 63, -1 << 63, math.NaN(), math.Inf(1), math.Inf(-1)}))
	return rapid.OneOf(
		rapid.Just(Value{}),
		rapid.Map(texts, TextValue),
		rapid.Map(ints, IntValue),
		rapid.Map(floats, DecimalValue),
		rapid.Map(texts, DayValue),
		rapid.Map(texts, DateTimeValue),
		rapid.Map(rapid.Bool(), BoolValue),
	)
}

func TestCompareIsATotalOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawValue().Draw(t, "a"), drawValue().Draw(t, "b"), drawValue().Draw(t, "c")
		if Compare(a, a) != 0 {
			t.Fatal("a differs from itself")
		}
		if Compare(a, b) != -Compare(b, a) {
			t.Fatal("a to b is not the opposite of b to a")
		}
		s := []Value{a, b, c}
		slices.SortFunc(s, Compare)
		if Compare(s[0], s[1]) > 0 || Compare(s[1], s[2]) > 0 || Compare(s[0], s[2]) > 0 {
			t.Fatalf("not transitive: %v", s)
		}
		if Compare(s[0], s[2]) == 0 && (Compare(s[0], s[1]) != 0 || Compare(s[1], s[2]) != 0) {
			t.Fatalf("ends are equal, the middle is not: %v", s)
		}
		if a.IsNull() && !b.IsNull() && Compare(a, b) >= 0 {
			t.Fatal("null does not come first")
		}
	})
}

// TestCompareNumbersExactly holds the comparison against arithmetic without rounding.
func TestCompareNumbersExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Custom(func(t *rapid.T) Value { return drawValue().Draw(t, "v") }).Filter(func(v Value) bool {
			f := v.Float()
			return v.Kind() == Integer || v.Kind() == Decimal && !math.IsNaN(f) && !math.IsInf(f, 0)
		})
		exact := func(v Value) *big.Float {
			if v.Kind() == Integer {
				return new(big.Float).SetPrec(128).SetInt64(v.Int())
			}
			return new(big.Float).SetPrec(128).SetFloat64(v.Float())
		}
		a, b := v.Draw(t, "a"), v.Draw(t, "b")
		if got, want := Compare(a, b), exact(a).Cmp(exact(b)); got != want {
			t.Fatalf("Compare(%s, %s) = %d, want %d", a.Text(), b.Text(), got, want)
		}
	})
}

func TestAppendCanonicalIsInjective(t *testing.T) {
	row := rapid.SliceOfN(drawValue(), 0, 4)
	same := func(a, b []Value) bool { return slices.Equal(a, b) } // Value holds bits, so -0 and 0 differ, NaN equals itself
	canonical := func(vs []Value) (b []byte) {
		for _, v := range vs {
			b = v.AppendCanonical(b)
		}
		return b
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := row.Draw(t, "a"), row.Draw(t, "b")
		if rapid.Bool().Draw(t, "alike") && len(a) > 0 { // a neighbour of a: one value changed
			b = slices.Clone(a)
			b[rapid.IntRange(0, len(a)-1).Draw(t, "i")] = drawValue().Draw(t, "v")
		}
		if got := bytes.Equal(canonical(a), canonical(b)); got != same(a, b) {
			t.Fatalf("rows equal: %v, bytes equal: %v\n%v\n%v", same(a, b), got, a, b)
		}
	})
}

func TestValueText(t *testing.T) {
	for want, v := range map[string]Value{
		"":                    {},
		"kort tekst":          TextValue("kort tekst"),
		"-12":                 IntValue(-12),
		"2.5":                 DecimalValue(2.5),
		"120":                 DecimalValue(120),
		"2026-11-23":          DayValue("2026-11-23"),
		"2026-11-23T02:30:00": DateTimeValue("2026-11-23T02:30:00"),
		"true":                BoolValue(true),
		"false":               BoolValue(false),
	} {
		if got := v.Text(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if TextValue("").IsNull() || !(Value{}).IsNull() {
		t.Error("empty text is a value, no value is null")
	}
	if IntValue(3).Float() != 3 || !BoolValue(true).Bool() || BoolValue(true).Int() != 1 {
		t.Error("a number is not read back")
	}
}
