package files

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/handover"
	"samband/store"
)

// sealedPath is where the content of that SHA-256 is put away.
func (s *source) sealedPath(sha string) string { return filepath.Join(s.SealDir, sha+".age") }

// Kept tells whether content is put away already.
func (s *source) Kept(sha string) bool {
	_, err := os.Stat(s.sealedPath(sha))
	return err == nil
}

// Loaded puts the delivery away: sealed, and only when that is on the disk removed from the drop folder. What has
// come under the same name since stays where it is.
func (d *delivery) Loaded(ctx context.Context) (err error) {
	if d.root == nil {
		return nil
	}
	defer func() {
		if ctx.Err() == nil {
			err = store.Wrap(err, store.Internal, "delivery.seal", store.Args{"name": d.info.Name})
		}
	}()
	if !d.s.Kept(d.info.SHA256) {
		if err := d.seal(ctx); err != nil {
			return err
		}
	}
	// The data go before the control file: what is left after a stop in between holds nothing of a person.
	switch now, err := d.root.Lstat(d.info.Name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !changed(d.found, now):
		if err := d.root.Remove(d.info.Name); err != nil {
			return err
		}
	}
	if c, err := d.s.control(d.root, d.info.Name); err == nil && c.sha256 == d.info.SHA256 {
		if err := d.root.Remove(d.info.Name + controlEnd); err != nil {
			return err
		}
	}
	dir, err := d.root.Open(".")
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// label is the first line of what is sealed. The content follows it as it lay.
type label struct {
	Name   string `json:"name"`
	Stated int64  `json:"stated"`
}

// seal writes the encrypted copy, whole or not at all.
func (d *delivery) seal(ctx context.Context) error {
	if err := os.MkdirAll(d.s.SealDir, 0o700); err != nil {
		return err
	}
	d.s.sweep()
	f, err := d.open()
	if err != nil {
		return err
	}
	defer f.Close()
	out, err := os.CreateTemp(d.s.SealDir, unfinished+"*")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name()) // nothing is there once it has its name
	defer out.Close()
	w, err := handover.Seal(out, d.s.SealKey)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(w).Encode(label{d.info.Name, d.info.Stated}); err != nil {
		return err
	}
	raw := newHashed(ctx, f)
	if _, err := io.Copy(w, raw); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if raw.hex() != d.info.SHA256 {
		return store.E(store.Unavailable, "delivery.changed", store.Args{"name": d.info.Name})
	}
	if err := out.Sync(); err != nil {
		return err
	}
	if err := os.Rename(out.Name(), d.s.sealedPath(d.info.SHA256)); err != nil {
		return err
	}
	dir, err := os.Open(d.s.SealDir)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

const unfinished = ".sealing-"

// sweep removes what a stop left half sealed. What is younger may be another's work.
func (s *source) sweep() {
	list, _ := filepath.Glob(filepath.Join(s.SealDir, unfinished+"*"))
	for _, path := range list {
		if info, err := os.Stat(path); err == nil && s.Clock.Now().Sub(info.ModTime()) > time.Hour {
			os.Remove(path)
		}
	}
}

// OpenSealed opens a delivery that was put away. NotFound: there is none of that content.
func (s *source) OpenSealed(ctx context.Context, sha string) (connector.Delivery, error) {
	if strings.ContainsAny(sha, `/\.`) {
		return nil, store.E(store.NotFound, "delivery.not_kept", nil)
	}
	l, r, err := s.openSealed(sha)
	if err != nil {
		return nil, err
	}
	r.Close()
	d := &delivery{options: s.options(), open: func() (io.ReadCloser, error) {
		_, r, err := s.openSealed(sha)
		return r, err
	}}
	d.info.Name, d.info.Stated = l.Name, l.Stated
	if err := d.survey(ctx); err != nil {
		return nil, err
	}
	if d.info.SHA256 != sha {
		return nil, store.E(store.Unavailable, "delivery.sealed_broken", nil)
	}
	if err := d.begin(); err != nil {
		return nil, err
	}
	return d, nil
}

// sealed is an open sealed file, past its label.
type sealed struct {
	io.Reader
	f *os.File
}

func (s sealed) Close() error { return s.f.Close() }

func (s *source) openSealed(sha string) (l label, _ io.ReadCloser, err error) {
	f, err := os.Open(s.sealedPath(sha))
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil, store.Wrap(err, store.NotFound, "delivery.not_kept", nil)
	}
	defer func() {
		if err != nil {
			f.Close()
			err = store.Wrap(err, store.Unavailable, "delivery.sealed_broken", nil)
		}
	}()
	if err != nil {
		return l, nil, err
	}
	r, err := handover.Open(f, s.SealKey)
	if err != nil {
		return l, nil, err
	}
	in := bufio.NewReaderSize(r, 64<<10)
	line, err := in.ReadSlice('\n')
	if err == nil {
		err = json.Unmarshal(line, &l)
	}
	return l, sealed{in, f}, err
}
