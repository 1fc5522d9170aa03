package privacy

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"

	"samband/store"
)

// LinkID stands for a person within one run: what the two halves of a transport are joined by. It can be worked out again
// within the run, with the run's key, and says nothing in any other run.
type LinkID [16]byte

// String gives 32 hexadecimal digits.
func (l LinkID) String() string { return hex.EncodeToString(l[:]) }

// ParseLinkID reads what String gives.
func ParseLinkID(s string) (l LinkID, ok bool) {
	n, err := hex.Decode(l[:], []byte(s[:min(len(s), 2*len(l))]))
	return l, err == nil && n == len(l) && len(s) == 2*len(l)
}

// Order is a place in the order of a half: rows are sorted by it, byte by byte.
type Order [16]byte

// RunKey makes what belongs to one run: link ids and the orders of both halves. Not safe for several goroutines.
type RunKey struct {
	link, identity, health, record hash.Hash
	sum                            [sha256.Size]byte
}

// RunOf names a run to derive its key for.
type RunOf struct {
	Run, Registry, Integration string
}

// NewRunKey derives a run's keys from the master key for links (privacy-security-reliability.md section 1.3): K_run =
// HKDF-SHA-256(master, salt = run id, info = "samband/v1/link|", registry, "|", integration), with each field after its
// length in four bytes, and from K_run one key for each purpose: HKDF-SHA-256(K_run, no salt, info = its name). The error is
// Internal "packet.key" for a master key that is not 32 bytes or a run without a name.
func NewRunKey(master []byte, of RunOf) (*RunKey, error) {
	if len(master) != 32 || of.Run == "" || of.Registry == "" || of.Integration == "" {
		return nil, store.E(store.Internal, "packet.key", nil)
	}
	info := fields(nil, []byte("samband/v1/link|"), []byte(of.Registry), []byte("|"), []byte(of.Integration))
	run, err := hkdf.Key(sha256.New, master, fields(nil, []byte(of.Run)), string(info), sha256.Size)
	if err != nil {
		return nil, store.Wrap(err, store.Internal, "packet.key", nil)
	}
	k := &RunKey{}
	for _, x := range []struct {
		of   *hash.Hash
		name string
	}{{&k.link, "link"}, {&k.identity, "order-I"}, {&k.health, "order-H"}, {&k.record, "order-H-record"}} {
		key, err := hkdf.Key(sha256.New, run, nil, x.name, sha256.Size)
		if err != nil {
			return nil, store.Wrap(err, store.Internal, "packet.key", nil)
		}
		*x.of = hmac.New(sha256.New, key)
	}
	return k, nil
}

// fields appends each part after its length, so that no two lists of parts read the same.
func fields(b []byte, parts ...[]byte) []byte {
	for _, p := range parts {
		n := len(p)
		b = append(b, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
		b = append(b, p...)
	}
	return b
}

// mac gives the first 16 bytes of the HMAC of data.
func (k *RunKey) mac(h hash.Hash, data []byte) (out [16]byte) {
	h.Reset()
	h.Write(data)
	copy(out[:], h.Sum(k.sum[:0]))
	return out
}

// Link gives the link id of a person, told by whatever tells them apart for the run: the pseudonym, when a registry sends.
func (k *RunKey) Link(person []byte) LinkID { return k.mac(k.link, person) }

// InIdentity gives the place of a person's row in the identity half.
func (k *RunKey) InIdentity(l LinkID) Order { return k.mac(k.identity, l[:]) }

// InHealth gives the place of a person's rows in the health half, and of one of them among these by its record.
func (k *RunKey) InHealth(l LinkID, record []byte) (person, row Order) {
	return k.mac(k.health, l[:]), k.mac(k.record, record)
}

// RecordKey gives the name of a record at its receiver: the same in every run, so that sending again replaces. key belongs
// to the receiver, and a record is told by the source's own name of it.
func RecordKey(key []byte, receiver, record string) (out [16]byte) {
	h := hmac.New(sha256.New, key)
	h.Write(fields(nil, []byte("samband/v1/record"), []byte(receiver), []byte(record)))
	copy(out[:], h.Sum(nil))
	return out
}
