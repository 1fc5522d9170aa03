// Package strict reads tables, XML and JSON that somebody uploaded, so that no file can make the portal read other
// files, run out of memory or hang: a file has at most MaxSize bytes, an XML or JSON tree at most MaxParts parts and
// MaxDepth levels, and a document type, an entity, a member that stands twice or text that isn't text refuses it. What
// is wrong is said as a store.Error of the class Invalid with a code dictionary.….
package strict

import (
	"bytes"

	"samband/store"
)

// Limits of one file.
const (
	MaxSize  = 32 << 20 // bytes
	MaxParts = 1 << 20  // elements of XML, values of JSON
	MaxDepth = 128      // levels: a questionnaire has two for each of its own, and seven or more of those
)

func sized(data []byte) error {
	switch {
	case len(data) > MaxSize:
		return store.E(store.Invalid, "dictionary.too_large", store.Args{"max": MaxSize >> 20})
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return store.E(store.Invalid, "dictionary.utf16", nil)
	case len(bytes.TrimSpace(data)) == 0:
		return store.E(store.Invalid, "dictionary.empty", nil)
	}
	return nil
}

// lineOf counts the lines up to an offset, from 1.
func lineOf(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(max(offset, 0), int64(len(data)))], []byte{'\n'})
}
