package connectortest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// PagerHarness is how the suite works a system that a connector.Pager reads from.
type PagerHarness struct {
	// New makes a system with these rows, and a pager on it that needs several pages for them.
	New func(t *testing.T, x Extract) connector.Pager
	// Away makes what New made fail from now on, in a way that trying again later can help.
	Away func(t *testing.T)
	// Hang makes it never answer from now on.
	Hang func(t *testing.T)
	// Secrets are what must not show in an error.
	Secrets []string
}

// Pager holds a source to the contract of connector.Pager.
func Pager(t *testing.T, h PagerHarness) {
	x := extract(1000, 1)
	t.Run("rows", func(t *testing.T) {
		p := h.New(t, x)
		fields, err := p.Fields(background)
		if err != nil || !slices.Equal(fields, x.Fields) {
			t.Fatalf("fields %q, %v, want %q", fields, err, x.Fields)
		}
		if err := p.Test(background); err != nil {
			t.Errorf("Test: %v", err)
		}
		for range 2 { // the same again, from the first page
			rows, cursors := pages(t, p, "")
			whole(t, rows, x, 0)
			if len(cursors) < 2 {
				t.Errorf("all in %d pages tells nothing", len(cursors))
			}
		}
	})
	t.Run("resumed", func(t *testing.T) {
		p := h.New(t, x)
		var b connector.Batch
		next, err := p.Page(background, store.Period{}, "", &b)
		if err != nil || next == "" {
			t.Fatalf("next %q, %v", next, err)
		}
		read := b.Rows()
		rows, _ := pages(t, p, next)
		whole(t, rows, x, read)
	})
	t.Run("empty", func(t *testing.T) {
		rows, _ := pages(t, h.New(t, extract(0, 1)), "")
		if len(rows) != 0 {
			t.Errorf("%d rows where there are none", len(rows))
		}
	})
	t.Run("away", func(t *testing.T) {
		p := h.New(t, x)
		h.Away(t)
		_, err := p.Page(background, store.Period{}, "", &connector.Batch{})
		var f *connector.Failure
		if store.ClassOf(err) != store.Unavailable || !errors.As(err, &f) || f.Host == "" {
			t.Errorf("%v is no failure of a host that trying again can help", err)
		}
		s := suite{T: t, sys: System{Secrets: h.Secrets}}
		s.clean("the error", fmt.Sprintf("%v %+v", err, f))
	})
	t.Run("stops", func(t *testing.T) {
		p := h.New(t, x)
		h.Hang(t)
		ctx, cancel := context.WithTimeout(background, 50*time.Millisecond)
		defer cancel()
		began := time.Now()
		_, err := p.Page(ctx, store.Period{}, "", &connector.Batch{})
		if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took > stops {
			t.Errorf("%v after %v", err, took)
		}
	})
}

// pages reads from a cursor to the end.
func pages(t *testing.T, p connector.Pager, cursor string) (rows [][]string, cursors []string) {
	t.Helper()
	var b connector.Batch
	var loops connector.Loops
	for {
		at := cursor
		next, err := p.Page(background, store.Period{}, at, &b)
		if err == nil {
			err = loops.Saw(connector.MarkPage(at, &b))
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Rows() {
			rows = append(rows, slices.Clone(b.Row(i)))
		}
		cursors = append(cursors, at)
		if cursor = next; cursor == "" {
			return rows, cursors
		}
	}
}

// whole fails unless rows are those of x from one on.
func whole(t *testing.T, rows [][]string, x Extract, from int) {
	t.Helper()
	if len(rows) != x.N-from {
		t.Fatalf("%d rows, want %d", len(rows), x.N-from)
	}
	for i, row := range rows {
		if !slices.Equal(row, x.Row(from+i)) {
			t.Fatalf("row %d is %q, want %q", from+i+1, row, x.Row(from+i))
		}
	}
}
