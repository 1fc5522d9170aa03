package jobs

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"samband/jobs/backup"
	"samband/store/image"
)

// personKeys is the folder beside the sets with the data keys of persons. A set has the persons and not their keys: with
// the keys there are now each set opens, whatever its age, but for who has been erased since. So only the newest copy of
// the keys is kept, and it is replaced when somebody is erased.
const personKeys = "person-keys"

// backUpPersonKeys copies the data keys of persons into the folder of sets, and takes the older copy away.
func (j *Jobs) backUpPersonKeys(ctx context.Context, folder string, of *backup.Manifest) error {
	to := filepath.Join(folder, personKeys)
	m := &backup.Manifest{ID: backup.NewID(j.Clock.Now(), j.IDs.New()[:6]), At: j.Clock.Now().UTC(), Program: version()}
	if of != nil {
		m.Keys, m.Schema, m.Mark = of.Keys, of.Schema, of.Mark
	}
	w, err := backup.Create(to, m.ID, j.backupKey, m.At)
	if err != nil {
		return err
	}
	defer w.Discard()
	i, err := image.Take(ctx, j.Dir.VaultKeys())
	if err != nil {
		return err
	}
	defer i.Close()
	if err := i.Check(ctx); err != nil {
		return err
	}
	if err := w.Add(ctx, filepath.Base(j.Dir.VaultKeys()), func(out io.Writer) error {
		_, err := i.WriteTo(ctx, out)
		return err
	}); err != nil {
		return err
	}
	if err := w.Finish(ctx, m, j.signer); err != nil {
		return err
	}
	_, err = backup.Prune(to, m.ID, 1, j.Verifier())
	return err
}

// renewPersonKeys replaces the copy of the data keys beside the newest backup: who was erased is gone from there, too. Where
// nobody has made a backup, or the folder isn't there now, the next backup does it.
func (j *Jobs) renewPersonKeys(ctx context.Context) error {
	if j.conf.DatabaseURL != "" {
		return nil
	}
	made, err := j.lastOf(ctx, backupMade)
	if err != nil || made == nil {
		return err
	}
	folder := textOf(made.Details, "folder")
	if _, err := os.Stat(filepath.Join(folder, personKeys)); err != nil {
		return err
	}
	j.backingUp.Lock()
	defer j.backingUp.Unlock()
	return j.backUpPersonKeys(ctx, folder, nil)
}
