package store

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// Submission is what was asked for at one moment, as it stood then. An approval that is sent back and asked for again
// has several; each is kept for ever, so that a document made from it is the same whenever it is made.
type Submission struct {
	ApprovalID string
	No         int    // from 1 within the approval
	Scope      []byte // canonical JSON
	ScopeHash  string
	MappingNo  int
	Facts      *Facts // nil: asked for before facts were kept
	By         string // name of who asked
	At         time.Time
}

// Facts are what people must know beside a Scope to read it, and what may change after it was asked for: names, what
// the registry rests on, ROS and LD. Contacts and notes are left out: nobody decides by them.
type Facts struct {
	Integration  string          `json:"integration"` // name
	Purpose      string          `json:"purpose,omitempty"`
	Registry     string          `json:"registry"` // name
	Kind         RegistryKind    `json:"kind"`
	Unit         string          `json:"unit,omitempty"`
	EndsOn       Date            `json:"ends_on,omitempty"`
	Basis        Basis           `json:"basis"`
	Solution     string          `json:"solution"` // name
	System       string          `json:"system"`   // name
	Method       string          `json:"method"`   // name
	Connection   string          `json:"connection,omitempty"`
	ROS          *RiskAssessment `json:"ros,omitempty"`
	LD           *SolutionDesign `json:"ld,omitempty"`
	MappingHash  string          `json:"mapping_hash,omitempty"`
	CodebookHash string          `json:"codebook_hash,omitempty"`
}

// Hash gives the lower-case hex SHA-256 of the mapping in canonical form: JSON with a fixed order of members, map keys
// sorted by bytes.
func (m *Mapping) Hash() string { return hashOf([]byte(canonical(m))) }

// Hash gives the lower-case hex SHA-256 of what the codebook defines, in canonical form.
func (c *Codebook) Hash() string { return hashOf([]byte(canonical(c))) }

func hashOf(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// Fingerprints gives the hashes by which a submission can be found: hash → what it is the hash of.
func (s *Submission) Fingerprints() map[string]string {
	f := map[string]string{s.ScopeHash: FoundScope}
	if s.Facts == nil {
		return f
	}
	for hash, what := range map[string]string{s.Facts.MappingHash: FoundMapping, s.Facts.CodebookHash: FoundCodebook} {
		if hash != "" {
			f[hash] = what
		}
	}
	if r := s.Facts.ROS; r != nil && r.Document != nil {
		f[r.Document.SHA256] = FoundDocument
	}
	if d := s.Facts.LD; d != nil && d.Document != nil {
		f[d.Document.SHA256] = FoundDocument
	}
	return f
}

// What a hash can be the hash of.
const (
	FoundScope    = "scope"
	FoundMapping  = "mapping"
	FoundCodebook = "codebook"
	FoundDocument = "document" // a file that a ROS or an LD holds
	FoundPack     = "pack"     // the manifest of an evidence pack
)

// Found is one thing that a hash is the hash of.
type Found struct {
	Hash       string // whole
	What       string
	ApprovalID string
	No         int // submission; 0 for a pack
}

// LeastHash is how many characters of a hash somebody must give to look for it.
const LeastHash = 8

// ParseHash reads a hash, or the beginning of one, as people paste it: with spaces around and in it, in either case,
// and with "sha256:" in front. It gives "" for what is none.
func ParseHash(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(s), ""))
	s = strings.TrimRight(strings.TrimPrefix(s, "sha256:"), "….")
	if len(s) < LeastHash || len(s) > 64 {
		return ""
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return ""
		}
	}
	return s
}
