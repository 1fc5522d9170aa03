package datadir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"samband/store"
)

// A folder that a backup is being put back into has the file restoring: nobody can own it until all is there. One that
// a backup was put back into has the file restored until somebody has said that work goes on from there.
const (
	restoring = "restoring"
	restored  = "restored"
)

// Restore takes a folder for a backup to be put back into. Refused "datadir.not_empty" when it holds anything but master
// keys and the high-water mark, with which lie the tombstones of who has been erased since.
func Restore(root string) (_ *Dir, err error) {
	given := root
	if root, err = filepath.Abs(root); err != nil {
		return nil, store.Wrap(err, store.Internal, "datadir.open", store.Args{"path": given})
	}
	d := &Dir{Root: root}
	defer func() {
		if err != nil && d.lock != nil {
			d.lock.Close()
		}
		err = store.Wrap(err, store.Unavailable, "datadir.open", store.Args{"path": root})
	}()
	list, err := os.ReadDir(root)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range list {
		if e.Name() != filepath.Base(d.Keys()) && e.Name() != filepath.Base(d.Mark()) && e.Name() != "lost+found" {
			return nil, store.E(store.Refused, "datadir.not_empty", store.Args{"path": root, "name": e.Name()})
		}
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, err
	}
	// Made first and taken away last; of two that come at once, one makes it.
	f, err := os.OpenFile(filepath.Join(root, restoring), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	f.Close()
	if d.lock, err = os.OpenFile(filepath.Join(root, "lock"), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return nil, err
	}
	if err := unix.Flock(int(d.lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return nil, err
	}
	return d, d.sync()
}

// EndRestore makes the folder one that can be opened, marked as restored with what note says.
func (d *Dir) EndRestore(note []byte) error {
	err := os.WriteFile(filepath.Join(d.Root, restored), note, 0o600)
	if err == nil {
		err = d.sync()
	}
	if err == nil {
		err = os.Remove(filepath.Join(d.Root, restoring))
	}
	if err == nil {
		err = d.sync()
	}
	return store.Wrap(err, store.Unavailable, "datadir.open", store.Args{"path": d.Root})
}

// Restored gives the note of the backup that was put back into the folder, nil when there is none that nobody has
// confirmed.
func (d *Dir) Restored() ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(d.Root, restored))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, store.Wrap(err, store.Unavailable, "datadir.open", store.Args{"path": d.Root})
}

// ConfirmRestored takes the note away.
func (d *Dir) ConfirmRestored() error {
	err := os.Remove(filepath.Join(d.Root, restored))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = d.sync()
	}
	return store.Wrap(err, store.Unavailable, "datadir.open", store.Args{"path": d.Root})
}

// sync makes names in the folder last.
func (d *Dir) sync() error {
	f, err := os.Open(d.Root)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
