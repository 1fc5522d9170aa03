package packet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"samband/store"
)

// Ledger knows which packets were taken. Add is durable when it returns.
type Ledger interface {
	Seen(packet string) (bool, error)
	Add(packets ...string) error
}

// FileLedger is a ledger in a text file: one line for each packet, its name and when it was taken. One process at a time
// has it. Lines are added and never changed.
type FileLedger struct {
	mu    sync.Mutex
	f     *os.File
	clock store.Clock
	taken map[string]bool
	torn  bool // the last line has no end: somebody died while writing it
}

// OpenLedger opens a ledger and makes it when there is none. The error is Unavailable "packet.ledger", or Conflict
// "packet.ledger_busy" when another process has it.
func OpenLedger(path string, clock store.Clock) (*FileLedger, error) {
	fail := func(err error) (*FileLedger, error) {
		return nil, store.Wrap(err, store.Unavailable, "packet.ledger", store.Args{"path": path})
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fail(err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, store.E(store.Conflict, "packet.ledger_busy", store.Args{"path": path})
		}
		return fail(err)
	}
	l := &FileLedger{f: f, clock: clock, taken: map[string]bool{}}
	for in := bufio.NewReader(f); ; {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			l.torn = line[len(line)-1] != '\n'
			name, _, _ := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
			l.taken[string(name)] = true // of a torn line too: its name alone decides, and half a name is nobody's
		}
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		if err != nil {
			f.Close()
			return fail(err)
		}
	}
}

// Seen tells whether a packet was taken.
func (l *FileLedger) Seen(packet string) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.taken[packet], nil
}

// Add notes packets, and returns when the disk has them.
func (l *FileLedger) Add(packets ...string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b []byte
	if l.torn {
		b = append(b, '\n')
	}
	for _, p := range packets {
		b = append(append(b, p...), ' ')
		b = append(l.clock.Now().UTC().AppendFormat(b, time.RFC3339), '\n')
	}
	l.torn = true // until it is known how much of it was written
	_, err := l.f.Write(b)
	if err == nil {
		err = l.f.Sync()
	}
	if err != nil {
		return store.Wrap(err, store.Unavailable, "packet.ledger", store.Args{"path": l.f.Name()})
	}
	l.torn = false
	for _, p := range packets {
		l.taken[p] = true
	}
	return nil
}

// Close lets another process have the ledger.
func (l *FileLedger) Close() error { return l.f.Close() }
