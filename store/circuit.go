package store

import "time"

// Circuit keeps runs away from a host that doesn't answer. All processes share it. After CircuitFailures attempts in a
// row that the host failed, whichever integrations they were of, it opens: runs to the host wait and use no attempt up.
// Once its time is over one run tries; the others go on waiting until that one has come through.
type Circuit struct {
	Host     string // host:port
	Failures int    // in a row
	Code     Code   // of the last failure
	OpenedAt time.Time
	// Until is when somebody may try; zero while the circuit is closed.
	Until time.Time
	At    time.Time // of the last failure
}

const (
	// CircuitFailures is how many failures in a row open a circuit.
	CircuitFailures = 5
	// A circuit stays open for circuitFirst, and each time that trying didn't help twice as long, up to circuitMost.
	circuitFirst = time.Minute
	circuitMost  = 30 * time.Minute
)

// CircuitState is what a circuit does with a run that comes.
type CircuitState string

const (
	CircuitClosed   CircuitState = "closed"    // goes ahead
	CircuitOpen     CircuitState = "open"      // waits
	CircuitHalfOpen CircuitState = "half_open" // the first to come tries
)

// CircuitStates lists the states.
var CircuitStates = []CircuitState{CircuitClosed, CircuitOpen, CircuitHalfOpen}

// State gives what the circuit does at a moment.
func (c *Circuit) State(now time.Time) CircuitState {
	switch {
	case c.Until.IsZero():
		return CircuitClosed
	case now.Before(c.Until):
		return CircuitOpen
	}
	return CircuitHalfOpen
}

// hold gives how long a circuit with that many failures stays open.
func (c *Circuit) hold() time.Duration {
	d := circuitFirst
	for range max(0, c.Failures-CircuitFailures) {
		if d *= 2; d >= circuitMost {
			return circuitMost
		}
	}
	return d
}

// Enter lets a run through, or tells until when it waits. Whoever is let through a half-open circuit is the one who
// tries: the others wait for as long as it has been open before.
func (c *Circuit) Enter(now time.Time) (ok bool, until time.Time) {
	switch c.State(now) {
	case CircuitOpen:
		return false, c.Until
	case CircuitHalfOpen:
		c.Until = now.Add(c.hold())
	}
	return true, time.Time{}
}

// Failed counts a failure, and opens the circuit when it is one too many. after is how long the host asked us to stay
// away; 0 when it didn't say.
func (c *Circuit) Failed(now time.Time, code Code, after time.Duration) {
	c.Failures++
	c.Code, c.At = code, now
	if c.Failures < CircuitFailures {
		return
	}
	if c.OpenedAt.IsZero() {
		c.OpenedAt = now
	}
	c.Until = now.Add(max(c.hold(), min(after, MaxRetryAfter)))
}
