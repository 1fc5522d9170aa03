package spool

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"samband/jobs/connector"
	"samband/jobs/connector/handover"
	"samband/store"
)

// batchRows is how many rows a batch holds.
const batchRows = 1000

// delivery is an extract that is whole: its slices one after another, or the one file that it was put away as.
type delivery struct {
	Options
	paths  []string
	sums   []string // of the slices, when they were surveyed
	fields []string
	info   store.Delivery
	open   *slice
	at     int // the next path to open
	row    int64
	read   int64
	slices bool // of the spool, to be put away
}

func newDelivery(ctx context.Context, e *extract) (*delivery, error) {
	d := &delivery{Options: e.Options, fields: e.fields, slices: true}
	var rows int64
	for _, m := range e.slices {
		d.paths = append(d.paths, e.path(m.No))
		d.info.Bytes += m.Bytes
		rows += m.Rows
	}
	d.info.Name, d.info.Encoding, d.info.Stated = e.Name, "utf-8", rows
	var err error
	d.info.SHA256, err = d.sum(ctx)
	return d, err
}

// sum gives the mark of the content: of the columns and the rows, however they lie in slices.
func (d *delivery) sum(ctx context.Context) (string, error) {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(d.fields); err != nil {
		return "", err
	}
	for _, path := range d.paths {
		s, err := openSlice(path, d.Key)
		if err != nil {
			return "", broken(err)
		}
		d.sums = append(d.sums, s.manifest.SHA256)
		_, err = io.Copy(h, until{ctx, s})
		s.Close()
		if err != nil {
			return "", broken(err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// until reads until ctx ends.
type until struct {
	ctx context.Context
	r   io.Reader
}

func (u until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

func broken(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return store.Wrap(err, store.Unavailable, "delivery.sealed_broken", nil)
}

func (d *delivery) Info() store.Delivery { return d.info }
func (d *delivery) Size() int64          { return d.info.Bytes }
func (d *delivery) Fields() []string     { return d.fields }
func (d *delivery) Progress() int64      { return d.read }

// Read gives the next rows.
func (d *delivery) Read(ctx context.Context, b *connector.Batch) error {
	b.Cells, b.Bad, b.Width = b.Cells[:0], b.Bad[:0], len(d.fields)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if d.open == nil {
			if d.at == len(d.paths) {
				return io.EOF
			}
			var err error
			if d.open, err = openSlice(d.paths[d.at], d.Key); err != nil {
				return broken(err)
			}
			if d.open.manifest.SHA256 != d.sums[d.at] { // somebody who was thought to be gone has written to it
				return store.E(store.Unavailable, "delivery.changed", store.Args{"name": d.info.Name})
			}
			d.at++
		}
		err := d.open.batch(b, len(d.fields), batchRows)
		if err == io.EOF {
			d.open.Close()
			d.open = nil
			continue
		}
		if err != nil {
			b.Cells = b.Cells[:0]
			return err
		}
		b.First = d.row + 1
		d.row += int64(b.Rows())
		d.read += int64(len(b.Data))
		if d.row == d.info.Stated {
			d.read = d.info.Bytes
		}
		return nil
	}
}

// Close closes the file that is open.
func (d *delivery) Close() error {
	if d.open == nil {
		return nil
	}
	return d.open.Close()
}

// Loaded puts the extract away as one sealed delivery, and then removes its slices.
func (d *delivery) Loaded(ctx context.Context) error {
	if !d.slices {
		return nil
	}
	to := sealedPath(d.SealDir, d.info.SHA256)
	if _, err := os.Stat(to); errors.Is(err, os.ErrNotExist) {
		if err := d.putAway(ctx, to); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return store.Wrap(err, store.Internal, "delivery.seal", store.Args{"name": d.info.Name})
		}
	}
	return failed(os.RemoveAll(d.Dir))
}

// label is what the manifest of a delivery that is put away adds to that of a slice.
type label struct {
	manifest
	Name string `json:"name"`
}

func (d *delivery) putAway(ctx context.Context, to string) error {
	if err := os.MkdirAll(d.SealDir, 0o700); err != nil {
		return err
	}
	return atomically(d.SealDir, to, func(f io.Writer) error {
		w, err := handover.Seal(f, d.Key)
		if err != nil {
			return err
		}
		l := label{manifest{Last: true, First: 1, Rows: d.info.Stated, Bytes: d.info.Bytes, SHA256: d.info.SHA256,
			Fields: d.fields, Period: d.Period}, d.info.Name}
		if err := json.NewEncoder(w).Encode(l); err != nil {
			return err
		}
		for _, path := range d.paths {
			s, err := openSlice(path, d.Key)
			if err != nil {
				return err
			}
			_, err = io.Copy(w, until{ctx, s})
			s.Close()
			if err != nil {
				return err
			}
		}
		return w.Close()
	})
}

func sealedPath(dir, sha string) string { return filepath.Join(dir, sha+".rows.age") }

// Kept tells whether Loaded put a delivery of that content away.
func Kept(o Options, sha string) bool {
	_, err := os.Stat(sealedPath(o.SealDir, sha))
	return err == nil
}

// OpenSealed opens a delivery that Loaded put away, by the SHA-256 of its content. NotFound: there is none of it.
func OpenSealed(ctx context.Context, o Options, sha string) (connector.Delivery, error) {
	if strings.ContainsAny(sha, `/\.`) {
		return nil, store.E(store.NotFound, "delivery.not_kept", nil)
	}
	path := sealedPath(o.SealDir, sha)
	s, err := openSlice(path, o.Key)
	if errors.Is(err, os.ErrNotExist) {
		return nil, store.Wrap(err, store.NotFound, "delivery.not_kept", nil)
	}
	if err != nil {
		return nil, err
	}
	s.Close()
	d := &delivery{Options: o.filled(), paths: []string{path}, fields: s.manifest.Fields}
	d.info = store.Delivery{Name: s.Name, SHA256: sha, Bytes: s.manifest.Bytes, Encoding: "utf-8", Stated: s.manifest.Rows}
	if got, err := d.sum(ctx); err != nil {
		return nil, err
	} else if got != sha {
		return nil, store.E(store.Unavailable, "delivery.sealed_broken", nil)
	}
	return d, nil
}

// Remove takes a run's extract away: it isn't needed, or can be read again from the source.
func Remove(dir string) error { return failed(os.RemoveAll(dir)) }
