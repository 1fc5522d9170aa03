package packet

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"time"
	"unicode/utf8"

	"filippo.io/age"

	"samband/jobs/privacy"
	"samband/store"
)

// Options say what is sent, and to whom.
type Options struct {
	Of          privacy.RunOf
	LinkKey     []byte // master key for links, and its version
	LinkVersion int
	ScopeHash   string
	Mapping     int    // version of the mapping
	Consent     string // the state of consents that the rows were chosen by

	IdentityFields, HealthFields []string
	// Who may open the packets and the manifest. The recipients of one file are all hybrid or all X25519.
	Identity, Health, Joiner []age.Recipient
	Signing                  ed25519.PrivateKey

	Clock    store.Clock
	IDs      store.IDs
	Lifetime time.Duration // Lifetime when zero
	Scratch  Scratch
}

// Writer takes the rows of both halves in the order of the run and makes a transport of them. The halves may be filled by
// different goroutines that know nothing of each other: each sees its own alone. The Writer must be closed.
type Writer struct {
	Identity *Half
	Health   *Half

	o      Options
	record []byte
}

// Half takes the rows of one half. Not safe for several goroutines.
type Half struct {
	name   string // fileIdentity or fileHealth
	packet string
	fields []string
	key    *privacy.RunKey
	seal   cipher.AEAD // of record keys; nil in the identity half
	rows   *sorter
	line   []byte
	nonces *bytes.Buffer

	count, persons int64
	set            privacy.LinkID // of the persons: all link ids, one upon the other
}

// Made is what became of a transport.
type Made struct {
	Manifest        Manifest
	Persons, Rows   int64 // as they are, where the manifest rounds up
	IdentityPadding int64 // bytes that fill up
	HealthPadding   int64
}

// NewWriter begins a transport. The error is Internal "packet.key" for keys that are not of their kind.
func NewWriter(o Options) (*Writer, error) {
	if len(o.Signing) != ed25519.PrivateKeySize || len(o.Identity) == 0 || len(o.Health) == 0 || len(o.Joiner) == 0 {
		return nil, store.E(store.Internal, "packet.key", nil)
	}
	w := &Writer{o: o, record: make([]byte, 32)}
	rand.Read(w.record)
	seal, err := recordCipher(w.record)
	if err != nil {
		return nil, err
	}
	half := func(name string, fields []string) (*Half, error) {
		key, err := privacy.NewRunKey(o.LinkKey, o.Of)
		return &Half{name: name, packet: o.IDs.New(), fields: fields, key: key, rows: newSorter(o.Scratch)}, err
	}
	if w.Identity, err = half(fileIdentity, o.IdentityFields); err != nil {
		return nil, err
	}
	if w.Health, err = half(fileHealth, o.HealthFields); err != nil {
		return nil, err
	}
	w.Health.seal, w.Health.nonces = seal, &bytes.Buffer{}
	return w, nil
}

func recordCipher(key []byte) (cipher.AEAD, error) {
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, store.Wrap(err, store.Internal, "packet.key", nil)
	}
	c, err := cipher.NewGCM(b)
	return c, store.Wrap(err, store.Internal, "packet.key", nil)
}

// Close lets go of what the Writer holds. It may be called after Finish.
func (w *Writer) Close() {
	w.Identity.rows.close()
	w.Health.rows.close()
}

// Person takes a person of the identity half, told by what the health half tells them by too: the pseudonym, when a registry
// sends. Of a person that comes several times the last row stands. nulls marks the values that are none; nil for no such.
func (h *Half) Person(person []byte, values []string, nulls []bool) error {
	if h.seal != nil {
		return store.E(store.Internal, "packet.half", nil)
	}
	link := h.key.Link(person)
	h.begin(link)
	if err := h.values(values, nulls); err != nil {
		return err
	}
	var key sortKey
	place := h.key.InIdentity(link)
	copy(key[:], place[:])
	return h.rows.add(key, h.line)
}

// Record takes a record of the health half. record names it to the receiver, the same in every run (privacy.RecordKey).
func (h *Half) Record(person, record []byte, values []string, nulls []bool) error {
	if h.seal == nil {
		return store.E(store.Internal, "packet.half", nil)
	}
	link := h.key.Link(person)
	h.begin(link)
	nonce := h.nonce()
	sealed := h.seal.Seal(nonce, nonce, record, link[:])
	h.line = append(h.line, ',', '"')
	h.line = base64.RawStdEncoding.AppendEncode(h.line, sealed)
	h.line = append(h.line, '"')
	if err := h.values(values, nulls); err != nil {
		return err
	}
	var key sortKey
	of, row := h.key.InHealth(link, record)
	copy(key[:], of[:])
	copy(key[len(of):], row[:])
	return h.rows.add(key, h.line)
}

// nonce gives twelve random bytes with room behind them; one call of the system for many.
func (h *Half) nonce() []byte {
	if h.nonces.Len() < 12 {
		b := make([]byte, 12<<9)
		rand.Read(b)
		h.nonces.Reset()
		h.nonces.Write(b)
	}
	return append(make([]byte, 0, 80), h.nonces.Next(12)...)
}

func (h *Half) begin(link privacy.LinkID) {
	h.line = append(h.line[:0], '[', '"')
	h.line = hex.AppendEncode(h.line, link[:])
	h.line = append(h.line, '"')
}

// linkOf reads the link id of a row.
func linkOf(line []byte) (privacy.LinkID, bool) {
	const begin, end = 2, 2 + 2*len(privacy.LinkID{})
	if len(line) <= end || string(line[:begin]) != `["` || line[end] != '"' {
		return privacy.LinkID{}, false
	}
	return privacy.ParseLinkID(string(line[begin:end]))
}

func (h *Half) values(values []string, nulls []bool) error {
	if len(values) != len(h.fields) || nulls != nil && len(nulls) != len(values) {
		return store.E(store.Internal, "packet.half", nil)
	}
	for i, v := range values {
		h.line = append(h.line, ',')
		if nulls != nil && nulls[i] {
			h.line = append(h.line, "null"...)
		} else {
			h.line = appendText(h.line, v)
		}
	}
	h.line = append(h.line, ']', '\n')
	return nil
}

// appendText appends a text in JSON. Bytes that are no UTF-8 become U+FFFD: there is no way to write them.
func appendText(b []byte, s string) []byte {
	const hexdigits = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < 0x20 || c == 0x7F:
			b = append(b, '\\', 'u', '0', '0', hexdigits[c>>4], hexdigits[c&15])
		case c < utf8.RuneSelf:
			b = append(b, c)
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, r)
			i += size
			continue
		}
		i++
	}
	return append(b, '"')
}

// Finish writes the two packets and the manifest. Persons without records and records without persons are refused with
// Internal "packet.uneven": whoever fills the halves must choose the same persons for both.
func (w *Writer) Finish(identity, health, manifest io.Writer) (*Made, error) {
	now := w.o.Clock.Now().UTC().Truncate(time.Second)
	life := w.o.Lifetime
	if life == 0 {
		life = Lifetime
	}
	m := Manifest{Run: w.o.Of.Run, Registry: w.o.Of.Registry, Integration: w.o.Of.Integration, ScopeHash: w.o.ScopeHash,
		Mapping: w.o.Mapping, Consent: w.o.Consent, LinkKey: w.o.LinkVersion, RecordKey: w.record, Made: now, NotAfter: now.Add(life),
		Signer: KeyID(w.o.Signing.Public().(ed25519.PublicKey))}
	made := &Made{}
	var err error
	if m.Identity, made.IdentityPadding, err = w.Identity.write(identity, w.o.Identity); err != nil {
		return nil, err
	}
	if m.Health, made.HealthPadding, err = w.Health.write(health, w.o.Health); err != nil {
		return nil, err
	}
	if w.Identity.persons != w.Health.persons || w.Identity.set != w.Health.set {
		return nil, store.E(store.Internal, "packet.uneven", nil)
	}
	if err := m.seal(manifest, w.o.Signing, w.o.Joiner); err != nil {
		return nil, err
	}
	made.Manifest, made.Persons, made.Rows = m, w.Identity.count, w.Health.count
	return made, nil
}

// header is the first line of a packet.
type header struct {
	Samband string   `json:"samband"`
	Version int      `json:"version"`
	Half    string   `json:"half"`
	Packet  string   `json:"packet"`
	Fields  []string `json:"fields"`
}

// trailer is the line after the rows.
type trailer struct {
	Rows int64 `json:"rows"`
}

// write writes the half in its order.
func (h *Half) write(to io.Writer, recipients []age.Recipient) (p Part, padding int64, err error) {
	fail := func(err error) (Part, int64, error) {
		return Part{}, 0, store.Wrap(err, store.Unavailable, "packet.write", nil)
	}
	file := &counted{w: to, sum: sha256.New()}
	sealed, err := age.Encrypt(file, recipients...)
	if err != nil {
		return fail(err)
	}
	out := &counted{w: sealed}
	head, err := json.Marshal(header{"packet", formatVersion, h.name, h.packet, append([]string{}, h.fields...)}) // no null in place of none
	if err != nil {
		return fail(err)
	}
	out.Write(append(head, '\n'))
	h.count, h.persons, h.set = 0, 0, privacy.LinkID{}
	var last [2 * len(privacy.LinkID{})]byte
	var held []byte // the row of the identity half that may give way to a later one
	var heldKey sortKey
	keep := func(line []byte) error {
		if written := line[2 : 2+2*len(privacy.LinkID{})]; !bytes.Equal(written, last[:]) {
			link, _ := linkOf(line)
			h.persons++
			for i := range link {
				h.set[i] ^= link[i]
			}
			copy(last[:], written)
		}
		h.count++
		_, err := out.Write(line)
		return err
	}
	err = h.rows.each(func(key sortKey, line []byte) error {
		if h.seal != nil {
			return keep(line)
		}
		if len(held) > 0 && key != heldKey {
			if err := keep(held); err != nil {
				return err
			}
		}
		held, heldKey = append(held[:0], line...), key
		return nil
	})
	if err == nil && len(held) > 0 {
		err = keep(held)
	}
	if err != nil {
		return fail(err)
	}
	end, err := json.Marshal(trailer{h.count})
	if err != nil {
		return fail(err)
	}
	out.Write(append(end, '\n'))
	padding = privacy.Padded(out.n+1) - out.n
	for left := padding - 1; left > 0; left -= int64(min(left, int64(len(spaces)))) {
		out.Write(spaces[:min(left, int64(len(spaces)))])
	}
	out.Write([]byte("\n"))
	if out.err == nil {
		out.err = sealed.Close()
	}
	if out.err != nil {
		return fail(out.err)
	}
	return Part{Packet: h.packet, SHA256: hex.EncodeToString(file.sum.Sum(nil)), Bytes: file.n, Rows: privacy.Padme(h.count)}, padding, nil
}

const formatVersion = 1

var spaces = bytes.Repeat([]byte(" "), 32<<10)

// counted counts, and keeps the first error.
type counted struct {
	w   io.Writer
	sum hash.Hash
	n   int64
	err error
}

func (c *counted) Write(b []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(b)
	c.n, c.err = c.n+int64(n), err
	if c.sum != nil {
		c.sum.Write(b[:n])
	}
	return n, err
}
