package backup

import (
	"os"
	"path/filepath"
	"slices"

	"samband/store"
	"samband/store/auditlog"
)

// Prune removes the oldest sets in a folder until keep are left, and gives the names of those that are gone. made, which
// was just read back, stays whatever the clock says, and counts. What this installation didn't sign is not touched and
// doesn't count, and neither is what isn't whole: it may be the only trace of something. A set loses its manifest first, so
// that one that is cut off in the middle is none.
func Prune(folder, made string, keep int, v *auditlog.Verifier) (gone []string, err error) {
	ours, err := Ours(folder, v)
	if err != nil {
		return nil, err
	}
	ours = slices.DeleteFunc(ours, func(s *Set) bool { return s.ID == made })
	for _, s := range ours[:max(0, len(ours)+1-keep)] {
		err := os.Remove(filepath.Join(s.Path, manifestName))
		if err == nil {
			err = os.RemoveAll(s.Path)
		}
		if err != nil {
			return gone, store.Wrap(err, store.Unavailable, "backup.write", store.Args{"path": folder})
		}
		gone = append(gone, s.ID)
	}
	return gone, nil
}

// Ours gives the sets in a folder that this installation signed and whose files are there, the oldest first.
func Ours(folder string, v *auditlog.Verifier) (ours []*Set, err error) {
	list, err := os.ReadDir(folder) // in order of name, which is the order of time
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "backup.read", nil)
	}
	for _, e := range list {
		if !e.IsDir() || !isID(e.Name()) {
			continue
		}
		if s, err := Open(filepath.Join(folder, e.Name()), v); err == nil && s.Look() == nil {
			ours = append(ours, s)
		}
	}
	return ours, nil
}
