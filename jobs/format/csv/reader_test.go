package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"samband/store"
)

// result is all that a file gave, with copies of what Rows only lends.
type result struct {
	Header []string
	Rows   [][]string // nil for a broken row
	Bad    []string   // position reason raw
	Comma  byte
	Enc    Encoding
}

func readAll(in io.Reader, o Options) (*result, error) {
	r, err := NewReader(in, o)
	if err != nil {
		return nil, err
	}
	res := &result{Header: r.Header(), Comma: r.Comma(), Enc: r.Encoding()}
	var b Rows
	for {
		err := r.Read(&b)
		if err == io.EOF {
			if len(b.Cells) > 0 {
				return nil, errors.New("rows together with EOF")
			}
			if r.Count() != int64(len(res.Rows)) {
				return nil, fmt.Errorf("Count is %d of %d", r.Count(), len(res.Rows))
			}
			return res, nil
		}
		if err != nil {
			return nil, err
		}
		if b.First != int64(len(res.Rows)+1) || b.Width != len(res.Header) || len(b.Cells) == 0 || len(b.Cells)%b.Width != 0 {
			return nil, fmt.Errorf("rows from %d, %d wide, %d cells", b.First, b.Width, len(b.Cells))
		}
		bad := b.Bad
		for i := range len(b.Cells) / b.Width {
			cells := b.Cells[i*b.Width : (i+1)*b.Width]
			if len(bad) > 0 && bad[0].Row == i {
				if strings.Join(cells, "") != "" {
					return nil, errors.New("a broken row has cells")
				}
				res.Bad = append(res.Bad, fmt.Sprintf("%d %s %s", b.First+int64(i), bad[0].Reason, bad[0].Raw))
				res.Rows, bad = append(res.Rows, nil), bad[1:]
				continue
			}
			row := make([]string, b.Width)
			for c := range cells {
				row[c] = strings.Clone(cells[c])
			}
			res.Rows = append(res.Rows, row)
		}
		if len(bad) > 0 {
			return nil, errors.New("broken rows out of order")
		}
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, in string
		o        Options
		header   string   // joined by |
		rows     []string // cells joined by |, "!" for a broken row
		bad      []string
		enc      Encoding
	}{
		{name: "plain", in: "a;b\n1;2\n3;4\n", header: "a|b", rows: []string{"1|2", "3|4"}},
		{name: "no final line end", in: "a;b\n1;2", header: "a|b", rows: []string{"1|2"}},
		{name: "CRLF", in: "a;b\r\n1;2\r\n\"3\";4\r\n5;\"6\"\r\n", header: "a|b", rows: []string{"1|2", "3|4", "5|6"}},
		{name: "CR at the end of the file", in: "a;b\n1;\"2\"\r", header: "a|b", rows: []string{"1|2"}},
		{name: "header only", in: "a;b\n", header: "a|b"},
		{name: "comma", in: "a,b,c;d\n1,2,3\n", header: "a|b|c;d", rows: []string{"1|2|3"}},
		{name: "tab", in: "a\tb\tc,d\n1\t2\t3\n", header: "a|b|c,d", rows: []string{"1|2|3"}},
		{name: "delimiters inside quotes don't count", in: "\"a,,,\";b\n1;2\n", header: "a,,,|b", rows: []string{"1|2"}},
		{name: "delimiter stated", in: "a;b,c\n1;2,3\n", o: Options{Comma: ','}, header: "a;b|c", rows: []string{"1;2|3"}},
		{name: "one column", in: "a\n1\n\n2\n", header: "a", rows: []string{"1", "2"}},
		{name: "quoting", in: "a;b\n\"x;\"\"y\"\"\";\"l1\nl2\r\nl3\"\n\"\";\"\"\"\"\n", header: "a|b",
			rows: []string{"x;\"y\"|l1\nl2\r\nl3", "|\""}},
		{name: "nothing is trimmed", in: "a;b\n 1 ;\t2\n", header: "a|b", rows: []string{" 1 |\t2"}},
		{name: "empty lines", in: "a;b\n\n1;2\n\r\n3;4\n\n", header: "a|b", rows: []string{"1|2", "3|4"}},
		{name: "empty fields", in: "a;b;c\n;;\n", header: "a|b|c", rows: []string{"||"}},
		{name: "too few and too many", in: "a;b\n1\n1;2;3\n\"1\"\n\"1\";2;3\n4;5\n", header: "a|b",
			rows: []string{"!", "!", "!", "!", "4|5"},
			bad:  []string{"1 row.fields 1", "2 row.fields 1;2;3", "3 row.fields \"1\"", "4 row.fields \"1\";2;3"}},
		{name: "cut short", in: "a;b\n1;2\n3", header: "a|b", rows: []string{"1|2", "!"}, bad: []string{"2 row.fields 3"}},
		{name: "cut short inside quotes", in: "a;b\n1;2\n3;\"x\ny", header: "a|b", rows: []string{"1|2", "!", "!"},
			bad: []string{"2 row.quote 3;\"x", "3 row.fields y"}},
		{name: "quote inside a field", in: "a;b\n1;5\" nail\n3;4\n", header: "a|b", rows: []string{"!", "3|4"},
			bad: []string{"1 row.quote 1;5\" nail"}},
		{name: "stray opening quote", in: "a;b\n1;\"x\n3;4\n5;\"y\"\n7;\"\"\n", header: "a|b",
			rows: []string{"!", "3|4", "5|y", "7|"}, bad: []string{"1 row.quote 1;\"x"}},
		{name: "stray opening quote, no other", in: "a;b\n1;\"x\n3;4\n5;6\n", header: "a|b",
			rows: []string{"!", "3|4", "5|6"}, bad: []string{"1 row.quote 1;\"x"}},
		{name: "stray closing quote", in: "a;b\n\"x\"y;2\n3;4\n", header: "a|b", rows: []string{"!", "3|4"},
			bad: []string{"1 row.quote \"x\"y;2"}},
		{name: "wrong number over several lines", in: "a;b\n\"x\ny\";2;3\n3;4\n", header: "a|b",
			rows: []string{"!", "!", "3|4"}, bad: []string{"1 row.quote \"x", "2 row.quote y\";2;3"}},
		{name: "NUL", in: "a;b\n1;\x00\n3;4\n", header: "a|b", rows: []string{"!", "3|4"}, bad: []string{"1 row.nul 1;\x00"}},
		{name: "line too long", in: "a;b\n1;2\n" + strings.Repeat("x", 50) + ";2\n3;4\n", o: Options{MaxRecord: 20}, header: "a|b",
			rows: []string{"1|2", "!", "3|4"}, bad: []string{"2 row.too_long " + strings.Repeat("x", 20)}},
		{name: "exactly the limit", in: "a;b\n" + strings.Repeat("x", 18) + ";2\r\n", o: Options{MaxRecord: 21}, header: "a|b",
			rows: []string{strings.Repeat("x", 18) + "|2"}},
		{name: "row of lines too long", in: "a;b\n1;\"l\n" + strings.Repeat("1;2\n", 6) + "\"\n3;4\n", o: Options{MaxRecord: 20},
			header: "a|b", rows: []string{"!", "1|2", "1|2", "1|2", "1|2", "1|2", "1|2", "!", "3|4"},
			bad: []string{"1 row.quote 1;\"l", "8 row.quote \""}},
		{name: "last line too long", in: "a;b\n" + strings.Repeat("x", 50), o: Options{MaxRecord: 20}, header: "a|b",
			rows: []string{"!"}, bad: []string{"1 row.too_long " + strings.Repeat("x", 20)}},
		{name: "byte order mark", in: bom + "å;b\n1;ø\n", header: "å|b", rows: []string{"1|ø"}, enc: UTF8BOM},
		{name: "byte order mark before a quote", in: bom + "\"å\";b\n1;ø\n", header: "å|b", rows: []string{"1|ø"}, enc: UTF8BOM},
		{name: "Windows-1252", in: "a;b\n1;\xe6\xf8\xe5\x80\n", header: "a|b", rows: []string{"1|æøå€"}, enc: Windows1252},
		{name: "Windows-1252 broken row", in: "a;b\n\xe6\n", header: "a|b", rows: []string{"!"}, enc: Windows1252,
			bad: []string{"1 row.fields æ"}},
		{name: "one byte late in the file decides for all of it",
			in:     "a;b\nÅ;2\n" + strings.Repeat("1;2\n", 1000) + "\xe5;2\n",
			header: "a|b", rows: append(append([]string{"!"}, slices.Repeat([]string{"1|2"}, 1000)...), "å|2"), enc: Windows1252,
			bad: []string{"1 row.encoding Ã…;2"}},
		{name: "few letters in UTF-8 among Windows-1252", in: "a;b\nSm\xf8la;1\nTroms\xc3\xb8;2\n\"B\xc5\";3\nGR\xc5\xbb \xc3;4\n20 \xc2\xb0C;5\n",
			header: "a|b", rows: []string{"Smøla|1", "!", "BÅ|3", "GRÅ» Ã|4", "!"}, enc: Windows1252,
			bad: []string{"2 row.encoding TromsÃ¸;2", "5 row.encoding 20 Â°C;5"}},
		{name: "UTF-8 stated", in: "a;b\næ;1\n\xe6;2\nø;3\n", o: Options{Encoding: UTF8}, header: "a|b",
			rows: []string{"æ|1", "!", "ø|3"}, bad: []string{"2 row.encoding \xe6;2"}},
		{name: "UTF-8 stated, last character cut", in: "a;b\n1;\xc3", o: Options{Encoding: UTF8}, header: "a|b",
			rows: []string{"!"}, bad: []string{"1 row.encoding 1;\xc3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, err := readAll(strings.NewReader(c.in), c.o)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(res.Header, "|"); got != c.header {
				t.Errorf("header %q, want %q", got, c.header)
			}
			var rows []string
			for _, r := range res.Rows {
				if r == nil {
					rows = append(rows, "!")
				} else {
					rows = append(rows, strings.Join(r, "|"))
				}
			}
			if !slices.Equal(rows, c.rows) {
				t.Errorf("rows\n%q, want\n%q", rows, c.rows)
			}
			if !slices.Equal(res.Bad, c.bad) {
				t.Errorf("bad\n%q, want\n%q", res.Bad, c.bad)
			}
			if want := c.enc; want != "" && res.Enc != want {
				t.Errorf("encoding %s, want %s", res.Enc, want)
			}
			sameInPieces(t, c.in, c.o, res)
		})
	}
}

// sameInPieces holds that the outcome doesn't depend on how the bytes arrive.
func sameInPieces(t interface {
	Helper()
	Fatalf(string, ...any)
}, in string, o Options, want *result) {
	t.Helper()
	o.Encoding = want.Enc
	for _, size := range []int{1, 7, 64} {
		o.BlockSize = size
		got, err := readAll(iotest.OneByteReader(strings.NewReader(in)), o)
		if err != nil {
			t.Fatalf("block size %d: %v", size, err)
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Fatalf("block size %d:\n%q, want\n%q", size, got, want)
		}
	}
}

func TestHeaderErrors(t *testing.T) {
	for _, c := range []struct {
		name, in string
		code     store.Code
	}{
		{"no bytes", "", "csv.empty"},
		{"only a byte order mark", bom, "csv.empty"},
		{"empty first line", "\na;b\n", "csv.header_empty"},
		{"name missing", "a;;b\n", "csv.header_unnamed"},
		{"name of spaces", "a; \n", "csv.header_unnamed"},
		{"name twice", "a;b;a\n", "csv.header_duplicate"},
		{"stray quote", "a;\"b\n1;2\n", "csv.header_quote"},
		{"stray quote far from the next", "a;\"b\n" + strings.Repeat("1;2\n", 100) + "\"\n", "csv.header_quote"},
		{"quote inside a name", "a;b\"c\n1;2\n", "csv.header_quote"},
		{"too long", strings.Repeat("x", 101) + "\n", "csv.header_too_long"},
		{"NUL", "a;\x00\n", "csv.not_text"},
		{"UTF-16", "\xff\xfea\x00;\x00b\x00\n\x00", "csv.utf16"},
		{"UTF-16, other order", "\xfe\xff\x00a\x00;\x00b", "csv.utf16"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, block := range []int{0, 5} {
				_, err := NewReader(strings.NewReader(c.in), Options{MaxRecord: 100, BlockSize: block})
				if store.CodeOf(err) != c.code || store.ClassOf(err) != store.Invalid {
					t.Errorf("%v, want %s", err, c.code)
				}
			}
		})
	}
	_, err := NewReader(strings.NewReader("a;b\xe6\n"), Options{Encoding: UTF8})
	if store.CodeOf(err) != "csv.not_text" {
		t.Error(err)
	}
}

func TestReadErrors(t *testing.T) {
	if _, err := NewReader(iotest.OneByteReader(strings.NewReader("a\n")), Options{}); err == nil {
		t.Error("a stream without a known encoding was read")
	}
	broken := io.ErrUnexpectedEOF // what a cut gzip stream gives: no end of file
	in := io.MultiReader(strings.NewReader("a;b\n1;2\n3;"), iotest.ErrReader(broken))
	r, err := NewReader(in, Options{Encoding: UTF8, BlockSize: 8})
	if err != nil {
		t.Fatal(err)
	}
	var b Rows
	for range 3 { // the error stays
		if err = r.Read(&b); err != nil && (!errors.Is(err, broken) || len(b.Cells) > 0) {
			t.Fatal(err, b.Cells)
		}
	}
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}

// A cell of 10 MB, with or without line ends, is never held in memory.
func TestHugeCell(t *testing.T) {
	for piece, want := range map[string]store.Code{"xxxxxxxx": "row.too_long", "xxxxxxx\n": "row.quote"} {
		t.Run(string(want), func(t *testing.T) {
			in := io.MultiReader(strings.NewReader("a;b\n1;2\n3;\""),
				io.LimitReader(repeat(piece), 10<<20), strings.NewReader("\"\n5;6\n"))
			r, err := NewReader(in, Options{Encoding: UTF8})
			if err != nil {
				t.Fatal(err)
			}
			var b Rows
			var last []string
			var reason store.Code
			for {
				if err := r.Read(&b); err == io.EOF {
					break
				} else if err != nil {
					t.Fatal(err)
				}
				if held := cap(b.Data) + cap(r.rest); held > 6*DefaultMaxRecord {
					t.Fatalf("%d bytes held", held)
				}
				for _, bad := range b.Bad {
					if b.First+int64(bad.Row) == 2 {
						reason = bad.Reason
					}
					if len(bad.Raw) > keptOfTooLong {
						t.Fatalf("%d bytes kept", len(bad.Raw))
					}
				}
				last = []string{strings.Clone(b.Cells[len(b.Cells)-2]), strings.Clone(b.Cells[len(b.Cells)-1])}
			}
			if reason != want || !slices.Equal(last, []string{"5", "6"}) {
				t.Errorf("held back with %q, the row after it is %q", reason, last)
			}
		})
	}
}

type repeat string

func (s repeat) Read(p []byte) (int, error) {
	n := 0
	for n+len(s) <= len(p) {
		n += copy(p[n:], s)
	}
	if n == 0 {
		return copy(p, s[:len(p)]), nil // a remainder: all pieces end alike, so where it is cut doesn't matter
	}
	return n, nil
}

// A file of one open quote after the other takes time in proportion to its size.
func TestManyStrayQuotes(t *testing.T) {
	for _, line := range []string{"1;\"x\n", "\";\"\n", "\"\"\";\"\n", "1;\"\"\"\n"} {
		in := "a;b\n" + strings.Repeat(line, 200_000)
		res, err := readAll(strings.NewReader(in), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Rows) == 0 {
			t.Errorf("%q: nothing read", line)
		}
	}
}

// A stray byte in a UTF-8 file breaks its row and spoils no other.
func TestSnifferStrayByte(t *testing.T) {
	rows := strings.Repeat("grønn\n", 3000)
	for name, c := range map[string]struct {
		text string
		want Encoding
	}{
		"one stray byte last":        {"a\n" + rows + "r\xffd\n", UTF8},
		"a cut character at the end": {"a\n" + rows + "gr\xc3", UTF8},
		"Windows-1252":               {"a\n" + strings.Repeat("gr\xf8nn\n", 3000), Windows1252},
		"half and half":              {"a\n" + rows + strings.Repeat("gr\xf8nn\n", 3000), Windows1252},
		"a single letter":            {"a\ngr\xf8nn\n", Windows1252},
	} {
		var s Sniffer
		for chunk := range slices.Chunk([]byte(c.text), 7) {
			s.Write(chunk)
		}
		if got := s.Encoding(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestSniffer(t *testing.T) {
	for in, want := range map[string]Encoding{
		"": UTF8, "abc": UTF8, "æøå€😀": UTF8, bom: UTF8BOM, bom + "a": UTF8BOM, bom + "\xe6": UTF8BOM, "\xef\xbb": Windows1252,
		"a\xe6": Windows1252, "a\xe6b": Windows1252, "\xf0\x9f\x98": Windows1252, "\xed\xa0\x80": Windows1252, "\xc0\xaf": Windows1252,
	} {
		for size := 1; size <= 5; size++ {
			var s Sniffer
			for p := range slices.Chunk([]byte(in), size) {
				s.Write(p)
			}
			if got := s.Encoding(); got != want {
				t.Errorf("%q in pieces of %d: %s, want %s", in, size, got, want)
			}
		}
	}
}

// cell draws the text of a field; lines tells whether it may hold line ends.
func cell(lines bool) *rapid.Generator[string] {
	runes := []rune("ab1;,\" \tæå€=-'")
	if lines {
		runes = append(runes, '\n', '\r')
	}
	return rapid.StringOf(rapid.SampledFrom(runes))
}

func table(t *rapid.T, lines bool) [][]string {
	width := rapid.IntRange(1, 5).Draw(t, "width")
	rows := rapid.SliceOfN(rapid.SliceOfN(cell(lines), width, width), 0, 20).Draw(t, "rows")
	header := make([]string, width)
	for i := range header {
		header[i] = fmt.Sprintf("%s%d", cell(lines).Draw(t, "name"), i)
	}
	return append([][]string{header}, rows...)
}

func write(rows [][]string, f Format) []byte {
	var b bytes.Buffer
	w := NewWriter(&b, f)
	for _, r := range rows {
		w.Row(r...)
	}
	w.Flush()
	return b.Bytes()
}

func TestWriteThenRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := table(t, true)
		f := Format{Comma: rapid.SampledFrom([]byte(";,\t")).Draw(t, "comma"), CRLF: rapid.Bool().Draw(t, "crlf")}
		in := string(write(rows, f))
		res, err := readAll(strings.NewReader(in), Options{Comma: f.Comma})
		if err != nil {
			t.Fatalf("%q: %v", in, err)
		}
		got := append([][]string{res.Header}, res.Rows...)
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", rows) {
			t.Fatalf("%q read as\n%q, want\n%q", in, got, rows)
		}
		sameInPieces(t, in, Options{Comma: f.Comma}, res)
	})
}

// One quote too many anywhere in a row without line ends in its fields costs that row and no other.
func TestOneStrayQuote(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := table(t, false)
		if len(rows) < 2 {
			return
		}
		n := rapid.IntRange(1, len(rows)-1).Draw(t, "row")
		line := write(rows[n:n+1], Format{})
		at := rapid.IntRange(0, len(line)-1).Draw(t, "at")
		in := string(write(rows[:n], Format{})) + string(line[:at]) + `"` + string(line[at:]) + string(write(rows[n+1:], Format{}))
		res, err := readAll(strings.NewReader(in), Options{Comma: ';', Encoding: UTF8})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Bad) != 1 || res.Rows[n-1] != nil {
			t.Fatalf("%q: bad %q", in, res.Bad)
		}
		rows[n] = nil
		if fmt.Sprintf("%q", res.Rows) != fmt.Sprintf("%q", rows[1:]) {
			t.Fatalf("%q read as\n%q, want\n%q", in, res.Rows, rows[1:])
		}
	})
}

// A large file from disk, with the encoding found in a first pass, gives the same in small blocks.
func TestFile(t *testing.T) {
	data := extract(20_000)
	want, err := readAll(bytes.NewReader(data), Options{})
	if err != nil || len(want.Rows) != 20_000 || len(want.Bad) > 0 {
		t.Fatal(err, len(want.Rows), want.Bad)
	}
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.Write(data)
	f.Seek(0, io.SeekStart)
	got, err := readAll(f, Options{BlockSize: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for i := range want.Rows {
		if !slices.Equal(got.Rows[i], want.Rows[i]) {
			t.Fatalf("row %d: %q, want %q", i+1, got.Rows[i], want.Rows[i])
		}
	}
}
