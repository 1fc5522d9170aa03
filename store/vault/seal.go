package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"sync"

	"samband/store"
)

// errSealed is what opening something altered, cut or sealed with another key gives.
var errSealed = errors.New("sealed data can't be opened: altered, moved or sealed with another key")

const (
	nonceSize = 12
	tagSize   = 16
	dekSize   = 32
	wrapSize  = nonceSize + dekSize + tagSize
)

func gcm(key []byte) (cipher.AEAD, error) {
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(b)
}

// sealer has the ciphers of one purpose by key version.
type sealer struct {
	keys    Keys
	purpose string

	mu      sync.Mutex
	ciphers map[int]cipher.AEAD
}

func newSealer(keys Keys, purpose string) *sealer {
	return &sealer{keys: keys, purpose: purpose, ciphers: map[int]cipher.AEAD{}}
}

func (s *sealer) cipher(version int) (cipher.AEAD, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.ciphers[version]; c != nil {
		return c, nil
	}
	k, err := derive(s.keys, version, s.purpose)
	if err != nil {
		return nil, err
	}
	c, err := gcm(k)
	if err == nil {
		s.ciphers[version] = c
	}
	return c, err
}

// additional appends what a sealed cell is bound to: table, row, column and key version, so that no cell can stand in
// for another.
func additional(b []byte, table string, row []byte, column string, version int) []byte {
	b = append(append(b, table...), 0)
	b = binary.BigEndian.AppendUint32(b, uint32(len(row)))
	b = append(b, row...)
	b = append(append(b, column...), 0)
	return binary.BigEndian.AppendUint32(b, uint32(version))
}

func personData(b []byte, registry int64, index Index, column string, version int) []byte {
	var row [8 + len(Index{})]byte
	binary.BigEndian.PutUint64(row[:], uint64(registry))
	copy(row[8:], index[:])
	return additional(b, "person", row[:], column, version)
}

// pool draws random bytes from the system some thousand at a time; one call for each nonce costs more than the sealing.
// Not safe for several goroutines.
type pool struct {
	buf  [4096]byte
	left int
}

func (p *pool) read(b []byte) {
	if len(b) > p.left {
		rand.Read(p.buf[:])
		p.left = len(p.buf)
	}
	from := p.buf[len(p.buf)-p.left:]
	copy(b, from)
	clear(from[:len(b)])
	p.left -= len(b)
}

// personSealer seals the attributes of persons: each under a data key of its own, which the master key wraps. With the
// data key gone the person is gone, from copies too.
type personSealer struct {
	kek     *sealer
	current cipher.AEAD
	version int
	random  pool
	dek     [dekSize]byte
	aad     []byte
}

// seal draws a data key and appends it, wrapped, and the sealed text to b.
func (s *personSealer) seal(b []byte, registry int64, index Index, text []byte) ([]byte, error) {
	s.random.read(s.dek[:])
	b = grow(b, nonceSize)
	nonce := b[len(b)-nonceSize:]
	s.random.read(nonce)
	s.aad = personData(s.aad[:0], registry, index, "key", s.version)
	b = s.current.Seal(b, nonce, s.dek[:], s.aad)
	return s.under(b, s.dek[:], s.version, registry, index, text)
}

// under appends the text sealed with a data key that was drawn under that version of the master key.
func (s *personSealer) under(b, dek []byte, version int, registry int64, index Index, text []byte) ([]byte, error) {
	c, err := gcm(dek)
	if err != nil {
		return nil, err
	}
	b = grow(b, nonceSize)
	nonce := b[len(b)-nonceSize:]
	s.random.read(nonce)
	s.aad = personData(s.aad[:0], registry, index, "identity", version)
	return c.Seal(b, nonce, text, s.aad), nil
}

func grow(b []byte, n int) []byte { return append(b, make([]byte, n)...) }

// unwrap gives a data key.
func unwrap(kek *sealer, version int, registry int64, index Index, wrapped []byte) ([]byte, error) {
	c, err := kek.cipher(version)
	if err != nil {
		return nil, err
	}
	if len(wrapped) != wrapSize {
		return nil, errSealed
	}
	dek, err := c.Open(nil, wrapped[:nonceSize], wrapped[nonceSize:], personData(nil, registry, index, "key", version))
	if err != nil {
		return nil, errSealed
	}
	return dek, nil
}

// openPerson undoes seal.
func openPerson(kek *sealer, registry int64, r *row) (dek, text []byte, err error) {
	if dek, err = unwrap(kek, r.keyVersion, registry, r.index, r.key); err != nil {
		return nil, nil, err
	}
	c, err := gcm(dek)
	if err != nil {
		return nil, nil, err
	}
	if len(r.sealed) < nonceSize+tagSize {
		return nil, nil, errSealed
	}
	text, err = c.Open(nil, r.sealed[:nonceSize], r.sealed[nonceSize:], personData(nil, registry, r.index, "identity", r.kv))
	if err != nil {
		return nil, nil, errSealed
	}
	return dek, text, nil
}

// RowSealer seals source rows that are held back. Not safe for several goroutines.
type RowSealer struct {
	aead    cipher.AEAD
	version int
	random  pool
	aad     []byte
}

// NewRowSealer gives a sealer with the vault's present quarantine key.
func (v *Vault) NewRowSealer() (*RowSealer, error) {
	version := v.keys.Current()
	c, err := v.rows.cipher(version)
	if err != nil {
		return nil, err
	}
	return &RowSealer{aead: c, version: version}, nil
}

// Seal appends the sealed text to b: key version, nonce and ciphertext, bound to the finding it belongs to.
func (s *RowSealer) Seal(b []byte, finding int64, text []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(s.version))
	b = grow(b, nonceSize)
	nonce := b[len(b)-nonceSize:]
	s.random.read(nonce)
	s.aad = additional(s.aad[:0], "finding", binary.BigEndian.AppendUint64(nil, uint64(finding)), "row", s.version)
	return s.aead.Seal(b, nonce, text, s.aad)
}

// OpenRow undoes RowSealer.Seal. What calls it belongs to the identity side and has a reason on record.
func (v *Vault) OpenRow(finding int64, sealed []byte) ([]byte, error) {
	if len(sealed) < 4+nonceSize+tagSize {
		return nil, store.Wrap(errSealed, store.Internal, "vault.sealed", nil)
	}
	version := int(binary.BigEndian.Uint32(sealed))
	c, err := v.rows.cipher(version)
	if err != nil {
		return nil, err
	}
	aad := additional(nil, "finding", binary.BigEndian.AppendUint64(nil, uint64(finding)), "row", version)
	text, err := c.Open(nil, sealed[4:4+nonceSize], sealed[4+nonceSize:], aad)
	if err != nil {
		return nil, store.Wrap(errSealed, store.Internal, "vault.sealed", nil)
	}
	return text, nil
}
