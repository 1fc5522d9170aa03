package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// surveyed is what one pass over a cell tells of it.
type surveyed struct {
	digits  int  // of any script
	letters bool // it has some
	at      bool // it has an @
	marks   bool // it may have marks apart from their letters
}

// Classes of bytes.
const (
	isDigit = 1 << iota
	isLetter
	isAt
	isMark // the first byte of what may be a combining mark
	isWide // the first byte of what may be a digit that isn't ASCII
)

var classOf = func() (t [256]byte) {
	for c := range t {
		switch b := byte(c); {
		case '0' <= b && b <= '9':
			t[c] = isDigit
		case 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z':
			t[c] = isLetter
		case b == '@':
			t[c] = isAt
		case b == 0xCC || b == 0xCD:
			t[c] = isLetter | isMark
		case b == 0xC2 || b > 0xCD:
			t[c] = isLetter | isWide
		case b >= utf8.RuneSelf:
			t[c] = isLetter
		}
	}
	return t
}()

func survey(s string) (v surveyed) {
	var seen byte
	for i := range len(s) {
		c := classOf[s[i]]
		seen |= c
		v.digits += int(c & isDigit)
	}
	v.letters, v.at, v.marks = seen&isLetter != 0, seen&isAt != 0, seen&isMark != 0
	if seen&isWide != 0 {
		v.digits += len(s) // there may be so many; whoever looks for numbers counts
	}
	return v
}

// nextWord gives the next word of s and what comes after it: letters, marks and digits, with hyphens and apostrophes
// inside. "" when there is none.
func nextWord(s string) (word, rest string) {
	start, end := -1, 0
	for i := 0; i < len(s); {
		b, size := s[i], 1
		in := classOf[b]&(isDigit|isLetter) != 0
		if b >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			in = b == 0xC3 && r != '×' && r != '÷' || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
			if !in && start >= 0 && (r == '’' || r == '‐' || r == '‑') {
				i += size
				continue
			}
		} else if !in && start >= 0 && (b == '-' || b == '\'') {
			i++
			continue
		}
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			return s[start:end], s[end:]
		}
		i += size
		if in {
			end = i
		}
	}
	if start < 0 {
		return "", ""
	}
	return s[start:end], s[end:]
}

// firstBit is a bit for the letter a word begins with, the same in any case.
func firstBit(w string) uint64 {
	if b := w[0]; b < utf8.RuneSelf {
		return 1 << (b & 31)
	}
	r, _ := utf8.DecodeRuneInString(w)
	if r = unicode.ToLower(r); r < utf8.RuneSelf {
		return 1 << (r & 31)
	}
	return 1 << (32 + r&31)
}

// holdsName tells whether a cell holds names or an address of the row.
func (c *SelfCheck) holdsName(cell string) bool {
	before := false // the word before is a word of the names
	c.spans = c.spans[:0]
	for w, rest := nextWord(cell); w != ""; w, rest = nextWord(rest) {
		if len(c.addresses) > 0 {
			c.spans = append(c.spans, w)
		}
		is := false
		if strings.IndexByte(w, '-') < 0 {
			is = c.first&firstBit(w) != 0 && c.isName(w)
		} else {
			is = c.isName(w) || c.partIsName(w)
		}
		if is && (before || utf8.RuneCountInString(w) >= 4) {
			return true
		}
		before = is
	}
	for i := range c.spans {
		for _, a := range c.addresses {
			if c.first&firstBit(c.spans[i]) != 0 && sameWords(c.spans[i:], c.street[a[0]:a[1]]) {
				return true
			}
		}
	}
	return false
}

func sameWords(text, of []string) bool {
	if len(text) < len(of) {
		return false
	}
	for i := range of {
		if !equalFold(text[i], of[i]) {
			return false
		}
	}
	return true
}

// partIsName tells whether a part of a word that hyphens join is a word of the names: one of four letters or more that
// begins with a capital. Where all are capitals that says nothing.
func (c *SelfCheck) partIsName(w string) bool {
	for rest, more := w, true; more; {
		var part string
		part, rest, more = strings.Cut(rest, "-")
		r, _ := utf8.DecodeRuneInString(part)
		if utf8.RuneCountInString(part) >= 4 && unicode.IsUpper(r) && c.isName(part) {
			return strings.IndexFunc(w, func(r rune) bool { return unicode.IsLower(r) || unicode.IsDigit(r) }) >= 0
		}
	}
	return false
}

// isName tells whether a word is one of the names, in any case, with a genitive s or without.
func (c *SelfCheck) isName(w string) bool {
	for _, n := range c.words {
		if len(w) == len(n) && equalFold(w, n) {
			return true
		}
		if len(w) > len(n) && len(w) <= len(n)+4 && (w[len(w)-1]|0x20) == 's' {
			if short := w[:len(w)-1]; equalFold(strings.TrimRight(short, "'’"), n) {
				return true
			}
		}
		if len(w) != len(n) && (w[0] >= utf8.RuneSelf || n[0] >= utf8.RuneSelf) && strings.EqualFold(w, n) {
			return true
		}
	}
	return false
}

// equalFold is strings.EqualFold with a quick no.
func equalFold(a, b string) bool {
	if len(a) == 0 || len(b) == 0 || a[0] < utf8.RuneSelf && b[0] < utf8.RuneSelf && (a[0]^b[0])&^0x20 != 0 {
		return false
	}
	return strings.EqualFold(a, b)
}

// containsFold tells whether a part of s is t, in any case.
func containsFold(s, t string) bool {
	for i := 0; i+len(t) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(t)], t) {
			return true
		}
	}
	return false
}

// nameless are words that stand in name fields and name nobody.
var nameless = []string{"født", "fødd", "ukjent", "ukjend", "unknown", "oppgitt", "oppgjeve", "oppgitte", "mangler", "manglar",
	"anonym", "null", "none", "ingen", "ikke", "ikkje"}

// namelessFirst are the letters they begin with.
var namelessFirst = func() (bits uint64) {
	for _, w := range nameless {
		bits |= firstBit(w)
	}
	return bits
}()

func says(w string) bool {
	if namelessFirst&firstBit(w) == 0 {
		return true
	}
	return !slices.ContainsFunc(nameless, func(n string) bool { return len(w) == len(n) && equalFold(w, n) })
}
