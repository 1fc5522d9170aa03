package connector

import "time"

// Failure is an error of an outside system, with what is known of which host it was and of when to come back. Err has a
// class and a code; class Unavailable says that trying again can help.
type Failure struct {
	Host  string        // host:port
	After time.Duration // how long the host asked us to stay away; 0 when it didn't say
	Err   error
}

func (f *Failure) Error() string { return f.Err.Error() }
func (f *Failure) Unwrap() error { return f.Err }
