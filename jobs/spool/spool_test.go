package spool_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/jobs/connector"
	"samband/jobs/connector/httpx/httpxtest"
	"samband/jobs/spool"
	"samband/store"
)

var key = bytes.Repeat([]byte{7}, 32)

// options gives those of a test, with slices of a few pages.
func options(dir string) spool.Options {
	return spool.Options{Dir: filepath.Join(dir, "spool", "run"), SealDir: filepath.Join(dir, "sealed"), Key: key, Name: "uttrekk",
		Slice: 4 << 10}
}

// rows reads a delivery to its end.
func rows(t testing.TB, d connector.Delivery) [][]string {
	t.Helper()
	var out [][]string
	var b connector.Batch
	for {
		err := d.Read(context.Background(), &b)
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if b.First != int64(len(out)+1) || b.Rows() == 0 {
			t.Fatalf("batch of %d rows from %d after %d", b.Rows(), b.First, len(out))
		}
		for i := range b.Rows() {
			out = append(out, slices.Clone(b.Row(i)))
		}
	}
}

// holds fails unless a delivery has just the rows 0 to n.
func holds(t testing.TB, d connector.Delivery, n int) {
	t.Helper()
	got := rows(t, d)
	if len(got) != n {
		t.Fatalf("%d rows, want %d", len(got), n)
	}
	for i, row := range got {
		if !slices.Equal(row, httpxtest.Row(i)) {
			t.Fatalf("row %d is %q", i, row)
		}
	}
}

func TestExtract(t *testing.T) {
	s := httpxtest.New(t, 40, 50)
	o := options(t.TempDir())
	d, err := spool.Extract(t.Context(), s.Pager(t), o)
	if err != nil {
		t.Fatal(err)
	}
	mark := d.Info()
	if mark.Stated != 2000 || mark.SHA256 == "" || d.Size() != mark.Bytes {
		t.Errorf("%+v", mark)
	}
	holds(t, d, 2000)
	if d.Progress() != d.Size() {
		t.Errorf("%d of %d bytes at the end", d.Progress(), d.Size())
	}
	d.Close()
	asked := s.Asked()
	d, err = spool.Extract(t.Context(), s.Pager(t), o) // an attempt after the extract was whole
	if err != nil {
		t.Fatal(err)
	}
	if s.Asked() != asked || d.Info() != mark {
		t.Errorf("asked %d times more, %+v", s.Asked()-asked, d.Info())
	}
	sealed(t, filepath.Dir(filepath.Dir(o.Dir)))
	for range 2 {
		if err := d.Loaded(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(o.Dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("the slices are still there")
	}
	again, err := spool.OpenSealed(t.Context(), o, mark.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if again.Info() != mark {
		t.Errorf("%+v, want %+v", again.Info(), mark)
	}
	holds(t, again, 2000)
	sealed(t, filepath.Dir(filepath.Dir(o.Dir)))
	for _, sha := range []string{strings.Repeat("0", 64), "../x"} {
		if _, err := spool.OpenSealed(t.Context(), o, sha); store.ClassOf(err) != store.NotFound {
			t.Errorf("%s: %v", sha, err)
		}
	}
	o.Key = bytes.Repeat([]byte{8}, 32)
	if _, err := spool.OpenSealed(t.Context(), o, mark.SHA256); store.CodeOf(err) != "delivery.key" {
		t.Errorf("another key: %v", err)
	}
}

// sealed holds that nothing in a folder shows a row.
func sealed(t testing.TB, dir string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		n++
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(httpxtest.Canary)) || bytes.Contains(b, []byte("Kanarifugl")) || bytes.Contains(b, []byte("fnr")) {
			t.Errorf("%s is in clear", path)
		}
		return err
	})
	if err != nil || n == 0 {
		t.Errorf("%d files, %v", n, err)
	}
}

// TestSourceFaults holds that a fault in the middle gives no delivery, and that the next attempt goes on from the last
// whole slice and gives each row once.
func TestSourceFaults(t *testing.T) {
	const pages, per, from = 40, 50, 25
	for _, c := range []struct {
		fault httpxtest.Fault
		code  store.Code
		whole bool // trying again helps
	}{
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 401, Page: from}, "http.denied", true},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 503, After: "1", Page: from}, "http.status", true},
		{httpxtest.Fault{Kind: httpxtest.Hang, Page: from}, "http.timeout", true},
		{httpxtest.Fault{Kind: httpxtest.Cut, Percent: 50, Page: from}, "http.cut", true},
		{httpxtest.Fault{Kind: httpxtest.HTML, Page: from}, "http.content_type", true},
		{httpxtest.Fault{Kind: httpxtest.SameCursor, Page: from}, "pages.loop", false},
		{httpxtest.Fault{Kind: httpxtest.Back, Page: from}, "pages.loop", false},
		{httpxtest.Fault{Kind: httpxtest.SameRows, Page: from}, "pages.loop", false},
	} {
		t.Run(fmt.Sprint(c.fault), func(t *testing.T) {
			s := httpxtest.New(t, pages, per)
			o := options(t.TempDir())
			s.Ail(c.fault)
			d, err := spool.Extract(t.Context(), s.Pager(t), o)
			if d != nil || store.CodeOf(err) != c.code {
				t.Fatalf("%v, %v, want %s", d, err, c.code)
			}
			s.Ail(httpxtest.Fault{})
			before := s.Asked()
			d, err = spool.Extract(t.Context(), s.Pager(t), o)
			if err != nil {
				t.Fatal(err)
			}
			holds(t, d, pages*per)
			if asked := s.Asked() - before; asked > pages-from+5 {
				t.Errorf("%d pages read again", asked)
			}
		})
	}
}

// TestLoopsAreKnownAfterAStop holds that pages that came before a stop are known after it.
func TestLoopsAreKnownAfterAStop(t *testing.T) {
	s := httpxtest.New(t, 40, 50)
	o := options(t.TempDir())
	s.Ail(httpxtest.Fault{Kind: httpxtest.Status, Status: 500, Page: 30})
	if _, err := spool.Extract(t.Context(), s.Pager(t), o); err == nil {
		t.Fatal("no error")
	}
	s.Ail(httpxtest.Fault{Kind: httpxtest.Back, Page: 30})
	if _, err := spool.Extract(t.Context(), s.Pager(t), o); store.CodeOf(err) != "pages.loop" {
		t.Error(err)
	}
}

// TestOverlap holds that pages that overlap are kept as they came: which of two versions holds is the mapping's to say.
func TestOverlap(t *testing.T) {
	s := httpxtest.New(t, 10, 50)
	s.Ail(httpxtest.Fault{Kind: httpxtest.Overlap})
	d, err := spool.Extract(t.Context(), s.Pager(t), options(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(rows(t, d)); n != 10*50+9 {
		t.Errorf("%d rows", n)
	}
}

// TestDamage holds that a slice that was changed, cut or taken away is read again from the source, with all after it.
func TestDamage(t *testing.T) {
	s := httpxtest.New(t, 40, 50)
	whole := options(t.TempDir())
	d, err := spool.Extract(t.Context(), s.Pager(t), whole)
	if err != nil {
		t.Fatal(err)
	}
	want := d.Info()
	list, _ := filepath.Glob(filepath.Join(whole.Dir, "*.slice"))
	if len(list) < 5 {
		t.Fatalf("%d slices", len(list))
	}
	rapid.Check(t, func(rt *rapid.T) {
		path := rapid.SampledFrom(list).Draw(rt, "slice")
		b, err := os.ReadFile(path)
		if err != nil {
			rt.Fatal(err)
		}
		switch rapid.SampledFrom([]string{"flip", "cut", "gone", "swap"}).Draw(rt, "damage") {
		case "flip":
			b[rapid.IntRange(0, len(b)-1).Draw(rt, "at")] ^= 1
			os.WriteFile(path, b, 0o600)
		case "cut":
			os.WriteFile(path, b[:rapid.IntRange(0, len(b)-1).Draw(rt, "at")], 0o600)
		case "gone":
			os.Remove(path)
		case "swap":
			other, _ := os.ReadFile(rapid.SampledFrom(list).Draw(rt, "other"))
			os.WriteFile(path, other, 0o600)
		}
		d, err := spool.Extract(t.Context(), s.Pager(t), whole)
		if err != nil {
			rt.Fatal(err)
		}
		if d.Info() != want {
			rt.Fatalf("%+v, want %+v", d.Info(), want)
		}
	})
}

// TestKill kills the extracting process again and again, wherever it is, and holds that in the end each row is there once.
func TestKill(t *testing.T) {
	if dir := os.Getenv("SPOOL_TEST_DIR"); dir != "" {
		o := options(dir)
		p := httpxtest.Remote(t, os.Getenv("SPOOL_TEST_URL"), os.Getenv("SPOOL_TEST_CA"))
		if _, err := spool.Extract(t.Context(), p, o); err != nil {
			t.Fatal(err)
		}
		return
	}
	const pages, per = 60, 50
	s := httpxtest.New(t, pages, per)
	dir := t.TempDir()
	kills := 0
	for wait := 30 * time.Millisecond; ; wait += 15 * time.Millisecond {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKill$")
		cmd.Env = append(os.Environ(), "SPOOL_TEST_DIR="+dir, "SPOOL_TEST_URL="+s.URL, "SPOOL_TEST_CA="+s.CA())
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		late := time.AfterFunc(wait, func() { cmd.Process.Kill() })
		err := cmd.Wait()
		late.Stop()
		if err == nil {
			break
		}
		if kills++; kills > 500 {
			t.Fatal("comes no further")
		}
	}
	asked := s.Asked()
	d, err := spool.Extract(t.Context(), s.Pager(t), options(dir))
	if err != nil {
		t.Fatal(err)
	}
	holds(t, d, pages*per)
	if s.Asked() != asked {
		t.Error("the extract was not whole")
	}
	t.Logf("%d kills, %d requests for %d pages", kills, asked, pages)
}

// TestMemory holds that memory doesn't grow with the extract.
func TestMemory(t *testing.T) {
	o := options(t.TempDir())
	o.Slice = 1 << 20
	p := &endless{pages: 300, per: 1000}
	d, err := spool.Extract(t.Context(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	if d.Size() < 40<<20 {
		t.Fatalf("%d bytes are too few to tell", d.Size())
	}
	var b connector.Batch
	n := 0
	for err = d.Read(t.Context(), &b); err == nil; err = d.Read(t.Context(), &b) {
		n += b.Rows()
	}
	if err != io.EOF || n != p.pages*p.per {
		t.Errorf("%d rows, %v", n, err)
	}
	if p.most > 24<<20 {
		t.Errorf("%d MiB held", p.most>>20)
	}
}

// endless gives many pages from memory and watches how much is held meanwhile.
type endless struct {
	pages, per int
	base, most uint64
}

func (p *endless) Fields(context.Context) ([]string, error) { return httpxtest.Fields, nil }
func (p *endless) Test(context.Context) error               { return nil }

func (p *endless) Page(_ context.Context, _ store.Period, cursor string, b *connector.Batch) (string, error) {
	var n int
	fmt.Sscan(cursor, &n)
	b.Cells, b.Width = b.Cells[:0], len(httpxtest.Fields)
	for i := range p.per {
		row := httpxtest.Row(n*p.per + i)
		row[3] += strings.Repeat(".", 120)
		b.Cells = append(b.Cells, row...)
	}
	if n%50 == 0 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		if p.base == 0 {
			p.base = m.HeapAlloc
		}
		p.most = max(p.most, m.HeapAlloc-min(p.base, m.HeapAlloc))
	}
	if n+1 == p.pages {
		return "", nil
	}
	return fmt.Sprint(n + 1), nil
}

// TestRows holds that cells of any content come back as they were, null apart from empty, however pages and slices fall.
func TestRows(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		o := options(filepath.Join(dir, fmt.Sprint(n)))
		o.Slice = rapid.IntRange(1, 500).Draw(t, "slice")
		p := &given{width: rapid.IntRange(1, 5).Draw(t, "width")}
		for range rapid.IntRange(1, 6).Draw(t, "pages") {
			p.pages = append(p.pages, rapid.SliceOfN(rapid.SliceOfN(rapid.Ptr(rapid.String(), true), p.width, p.width), 0, 5).Draw(t, "page"))
		}
		d, err := spool.Extract(context.Background(), p, o)
		if store.CodeOf(err) == "pages.loop" { // two pages happened to be the same
			t.Skip()
		}
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		var b connector.Batch
		for err = d.Read(context.Background(), &b); err == nil; err = d.Read(context.Background(), &b) {
			for i := range b.Rows() {
				for c, cell := range b.Row(i) {
					got = append(got, fmt.Sprintf("%v %q", b.Null(i, c), cell))
				}
			}
		}
		for _, page := range p.pages {
			for _, row := range page {
				for _, cell := range row {
					if cell == nil {
						want = append(want, `true ""`)
					} else {
						want = append(want, fmt.Sprintf("%v %q", false, *cell))
					}
				}
			}
		}
		if err != io.EOF || !slices.Equal(got, want) {
			t.Fatalf("%q, want %q, %v", got, want, err)
		}
	})
}

// given gives pages of rows, nil for null.
type given struct {
	width int
	pages [][][]*string
}

func (p *given) Fields(context.Context) ([]string, error) {
	return []string{"a", "b", "c", "d", "e"}[:p.width], nil
}
func (p *given) Test(context.Context) error { return nil }

func (p *given) Page(_ context.Context, _ store.Period, cursor string, b *connector.Batch) (string, error) {
	var n int
	fmt.Sscan(cursor, &n)
	b.Cells, b.Width, b.Nulls = nil, p.width, nil
	for _, row := range p.pages[n] {
		for _, cell := range row {
			if i := len(b.Cells); i%64 == 0 {
				b.Nulls = append(b.Nulls, 0)
			}
			if cell == nil {
				i := len(b.Cells)
				b.Nulls[i>>6] |= 1 << (i & 63)
				b.Cells = append(b.Cells, "")
			} else {
				b.Cells = append(b.Cells, *cell)
			}
		}
	}
	if n+1 == len(p.pages) {
		return "", nil
	}
	return fmt.Sprint(n + 1), nil
}
