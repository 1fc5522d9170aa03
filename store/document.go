package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
	"unicode"
)

// DocumentRef points at a PDF that is kept in the portal, by the hash of its bytes.
type DocumentRef struct {
	Name   string `yaml:"name" json:"name"`
	SHA256 string `yaml:"sha256" json:"sha256"` // hexadecimal, small letters
}

// DocumentLimit is how many bytes a document may have.
const DocumentLimit = 10 << 20

// NewDocument gives the reference of a PDF that somebody has sent under a name of theirs. The bytes decide what it is,
// not the name: it must begin as a PDF does and be there to its end. Errors are Invalid "document.too_large",
// "document.not_pdf", "document.cut" and "form.person_number", at the field "file".
func NewDocument(name string, content []byte) (*DocumentRef, error) {
	switch {
	case len(content) > DocumentLimit:
		return nil, FieldError("file", "document.too_large", Args{"limit": DocumentLimit >> 20})
	case !bytes.HasPrefix(content, []byte("%PDF-")):
		return nil, FieldError("file", "document.not_pdf", nil)
	case !bytes.HasSuffix(bytes.TrimRight(content, "\r\n\t \x00"), []byte("%%EOF")):
		return nil, FieldError("file", "document.cut", nil)
	case ScanWritten(name) > 0: // the name is shown, logged and exported
		return nil, FieldError("file", "form.person_number", nil)
	}
	sum := sha256.Sum256(content)
	return &DocumentRef{Name: documentName(name), SHA256: hex.EncodeToString(sum[:])}, nil
}

// documentName makes a name harmless: no folders, no characters that can't be seen or that turn text around, none that
// systems of files take for their own, not long, and always ".pdf" at the end.
func documentName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(c rune) rune {
		switch {
		case c == unicode.ReplacementChar, !unicode.IsPrint(c), unicode.Is(unicode.Bidi_Control, c):
			return -1
		case strings.ContainsRune(`<>:"/|?*;%`, c):
			return '_'
		}
		return c
	}, strings.ToValidUTF8(name, ""))
	if strings.HasSuffix(strings.ToLower(name), ".pdf") {
		name = name[:len(name)-len(".pdf")]
	}
	const most = 100
	if letters := []rune(name); len(letters) > most {
		name = string(letters[:most])
	}
	if name = strings.Trim(name, ". "); name == "" {
		name = "document"
	}
	return name + ".pdf"
}

// validate checks the form of a reference that comes with configuration.
func (r *DocumentRef) validate(bad *FieldErrors) {
	if r == nil {
		return
	}
	if sum, err := hex.DecodeString(r.SHA256); err != nil || len(sum) != sha256.Size ||
		r.SHA256 != strings.ToLower(r.SHA256) {
		bad.Add("document", "document.hash", nil)
	}
	if r.Name != documentName(r.Name) {
		bad.Add("document", "document.name", nil)
	}
}
