package csv

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

	"samband/store"
)

// Limits that hold when Options leaves them zero, and what is kept of a row that is too long.
const (
	DefaultMaxRecord = 1 << 20
	DefaultBlockSize = 1 << 18
	keptOfTooLong    = 4 << 10
)

// Options say how a file is written. The zero value finds everything out.
type Options struct {
	// Encoding is known from a Sniffer or stated by a person. When it is empty the input must be an io.Seeker: it is
	// read twice, once to find the encoding.
	Encoding Encoding
	// Comma separates fields; 0 takes the one of `;`, `,` and tab that occurs most in the header.
	Comma byte
	// MaxRecord is the greatest length of a row in bytes of UTF-8; 0 means DefaultMaxRecord.
	MaxRecord int
	// BlockSize is how much is read at a time, in bytes; 0 means DefaultBlockSize.
	BlockSize int
	// AnyHeader takes a first line whose names are empty or stand twice, as tables made by people have.
	AnyHeader bool
}

// Rows is some consecutive rows. Cells and Raw point into Data (or into memory that Data had before it grew), so all
// of it is valid until the Rows are read into again.
type Rows struct {
	First int64    // position of the first row, counted from 1
	Width int      // cells per row
	Cells []string // row by row; those of a broken row are empty
	Bad   []Bad    // the broken rows, in order
	Data  []byte
}

// Bad is a row that could not be cut into cells.
type Bad struct {
	Row    int        // index within the Rows
	Reason store.Code // row.quote, row.fields, row.too_long, row.nul, row.encoding
	Args   store.Args
	Raw    []byte // the row as it came, in UTF-8; only the beginning when it is too long
}

// Reader cuts a file into rows. It is not safe for several goroutines.
type Reader struct {
	r      io.Reader
	enc    Encoding
	comma  byte
	max    int
	block  int
	header []string
	any    bool // names in the header may be empty or stand twice
	rows   int64
	rest   []byte // read but not cut
	raw    []byte // room for bytes in another encoding than UTF-8
	eof    bool   // r has no more
	skip   bool   // inside a line that is too long
	err    error  // what Read gives from now on
}

// NewReader reads the header. Its errors are Invalid, with a code csv.…, unless r fails.
func NewReader(r io.Reader, o Options) (*Reader, error) {
	x := &Reader{r: r, enc: o.Encoding, comma: o.Comma, max: o.MaxRecord, block: o.BlockSize, any: o.AnyHeader}
	if x.max == 0 {
		x.max = DefaultMaxRecord
	}
	if x.block == 0 {
		x.block = DefaultBlockSize
	}
	if x.enc == "" {
		s, ok := r.(io.Seeker)
		if !ok {
			return nil, errors.New("csv: the encoding of a stream must be given")
		}
		var err error
		if x.enc, err = sniff(r, s); err != nil {
			return nil, err
		}
	}
	if x.enc == Windows1252 {
		x.raw = make([]byte, 32<<10)
	}
	return x, x.readHeader()
}

func sniff(r io.Reader, s io.Seeker) (Encoding, error) {
	start, err := s.Seek(0, io.SeekCurrent)
	if err != nil {
		return "", err
	}
	var sn Sniffer
	if _, err := io.Copy(&sn, struct{ io.Reader }{r}); err != nil {
		return "", err
	}
	_, err = s.Seek(start, io.SeekStart)
	return sn.Encoding(), err
}

// Header gives the names of the columns.
func (r *Reader) Header() []string { return r.header }

// Encoding gives the encoding that is read.
func (r *Reader) Encoding() Encoding { return r.enc }

// Comma gives the delimiter that is read.
func (r *Reader) Comma() byte { return r.comma }

// Count gives the number of rows read so far, broken ones included.
func (r *Reader) Count() int64 { return r.rows }

// Read fills b with the next rows, at least one, reusing its memory. It gives io.EOF, and no rows, when there are no
// more. Any other error comes from the underlying reader.
func (r *Reader) Read(b *Rows) error {
	b.First, b.Width = r.rows+1, len(r.header)
	b.Cells, b.Bad, b.Data = b.Cells[:0], b.Bad[:0], b.Data[:0]
	want := r.block
	for len(b.Cells) == 0 {
		if r.err != nil {
			return r.err
		}
		want = max(want, 2*len(r.rest)) // a row that goes on: look further, so that it is cut at most log(n) times
		b.Data = append(b.Data[:0], r.rest...)
		b.Data, r.err = r.fill(b.Data, want)
		if r.err != nil {
			b.Data = b.Data[:0]
			return r.err
		}
		rest := r.cut(b)
		r.rest = append(r.rest[:0], rest...)
		if r.eof {
			r.err = io.EOF
		}
	}
	r.rows += int64(len(b.Cells) / b.Width)
	return nil
}

// fill reads until b has n bytes or the input ends.
func (r *Reader) fill(b []byte, n int) ([]byte, error) {
	for len(b) < n && !r.eof {
		start := len(b)
		var k int
		var err error
		if r.enc == Windows1252 {
			k, err = r.r.Read(r.raw[:min(len(r.raw), n-start)])
			b = appendWindows1252(b, r.raw[:k])
		} else {
			b = slices.Grow(b, n-start)
			k, err = r.r.Read(b[start:n])
			b = b[:start+k]
		}
		if r.eof = err == io.EOF; err != nil && !r.eof {
			return b, err
		}
		if r.skip {
			i := bytes.IndexByte(b[start:], '\n')
			if i < 0 {
				b = b[:start]
				continue
			}
			b, r.skip = append(b[:start], b[start+i+1:]...), false
		}
	}
	return b, nil
}

// cut appends the rows of b.Data to b.Cells and gives what belongs to a row that isn't complete.
func (r *Reader) cut(b *Rows) (rest []byte) {
	data, width := b.Data, len(r.header)
	nul := bytes.IndexByte(data, 0) >= 0
	lines := data
	if !r.eof { // the last character may be cut in two
		lines = data[:bytes.LastIndexByte(data, '\n')+1]
	}
	checked := r.enc == Windows1252 && !mixed(data) || r.enc != Windows1252 && utf8.Valid(lines)
	for p := 0; p < len(data); {
		end, next := len(data), len(data)
		if i := bytes.IndexByte(data[p:], '\n'); i >= 0 {
			end, next = p+i, p+i+1
		} else if !r.eof && len(data)-p <= r.max {
			return data[p:]
		}
		if end-p > r.max {
			r.bad(b, data[p:p+min(r.max, keptOfTooLong)], "row.too_long", store.Args{"limit": r.max})
			r.skip = next == end && !r.eof
			p = next
			continue
		}
		line := data[p:end]
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
		if len(line) == 0 {
			p = next
			continue
		}
		first, got := len(b.Cells), 0
		if bytes.IndexByte(line, '"') < 0 {
			got = b.plain(line, r.comma, width)
		} else {
			var after int
			var how outcome
			after, got, how = b.quoted(data, p, r.comma, width, r.eof)
			long := after-p > r.max && after > next
			if how == open && !r.eof && !long {
				b.Cells = b.Cells[:first]
				return data[p:]
			}
			if how != whole || long || after > next && got != width {
				b.Cells = b.Cells[:first]
				r.bad(b, line, "row.quote", nil)
				p = next
				continue
			}
			next = after
		}
		record := data[p:next]
		p = next
		switch {
		case got != width:
			b.Cells = b.Cells[:first]
			r.bad(b, trimEnd(record), "row.fields", store.Args{"fields": got, "columns": width})
		case nul && bytes.IndexByte(record, 0) >= 0:
			b.Cells = b.Cells[:first]
			r.bad(b, trimEnd(record), "row.nul", nil)
		case !checked && (r.enc == Windows1252 && mixed(record) || !utf8.Valid(record)):
			b.Cells = b.Cells[:first]
			r.bad(b, trimEnd(record), "row.encoding", nil)
		}
	}
	return nil
}

// bad appends a broken row, with empty cells.
func (r *Reader) bad(b *Rows, raw []byte, reason store.Code, args store.Args) {
	b.Bad = append(b.Bad, Bad{Row: len(b.Cells) / len(r.header), Reason: reason, Args: args, Raw: raw})
	for range r.header {
		b.Cells = append(b.Cells, "")
	}
}

func trimEnd(record []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(record, []byte{'\n'}), []byte{'\r'})
}

// text gives b as a string without copying. Blocks don't change while their Rows are in use.
func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// plain appends the cells of a line without quotes and gives the number of fields it has; it appends nothing useful
// when that isn't width.
func (b *Rows) plain(line []byte, comma byte, width int) int {
	first := len(b.Cells)
	b.Cells = slices.Grow(b.Cells, width)[:first+width]
	cells := b.Cells[first:]
	for c := range width - 1 {
		i := bytes.IndexByte(line, comma)
		if i < 0 {
			return c + 1
		}
		cells[c], line = text(line[:i]), line[i+1:]
	}
	cells[width-1] = text(line)
	return width + bytes.Count(line, []byte{comma})
}

type outcome uint8

const (
	whole  outcome = iota // a well-formed row
	open                  // well-formed as far as it goes
	broken                // not well-formed
)

// quoted appends the cells, at most width, of the row that starts at p. It gives where the row ends, or where looking
// stopped, and the number of fields seen.
func (b *Rows) quoted(data []byte, p int, comma byte, width int, eof bool) (end, fields int, how outcome) {
	for {
		var cell string
		if p < len(data) && data[p] == '"' {
			i := bytes.IndexByte(data[p+1:], '"')
			if i < 0 {
				return len(data), fields, open
			}
			start := p + 1
			p = start + i
			cell = text(data[start:p])
			if p++; p < len(data) && data[p] == '"' {
				if cell, p = b.unescape(data, start, p); p < 0 {
					return len(data), fields, open
				}
			}
			if p == len(data) && !eof || p == len(data)-1 && data[p] == '\r' && !eof {
				return len(data), fields, open
			}
			if p < len(data) && data[p] == '\r' && (p+1 == len(data) || data[p+1] == '\n') {
				p++
			}
		} else {
			start := p
			for p < len(data) && data[p] != comma && data[p] != '\n' && data[p] != '"' {
				p++
			}
			if p == len(data) && !eof {
				return p, fields, open
			}
			stop := p
			if (p == len(data) || data[p] == '\n') && p > start && data[p-1] == '\r' {
				stop--
			}
			cell = text(data[start:stop])
		}
		if fields++; fields <= width {
			b.Cells = append(b.Cells, cell)
		}
		switch {
		case p == len(data):
			return p, fields, whole
		case data[p] == '\n':
			return p + 1, fields, whole
		case data[p] != comma:
			return p, fields, broken
		}
		p++
	}
}

// unescape gives the text of a quoted field that starts at start and has its first doubled quote ending at p, and
// where it ends: after the closing quote, or -1 when there is none. The text is appended to b.Data.
func (b *Rows) unescape(data []byte, start, p int) (string, int) {
	from := len(b.Data)
	b.Data = append(b.Data, data[start:p]...)
	for {
		p++
		i := bytes.IndexByte(data[p:], '"')
		if i < 0 {
			return "", -1
		}
		b.Data = append(b.Data, data[p:p+i]...)
		if p += i + 1; p == len(data) || data[p] != '"' {
			return text(b.Data[from:]), p
		}
		b.Data = append(b.Data, '"')
	}
}

// readHeader reads the first line and finds the delimiter. Errors name columns by position, never by what stands
// there: in a file without a header it would be a person's data.
func (r *Reader) readHeader() error {
	var err error
	if r.rest, err = r.fill(r.rest, max(r.block, 4)); err != nil {
		return err
	}
	if err := r.begin(); err != nil {
		return err
	}
	for n := r.block; ; n *= 2 {
		if r.rest, err = r.fill(r.rest, n); err != nil {
			return err
		}
		if r.eof || len(r.rest) > r.max || headerEnd(r.rest) >= 0 {
			break
		}
	}
	end := headerEnd(r.rest)
	if end < 0 {
		end = len(r.rest) // all there is, or more than a header may be
	}
	line := r.rest[:end]
	switch i := bytes.IndexByte(line, '\n'); {
	case end > r.max && (i < 0 || i > r.max):
		return store.E(store.Invalid, "csv.header_too_long", store.Args{"limit": r.max})
	case end > r.max:
		return store.E(store.Invalid, "csv.header_quote", nil)
	case len(trimEnd(line)) == 0:
		return store.E(store.Invalid, "csv.header_empty", nil)
	case bytes.IndexByte(line, 0) >= 0 || !utf8.Valid(line) || !r.any && r.enc == Windows1252 && mixed(line):
		return store.E(store.Invalid, "csv.not_text", nil)
	case bareCR(trimEnd(line)):
		return store.E(store.Invalid, "csv.line_ends", nil)
	}
	if r.comma == 0 {
		r.comma = comma(line)
	}
	var b Rows
	b.Data = bytes.Clone(line)
	if _, _, how := b.quoted(b.Data, 0, r.comma, len(line)+1, true); how != whole {
		return store.E(store.Invalid, "csv.header_quote", nil)
	}
	at := map[string]int{}
	for i, name := range b.Cells {
		if r.any {
			r.header = append(r.header, strings.Clone(name))
			continue
		}
		if strings.TrimSpace(name) == "" {
			return store.E(store.Invalid, "csv.header_unnamed", store.Args{"column": i + 1})
		}
		if j, twice := at[name]; twice {
			return store.E(store.Invalid, "csv.header_duplicate", store.Args{"column": i + 1, "first": j + 1})
		}
		at[name] = i
		r.header = append(r.header, strings.Clone(name))
	}
	r.rest = append([]byte(nil), r.rest[end:]...)
	return nil
}

// begin looks at the first bytes of the file.
func (r *Reader) begin() error {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "ÿþ", "þÿ"} { // as they stand, and read as Windows-1252
		if strings.HasPrefix(string(r.rest[:min(4, len(r.rest))]), mark) {
			return store.E(store.Invalid, "csv.utf16", nil)
		}
	}
	if r.enc != Windows1252 {
		r.rest = bytes.TrimPrefix(r.rest, []byte(bom))
	}
	if len(r.rest) == 0 {
		return store.E(store.Invalid, "csv.empty", nil)
	}
	return nil
}

// headerEnd gives the end of the first line that isn't inside quotes, line end included, or -1.
func headerEnd(b []byte) int {
	in := false
	for i, c := range b {
		if c == '"' {
			in = !in
		} else if c == '\n' && !in {
			return i + 1
		}
	}
	return -1
}

// bareCR tells whether a line holds CR outside quotes: a header that does is of a file whose lines end with CR alone.
func bareCR(line []byte) bool {
	in := false
	for _, c := range line {
		if c == '"' {
			in = !in
		} else if c == '\r' && !in {
			return true
		}
	}
	return false
}

// comma gives the delimiter that occurs most outside quotes; `;` before `,` before tab when they are equal.
func comma(line []byte) byte {
	var n [256]int
	in := false
	for _, c := range line {
		if c == '"' {
			in = !in
		}
		if !in {
			n[c]++
		}
	}
	best := byte(';')
	for _, c := range []byte{',', '\t'} {
		if n[c] > n[best] {
			best = c
		}
	}
	return best
}
