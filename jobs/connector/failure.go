package connector

import (
	"time"

	"samband/store"
)

// Failure is an error of an outside system, with what is known of which host it was and of when to come back. Err has a
// class and a code; class Unavailable says that trying again can help.
type Failure struct {
	Host  string        // host:port
	After time.Duration // how long the host asked us to stay away; 0 when it didn't say
	Err   error
}

func (f *Failure) Error() string { return f.Err.Error() }
func (f *Failure) Unwrap() error { return f.Err }

// Broken is an error of a delivery that lies ready and can't be read, with what is known of which one it is. Those after
// it wait for it, until it is put right or a person sets it aside.
type Broken struct {
	Delivery store.Delivery
	Err      error
}

func (b *Broken) Error() string { return b.Err.Error() }
func (b *Broken) Unwrap() error { return b.Err }
