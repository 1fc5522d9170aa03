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
// data key gone the person is gone, from backups too.
type personSealer struct {
	kek     *sealer
	current cipher.AEAD
	version int
	random  pool
	dek     [dekSize]byte
	aad     []byte
}

// seal appends the wrapped data key and the sealed text to b.
func (s *personSealer) seal(b []byte, registry int64, index Index, text []byte) ([]byte, error) {
	s.random.read(s.dek[:])
	b = grow(b, nonceSize)
	nonce := b[len(b)-nonceSize:]
	s.random.read(nonce)
	s.aad = personData(s.aad[:0], registry, index, "key", s.version)
	b = s.current.Seal(b, nonce, s.dek[:], s.aad)
	c, err := gcm(s.dek[:])
	if err != nil {
		return nil, err
	}
	b = grow(b, nonceSize)
	nonce = b[len(b)-nonceSize:]
	s.random.read(nonce)
	s.aad = personData(s.aad[:0], registry, index, "identity", s.version)
	return c.Seal(b, nonce, text, s.aad), nil
}

func grow(b []byte, n int) []byte { return append(b, make([]byte, n)...) }

// openPerson undoes seal.
func openPerson(kek *sealer, version int, registry int64, index Index, sealed []byte) ([]byte, error) {
	c, err := kek.cipher(version)
	if err != nil {
		return nil, err
	}
	if len(sealed) < wrapSize+nonceSize+tagSize {
		return nil, errSealed
	}
	dek, err := c.Open(nil, sealed[:nonceSize], sealed[nonceSize:wrapSize], personData(nil, registry, index, "key", version))
	if err != nil {
		return nil, errSealed
	}
	d, err := gcm(dek)
	if err != nil {
		return nil, err
	}
	rest := sealed[wrapSize:]
	text, err := d.Open(nil, rest[:nonceSize], rest[nonceSize:], personData(nil, registry, index, "identity", version))
	if err != nil {
		return nil, errSealed
	}
	return text, nil
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
