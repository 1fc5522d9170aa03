package store

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
)

// Mask is what a value that names a person shows wherever it is printed.
const Mask = "[skjult]"

// masked gives the type that embeds it the mask as its only text: every verb of fmt, slog, JSON (as value and as map
// key), XML, YAML and templates. It knows nothing of the value, so it has nothing to show.
type masked struct{}

// Format writes the mask whatever the verb and its flags are.
func (masked) Format(f fmt.State, _ rune) { io.WriteString(f, Mask) }

// String gives the mask.
func (masked) String() string { return Mask }

// LogValue gives the mask to slog.
func (masked) LogValue() slog.Value { return slog.StringValue(Mask) }

// MarshalText gives the mask to encoders. There is no way back: a masked value can't be decoded.
func (masked) MarshalText() ([]byte, error) { return []byte(Mask), nil }

// veil is drawn anew by each process and laid over the numbers in memory. fmt prints the unexported fields of a struct
// without asking their methods, %p and a panic's stack trace print raw words: none of them shows the digits then. It
// guards against slips, not against somebody who reads the memory. Its top bit is set, so that no number becomes the
// zero value.
var veil = newVeil()

func newVeil() uint64 {
	var b [8]byte
	rand.Read(b[:]) // crypto/rand.Read never fails since Go 1.24
	return binary.LittleEndian.Uint64(b[:]) | 1<<63
}

// PersonNumber is a person's number of eleven digits: fødselsnummer, D-number, FH-number or H-number. It prints as
// [skjult] in every way Go has of printing; Reveal and AppendReveal are the only ways to the digits. Two numbers are
// equal (==, and as map keys) when their digits are. The zero value is no number.
type PersonNumber struct {
	masked
	v uint64 // the number under the veil; 0 = none
}

// PersonNumberOf takes exactly eleven ASCII digits as they stand, without any check: for numbers that were checked
// before they were kept. Input goes through ParsePerson.
func PersonNumberOf(digits string) (PersonNumber, bool) {
	d, ok := readEleven(digits)
	if !ok {
		return PersonNumber{}, false
	}
	return d.number(), true
}

// IsZero tells whether there is no number.
func (p PersonNumber) IsZero() bool { return p.v == 0 }

// Reveal gives the eleven digits, "" for no number. What calls it must belong to the identity side, or have a reason
// on record.
func (p PersonNumber) Reveal() string {
	if p.IsZero() {
		return ""
	}
	return string(p.AppendReveal(make([]byte, 0, len(elevenDigits{}))))
}

// AppendReveal is Reveal without an allocation: it appends the digits to b.
func (p PersonNumber) AppendReveal(b []byte) []byte {
	if p.IsZero() {
		return b
	}
	for _, c := range p.digits() {
		b = append(b, '0'+c)
	}
	return b
}

// Masked gives the birth part and hides the rest: 178371*****. An FH-number has no birth part and is hidden whole.
// It is for pages of those who may see persons, never for logs.
func (p PersonNumber) Masked() string {
	if p.IsZero() {
		return Mask
	}
	d := p.digits()
	if d[0] >= 8 {
		return Mask
	}
	b := []byte("***********")
	for i := range 6 {
		b[i] = '0' + d[i]
	}
	return string(b)
}

func (p PersonNumber) digits() (d elevenDigits) {
	n := p.v ^ veil
	for i := len(d) - 1; i >= 0; i-- {
		d[i] = byte(n % 10)
		n /= 10
	}
	return d
}

// elevenDigits are the digits of a person number by value, 0 to 9, in reading order.
type elevenDigits [11]byte

// readEleven takes exactly eleven ASCII digits as they stand.
func readEleven[T string | []byte](s T) (d elevenDigits, ok bool) {
	if len(s) != len(d) {
		return d, false
	}
	for i := range d {
		if d[i] = s[i] - '0'; d[i] > 9 {
			return d, false
		}
	}
	return d, true
}

func (d *elevenDigits) number() PersonNumber {
	var n uint64
	for _, c := range d {
		n = n*10 + uint64(c)
	}
	return PersonNumber{v: n ^ veil}
}

// Secret is any other text that names a person: a name, an address, a phone number. It prints as [skjult] in every way
// Go has of printing; Reveal is the only way to the text. Secrets are compared with Equal; == does not compile. The
// zero value is the empty text.
type Secret struct {
	masked
	_ [0]func() // not comparable: == would compare where the text lies
	v *string   // behind a pointer, because fmt prints strings in unexported fields
}

// NewSecret hides s.
func NewSecret(s string) Secret {
	if s == "" {
		return Secret{}
	}
	return Secret{v: &s}
}

// IsZero tells whether the text is empty.
func (s Secret) IsZero() bool { return s.v == nil }

// Reveal gives the text. What calls it must belong to the identity side, or have a reason on record.
func (s Secret) Reveal() string {
	if s.v == nil {
		return ""
	}
	return *s.v
}

// Equal tells whether two secrets hold the same text.
func (s Secret) Equal(t Secret) bool { return s.Reveal() == t.Reveal() }
