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

// ScanWritten counts the same places in what a person writes in a form, where hiding a number must not be easier than
// leaving it out: characters that take no room don't count, and separators may stand between any digits, in any number
// (1392994.8089, 13 92 99-48089). Digits that belong to a longer list of small numbers are not read as one number.
func ScanWritten(text string) int {
	count := 0
	var parts [][]byte // the runs of digits that nothing but separators keeps apart
	open := false      // the last of them goes on
	end := func() {
		count += numbersIn(parts)
		parts, open = parts[:0], false
	}
	for i := 0; i < len(text); {
		v, size, isDigit := digitAt(text[i:])
		r, _ := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case isDigit && !open:
			parts, open = append(parts, []byte{v}), true
		case isDigit:
			parts[len(parts)-1] = append(parts[len(parts)-1], v)
		case isUnseen(r):
		case isWrittenBetween(r):
			open = false
		default:
			end()
		}
	}
	end()
	return count
}

// manyParts is from how many parts on a number must stand alone to be read as one.
const manyParts = 6

// numbersIn counts the person numbers that whole neighbouring parts come to. The digits of a date among them belong to
// nothing else, unless the parts are eleven digits in all.
func numbersIn(parts [][]byte) int {
	all := 0
	for _, p := range parts {
		all += len(p)
	}
	for i := range max(len(parts)-2, 0) {
		if all != len(elevenDigits{}) && isDate(parts[i], parts[i+1], parts[i+2]) {
			return numbersIn(parts[:i]) + numbersIn(parts[i+3:])
		}
	}
	count := 0
	for first := 0; first < len(parts); first++ {
		var d elevenDigits
		n, last := 0, first
		for ; last < len(parts) && n+len(parts[last]) <= len(d); last++ {
			n += copy(d[n:], parts[last])
		}
		alone := last-first < manyParts || last-first == len(parts)
		if n == len(d) && alone && examine(&d, &scanRules, scanDay).Err == "" {
			count++
			first = last - 1
		}
	}
	return count
}

// isDate tells whether three parts are a day of our time, as people here or machines write it.
func isDate(a, b, c []byte) bool {
	year := func(p []byte) bool { return len(p) == 4 && (p[0] == 1 && p[1] == 9 || p[0] == 2 && p[1] == 0) }
	return len(b) <= 2 && (len(a) <= 2 && year(c) || year(a) && len(c) <= 2)
}

// isUnseen tells whether a character takes no room: it hides a number from a scan and not from a reader.
func isUnseen(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me, unicode.Variation_Selector) || r == '\u115f' || r == '\u1160' ||
		r == '\u3164' || r == '\uffa0' // fillers of Hangul
}

// isWrittenBetween tells whether people write a character between the parts of a number.
func isWrittenBetween(r rune) bool {
	switch r {
	case '.', '/', '_', '·', '•', '․', '‧', '∙', '⁄', '∕', '−', '．', '／', '＿':
		return true
	}
	return unicode.Is(unicode.Dash, r) || unicode.IsSpace(r)
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
	switch {
	case r == '⁰' || '⁴' <= r && r <= '⁹':
		return byte(r - '⁰'), size, true
	case '₀' <= r && r <= '₉':
		return byte(r - '₀'), size, true
	case r == '¹':
		return 1, size, true
	case r == '²' || r == '³':
		return byte(r-'²') + 2, size, true
	case r == '⓪':
		return 0, size, true
	case '①' <= r && r <= '⑨':
		return byte(r-'①') + 1, size, true
	case !unicode.IsDigit(r):
		return 0, size, false
	}
	// Unicode keeps decimal digits in unbroken tens, 0 first.
	zero := r
	for unicode.IsDigit(zero - 1) {
		zero--
	}
	return byte((r - zero) % 10), size, true
}
