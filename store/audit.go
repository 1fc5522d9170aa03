package store

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Actor is who does something: a person, or what acts when no person does.
type Actor struct {
	UserID  string // "" when no person does it
	Name    string // the name as it is now; kept in the log as it was then
	Request string // reference number of the request, for finding its lines in the log
}

// UserActor is a person who is logged in.
func UserActor(u User, request string) Actor {
	return Actor{UserID: u.ID, Name: u.Name, Request: request}
}

// ScheduleActor is the planner, for what a schedule starts.
func ScheduleActor() Actor { return Actor{Name: "schedule"} }

// ShellActor is somebody at the machine, by the name of their account there.
func ShellActor(account string) Actor {
	if account == "" {
		return Actor{Name: "shell"}
	}
	return Actor{Name: "shell:" + account}
}

// FromShell tells whether a name in the log is that of a ShellActor.
func FromShell(name string) bool { return name == "shell" || strings.HasPrefix(name, "shell:") }

// SystemActor is the portal itself, for what it does without being asked: seeding, settling what a crash left.
func SystemActor() Actor { return Actor{Name: "system"} }

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

// HoldsPersonNumber tells whether the reason, or a text among the details, holds what reads as a person number. Ids and
// hashes are no text: a run of digits in one means nothing.
func (e *AuditEntry) HoldsPersonNumber() bool {
	holds := func(s string) bool { return !hash(s) && ScanPersonNumbers(s) > 0 }
	for _, v := range e.Details {
		switch v := v.(type) {
		case string:
			if holds(v) {
				return true
			}
		case []string:
			if slices.ContainsFunc(v, holds) {
				return true
			}
		}
	}
	return ScanPersonNumbers(e.Reason) > 0
}

// hash tells whether a text is nothing but hexadecimal digits, at least as many as an id has.
func hash(s string) bool {
	return len(s) >= 32 && strings.Trim(s, "0123456789abcdef") == ""
}

// LeafHash gives the hash of an entry as a leaf of a Merkle log: SHA-256 of a zero byte and the entry (RFC 6962
// section 2.1).
func LeafHash(entry []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(entry)
	return [32]byte(h.Sum(nil))
}

// AuditFilter picks entries of the log, newest first. The zero value picks none: All or Registries says what the person
// may see.
type AuditFilter struct {
	Registries []string // only these registries
	All        bool     // every registry, and what concerns none
	ActorID    string
	Action     string   // "run.start"; "run." picks all that begin so
	Actions    []string // any of these, each as Action; empty: all
	Kind       string
	Object     string
	From, To   time.Time // From ≤ at < To; zero: open
	Before     int64     // Seq below this; 0: from the newest
	Limit      int       // 0: 50
}
