package store

import (
	"cmp"
	"math"
	"strconv"
	"strings"
)

// ValueKind is the type of one Value.
type ValueKind uint8

const (
	Null ValueKind = iota
	Text
	Integer
	Decimal
	Day      // yyyy-mm-dd
	DateTime // yyyy-mm-ddTHH:MM:SS, local time as the source gave it
	Boolean
)

// Value is one typed value in a slot of a row: no map, no pointer chase, no allocation to pass it on. The zero Value
// is null. Days and times are kept as ISO 8601 text, which sorts as time does.
type Value struct {
	kind ValueKind
	num  uint64 // bits of the int64 or float64
	text string
}

// TextValue gives a text. Empty text is a value, not null: what counts as missing is the mapping's to say.
func TextValue(s string) Value { return Value{kind: Text, text: s} }

// IntValue gives a whole number.
func IntValue(n int64) Value { return Value{kind: Integer, num: uint64(n)} }

// DecimalValue gives a number with decimals as the nearest IEEE double.
func DecimalValue(f float64) Value { return Value{kind: Decimal, num: math.Float64bits(f)} }

// DayValue gives a calendar day; iso must be a valid yyyy-mm-dd.
func DayValue(iso string) Value { return Value{kind: Day, text: iso} }

// DateTimeValue gives a local time; iso must be a valid yyyy-mm-ddTHH:MM:SS.
func DateTimeValue(iso string) Value { return Value{kind: DateTime, text: iso} }

// BoolValue gives true or false.
func BoolValue(b bool) Value {
	if b {
		return Value{kind: Boolean, num: 1}
	}
	return Value{kind: Boolean}
}

// Kind gives the type.
func (v Value) Kind() ValueKind { return v.kind }

// IsNull tells whether there is no value.
func (v Value) IsNull() bool { return v.kind == Null }

// Int gives the whole number (or 0/1 of a boolean); only for those kinds.
func (v Value) Int() int64 { return int64(v.num) }

// Float gives the number as a double, from a Decimal or an Integer.
func (v Value) Float() float64 {
	if v.kind == Integer || v.kind == Boolean {
		return float64(int64(v.num))
	}
	return math.Float64frombits(v.num)
}

// Bool gives the truth of a Boolean.
func (v Value) Bool() bool { return v.num != 0 }

// Text gives the value as text: the text itself, ISO day or time, a number with decimal point in its shortest form,
// "true" or "false", and "" for null.
func (v Value) Text() string {
	switch v.kind {
	case Integer:
		return strconv.FormatInt(int64(v.num), 10)
	case Decimal:
		return strconv.FormatFloat(math.Float64frombits(v.num), 'f', -1, 64)
	case Boolean:
		return strconv.FormatBool(v.num != 0)
	}
	return v.text
}

// Clone gives v with a text of its own, which lives on when what v's lies in is used again.
func (v Value) Clone() Value {
	v.text = strings.Clone(v.text)
	return v
}

// AppendCanonical appends the one form of v that hashes are made over: kind, text and an end mark, so that no two
// different rows give the same bytes.
func (v Value) AppendCanonical(b []byte) []byte {
	b = append(b, byte(v.kind))
	switch v.kind {
	case Integer, Decimal, Boolean:
		n := v.num
		b = append(b, byte(n>>56), byte(n>>48), byte(n>>40), byte(n>>32), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	case Null:
	default:
		n := uint32(len(v.text))
		b = append(b, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
		b = append(b, v.text...)
	}
	return b
}

// ReadCanonical reads what AppendCanonical appended, and gives what follows. The text of the value is a part of b.
func ReadCanonical(b string) (v Value, rest string, ok bool) {
	if b == "" {
		return v, b, false
	}
	v.kind, b = ValueKind(b[0]), b[1:]
	number := func(n int) (x uint64) {
		for i := range n {
			x = x<<8 | uint64(b[i])
		}
		b = b[n:]
		return x
	}
	switch {
	case v.kind == Null:
	case v.kind > Boolean, len(b) < 4, v.kind != Text && v.kind < Day && len(b) < 8, v.kind == Boolean && len(b) < 8:
		return Value{}, b, false
	case v.kind == Integer, v.kind == Decimal, v.kind == Boolean:
		v.num = number(8)
	default:
		n := number(4)
		if uint64(len(b)) < n {
			return Value{}, b, false
		}
		v.text, b = b[:n], b[n:]
	}
	return v, b, true
}

// Compare orders two values: null first, then by kind, numbers by size (an Integer and a Decimal exactly, without
// rounding either), texts by bytes. A Decimal that is not a number stands before all others.
func Compare(a, b Value) int {
	switch {
	case a.kind == Integer && b.kind == Decimal:
		return compareMixed(int64(a.num), b.Float())
	case a.kind == Decimal && b.kind == Integer:
		return -compareMixed(int64(b.num), a.Float())
	case a.kind != b.kind:
		return cmp.Compare(a.kind, b.kind)
	case a.kind == Integer || a.kind == Boolean:
		return cmp.Compare(int64(a.num), int64(b.num))
	case a.kind == Decimal:
		return cmp.Compare(a.Float(), b.Float())
	}
	return cmp.Compare(a.text, b.text)
}

func compareMixed(n int64, f float64) int {
	switch {
	case math.IsNaN(f) || f < -1<<63:
		return 1
	case f >= 1<<63:
		return -1
	}
	whole := math.Trunc(f)
	if c := cmp.Compare(n, int64(whole)); c != 0 {
		return c
	}
	return cmp.Compare(0, f-whole)
}
