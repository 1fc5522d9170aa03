package store

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Session is a login as the database keeps it.
type Session struct {
	Hash     string // SHA-256 of the id in the cookie, hexadecimal: whoever reads the table can't take a session over
	UserID   string // "" for what belongs to no login: one under way, a form kept for later
	SID      string // the identity provider's own session, which it names when it logs people out; "" when unknown
	Created  time.Time
	LastSeen time.Time
	Expires  time.Time // the row is worthless from then on, whatever happens
	Data     []byte    // JSON, a few kilobytes; a kept form up to 200
}

// Ref names a session to people and in addresses. It is made from the hash one way, so that it helps nobody to either
// the id or the hash.
func (s *Session) Ref() string {
	sum := sha256.Sum256([]byte("session-ref\x00" + s.Hash))
	return hex.EncodeToString(sum[:6])
}

// ProviderLogout is a logout that the identity provider tells of (OpenID Connect Back-Channel Logout 1.0). SID or
// Subject is set, or both.
type ProviderLogout struct {
	Issuer  string
	Subject string
	SID     string
	TokenID string    // jti: counts once
	Expires time.Time // of the token; its jti is remembered until then
}

// Access is one grant of access with the person it was given to, for the page of who has access.
type Access struct {
	User    User
	Grant   Grant
	Blocked bool // at the moment asked about the person was blocked, so that the grant gave nothing
}
