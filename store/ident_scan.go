package store

import (
	"unicode"
	"unicode/utf8"
)

// scanRules and scanDay make examine as wide as it goes: any series, any century. For FH- and H-numbers the ordinary
// rule holds, as when they are read.
var scanRules = IdentRules{}

const scanDay = 9999_12_31

// ScanPersonNumbers counts the places in free text that read as a person number of any kind or series, real or made
// up: the check that no identity leaves in a health value. It finds eleven digits with no digit right beside them, also
// with a space, dash, dot or stroke where people write one (131299 48022, 13.12.99 48022, 131299-480 22), and
// non-ASCII digits. About one in a hundred random runs of eleven digits reads as a person number, so a hit is a reason
// to look, not a proof.
func ScanPersonNumbers(text string) int {
	count := 0
	for i := 0; i < len(text); {
		if _, size, ok := digitAt(text[i:]); !ok {
			i += size
			continue
		}
		if d, size, ok := numberAt(text[i:]); ok && examine(&d, &scanRules, scanDay).Err == "" {
			count++
			i += size
			continue
		}
		for i < len(text) { // on to the end of this run of digits
			_, size, ok := digitAt(text[i:])
			if !ok {
				break
			}
			i += size
		}
	}
	return count
}

// numberAt reads eleven digits from the start of s, where a digit stands, with separators only between the parts of a
// number and no further digit behind. Size is the length in bytes.
func numberAt(s string) (d elevenDigits, size int, ok bool) {
	for n := 0; n < len(d); {
		v, w, isDigit := digitAt(s[size:])
		switch {
		case isDigit:
			d[n] = v
			n++
			size += w
		case n == 2 || n == 4 || n == 6 || n == 9:
			sep := separatorAt(s[size:])
			if sep == 0 {
				return d, 0, false
			}
			size += sep
			if _, _, next := digitAt(s[size:]); !next {
				return d, 0, false
			}
		default:
			return d, 0, false
		}
	}
	_, _, more := digitAt(s[size:])
	return d, size, !more
}

// separatorAt gives the length in bytes of the up to three separators s starts with; 0 when there is none.
func separatorAt(s string) int {
	size := 0
	for range 3 {
		r, w := utf8.DecodeRuneInString(s[size:])
		if r != '.' && r != '/' && !unicode.Is(unicode.Dash, r) && !unicode.IsSpace(r) {
			break
		}
		size += w
	}
	return size
}

// digitAt gives the value and length of the digit s starts with, or the length of whatever else it starts with.
func digitAt(s string) (value byte, size int, ok bool) {
	if s == "" {
		return 0, 0, false
	}
	if c := s[0]; c < utf8.RuneSelf {
		return c - '0', 1, '0' <= c && c <= '9'
	}
	r, size := utf8.DecodeRuneInString(s)
	if !unicode.IsDigit(r) {
		return 0, size, false
	}
	// Unicode keeps decimal digits in unbroken tens, 0 first.
	zero := r
	for unicode.IsDigit(zero - 1) {
		zero--
	}
	return byte((r - zero) % 10), size, true
}
