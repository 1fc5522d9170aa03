package handover

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"slices"
	"time"

	"samband/store"
)

// tree is a folder at the receiver, near or far: what a file is handed over in.
type tree interface {
	open(name string) (io.ReadCloser, time.Time, error) // fs.ErrNotExist when it isn't there
	create(name string) (written, error)                // fs.ErrExist when it is
	rename(from, to string) error
	remove(name string) error
	names() ([]string, error)
	settle() error // what was named stays named
}

// written is a file that is being written.
type written interface {
	io.Writer
	Sync() error
	io.Closer
}

// put writes a file under a name that nobody reads, makes sure of it, and gives it its own: whoever sees the name has the
// whole. A stop on the way leaves what the next attempt begins anew.
func put(ctx context.Context, t tree, f File, receipts bool) error {
	if err := f.check(); err != nil {
		return err
	}
	there, err := holds(ctx, t, f)
	if err != nil || there {
		return err
	}
	if receipts { // the receiver may have taken it away already
		if r, err := receipt(t, f); err != nil || r.State != ReceiptNone {
			return err
		}
	}
	if err := t.remove(partOf(f.Name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	out, err := t.create(partOf(f.Name))
	if err != nil {
		return err
	}
	err = f.copied(ctx, out)
	if err == nil {
		err = out.Sync()
	}
	err = errors.Join(err, out.Close())
	if err == nil {
		err = t.rename(partOf(f.Name), f.Name)
	}
	if err != nil {
		t.remove(partOf(f.Name)) // a full disk is better off without it; what can't be removed is when it is tried again
		return err
	}
	return t.settle()
}

// holds tells whether the receiver has the file under its name.
func holds(ctx context.Context, t tree, f File) (bool, error) {
	in, _, err := t.open(f.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer in.Close()
	same, err := f.same(ctx, in)
	if err == nil && !same {
		err = store.E(store.Conflict, "channel.other_content", nil)
	}
	return same, err
}

// receipt reads what lies there of receipts for a file.
func receipt(t tree, f File) (Receipt, error) {
	all, err := t.names()
	if err != nil {
		return Receipt{}, err
	}
	names := receiptsOf(f.Name, all)
	slices.Sort(names)
	var list []Receipt
	for _, n := range names {
		in, at, err := t.open(n)
		if errors.Is(err, fs.ErrNotExist) {
			continue // taken away meanwhile
		}
		if err != nil {
			return Receipt{}, err
		}
		r, err := parseReceipt(in, f.SHA256)
		in.Close()
		if errors.Is(err, errReceipt) {
			return Receipt{}, store.E(store.Unavailable, "channel.receipt", nil)
		}
		if err != nil {
			return Receipt{}, err
		}
		r.At = at.UTC()
		list = append(list, r)
	}
	return agree(list)
}
