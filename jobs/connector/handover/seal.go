// Package handover is the floor under connectors that move files: how a delivery is put away so that only this
// installation can read it again.
package handover

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io"

	"filippo.io/age"

	"samband/store"
)

// stanza names our way of wrapping age's file key: AES-256-GCM under a key derived from the delivery key and the
// stanza's salt. The format is age's, with all it brings: streaming, authentication, truncation found.
const stanza = "samband-delivery"

type sealKey []byte

func (k sealKey) aead(salt []byte) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, k, salt, "samband/delivery/v1", 32)
	if err != nil {
		return nil, err
	}
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(b)
}

// Wrap implements age.Recipient. The key is used once per salt, so the nonce may be fixed.
func (k sealKey) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	salt := make([]byte, 32)
	rand.Read(salt)
	a, err := k.aead(salt)
	if err != nil {
		return nil, err
	}
	body := append(salt, a.Seal(nil, make([]byte, a.NonceSize()), fileKey, []byte(stanza))...)
	return []*age.Stanza{{Type: stanza, Body: body}}, nil
}

// Unwrap implements age.Identity.
func (k sealKey) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, s := range stanzas {
		if s.Type != stanza || len(s.Body) < 32 {
			continue
		}
		a, err := k.aead(s.Body[:32])
		if err != nil {
			return nil, err
		}
		if fileKey, err := a.Open(nil, make([]byte, a.NonceSize()), s.Body[32:], []byte(stanza)); err == nil {
			return fileKey, nil
		}
	}
	return nil, age.ErrIncorrectIdentity
}

// Seal gives a writer whose bytes end up on w encrypted under key. What was written is whole once Close succeeds.
func Seal(w io.Writer, key []byte) (io.WriteCloser, error) {
	if len(key) != 32 {
		return nil, store.E(store.Internal, "delivery.key", nil) // never under a key that was forgotten
	}
	out, err := age.Encrypt(w, sealKey(key))
	return out, store.Wrap(err, store.Internal, "delivery.seal", nil)
}

// Open gives the bytes that were sealed. Reading fails at the first one that was changed, or where the end is missing.
func Open(r io.Reader, key []byte) (io.Reader, error) {
	in, err := age.Decrypt(r, sealKey(key))
	var wrong *age.NoIdentityMatchError
	if errors.As(err, &wrong) {
		return nil, &store.Error{Class: store.Unavailable, Code: "delivery.key", Err: err}
	}
	return in, store.Wrap(err, store.Unavailable, "delivery.sealed_broken", nil)
}
