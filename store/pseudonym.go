package store

import (
	"encoding/binary"
	"strings"
)

// Pseudonym stands for one person in one registry: 128 random bits, drawn by the vault and never derived from anything.
// The text form is "P-", the bits as 26 characters of Crockford's base 32, and two check characters that catch every
// single wrong character and every swap of two neighbours. It never looks like a person number.
type Pseudonym [16]byte

const (
	crockford        = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	pseudonymModulus = 1021 // the greatest prime below 32², so that the check fits in two characters
	// PseudonymLength is the length of the text form.
	PseudonymLength = 2 + 26 + 2
)

// Append appends the text form to b.
func (p Pseudonym) Append(b []byte) []byte {
	hi, lo := binary.BigEndian.Uint64(p[:8]), binary.BigEndian.Uint64(p[8:])
	var t [PseudonymLength]byte
	t[0], t[1] = 'P', '-'
	l, h := lo, hi
	for i := 27; i >= 2; i-- {
		t[i] = crockford[l&31]
		l = l>>5 | h<<59
		h >>= 5
	}
	c := p.check()
	t[28], t[29] = crockford[c>>5], crockford[c&31]
	return append(b, t[:]...)
}

// String gives the text form.
func (p Pseudonym) String() string { return string(p.Append(nil)) }

func (p Pseudonym) check() uint64 {
	const shift = (1 << 32) % pseudonymModulus
	var r uint64
	for i := 0; i < 16; i += 4 {
		r = (r*shift + uint64(binary.BigEndian.Uint32(p[i:]))) % pseudonymModulus
	}
	return r
}

// ParsePseudonym reads the text form. Lower case is taken, and the letters that Crockford's alphabet leaves out because
// they are misread (O as 0, I and L as 1).
func ParsePseudonym(s string) (Pseudonym, bool) {
	var p Pseudonym
	s = strings.ToUpper(s)
	if len(s) != PseudonymLength || s[:2] != "P-" {
		return p, false
	}
	digit := func(c byte) (uint64, bool) {
		switch c {
		case 'O':
			c = '0'
		case 'I', 'L':
			c = '1'
		}
		i := strings.IndexByte(crockford, c)
		return uint64(i), i >= 0
	}
	var hi, lo uint64
	for i := 2; i < 28; i++ {
		d, ok := digit(s[i])
		if !ok || hi>>59 != 0 {
			return p, false
		}
		hi, lo = hi<<5|lo>>59, lo<<5|d
	}
	c1, ok1 := digit(s[28])
	c2, ok2 := digit(s[29])
	binary.BigEndian.PutUint64(p[:8], hi)
	binary.BigEndian.PutUint64(p[8:], lo)
	return p, ok1 && ok2 && p.check() == c1<<5|c2
}
