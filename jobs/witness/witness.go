// Package witness keeps signed checkpoints of the audit log in a folder outside every database: what somebody does to
// the database doesn't reach them, and what is restored from a backup is told apart from what was there.
//
// The folder has one file a month, which only grows, with one checkpoint a line: the signed note as a JSON string.
// Beside them lie the file head, a signed tree of the newest entry that is replaced all the time, and found, what a walk
// over the log found and nobody has accepted. The high-water mark lies in a
// folder of its own, with found for what is missing from the databases.
// Processes that share a database share the folder.
package witness

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"samband/store"
)

// Folder is a folder of checkpoints.
type Folder struct{ Path string }

const ending = ".checkpoints"

// ErrBusy tells that another holds the folder.
var ErrBusy = store.E(store.Conflict, "audit.folder_busy", nil)

// Make makes the folder when it is missing.
func (f Folder) Make() error { return f.fail(os.MkdirAll(f.Path, 0o700)) }

// TryLock takes the folder for this caller alone until it calls unlock, or gives ErrBusy.
func (f Folder) TryLock() (unlock func(), err error) {
	d, err := os.Open(f.Path)
	if err != nil {
		return nil, f.fail(err)
	}
	if err := unix.Flock(int(d.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		d.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, ErrBusy
		}
		return nil, f.fail(err)
	}
	return func() { d.Close() }, nil
}

// Lock is TryLock that waits.
func (f Folder) Lock(ctx context.Context) (unlock func(), err error) {
	for {
		unlock, err := f.TryLock()
		if !errors.Is(err, ErrBusy) {
			return unlock, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Notes returns every checkpoint, oldest first; none is an empty list.
func (f Folder) Notes() ([]string, error) {
	names, err := f.files()
	notes := []string{}
	for _, name := range names {
		var more []string
		if more, err = f.read(name); err != nil {
			return nil, err
		}
		notes = append(notes, more...)
	}
	return notes, err
}

// Last returns the newest checkpoint, "" when there is none.
func (f Folder) Last() (string, error) {
	names, err := f.files()
	for _, name := range slices.Backward(names) {
		notes, err := f.read(name)
		if err != nil {
			return "", err
		}
		if len(notes) > 0 {
			return notes[len(notes)-1], nil
		}
	}
	return "", err
}

// files gives the names of the files, the oldest first.
func (f Folder) files() ([]string, error) {
	list, err := os.ReadDir(f.Path)
	if err != nil {
		return nil, f.fail(err)
	}
	var names []string
	for _, e := range list { // in order of name, which is the order of time
		if strings.HasSuffix(e.Name(), ending) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// read gives the checkpoints of a file. What is no whole line was cut off in writing: it never counted.
func (f Folder) read(name string) (notes []string, err error) {
	b, err := os.ReadFile(filepath.Join(f.Path, name))
	for line := range strings.Lines(string(b)) {
		var n string
		if json.Unmarshal([]byte(line), &n) == nil {
			notes = append(notes, n)
		}
	}
	return notes, f.fail(err)
}

// Append writes a checkpoint at the end. When it returns, it is on the disk.
func (f Folder) Append(note string, now time.Time) error {
	names, err := f.files()
	if err != nil {
		return err
	}
	name := now.UTC().Format("2006-01") + ending
	if len(names) > 0 {
		name = max(name, names[len(names)-1]) // a clock that was set back doesn't change the order
	}
	path := filepath.Join(f.Path, name)
	b, err := os.ReadFile(path)
	made := errors.Is(err, os.ErrNotExist)
	if err != nil && !made {
		return f.fail(err)
	}
	line, err := json.Marshal(note)
	if err != nil {
		return f.fail(err)
	}
	if len(b) > 0 && b[len(b)-1] != '\n' {
		line = append([]byte{'\n'}, line...)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return f.fail(err)
	}
	_, err = file.Write(append(line, '\n'))
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err == nil && made {
		err = f.sync()
	}
	return f.fail(err)
}

// Head returns the signed tree that PutHead wrote last, "" when there is none.
func (f Folder) Head() (string, error) { return f.whole(headName) }

// PutHead keeps a signed tree of the newest entry in place of the last: no checkpoint of its own, but what the end of
// the log is held against until the next one.
func (f Folder) PutHead(note string) error { return f.replace(headName, note) }

// Found returns what PutFound wrote, "" when nothing stands.
func (f Folder) Found() (string, error) { return f.whole(foundName) }

// PutFound keeps what was found, so that neither a new start nor an exchanged database makes it forgotten; "" ends it.
func (f Folder) PutFound(text string) error {
	if text != "" {
		return f.replace(foundName, text)
	}
	if err := os.Remove(filepath.Join(f.Path, foundName)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return f.fail(err)
	}
	return f.fail(f.sync())
}

// Mark returns the signed high-water mark that PutMark wrote last, "" when there is none.
func (f Folder) Mark() (string, error) { return f.whole(markName) }

// PutMark keeps a signed high-water mark in place of the last.
func (f Folder) PutMark(note string) error { return f.replace(markName, note) }

const (
	headName  = "head"
	foundName = "found"
	markName  = "mark"
)

func (f Folder) whole(name string) (string, error) {
	b, err := os.ReadFile(filepath.Join(f.Path, name))
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	return string(b), f.fail(err)
}

// replace writes a small file: whoever reads it meets the former content or the new one, also after a crash.
func (f Folder) replace(name, content string) error {
	file, err := os.CreateTemp(f.Path, name+"-*") // readable for the owner alone
	if err != nil {
		return f.fail(err)
	}
	defer os.Remove(file.Name()) // does nothing once it has its name
	_, err = file.WriteString(content)
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(f.Path, name))
	}
	if err == nil {
		err = f.sync()
	}
	return f.fail(err)
}

// sync makes a new file's name last.
func (f Folder) sync() error {
	d, err := os.Open(f.Path)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

func (f Folder) fail(err error) error {
	return store.Wrap(err, store.Unavailable, "audit.folder", store.Args{"path": f.Path})
}
