package vault

import (
	"crypto/hkdf"
	"crypto/sha256"

	"samband/store"
)

// Keys gives the master keys. They live outside the vault: who has the file alone has nothing. Old versions stay
// readable after a new one is made; new rows use the current.
type Keys interface {
	Current() int
	// Master gives 32 bytes, or an error when there is no such version.
	Master(version int) ([]byte, error)
}

// KeyRing is master keys by version, the first of them version 1; the last is the current.
type KeyRing [][]byte

// Current gives the version new rows are sealed with.
func (r KeyRing) Current() int { return len(r) }

// Master gives a version's key.
func (r KeyRing) Master(version int) ([]byte, error) {
	if version < 1 || version > len(r) || len(r[version-1]) != 32 {
		return nil, store.E(store.Unavailable, "vault.key_version", store.Args{"version": version})
	}
	return r[version-1], nil
}

// derive gives the key for one purpose. Distinct purposes give keys that say nothing of each other.
func derive(keys Keys, version int, purpose string) ([]byte, error) {
	m, err := keys.Master(version)
	if err != nil {
		return nil, err
	}
	return hkdf.Key(sha256.New, m, nil, "samband/vault/v1|"+purpose, 32)
}
