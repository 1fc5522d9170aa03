package jobs

import (
	"context"
	"path/filepath"
	"time"

	"samband/jobs/backup"
	"samband/store"
)

// backupEvery is how old the newest backup may be: one a day, and one that was missed.
const backupEvery = 36 * time.Hour

// backupHealth tells of the newest backup. One that can't be read back, or whose key nobody has a copy of, is none. The
// demonstration needs none.
func (j *Jobs) backupHealth(ctx context.Context) (part string, args store.Args, err error) {
	made, err := j.lastOf(ctx, backupMade)
	if err != nil {
		return "backup_none", nil, err
	}
	if made == nil {
		if j.Demo {
			return "backup_demo", nil, nil
		}
		return "backup_none", nil, store.E(store.Unavailable, "backup.none", nil)
	}
	args = store.Args{"at": made.At, "set": made.Object}
	known, err := j.keyKnown(ctx, textOf(made.Details, "key"))
	switch age := j.Clock.Now().Sub(made.At); {
	case err != nil:
	case !known:
		err = store.E(store.Unavailable, "backup.no_key", nil)
	case age > backupEvery:
		err = store.E(store.Unavailable, "backup.old", store.Args{"at": made.At, "hours": int(age.Hours())})
	default:
		err = j.lookAtBackup(ctx, made)
	}
	return "backup", args, err
}

// lookAtBackup tells whether a set lies whole where it was put, and what came of reading it last.
func (j *Jobs) lookAtBackup(ctx context.Context, made *store.AuditEntry) error {
	s, err := backup.Open(setPath(made), j.Verifier())
	if store.CodeOf(err) == "backup.not_set" {
		return &store.Error{Class: store.Unavailable, Code: "backup.gone", Args: store.Args{"set": made.Object,
			"path": textOf(made.Details, "folder")}, Err: err}
	}
	if err != nil {
		return err
	}
	if err := s.Look(); err != nil {
		return err
	}
	read, err := j.lastOf(ctx, backupVerified)
	if err != nil || read == nil || read.Object != made.Object || read.Result == "ok" {
		return err
	}
	return store.E(store.Unavailable, "backup.broken", store.Args{"set": read.Object, "name": textOf(read.Details, "name")})
}

func setPath(made *store.AuditEntry) string {
	return filepath.Join(textOf(made.Details, "folder"), made.Object)
}

// keyHealth tells whether there is a copy of every master key. The demonstration needs none.
func (j *Jobs) keyHealth(ctx context.Context) (part string, err error) {
	prints, err := j.prints()
	if err != nil {
		return "key_copies", err
	}
	known, err := j.keysKnown(ctx, prints...)
	switch {
	case err == nil && !known && j.Demo:
		return "key_copies_demo", nil
	case err == nil && !known:
		err = store.E(store.Unavailable, "backup.keys_not_copied", nil)
	}
	return "key_copies", err
}

// dueBackupReading reads the newest backup through once a day: a disk that forgets is found before it is needed.
func (j *Jobs) dueBackupReading(ctx context.Context) error {
	made, err := j.lastOf(ctx, backupMade)
	if err != nil || made == nil || j.Clock.Now().Sub(made.At) < verifyEvery { // it was read when it was made
		return err
	}
	read, err := j.lastOf(ctx, backupVerified)
	if err != nil || read != nil && read.Object == made.Object && j.Clock.Now().Sub(read.At) < verifyEvery {
		return err
	}
	e := store.AuditEntry{Action: backupVerified, Kind: "backup", Object: made.Object}
	s, err := backup.Open(setPath(made), j.Verifier())
	if err == nil {
		err = s.Verify(ctx, j.backupKey)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		e.Result, e.Details = string(store.CodeOf(err)), store.Args{"name": textOf(argsOf(err), "name")}
		j.Log.Error("the newest backup does not hold", "set", made.Object, "error", err)
	}
	return j.DB.Record(ctx, e, store.SystemActor())
}
