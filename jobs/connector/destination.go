package connector

import (
	"context"
	"io"
	"time"

	"samband/store"
)

// Destination takes records of a registry to an outside system, as its Kind's Tier promises. It never sees the portal's
// database, and nothing that names a person. Methods may be called from one goroutine at a time and stop within 2 s when
// ctx ends.
type Destination interface {
	// Test tries the connection and says what it found, as an error with a code when something is wrong.
	Test(ctx context.Context) error
	// Open begins what a run sends, or goes on with it after a crash.
	Open(ctx context.Context, s Shipment) (Sending, error)
}

// Shipment is what one run sends. All attempts at the run have the same, but for the rows, which follow the registry.
type Shipment struct {
	RunID  string
	Made   time.Time // when the run came to be
	Fields []string  // of each record, in order
	Halves *Halves   // of a destination that identity leaves by; nil for the others
}

// Record is one record for the receiver.
type Record struct {
	Key    string          // of the receiver's definition, its parts joined by |; lasting, never a person's number
	Hash   string          // over the content: what was taken under the same key and hash is not taken again
	Values []string        // by field; null is empty
	Person store.Pseudonym // whose it is, for a destination that identity leaves by; zero for the others. It is never sent
}

// Sending is what one attempt hands over.
type Sending interface {
	// Taken tells that an earlier attempt took place as a whole, although nobody came to know. Only a transactional one
	// can say so.
	Taken() bool
	// Send hands over some records and gives what the receiver says of each, in their order. A transactional one gives
	// nothing: no record is taken before Commit. An error says that none of them was taken, for certain. Where that can't
	// be told, the answer is store.SentUnknown and no error.
	Send(ctx context.Context, records []Record) ([]Answer, error)
	// Commit is the one switch of a transactional one: all records are taken, or none. After an error the next attempt's
	// Taken tells which. The others have nothing to do.
	Commit(ctx context.Context) error
	// Acknowledged tells that what was taken is on record with us, so that nothing needs to be kept to answer Taken. It is
	// called again after a crash.
	Acknowledged(ctx context.Context) error
	// Info says what identifies what was handed over, by name and checksum; zero when nothing does.
	Info() store.Delivery
	// Close lets go. Of a transactional one that was not committed nothing is left.
	io.Closer
}

// Answer is what the receiver says of a record.
type Answer struct {
	State store.SentState // acked, refused or unknown
	// Reason is why it is refused, as a code of the receiver's: a word that can stand in a list, nothing of the record.
	Reason string
}

// Asker is a Destination whose receiver can be asked what it holds.
type Asker interface {
	// Lookup gives the hash under which the receiver holds each of the keys; a key that it doesn't hold is not there. A
	// hash that it can't tell is "".
	Lookup(ctx context.Context, keys []string) (map[string]string, error)
}
