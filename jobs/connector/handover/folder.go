package handover

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"samband/store"
)

// folder is a channel to a folder of this machine. Receipts lie beside the files.
type folder struct {
	path     string
	receipts bool
}

// Place gives the folder as it is, whatever links lead to it.
func (c *folder) Place() string {
	if real, err := filepath.EvalSymlinks(c.path); err == nil {
		return "file://" + real
	}
	return "file://" + c.path
}

func (c *folder) Close() error { return nil }

func (c *folder) root() (*localTree, error) {
	r, err := os.OpenRoot(c.path)
	return &localTree{r}, store.Wrap(err, store.Unavailable, "channel.away", store.Args{"place": c.Place()})
}

func (c *folder) Test(ctx context.Context) error {
	t, err := c.root()
	if err != nil {
		return err
	}
	defer t.r.Close()
	return trouble(ctx, unix.Access(c.path, unix.W_OK|unix.X_OK), "channel.write", c.Place())
}

func (c *folder) Put(ctx context.Context, f File) error {
	t, err := c.root()
	if err != nil {
		return err
	}
	defer t.r.Close()
	return trouble(ctx, put(ctx, t, f, c.receipts), "channel.write", c.Place())
}

func (c *folder) Receipt(ctx context.Context, f File) (Receipt, error) {
	t, err := c.root()
	if err != nil {
		return Receipt{}, err
	}
	defer t.r.Close()
	if c.receipts {
		r, err := receipt(t, f)
		return r, trouble(ctx, err, "channel.read", c.Place())
	}
	there, err := holds(ctx, t, f)
	if err != nil || !there {
		return Receipt{}, trouble(ctx, err, "channel.read", c.Place())
	}
	info, err := t.r.Stat(f.Name)
	if err != nil {
		return Receipt{}, trouble(ctx, err, "channel.read", c.Place())
	}
	return Receipt{State: ReceiptTaken, At: info.ModTime().UTC()}, nil
}

// localTree is a folder of this machine. Nothing outside it is reached, whatever links lie in it.
type localTree struct{ r *os.Root }

func (t *localTree) open(name string) (io.ReadCloser, time.Time, error) {
	f, err := t.r.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return nil, time.Time{}, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		f.Close()
		return nil, time.Time{}, err
	}
	return f, info.ModTime(), nil
}

func (t *localTree) create(name string) (written, error) {
	return t.r.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_NOFOLLOW, 0o600)
}

func (t *localTree) rename(from, to string) error { return t.r.Rename(from, to) }
func (t *localTree) remove(name string) error     { return t.r.Remove(name) }

func (t *localTree) names() ([]string, error) {
	f, err := t.r.Open(".")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Readdirnames(-1)
}

func (t *localTree) settle() error {
	f, err := t.r.Open(".")
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
