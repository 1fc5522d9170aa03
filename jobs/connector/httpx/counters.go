package httpx

import (
	"sync/atomic"
	"time"
)

// Counters count what a client has done, for metrics.
type Counters struct{ requests, failures, bytes, nanos atomic.Int64 }

// Counted is what the counters say at a moment.
type Counted struct {
	Requests, Failures int64
	Bytes              int64         // of bodies, unpacked
	Waited             time.Duration // for answers to begin
}

// Now gives what has been counted.
func (c *Counters) Now() Counted {
	return Counted{c.requests.Load(), c.failures.Load(), c.bytes.Load(), time.Duration(c.nanos.Load())}
}
