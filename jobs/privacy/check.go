package privacy

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"samband/store"
)

// SelfCheck looks for identity among a row's health cells, before anything is made of them. What it finds, by these rules:
//
//   - The row's own number, and its phone of six digits or more: the digits in this order, with nothing but spaces,
//     dashes, dots, strokes and brackets between.
//   - A word of the row's own names, of four letters or more, as a whole word in any case, also with a genitive s. Two
//     words of the names beside each other are found however short. Of words that hyphens join a part counts when it
//     begins with a capital, unless all are capitals: «hals» in «Øre-nese-hals» is no name. Words that stand in name
//     fields without naming anybody (født, ukjent …) are left out.
//   - The row's own address: its words in this order, or the part up to the first comma when that has a number in it.
//     Its e-mail, in any case.
//   - Eleven digits that read as a person number, whoever's, anywhere in a text (store.ScanPersonNumbers).
//
// A postal code is not looked for: four digits are a year or a measurement more often. A cell that is one of the codes that
// the mapping itself lists is not looked into for names and addresses: the approval knows it, and nobody wrote it freely.
//
// One in a hundred series of eleven digits reads as a person number by chance (contracts/identifiers.md section 9).
// In a column that is technical or that only numbers are made of, a cell that is eleven digits and nothing else is
// therefore not judged alone, unless the number is the row's own: the share over the delivery decides, see Columns.
//
// A SelfCheck allocates nothing for ordinary rows. Not safe for several goroutines.
type SelfCheck struct {
	attrs []store.Attribute
	codes []*store.CodeField // by health column; nil for none
	loose []bool             // by health column: a lone number is only counted
	alone []int64            // by health column: cells of eleven digits
	reads []int64            // and how many of them read as person numbers

	// What the row's identity comes to, and what may begin a match.
	words     []string // of the names
	first     uint64
	addresses [][2]int // in street
	street    []string
	numbers   [][]byte // digits
	shortest  int      // of numbers
	emails    []string
	digits    []byte // what numbers point into
	run       []byte
	spans     []string
}

// NewSelfCheck makes a check of rows that s cuts. codes are the fields that the mapping translates; number names the
// fields that only numbers are made of.
func (s *Splitter) NewSelfCheck(codes []store.CodeField, number func(field string) bool) *SelfCheck {
	n := len(s.fields)
	c := &SelfCheck{attrs: s.attrs, codes: make([]*store.CodeField, n), loose: make([]bool, n),
		alone: make([]int64, n), reads: make([]int64, n)}
	for i, name := range s.fields {
		c.loose[i] = s.technical[i] || number(name)
		if at := slices.IndexFunc(codes, func(f store.CodeField) bool { return f.Field == name }); at >= 0 {
			c.codes[i] = &codes[at]
		}
	}
	return c
}

// Row looks at one row as Identity and Health give it. It gives the first health column that holds identity and the
// reason, store.RowIdentity or store.RowNumber; -1 and "" when none does.
func (c *SelfCheck) Row(identity, cells []string) (column int, reason string) {
	c.take(identity)
	for i, cell := range cells {
		if len(cell) < 4 {
			continue
		}
		if reason := c.cell(i, cell); reason != "" {
			return i, reason
		}
	}
	return -1, ""
}

// All gives every health column of a row that holds identity: what stays hidden when a person opens the row. A lone number
// that only the share over a delivery judges is not among them.
func (c *SelfCheck) All(identity, cells []string) (columns []int) {
	c.take(identity)
	for i, cell := range cells {
		if len(cell) >= 4 && c.cell(i, cell) != "" {
			columns = append(columns, i)
		}
	}
	return columns
}

// cell looks at one cell.
func (c *SelfCheck) cell(i int, cell string) string {
	s := survey(cell)
	if s.marks {
		cell = norm.NFC.String(cell)
	}
	if s.digits >= c.shortest && c.ownNumber(cell) {
		return store.RowIdentity
	}
	if s.letters && c.named(cell, s.at) && (c.codes[i] == nil || !c.codes[i].Lists(cell)) {
		return store.RowIdentity
	}
	if s.digits < 11 {
		return ""
	}
	found := store.ScanPersonNumbers(cell) > 0
	if c.loose[i] && s.digits == 11 && len(cell) == 11 {
		c.alone[i]++
		if found {
			c.reads[i]++
		}
		return ""
	}
	if found {
		return store.RowNumber
	}
	return ""
}

// named tells whether a name, an address or an e-mail of the row occurs.
func (c *SelfCheck) named(cell string, at bool) bool {
	if at {
		for _, e := range c.emails {
			if containsFold(cell, e) {
				return true
			}
		}
	}
	return c.first != 0 && c.holdsName(cell)
}

// Columns names the columns of lone numbers, by their place among Fields, that are person numbers after all: three or
// more read as one, and more than a fifth, where chance gives one in a hundred.
func (c *SelfCheck) Columns() []int {
	var list []int
	for i, n := range c.reads {
		if n >= 3 && n*5 > c.alone[i] {
			list = append(list, i)
		}
	}
	return list
}

// Merge adds what another check of the same delivery has counted.
func (c *SelfCheck) Merge(o *SelfCheck) {
	for i := range c.alone {
		c.alone[i] += o.alone[i]
		c.reads[i] += o.reads[i]
	}
}

// minDigits is how many digits a number of a person's must have to be looked for.
const minDigits = 6

// take prepares to look for a row's identity.
func (c *SelfCheck) take(identity []string) {
	c.words, c.street, c.numbers, c.emails = c.words[:0], c.street[:0], c.numbers[:0], c.emails[:0]
	c.addresses, c.digits, c.first, c.shortest = c.addresses[:0], c.digits[:0], 0, 11
	for i, v := range identity {
		if v == "" {
			continue
		}
		switch c.attrs[i] {
		case store.AttrGivenName, store.AttrFamilyName:
			c.takeName(composed(v))
		case store.AttrAddress:
			c.takeAddress(composed(v))
		case store.AttrNumber:
			c.takeNumber(v, false)
		case store.AttrPhone:
			for v != "" { // one or several
				at := strings.IndexAny(v, ",;/")
				if at < 0 {
					at = len(v)
				}
				c.takeNumber(v[:at], true)
				v = v[min(at+1, len(v)):]
			}
		case store.AttrEmail:
			if v = strings.TrimSpace(composed(v)); len(v) > 4 && strings.Contains(v, "@") {
				c.emails = append(c.emails, v)
			}
		}
	}
	for _, w := range c.words {
		c.first |= firstBit(w)
	}
	for _, a := range c.addresses {
		c.first |= firstBit(c.street[a[0]])
	}
}

// composed gives a text with letters and their marks in one, as most programs write them.
func composed(s string) string {
	if survey(s).marks {
		return norm.NFC.String(s)
	}
	return s
}

func (c *SelfCheck) takeName(v string) {
	for w, rest := nextWord(v); w != ""; w, rest = nextWord(rest) {
		if !says(w) {
			continue
		}
		c.words = append(c.words, w)
		for strings.IndexByte(w, '-') >= 0 { // and the parts that hyphens join
			var part string
			if part, w, _ = strings.Cut(w, "-"); part != "" {
				c.words = append(c.words, part)
			}
			if w != "" && strings.IndexByte(w, '-') < 0 {
				c.words = append(c.words, w)
			}
		}
	}
}

func (c *SelfCheck) takeAddress(v string) {
	take := func(v string, needsNumber bool) {
		from, number := len(c.street), false
		for w, rest := nextWord(v); w != ""; w, rest = nextWord(rest) {
			c.street = append(c.street, w)
			number = number || w[0] <= '9'
		}
		if len(c.street) == from || needsNumber && (!number || len(c.street)-from < 2) {
			c.street = c.street[:from]
			return
		}
		c.addresses = append(c.addresses, [2]int{from, len(c.street)})
	}
	if utf8.RuneCountInString(v) < 4 {
		return
	}
	take(v, false)
	if street, _, more := strings.Cut(v, ","); more {
		take(street, true)
	}
}

func (c *SelfCheck) takeNumber(v string, phone bool) {
	from := len(c.digits)
	for i := range len(v) {
		if v[i]-'0' <= 9 {
			c.digits = append(c.digits, v[i])
		}
	}
	d := c.digits[from:]
	if phone && len(d) > 8 { // written with or without the country's code
		if code := d[:len(d)-8]; string(code) == "47" || string(code) == "0047" {
			d = d[len(code):]
		}
	}
	if len(d) >= minDigits {
		c.numbers, c.shortest = append(c.numbers, d), min(c.shortest, len(d))
	}
}

// maxBetween is how many separators may stand between two digits of one number.
const maxBetween = 3

// ownNumber tells whether a number of the row's person stands in a cell, its digits beside each other or with separators
// between.
func (c *SelfCheck) ownNumber(cell string) bool {
	c.run = c.run[:0]
	between := 0
	for i := range len(cell) {
		b := cell[i]
		switch {
		case b-'0' <= 9:
			if between > maxBetween {
				if c.isOwn() {
					return true
				}
				c.run = c.run[:0]
			}
			c.run, between = append(c.run, b), 0
		case b < utf8.RuneSelf && strings.IndexByte(" .-/()\t\n\r", b) < 0:
			between = maxBetween + 1
		case b < utf8.RuneSelf || b >= 0xC0: // of a rune of several bytes the first counts: a space or a dash, mostly
			between++
		}
	}
	return c.isOwn()
}

// isOwn tells whether the digits of c.run hold a number of the row's person.
func (c *SelfCheck) isOwn() bool {
	return len(c.run) >= c.shortest && slices.ContainsFunc(c.numbers, func(n []byte) bool { return bytes.Contains(c.run, n) })
}
