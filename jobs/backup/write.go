package backup

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"samband/jobs/connector/handover"
	"samband/store"
	"samband/store/auditlog"
)

// unfinished is how the name of a set begins that isn't whole yet.
const unfinished = ".unfinished-"

const (
	manifestName  = "manifest.json"
	signatureName = "manifest.sig"
	ending        = ".age"
)

// Writer writes one set.
type Writer struct {
	folder, path string // where sets lie, and this one until it is whole
	key          []byte
	files        []File
}

// Create begins a set in a folder that holds sets, and clears away what a killed process left there more than a day ago.
func Create(folder, id string, key []byte, now time.Time) (*Writer, error) {
	w := &Writer{folder: folder, path: filepath.Join(folder, unfinished+id), key: key}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, w.fail(err)
	}
	left, err := filepath.Glob(filepath.Join(folder, unfinished+"*"))
	if err != nil {
		return nil, w.fail(err)
	}
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
			os.RemoveAll(path)
		}
	}
	return w, w.fail(os.Mkdir(w.path, 0o700))
}

// Add seals what content writes under the file's name.
func (w *Writer) Add(ctx context.Context, name string, content func(io.Writer) error) (err error) {
	path := filepath.Join(w.path, filepath.FromSlash(name)+ending)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return w.fail(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return w.fail(err)
	}
	defer f.Close()
	out := newCounter(ctx, f)
	sealed, err := handover.Seal(out, w.key)
	if err != nil {
		return err
	}
	in := newCounter(ctx, sealed)
	if err := content(in); err != nil {
		return w.fail(err)
	}
	if err := sealed.Close(); err != nil {
		return w.fail(err)
	}
	if err := f.Sync(); err != nil {
		return w.fail(err)
	}
	w.files = append(w.files, File{name, in.n, in.hex(), out.n, out.hex()})
	return nil
}

// Finish completes the manifest, reads the whole set back, and gives the set its name. When it returns, the set is on
// the disk.
func (w *Writer) Finish(ctx context.Context, m *Manifest, signer *auditlog.Signer) error {
	m.Format, m.Key, m.PublicKey, m.Files = Format, Print(w.key), signer.Verifier().String(), w.files
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return w.fail(err)
	}
	signature := base64.StdEncoding.EncodeToString(signer.Detached(text))
	for name, content := range map[string][]byte{manifestName: text, signatureName: []byte(signature + "\n")} {
		if err := writeFile(filepath.Join(w.path, name), content); err != nil {
			return w.fail(err)
		}
	}
	s, err := open(w.path, m.ID, signer.Verifier())
	if err != nil {
		return err
	}
	if err := s.Verify(ctx, w.key); err != nil {
		return err
	}
	if err := syncTree(w.path); err != nil {
		return w.fail(err)
	}
	if err := os.Rename(w.path, filepath.Join(w.folder, m.ID)); err != nil {
		return w.fail(err)
	}
	return w.fail(syncFolder(w.folder))
}

// Discard takes away a set that didn't become whole. After Finish it does nothing.
func (w *Writer) Discard() { os.RemoveAll(w.path) }

func (w *Writer) fail(err error) error {
	return store.Wrap(err, store.Unavailable, "backup.write", store.Args{"path": w.folder})
}

func writeFile(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// syncTree makes the names in a folder and all below it last.
func syncTree(path string) error {
	return filepath.WalkDir(path, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = syncFolder(path)
		}
		return err
	})
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// counter counts and hashes what goes through it, and stops when its context ends.
type counter struct {
	ctx context.Context
	w   io.Writer
	h   hash.Hash
	n   int64
}

func newCounter(ctx context.Context, w io.Writer) *counter {
	return &counter{ctx: ctx, w: w, h: sha256.New()}
}

func (c *counter) Write(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.w.Write(b)
	c.h.Write(b[:n])
	c.n += int64(n)
	return n, err
}

func (c *counter) hex() string { return hex.EncodeToString(c.h.Sum(nil)) }

// local tells whether a name of a manifest stays below the folder it is restored to.
func local(name string) bool {
	return filepath.IsLocal(filepath.FromSlash(name)) && !strings.ContainsAny(name, "\\\x00")
}
