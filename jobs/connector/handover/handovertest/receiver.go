// Package handovertest is receivers on the other side of channels, with what goes wrong there (register-solutions.md
// section 7): for tests of whatever hands over files.
package handovertest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Receiver is where files end up, whatever they came by.
type Receiver struct {
	Dir string

	mu    sync.Mutex
	full  int64 // bytes that there is room for in a file; 0: enough
	cut   int64 // bytes after which the connection ends, once; 0: never
	waits bool  // receipts are not given at once
}

// New gives a receiver with room for everything.
func New(tb testing.TB) *Receiver { return &Receiver{Dir: tb.TempDir()} }

// FullAfter lets the disk be full after some bytes of a file; 0: never.
func (r *Receiver) FullAfter(n int64) { r.mu.Lock(); defer r.mu.Unlock(); r.full = n }

// CutAfter ends the connection once, after some bytes of a file.
func (r *Receiver) CutAfter(n int64) { r.mu.Lock(); defer r.mu.Unlock(); r.cut = n }

// Waits lets receipts come later: when Answer gives them.
func (r *Receiver) Waits(yes bool) { r.mu.Lock(); defer r.mu.Unlock(); r.waits = yes }

func (r *Receiver) late() bool { r.mu.Lock(); defer r.mu.Unlock(); return r.waits }

// room tells what of a write from a place in a file there is room for, and whether the connection ends instead.
func (r *Receiver) room(at, n int64) (fits, cut bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cut > 0 && at+n > r.cut {
		r.cut = 0
		return false, true
	}
	return r.full == 0 || at+n <= r.full, false
}

// Files gives the names of files that are whole, receipts left out.
func (r *Receiver) Files(tb testing.TB) (names []string) {
	tb.Helper()
	entries, err := os.ReadDir(r.Dir)
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		if n := e.Name(); !strings.HasPrefix(n, ".") && !strings.HasSuffix(n, ".receipt") {
			names = append(names, n)
		}
	}
	return names
}

// Parts gives the names of files that are not whole.
func (r *Receiver) Parts(tb testing.TB) []string {
	tb.Helper()
	entries, err := os.ReadDir(r.Dir)
	if err != nil {
		tb.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return slices.DeleteFunc(names, func(n string) bool { return !strings.HasPrefix(n, ".") })
}

// Answer gives a receipt for a file; again is the number of the receipt, 0 for the first.
func (r *Receiver) Answer(tb testing.TB, name, result string, again int) {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join(r.Dir, name))
	if err != nil {
		tb.Fatal(err)
	}
	end := ".receipt"
	if again > 0 {
		end = fmt.Sprintf(".%d.receipt", again)
	}
	text := fmt.Sprintf("sha256=%s\nresult=%s\nid=K-%s\n", sumOf(b), result, name)
	if err := os.WriteFile(filepath.Join(r.Dir, name+end), []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
