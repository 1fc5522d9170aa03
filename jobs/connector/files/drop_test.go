package files

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/store"
	"samband/store/text"
)

var ctx = context.Background()

func none(string) (bool, error) { return false, nil }

// readAll gives the rows, broken ones as "!reason", and what ended them.
func readAll(d connector.Delivery) (rows []string, err error) {
	var b connector.Batch
	for {
		if err := d.Read(ctx, &b); err != nil {
			return rows, err
		}
		bad := b.Bad
		for i := range b.Rows() {
			if len(bad) > 0 && bad[0].Row == i {
				rows, bad = append(rows, "!"+string(bad[0].Reason)), bad[1:]
				continue
			}
			rows = append(rows, strings.Join(b.Row(i), "|"))
		}
	}
}

func (d *drop) next(done func(string) (bool, error)) connector.Delivery {
	d.t.Helper()
	x, err := d.source().Next(ctx, done)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { x.Close() })
	return x
}

// TestBadInput holds that each broken delivery ends with its own code, is still there afterwards, and that people are
// told about it in words.
func TestBadInput(t *testing.T) {
	const good = "a;b\n1;2\n"
	for _, c := range []struct {
		name string
		data string
		end  string
		rows int
		code store.Code
	}{
		{name: "no bytes", code: "delivery.no_bytes"},
		{name: "no bytes, packed", end: ".csv.gz", code: "delivery.no_bytes"},
		{name: "packed nothing", data: string(zip(nil)), end: ".csv.gz", code: "csv.empty"},
		{name: "not packed", data: good, end: ".csv.gz", code: "delivery.broken"},
		{name: "packed and cut", data: string(zip([]byte(good)))[:20], end: ".csv.gz", code: "delivery.broken"},
		{name: "packed, with something after", data: string(zip([]byte(good))) + "x", end: ".csv.gz", code: "delivery.broken"},
		{name: "packed bomb", data: string(zip(make([]byte, 40<<20))), end: ".csv.gz", code: "delivery.bomb"},
		{name: "only a byte order mark", data: "\ufeff", code: "csv.empty"},
		{name: "no header", data: "\n1;2\n", code: "csv.header_empty"},
		{name: "column without a name", data: "a;;c\n", code: "csv.header_unnamed"},
		{name: "column twice", data: "a;b;a\n", code: "csv.header_duplicate"},
		{name: "stray quote in the header", data: "a;\"b\n1;2\n", code: "csv.header_quote"},
		{name: "endless header", data: strings.Repeat("x", 2<<20), code: "csv.header_too_long"},
		{name: "no text", data: "a\x00b\n", code: "csv.not_text"},
		{name: "UTF-16", data: "\xff\xfea\x00\n\x00", code: "csv.utf16"},
		{name: "too few rows", data: good, rows: 2, code: "delivery.row_count"},
		{name: "too many rows", data: good, rows: 0, code: "delivery.row_count"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDrop(t)
			if c.end == "" {
				c.end = ".csv"
			}
			name := d.name(c.end)
			d.deliver(name, []byte(c.data), c.rows)
			x, err := d.source().Next(ctx, none)
			if err == nil {
				defer x.Close()
				_, err = readAll(x)
			}
			if store.CodeOf(err) != c.code {
				t.Fatalf("%v, want %s", err, c.code)
			}
			told(t, err)
			if !slices.Equal(d.left(), []string{name, name + controlEnd}) {
				t.Errorf("left %q", d.left())
			}
		})
	}
}

// told fails unless people are told of an error in three languages.
func told(t *testing.T, err error) {
	t.Helper()
	for _, lang := range []text.Lang{text.NB, text.NN, text.EN} {
		s := text.Error(lang, err)
		if s == text.T(lang, "error.internal") || strings.ContainsAny(s, "{⟨") {
			t.Errorf("%s: %q for %v", lang, s, err)
		}
	}
}

func TestControlFile(t *testing.T) {
	sum := strings.Repeat("0aB9", 16)
	for in, want := range map[string]int64{
		"rows=10\nsha256=" + sum:                              10,
		"sha256=" + sum + "\r\nrows = 0\r\n\r\nmade_by=x\r\n": 0,
		"\ufeffrows=7\nsha256= " + sum + " \n":                7,
		"":                                                    -1,
		"rows=10\n":                                           -1,
		"sha256=" + sum:                                       -1,
		"rows=-1\nsha256=" + sum:                              -1,
		"rows=1.5\nsha256=" + sum:                             -1,
		"rows=1\nrows=2\nsha256=" + sum:                       -1,
		"rows=1\nsha256=" + sum[1:]:                           -1,
		"rows=1\nsha256=" + sum + "00":                        -1,
		"rows=1\nsha256=" + sum[1:] + "g":                     -1,
		"rows=1\nsha256=" + sum + "\nsha256=1":                -1,
		strings.Repeat("x", 1<<20):                            -1,
		strings.Repeat("x=1\n", 4000) + "rows=1":              -1,
		"\xff\xfer\x00o\x00w\x00s\x00=\x001\x00":              -1,
	} {
		c, err := parseControl(strings.NewReader(in))
		if (err == nil) != (want >= 0) || err == nil && (c.rows != want || c.sha256 != strings.ToLower(sum)) {
			t.Errorf("%.60q gives %+v, %v", in, c, err)
		}
	}
	d := newDrop(t)
	name := d.name(".csv")
	d.deliver(name, []byte("a\n"), 0)
	d.write(name+controlEnd, []byte("rows=0\n"))
	_, err := d.source().Next(ctx, none)
	if store.CodeOf(err) != "delivery.control" {
		t.Error(err)
	}
	told(t, err)
}

// TestNames holds which files are deliveries, and in which order they are taken.
func TestNames(t *testing.T) {
	d := newDrop(t)
	for _, name := range []string{
		"episode_20260101_20260131_20260203T0315.csv",
		"episode_20260201_20260228_20260202T0315.csv.gz",
		"episode_20260101_20260131_20260202T031501.csv",
		"episode_20260101_20260131_20260202T0315.csv",
	} {
		d.deliver(name, []byte("a\n"), 0)
	}
	d.deliver("episodex_20260101_20260131_20260201T0315.csv", []byte("a\n"), 0)
	d.deliver("episode_20260101_20260131.csv", []byte("a\n"), 0)
	d.deliver("episode_20260101_20260131_20260202T0315.csv.tmp", []byte("a\n"), 0)
	d.deliver("episode_20260101_20260131_20260202T0316.txt", []byte("a\n"), 0)
	d.deliver(".episode_20260101_20260131_20260202T0317.csv", []byte("a\n"), 0)
	r, err := d.source().root()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	list, left, err := d.source().list(r)
	var names []string
	for _, c := range list {
		names = append(names, c.name)
	}
	want := []string{"episode_20260101_20260131_20260202T0315.csv", "episode_20260201_20260228_20260202T0315.csv.gz",
		"episode_20260101_20260131_20260202T031501.csv", "episode_20260101_20260131_20260203T0315.csv"}
	if err != nil || !slices.Equal(names, want) || len(left) > 0 {
		t.Errorf("%q, %q, %v", names, left, err)
	}
}

// TestLinks holds that nothing but regular files of the folder itself is read.
func TestLinks(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(outside, []byte("a;b\n1;2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDrop(t)
	d.deliver("inside.csv", []byte("a;b\n1;2\n"), 1)
	for i, make := range []func(path string) error{
		func(p string) error { return os.Symlink(outside, p) },
		func(p string) error { return os.Symlink("inside.csv", p) },
		func(p string) error { return os.Symlink("/proc/self/environ", p) },
		func(p string) error { return os.Mkdir(p, 0o700) },
		func(p string) error { return syscall.Mkfifo(p, 0o600) },
	} {
		name := d.name(".csv")
		d.deliver(name, []byte("a;b\n1;2\n"), 1)
		os.Remove(d.path(name))
		if err := make(d.path(name)); err != nil {
			t.Fatal(i, err)
		}
		name = d.name(".csv") // and the control file
		d.deliver(name, []byte("a;b\n1;2\n"), 1)
		os.Remove(d.path(name + controlEnd))
		if err := make(d.path(name + controlEnd)); err != nil {
			t.Fatal(i, err)
		}
	}
	if x, err := d.source().Next(ctx, none); !errors.Is(err, connector.ErrNothing) {
		t.Fatalf("%v, %v", x, err)
	}
	// Put in the place of a file after it was found.
	name := d.name(".csv")
	d.deliver(name, []byte("a;b\n1;2\n"), 1)
	r, err := d.source().root()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	found, err := r.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(d.path(name))
	if err := os.Symlink("inside.csv", d.path(name)); err != nil {
		t.Fatal(err)
	}
	if _, err := open(r, name, found); store.CodeOf(err) != "delivery.changed" {
		t.Error(err)
	}
	os.Remove(d.path(name))
	if err := syscall.Mkfifo(d.path(name), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := open(r, name, found); err == nil {
		t.Error("a pipe was opened")
	}
}

func TestFolder(t *testing.T) {
	d := newDrop(t)
	if err := d.source().Test(ctx); err != nil {
		t.Error(err)
	}
	if os.Getuid() != 0 { // nothing is read-only to root
		if err := os.Chmod(d.dir, 0o500); err != nil {
			t.Fatal(err)
		}
		if err := d.source().Test(ctx); store.CodeOf(err) != "files.read_only" {
			t.Error(err)
		}
	}
	d.s.Values["folder"] = filepath.Join(d.dir, "none")
	_, err := d.source().Next(ctx, none)
	for _, err := range []error{err, d.source().Test(ctx)} {
		if store.CodeOf(err) != "files.folder" {
			t.Error(err)
		}
		told(t, err)
	}
	for _, dataset := range []string{"a/b", "..", "a.*", "a_b", "æ", strings.Repeat("a", 62)} {
		d.s.Values["dataset"] = dataset
		_, err := Connector().OpenSource(d.s)
		if store.CodeOf(err) != "files.dataset" {
			t.Errorf("%q: %v", dataset, err)
		}
		told(t, err)
	}
}

// TestStillWritten holds that a file that grows while it is looked at is left in peace, and read when it is whole.
func TestStillWritten(t *testing.T) {
	d := newDrop(t)
	name, whole := d.name(".csv"), []byte("a;b\n1;2\n3;4\n")
	d.write(name, whole[:6])
	d.write(name+controlEnd, fmt.Appendf(nil, "rows=2\nsha256=%x\n", sha256.Sum256(whole)))
	s := d.source()
	s.settle = 300 * time.Millisecond
	written := make(chan bool)
	go func() {
		time.Sleep(50 * time.Millisecond)
		d.write(name, whole)
		close(written)
	}()
	_, err := s.Next(ctx, none)
	<-written
	if store.CodeOf(err) != "delivery.waiting" || !errors.Is(err, connector.ErrNothing) {
		t.Fatal(err)
	}
	told(t, err)
	rows, err := readAll(d.next(none))
	if err != io.EOF || !slices.Equal(rows, []string{"1|2", "3|4"}) {
		t.Error(rows, err)
	}
}

// TestWaitingHoldsNothingUp holds that a delivery that isn't complete does not keep a later one from being read.
func TestWaitingHoldsNothingUp(t *testing.T) {
	d := newDrop(t)
	d.write(d.name(".csv"), []byte("a\n1"))
	name := d.name(".csv")
	d.deliver(name, []byte("a\n2\n"), 1)
	if x := d.next(none); x.Info().Name != name {
		t.Error(x.Info())
	}
}

func TestNoControl(t *testing.T) {
	d := newDrop(t)
	d.s.Values["no_control"] = "true"
	name := d.name(".csv")
	d.write(name, []byte("a\n1\n"))
	now := d.s.Clock.Now()
	for age, ready := range map[time.Duration]bool{0: false, 30 * time.Second: false, 2 * time.Minute: true} {
		if err := os.Chtimes(d.path(name), now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
		x, err := d.source().Next(ctx, none)
		if (err == nil) != ready {
			t.Errorf("after %v: %v", age, err)
		}
		if err != nil {
			continue
		}
		if rows, err := readAll(x); err != io.EOF || len(rows) != 1 || x.Info().Stated != -1 {
			t.Error(rows, err, x.Info())
		}
		if err := x.Loaded(ctx); err != nil {
			t.Error(err)
		}
		x.Close()
		if len(d.left()) > 0 {
			t.Errorf("left %q", d.left())
		}
		d.write(name, []byte("a\n1\n"))
	}
}

// TestChangedWhileRead holds that a file changed between the look at it and the end of its rows is not taken for whole.
func TestChangedWhileRead(t *testing.T) {
	d := newDrop(t)
	name := d.name(".csv")
	data := []byte("a;b\n" + strings.Repeat("1;2\n", 200_000)) // more than what is read at once
	d.deliver(name, data, 200_000)
	x := d.next(none)
	data[len(data)-2] = '3'
	d.write(name, data) // the same file, other content
	_, err := readAll(x)
	if store.CodeOf(err) != "delivery.changed" {
		t.Error(err)
	}
	told(t, err)
}

// TestSameNameNewContent holds that a name means nothing: new content is a new delivery.
func TestSameNameNewContent(t *testing.T) {
	d := newDrop(t)
	name := d.name(".csv")
	first := d.deliver(name, []byte("a\n1\n"), 1)
	if err := d.next(none).Loaded(ctx); err != nil {
		t.Fatal(err)
	}
	d.deliver(name, []byte("a\n2\n"), 1)
	x := d.next(func(mark string) (bool, error) { return mark == first, nil })
	if rows, err := readAll(x); err != io.EOF || !slices.Equal(rows, []string{"2"}) {
		t.Error(rows, err)
	}
}

// TestContent holds what comes out of files that are right, or right but for a row.
func TestContent(t *testing.T) {
	for _, c := range []struct {
		name, data string
		values     map[string]string
		rows       []string
		enc        string
	}{
		{"header only", "a;b\n", nil, nil, "utf-8"},
		{"UTF-8", "a;b\næ;ø\n", nil, []string{"æ|ø"}, "utf-8"},
		{"byte order mark", "\ufeffa;b\næ;ø\n", nil, []string{"æ|ø"}, "utf-8-bom"},
		{"byte order mark, UTF-8 chosen", "\ufeffa;b\næ;ø\n", map[string]string{"encoding": "utf-8"}, []string{"æ|ø"}, "utf-8-bom"},
		{"Windows-1252", "a;b\n\xe6;\xf8\n", nil, []string{"æ|ø"}, "windows-1252"},
		{"Windows-1252 where UTF-8 is chosen", "a;b\n\xe6;\xf8\nå;1\n", map[string]string{"encoding": "utf-8"},
			[]string{"!row.encoding", "å|1"}, "utf-8"},
		{"comma", "a,b\n1,2\n", nil, []string{"1|2"}, "utf-8"},
		{"comma chosen", "a;b,c\n1;2,3\n", map[string]string{"delimiter": "comma"}, []string{"1;2|3"}, "utf-8"},
		{"broken rows", "a;b\n1;\"x\n3;4\n5\n" + strings.Repeat("y", 2<<20) + ";6\n7;\x00\n8;9\n", nil,
			[]string{"!row.quote", "3|4", "!row.fields", "!row.too_long", "!row.nul", "8|9"}, "utf-8"},
	} {
		for _, end := range []string{".csv", ".csv.gz"} {
			t.Run(c.name+end, func(t *testing.T) {
				d := newDrop(t)
				for k, v := range c.values {
					d.s.Values[k] = v
				}
				data := []byte(c.data)
				if end == ".csv.gz" {
					data = append(zip(data[:3]), zip(data[3:])...) // two members, as when a producer appends
				}
				sha := d.deliver(d.name(end), data, len(c.rows))
				x := d.next(none)
				want := store.Delivery{Name: "episode_20260101_20260131_20260202T0001" + end, SHA256: sha, Bytes: int64(len(data)),
					Encoding: c.enc, Stated: int64(len(c.rows))}
				if x.Info() != want {
					t.Errorf("info %+v, want %+v", x.Info(), want)
				}
				if rows, err := readAll(x); err != io.EOF || !slices.Equal(rows, c.rows) {
					t.Errorf("%q, %v", rows, err)
				}
				if x.Progress() != x.Size() {
					t.Errorf("%d of %d bytes read", x.Progress(), x.Size())
				}
			})
		}
	}
}

func TestOpenFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "any name.csv.gz")
	if err := os.WriteFile(path, zip([]byte("a;b\næ;2\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := OpenFile(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if rows, err := readAll(d); err != io.EOF || !slices.Equal(rows, []string{"æ|2"}) {
		t.Error(rows, err)
	}
	if i := d.Info(); i.Name != "any name.csv.gz" || i.Stated != -1 || len(i.SHA256) != 64 {
		t.Error(i)
	}
	if err := d.Loaded(ctx); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error("the person's own file is gone")
	}
	for _, bad := range []string{dir, filepath.Join(dir, "none.csv")} {
		_, err := OpenFile(ctx, bad)
		if store.CodeOf(err) != "files.input" || store.ClassOf(err) != store.Invalid {
			t.Error(err)
		}
		told(t, err)
	}
}
