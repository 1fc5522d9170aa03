package canary

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Value is a text that names a person.
type Value struct {
	Person int // whose
	Kind   string
	Text   string
}

// Hit is a value that was found.
type Hit struct {
	Value
	Form string // how it was written, from the outside in: "gzip/base64/utf-16"; "" for plain text
}

// Scanner finds values in bytes, in whatever form they lie there: plain, in any case; numbers with spaces, dashes, dots or
// strokes where people write them; and, in one another up to three deep, in UTF-16 and UTF-32 of either order, in base64
// of both alphabets, at any alignment and over line breaks, in hexadecimal at either alignment, with percent, quoted
// printable, JSON and HTML escapes, and in gzip, zlib and the entries of zip files wherever these begin.
//
// A Scanner may be used by several goroutines.
type Scanner struct {
	numbers map[[11]byte]Value
	words   map[string]Value
	lengths map[[4]byte][]int // of the words that begin so
	begins  [1 << 16]bool     // the first two bytes of a word
}

// New makes a scanner for values: eleven digits are a person number; anything else is a word of four bytes or more, and one
// of digits alone counts only where no further digit or letter stands beside it: digests are full of digits.
func New(values []Value) *Scanner {
	s := &Scanner{numbers: map[[11]byte]Value{}, words: map[string]Value{}, lengths: map[[4]byte][]int{}}
	for _, v := range values {
		if len(v.Text) == 11 && digits(v.Text) {
			s.numbers[[11]byte([]byte(v.Text))] = v
			continue
		}
		w := lower([]byte(v.Text))
		if len(w) < 4 {
			panic("canary: too short a word to be told from chance")
		}
		s.words[string(w)] = v
		key := [4]byte(w)
		if !slices.Contains(s.lengths[key], len(w)) {
			s.lengths[key] = append(s.lengths[key], len(w))
		}
		s.begins[binary.BigEndian.Uint16(w)] = true
	}
	return s
}

func digits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// lower writes the letters of ASCII, and those of Norwegian in UTF-8, small.
func lower(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		if 'A' <= c && c <= 'Z' || i > 0 && b[i-1] == 0xc3 && 0x80 <= c && c <= 0x9e && c != 0x97 {
			c += 0x20
		}
		out[i] = c
	}
	return out
}

const (
	deepest  = 3
	unpacked = 256 << 20 // of one compressed piece
)

// Scan gives each value that is found in b, once for each form.
func (s *Scanner) Scan(b []byte) []Hit {
	found := map[Hit]bool{}
	s.layer(b, "", 0, found)
	list := make([]Hit, 0, len(found))
	for h := range found {
		list = append(list, h)
	}
	slices.SortFunc(list, func(a, b Hit) int {
		if a.Person != b.Person {
			return a.Person - b.Person
		}
		return bytes.Compare([]byte(a.Kind+a.Form), []byte(b.Kind+b.Form))
	})
	return list
}

func (s *Scanner) layer(b []byte, form string, depth int, found map[Hit]bool) {
	s.plain(b, form, found)
	if depth == deepest {
		return
	}
	for _, x := range []struct {
		name string
		read func([]byte) [][]byte
	}{{"utf-16", wide}, {"base64", from64}, {"hex", fromHex}, {"escaped", escaped}, {"quoted", quoted}, {"packed", packed}} {
		name := x.name
		if form != "" {
			name = form + "/" + name
		}
		for _, inner := range x.read(b) {
			s.layer(inner, name, depth+1, found)
		}
	}
}

// plain finds what stands there as text.
func (s *Scanner) plain(b []byte, form string, found map[Hit]bool) {
	small := lower(b)
	for i := 0; i < len(small); i++ {
		c := small[i]
		if '0' <= c && c <= '9' {
			s.number(small[i:], form, found)
		}
		if i+4 > len(small) || !s.begins[binary.BigEndian.Uint16(small[i:])] {
			continue
		}
		for _, n := range s.lengths[[4]byte(small[i:i+4])] {
			if i+n > len(small) {
				continue
			}
			if v, is := s.words[string(small[i:i+n])]; is && (!digits(v.Text) || alone(small, i, i+n)) {
				found[Hit{v, form}] = true
			}
		}
	}
}

// alone tells whether a series of digits is no part of a longer one or of a word, but for the country's prefix.
func alone(b []byte, from, to int) bool {
	beside := func(i int) bool {
		return i >= 0 && i < len(b) && ('0' <= b[i] && b[i] <= '9' || 'a' <= b[i] && b[i] <= 'z')
	}
	if beside(to) {
		return false
	}
	if from >= 2 && b[from-2] == '4' && b[from-1] == '7' {
		from -= 2
		for from > 0 && b[from-1] == '0' {
			from--
		}
	}
	return !beside(from - 1)
}

// number finds a person number that begins b, within a longer series of digits too, or as people write it.
func (s *Scanner) number(b []byte, form string, found map[Hit]bool) {
	var d [11]byte
	n, between := 0, 0
	for i := 0; i < len(b); {
		c := b[i]
		if '0' <= c && c <= '9' {
			d[n], between = c, 0
			i++
			if n++; n == len(d) {
				if v, is := s.numbers[d]; is {
					found[Hit{v, form}] = true
				}
				return
			}
			continue
		}
		size := separator(b[i:])
		if between++; size == 0 || between > 3 || n != 2 && n != 4 && n != 6 && n != 9 {
			return
		}
		i += size
	}
}

// separator gives the length of what people write between the parts of a number, 0 for none.
func separator(b []byte) int {
	switch b[0] {
	case ' ', '-', '.', '/', '\t', '+', 0xa0: // +: a space of an address
		return 1
	}
	for _, long := range []string{"\u00a0", "\u2009", "\u202f", "\u2011", "\u2013", "&nbsp;"} {
		if bytes.HasPrefix(b, []byte(long)) {
			return len(long)
		}
	}
	return 0
}

// wide gives the series of characters that lie in two or four bytes each, of which all but one are zero.
func wide(b []byte) [][]byte {
	const least = 4
	var out []byte
	for _, size := range []int{2, 4} {
		zeros := make([]byte, size-1)
		for i := 0; i+size <= len(b); {
			from := i
			for i+size <= len(b) && b[i] != 0 && bytes.Equal(b[i+1:i+size], zeros) {
				i += size
			}
			if (i-from)/size < least {
				i = from + 1
				continue
			}
			for at := from; at < i; at += size {
				out = append(out, b[at])
			}
			if i < len(b) { // in the other order the zeros stand before a character: this is the last
				out = append(out, b[i])
			}
			out = append(out, '\n')
		}
	}
	return some([][]byte{out})
}

var in64, inHex [256]byte // 1 more than the value of a digit

func digitsOf(all string, values *[256]byte) bool {
	for i, c := range []byte(all) {
		values[c] = byte(i + 1)
	}
	return true
}

var _ = digitsOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", &in64) && digitsOf("0123456789abcdef", &inHex)

// from64 gives what long enough series of the digits of base64 come to, from each of the four places they can begin at.
func from64(b []byte) [][]byte {
	const least = 8
	table := in64
	table['-'], table['_'] = table['+'], table['/']
	var out [4][]byte
	var run []byte
	end := func() {
		if len(run) >= least {
			for skip := range out {
				part := run[skip:]
				part = part[:len(part)/4*4+[]int{0, 0, 2, 3}[len(part)%4]]
				was := len(out[skip])
				out[skip] = slices.Grow(out[skip], base64.RawStdEncoding.DecodedLen(len(part))+1)
				to := out[skip][was:cap(out[skip])]
				n, _ := base64.RawStdEncoding.Decode(to, part)
				out[skip] = append(out[skip][:was+n], '\n')
			}
		}
		run = run[:0]
	}
	const standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	for i, c := range b {
		switch {
		case table[c] > 0:
			run = append(run, standard[table[c]-1])
		case (c == '\n' || c == '\r') && len(run) > 0 && i+1 < len(b): // lines of a mail, a key, a sealed file
		default:
			end()
		}
	}
	end()
	return some(out[:])
}

// fromHex gives what long enough series of hexadecimal digits come to, from both places.
func fromHex(b []byte) [][]byte {
	const least = 8
	table := inHex
	for c := byte('A'); c <= 'F'; c++ {
		table[c] = table[c+0x20]
	}
	var out [2][]byte
	for i := 0; i < len(b); i++ {
		if table[b[i]] == 0 {
			continue
		}
		from := i
		for i < len(b) && table[b[i]] > 0 {
			i++
		}
		if i-from < least {
			continue
		}
		for skip := range out {
			part := b[from+skip : from+skip+(i-from-skip)/2*2]
			decoded := make([]byte, len(part)/2)
			hex.Decode(decoded, part)
			out[skip] = append(append(out[skip], decoded...), '\n')
		}
	}
	return some(out[:])
}

func some(list [][]byte) [][]byte {
	return slices.DeleteFunc(list, func(b []byte) bool { return len(b) == 0 })
}

// escaped undoes %41, \u0041, \x41, &#65; and &#x41;; quoted undoes =41.
func escaped(b []byte) [][]byte { return unescape(b, escape) }
func quoted(b []byte) [][]byte {
	one := func(b []byte) (rune, int) {
		if len(b) < 3 || b[0] != '=' {
			return 0, 0
		}
		return read(b, 1, 3, 16)
	}
	goesOn := 0 // how much of b was left where the series that goes on would have its next; a single one is no escape
	return unescape(b, func(b []byte) (rune, int) {
		r, size := one(b)
		if size == 0 || goesOn != len(b) && (len(b) < 9 || b[3] != '=' || b[6] != '=') {
			return 0, 0
		}
		goesOn = len(b) - size
		return r, size
	})
}

// unescape gives what stands around escapes, without these.
func unescape(b []byte, escape func([]byte) (rune, int)) [][]byte {
	const around = 1 << 10
	var out []byte
	done := 0
	for i := 0; i < len(b); {
		if !begins[b[i]] {
			i++
			continue
		}
		r, size := escape(b[i:])
		if size == 0 {
			i++
			continue
		}
		switch {
		case i-done <= 2*around:
			out = append(out, b[done:i]...)
		case done == 0:
			out = append(out, b[i-around:i]...)
		default:
			out = append(append(append(out, b[done:done+around]...), '\n'), b[i-around:i]...)
		}
		if r < 0x80 || b[i] == '%' || b[i] == '=' {
			out = append(out, byte(r))
		} else {
			out = append(out, string(r)...)
		}
		i += size
		done = i
	}
	if done == 0 {
		return nil
	}
	return [][]byte{append(out, b[done:min(len(b), done+around)]...)}
}

// begins are the bytes that an escape begins with.
var begins = [256]bool{'%': true, '=': true, '\\': true, '&': true}

func escape(b []byte) (r rune, size int) {
	switch {
	case b[0] == '%':
		return read(b, 1, 3, 16)
	case b[0] == '\\' && len(b) > 1 && strings.IndexByte(`\/"nrt`, b[1]) >= 0:
		return rune("\\/\"\n\r\t"[strings.IndexByte(`\/"nrt`, b[1])]), 2
	case b[0] == '\\' && len(b) > 1 && b[1] == 'u':
		return read(b, 2, 6, 16)
	case b[0] == '\\' && len(b) > 1 && b[1] == 'x':
		return read(b, 2, 4, 16)
	case b[0] == '&' && len(b) > 3 && b[1] == '#':
		end := bytes.IndexByte(b[:min(len(b), 10)], ';')
		if end < 0 {
			return 0, 0
		}
		base, from := 10, 2
		if b[2] == 'x' || b[2] == 'X' {
			base, from = 16, 3
		}
		if r, size = read(b, from, end, base); size > 0 {
			size++
		}
		return r, size
	}
	return 0, 0
}

// read reads the number between two places of b.
func read(b []byte, from, to, base int) (rune, int) {
	if to > len(b) {
		return 0, 0
	}
	n, err := strconv.ParseUint(string(b[from:to]), base, 21)
	if err != nil {
		return 0, 0
	}
	return rune(n), to
}

// packed unpacks what begins anywhere in b.
func packed(b []byte) (out [][]byte) {
	take := func(r io.Reader, err error) {
		if err != nil {
			return
		}
		text, _ := io.ReadAll(io.LimitReader(r, unpacked)) // what came before it broke off counts
		if len(text) > 0 {
			out = append(out, text)
		}
	}
	for i := 0; i+4 < len(b); i++ {
		switch {
		case b[i] == 0x1f && b[i+1] == 0x8b && b[i+2] == 8:
			take(gzip.NewReader(bytes.NewReader(b[i:])))
		case b[i] == 0x78 && (int(b[i])<<8|int(b[i+1]))%31 == 0:
			take(zlib.NewReader(bytes.NewReader(b[i:])))
		case b[i] == 'P' && bytes.HasPrefix(b[i:], []byte("PK\x03\x04")) && i+30 <= len(b) && b[i+8] == 8:
			if at := i + 30 + int(binary.LittleEndian.Uint16(b[i+26:])) + int(binary.LittleEndian.Uint16(b[i+28:])); at < len(b) {
				take(flate.NewReader(bytes.NewReader(b[at:])), nil)
			}
		}
	}
	return out
}
