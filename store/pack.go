package store

import (
	"slices"
	"time"
)

// PackReport is what checking an evidence pack found. A pack holds when OK: nothing in it has been changed since it was
// made, and a key that is trusted signed it.
type PackReport struct {
	OK           bool          `json:"ok"`
	Signature    PackSignature `json:"signature"`
	Key          string        `json:"key,omitempty"` // the public key that the pack names
	ManifestHash string        `json:"manifest_hash,omitempty"`
	Manifest     *PackManifest `json:"manifest,omitempty"` // nil when it can't be read
	Files        []PackFile    `json:"files"`              // in the order of the manifest, then what is no part of it
	Checks       []PackCheck   `json:"checks"`             // those that could be made
}

// Whole tells whether nothing in the pack has been changed since whoever signed it signed it.
func (p *PackReport) Whole() bool {
	return p.Signature != SignatureBroken && len(p.Checks) > 0 &&
		!slices.ContainsFunc(p.Files, func(f PackFile) bool { return f.State != FileOK }) &&
		!slices.ContainsFunc(p.Checks, func(c PackCheck) bool { return !c.OK })
}

// PackSignature says what the signature of a pack is worth.
type PackSignature string

const (
	SignatureOK       PackSignature = "ok"       // by a key that is trusted
	SignatureForeign  PackSignature = "foreign"  // whole, but by a key that is not among the trusted
	SignatureUntested PackSignature = "untested" // whole, but no key is trusted: it shows only that the parts belong together
	SignatureBroken   PackSignature = "broken"   // none, or not of this manifest
)

// PackFile is one file of a pack.
type PackFile struct {
	Name  string    `json:"name"`
	Size  int64     `json:"size"`
	State FileState `json:"state"`
}

// FileState says what became of a file of a pack.
type FileState string

const (
	FileOK      FileState = "ok"
	FileChanged FileState = "changed"
	FileMissing FileState = "missing"
	FileExtra   FileState = "extra" // not in the manifest, or there twice
)

// PackCheck is one thing that must hold in a pack: text "evidence.check.<name>.ok" or "evidence.check.<name>.bad".
type PackCheck struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	Args Args   `json:"args,omitempty"`
}

// PackManifest names every file of a pack and says what it is evidence of.
type PackManifest struct {
	Format       string          `json:"format"` // PackFormat
	Installation string          `json:"installation"`
	MadeAt       time.Time       `json:"made_at"` // UTC
	MadeBy       string          `json:"made_by"` // name
	Approval     string          `json:"approval"`
	Integration  string          `json:"integration"`
	Registry     string          `json:"registry"`
	Submission   int             `json:"submission"`
	ScopeHash    string          `json:"scope_hash"`
	MappingNo    int             `json:"mapping_no"`
	Checkpoint   PackCheckpoint  `json:"checkpoint"`
	PublicKey    string          `json:"public_key"` // as auditlog.Verifier writes it
	Files        []PackFileEntry `json:"files"`      // in the order of the pack
}

// PackFormat names this form of pack.
const PackFormat = "samband-evidence-1"

// PackCheckpoint is the state of the log that the extract is proved against.
type PackCheckpoint struct {
	Size int64     `json:"size"` // entries
	Root []byte    `json:"root"` // RFC 6962 section 2.1
	At   time.Time `json:"at"`   // UTC
}

// PackFileEntry is one file as the manifest has it. Packed is what lies in the zip.
type PackFileEntry struct {
	Name         string `json:"name"`
	Size         int64  `json:"size"`
	SHA256       string `json:"sha256"`
	PackedSize   int64  `json:"packed_size"`
	PackedSHA256 string `json:"packed_sha256"`
}

// PackMade is an evidence pack that was made, as the log tells.
type PackMade struct {
	At           time.Time
	By           string
	ApprovalID   string
	Integration  string
	Registry     string
	ManifestHash string
	ScopeHash    string
}
