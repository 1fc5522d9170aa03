package jobs

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"samband/jobs/datadir"
	"samband/store"
	"samband/store/db"
)

// DatabaseMove is what was moved from the data folder to a server, and found to be the same there.
type DatabaseMove struct {
	Tables []store.MovedTable `json:"tables"`
	Root   string             `json:"audit_root"` // of the tree over the audit log, on both sides
	Note   string             `json:"note"`       // the file that says the data folder's databases are no longer the truth
}

// MoveDatabase moves the portal, the registries, the vault and the consents of this installation to the empty server at url, and tells
// of each table when it is there. The queue is not moved: what waits in it stands in the ledger of runs. note is what the
// note in the data folder says. The files stay as they are; what is beside the databases in the folder stays in use.
//
// Nobody may be working: an installation that has been started is refused, "dbmove.running". When it fails the server is
// marked as incomplete, nothing opens it, and the move may be begun again.
func (j *Jobs) MoveDatabase(ctx context.Context, url, note string, by store.Actor, told func(store.MovedTable)) (*DatabaseMove, error) {
	switch {
	case j.conf.DatabaseURL != "":
		return nil, store.E(store.Refused, "dbmove.on_server", nil)
	case j.started:
		return nil, store.E(store.Refused, "dbmove.running", nil)
	}
	vaultURL := cmp.Or(j.conf.VaultURL, url)
	to, err := db.BeginCopy(ctx, url, vaultURL, db.Options{Clock: j.Clock, IDs: j.IDs})
	if err != nil {
		return nil, err
	}
	defer to.Close()
	m := &DatabaseMove{Note: j.Dir.Moved()}
	add := func(list []store.MovedTable) {
		for _, t := range list {
			told(t)
		}
		m.Tables = append(m.Tables, list...)
	}
	list, err := j.DB.Registries(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range list {
		if _, err := os.Stat(j.Dir.Registry(g.ID)); errors.Is(err, fs.ErrNotExist) {
			continue // nothing was loaded into it yet
		}
		from, err := j.registry(ctx, g.ID)
		if err != nil {
			return nil, err
		}
		tables, err := from.CopyTo(ctx, j.registryAt(g.ID, url))
		if err != nil {
			return nil, err
		}
		add(tables)
	}
	tables, err := j.vault.CopyTo(ctx, vaultURL)
	if err != nil {
		return nil, err
	}
	add(tables)
	if tables, err = j.consents.CopyTo(ctx, vaultURL); err != nil {
		return nil, err
	}
	add(tables)
	tables, root, err := to.Portal(ctx, j.DB)
	if err != nil {
		return nil, err
	}
	add(tables)
	m.Root = root
	if err := to.Finish(ctx, store.AuditEntry{Action: "database.move", Kind: "installation",
		Details: store.Args{"root": root}}, by); err != nil {
		return nil, err
	}
	return m, writeNote(m.Note, note)
}

// writeNote writes a file that is there to the last byte, whatever happens to the machine.
func writeNote(path, note string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = f.WriteString(note)
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err == nil {
		var dir *os.File
		if dir, err = os.Open(filepath.Dir(path)); err == nil {
			err = errors.Join(dir.Sync(), dir.Close())
		}
	}
	return store.Wrap(err, store.Internal, "dbmove.note", store.Args{"file": path})
}

// rightPlace refuses to open files that are no longer the truth, and a server while the truth lies in files.
func rightPlace(dir *datadir.Dir, url string) error {
	there := func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	}
	switch moved := there(dir.Moved()); {
	case url == "" && moved:
		return store.E(store.Refused, "dbmove.moved", store.Args{"file": dir.Moved()})
	case url != "" && !moved && there(dir.Vault()):
		return store.E(store.Refused, "dbmove.files", store.Args{"path": dir.Root})
	}
	return nil
}
