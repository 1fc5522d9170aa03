package queue

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func TestRiverOnSQLite(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]int{}
	done := make(chan struct{}, 100)
	path := filepath.Join(t.TempDir(), "queue.db")
	open := func(workers int) *River {
		q, err := Open(t.Context(), Options{Path: path, Workers: workers, Log: slog.New(slog.DiscardHandler),
			Work: func(_ context.Context, id string) error {
				mu.Lock()
				seen[id]++
				mu.Unlock()
				defer func() { done <- struct{}{} }()
				if id == "panics" {
					panic("boom")
				}
				return nil
			}})
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	only := open(0) // what a process that only enqueues does
	for range 3 {
		if err := only.Enqueue(t.Context(), "a", 1); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := only.Depth(t.Context()); err != nil || n != 1 {
		t.Fatalf("depth %d, %v; the same attempt asked for three times is one job", n, err)
	}
	only.Close()

	q := open(2)
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"panics", "b"} {
		if err := q.Enqueue(t.Context(), id, 1); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			t.Fatal("a job was not carried out")
		}
	}
	q.Stop()
	mu.Lock()
	defer mu.Unlock()
	for _, id := range []string{"a", "b", "panics"} {
		if seen[id] != 1 {
			t.Errorf("%s was carried out %d times", id, seen[id])
		}
	}
}

// TestAskedForWhileAtWork holds that a run which is asked for because another has ended is looked at again, though a worker
// has it at hand just then: that look was too early.
func TestAskedForWhileAtWork(t *testing.T) {
	looks, end := make(chan struct{}, 10), make(chan struct{})
	q, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "queue.db"), Workers: 1, Log: slog.New(slog.DiscardHandler),
		Work: func(context.Context, string) error { looks <- struct{}{}; <-end; return nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer q.Stop()
	look := func() {
		t.Helper()
		select {
		case <-looks:
		case <-time.After(20 * time.Second):
			t.Fatal("the run was not looked at")
		}
	}
	err = q.Enqueue(t.Context(), "b", 1)
	if look(); err == nil {
		err = q.Enqueue(t.Context(), "b", 1) // no more than the first
	}
	for range 2 {
		if err == nil {
			err = q.EnqueueAfter(t.Context(), "b", 1, "a")
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if n, err := q.Depth(t.Context()); err != nil || n != 1 {
		t.Errorf("%d wait, %v", n, err)
	}
	close(end)
	look()
}

// TestLeftAtWork holds that what a killed process was at work with does not stand in the way of the same run.
func TestLeftAtWork(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queue.db")
	taken, end := make(chan string, 2), make(chan struct{})
	open := func(work Work) *River {
		q, err := Open(t.Context(), Options{Path: path, Workers: 1, Log: slog.New(slog.DiscardHandler), Work: work})
		if err == nil {
			err = q.Start(t.Context())
		}
		if err == nil {
			err = q.Enqueue(t.Context(), "a", 0)
		}
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	killed := open(func(_ context.Context, id string) error { taken <- id; <-end; return nil })
	<-taken
	next := open(func(_ context.Context, id string) error { taken <- id; return nil })
	select {
	case <-taken:
	case <-time.After(20 * time.Second):
		t.Error("the run was not looked at again")
	}
	next.Stop()
	close(end)
	killed.Stop()
}
