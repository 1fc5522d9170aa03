package store

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"slices"
	"strings"
	"time"
)

// The emergency account («nødkonto») is for when the identity provider is away: a code in a sealed envelope lets one
// person in, once, for EmergencyLife.
const (
	// EmergencyIssuer is the issuer of users that came in by a code. No identity provider can be it: it is no address.
	EmergencyIssuer = "emergency"
	// EmergencyLife is how long such a login and its grant last, counted from the use of the code, whatever happens.
	EmergencyLife = 4 * time.Hour
)

// EmergencyRoles are the roles that a code can be sealed for.
var EmergencyRoles = []PortalRole{RoleSecurity, RoleAdmin}

// EmergencyCode is a sealed code as it is kept: not the code itself. The code has 160 random bits, so that a salted
// SHA-256 is as good as a slow hash: there is nothing to guess from.
type EmergencyCode struct {
	ID       string
	Salt     []byte
	Hash     []byte // SHA-256 of Salt and the code
	Role     PortalRole
	SealedBy string // name of who sealed it, at the machine
	SealedAt time.Time
}

// NewEmergencyCode makes a code for a role, and the form in which it is kept. The code is shown once and never again.
// A role that no code is sealed for gives field.choice.
func NewEmergencyCode(role PortalRole) (code string, sealed *EmergencyCode, err error) {
	if !slices.Contains(EmergencyRoles, role) {
		return "", nil, FieldError("role", "field.choice", nil)
	}
	var secret [20]byte
	salt := make([]byte, 16)
	rand.Read(secret[:]) // never fails
	rand.Read(salt)
	plain := base32.StdEncoding.EncodeToString(secret[:])
	sealed = &EmergencyCode{Salt: salt, Hash: emergencyHash(salt, plain), Role: role}
	var groups []string
	for g := range slices.Chunk([]byte(plain), 4) {
		groups = append(groups, string(g))
	}
	return strings.Join(groups, "-"), sealed, nil
}

// Opens tells whether what a person typed is the code. Groups, case and the digits that look like letters don't
// matter. It takes the same time whatever was typed.
func (e *EmergencyCode) Opens(typed string) bool {
	plain := strings.Map(func(r rune) rune {
		switch r {
		case '0':
			return 'O'
		case '1':
			return 'I'
		case '8':
			return 'B'
		case ' ', '-', '\t', '\n', '\r':
			return -1
		}
		return r
	}, strings.ToUpper(typed))
	return subtle.ConstantTimeCompare(emergencyHash(e.Salt, plain), e.Hash) == 1
}

func emergencyHash(salt []byte, plain string) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte(plain))
	return h.Sum(nil)
}

// Emergency tells whether the person came in by an emergency code.
func (p *Person) Emergency() bool { return p != nil && p.User.Issuer == EmergencyIssuer }
