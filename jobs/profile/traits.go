package profile

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"samband/store"
)

// traits are what one text looks like, a bit for each.
type traits uint32

const (
	isWhole traits = 1 << iota
	isPoint        // a number with decimal point
	isComma
	isBoolean
	isSentinel // a word for a missing value
	isPerson   // a person number can be read in it
	isEmail
	isPhone
	isNines // -1, 99 and the like: in a field of days they stand for a missing value
	isLong  // longer than is told
	isProse // longer than a code is
	isLayout
)

// maxCode is the most characters of what may be a code.
const maxCode = 40

// sentinels are words for a missing value, in small letters.
var sentinels = map[string]bool{"ukjent": true, "uoppgitt": true, "ikke oppgitt": true, "ikke utført": true,
	"ikke relevant": true, "ikkje oppgitt": true, "ikkje utført": true, "mangler": true, "manglar": true, "unknown": true,
	"missing": true, "not done": true, "na": true, "n/a": true, "null": true, "none": true, "nan": true, "-": true, "--": true,
	".": true, "?": true, "udef": true}

var booleans = map[string]bool{"true": true, "false": true, "ja": true, "nei": true, "yes": true, "no": true, "j": true, "n": true}

// traitsOf looks at a text without space around.
func traitsOf(s string) (t traits) {
	switch n := utf8.RuneCountInString(s); {
	case n > store.MaxShown:
		t |= isLong | isProse
	case n > maxCode:
		t |= isProse
	}
	if len(s) <= 20 {
		low := strings.ToLower(s)
		if sentinels[low] {
			t |= isSentinel
		}
		if booleans[low] {
			t |= isBoolean
		}
		t |= number(s)
		if nines := strings.TrimPrefix(s, "-"); nines == "1" && s != nines || strings.Trim(nines, "9") == "" {
			t |= isNines
		}
		for i, layout := range store.DateLayouts {
			if fits(s, layout) {
				t |= isLayout << i
			}
		}
	}
	if store.ScanPersonNumbers(s) > 0 {
		t |= isPerson
	}
	if at := strings.IndexByte(s, '@'); at > 0 && strings.Contains(s[at:], ".") && !strings.ContainsAny(s, " \t") {
		t |= isEmail
	}
	if phone(s) {
		t |= isPhone
	}
	return t
}

// number tells whether s is a number, and how it is written. Leading zeros and more than fifteen digits make a code of it.
func number(s string) traits {
	b := strings.TrimPrefix(s, "-")
	mark := strings.IndexAny(b, ".,")
	whole, part := b, "0"
	if mark >= 0 {
		whole, part = b[:mark], b[mark+1:]
	}
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	switch {
	case !digits(whole) || !digits(part) || len(whole)+len(part) > 16 || len(whole) > 1 && whole[0] == '0':
		return 0
	case mark < 0:
		return isWhole
	case b[mark] == ',':
		return isComma
	}
	return isPoint
}

// valueOf gives the number that s is.
func valueOf(s string) float64 {
	f, _ := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64) // its form is known
	return f
}

// fits tells whether s is a day or a time that exists, written in a layout of store.DateLayouts, and of our time: other
// runs of digits are no days.
func fits(s, layout string) bool {
	if len(s) != len(layout) {
		return false
	}
	var at ['y' + 1]int
	for i := range len(layout) {
		switch c, l := s[i], layout[i]; {
		case l == 'd' || l == 'm' || l == 'y' || l == 'H' || l == 'M' || l == 'S':
			if c < '0' || c > '9' {
				return false
			}
			at[l] = at[l]*10 + int(c-'0')
		case c != l:
			return false
		}
	}
	day := store.Date(strconv.Itoa(at['y']) + "-" + two(at['m']) + "-" + two(at['d']))
	return at['y'] >= 1850 && at['y'] < 2150 && at['H'] < 24 && at['M'] < 60 && at['S'] < 60 && day.Valid()
}

func two(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// phone tells whether s is written like a Norwegian telephone number.
func phone(s string) bool {
	var digits []byte
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if digits = append(digits, c); len(digits) > 12 {
				return false
			}
		case c != ' ' && (c != '+' || i > 0):
			return false
		}
	}
	d, abroad := strings.CutPrefix(string(digits), "0047")
	if !abroad && strings.HasPrefix(s, "+47") {
		d, abroad = string(digits[2:]), true
	}
	return len(d) == 8 && (abroad || d[0] == '4' || d[0] == '9' || strings.Contains(s, " ") && d[0] > '1')
}

// shape gives the pattern of a text: see store.FieldProfile.
func shape(s string) string {
	var b strings.Builder
	var run rune
	n := 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			r = '9'
		case unicode.IsLetter(r):
			r = 'a'
		case unicode.IsControl(r):
			r = ' '
		}
		if r != run || r != '9' && r != 'a' {
			run, n = r, 0
		}
		switch n++; {
		case n <= 4:
			b.WriteRune(r)
		case n == 5:
			text := b.String()
			b.Reset()
			b.WriteString(text[:len(text)-3] + "…")
		}
		if b.Len() > 60 {
			return b.String() + "…"
		}
	}
	return b.String()
}
