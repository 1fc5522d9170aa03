package jobs

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"samband/jobs/backup"
	"samband/store"
	"samband/store/image"
)

// Backup is what a backup has become.
type Backup struct {
	Path     string
	Files    int
	Bytes    int64 // of the files
	Sealed   int64 // as they lie in the set
	Held     time.Duration
	Took     time.Duration
	Postgres bool     // only files are in it
	KeyKnown bool     // a copy of its key has been made
	Removed  []string // older sets that are gone
}

// BackupOptions say how a backup is made.
type BackupOptions struct {
	// Files says that the databases are known to be on a server, whose own backup takes care of them.
	Files bool
	// Keep is how many sets of this installation are left in the folder, the newest; 0 for all.
	Keep int
}

// errBackingUp tells that a backup is being made.
var errBackingUp = store.E(store.Conflict, "backup.running", nil)

// MakeBackup writes a set of everything the installation keeps into a folder that holds sets, while it goes on working.
//
// A set shows what a power cut at one moment could have left, so that what starts on it settles the rest as it does
// after one. For a moment nobody writes to the ledger, and in that moment the images of all files are taken in the
// reverse order of how a load commits: the ledger, then the registries, then the vault, and what people have chosen last. So
// every run that a registry holds a load of is in the ledger, at the latest as one at work; every pseudonym in a registry is
// in the vault; and no withdrawal that a load heeded is missing.
// The files are copied from their images afterwards, however long that takes. What runs have extracted and not loaded yet
// is as it was in that moment, too: a source that can't be read again gives it to nobody a second time.
//
// With the databases on a server only files can be backed up here.
func (j *Jobs) MakeBackup(ctx context.Context, folder string, o BackupOptions, by store.Actor) (b Backup, err error) {
	if o.Keep < 0 {
		return b, store.E(store.Invalid, "backup.keep", nil)
	}
	if !j.backingUp.TryLock() {
		return b, errBackingUp
	}
	defer j.backingUp.Unlock()
	began := j.Clock.Now()
	if b.Postgres = j.conf.DatabaseURL != ""; b.Postgres && !o.Files {
		return b, store.E(store.Refused, "backup.postgres", nil)
	}
	if err := j.apart(ctx, folder); err != nil {
		return b, err
	}
	m := &backup.Manifest{ID: backup.NewID(began, j.IDs.New()[:6]), Program: version(), Postgres: b.Postgres}
	if m.Keys, err = j.keysNoted(ctx); err != nil {
		return b, err
	}
	w, err := backup.Create(folder, m.ID, j.backupKey, began)
	if err != nil {
		return b, err
	}
	defer w.Discard()
	p, err := j.pictures(ctx, m, b.Postgres)
	if err != nil {
		return b, err
	}
	defer p.close()
	if err := p.write(ctx, w); err != nil {
		return b, err
	}
	for _, root := range slices.Compact([]string{j.Dir.Root, cmp.Or(j.Dir.Shared, j.Dir.Root)}) {
		if err := j.addFiles(ctx, root, "", w); err != nil {
			return b, err
		}
	}
	if err := j.addFiles(ctx, p.spools, spoolPart, w); err != nil {
		return b, err
	}
	if !b.Postgres { // before the set counts, and after the picture of the persons: none of those lacks a key but who is erased
		if err := j.backUpPersonKeys(ctx, folder, m); err != nil {
			return b, err
		}
	}
	if err := w.Finish(ctx, m, j.signer); err != nil {
		return b, err
	}
	b.Path, b.Files, b.Held, b.Took = filepath.Join(folder, m.ID), len(m.Files), p.held, j.Clock.Now().Sub(began)
	b.Bytes, b.Sealed = m.Bytes()
	if b.KeyKnown, err = j.keyKnown(ctx, m.Key); err != nil {
		return b, err
	}
	if o.Keep > 0 && b.KeyKnown { // one that nobody can read takes the place of none
		b.Removed, err = backup.Prune(folder, m.ID, o.Keep, j.Verifier())
	}
	details := store.Args{"folder": folder, "files": b.Files, "bytes": b.Sealed, "key": m.Key, "postgres": b.Postgres}
	if len(b.Removed) > 0 {
		details["removed"] = b.Removed
	}
	made := store.AuditEntry{Action: backupMade, Kind: "backup", Object: m.ID, Details: details}
	return b, errors.Join(j.DB.Record(ctx, made, by), err)
}

const (
	backupMade     = "backup.make"
	backupVerified = "backup.verify"
	keysCopied     = "backup.keys"
)

// pictures are the images of all databases at one moment, with the checkpoints that belong to them.
type pictures struct {
	names  []string
	images []*image.Image
	notes  map[string][]byte
	spools string // folder with the extracts
	held   time.Duration
}

func (p *pictures) close() {
	for _, i := range p.images {
		i.Close()
	}
	os.RemoveAll(p.spools)
}

// pictures takes the images and fills in what the manifest says of them.
func (j *Jobs) pictures(ctx context.Context, m *backup.Manifest, postgres bool) (p *pictures, err error) {
	p = &pictures{}
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	// Nobody signs meanwhile: the checkpoints outside must not know more than the ledger that is put back with them.
	unlock, err := j.witness.folder.Lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if p.notes, err = readAll(j.witness.folder.Path); err != nil {
		return nil, err
	}
	take := func(path string) error {
		i, err := image.Take(ctx, path)
		if err == nil {
			name, err2 := filepath.Rel(j.Dir.Root, path)
			p.names, p.images, err = append(p.names, filepath.ToSlash(name)), append(p.images, i), err2
		}
		return err
	}
	if postgres {
		m.At = j.Clock.Now().UTC()
		p.spools, err = j.linkSpools(m.ID, m.At, os.Link)
		return p, err
	}
	if m.Schema, err = j.DB.Schema(ctx); err != nil {
		return nil, err
	}
	if m.Mark, err = j.measure(ctx); err != nil {
		return nil, err
	}
	err = j.DB.Hold(ctx, func() error {
		m.At = j.Clock.Now().UTC()
		if err := take(j.Dir.Portal()); err != nil {
			return err
		}
		registries, err := filepath.Glob(j.Dir.Registry("*"))
		if err != nil {
			return err
		}
		for _, path := range append(registries, j.Dir.Vault(), j.Dir.Consent()) {
			if err := take(path); err != nil {
				return err
			}
		}
		if p.spools, err = j.linkSpools(m.ID, m.At, os.Link); err != nil {
			return err
		}
		p.held = j.Clock.Now().Sub(m.At)
		return nil
	})
	return p, err
}

// write seals the checkpoints and every image. What doesn't hang together is no backup: it is refused.
func (p *pictures) write(ctx context.Context, w *backup.Writer) error {
	for _, name := range slices.Sorted(maps.Keys(p.notes)) {
		err := w.Add(ctx, checkpointsPart+name, func(out io.Writer) error {
			_, err := out.Write(p.notes[name])
			return err
		})
		if err != nil {
			return err
		}
	}
	for n, i := range p.images {
		if err := i.Check(ctx); err != nil {
			return err
		}
		err := w.Add(ctx, p.names[n], func(out io.Writer) error {
			_, err := i.WriteTo(ctx, out)
			return err
		})
		i.Close() // its log can be moved into the file again
		if err != nil {
			return err
		}
	}
	return nil
}

// checkpointsPart is where a set keeps the checkpoints, wherever they lie in the installation.
const checkpointsPart = "checkpoints/"

// spoolPart is where a set keeps what was extracted and not loaded yet.
const spoolPart = "spool/"

// linkedSpools is how the folder's name begins that keeps the extracts of a moment while a backup is made.
const linkedSpools = ".spool-"

// linkSpools gives the extracts of runs that are not over names of their own with link, in a folder beside theirs, so that
// they stay as they are while the runs go on. Where the file system has only one name for a file they are copied.
func (j *Jobs) linkSpools(id string, now time.Time, link func(from, to string) error) (folder string, err error) {
	from := j.Dir.Spools()
	left, err := filepath.Glob(filepath.Join(filepath.Dir(from), linkedSpools+"*"))
	for _, path := range left { // by a process that was killed
		if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
			os.RemoveAll(path)
		}
	}
	if err != nil {
		return "", store.Wrap(err, store.Unavailable, "backup.read", nil)
	}
	folder = filepath.Join(filepath.Dir(from), linkedSpools+id)
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", store.Wrap(err, store.Unavailable, "backup.read", nil)
	}
	extracts, err := filepath.Glob(filepath.Join(from, "*", "*.slice")) // in order
	for _, path := range extracts {
		if err != nil {
			break
		}
		to := filepath.Join(folder, strings.TrimPrefix(path, from))
		if err = os.MkdirAll(filepath.Dir(to), 0o700); err == nil {
			if err = link(path, to); err != nil && !errors.Is(err, fs.ErrNotExist) {
				err = copyFile(path, to)
			}
		}
		if errors.Is(err, fs.ErrNotExist) { // the run has just ended
			err = nil
		}
	}
	if err != nil {
		os.RemoveAll(folder)
	}
	return folder, store.Wrap(err, store.Unavailable, "backup.read", nil)
}

// copyFile copies a file that never changes to a name that nothing has.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// notBackedUp are the things in the data folder that no set holds: what lies elsewhere in it, what is made anew, what lives a
// day, and the keys.
var notBackedUp = []string{"keys", "checkpoints", "mark", "before", "samples", "spool", "tmp", "registries", "portal.db", "vault.db", "vault-keys.db", "consent.db", "queue.db",
	"lock", "socket", "restored"}

// addFiles seals every other file of the data folder, or of the one that processes share: deliveries that are set aside,
// above all. They never change once they have their name. In the set that begins with prefix.
func (j *Jobs) addFiles(ctx context.Context, root, prefix string, w *backup.Writer) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // gone since it was listed
			return nil
		}
		if err != nil {
			return store.Wrap(err, store.Unavailable, "backup.read", nil)
		}
		name, err := filepath.Rel(root, path)
		if err != nil || name == "." {
			return err
		}
		top := strings.TrimSuffix(strings.TrimSuffix(name, "-wal"), "-shm")
		switch {
		case slices.Contains(notBackedUp, top), within(real(j.keys.Dir), real(path)), within(real(j.witness.folder.Path), real(path)),
			strings.HasPrefix(d.Name(), "."): // what isn't whole yet begins with a dot
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case !d.Type().IsRegular():
			return nil
		}
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return store.Wrap(err, store.Unavailable, "backup.read", nil)
		}
		defer f.Close()
		return w.Add(ctx, prefix+filepath.ToSlash(name), func(out io.Writer) error {
			_, err := io.Copy(out, f)
			return err
		})
	})
}

// readAll gives the files of a folder of small files.
func readAll(folder string) (map[string][]byte, error) {
	list, err := os.ReadDir(folder)
	all := map[string][]byte{}
	for _, e := range list {
		if !e.Type().IsRegular() || strings.Contains(e.Name(), "-") && !strings.HasSuffix(e.Name(), ".checkpoints") {
			continue // one that is being written
		}
		if all[e.Name()], err = os.ReadFile(filepath.Join(folder, e.Name())); err != nil {
			break
		}
	}
	return all, store.Wrap(err, store.Unavailable, "audit.folder", store.Args{"path": folder})
}

// apart refuses a folder for sets that lies in the data folder or together with the keys: what takes the one away takes
// the other.
func (j *Jobs) apart(ctx context.Context, folder string) error {
	away := []string{j.Dir.Root, cmp.Or(j.Dir.Shared, j.Dir.Root), j.keys.Dir}
	last, err := j.lastOf(ctx, keysCopied)
	if err != nil {
		return err
	}
	if last != nil {
		away = append(away, textOf(last.Details, "folder"))
	}
	return separate(folder, away)
}

// separate refuses a folder that is one of others, or in one, or around one.
func separate(folder string, others []string) error {
	for _, other := range others {
		if a, b := real(folder), real(other); within(a, b) || within(b, a) {
			return store.E(store.Refused, "backup.together", store.Args{"path": folder, "other": other})
		}
	}
	return nil
}

// real gives a path without symbolic links, as far as it exists.
func real(path string) string {
	if p, err := filepath.Abs(path); err == nil {
		path = p
	}
	if p, err := filepath.EvalSymlinks(path); err == nil {
		return p
	}
	if parent := filepath.Dir(path); parent != path {
		return filepath.Join(real(parent), filepath.Base(path))
	}
	return path
}
