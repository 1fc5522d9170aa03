package files

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"slices"

	"samband/jobs/connector"
	"samband/store"
)

var _ connector.Setter = (*source)(nil)

// SetAside seals a delivery and takes it out of the folder together with its control file, whatever that says.
func (s *source) SetAside(ctx context.Context, name, sha string, agreed func() error) error {
	gone := store.E(store.Conflict, "delivery.gone", store.Args{"name": name})
	r, err := s.root()
	if err != nil {
		return err
	}
	defer r.Close()
	list, _, err := s.list(r)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(c candidate) bool { return c.name == name && c.complete }) {
		return gone
	}
	found, err := r.Lstat(name)
	if err != nil {
		return gone
	}
	d := &delivery{s: s, root: r, found: found, info: store.Delivery{Name: name, Stated: -1},
		open: func() (io.ReadCloser, error) { return open(r, name, found) }}
	if err := d.sum(ctx); err != nil {
		return err
	}
	if d.info.SHA256 != sha {
		return gone
	}
	if err := agreed(); err != nil {
		return err
	}
	if err := d.Loaded(ctx); err != nil {
		return err
	}
	if _, err := r.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return nil // delivered anew in the meantime, and the control file may be that one's
	}
	if err := r.Remove(name + controlEnd); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return store.Wrap(err, store.Unavailable, "files.read_only", store.Args{"folder": s.Values["folder"]})
	}
	return nil
}

// sum finds out which content it is.
func (d *delivery) sum(ctx context.Context) error {
	f, err := d.open()
	if err != nil {
		return d.broken(err)
	}
	defer f.Close()
	raw := newHashed(ctx, f)
	if _, err := io.Copy(io.Discard, raw); err != nil {
		return d.broken(err)
	}
	d.info.SHA256, d.info.Bytes = raw.hex(), raw.n
	return nil
}
