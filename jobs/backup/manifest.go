package backup

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"samband/store"
)

// Format is the version of how a set lies on disk.
const Format = 1

// Manifest says what a set holds.
type Manifest struct {
	Format    int       `json:"format"`
	ID        string    `json:"id"`         // name of the set's folder
	At        time.Time `json:"at"`         // the moment that the files show
	PublicKey string    `json:"public_key"` // of the installation, as package auditlog writes it
	Key       string    `json:"key"`        // print of the backup key, see Print
	// Keys names the master keys that what is in the set is sealed with, as the installation does; nil in older sets.
	Keys     map[string]string `json:"keys,omitempty"`
	Program  string            `json:"program"`  // version that made it
	Schema   int64             `json:"schema"`   // of the portal database
	Postgres bool              `json:"postgres"` // the databases are on a server: only files are in the set
	Mark     store.Mark        `json:"mark"`
	Files    []File            `json:"files"`
}

// File is one file of the installation, named by its path in the data folder with forward slashes.
type File struct {
	Name         string `json:"name"`
	Bytes        int64  `json:"bytes"`
	SHA256       string `json:"sha256"`
	SealedBytes  int64  `json:"sealed_bytes"`
	SealedSHA256 string `json:"sealed_sha256"`
}

// Bytes gives how many bytes the files take when they are restored, and as they lie in the set.
func (m *Manifest) Bytes() (content, sealed int64) {
	for _, f := range m.Files {
		content += f.Bytes
		sealed += f.SealedBytes
	}
	return content, sealed
}

// Print names a key without telling anything of it: 16 hexadecimal digits.
func Print(key []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("samband/key/print/v1"))
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// NewID names the set of a moment. short tells two of one second apart.
func NewID(at time.Time, short string) string { return at.UTC().Format(idLayout) + "-" + short }

const idLayout = "2006-01-02T15-04-05Z"

func isID(name string) bool {
	if len(name) < len(idLayout)+2 || name[len(idLayout)] != '-' {
		return false
	}
	_, err := time.Parse(idLayout, name[:len(idLayout)])
	return err == nil
}
