package packet

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"samband/store"
)

// Manifest is what the joiner knows of a transport, and nobody on the way does.
type Manifest struct {
	Run         string `json:"run"`
	Registry    string `json:"registry"`
	Integration string `json:"integration"`
	ScopeHash   string `json:"scope_hash"`
	Mapping     int    `json:"mapping"` // version of the mapping
	Identity    Part   `json:"identity"`
	Health      Part   `json:"health"`
	// Consent names the state of consents that the halves were made by; "" where none is asked.
	Consent   string    `json:"consent"`
	LinkKey   int       `json:"link_key"` // version of the master key for links
	Signer    string    `json:"signer"`   // KeyID of the key that signed
	RecordKey RecordKey `json:"record_key"`
	Made      time.Time `json:"made"`
	NotAfter  time.Time `json:"not_after"`
}

// Part is one packet of a transport.
type Part struct {
	Packet string `json:"packet"` // its name, in its header
	SHA256 string `json:"sha256"` // of the file, in hexadecimal digits
	Bytes  int64  `json:"bytes"`  // of the file
	Rows   int64  `json:"rows"`   // rounded up by privacy.Padme
}

// Lifetime is how long a transport may be on its way.
const Lifetime = 72 * time.Hour

const (
	magic        = "samband-manifest 1"
	signedWith   = "samband/v1/manifest\n"
	manifestStep = 4096
	manifestMax  = 1 << 20
)

// KeyID names a signing key: the first 16 hexadecimal digits of the SHA-256 of its public half.
func KeyID(public ed25519.PublicKey) string {
	sum := sha256.Sum256(public)
	return hex.EncodeToString(sum[:8])
}

// seal signs the manifest and writes it for the joiner.
func (m *Manifest) seal(w io.Writer, key ed25519.PrivateKey, to []age.Recipient) error {
	body, err := json.Marshal(m)
	if err != nil {
		return store.Wrap(err, store.Internal, "packet.write", nil)
	}
	text := magic + "\n" + string(body) + "\n" +
		base64.StdEncoding.EncodeToString(ed25519.Sign(key, slices.Concat([]byte(signedWith), body))) + "\n"
	size := (len(text) + manifestStep) / manifestStep * manifestStep
	text += strings.Repeat(" ", size-len(text)-1) + "\n"
	out, err := age.Encrypt(w, to...)
	if err == nil {
		_, err = io.WriteString(out, text)
	}
	if err == nil {
		err = out.Close()
	}
	return store.Wrap(err, store.Unavailable, "packet.write", nil)
}

// Names of the three files in errors.
const (
	fileManifest = "manifest"
	fileIdentity = "identity"
	fileHealth   = "health"
)

// refused makes a refusal that tells which file it is about.
func refused(code store.Code, file string) error {
	return store.E(store.Refused, code, store.Args{"file": file})
}

// opening gives the refusal for an age file that doesn't open.
func opening(err error, file string) error {
	var e *store.Error
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &e):
		return err
	case errors.As(err, &wrong):
		return refused("packet.wrong_recipient", file)
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return refused("packet.truncated", file)
	}
	return refused("packet.damaged", file)
}

// openManifest reads a manifest that one of the senders signed.
func openManifest(r io.Reader, keys []age.Identity, senders []ed25519.PublicKey) (*Manifest, error) {
	in, err := age.Decrypt(r, keys...)
	if err != nil {
		return nil, opening(err, fileManifest)
	}
	text, err := io.ReadAll(io.LimitReader(in, manifestMax))
	if err != nil {
		return nil, opening(err, fileManifest)
	}
	head, rest, ok := bytes.Cut(text, []byte("\n"))
	if !ok || !bytes.HasPrefix(head, []byte("samband-manifest ")) {
		return nil, refused("packet.form", fileManifest)
	}
	if string(head) != magic {
		return nil, refused("packet.version", fileManifest)
	}
	body, rest, _ := bytes.Cut(rest, []byte("\n"))
	written, rest, _ := bytes.Cut(rest, []byte("\n"))
	signature, err := base64.StdEncoding.Strict().DecodeString(string(written))
	signed := slices.Concat([]byte(signedWith), body)
	if err != nil || !slices.ContainsFunc(senders, func(k ed25519.PublicKey) bool {
		return len(k) == ed25519.PublicKeySize && ed25519.Verify(k, signed, signature)
	}) {
		return nil, refused("packet.signature", fileManifest)
	}
	m := &Manifest{}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if d.Decode(m) != nil || d.More() || len(m.RecordKey) != 32 || !isFilling(rest) {
		return nil, refused("packet.form", fileManifest)
	}
	return m, nil
}

// isFilling tells whether b is spaces and one LF at the end, or nothing.
func isFilling(b []byte) bool {
	return len(b) == 0 || b[len(b)-1] == '\n' && len(bytes.Trim(b[:len(b)-1], " ")) == 0
}
