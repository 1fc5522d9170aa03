package backup

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"samband/jobs/connector/handover"
	"samband/store"
	"samband/store/auditlog"
)

// Set is a set whose manifest the installation has signed. What it says of the files is what they should be: Verify
// tells whether they are.
type Set struct {
	Manifest
	Path string
}

// Find gives the path of a set: path itself when it is one, else the newest in it. NotFound "backup.not_set": neither.
func Find(path string) (string, error) {
	if _, err := os.Stat(filepath.Join(path, manifestName)); err == nil {
		return path, nil
	}
	list, err := os.ReadDir(path)
	newest := ""
	for _, e := range list { // in order of name, which is the order of time
		if e.IsDir() && isID(e.Name()) {
			newest = e.Name()
		}
	}
	if newest == "" {
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return "", &store.Error{Class: store.NotFound, Code: "backup.not_set", Args: store.Args{"path": path}, Err: err}
	}
	return filepath.Join(path, newest), nil
}

// Open reads the manifest of a set. Refused: "backup.signature" when the installation didn't sign it, "backup.format"
// when a newer program made it. NotFound "backup.not_set".
func Open(path string, v *auditlog.Verifier) (*Set, error) { return open(path, filepath.Base(path), v) }

func open(path, id string, v *auditlog.Verifier) (*Set, error) {
	args := store.Args{"path": path}
	text, err := os.ReadFile(filepath.Join(path, manifestName))
	if err != nil {
		return nil, store.Wrap(err, store.NotFound, "backup.not_set", args)
	}
	coded, err := os.ReadFile(filepath.Join(path, signatureName))
	if err != nil {
		return nil, store.Wrap(err, store.Refused, "backup.signature", args)
	}
	signature, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(coded)))
	if err != nil || !v.Detached(text, signature) {
		return nil, store.Wrap(errors.Join(err, errUnsigned), store.Refused, "backup.signature", args)
	}
	s := &Set{Path: path}
	if err := json.Unmarshal(text, &s.Manifest); err != nil || s.Format != Format {
		return nil, store.E(store.Refused, "backup.format", store.Args{"format": s.Format, "known": Format})
	}
	for _, f := range s.Files {
		if !local(f.Name) || s.ID != id {
			return nil, store.E(store.Refused, "backup.signature", args)
		}
	}
	return s, nil
}

var errUnsigned = errors.New("the manifest is not what the installation signed")

// Look tells whether every file is there in its size, without reading them.
func (s *Set) Look() error {
	for _, f := range s.Files {
		info, err := os.Stat(s.path(f))
		if err != nil || info.Size() != f.SealedBytes {
			return s.broken(f, err)
		}
	}
	return nil
}

// Verify reads every file: is it what was written, and can it be opened. Refused "backup.key" when the set is sealed
// with another key, Unavailable "backup.broken" for the first file that isn't whole.
func (s *Set) Verify(ctx context.Context, key []byte) error {
	if Print(key) != s.Key {
		return store.E(store.Refused, "backup.key", store.Args{"key": s.Key})
	}
	for _, f := range s.Files {
		if err := s.Extract(ctx, f, key, io.Discard); err != nil {
			return err
		}
	}
	return nil
}

// Extract writes a file's content to w. The content counts only when no error is given.
func (s *Set) Extract(ctx context.Context, f File, key []byte, w io.Writer) error {
	in, err := os.Open(s.path(f))
	if err != nil {
		return s.broken(f, err)
	}
	defer in.Close()
	raw := newCounter(ctx, io.Discard)
	r, err := handover.Open(io.TeeReader(in, raw), key)
	if err != nil {
		return s.broken(f, err)
	}
	out := newCounter(ctx, w)
	if _, err := io.Copy(out, r); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return s.broken(f, err)
	}
	if out.n != f.Bytes || out.hex() != f.SHA256 || raw.n != f.SealedBytes || raw.hex() != f.SealedSHA256 {
		return s.broken(f, nil)
	}
	return nil
}

func (s *Set) path(f File) string { return filepath.Join(s.Path, filepath.FromSlash(f.Name)+ending) }

// broken is what the error of one file is told as; one of the disk that is written to stays what it is.
func (s *Set) broken(f File, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) && path.Op == "write" {
		return err
	}
	return &store.Error{Class: store.Unavailable, Code: "backup.broken", Args: store.Args{"name": f.Name, "set": s.ID}, Err: err}
}
