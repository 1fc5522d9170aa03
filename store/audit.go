package store

import (
	"crypto/sha256"
	"encoding/json"
	"time"
)

// AuditEntry is one line of the log of who did what. It never holds a value of a person, only ids and counts.
type AuditEntry struct {
	Seq      int64     `json:"seq"`
	At       time.Time `json:"at"` // UTC
	ActorID  string    `json:"actor"`
	Actor    string    `json:"actor_name"` // the name as it was then; "schedule" or "shell" when no person did it
	Action   string    `json:"action"`     // "run.start", "integration.update" …: text "audit.<action>"
	Kind     string    `json:"kind"`       // what sort of thing it was done to
	Object   string    `json:"object"`
	Registry string    `json:"registry,omitempty"`
	Result   string    `json:"result"` // "ok" or the code of a refusal
	Reason   string    `json:"reason,omitempty"`
	Request  string    `json:"request,omitempty"` // reference number of the request
	Details  Args      `json:"details,omitempty"`
}

// Canonical gives the bytes that are stored in audit_entry.entry and hashed: JSON in the order of the fields, map keys
// sorted.
func (e *AuditEntry) Canonical() ([]byte, error) {
	c := *e
	c.At = c.At.UTC()
	b, err := json.Marshal(&c)
	return b, Wrap(err, Internal, "audit.encode", nil)
}

// LeafHash gives the hash of an entry as a leaf of a Merkle log: SHA-256 of a zero byte and the entry (RFC 6962
// section 2.1).
func LeafHash(entry []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(entry)
	return [32]byte(h.Sum(nil))
}
