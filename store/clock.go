package store

import (
	"crypto/rand"
	"encoding/hex"
	"sync"
	"time"
	_ "time/tzdata" // hospital containers come without zone data, and every due time needs Europe/Oslo
)

// Clock tells the time. All code of ours takes its time from one, so that tests can hold it.
type Clock interface{ Now() time.Time }

// SystemClock is the machine's clock, in UTC.
type SystemClock struct{}

// Now gives the present moment in UTC, cut to microseconds, which is what both databases keep.
func (SystemClock) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// FakeClock is a clock that stands until it is moved. Safe for several goroutines.
type FakeClock struct {
	mu sync.Mutex
	t  time.Time
}

// NewFakeClock gives a clock that stands at t.
func NewFakeClock(t time.Time) *FakeClock { return &FakeClock{t: t.UTC()} }

// Now gives the moment the clock stands at.
func (c *FakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

// Advance moves the clock by d.
func (c *FakeClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// IDs is the source of identifiers of things (never of persons: pseudonyms come from the vault).
type IDs interface{ New() string }

// RandomIDs gives 128 random bits as 32 hexadecimal digits.
type RandomIDs struct{}

// New gives a fresh identifier.
func (RandomIDs) New() string {
	var b [16]byte
	rand.Read(b[:]) // crypto/rand.Read never fails since Go 1.24
	return hex.EncodeToString(b[:])
}

// Oslo is the zone every schedule and every time on a page is in.
var Oslo = mustZone("Europe/Oslo")

func mustZone(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // tzdata is linked in, so this can't happen
	}
	return l
}
