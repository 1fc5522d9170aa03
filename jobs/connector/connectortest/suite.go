package connectortest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

const (
	stops  = 2 * time.Second // how soon a source must stop when its context ends
	memory = 24 << 20        // the most memory a source may hold, however large the delivery
)

// suite is one test under way.
type suite struct {
	*testing.T
	h   Harness
	sys System
	src connector.Source
}

// start makes a system and opens a source on it. What is logged meanwhile is looked through at the end.
func start(t *testing.T, h Harness) *suite {
	t.Helper()
	s := &suite{T: t, h: h, sys: h.New(t)}
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() {
		slog.SetDefault(before)
		s.clean("the log", log.String())
	})
	s.src = s.open()
	return s
}

func (s *suite) open() connector.Source {
	s.Helper()
	src, err := s.h.Connector.OpenSource(s.sys.Settings)
	if err != nil {
		s.Fatal(err)
	}
	return src
}

// clean fails when a text shows what it must not.
func (s *suite) clean(what, text string) {
	s.Helper()
	for _, secret := range append([]string{canaryNumber, canaryName}, s.sys.Secrets...) {
		if strings.Contains(text, secret) {
			s.Errorf("%s shows %q", what, secret)
		}
	}
}

// code fails unless err has that code, shows nothing secret, and leaves its internals out of its arguments.
func (s *suite) code(err error, want store.Code) {
	s.Helper()
	if store.CodeOf(err) != want {
		s.Fatalf("%v, want code %s", err, want)
	}
	var e *store.Error
	errors.As(err, &e)
	s.clean("the error", fmt.Sprintf("%v %v", err, e.Args))
}

func (s *suite) next(done func(string) (bool, error)) connector.Delivery {
	s.Helper()
	d, err := s.src.Next(background, done)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { d.Close() })
	return d
}

func (s *suite) noMore(done func(string) (bool, error)) {
	s.Helper()
	if _, err := s.src.Next(background, done); !errors.Is(err, connector.ErrNothing) {
		s.Fatalf("%v, want ErrNothing", err)
	}
}

// read gives the rows of a delivery, copied, or the error that ended it.
func (s *suite) read(d connector.Delivery) (rows [][]string, err error) {
	s.Helper()
	var b connector.Batch
	for {
		if err := d.Read(background, &b); err != nil {
			if b.Rows() != 0 {
				s.Errorf("%d rows together with %v", b.Rows(), err)
			}
			if err == io.EOF {
				err = nil
			}
			return rows, err
		}
		if b.Rows() == 0 || b.First != int64(len(rows)+1) || b.Width != len(d.Fields()) || len(b.Bad) > 0 {
			s.Fatalf("batch from row %d, %d rows of %d cells, %d broken, after %d rows", b.First, b.Rows(), b.Width, len(b.Bad), len(rows))
		}
		for i := range b.Rows() {
			row := make([]string, b.Width)
			for c, cell := range b.Row(i) {
				row[c] = strings.Clone(cell)
			}
			rows = append(rows, row)
		}
	}
}

// holds fails unless the delivery has just the rows of x.
func (s *suite) holds(d connector.Delivery, x Extract) {
	s.Helper()
	if !slices.Equal(d.Fields(), x.Fields) {
		s.Fatalf("fields %q, want %q", d.Fields(), x.Fields)
	}
	rows, err := s.read(d)
	if err != nil {
		s.Fatal(err)
	}
	if len(rows) != x.N {
		s.Fatalf("%d rows, want %d", len(rows), x.N)
	}
	for i, row := range rows {
		if !slices.Equal(row, x.Row(i)) {
			s.Fatalf("row %d is %q, want %q", i+1, row, x.Row(i))
		}
	}
}

func (s *suite) loaded(d connector.Delivery) {
	s.Helper()
	if err := d.Loaded(background); err != nil {
		s.Fatal(err)
	}
}

func (s *suite) empty() {
	s.Helper()
	if s.sys.Left == nil {
		return
	}
	if left := s.sys.Left(s.T); len(left) > 0 {
		s.Errorf("left in clear: %q", left)
	}
}

func (s *suite) settings() {
	k := s.h.Connector.Kind
	if k.Name == "" || !slices.Contains(k.Roles, store.Source) || !slices.Contains(store.Routes, k.Route) ||
		!slices.Contains(store.Sensitivities, k.Highest) {
		s.Errorf("kind is not whole: %+v", k)
	}
	if err := s.src.Test(background); err != nil {
		s.Errorf("Test: %v", err)
	}
	for _, o := range k.Options {
		if !o.Required || o.Kind == store.OptionSecret {
			continue
		}
		x := s.sys.Settings
		x.Values = map[string]string{}
		for name, v := range s.sys.Settings.Values {
			if name != o.Name {
				x.Values[name] = v
			}
		}
		if _, err := s.h.Connector.OpenSource(x); store.ClassOf(err) != store.Invalid && !errors.As(err, new(store.FieldErrors)) {
			s.Errorf("opened without %s: %v", o.Name, err)
		}
	}
}

func (s *suite) nothing() { s.noMore(never) }

func (s *suite) rows() {
	x := extract(1000, 1)
	s.sys.Deliver(s.T, x)
	d := s.next(never)
	info := d.Info()
	if info.SHA256 == "" || info.Bytes < 0 || d.Size() != 0 && d.Size() != info.Bytes {
		s.Errorf("info %+v, size %d", info, d.Size())
	}
	s.holds(d, x)
	if d.Size() > 0 && d.Progress() != d.Size() {
		s.Errorf("%d of %d bytes read at the end", d.Progress(), d.Size())
	}
	var b connector.Batch
	if err := d.Read(background, &b); err != io.EOF || b.Rows() != 0 {
		s.Errorf("%v and %d rows after the end", err, b.Rows())
	}
	s.sys.Deliver(s.T, extract(0, 1))
	s.loaded(d)
	s.holds(s.next(after(info.SHA256)), extract(0, 1))
}

// batches holds that a batch stays as it is while others are read into.
func (s *suite) batches() {
	x := extract(20_000, 1)
	s.sys.Deliver(s.T, x)
	d := s.next(never)
	var ring [3]connector.Batch
	seen := 0
	check := func(b *connector.Batch) {
		for i := range b.Rows() {
			if n := int(b.First) - 1 + i; !slices.Equal(b.Row(i), x.Row(n)) {
				s.Fatalf("row %d is %q after another batch was read", n+1, b.Row(i))
			}
			seen++
		}
	}
	n := 0
	for ; ; n++ {
		b := &ring[n%len(ring)]
		if n >= len(ring) {
			check(b)
		}
		if err := d.Read(background, b); err == io.EOF {
			break
		} else if err != nil {
			s.Fatal(err)
		}
	}
	for i := max(0, n-len(ring)+1); i < n; i++ {
		check(&ring[i%len(ring)])
	}
	if seen != x.N {
		s.Errorf("%d rows, want %d", seen, x.N)
	}
}

func (s *suite) resumed() {
	x := extract(5000, 1)
	s.sys.Deliver(s.T, x)
	d := s.next(never)
	mark := d.Info().SHA256
	var b connector.Batch
	if err := d.Read(background, &b); err != nil {
		s.Fatal(err)
	}
	if err := d.Close(); err != nil {
		s.Fatal(err)
	}
	s.src = s.open()
	d = s.next(never)
	if d.Info().SHA256 != mark {
		s.Error("the delivery has another mark after a cut")
	}
	s.holds(d, x)
}

func (s *suite) oldestFirst() {
	first, second := extract(10, 1), extract(10, 2)
	s.sys.Deliver(s.T, first)
	s.sys.Deliver(s.T, second)
	d := s.next(never)
	mark := d.Info().SHA256
	s.holds(d, first)
	s.loaded(d)
	d = s.next(after(mark))
	if d.Info().SHA256 == mark {
		s.Error("other content has the same mark")
	}
	s.holds(d, second)
	s.loaded(d)
	s.noMore(after(mark, d.Info().SHA256))
	s.empty()
}

func (s *suite) again() {
	x := extract(10, 1)
	s.sys.Deliver(s.T, x)
	d := s.next(never)
	s.holds(d, x)
	s.loaded(d)
	s.sys.Deliver(s.T, x)
	s.noMore(after(d.Info().SHA256))
	s.empty()
}

func (s *suite) cutBeforePutAway() {
	x := extract(10, 1)
	s.sys.Deliver(s.T, x)
	d := s.next(never)
	s.holds(d, x)
	d.Close()
	s.src = s.open()
	s.noMore(after(d.Info().SHA256))
	s.empty()
	if k, ok := s.src.(connector.Keeper); ok {
		d, err := k.OpenSealed(background, d.Info().SHA256)
		if err != nil {
			s.Fatal(err)
		}
		defer d.Close()
		s.holds(d, x)
	}
}

func (s *suite) loadedTwice() {
	x := extract(10, 1)
	s.sys.Deliver(s.T, x)
	d := s.next(never)
	s.holds(d, x)
	s.loaded(d)
	s.loaded(d)
	s.empty()
	s.noMore(after(d.Info().SHA256))
}

func (s *suite) kept() {
	k, ok := s.src.(connector.Keeper)
	if !ok {
		s.Log("the source keeps nothing")
		return
	}
	if _, err := k.OpenSealed(background, strings.Repeat("0", 64)); store.ClassOf(err) != store.NotFound {
		s.Errorf("%v for content that was never there", err)
	}
	x := extract(1000, 1)
	s.sys.Deliver(s.T, x)
	d := s.next(never)
	s.loaded(d) // held: not all of it need have been read
	info := d.Info()
	d.Close()
	for range 2 {
		d, err := k.OpenSealed(background, info.SHA256)
		if err != nil {
			s.Fatal(err)
		}
		if d.Info() != info {
			s.Errorf("info %+v, want %+v", d.Info(), info)
		}
		s.holds(d, x)
		s.loaded(d)
		d.Close()
	}
}

// described holds that a source that describes itself names the fields of what it delivers, before and after it is put
// away, in their order and with nothing of the rows, and leaves the delivery as it is.
func (s *suite) described() {
	d, ok := s.src.(connector.Describer)
	if !ok {
		s.Log("the source doesn't describe itself")
		return
	}
	if schema, err := d.Describe(background); err == nil && len(schema.Fields) == 0 || err != nil && !errors.Is(err, connector.ErrNothing) {
		s.Fatalf("%+v, %v when nothing was ever delivered", schema, err)
	}
	x := extract(1000, 1)
	s.sys.Deliver(s.T, x)
	look := func() {
		schema, err := d.Describe(background)
		if err != nil {
			s.Fatal(err)
		}
		var names []string
		for _, f := range schema.Fields {
			names = append(names, f.Name)
			if f.Class != "" && !f.Class.Valid() || (f.Class == store.Direct) != (f.Is != "") {
				s.Errorf("field %+v", f)
			}
		}
		if !slices.Equal(names, x.Fields) || schema.From == "" || schema.At.IsZero() {
			s.Errorf("described as %+v", schema)
		}
		s.clean("the schema", fmt.Sprintf("%+v", schema))
	}
	look()
	delivery := s.next(never)
	s.holds(delivery, x)
	s.loaded(delivery)
	if _, ok := s.src.(connector.Keeper); ok {
		look()
	}
	ended, cancel := context.WithCancel(background)
	cancel()
	s.soon("Describe, ended before", ended, func() error { _, err := d.Describe(ended); return err })
}

func (s *suite) doneFails() {
	s.sys.Deliver(s.T, extract(10, 1))
	broken := errors.New("database is gone")
	if _, err := s.src.Next(background, func(string) (bool, error) { return false, broken }); !errors.Is(err, broken) {
		s.Errorf("%v, want what done gave", err)
	}
}

func (s *suite) cancelled() {
	s.sys.Deliver(s.T, extract(100_000, 1))
	ended, cancel := context.WithCancel(background)
	cancel()
	s.soon("Next, ended before", ended, func() error { _, err := s.src.Next(ended, never); return err })
	d := s.next(never)
	ctx, cancel := context.WithCancel(background)
	var b connector.Batch
	if err := d.Read(ctx, &b); err != nil {
		s.Fatal(err)
	}
	cancel()
	s.soon("Read", ctx, func() error { return d.Read(ctx, &b) })
	s.soon("Loaded", ctx, func() error { return d.Loaded(ctx) })
	d.Close()
	s.holds(s.next(never), extract(100_000, 1)) // nothing is lost
}

func (s *suite) soon(what string, ctx context.Context, f func() error) {
	s.Helper()
	start := time.Now()
	if err := f(); !errors.Is(err, context.Canceled) {
		s.Errorf("%s: %v, want that it was cancelled", what, err)
	}
	if d := time.Since(start); d > stops {
		s.Errorf("%s took %v to stop", what, d)
	}
}

func (s *suite) memory() {
	x := extract(300_000, 1)
	row := x.Row
	x.Row = func(i int) []string { r := row(i); r[3] += strings.Repeat(".", 120); return r }
	s.sys.Deliver(s.T, x)
	base := heap()
	d := s.next(never)
	var b connector.Batch
	n := 0
	for i := 0; ; i++ {
		if err := d.Read(background, &b); err == io.EOF {
			break
		} else if err != nil {
			s.Fatal(err)
		}
		if n += b.Rows(); i%20 == 0 {
			if h := heap(); h > base+memory {
				s.Fatalf("%d MiB held after %d rows", (h-base)>>20, n)
			}
		}
	}
	if n != x.N {
		s.Errorf("%d rows, want %d", n, x.N)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func (s *suite) fault(fault Fault, code store.Code) {
	x := extract(1000, 1)
	x.Fault = fault
	s.sys.Deliver(s.T, x)
	d, err := s.src.Next(background, never)
	if err == nil {
		defer d.Close()
		if _, err = s.read(d); err == nil {
			s.Fatal("read as if it were whole")
		}
	}
	s.code(err, code)
	if errors.Is(err, connector.ErrNothing) != (fault == Unfinished) {
		s.Errorf("%v: a delivery is unfinished, or it is broken", err)
	}
}
