package packet

import (
	"fmt"
	"io"
	"log/slog"

	"samband/store"
)

// RecordKey is the key that seals record keys on their way. It prints masked; in the manifest's JSON it is base64.
type RecordKey []byte

// Format writes the mask whatever the verb is.
func (RecordKey) Format(f fmt.State, _ rune) { io.WriteString(f, store.Mask) }

// LogValue gives the mask to slog.
func (RecordKey) LogValue() slog.Value { return slog.StringValue(store.Mask) }

// Format writes the mask whatever the verb is: identity and health are both in it.
func (Joined) Format(f fmt.State, _ rune) { io.WriteString(f, store.Mask) }

// LogValue gives the mask to slog.
func (Joined) LogValue() slog.Value { return slog.StringValue(store.Mask) }

// MarshalText gives the mask to encoders: what goes on is taken from the fields one by one.
func (Joined) MarshalText() ([]byte, error) { return []byte(store.Mask), nil }
