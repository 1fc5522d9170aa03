package mapping

import (
	"math"
	"strconv"
	"unsafe"

	"samband/store"
)

// text gives what was added to the arena since n as a string. When the arena grows later, what was given stays where
// it was.
func (e *Evaluator) text(n int) string {
	return unsafe.String(unsafe.SliceData(e.arena[n:]), len(e.arena)-n)
}

// date reads s in layout and gives it as ISO 8601. Every position is fixed; the day has to exist and the time to be
// on the clock.
func (e *Evaluator) date(s, layout string) (store.Value, bool) {
	if len(s) != len(layout) {
		return store.Value{}, false
	}
	var day, month, year, hour, minute, second int
	for i := range len(layout) {
		c := s[i]
		var to *int
		switch layout[i] {
		case 'd':
			to = &day
		case 'm':
			to = &month
		case 'y':
			to = &year
		case 'H':
			to = &hour
		case 'M':
			to = &minute
		case 'S':
			to = &second
		default:
			if c != layout[i] {
				return store.Value{}, false
			}
			continue
		}
		if c < '0' || c > '9' {
			return store.Value{}, false
		}
		*to = *to*10 + int(c-'0')
	}
	if year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59 {
		return store.Value{}, false
	}
	n := len(e.arena)
	e.arena = append(e.arena, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-',
		byte('0'+month/10), byte('0'+month%10), '-', byte('0'+day/10), byte('0'+day%10))
	if !hasTime(layout) {
		return store.DayValue(e.text(n)), true
	}
	e.arena = append(e.arena, 'T', byte('0'+hour/10), byte('0'+hour%10), ':', byte('0'+minute/10), byte('0'+minute%10), ':',
		byte('0'+second/10), byte('0'+second%10))
	return store.DateTimeValue(e.text(n)), true
}

func hasTime(layout string) bool { return len(layout) > 10 }

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// decimal reads -?[0-9]+([s][0-9]+)? as the nearest IEEE double, where s is the decimal sign, or either of comma and
// point when sign is 0. What is too great becomes an infinity.
func decimal(s string, sign byte) (float64, bool) {
	b, neg := s, false
	if len(b) > 0 && b[0] == '-' {
		b, neg = b[1:], true
	}
	mantissa, divisor, digits, point := 0, 1, 0, -1
	for i := range len(b) {
		c := b[i]
		if c == sign || sign == 0 && (c == ',' || c == '.') {
			if point >= 0 || i == 0 || i == len(b)-1 {
				return 0, false
			}
			point = i
			continue
		}
		if c < '0' || c > '9' {
			return 0, false
		}
		if digits++; digits <= 15 {
			mantissa = mantissa*10 + int(c-'0')
			if point >= 0 {
				divisor *= 10
			}
		}
	}
	if digits == 0 {
		return 0, false
	}
	var f float64
	if digits <= 15 { // the quotient of two exact doubles is the nearest double
		f = float64(mantissa) / float64(divisor)
	} else {
		t := []byte(b)
		if point >= 0 {
			t[point] = '.'
		}
		f, _ = strconv.ParseFloat(string(t), 64) // the form is checked, so only the range can be wrong
	}
	if neg {
		f = -f
	}
	return f, true
}

// whole reads -?[0-9]+. big tells that the number is too great for 64 bits.
func whole(s string) (n int64, big, ok bool) {
	b := s
	if len(b) > 0 && b[0] == '-' {
		b = b[1:]
	}
	if b == "" {
		return 0, false, false
	}
	for i := range len(b) {
		if b[i] < '0' || b[i] > '9' {
			return 0, false, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err != nil, true
}

// round gives x rounded half up to a number of decimals, in doubles from left to right: floor(x·10ⁿ + 0.5)/10ⁿ.
func round(x float64, decimals int) float64 {
	p := math.Pow10(decimals)
	return math.Floor(float64(x*p)+0.5) / p
}
