package jobs

import (
	"cmp"
	"context"
	"os"
	"slices"

	"golang.org/x/sys/unix"

	"samband/jobs/backup"
	"samband/store"
	"samband/store/secrets"
)

// KeyCopy is what copying the master keys has become.
type KeyCopy struct {
	Path string
	Keys []string // names of the keys in it
	// SameDisk tells that the copy lies on the file system of the data or of the backups: what takes that takes the copy.
	SameDisk bool
}

// CopyKeys copies the master keys to a folder apart from the data and from every backup, reads them back, and writes
// down that this was done: a backup counts only when a copy of its key is known.
func (j *Jobs) CopyKeys(ctx context.Context, folder string, by store.Actor) (c KeyCopy, err error) {
	away := []string{j.Dir.Root, cmp.Or(j.Dir.Shared, j.Dir.Root)}
	made, err := j.lastOf(ctx, backupMade)
	if err != nil {
		return c, err
	}
	if made != nil {
		away = append(away, textOf(made.Details, "folder"))
	}
	if err := separate(folder, append(away, j.keys.Dir)); err != nil {
		return c, err
	}
	to := secrets.Keys{Dir: folder}
	c.Path, c.Keys = folder, j.keyNames()
	for _, name := range c.Keys {
		if err := j.keys.Copy(name, to); err != nil {
			return c, err
		}
	}
	for _, other := range away {
		c.SameDisk = c.SameDisk || sameDisk(folder, other)
	}
	prints, err := j.prints()
	if err != nil {
		return c, err
	}
	return c, j.DB.Record(ctx, store.AuditEntry{Action: keysCopied, Kind: "backup", Object: "keys",
		Details: store.Args{"folder": folder, "keys": prints}}, by)
}

// keyNames are the names of the master keys there are, each version by its own.
func (j *Jobs) keyNames() (names []string) {
	for _, name := range secrets.Names {
		for _, v := range j.keys.Versions(name) {
			names = append(names, secrets.VersionName(name, v))
		}
	}
	return names
}

// prints names the master keys there are now, as "name:print".
func (j *Jobs) prints() (all []string, err error) {
	for _, name := range j.keyNames() {
		print, err := j.printOf(name)
		if err != nil {
			return nil, err
		}
		all = append(all, print)
	}
	return all, nil
}

func (j *Jobs) printOf(name string) (string, error) {
	key, _, err := j.keys.Key(name, false)
	if err != nil {
		return "", err
	}
	return name + ":" + backup.Print(key), nil
}

// keysKnown tells whether there is a copy of all these keys, by the last that was made.
func (j *Jobs) keysKnown(ctx context.Context, prints ...string) (bool, error) {
	last, err := j.lastOf(ctx, keysCopied)
	if err != nil || last == nil {
		return false, err
	}
	copied := textsOf(last.Details, "keys")
	return !slices.ContainsFunc(prints, func(p string) bool { return !slices.Contains(copied, p) }), nil
}

// keyKnown tells whether a copy of the backup key with this print is known.
func (j *Jobs) keyKnown(ctx context.Context, print string) (bool, error) {
	return j.keysKnown(ctx, secrets.BackupKey+":"+print)
}

// lastOf gives the newest entry of the log with an action, nil when there is none.
func (j *Jobs) lastOf(ctx context.Context, action string) (*store.AuditEntry, error) {
	list, err := j.DB.Audit(ctx, store.AuditFilter{All: true, Action: action, Limit: 1})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func textOf(a store.Args, name string) string {
	s, _ := a[name].(string)
	return s
}

// textsOf gives a list of texts as the log gives it back.
func textsOf(a store.Args, name string) (texts []string) {
	switch list := a[name].(type) {
	case []string:
		return list
	case []any:
		for _, v := range list {
			if s, ok := v.(string); ok {
				texts = append(texts, s)
			}
		}
	}
	return texts
}

// sameDisk tells whether two folders lie on one file system.
func sameDisk(a, b string) bool {
	var x, y unix.Stat_t
	return unix.Stat(a, &x) == nil && unix.Stat(b, &y) == nil && x.Dev == y.Dev
}

// free gives the bytes that are free where a folder lies, or will lie.
func free(path string) (int64, error) {
	for {
		var fs unix.Statfs_t
		err := unix.Statfs(path, &fs)
		if err == nil {
			return int64(fs.Bavail) * fs.Bsize, nil
		}
		parent := real(path + "/..")
		if !os.IsNotExist(err) || parent == path {
			return 0, err
		}
		path = parent
	}
}
