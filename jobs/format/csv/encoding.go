package csv

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Encoding is how the characters of a file are written as bytes.
type Encoding string

// The encodings that hospitals send. A UTF-8 file with a byte order mark is told apart because the run report says
// what was found.
const (
	UTF8        Encoding = "utf-8"
	UTF8BOM     Encoding = "utf-8-bom"
	Windows1252 Encoding = "windows-1252"
)

const bom = "\xef\xbb\xbf"

// Sniffer finds the encoding of what is written to it: UTF-8 when it starts with a byte order mark, else UTF-8 when
// all of it is valid UTF-8, else Windows-1252. A file with a few wrong bytes among many characters that only UTF-8
// writes so is a UTF-8 file with broken rows: taking it for Windows-1252 would spoil every æ, ø and å in silence. It
// must see the whole file, since the only byte that tells may be the last. The zero value is ready for use.
type Sniffer struct {
	head  []byte // the first three bytes
	tail  []byte // the beginning of a character that goes on in the next Write
	multi int    // characters of several bytes, counted up to enough
	wrong int    // bytes that belong to no character
}

// enough characters of several bytes are no chance: Norwegian text in Windows-1252 has next to none.
const enough = 1 << 12

// Write looks at p. It never fails.
func (s *Sniffer) Write(p []byte) (int, error) {
	n := len(p)
	if k := min(len(bom)-len(s.head), n); k > 0 {
		s.head = append(s.head, p[:k]...)
	}
	if len(s.tail) > 0 {
		for len(p) > 0 && !utf8.FullRune(s.tail) {
			s.tail, p = append(s.tail, p[0]), p[1:]
		}
		if !utf8.FullRune(s.tail) {
			return n, nil
		}
		s.count(s.tail)
		s.tail = s.tail[:0]
	}
	end := len(p)
	for i := 1; i < utf8.UTFMax && i <= len(p); i++ {
		if rest := p[len(p)-i:]; utf8.RuneStart(rest[0]) {
			if !utf8.FullRune(rest) {
				end -= i
			}
			break
		}
	}
	s.tail = append(s.tail, p[end:]...)
	s.count(p[:end])
	return n, nil
}

// count looks at whole characters. Valid text is looked through quickly once enough is known.
func (s *Sniffer) count(p []byte) {
	if s.multi >= enough && utf8.Valid(p) {
		return
	}
	for i := 0; i < len(p); {
		if p[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(p[i:])
		if r == utf8.RuneError && size == 1 {
			s.wrong++
		} else {
			s.multi++
		}
		i += size
	}
}

// Encoding gives the encoding of what has been written.
func (s *Sniffer) Encoding() Encoding {
	switch {
	case string(s.head) == bom:
		return UTF8BOM
	case s.wrong+len(s.tail) > s.multi/8:
		return Windows1252
	}
	return UTF8
}

// windows1252 holds the UTF-8 form of the bytes from 0x80. The five bytes without a character become the control
// characters of the same number, as browsers do.
var windows1252 = func() (t [128]string) {
	for i := range t {
		t[i] = string(charmap.Windows1252.DecodeByte(byte(0x80 + i)))
	}
	return t
}()

// mixed tells whether text that was read as Windows-1252 holds a letter that was written as UTF-8, as «Ã¸» for «ø»: Ã or Â
// with one of the 64 characters after it that UTF-8 goes on with, which no language that is written here has.
func mixed(p []byte) bool {
	for {
		i := bytes.IndexByte(p, 0xc3)
		if i < 0 || i+1 == len(p) {
			return false
		}
		lead := p[i+1]
		if p = p[i+2:]; lead != 0x83 && lead != 0x82 {
			continue
		}
		for _, c := range windows1252[:64] {
			if bytes.HasPrefix(p, []byte(c)) {
				return true
			}
		}
	}
}

// appendWindows1252 appends src to dst as UTF-8.
func appendWindows1252(dst, src []byte) []byte {
	for len(src) > 0 {
		i := 0
		for i < len(src) && src[i] < utf8.RuneSelf {
			i++
		}
		dst = append(dst, src[:i]...)
		if src = src[i:]; len(src) > 0 {
			dst, src = append(dst, windows1252[src[0]-0x80]...), src[1:]
		}
	}
	return dst
}
