package connector

import (
	"context"
	"crypto/ed25519"

	"samband/store"
)

// Halves is what a destination is given that sends identity and health apart.
type Halves struct {
	Registry, Integration string
	ScopeHash             string
	Mapping               int
	Consent               string // the state of consents that the rows are chosen by
	LinkKey               []byte // master key for links, and its version
	LinkVersion           int
	RecordKey             []byte // names records to the receiver, alike in every run
	Signing               ed25519.PrivateKey
	// Dir is where packets lie, encrypted to their recipients, until the receiver has confirmed both.
	Dir        string
	Identities Identities
}

// Identities is the identity side of a sending. Whoever has it gets no value of a person: it only says where they go.
type Identities interface {
	// Known gives the persons that there is an identity of.
	Known(ctx context.Context) (map[store.Pseudonym]bool, error)
	// Write writes those of the wanted persons that are known, with the values of some attributes.
	Write(ctx context.Context, wanted map[store.Pseudonym]bool, attributes []store.Attribute, to IdentityHalf) error
}

// IdentityHalf takes the rows of an identity half: packet.Half does.
type IdentityHalf interface {
	// Person takes a person, by what the health half tells them by too. nulls marks the values that are none.
	Person(person []byte, values []string, nulls []bool) error
}

// Transporter is a Sending that tells what went out in two halves; nil as long as nothing did.
type Transporter interface {
	Transport() *store.Transport
}
