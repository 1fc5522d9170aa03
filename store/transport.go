package store

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Leaving is how identity leaves the house, when it does.
type Leaving string

const (
	LeavesNot    Leaving = ""       // what goes out names nobody
	LeavesApart  Leaving = "apart"  // in a packet of its own, by another way and under another key than health
	LeavesJoined Leaving = "joined" // with health in one message, because the receiver's contract needs both
)

// Leavings lists them from the one that tells least.
var Leavings = []Leaving{LeavesNot, LeavesApart, LeavesJoined}

// Covers tells whether a document that speaks of one way speaks of another.
func (l Leaving) Covers(other Leaving) bool { return other == LeavesNot || l == other }

// TransportRecipients are those who hold keys to a transport: of either half, and of the manifest, which joins them. The
// option <name>_recipient of a connection has the public key.
var TransportRecipients = []string{"identity", "health", "joiner"}

// RecipientKeyID names a recipient's public key: the first 16 hexadecimal digits of its SHA-256.
func RecipientKeyID(public string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(public)))
	return hex.EncodeToString(sum[:8])
}

// Transport is what is kept of a run that sent identity and health apart: enough to show that it was so, and nothing that
// opens anything. Signature is the installation's over Statement.
type Transport struct {
	Identity Packet `json:"identity"`
	Health   Packet `json:"health"`
	Manifest Packet `json:"manifest"`
	// Persons are the rows of the identity half, and the persons that the health half speaks of: the halves are refused
	// when they are not the same.
	Persons   int64     `json:"persons"`
	Rows      int64     `json:"rows"`
	LinkKey   int       `json:"link_key"` // version of the master key for links
	Signer    string    `json:"signer"`
	ScopeHash string    `json:"scope_hash"`
	Mapping   int       `json:"mapping"`
	Consent   string    `json:"consent,omitempty"`
	Made      time.Time `json:"made"`
	NotAfter  time.Time `json:"not_after"`
	Signature []byte    `json:"signature,omitempty"`
}

// Packet is one file of a transport.
type Packet struct {
	ID        string    `json:"id,omitempty"` // in the packet's header; a manifest has none
	File      string    `json:"file"`         // its name on the way
	SHA256    string    `json:"sha256"`       // of the file as it was sent
	Bytes     int64     `json:"bytes"`
	Padding   int64     `json:"padding,omitempty"`
	Place     string    `json:"place"`     // where it was handed over
	Recipient string    `json:"recipient"` // id of the key it is encrypted to
	Handed    time.Time `json:"handed,omitzero"`
	// Receipt is the receiver's word: taken, refused, or "" for none yet.
	Receipt   string    `json:"receipt,omitempty"`
	ReceiptID string    `json:"receipt_id,omitempty"`
	ReceiptAt time.Time `json:"receipt_at,omitzero"`
}

// Statement is what is signed: what was made. What became of it on the way is added later, and is the receiver's to prove.
func (t *Transport) Statement() []byte {
	s := *t
	s.Signature = nil
	for _, p := range []*Packet{&s.Identity, &s.Health, &s.Manifest} {
		p.Handed, p.Receipt, p.ReceiptID, p.ReceiptAt = time.Time{}, "", "", time.Time{}
	}
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // plain structs of ours always marshal
	}
	return slices.Concat([]byte("samband/v1/transport\n"), b)
}

// Verify tells whether the holder of a key signed it as it stands.
func (t *Transport) Verify(public ed25519.PublicKey) bool {
	return len(public) == ed25519.PublicKeySize && ed25519.Verify(public, t.Statement(), t.Signature)
}

// Confirmed tells whether the receiver has both halves.
func (t *Transport) Confirmed() bool {
	return t.Identity.Receipt == "taken" && t.Health.Receipt == "taken"
}
