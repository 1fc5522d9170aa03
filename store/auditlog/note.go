package auditlog

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"samband/store"
)

// Checkpoint is a tree that an installation has put its name to.
type Checkpoint struct {
	Origin string    `json:"origin"` // whose log: "samband/" and the installation's id
	At     time.Time `json:"at"`     // when it was signed, by the installation's clock; UTC, whole seconds
	Tree
}

// Text is what is signed: the C2SP tlog-checkpoint, whose lines are origin, size and root, with the time as an
// extension line.
func (c Checkpoint) Text() string {
	return c.Origin + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + c.Root.String() + "\n" +
		timeLine + c.At.UTC().Format(time.RFC3339) + "\n"
}

const timeLine = "time "

func parseCheckpoint(text string) (c Checkpoint, ok bool) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 {
		return c, false
	}
	var err error
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 {
		return c, false
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return c, false
	}
	at, _ := strings.CutPrefix(lines[3], timeLine)
	if c.At, err = time.Parse(time.RFC3339, at); err != nil {
		return c, false
	}
	c.Origin = lines[0]
	return c, c.Text() == text
}

// Signer signs in the name of an installation.
type Signer struct {
	key      ed25519.PrivateKey
	verifier *Verifier
}

// NewSigner makes the signer of an Ed25519 key from its 32 bytes of seed. The installation's id comes from the public
// key, so that nothing but the key itself can move it.
func NewSigner(seed []byte) (*Signer, error) {
	if len(seed) != ed25519.SeedSize {
		return nil, store.E(store.Refused, "key.broken", nil)
	}
	key := ed25519.NewKeyFromSeed(seed)
	public := key.Public().(ed25519.PublicKey)
	id := sha256.Sum256(public)
	text, err := note.NewEd25519VerifierKey("samband/"+hex.EncodeToString(id[:8]), public)
	if err != nil {
		return nil, store.Wrap(err, store.Internal, "key.broken", nil)
	}
	v, err := NewVerifier(text)
	if err != nil {
		return nil, err
	}
	return &Signer{key, v}, nil
}

// Verifier gives what others verify this signer's signatures with.
func (s *Signer) Verifier() *Verifier { return s.verifier }

// Sign gives text, which must end in a line feed, as a signed note. What is signed for one purpose must never pass for
// another: a text that isn't a checkpoint begins with a line of its own, which is not the signer's origin.
func (s *Signer) Sign(text string) ([]byte, error) {
	b, err := note.Sign(&note.Note{Text: text}, noteSigner{s})
	return b, store.Wrap(err, store.Internal, "audit.sign", nil)
}

// Checkpoint signs a tree.
func (s *Signer) Checkpoint(t Tree, at time.Time) ([]byte, error) {
	return s.Sign(Checkpoint{Origin: s.verifier.Origin(), At: at.UTC().Truncate(time.Second), Tree: t}.Text())
}

// noteSigner is what package note asks of a signer.
type noteSigner struct{ s *Signer }

func (n noteSigner) Name() string                    { return n.s.verifier.Origin() }
func (n noteSigner) KeyHash() uint32                 { return n.s.verifier.known.KeyHash() }
func (n noteSigner) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(n.s.key, msg), nil }

// Verifier verifies what one installation has signed. It needs no secret.
type Verifier struct {
	text  string
	known note.Verifier
}

// NewVerifier reads a public key as Verifier.String writes it; Invalid "audit.key" when it is none.
func NewVerifier(key string) (*Verifier, error) {
	key = strings.TrimSpace(key)
	v, err := note.NewVerifier(key)
	if err != nil {
		return nil, store.Wrap(err, store.Invalid, "audit.key", nil)
	}
	return &Verifier{key, v}, nil
}

// String gives the public key as package note writes it: name, hash and key with plus signs between.
func (v *Verifier) String() string { return v.text }

// Origin names the installation whose key this is; its checkpoints begin with it.
func (v *Verifier) Origin() string { return v.known.Name() }

// Open gives the text of a signed note. Invalid "audit.signature" when the installation didn't sign it, or not like
// this.
func (v *Verifier) Open(signed []byte) (string, error) {
	n, err := note.Open(signed, note.VerifierList(v.known))
	if err != nil {
		return "", store.Wrap(err, store.Invalid, "audit.signature", nil)
	}
	// One signature, written in the one way: package note lets others stand beside it, and loose ends of base64.
	sig, err := base64.StdEncoding.Strict().DecodeString(n.Sigs[0].Base64)
	if err != nil || len(n.UnverifiedSigs) > 0 || base64.StdEncoding.EncodeToString(sig) != n.Sigs[0].Base64 {
		return "", store.E(store.Invalid, "audit.signature", nil)
	}
	return n.Text, nil
}

// Checkpoint gives the tree that a signed checkpoint vouches for. Invalid "audit.signature" when the installation
// didn't sign it, "audit.checkpoint" when what it signed is no checkpoint of its own log.
func (v *Verifier) Checkpoint(signed []byte) (Checkpoint, error) {
	text, err := v.Open(signed)
	if err != nil {
		return Checkpoint{}, err
	}
	c, ok := parseCheckpoint(text)
	if !ok || c.Origin != v.Origin() {
		return c, store.E(store.Invalid, "audit.checkpoint", nil)
	}
	return c, nil
}

// Claims reads a checkpoint without asking who signed it: what it says, for telling people about one that doesn't hold.
func Claims(signed []byte) (Checkpoint, error) {
	n, err := note.Open(signed, note.VerifierList())
	var unverified *note.UnverifiedNoteError
	if errors.As(err, &unverified) {
		n = unverified.Note
	} else if err != nil {
		return Checkpoint{}, store.Wrap(err, store.Invalid, "audit.checkpoint", nil)
	}
	c, ok := parseCheckpoint(n.Text)
	if !ok {
		return c, store.E(store.Invalid, "audit.checkpoint", nil)
	}
	return c, nil
}

// Detached signs bytes without making them a note: for a file whose signature stands beside it. They must not read as a
// text that Sign would sign: a checkpoint begins with the origin.
func (s *Signer) Detached(b []byte) []byte { return ed25519.Sign(s.key, b) }

// Detached tells whether this installation signed the bytes.
func (v *Verifier) Detached(b, sig []byte) bool { return v.known.Verify(b, sig) }

// PublicKey gives the 32 bytes of the Ed25519 key.
func (v *Verifier) PublicKey() ed25519.PublicKey {
	_, rest, _ := strings.Cut(v.text, "+")
	_, coded, _ := strings.Cut(rest, "+")
	b, _ := base64.StdEncoding.DecodeString(coded) // NewVerifier has read it: one byte for the algorithm, then the key
	return ed25519.PublicKey(b[1:])
}
