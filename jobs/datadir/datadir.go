// Package datadir knows where things lie in the data folder and sees to it that one process owns it. Who owns the
// folder listens on a socket there; commands of other processes hand their work over.
package datadir

import (
	"cmp"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"

	"samband/store"
)

// Dir is a data folder. Everything Samband keeps lies in it, but for the master keys when the operator puts them
// elsewhere, and the drop folders, where others put clear data.
type Dir struct {
	Root string
	// Shared is the folder of what all processes with one database need alike, when there are several: Root when empty.
	Shared string
	// Place names the folder among those of all machines that share a database. It stays the same as long as the folder
	// does: whoever owns the folder knows that the processes which were there before have ended.
	Place string
	lock  *os.File
}

// Portal is the file of the portal database. Each kind of data has a file of its own, so that neither copying nor
// breaking into one gives the others.
func (d *Dir) Portal() string { return filepath.Join(d.Root, "portal.db") }

// Queue is the file of the work queue.
func (d *Dir) Queue() string { return filepath.Join(d.Root, "queue.db") }

// Vault is the file of persons.
func (d *Dir) Vault() string { return filepath.Join(d.Root, "vault.db") }

// VaultKeys is the file of the data keys of persons, which no set of backup holds.
func (d *Dir) VaultKeys() string { return filepath.Join(d.Root, "vault-keys.db") }

// Consent is the file of what people have chosen.
func (d *Dir) Consent() string { return filepath.Join(d.Root, "consent.db") }

// Registry is the file of one registry's health data. id must be a valid slug.
func (d *Dir) Registry(id string) string { return filepath.Join(d.Root, "registries", id+".db") }

func (d *Dir) shared(name string) string { return filepath.Join(cmp.Or(d.Shared, d.Root), name) }

// Sealed is the folder of deliveries that are set aside, encrypted.
func (d *Dir) Sealed(integrationID string) string {
	return filepath.Join(d.shared("sealed"), integrationID)
}

// Spools is the folder of what runs extract from sources until it is loaded, encrypted, and Spool that of one run.
func (d *Dir) Spools() string            { return d.shared("spool") }
func (d *Dir) Spool(runID string) string { return filepath.Join(d.Spools(), runID) }

// Samples is the folder of people's own samples of sources, encrypted.
func (d *Dir) Samples() string { return d.shared("samples") }

// Keys is where the master keys lie unless the operator says otherwise.
func (d *Dir) Keys() string { return d.shared("keys") }

// Checkpoints is where signed checkpoints of the audit log lie unless the operator says otherwise.
func (d *Dir) Checkpoints() string { return d.shared("checkpoints") }

// Mark is where the high-water mark lies unless the operator says otherwise.
func (d *Dir) Mark() string { return d.shared("mark") }

// Before is the folder of what the databases were before a new version of the program changed their tables.
func (d *Dir) Before() string { return filepath.Join(d.Root, "before") }

// Moved is the note that stands here once the databases have been moved to a server.
func (d *Dir) Moved() string { return filepath.Join(d.Root, "moved.txt") }

// Temp is where files that must not outlive the process go; it is emptied by Own.
func (d *Dir) Temp() string { return filepath.Join(d.Root, "tmp") }

// Exists tells whether there is an installation in the folder: somebody has owned it.
func Exists(root string) bool {
	_, err := os.Stat(filepath.Join(root, "lock"))
	return err == nil
}

// ErrOwned tells that another process owns the folder.
var ErrOwned = store.E(store.Conflict, "datadir.owned", nil)

// Own makes the folder when it is missing and takes it for this process, or gives ErrOwned. The lock goes with the
// process, however it ends.
func Own(root string) (*Dir, error) {
	given := root
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, store.Wrap(err, store.Internal, "datadir.open", store.Args{"path": given})
	}
	d := &Dir{Root: root}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, store.Wrap(err, store.Unavailable, "datadir.open", store.Args{"path": root})
	}
	f, err := os.OpenFile(filepath.Join(root, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "datadir.open", store.Args{"path": root})
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, ErrOwned
		}
		return nil, store.Wrap(err, store.Unavailable, "datadir.open", store.Args{"path": root})
	}
	d.lock = f
	if _, err := os.Stat(filepath.Join(root, restoring)); err == nil {
		f.Close()
		return nil, store.E(store.Refused, "datadir.restoring", store.Args{"path": root})
	}
	if d.Place, err = place(root); err != nil {
		f.Close()
		return nil, store.Wrap(err, store.Unavailable, "datadir.open", store.Args{"path": root})
	}
	os.RemoveAll(d.Temp()) // what a killed process left
	for _, dir := range []string{filepath.Join(root, "registries"), filepath.Join(root, "sealed"), d.Temp()} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			f.Close()
			return nil, store.Wrap(err, store.Unavailable, "datadir.open", store.Args{"path": root})
		}
	}
	return d, nil
}

// place reads what the folder is called, or draws a name that begins with the machine's.
func place(root string) (string, error) {
	path := filepath.Join(root, "place")
	b, err := os.ReadFile(path)
	if err == nil && len(b) > 0 {
		return string(b), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	host, err := os.Hostname()
	if err != nil {
		host = "samband"
	}
	name := host + "-" + store.RandomIDs{}.New()[:8]
	return name, os.WriteFile(path, []byte(name), 0o600)
}

// Release gives the folder up.
func (d *Dir) Release() {
	os.RemoveAll(d.Temp())
	d.lock.Close()
}

// Socket addresses are short (108 bytes on Linux), data folders are not always: a long path is reached through the
// owner's own descriptor of the folder.
const longest = 100

// Listen opens the socket that commands of other processes hand their work to. Only the folder's owner may call it,
// so a socket that is left over is nobody's.
func (d *Dir) Listen() (net.Listener, error) {
	path := filepath.Join(d.Root, "socket")
	os.Remove(path)
	var l net.Listener
	err := short(d.Root, func(dir string) (err error) {
		l, err = net.Listen("unix", filepath.Join(dir, "socket"))
		return err
	})
	if err == nil {
		l.(*net.UnixListener).SetUnlinkOnClose(false) // its name may be the short one, which is gone by then
		err = os.Chmod(path, 0o600)
	}
	return l, store.Wrap(err, store.Internal, "datadir.socket", nil)
}

// Dial reaches the process that owns the folder.
func Dial(root string) (net.Conn, error) {
	given := root
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, store.Wrap(err, store.Internal, "datadir.open", store.Args{"path": given})
	}
	var c net.Conn
	err = short(root, func(dir string) (err error) {
		c, err = net.Dial("unix", filepath.Join(dir, "socket"))
		return err
	})
	return c, store.Wrap(err, store.Unavailable, "datadir.socket", nil)
}

func short(root string, use func(dir string) error) error {
	if len(root) < longest-len("/socket") {
		return use(root)
	}
	f, err := os.Open(root)
	if err != nil {
		return err
	}
	defer f.Close()
	return use("/proc/self/fd/" + strconv.Itoa(int(f.Fd())))
}
