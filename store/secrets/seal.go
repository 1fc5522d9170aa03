package secrets

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"

	"samband/store"
)

// Seal encrypts a small secret with a master key (AES-256-GCM, random nonce in front). about names what it belongs to:
// what is sealed for one thing can't be opened as another's.
func Seal(key, plain []byte, about string) ([]byte, error) {
	g, err := gcm(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, g.NonceSize())
	rand.Read(nonce)
	return g.Seal(nonce, nonce, plain, []byte(about)), nil
}

// Open gives what was sealed, or "secret.sealed" when it was altered, moved, or sealed with another key.
func Open(key, sealed []byte, about string) ([]byte, error) {
	g, err := gcm(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) >= g.NonceSize() {
		if plain, err := g.Open(nil, sealed[:g.NonceSize()], sealed[g.NonceSize():], []byte(about)); err == nil {
			return plain, nil
		}
	}
	return nil, store.E(store.Refused, "secret.sealed", nil)
}

func gcm(key []byte) (cipher.AEAD, error) {
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, store.E(store.Refused, "key.broken", nil)
	}
	return cipher.NewGCM(b)
}
