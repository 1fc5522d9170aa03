package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"samband/jobs/backup"
	"samband/jobs/datadir"
	"samband/jobs/witness"
	"samband/store"
	"samband/store/auditlog"
	"samband/store/db"
	"samband/store/image"
	"samband/store/secrets"
)

// Restored is what putting a backup back has become.
type Restored struct {
	Set         string
	At          time.Time // the moment that it shows
	Files       int
	Bytes       int64
	Checkpoints string // folder of checkpoints that was left as it was; "" when the set's were put there
	Postgres    bool   // only files: the databases come from the server's own backup
	// NoPersonKeys tells that no copy of the data keys of persons lay beside the set: nobody's identity can be read until
	// it is delivered again. In sets from before they were kept apart they are where the persons are.
	NoPersonKeys bool
}

// restoredNote is what lies in the data folder until somebody has confirmed that work goes on from the backup.
type restoredNote struct {
	Set string    `json:"set"`
	At  time.Time `json:"at"`
}

// Restore puts a set back into a data folder that is empty but for the keys. Everything is verified before anything is
// written: that the installation signed the set, that every file is whole and can be opened, that this program knows
// the tables, that there is room. What was put back runs nothing until somebody has confirmed it.
func Restore(ctx context.Context, c Config, set string) (r Restored, err error) {
	if c.Keys.Dir == "" {
		c.Keys.Dir = (&datadir.Dir{Root: c.Data, Shared: c.Shared}).Keys()
	}
	seed, _, err := c.Keys.Key(secrets.SigningKey, false)
	if err != nil {
		return r, err
	}
	signer, err := auditlog.NewSigner(seed)
	if err != nil {
		return r, err
	}
	key, _, err := c.Keys.Key(secrets.BackupKey, false)
	if err != nil {
		return r, err
	}
	if err := sameKeys(c.Keys, nil); err != nil {
		return r, err
	}
	path, err := backup.Find(set)
	if err != nil {
		return r, err
	}
	s, err := backup.Open(path, signer.Verifier())
	if err != nil {
		return r, err
	}
	known, err := db.Known()
	if err != nil {
		return r, store.Wrap(err, store.Internal, "internal", nil)
	}
	if s.Schema > known {
		return r, store.E(store.Refused, "db.newer_schema", store.Args{"have": s.Schema, "known": known})
	}
	if err := s.Verify(ctx, key); store.CodeOf(err) == "backup.broken" {
		return r, &store.Error{Class: store.Unavailable, Code: "backup.set_broken", Args: argsOf(err), Err: err}
	} else if err != nil {
		return r, err
	}
	if err := sameKeys(c.Keys, s.Keys); err != nil {
		return r, err
	}
	persons, err := personKeysOf(ctx, path, key, signer.Verifier(), s.Postgres)
	if err != nil {
		return r, err
	}
	bytes, _ := s.Bytes()
	if persons != nil {
		more, _ := persons.Bytes()
		bytes += more
	}
	if room, err := free(c.Data); err != nil || room < bytes {
		return r, store.Wrap(orFull(err), store.Unavailable, "db.full", nil)
	}
	dir, err := datadir.Restore(c.Data)
	if err != nil {
		return r, err
	}
	defer dir.Release()
	dir.Shared = c.Shared
	r = Restored{Set: s.ID, At: s.At, Files: len(s.Files), Bytes: bytes, Postgres: s.Postgres}
	checkpoints := dir.Checkpoints()
	if c.Checkpoints != "" {
		if checkpoints, err = filepath.Abs(c.Checkpoints); err != nil {
			return r, store.Wrap(err, store.Unavailable, "audit.folder", store.Args{"path": c.Checkpoints})
		}
	}
	// Checkpoints that are there know more than those of the set: they are what the log is held against.
	if last, err := (witness.Folder{Path: checkpoints}).Last(); err == nil && last != "" {
		r.Checkpoints = checkpoints
	}
	for _, f := range s.Files {
		to := filepath.Join(dir.Root, filepath.FromSlash(f.Name))
		if s.Postgres && strings.Contains(f.Name, "/") { // what processes share may have outlived this machine
			to = filepath.Join(cmp.Or(c.Shared, dir.Root), filepath.FromSlash(f.Name))
			if _, err := os.Stat(to); err == nil {
				continue
			}
		}
		if name, is := strings.CutPrefix(f.Name, checkpointsPart); is {
			if r.Checkpoints != "" {
				continue
			}
			to = filepath.Join(checkpoints, filepath.FromSlash(name))
		}
		if err := putBack(ctx, s, f, key, to); err != nil {
			return r, err
		}
	}
	if r.NoPersonKeys = persons == nil && !s.Postgres; persons != nil {
		for _, f := range persons.Files {
			if err := putBack(ctx, persons, f, key, filepath.Join(dir.Root, filepath.FromSlash(f.Name))); err != nil {
				return r, err
			}
		}
	}
	note, err := json.Marshal(restoredNote{Set: s.ID, At: s.At})
	if err != nil {
		return r, store.Wrap(err, store.Internal, "internal", nil)
	}
	return r, dir.EndRestore(note)
}

// personKeysOf gives the newest copy of the data keys of persons beside a set, verified; nil when there is none.
func personKeysOf(ctx context.Context, set string, key []byte, v *auditlog.Verifier, postgres bool) (*backup.Set, error) {
	if postgres {
		return nil, nil
	}
	folder := filepath.Join(filepath.Dir(set), personKeys)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	ours, err := backup.Ours(folder, v)
	if err != nil || len(ours) == 0 {
		return nil, err
	}
	s := ours[len(ours)-1]
	return s, s.Verify(ctx, key)
}

func orFull(err error) error {
	if err != nil {
		return err
	}
	return store.E(store.Unavailable, "db.full", nil)
}

// putBack writes one file of a set. A database is looked through once more where it lies.
func putBack(ctx context.Context, s *backup.Set, f backup.File, key []byte, to string) error {
	fail := func(err error) error {
		return store.Wrap(err, store.Unavailable, "datadir.open", store.Args{"path": to})
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return fail(err)
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fail(err)
	}
	err = s.Extract(ctx, f, key, out)
	if err == nil {
		err = out.Sync()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = syncFolder(filepath.Dir(to))
	}
	if err == nil && strings.HasSuffix(f.Name, ".db") {
		err = image.CheckFile(ctx, to)
	}
	return fail(err)
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
