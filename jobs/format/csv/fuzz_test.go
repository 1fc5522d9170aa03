package csv

import (
	stdcsv "encoding/csv"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRead holds that the reader never fails on a readable header, gives the same whatever pieces the bytes come in,
// and agrees with the standard library on what is well-formed and what it says.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"a;b\n1;2\n", "a;b\r\n\"1\";\"x\r\ny\"\r\n", "a;b\n1;\"x\n3;4\n5;\"y\"\n", "a\n\"\"\n\n1", "a;b\n\"\"\"\";\"\"\n", "a;b\n1;2;3\n1\n",
		"a;b\n1;5\" x\n", "a;b\n\"x\"y;2\n", "a;b\n\xe6;\x00\n", "\xef\xbb\xbfa;b\n1;2", "a;b\n1;\"" + strings.Repeat("x\n", 40) + "\"\n", "a;b\n1;2\r",
		"a;b\n;\";\";\n", "a;b\n1;\"2\"\r", "a;\"b\nc\"\n1;2\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		o := Options{Comma: ';', MaxRecord: 60}
		res, err := readAll(strings.NewReader(in), o)
		if err != nil {
			return
		}
		sameInPieces(t, in, o, res)
		if !utf8.ValidString(in) || strings.HasPrefix(in, bom) || strings.Contains(in, "\x00") {
			return
		}
		o.MaxRecord = 0
		if res, err = readAll(strings.NewReader(in), o); err != nil {
			return
		}
		std := stdcsv.NewReader(strings.NewReader(in))
		std.Comma = ';'
		want, err := std.ReadAll()
		if (err == nil) != (len(res.Bad) == 0) {
			t.Fatalf("%q: standard library %v, broken here %q", in, err, res.Bad)
		}
		if err != nil {
			return
		}
		got := append([][]string{res.Header}, res.Rows...)
		if !slices.EqualFunc(got, want, func(a, b []string) bool {
			for i := range a {
				a[i] = strings.ReplaceAll(a[i], "\r\n", "\n") // as the standard library does inside quotes
			}
			return slices.Equal(a, b)
		}) {
			t.Fatalf("%q read as\n%q, want\n%q", in, got, want)
		}
	})
}
